"""What each format gives: a table of file content and the text, date, title and rejects of it."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from masthead.model import Document, Reject
from masthead.reports.load import load, load_text


def day(year: int, month: int, of_month: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, of_month, hour, minute, tzinfo=UTC)


@dataclass(frozen=True)
class Case:
    """A file and what is loaded from it: per document its text, date and title; the rejects as
    (where, reason)."""

    file: str
    content: str | bytes
    texts: list[str]
    dates: list[datetime | None] = field(default_factory=lambda: [None])
    titles: list[str | None] = field(default_factory=lambda: [None])
    rejects: list[tuple[str, str]] = field(default_factory=list)
    columns: dict[str, str] | None = None


PAGE = """<!doctype html><html lang="en"><head><title>Tanker freed | Harbour Mail</title>
<meta property="og:site_name" content="Harbour Mail">
<meta property="article:published_time" content="2024-04-13T12:15:00+02:00">
<script>var evil = "seized";</script></head><body>
<nav><a href="/">Front page</a><a href="/ships">Ships</a></nav>
<header><h1>Harbour Mail</h1></header>
<article><h1>Tanker freed after two days</h1>
<p>The navy of Carthia released the tanker Meridian Star on Saturday, its owner said, and all of the
crew are in <b>good</b> health after two days at anchor.</p>
<p style="color:red; DISPLAY : none">The crew was killed.</p><div hidden>Ten ships sunk.</div>
<p><span aria-hidden="true">Secret </span>The ship is on its way to the port of Funchal,
<a href="javascript:alert(1)" onclick="x()">where</a> she is expected<noscript>never</noscript> on
Monday, according to the harbour master, who spoke to reporters in the town.</p>
<template><p>Not yet.</p></template></article><footer>All rights reserved</footer></body></html>"""

FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>
<title>Strait Wire</title><language>en-us</language>
<item><title>Trawler boarded</title><link>https://wire.example/1</link><guid>w1</guid>
<pubDate>Sat, 13 Apr 2024 10:15:00 +0200</pubDate>
<description>&lt;p onerror="x()"&gt;A trawler was &lt;b&gt;boarded&lt;/b&gt;.&lt;/p&gt;&lt;p
style="display:none"&gt;lie&lt;/p&gt;&lt;a href="javascript:run()"&gt;More&lt;/a&gt;</description>
</item>
<item><link>https://wire.example/2</link></item>
<item><title>No body &amp;amp; no date</title><link>javascript:alert(1)</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Notices</title>
<entry><title>Area closed</title><id>urn:1</id><updated>2024-04-13</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Area closed.</p><p>Keep
out.</p></div></content></entry></feed>"""

MAIL = b"""From: "Port Agency, Ilha" <ops@agency.example>
To: desk@example.org
Subject: =?utf-8?q?Port_closed_=E2=80=93_update?=
Date: Sat, 13 Apr 2024 10:15:30 +0200
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: multipart/alternative; boundary="c"

--c
Content-Type: text/html; charset=utf-8

<p>The port is <i>closed</i>.</p>
--c
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

The port of S=E3o Miguel is closed.
--c--
--b
Content-Type: text/html
Content-Disposition: attachment; filename="notice.html"

<p>Notice: the pilots are back.</p><script>x()</script>
--b
Content-Type: application/octet-stream
Content-Disposition: attachment; filename="run.exe"
Content-Transfer-Encoding: base64

TVqQAAMAAAA=
--b--
"""

