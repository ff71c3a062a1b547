"""What the API refuses, as one line and a hint."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from masthead.errors import MastheadError


class RefusedError(Exception):
    """A request that cannot be answered: the status, what is wrong, what to do."""

    def __init__(self, status: int, error: str, hint: str = "") -> None:
        super().__init__(error)
        self.status, self.error, self.hint = status, error, hint


def not_found(kind: str, name: str) -> RefusedError:
    """Nothing of this kind has this id."""
    shown = name if len(name) <= 60 else name[:60] + "…"
    return RefusedError(404, f"there is no {kind} {shown!r}", f"GET /api/{kind}s lists them")


def answer(status: int, error: str, hint: str = "") -> JSONResponse:
    """An error as the API writes it."""
    return JSONResponse({"error": " ".join(error.split()), "hint": hint}, status_code=status)


def add_handlers(app: FastAPI) -> None:
    """Make every error of the app one line."""

    @app.exception_handler(RefusedError)
    def _refused(_: Request, error: RefusedError) -> JSONResponse:
        return answer(error.status, error.error, error.hint)

    @app.exception_handler(RequestValidationError)
    def _invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:]) or str(first["loc"][0])
        said = str(first["msg"]).removeprefix("Value error, ")
        return answer(422, f"{where}: {said}", "/api/openapi.json says what is expected")

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> JSONResponse:
        found = answer(
            error.status_code,
            f"{request.method} {request.url.path}: {error.detail}",
            "/api/openapi.json lists the routes",
        )
        found.headers.update(error.headers or {})
        return found

    @app.exception_handler(MastheadError)
    def _ours(_: Request, error: MastheadError) -> JSONResponse:
        return answer(503, str(error), "correct it and ask again; the server keeps running")

    @app.exception_handler(Exception)
    def _unforeseen(_: Request, error: Exception) -> JSONResponse:
        return answer(
            500, f"an error of Masthead's own ({type(error).__name__})",
            "the terminal of 'masthead serve' says more; please report it",
        )  # fmt: skip
