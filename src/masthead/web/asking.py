"""What a request may ask with: times, boxes, lists, pages; and how a page is answered."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from starlette.responses import Response

from masthead.model import Utc, parse_utc
from masthead.web.errors import RefusedError

T = TypeVar("T")
Box = tuple[float, float, float, float]


def _time(value: object) -> object:
    """A time as the API takes it: ISO 8601, without a zone UTC, from year 1900 on."""
    if isinstance(value, str):
        try:
            value = parse_utc(value.replace(" ", "+"))
        except OverflowError as error:
            raise ValueError("is out of range") from error
    if isinstance(value, datetime) and not 1900 <= value.astimezone(UTC).year <= 2200:
        raise ValueError("a year between 1900 and 2200 is expected")
    return value


Time = Annotated[
    Utc, BeforeValidator(_time), Field(description="ISO 8601; without a zone it is UTC")
]
Words = Annotated[str, Field(max_length=400)]
"""One or several values, separated by commas."""
BoxText = Annotated[str, Field(max_length=200, description="west,south,east,north in degrees")]
Cursor = Annotated[str, Field(max_length=64, description="`next` of the page before")]


class Asked(BaseModel):
    """The query of a request: unknown parameters are refused."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Paged(Asked):
    """Which page of a list."""

    limit: int = Field(100, ge=1, le=1000)
    cursor: Cursor | None = None


class Page(BaseModel, Generic[T]):
    """A page of a list: `total` counts all that the filters leave, `next` is the cursor of the
    following page."""

    items: list[T]
    total: int
    next: str | None


def listed(words: str | None) -> list[str]:
    """The values of a comma-separated list."""
    return [w.strip() for w in (words or "").split(",") if w.strip()]


def numbers(words: str | None, name: str) -> list[int]:
    """The whole numbers of a comma-separated list."""
    try:
        found = [int(w) for w in listed(words)]
    except ValueError as error:
        raise RefusedError(422, f"{name}: whole numbers, separated by commas, are expected") from (
            error
        )
    if any(not 0 <= n <= 999_999_999 for n in found):
        raise RefusedError(422, f"{name}: a number of up to nine digits is expected")
    return found


def box(words: str | None) -> Box | None:
    """The box of a `bbox`; west is greater than east where it spans the antimeridian."""
    if not words:
        return None
    try:
        west, south, east, north = (float(w) for w in words.split(","))
    except ValueError as error:
        raise RefusedError(422, "bbox: west,south,east,north in degrees is expected") from error
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise RefusedError(422, "bbox: west,south,east,north in degrees is expected")
    return west, south, east, north


def start_of(asked: Paged, state: str) -> int:
    """Where a page begins. A cursor holds the state of the ledger that it was made in: with
    another, items would be missed or told twice, so it is refused."""
    if asked.cursor is None:
        return 0
    try:
        then, _, offset = (
            base64.urlsafe_b64decode(asked.cursor.encode("ascii")).decode("ascii").partition(".")
        )
        begin = int(offset)
    except (binascii.Error, ValueError) as error:
        raise RefusedError(422, "cursor: is none of this server's") from error
    if then != state[:8]:
        raise RefusedError(
            409, "the ledger changed since the first page", "begin again without a cursor"
        )
    if not 0 <= begin < 2**40:
        raise RefusedError(422, "cursor: is none of this server's")
    return begin


def next_of(begin: int, limit: int, total: int, state: str) -> str | None:
    """The cursor of the following page."""
    if begin + limit >= total:
        return None
    return base64.urlsafe_b64encode(f"{state[:8]}.{begin + limit}".encode()).decode()


def page_of(items: Sequence[T], asked: Paged, state: str) -> Page[T]:
    """One page of all items."""
    begin = start_of(asked, state)
    return Page(
        items=list(items[begin : begin + asked.limit]),
        total=len(items),
        next=next_of(begin, asked.limit, len(items), state),
    )


def json_page(records: Sequence[str], total: int, following: str | None) -> Response:
    """A page of records that are JSON already."""
    tail = "null" if following is None else f'"{following}"'
    body = f'{{"items":[{",".join(records)}],"total":{total},"next":{tail}}}'
    return Response(body.encode("utf-8", "replace"), media_type="application/json")
