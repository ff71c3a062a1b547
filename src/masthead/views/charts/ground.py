"""What charts share: land, axes in degrees, colours and markers.

Land is the two-arc-minute grid of `tracks.shore` (NASA's GLOBE mask). Colours are those of Okabe
and Ito (2008), which colour-blind people tell apart.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from masthead.tracks.shore import CELLS_A_DEGREE, grid

COLOURS = ("#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
LAND, WATER, INK = "#e7e0d3", "#f4f8fb", "#1b2a38"


def name_axes(axes: Any, lat: float) -> None:
    """Degrees and minutes on both axes, in the proportion of the latitude."""
    axes.set_aspect(1 / max(0.05, math.cos(math.radians(lat))))
    axes.xaxis.set_major_formatter(lambda v, _: _degrees((v + 180) % 360 - 180, "E", "W"))
    axes.yaxis.set_major_formatter(lambda v, _: _degrees(v, "N", "S"))
    axes.tick_params(labelsize=8, colors=INK)


def draw_land(axes: Any, west: float, east: float, south: float, north: float) -> None:
    """Land and its coast between these degrees."""
    cells = grid()
    rows = np.arange(math.floor((south + 90) * CELLS_A_DEGREE) - 1,
                     math.ceil((north + 90) * CELLS_A_DEGREE) + 2)  # fmt: skip
    columns = np.arange(math.floor((west + 180) * CELLS_A_DEGREE) - 1,
                        math.ceil((east + 180) * CELLS_A_DEGREE) + 2)  # fmt: skip
    step = max(1, max(rows.size, columns.size) // 1500)
    rows, columns = rows[::step].clip(0, cells.shape[0] - 1), columns[::step]
    land = cells[np.ix_(rows, columns % cells.shape[1])] / 2.0
    axes.set_facecolor(WATER)
    x = (columns + 0.5) / CELLS_A_DEGREE - 180
    y = (rows + 0.5) / CELLS_A_DEGREE - 90
    if land.max() > 0 and min(land.shape) > 1:
        axes.contourf(x, y, land, levels=[0.5, 2.0], colors=[LAND])
        axes.contour(x, y, land, levels=[0.5], colors=["#b9ad97"], linewidths=0.6)


def _degrees(value: float, plus: str, minus: str) -> str:
    whole = abs(value)
    minutes = round(whole % 1 * 60)
    degree = int(whole) + minutes // 60
    return f"{degree}°{minutes % 60:02d}′{plus if value >= 0 else minus}"
