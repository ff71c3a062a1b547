"""Running the server: uvicorn on a socket that listens already, until Ctrl-C."""

from __future__ import annotations

import socket
from contextlib import suppress
from types import FrameType

import uvicorn

from masthead.web.app import make_app
from masthead.web.desk import Desk
from masthead.web.door import Door


class Server(uvicorn.Server):
    """A server that ends its streams when it is told to end: they would never end themselves."""

    def __init__(self, desk: Desk, door: Door) -> None:
        super().__init__(
            uvicorn.Config(
                make_app(desk, door), log_level="warning", access_log=False, server_header=False,
                timeout_graceful_shutdown=3, h11_max_incomplete_event_size=64 * 1024,
            )
        )  # fmt: skip
        self._desk = desk

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Called by uvicorn with a signal."""
        self._desk.closed.set()
        super().handle_exit(sig, frame)


def run(desk: Desk, door: Door, listener: socket.socket) -> None:
    """Serve until a signal says to end."""
    with suppress(KeyboardInterrupt):
        Server(desk, door).run(sockets=[listener])
