"""AIS gaps: a ship stops being heard, and is heard again, or not yet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import polars as pl

from masthead.tracks.arguments import taken_by
from masthead.tracks.conflicts import interleaved, several_segments
from masthead.tracks.findings import NM_M, findings
from masthead.tracks.kernels import (
    Flags,
    Floats,
    Ints,
    Longs,
    destinations,
    distances_m,
    kernel,
    long_silences,
)
from masthead.tracks.losses import Losses
from masthead.tracks.reception import weigh_gaps
from masthead.tracks.segment import by_segment, milliseconds
from masthead.tracks.shore import shore_distance_nm


def detect_gaps(
    positions: pl.DataFrame,
    *,
    min_gap_h: float = 12.0,
    min_heard_share: float = 0.25,
    max_lost_share: float = 0.02,
    lost_h: float = 6.0,
    min_open_positions: float = 10.0,
    well_heard_positions: float = 14.0,
    ahead_h: float = 12.0,
    moving_kn: float = 3.0,
    berth_kn: float = 0.5,
    berth_nm: float = 5.0,
    disabling_nm: float = 50.0,
    min_feed_share: float = 0.5,
    min_known_share: float = 0.5,
    lost_ahead_h: float = 6.0,
    min_lost_hours: float = 10.0,
    min_lost_ships: float = 2.0,
    min_switches: float = 4.0,
    min_sent_positions: float = 2.0,
) -> pl.DataFrame:
    """Silences between two positions of one ship, or from its last one on.

    A gap is a stretch of more than `min_gap_h` hours between two consecutive positions of one
    segment (so that two ships under one MMSI make no false gaps, and hide none). It begins with the
    last position before ("off") and ends with the first after ("on"). A segment that is silent
    while the same transponder sends another track (`min_sent_positions` or more: a single one is a
    broken message), as with falsified positions, makes no gap, unless these are two ships (as
    `identity_conflict`, `min_switches`).

    An open gap has no end yet: a ship's last position of all is more than `min_gap_h` hours before
    the last of the source, others were heard in its sea afterwards, it had sent
    `min_open_positions` positions or more in its last 24 hours, and it was not at rest (under
    `berth_kn` knots) within `berth_nm` nautical miles of land, where a ship that has made fast may
    turn its transponder off.

    A silence in which all were silent is left out: one in which the whole source had other ships
    in less than `min_feed_share` of its hours, or in which the hours with other ships near the off
    position fell below `min_heard_share` of what they were the day before, if there were such
    ships in `min_known_share` of that day (`tracks.reception`).

    Left out are, too, the silences that reception explains: where of the hours in which other ships
    with such a transponder were heard within half a degree of the off position (or, of a ship
    going at `moving_kn` knots or more and not heard again farther on at half its speed, on its
    course up to `lost_ahead_h` hours ahead) more than `max_lost_share` (the lower end of its
    interval) were the last before a silence of `lost_h` hours or longer (`tracks.losses`; fewer
    than `min_lost_hours` hours or `min_lost_ships` ships say nothing); and of a ship whose course
    led out of the sea that is heard within `ahead_h` hours. One heard in fewer than
    `well_heard_positions` positions in the 12 hours before is told with low confidence.
    `max_lost_share` 1 and `ahead_h` 0 report these silences.

    `min_gap_h`: 12 h, as Global Fishing Watch's gap detector (pipe-gaps; Welch et al. 2022,
    doi:10.1126/sciadv.abq2109); `well_heard_positions` 14 and `min_open_positions` 10: as many as
    they ask for (14 of satellites in the 12 hours before, 10 a day) before they call a gap
    disabling. `like_disabling` says whether a gap is one by their rule: `disabling_nm` nautical
    miles (50) from shore or more, and well heard. The others: ours.
    """
    given = locals()
    silences = find_silences(positions, **taken_by(find_silences, given))
    return meet_gaps(silences, heard=[positions], **taken_by(meet_gaps, given))


def find_silences(
    tracks: pl.DataFrame,
    *,
    min_gap_h: float,
    lost_h: float,
    min_switches: float,
    min_sent_positions: float,
) -> pl.DataFrame:
    """The silences from `lost_h` (or `min_gap_h`) hours on, not yet weighed by what was heard of
    others, and of each ship its last position (`open`), after which it may have been missed."""
    tracks = by_segment(tracks)
    t = milliseconds(tracks)
    least = round(min(min_gap_h, lost_h) * 3_600_000)
    segment = tracks["segment"].to_numpy()
    on = long_silences(segment, t, least)
    on = _truly_silent(tracks, on, least, int(min_switches), min_sent_positions)
    last, lately = last_heard(tracks["mmsi"].to_numpy(), t)
    hours = (t[on] - t[on - 1]) / 3_600_000.0
    lat, lon = tracks["lat"].to_numpy(), tracks["lon"].to_numpy()
    far = distances_m(lat[on - 1], lon[on - 1], lat[on], lon[on]) / NM_M
    off = np.concatenate([on - 1, last])
    said = share_of_segment(segment, tracks["status"].is_null().to_numpy(), off)

    before, after = tracks[off], tracks[on]

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
        quiet=said > 0.5,
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
        positions_before=np.concatenate([heard_before(segment, t, on - 1), lately]),
    )


def _truly_silent(
    tracks: pl.DataFrame, on: Longs, least_ms: int, min_switches: int, min_sent: float
) -> Longs:
    """The silences in which the transponder did not soon send another track instead."""
    runs = several_segments(tracks).sort("mmsi", "t")
    if not runs.height or not on.size:
        return on
    ships = runs.partition_by("mmsi", as_dict=True)
    silent = np.ones(on.size, np.bool_)
    asked = tracks[on].select("mmsi", "segment", after=pl.col("t").dt.epoch("ms"))
    before = milliseconds(tracks)[on - 1]
    for k, (mmsi, number, after) in enumerate(asked.iter_rows()):
        ship = ships.get((mmsi,))
        if ship is None:
            continue
        segment, t = ship["segment"].to_numpy(), milliseconds(ship)
        twins = {
            name for pair in interleaved(segment, min_switches) if number in pair for name in pair
        }
        names, counts = np.unique(segment, return_counts=True)
        others = [n for n, c in zip(names, counts, strict=True) if c >= min_sent and n not in twins]
        sent = t[np.isin(segment, others) & (t > before[k]) & (t < after)]
        silent[k] = not sent.size or int(sent[0]) - int(before[k]) > least_ms
    return on[silent]


@kernel
def share_of_segment(segment: Ints, flag: Flags, rows: Longs) -> Floats:
    """The share of the positions of each of some rows' segments in which a flag is set."""
    first = segment.min() if segment.size else 0
    size = segment.max() - first + 1 if segment.size else 0
    count = np.zeros((size, 2), np.int64)
    for i in range(segment.size):
        count[segment[i] - first, 0] += 1
        count[segment[i] - first, 1] += flag[i]
    out = np.empty(rows.size, np.float64)
    for k in range(rows.size):
        number = segment[rows[k]] - first
        out[k] = count[number, 1] / count[number, 0]
    return out


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
def heard_before(segment: Ints, t: Longs, row: Longs) -> Longs:
    """How many positions a ship sent in the 12 hours up to each of some rows, that row included,
    in its segment (whose rows lie together)."""
    count = np.zeros(row.size, np.int64)
    for k in range(row.size):
        i = row[k]
        while i >= 0 and segment[i] == segment[row[k]] and t[row[k]] - t[i] <= 43_200_000:
            count[k] += 1
            i -= 1
    return count


