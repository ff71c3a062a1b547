"""What else would explain an event: the innocent causes that fit what was found, likeliest first.

Of each incident a function takes the finding's row and the ships, and uses only what is in them.
The limits in here choose words, not events.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from masthead.model import Vessel

Row = dict[str, Any]
Ships = Sequence[Vessel]
Otherwise = Callable[[Row, Ships], str]

ROADS_NM = 12.0
"""Roads, pilot stations and lee shores lie nearer than this to land."""
SELDOM = 14
"""Positions in 12 hours below which a ship was hardly heard (as `gap.well_heard_positions`)."""
AT_ANCHOR, NOT_UNDER_COMMAND, RESTRICTED, MOORED, FISHING = 1, 2, 3, 5, 7
"""Navigational status, ITU-R M.1371-5."""


def always(text: str) -> Otherwise:
    """One explanation, whatever was found."""
    return lambda row, ships: text


CONFLICT = always(
    "a number typed in wrong on the other ship, a test or default number that many use, or "
    "positions of one ship that reach the receivers late and out of order"
)
CHANGE = always(
    "a sale or a new flag duly registered, a typing error put right, a transponder moved to another"
    " ship, or a name written in another way"
)
INVALID = always(
    "a national official number in the place of the IMO number, a typing error at the transponder, "
    "a bit error that the checksum let pass, a beacon on fishing gear, or a test number"
)
PURSUIT = always(
    "an overtaking ship that turns at the same waypoint, ships in convoy or on exercise, or a "
    "fishing fleet that works together"
)
ESCORT = always("a tow, a salvage, a pilot boat that leads in, or ships that sail on together")
SILENCED = always(
    "out of range of the receivers soon after, a transponder switched off against pirates or by "
    "fault, or a meeting of two ships that both wish not to be seen"
)
PORT_CALL = always(
    "a ship laid up, a harbour craft that works there, or a stop near a port without a call at it"
)
LINE = always(
    "a position error near the line, or a track drawn straight between positions where the ship "
    "went round its end"
)
ZONE = always(
    "a position error near the edge, a track drawn straight between positions where the ship went "
    "round, or a passage on a lane that happens to cross the area"
)


def of_gap(row: Row, ships: Ships) -> str:
    """Told from how well ships were heard there, and where it fell silent."""
    found = []
    lost, shore, knots = row["lost_share"], row["off_shore_nm"], row["off_sog_kn"]
    if shore is not None and shore < ROADS_NM and knots is not None and knots < 1.0:
        found.append("made fast or at anchor with the transponder turned off")
    if lost is None or row["others_before_share"] < 0.5:
        found.append("out of range of the receivers: too few ships pass there to tell")
    elif lost > 0.0 or row["others_heard_share"] < 0.9:
        found.append("the edge of reception: others like it are lost there, too")
    if row["positions_before"] < SELDOM:
        found.append("a satellite's schedule or a low-powered (class B) transponder, seldom heard")
    found.append("a fault of the transponder or of its power")
    if not any(text.startswith(("out of", "the edge")) for text in found):
        found.append("switched off against pirates, as masters may; hardly reception, for others "
                     "were heard there")  # fmt: skip
    return ", ".join(found[:-1]) + (", or " if found[:-1] else "") + found[-1]


def of_jump(row: Row, ships: Ships) -> str:
    """A few positions are broken messages; many are another ship, or a receiver's fault."""
    if row["positions_away"] <= 2:
        return "a message with wrong bits or a wrong time stamp"
    if row["returned"]:
        return "a receiver that lost its GNSS fix for a while, or another ship on the same MMSI"
    return "another ship that was given the same MMSI, or a transponder moved to another ship"


