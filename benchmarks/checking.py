"""How well reported incidents are checked against tracks, and the fit of how much each sign says.

    python benchmarks/checking.py [--seeds 51 52 53] [--fit] [--save]

Plays the scenario otranto under each seed, detects, and makes of its truth incidents as a dispatch
would tell them: the deed, the ship, the day, the place by its nearest ten miles. As many are false:
the same told of a ship that nothing happened to (never happened), of another ship that was stopped
at another time (wrong ship), of a place 45 to 110 NM off (wrong place), of a day 2 or 3 days off
(wrong time). Prints the confusion of truth and verdict, the share of true incidents contradicted,
the Brier score and the reliability table. `--fit` fits what each sign says on these seeds and
writes `src/masthead/data/check_signs.csv`: then score on other seeds.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from masthead.case import load_case
from masthead.checks import signature
from masthead.checks.coverage import coverage
from masthead.checks.reach import TOP_KN, reach
from masthead.checks.sightings import Sightings
from masthead.checks.signature import SIGNS, Sign, signs_of
from masthead.checks.verdict import OUT_OF_REACH_NM, _claim, verdict_on
from masthead.geo import destination
from masthead.judgement import Finding, Incident, Scene, State, Verdict
from masthead.ledger import Ledger
from masthead.model import Interval, Place, Vessel
from masthead.sim.scenario import load_scenario, source_of
from masthead.sim.staging import simulate
from masthead.sim.truth import Happening
from masthead.tracks.lake import Lake
from masthead.watch import run_case
from sign_weights import Row, fitted, write

KINDS = ("seizure", "boarding", "interception", "diversion", "pursuit", "release")
MERCHANT = ("crude_tanker", "product_tanker", "bulk", "container", "general")
DATA = Path(__file__).resolve().parent.parent / "src" / "masthead" / "data" / "check_signs.csv"
Told = tuple[Incident, str]
"""An incident, and how true it is."""


def played(seed: int, folder: Path) -> tuple[Sightings, list[Told]]:
    """A play's tracks, and the incidents told of it."""
    from masthead.score.truths import read_happenings

    outcome = simulate(load_scenario("otranto"), folder, seed=seed, text=source_of("otranto"))
    case = load_case(outcome.case)
    run_case(case)
    with Ledger.open(case.ledger_path, read_only=True) as ledger:
        signs = list(ledger.events(sense="track"))
    sightings = Sightings(Lake(case.lake_path), signs)
    ships = read_ships(folder / "ships.csv")
    return sightings, told(read_happenings(folder), ships, np.random.default_rng(seed))


def read_ships(file: Path) -> dict[int, dict[str, str]]:
    """The ships of a play, by MMSI."""
    import csv

    with file.open(encoding="utf-8") as rows:
        return {int(r["mmsi"]): r for r in csv.DictReader(rows)}


def told(
    happenings: list[Happening], ships: dict[int, dict[str, str]], dice: np.random.Generator
) -> list[Told]:
    """Incidents as dispatches tell them, half of them false."""
    deeds = [h for h in happenings if h.incident in KINDS and h.status == "done" and h.lat
             and h.ships[0] in ships and ships[h.ships[0]]["type"] in MERCHANT]  # fmt: skip
    touched = {m for h in happenings if h.actor for m in h.ships}
    others = [m for m, s in ships.items() if s["type"] in MERCHANT and m not in touched]
    found: list[Told] = []
    for h in deeds:
        assert h.lat is not None
        assert h.lon is not None
        found.append((incident(h, ships[h.ships[0]], h.lat, h.lon, h.start), "true"))
        lie = str(dice.choice(["never_happened", "wrong_ship", "wrong_place", "wrong_time"]))
        ship, lat, lon, start = ships[h.ships[0]], h.lat, h.lon, h.start
        if lie == "never_happened":
            ship = ships[int(dice.choice(others))]
        elif lie == "wrong_ship":
            ship = ships[deeds[int(dice.integers(len(deeds)))].ships[0]]
            if ship is ships[h.ships[0]]:
                continue
        elif lie == "wrong_place":
            way = float(dice.uniform(45, 110)) * 1852.0
            lat, lon = destination(lat, lon, float(dice.uniform(0, 360)), way)
        else:
            start += timedelta(days=float(dice.choice([-3, -2, 2, 3])))
        found.append((incident(h, ship, lat, lon, start), lie))
    return found


def incident(
    h: Happening, ship: dict[str, str], lat: float, lon: float, start: datetime
) -> Incident:
    """A happening as one dispatch tells it: the day, and the place to some ten miles."""
    day = datetime(start.year, start.month, start.day, tzinfo=UTC)
    time = Interval(earliest=day, latest=day + timedelta(hours=23, minutes=59), precision="day")
    place = Place(text="as told", lat=round(lat, 1), lon=round(lon, 1), radius_m=18_520.0)
    return Incident(
        id=f"{h.id}-{ship['mmsi']}-{day:%d}", kind=h.incident, state=State.COMPLETED,
        events=(h.id,),
        vessel=Vessel(text=ship["name"], name=ship["name"]),
        time=time, place=place, scenes=(Scene(event=h.id, time=time, place=place),),
    )  # fmt: skip


