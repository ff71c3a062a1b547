"""The evidence that a brief's page carries with it, and its seal.

The page holds, as JSON, every event that its lines cite (with the desk in it: every event), the
text of the documents they are in, and the incidents and verdicts; with the desk they are packed:
gzip, then base 64. Its seal is the SHA-256 of the whole page with the seal's own digits set
to zero: it finds a page that was changed or damaged on its way. It is no signature: who wants to
know whose page it is compares `head` with the ledger's (`masthead verify CASE.toml`).
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import zlib
from typing import Any

from pydantic import TypeAdapter, ValidationError

from masthead import __version__
from masthead.checks.verdict import combined
from masthead.errors import EvidenceError
from masthead.judgement import Verdict, to_plain
from masthead.model import Event, TextSpan, event_id, from_json, to_dict
from masthead.views.brief.parts import Brief
from masthead.views.brief.picture import Picture

NO_SEAL = "0" * 64
ROUNDED = 6e-5
"""Ratios are rounded to four places."""
_SEAL = re.compile(r'(<meta name="masthead-seal" content=")([0-9a-f]{64})(">)')
JSON, PACKED = "application/json", "application/gzip"
_DATA = re.compile(
    rf'<script type="({JSON}|{PACKED})" id="masthead-evidence">(.*?)</script>', re.DOTALL
)
MOST_UNPACKED = 1 << 30
"""Bytes that packed evidence may have: more is no brief but an attack on who checks it."""
_VERDICT: TypeAdapter[Verdict] = TypeAdapter(Verdict)


def carried(brief: Brief, picture: Picture, *, whole: bool = False) -> dict[str, Any]:
    """What a page of this brief carries: plain JSON values. `whole` leaves no event or document
    out, whether it is cited or not."""
    cited = {note.id for note in brief.notes}
    cited |= {event for incident in picture.incidents for event in incident.events}
    cited |= {e for v in picture.verdicts.values() for r in v.reasons for e in r.events}
    events = [e for e in picture.events if whole or e.id in cited]
    named = {p.document for e in events for p in e.evidence if isinstance(p, TextSpan)}
    documents = [d for i, d in sorted(picture.documents.items()) if whole or i in named]
    return {
        "masthead": __version__,
        "case": picture.case.title,
        "head": picture.head,
        "documents": [
            {
                "id": d.id, "title": d.title, "outlet": d.outlet, "language": d.language,
                "date": d.date.isoformat() if d.date else None, "sha256": d.digest,
                "text": d.text,
            }
            for d in documents
        ],
        "events": [to_dict(e) for e in events],
        "incidents": [to_plain(i) for i in picture.incidents],
        "verdicts": [to_plain(v) for v in picture.verdicts.values()],
    }  # fmt: skip


def as_block(content: dict[str, Any]) -> str:
    """The content as JSON that is safe inside an HTML script element."""
    text = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def packed(text: str) -> str:
    """Text as gzip in base 64, the same for the same text."""
    return base64.b64encode(gzip.compress(text.encode("utf-8", "surrogatepass"), mtime=0)).decode()


def seal(page: str) -> str:
    """The page with its seal set. It must have one of zeros."""
    digest = hashlib.sha256(page.encode()).hexdigest()
    return _SEAL.sub(rf"\g<1>{digest}\g<3>", page, count=1)


def content_of(page: str) -> dict[str, Any] | None:
    """What a page carries; None if it carries nothing that can be read."""
    found = _DATA.search(page)
    if found is None:
        return None
    try:
        content = json.loads(_unpacked(found[2]) if found[1] == PACKED else found[2])
    except (ValueError, OSError, EOFError, zlib.error):
        return None
    return content if isinstance(content, dict) else None


def _unpacked(block: str) -> str:
    unpacker = zlib.decompressobj(wbits=31)
    content = unpacker.decompress(base64.b64decode(block, validate=True), MOST_UNPACKED)
    if not unpacker.eof:
        raise ValueError("it is cut off, or too large")
    return content.decode("utf-8", "surrogatepass")


def problems_of(page: str) -> list[str]:
    """What is wrong with a page, a line each: its seal, the documents' hashes, the events' ids, the
    spans, and whether each verdict follows from its reasons. Nothing for one that is as written."""
    found = _SEAL.search(page)
    content = content_of(page)
    if found is None or content is None:
        return ["it carries no evidence of a brief"]
    problems = []
    blank = page[: found.start(2)] + NO_SEAL + page[found.end(2) :]
    if hashlib.sha256(blank.encode()).hexdigest() != found[2]:
        problems.append("its seal does not fit: the page is not as it was written")
    texts: dict[str, str] = {}
    for document in content.get("documents", []):
        text = str(document.get("text"))
        texts[str(document.get("id"))] = text
        if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != document["sha256"]:
            problems.append(f"document {document['id']}: its text does not fit its hash")
    for record in content.get("events", []):
        problems += _event_problems(record, texts)
    for record in content.get("verdicts", []):
        problems += _verdict_problems(record)
    return problems


def _event_problems(record: dict[str, Any], texts: dict[str, str]) -> list[str]:
    try:
        event: Event = from_json(json.dumps(record))
    except (ValidationError, EvidenceError) as error:
        return [f"event {record.get('id')}: is no event ({str(error).splitlines()[0]})"]
    if event_id(event) != event.id:
        return [f"event {event.id}: its id does not fit its evidence"]
    for piece in event.evidence:
        if isinstance(piece, TextSpan):
            try:
                event.verify(texts.get(piece.document, ""))
            except EvidenceError as error:
                return [str(error)]
    return []


def _verdict_problems(record: dict[str, Any]) -> list[str]:
    try:
        verdict = _VERDICT.validate_python(record, strict=False)
    except ValidationError as error:
        return [f"verdict on {record.get('about')}: {error.errors()[0]['msg']}"]
    if verdict.ratio == 1.0:
        return []  # nothing was weighed
    follows = combined(verdict.reasons)
    if abs(follows - verdict.ratio) > ROUNDED + 1e-3 * follows:
        return [
            f"verdict on {verdict.about}: its reasons make a ratio of {follows:.4g}, "
            f"not {verdict.ratio:.4g}"
        ]
    return []
