"""An event in a few words, for a terminal, a table or a brief: who, what, when, where, who says."""

from __future__ import annotations

import math
import re
from datetime import datetime

from masthead import codes
from masthead.judgement import Correction, Tally
from masthead.model import Actor, Attribution, Event, Interval, Place, Sense, Status, Vessel

_COORDINATES = re.compile(r"\d{2,3}[-:°]\d{2}.*[NSEW]$")
"""A place given by coordinates alone."""


def when(time: Interval | None) -> str:
    """The time of an event at the grain its source gives; "undated" if it gives none."""
    if time is None or (time.earliest is None and time.latest is None):
        return f"undated ({time.text})" if time and time.text else "undated"
    first, last = time.earliest, time.latest
    if first is None or last is None:
        known = first or last
        assert known is not None
        return ("since " if first else "until ") + _stamp(known, time.precision)
    if time.precision == "month":
        return f"{first:%Y-%m}"
    if time.precision == "year":
        return f"{first:%Y}"
    start, end = _stamp(first, time.precision), _stamp(last, time.precision)
    if start == end:
        return start
    return f"{start} to {end[11:] if end[:10] == start[:10] and len(end) > 10 else end}"


def _stamp(moment: datetime, precision: str) -> str:
    if precision == "day" or (precision in ("interval", "week") and _is_day_edge(moment)):
        return f"{moment:%Y-%m-%d}"
    return f"{moment:%Y-%m-%d %H:%M:%S}Z" if precision == "second" else f"{moment:%Y-%m-%d %H:%M}Z"


def _is_day_edge(moment: datetime) -> bool:
    return (moment.hour, moment.minute) in ((0, 0), (23, 59))


def flat(text: str) -> str:
    """Words of a report on one line."""
    return " ".join(text.split())


def actor(who: Actor) -> str:
    """The actor's full name where known, else as written, with the country code."""
    label = flat(who.name if who.name and who.name != who.country else who.text)
    return f"{label} ({who.country})" if who.country and who.country not in label else label


def vessel(ship: Vessel) -> str:
    """The ship by name and number, or as described."""
    if ship.name is None and ship.mmsi is not None and ship.text == str(ship.mmsi):
        return f"MMSI {ship.mmsi}"
    parts = [flat(ship.name or ship.text)]
    if ship.name and ship.subtype:
        parts.append(f"({ship.subtype})")
    if ship.imo:
        parts.append(f"IMO {ship.imo}")
    if ship.mmsi and str(ship.mmsi) != ship.text:
        parts.append(f"MMSI {ship.mmsi}")
    return " ".join(parts)


def position(lat: float, lon: float) -> str:
    """Degrees and minutes, as sailors write them: 29-33.6N 048-28.8E."""
    out = []
    for value, width, signs in ((lat, 2, "NS"), (lon, 3, "EW")):
        degrees, minutes = divmod(round(abs(value) * 600), 600)
        out.append(f"{degrees:0{width}d}-{minutes / 10:04.1f}{signs[value < 0]}")
    return " ".join(out)


def where(place: Place | None) -> str:
    """The place in words and coordinates, with its uncertainty; empty if none is known."""
    if place is None:
        return ""
    parts = [_shortened(flat(place.text))] if place.text else []
    if place.lat is not None and place.lon is not None:
        spot = position(place.lat, place.lon)
        if place.radius_m:
            spot += f" ± {distance(place.radius_m)}"
        bare = place.text is not None and _COORDINATES.match(flat(place.text))
        parts = [spot] if bare or not parts else [*parts, f"({spot})"]
    elif place.geometry is None and parts:
        parts.append("(not located)")
    return " ".join(parts)


def _shortened(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip(" ,") + "…"


def distance(metres: float) -> str:
    """Metres below one kilometre, else kilometres, to two figures."""
    if metres < 1000:
        return f"{metres:.0f} m"
    km = metres / 1000
    return f"{km:.1f} km" if km < 10 else f"{round(km, 1 - int(math.log10(km))):.0f} km"


def what(event: Event) -> str:
    """The incident, or the act with its mode, and its status where that is not "asserted"."""
    if event.incident is not None:
        label = codes.incidents()[event.incident].label
    else:
        label = (event.act or "").lower() + (f" ({event.mode})" if event.mode else "")
    return label if event.status is Status.ASSERTED else f"{label} [{event.status}]"


def parties(event: Event) -> str:
    """Who to whom, with the ships."""
    doers = ", ".join(actor(a) for a in event.sources)
    done_to = [actor(a) for a in event.targets] + [vessel(v) for v in event.objects]
    if event.sense is Sense.TRACK:
        return ", ".join(vessel(v) for v in event.objects)
    if doers and done_to:
        return f"{doers} → {', '.join(done_to)}"
    return doers or ("→ " + ", ".join(done_to) if done_to else "")


def speaker(link: Attribution) -> str:
    """One link of the chain of who says so."""
    name = flat(link.who or "an unnamed source")
    return f"{name} ({link.channel})" if link.channel else name


def says(event: Event) -> str:
    """The chain of speakers, outermost first; empty for the narrator's own word."""
    return " > ".join(speaker(link) for link in event.attribution)


def quote(event: Event, limit: int = 300) -> str:
    """The words of the event's first evidence on one line, cut at `limit` characters; empty for
    tracks."""
    for piece in event.evidence:
        words = getattr(piece, "text", None)
        if isinstance(words, str):
            line = flat(words)
            return line if len(line) <= limit else line[: limit - 1] + "…"
    return ""


def correction(mended: Correction) -> str:
    """What a source said first and says now."""
    return f"{flat(mended.source)} first told the {mended.about} as {flat(mended.was)}, " \
           f"now as {flat(mended.now)}"  # fmt: skip


def count(tally: Tally | None) -> str:
    """How an incident counts among others of its kind; empty for one that is not counted."""
    if tally is None:
        return ""
    if tally.nth is None:
        return f"counts together {len(tally.parts)} incidents that are told one by one"
    text = f"told as number {tally.nth} of its kind, the case holds {tally.held} before it"
    return text + (f": {tally.missing} told of nowhere else" if tally.missing else "")
