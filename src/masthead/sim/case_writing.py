"""Writes the case that `masthead run` takes: where the reports, the tracks and the zones are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from masthead.geo import line as geo_line
from masthead.geo import polygon
from masthead.sim.scenario import Blockade, Scenario, SideTable

AIS_CLASSES = {
    "crude_tanker": "tanker", "product_tanker": "tanker", "bulk": "cargo ship",
    "container": "cargo ship", "general": "cargo ship", "fishing": "fishing vessel",
    "ferry": "passenger ship", "warship": "warship", "coast_guard": "law enforcement vessel",
    "aircraft": "search and rescue vessel", "tug": "tug",
}  # fmt: skip
"""What AIS calls the classes of the simulation (ITU-R M.1371-5, table 53)."""
OFFICES = (("navy", "MIL"), ("coast_guard", "COP"), ("ministry", "GOV"), ("agency", "MED"))


def write_zones(scenario: Scenario, file: Path) -> None:
    """Write the blockade's zone and line as GeoJSON."""
    blockade = scenario.blockade
    features: list[dict[str, Any]] = []
    if blockade is not None:
        features.append(_feature(blockade.zone_name, polygon(blockade.zone)))
        if blockade.line:
            features.append(_feature(blockade.line_name, geo_line(blockade.line)))
    content = {"type": "FeatureCollection", "features": features}
    file.write_text(json.dumps(content, indent=1) + "\n", "utf-8")


def write_case(
    scenario: Scenario, out: Path, tracks: str | None, outlets: Mapping[str, str] | None = None
) -> Path:
    """Write `case.toml` into the folder. `tracks` is the file of received positions; None if they
    are in the lake `tracks/lake`. `outlets` names the outlet of each file in `reports`."""
    about = scenario.scenario
    last = about.start + timedelta(days=about.days, seconds=-1)
    lines = [
        "[case]",
        f"title = {json.dumps(about.title)}",
        f"from = {about.start.date().isoformat()}",
        f"until = {last.date().isoformat()}",
        f"region = {list(about.region)}",
    ]
    if tracks is None:
        lines += ['lake = "tracks/lake"']
    for file_name, outlet in sorted((outlets or {}).items()):
        lines += ["", "[[reports]]", f"path = {json.dumps('reports/' + file_name)}"]
        lines += [f"outlet = {json.dumps(outlet)}"]
    if tracks is not None:
        lines += ["", "[[tracks]]", f"path = {json.dumps(tracks)}"]
    if scenario.blockade is not None:
        lines += ["", "[[zones]]", 'file = "zones.geojson"']
        lines += [f"from = {_moment(scenario.blockade.declared)}"]
        if scenario.blockade.until is not None:
            lines += [f"until = {_moment(scenario.blockade.until)}"]
        lines += _blockade(scenario, scenario.blockade)
    for side in scenario.sides:
        lines += _actors(side)
    file = out / "case.toml"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def _blockade(scenario: Scenario, blockade: Blockade) -> list[str]:
    """What a declaration makes public: whose, against whom, since when, where, who is spared."""
    country = {side.key: side.country for side in scenario.sides}
    lines = ["", "[blockade]", f'by = "{country[blockade.by]}"']
    lines += [f'against = "{country[blockade.against]}"', f"from = {_moment(blockade.declared)}"]
    if blockade.until is not None:
        lines.append(f"until = {_moment(blockade.until)}")
    lines.append(f"zone = {json.dumps(blockade.zone_name)}")
    if blockade.line:
        lines.append(f"line = {json.dumps(blockade.line_name)}")
    spared = sorted({AIS_CLASSES[kind] for kind in blockade.exempt})
    lines.append(f"spares = {json.dumps(spared)}")
    for port in scenario.ports:
        if port.side == blockade.against:
            lines += ["", "[[blockade.ports]]", f"name = {json.dumps(port.name)}"]
            lines += [f"lat = {port.lat}", f"lon = {port.lon}"]
    return lines


def _actors(side: SideTable) -> list[str]:
    named = [(side.name, "GOV", [side.adjective, side.capital])]
    named += [(getattr(side, office), sector, []) for office, sector in OFFICES]
    named += [(side.spokesperson, "MIL", []), (side.minister, "GOV", [])]
    lines: list[str] = []
    for name, sector, aliases in named:
        lines += ["", "[[actors]]", f"name = {json.dumps(name)}"]
        lines += [f"country = {json.dumps(side.country)}", f"sector = {json.dumps(sector)}"]
        if aliases:
            lines.append(f"aliases = {json.dumps(aliases)}")
    return lines


def _feature(name: str, geometry: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"name": name}, "geometry": geometry}


def _moment(moment: Any) -> str:
    return str(moment.isoformat().replace("+00:00", "Z"))
