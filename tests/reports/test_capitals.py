"""Prose in capitals throughout is read like any other, and cited as it stands."""

from __future__ import annotations

import masthead
from masthead.model import Document
from masthead.reports.capitals import cased, in_capitals
from masthead.reports.reader import ProseReader

TEXT = (
    "THE IRANIAN NAVY SEIZED THE TANKER GULF ROSE OFF FUJAIRAH ON SUNDAY, OMAN'S COAST GUARD SAID. "
    "THE U.S. STATE DEPARTMENT CONDEMNED THE SEIZURE AND TOLD US TO WAIT."
)


def test_the_copy_has_the_same_length_and_the_names_their_capitals() -> None:
    copy = cased(TEXT)
    assert len(copy) == len(TEXT)
    assert copy.upper() == TEXT
    assert "Iranian navy" in copy
    assert "tanker Gulf Rose off Fujairah on Sunday" in copy
    assert "told us to wait" in copy
    assert "THE U.S. State Department".lower() in copy.lower()


def test_it_is_read_and_cited_as_it_stands() -> None:
    events = masthead.read(TEXT, date="2024-05-06")
    seizure = next(e for e in events if e.incident == "seizure")
    for event in events:
        event.verify(TEXT)
    assert seizure.sources[0].text == "THE IRANIAN NAVY"
    assert seizure.sources[0].country == "IRN"
    assert seizure.objects[0].name == "Gulf Rose"
    assert seizure.attribution[0].who == "OMAN'S COAST GUARD"


def test_a_heading_or_usual_prose_is_not_in_capitals() -> None:
    assert not in_capitals("TANKER SEIZED")
    assert not in_capitals("The navy of IRAN seized the TANKER off Fujairah on a Sunday morning.")


class Failing:
    """A parser whose trees break the reader: what was found in them is gone."""

    def parse(self, texts):  # type: ignore[no-untyped-def]
        from masthead.reports.parse import default_parser

        for tree in default_parser().parse(texts):
            if "mackerel" in tree.text:
                tree.slots = None
            yield tree


def test_a_sentence_that_the_reader_fails_on_is_counted_and_the_rest_is_read() -> None:
    document = Document(
        id="d",
        text="Iran seized the tanker with mackerel.\n\nOman condemned the blockade of Aden.",
    )
    rejects: list = []
    events = list(ProseReader([Failing()]).read(document, rejects))
    assert [e.act for e in events if e.sources and e.sources[0].country == "OMN"] == ["ACCUSE"]
    assert len(rejects) == 1
    assert rejects[0].path == "d"
