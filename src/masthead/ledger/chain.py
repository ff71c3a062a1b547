"""The hash chain: each row's link holds the SHA-256 of its content and of the link before it.

A changed, removed, added or reordered row breaks the chain at that place (as in Haber and
Stornetta, "How to time-stamp a digital document", J. Cryptology 3, 1991). What a chain alone cannot
show is a tail cut off whole: for that the user notes `head` and gives it to `verify`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from masthead.ledger import schema

GENESIS = "0" * 64


def row_hash(values: Mapping[str, Any]) -> str:
    """SHA-256, in hex, of a row: its columns by name as canonical JSON."""
    return _sha(json.dumps(dict(values), sort_keys=True, ensure_ascii=True, separators=(",", ":")))


def link_hash(previous: str, table: str, row_id: int, content: str) -> str:
    """SHA-256, in hex, of a link: the link before it, the table, the row's id and its hash."""
    return _sha(f"{previous}|{table}|{row_id}|{content}")


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Writer:
    """Adds chained rows within one open transaction. `flush` writes them, table by table, in the
    order of dependence, then their links."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._next: dict[str, int] = {}
        self._rows: dict[str, list[dict[str, Any]]] = {}
        self._order: list[tuple[str, int]] = []

    def add(self, table: Table, **values: Any) -> int:
        """Add a row; its id."""
        name = table.name
        if name not in self._next:
            last = self._connection.scalar(select(func.max(table.c.id)))
            self._next[name] = (last or 0) + 1
        row_id = self._next[name]
        self._next[name] += 1
        whole = {column.name: values.get(column.name) for column in table.columns} | {"id": row_id}
        self._rows.setdefault(name, []).append(whole)
        self._order.append((name, row_id))
        return row_id

    def flush(self) -> None:
        """Write what was added, and its links."""
        hashes: dict[tuple[str, int], str] = {}
        for name, table in schema.CHAINED.items():
            if batch := self._rows.get(name):
                self._connection.execute(insert(table), batch)
                hashes |= {(name, row["id"]): row_hash(row) for row in batch}
        seq, previous = head(self._connection)
        links = []
        for name, row_id in self._order:
            seq += 1
            content = hashes[name, row_id]
            previous = link_hash(previous, name, row_id, content)
            links.append({"seq": seq, "table_name": name, "row_id": row_id,
                          "row_hash": content, "link_hash": previous})  # fmt: skip
        if links:
            self._connection.execute(insert(schema.chain), links)
        self._rows.clear()
        self._order.clear()


def head(connection: Connection) -> tuple[int, str]:
    """The last link: its number (0 for none) and its hash."""
    last = connection.execute(
        select(schema.chain.c.seq, schema.chain.c.link_hash)
        .order_by(schema.chain.c.seq.desc())
        .limit(1)
    ).first()
    return (last.seq, last.link_hash) if last else (0, GENESIS)
