"""The finding on one incident, with every ground of it.

`contradicted` is said only where the ship cannot have been there: it was heard too far away, too
soon before or after, of every time and place that one source tells together. `corroborated` and
`unsupported` need a likelihood ratio of `ENOUGH` for or against; between them, and where the ship,
its track or the time is missing, the incident cannot be checked, and what is missing is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from masthead.checks.candidates import candidates, possible
from masthead.checks.coverage import Coverage, coverage
from masthead.checks.reach import TOP_KN, Reach, reach
from masthead.checks.scenes import Shortfall, bounds_of, nearest_scene
from masthead.checks.sightings import Sighting, Sightings, hours
from masthead.checks.signature import Sign, of_table, ratio, signs_of
from masthead.checks.tipping import WIDER_H, WIDER_NM, first_of, least_hours
from masthead.checks.usual import LIKE
from masthead.geo import NAUTICAL_MILE_M
from masthead.judgement import Candidate, Finding, Incident, Reason, State, Verdict
from masthead.model import Vessel

ENOUGH = 3.0
"""The likelihood ratio from which on the tracks bear a report out, or (its inverse) do not: the
lower bound of "substantial" evidence (Jeffreys 1961; Kass and Raftery 1995)."""

PRIOR = 0.8
"""How often what a dispatch tells of a ship as a fact is so, before the tracks are asked."""

TOLD_LATE = timedelta(days=4)
"""Of a report without a date: how long before it the incident may have been."""

OUT_OF_REACH_NM = 6.0
"""By how much a place must be out of reach: what positions, clocks and places told are off by."""

MOST_NAMESAKES = 5
"""Ships of one name that are looked at."""

FACTS = (State.UNDER_WAY, State.COMPLETED, State.RELEASED, State.FAILED)
POINTS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")


@dataclass(frozen=True)
class Claim:
    """What is to be checked: between which moments (hours since 1970), and where, if told."""

    incident: Incident
    first: float
    last: float
    place: tuple[float, float, float] | None

    @property
    def span(self) -> str:
        """The time in words."""
        return f"{_clock(self.first)} to {_clock(self.last)}"


def verdict_on(incident: Incident, sightings: Sightings, *, prior: float = PRIOR) -> Verdict:
    """The verdict on an incident."""
    if incident.state not in FACTS:
        return _open(
            incident, "identity", f"nobody says that it happened ({incident.state})", prior
        )
    claim = _claim(incident)
    if claim is None:
        return _open(incident, "time", "neither it nor its reports have a date", prior,
                     wanted=("a date",))  # fmt: skip
    vessel = incident.vessel
    ships = sightings.ships_of(vessel) if vessel is not None else []
    if not ships:
        return _unnamed(claim, sightings, prior)
    verdicts = [_of_ship(claim, mmsi, sightings, prior) for mmsi in ships[:MOST_NAMESAKES]]
    best = max(verdicts, key=lambda v: (v.finding is not Finding.NOT_CHECKABLE, v.ratio))
    if len(ships) > 1:
        reason = Reason(test="identity", text=f"{len(ships)} ships of the tracks go by that name")
        best = _with(best, reason)
    return best


def ships_asked(incident: Incident, sightings: Sightings) -> list[int]:
    """The ships whose positions `verdict_on` will ask for: known before, they are read at once."""
    vessel = incident.vessel
    ships = sightings.ships_of(vessel) if vessel is not None else []
    if ships:
        return ships[:MOST_NAMESAKES]
    claim = _claim(incident) if incident.state in FACTS else None
    if claim is None or claim.place is None or is_named(vessel):
        return []
    return possible(sightings, vessel, claim.first, claim.last, claim.place)


def is_named(vessel: Vessel | None) -> bool:
    """Whether a report says which ship it was."""
    return vessel is not None and bool(vessel.name or vessel.imo or vessel.mmsi)


def _claim(incident: Incident) -> Claim | None:
    bounds = bounds_of(incident.time)
    if bounds is not None:
        first, last = bounds
    else:
        told = [s.told_at for s in incident.steps if s.told_at is not None]
        if not told:
            return None
        first, last = min(told) - TOLD_LATE, min(told) + timedelta(days=1)
    place = incident.place
    where = None
    if place is not None and place.lat is not None and place.lon is not None:
        where = (place.lat, place.lon, place.radius_m or 0.0)
    return Claim(incident, hours(first), hours(last), where)


def _unnamed(claim: Claim, sightings: Sightings, prior: float) -> Verdict:
    """No ship of the tracks goes by the name told, or none is told."""
    incident, vessel = claim.incident, claim.incident.vessel
    if is_named(vessel):
        assert vessel is not None
        called = vessel.name or f"IMO {vessel.imo}" if vessel.imo or vessel.name else vessel.text
        return _open(
            incident, "identity", f"no ship of the tracks goes by {called}", prior,
            wanted=(f"AIS of {called}, {claim.span}",),
        )  # fmt: skip
    if claim.place is None:
        return _open(incident, "identity", "no ship is named, and no place", prior,
                     wanted=("the ship's name, IMO number or MMSI",))  # fmt: skip
    heard = coverage(sightings, *claim.place, claim.first, claim.last)
    found = candidates(sightings, vessel, incident.kind, claim.first, claim.last, claim.place,
                       heard.certain_share)  # fmt: skip
    text = f"no ship is named; {len(found)} heard near there could be it" if found else (
        "no ship is named, and none that fits was heard near there"
    )  # fmt: skip
    return _open(incident, "candidates", text, prior, reasons=(_heard(heard),), candidates=found,
                 wanted=("the ship's name, IMO number or MMSI",))  # fmt: skip


def _of_ship(claim: Claim, mmsi: int, sightings: Sightings, prior: float) -> Verdict:
    incident = claim.incident
    track = sightings.of(mmsi)
    _, kind = sightings.flag_and_class(mmsi)
    called = incident.vessel.name if incident.vessel and incident.vessel.name else f"MMSI {mmsi}"
    near = track.inside(claim.first - 24.0, claim.last + 24.0)
    want = f"AIS of {called} (MMSI {mmsi}), {claim.span}"
    if not near.any():
        return _open(incident, "coverage", f"{called} was not heard within a day of it", prior,
                     mmsi=mmsi, wanted=(want,))  # fmt: skip
    reasons: list[Reason] = []
    place = claim.place
    share = 0.0
    if place is not None:
        top = TOP_KN.get(kind, TOP_KN[None])
        could = reach(track, *place, claim.first, claim.last, speed_kn=top, around_land=True)
        if could is not None and could.short_nm > OUT_OF_REACH_NM:
            nearest = nearest_scene(incident, track, top)
            if nearest is not None and nearest.reach.short_nm > OUT_OF_REACH_NM:
                reasons.append(_unreachable(nearest.reach, called, incident.kind))
                return _settled(
                    incident, Finding.CONTRADICTED, reasons, prior, mmsi,
                    tipping=_tipping(nearest),
                    wanted=(f"a position of {called} at that time that another receiver or a "
                            "satellite image gives",),
                )  # fmt: skip
            reasons.append(Reason(test="reach", text="no one source tells both when and where, or "
                                  "not all that do put it out of the ship's reach"))  # fmt: skip
            place = None
        else:
            if could is not None:
                reasons.append(_reachable(could, called))
            heard = coverage(sightings, *place, claim.first, claim.last)
            share = heard.certain_share
            reasons.append(_heard(heard))
    reasons += _signs(claim, track, sightings, place, share)
    total = combined(reasons)
    if total >= ENOUGH:
        finding = Finding.CORROBORATED
    elif total <= 1 / ENOUGH:
        finding = Finding.UNSUPPORTED
    else:
        finding = Finding.NOT_CHECKABLE
        reasons.append(Reason(test="signature", text="the tracks tell neither for nor against it"))
    wanted = (want, "an image or a second report of the place") if (
        finding is not Finding.CORROBORATED
    ) else ()  # fmt: skip
    tipping = None
    if finding is Finding.UNSUPPORTED:
        tipping = _if_told_wrong(claim, track, sightings, place)
    return _settled(incident, finding, reasons, prior, mmsi, wanted=wanted, tipping=tipping)


def _signs(
    claim: Claim, track: Sighting, sightings: Sightings, place: tuple[float, float, float] | None,
    heard_share: float = 0.0,
) -> list[Reason]:  # fmt: skip
    """What the track shows of the incident, or would have shown."""
    kind, found = claim.incident.kind, []
    events = sightings.signs[track.mmsi]
    for sign in signs_of(track, events, kind, claim.first, claim.last, place, heard_share):
        weight, text = _weighed(sign, kind, sightings, place)
        if sign.found or (sign.shown and abs(weight - 1.0) > 0.05):
            when = f" at {_clock(sign.at)}" if sign.at is not None else ""
            found.append(
                Reason(test="signature", text=f"{text}{when}", ratio=max(0.01, weight),
                       events=(sign.event,) if sign.event else ())
            )  # fmt: skip
    return found


def _weighed(
    sign: Sign, kind: str, sightings: Sightings, place: tuple[float, float, float] | None
) -> tuple[float, str]:
    """The likelihood ratio of a sign, and its words. One that is found says no more than it is
    unusual in that sea."""
    weight = ratio(sign, kind)
    if not sign.found or weight <= 1.0 or place is None or sign.name not in LIKE:
        return weight, sign.text
    usual = sightings.usual.at(sign.name, place[0], place[1])
    most = max(1.0, 1.0 / usual.rate)
    if most >= weight:
        return weight, sign.text
    return most, f"{sign.text}, as ships do there on {usual.with_sign} of {usual.days} days"


def _if_told_wrong(
    claim: Claim, track: Sighting, sightings: Sightings, place: tuple[float, float, float] | None
) -> str:
    """How far off the time or the place told would have to be for the tracks to bear it out."""

    def borne_out(
        first: float, last: float, where: tuple[float, float, float] | None
    ) -> str | None:
        wider = Claim(claim.incident, first, last, where)
        reasons = _signs(wider, track, sightings, where)
        if combined(reasons) < ENOUGH:
            return None
        return max(reasons, key=lambda r: r.ratio).text

    away_h, then = first_of(WIDER_H, lambda h: borne_out(claim.first - h, claim.last + h, place))
    options = [f"the time told is up to {away_h:.0f} h off ({then})"] if then else []
    if place is not None:
        lat, lon, radius_m = place
        away_nm, there = first_of(
            WIDER_NM,
            lambda nm: borne_out(
                claim.first, claim.last, (lat, lon, radius_m + nm * NAUTICAL_MILE_M)
            ),
        )
        options += [f"the place told is up to {away_nm:.0f} NM off ({there})"] if there else []
    if options:
        return f"holds unless {' or '.join(options)}"
    most = f"{WIDER_H[-1]:.0f} h" + (f" and {WIDER_NM[-1]:.0f} NM" if place is not None else "")
    return f"holds even if what is told is {most} off"


def _unreachable(could: Reach, called: str, kind: str) -> Reason:
    side = POINTS[round(could.bearing / 45.0) % 8]
    way = "by sea, around the land, and" if could.by_sea else "away"
    return Reason(
        test="reach",
        text=(f"{called} was heard {could.nearest_nm:.0f} NM {way} to the {side} of the place; "
              f"even at {could.speed_kn:.0f} knots it falls {could.short_nm:.0f} NM short"),
        ratio=of_table("unreachable", kind)[0],
        details={"short_nm": round(could.short_nm, 1), "nearest_nm": round(could.nearest_nm, 1),
                 "top_speed_kn": round(could.speed_kn, 1)},
    )  # fmt: skip


def _reachable(could: Reach, called: str) -> Reason:
    if could.silence_h >= 3.0 and could.nearest_nm > 1.0:
        text = (f"{called} was silent for {could.silence_h:.1f} h and could have been there in "
                "between")  # fmt: skip
    else:
        text = f"{called} was {could.nearest_nm:.0f} NM from the place as told, or within it"
    return Reason(
        test="reach", text=text,
        details={"nearest_nm": round(could.nearest_nm, 1), "silence_h": round(could.silence_h, 2)},
    )  # fmt: skip


def _heard(heard: Coverage) -> Reason:
    return Reason(
        test="coverage",
        text=(f"other ships were heard near there in {heard.heard} of {heard.hours} hours "
              f"({heard.low:.0%} to {heard.high:.0%} of such hours)"),
        details={"hours": heard.hours, "hours_heard": heard.heard, "share": round(heard.share, 3)},
    )  # fmt: skip


def _tipping(short: Shortfall) -> str:
    side = POINTS[round(short.reach.bearing / 45.0) % 8]
    text = f"holds unless it happened more than {short.reach.short_nm:.0f} NM further to the {side}"
    early = least_hours(lambda h: short.between(short.first - h, short.last) > OUT_OF_REACH_NM)
    late = least_hours(lambda h: short.between(short.first, short.last + h) > OUT_OF_REACH_NM)
    if early is not None:
        text += f", or before {_clock(short.first - early)}"
    if late is not None:
        text += f", or after {_clock(short.last + late)}"
    return text


def _open(
    incident: Incident, test: str, text: str, prior: float, *, reasons: tuple[Reason, ...] = (),
    wanted: tuple[str, ...] = (), mmsi: int | None = None, candidates: tuple[Candidate, ...] = (),
) -> Verdict:  # fmt: skip
    return Verdict(
        about=incident.id, finding=Finding.NOT_CHECKABLE, ratio=1.0, probability=prior,
        reasons=(Reason(test=test, text=text), *reasons), wanted=wanted, mmsi=mmsi,
        candidates=candidates,
    )  # fmt: skip


def _settled(
    incident: Incident, finding: Finding, reasons: list[Reason], prior: float, mmsi: int,
    *, tipping: str | None = None, wanted: tuple[str, ...] = (),
) -> Verdict:  # fmt: skip
    total = combined(reasons)
    odds = prior / (1 - prior) * total
    return Verdict(
        about=incident.id, finding=finding, ratio=round(total, 4),
        probability=round(odds / (1 + odds), 3), reasons=tuple(reasons), tipping=tipping,
        wanted=wanted, mmsi=mmsi,
    )  # fmt: skip


def combined(reasons: Sequence[Reason]) -> float:
    """The ratios of all reasons together, between one in a thousand and a thousand."""
    total = 1.0
    for reason in reasons:
        total *= reason.ratio
    return min(1000.0, max(0.001, total))


def _with(verdict: Verdict, reason: Reason) -> Verdict:
    from dataclasses import replace

    return replace(verdict, reasons=(reason, *verdict.reasons))


def _clock(hour: float) -> str:
    return f"{datetime.fromtimestamp(hour * 3600, UTC):%Y-%m-%d %H:%MZ}"
