"""/api/coverage: which seas were heard at a moment."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from masthead.web.asking import Asked, Time
from masthead.web.hearing import CELL_DEG, heard_at
from masthead.web.models import Feature, FeatureCollection
from masthead.web.routes.asked import Now

router = APIRouter(tags=["tracks"])


class CoverageAsked(Asked):
    """When."""

    at: Time


@router.get("/coverage")
def read_coverage(now: Now, asked: Annotated[CoverageAsked, Query()]) -> FeatureCollection:
    """Cells of a quarter degree: the ships that must have been there (`expected`), those of them
    heard within half an hour (`received`), and their share (`heard`)."""
    cells = heard_at(now.tracks.lake, asked.at)
    return FeatureCollection(
        features=[
            Feature(
                geometry={"type": "Polygon", "coordinates": [_ring(row, column)]},
                properties={"expected": expected, "received": received,
                            "heard": round(received / expected, 3)},
            )
            for row, column, expected, received in cells.iter_rows()
        ]
    )  # fmt: skip


def _ring(row: int, column: int) -> list[list[float]]:
    south, west = row * CELL_DEG, column * CELL_DEG
    north, east = south + CELL_DEG, west + CELL_DEG
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]
