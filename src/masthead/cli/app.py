"""The application that the commands are added to."""

from __future__ import annotations

from typing import Annotated

import typer

from masthead import __version__

app = typer.Typer(
    name="masthead",
    help="Keeps watch on crises at sea: reads reports, watches AIS tracks, checks both.",
    epilog="Example: masthead new watch && masthead run watch/case.toml",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"masthead {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Options that go before a command."""
