"""ETags: an answer of the API depends on its URL and on the state of the case alone, so a browser
that has it of this state is told 304 before anything is worked out."""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NOT_KEPT = ("/api/stream",)


class Revalidation:
    """The middleware. `version` gives the state that an answer would be of."""

    def __init__(self, app: ASGIApp, version: Callable[[], str]) -> None:
        self.app, self.version = app, version

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] != "http" or scope["method"] != "GET"
            or not scope["path"].startswith("/api/") or scope["path"] in NOT_KEPT
        ):  # fmt: skip
            await self.app(scope, receive, send)
            return
        tag = f'W/"{self.version()}"'
        kept = {"ETag": tag, "Cache-Control": "private, no-cache"}
        known = Headers(scope=scope).get("if-none-match", "")
        if tag.removeprefix("W/") in known:
            await Response(status_code=304, headers=kept)(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                MutableHeaders(scope=message).update(kept)
            await send(message)

        await self.app(scope, receive, sending)
