"""The score in a terminal, by rich."""

from __future__ import annotations

from rich.console import Console
from rich.rule import Rule
from rich.table import Table as Grid
from rich.text import Text

from masthead.score import Score, Table
from masthead.views.score.cells import cells, mistakes, percent

SHORT_HEAD = (
    "type", "true", "found", "right", "prec.", "recall", "F1", "heard", "recall", "fit", "recall",
    "time", "place",
)  # fmt: skip
"""`cells.HEAD` for a narrow window; "heard" are the receivable ones, with the recall of these,
"fit" those that are also what the definition is of."""


def print_score(score: Score, console: Console) -> None:
    """Draw the score."""
    console.print()
    console.print(Text(score.title, style="bold"))
    console.print(Text(
        f"{score.happenings} happenings: {score.receivable} receivable in the tracks, "
        f"{score.told} told truly, {score.neither} neither.", style="dim",
    ))  # fmt: skip
    for table in score.tables:
        console.print()
        console.print(Rule(Text(table.title, style="bold"), align="left", style="blue"))
        _print_table(table, console)


def _print_table(table: Table, console: Console) -> None:
    if not table.rows and not table.confusion:
        console.print(Text("The truth has nothing that this could find.", style="dim"))
        return
    if table.rows:
        grid = Grid(box=None, header_style="bold", padding=(0, 1, 0, 0), pad_edge=False)
        for k, name in enumerate(SHORT_HEAD):
            grid.add_column(name, justify="left" if k == 0 else "right", no_wrap=True)
        for row in table.rows:
            grid.add_row(*map(Text, cells(row)))
        grid.add_section()
        grid.add_row(*(Text(c, style="bold") for c in cells(table.total)))
        console.print(grid)
    if table.note:
        console.print(Text(f"  {table.note}", style="dim"))
    of = "of the hits, " if table.rows else ""
    for facet in table.facets:
        console.print(Text(
            f"  {of}{facet.name}: {percent(facet.share)} ({facet.right} of {facet.told})",
            style="dim",
        ))  # fmt: skip
    wrong = mistakes(table)
    if wrong:
        head = "What was taken for what" if table.rows else "What is true, and what was found"
        console.print(Text(f"  {head}:", style="bold"))
        grid = Grid(box=None, header_style="dim", padding=(0, 1))
        for name in ("true", "found", "times"):
            grid.add_column(name, justify="right" if name == "times" else "left")
        for true, found, times in wrong:
            grid.add_row(Text(f"  {true}"), Text(found), Text(str(times)))
        console.print(grid)
