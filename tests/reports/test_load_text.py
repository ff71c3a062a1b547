"""Encodings, languages, what may be named, and what a hostile file cannot do."""

from __future__ import annotations

import io
import os
import tracemalloc
from pathlib import Path

import pypdf
import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st

from masthead.errors import SourceError
from masthead.model import Document, Reject
from masthead.reports.formats.decode import clean_text, decode
from masthead.reports.formats.language import detect_language
from masthead.reports.load import expand, load, load_text

FRENCH = "Le navire « Étoile » a été arraisonné à l’aube ; l’équipage est sain et sauf, dit-on."
SPANISH = "La corbeta detuvo al pesquero español en aguas próximas a la línea de exclusión."
TURKISH = "Türk bayraklı tanker boğazdan geçiş sırasında sahil güvenlik tarafından durduruldu."
POLISH = "Kontenerowiec został zatrzymany przez straż przybrzeżną w pobliżu cieśniny, załoga żyje."
RUSSIAN = "Корабль был задержан пограничной службой в проливе в субботу утром, экипаж цел."
ARABIC = "احتجزت القوات البحرية ناقلة نفط في المضيق يوم السبت وقالت الوزارة إن الطاقم بخير."
GREEK = "Το λιμενικό σταμάτησε το δεξαμενόπλοιο στα ανοικτά το Σάββατο, το πλήρωμα είναι καλά."
HEBREW = "חיל הים עצר את האונייה בלב ים ביום שבת. הצוות בריא ושלם, נמסר ממשרד הביטחון."
CHINESE = "海警局星期六在海峡拦截了一艘油轮,船员安全,国防部发言人说。"
JAPANESE = "海上保安庁は土曜日、海峡でタンカーを停船させた。乗組員は無事だと発表した。"
KOREAN = "해경은 토요일 해협에서 유조선을 나포했다. 선원들은 무사하다고 국방부가 밝혔다."


@pytest.mark.parametrize(
    ("text", "encodings"),
    [
        (FRENCH, "utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 cp1252"),
        (SPANISH, "utf-8 iso8859-1 iso8859-15 cp1252"),
        (TURKISH, "utf-8 cp1254 iso8859-9"),
        (POLISH, "utf-8 iso8859-2 cp1250"),
        (RUSSIAN, "utf-8 utf-16 utf-16-le koi8-r cp1251 iso8859-5"),
        (ARABIC, "utf-8 utf-16-be cp1256 iso8859-6"),
        (GREEK, "utf-8 cp1253 iso8859-7"),
        (HEBREW, "utf-8 cp1255"),
        (CHINESE, "utf-8 gb18030"),
        (JAPANESE, "utf-8 utf-16 shift_jis euc_jp"),
        (KOREAN, "utf-8 euc_kr"),
    ],
    ids=["fr", "es", "tr", "pl", "ru", "ar", "el", "he", "zh", "ja", "ko"],
)
def test_no_mojibake(text: str, encodings: str) -> None:
    for encoding in encodings.split():
        assert decode(text.encode(encoding))[0] == text, encoding


def test_what_is_declared_decides_between_legacy_encodings() -> None:
    short = "Łódź"
    assert decode(short.encode("cp1250"), "windows-1250")[0] == short
    assert decode("5 €".encode("iso8859-15"), "ISO-8859-15")[0] == "5 €"
    assert decode("’".encode("cp1252"), "iso-8859-1")[0] == "’"
    assert decode("é".encode(), "iso-8859-1")[0] == "é"
    assert decode("海".encode("iso2022_jp"), "iso-2022-jp")[0] == "海"
    for nonsense in ("", "x-unknown", "base64", "rot13", "unicode_escape", "undefined", "\0", "é"):
        assert decode(b"caf\xe9 au lait, s'il vous pla\xeet", nonsense)[0].startswith("caf")


