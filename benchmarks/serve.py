"""How fast the server answers, over real HTTP on loopback, on a case that was run (the demo's).

    python benchmarks/serve.py demo/case.toml

Goals: each filter under 100 ms (the 95th percentile), tracks at every zoom under 200 ms. Prints the
figures and writes them to serve.json beside this file.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import uvicorn

from masthead.cli.serving import listen
from masthead.web.app import make_app
from masthead.web.desk import Desk
from masthead.web.door import Door

FILTERS = {
    "events": "events?limit=100",
    "events, one kind": "events?limit=100&incident=gap",
    "events, words": "events?limit=100&q=tanker",
    "events, box": "events?limit=100&bbox={box}",
    "events, a day": "events?limit=100&from={day}&until={day}T23:59:59Z",
    "events, a ship": "events?limit=100&mmsi={mmsi}",
    "all as GeoJSON": "events.geojson",
    "a day as GeoJSON": "events.geojson?from={day}&until={day}T23:59:59Z",
    "histogram": "events/histogram?bins=200",
    "histogram, words": "events/histogram?bins=200&q=boarded",
    "incidents": "incidents?limit=100",
    "incidents, one finding": "incidents?finding=corroborated",
    "ships, name": "ships?q=an",
    "documents": "documents",
    "network": "network",
    "search": "search?q=tanker",
    "coverage": "coverage?at={day}T12:00:00Z",
}
ZOOMS = (3, 5, 7, 9, 11, 13)
TIMES = 20


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", type=Path)
    case = parser.parse_args().case
    began = time.perf_counter()
    with Desk(case) as desk:
        opened = time.perf_counter() - began
        listener = listen("127.0.0.1", 0)
        door = Door(port=listener.getsockname()[1])
        server = uvicorn.Server(uvicorn.Config(make_app(desk, door), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        headers = {"Authorization": f"Bearer {door.token}"}
        with httpx.Client(base_url=f"{door.url}api/", headers=headers, timeout=120) as client:
            figures = measure(client, began, opened)
        server.should_exit = True
        thread.join()
    Path(__file__).with_suffix(".json").write_text(json.dumps(figures, indent=1) + "\n")


def measure(client: httpx.Client, began: float, opened: float) -> dict[str, object]:
    """All figures: seconds until things are ready, then milliseconds a request."""
    about = client.get("case").json()
    first_incidents = time.perf_counter() - began
    client.get("tracks?zoom=5")
    client.get("effectiveness")
    ready = time.perf_counter() - began
    counts = about["counts"]
    print(f"{counts['events']:,} events, {counts['positions']:,} positions, {os.cpu_count()} cores")
    print(f"open {opened:.2f} s, incidents and verdicts {first_incidents:.2f} s, all {ready:.2f} s")
    west, south, east, north = about["region"] or (-180, -90, 180, 90)
    words = {
        "box": f"{west},{south},{(west + east) / 2},{(south + north) / 2}",
        "day": about["span"]["earliest"][:10],
        "mmsi": client.get("ships?limit=1").json()["items"][0]["mmsi"],
    }
    filters = {
        name: timed(lambda path=path: client.get(path.format(**words)))  # type: ignore[misc]
        for name, path in FILTERS.items()
    }
    tracks = {}
    for zoom in ZOOMS:
        half = 180 / 2**zoom * 2  # about a screen of 1,000 pixels
        x, y = (west + east) / 2, (south + north) / 2
        box = f"{x - half},{max(-90, y - half / 2)},{x + half},{min(90, y + half / 2)}"
        tracks[f"zoom {zoom}"] = timed(
            lambda z=zoom, b=box: client.get(f"tracks?zoom={z}&bbox={b}")
        )  # type: ignore[misc]
    unchanged = timed(lambda: client.get("events", headers={"If-None-Match": tag(client)}), 5)
    for name, found in {**filters, **tracks, "304": unchanged}.items():
        print(f"{name:24} {found['median_ms']:7.1f} ms  p95 {found['p95_ms']:7.1f} ms "
              f"{found['kb']:8.0f} KB")  # fmt: skip
    worst = max(f["p95_ms"] for f in filters.values())
    print(f"slowest filter, p95: {worst:.0f} ms (goal 100)")
    return {
        "counts": counts, "open_s": round(opened, 2), "verdicts_s": round(first_incidents, 2),
        "all_s": round(ready, 2), "filters": filters, "tracks": tracks, "304": unchanged,
        "cores": os.cpu_count(),
    }  # fmt: skip


def tag(client: httpx.Client) -> str:
    """The ETag of now."""
    return str(client.get("zones").headers["ETag"])


def timed(ask: Callable[[], httpx.Response], times: int = TIMES) -> dict[str, float]:
    """Median and 95th percentile of a request in milliseconds, and its size."""
    took = []
    for _ in range(times):
        start = time.perf_counter()
        answer = ask()
        took.append((time.perf_counter() - start) * 1000)
        assert answer.status_code in (200, 304), answer.text
    return {
        "median_ms": round(statistics.median(took), 1),
        "p95_ms": round(sorted(took)[int(0.95 * len(took))], 1),
        "kb": round(len(answer.content) / 1000, 1),
    }


if __name__ == "__main__":
    main()