def observed(sightings: Sightings, item: Incident) -> tuple[bool, list[Sign]] | None:
    """Whether an incident's place was out of its ship's reach, and else the signs; None if not to
    be told."""
    claim = _claim(item)
    ships = sightings.ships_of(item.vessel) if item.vessel else []
    if claim is None or not ships or claim.place is None:
        return None
    track = sightings.of(ships[0])
    if not track.inside(claim.first - 24, claim.last + 24).any():
        return None
    _, kind = sightings.flag_and_class(ships[0])
    top = TOP_KN.get(kind, TOP_KN[None])
    could = reach(track, *claim.place, claim.first, claim.last, speed_kn=top)
    out = could is not None and could.short_nm > OUT_OF_REACH_NM
    share = coverage(sightings, *claim.place, claim.first, claim.last).certain_share
    signs = sightings.signs[ships[0]]
    return out, signs_of(track, signs, item.kind, claim.first, claim.last, claim.place, share)


def fit(plays: list[tuple[Sightings, list[Told]]]) -> None:
    """Fit the weights of the signs on these plays, and write the table."""
    rows: list[Row] = []
    out: Counter[tuple[bool, bool]] = Counter()
    for sightings, incidents in plays:
        for item, truth in incidents:
            seen = observed(sightings, item)
            if seen is not None:
                out[truth == "true", seen[0]] += 1
                if not seen[0]:
                    rows.append((item.kind, seen[1], truth == "true"))
    with_it, without = (
        (out[true, True] + 0.5) / (out[true, True] + out[true, False] + 1) for true in (True, False)
    )
    write(DATA, fitted(rows, SIGNS), with_it / without)
    signature._table.cache_clear()
    print(f"wrote {DATA}: {len(rows)} incidents within reach")


def judged(plays: list[tuple[Sightings, list[Told]]]) -> list[tuple[str, str, Verdict]]:
    """Every incident's truth, kind, and verdict, with an even prior: half of them are false."""
    found = []
    for sightings, incidents in plays:
        for item, truth in incidents:
            found.append((truth, item.kind, verdict_on(item, sightings, prior=0.5)))
    return found


def brier(results: list[tuple[str, str, Verdict]]) -> float:
    """The mean square of probability minus truth, of those that could be checked."""
    told = [(v.probability, t == "true") for t, _, v in results if v.mmsi is not None]
    return float(np.mean([(p - y) ** 2 for p, y in told]))


def report(results: list[tuple[str, str, Verdict]]) -> dict[str, Any]:
    """Print the tables, and give the figures."""
    confusion = Counter((truth, str(v.finding)) for truth, _, v in results)
    findings = [str(f) for f in Finding]
    truths = ["true", "never_happened", "wrong_ship", "wrong_place", "wrong_time"]
    print(f"{'':16}" + "".join(f"{f:>15}" for f in findings))
    for truth in truths:
        print(f"{truth:16}" + "".join(f"{confusion[truth, f]:>15}" for f in findings))
    true = sum(confusion["true", f] for f in findings)
    share = confusion["true", "contradicted"] / true
    print(
        f"true incidents contradicted: {confusion['true', 'contradicted']} of {true} ({share:.1%})"
    )
    score = brier(results)
    print(f"Brier {score:.3f} (0.25: always one half)")
    told = [(v.probability, t == "true") for t, _, v in results if v.mmsi is not None]
    for low in (0.0, 0.1, 0.3, 0.5, 0.7, 0.9):
        high = {0.0: 0.1, 0.9: 1.01}.get(low, low + 0.2)
        inside = [(p, y) for p, y in told if low <= p < high]
        if inside:
            print(f"  told {np.mean([p for p, _ in inside]):.2f}: true"
                  f" {np.mean([y for _, y in inside]):.2f} of {len(inside)}")  # fmt: skip
    return {"incidents": len(results), "true_contradicted": round(share, 4),
            "brier": round(score, 4),
            "confusion": {f"{t} {f}": n for (t, f), n in sorted(confusion.items())}}  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", nargs="+", type=int, default=[51, 52, 53])
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--save", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        plays = [played(seed, Path(folder) / str(seed)) for seed in options.seeds]
        if options.fit:
            fit(plays)
        start = time.monotonic()
        results = judged(plays)
        took = time.monotonic() - start
        figures = report(results)
        figures["seconds"] = round(took, 1)
        print(f"{len(results)} incidents checked in {took:.1f} s")
    if options.save:
        Path(__file__).with_suffix(".json").write_text(json.dumps(figures, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
