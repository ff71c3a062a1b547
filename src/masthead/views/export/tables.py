"""The tables of a case: events, incidents, ships, zones and marks as rows, with where they come
from."""

from __future__ import annotations

from collections.abc import Iterator

from masthead.views.export import columns
from masthead.views.export.columns import Columns, Row
from masthead.views.export.content import Content
from masthead.views.export.flat import event_row, incident_row, ship_row, zone_row
from masthead.views.export.provenance import cells, mark_row

TABLES: dict[str, Columns] = {
    "events": columns.EVENT | columns.OUTLET | columns.PROVENANCE,
    "incidents": columns.INCIDENT | columns.PROVENANCE,
    "ships": columns.SHIP | columns.PROVENANCE,
    "zones": columns.ZONE | columns.PROVENANCE,
    "marks": columns.MARK,
}
"""The columns of each table, by its name."""


def rows_of(content: Content, table: str) -> Iterator[Row]:
    """The rows of a table."""
    if table == "events":
        for event in content.counted("events", content.events):
            outlet = {"outlet": content.outlet_of(event)}
            yield event_row(event) | outlet | cells(content, content.marked.on(event.id))
    elif table == "incidents":
        for incident in content.incidents:
            row = incident_row(incident, content.verdicts.get(incident.id))
            yield row | cells(content, content.marks_on(incident))
    elif table == "ships":
        for fact in content.ships:
            marks = content.marked.on(str(fact["mmsi"]), str(fact["imo"]))
            yield ship_row(fact) | cells(content, marks)
    elif table == "marks":
        for mark in content.marked.all:
            yield mark_row(content, mark)
    else:
        for zone in content.zones:
            yield zone_row(zone) | cells(content)
