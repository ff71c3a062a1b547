"""FollowTheMoney: every entity is valid by the package itself, and refers to what is there."""

from __future__ import annotations

import json

import pytest
from followthemoney import model
from followthemoney.types import registry

from masthead.judgement import Finding
from masthead.model import Actor, Vessel
from masthead.views.export import Content
from masthead.views.export.ftm.parties import Ships, actor_of


@pytest.fixture
def entities(anything: Content, write) -> dict[str, dict]:
    lines = write(anything, "ftm").read_text("utf-8").split("\n")[:-1]
    found = [json.loads(line) for line in lines]
    assert len({e["id"] for e in found}) == len(found)
    return {e["id"]: e for e in found}


def test_every_entity_is_valid(entities: dict[str, dict]) -> None:
    for record in entities.values():
        schema = model.get(record["schema"])
        assert schema is not None
        assert not schema.abstract
        schema.validate(record)
        model.get_proxy(record, cleaned=False)
        assert set(schema.required) <= set(record["properties"]), record
        for name, values in record["properties"].items():
            prop = schema.properties[name]
            assert not prop.stub, name
            assert values
            for value in values:
                assert len(value) <= prop.type.max_length or prop.type is registry.checksum, name
                assert prop.type.clean(value, format=prop.format) is not None, (name, value[:80])


def test_every_reference_resolves(entities: dict[str, dict]) -> None:
    referred = 0
    for record in entities.values():
        schema = model.get(record["schema"])
        assert schema is not None
        for name, values in record["properties"].items():
            prop = schema.properties[name]
            if prop.type is registry.entity:
                for value in values:
                    target = model.get(entities[value]["schema"])
                    assert prop.range is not None
                    assert target is not None
                    assert target.is_a(prop.range), (name, target)
                    referred += 1
    assert referred > 20


def test_who_did_what_is_a_link_with_its_status(three: Content, write) -> None:
    lines = write(three, "ftm").read_text("utf-8").split("\n")[:-1]
    found = {e["id"]: e for e in map(json.loads, lines)}
    links = [e["properties"] for e in found.values() if e["schema"] == "UnknownLink"]

    def name(id_: str) -> str:
        return found[id_]["properties"]["name"][0]

    told = {(name(p["subject"][0]), p["role"][0], p["status"][0]) for p in links}
    assert ("Cedar Lark", "ship", "asserted") in told
    assert ("two shipping sources", "speaker", "asserted") in told
    checked = [p for p in links if p["role"] == ["ship whose track was checked"]]
    assert {p["status"][0] for p in checked} >= {Finding.CORROBORATED, Finding.CONTRADICTED}
    for p in links:
        if p["role"] in (["source"], ["target"], ["speaker"]):
            assert p["proof"]


def test_a_country_that_is_none_is_a_note() -> None:
    found = actor_of(Actor(text="Carthia", country="XCA", sector="GOV"))
    assert found is not None
    assert found.schema == "PublicBody"
    assert "country" not in found.properties
    assert "XCA" in found.properties["notes"][0]
    real = actor_of(Actor(text="Omani coast guard", country="OMN", sector="COP"))
    assert real is not None
    assert real.properties["country"] == ["om"]


def test_ships_are_one_by_number_and_never_by_name() -> None:
    facts = [{"mmsi": 205123456, "imo": 9074729, "name": "AMBER TERN", "flag": "BEL",
              "call_sign": "ONAA", "ship_type": "80"}]  # fmt: skip
    ships = Ships(facts)
    (own,) = ships.said()
    by_mmsi = ships.vessel_of(Vessel(text="x", mmsi=205123456))
    by_imo = ships.vessel_of(Vessel(text="x", imo=9074729))
    by_name = ships.vessel_of(Vessel(text="x", name="Amber Tern"))
    assert by_mmsi is not None
    assert by_imo is not None
    assert by_name is not None
    assert own.id == by_mmsi.id == by_imo.id != by_name.id
    assert own.properties["imoNumber"] == ["IMO9074729"]
    wrong = ships.vessel_of(Vessel(text="x", imo=9074720))
    assert wrong is not None
    assert "imoNumber" not in wrong.properties
    assert ships.vessel_of(Vessel(text="three trawlers", count=3)) is None
