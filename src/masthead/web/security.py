"""What stands before every route, as plain ASGI: who may ask, with how much, and what the browser
may do with the answer.

A page of another site can send requests to 127.0.0.1, and with DNS rebinding even under a name of
its own that it lets point here. So the Host must be one that this server is bound to, the Origin
(if sent) too, and every request needs the token of this run: as a cookie that the browser gives to
no other site's requests, or as a bearer token.
"""

from __future__ import annotations

from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from masthead.web.door import Door
from masthead.web.errors import answer

LARGEST_BODY = 64 * 1024
POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """The middleware."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self.app, self.door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, _with_headers(send))
            return
        await self.app(scope, _limited(receive), _with_headers(send))

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        door = self.door
        if not door.is_ours(headers.get("host", "")):
            return answer(421, "the Host is not this server's", f"open {door.url}")
        origin = headers.get("origin")
        if origin is not None and not (
            origin.startswith("http://") and door.is_ours(origin.removeprefix("http://"))
        ):
            return answer(403, "a page of another origin may not ask here", f"open {door.url}")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            return answer(413, f"a body has at most {LARGEST_BODY} bytes", "send less")
        asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if scope["method"] == "GET" and not scope["path"].startswith("/api/"):
            given = [value for name, value in asked if name == "token"]
            if given:
                return self._let_in(scope, given[-1], asked)
        if any(door.opens(token) for token in _tokens(headers, door.cookie)):
            return None
        if scope["path"].startswith("/api/"):
            return answer(
                401, "the token of this run is missing or wrong",
                "open the address that 'masthead serve' printed, or send it as "
                "'Authorization: Bearer …'",
            )  # fmt: skip
        return PlainTextResponse(
            "Masthead: open the address that 'masthead serve' printed; it holds the token of this "
            "run.\n", 401,
        )  # fmt: skip

    def _let_in(self, scope: Scope, token: str, asked: Iterable[tuple[str, str]]) -> Response:
        """Take the token of the printed address as a cookie, and go on without it in the URL."""
        if not self.door.opens(token):
            return PlainTextResponse(
                "Masthead: this token is of another run; open the address that 'masthead serve' "
                "printed.\n", 401,
            )  # fmt: skip
        rest = urlencode([(name, value) for name, value in asked if name != "token"])
        path = "/" + scope["path"].lstrip("/\\")
        response = RedirectResponse(f"{path}?{rest}" if rest else path, 303)
        response.set_cookie(self.door.cookie, self.door.token, httponly=True, samesite="strict",
                            path="/")  # fmt: skip
        return response


def _tokens(headers: Headers, cookie: str) -> Iterable[str]:
    scheme, _, bearer = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        yield bearer.strip()
    for line in headers.getlist("cookie"):
        jar: SimpleCookie = SimpleCookie()
        try:
            jar.load(line)
        except CookieError:
            continue
        if cookie in jar:
            yield jar[cookie].value


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sending


def _limited(receive: Receive) -> Receive:
    """A body sent in chunks, without its length, ends the connection when it grows too large."""
    taken = 0

    async def receiving() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        return message if taken <= LARGEST_BODY else {"type": "http.disconnect"}

    return receiving
