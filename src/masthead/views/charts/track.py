"""One ship's track with its events on a coastline, as an image.

Silences of more than `SILENCE_H` are dashed; each kind of event has a colour and a marker.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from masthead.errors import MastheadError
from masthead.model import Event
from masthead.views.charts.ground import COLOURS, INK, MARKERS, draw_land, name_axes

SILENCE_H = 1.0
LEAST_SPAN_DEG = 0.2
MARGIN = 0.12


def busiest(events: Sequence[Event]) -> int | None:
    """The ship with the most events."""
    counts: dict[int, int] = {}
    for event in events:
        for ship in event.objects:
            if ship.mmsi is not None:
                counts[ship.mmsi] = counts.get(ship.mmsi, 0) + 1
    return max(sorted(counts), key=lambda m: counts[m], default=None)


def draw_track(positions: pl.DataFrame, events: Sequence[Event], mmsi: int, path: Path) -> None:
    """Draw the ship's track and its events to an image file; its ending says the format.

    Raises:
        MastheadError: the ship has no positions, or the file's ending is no image format.
    """
    from matplotlib.figure import Figure

    track = positions.filter(pl.col("mmsi") == mmsi).sort("t")
    if not track.height:
        raise MastheadError(f"{mmsi}: no positions of this MMSI")
    figure = Figure(figsize=(9, 7), layout="constrained", facecolor="white")
    if path.suffix.lstrip(".").lower() not in figure.canvas.get_supported_filetypes():
        raise MastheadError(f"{path}: name an image file, as ship-{mmsi}.png")
    axes = figure.add_subplot()
    middle = _middle(track["lon"].to_numpy())
    lat, lon = track["lat"].to_numpy(), _around(track["lon"].to_numpy(), middle)
    west, east, south, north = _frame(lat, lon)
    draw_land(axes, west, east, south, north)
    _draw_line(axes, track, lat, lon)
    own = [e for e in events if any(v.mmsi == mmsi for v in e.objects)]
    _draw_events(axes, own, middle)
    axes.set(xlim=(west, east), ylim=(south, north))
    name_axes(axes, (south + north) / 2)
    first, last = track["t"][0], track["t"][-1]
    axes.set_title(
        f"MMSI {mmsi}, {_moment(first)} to {_moment(last)} UTC: {track.height:,} positions,"
        f" {len(own)} events", loc="left", fontsize=10, color=INK,
    )  # fmt: skip
    figure.savefig(path, dpi=150, bbox_inches="tight")


def _middle(lon: Any) -> float:
    """The middle of longitudes, through the antimeridian if that is shorter."""
    angle = np.radians(lon)
    return math.degrees(math.atan2(np.sin(angle).mean(), np.cos(angle).mean()))


def _around(lon: Any, middle: float) -> Any:
    """Longitudes brought within 180 degrees of the middle."""
    return (np.asarray(lon) - middle + 180.0) % 360.0 - 180.0 + middle


def _frame(lat: Any, lon: Any) -> tuple[float, float, float, float]:
    """West, east, south, north: the track with a margin, never too small to tell a coast."""
    high = max(float(lat.max() - lat.min()), LEAST_SPAN_DEG)
    wide = max(float(lon.max() - lon.min()), LEAST_SPAN_DEG)
    mid_lat, mid_lon = float(lat.max() + lat.min()) / 2, float(lon.max() + lon.min()) / 2
    high, wide = max(high, wide / 3) * (1 + 2 * MARGIN), max(wide, high / 2) * (1 + 2 * MARGIN)
    return (mid_lon - wide / 2, mid_lon + wide / 2,
            max(-90.0, mid_lat - high / 2), min(90.0, mid_lat + high / 2))  # fmt: skip


def _draw_line(axes: Any, track: pl.DataFrame, lat: Any, lon: Any) -> None:
    t = track["t"].dt.epoch("ms").to_numpy()
    breaks = np.flatnonzero(np.diff(t) > SILENCE_H * 3_600_000) + 1
    for a, b in zip(np.r_[0, breaks], np.r_[breaks, t.size], strict=True):
        axes.plot(lon[a:b], lat[a:b], color=INK, linewidth=1.0, marker=".", markersize=1.5)
    for b in breaks:
        axes.plot(lon[b - 1 : b + 1], lat[b - 1 : b + 1], color=INK, linewidth=0.8, linestyle=":")
    axes.plot(
        lon[0], lat[0], marker=">", color=INK, markersize=7, linestyle="", label="first heard"
    )
    axes.plot(
        lon[-1], lat[-1], marker="H", color=INK, markersize=7, linestyle="", label="last heard"
    )


def _draw_events(axes: Any, events: Sequence[Event], middle: float) -> None:
    kinds = sorted({str(e.incident) for e in events})
    for n, kind in enumerate(kinds):
        places = [e.place for e in events if e.incident == kind and e.place is not None]
        points = [(p.lon, p.lat) for p in places if p.lat is not None and p.lon is not None]
        if not points:
            continue
        x, y = zip(*points, strict=True)
        axes.scatter(
            _around(np.array(x), middle), y, s=46, marker=MARKERS[n % len(MARKERS)],
            facecolors="none", edgecolors=COLOURS[n % len(COLOURS)], linewidths=1.6, zorder=3,
            label=f"{kind.replace('_', ' ')} ({len(points)})",
        )  # fmt: skip
    axes.legend(loc="best", fontsize=8, framealpha=0.9)


def _moment(t: datetime) -> str:
    return t.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
