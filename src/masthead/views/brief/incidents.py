"""The incidents of a brief: each case once, its sources side by side, and what the tracks say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from masthead import codes
from masthead.judgement import Finding, Incident, Reason, Verdict
from masthead.views import wording
from masthead.views.brief.parts import Group, Line, Section

ORDER = {
    Finding.CONTRADICTED: "The tracks contradict",
    Finding.UNSUPPORTED: "The tracks show nothing of it, and should",
    Finding.CORROBORATED: "The tracks bear it out",
    Finding.NOT_CHECKABLE: "Cannot be checked",
}
"""The findings in the order in which a desk needs them, with their headings."""

SUMS = "Only counted together"
"""The heading of those that are the sum of others."""

REASONS = 3
VOICES = 4


def incident_section(
    incidents: Sequence[Incident],
    verdicts: Mapping[str, Verdict],
    label: Mapping[str, str],
    limit: int | None,
) -> Section:
    """The section that sets each incident told against the tracks."""
    titled: dict[str, list[Incident]] = {title: [] for title in (*ORDER.values(), SUMS)}
    for incident in incidents:
        is_sum = incident.tally is not None and incident.tally.parts
        titled[SUMS if is_sum else ORDER[verdicts[incident.id].finding]].append(incident)
    groups = []
    for title, mine in titled.items():
        lines = tuple(_line(i, verdicts[i.id], label) for i in mine[:limit])
        if mine:
            groups.append(Group(f"{title} ({len(mine)})", lines, more=len(mine) - len(lines)))
    return Section(
        "Incidents against the tracks",
        tuple(groups),
        "No incident was reported.",
        "Ratios say how many times likelier the tracks are if it happened than if not.",
    )


def _line(incident: Incident, verdict: Verdict, label: Mapping[str, str]) -> Line:
    kind = codes.incidents()[incident.kind].label if incident.kind in codes.incidents() else "?"
    ship = wording.vessel(incident.vessel) if incident.vessel else "a ship"
    text = f"{kind}, {incident.state}: {ship}. {_sources(incident)}"
    if verdict.finding is not Finding.NOT_CHECKABLE:
        text += f" Ratio {verdict.ratio:.3g}."
    text += f" {_reasons(verdict)}"
    if verdict.tipping:
        text += f" This {verdict.tipping}."
    for found in incident.disagreements:
        text += f" They differ on the {found.about}: {'; '.join(found.versions)}."
    for mended in incident.corrections:
        text += f" Corrected: {wording.correction(mended)}."
    if counted := wording.count(incident.tally):
        text += f" {counted[:1].upper()}{counted[1:]}."
    if verdict.candidates:
        first = verdict.candidates[0]
        text += f" Likeliest: {first.name or first.mmsi} ({first.probability:.0%})."
    return Line(
        text=text, id=label.get(incident.events[0], incident.events[0][:8]),
        when=wording.when(incident.time), status=_style(verdict.finding),
        cites=_cites(incident, verdict),
    )  # fmt: skip


def _cites(incident: Incident, verdict: Verdict) -> tuple[str, ...]:
    """One event of each voice, and the track events of the reasons."""
    told = [voice.events[0] for voice in incident.voices if voice.events][:VOICES]
    seen = [event for reason in verdict.reasons for event in reason.events]
    return tuple(dict.fromkeys([*(told or incident.events[:1]), *seen]))


def _sources(incident: Incident) -> str:
    echoes = sum(len(v.echoes) for v in incident.voices)
    names = ", ".join(v.name for v in incident.voices[:3])
    more = f" and {len(incident.voices) - 3} more" if len(incident.voices) > 3 else ""
    tail = f" ({echoes} echoes left out)" if echoes else ""
    return f"Told by {names}{more}{tail}."


def _reasons(verdict: Verdict) -> str:
    def weight(reason: Reason) -> float:
        return -max(reason.ratio, 1.0 / reason.ratio)

    ranked = sorted(verdict.reasons, key=weight)[:REASONS]
    text = "; ".join(r.text for r in ranked)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _style(finding: Finding) -> str:
    return {Finding.CORROBORATED: "asserted", Finding.CONTRADICTED: "denied"}.get(
        finding, "planned"
    )
