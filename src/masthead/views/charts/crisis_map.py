"""The map of a case: its zones, the traffic under them, and what is told to have been done where.

Traffic is a density: how many positions were heard in each cell of a fine grid, on a logarithmic
scale. Incidents told as done are filled, the others (attempted, denied, planned) hollow.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from masthead import codes
from masthead.case import Case
from masthead.model import Event, Sense, Status, Zone
from masthead.tracks.lake import Lake, is_lake
from masthead.views.charts.ground import COLOURS, INK, MARKERS, draw_land, name_axes

CELLS = 420
"""Cells of the traffic's grid along the longer side."""

MARGIN = 0.25
"""Round what is drawn, as a share of its longer side."""

HAPPENED = (Status.ASSERTED, Status.ONGOING)


def draw_map(case: Case, events: Sequence[Event], zones: Sequence[Zone], path: Path) -> bool:
    """Draw the map to an image file; its ending says the format. False (and no file) for a case
    without a place to draw."""
    from matplotlib.figure import Figure

    told = [
        e for e in events
        if e.sense is not Sense.TRACK and e.place and e.place.lat is not None and e.incident
        and codes.incidents()[e.incident].against_ship
    ]  # fmt: skip
    frame = _frame(told, zones) or case.region
    if frame is None:
        return False
    west, south, east, north = frame
    figure = Figure(figsize=(8.2, 8.2 * min(1.2, (north - south) / (east - west) * 1.3)),
                    layout="constrained", facecolor="white")  # fmt: skip
    axes = figure.add_subplot()
    draw_land(axes, west, east, south, north)
    if is_lake(case.lake_path):
        _draw_traffic(axes, Lake(case.lake_path), frame)
    for zone in zones:
        _draw_zone(axes, zone)
    _draw_incidents(axes, told)
    axes.set(xlim=(west, east), ylim=(south, north))
    name_axes(axes, (south + north) / 2)
    axes.set_title(case.title, loc="left", fontsize=12, color=INK, fontweight="bold")
    figure.savefig(path, dpi=110)
    return True


def _frame(
    events: Sequence[Event], zones: Sequence[Zone]
) -> tuple[float, float, float, float] | None:
    """West, south, east, north of all that is drawn, with a margin."""
    from shapely.geometry import shape

    points = [(e.place.lon, e.place.lat) for e in events if e.place]
    known = [(x, y) for x, y in points if x is not None and y is not None]
    for zone in zones:
        west, south, east, north = shape(zone.geometry).bounds
        known += [(west, south), (east, north)]
    if not known:
        return None
    lon, lat = zip(*known, strict=True)
    margin = max(0.3, MARGIN * max(max(lon) - min(lon), max(lat) - min(lat)))
    return min(lon) - margin, min(lat) - margin, max(lon) + margin, max(lat) + margin


def _draw_traffic(axes: Any, lake: Lake, frame: tuple[float, float, float, float]) -> None:
    west, south, east, north = frame
    size = max(east - west, north - south) / CELLS
    counts = (
        lake.scan()
        .filter(pl.col("lon").is_between(west, east) & pl.col("lat").is_between(south, north))
        .select(
            ((pl.col("lon") - west) / size).cast(pl.Int32).alias("x"),
            ((pl.col("lat") - south) / size).cast(pl.Int32).alias("y"),
        )
        .group_by("x", "y")
        .len()
        .collect()
    )
    grid = np.full((int((north - south) / size) + 1, int((east - west) / size) + 1), np.nan)
    grid[counts["y"].to_numpy(), counts["x"].to_numpy()] = np.log10(counts["len"].to_numpy())
    axes.imshow(
        grid, extent=(west, west + grid.shape[1] * size, south, south + grid.shape[0] * size),
        origin="lower", cmap="Blues", vmin=-0.8, vmax=4.0, interpolation="nearest", aspect="auto",
        zorder=1,
    )  # fmt: skip


def _draw_zone(axes: Any, zone: Zone) -> None:
    from shapely.geometry import shape

    form = shape(zone.geometry)
    for part in getattr(form, "geoms", [form]):
        ring = part.exterior if part.geom_type == "Polygon" else part
        x, y = ring.xy
        if part.geom_type == "Polygon":
            axes.fill(x, y, facecolor="#D55E00", alpha=0.08, zorder=2)
        axes.plot(x, y, color="#D55E00", linewidth=1.4, linestyle="--", zorder=3)
    area = form.geom_type in ("Polygon", "MultiPolygon")
    x, y = ((form.bounds[0] + form.bounds[2]) / 2, form.bounds[3]) if area else form.coords[0]
    axes.annotate(
        zone.name, (x, y), xytext=(0, 4 if area else -11), textcoords="offset points", fontsize=9,
        color="#8a3b00", ha="center" if area else "right", zorder=6, style="italic",
    )  # fmt: skip


def _draw_incidents(axes: Any, events: Sequence[Event]) -> None:
    kinds = sorted({str(e.incident) for e in events})
    for n, kind in enumerate(kinds):
        colour, marker = COLOURS[n % len(COLOURS)], MARKERS[n % len(MARKERS)]
        label = f"{codes.incidents()[kind].label} ({sum(e.incident == kind for e in events)})"
        for done in (True, False):
            points = [
                (e.place.lon, e.place.lat) for e in events
                if e.place and e.incident == kind and (e.status in HAPPENED) is done
            ]  # fmt: skip
            if not points:
                continue
            x, y = zip(*points, strict=True)
            axes.scatter(
                x, y, s=44, marker=marker, facecolors=colour if done else "none",
                edgecolors="white" if done else colour, linewidths=0.7 if done else 1.4, zorder=5,
                label=label if done else f"{label.split(' (')[0]}, not told as done",
            )  # fmt: skip
    if events:
        axes.legend(loc="lower left", fontsize=8, framealpha=0.92, title="Told in reports",
                    title_fontsize=8)  # fmt: skip
