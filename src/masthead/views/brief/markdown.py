"""The brief as Markdown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from masthead.views.brief.parts import Brief, Line


def to_markdown(brief: Brief, pictures: Mapping[str, str] | None = None) -> str:
    """The brief as one Markdown document with footnotes. Words of reports are escaped: they draw
    nothing. `pictures` are files to show after the first section, each with its caption."""
    out = [
        f"# {escape(brief.title)}",
        "",
        f"Period: {escape(brief.period)}. As known on {brief.as_known_on}.  ",
        f"{escape(brief.counts)}.",
    ]
    for number, section in enumerate(brief.sections):
        if number == 1:
            for file, caption in (pictures or {}).items():
                out += ["", f"![{escape(caption)}]({file})"]
        out += ["", f"## {escape(section.title)}", ""]
        if not section.groups:
            out.append(escape(section.empty))
        elif section.note:
            out += [f"*{escape(section.note)}*", ""]
        for group in section.groups:
            if group.title:
                out += [f"**{escape(group.title)}**", ""]
            out += [_line(brief, line) for line in group.lines]
            if group.more:
                out.append(f"- … and {group.more} more")
            out.append("")
    if brief.notes:
        out += ["## Evidence", ""]
        for note in brief.notes:
            words = f"“{escape(note.text)}” " if note.text else ""
            out.append(f"[^{note.number}]: {words}{escape(note.where)}. `{note.id[:8]}`")
        out.append("")
    out += ["---", f"Evidence of a line: `masthead show ID {_code(brief.case_path)}`", ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out))


def _line(brief: Brief, line: Line) -> str:
    parts = [f"{escape(line.when)}:" if line.when else "", escape(line.text)]
    if line.says:
        parts.append(f"— *{escape(line.says)}*")
    if line.id:
        parts.append(f"`[{line.id}]`")
    marks = "".join(f"[^{n}]" for n in brief.numbers(line))
    return "- " + " ".join(part for part in parts if part) + marks


def escape(text: str) -> str:
    """Text that Markdown shows as it is: markup and HTML escaped, control and direction
    characters dropped, on one line."""
    flat = " ".join(text.split())
    safe = "".join(c for c in flat if unicodedata.category(c) not in ("Cc", "Cf"))
    return re.sub(r"([\\`*_\[\]<>#|~&!])", r"\\\1", safe)


def _code(text: str) -> str:
    return text.replace("`", "")
