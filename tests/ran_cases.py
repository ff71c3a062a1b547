"""Two small cases that were run, made once a test process: three reports, and a hostile one."""

from __future__ import annotations

import atexit
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from masthead import geo
from masthead.case import load_case
from masthead.ledger import Ledger
from masthead.model import Actor, Attribution, Document, Event, Interval, Place, Status, Vessel
from masthead.watch import run_case

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"

SCRIPT = "<script>alert('x')</script><img src=x onerror=\"alert(1)\"></description>"
FORMULA = '=HYPERLINK("file:///etc","open")'
BACKWARDS = "\u202eREKNAT\u202c \u2066inner\u2069"
CONTROLS = "bell\x07 esc\x1b[31m vertical\x0b null\x00 c1\x9b del\x7f"
ODD = "]]> <!-- &amp; &#x0; ${jndi} $[id] %s \u2028\u2029 \ufeff \ufffe e\u0301\u0315\u0315 🛥"
LONG_LINE = "x" * 1_000_000
HOSTILE = (SCRIPT, FORMULA, BACKWARDS, CONTROLS, ODD)


def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="masthead-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def three_reports() -> Path:
    """The case file of examples/three-reports, run."""
    folder = _folder() / "case"
    shutil.copytree(EXAMPLES / "three-reports", folder,
                    ignore=shutil.ignore_patterns("ais", "*.lake", "*.ledger*"))  # fmt: skip
    subprocess.run([sys.executable, str(folder / "make_ais.py")], check=True)
    run_case(load_case(folder / "case.toml"))
    return folder / "case.toml"


@cache
def hostile() -> Path:
    """A case whose one document does its worst, with a zone over the antimeridian, and events of
    which every word is hostile."""
    folder = _folder()
    path = folder / "case.toml"
    path.write_text(
        '[case]\ntitle = "<b>Hostile</b> = & \\u202E"\n\n[[zones]]\nname = "<script>=zone"\n'
        "from = 2026-06-01\ncircle = { lat = -10.0, lon = 179.5, radius_nm = 90.0 }\n"
    )
    document = Document(
        id=f"reports/{SCRIPT}.txt", text="\n".join([*HOSTILE, LONG_LINE, "Nothing."]),
        title=SCRIPT, outlet=FORMULA, url="javascript:alert(1)", language="en",
        date=datetime(2026, 6, 3, tzinfo=UTC),
    )  # fmt: skip
    with Ledger.open(load_case(path).ledger_path) as ledger, ledger.run("test") as run:
        run.add_document(document, _events(document), reader_version="test")
    return path


def _events(document: Document) -> list[Event]:
    found = []
    lines = document.text.split("\n")
    for n, words in enumerate([*HOSTILE, LONG_LINE]):
        at = document.text.index(words)
        assert words in lines
        span = (at, at + len(words))
        event = Event(
            sense="report", incident="seizure", act="COERCE", mode="seize",
            sources=(Actor(text=words, name=words, country="XCA", sector="MIL", span=span),),
            targets=(Actor(text=words, country="OMN", span=span),),
            objects=(Vessel(text=words, name=words, imo=9074729, mmsi=205123456, span=span),),
            time=Interval(earliest=datetime(2026, 6, 2, 1, tzinfo=UTC),
                          latest=datetime(2026, 6, 2, 3, tzinfo=UTC), precision="hour", text=words),
            place=Place(text=words, lat=-10.0, lon=179.9, radius_m=50_000.0,
                        geometry=geo.circle(-10.0, 179.9, 50_000.0) if n % 2 else None),
            status=Status.DENIED if n % 2 else Status.ASSERTED,
            attribution=(Attribution(who=words, channel=words, country="OMN", span=span),),
            evidence=(document.cite(*span, words),), why=words,
        )  # fmt: skip
        found.append(event)
    undated = replace(found[0], id="", time=None, place=None, status=Status.THREATENED)
    return [*found, undated]
