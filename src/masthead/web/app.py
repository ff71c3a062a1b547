"""The app: the routes, the guard before them, and the desk behind."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, FastAPI

from masthead import __version__
from masthead.web.caching import Revalidation
from masthead.web.desk import Desk
from masthead.web.door import Door
from masthead.web.errors import add_handlers
from masthead.web.models import Problem
from masthead.web.routes import (
    brief,
    case,
    coverage,
    documents,
    events,
    incidents,
    marks,
    page,
    ports,
    relations,
    search,
    ships,
    stream,
    tracks,
)
from masthead.web.security import Guard

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": text}
    for status, text in (
        (401, "No token, or another run's"),
        (404, "Nothing has this id"),
        (409, "The ledger changed since the first page"),
        (422, "The question is not understood"),
        (503, "The ledger or the case cannot be read"),
    )
}


PARTS = (case, events, incidents, ships, tracks, coverage, ports, documents, relations, search,
         marks, stream, brief)  # fmt: skip


def make_app(desk: Desk, door: Door) -> FastAPI:
    """The app over an opened desk, behind a door."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        desk.closed.set()

    app = FastAPI(
        title="Masthead",
        version=__version__,
        summary="Who did what to which ship, who says so, and do the tracks bear it out?",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.desk = desk
    add_handlers(app)
    api = APIRouter(prefix="/api", responses=PROBLEMS)
    for part in PARTS:
        api.include_router(part.router)
    app.include_router(api)
    app.include_router(page.router)
    app.add_middleware(Revalidation, version=lambda: desk.now.version)
    app.add_middleware(Guard, door=door)
    return app
