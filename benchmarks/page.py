"""The page: its size, its first paint, how fast a filter answers, how a map of 10^6 positions pans.

    python benchmarks/page.py CASE.toml        a case that was run (the demo case: masthead demo)

Goals: first paint in 1.5 s, a filter in 100 ms, no stall over 200 ms while panning. Measured
without a graphics processor (the canvas map), and with WebGL in software, which the page avoids by
itself; each with ships and tails, and with the whole tracks of all ships besides. The worst frame
of an idle page in the same run (`blank_frame_ms_worst`) says how busy the machine was. The last run
is kept beside this file.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "src" / "masthead" / "web" / "static"
FRAMES = """async (moves) => {
  const map = document.querySelector('section.chart canvas')
  const box = map.getBoundingClientRect()
  const at = (type, x, y) => map.dispatchEvent(new (type.startsWith('pointer') ? PointerEvent
    : MouseEvent)(type, {bubbles: true, cancelable: true, clientX: box.x + x, clientY: box.y + y,
    buttons: 1, button: 0, pointerId: 1, view: window}))
  const kinds = map.className.includes('chart-canvas') ? ['pointerdown', 'pointermove', 'pointerup']
    : ['mousedown', 'mousemove', 'mouseup']
  const gaps = []
  let last = performance.now()
  at(kinds[0], 500, 300)
  for (let i = 0; i < moves; i++) {
    at(kinds[1], 500 + 160 * Math.sin(i / 12), 300 + 90 * Math.sin(i / 17))
    await new Promise(requestAnimationFrame)
    const now = performance.now()
    gaps.push(now - last)
    last = now
  }
  at(kinds[2], 500, 300)
  return gaps
}"""
WAYS = [
    ("canvas", "canvas=1", ["--disable-gpu"]),
    ("webgl in software", "webgl=1",
     ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]),
]  # fmt: skip
BLANK = """async () => {
  let worst = 0
  let last = performance.now()
  for (let i = 0; i < 60; i++) {
    await new Promise(requestAnimationFrame)
    worst = Math.max(worst, performance.now() - last)
    last = performance.now()
  }
  return worst
}"""
FILTER = """async () => {
  const boxes = [...document.querySelectorAll('.families input')]
  const took = []
  for (const box of [...boxes, ...boxes]) {
    const begin = performance.now()
    box.click()
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)))
    took.push(performance.now() - begin)
    await new Promise(done => setTimeout(done, 250))
  }
  return took
}"""


def size() -> dict[str, Any]:
    """Bytes of the page: as they are, and compressed, of all files and of the first to arrive."""
    files = [p for p in STATIC.rglob("*") if p.is_file()]
    packed = {p.name: len(gzip.compress(p.read_bytes(), 9)) for p in files}
    return {
        "raw_kb": round(sum(p.stat().st_size for p in files) / 1024),
        "gzip_kb": round(sum(packed.values()) / 1024),
        "own_script_gzip_kb": round(
            sum(n for name, n in packed.items() if re.match(r"index-.*\.js", name)) / 1024
        ),
    }


def measure(browser: Browser, url: str, query: str, layers: str) -> dict[str, Any]:
    """First paint, filters and panning, with these layers, with WebGL or without."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    address = url.replace("/?", f"/?{query}&" if query else "/?")
    begin = time.perf_counter()
    page.goto(f"{address}#view=map&layers={layers}")
    page.wait_for_selector(".families .count")
    told = (time.perf_counter() - begin) * 1000
    page.wait_for_selector("section.chart canvas")
    page.wait_for_timeout(8000)
    blank = page.evaluate(BLANK)
    paint = page.evaluate(
        "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
    )
    took = page.evaluate(FILTER)
    page.wait_for_timeout(1500)
    page.evaluate(FRAMES, 30)
    gaps = page.evaluate(FRAMES, 60)
    page.close()
    return {
        "first_paint_ms": round(paint or -1),
        "case_shown_ms": round(told),
        "filter_ms_median": round(statistics.median(took)),
        "filter_ms_worst": round(max(took)),
        "blank_frame_ms_worst": round(blank),
        "pan_frame_ms_median": round(statistics.median(gaps), 1),
        "pan_frame_ms_worst": round(max(gaps)),
    }


def main(case: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("no Chromium here; on Debian: apt-get install chromium")
    masthead = Path(sys.executable).with_name("masthead")
    server = subprocess.Popen(
        [masthead, "serve", case, "--no-open", "--port", "0"],
        stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "COLUMNS": "200"},
    )  # fmt: skip
    assert server.stdout is not None
    url = next(
        m.group(0) for line in server.stdout if (m := re.search(r"http://\S+token=\S+", line))
    )
    time.sleep(8)  # the server's own preparation
    try:
        with sync_playwright() as playwright:
            found: dict[str, Any] = {"size": size(), "load": [round(x, 1) for x in os.getloadavg()]}
            for name, query, options in WAYS:
                browser = playwright.chromium.launch(
                    executable_path=chromium, args=["--no-sandbox", *options]
                )
                for layers in ("zones,ships,events", "zones,ships,events,tracks"):
                    which = f"{name}, whole tracks" if "tracks" in layers else name
                    found[which] = measure(browser, url, query, layers)
                browser.close()
    finally:
        server.terminate()
    Path(__file__).with_suffix(".json").write_text(json.dumps(found, indent=2) + "\n")
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python benchmarks/page.py CASE.toml (a case that was run)")
    main(Path(sys.argv[1]))
