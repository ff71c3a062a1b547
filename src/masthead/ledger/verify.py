"""Checking a whole ledger: the file, every row against its link, every evidence span.

One pass: the chain is read in order, and beside it every table in the order of its ids. Rows of a
table enter the chain in that same order, so each link's row is the next of its table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, inspect, select
from sqlalchemy.exc import DatabaseError

from masthead.errors import EvidenceError, MastheadError
from masthead.ledger import schema
from masthead.ledger.chain import GENESIS, link_hash, row_hash
from masthead.ledger.opening import integrity
from masthead.model import TextSpan, from_json

MOST_PROBLEMS = 1000


@dataclass(frozen=True)
class Verification:
    """How many rows were checked, and what is wrong, a line each."""

    rows: int
    problems: tuple[str, ...]


def verify(engine: Engine, expected_head: str | None = None) -> Verification:
    """Check a ledger. `expected_head` is the head hash that the user noted at some time: it must
    be in the chain, or the chain was cut off before it."""
    problems: list[str] = []
    rows = 0
    try:
        problems += integrity(engine)
        with engine.connect() as connection:
            for problem in _chain(connection, expected_head):
                if problem is None:
                    rows += 1
                elif len(problems) < MOST_PROBLEMS:
                    problems.append(problem)
            problems += list(_spans(connection))[:MOST_PROBLEMS]
    except (DatabaseError, UnicodeDecodeError) as error:
        problems.append(f"the file cannot be read to its end: {getattr(error, 'orig', error)}")
    return Verification(rows, tuple(problems))


def _rows(connection: Connection, table: Any) -> Iterator[Any]:
    query = select(table).order_by(table.primary_key.columns.values()[0])
    return iter(connection.execution_options(yield_per=1000).execute(query).mappings())


def _chain(connection: Connection, expected_head: str | None) -> Iterator[str | None]:
    """None for each link that holds, a line for what does not."""
    there = set(inspect(connection).get_table_names())  # an older ledger has fewer
    streams = {
        name: _rows(connection, table) for name, table in schema.CHAINED.items() if name in there
    }
    previous, number, met = GENESIS, 0, expected_head in (None, GENESIS)
    for link in _rows(connection, schema.chain):
        number += 1
        name, row_id = link["table_name"], link["row_id"]
        where = f"link {link['seq']} ({name} row {row_id})"
        if link["seq"] != number:
            yield f"{where}: links {number} to {link['seq'] - 1} are missing"
            number = link["seq"]
        if link["link_hash"] != link_hash(previous, name, row_id, link["row_hash"]):
            yield f"{where}: the link does not follow from the one before it"
        previous = link["link_hash"]
        met = met or previous == expected_head
        if name not in streams:
            yield f"{where}: there is no such table"
            continue
        row = next(streams[name], None)
        while row is not None and row["id"] < row_id:
            yield f"{name} row {row['id']}: is in no link, so Masthead did not write it"
            row = next(streams[name], None)
        if row is None or row["id"] > row_id:
            yield f"{where}: the row is gone"
            if row is not None:
                streams[name] = _put_back(row, streams[name])
        elif row_hash(row) != link["row_hash"]:
            yield f"{where}: the row was altered"
        else:
            yield None
    for name, stream in streams.items():
        for row in stream:
            yield f"{name} row {row['id']}: is in no link, so Masthead did not write it"
    if not met:
        yield f"the head {expected_head} is not in the chain: its end was cut off, or it is another"


def _put_back(row: Any, stream: Iterator[Any]) -> Iterator[Any]:
    yield row
    yield from stream


def _spans(connection: Connection) -> Iterator[str]:
    """Check each event's record against its columns, and its spans against the stored text."""
    e, d, t = schema.events, schema.documents, schema.texts
    query = (
        select(e.c.event_id, e.c.record, d.c.name, d.c.text_id)
        .join(d, e.c.document_id == d.c.id, isouter=True)
        .order_by(e.c.document_id, e.c.id)
    )
    held: tuple[int | None, str] = (None, "")
    for row in connection.execution_options(yield_per=1000).execute(query):
        try:
            event = from_json(row.record)
        except (ValueError, MastheadError) as error:
            yield f"event {row.event_id}: its record cannot be read ({str(error).splitlines()[0]})"
            continue
        if event.id != row.event_id:
            yield f"event {row.event_id}: its record is of {event.id}"
        if not any(isinstance(piece, TextSpan) for piece in event.evidence):
            continue
        if row.text_id is None:
            yield f"event {row.event_id}: it quotes a document, and has none"
            continue
        if held[0] != row.text_id:
            text = connection.scalar(select(t.c.text).where(t.c.id == row.text_id))
            held = (row.text_id, text or "")
        try:
            event.verify(held[1])
        except EvidenceError as error:
            yield f"{row.name}: {error}"
