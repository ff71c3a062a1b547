"""Two who met: "they" who then agree, or act together, are both of them.

"Admiral Danbatta conferred with his Cameroonian opposite number. They settled on combined patrols":
each agrees with the other. The two are forgotten when others meet, and with the next paragraph.
"""

from __future__ import annotations

from dataclasses import replace

from masthead.model import Actor
from masthead.reports.parse import Token

TOGETHER = frozenset({"CONSULT", "AGREE", "COOPERATE"})
"""Acts that two do with one another."""


class Pair:
    """The two who last did something together, in one paragraph."""

    def __init__(self) -> None:
        self._two: tuple[Actor, ...] = ()
        self._paragraph = -1

    def met(
        self,
        act: str | None,
        paragraph: int,
        sources: tuple[Actor, ...],
        targets: tuple[Actor, ...],
    ) -> None:
        """Remember two who did something together."""
        if act in TOGETHER and len(sources) == len(targets) == 1:
            self._two = (*sources, *targets)
            self._paragraph = paragraph

    def meant(self, act: str | None, paragraph: int, pronoun: Token) -> tuple[Actor, ...]:
        """The two, if "they" who do an act are both."""
        both = pronoun.lower_ in ("they", "both") and pronoun.dep_ == "nsubj"
        if not both or act not in TOGETHER or paragraph != self._paragraph:
            return ()
        return tuple(replace(one, implicit=True) for one in self._two)

    def __contains__(self, actors: object) -> bool:
        """Whether actors are the two."""
        return isinstance(actors, tuple) and [a.span for a in actors] == [a.span for a in self._two]