def meet_gaps(
    silences: pl.DataFrame,
    *,
    heard: Iterable[pl.DataFrame],
    min_gap_h: float,
    min_heard_share: float,
    max_lost_share: float,
    lost_h: float,
    min_open_positions: float,
    well_heard_positions: float,
    ahead_h: float,
    moving_kn: float,
    berth_kn: float,
    berth_nm: float,
    disabling_nm: float,
    min_feed_share: float,
    min_known_share: float,
    lost_ahead_h: float,
    min_lost_hours: float,
    min_lost_ships: float,
) -> pl.DataFrame:
    """The silences of all ships, weighed by all positions."""
    end = silences["start"].max()
    hours = (pl.lit(end) - pl.col("start")).dt.total_milliseconds() / 3_600_000.0
    lasted = pl.when("open").then(hours).otherwise("duration_h")
    silences = silences.with_columns(lasted.alias("duration_h"))
    enough = ~pl.col("open") | (pl.col("positions_before") >= min_open_positions)
    table = silences.filter((pl.col("duration_h") > min_gap_h) & enough)
    shore = shore_distance_nm(table["lat"].to_numpy(), table["lon"].to_numpy())
    berthed = (pl.col("off_sog_kn") < berth_kn) & (pl.col("off_shore_nm") < berth_nm)
    table = table.with_columns(
        pl.Series("off_shore_nm", shore),
        pl.when("open").then(pl.lit(end)).otherwise("end").alias("end"),
        _going(moving_kn).alias("going"),
    ).filter(~pl.col("open") | ~berthed.fill_null(False))
    lost = silences.filter(pl.col("duration_h") > lost_h)
    losses = Losses(
        pl.concat([lost, silences.filter("open")]).unique(), table,
        lost_ahead_h, min_lost_hours, min_lost_ships,
    )  # fmt: skip
    found = weigh_gaps(
        table, _ahead(table, ahead_h), heard, losses,
        min_heard_share=min_heard_share, max_lost_share=max_lost_share,
        min_feed_share=min_feed_share, min_known_share=min_known_share,
    )  # fmt: skip
    heard_well = pl.col("positions_before") >= well_heard_positions
    faint = ~pl.col("open") & ~heard_well
    return found.with_columns(
        pl.when(~pl.col("open")).then("end").alias("end"),
        pl.when(faint).then(pl.min_horizontal("confidence", 0.35)).otherwise("confidence")
        .alias("confidence"),
        (heard_well & (pl.col("off_shore_nm") >= disabling_nm)).alias("like_disabling"),
    ).drop("quiet", "going")  # fmt: skip