def test_a_utf8_file_with_one_broken_byte_stays_utf8() -> None:
    content = (RUSSIAN * 3).encode() + b"\xff"
    assert decode(content) == (RUSSIAN * 3 + "\ufffd", "utf-8")


@given(st.binary(max_size=400))
def test_decoding_never_fails(content: bytes) -> None:
    text = clean_text(decode(content)[0])
    text.encode("utf-8")
    assert "\0" not in text
    assert "\r" not in text


@given(st.text(min_size=1))
def test_offsets_count_in_the_text_as_loaded(text: str) -> None:
    document = load_text(text)
    assert clean_text(document.text) == document.text
    if document.text:
        assert document.cite(0, len(document.text)).text == document.text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The navy released the tanker on Saturday, her owner said.", "en"),
        (FRENCH, "fr"), (RUSSIAN, "ru"), (ARABIC, "ar"),
        ("Ships.", None), ("12-34N 056-07E " * 20, None), ("", None),
    ],
)  # fmt: skip
def test_language(text: str, language: str | None) -> None:
    assert detect_language(text) == language


def test_notices_in_capitals_are_english_or_undecided() -> None:
    notices = [
        "NORTH SEA. DNC 20. DREDGING OPERATIONS BY M/V HAM 318 IN 52-10N 003-05E. BERTH REQUESTED.",
        "GERMANY-BALTIC. KIEL BIGHT. LIGHT BUOY KIEL-OST 54-27.8N 010-20.1E UNLIT. CHART 44120.",
        "BISCAY. GUNNERY 040815Z TO 041015Z JUL IN AREA BOUND BY 46-40N 003-48W, 46-40N 004-43W.",
        "BRAZIL. RIO GRANDE DO SUL. TRAMANDAI. SBM MONOBUOY 30-01.3S 050-05.3W ESTABLISHED. DNC 01",
    ]
    assert {detect_language(notice) for notice in notices} <= {"en", None}
    assert "en" in {detect_language(notice) for notice in notices}


def pdf(*pages: str, title: str | None = None, password: str | None = None) -> bytes:
    made = FPDF()
    made.set_font("helvetica", size=12)
    made.set_creation_date(__import__("datetime").datetime(2024, 4, 13, 10, 15, 30))
    if title:
        made.set_title(title)
    for page in pages:
        made.add_page()
        made.multi_cell(0, 6, page)
    content = bytes(made.output())
    if password:
        writer = pypdf.PdfWriter(io.BytesIO(content))
        writer.encrypt(password, algorithm="RC4-128")
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()
    return content


def loaded(path: Path, content: bytes) -> list[Document | Reject]:
    path.write_bytes(content)
    return list(load(path))


