"""/api/stream: server-sent events that say when there is something new."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import StreamingResponse

from masthead.web.asking import Asked
from masthead.web.desk import Desk
from masthead.web.routes.asked import OfDesk

router = APIRouter(tags=["stream"])
LOOK_EVERY_S = 0.4
STILL_THERE_S = 15.0
"""A comment is sent this often, so that a dead connection is noticed."""


class StreamAsked(Asked):
    """For how long: 0 tells the state and ends."""

    most_s: float | None = Field(None, ge=0, le=86_400, description="seconds; else without end")


@router.get(
    "/stream",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}}},
)
async def follow(desk: OfDesk, asked: Annotated[StreamAsked, Query()]) -> StreamingResponse:
    """An event `head` with {"head", "version"} at once, and whenever the ledger, the marks, the
    tracks or the case file changed."""
    return StreamingResponse(_news(desk, asked.most_s), media_type="text/event-stream")


async def _news(desk: Desk, most_s: float | None) -> AsyncIterator[str]:
    told, quiet = "", 0.0
    begin = time.monotonic()
    while not desk.closed.is_set():
        now = desk.now
        if now.version != told:
            told, quiet = now.version, 0.0
            news = json.dumps({"head": now.head, "version": now.version})
            yield f"event: head\ndata: {news}\n\n"
        elif quiet >= STILL_THERE_S:
            quiet = 0.0
            yield ": still there\n\n"
        if most_s is not None and time.monotonic() - begin >= most_s:
            return
        await asyncio.sleep(LOOK_EVERY_S)
        quiet += LOOK_EVERY_S
