"""Lists in every layout, and what is broken in them."""

from __future__ import annotations

import contextlib
import random
import shutil
from datetime import date
from pathlib import Path

import pytest

from masthead.checks.screening import load_lists
from masthead.checks.screening.entries import ListEntry
from masthead.errors import MastheadError

LISTS = Path(__file__).resolve().parents[3] / "examples" / "screening" / "lists"
ADVANCED = """<?xml version="1.0"?><Sanctions xmlns="urn:x">
<DateOfIssue><Year>2026</Year><Month>5</Month><Day>21</Day></DateOfIssue>
<ReferenceValueSets><FeatureTypeValues><FeatureType ID="3">Vessel Flag</FeatureType>
</FeatureTypeValues><IDRegDocTypeValues><IDRegDocType ID="26">Vessel Registration Identification
</IDRegDocType></IDRegDocTypeValues></ReferenceValueSets>
<IDRegDocuments><IDRegDocument ID="1" IDRegDocTypeID="26" IdentityID="7">
<IDRegistrationNo>IMO 9100009</IDRegistrationNo></IDRegDocument></IDRegDocuments>
<DistinctParties><DistinctParty FixedRef="5"><Profile ID="5" PartySubTypeID="1">
<Identity ID="7"><Alias Primary="true"><DocumentedName><DocumentedNamePart>
<NamePartValue>AMBER TERN</NamePartValue></DocumentedNamePart></DocumentedName></Alias></Identity>
<Feature FeatureTypeID="3"><FeatureVersion><VersionDetail>Liberia</VersionDetail></FeatureVersion>
</Feature></Profile></DistinctParty></DistinctParties>
<SanctionsEntries><SanctionsEntry ProfileID="5"><EntryEvent><Date><Year>2025</Year>
<Month>1</Month><Day>10</Day></Date></EntryEvent><SanctionsMeasure SanctionsTypeID="1">
<Comment>EXAMPLE</Comment></SanctionsMeasure></SanctionsEntry></SanctionsEntries></Sanctions>"""
CLASSIC = """<?xml version="1.0"?><sdnList xmlns="urn:y"><publshInformation>
<Publish_Date>05/21/2026</Publish_Date></publshInformation><sdnEntry><uid>5</uid>
<lastName>AMBER TERN</lastName><sdnType>Vessel</sdnType><programList><program>EXAMPLE</program>
</programList><idList><id><idType>Vessel Registration Identification</idType>
<idNumber>IMO 9100009</idNumber></id></idList><akaList><aka><type>f.k.a.</type>
<category>strong</category><lastName>GREY HERON</lastName></aka></akaList><vesselInfo>
<callSign>5LXX9</callSign><vesselFlag>Liberia</vesselFlag></vesselInfo></sdnEntry></sdnList>"""
SIMPLE = (
    '"id","schema","name","aliases","countries","identifiers","first_seen","last_seen"\n'
    '"x-1","Vessel","Amber Tern","Grey Heron;""Tern; Amber""","lr","IMO9100009;636021440",'
    '"2025-02-01T00:00:00","2026-05-21T00:00:00"\n'
)


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def only(path: Path) -> tuple[ListEntry, date | None]:
    (one,) = load_lists(path)
    assert not one.rejects
    return one.entries[0], one.version


def test_ofac_csv_with_its_companions() -> None:
    ship, version = only(LISTS / "ofac")
    assert (version, ship.kind, ship.imo, ship.mmsi) == (None, "ship", (9100009,), (636021440,))
    assert ship.names == (("AMBER TERN", "name"), ("GREY HERON", "former name"))
    assert (ship.flags, ship.call_signs) == (("LBR", "PAN"), ("5LXX9",))
    assert ship.programme == "EXAMPLE1; EXAMPLE2"


def test_eu_uk_opensanctions_and_own() -> None:
    firm, version = only(LISTS / "eu.csv")
    assert (firm.id, firm.listed_on, version) == (
        "EU.5001.1", date(2025, 2, 24), date(2026, 5, 20),
    )  # fmt: skip
    ship, version = only(LISTS / "uk.csv")
    assert (ship.imo, ship.listed_on, version) == (
        (9200005,), date(2026, 6, 15), date(2026, 6, 20),
    )  # fmt: skip
    ship, version = only(LISTS / "opensanctions.json")
    assert (ship.listed_on, ship.delisted_on) == (date(2024, 1, 10), date(2026, 1, 10))
    ship, version = only(LISTS / "own.csv")
    assert (version, ship.names[2]) == (date(2026, 5, 1), ("Pennant II", "former name"))


@pytest.mark.parametrize(("name", "text"), [("a.xml", ADVANCED), ("c.xml", CLASSIC), ("s", SIMPLE)])
def test_other_layouts(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    ship, version = only(tmp_path / name)
    assert (ship.imo, version) == ((9100009,), date(2026, 5, 21))
    assert ship.flags == ("LBR",)
    if name == "a.xml":
        assert (ship.listed_on, ship.programme) == (date(2025, 1, 10), "EXAMPLE")


def test_a_bad_row_is_a_reject_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(
        b"\xef\xbb\xbfname,imo\nGood One,9100009\nshort\n" + b"x" * 1_000_000 + b",1\nLast,\n"
    )
    (one,) = load_lists(path)
    assert [e.name for e in one.entries] == ["Good One", "Last"]
    assert one.rejects[0].count == 2
    again = load_lists(path)[0]  # from the cache
    assert (again.entries, again.rejects[0].reasons) == (one.entries, one.rejects[0].reasons)


def test_another_format_than_said_is_an_error() -> None:
    with pytest.raises(MastheadError, match="is of format 'eu', not 'uk'"):
        load_lists(LISTS / "eu.csv", form="uk")


def test_mutated_lists_never_crash(tmp_path: Path) -> None:
    seeds = [p.read_bytes() for p in LISTS.rglob("*") if p.suffix in (".csv", ".json", ".CSV")]
    seeds += [ADVANCED.encode(), CLASSIC.encode(), SIMPLE.encode()]
    dice = random.Random(7)
    shutil.copytree(LISTS / "ofac", tmp_path / "ofac")
    for _ in range(1500):
        raw = bytearray(dice.choice(seeds))
        for _ in range(dice.randint(1, 4)):
            at = dice.randrange(len(raw) + 1)
            raw[at : at + dice.choice([0, 1, 30])] = dice.choice(
                [b"", b"\n", b'"', b"\xff\xfe", b"\0", b";,", b"\xc3", b"<", b"x" * 5000, b"{[",
                 b"99999999999999999999"]
            )  # fmt: skip
        if dice.random() < 0.3:
            del raw[dice.randrange(len(raw) + 1) :]
        path = tmp_path / "ofac" / "SDN.CSV"
        path.write_bytes(raw)
        with contextlib.suppress(MastheadError):
            load_lists(path, cache=False)
