"""The page itself: the built files of `web/static/`, and index.html for every other path, so that
a deep link opens the page."""

from __future__ import annotations

import mimetypes
from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Response
from starlette.responses import PlainTextResponse

from masthead.web.errors import RefusedError

router = APIRouter(include_in_schema=False)
UNBUILT = """Masthead: the API is here (/api/openapi.json), the page was not built.

It is built with the wheel; in a checkout: python web/build.py
"""
KINDS = {".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm",
         ".webmanifest": "application/manifest+json", ".json": "application/json"}  # fmt: skip


@cache
def _built() -> dict[str, bytes]:
    """Every file of the page by its path: what is asked for is looked up here, so that no path
    that a request names reaches the file system."""
    found: dict[str, bytes] = {}
    folders = [("", files("masthead").joinpath("web", "static"))]
    while folders:
        prefix, folder = folders.pop()
        if not folder.is_dir():
            continue
        for entry in folder.iterdir():
            if entry.is_dir():
                folders.append((f"{prefix}{entry.name}/", entry))
            else:
                found[prefix + entry.name] = entry.read_bytes()
    return found


@router.get("/{path:path}")
def read_page(path: str) -> Response:
    """A file of the page."""
    if path.startswith("api/"):
        raise RefusedError(404, f"there is no route /{path[:80]}", "/api/openapi.json lists them")
    built = _built()
    if "index.html" not in built:
        return PlainTextResponse(UNBUILT, 503 if path else 200)
    name = path if path in built else "index.html"
    if name == "index.html" and "." in path.rpartition("/")[2] and path != "index.html":
        raise RefusedError(404, f"the page has no file {path[:80]}")
    kind = KINDS.get("." + name.rpartition(".")[2]) or mimetypes.guess_type(name)[0]
    kept = "no-cache" if name == "index.html" else "private, max-age=3600"
    return Response(built[name], media_type=kind or "application/octet-stream",
                    headers={"Cache-Control": kept})  # fmt: skip
