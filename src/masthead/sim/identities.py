"""Which identity each ship uses when, and what it says of itself."""

from __future__ import annotations

import csv
from dataclasses import fields
from datetime import datetime
from pathlib import Path

import polars as pl

from masthead.sim.play import Play
from masthead.sim.ships import classes
from masthead.sim.truth import Ship

STATEMENTS: dict[str, pl.DataType] = {
    "mmsi": pl.UInt32(), "first": pl.Datetime("ms", "UTC"), "last": pl.Datetime("ms", "UTC"),
    "name": pl.String(), "imo": pl.Int64(), "call_sign": pl.String(), "ship_type": pl.String(),
    "length_m": pl.Float32(), "width_m": pl.Float32(), "draught_m": pl.Float32(),
    "destination": pl.String(),
}  # fmt: skip
"""The columns of a lake's identities."""


def spans(play: Play) -> list[tuple[int, datetime, datetime | None, Ship]]:
    """Every identity in use: the ship's own MMSI, from when, until when, and the identity."""
    stage = play.stage
    changes: dict[int, list[tuple[int, Ship]]] = {i: [(0, s)] for i, s in enumerate(play.ships)}
    for i, since, ship in stage.others:
        if since >= 0:
            changes[i].append((since, ship))
    out: list[tuple[int, datetime, datetime | None, Ship]] = []
    for i, parts in changes.items():
        own = play.ships[i].mmsi
        for k, (since, ship) in enumerate(parts):
            last = k == len(parts) - 1
            until = None if last else stage.at(parts[k + 1][0])
            out.append((own, stage.at(since), until, ship))
    return out


def under_used_names(received: pl.DataFrame, play: Play) -> pl.DataFrame:
    """The positions under the MMSI that the ship used then, sorted by (mmsi, t), each pair once."""
    used = [s for s in spans(play) if s[3].mmsi != s[0]]
    if not used:
        return received
    mmsi = pl.col("mmsi")
    for own, since, until, ship in used:
        when = (pl.col("mmsi") == own) & (pl.col("t") >= since)
        if until is not None:
            when &= pl.col("t") < until
        mmsi = pl.when(when).then(pl.lit(ship.mmsi, pl.UInt32)).otherwise(mmsi)
    return (
        received.with_columns(mmsi.alias("mmsi"))
        .sort("mmsi", "t")
        .unique(["mmsi", "t"], keep="first", maintain_order=True)
    )


def statements(play: Play) -> pl.DataFrame:
    """What each ship says of itself, and where it says it is bound for, from when to when."""
    stage, heard = play.stage, []
    calls: dict[int, list[tuple[datetime, str]]] = {}
    for i, minute, name in play.captains.bound:
        calls.setdefault(play.ships[i].mmsi, []).append((stage.at(minute), name))
    end = stage.at(max(stage.minute, 1))
    for own, since, until, ship in spans(play):
        if ship.type == "aircraft":
            continue
        last = until or end
        said = [(max(t, since), name) for t, name in calls.get(own, []) if t < last]
        starts = [s for s in said if s[0] > since]
        before = [s for s in said if s[0] <= since]
        parts: list[tuple[datetime, str | None]] = [
            (since, before[-1][1] if before else None),
            *starts,
        ]
        for k, (start, bound_for) in enumerate(parts):
            stop = parts[k + 1][0] if k + 1 < len(parts) else last
            heard.append(
                {
                    "mmsi": ship.mmsi, "first": start, "last": stop, "name": ship.name,
                    "imo": ship.imo, "call_sign": ship.call_sign,
                    "ship_type": str(classes()[ship.type].ais_type), "length_m": ship.length_m,
                    "width_m": ship.width_m, "draught_m": ship.draught_m,
                    "destination": bound_for.upper() if bound_for else None,
                }
            )  # fmt: skip
    frame = pl.DataFrame(heard, schema_overrides={"first": pl.Datetime("ms", "UTC"),
                                                  "last": pl.Datetime("ms", "UTC")})  # fmt: skip
    return frame.select(pl.col(n).cast(k) for n, k in STATEMENTS.items()).sort("mmsi", "first")


def write_ships(play: Play, file: Path) -> None:
    """Write `ships.csv`: every identity, with the ship's own MMSI and the span of its use."""
    names = [f.name for f in fields(Ship)]
    with file.open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle, lineterminator="\n")
        out.writerow([*names, "own_mmsi", "from", "until"])
        for own, since, until, ship in spans(play):
            row = ["" if (v := getattr(ship, n)) is None else v for n in names]
            stop = until.isoformat().replace("+00:00", "Z") if until else ""
            out.writerow([*row, own, since.isoformat().replace("+00:00", "Z"), stop])
