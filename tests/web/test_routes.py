"""Every route, on a small case."""

from __future__ import annotations

import io

import polars as pl
import pytest
from fastapi.testclient import TestClient

from masthead.model import from_json


def test_the_case_counts_what_the_lists_hold(reading: TestClient) -> None:
    case = reading.get("/api/case").json()
    assert case["title"] == "Three reports"
    assert case["region"] == [56.0, 16.0, 68.0, 26.0]
    for name in ("documents", "events", "incidents", "ships"):
        assert case["counts"][name] == reading.get(f"/api/{name}").json()["total"] > 0
    rows = reading.get("/api/tracks").headers["X-Rows"]
    assert case["counts"]["positions"] == int(rows)
    assert case["span"]["earliest"] < case["span"]["latest"]
    assert case["states"]["XCA"] == "Carthia", "as the case has it"
    assert case["states"]["OMN"] == "Oman", "as the table of countries has it"


@pytest.mark.parametrize(
    "query",
    ["sense=report", "incident=seizure,boarding", "country=XCA", "q=carthian navy",
     "from=2026-06-02&until=2026-06-02T12:00Z", "bbox=56,16,68,26", "mmsi={mmsi}",
     "status=asserted", "document={document}", "ids={id}", "undated=true&from=2026-06-02"],
)  # fmt: skip
def test_each_filter_keeps_what_it_says(reading: TestClient, query: str) -> None:
    everything = reading.get("/api/events?limit=1000").json()["items"]
    told = next(e for e in everything if e["sense"] == "report")
    document = told["evidence"][0]["document"]
    mmsi = next(e for e in everything if e["sense"] == "track")["evidence"][0]["mmsi"]
    query = query.format(mmsi=mmsi, document=document, id=told["id"])
    found = reading.get(f"/api/events?limit=1000&{query}").json()
    kept = [e for e in everything if _holds(e, query)]
    assert [e["id"] for e in found["items"]] == [e["id"] for e in kept]
    assert found["total"] == len(kept) > 0
    points = reading.get(f"/api/events.geojson?{query}").json()["features"]
    assert [p["id"] for p in points] == [e["id"] for e in kept]


def _holds(event: dict, query: str) -> bool:
    """The filters again, in the plainest words."""
    asked = dict(part.split("=", 1) for part in query.split("&"))
    time = event["time"] or {}
    first, last = time.get("earliest"), time.get("latest")
    parties = [*event["sources"], *event["targets"]]
    tests = {
        "sense": lambda v: event["sense"] == v,
        "status": lambda v: event["status"] == v,
        "incident": lambda v: event["incident"] in v.split(","),
        "country": lambda v: v in [a["country"] for a in parties]
        + [s["flag"] for s in event["objects"]],
        "q": lambda v: all(w in str(event).casefold() for w in v.split()),
        "from": lambda v: (not first and not last and "undated" in asked)
        or bool(last and last >= v) or bool(first and not last),
        "until": lambda v: bool(first and first <= v[:16] + ":00Z") or bool(last and not first),
        "undated": lambda _: True,
        "bbox": lambda _: event["place"] is not None
        and (event["place"]["lat"] is not None or event["place"]["geometry"] is not None),
        "mmsi": lambda v: v in str([event["objects"], event["evidence"]]),
        "document": lambda v: any(p.get("document") == v for p in event["evidence"]),
        "ids": lambda v: event["id"] in v.split(","),
    }  # fmt: skip
    return all(tests[name](value) for name, value in asked.items())


def test_events_are_the_public_records_and_the_histogram_counts_them(reading: TestClient) -> None:
    items = reading.get("/api/events?limit=1000").json()["items"]
    raw = reading.get("/api/events?limit=1").text
    assert from_json(raw[len('{"items":[') : raw.rindex('],"total"')]).id == items[0]["id"]
    counted = reading.get("/api/events/histogram?bins=7").json()
    assert len(counted["edges"]) == 8
    in_bins = sum(map(sum, counted["series"].values()))
    assert in_bins + counted["undated"] == len(items)
    seizures = reading.get("/api/events/histogram?bins=7&incident=seizure").json()
    assert seizures["series"]["seizure"] == counted["series"]["seizure"]


def test_pages_follow_one_another_and_a_foreign_cursor_is_refused(reading: TestClient) -> None:
    whole = [e["id"] for e in reading.get("/api/events?limit=1000").json()["items"]]
    found, cursor = [], ""
    while cursor is not None:
        page = reading.get(f"/api/events?limit=3{f'&cursor={cursor}' if cursor else ''}").json()
        found += [e["id"] for e in page["items"]]
        cursor = page["next"]
    assert found == whole
    assert reading.get("/api/events?cursor=!!").status_code == 422
    assert reading.get("/api/events?cursor=MDAwMDAwMDAuMg==").status_code == 409
    assert reading.get("/api/events?limit=0").status_code == 422


