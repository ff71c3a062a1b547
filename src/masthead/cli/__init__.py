"""The command line: one thin layer over the library.

Results go to stdout, progress and remarks to stderr. Exit code 0: done; 1: bad input, told in one
line; 2: wrong usage.
"""

from __future__ import annotations

import os
import sys

from masthead.cli import (
    briefing,
    cases,
    checking,
    demo,
    exporting,
    looking,
    scoring,
    screening,
    serving,
    simulating,
    sources,
)
from masthead.cli.app import app
from masthead.cli.output import remarks
from masthead.errors import MastheadError

__all__ = [
    "app",
    "briefing",
    "cases",
    "checking",
    "demo",
    "exporting",
    "looking",
    "main",
    "scoring",
    "screening",
    "serving",
    "simulating",
    "sources",
]


def main() -> None:
    """The entry point of the `masthead` command."""
    try:
        app()
    except MastheadError as error:
        remarks.print(f"masthead: {error}", style="red", markup=False, highlight=False)
        sys.exit(1)
    except BrokenPipeError:  # `masthead read … | head` closes our stdout early
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        remarks.print("masthead: stopped. What was acknowledged is kept; run again to go on.")
        sys.exit(130)
