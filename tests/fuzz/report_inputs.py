"""Seeds for each loader of reports, and what a fuzzer does to them."""

from __future__ import annotations

import gzip
import json
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import FrameType

import numpy as np
from fpdf import FPDF

from masthead.errors import SourceError
from masthead.model import Reject
from masthead.reports.formats.decode import clean_text
from masthead.reports.load import load

LIMIT_S = 60
"""How long one input may take before it counts as a hang: some thousand times what it does take,
so that a busy machine fails nothing."""

TEXT = """date 2024-04-13 10:15 UTC

# Ship seized

PORT ANNE, 13 April 2024 (Wire) - The navy of Carthia seized the tanker “Étoile” on Saturday, its
ministry said. Report Date: 6 May 2026 Report Time: 0715UTC
1. HAZARDOUS OPERATIONS 040815Z TO 041015Z JUL IN 46-40.00N 003-48.45W.
"""

HTML = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ship seized</title>
<meta property="article:published_time" content="2024-04-13T10:15:00Z">
<script type="application/ld+json">{"datePublished": "2024-04-13"}</script></head><body>
<nav><ul><li><a href="/">Home</a></li></ul></nav><article><h1>Ship seized</h1>
<p>The navy of Carthia <b>seized</b> the tanker on Saturday, its ministry said to reporters.</p>
<div style="display:none">never</div><pre>NAVAREA II 1/24
  A. 46-40N 003-48W</pre><table><tr><th>Ship</th><td>Étoile</td></tr></table>
<blockquote><p>It was lawful, the minister said, and more ships would be stopped.</p></blockquote>
<!-- note --><p>Twelve crew<br>were aboard&nbsp;her &amp; are safe.</p></article></body></html>"""

ROWS = [
    {"text": "A ship was seized.", "date": "2024-04-13", "title": "Seized", "n": 1, "x": None},
    {"body": "Émile's boat \U0001f6a2 was\nboarded.", "issue": "031450Z JUL 2023", "deep": [[1]]},
    {"content": "Third.", "published": 1713002400, "url": "https://example.org/3", "ok": True},
]

CSV = """day,note,agent,lat
2024-04-13,"Two ships, one tanker, were ""diverted"".",Ilha,32.5
14 April 2024,"A second
line here",Ilha,
2024-02-31,Third,Ilha,x
"""

MAIL = b"""From: "Agency" <ops@agency.example>
Subject: =?utf-8?q?Port_closed_=E2=80=93_update?=
Date: Sat, 13 Apr 2024 10:15:30 +0200
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

The port of S=E3o Miguel is closed.
--b
Content-Type: text/html; charset="utf-8"
Content-Disposition: attachment; filename*=utf-8''notice.html
Content-Transfer-Encoding: base64

PHA+UGlsb3RzIGFyZSBiYWNrLjwvcD4=
--b
Content-Type: message/rfc822

Subject: inner

Inner text.
--b--
"""

RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Wire</title>
<item><title>Trawler boarded</title><link>https://wire.example/1</link>
<pubDate>Sat, 13 Apr 2024 10:15:00 +0200</pubDate>
<description>&lt;p&gt;A trawler was &lt;b&gt;boarded&lt;/b&gt;.&lt;/p&gt;</description></item>
<item><title>Second</title><description><![CDATA[<p>Two <i>ships</i>.</p>]]></description></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Notices</title>
<entry><title type="html">Area &lt;b&gt;closed&lt;/b&gt;</title><id>urn:1</id>
<updated>2024-04-13T10:15:00Z</updated><link href="https://n.example/1"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Keep out.</p></div></content>
</entry></feed>"""


def _pdf(*, compressed: bool) -> bytes:
    made = FPDF()
    made.set_compression(compressed)
    made.set_creation_date(datetime(2024, 4, 13, 10, 15))  # noqa: DTZ001  (fpdf wants it naive)
    made.set_title("Ship seized")
    made.set_font("helvetica", size=12)
    for page in ("The navy seized a tanker.", "Twelve crew are safe."):
        made.add_page()
        made.multi_cell(0, 6, page)
    return bytes(made.output())


_JSONL = "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS).encode()

SEEDS: dict[str, list[bytes]] = {
    "x.txt": [TEXT.encode(), TEXT.encode("utf-16"), TEXT.encode("cp1252", "replace")],
    "x.md": [f"---\ntitle: x\ndate: 2024-04-13\n---\n{TEXT}".encode(), TEXT.encode()],
    "x.html": [HTML.encode(), HTML.replace("utf-8", "windows-1251").encode("cp1251", "ignore")],
    "x.pdf": [_pdf(compressed=False), _pdf(compressed=True)],
    "x.jsonl": [_JSONL],
    "x.json": [json.dumps(ROWS).encode(), json.dumps({"items": ROWS}).encode()],
    "x.csv": [CSV.encode(), CSV.replace(",", ";").encode("cp1252")],
    "x.tsv": [CSV.replace(",", "\t").encode("utf-16")],
    "x.eml": [MAIL],
    "x.mbox": [b"From a@b Sat\n" + MAIL + b"\nFrom a@b Sun\n" + MAIL],
    "x.rss": [RSS.encode(), RSS.replace("utf-8", "iso-8859-1").encode("latin-1")],
    "x.atom": [ATOM.encode()],
    "x.jsonl.gz": [gzip.compress(_JSONL, mtime=0)],
}
"""By file name: what a mutated file begins as."""

