"""How much each position of a track matters: top-down time-ratio thinning.

The way of Douglas and Peucker (1973) with the distance that Meratnia and de By (EDBT 2004) put in
its place: how far a position is from where the ship would have been at that moment, had it sailed
straight and steadily between the two positions kept around it. So the thinned track is right in
time too: a ship that slows down on a straight way keeps the place where it did.

Each position gets the tolerance below which it must be kept, so that thinning for any tolerance is
one comparison. The first and last of a stretch always matter.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from masthead.tracks.kernels import Floats, Longs, kernel

Metres = npt.NDArray[np.float32]
DEGREE_M = 111_195.0


@kernel
def significance(cut: npt.NDArray[np.bool_], t: Longs, lat: Floats, lon: Floats,
                 floor_m: float) -> Metres:  # fmt: skip
    """The tolerance (metres) up to which each position is kept; 0 below `floor_m`, infinite at the
    ends of a stretch. `cut` is true where a stretch begins; `t` in milliseconds, degrees."""
    n = t.size
    kept = np.zeros(n, np.float32)
    low, high = np.empty(n + 1, np.int64), np.empty(n + 1, np.int64)
    bound = np.empty(n + 1, np.float32)
    begin = 0
    while begin < n:
        end = begin + 1
        while end < n and not cut[end]:
            end += 1
        kept[begin] = kept[end - 1] = np.inf
        low[0], high[0], bound[0] = begin, end - 1, np.inf
        depth = 1
        while depth > 0:
            depth -= 1
            a, b, most = low[depth], high[depth], bound[depth]
            if b - a < 2:
                continue
            dt = float(t[b] - t[a])
            cos = math.cos(math.radians(lat[a]))
            dlat, dlon = lat[b] - lat[a], lon[b] - lon[a]
            dlon -= 360.0 * math.floor((dlon + 180.0) / 360.0)
            far, at = -1.0, a
            for i in range(a + 1, b):
                share = (t[i] - t[a]) / dt if dt > 0 else 0.0
                east = lon[i] - lon[a]
                east -= 360.0 * math.floor((east + 180.0) / 360.0)
                y = lat[i] - lat[a] - share * dlat
                x = (east - share * dlon) * cos
                away = x * x + y * y
                if away > far:
                    far, at = away, i
            metres = min(DEGREE_M * math.sqrt(far), most)
            if metres < floor_m:
                continue
            kept[at] = metres
            low[depth], high[depth], bound[depth] = a, at, metres
            low[depth + 1], high[depth + 1], bound[depth + 1] = at, b, metres
            depth += 2
        begin = end
    return kept
