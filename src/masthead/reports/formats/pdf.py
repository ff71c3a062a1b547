"""PDF, by pypdf: the text of each page, a blank line between pages, line ends as they are.

A soft hyphen at the end of a line is a word parted for print and is closed up; a plain hyphen may
be part of the word ("anti-\\nship"), and stays. What a page may cost is counted (bytes of drawing
code, operators): of a small file that unfolds into a huge one only the beginning is read, and the
rest is a reject.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

from masthead.model import Scalar
from masthead.reports.formats.decode import clean_line
from masthead.reports.formats.record import MAX_TEXT_CHARS, Flaw, Record, Request

MAX_PAGES = 5_000
MAX_PAGE_BYTES = 8 * 2**20
"""The most drawing code of one page that is run: a dense page of text is some 100 KiB."""

MAX_OPERATORS = 2_000_000
"""The most drawing operators of one file that are run: some 500 dense pages. pypdf runs about
100,000 a second."""

ENCRYPTED = "PDF is encrypted"
BOMB = "PDF unfolds beyond the limit"
DAMAGED = "PDF is damaged"
NO_TEXT = "PDF has no text (scanned pages?)"

logging.getLogger("pypdf").addHandler(logging.NullHandler())


class _Bomb(BaseException):
    """Ends the reading of one file; never leaves this module. It is no `Exception`, because pypdf
    goes on after any `Exception` inside a form, and forms are what bombs are made of."""


def read_pdf(content: bytes, request: Request) -> Iterator[Record | Flaw]:
    """One record for the file, and a flaw for each page that cannot be read."""
    import pypdf
    from pypdf.errors import DependencyError, FileNotDecryptedError

    try:
        reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            yield Flaw("file", ENCRYPTED)
            return
        pages = len(reader.pages)
    except (DependencyError, FileNotDecryptedError) as error:
        yield Flaw("file", ENCRYPTED, str(error)[:200])
        return
    except Exception as error:  # noqa: BLE001  (pypdf on a damaged file raises nearly anything)
        yield Flaw("file", DAMAGED, _words(error))
        return
    if pages > MAX_PAGES:
        yield Flaw("file", BOMB, f"{pages} pages")
        return
    texts, flaws = [], []
    budget = _Budget()
    for number in range(pages):
        try:
            texts.append(budget.text(reader.pages[number]))
        except _Bomb as error:
            flaws.append(Flaw(f"from page {number + 1}", BOMB, str(error)))
            break
        except Exception as error:  # noqa: BLE001  (as above; the other pages may be sound)
            flaws.append(Flaw(f"page {number + 1}", DAMAGED, _words(error)))
    yield from flaws
    text = "\n\n".join(t for t in texts if t.strip()).replace("\u00ad\n", "")
    if text.strip():
        yield Record(text=text, media_type="application/pdf", **_facts(reader, pages))
    elif not flaws:
        yield Flaw("file", NO_TEXT, f"{pages} pages")


class _Budget:
    """What the file may still cost."""

    def __init__(self) -> None:
        self.operators = MAX_OPERATORS
        self.characters = MAX_TEXT_CHARS

    def text(self, page: Any) -> str:
        contents = page.get_contents()
        if contents is not None and len(contents.get_data()) > MAX_PAGE_BYTES:
            raise _Bomb(f"more than {MAX_PAGE_BYTES // 2**20} MiB of drawing code")
        text: str = page.extract_text(visitor_operand_before=self._operator)
        self.characters -= len(text)
        if self.characters < 0:
            raise _Bomb(f"more than {MAX_TEXT_CHARS} characters")
        return text

    def _operator(self, *_: Any) -> None:
        self.operators -= 1
        if self.operators < 0:
            raise _Bomb(f"more than {MAX_OPERATORS} drawing operators")


def _facts(reader: Any, pages: int) -> dict[str, Any]:
    """Title, date and author of the file's own record, as far as they can be read."""
    meta: dict[str, Scalar] = {"pages": pages}
    facts: dict[str, Any] = {"meta": meta}
    try:
        info = reader.metadata
        if info is None:
            return facts
        facts["title"] = clean_line(str(info.title)) if info.title else None
        if info.author and (author := clean_line(str(info.author))):
            meta["author"] = author
        facts["date"] = info.creation_date or info.modification_date
    except Exception:  # noqa: BLE001  (a damaged record is no reason to lose the text)
        return facts
    return facts


def _words(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:200]
