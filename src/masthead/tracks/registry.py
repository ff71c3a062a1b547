"""The detectors by name, with definitions and settings taken from the functions themselves."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from masthead.errors import MastheadError
from masthead.tracks import (
    conflicts,
    diversions,
    encounters,
    gaps,
    identities,
    intercepts,
    jumps,
    lines,
    otherwise,
    port_calls,
    silenced,
    spoofing,
    stops,
    turns,
    zones,
)
from masthead.tracks.company import companies, company_pairs, company_points, company_reach_m
from masthead.tracks.limits import SHARED, shared_defaults
from masthead.tracks.otherwise import Otherwise

RADII = ("max_distance_m", "cluster_km", "cell_km", "reach_km", "port_reach_km", "sight_nm")
"""Settings by which the sea is cut into cells."""


@dataclass(frozen=True)
class Detector:
    """A detector: its name (the incident it finds), the function, how to tell a finding in a
    sentence, and what else would explain one.

    A detector for which ships matter to each other also comes in parts, for ships that are not
    looked at together: `gather` takes what matters from some ships' tracks, `meet` finds the
    events in what was gathered of all. Where `gather` gives points (places at steps of time),
    `pair` finds those that are together, no more than `reach_m` (which takes settings) apart, of
    all ships in some stretch of time and space; `prepare` makes of the pairs of any two ships what
    several detectors use, and `meet` finds the events in that: it looks at two ships at a time."""

    name: str
    find: Callable[..., pl.DataFrame]
    tell: Callable[[dict[str, Any]], str]
    otherwise: Otherwise
    gather: Callable[..., pl.DataFrame] | None = None
    meet: Callable[..., pl.DataFrame] | None = None
    pair: Callable[..., pl.DataFrame] | None = None
    prepare: Callable[..., Any] | None = None
    reach_m: Callable[..., float] | None = None

    @property
    def doc(self) -> str:
        """The definition, the thresholds and their sources."""
        return inspect.getdoc(self.find) or ""

    @property
    def summary(self) -> str:
        """The first line of the definition."""
        return self.doc.partition("\n")[0]

    @property
    def defaults(self) -> dict[str, float]:
        """The settings (units in their names) with their defaults."""
        parameters = inspect.signature(self.find).parameters.values()
        return {p.name: float(p.default) for p in parameters if isinstance(p.default, (int, float))}

    @property
    def needs(self) -> frozenset[str]:
        """What it takes beside positions and settings: zones, places."""
        return frozenset(inspect.signature(self.find).parameters) & {"zones", "places"}


@cache
def detectors() -> dict[str, Detector]:
    """All detectors, by name."""
    found = (
        Detector(
            "gap",
            gaps.detect_gaps,
            gaps.tell,
            otherwise.of_gap,
            gaps.find_silences,
            gaps.meet_gaps,
        ),
        Detector("jump", jumps.detect_jumps, jumps.tell, otherwise.of_jump),
        Detector(
            "identity_conflict",
            conflicts.detect_identity_conflicts,
            conflicts.tell,
            otherwise.CONFLICT,
        ),
        Detector(
            "identity_change",
            identities.detect_identity_changes,
            identities.tell_change,
            otherwise.CHANGE,
            identities.place_statements,
            identities.meet_changes,
        ),
        Detector(
            "invalid_identity",
            identities.detect_invalid_identities,
            identities.tell_invalid,
            otherwise.INVALID,
        ),
        Detector(
            "spoofing",
            spoofing.detect_spoofing,
            spoofing.tell,
            otherwise.of_spoofing,
            spoofing.find_false,
            spoofing.meet_false,
        ),
        Detector("stopped_at_sea", stops.detect_stops, stops.tell_stop, otherwise.of_stop),
        Detector("loitering", stops.detect_loitering, stops.tell_loitering, otherwise.of_loitering),
        Detector(
            "encounter",
            encounters.detect_encounters,
            encounters.tell,
            otherwise.of_encounter,
            encounters.encounter_points,
            encounters.meet,
            encounters.encounter_pairs,
            reach_m=encounters.encounter_reach_m,
        ),
        Detector(
            "approach",
            intercepts.detect_approaches,
            intercepts.tell_approach,
            otherwise.of_approach,
            company_points,
            intercepts.meet_approaches,
            company_pairs,
            companies,
            company_reach_m,
        ),
        Detector(
            "pursuit",
            intercepts.detect_pursuits,
            intercepts.tell_pursuit,
            otherwise.PURSUIT,
            company_points,
            intercepts.meet_pursuits,
            company_pairs,
            companies,
            company_reach_m,
        ),
        Detector(
            "escorted",
            intercepts.detect_escorts,
            intercepts.tell_escort,
            otherwise.ESCORT,
            company_points,
            intercepts.meet_escorts,
            company_pairs,
            companies,
            company_reach_m,
        ),
        Detector(
            "silent_after_stop",
            silenced.detect_silenced,
            silenced.tell,
            otherwise.SILENCED,
            company_points,
            silenced.meet_silenced,
            company_pairs,
            companies,
        ),
        Detector("port_call", port_calls.detect_port_calls, port_calls.tell, otherwise.PORT_CALL),
        Detector("zone_entry", zones.detect_zone_entries, zones.tell, otherwise.ZONE),
        Detector("zone_exit", zones.detect_zone_exits, zones.tell, otherwise.ZONE),
        Detector("line_crossing", lines.detect_line_crossings, lines.tell, otherwise.LINE),
        Detector("turn_back", turns.detect_turn_backs, turns.tell, otherwise.of_turn_back),
        Detector(
            "diversion", diversions.detect_diversions, diversions.tell, otherwise.of_diversion
        ),
    )
    return {detector.name: detector for detector in found}


def choose(only: Sequence[str] | None) -> list[Detector]:
    """The detectors of these names, or all. Raises `MastheadError` for an unknown name."""
    known = detectors()
    names = list(known) if only is None else list(dict.fromkeys(only))
    for name in names:
        if name not in known:
            raise MastheadError(f"no detector '{name}'; the detectors are {', '.join(known)}")
    return [known[name] for name in names]


def check_settings(
    only: Sequence[str] | None, settings: Mapping[str, Mapping[str, float]] | None
) -> None:
    """Raise `MastheadError` for an unknown detector, table of shared limits or setting, or a value
    that is no number."""
    choose(only)
    for name, values in (settings or {}).items():
        defaults = defaults_of(name)
        if not isinstance(values, Mapping):
            raise MastheadError(f"settings of '{name}' should be a table of numbers")
        for key, value in values.items():
            if key not in defaults:
                kind = "detector " if name in detectors() else ""
                raise MastheadError(
                    f"{kind}'{name}' has no setting '{key}'; it has "
                    + ", ".join(f"{k} = {v:g}" for k, v in defaults.items())
                )
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not value >= 0:
                raise MastheadError(f"{name}.{key} should be a number from 0, not {value!r}")
            if value == 0 and key in RADII:
                raise MastheadError(f"{name}.{key} should be above 0")


def defaults_of(name: str) -> dict[str, float]:
    """The settings of a detector or a table of shared limits, with their defaults. Raises
    `MastheadError` for an unknown name."""
    if name in SHARED:
        return shared_defaults(name)
    if name not in detectors():
        raise MastheadError(
            f"no detector '{name}'; the detectors are {', '.join(detectors())}; "
            f"settings of several are {', '.join(SHARED)}"
        )
    return detectors()[name].defaults
