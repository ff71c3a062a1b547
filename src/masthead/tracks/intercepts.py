"""The signature of an interdiction: a ship is approached and stopped, pursued, escorted away.

Who is whom is told by who came to whom: of two ships, the one whose own moving closed most of the
distance is the approacher. Navy and coast guard ships often send no AIS; what is not sent cannot be
found here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from masthead.tracks.arguments import taken_by
from masthead.tracks.company import USUAL, Company, companies, company_pairs, company_points
from masthead.tracks.findings import FINDING, NM_M, findings, no_findings
from masthead.tracks.limits import CompanyLimits
from masthead.tracks.places import Places, port_ahead
from masthead.tracks.segment import by_segment
from masthead.tracks.stops import places_of


@dataclass(frozen=True)
class Meeting:
    """Who came to whom, and when: indexes of steps, and of the two ships on the second axis."""

    victim: int
    comer: int
    came: int
    alongside: int
    apart: int


def detect_approaches(
    positions: pl.DataFrame,
    *,
    places: Places | None = None,
    company: CompanyLimits = USUAL,
    min_before_kn: float = 4.0,
    min_coming_kn: float = 3.0,
    max_stopped_kn: float = 3.0,
    max_slowed_share: float = 0.5,
    min_alongside_min: float = 15.0,
) -> pl.DataFrame:
    """A ship under way is approached by another, and slows or stops with it alongside.

    The approacher is seen coming, closes most of the distance by its own moving, at a median of
    `min_coming_kn` knots or more, and is then alongside (`limits.CompanyLimits`) for
    `min_alongside_min` minutes or longer, in which the other, which had made `min_before_kn` knots
    or more in the hour before, goes down to `max_stopped_kn` knots or less, and to
    `max_slowed_share` or less of what it had made. On steps of five minutes, away from known
    ports and learned anchorages (`limits.PlaceLimits`).

    Thresholds: ours. Ships overtaking do not stop each other.
    """
    return of_positions(positions, places, meet_approaches, company, locals())


def detect_pursuits(
    positions: pl.DataFrame,
    *,
    places: Places | None = None,
    company: CompanyLimits = USUAL,
    min_faster_kn: float = 2.0,
    min_speed_kn: float = 5.0,
    min_manoeuvre_deg: float = 90.0,
    min_alteration_deg: float = 10.0,
    max_course_deg: float = 30.0,
    min_behind_share: float = 0.6,
    min_follow_min: float = 20.0,
) -> pl.DataFrame:
    """A faster ship closes on another and follows its manoeuvres.

    The pursuer is seen coming and comes alongside (`limits.CompanyLimits`), at a median speed
    `min_faster_kn` knots or more above the other's, and stays nearer than it was seen coming for
    `min_follow_min` minutes or longer while the other, at `min_speed_kn` knots or more, alters
    course by `min_manoeuvre_deg` degrees in all (alterations of over `min_alteration_deg` degrees
    from step to step, added up); the pursuer's course is within `max_course_deg` degrees of the
    other's in `min_behind_share` of that time or more.

    Thresholds: ours; 90 degrees is more than the turns of one waypoint, and ten more than a helm
    wanders.
    """
    return of_positions(positions, places, meet_pursuits, company, locals())


def detect_escorts(
    positions: pl.DataFrame,
    *,
    places: Places | None = None,
    company: CompanyLimits = USUAL,
    max_stopped_kn: float = 3.0,
    min_stopped_min: float = 15.0,
    min_speed_kn: float = 3.0,
    max_apart_nm: float = 2.0,
    max_course_deg: float = 30.0,
    max_lapse_min: float = 15.0,
    min_escort_h: float = 1.0,
    min_course_change_deg: float = 20.0,
    sure_course_change_deg: float = 45.0,
    ahead_deg: float = 15.0,
    ahead_nm: float = 200.0,
) -> pl.DataFrame:
    """Two ships stop together at sea, and go on in company, elsewhere.

    After `min_stopped_min` minutes or more in which the two lay alongside each other
    (`limits.CompanyLimits`) and the one approached made no more than `max_stopped_kn` knots, both
    make `min_speed_kn` knots or more within `max_apart_nm` nautical miles of each other on courses
    no more than `max_course_deg` degrees apart, for `min_escort_h` hours or longer, seen so every
    `max_lapse_min` minutes. The new course is at least `min_course_change_deg` degrees from the one
    before the stop: a ship that goes on as before was not led away, whoever keeps it company; from
    `sure_course_change_deg` on, confidence is higher. `port_ahead` is the nearest known port no
    more than `ahead_deg` degrees off the new course and `ahead_nm` nautical miles away.

    Thresholds: ours.
    """
    return of_positions(positions, places, meet_escorts, company, locals())


def of_positions(
    positions: pl.DataFrame,
    places: Places | None,
    meet: Callable[..., pl.DataFrame],
    company: CompanyLimits,
    given: dict[str, Any],
) -> pl.DataFrame:
    """What `meet` finds among all ships of some positions, with those of the arguments `given` to a
    detector that it takes."""
    tracks = by_segment(positions)
    places = places_of(tracks) if places is None else places
    points = company_points(tracks, places=places, company=company)
    met_ships = companies(company_pairs(points, company=company), company=company)
    return meet(met_ships, **taken_by(meet, given))


def meet_approaches(
    met_ships: Sequence[Company],
    *,
    min_before_kn: float,
    min_coming_kn: float,
    max_stopped_kn: float,
    max_slowed_share: float,
    min_alongside_min: float,
) -> pl.DataFrame:
    """`detect_approaches` among ships in company (`companies`)."""
    rows = []
    for company in met_ships:
        met = meeting(company)
        if met is None:
            continue
        before = float(company.before_kn[met.came, met.victim])
        together = slice(met.alongside, met.apart + 1)
        least = float(company.speed_kn[together, met.victim].min())
        minutes = company.minutes(met.alongside, met.apart)
        coming = float(np.median(company.speed_kn[met.came : met.alongside, met.comer]))
        slowed = coming >= min_coming_kn and least <= min(max_stopped_kn, max_slowed_share * before)
        if before >= min_before_kn and slowed and minutes >= min_alongside_min:
            rows.append(
                given_of(company, met, met.came, met.apart, met.alongside)
                | {
                    "alongside_min": minutes,
                    "closest_m": float(company.far_nm[together].min()) * NM_M,
                    "speed_before_kn": before,
                    "least_speed_kn": least,
                    "approacher_kn": coming,
                }
            )
    return table_of("approach", rows, 0.7)


def meet_pursuits(
    met_ships: Sequence[Company],
    *,
    min_faster_kn: float,
    min_speed_kn: float,
    min_manoeuvre_deg: float,
    min_alteration_deg: float,
    max_course_deg: float,
    min_behind_share: float,
    min_follow_min: float,
) -> pl.DataFrame:
    """`detect_pursuits` among ships in company (`companies`)."""
    rows = []
    for company in met_ships:
        met = meeting(company)
        if met is None:
            continue
        faster = company.speed_kn[met.came : met.alongside + 1]
        more = float(np.median(faster[:, met.comer] - faster[:, met.victim]))
        last = _while(company, met.alongside, company.limits.seen_coming_nm)
        moving = company.speed_kn[met.alongside : last + 1, met.victim] >= min_speed_kn
        last = met.alongside + int(np.argmin(moving)) - 1 if not moving.all() else last
        if more < min_faster_kn or last <= met.alongside:
            continue
        follow = slice(met.alongside, last + 1)
        apart = _difference(company.course[follow, 0], company.course[follow, 1])
        turns = _difference(
            company.course[met.came + 1 : last + 1, met.victim],
            company.course[met.came : last, met.victim],
        )
        manoeuvre = float(turns[turns > min_alteration_deg].sum())
        minutes = company.minutes(met.alongside, last)
        if (
            minutes >= min_follow_min
            and manoeuvre >= min_manoeuvre_deg
            and (apart <= max_course_deg).mean() >= min_behind_share
        ):
            rows.append(
                given_of(company, met, met.came, last, met.alongside)
                | {
                    "followed_min": minutes,
                    "manoeuvres_deg": manoeuvre,
                    "faster_kn": more,
                    "closest_m": float(company.far_nm[follow].min()) * NM_M,
                }
            )
    return table_of("pursuit", rows, 0.65)


def meet_escorts(
    met_ships: Sequence[Company],
    *,
    max_stopped_kn: float,
    min_stopped_min: float,
    min_speed_kn: float,
    max_apart_nm: float,
    max_course_deg: float,
    max_lapse_min: float,
    min_escort_h: float,
    min_course_change_deg: float,
    sure_course_change_deg: float,
    ahead_deg: float,
    ahead_nm: float,
) -> pl.DataFrame:
    """`detect_escorts` among ships in company (`companies`)."""
    rows = []
    for company in met_ships:
        met = meeting(company)
        if met is None:
            continue
        still = company.speed_kn[met.alongside : met.apart + 1, met.victim] <= max_stopped_kn
        if not still.any():
            continue
        held = met.alongside + np.flatnonzero(still)
        if company.minutes(int(held[0]), int(held[-1])) < min_stopped_min:
            continue
        on = (
            (company.speed_kn >= min_speed_kn).all(axis=1)
            & (company.far_nm <= max_apart_nm)
            & (_difference(company.course[:, 0], company.course[:, 1]) <= max_course_deg)
        )
        first, last = _longest(on, company, int(held[-1]), max_lapse_min)
        if first < 0 or company.minutes(first, last) < min_escort_h * 60.0:
            continue
        before = float(company.way[met.came, met.victim])
        if np.isnan(before):
            continue
        after = _mean_course(company.course[first : last + 1, met.victim])
        change = float(_difference(np.array([before]), np.array([after]))[0])
        if change < min_course_change_deg:
            continue
        rows.append(
            given_of(company, met, first, last, first)
            | {
                "escorted_h": company.minutes(first, last) / 60.0,
                "stopped_at": company.when(int(held[0])),
                "course_before": before,
                "course_after": after,
                "course_change_deg": change,
                "port_ahead": port_ahead(
                    float(company.lat[last, met.victim]),
                    float(company.lon[last, met.victim]),
                    after,
                    within_deg=ahead_deg,
                    within_nm=ahead_nm,
                ),
                "speed_kn": float(np.median(company.speed_kn[first : last + 1, met.victim])),
            }
        )
    table = table_of("escorted", rows, 0.6)
    if table.height:
        changed = pl.col("course_change_deg") >= sure_course_change_deg
        table = table.with_columns(pl.when(changed).then(0.8).otherwise(0.5).alias("confidence"))
    return table


def meeting(company: Company) -> Meeting | None:
    """Who came alongside whom; None if they were not seen to come together."""
    near = np.flatnonzero(company.far_nm <= company.limits.alongside_nm)
    first = int(near[0])
    seen = np.flatnonzero(company.far_nm[:first] >= company.limits.seen_coming_nm)
    if not seen.size:
        return None
    came = int(seen[0])
    gain = company.closing(came, first)
    comer = int(np.argmax(gain))
    if gain[comer] <= 0.0:
        return None
    apart_nm = max(company.limits.apart_nm, company.limits.alongside_nm)
    return Meeting(1 - comer, comer, came, first, _while(company, first, apart_nm))


def _while(company: Company, first: int, within_nm: float) -> int:
    """The last step of the stretch from `first` in which the two are within a distance."""
    out = np.flatnonzero(company.far_nm[first:] > within_nm)
    return first + int(out[0]) - 1 if out.size else company.step.size - 1


def _longest(
    on: np.ndarray[Any, Any], company: Company, after: int, lapse_min: float
) -> tuple[int, int]:
    """First and last step of the longest stretch after a step where `on` holds every `lapse_min`
    minutes or more often; (-1, -1) if there is none."""
    best = (-1, -1)
    begin = last = -1
    for i in range(after + 1, on.size):
        if not on[i]:
            continue
        if begin < 0 or company.minutes(last, i) > lapse_min:
            begin = i
        last = i
        if best[0] < 0 or company.step[last] - company.step[begin] > (
            company.step[best[1]] - company.step[best[0]]
        ):
            best = (begin, last)
    return best


def _difference(one: np.ndarray[Any, Any], two: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The angles between courses, 0 to 180."""
    found: np.ndarray[Any, Any] = np.abs((one - two + 180.0) % 360.0 - 180.0)
    return found


