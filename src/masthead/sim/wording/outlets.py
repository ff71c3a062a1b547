"""Who writes what: a navy, two ministries, a wire agency, a port's agent, a watch, and echoes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from masthead.model import Status
from masthead.sim.truth import Happening
from masthead.sim.wording.documents import Draft
from masthead.sim.wording.grammar import pick
from masthead.sim.wording.newsdesk import WORTH, Newsdesk
from masthead.sim.wording.notices import incident_report, zone_warning
from masthead.sim.wording.sentences import (
    Fact,
    Manner,
    Said,
    Speaker,
    View,
    background,
    deed_clause,
    deed_noun,
    framed,
    political,
)

FRIENDLY = ("release", "escort")
"""Deeds that nobody condemns."""


class Outlets(Newsdesk):
    """The documents that are made of a day's news."""

    def first_day(self) -> list[Draft]:
        """The declaration: the ministry, the warning, the wire, the other side."""
        start, declared = self.declared.start, self.declared
        at = start + timedelta(hours=1)
        fact = Fact(declared.id, "true", "COERCE", "blockade", Status.ASSERTED,
                    sources=(self.by.key,), targets=(self.against.key,))  # fmt: skip
        slots = self.slots(at)
        voice = self.voice(at)
        statement = Draft(
            "statement-of-the-" + stem(self.by.ministry), self.by.ministry, at,
            (
                (political(voice, "declare", slots, (fact,)),
                 Said(f"The measure covers the {self.blockade.zone_name} and takes effect at "
                      f"{start:%H%M} UTC on {start.day} {start:%B}.")),
                (political(voice, "deploy", slots, (self.fact("MOBILIZE", self.by.key, None,
                                                              incident="deployment"),)),
                 Said("Fishing boats, ferries and ships in distress are exempt.")),
            ),
            title=_heading("STATEMENT", self.by.ministry),
        )  # fmt: skip
        voice = self.voice(at + timedelta(hours=3))
        speaker = self.speaker(self.against, office=True)
        story = Draft(
            "meridian", self.words.agency, at + timedelta(hours=3),
            (
                (political(voice, "declare", slots, (fact,)),),
                (self.accuse(voice, "the blockade", self.against),
                 self.demand(voice, speaker, "lift")),
                (self.council(voice, speaker), *self.reactions(voice)),
                (background(voice, "mood", slots),),
            ),
            dateline=self.dateline(self.against.capital, at),
        )  # fmt: skip
        return [statement, zone_warning(self.blockade, declared, 142, self.words.sea), story]

    def last_word(self) -> Draft:
        """The end of the blockade."""
        assert self.lifted is not None
        at = self.lifted.start + timedelta(hours=2)
        voice = self.voice(at)
        fact = Fact(self.lifted.id, "true", "RETREAT", "blockade_lifted", Status.ASSERTED,
                    sources=(self.by.key,), targets=(self.against.key,))  # fmt: skip
        slots = self.slots(at)
        return Draft(
            "meridian-end", self.words.agency, at,
            ((political(voice, "lift", slots, (fact,)),), (background(voice, "mood", slots),)),
            dateline=self.dateline(self.by.capital, at),
        )  # fmt: skip

    def communique(self, at: datetime, news: Sequence[Happening]) -> Draft:
        """What the navy says of its day, in its own voice."""
        voice = self.voice(at)
        lines = []
        for happening in news[: int(self.dice.integers(2, 5))]:
            if happening.incident == "attempted_boarding":
                continue
            view = self.view(happening, ("wrong_place", "wrong_ship", "wrong_time"))
            clause, fact = deed_clause(voice, view, self.by, "done")
            lines.append(framed(voice, clause, fact, "plain"))
        slots = self.slots(at)
        tail = (political(voice, "warning", slots | {"b": f"the {self.by.navy}"},
                (self.fact("THREATEN", self.by.key, None),)),)  # fmt: skip
        return Draft(
            "communique-" + stem(self.by.navy), self.by.navy, at,
            (tuple(lines[:2]), tuple(lines[2:]), tail if self.dice.random() < 0.4 else ()),
            title=_heading("COMMUNIQUE", self.by.navy),
        )  # fmt: skip

    def wire(self, at: datetime, news: Sequence[Happening]) -> Draft:
        """A story that quotes both sides."""
        voice = self.voice(at)
        mine, theirs = self.speaker(self.by), self.speaker(self.against)
        chosen = list(news)
        self.dice.shuffle(chosen)
        chosen = sorted(chosen[: int(self.dice.integers(2, 5))], key=lambda h: -WORTH[h.incident])
        body: list[Said] = []
        views = [self.view(h, ("wrong_ship", "wrong_place", "wrong_time", "never_happened"))
                 for h in chosen]  # fmt: skip
        for view in views:
            vague = bool(self.dice.random() < 0.2)
            clause, fact = deed_clause(voice, view, self.by, manner(view), vague=vague)
            frame = str(pick(self.dice, ("after", "after", "before", "quoted", "plain")))
            body.append(framed(voice, clause, fact, frame, None if frame == "plain" else mine))
        hostile = next((v for v in views if v.happening.incident not in FRIENDLY), None)
        reaction = [self.label(voice, hostile, theirs)] if hostile else []
        if self.dice.random() < 0.5:
            reaction.append(self.demand(voice, theirs, "release"))
        if self.dice.random() < 0.35 and len(views) > 1:
            clause, fact = deed_clause(voice, views[-1], self.by, "done")
            reaction.append(framed(voice, clause, fact, "denied", theirs))
        slots = self.slots(at)
        return Draft(
            "meridian", self.words.agency, at,
            (
                (body[0],), (*reaction,), tuple(body[1:]),
                (background(voice, "careful", slots), *self.reactions(voice)),
                (background(voice, "mood", slots),),
            ),
            dateline=self.dateline(str(pick(self.dice, (self.by, self.against)).capital), at),
        )  # fmt: skip

    def ministry(self, at: datetime, news: Sequence[Happening]) -> Draft:
        """The blockaded state's statement."""
        voice = self.voice(at)
        office = Speaker(self.against.key, f"the {self.against.ministry}", again="the ministry")
        slots = self.slots(at)
        worst = next((h for h in news if h.incident not in FRIENDLY), news[0])
        view = self.view(worst, ("wrong_place", "never_happened"))
        noun, fact = deed_noun(voice, view, self.by)
        accused = self.fact("ACCUSE", self.against.key, self.by.key)
        lines = [
            political(
                voice, "condemn", slots | {"N": noun, "a": voice.call(office)}, (accused, fact)
            )
        ]
        lines.append(self.demand(voice, office, "release"))
        second = []
        others = [h for h in news[1:] if h.incident in ("seizure", "boarding", "interception")]
        if others and self.dice.random() < 0.5:
            clause, denied = deed_clause(voice, self.view(others[0], ()), self.by, "done")
            second.append(framed(voice, clause, denied, "denied", office))
        if self.dice.random() < 0.5:
            second.append(self.council(voice, office))
        if self.dice.random() < 0.4:
            second.append(political(voice, "threat", slots | {"a": voice.call(office)},
                                    (self.fact("THREATEN", self.against.key, None),)))  # fmt: skip
        return Draft(
            "statement-" + stem(self.against.ministry), self.against.ministry, at,
            (tuple(lines), tuple(second)), title=_heading("STATEMENT", self.against.ministry),
        )  # fmt: skip

    def agent(self, at: datetime, news: Sequence[Happening]) -> Draft:
        """A port agent's circular: what becomes of ships, without politics."""
        voice = self.voice(at)
        lines = []
        for happening in news[:3]:
            clause, fact = deed_clause(
                voice, self.view(happening, ("wrong_time",)), self.by, "done"
            )
            lines.append(framed(voice, clause, fact, "plain"))
        port = self.blockade.prize_port
        lines.append(Said(f"Berths at {port} are congested and pilots may be delayed."))
        return Draft(
            "circular-" + stem(self.words.port_agent), self.words.port_agent, at,
            tuple((line,) for line in lines), title=f"{self.words.port_agent} - Circular",
        )  # fmt: skip

    def echo(self, story: Draft) -> Draft:
        """Another outlet's copy of a wire story: its first paragraphs, nearly word for word. An
        attempt may have become a deed on the way."""
        outlet = str(pick(self.dice, self.words.echoes))
        paragraphs = [tuple(map(self._drifted, paragraph)) for paragraph in story.paragraphs[:3]]
        return Draft(
            stem(outlet), outlet, story.date + timedelta(hours=float(self.dice.uniform(1, 8))),
            (*paragraphs, (Said(f"{self.words.agency} contributed to this report."),)),
            dateline=story.dateline,
        )  # fmt: skip

    def _drifted(self, said: Said) -> Said:
        text, facts = said.text, said.facts
        for tried in ("attempted to ", "tried to "):
            if tried in text and self.dice.random() < 0.5 and len(facts) == 1:
                verb = text.split(tried, 1)[1].split(" ", 1)[0]
                past = verb + ("d" if verb.endswith("e") else "ed")
                text = text.replace(f"{tried}{verb}", past).replace(" but broke off", "")
                facts = (replace(facts[0], status=Status.ASSERTED, truthful="never_happened"),)
        return Said(text, facts)

    def report(self, happening: Happening) -> Draft | None:
        """What a master told a watch, hours after."""
        self.reports += 1
        sent = happening.start + timedelta(hours=float(self.dice.uniform(0.5, 4.0)))
        view = self.view(happening, ("wrong_place",))
        return incident_report(self.dice, view, 10 + self.reports, self.scenario.ports, sent)


def manner(view: View) -> Manner:
    if view.happening.status == "attempted":
        return "attempted"
    return "done"


def stem(name: str) -> str:
    return name.lower().replace(" ", "-")


def _heading(kind: str, office: str) -> str:
    return f"{kind} OF THE {office.upper()}"
