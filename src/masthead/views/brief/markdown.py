"""The brief as Markdown."""

from __future__ import annotations

import re
import unicodedata

from masthead.views.brief.parts import Brief, Line


def to_markdown(brief: Brief) -> str:
    """The brief as one Markdown document. Words of reports are escaped: they draw nothing."""
    out = [
        f"# {escape(brief.title)}",
        "",
        f"Period: {escape(brief.period)}. As known on {brief.as_known_on}.  ",
        f"{escape(brief.counts)}.",
    ]
    for section in brief.sections:
        out += ["", f"## {escape(section.title)}", ""]
        if not section.groups:
            out.append(escape(section.empty))
        elif section.note:
            out += [f"*{escape(section.note)}*", ""]
        for group in section.groups:
            if group.title:
                out += [f"**{escape(group.title)}**", ""]
            out += [_line(line) for line in group.lines]
            if group.more:
                out.append(f"- … and {group.more} more")
            out.append("")
    out += ["---", f"Evidence of a line: `masthead show ID {_code(brief.case_path)}`", ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out))


def _line(line: Line) -> str:
    parts = [f"{escape(line.when)}:" if line.when else "", escape(line.text)]
    if line.says:
        parts.append(f"— *{escape(line.says)}*")
    if line.id:
        parts.append(f"`[{line.id}]`")
    return "- " + " ".join(part for part in parts if part)


def escape(text: str) -> str:
    """Text that Markdown shows as it is: markup and HTML escaped, control and direction
    characters dropped, on one line."""
    flat = " ".join(text.split())
    safe = "".join(c for c in flat if unicodedata.category(c) not in ("Cc", "Cf"))
    return re.sub(r"([\\`*_\[\]<>#|~&!])", r"\\\1", safe)


def _code(text: str) -> str:
    return text.replace("`", "")
