"""A case as one KML document, written placemark by placemark: a folder a type."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from masthead import codes
from masthead.ledger.marks import Mark
from masthead.model import Event, Interval, TextSpan
from masthead.views import wording
from masthead.views.export.content import Content
from masthead.views.export.flat import event_row, incident_row, zone_row
from masthead.views.export.geojson import geometry_of
from masthead.views.export.in_words import in_words, title
from masthead.views.export.kml.elements import as_xml, placemark, plain
from masthead.views.export.kml.geometries import shape_of, track_shape
from masthead.views.export.kml.styles import style_of, styles
from masthead.views.export.provenance import cells, mark_in_words, origin
from masthead.views.export.tracks import Track

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<kml xmlns="http://www.opengis.net/kml/2.2" '
    'xmlns:gx="http://www.google.com/kml/ext/2.2">\n<Document>\n'
)
_IN_DATA = ("id", "sense", "incident", "act", "status", "said_by", "outlet", "document", "start",
            "end", "evidence", "track_mmsi", "track_start", "track_end", "mmsi", "imo",
            "confidence", "radius_m")  # fmt: skip


def write(content: Content, what: frozenset[str], out: TextIO) -> None:
    """A case as KML."""
    source = origin(content)
    about = f"{source['case']}. Ledger {source['ledger_head']}. Masthead {source['masthead']}."
    out.write(HEAD)
    out.write(f"<name>{escape(plain(content.case.title))}</name>\n<open>1</open>\n")
    out.write(f"<description>{escape(escape(plain(about)))}</description>\n")
    for style in styles():
        out.write(as_xml(style) + "\n")
    if "incidents" in what:
        _folder(out, "Incidents against the tracks", _incidents(content), shown=True)
    if "zones" in what:
        _folder(out, "Zones", _zones(content), shown=True)
    if "events" in what:
        told = [e for e in content.events if e.sense != "track"]
        seen = [e for e in content.events if e.sense == "track"]
        _folders(out, "Told in reports", told, content, shown=True)
        _folders(out, "Seen in tracks", seen, content, shown=False)
    if "tracks" in what:
        _folder(out, "Tracks", (_track(track, content) for track in content.tracks()), shown=False)
    out.write("</Document>\n</kml>\n")


def _folders(
    out: TextIO, title: str, events: list[Event], content: Content, *, shown: bool
) -> None:
    """A folder of folders, one a kind of event, in the order of their first events."""
    kinds: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        kinds[_kind(event)].append(event)
    if not events:
        return
    _open(out, f"{title} ({len(events)})", shown)
    for kind, own in kinds.items():
        make: Callable[[Event], Element] = lambda event: _event(event, content)  # noqa: E731
        _folder(out, f"{kind} ({len(own)})", map(make, content.counted(kind, own)), shown=shown)
    out.write("</Folder>\n")


def _folder(out: TextIO, title: str, marks: Iterable[Element], *, shown: bool) -> None:
    _open(out, title, shown)
    for mark in marks:
        out.write(as_xml(mark) + "\n")
    out.write("</Folder>\n")


def _open(out: TextIO, title: str, shown: bool) -> None:
    out.write(f"<Folder>\n<name>{escape(plain(title))}</name>\n")
    out.write("" if shown else "<visibility>0</visibility>\n")


def _kind(event: Event) -> str:
    label = codes.incidents()[event.incident].label if event.incident else (event.act or "").lower()
    return label[:1].upper() + label[1:]


def _event(event: Event, content: Content) -> Element:
    outlet = content.outlet_of(event)
    row = event_row(event) | {"outlet": outlet}
    marks = content.marked.on(event.id)
    lines = [in_words(event, outlet), f"When: {wording.when(event.time)}"]
    lines += [f"“{wording.flat(p.text)}” ({p.document}, {p.start} to {p.end})"
              if isinstance(p, TextSpan) else
              f"MMSI {p.mmsi}, {p.start:%Y-%m-%d %H:%M}Z to {p.end:%Y-%m-%d %H:%M}Z"
              for p in event.evidence]  # fmt: skip
    lines += [f"Why: {event.why}"] if event.why else []
    lines += _marks(marks)
    return placemark(
        f"event-{event.id}",
        title(event, outlet),
        lines=[*lines, f"Event {event.id}, ledger {content.head}"],
        style=style_of(event),
        time=event.time,
        record={key: row[key] for key in _IN_DATA} | cells(content, marks),
        geometry=shape_of(geometry_of(event.place)),
    )


def _incidents(content: Content) -> Iterator[Element]:
    for incident in content.incidents:
        verdict = content.verdicts[incident.id]
        marks = content.marks_on(incident)
        row = incident_row(incident, verdict) | cells(content, marks)
        ship = wording.vessel(incident.vessel) if incident.vessel else "a ship"
        finding = str(verdict.finding).replace("_", " ")
        label = codes.incidents()[incident.kind].label
        yield placemark(
            f"incident-{incident.id}",
            f"{label}, told as {incident.state}: {ship} ({finding})",
            lines=[
                f"Told by {row['told_by']}. State: {incident.state}.",
                f"The tracks: {finding}; ratio {verdict.ratio:.3g}.",
                *(f"{r.test}: {r.text}" for r in verdict.reasons),
                *_marks(marks),
                f"Events {row['events']}, ledger {content.head}",
            ],
            style=str(verdict.finding),
            time=incident.time,
            record=row,
            geometry=shape_of(geometry_of(incident.place)),
        )


def _zones(content: Content) -> Iterator[Element]:
    for number, zone in enumerate(content.zones):
        row = zone_row(zone) | cells(content)
        yield placemark(
            f"zone-{number}", zone.name, lines=[zone.name, f"From {zone.origin}"], style="zone",
            time=zone.period, record=row, geometry=shape_of(zone.geometry),
        )  # fmt: skip


def _track(track: Track, content: Content) -> Element:
    marks = content.marked.on(str(track.mmsi))
    row: dict[str, Any] = track.row() | cells(content, marks)
    period = Interval(earliest=track.start, latest=track.end)
    return placemark(
        f"track-{track.mmsi}-{track.segment}", track.name or f"MMSI {track.mmsi}",
        lines=[f"MMSI {track.mmsi}, {track.positions} positions, {wording.when(period)}",
               *_marks(marks)],
        style="track", record=row, geometry=track_shape(track),
    )  # fmt: skip


def _marks(marks: Iterable[Mark]) -> list[str]:
    """The marks of the analyst on something, a line each."""
    return [f"The analyst's mark: {mark_in_words(mark)}" for mark in marks]
