"""The words of a play: what they say is recorded, exactly, and they vary."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from masthead.errors import CaseError
from masthead.model import Document, Status
from masthead.reports.notices import read_notices
from masthead.sim.play import Play
from masthead.sim.scenario import Scenario, load_scenario
from masthead.sim.telling import drafts
from masthead.sim.truth import Telling
from masthead.sim.wording.documents import Draft, compose, write
from masthead.sim.wording.grammar import deeds, expand, grammar
from masthead.sim.wording.settings import words_of

pytestmark = pytest.mark.xdist_group("words")  # played once


@pytest.fixture(scope="module")
def play() -> Play:
    played = Play(load_scenario("small"), 5)
    for _ in played.days(keep=False):
        pass
    return played


def told(play: Play, *, seed: int = 5, **words: Any) -> tuple[list[Draft], list[Telling]]:
    scenario = play.scenario.model_copy(update={"words": play.scenario.words | words})
    names = [*play.ships, *(used.ship for used in play.identities())]
    return (made := drafts(scenario, names, play.happenings(), seed)), _tellings(made)


def _tellings(made: list[Draft]) -> list[Telling]:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return write(made, Path(folder))


def test_every_sentence_stands_once_where_its_telling_says(play: Play) -> None:
    made, tellings = told(play, dispatches=25)
    texts = {d.file_name: compose(d)[0] for d in made}
    assert len(texts) == len(made) > 8
    assert len(tellings) > 30
    for telling in tellings:
        text = texts[telling.document]
        assert text[telling.start : telling.end] == telling.sentence
        assert text.count(telling.sentence) == 1
    known = {h.id for h in play.happenings()}
    assert {t.happening for t in tellings} - {None} <= known


def test_the_same_seed_says_the_same_and_another_does_not(play: Play) -> None:
    assert told(play) == told(play)
    assert told(play, seed=6)[1] != told(play)[1]


def test_nothing_of_the_grammar_is_left_in_the_texts(play: Play) -> None:
    for seed in range(4):
        for draft in told(play, seed=seed, dispatches=40)[0]:
            text = compose(draft)[0]
            assert not re.search(r"[\[\]{}<>|~]|  |\bNone\b", text.replace("\n   ", "\n")), text


def test_lies_are_as_many_as_the_scenario_wants(play: Play) -> None:
    lies = {"wrong_place", "wrong_ship", "wrong_time"}
    honest = told(play, dispatches=40, false_share=0.0)[1]
    assert not lies & {t.truthful for t in honest}
    liars = told(play, dispatches=40, false_share=1.0)[1]
    deeds_told = [t for t in liars if t.truthful in lies | {"true", "never_happened"}
                  and t.incident in deeds()]  # fmt: skip
    false = [t for t in deeds_told if t.truthful != "true"]
    assert len(false) > 0.6 * len(deeds_told)
    denied = [t for t in honest if t.truthful == "denial"]
    assert all(t.status is Status.DENIED and t.attribution for t in denied)


def test_the_warning_and_the_watchs_reports_are_notices(play: Play) -> None:
    made = [d for seed in range(3) for d in told(play, seed=seed, dispatches=40)[0]]
    notices = [d for d in made if d.verbatim is not None]
    assert {d.stem.split("-")[0] for d in notices} == {"navarea", "watch"}
    for draft in notices:
        found = read_notices(Document(id="n", text=compose(draft)[0], date=draft.date))
        assert found, compose(draft)[0]
    for draft in made:
        if draft.verbatim is None:
            assert read_notices(Document(id="d", text=compose(draft)[0], date=draft.date)) is None


def test_echoes_repeat_the_wire(play: Play) -> None:
    made = told(play, dispatches=40, echo_share=1.0, echoes=("Gulf Courier",))[0]
    echoes = [d for d in made if d.outlet == "Gulf Courier"]
    assert echoes
    wires = {
        s.text for d in made if d.outlet == "Meridian Newswire" for p in d.paragraphs for s in p
    }
    for echo in echoes:
        lines = [s.text for p in echo.paragraphs[:-1] for s in p]
        assert sum(line in wires for line in lines) >= 0.6 * len(lines)


def test_the_sentences_vary(play: Play) -> None:
    tellings = [t for seed in range(6) for t in told(play, seed=seed, dispatches=40)[1]]
    sentences = {t.sentence for t in tellings if t.incident in deeds()}
    skeletons = {re.sub(r"[A-Z“][\w’'”-]*|\d+", "·", s) for s in sentences}
    assert len(skeletons) > 0.6 * len(sentences)


def test_expansion_chooses_fills_and_nests() -> None:
    import numpy as np

    dice = np.random.default_rng(1)
    found = {expand(dice, "[a|b] {x} [|c].", {"x": "y"}) for _ in range(60)}
    assert found == {"a y.", "b y.", "a y c.", "b y c."}
    parts = {expand(dice, "<label>", {}) for _ in range(200)}
    assert parts == set(grammar()["parts"]["label"])


def test_wrong_settings_are_told(play: Play) -> None:
    def with_words(words: dict[str, Any]) -> Scenario:
        return play.scenario.model_copy(update={"words": words})

    with pytest.raises(CaseError, match="dispatchs"):
        words_of(with_words({"dispatchs": 3}))
    with pytest.raises(CaseError, match="no side 'atlantis'"):
        words_of(with_words({"friend": "atlantis"}))
