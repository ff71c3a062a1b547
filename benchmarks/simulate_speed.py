"""How fast a large crisis is simulated: 1,000 ships over 30 days, with reception, into a lake.

    python benchmarks/simulate_speed.py [--ships 1000] [--days 30] [--thin-s 30]

The scenario is the built-in `otranto`, its fleets made larger in proportion and its blockade
longer. Prints the time, the peak memory of the process, and the positions received; the last run
is kept in simulate_speed.json beside this file.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from masthead.sim.scenario import Scenario, load_scenario
from masthead.sim.staging import simulate

LIMIT_S, LIMIT_GB = 300.0, 4.0


def enlarged(ships: int, days: int, thin_s: int) -> Scenario:
    """The built-in scenario with so many ships and days."""
    scenario = load_scenario("otranto")
    assert scenario.blockade is not None
    patrols = sum(p.count for p in scenario.patrols)
    factor = (ships - patrols) / sum(f.count for f in scenario.fleets)
    fleets = [f.model_copy(update={"count": round(f.count * factor)}) for f in scenario.fleets]
    fleets[0] = fleets[0].model_copy(
        update={"count": fleets[0].count + ships - patrols - sum(f.count for f in fleets)}
    )
    until = scenario.scenario.start + timedelta(days=days - 2)
    return scenario.model_copy(
        update={
            "scenario": scenario.scenario.model_copy(update={"days": days}),
            "fleets": tuple(fleets),
            "blockade": scenario.blockade.model_copy(update={"until": until}),
            "reception": {**scenario.reception, "thin_s": thin_s},
        }
    )


def main() -> None:
    """Simulate and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ships", type=int, default=1000)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--thin-s", type=int, default=30)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="simulate_speed_"))
    try:
        began = time.perf_counter()
        outcome = simulate(enlarged(given.ships, given.days, given.thin_s), folder / "out")
        took = time.perf_counter() - began
        size = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
    finally:
        shutil.rmtree(folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    row = {
        "ships": outcome.ships, "days": given.days, "states": outcome.states,
        "positions": outcome.positions, "happenings": len(outcome.happenings),
        "seconds": round(took, 1), "peak_gb": round(peak, 2), "written_mb": round(size / 1e6),
    }  # fmt: skip
    Path(__file__).with_suffix(".json").write_text(json.dumps(row, indent=1) + "\n", "utf-8")
    print(f"{row['ships']} ships, {row['days']} days: {row['positions']:,} positions received of "
          f"{row['states']:,} true states in {took:.0f} s (goal {LIMIT_S:.0f}), "
          f"peak {peak:.2f} GB (goal {LIMIT_GB:.0f}), {row['written_mb']} MB")  # fmt: skip


if __name__ == "__main__":
    main()
