"""What the documents of a crisis are made of: views of deeds (true or not), speakers, reactions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pycountry

from masthead.geo import NAUTICAL_MILE_M, destination
from masthead.model import Status
from masthead.sim.scenario import Scenario
from masthead.sim.truth import Happening, Ship, Side, chance
from masthead.sim.wording.grammar import pick
from masthead.sim.wording.sentences import Fact, Said, Speaker, View, Voice, deed_noun, political
from masthead.sim.wording.settings import Words

WORTH = {
    "seizure": 5.0, "attempted_boarding": 4.0, "detention": 2.0, "pursuit": 2.0, "release": 2.0,
    "diversion": 2.0, "boarding": 1.5, "interception": 1.0, "escort": 0.7,
}  # fmt: skip
"""How likely a deed is to become news, beside the others of its day."""

MERCHANT = ("crude_tanker", "product_tanker", "bulk", "container", "general")


class Newsdesk:
    """What is known to all who write of one blockade."""

    def __init__(
        self,
        scenario: Scenario,
        words: Words,
        ships: Sequence[Ship],
        happenings: Sequence[Happening],
        seed: int,
    ) -> None:
        assert scenario.blockade is not None
        self.scenario, self.words, self.blockade = scenario, words, scenario.blockade
        self.dice = chance(seed, "words")
        self.ships = {s.mmsi: s for s in ships}
        self.by = scenario.side(self.blockade.by)
        self.against = scenario.side(self.blockade.against)
        self.friend = scenario.side(words.friend) if words.friend else None
        self.ally = scenario.side(words.ally) if words.ally else None
        self.declared = next(h for h in happenings if h.incident == "blockade")
        self.lifted = next((h for h in happenings if h.incident == "blockade_lifted"), None)
        self.end = scenario.scenario.start + timedelta(days=scenario.scenario.days)
        self.news = [
            h for h in happenings if h.incident in WORTH and h.actor == self.by.key and h.lat
            and self.ships[h.ships[0]].type in MERCHANT
        ]  # fmt: skip
        touched = {m for h in self.news for m in h.ships}
        self.untouched = [s for s in ships if s.type in MERCHANT and s.mmsi not in touched]
        self.reports = 0

    def voice(self, at: datetime) -> Voice:
        """A new document's voice."""
        zone = self.blockade.zone_name if self.scenario.blockade else None
        return Voice(self.dice, at, self.scenario.ports, zone, _country)

    def view(self, happening: Happening, lies: Sequence[str]) -> View:
        """A happening as it is told: truly, or with one of these lies."""
        assert happening.lat is not None
        assert happening.lon is not None
        ship = self.ships[happening.ships[0]]
        view = View(happening, ship, happening.lat, happening.lon, happening.start)
        if not lies or self.dice.random() >= self.words.false_share:
            return view
        lie = str(pick(self.dice, lies))
        if lie == "wrong_time":
            days = float(self.dice.uniform(1.2, 3.0))
            return replace(view, moment=view.moment - timedelta(days=days), truthful="wrong_time")
        if lie == "wrong_place":
            way = float(self.dice.uniform(45.0, 110.0)) * NAUTICAL_MILE_M
            lat, lon = destination(view.lat, view.lon, float(self.dice.uniform(0, 360)), way)
            return replace(view, lat=lat, lon=lon, truthful="wrong_place")
        if not self.untouched:
            return view
        other = self.untouched[int(self.dice.integers(len(self.untouched)))]
        if lie == "wrong_ship":
            return replace(view, ship=other, truthful="wrong_ship")
        return replace(view, ship=other, truthful="never_happened")

    def label(self, voice: Voice, view: View, speaker: Speaker) -> Said:
        noun, fact = deed_noun(voice, view, self.by)
        accused = self.fact("ACCUSE", speaker.key, self.by.key, truthful="label")
        slots = self.slots(voice.day) | {"a": voice.call(speaker), "N": noun}
        return political(voice, "label", slots, (accused, fact))

    def accuse(self, voice: Voice, what: str, side: Side) -> Said:
        fact = self.fact("ACCUSE", side.key, self.by.key, truthful="label")
        slots = self.slots(voice.day) | {"a": f"the {side.ministry}", "N": what}
        return political(voice, "label", slots, (fact,))

    def council(self, voice: Voice, speaker: Speaker) -> Said:
        """A request to the Security Council."""
        fact = self.fact("REQUEST", speaker.key, "UN Security Council")
        slots = self.slots(voice.day) | {"a": voice.call(speaker)}
        return political(voice, "council", slots, (fact,))

    def demand(self, voice: Voice, speaker: Speaker, what: str) -> Said:
        """A demand that the blockading state give something up: "release" a ship, or "lift"."""
        incident = {"release": "release", "lift": "blockade_lifted"}[what]
        wanted = replace(
            self.fact("RETREAT", self.by.key, None, incident=incident), status=Status.REQUESTED
        )
        asked = self.fact("REQUEST", speaker.key, self.by.key)
        slots = self.slots(voice.day) | {"a": voice.call(speaker)}
        return political(voice, f"demand_{what}", slots, (asked, wanted))

    def reactions(self, voice: Voice) -> list[Said]:
        """What other states say, now and then."""
        slots, said = self.slots(voice.day), []
        if self.friend is not None and self.dice.random() < 0.45:
            name = str(pick(self.dice, ("support", "offer")))
            fact = self.fact("SUPPORT", self.friend.key, self.against.key)
            if name == "offer":
                fact = replace(fact, act="AID", status=Status.OFFERED)
            said.append(political(voice, name, slots | {"f": self.friend.name}, (fact,)))
        if self.ally is not None and self.dice.random() < 0.3:
            fact = self.fact("SUPPORT", self.ally.key, self.by.key)
            said.append(political(voice, "backing", slots | {"g": self.ally.name}, (fact,)))
        if self.dice.random() < 0.3:
            speaker = self.speaker(self.by)
            fact = self.fact("REJECT", self.by.key, None)
            said.append(political(voice, "reject", slots | {"b": voice.call(speaker)}, (fact,)))
        if self.dice.random() < 0.15:
            facts = (self.fact("CONSULT", self.by.key, self.against.key),
                     self.fact("CONSULT", self.against.key, self.by.key))  # fmt: skip
            said.append(political(voice, "talks", slots, facts))
        return said

    def fact(
        self, act: str | None, source: str, target: str | None, *, incident: str | None = None,
        truthful: str = "background",
    ) -> Fact:  # fmt: skip
        return Fact(
            None, truthful, act, incident, Status.ASSERTED,  # type: ignore[arg-type]
            sources=(source,), targets=(target,) if target else (),
        )  # fmt: skip

    def speaker(self, side: Side, *, office: bool = False) -> Speaker:
        dice = self.dice
        offices = [f"the {side.ministry}", f"{side.name}'s foreign ministry"]
        if side.key == self.by.key:
            offices = [
                f"the {side.navy}",
                f"{side.name}'s defence ministry",
                f"the {side.ministry}",
            ]
        if office or dice.random() < 0.55:
            chosen = str(pick(dice, offices))
            again = "the navy" if chosen.endswith("Navy") else "the ministry"
            return Speaker(side.key, chosen, again=again)
        person = str(pick(dice, (
            side.spokesperson, f"{side.adjective} minister {side.minister}",
            f"{side.ministry} spokesperson {side.spokesperson}",
        )))  # fmt: skip
        last = person.split()[-1]
        medium = str(pick(dice, ("", "", " in a statement", " on state television",
                                 " at a news conference")))  # fmt: skip
        return Speaker(side.key, person, medium, last)

    def slots(self, at: datetime) -> dict[str, str]:
        by, against = self.by, self.against
        ports = [p.name for p in self.scenario.ports if p.side == against.key] or [
            p.name for p in self.scenario.ports
        ]
        return {
            "a": f"the {against.ministry}", "a_name": against.name, "b_name": by.name,
            "b": str(pick(self.dice, (by.name, f"the {by.ministry}"))),
            "against": against.name, "against_adj": against.adjective, "sea": self.words.sea,
            "port": str(pick(self.dice, ports)),
            "number": str(pick(self.dice, ("two", "three", "four", "six"))),
        }  # fmt: skip

    def dateline(self, city: str, at: datetime) -> str:
        return f"{city.upper()}, {at:%B} {at.day} ({self.words.agency}) - "


def _country(flag: str) -> str | None:
    """The name of a flag's state as dispatches write it; None for an invented one."""
    row = pycountry.countries.get(alpha_3=flag)
    return None if row is None else str(getattr(row, "common_name", row.name)).split(",")[0]
