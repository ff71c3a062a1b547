"""AIS gaps: a ship stops being heard, and is heard again, or not yet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import polars as pl

from masthead.tracks.findings import NM_M, findings
from masthead.tracks.kernels import Longs, destination, distances_m, kernel, long_silences
from masthead.tracks.reception import weigh_gaps
from masthead.tracks.segment import by_segment, milliseconds
from masthead.tracks.shore import shore_distance_nm

OTHERWISE = (
    "out of range of the receivers, in port with the transponder off, bad weather for reception, "
    "a satellite's schedule, or a faulty or low-powered (class B) transponder"
)
OPEN_POSITIONS = 10
"""A ship heard less often in its last day is not missed: the least that Welch et al. 2022 ask for
before a gap."""
AHEAD_H, MOVING_KN = 12.0, 3.0
"""A ship going faster than that is looked for so far ahead, whether anybody is heard there."""
WELL_HEARD = 14
"""Positions in the 12 hours before a gap from which on a ship counts as well heard (Welch et al.
2022 ask for as many of satellites); a gap of one heard less often is told with low confidence."""
BERTH_KN, BERTH_NM = 0.5, 5.0
"""A ship last heard at rest this near to land has made fast, and may turn its transponder off."""


def detect_gaps(
    positions: pl.DataFrame, *, min_gap_h: float = 12.0, min_heard_share: float = 0.25
) -> pl.DataFrame:
    """Silences between two positions of one ship, or from its last one on.

    A gap is a stretch of more than `min_gap_h` hours between two consecutive positions of one
    segment (so that two ships under one MMSI make no false gaps, and hide none). It begins with the
    last position before ("off") and ends with the first after ("on").

    An open gap has no end yet: a ship's last position of all is more than `min_gap_h` hours before
    the last of the source, others were heard in its sea afterwards, it had sent ten positions or
    more in its last 24 hours, and it was not at rest within 5 nautical miles of land.

    A ship whose course led out of the sea that is heard within twelve hours, and which was not
    heard again farther on (at half its speed or more), has sailed out of range and maybe come
    back: it is not reported. One heard in fewer than 14 positions in the 12 hours before is, with
    low confidence.

    A silence in which all were silent is left out: one in which the whole source had other ships
    in under half of its hours, or in which the hours with other ships near the off position fell
    below `min_heard_share` of what they were the day before (`tracks.reception`).

    `min_gap_h`: 12 h, as Global Fishing Watch's gap detector (pipe-gaps; Welch et al. 2022,
    doi:10.1126/sciadv.abq2109). `min_heard_share` 0.25: ours.
    """
    silences = find_silences(positions, min_gap_h=min_gap_h)
    return meet_gaps(
        silences, heard=[positions], min_gap_h=min_gap_h, min_heard_share=min_heard_share
    )


def find_silences(tracks: pl.DataFrame, *, min_gap_h: float) -> pl.DataFrame:
    """The gaps, not yet weighed by what was heard of others, and of each ship its last position
    (`open`), after which it may have been missed."""
    tracks = by_segment(tracks)
    t = milliseconds(tracks)
    on = long_silences(tracks["segment"].to_numpy(), t, round(min_gap_h * 3_600_000))
    last, lately = last_heard(tracks["mmsi"].to_numpy(), t)
    before, after = tracks[np.concatenate([on - 1, last])], tracks[on]
    hours = (t[on] - t[on - 1]) / 3_600_000.0
    lat, lon = tracks["lat"].to_numpy(), tracks["lon"].to_numpy()
    far = distances_m(lat[on - 1], lon[on - 1], lat[on], lon[on]) / NM_M

    def closed(values: Any) -> pl.Series:
        return pl.Series(values).extend_constant(None, last.size)

    return findings(
        "gap",
        before["mmsi"],
        before["t"],
        closed(after["t"]),
        before["lat"],
        before["lon"],
        confidence=0.6,
        open=np.arange(before.height) >= on.size,
        duration_h=closed(hours),
        distance_nm=closed(far),
        implied_speed_kn=closed(far / hours),
        on_lat=closed(after["lat"]),
        on_lon=closed(after["lon"]),
        off_sog_kn=before["sog"],
        off_cog=before["cog"],
        on_sog_kn=closed(after["sog"]),
        off_shore_nm=pl.Series([None] * before.height, dtype=pl.Float64),
        on_shore_nm=closed(shore_distance_nm(lat[on], lon[on])),
        positions_before=np.concatenate([heard_before(t, on - 1, starts(tracks)), lately]),
    )


@kernel
def last_heard(mmsi: Any, t: Longs) -> tuple[Longs, Longs]:
    """The index of each ship's last position (its rows lie together), and how many it sent in the
    24 hours up to it."""
    ships = 0
    for i in range(t.size):
        if i == 0 or mmsi[i] != mmsi[i - 1]:
            ships += 1
    last = np.zeros(ships, np.int64)
    count = np.zeros(ships, np.int64)
    k = -1
    begin = 0
    for i in range(t.size + 1):
        if i == t.size or i == 0 or mmsi[i] != mmsi[i - 1]:
            if k >= 0:
                for j in range(begin, i):
                    if t[last[k]] - t[j] <= 86_400_000:
                        count[k] += 1
            k += 1
            begin = i
            if i < t.size:
                last[k] = i
        elif t[i] > t[last[k]]:
            last[k] = i
    return last, count


@kernel
def heard_before(t: Longs, row: Longs, first: Longs) -> Longs:
    """How many positions a ship sent in the 12 hours up to each of some rows, that row included;
    `first` is the first row of the segment that each row of `t` is in."""
    count = np.zeros(row.size, np.int64)
    for k in range(row.size):
        i = row[k]
        while i >= first[row[k]] and t[row[k]] - t[i] <= 43_200_000:
            count[k] += 1
            i -= 1
    return count


def starts(tracks: pl.DataFrame) -> Longs:
    """The first row of the segment of each row."""
    number = tracks["segment"].to_numpy()
    new = np.r_[True, number[1:] != number[:-1]] if number.size else np.zeros(0, np.bool_)
    return np.maximum.accumulate(np.where(new, np.arange(number.size), 0)).astype(np.int64)


def meet_gaps(
    silences: pl.DataFrame,
    *,
    heard: Iterable[pl.DataFrame],
    min_gap_h: float,
    min_heard_share: float,
) -> pl.DataFrame:
    """The silences of all ships, weighed by all positions."""
    end = silences["start"].max()
    hours = (pl.lit(end) - pl.col("start")).dt.total_milliseconds() / 3_600_000.0
    missed = (hours > min_gap_h) & (pl.col("positions_before") >= OPEN_POSITIONS)
    table = silences.filter(~pl.col("open") | missed)
    shore = shore_distance_nm(table["lat"].to_numpy(), table["lon"].to_numpy())
    berthed = (pl.col("off_sog_kn") < BERTH_KN) & (pl.col("off_shore_nm") < BERTH_NM)
    table = table.with_columns(
        pl.Series("off_shore_nm", shore),
        pl.when("open").then(hours).otherwise("duration_h").alias("duration_h"),
        pl.when("open").then(pl.lit(end)).otherwise("end").alias("end"),
    ).filter(~pl.col("open") | ~berthed.fill_null(False))
    found = weigh_gaps(table, _ahead(table), heard, min_heard_share)
    faint = ~pl.col("open") & (pl.col("positions_before") < WELL_HEARD)
    return found.with_columns(
        pl.when(~pl.col("open")).then("end").alias("end"),
        pl.when(faint).then(pl.min_horizontal("confidence", 0.35)).otherwise("confidence")
        .alias("confidence"),
    )  # fmt: skip


def _ahead(table: pl.DataFrame) -> pl.DataFrame:
    """Where each ship would have been `AHEAD_H` after its last position, on its course and speed;
    the last position of one that was hardly moving, did not say, or was heard again farther on."""
    sog = table["off_sog_kn"].fill_null(0.0).to_numpy().astype(np.float64)
    cog = table["off_cog"].fill_null(np.nan).to_numpy().astype(np.float64)
    onward = table["implied_speed_kn"].fill_null(0.0).to_numpy() >= sog / 2
    going = (sog >= MOVING_KN) & ~np.isnan(cog) & ~onward
    lat, lon = table["lat"].to_numpy(), table["lon"].to_numpy()
    there = [
        destination(y, x, c, s * AHEAD_H * NM_M) if go else (y, x)
        for y, x, c, s, go in zip(lat, lon, cog, sog, going, strict=True)
    ]
    return table.select("mmsi", "start", "end").with_columns(
        pl.Series("lat", [p[0] for p in there], dtype=pl.Float64),
        pl.Series("lon", [p[1] for p in there], dtype=pl.Float64),
    )


def tell(row: dict[str, Any]) -> str:
    """Why, in one sentence."""
    heard = f"other ships near were heard in {row['others_heard_share']:.0%} of those hours"
    if row["open"]:
        return f"not heard again in the {row['duration_h']:.1f} h to the end of the source; {heard}"
    return (
        f"no position for {row['duration_h']:.1f} h between two {row['distance_nm']:.0f} nm apart, "
        f"{row['implied_speed_kn']:.1f} kn on the straight line; {heard}"
    )
