"""The parser that reads is the one that is installed, only quicker to load."""

from __future__ import annotations

import subprocess
import sys
import warnings

import pytest

from masthead.reports import parse
from masthead.reports.tree import Tree, copied

TEXTS = (
    "The Carthian Navy boarded the tanker Amber Tern 95 nautical miles southeast of Masirah.",
    "“It wasn't ours,” the ministry's spokeswoman said; the “fishermen” had been let go by 4 p.m.",
    "Łódź-born skipper Æsa O’Brien-Šarić radioed: ‘We're adrift @ 12°30'N, 045°E — can't steer!’",
    "DTG 041200Z JUN 26. VSL M/V OPAL TERRACE (IMO 9074729) RPTD BOARDED; CREW 22, ALL SAFE.",
    "Qxzyvv Brmpf grokked the wombly frobnicator’s 3,141.59 zorkmids, naïvely, in Ürümqi… twice?",
)
ASKED = ("text", "lemma_", "pos_", "tag_", "dep_", "lower_", "whitespace_", "plural", "idx")


def _facts(tree: Tree) -> list[tuple[object, ...]]:
    return [(*(getattr(word, name) for name in ASKED), word.head.i) for word in tree]


@pytest.mark.parametrize("model", parse.MODELS)
def test_what_is_left_out_of_a_model_changes_no_tree(model: str) -> None:
    spacy = pytest.importorskip("spacy")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole = spacy.load(model, exclude=["ner", "senter", "entity_ruler"])
    for mine, theirs in zip(parse.parser(model).parse(TEXTS), whole.pipe(TEXTS), strict=True):
        assert _facts(mine) == _facts(copied(theirs))


def test_spacy_has_its_command_line_still() -> None:
    script = (
        "from masthead.reports.parse import default_parser; default_parser(); import sys;"
        "assert 'spacy.cli' not in sys.modules;"
        "import spacy.cli; assert callable(spacy.cli.download)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
