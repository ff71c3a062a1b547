"""Who stands where, and whose claims meet which counter-claims."""

from __future__ import annotations

from collections.abc import Mapping

from masthead.checks.alignment import Claim, Dispute, Stance, network
from masthead.judgement import Finding
from masthead.views import wording
from masthead.views.brief.parts import Group, Line, Section
from masthead.views.brief.picture import Picture

FINDINGS = {
    Finding.CORROBORATED: "the tracks bear out that it happened",
    Finding.CONTRADICTED: "the tracks contradict that it happened as told",
    Finding.UNSUPPORTED: "the tracks show nothing of it, and should",
    Finding.NOT_CHECKABLE: "the tracks cannot tell",
}


def stance_section(picture: Picture, label: Mapping[str, str], limit: int | None) -> Section:
    """Each third state's stance with its change, and the heaviest ties between actors."""
    groups = []
    stances = [_stance(picture, s, label) for s in picture.stances]
    if stances:
        groups.append(_cut("Toward the blockade, -1 (against) to 1 (for)", stances, limit))
    found = network(picture.events)
    names = {n.id: f"{n.name} ({n.country})" if n.country else n.name for n in found.nodes}
    ties = [
        Line(
            text=f"{names[e.source]} → {names[e.target]}: {e.act.lower()}"
            + (f", {e.count} times" if e.count > 1 else ""),
            id=label.get(e.events[0], ""), cites=e.events[:3],
            when=f"{e.first:%Y-%m-%d}" if e.first else "",
        )
        for e in found.edges
    ]  # fmt: skip
    if ties:
        groups.append(_cut("Who does what to whom", ties, limit))
    note = "A stance is counted from acts told; a claim of another side counts half."
    return Section("Who stands where", tuple(groups), "No act between actors was read.", note)


def dispute_section(picture: Picture, label: Mapping[str, str], limit: int | None) -> Section:
    """Claims against counter-claims, and what the tracks say of the matter."""
    shown = picture.disputes if limit is None else picture.disputes[:limit]
    lines = [_dispute(picture, d, label) for d in shown]
    group = Group("", tuple(lines), more=len(picture.disputes) - len(shown))
    return Section("Claims against evidence", (group,) if lines else (),
                   "No claim meets a counter-claim.",
                   "A claim is its speaker's; it is not a finding.")  # fmt: skip


def _stance(picture: Picture, stance: Stance, label: Mapping[str, str]) -> Line:
    text = f"{picture.state(stance.country)} {stance.called}: {stance.stance:+.2f}"
    if len(stance.changed) > 1:
        first, last = stance.changed[0], stance.changed[-1]
        text += f" ({first[1]:+.2f} on {first[0]}, {last[1]:+.2f} on {last[0]})"
    first_event = stance.events[0]
    return Line(text, id=label.get(first_event, first_event[:8]), cites=stance.events[:3])


def _dispute(picture: Picture, dispute: Dispute, label: Mapping[str, str]) -> Line:
    text = f"{dispute.about[:1].upper()}{dispute.about[1:]}: "
    text += f"{_who(dispute.claims)} tell of it; {_who(dispute.against)} deny it"
    if dispute.incident is None:
        text = f"{dispute.about}: {_said(dispute.claims)}; {_said(dispute.against)}"
    elif dispute.incident in picture.verdicts:
        text += f"; {FINDINGS[picture.verdicts[dispute.incident].finding]}"
    cites = tuple(c.event for c in (*dispute.claims[:2], *dispute.against[:2]))
    return Line(f"{text}.", id=label.get(cites[0], cites[0][:8]), cites=cites)


def _who(claims: tuple[Claim, ...]) -> str:
    names = list(dict.fromkeys(wording.flat(c.who) for c in claims))
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _said(claims: tuple[Claim, ...]) -> str:
    first = claims[0]
    words = first.text if len(first.text) <= 90 else first.text[:89] + "…"
    return f"{wording.flat(first.who)}: “{words}”"


def _cut(title: str, lines: list[Line], limit: int | None) -> Group:
    shown = lines if limit is None else lines[:limit]
    return Group(title, tuple(shown), more=len(lines) - len(shown))
