"""The command that serves the page and the API: serve."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from masthead.cli.app import app
from masthead.cli.cases import CaseArgument
from masthead.cli.output import remarks, results
from masthead.errors import MastheadError
from masthead.web.door import Door


@app.command(epilog="Example: masthead serve case.toml --port 8321")
def serve(
    case: CaseArgument,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8321,
    open_: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the page in the browser.")
    ] = True,
    token: Annotated[
        str, typer.Option(envvar="MASTHEAD_TOKEN", help="Your own, instead of a random one.")
    ] = "",
) -> None:
    """Serve the page and the API of a case to this machine, until Ctrl-C."""
    serve_case(case, Door(host=host, port=port, token=token), show=open_)


def serve_case(case: Path, door: Door, *, show: bool) -> None:
    """Serve a case until Ctrl-C; with `show` the page is opened, if this is a terminal. Raises
    `MastheadError` for a case that was never run and an address that cannot be had."""
    from masthead.web.desk import Desk
    from masthead.web.running import run

    with Desk(case) as desk:
        listener = listen(door.host, door.port)
        door = replace(door, port=listener.getsockname()[1])
        address = f"{door.url}?token={door.token}"
        results.print(f"Masthead serves {desk.now.case.title} at", highlight=False, markup=False)
        results.print(address, highlight=False, markup=False, soft_wrap=True)
        remarks.print("Press Ctrl-C to end.")
        if show and results.is_terminal:
            typer.launch(address)
        run(desk, door, listener)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises `MastheadError` where it cannot."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(found[0], found[1], found[2])  # asyncio looks for TCP in it
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(found[4])
        listener.listen(128)  # from here on who comes waits, and is not refused
    except OSError as error:
        raise MastheadError(
            f"--host {host} --port {port}: cannot listen there ({error.strerror or error}); "
            "--port 0 takes a free one"
        ) from error
    return listener
