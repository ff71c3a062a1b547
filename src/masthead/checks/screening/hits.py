"""What screening finds: a subject of the case, an entry of a list, and how they meet."""

from __future__ import annotations

import json
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter
from pydantic.dataclasses import dataclass

from masthead.model import _FROZEN


class ListedAt(StrEnum):
    """Whether the entry was on the list on the day asked about."""

    LISTED = "listed"
    NOT_YET = "not yet listed"
    NO_LONGER = "no longer listed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, config=_FROZEN)
class ListHit:
    """One subject against one entry of one list. Facts of the list, and a score: no legal finding.

    `list_version` is the date that the file gives for itself; None if it gives none, and then
    `list_digest` (SHA-256 of the file) and `list_mtime` (UTC) say which file it was. `field` is
    what matched: "imo", "mmsi", "call sign", "name", "alias", "former name" or "weak alias".
    `score` is 0 to 1, `reason` says in words what speaks for and against. `listed_at` answers for
    `day` (the day of the events `events`, or the day asked about; None if neither is known).
    """

    subject: str
    subject_kind: Literal["ship", "actor"]
    subject_imo: int | None = None
    subject_mmsi: int | None = None
    list_name: str
    list_version: date | None = None
    list_digest: str = ""
    list_mtime: datetime | None = None
    entry: str
    entry_name: str
    entry_kind: str
    programme: str | None = None
    field: str
    score: Annotated[float, Field(ge=0, le=1)]
    reason: str
    listed_on: date | None = None
    delisted_on: date | None = None
    listed_at: ListedAt = ListedAt.UNKNOWN
    day: date | None = None
    events: tuple[str, ...] = ()

    @property
    def list_label(self) -> str:
        """The list with its version, as a reader wants it."""
        if self.list_version is not None:
            return f"{self.list_name} of {self.list_version}"
        taken = f", file of {self.list_mtime:%Y-%m-%d}" if self.list_mtime else ""
        return f"{self.list_name} (undated{taken}, sha256 {self.list_digest[:12]})"


_HIT: TypeAdapter[ListHit] = TypeAdapter(ListHit)


def hit_to_dict(hit: ListHit) -> dict[str, Any]:
    """The hit as plain JSON values."""
    values: dict[str, Any] = _HIT.dump_python(hit, mode="json")
    return values


def hit_to_line(hit: ListHit) -> str:
    """The hit as one line of JSON."""
    return json.dumps(hit_to_dict(hit), ensure_ascii=False)


def hit_from_line(line: str | bytes) -> ListHit:
    """The hit of one line of JSON. Raises `pydantic.ValidationError` (a `ValueError`)."""
    return _HIT.validate_json(line)
