"""All incidents of a case against its tracks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from masthead.case import Case
from masthead.checks.sightings import Sightings
from masthead.checks.verdict import ships_asked, verdict_on
from masthead.judgement import Finding, Incident, Reason, Verdict
from masthead.ledger import Ledger
from masthead.tracks.lake import Lake, is_lake
from masthead.uncollected import uncollected

Progress = Callable[[str, int, int | None], None]


class Checker:
    """What a case's tracks and their events show, asked incident by incident. Without tracks
    nothing can be checked, and each verdict says so."""

    def __init__(self, case: Case, ledger: Ledger) -> None:
        self._sightings: Sightings | None = None
        if is_lake(case.lake_path):
            self._sightings = Sightings(Lake(case.lake_path), ledger.events(sense="track"))

    def verdicts(
        self, incidents: Sequence[Incident], progress: Progress | None = None
    ) -> dict[str, Verdict]:
        """The verdict on each incident, by its id."""
        if self._sightings is None:
            return {i.id: _without_tracks(i) for i in incidents}
        return verdicts_on(incidents, self._sightings, progress)


@uncollected()
def verdicts_on(
    incidents: Sequence[Incident], sightings: Sightings, progress: Progress | None = None
) -> dict[str, Verdict]:
    """The verdict on each incident, by its id; the ships asked for are read at once."""
    sightings.load(m for i in incidents for m in ships_asked(i, sightings))
    sightings.leave_out(m for i in incidents if i.vessel for m in sightings.ships_of(i.vessel))
    found = {}
    for number, incident in enumerate(incidents):
        if progress is not None:
            progress("checking", number, len(incidents))
        found[incident.id] = verdict_on(incident, sightings)
    return found


def check(
    case: Case,
    ledger: Ledger,
    incidents: Sequence[Incident],
    *,
    progress: Progress | None = None,
) -> dict[str, Verdict]:
    """The verdict on each incident, by its id."""
    return Checker(case, ledger).verdicts(incidents, progress)


def check_incident(case: Case, ledger: Ledger, incident: Incident) -> Verdict:
    """The verdict on one incident."""
    return check(case, ledger, [incident])[incident.id]


def _without_tracks(incident: Incident) -> Verdict:
    return Verdict(
        about=incident.id, finding=Finding.NOT_CHECKABLE, ratio=1.0, probability=0.8,
        reasons=(Reason(test="coverage", text="the case has no AIS tracks"),),
        wanted=("AIS of the sea and time of the case ([[tracks]] in the case file)",),
    )  # fmt: skip
