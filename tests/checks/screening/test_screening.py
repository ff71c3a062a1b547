"""Who is found on a list, by what, and whether it was listed on the day."""

from __future__ import annotations

import http.server
import threading
from datetime import date
from pathlib import Path

import pytest

from masthead.checks.screening import ListedAt, ListHit, Subject, load_lists, screen_subjects
from masthead.checks.screening.fetching import fetch
from masthead.checks.screening.hits import hit_from_line, hit_to_line
from masthead.checks.screening.names import party_name, ship_name
from masthead.checks.screening.subjects import _merge
from masthead.errors import MastheadError

LISTS = Path(__file__).resolve().parents[3] / "examples" / "screening" / "lists"


def hits(subject: Subject, on: date | None = None, least: float = 0.5) -> list[ListHit]:
    held = load_lists(LISTS, cache=False)
    return screen_subjects([subject], held, on, least=least)


@pytest.mark.parametrize(
    ("one", "other"),
    [("M/T Amber Tern", "AMBER TERN"), ("MV SEA HORSE", "Seahorse"), ("Pennant II", "PENNANT 2"),
     ("STAR 07", "Star VII"), ("Алексей Лебедев", "Aleksei Lebedev")],
)  # fmt: skip
def test_one_ship_written_twice(one: str, other: str) -> None:
    assert ship_name(one).compact == ship_name(other).compact


def test_order_of_names_and_legal_forms_say_nothing() -> None:
    assert party_name("MARENKO, Yuriy") == party_name("Юрий Маренко")
    assert party_name("OOO Halcyon Bunkering") == party_name("Halcyon Bunkering L.L.C.")


def test_the_number_wins_over_the_name() -> None:
    (hit,) = hits(Subject("ship", "Quite Another", imo=9100009))
    assert (hit.field, hit.score, hit.entry) == ("imo", 1.0, "90001")
    assert hit_from_line(hit_to_line(hit)) == hit


def test_a_name_alone_is_low_and_says_so() -> None:
    (hit,) = hits(Subject("ship", "MT Grey Heron"))
    assert (hit.field, hit.score) == ("former name", 0.6)
    assert "name only" in hit.reason


def test_another_imo_number_is_another_ship() -> None:
    other = Subject("ship", "Amber Tern", imo=9074729)
    assert hits(other) == []
    (weak,) = hits(other, least=0.1)
    assert weak.score == 0.2
    assert "another ship" in weak.reason


def test_other_numbers_are_other_ships() -> None:
    assert hits(Subject("ship", "Pennant 3"), least=0.0) == []


@pytest.mark.parametrize(
    ("imo", "on", "answer"),
    [(9200005, date(2026, 6, 2), ListedAt.NOT_YET), (9200005, date(2026, 6, 15), ListedAt.LISTED),
     (9300001, date(2025, 6, 1), ListedAt.LISTED), (9300001, date(2026, 6, 1), ListedAt.NO_LONGER),
     (9100009, date(2001, 1, 1), ListedAt.UNKNOWN)],
)  # fmt: skip
def test_listed_on_the_day(imo: int, on: date, answer: ListedAt) -> None:
    (hit,) = hits(Subject("ship", imo=imo), on)
    assert hit.listed_at is answer


def test_fetching_refuses_plain_http_and_too_much(tmp_path: Path) -> None:
    with pytest.raises(MastheadError, match="no https address"):
        fetch("http://example.org/list.csv", tmp_path / "x")
    (tmp_path / "served.csv").write_text("name\nA\n")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *given: object) -> None:
            super().__init__(*given, directory=str(tmp_path))  # type: ignore[arg-type]

        def log_message(self, *_: object) -> None:
            return None

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/served.csv"
        assert fetch(address, tmp_path / "got.csv") == 7
        with pytest.raises(MastheadError, match="larger than 3 bytes"):
            fetch(address, tmp_path / "never.csv", limit_bytes=3)
        with pytest.raises(MastheadError, match="answers 404"):
            fetch(address + "x", tmp_path / "never.csv")
        server.shutdown()
    assert not list(tmp_path.glob("never*"))


def test_a_name_that_two_ships_share_gets_neither_number() -> None:
    known: dict[tuple[str, object], Subject] = {}
    first = _merge(Subject("ship", "Amber Tern", imo=9100009), known)
    assert _merge(Subject("ship", "AMBER TERN"), known) is first
    _merge(Subject("ship", "Amber Tern", imo=9200005), known)
    assert _merge(Subject("ship", "MT Amber Tern"), known).imo is None