def of_spoofing(row: Row, ships: Ships) -> str:
    """Several ships at once are interference; one alone may be its own doing, or its receiver's."""
    at_once = row.get("ships_at_once") or 1
    if row["kind"] == "common place" or at_once > 1:
        return (
            "GNSS jamming or interference that the ships have no part in: several have it at once"
        )
    own = "GNSS interference that no other ship here shows, a faulty receiver"
    if row["kind"] == "circle":
        return f"a tug, survey ship or ship on trials that truly circles, or {own}"
    if row["kind"] == "inland":
        return f"a transponder carried overland or tested in a workshop, or {own}"
    return f"{own}, or another ship that was given the same MMSI"


def of_stop(row: Row, ships: Ships) -> str:
    """By its own navigational status, its class, and how far out it lies."""
    status = row["nav_status"]
    if status in (NOT_UNDER_COMMAND, RESTRICTED):
        return "engine trouble or work under water: it says that it cannot manoeuvre freely"
    if status == FISHING or _is(ships[0], "fish"):
        return "fishing"
    if status in (AT_ANCHOR, MOORED) or row["shore_nm"] < ROADS_NM:
        return "waiting for a berth, a pilot or better weather at an anchorage that is not known"
    return "engine trouble, waiting for orders, bunkering, or survey work, in the open sea"


def of_loitering(row: Row, ships: Ships) -> str:
    """By its own navigational status and class."""
    if row["nav_status"] == FISHING or _is(ships[0], "fish"):
        return "fishing"
    if row["nav_status"] in (NOT_UNDER_COMMAND, RESTRICTED):
        return "engine trouble, research or survey work: it says that it cannot manoeuvre freely"
    if _is(ships[0], "tank", "cargo"):
        return "waiting for orders or cargo, or drifting to save fuel until its berth is free"
    return "waiting for orders, drifting with the engine off, survey work, or standing by at work"


def of_encounter(row: Row, ships: Ships) -> str:
    """By what the two ships are, and how far out they lie."""
    if all(_is(ship, "tank") for ship in ships):
        return "a ship-to-ship transfer that was agreed and declared, or bunkering"
    if any(_is(ship, "fish") for ship in ships):
        return "fishing in company, or landing the catch to a carrier with leave"
    if any(_is(ship, "tug", "tow", "pilot", "tender") for ship in ships):
        return "a tug, pilot or tender at its work"
    if row["shore_nm"] < ROADS_NM:
        return "a pilot, tug or supply boat, bunkering, or an anchorage that is not known"
    return "bunkering or stores at sea, help after a breakdown, or two transponders on one ship"


def of_approach(row: Row, ships: Ships) -> str:
    """By what came alongside, and whether the other stopped wholly."""
    comer = ships[-1]
    if _is(comer, "pilot", "tug", "tow", "tender"):
        return f"the {comer.subtype} at its work"
    if _is(comer, "search and rescue", "medical"):
        return "a rescue or a medical transfer"
    if _is(comer, "tank"):
        return "bunkering"
    if row["least_speed_kn"] > 1.0:
        return "a pilot, supply or crew boat that comes alongside under way, or ships of one owner"
    return "a supply or crew boat, bunkering, a rescue, or two ships of one owner that meet"


def of_turn_back(row: Row, ships: Ships) -> str:
    """Far off nothing shows that the turn was for what lies ahead."""
    if row["distance_nm"] > 20.0:
        return "orders for another port, or weather: what it turned before was still far off"
    return "waiting for a slot or daylight, orders for another port, or a track sailed to and fro"


def of_diversion(row: Row, ships: Ships) -> str:
    """By how the destination was known, and whether a new one was declared."""
    if row["new_destination"] is not None:
        return "new orders for cargo or bunkers: it declared another port about then"
    if row["destination_known"] == "habitual":
        return "a voyage to another port than its usual one"
    return (
        "new orders, a destination typed in late or wrong, weather routing, waiting off a port for "
        "a berth, or a call on the way that was planned"
    )


def _is(ship: Vessel, *words: str) -> bool:
    """Whether the class of ship has one of some words in it."""
    return any(word in (ship.subtype or "") for word in words)