COLUMNS = {"text": "note", "date": "day", "outlet": "agent"}

TOKENS = [
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x1f\x8b",
    b"%PDF-", b"<", b">", b"</", b"<!--", b"-->", b"<![CDATA[", b"]]>",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"&#0;", b"&#x110000;", b"&amp", b"<div>", b"<table>", b"<script>", b"<p hidden>", b"</html>",
    b"<svg>", b"<plaintext>", b"<math>", b"<select>", b"<frameset>", b"<base href=x>",
    b"{", b"}", b"[", b"]", b'"', b"'", b"\\", b"\\u0000", b"\\ud800", b"null", b"NaN", b"1e999",
    b"9" * 400, b"-0", b",", b";", b"\t", b"|", b"\r", b"\r\n", b"\n\n", b'"""', b"\n---\n",
    b"date 9999-12-31T23:59:59-23:59", b"date 0001-01-01T00:00+14:00", b"date 2024-02-31",
    b"Date: ", b"Sat, 99 Foo 99999 99:99:99 +9999", b"=?utf-8?b?////?=", b"=?x?q?=00?=",
    b"boundary=", b"Content-Type: multipart/mixed; boundary=b\n",
    b"Content-Type: a/b; charset=\0\n",
    b"Content-Transfer-Encoding: base64\n", b"Content-Transfer-Encoding: uuencode\n", b"\nFrom x\n",
    b"--b\n", b"endobj", b"stream", b"endstream", b"xref", b"trailer", b"<<", b">>", b"/Length ",
    b"/Kids [1 0 R]", b"/Filter /FlateDecode", b"/Encrypt 1 0 R", b"1 0 R", b"startxref\n0\n",
]  # fmt: skip


def mutated(name: str, number: int) -> bytes:
    """The `number`-th input for a loader: a seed after one to eight random changes, or, one time
    in twenty, random bytes."""
    rng = np.random.default_rng([number, *name.encode()])
    if number % 20 == 19:
        return rng.integers(0, 256, int(rng.integers(0, 600)), dtype=np.uint8).tobytes()
    seeds = SEEDS[name]
    content = bytearray(seeds[number % len(seeds)])
    for _ in range(int(rng.integers(1, 9))):
        if not content:
            break
        at, span = int(rng.integers(len(content))), int(rng.integers(1, 60))
        match int(rng.integers(9)):
            case 0:
                content[at] ^= 1 << int(rng.integers(8))
            case 1:
                content[at] = int(rng.integers(256))
            case 2:
                del content[at : at + span]
            case 3:
                content[at:at] = content[at : at + span] * int(rng.integers(1, 40))
            case 4:
                content[at:at] = rng.integers(0, 256, span, dtype=np.uint8).tobytes()
            case 5:
                token = TOKENS[int(rng.integers(len(TOKENS)))]
                content[at:at] = token * int(rng.choice([1, 1, 1, 2, 50, 2000]))
            case 6:
                lines = content.split(b"\n")
                rng.shuffle(lines)
                content = bytearray(b"\n".join(lines))
            case 7:
                del content[at:]
            case 8:
                other = seeds[int(rng.integers(len(seeds)))]
                start = int(rng.integers(len(other)))
                content[at : at + span] = other[start : start + 4 * span]
    return bytes(content)


@dataclass
class Outcome:
    """What became of the inputs of one loader. A crash is an exception other than `SourceError`,
    a hang an input beyond `LIMIT_S`; both are kept with the number that makes the input again."""

    inputs: int = 0
    documents: int = 0
    rejects: Counter[str] = field(default_factory=Counter)
    unreadable: int = 0
    crashes: list[tuple[int, str]] = field(default_factory=list)


class Hang(BaseException):
    """An input took longer than `LIMIT_S`."""


@contextmanager
def watchdog() -> Iterator[None]:
    """Raise `Hang` in the main thread if the block does not end in time."""

    def bark(_: int, __: FrameType | None) -> None:
        raise Hang

    before = signal.signal(signal.SIGALRM, bark)
    signal.setitimer(signal.ITIMER_REAL, LIMIT_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def run(name: str, numbers: range, folder: Path) -> Outcome:
    """Load each mutated input and check what comes out of it."""
    outcome = Outcome()
    path = folder / name
    for number in numbers:
        content = mutated(name, number)
        path.write_bytes(content)
        outcome.inputs += 1
        columns = COLUMNS if name in ("x.csv", "x.tsv") and number % 2 else None
        try:
            with watchdog():
                check(path, outcome, columns)
        except SourceError:
            outcome.unreadable += 1
        except (Exception, Hang) as error:  # noqa: BLE001  (that is what is looked for)
            outcome.crashes.append((number, f"{type(error).__name__}: {error}"[:200]))
    return outcome


def check(path: Path, outcome: Outcome, columns: dict[str, str] | None) -> None:
    """Every file gives at least one document or reject; texts are clean and ids differ."""
    ids = set()
    items = 0
    for item in load(path, columns=columns):
        items += 1
        if isinstance(item, Reject):
            assert item.reason
            assert item.where
            outcome.rejects[item.reason] += 1
            continue
        assert item.text.strip()
        assert clean_text(item.text) == item.text
        item.text.encode("utf-8")
        json.dumps([item.id, item.title, item.outlet, item.url, item.meta]).encode("utf-8")
        assert item.id not in ids
        ids.add(item.id)
        outcome.documents += 1
    assert items
