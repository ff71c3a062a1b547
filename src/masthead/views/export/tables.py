"""The tables of a case: events, incidents, ships and zones as rows, with where they come from."""

from __future__ import annotations

from collections.abc import Iterator

from masthead.views.export import columns
from masthead.views.export.columns import Columns, Row
from masthead.views.export.content import Content
from masthead.views.export.flat import event_row, incident_row, ship_row, zone_row
from masthead.views.export.provenance import cells

TABLES: dict[str, Columns] = {
    "events": columns.EVENT | columns.OUTLET | columns.PROVENANCE,
    "incidents": columns.INCIDENT | columns.PROVENANCE,
    "ships": columns.SHIP | columns.PROVENANCE,
    "zones": columns.ZONE | columns.PROVENANCE,
}
"""The columns of each table, by its name."""


def rows_of(content: Content, table: str) -> Iterator[Row]:
    """The rows of a table."""
    if table == "events":
        for event in content.counted("events", content.events):
            outlet = {"outlet": content.outlet_of(event)}
            yield event_row(event) | outlet | cells(content, event.id)
    elif table == "incidents":
        for incident in content.incidents:
            row = incident_row(incident, content.verdicts.get(incident.id))
            yield row | cells(content, incident.id)
    elif table == "ships":
        for fact in content.ships:
            yield ship_row(fact) | cells(content, fact["mmsi"], fact["imo"])
    else:
        for zone in content.zones:
            yield zone_row(zone) | cells(content)
