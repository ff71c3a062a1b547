"""Later words for those named before."""

from __future__ import annotations

from datetime import UTC, datetime

from masthead.reports.actors import default_table, resolve
from masthead.reports.coreference import (
    Antecedent,
    abbreviations,
    both_sides,
    counterpart,
    epithet,
    introduced,
    own_side,
    refer,
    same_institution,
)

DAY = datetime(2016, 3, 1, tzinfo=UTC)


def named(*texts: str) -> list[Antecedent]:
    return [Antecedent(text, resolve(text, DAY)) for text in texts]


def test_a_full_name_carries_to_the_surname() -> None:
    table = default_table().learn(
        ["Italian Foreign Minister Carla Renzetti", "Ms Lim Hui Wen, the envoy of Singapore"], DAY
    )
    for later in ("Renzetti", "Ms Renzetti", "the minister, Renzetti", "Carla Renzetti"):
        found = resolve(later, DAY, known=table)
        assert (found.name, found.country) == ("Carla Renzetti", "ITA"), later
    assert resolve("Renzetti", DAY, known=table).sector == "GOV"
    assert resolve("Ms Lim", DAY, known=table).country == "SGP"
    assert resolve("Renzetti", DAY).country is None
    text = "Renzetti said no. The Lims were out."
    assert [text[a:b] for (a, b), _ in table.find(text)] == ["Renzetti"]


def test_a_known_person_named_in_full_owns_the_surname() -> None:
    table = default_table().learn(["Samantha Power"], DAY)
    text = "Power said so."
    assert [entry.name for _, entry in table.find(text)] == ["Samantha Power"]


def test_what_introduces_nobody() -> None:
    for phrase in ("the navy", "Iran", "Blue Heron", "the minister", ""):
        assert introduced(phrase, DAY) is None


def test_short_names_in_brackets() -> None:
    text = "Members of the Kestrian Fishers Union (KFU) met. The bank (AB) did not."
    (entry,) = abbreviations(text)
    assert (entry.name, entry.aliases) == ("Kestrian Fishers Union", ("KFU",))
    table = default_table().learn([], text=text)
    assert [e.name for _, e in table.find("The KFU met.")] == ["Kestrian Fishers Union"]


def test_the_ministry_is_the_last_one_named() -> None:
    before = named("the Danish foreign ministry", "Libya's coast guard")
    assert same_institution("The ministry", before, DAY).country == "DNK"  # type: ignore[union-attr]
    assert same_institution("the coast guard", before, DAY).country == "LBY"  # type: ignore[union-attr]
    assert same_institution("the navy", before, DAY) is None  # two states: whose navy?
    assert same_institution("the Greek ministry", before, DAY) is None
    found = same_institution("the navy", named("Ecuador"), DAY)
    assert found is not None
    assert (found.country, found.sector) == ("ECU", "MIL")


def test_our_country_is_the_speakers() -> None:
    (speaker,) = named("Ecuador's defence minister")
    found = own_side("our navy", speaker)
    assert found is not None
    assert (found.country, found.sector) == ("ECU", "MIL")
    assert own_side("our country", speaker).sector == "GOV"  # type: ignore[union-attr]
    assert own_side("we", speaker) == speaker.actor
    assert own_side("our navy", None) is None
    assert own_side("the navy", speaker) is None


def test_epithets_go_back_to_the_state_they_fit() -> None:
    before = named("Iran", "Saudi Arabia", "Washington")
    assert epithet("the Islamic republic", before).country == "IRN"  # type: ignore[union-attr]
    assert epithet("the kingdom", before).country == "SAU"  # type: ignore[union-attr]
    assert epithet("the Jewish state", []).country == "ISR"  # type: ignore[union-attr]
    assert epithet("the kingdom", []) is None
    assert epithet("a kingdom", before) is None


def test_both_sides_are_the_last_two_states() -> None:
    found = both_sides(
        "the two governments", named("Iran", "Iceland", "the Icelandic navy", "Britain")
    )
    assert found is not None
    assert [r.country for r in found] == ["ISL", "GBR"]
    assert both_sides("both governments", named("Iran")) is None
    assert both_sides("two trawlers", named("Iran", "Iraq")) is None


def test_his_counterpart_has_his_office() -> None:
    (envoy,) = named("the French foreign minister")
    found = counterpart("his Greek counterpart", envoy, DAY)
    assert found is not None
    assert (found.country, found.sector) == ("GRC", "GOV")
    named_one = counterpart("his Russian counterpart, Sergei Lavrov", envoy, DAY)
    assert named_one is not None
    assert named_one.name == "Sergei Lavrov"
    assert counterpart("his Greek colleague's boat", envoy, DAY) is None


def test_refer_tries_them_all_and_leaves_names_alone() -> None:
    before = named("Iran", "the Iranian navy")
    (speaker,) = named("the Iraqi oil minister")
    assert refer("our ports", before, DAY, speaker=speaker).country == "IRQ"  # type: ignore[union-attr]
    assert refer("the navy", before, DAY).country == "IRN"  # type: ignore[union-attr]
    assert refer("Turkey", before, DAY) is None
    assert refer("", before, DAY) is None
