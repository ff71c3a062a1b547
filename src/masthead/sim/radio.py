"""Who hears a ship: shore stations within radio range, satellites passing over.

**Shore.** VHF reaches a little beyond the geometric horizon: 4.12 km times the sum of the square
roots of both antennas' heights in metres, the earth taken as 4/3 as large (ITU-R P.310: k = 4/3).
Near the edge reception fades: its chance falls from 0.88 to 0.12 between 0.9 and 1.1 of the range
(logistic, width 0.05). The range breathes with the weather of the lower air: a factor per station,
log-normal with sigma 0.12, drawn anew every six hours and interpolated between.

**Satellites.** Each moves on a circle round a turning earth. It hears many cells at once in which
ships share out their slots without knowing of each other. Messages of different cells meet by
chance in one slot, as in slotted ALOHA: a message comes through with probability
`exp(-load)`, the load being the other messages a slot in the footprint (4,500 slots a minute on
the two channels, ITU-R M.1371-5), times a `margin` for what else goes wrong. That is the form of
the model of Høye et al. (2008), "Space-based AIS for global maritime traffic monitoring", Acta
Astronautica 62, 240-245; message 27 and decoding of colliding messages are left out.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from masthead.sim.dice import hashed
from masthead.sim.reporting import hashed_normal

Floats = NDArray[np.float64]

HORIZON_KM = 4.12
FADE = 0.05
BREATH_SIGMA, BREATH_H = 0.12, 6.0
CLASS_B_RANGE = 0.75
"""A class B transponder sends with 2 W instead of 12.5 W."""
EARTH_KM, NM_KM = 6371.0, 1.852
SIDEREAL_MIN = 1436.068
GRAVITY_KM3_S2 = 398_600.4
SLOTS_MIN = 4500.0
HOUR_MS = 3_600_000


@njit(cache=True)
def radio_range_nm(height_m: float, station_m: float) -> float:
    """The radio horizon between two antennas."""
    return HORIZON_KM / NM_KM * (math.sqrt(height_m) + math.sqrt(station_m))


@njit(cache=True)
def heard_at(far: float, reach: float) -> float:
    """The chance that a report is received at a distance, given the range then."""
    edge = (far / reach - 1.0) / FADE
    return 0.0 if edge > 9.0 else 1.0 / (1.0 + math.exp(edge))


@njit(cache=True)
def breath(seed: int, station: int, t_ms: int) -> float:
    """The factor by which a station's range is larger or smaller at a moment."""
    span = int(BREATH_H * HOUR_MS)
    block = t_ms // span
    share = (t_ms - block * span) / span
    one = hashed_normal(seed, station, block, 50)
    two = hashed_normal(seed, station, block + 1, 50)
    return math.exp(BREATH_SIGMA * (one * (1.0 - share) + two * share))


@njit(cache=True)
def shore_chance(
    lat: float, lon: float, height_m: float, t_ms: int, stations: Floats, factors: Floats
) -> tuple[float, int]:
    """The chance that at least one station hears a report, and the station that hears it best.
    `stations` rows are (lat, lon, antenna_m); `factors` are their ranges' breath now."""
    missed, best, best_chance = 1.0, -1, 0.0
    shrink = math.cos(math.radians(lat))
    for s in range(stations.shape[0]):
        reach = radio_range_nm(height_m, stations[s, 2]) * factors[s]
        north = (lat - stations[s, 0]) * 60.0
        if abs(north) > 1.5 * reach:
            continue
        far = math.hypot(north, (lon - stations[s, 1]) * 60.0 * shrink)
        chance = heard_at(far, reach)
        missed *= 1.0 - chance
        if chance > best_chance:
            best, best_chance = s, chance
    return 1.0 - missed, best


@njit(cache=True)
def satellite_points(
    count: int, altitude_km: float, inclination_deg: float, minutes: Any, seed: int
) -> Floats:
    """Unit vectors (earth-fixed) of the points under the satellites: [minute, satellite, 3]. The
    orbits are circles, their planes spread evenly, the phases drawn."""
    radius = EARTH_KM + altitude_km
    period_min = 2.0 * math.pi * math.sqrt(radius**3 / GRAVITY_KM3_S2) / 60.0
    tilt = math.radians(inclination_deg)
    found = np.empty((minutes.size, count, 3))
    for s in range(count):
        node = 2.0 * math.pi * (s + 0.3 * hashed(seed, s, 0, 60)) / count
        phase = 2.0 * math.pi * hashed(seed, s, 0, 61)
        for m in range(minutes.size):
            along = phase + 2.0 * math.pi * minutes[m] / period_min
            x, y = math.cos(along), math.sin(along) * math.cos(tilt)
            turn = node - 2.0 * math.pi * minutes[m] / SIDEREAL_MIN
            found[m, s, 0] = x * math.cos(turn) - y * math.sin(turn)
            found[m, s, 1] = x * math.sin(turn) + y * math.cos(turn)
            found[m, s, 2] = math.sin(along) * math.sin(tilt)
    return found


@njit(cache=True)
def footprint_cosine(altitude_km: float) -> float:
    """The cosine of the angle, seen from the earth's centre, within which a satellite is above the
    horizon."""
    return EARTH_KM / (EARTH_KM + altitude_km)


@njit(cache=True)
def through(reports_min: float, margin: float) -> float:
    """The chance that one report of a footprint with so many reports a minute comes through."""
    return margin * math.exp(-reports_min / SLOTS_MIN)
