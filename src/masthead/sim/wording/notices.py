"""Notices as authorities send them: a NAVAREA-style warning, UKMTO-style incident reports.

The layouts are those of the Joint IMO/IHO/WMO manual on Maritime Safety Information (a warning's
date-time group, series, area, text, cancellation) and of UKMTO's public warnings; the authorities
here are invented ("NAVAREA III" is the Mediterranean's real area, its coordinator is not named).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np

from masthead.geo import NAUTICAL_MILE_M
from masthead.model import Status
from masthead.sim.scenario import Blockade, Port
from masthead.sim.truth import Happening
from masthead.sim.wording.documents import Draft
from masthead.sim.wording.grammar import pick
from masthead.sim.wording.phrases import NOUNS, place_phrase
from masthead.sim.wording.sentences import Fact, Said, View

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
TITLES = {
    "pursuit": "SUSPICIOUS APPROACH", "attempted_boarding": "ATTEMPTED BOARDING",
    "boarding": "BOARDING", "seizure": "HIJACK", "interception": "SUSPICIOUS APPROACH",
}  # fmt: skip
KINDS = {
    "pursuit": "suspicious_approach", "attempted_boarding": "attempted_boarding",
    "boarding": "boarding", "seizure": "hijack", "interception": "suspicious_approach",
}  # fmt: skip
"""What such a report is, in the maritime vocabulary: a watch that knows no flag of a boarding party
tells what was done to the ship."""


def group(moment: datetime) -> str:
    """A date-time group: 040600Z MAY 26."""
    return f"{moment:%d%H%M}Z {MONTHS[moment.month - 1]} {moment:%y}"


def _degrees(value: float, positive: str, negative: str, width: int) -> str:
    whole = round(abs(value) * 600.0)
    return (
        f"{whole // 600:0{width}d}-{(whole % 600) / 10:04.1f}{positive if value >= 0 else negative}"
    )


def zone_warning(blockade: Blockade, happening: Happening, number: int, sea: str) -> Draft:
    """The warning of the blockade's zone."""
    sent = happening.start + timedelta(hours=3)
    corners = ",\n   ".join(
        f"{_degrees(lat, 'N', 'S', 2)} {_degrees(lon, 'E', 'W', 3)}" for lat, lon in blockade.zone
    )
    end = blockade.until
    until = f"UNTIL {group(end)}" if end else "UNTIL FURTHER NOTICE"
    cancel = f"2. CANCEL THIS MSG {group(end)}." if end else "2. WIDE BERTH REQUESTED."
    said = (
        f"A NAVAL BLOCKADE IS BEING ENFORCED\n   FROM {group(happening.start)} {until}\n"
        f"   IN AREA BOUND BY\n   {corners}."
    )
    text = (
        f"{group(sent)}\nNAVAREA III {number:04d}/{sent:%y}.\n{sea.upper()}.\n1. {said}\n{cancel}\n"
    )
    fact = Fact(
        happening.id, "true", "COERCE", "blockade", Status.ASSERTED,
        time={"earliest": happening.start, "latest": end},
    )  # fmt: skip
    return Draft("navarea-iii", "NAVAREA III", sent, ((Said(said, (fact,)),),), verbatim=text)


def incident_report(
    dice: np.random.Generator, view: View, number: int, ports: Sequence[Port], sent: datetime
) -> Draft | None:
    """A UKMTO-style report of an incident, without the ship's name; None where no port is near
    enough to tell the place by."""
    place = place_phrase(dice, view.lat, view.lon, ports, None)
    incident = view.happening.incident
    if place.means is None or incident not in TITLES:
        return None
    noun = str(pick(dice, NOUNS[view.ship.type]))
    what = {
        "pursuit": "has been followed by military craft that closed to within a mile",
        "interception": "was approached and told to stop by military craft",
        "attempted_boarding": "was approached by military craft whose crew tried to board it",
        "boarding": "was boarded by armed personnel",
        "seizure": "was boarded and taken under control by armed personnel",
    }[incident]
    said = (
        f"The Master of a {noun} reported that the vessel {what}{place.words} at "
        f"{view.moment:%H%M} UTC."
    )
    text = (
        f"MARITIME TRADE WATCH WARNING {number:03d}-{sent:%y} - {TITLES[incident]}\n"
        f"Report Date: {sent:%d %B %Y}\nReport Time: {sent:%H%M}UTC\nSource: Master\n\n"
        f"{said} Vessels are advised to transit with caution and to report any suspicious "
        "activity.\n"
    )
    minute = view.moment.replace(second=0, microsecond=0)
    fact = Fact(
        view.happening.id, view.truthful, None, KINDS[incident], Status.ASSERTED,
        objects=({"type": "vessel", "name": None, "mmsi": None, "imo": None, "count": 1},),
        time={"earliest": minute, "latest": minute + timedelta(minutes=1)},
        place={**place.means, "radius_m": place.means["radius_m"] + NAUTICAL_MILE_M},
    )  # fmt: skip
    return Draft(
        f"watch-{number:03d}", "Maritime Trade Watch", sent, ((Said(said, (fact,)),),),
        verbatim=text,
    )  # fmt: skip