def test_pdf(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    (document,) = loaded(path, pdf("A ship was seen.\nTwice.", "Page two.", title="Notice"))
    assert isinstance(document, Document)
    assert document.text == "A ship was seen.\nTwice.\n\nPage two."
    assert document.title == "Notice"
    assert document.date is not None
    assert document.date.isoformat() == "2024-04-13T10:15:30+00:00"
    assert document.meta == {"pages": 2, "date_from": "metadata"}


def test_pdfs_that_are_rejected(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    bomb = pypdf.PdfWriter()
    page = bomb.add_blank_page(100, 100)
    stream = pypdf.generic.DecodedStreamObject()
    stream.set_data(b"BT (a) Tj ET\n" * 1_000_000)
    page[pypdf.generic.NameObject("/Contents")] = bomb._add_object(stream.flate_encode())
    out = io.BytesIO()
    bomb.write(out)
    assert len(out.getvalue()) < 200_000
    for content, reason in [
        (pdf("A ship.", password="secret"), "PDF is encrypted"),
        (out.getvalue(), "PDF unfolds beyond the limit"),
        (pdf(""), "PDF has no text (scanned pages?)"),
        (b"%PDF-1.7 nothing", "PDF is damaged"),
        (b"", "PDF is damaged"),
    ]:
        (reject,) = loaded(path, content)
        assert isinstance(reject, Reject)
        assert reject.reason == reason


def test_expand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "b.txt",
        "a.md",
        "sub/c.html.gz",
        "sub/.hidden/x.txt",
        ".d.txt",
        "e.png",
        "f[1].txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "empty").mkdir()

    def names(*sources: str | Path) -> list[str]:
        return [str(path.relative_to(tmp_path)) for path in expand(sources)]

    everything = ["a.md", "b.txt", "f[1].txt", "sub/c.html.gz"]
    assert names(tmp_path) == everything
    assert names(tmp_path / "b.txt", tmp_path, tmp_path / "a.md") == [
        "b.txt", "a.md", "f[1].txt", "sub/c.html.gz",
    ]  # fmt: skip
    assert names(tmp_path / "f[1].txt") == ["f[1].txt"]
    assert names(tmp_path / "e.png") == ["e.png"]
    assert names(str(tmp_path / "**" / "*")) == everything
    assert names(str(tmp_path / "*.t?t")) == ["b.txt", "f[1].txt"]
    monkeypatch.chdir(tmp_path)
    assert expand(["*.md", "./sub"]) == [Path("a.md"), Path("sub/c.html.gz")]
    for missing in ("nothing.txt", "*.pdf", "empty"):
        with pytest.raises(SourceError, match=missing.replace("*", r"\*")):
            expand([missing])


def test_only_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (tmp_path / "none.txt", tmp_path, tmp_path / "pipe.txt"):
        with pytest.raises(SourceError):
            list(load(path))


def test_a_small_file_cannot_take_much_memory(tmp_path: Path) -> None:
    import gzip

    path = tmp_path / "bomb.jsonl.gz"
    with gzip.open(path, "wb") as file:
        for _ in range(300):
            file.write(bytes(2**20))
    tracemalloc.start()
    (reject,) = load(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(reject, Reject)
    assert peak < 100 * 2**20


def test_what_a_pdf_has_before_it_unfolds_is_kept(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(io.BytesIO(pdf("A ship was seen.")))
    endless = pypdf.generic.DecodedStreamObject()
    endless.set_data(b"BT /F1 9 Tf (a) Tj ET\n" * 500_000)
    page = writer.add_blank_page(100, 100)
    page[pypdf.generic.NameObject("/Contents")] = writer._add_object(endless.flate_encode())
    out = io.BytesIO()
    writer.write(out)
    reject, document = loaded(tmp_path / "x.pdf", out.getvalue())
    assert isinstance(reject, Reject)
    assert isinstance(document, Document)
    assert (reject.where, reject.reason) == ("from page 2", "PDF unfolds beyond the limit")
    assert document.text == "A ship was seen."


@pytest.mark.parametrize(
    "header",
    [b"From: " + b"a," * 50_000, b"Subject: " + b"=?utf-8?q?a?= " * 50_000,
     b"Content-Disposition: " + b"a" * 100_000 + b";" * 100_000,
     b"Content-Type: text/plain; " + b"a=b;" * 50_000],
    ids=["addresses", "encoded words", "disposition", "parameters"],
)  # fmt: skip
def test_a_long_mail_header_is_cut_before_it_is_parsed(tmp_path: Path, header: bytes) -> None:
    # each of these took email's own parser from ten seconds to minutes
    (document,) = loaded(tmp_path / "x.eml", header + b"\n\nA ship was seen.\n")
    assert isinstance(document, Document)
    assert document.text == "A ship was seen.\n"


def test_a_mail_of_ten_thousand_parts_is_a_reject(tmp_path: Path) -> None:
    part = b"--b\nContent-Type: text/plain\n\nx\n"
    content = b"Content-Type: multipart/mixed; boundary=b\n\n" + part * 10_000
    (reject,) = loaded(tmp_path / "x.eml", content)
    assert isinstance(reject, Reject)
    assert "too many parts" in reject.reason
