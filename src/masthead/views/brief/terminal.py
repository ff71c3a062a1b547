"""The brief in a terminal, by rich."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from masthead.views.brief.parts import Brief, Group, Line

_STATUS_STYLE = {
    "asserted": "", "ongoing": "", "denied": "magenta", "negated": "magenta",
}  # fmt: skip


def print_brief(brief: Brief, console: Console) -> None:
    """Draw the brief. Report text is printed as text: rich markup in it does nothing."""
    console.print()
    console.print(Text(brief.title, style="bold"))
    console.print(Text(f"Period: {brief.period}. As known on {brief.as_known_on}.", style="dim"))
    console.print(Text(f"{brief.counts}.", style="dim"))
    for section in brief.sections:
        console.print()
        console.print(Rule(Text(section.title, style="bold"), align="left", style="blue"))
        if section.note and section.groups:
            console.print(Text(section.note, style="italic dim"))
        if not section.groups:
            console.print(Text(section.empty, style="dim"))
        for group in section.groups:
            _print_group(group, console)
    console.print()
    console.print(
        Text(f"Evidence of a line: masthead show ID {brief.case_path}", style="dim"), soft_wrap=True
    )


def _print_group(group: Group, console: Console) -> None:
    if group.title:
        console.print(Text(group.title, style="bold cyan"))
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True, style="green")
    table.add_column(ratio=1)
    table.add_column(no_wrap=True, style="yellow", justify="right")
    for line in group.lines:
        table.add_row(line.when, _words(line), Text(_tag(line)))
    if group.lines:
        console.print(Padding(table, (0, 0, 0, 2)))
    if group.more:
        console.print(Text(f"  … and {group.more} more (--all shows them)", style="dim"))


def _words(line: Line) -> Text:
    text = Text(line.text, style=_STATUS_STYLE.get(line.status, "yellow" if line.status else ""))
    if line.says:
        text.append(f"  — {line.says}", style="italic dim")
    return text


def _tag(line: Line) -> str:
    return f"[{line.id}]" if line.id else ""
