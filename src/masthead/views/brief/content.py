"""What stands in a brief, before it is drawn: sections of lines, each line with its evidence id.

Nothing is decided here about colours or markup; `terminal`, `markdown` and `html` draw it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from masthead import codes
from masthead.case import Case
from masthead.ledger import Ledger
from masthead.model import Event, Interval, Sense, Status
from masthead.views import wording
from masthead.views.brief.effectiveness import effectiveness_section, law_section
from masthead.views.brief.incidents import incident_section
from masthead.views.brief.notes import notes_of
from masthead.views.brief.parts import Brief, Group, Line, Section
from masthead.views.brief.picture import Picture, picture_of
from masthead.views.brief.screening import screening_section
from masthead.views.brief.situation import situation
from masthead.views.brief.standing import dispute_section, stance_section
from masthead.views.brief.zones import in_force
from masthead.watch import concerns, notice_name

SHORT_ID = 8
LINES_PER_SECTION = 6
"""Of a brief that is not full: it should be a page that somebody reads."""
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


def compose(
    case: Case,
    ledger: Ledger,
    *,
    as_known_on: datetime | None = None,
    full: bool = False,
    picture: Picture | None = None,
) -> Brief:
    """The brief of a case, as the ledger knew it at `as_known_on` (now, if None; an earlier one
    has no incidents or verdicts, which are worked out from all that is known). `full` leaves no
    line out; otherwise each section keeps its first lines and says how many more there are. A
    `picture` that was worked out already is used."""
    if picture is None and as_known_on is None:
        picture = picture_of(case, ledger)
    events = (
        list(picture.events) if picture is not None
        else [e for e in ledger.events(as_known_on=as_known_on) if concerns(e, case)]
    )  # fmt: skip
    label = short_ids(e.id for e in events)
    limit = None if full else LINES_PER_SECTION
    documents = list(ledger.documents(as_known_on=as_known_on))
    moment = _moment(case, events, as_known_on)

    def line(event: Event) -> Line:
        return Line(
            text=_sentence(event),
            id=label[event.id],
            when=wording.when(event.time),
            says=wording.says(event),
            quote=wording.quote(event),
            status=str(event.status),
            cites=(event.id,),
        )

    known = {i for incident in picture.incidents for i in incident.events} if picture else set()
    others = [e for e in events if _is_incident(e) and (full or e.id not in known)]
    signs = [e for e in events if e.sense is Sense.TRACK]
    standing = in_force(events, moment)
    sections: list[Section] = []
    if picture is not None:
        sections += _judged(picture, label, limit)
        if listed := screening_section(case, ledger, label, limit):
            sections.append(listed)
    if others or picture is None or not picture.incidents:
        sections.append(
            Section(
                "Incidents by ship and place" if full or not known else "Other incidents",
                _grouped(others, _ship_or_place, line, limit),
                "No incident was reported.",
            )
        )
    sections += [
        Section(
            f"Zones in force on {moment:%Y-%m-%d %H:%M}Z",
            _grouped(standing, _zone_kind, line, limit),
            "No zone was in force.",
        ),
        Section(
            "Signs in the tracks",
            _signs(_notable(signs, case), line, limit),
            "No AIS track was given, or nothing was found in it.",
        ),
    ]
    if full or picture is None or not picture.disputes:
        claims = [e for e in events if e.attribution]
        sections.append(
            Section(
                "What each side claims",
                _grouped(claims, _speaker, line, limit),
                "Nobody is quoted.",
                "A claim is its speaker's; it is not a finding.",
            )
        )
    sections += [_changes(ledger, label, full), _unread(ledger, events, documents, limit)]
    senses = Counter(str(e.sense) for e in events)
    return Brief(
        title=case.title,
        period=_period(case),
        as_known_on=f"{as_known_on or datetime.now(UTC):%Y-%m-%d %H:%M}Z",
        counts=(
            f"{len(documents)} documents; {senses['report']} events read in reports, "
            f"{senses['notice']} in notices, {senses['track']} signs in tracks"
        ),
        sections=tuple(sections),
        case_path=str(case.path),
        notes=notes_of(sections, {e.id: e for e in events}, {d.id: d for d in documents}),
    )


def _judged(picture: Picture, label: dict[str, str], limit: int | None) -> list[Section]:
    """The sections that hold what Masthead concludes, each only where there is something to say."""
    sections = [situation(picture)]
    if picture.incidents:
        sections.append(incident_section(picture.incidents, picture.verdicts, label, limit))
    sections.append(stance_section(picture, label, limit))
    if picture.disputes:
        sections.append(dispute_section(picture, label, limit))
    measured = picture.effectiveness
    if measured is not None:
        sections.append(effectiveness_section(measured, full=limit is None))
        sections.append(law_section(measured, label))
    return sections


def short_ids(ids: Iterable[str], length: int = SHORT_ID) -> dict[str, str]:
    """Each id cut to the shortest length, at least `length`, at which all stay different."""
    whole = set(ids)
    while len({i[:length] for i in whole}) < len(whole):
        length += 1
    return {i: i[:length] for i in whole}


def _sentence(event: Event) -> str:
    parts = [
        notice_name(event),
        wording.what(event),
        wording.parties(event),
        wording.where(event.place),
    ]
    return "; ".join(part for part in parts if part)


def _is_incident(event: Event) -> bool:
    if event.incident is None or event.sense is Sense.TRACK:
        return False
    kind = codes.incidents()[event.incident]
    return kind.against_ship or event.incident in (
        "blockade", "blockade_lifted", "deployment", "gnss_interference",
    )  # fmt: skip


def _ship_or_place(event: Event) -> str:
    """The heading an incident stands under: its named ship, else the sea that its notice names,
    else its place, else neither."""
    for ship in event.objects:
        if ship.name:
            return wording.flat(ship.name).upper()
        if ship.imo or ship.mmsi:
            return wording.vessel(ship)
    area = event.details.get("area")
    if isinstance(area, str) and area:
        return area.split(";")[0].title()
    if event.place is not None and event.place.text:
        place = wording.flat(event.place.text)
        return place[:1].upper() + place[1:]
    return "No ship or place named"


def _zone_kind(event: Event) -> str:
    return codes.incidents()[event.incident].label.capitalize() if event.incident else "Zone"


def _speaker(event: Event) -> str:
    outermost = event.attribution[0]
    name = wording.speaker(outermost)
    name = name[:1].upper() + name[1:]
    return f"{name} ({outermost.country})" if outermost.country else name


def _notable(signs: list[Event], case: Case) -> list[Event]:
    """Track signs with those of ships of interest first, then by how much they stand out."""
    wanted = {s.mmsi for s in case.ships if s.mmsi} | {s.imo for s in case.ships if s.imo}

    def rank(event: Event) -> tuple[bool, float]:
        ours = any(v.mmsi in wanted or v.imo in wanted for v in event.objects if wanted)
        return (not ours, -event.confidence)

    return sorted(signs, key=rank)


def _signs(
    signs: list[Event], line: Callable[[Event], Line], limit: int | None
) -> tuple[Group, ...]:
    """All signs by kind; or, for a short brief, how many there are of each kind, and the rarest."""
    if limit is None or len(signs) <= limit:
        return _grouped(signs, wording.what, line, limit)
    counts = Counter(wording.what(e) for e in signs)
    listed = ", ".join(f"{n:,} {kind}" for kind, n in counts.most_common())
    rarest = sorted(signs, key=lambda e: counts[wording.what(e)])[:limit]
    shown = tuple(map(line, rarest))
    return (
        Group("", (Line(f"{len(signs):,} signs: {listed}."),)),
        Group("The rarest", shown, more=len(signs) - len(shown)),
    )


def _grouped(
    events: Sequence[Event],
    heading: Callable[[Event], str],
    line: Callable[[Event], Line],
    limit: int | None,
) -> tuple[Group, ...]:
    """Groups in the order of their first event, cut to `limit` lines over all groups: each group
    keeps some, so that none is hidden by a long one."""
    found: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        found[heading(event)].append(event)
    if limit is None or len(events) <= limit:
        return tuple(Group(title, tuple(map(line, group))) for title, group in found.items())
    shown = dict(list(found.items())[:limit])
    share = max(1, limit // len(shown))
    groups = [
        Group(title, tuple(map(line, group[:share])), more=max(0, len(group) - share))
        for title, group in shown.items()
    ]
    hidden = sum(len(group) for title, group in found.items() if title not in shown)
    if hidden:
        groups.append(Group(f"{len(found) - len(shown)} more headings", (), more=hidden))
    return tuple(groups)


def _changes(ledger: Ledger, label: dict[str, str], full: bool) -> Section:
    changes = ledger.changes()
    lines = [Line(text=text) for text in changes.summary()]
    if not full:
        lines = [Line(_shortened(line.text)) for line in lines]
    withdrawn = sorted(changes.superseded, key=_moment_key)[:LINES_PER_SECTION]
    lines += [
        Line(text=f"withdrawn: {_sentence(event)}", id=label.get(event.id, event.id[:SHORT_ID]))
        for event in withdrawn
    ]
    return Section("What changed", (Group("", tuple(lines)),) if lines else (), "Nothing is new.")


def _shortened(text: str, limit: int = 180) -> str:
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(",", 1)[0] + " and others"


def _moment_key(event: Event) -> datetime:
    return (event.time and (event.time.earliest or event.time.latest)) or _LONG_AGO


def _moment(case: Case, events: Sequence[Event], as_known_on: datetime | None) -> datetime:
    """The moment for which zones are said to be in force: the end of the case's period, or the
    last time that any event is known to have begun, and never after now or `as_known_on`, unless
    the case itself lies in the future, as a simulated one may."""
    now = as_known_on or datetime.now(UTC)
    if case.start and case.start > now:
        now = case.until or case.start
    if case.until:
        return min(case.until, now)
    begun = [m for e in events if (m := _moment_key(e)) <= now]
    return max(begun, default=now)


def _period(case: Case) -> str:
    if not (case.start or case.until):
        return "no period set"
    return wording.when(Interval(earliest=case.start, latest=case.until))


def _unread(
    ledger: Ledger, events: Sequence[Event], documents: Sequence[object], limit: int | None
) -> Section:
    """What a reader of the brief must know that it does not know."""
    groups = []
    by_reason: dict[str, list[str]] = defaultdict(list)
    for item in ledger.rejects():
        by_reason[item.reason].append(f"{item.path} ({item.where})")
    lines = [
        Line(text=f"{len(places)} × {reason}; the first in {places[0]}")
        for reason, places in sorted(by_reason.items(), key=lambda kv: -len(kv[1]))
    ]
    if lines:
        groups.append(Group("Records that could not be read", tuple(lines[:limit])))
    told = [e for e in events if e.sense is not Sense.TRACK]
    undated = sum(e.time is None or not (e.time.earliest or e.time.latest) for e in told)
    nowhere = sum(e.place is None or (e.place.lat is None and not e.place.geometry) for e in told)
    unsure = sum(e.status not in (Status.ASSERTED, Status.ONGOING) for e in told)
    gaps = [
        (undated, "have no date"),
        (nowhere, "have no place that could be located"),
        (unsure, "are not claims of fact (attempted, planned, denied and so on)"),
    ]
    lines = [Line(text=f"{n} of {len(told)} events {what}") for n, what in gaps if n]
    if lines:
        groups.append(Group("What is not known of those that were", tuple(lines)))
    return Section("What could not be read", tuple(groups), "Every record was read.")
