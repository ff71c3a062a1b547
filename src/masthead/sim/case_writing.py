"""Writes the case that `masthead run` takes: where the reports, the tracks and the zones are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from masthead.geo import line as geo_line
from masthead.geo import polygon
from masthead.sim.scenario import Scenario, SideTable

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
    for side in scenario.sides:
        lines += _actors(side)
    file = out / "case.toml"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


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
