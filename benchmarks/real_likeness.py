"""How real the simulated traffic looks: speeds, turn rates, reporting intervals and silences beside
those of 99,999 real positions (NOAA MarineCadastre, 2022-01-03). Writes the figures as JSON and as
one picture, docs/img/real-likeness.png: shares by class only, no position.

    python benchmarks/real_likeness.py

The real file holds the first 24 minutes of its day and little else, one position a ship and minute.
So the simulated positions are cut and thinned alike: 24 minutes of each day at the same hour, each
ship and day for itself.
"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import matplotlib as mpl
import numpy as np
import polars as pl
from PIL import Image

from masthead.sim.play import Play
from masthead.sim.reception import Receiver, settings_of
from masthead.sim.scenario import load_scenario

mpl.use("Agg")
from matplotlib import pyplot as plt

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "data" / "tracks" / "marinecadastre_2022-01-03_100k.csv.gz"
PICTURE = ROOT / "docs" / "img" / "real-likeness.png"
KEPT = Path(__file__).with_suffix(".json")
WINDOW_MIN = 24
MOVING_KN = 0.5
CARRIERS = (30, *range(60, 90))
"""Fishing boats, passenger ships, cargo ships, tankers: the classes that are simulated."""


def real() -> pl.DataFrame:
    """The real positions of the first minutes, as (ship, t, sog, cog, type)."""
    table = pl.read_csv(REAL, infer_schema_length=None, try_parse_dates=True)
    first = table["BaseDateTime"].min()
    return table.filter(pl.col("BaseDateTime") < first + timedelta(minutes=WINDOW_MIN)).select(
        pl.col("MMSI").alias("ship"), pl.col("BaseDateTime").alias("t"),
        pl.col("SOG").cast(pl.Float64).alias("sog"), pl.col("COG").cast(pl.Float64).alias("cog"),
        pl.col("VesselType").alias("type"), (pl.col("TransceiverClass") == "B").alias("b"),
    )  # fmt: skip


def simulated(days: int) -> pl.DataFrame:
    """The simulated positions of the same minutes at noon of some days, alike."""
    scenario = load_scenario("otranto")
    play = Play(scenario)
    settings = settings_of(scenario).model_copy(update={"satellites": 0})
    receiver = Receiver(settings, play.ships, scenario.scenario.start, play.seed)
    parts = []
    for number, states in enumerate(play.days()):
        if number == days:
            break
        t = pl.col("t")
        noon = t.dt.hour().cast(pl.Int32) * 60 + t.dt.minute().cast(pl.Int32) - 720
        parts.append(
            receiver.receive(states)
            .filter((noon >= 0) & (noon < WINDOW_MIN))
            .select(
                (pl.col("mmsi").cast(pl.Int64) * 100 + number).alias("ship"), "t",
                pl.col("sog").cast(pl.Float64), pl.col("cog").cast(pl.Float64),
                pl.lit(None, pl.Int64).alias("type"), (pl.col("class") == 1).alias("b"),
            )
        )  # fmt: skip
    return pl.concat(parts)


def measures(positions: pl.DataFrame) -> dict[str, np.ndarray]:
    """Speeds (knots) and turn rates (degrees a minute) under way, intervals (seconds)."""
    steps = positions.sort("ship", "t").with_columns(
        pl.col("t").diff().over("ship").dt.total_seconds().alias("s"),
        pl.col("cog").diff().over("ship").alias("turn"),
        pl.col("sog").shift().over("ship").alias("before"),
    )
    moving = steps.filter((pl.col("sog") > 3) & (pl.col("before") > 3) & (pl.col("s") <= 190))
    turn = ((moving["turn"] + 180) % 360 - 180).abs() / moving["s"].clip(1) * 60
    return {
        "speed": positions.filter(pl.col("sog") > MOVING_KN)["sog"].to_numpy(),
        "turn": turn.drop_nulls().to_numpy(),
        "interval": steps.filter(pl.col("s") > 0)["s"].to_numpy().astype(float),
    }


def figures(positions: pl.DataFrame) -> dict[str, float]:
    """A few numbers of each measure."""
    m = measures(positions)
    return {
        "positions": positions.height,
        "tracks": positions["ship"].n_unique(),
        "class_b_share": round(float(positions["b"].mean()), 3),
        "at_rest_share": round(float((positions["sog"] <= MOVING_KN).mean()), 3),
        **{f"speed_p{q}_kn": round(float(np.percentile(m["speed"], q)), 1) for q in (10, 50, 90)},
        **{
            f"turn_p{q}_deg_min": round(float(np.percentile(m["turn"], q)), 1) for q in (50, 90, 99)
        },
        **{
            f"interval_p{q}_s": round(float(np.percentile(m["interval"], q)), 0)
            for q in (10, 50, 90)
        },
        "interval_over_5_min_share": round(float((m["interval"] > 300).mean()), 4),
        "interval_over_10_min_share": round(float((m["interval"] > 600).mean()), 4),
    }


def draw(sets: dict[str, pl.DataFrame]) -> None:
    """The picture."""
    looks = {"real, all": ("#8aa0ad", 1.2), "real, same classes": ("#0b5f8a", 1.8),
             "simulated": ("#c25a00", 1.8)}  # fmt: skip
    panels = (
        ("speed", np.arange(0.5, 30.1, 0.75), "speed over ground under way, knots", False),
        ("turn", np.geomspace(0.05, 200, 40), "turn rate above 3 kn, degrees a minute", True),
        ("interval", np.arange(0, 301, 6), "interval between positions, s", False),
    )
    figure, axes = plt.subplots(2, 2, figsize=(9.2, 6.2), dpi=90)
    for axis, (name, edges, label, log) in zip(axes.flat, panels, strict=False):
        for who, positions in sets.items():
            values = measures(positions)[name]
            share, _ = np.histogram(np.clip(values, edges[0], None), edges)
            axis.stairs(share / max(len(values), 1), edges, color=looks[who][0],
                        linewidth=looks[who][1], label=who)  # fmt: skip
        axis.set_xlabel(label)
        axis.set_ylabel("share")
        if log:
            axis.set_xscale("log")
    axes[1, 0].set_yscale("log")
    tail = axes[1, 1]
    for who, positions in sets.items():
        values = np.sort(measures(positions)["interval"])
        tail.plot(values, 1 - np.arange(len(values)) / len(values), color=looks[who][0],
                  linewidth=looks[who][1], label=who)  # fmt: skip
    tail.set(xscale="log", yscale="log", xlim=(20, 1440), xlabel="silence longer than, s",
             ylabel="share of intervals", ylim=(1e-4, 1.2))  # fmt: skip
    axes[0, 0].legend(frameon=False)
    for axis in axes.flat:
        axis.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    PICTURE.parent.mkdir(exist_ok=True)
    figure.savefig(PICTURE)
    Image.open(PICTURE).convert("RGB").quantize(64).save(PICTURE, optimize=True)


def main() -> None:
    if not REAL.exists():
        print(f"skipped: {REAL} is not there")
        return
    positions = real()
    sets = {
        "real, all": positions,
        "real, same classes": positions.filter(pl.col("type").is_in(CARRIERS)),
        "simulated": simulated(9),
    }
    found = {name: figures(part) for name, part in sets.items()}
    KEPT.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    draw(sets)
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
