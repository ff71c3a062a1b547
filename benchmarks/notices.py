"""How well notices are read, over ../shared/data/reports (skipped, with the reason, where it is not
there).

Truth, and what counts as a match:
- single-point warnings: the agency's point within 0.001 degree of the event's place.
- areas: the agency's ring and ours overlap with an intersection over union of at least 0.98 (it
  draws circles as 32-gons); lines: Hausdorff distance of at most 0.002 degree. Event n of a
  warning answers its "[n of N]".
- issue time: the raw message rebuilt in the broadcast layout from the file's fields; the issue
  DTG to the minute.
- cancel time: where the text itself states one and no later warning cancelled it; to the minute,
  or the day where the text gives a day. The two misses are the file's: its text and its field
  disagree.
- IMB: position and local date and time against a second, independent reading of the head line.
- UKMTO: our own labels, made by reading each of the 18 texts, keyed by incident number.
- exercise and other warnings: no act against a ship may come out of any of the 600.

Run: .venv/bin/python benchmarks/notices.py (writes benchmarks/notices.json)
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from shapely.geometry import LineString, Polygon, shape

from masthead import geo
from masthead.model import Document, Event, parse_utc
from masthead.reports.notices import read_notices
from masthead.reports.notices.dtg import iso, parse_dtg

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ROOT.parent / "shared" / "data" / "reports"
FORBIDDEN = {
    "attack",
    "boarding",
    "attempted_boarding",
    "seizure",
    "hijack",
    "kidnap",
    "robbery",
    "detention",
    "interception",
    "pursuit",
    "suspicious_approach",
}
UKMTO_TRUTH = {
    "62": {"attack"},
    "61": {"suspicious_approach"},
    "52": {"attack"},
    "51": {"suspicious_approach"},
    "47": {"suspicious_approach"},
    "46": {"hijack"},
    "44": {"attack"},
    "38": {"attack"},
    "37": {"attack"},
    "34": {"attempted_boarding"},
    "36": {"attack"},
    "31": {"suspicious_approach"},
    "30": {"attack"},
    "25": {"attack"},
    "17": {"suspicious_approach"},
    "10": {"attack"},
    "8": {"attack"},
    "7": {"attack"},
}
"""44: the skiff returned fire. 17, 31: splashes near the ship, no hit. 51: ships told by radio to
move."""
UKMTO_STATUS = {"7": "attempted", "34": "attempted", "61": "ongoing"}
IMB_SAME = {
    "Boarded": {"robbery", "boarding", "kidnap"},
    "Attempted": {"attempted_boarding"},
    "Hijacked": {"hijack"},
    "Fired Upon": {"attack"},
    "Suspicious": {"suspicious_approach"},
}


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (REPORTS / f"{name}.dev.jsonl").open(encoding="utf-8")]


def short_dtg(text: str) -> str:
    return re.sub(r" \d\d(\d\d)$", r" \1", text)


def raw_message(row: dict[str, Any]) -> str:
    """The warning in the broadcast layout, from the fields of the file."""
    return (
        f"{short_dtg(row['issue'])}\n{row['series']} "
        f"{row['number']}/{row['year'][-2:]}({row['subregion']}).\n"
        f"{row['text']}//\n\nAuthority: {row['authority']}\n\nDate: {short_dtg(row['issue'])}\n"
    )


def checked(document: Document) -> tuple[Event, ...]:
    events = read_notices(document) or ()
    for event in events:
        event.verify(document.text)
    return events


def geometry() -> dict[str, Any]:
    points, shapes, missed = [0, 0], [0, 0], []
    single = [0, 0]
    for row in rows("navwarn_geometry"):
        name = re.match(r"(.*) \[(\d+) of (\d+)\]", row["name"])
        assert name
        events = [
            e
            for e in checked(Document(id=name[1], text=row["text"], meta={"name": row["name"]}))
            if e.place and e.place.geometry
        ]
        index = int(name[2]) - 1
        event = events[index] if index < len(events) else None
        truth = row["geometry"]
        if truth["type"] == "Point":
            lon, lat = truth["coordinates"][:2]
            place = event.place if event else None
            good = bool(
                place
                and place.lat is not None
                and place.lon is not None
                and abs(place.lat - lat) <= 0.001
                and abs(place.lon - lon) <= 0.001
            )
            tally = single if name[3] == "1" else points
            if not good:
                missed.append(row["name"])
        else:
            ring = next(g for g in truth["geometries"] if g["type"] == "LineString")["coordinates"]
            good = event is not None and same_shape([c[:2] for c in ring], event)
            tally = shapes
            if not good:
                missed.append(row["name"])
        tally[0] += good
        tally[1] += 1
    return {
        "single points within 0.001 degree": single,
        "listed points within 0.001 degree": points,
        "areas and lines as drawn": shapes,
        "missed": missed,
    }


def same_shape(ring: list[list[float]], event: Event) -> bool:
    assert event.place
    ours = shape(event.place.geometry)
    if ours.geom_type.endswith("LineString"):
        return bool(LineString(ring).hausdorff_distance(ours) <= 0.002)
    if ours.geom_type.endswith("Polygon") and len(ring) > 3:
        theirs, ours = Polygon(ring).buffer(0), ours.buffer(0)
        return bool(theirs.intersection(ours).area / theirs.union(ours).area >= 0.98)
    return False


def heads() -> dict[str, Any]:
    issue, cancel, head, missed = [0, 0], [0, 0], [0, 0], []
    kinds: dict[str, dict[str, int]] = {}
    forbidden = []
    for name in ("hydrolant_exercise", "hydrolant_other", "hydrolant_security"):
        count: Counter[str] = Counter()
        for row in rows(name):
            events = checked(Document(id=row["number"], text=raw_message(row)))
            first = events[0].details
            right = {e.details.get("issued") for e in events} == {iso(moment(row["issue"]))}
            issue = [issue[0] + right, issue[1] + 1]
            same = (first.get("series"), first.get("number"), first.get("year")) == (
                row["series"],
                int(row["number"]),
                int(row["year"]),
            )
            head = [head[0] + same, head[1] + 1]
            own = row["cancel_ref"] == f"A {row['number']} {row['year']}"
            if own and re.search(r"CANCEL\s[^.]*?THIS\s+MSG", row["text"]):
                truth, found = iso(moment(row["cancel_date"])), str(first.get("cancel") or "none")
                right = found == truth if "T" in found else truth.startswith(found)
                cancel = [cancel[0] + right, cancel[1] + 1]
                if not right:
                    missed.append(
                        f"{row['series']} {row['number']}/{row['year']}: {found} not {truth}"
                    )
            for event in events:
                count[f"{event.incident} ({event.status.value})"] += 1
                if name != "hydrolant_security" and event.incident in FORBIDDEN:
                    forbidden.append(f"{row['number']}/{row['year']}: {event.incident}")
        kinds[name] = dict(count.most_common())
    return {
        "series, number and year": head,
        "issue time": issue,
        "cancel time": cancel,
        "cancel missed": missed,
        "acts against ships out of 600 exercise and other warnings": forbidden,
        "events": kinds,
    }


def moment(text: str) -> Any:
    found = parse_dtg(text)
    assert found
    return found


def imb() -> dict[str, Any]:
    position, clock, kind, missed = [0, 0], [0, 0], [0, 0], []
    table: Counter[str] = Counter()
    objects = sources = 0
    data = rows("imb_2015_2017")
    for row in data:
        events = checked(Document(id="imb", text=row["text"], date=parse_utc(row["date"])))
        if len(events) != 1:
            missed.append(row["text"][:60])
            continue
        event = events[0]
        lat, lon = independent_position(row["text"])
        if lat is not None and lon is not None:
            place = event.place
            good = bool(
                place
                and place.geometry
                and abs((place.lat or 0) - lat) < 1e-4
                and abs((place.lon or 0) - lon) < 1e-4
            )
            position = [position[0] + good, position[1] + 1]
            if not good:
                missed.append("position: " + row["text"][:70].replace("\n", " "))
        good = independent_time(row["text"]) == clock_of(event)
        clock = [clock[0] + good, clock[1] + 1]
        if not good:
            missed.append("time: " + row["text"][:50])
        kind = [kind[0] + (event.incident in IMB_SAME[row["type"]]), kind[1] + 1]
        table[f"{row['type']} -> {event.incident}"] += 1
        objects += bool(event.objects)
        sources += bool(event.sources)
    return {
        "position": position,
        "date and time": clock,
        "type agrees with the IMB's": kind,
        "with a ship": [objects, len(data)],
        "with who did it": [sources, len(data)],
        "missed": missed,
        "types": dict(sorted(table.items())),
    }


def independent_position(text: str) -> tuple[float | None, float | None]:
    """The head's position by splitting it into its numbers, without the library's grammar."""
    line = text if "\n" not in text else "\n".join(text.split("\n")[:2])
    line = re.sub(r"^.*?\d\d\.\d\d\.\d{4}", "", line, flags=re.DOTALL)[:120]
    found = []
    for letters in ("NS", "EW"):
        match = re.search(rf"([\d:. ]+)\s*([{letters}])(?![A-Za-z])", line)
        numbers = re.findall(r"\d+", match[1]) if match else []
        if not match or len(numbers) not in (2, 3) or len(numbers[1]) != 2:
            return None, None
        value = (
            int(numbers[0]) + float(f"{numbers[1]}.{numbers[2] if len(numbers) == 3 else 0}") / 60
        )
        found.append(-value if match[2] in "SW" else value)
    return found[0], found[1]


def independent_time(text: str) -> str:
    """Day and first clock time of the head, by its characters."""
    match = re.search(r"(\d\d)\.(\d\d)\.(\d{4})(?: to [\d.]+)?\s*:\s*(\d{4})?", text)
    assert match
    day = f"{match[3]}-{match[2]}-{match[1]}"
    return f"{day}T{match[4][:2]}:{match[4][2:]}" if match[4] else day


def clock_of(event: Event) -> str:
    local = str(event.details["local_time"]).split("/")[0]
    return local[:16]


def ukmto() -> dict[str, Any]:
    kind, status, sea, missed = [0, 0], [0, 0], [0, 0], []
    without = []
    for row in rows("ukmto"):
        events = checked(
            Document(id=row["incident"], text=row["text"], date=parse_utc(row["date"]))
        )
        if len(events) != 1:
            missed.append(f"{row['incident']}: {len(events)} events")
            continue
        event, number = events[0], row["incident"]
        good = event.incident in UKMTO_TRUTH[number]
        kind = [kind[0] + good, kind[1] + 1]
        right = event.status.value == UKMTO_STATUS.get(number, "asserted")
        status = [status[0] + right, status[1] + 1]
        if not (good and right):
            missed.append(f"{number}: {event.incident} {event.status.value}")
        if event.place and event.place.lat is not None and event.place.lon is not None:
            at_sea = not geo.is_land(event.place.lat, event.place.lon)
            sea = [sea[0] + at_sea, sea[1] + 1]
        else:
            without.append(f"{number}: {event.place.text if event.place else None}")
    return {
        "incident type": kind,
        "status": status,
        "placed, and at sea": sea,
        "left without a point": without,
        "missed": missed,
    }


def main() -> None:
    if not REPORTS.is_dir():
        print(
            f"skipped: {REPORTS} is not there (the development data is not part of the repository)"
        )
        return
    begun = time.perf_counter()
    result = {"geometry": geometry(), "heads": heads(), "imb": imb(), "ukmto": ukmto()}
    for room, figures in result.items():
        print(f"\n{room}")
        for name, value in figures.items():
            if isinstance(value, list) and len(value) == 2 and all(type(v) is int for v in value):
                share = f"{value[0]}/{value[1]}  {100 * value[0] / max(1, value[1]):.1f} %"
                print(f"  {name}: {share}")
            elif isinstance(value, dict):
                print(f"  {name}:")
                for key, count in value.items():
                    print(f"    {key}: {count}")
            else:
                print(f"  {name}: {value or 'none'}")
    print(f"\n{time.perf_counter() - begun:.1f} s", file=sys.stderr)
    Path(__file__).with_suffix(".json").write_text(
        json.dumps(without_texts(result), indent=1, ensure_ascii=False) + "\n", "utf-8"
    )


def without_texts(result: dict[str, Any]) -> dict[str, Any]:
    """The figures alone: what was missed is printed, and not kept (the data is not ours to
    keep)."""
    return {
        room: {k: v for k, v in figures.items() if k not in ("missed", "left without a point")}
        for room, figures in result.items()
    }


if __name__ == "__main__":
    main()