CASES = [
    Case("plain.txt", "date 2024-04-13\r\n\r\nA ship.\r", ["date 2024-04-13\n\nA ship.\n"],
         [day(2024, 4, 13)]),
    Case("2024-04-13_note.text", "A ship\0 was\x07 seen.", ["A ship was\ufffd seen."],
         [day(2024, 4, 13)]),
    Case("empty.jsonl", "\n\n", [], [], [], [("file", "no record in it")]),
    Case("empty.txt", " \n", [], [], [], [("file", "no text")]),
    Case("program.txt", bytes(range(256)) * 20, [], [], [],
         [("file", "is no text (most of it is binary)")]),
    Case("note.md", "date: 2024-04-13\n\n# Ship *seen*  \n\n## More\n",
         ["date: 2024-04-13\n\n# Ship *seen*  \n\n## More\n"], [day(2024, 4, 13)], ["Ship *seen*"]),
    Case("front.md", "---\ntitle: 'A ship'\ndate: 2024-04-13 10:15\n---\nSeen.\n\nLater\n=====\n",
         ["---\ntitle: 'A ship'\ndate: 2024-04-13 10:15\n---\nSeen.\n\nLater\n=====\n"],
         [day(2024, 4, 13, 10, 15)], ["A ship"]),
    Case("page.html", PAGE,
         ["Tanker freed after two days\n\nThe navy of Carthia released the tanker Meridian Star on "
          "Saturday, its owner said, and all of the crew are in good health after two days at "
          "anchor.\n\nThe ship is on its way to the port of Funchal, where she is expected on "
          "Monday, according to the harbour master, who spoke to reporters in the town."],
         [day(2024, 4, 13, 10, 15)], ["Tanker freed after two days"]),
    Case("bare.htm", "<p>A ve<b>ss</b>el<p>was seen.<br>Twice.<pre>  1. A\n  2. B</pre>",
         ["A vessel\n\nwas seen.\nTwice.\n\n  1. A\n  2. B"]),
    Case("blank.html", "<html><body><p hidden>x</p></body></html>", [], [], [],
         [("file", "no text")]),
    Case("rows.jsonl",
         '{"text": "One.", "date": "2024-04-13T10:15:00Z", "title": "T"}\n\nnot json\n{"a": 1}\n'
         '["list"]\n{"body": "Two.\\ud83d\\ude00\\ud800", "issue": "031450Z JUL 2023"}\n',
         ["One.", "Two.\U0001f600\ufffd"], [day(2024, 4, 13, 10, 15), day(2023, 7, 3, 14, 50)],
         ["T", None],
         [("line 3", "is no JSON"), ("line 4", "row has no text"),
          ("line 5", "is no JSON object")]),
    Case("rows.json", '[{"text": "One."}, {"text": 5}, "Two."]', ["One.", "Two."], [None, None],
         [None, None], [("record 2", "row has no text")]),
    Case("held.json", '{"items": [{"content": "One.", "published": "14 April 2024"}]}', ["One."],
         [day(2024, 4, 14)]),
    Case("deep.json", "[" * 200_000 + "]" * 200_000, [], [], [],
         [("file", "JSON is nested too deeply")]),
    Case("own.csv", "day;note;agent\n2024-04-13;\"Line; one\nline two\";Ilha\nsoon;Late;Ilha\n;;\n",
         ["Line; one\nline two", "Late"], [day(2024, 4, 13), None], [None, None],
         columns={"text": "note", "date": "day", "outlet": "agent"}),
    Case("tabs.tsv", "Headline\tText\nH1\tBody, one\nH2\n\tBody two\textra\n", ["Body, one"],
         titles=["H1"],
         rejects=[("line 3", "row has no text"),
                  ("line 4", "row has more cells than the header")]),
    Case("quote.csv", 'text,date\nOne.,2024-04-13\n"Two.,2024-04-14\nThree.,2024-04-15\n',
         ["One.", "Three."], [day(2024, 4, 13), day(2024, 4, 15)], [None, None],
         [("line 3", "a quote is never closed")]),
    Case("nameless.csv", "a,b\n1,2\n", [], [], [],
         [("line 1", "no column is the text (name one: columns text=…)")]),
    Case("feed.rss", FEED, ["A trawler was boarded.\n\nMore", "No body & no date"],
         [day(2024, 4, 13, 8, 15), None], ["Trawler boarded", "No body & no date"],
         [("entry 2", "entry has no text")]),
    Case("feed.xml", ATOM, ["Area closed.\n\nKeep out."], [day(2024, 4, 13)], ["Area closed"]),
    Case("other.xml", "<a><b/></a>", [], [], [], [("file", "is no RSS or Atom feed")]),
    Case("bomb.rss", '<!DOCTYPE r [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><rss>&b;</rss>', [], [],
         [], [("file", "feed declares entities of its own")]),
    Case("mail.eml", MAIL,
         ["The port of São Miguel is closed.", "Notice: the pilots are back."],
         [datetime(2024, 4, 13, 8, 15, 30, tzinfo=UTC), None], ["Port closed – update", None]),
    Case("no.eml", "just words\n", [], [], [],
         [("file", "is no mail message (it has no header)")]),
    Case("box.mbox", b"From a@b Sat Apr 13 2024\nSubject: A\nDate: 13 Apr 2024 10:15 +0000\n\n"
         b"One.\n\nFrom a@b Sat Apr 13 2024\nSubject: B\n\n\n\nFrom a@b Sun\nSubject: C\n\n"
         b"Three.\n",
         ["One.\n", "Three.\n"], [day(2024, 4, 13, 10, 15), None], ["A", "C"],
         [("message 2", "mail has no text")]),
    Case("packed.jsonl.gz", gzip.compress(b'{"text": "One."}\n'), ["One."]),
    Case("bomb.txt.gz", gzip.compress(bytes(70 * 2**20)), [], [], [],
         [("file", "file is larger than 64 MiB")]),
    Case("cut.txt.gz", gzip.compress(b"A ship was seen. " * 99)[:-9], ["A ship was seen. " * 99],
         rejects=[("after byte 1683", "gzip file is damaged")]),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.file)
