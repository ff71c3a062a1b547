"""Closed forms that the simulation is held against.

**Random search** (B. O. Koopman, "The theory of search II", Operations Research 4, 1956, 503-531;
Search and Screening, OEG Report 56, 1946): a searcher of definite range r, who moves at speed v for
a time t on a path that is random in an area A, finds a target at rest with probability
`1 - exp(-2 r v t / A)`: what it sweeps, over the area, each part independently of the others.

**Barrier patrol** (same report, chapter 7): a ship of speed v goes to and fro across a channel of
width W; targets pass at speed u, spread evenly over the width. Seen from a target, the patrol is a
fixed pattern that comes up the channel at u; the share of the channel that the pattern's strips of
2r cover is the chance of detection.

**Encounters of crossing streams**: ships of two streams with densities n1, n2 (ships per square
mile) and relative speed w come within r of each other `2 r w n1 n2` times an hour and square mile,
the kinetic theory of a gas in two dimensions (Y. Fujii and K. Tanaka, "Traffic capacity", Journal
of Navigation 24, 1971, 543-552).

**Reports**: of N reports sent, each received with probability p by chance of its own, the silences
are geometric: the chance that k in a row are lost is (1 - p)^k.

Lengths in nautical miles, speeds in knots, times in hours.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Band:
    """A share and the limits within which a count of independent trials leaves it."""

    share: float
    low: float
    high: float

    def holds(self, found: float) -> bool:
        """Whether a share found by trial is within the band."""
        return self.low <= found <= self.high


def random_search(range_nm: float, speed_kn: float, hours: float, area_nm2: float) -> float:
    """The chance that a random search has found a target at rest: 1 - exp(-2 r v t / A)."""
    return 1.0 - math.exp(-2.0 * range_nm * speed_kn * hours / area_nm2)


def searchers(chance: float, number: int) -> float:
    """The chance that at least one of several independent searchers finds the target."""
    return 1.0 - (1.0 - chance) ** number


def moving_target_speed_kn(searcher_kn: float, target_kn: float) -> float:
    """The mean speed of a searcher relative to a target, their courses independent and uniform:
    the mean of sqrt(v^2 + u^2 - 2 v u cos(a)) over all a, (2/pi)(v + u) E(k) with
    k = 2 sqrt(v u) / (v + u), E the complete elliptic integral of the second kind. In a random
    search for moving targets it takes the place of v."""
    total = searcher_kn + target_kn
    if total == 0.0:
        return 0.0
    modulus = 4.0 * searcher_kn * target_kn / total**2
    return 2.0 / math.pi * total * _elliptic_e(modulus)


def back_and_forth(range_nm: float, patrol_kn: float, target_kn: float, width_nm: float) -> float:
    """The chance that a patrol to and fro across a channel sees a ship that passes straight down
    it. `width_nm` is the channel's width; the patrol turns a range from each side.

    In the target's frame the patrol's way is a zigzag of slope u / v with legs of W - 2r. The ship
    is missed if it lies on none of the strips within r of the legs: the share of the strip's area
    that is left out, as triangles along both edges.
    """
    reach, way = range_nm, width_nm - 2.0 * range_nm
    if way <= 0.0:
        return 1.0
    slope = target_kn / patrol_kn
    if slope == 0.0:
        return 1.0
    return 1.0 - _missed(reach, way, slope) / (way + 2.0 * reach)


def _missed(reach: float, way: float, slope: float) -> float:
    """The mean width (over the pattern's length) that a zigzag of legs `way` wide leaves unswept.

    At a cross position x from the one turn the zigzag is passed twice in a period of 2 way slope;
    each leg covers, along the channel, h = reach sqrt(1 + slope^2) to either side. Between its two
    passes at x there are the gaps 2 x slope and 2 (way - x) slope, less 2 h where they are longer.
    Beyond and near the turns what the round end of the strip covers is less than that; those
    corners are found by the numbers, from the distance to the nearest leg.
    """
    period = 2.0 * way * slope
    steps = 400
    total = 0.0
    width = way + 2.0 * reach
    for i in range(steps):
        x = -reach + (i + 0.5) * width / steps
        missed = 0
        for j in range(steps):
            y = (j + 0.5) * period / steps
            if not _near_zigzag(x, y, reach, way, slope):
                missed += 1
        total += missed / steps
    return total / steps * width


def _near_zigzag(x: float, y: float, reach: float, way: float, slope: float) -> bool:
    """Whether a point is within `reach` of the zigzag whose legs rise by way times slope"""
    rise = way * slope
    least = math.inf
    first = math.floor((y - reach) / rise) - 1
    for leg in range(first, math.ceil((y + reach) / rise) + 2):
        ax, bx = (0.0, way) if leg % 2 == 0 else (way, 0.0)
        ay = leg * rise
        dx, dy = bx - ax, rise
        along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)
        along = min(1.0, max(0.0, along))
        least = min(least, math.hypot(x - ax - along * dx, y - ay - along * dy))
    return least <= reach


def crossover(range_nm: float, patrol_kn: float, target_kn: float, width_nm: float) -> float:
    """The chance of the crossover barrier (Koopman's): the patrol holds off against the traffic so
    that in the targets' frame it goes straight across, at sqrt(v^2 - u^2), and then runs back up
    the side by what it was carried down. Each lap it sweeps a strip of 2r over the channel and one
    of 2r up the side; the chance is what they leave of the length D that passes in a lap (the
    round corners are left out). A patrol no faster than the traffic cannot do it: 0."""
    if patrol_kn <= target_kn:
        return 0.0
    across_h = max(width_nm - 2.0 * range_nm, 0.0) / math.sqrt(patrol_kn**2 - target_kn**2)
    lap_nm = target_kn * across_h * (1.0 + target_kn / patrol_kn)
    if lap_nm <= 2.0 * range_nm:
        return 1.0
    return 1.0 - (1.0 - 2.0 * range_nm / lap_nm) * (1.0 - 2.0 * range_nm / width_nm)


def encounters_per_hour(
    density1_nm2: float, density2_nm2: float, relative_kn: float, range_nm: float, area_nm2: float
) -> float:
    """How often ships of two streams come within a range of each other, an hour: 2 r w n1 n2 A."""
    return 2.0 * range_nm * relative_kn * density1_nm2 * density2_nm2 * area_nm2


def relative_kn(speed1_kn: float, speed2_kn: float, angle_deg: float) -> float:
    """The speed of one stream relative to another that it meets at an angle between courses."""
    return math.sqrt(
        speed1_kn**2
        + speed2_kn**2
        - 2.0 * speed1_kn * speed2_kn * math.cos(math.radians(angle_deg))
    )


def lost_in_a_row(received_share: float, reports: int) -> float:
    """The chance that so many reports in a row are lost."""
    return (1.0 - received_share) ** reports


def kept_interval_s(interval_s: float, received_share: float, thin_s: float) -> float:
    """The mean seconds between positions of a feed that, after each one kept, keeps none for a
    while: the reports that fall into that while, and then the geometric wait for the next one
    received."""
    passed = math.ceil(thin_s / interval_s - 1e-9)
    return interval_s * (max(passed, 1) - 1 + 1.0 / received_share)


def band(share: float, trials: int, sigmas: float = 3.0) -> Band:
    """The band of a share found in independent trials: Wilson's score interval around it."""
    z2 = sigmas * sigmas / trials
    centre = (share + z2 / 2.0) / (1.0 + z2)
    half = sigmas / (1.0 + z2) * math.sqrt(share * (1.0 - share) / trials + z2 / (4.0 * trials))
    return Band(share, max(0.0, centre - half), min(1.0, centre + half))


def _elliptic_e(parameter: float) -> float:
    """The complete elliptic integral of the second kind of m = k^2, by the arithmetic-geometric
    mean (Abramowitz and Stegun, 17.6)."""
    if parameter >= 1.0:
        return 1.0
    a, b, c = 1.0, math.sqrt(1.0 - parameter), math.sqrt(parameter)
    total, weight = 1.0 - c * c / 2.0, 1.0
    while abs(c) > 1e-15:
        a, b, c = (a + b) / 2.0, math.sqrt(a * b), (a - b) / 2.0
        total -= weight * c * c
        weight *= 2.0
    return math.pi / (2.0 * a) * total