def test_an_event_leads_to_its_document_incident_and_verdict(reading: TestClient) -> None:
    item = reading.get("/api/incidents?finding=contradicted").json()["items"][0]
    event = reading.get(f"/api/events/{item['incident']['events'][0]}").json()
    assert event["incident_id"] == item["incident"]["id"]
    assert event["verdict"]["finding"] == "contradicted"
    document = reading.get(f"/api/documents/{event['document']['id']}").json()
    span = event["event"]["evidence"][0]
    assert document["document"]["text"][span["start"] : span["end"]] == span["text"]
    assert event["event"]["id"] in [e["id"] for e in document["events"]]


def test_an_incident_has_its_tracks_and_where_its_ship_could_have_been(
    reading: TestClient,
) -> None:
    items = reading.get("/api/incidents").json()["items"]
    assert {i["verdict"]["finding"] for i in items} >= {"corroborated", "contradicted"}
    detailed = [reading.get(f"/api/incidents/{i['incident']['id']}").json() for i in items]
    seen = next(d for d in detailed if d["verdict"]["finding"] == "corroborated")
    track = seen["track"][str(seen["verdict"]["mmsi"])]
    assert len(track["t"]) == len(track["lat"]) == len(track["sog"]) > 10
    assert track["t"] == sorted(track["t"])
    assert [e["id"] for e in seen["events"]] == seen["incident"]["events"]
    assert seen["documents"]
    prism = next(d["prism"] for d in detailed if d["prism"])
    ring = prism["geometry"]["coordinates"][0]
    assert ring[0] == ring[-1]
    assert reading.get("/api/incidents?q=no such words at all").json()["total"] == 0


def test_ships_and_what_they_said_of_themselves(reading: TestClient) -> None:
    items = reading.get("/api/ships").json()["items"]
    assert all(i["positions"] > 0 and i["first"] <= i["last"] for i in items)
    one = items[0]
    ship = reading.get(f"/api/ships/{one['mmsi']}").json()
    assert len(ship["events"]) == one["events"]
    assert ship["identities"][0]["name"] == one["name"]
    assert [s["mmsi"] for s in reading.get(f"/api/ships?q={one['name']}").json()["items"]] == [
        one["mmsi"]
    ]
    assert reading.get("/api/ships/999999999").status_code == 404


def test_tracks_as_arrow_and_as_lines(reading: TestClient) -> None:
    answer = reading.get("/api/tracks?zoom=6")
    rows = pl.read_ipc_stream(io.BytesIO(answer.content))
    assert rows.columns == ["mmsi", "t", "lat", "lon", "sog", "cog", "link"]
    assert rows.equals(rows.sort("mmsi", "t"))
    assert rows.height < int(reading.get("/api/tracks").headers["X-Rows"])
    assert float(answer.headers["X-Simplified"]) == pytest.approx(1223.0, abs=0.1)
    lines = reading.get("/api/tracks?zoom=6&format=geojson").json()["features"]
    assert {f["properties"]["mmsi"] for f in lines} == set(rows["mmsi"])
    assert sum(len(f["properties"]["times"]) for f in lines) == rows.height
    one = rows["mmsi"][0]
    only = pl.read_ipc_stream(io.BytesIO(reading.get(f"/api/tracks?mmsi={one}").content))
    assert only["mmsi"].unique().to_list() == [one]


def test_coverage_network_stances_effectiveness_brief(reading: TestClient) -> None:
    cells = reading.get("/api/coverage?at=2026-06-02T12:00:00Z").json()["features"]
    assert cells
    assert all(0 <= c["properties"]["heard"] <= 1 for c in cells)
    network = reading.get("/api/network").json()
    ids = {n["id"] for n in network["nodes"]}
    assert ids
    assert all({e["source"], e["target"]} <= ids for e in network["edges"])
    assert set(reading.get("/api/stances").json()) == {"matter", "states", "disputes"}
    assert reading.get("/api/effectiveness").status_code == 200
    brief = reading.get("/api/brief.html")
    assert "sandbox" in brief.headers["Content-Security-Policy"]
    assert "Three reports" in brief.text


def test_search_finds_each_kind(reading: TestClient) -> None:
    name = reading.get("/api/incidents").json()["items"][0]["incident"]["vessel"]["name"]
    items = reading.get("/api/search", params={"q": name}).json()["items"]
    assert {i["kind"] for i in items} == {"incident", "ship", "document", "event"}
    told = next(i for i in items if i["kind"] == "document")
    assert name.casefold() in told["snippet"].casefold()


@pytest.mark.parametrize(
    ("path", "status"),
    [("events/none", 404), ("incidents/none", 404), ("documents/none", 404), ("nothing", 404),
     ("events?colour=red", 422), ("events?bbox=1,2,3", 422), ("events?from=yesterday", 422),
     ("events?from=0001-01-01T00:00:00%2B23:59", 422), ("tracks?mmsi=12x", 422),
     ("tracks?zoom=99", 422), ("coverage", 422), ("events?bbox=nan,nan,nan,nan", 422)],
)  # fmt: skip
def test_a_wrong_question_is_told_in_one_line(reading: TestClient, path: str, status: int) -> None:
    answer = reading.get(f"/api/{path}")
    assert answer.status_code == status
    assert set(answer.json()) == {"error", "hint"}
    assert "\n" not in answer.json()["error"]
