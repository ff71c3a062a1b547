"""The command that plays a scenario: simulate."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from masthead.cli.app import app
from masthead.cli.output import progress_bar, remarks, results
from masthead.errors import MastheadError


class TrackFormat(StrEnum):
    """How received positions are written."""

    LAKE = "lake"
    NMEA = "nmea"
    CSV = "csv"


@app.command(epilog="Example: masthead simulate small --out day && masthead run day/case.toml")
def simulate(
    scenario: Annotated[
        str, typer.Argument(metavar="SCENARIO.toml", help="A scenario file, or a built-in name.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="A new folder.")],
    seed: Annotated[int | None, typer.Option(min=0, help="Instead of the scenario's.")] = None,
    form: Annotated[
        TrackFormat, typer.Option("--format", help="Of the received positions.")
    ] = TrackFormat.LAKE,
    sweep: Annotated[
        str | None,
        typer.Option(metavar="fleet=2..12", help="Play once for each number of patrol ships."),
    ] = None,
    seeds: Annotated[int, typer.Option(min=1, help="Plays of each number in a sweep.")] = 8,
) -> None:
    """Play a scenario: traffic, blockade, AIS reception, reports, and the truth of it all."""
    from masthead.sim.scenario import load_scenario, source_of

    loaded = load_scenario(scenario)
    if sweep is not None:
        _sweep(scenario, out, sweep, seeds)
        return
    from masthead.sim.staging import simulate as play

    with progress_bar() as report:
        outcome = play(
            loaded, out, seed=seed, form=form.value, text=source_of(scenario),
            progress=lambda stage, done, total: report(stage, done, total),
        )  # fmt: skip
    remarks.print(
        f"{outcome.ships} ships, {outcome.positions:,} positions received, "
        f"{len(outcome.happenings):,} happenings, {len(outcome.tellings)} tellings."
    )
    results.print(
        f"Wrote {outcome.case}. Run it with: masthead run {outcome.case}", highlight=False
    )


def _sweep(scenario: str, out: Path, sweep: str, seeds: int) -> None:
    from masthead.sim.scenario import load_scenario
    from masthead.sim.sweep import draw, play_sweep, write_table

    found = re.fullmatch(r"fleet=(\d+)\.\.(\d+)", sweep.strip())
    if not found or int(found[1]) > int(found[2]):
        raise MastheadError(f"--sweep is fleet=LOW..HIGH, as fleet=2..12, not '{sweep}'")
    sizes = range(int(found[1]), int(found[2]) + 1)
    with progress_bar() as report:
        rows = play_sweep(load_scenario(scenario), sizes, seeds,
                          progress=lambda done, total: report("playing", done, total))  # fmt: skip
    out.mkdir(parents=True, exist_ok=True)
    write_table(rows, out / "sweep.csv")
    draw(rows, out / "sweep.png")
    table = Table(box=None, header_style="bold", padding=(0, 1))
    for name in ("ships", "stopped share", "68 % of seeds", "theory", "prizes", "68 % of seeds"):
        table.add_column(name, justify="right")
    for r in rows:
        table.add_row(str(r.fleet), f"{r.stopped:.2f}", f"{r.stopped_low:.2f}–{r.stopped_high:.2f}",
                      f"{r.theory:.2f}", f"{r.prizes:.1f}",
                      f"{r.prizes_low:.1f}–{r.prizes_high:.1f}")  # fmt: skip
    results.print(table)
    results.print(f"Wrote {out / 'sweep.csv'} and {out / 'sweep.png'}", highlight=False)
