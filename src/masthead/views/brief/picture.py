"""All that a brief is drawn from, worked out once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from masthead.case import Case
from masthead.checks import check
from masthead.checks.alignment import Dispute, Stance, disputes, stances
from masthead.checks.effectiveness import Effectiveness, effectiveness
from masthead.judgement import Incident, Verdict
from masthead.ledger import Ledger
from masthead.ledger.merge import incidents_of
from masthead.model import Document, Event
from masthead.reports.actor_tables.places import country_name
from masthead.watch import concerns


@dataclass(frozen=True)
class Picture:
    """A case with its events, documents, incidents and verdicts, and the ledger's head that they
    are of."""

    case: Case
    events: Sequence[Event]
    documents: Mapping[str, Document]
    incidents: Sequence[Incident]
    verdicts: Mapping[str, Verdict]
    head: str

    @cached_property
    def effectiveness(self) -> Effectiveness | None:
        """How effective the blockade is; None without one."""
        return effectiveness(self.case, self.events, self.incidents, self.verdicts)

    @cached_property
    def stances(self) -> list[Stance]:
        """Where third states stand."""
        measured = self.effectiveness
        if measured is None:
            return []
        dates = {d.id: d.date for d in self.documents.values() if d.date}
        return stances(self.events, measured.blockade.by, measured.blockade.against, dates)

    @cached_property
    def disputes(self) -> list[Dispute]:
        """Claims and counter-claims."""
        outlets = {d.id: d.outlet for d in self.documents.values() if d.outlet}
        return disputes(self.incidents, self.events, outlets)

    @cached_property
    def _names(self) -> dict[str, str]:
        found: dict[str, Counter[str]] = {}
        for event in self.events:
            for actor in (*event.sources, *event.targets):
                if actor.country and actor.name and actor.sector in (None, "GOV"):
                    found.setdefault(actor.country, Counter())[actor.name] += 1
        return {code: names.most_common(1)[0][0] for code, names in found.items()}

    def state(self, code: str | None) -> str:
        """A state's name: its short English one, else the one that the case or its reports use."""
        if code is None:
            return "an unnamed state"
        known = country_name(code)
        if known != code:
            return known
        own = [a.name for a in self.case.actors if a.country == code and a.sector in (None, "GOV")]
        return own[0] if own else self._names.get(code, code)


def picture_of(case: Case, ledger: Ledger) -> Picture:
    """The picture of a case as its ledger stands."""
    events = [e for e in ledger.events() if concerns(e, case)]
    told = incidents_of(ledger, case)
    documents = {d.id: d for d in ledger.documents()}
    return Picture(case, events, documents, told, check(case, ledger, told), ledger.head())