def _going(moving_kn: float) -> pl.Expr:
    """Whether a ship was under way, and was not heard again farther on."""
    sog = pl.col("off_sog_kn").fill_null(0.0)
    onward = pl.col("implied_speed_kn").fill_null(0.0) >= sog / 2
    return (sog >= moving_kn) & pl.col("off_cog").is_not_null() & ~onward


def _ahead(table: pl.DataFrame, ahead_h: float) -> pl.DataFrame:
    """Where each ship would have been `ahead_h` after its last position, on its course and speed;
    the last position of one that was not `going`."""
    names = ("lat", "lon", "off_cog", "off_sog_kn")
    lat, lon, cog, sog = (table[name].cast(pl.Float64).to_numpy() for name in names)
    going = table["going"].to_numpy()
    length = np.where(going, sog * ahead_h * NM_M, 0.0)
    lat, lon = destinations(lat, lon, np.where(going, cog, 0.0), length)
    return table.select("mmsi", "start", "end", pl.Series("lat", lat), pl.Series("lon", lon))


def tell(row: dict[str, Any]) -> str:
    """Why, in one sentence."""
    heard = f"other ships near were heard in {row['others_heard_share']:.0%} of those hours"
    if row["lost_share"] is not None:
        heard += f", and ships like it are lost there in {row['lost_share']:.1%} of theirs"
    if row["open"]:
        return f"not heard again in the {row['duration_h']:.1f} h to the end of the source; {heard}"
    return (
        f"no position for {row['duration_h']:.1f} h between two {row['distance_nm']:.0f} nm apart, "
        f"{row['implied_speed_kn']:.1f} kn on the straight line; {heard}"
    )
