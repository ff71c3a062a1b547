"""Recall and precision on a random sea with planted behaviours (`planting`, which prints the table
for any seed): every detector at 0.95 or better where the signal is there."""

from __future__ import annotations

from masthead.tracks.engine import detect, detectors
from tracks.planting import ZONES, plant, score


def test_every_detector_finds_what_was_planted_and_invents_nothing() -> None:
    table, truths, said = plant(seed=21, ships=8)
    scores = score(detect(table, zones=ZONES, identities=said), truths)
    assert set(scores) == set(detectors())
    weak = {n: s for n, s in scores.items() if min(s.recall, s.precision) < 0.95}
    assert weak == {}
