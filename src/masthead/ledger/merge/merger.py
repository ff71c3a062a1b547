"""Merging: of a set of events at once, of events as they come, of a case's ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from masthead.case import Case
from masthead.errors import CaseError
from masthead.judgement import Incident
from masthead.ledger import Ledger
from masthead.ledger.marks import marks_of, rulings
from masthead.ledger.merge.account import account
from masthead.ledger.merge.clusters import Cluster, Pair, Rulings, cluster, ordered
from masthead.ledger.merge.components import components
from masthead.ledger.merge.echoes import repeated, roots
from masthead.ledger.merge.likeness import Likeness
from masthead.ledger.merge.matters import matter_of
from masthead.ledger.merge.pairs import Pairs
from masthead.ledger.merge.tally import with_tallies
from masthead.model import Document, Event
from masthead.uncollected import uncollected

Accounts = dict[tuple[str, ...], tuple[list[str], Incident]]
"""By the members of a cluster: why they were joined, and the incident that they are."""


def merge(
    events: Iterable[Event],
    documents: Mapping[str, Document] | None = None,
    *,
    same: Sequence[Sequence[str]] = (),
    different: Sequence[Sequence[str]] = (),
) -> list[Incident]:
    """The incidents that the events tell of, in the order of their time. `documents` (by id) give
    dates and outlets and show who repeats whom; `same` and `different` are the user's rulings, each
    a list of event ids (or their beginnings). The order of the events makes no difference."""
    merger = Merger(documents, same=same, different=different)
    merger.add(events)
    return merger.incidents()


class Merger:
    """Merging as events come. After any additions `incidents()` is `merge` of all of them; only
    those are worked out anew that the additions touch."""

    def __init__(
        self,
        documents: Mapping[str, Document] | None = None,
        *,
        same: Sequence[Sequence[str]] = (),
        different: Sequence[Sequence[str]] = (),
    ) -> None:
        self._documents = dict(documents or {})
        self._same, self._different = same, different
        self._pairs = Pairs()
        self._echoed: dict[str, str] = {}
        self._moved: set[str] = set()
        self._repeated: dict[Pair, Likeness] = {}
        self._parts: dict[str, Accounts] = {}

    @uncollected()
    def add(self, events: Iterable[Event], documents: Mapping[str, Document] | None = None) -> None:
        """Take more events, with the documents they cite."""
        self._documents |= documents or {}
        for event in events:
            matter = matter_of(event, self._documents.get(_document(event)))
            if matter is not None and matter.id not in self._pairs.matters:
                self._pairs.add(matter)

    @uncollected()
    def incidents(self) -> list[Incident]:
        """All incidents, in the order of their time."""
        ruled = Rulings(frozenset(self._ruled(self._same)), frozenset(self._ruled(self._different)))
        edges = self._pairs.edges() | self._echoes()
        touched, self._pairs.touched = self._pairs.touched, set()
        before = {c: told for part in self._parts.values() for c, told in part.items()}
        parts: dict[str, Accounts] = {}
        for part in components(self._pairs.matters, edges, ruled):
            first = part.matters[0].id
            if any(m.id in touched for m in part.matters):
                joined = cluster(part.matters, part.edges, part.rulings)
                parts[first] = dict(self._account(c, before) for c in joined)
            else:
                parts[first] = self._parts[first]
        self._parts = parts
        found = sorted((i for told in parts.values() for _, i in told.values()), key=_when)
        return with_tallies(found, self._pairs.matters)

    def _account(
        self, cluster: Cluster, before: Accounts
    ) -> tuple[tuple[str, ...], tuple[list[str], Incident]]:
        """The incident of a cluster, by its members, as worked out before if nothing changed."""
        members = tuple(sorted(m.id for m in cluster.members))
        told = before.get(members)
        moved = any(m.document in self._moved for m in cluster.members)
        if told is None or moved or told[0] != cluster.joined:
            told = cluster.joined, account(cluster, self._documents, self._echoed)
        return members, told

    def _echoes(self) -> dict[Pair, Likeness]:
        """What only repeats what; matters of which that changed are touched."""
        pairs, before = self._pairs, self._echoed
        self._echoed = roots(self._documents.values())
        self._moved = {i for i, root in self._echoed.items() if before.get(i) != root}
        pairs.touched.update(m.id for m in pairs.matters.values() if m.document in self._moved)
        found = repeated(pairs.matters.values(), self._echoed)
        pairs.touched.update(i for pair in found.keys() ^ self._repeated.keys() for i in pair)
        self._repeated = found
        return found

    def _ruled(self, groups: Sequence[Sequence[str]]) -> Iterable[Pair]:
        known = sorted(self._pairs.matters) if groups else []
        for group in groups:
            ids = [i for prefix in group for i in known if i.startswith(prefix)]
            for n, one in enumerate(ids):
                for other in ids[n + 1 :]:
                    yield ordered(one, other)


def incidents_of(ledger: Ledger, case: Case) -> list[Incident]:
    """The incidents of a case, by the rulings of its file and of the analyst's marks. Raises
    `CaseError` for a ruling of the file about an event that is not there."""
    events = [e for sense in ("report", "notice") for e in ledger.events(sense=sense)]
    ids = [e.id for e in events]
    for name, groups in (("same", case.same), ("different", case.different)):
        for prefix in (p for group in groups for p in group):
            if not any(i.startswith(prefix) for i in ids):
                raise CaseError(case.path, f"[merge] {name}: no event's id begins with '{prefix}'")
    documents = {d.id: d for d in ledger.documents()}
    same, different = rulings(marks_of(ledger))
    return merge(
        events, documents, same=[*case.same, *same], different=[*case.different, *different]
    )


def _document(event: Event) -> str:
    return next((p.document for p in event.evidence if hasattr(p, "document")), "")


def _when(incident: Incident) -> tuple[str, str]:
    time = incident.time
    moment = (time.earliest or time.latest) if time else None
    return (moment.isoformat() if moment else "9999", incident.id)
