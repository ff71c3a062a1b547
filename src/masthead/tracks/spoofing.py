"""False positions: what a ship's own antenna cannot have given.

Jumps alone are in `tracks.jumps`, two places at once in `tracks.conflicts`; here are the shapes
that falsified or jammed positions take.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import polars as pl

from masthead.tracks.arguments import taken_by
from masthead.tracks.cells import cell_keys
from masthead.tracks.conflicts import several_segments
from masthead.tracks.findings import NM_M, POSITION_RADIUS_M, findings, no_findings
from masthead.tracks.jumps import detect_jumps
from masthead.tracks.kernels import Floats, distances_m, ground_speeds, turning_runs
from masthead.tracks.segment import by_segment, milliseconds, singles
from masthead.tracks.shore import is_inland

NOISE_KN = 0.3
"""What the noise of positions adds to a speed made good."""


def detect_spoofing(
    positions: pl.DataFrame,
    *,
    min_turns: float = 2.0,
    max_radius_variation: float = 0.1,
    min_speed_kn: float = 3.0,
    min_positions: float = 5.0,
    min_offset_nm: float = 3.0,
    min_ships: float = 3.0,
    cluster_km: float = 10.0,
    cluster_h: float = 6.0,
    min_before: float = 4.0,
    leg_min: float = 20.0,
    min_inland_share: float = 0.8,
    max_course_share: float = 0.1,
    min_jump_nm: float = 3.0,
    min_switches: float = 4.0,
) -> pl.DataFrame:
    """Positions that are false by their shape.

    Five kinds. `circle`: the track goes round and round, `min_turns` full circles or more the same
    way at `min_speed_kn` knots or more on legs of no more than `leg_min` minutes, about its middle
    (by bearing, too; a patrol that turns the same way at either end of a line goes about nothing),
    its distance from it varying by no more than `max_radius_variation` (median deviation, scaled,
    over the median). `inland`: a segment to which the ship jumped, of `min_positions` positions or
    more, `min_inland_share` of them where all within two nautical miles is land, while as many
    of the ship's other positions are not. `offset`: the ship jumps `min_offset_nm` nautical miles
    or more, sails on there just as its old track goes on (`min_positions` or more, at
    `min_speed_kn` or more, course and speed made good alike within `max_course_share` of that
    speed), and jumps back.
    `common place`: `min_ships` ships or more jump to within `cluster_km` km of the same place
    within `cluster_h` hours, as receivers do under one jammer; each from a track of `min_before`
    positions or more. `elsewhere`: a jump of `min_offset_nm` or more between two tracks of
    `min_positions` or more on which no other kind was found: one of the two is false, and the jump
    is where the one ends. Jumps are those of `jump`, of `min_jump_nm` nautical miles or more, not
    between two ships under one number (`min_switches`).

    Thresholds: ours, after the shapes in Bergman (SkyTruth 2019, circles off Point Reyes and
    Shanghai) and C4ADS "Above Us Only Stars" (2019, common places).
    """
    found = find_false(positions, **taken_by(find_false, locals()))
    return meet_false(found, min_ships=min_ships, cluster_km=cluster_km, cluster_h=cluster_h)


def find_false(
    tracks: pl.DataFrame,
    *,
    min_turns: float,
    max_radius_variation: float,
    min_speed_kn: float,
    min_positions: float,
    min_offset_nm: float,
    min_before: float,
    leg_min: float,
    min_inland_share: float,
    max_course_share: float,
    min_jump_nm: float,
    min_switches: float,
) -> pl.DataFrame:
    """The false positions of single ships, and every jump (kind `jump`) for `meet_false`."""
    tracks = by_segment(tracks)
    parts = [
        _circles(tracks, min_turns, max_radius_variation, min_speed_kn, leg_min),
        _displaced(
            tracks,
            int(min_positions),
            min_offset_nm,
            min_inland_share,
            min_speed_kn,
            max_course_share,
        ),
    ]
    shaped = pl.concat([no_findings(), *parts], how="diagonal_relaxed")
    jumps = detect_jumps(tracks, min_distance_nm=min_jump_nm, min_switches=min_switches)
    others = [_elsewhere(jumps, shaped, int(min_positions), min_offset_nm)]
    others += [_jumps(jumps, int(min_before))]
    return pl.concat([shaped, *others], how="diagonal_relaxed")


def meet_false(
    found: pl.DataFrame, *, min_ships: float, cluster_km: float, cluster_h: float
) -> pl.DataFrame:
    """The false positions, with the places to which several ships jumped together."""
    if not found.height:
        return no_findings()
    single = found.filter(pl.col("kind") != "jump").with_columns(_at_once())
    jumps = found.filter(pl.col("kind") == "jump")
    return pl.concat(
        [no_findings(), single, _common_places(jumps, int(min_ships), cluster_km, cluster_h)],
        how="diagonal_relaxed",
    )


def _at_once() -> pl.Expr:
    """How many ships give such positions on the same day in the same square of a degree."""
    square = pl.col("start").dt.date(), pl.col("lat").floor(), pl.col("lon").floor()
    return pl.col("mmsi").n_unique().over("kind", *square).alias("ships_at_once")


def _circles(
    tracks: pl.DataFrame, min_turns: float, max_variation: float, min_speed_kn: float,
    leg_min: float,
) -> pl.DataFrame:  # fmt: skip
    segment, t = tracks["segment"].to_numpy(), milliseconds(tracks)
    lat, lon = tracks["lat"].to_numpy(), tracks["lon"].to_numpy()
    speed = ground_speeds(segment, t, lat, lon, singles(tracks, "sog"))
    runs = turning_runs(
        segment, t, lat, lon, speed, min_speed_kn, min_turns, round(leg_min * 60_000)
    )
    rows = []
    for first, last, turns in zip(*(r.tolist() for r in runs), strict=True):
        part = slice(first, last + 1)
        east = lon[first] + (lon[part] - lon[first] + 180.0) % 360.0 - 180.0
        size = last + 1 - first
        middle = _centre(lat[part], east)
        far = distances_m(np.full(size, middle[0]), np.full(size, middle[1]), lat[part], east)
        usual = float(np.median(far))
        if 1.4826 * float(np.median(np.abs(far - usual))) > max_variation * usual:
            continue
        if _times_round(lat[part], east, middle) < min_turns - 0.5:
            continue
        rows.append({
            "mmsi": tracks["mmsi"][first], "start": tracks["t"][first], "end": tracks["t"][last],
            "lat": float(middle[0]), "lon": float((middle[1] + 180.0) % 360.0 - 180.0),
            "radius_m": usual, "kind": "circle", "turns": turns,
            "radius_nm": usual / NM_M, "positions": size,
            "duration_h": float(t[last] - t[first]) / 3_600_000, "confidence": 0.75,
        })  # fmt: skip
    return _table(rows)


def _centre(lat: np.ndarray[Any, Any], lon: np.ndarray[Any, Any]) -> tuple[float, float]:
    """The middle (lat, lon) of the circle that fits the places best (Kåsa's algebraic fit)."""
    shrink = np.cos(np.radians(lat.mean()))
    x, y = (lon - lon.mean()) * shrink, lat - lat.mean()
    terms = np.stack([x, y, np.ones_like(x)], axis=1)
    (a, b, _), *_ = np.linalg.lstsq(terms, x * x + y * y, rcond=None)
    return float(lat.mean() + b / 2.0), float(lon.mean() + a / 2.0 / shrink)


def _times_round(lat: Floats, lon: Floats, middle: tuple[float, float]) -> float:
    """How many times a track goes round a place, by the bearings from there."""
    shrink = np.cos(np.radians(middle[0]))
    bearing = np.unwrap(np.arctan2((lon - middle[1]) * shrink, lat - middle[0]))
    return float(abs(bearing[-1] - bearing[0]) / (2.0 * np.pi))


def _displaced(
    tracks: pl.DataFrame, min_positions: int, min_offset_nm: float, min_inland_share: float,
    min_speed_kn: float, max_course_share: float,
) -> pl.DataFrame:  # fmt: skip
    """Segments inland, and segments beside the ship's own track."""
    rows = []
    for ship in (
        several_segments(tracks).sort("mmsi", "t").partition_by("mmsi", maintain_order=True)
    ):
        numbers, place, count = np.unique(
            ship["segment"].to_numpy(), return_inverse=True, return_counts=True
        )
        if numbers.size > 2:  # a broken message in between breaks no track
            ship = ship.filter(pl.Series(count[place] > 1))
        segment = ship["segment"].to_numpy()
        lat, lon = ship["lat"].to_numpy(), ship["lon"].to_numpy()
        inland = is_inland(lat, lon)
        for name in dict.fromkeys(segment.tolist()):
            here = np.flatnonzero(segment == name)
            if here.size < min_positions:
                continue
            rest = segment != name
            row = _span(ship, here)
            least = min_inland_share
            if inland[here].mean() >= least and inland[rest].mean() <= 1.0 - least:
                rows.append({**row, "kind": "inland", "confidence": 0.7})
                continue
            away = _offset(ship, segment, here, min_speed_kn, max_course_share)
            if away is not None and away >= min_offset_nm:
                rows.append({**row, "kind": "offset", "away_nm": away, "confidence": 0.75})
    return _table(rows)


def _span(ship: pl.DataFrame, here: np.ndarray[Any, Any]) -> dict[str, Any]:
    first, last = ship.row(int(here[0]), named=True), ship.row(int(here[-1]), named=True)
    return {
        "mmsi": first["mmsi"], "start": first["t"], "end": last["t"],
        "lat": first["lat"], "lon": first["lon"], "positions": int(here.size),
        "duration_h": (last["t"] - first["t"]).total_seconds() / 3600.0,
    }  # fmt: skip


def _offset(
    ship: pl.DataFrame, segment: np.ndarray[Any, Any], here: np.ndarray[Any, Any],
    min_speed_kn: float, max_course_share: float,
) -> float | None:  # fmt: skip
    """How far, in nautical miles, a segment lies beside the track it jumped from and back to; None
    if it did not, or did not sail as that track does."""
    first, last = int(here[0]), int(here[-1])
    if first == 0 or last == segment.size - 1 or here.size != last - first + 1:
        return None
    if segment[first - 1] != segment[last + 1]:
        return None
    at = np.array([first - 1, first, last, last + 1])
    lat, lon = ship["lat"].to_numpy()[at], ship["lon"].to_numpy()[at]
    hours = ship["t"].to_physical().to_numpy()[at] / 3_600_000
    lon = lon[0] + (lon - lon[0] + 180.0) % 360.0 - 180.0
    shrink = np.cos(np.radians(lat.mean()))
    x, y = lon * shrink * 60.0, lat * 60.0
    own = np.array([x[3] - x[0], y[3] - y[0]]) / max(hours[3] - hours[0], 1e-6)
    there = np.array([x[2] - x[1], y[2] - y[1]]) / max(hours[2] - hours[1], 1e-6)
    speed = np.hypot(*own)
    alike = np.hypot(*(own - there)) <= max_course_share * speed + NOISE_KN
    if speed < min_speed_kn or not alike:
        return None
    return float(np.hypot(x[1] - x[0], y[1] - y[0]))


def _elsewhere(
    jumps: pl.DataFrame, shaped: pl.DataFrame, min_positions: int, min_offset_nm: float
) -> pl.DataFrame:
    """Jumps between two tracks that are both no mere broken messages, and have no other shape."""
    if not jumps.height:
        return no_findings()
    known: dict[int, list[tuple[Any, Any]]] = {}
    for mmsi, start, end in shaped.select("mmsi", "start", "end").iter_rows():
        known.setdefault(mmsi, []).append((start, end))
    rows = []
    for jump in jumps.filter(
        (pl.col("positions_away") >= min_positions)
        & (pl.col("positions_before") >= min_positions)
        & (pl.col("distance_nm") >= min_offset_nm)
    ).iter_rows(named=True):
        first, last = jump["start"], jump["end"] + timedelta(hours=jump["away_h"])
        if not any(a <= last and b >= first for a, b in known.get(jump["mmsi"], ())):
            rows.append({
                "mmsi": jump["mmsi"], "start": first, "end": jump["end"], "lat": jump["lat"],
                "lon": jump["lon"], "to_lat": jump["to_lat"], "to_lon": jump["to_lon"],
                "kind": "elsewhere", "away_nm": jump["distance_nm"],
                "positions": jump["positions_away"], "confidence": 0.6,
            })  # fmt: skip
    return _table(rows)


def _jumps(jumps: pl.DataFrame, min_before: int) -> pl.DataFrame:
    """The jumps as findings of kind `jump`, from tracks of so many positions."""
    if jumps.height:
        jumps = jumps.filter(pl.col("positions_before") >= min_before)
    if not jumps.height:
        return no_findings()
    rows = jumps.select(
        "mmsi", "start", "end", pl.col("to_lat").alias("lat"), pl.col("to_lon").alias("lon"),
        pl.lit("jump").alias("kind"), pl.col("positions_away").alias("positions"),
        pl.lit(0.5).alias("confidence"),
    )  # fmt: skip
    return _table(rows.to_dicts())


def _common_places(
    jumps: pl.DataFrame, min_ships: int, cluster_km: float, cluster_h: float
) -> pl.DataFrame:
    """The places to which several ships jumped: greedily, the place with the most ships first."""
    if jumps.height < min_ships:
        return no_findings()
    left = jumps.sort("start", "mmsi")
    rows: list[dict[str, Any]] = []
    for cells in _neighbourhoods(left, cluster_km * 1000.0):
        lat, lon = cells["lat"].to_numpy(), cells["lon"].to_numpy()
        t = cells["start"].to_physical().to_numpy()
        free = np.ones(cells.height, np.bool_)
        for i in range(cells.height):
            if not free[i]:
                continue
            size = cells.height
            near = (
                distances_m(np.full(size, lat[i]), np.full(size, lon[i]), lat, lon)
                <= cluster_km * 1000.0
            )
            group = near & free & (np.abs(t - t[i]) <= cluster_h * 3_600_000)
            ships = cells.filter(pl.Series(group))["mmsi"].unique().sort().to_list()
            if len(ships) < min_ships:
                continue
            free &= ~group
            part = cells.filter(pl.Series(group))
            rows.append({
                "mmsi": ships[0], "others": ships[1:], "start": part["start"].min(),
                "end": part["end"].max(), "lat": lat[i], "lon": lon[i],
                "radius_m": cluster_km * 1000.0, "kind": "common place", "ships": len(ships),
                "confidence": 0.8, "positions": int(part["positions"].sum()),
            })  # fmt: skip
    return _table(rows)


def _neighbourhoods(jumps: pl.DataFrame, cluster_m: float) -> list[pl.DataFrame]:
    """The jumps by the cell of 10 times the cluster's size where they end: clusters on a cell's
    edge may be told of twice or cut, never lost if they are denser than needed."""
    key = cell_keys(
        jumps["lat"].to_numpy(), jumps["lon"].to_numpy(), np.zeros(jumps.height, np.int64),
        10 * cluster_m,
    )  # fmt: skip
    return (
        jumps.with_columns(pl.Series("cell", key))
        .sort("cell", "start", "mmsi")
        .partition_by("cell", maintain_order=True, include_key=False)
    )


def _table(rows: list[dict[str, Any]]) -> pl.DataFrame:
    if not rows:
        return no_findings()
    table = pl.DataFrame(rows, infer_schema_length=None)
    given = {name: table[name] for name in table.columns}
    given.setdefault("radius_m", pl.Series([POSITION_RADIUS_M] * table.height))
    return findings("spoofing", **given)


def tell(row: dict[str, Any]) -> str:
    """Why, in one sentence."""
    match row["kind"]:
        case "circle":
            return (
                f"{row['turns']:.1f} circles of {row['radius_nm']:.2f} nm radius around one point "
                f"in {row['duration_h']:.1f} h"
            )
        case "inland":
            return f"jumped inland: {row['positions']} positions two miles and more from any water"
        case "offset":
            return (
                f"{row['positions']} positions {row['away_nm']:.0f} nm beside its own track, at "
                "the same course and speed, then back"
            )
        case "elsewhere":
            return (
                f"{row['away_nm']:.0f} nm from one report to the next, with a track on either side "
                f"({row['positions']} positions after): one of the two is false"
            )
        case _:
            return (
                f"{row['ships']} ships jumped to within {row['radius_m'] / 1000:.0f} km of one "
                "place within hours"
            )
