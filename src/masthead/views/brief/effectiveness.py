"""How effective the blockade is, and what the ledger holds of what the law asks."""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from datetime import timedelta

from masthead.checks.effectiveness import Effectiveness
from masthead.checks.effectiveness.detours import Detour
from masthead.checks.effectiveness.law import Condition
from masthead.checks.effectiveness.outcomes import End
from masthead.checks.effectiveness.share import Share
from masthead.views.brief.parts import Group, Line, Section
from masthead.views.brief.situation import change_words, share_words

GROUPS = 3
"""Classes and flags told one by one."""


def effectiveness_section(measured: Effectiveness, full: bool) -> Section:
    """Passages and what became of them, transits before and after, detours."""
    title = "How effective the blockade is"
    if measured.stopped is None:
        why = measured.why_not or "no ship was seen on its way to or from a closed port"
        return Section(title, (), f"Not measured: {why}.")
    ends, share = measured.ends, measured.stopped
    counted = ", ".join(f"{ends[end]} {end}" for end in End if ends[end])
    alone = sum(o.alone for o in measured.outcomes)
    told = sum(bool(o.told) for o in measured.outcomes)
    lines = [
        Line(f"Passages into and out of the closed ports: {counted}."),
        Line(f"Share stopped: {share_words(share)}; {alone} stops show in the ship's own track "
             f"alone, {told} are told in reports."),
        *_by("class", measured.by_class, full),
        *_by("flag", measured.by_flag, full),
    ]  # fmt: skip
    groups = [Group("Passages", tuple(lines))]
    if measured.transits is not None and measured.transits.change is not None:
        change = measured.transits.change
        lines = [Line(f"All: {change_words(change)}.")]
        most = None if full else GROUPS
        lines += [Line(f"{n}: {change_words(c)}.")
                  for n, c in list(measured.transits.by_class.items())[:most]]  # fmt: skip
        lines.append(Line(_change_point(measured)))
        heading = measured.transits.what
        groups.append(Group(f"{heading[:1].upper()}{heading[1:]}", tuple(lines)))
    if measured.detours:
        groups.append(Group("Ships that turned away", tuple(_detours(measured.detours))))
    return Section(
        title, tuple(groups), "",
        "Counted from received tracks; intervals hold 90 %. What sailed unheard is not in it.",
    )  # fmt: skip


def law_section(measured: Effectiveness, label: Mapping[str, str]) -> Section:
    """What the law of blockade asks, with the evidence that is held and what is missing."""
    groups = tuple(_condition(c, label) for c in measured.law)
    note = "What the ledger holds, condition by condition; not a legal opinion."
    return Section("What the law of blockade asks", groups, "", note)


def _by(what: str, shares: Mapping[str, Share], full: bool) -> list[Line]:
    most = None if full else GROUPS
    shown = [f"{name} {s.hits} of {s.of}" for name, s in list(shares.items())[:most]]
    return [Line(f"Stopped by {what}: {', '.join(shown)}.")] if shown else []


def _change_point(measured: Effectiveness) -> str:
    assert measured.transits is not None
    change = measured.transits.change
    assert change is not None
    if change.day is None or change.changed < 0.5:
        return "The daily counts themselves show no day on which they changed."
    named = measured.transits.first_day.date() + timedelta(days=change.day)
    return (f"The counts themselves changed on {named} most likely "
            f"(with a probability of {change.changed:.0%} that they did).")  # fmt: skip


def _detours(found: tuple[Detour, ...]) -> list[Line]:
    lines = [
        Line(
            f"{len(found)} turned away; to their next port they sailed "
            f"{statistics.median(d.sailed_nm for d in found):.0f} NM and "
            f"{statistics.median(d.days for d in found):.1f} days (medians; "
            f"{sum(not d.arrived for d in found)} had not arrived: at least).",
            cites=tuple(d.event for d in found[:3]),
        )
    ]
    extra = [d.extra_nm for d in found if d.extra_nm is not None]
    if extra:
        lines.append(
            Line(f"Extra distance of the {len(extra)} whose destination is known: "
                 f"{sum(extra):,.0f} NM in all, {statistics.median(extra):.0f} NM the median ship.")
        )  # fmt: skip
    return lines


def _condition(condition: Condition, label: Mapping[str, str]) -> Group:
    lines = [
        Line(f"Held: {h.text}.", id=label.get(h.events[0], "") if h.events else "",
             cites=h.events[:3])
        for h in condition.held
    ]  # fmt: skip
    if condition.missing:
        lines.append(Line(f"Missing: {'; '.join(condition.missing)}.", status="planned"))
    return Group(f"{condition.name} ({condition.source})", tuple(lines))
