"""The command that shows it all on a crisis that never was: demo."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer

from masthead.case import load_case
from masthead.cli.app import app
from masthead.cli.cases import open_ledger, tell_summary
from masthead.cli.output import progress_bar, remarks, results
from masthead.cli.serving import serve_case
from masthead.web.door import Door


@app.command(epilog="Example: masthead demo --out demo --no-serve")
def demo(
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="DIR", help="A new folder; else a temporary one."),
    ] = None,
    scenario: Annotated[str, typer.Option(help="A scenario file, or a built-in name.")] = "otranto",
    seed: Annotated[int | None, typer.Option(min=0, help="Instead of the scenario's.")] = None,
    serve: Annotated[bool, typer.Option(help="Serve the case at the end.")] = True,
) -> None:
    """Simulate a blockade, run the case, print the brief and the score against the known truth."""
    from masthead.score import score_case
    from masthead.sim.scenario import load_scenario, source_of
    from masthead.sim.staging import simulate
    from masthead.views.brief import compose
    from masthead.views.brief.drawings import draw, read_drawings
    from masthead.views.brief.html import to_html
    from masthead.views.brief.terminal import print_brief as draw_brief
    from masthead.views.score.terminal import print_score
    from masthead.watch import notice_zones, run_case
    from masthead.web.carrying import built, desk_of, snapshot_of

    started = time.monotonic()
    folder = out or Path(tempfile.mkdtemp(prefix="masthead-demo-"))
    with progress_bar() as report:
        outcome = simulate(
            load_scenario(scenario), folder, seed=seed, text=source_of(scenario), progress=report
        )
    remarks.print(
        f"Simulated {outcome.ships} ships, {outcome.positions:,} positions received, "
        f"{len(outcome.happenings):,} happenings, {len(outcome.tellings)} things told of them."
    )
    case = load_case(outcome.case)
    with progress_bar() as report:
        summary = run_case(case, progress=report)
    tell_summary(summary)
    with open_ledger(case) as ledger:
        now = snapshot_of(case, ledger)
        picture = now.picture()
        page = compose(case, ledger, picture=picture)
        draw_brief(page, results)
        made = draw(picture, [*case.drawn_zones(), *notice_zones(case, ledger)], folder)
        desk = desk_of(now) if built() else None
        text = to_html(page, picture, read_drawings(made, folder), desk)
        (folder / "brief.html").write_text(text, "utf-8")
        score = score_case(case, ledger, picture.incidents, picture.verdicts, picture.effectiveness)
    print_score(score, results)
    took = time.monotonic() - started
    results.print(
        f"Everything is in {folder}: case.toml, {', '.join(made)}, brief.html. "
        f"It took {took:.0f} s.",
        highlight=False, soft_wrap=True,
    )  # fmt: skip
    if serve and results.is_terminal:
        serve_case(outcome.case, Door(port=0), show=True)
