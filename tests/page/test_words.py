"""The page knows every word of the vocabulary: its family (colour and shape) and how it is told."""

from __future__ import annotations

import re
from pathlib import Path

from masthead import codes

FAMILIES = (Path(__file__).parents[2] / "web" / "src" / "families.ts").read_text("utf-8")


def test_every_incident_has_a_family() -> None:
    keys = set(re.findall(r'key: "(\w+)"', FAMILIES))
    table = re.search(r"const OF: [^=]+= \{(.*?)\};", FAMILIES, re.DOTALL)
    assert table
    of = dict(re.findall(r'(\w+): "(\w+)"', table[1]))
    assert set(of) == set(codes.incidents())
    assert set(of.values()) <= keys