def test_each_format_gives_text_date_title_and_rejects(tmp_path: Path, case: Case) -> None:
    path = tmp_path / case.file
    path.write_bytes(case.content.encode() if isinstance(case.content, str) else case.content)
    items = list(load(path, columns=case.columns))
    documents = [item for item in items if isinstance(item, Document)]
    rejects = [item for item in items if isinstance(item, Reject)]
    assert [document.text.rstrip("\n") for document in documents] == [
        text.rstrip("\n") for text in case.texts
    ]
    assert [document.date for document in documents] == case.dates[: len(documents)]
    assert [document.title for document in documents] == case.titles[: len(documents)]
    assert [(reject.where, reject.reason) for reject in rejects] == case.rejects
    assert all(item.path == str(path) for item in rejects)


def one(tmp_path: Path, name: str, content: str | bytes, **options: object) -> Document:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    found = next(load(path, **options))  # type: ignore[arg-type]
    assert isinstance(found, Document)
    return found


def test_what_a_page_says_of_itself(tmp_path: Path) -> None:
    page = one(tmp_path, "page.html", PAGE)
    assert (page.outlet, page.language, page.media_type) == ("Harbour Mail", "en", "text/html")
    assert page.date_precision == "second"
    assert page.meta["date_from"] == "metadata"
    for hidden in ("killed", "sunk", "Secret", "never", "Not yet", "javascript", "Front page"):
        assert hidden not in page.text
    assert "killed" in one(tmp_path, "page.html", PAGE, keep_hidden=True).text


def test_what_a_row_keeps(tmp_path: Path) -> None:
    row = {"text": "GULF OF ADEN. ", "issue": "031450Z JUL 2023", "authority": "NAVAREA IX",
           "number": 881, "series": "HYDROLANT", "empty": None, "nested": {"a": 1},
           "url": "https://example.org/1", "language": "EN-gb", "source": "MSI"}  # fmt: skip
    document = one(tmp_path, "rows.jsonl", json.dumps(row))
    assert document.id.endswith("rows.jsonl#1")
    assert document.url == "https://example.org/1"
    assert (document.outlet, document.language, document.date_precision) == ("MSI", "en", "minute")
    assert document.meta == {
        "issue": "031450Z JUL 2023", "authority": "NAVAREA IX", "number": 881,
        "series": "HYDROLANT", "language": "EN-gb", "date_from": "metadata",
    }  # fmt: skip


def test_the_source_of_a_coded_event_is_no_outlet(tmp_path: Path) -> None:
    coded = one(tmp_path, "coded.jsonl", '{"text": "A met B.", "source": "A", "target": "B"}')
    assert coded.outlet is None
    assert coded.meta["source"] == "A"


def test_records_are_numbered_by_their_place_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "One."}\nbroken\n\n{"text": "Three."}\n')
    documents = [d for d in load(path, name="in/rows.jsonl") if isinstance(d, Document)]
    assert [d.id for d in documents] == ["in/rows.jsonl#1", "in/rows.jsonl#3"]


def test_attachments_are_parts_of_the_mail(tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(MAIL)
    mail, notice = load(path, name="mail.eml")
    assert isinstance(mail, Document)
    assert isinstance(notice, Document)
    assert (mail.id, notice.id) == ("mail.eml", "mail.eml#1")
    assert mail.outlet == "Port Agency, Ilha"
    assert mail.meta["attachments"] == 2
    assert notice.meta["attachment"] == "notice.html"


def test_a_feed_names_its_outlet_and_no_script_address(tmp_path: Path) -> None:
    path = tmp_path / "feed.rss"
    path.write_text(FEED)
    first, last = (d for d in load(path) if isinstance(d, Document))
    assert (first.outlet, first.url) == ("Strait Wire", "https://wire.example/1")
    assert last.url is None


def test_text_in_hand() -> None:
    document = load_text("DATE: 14 April 2024\r\nA ship.")
    assert (document.id, document.text) == ("-", "DATE: 14 April 2024\nA ship.")
    assert document.date == day(2024, 4, 14)
    assert load_text("").text == ""
    assert load_text("A ship.", name="x", date=day(2020, 1, 2)).meta == {"date_from": "argument"}
