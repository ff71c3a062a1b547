"""Every command, incident and field of the record is in the documentation, and has help."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
import typer.main

from masthead import codes
from masthead.case import About, ActorEntry, ReportSource, Ship, TrackSource, WatchList, ZoneSource
from masthead.cli import app
from masthead.model import Actor, Attribution, Event, Interval, Place, Status, Vessel

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_has_help_an_example_and_a_place_in_the_docs(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    assert f"masthead {name}" in (command.epilog or ""), "its help has no example"
    page = (DOCS / "commands.md").read_text("utf-8")
    section = re.search(rf"^## masthead {name}\n(.*?)(?=^## |\Z)", page, re.S | re.M)
    assert section, "docs/commands.md has no section on it"
    for parameter in command.params:
        for option in parameter.opts:
            if option.startswith("--") and option != "--help":
                assert option in section[1], f"{option} is not in the docs"


def test_the_record_is_documented_field_by_field() -> None:
    page = (DOCS / "event-record.md").read_text("utf-8")
    for kind in (Event, Actor, Vessel, Interval, Place, Attribution):
        for field in dataclasses.fields(kind):
            assert f"`{field.name}`" in page, f"{kind.__name__}.{field.name}"
    for word in [*codes.incidents(), *Status]:
        assert f"`{word}`" in page, word


def test_every_key_of_a_case_file_is_documented() -> None:
    page = (DOCS / "case-file.md").read_text("utf-8")
    for table in (About, ReportSource, TrackSource, ZoneSource, Ship, ActorEntry, WatchList):
        for name, field in table.model_fields.items():
            assert f"`{field.alias or name}`" in page, f"{table.__name__}.{name}"


def test_no_registry_is_named_in_the_project() -> None:
    hosts = re.compile(r"https?://[^\s\"')]*(?:pypi|pythonhosted|npmjs|debian)\.[a-z]+", re.I)
    for path in [*ROOT.glob("*.*"), *ROOT.glob("requirements/*"), *ROOT.glob(".ci/*"),
                 *DOCS.rglob("*.md")]:  # fmt: skip
        if path.is_file():
            assert not hosts.search(path.read_text("utf-8", "replace")), path
