"""What is done with the tracks of some ships, whichever engine brings them: every detector chosen
looks at them, and what matters for meetings with other ships is kept for the end. Three steps: look
at ships, pair what is at the same time and place, find."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import polars as pl

from masthead.model import Zone
from masthead.tracks.findings import no_findings
from masthead.tracks.limits import limits_of
from masthead.tracks.places import Places, learn_places, shown_stays
from masthead.tracks.positions import empty
from masthead.tracks.registry import Detector, check_settings, choose
from masthead.tracks.segment import segment
from masthead.tracks.spill import Spill
from masthead.tracks.splits import TRACKS, Split, count_splits, find_splits, with_track
from masthead.tracks.threads import in_turn

Tables = dict[str, pl.DataFrame]
"""Findings by detector; of a detector in two parts, what it gathered. Those that gather the same
share the entry of the first. And the tracks of the MMSIs that were split, under `SPLITS`."""
SPLITS = "splits"


class Lookout:
    """The detectors chosen, with their settings. `look` at the tracks of some ships, `add` what was
    seen of all, and at the end `find` the events. An engine that brings points that are near each
    other together by itself uses `pair` there, and adds the pairs. `places` is set
    (`learn`) before the first look, if any detector needs it. Until something is added, it can be
    sent to another process.

    An engine that also brings together all pairs of the same two ships uses `meet_pairs` there, and
    adds what that found (`add_met`)."""

    def __init__(
        self,
        only: Sequence[str] | None,
        zones: Sequence[Zone],
        settings: Mapping[str, Mapping[str, float]] | None,
        statements: pl.DataFrame | None = None,
    ) -> None:
        check_settings(only, settings)
        given = settings or {}
        self.names = [d.name for d in choose(only) if zones or "zones" not in d.needs]
        self.places: Places | None = None
        self.limits = limits_of(given)
        self._zones = tuple(zones)
        self._statements = statements
        self._settings = {d.name: {**d.defaults, **given.get(d.name, {})} for d in self._chosen()}
        self._seen: dict[str, list[pl.DataFrame]] = {}
        self._points: dict[str, Spill] = {}
        self._met: Tables = {}

    @property
    def needs_places(self) -> bool:
        """Whether any detector asks for ports and anchorages."""
        return any("places" in d.needs for d in self._chosen())

    def learn(self, shown: Iterable[pl.DataFrame]) -> None:
        """Set `places` to those that all tracks show (`places.shown_stays`, in parts)."""
        whole = pl.concat([shown_stays(segment(empty())), *shown])
        self.places = learn_places(whole, self.limits.places)

    def look(self, tracks: pl.DataFrame) -> Tables:
        """What the segmented tracks of some whole ships show."""
        seen: Tables = {SPLITS: find_splits(tracks)}
        for detector in self._chosen():
            name = self._shared(detector)
            if name not in seen:
                part = detector.find if detector.gather is None else detector.gather
                seen[name] = part(tracks, **self._values(detector, part))
        return seen

    def add(self, seen: Tables) -> None:
        """Keep what a look showed."""
        paired = self.paired()
        for name, table in seen.items():
            if table.height and name in paired:
                self._points.setdefault(name, Spill()).add(table)
            elif table.height:
                self._seen.setdefault(name, []).append(table)

    def split(self) -> Split:
        """How many MMSIs of all that was added were split, and into how many tracks."""
        return count_splits(self._splits())

    def paired(self) -> list[str]:
        """The entries of a look that are points, to be paired."""
        return list(dict.fromkeys(self._shared(d) for d in self._chosen() if d.pair is not None))

    def pair(self, name: str, points: pl.DataFrame) -> pl.DataFrame:
        """The pairs among points of this entry: those of one step that are near each other."""
        detector = choose([name])[0]
        assert detector.pair is not None
        return detector.pair(points, **self._values(detector, detector.pair))

    def add_pairs(self, name: str, pairs: pl.DataFrame) -> None:
        """Keep pairs of this entry."""
        if pairs.height:
            self._seen.setdefault(name, []).append(pairs)

    def reach_m(self, name: str) -> float:
        """How far apart two points of this entry may be to be a pair."""
        detector = choose([name])[0]
        assert detector.reach_m is not None
        return detector.reach_m(**self._values(detector, detector.reach_m))

    def no_points(self, name: str) -> pl.DataFrame:
        """The table of points of this entry, without rows."""
        detector = choose([name])[0]
        assert detector.gather is not None
        return detector.gather(segment(empty()), **self._values(detector, detector.gather))

    def meet_pairs(self, name: str, pairs: pl.DataFrame) -> Tables:
        """What each detector that uses this entry finds in all pairs of some two and two ships."""
        found: Tables = {}
        prepared: dict[Any, Any] = {}
        for detector in self._chosen():
            if detector.meet is None or self._shared(detector) != name:
                continue
            if detector.prepare not in prepared:
                prepared[detector.prepare] = self._prepared(detector, pairs)
            values = self._values(detector, detector.meet)
            found[detector.name] = detector.meet(prepared[detector.prepare], **values)
        return found

    def add_met(self, met: Tables) -> None:
        """Keep what `meet_pairs` found."""
        for name, table in met.items():
            before = self._met.get(name, no_findings())
            self._met[name] = pl.concat([before, table], how="diagonal_relaxed")

    def find(
        self, heard: Callable[[], Iterable[pl.DataFrame]]
    ) -> list[tuple[Detector, pl.DataFrame]]:
        """Each detector's findings in all that was seen; `heard` gives all positions in parts, in
        the order of days. Of an MMSI that was split they say which track they are on."""
        splits = self._splits()
        return [(detector, with_track(table, splits)) for detector, table in self._find(heard)]

    def _find(
        self, heard: Callable[[], Iterable[pl.DataFrame]]
    ) -> list[tuple[Detector, pl.DataFrame]]:
        for name, spill in self._points.items():
            work = partial(self.pair, name)
            for pairs in in_turn(spill.blocks(), work, os.cpu_count() or 1):
                self.add_pairs(name, pairs)
        self._points = {}
        prepared: dict[tuple[str, Any], Any] = {}
        found = []
        for detector in self._chosen():
            name = self._shared(detector)
            parts = self._seen.get(name, [])
            if detector.name in self._met:
                found.append((detector, self._met[detector.name]))
                continue
            if detector.meet is None or not parts:
                whole = pl.concat([no_findings(), *parts], how="diagonal_relaxed")
                found.append((detector, whole))
                continue
            key = name, detector.prepare
            if key not in prepared:
                whole = pl.concat(parts, how="diagonal_relaxed")
                self._seen[name] = [whole]
                prepared[key] = self._prepared(detector, whole)
            values = self._values(detector, detector.meet)
            if "heard" in inspect.signature(detector.meet).parameters:
                values["heard"] = heard()
            met = detector.meet(prepared[key], **values)
            found.append((detector, pl.concat([no_findings(), met], how="diagonal_relaxed")))
        return found

    def _splits(self) -> pl.DataFrame:
        return pl.concat([pl.DataFrame(schema=TRACKS), *self._seen.get(SPLITS, [])])

    def _prepared(self, detector: Detector, pairs: pl.DataFrame) -> Any:
        if detector.prepare is None:
            return pairs
        return detector.prepare(pairs, **self._values(detector, detector.prepare))

    def _chosen(self) -> list[Detector]:
        return choose(self.names)

    def _values(self, detector: Detector, part: Callable[..., Any]) -> dict[str, Any]:
        """The arguments of a part: its settings, and if it asks for them shared limits, zones,
        places and what the ships said of themselves."""
        asked = inspect.signature(part).parameters
        own: dict[str, Any] = {n: v for n, v in self._settings[detector.name].items() if n in asked}
        if "company" in asked:
            own["company"] = self.limits.company
        if "zones" in asked:
            own["zones"] = self._zones
        if "places" in asked:
            own["places"] = self.places
        if "statements" in asked:
            own["statements"] = self._statements
        return own

    def _shared(self, detector: Detector) -> str:
        """The first chosen detector that gathers the same with the same settings."""
        if detector.gather is None:
            return detector.name
        mine = self._values(detector, detector.gather)
        for other in self._chosen():
            if other.gather is detector.gather and self._values(other, other.gather) == mine:
                return other.name
        return detector.name
