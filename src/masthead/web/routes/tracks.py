"""/api/tracks: positions for the map, thinned for its zoom, as Arrow or GeoJSON."""

from __future__ import annotations

import io
from typing import Annotated, Literal

import polars as pl
from fastapi import APIRouter, Query, Response
from pydantic import Field

from masthead.web.asking import Asked, BoxText, Time, Words, box, numbers
from masthead.web.columns import moment
from masthead.web.models import Feature, FeatureCollection
from masthead.web.routes.asked import Now
from masthead.web.tracks import APART, MOST_ROWS, Look

router = APIRouter(tags=["tracks"])
ARROW = "application/vnd.apache.arrow.stream"
MOST_GEOJSON = 50_000


class TracksAsked(Asked):
    """What is looked at. Without `zoom` nothing is left out until there are too many rows."""

    bbox: BoxText | None = None
    from_: Time | None = Field(None, alias="from")
    until: Time | None = None
    mmsi: Words | None = None
    zoom: float | None = Field(None, ge=0, le=24)
    format: Literal["arrow", "geojson"] = "arrow"


@router.get(
    "/tracks",
    response_model=FeatureCollection,
    responses={200: {"content": {ARROW: {}}, "description": "An Arrow IPC stream, or GeoJSON"}},
)
def read_tracks(now: Now, asked: Annotated[TracksAsked, Query()]) -> Response:
    """Positions by ship and time. Arrow columns: mmsi u32, t timestamp[ms, UTC], lat, lon, sog,
    cog f32, link u8 (how the row is joined to the one before: 0 not, 1 sailed, 2 after a silence
    of more than an hour). `X-Simplified` is the tolerance in metres."""
    look = Look(
        bbox=box(asked.bbox),
        first=asked.from_,
        last=asked.until,
        ships=tuple(numbers(asked.mmsi, "mmsi")),
        zoom=asked.zoom,
    )
    as_arrow = asked.format == "arrow"
    rows, tolerance = now.tracks.look(look, MOST_ROWS if as_arrow else MOST_GEOJSON)
    headers = {"X-Simplified": f"{tolerance:.1f}", "X-Rows": str(rows.height)}
    if as_arrow:
        out = io.BytesIO()
        rows.rechunk().write_ipc_stream(out)
        return Response(out.getvalue(), media_type=ARROW, headers=headers)
    return Response(_lines(rows).model_dump_json(), media_type="application/geo+json",
                    headers=headers)  # fmt: skip


def _lines(rows: pl.DataFrame) -> FeatureCollection:
    """A line of each stretch that hangs together, with the times of its points."""
    stretches = rows.with_columns((pl.col("link") == APART).cum_sum().alias("stretch"))
    features = []
    for (_,), part in stretches.group_by("stretch", maintain_order=True):
        points = [[round(x, 5), round(y, 5)] for x, y in zip(part["lon"], part["lat"], strict=True)]
        features.append(
            Feature(
                geometry={"type": "LineString", "coordinates": points} if len(points) > 1
                else {"type": "Point", "coordinates": points[0]},
                properties={
                    "mmsi": part["mmsi"][0],
                    "times": [moment(ms) for ms in part["t"].dt.epoch("ms")],
                },
            )
        )  # fmt: skip
    return FeatureCollection(features=features)
