"""AIS as JSON lines: messages as aisstream.io sends them, or one flat object a position whose keys
are of a known layout (`columns`)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, BinaryIO

import polars as pl

from masthead.errors import MastheadError, SourceError
from masthead.tracks.load.batch import Batch, raw_frame, reject_rows, sift
from masthead.tracks.load.columns import Layout, find_layout, normal, status_words
from masthead.tracks.load.sentences import stamp
from masthead.tracks.load.static import tidy_static
from masthead.tracks.load.streams import blocks
from masthead.tracks.positions import RAW, STATIC

POSITIONS = frozenset((
    "PositionReport", "StandardClassBPositionReport", "ExtendedClassBPositionReport",
    "StandardSearchAndRescueAircraftReport", "LongRangeAisBroadcastMessage",
))  # fmt: skip
STATEMENTS = frozenset(("ShipStaticData", "StaticDataReport", "ExtendedClassBPositionReport"))
BLOCK_BYTES = 1 << 22
_NAMES = tuple(RAW)
_SAID = (
    ("name", "Name"), ("call_sign", "CallSign"), ("imo", "ImoNumber"),
    ("destination", "Destination"), ("ship_type", "Type"), ("ship_type", "ShipType"),
    ("draught_m", "MaximumStaticDraught"),
)  # fmt: skip
"""Our field, and what aisstream.io calls it in one message or another."""


def read_jsonlines(
    stream: BinaryIO, name: str, columns: Mapping[str, str] | None = None
) -> Iterator[Batch]:
    """The batches of a stream of JSON lines. Raises `SourceError` for a map of columns that does
    not fit the first flat object."""
    layouts: dict[tuple[str, ...], Layout | None] = {}
    for block in blocks(stream, block_bytes=BLOCK_BYTES):
        rows: list[tuple[Any, ...]] = []
        said: list[dict[str, Any]] = []
        bad: list[tuple[str, str, str]] = []
        read = 0
        for number, line in enumerate(block.content.split(b"\n"), block.first_line):
            text = line.strip(b" \t\r\n,")
            if text in (b"", b"[", b"]"):
                continue
            read += 1
            try:
                item = json.loads(text)
                if not isinstance(item, dict):
                    raise ValueError("not an object")
                if "MessageType" in item:
                    reason = _take_message(item, number, rows, said)
                else:
                    layout = _layout_of(item, layouts, columns, name, number)
                    reason = _take_flat(item, layout, number, rows, said)
            except (ValueError, RecursionError):
                reason = "is no JSON object"
            if reason:
                bad.append((f"line {number}", reason, text.decode("utf-8", "replace")))
        yield _batch(read, rows, said, bad)


def _batch(
    read: int,
    rows: list[tuple[Any, ...]],
    said: list[dict[str, Any]],
    bad: list[tuple[str, str, str]],
) -> Batch:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(_NAMES)
    raw = raw_frame({n: list(values) for n, values in zip(_NAMES, columns, strict=True)})
    positions, unfit = sift(raw, "line")
    schema = {name: pl.Int64() if name == "mmsi" else kind for name, kind in STATIC.items()}
    return Batch(
        rows=read,
        positions=positions,
        static=tidy_static(pl.DataFrame(said, schema={**schema, "imo": pl.String()}, strict=False)),
        rejects=pl.concat([reject_rows(bad), unfit]),
    )


def _take_message(
    item: dict[str, Any], number: int, rows: list[tuple[Any, ...]], said: list[dict[str, Any]]
) -> str | None:
    """An aisstream.io message; the reason if it cannot be used."""
    kind = item["MessageType"]
    if kind not in POSITIONS and kind not in STATEMENTS:
        return None
    envelope = item.get("Message")
    body = envelope.get(kind) if isinstance(envelope, dict) else None
    about = item.get("MetaData") or item.get("Metadata")
    if not isinstance(body, dict) or not isinstance(about, dict):
        return "has no Message or MetaData of its MessageType"
    if body.get("Valid") is False:
        return "message is marked as not valid"
    mmsi, when = _whole(body.get("UserID") or about.get("MMSI")), _when(about.get("time_utc"))
    if kind in POSITIONS:
        rows.append((
            number, mmsi, when, _number(body.get("Latitude")), _number(body.get("Longitude")),
            _number(body.get("Sog")), _number(body.get("Cog")), _number(body.get("TrueHeading")),
            _whole(body.get("NavigationalStatus")), "aisstream",
        ))  # fmt: skip
    statement = _statement(body, about)
    if statement and when is not None and mmsi is not None:
        moment = datetime.fromtimestamp(when / 1000.0, tz=UTC)
        said.append({"mmsi": mmsi, "first": moment, "last": moment, **statement})
    return None


def _statement(body: dict[str, Any], about: dict[str, Any]) -> dict[str, Any]:
    parts = [body, *(p for p in (body.get("ReportA"), body.get("ReportB")) if isinstance(p, dict))]
    found: dict[str, Any] = {}
    for part in parts:
        sides = part.get("Dimension")
        if isinstance(sides, dict):
            found["length_m"] = _sum(sides, "A", "B")
            found["width_m"] = _sum(sides, "C", "D")
        for ours, theirs in _SAID:
            value = part.get(theirs)
            if value:
                number = ours == "draught_m"
                found[ours] = _number(value) if number else str(value)
    if "name" not in found and about.get("ShipName"):
        found["name"] = str(about["ShipName"])
    return found


def _sum(sides: dict[str, Any], first: str, second: str) -> float | None:
    a, b = _number(sides.get(first)), _number(sides.get(second))
    return None if a is None or b is None else a + b


def _layout_of(
    item: dict[str, Any],
    layouts: dict[tuple[str, ...], Layout | None],
    columns: Mapping[str, str] | None,
    name: str,
    number: int,
) -> Layout | None:
    keys = tuple(item)
    if keys not in layouts:
        try:
            layouts[keys] = find_layout(keys, columns)
        except MastheadError as error:
            if not layouts:
                raise SourceError(name, str(error), line=number) from error
            layouts[keys] = None
    return layouts[keys]


def _take_flat(
    item: dict[str, Any],
    layout: Layout | None,
    number: int,
    rows: list[tuple[Any, ...]],
    said: list[dict[str, Any]],
) -> str | None:
    """A flat object of a known layout; the reason if it cannot be used."""
    if layout is None:
        return "its keys are not known: mmsi, t, lat and lon are needed"
    value = {field: item.get(key) for field, key in layout.columns.items()}
    mmsi, when = _whole(value.get("mmsi")), _when(value.get("t"))
    status = value.get("status")
    coded = _whole(status)
    if coded is None and isinstance(status, str):
        coded = status_words().get(normal(status))
    rows.append((
        number, mmsi, when,
        *(_number(value.get(n)) for n in ("lat", "lon", "sog", "cog", "heading")),
        coded, layout.name,
    ))  # fmt: skip
    statement: dict[str, Any] = {
        f: str(value[f])
        for f in ("name", "call_sign", "ship_type", "destination", "imo")
        if value.get(f) not in (None, "")
    }
    for field in ("length_m", "width_m", "draught_m"):
        size = _number(value.get(field))
        if size is not None:
            statement[field] = size
    if statement and when is not None and mmsi is not None:
        moment = datetime.fromtimestamp(when / 1000.0, tz=UTC)
        said.append({"mmsi": mmsi, "first": moment, "last": moment, **statement})
    return None


def _number(value: object) -> float | None:
    """A number, or a string that is one."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None


def _whole(value: object) -> int | None:
    number = _number(value)
    return (
        int(number) if number is not None and number.is_integer() and abs(number) < 2**53 else None
    )


def _when(value: object) -> int | None:
    """A time in words, or a number of seconds or milliseconds since 1970, in ms since 1970."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = repr(value)
    return stamp(value.encode("utf-8", "replace")) if isinstance(value, str) else None
