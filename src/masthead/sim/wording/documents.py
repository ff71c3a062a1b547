"""A document of sentences: its text, and where each sentence stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from masthead.sim.truth import Telling
from masthead.sim.wording.sentences import Said


@dataclass(frozen=True)
class Draft:
    """A dispatch before it is written: its file's stem, its date, its letterhead or dateline, its
    paragraphs, and the outlet. `dateline` opens the first paragraph; `verbatim` texts (notices)
    are written as they are, their sentences found in them."""

    stem: str
    outlet: str
    date: datetime
    paragraphs: tuple[tuple[Said, ...], ...] = ()
    title: str = ""
    dateline: str = ""
    verbatim: str | None = None

    @property
    def file_name(self) -> str:
        """The name of its file."""
        return f"{self.date.date().isoformat()}-{self.stem}.txt"


def compose(draft: Draft) -> tuple[str, list[tuple[int, int, Said]]]:
    """The text of a draft, and the offsets of each sentence that tells something. A sentence that
    stood before is left out, so that each stands once."""
    if draft.verbatim is not None:
        return draft.verbatim, _found(draft.verbatim, draft.paragraphs)
    text = f"date {draft.date.date().isoformat()}\n\n"
    if draft.title:
        text += f"{draft.title}\n\n"
    placed: list[tuple[int, int, Said]] = []
    seen: set[str] = set()
    opening = draft.dateline
    for paragraph in draft.paragraphs:
        begun = False
        for said in paragraph:
            if said.text in seen:
                continue
            seen.add(said.text)
            text += " " if begun else opening
            opening, begun = "", True
            start = len(text)
            text += said.text
            if said.facts:
                placed.append((start, len(text), said))
        if begun:
            text += "\n\n"
    return text.rstrip("\n") + "\n", placed


def _found(text: str, paragraphs: Sequence[Sequence[Said]]) -> list[tuple[int, int, Said]]:
    placed = []
    for said in (s for paragraph in paragraphs for s in paragraph):
        start = text.index(said.text)
        placed.append((start, start + len(said.text), said))
    return placed


def write(drafts: Sequence[Draft], folder: Path) -> list[Telling]:
    """Write the drafts as text files and give the tellings of all of them, in order."""
    tellings: list[Telling] = []
    for draft in drafts:
        name = draft.file_name
        text, placed = compose(draft)
        (folder / name).write_text(text, "utf-8")
        for start, end, said in placed:
            for fact in said.facts:
                tellings.append(
                    Telling(
                        id=f"t{len(tellings) + 1:04d}", document=name, sentence=text[start:end],
                        start=start, end=end, **vars(fact),
                    )
                )  # fmt: skip
    return tellings