def _mean_course(courses: np.ndarray[Any, Any]) -> float:
    turn = np.radians(courses)
    return float(np.degrees(np.arctan2(np.sin(turn).mean(), np.cos(turn).mean())) % 360.0)


def given_of(company: Company, met: Meeting, first: int, last: int, at: int) -> dict[str, Any]:
    return {
        "mmsi": company.mmsi[met.victim],
        "others": [company.mmsi[met.comer]],
        "start": company.when(first),
        "end": company.when(last),
        "lat": float(company.lat[at, met.victim]),
        "lon": float(company.lon[at, met.victim]),
    }


def table_of(incident: str, rows: list[dict[str, Any]], confidence: float) -> pl.DataFrame:
    if not rows:
        return no_findings()
    table = pl.DataFrame(rows)
    given = {name: table[name] for name in table.columns if name not in FINDING}
    known = {name: table[name] for name in table.columns if name in FINDING}
    return findings(incident, confidence=confidence, radius_m=NM_M / 2.0, **known, **given)


def tell_approach(row: dict[str, Any]) -> str:
    """Why, in one sentence."""
    return (
        f"was approached by MMSI {row['others'][0]} at {row['approacher_kn']:.0f} kn and went from "
        f"{row['speed_before_kn']:.0f} to {row['least_speed_kn']:.0f} kn with it "
        f"{row['closest_m']:.0f} m off, {row['alongside_min']:.0f} min alongside"
    )


def tell_pursuit(row: dict[str, Any]) -> str:
    """Why, in one sentence."""
    return (
        f"MMSI {row['others'][0]}, {row['faster_kn']:.0f} kn faster, closed to "
        f"{row['closest_m']:.0f} m and followed its turns ({row['manoeuvres_deg']:.0f}° in all) "
        f"for {row['followed_min']:.0f} min"
    )


def tell_escort(row: dict[str, Any]) -> str:
    """Why, in one sentence."""
    return (
        f"stopped with MMSI {row['others'][0]} alongside, then sailed {row['escorted_h']:.1f} h in "
        f"company at {row['speed_kn']:.0f} kn, {row['course_change_deg']:.0f}° off its old course"
        + (f", toward {row['port_ahead']}" if row["port_ahead"] else "")
    )
