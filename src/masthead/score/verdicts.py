"""Verdicts against the truth: a confusion table of how true an incident was and what was found.

An incident is as true as the sentences that tell it as a fact: "true" if any of them is, else the
lie that they tell; those of which no sentence could be matched are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from masthead.judgement import Finding, Incident, Verdict
from masthead.model import Event
from masthead.score.figures import Facet, Table
from masthead.score.reports import read_as
from masthead.sim.truth import Telling

LIES = ("never_happened", "wrong_ship", "wrong_place", "wrong_time")


def score_verdicts(
    tellings: Sequence[Telling],
    events: Sequence[Event],
    incidents: Sequence[Incident],
    verdicts: Mapping[str, Verdict],
) -> Table:
    """The table of verdicts."""
    truth: dict[str, set[str]] = {}
    home = {event: i.id for i in incidents for event in i.events}
    for telling, event in read_as(tellings, events):
        if event.id in home and telling.truthful in ("true", *LIES):
            truth.setdefault(home[event.id], set()).add(telling.truthful)
    mix: dict[tuple[str, str], int] = {}
    for incident, told in truth.items():
        how = "true" if "true" in told else sorted(told)[0]
        key = (how, str(verdicts[incident].finding))
        mix[key] = mix.get(key, 0) + 1
    true = sum(n for (how, _), n in mix.items() if how == "true")
    false = sum(mix.values()) - true
    doubted = (str(Finding.CONTRADICTED), str(Finding.UNSUPPORTED))
    facets = (
        Facet("of true incidents corroborated", mix.get(("true", "corroborated"), 0), true),
        Facet("of true incidents contradicted", mix.get(("true", "contradicted"), 0), true),
        Facet(
            "of false incidents contradicted or unsupported",
            sum(n for (how, what), n in mix.items() if how != "true" and what in doubted), false,
        ),
        Facet(
            "of false incidents corroborated",
            sum(n for (how, what), n in mix.items() if how != "true" and what == "corroborated"),
            false,
        ),
    )  # fmt: skip
    return Table("Verdicts", (), dict(sorted(mix.items())), tuple(f for f in facets if f.told))
