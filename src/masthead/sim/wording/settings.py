"""`[words]` of a scenario: how much is told, how late, how falsely, and by whom."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, ValidationError

from masthead.errors import CaseError
from masthead.sim.scenario import Scenario, Share, Span, Table


class Words(Table):
    """`[words]`: how many `dispatches`, how many hours after a deed the first are written
    (`late_h`), the share of tellings that are false, the share of wire stories that others repeat;
    `friend` and `ally` are the keys of the sides that stand by the blockaded and by the other."""

    dispatches: Annotated[int, Field(ge=0, le=5000)] = 30
    late_h: Span = (2.0, 20.0)
    false_share: Share = 0.12
    echo_share: Share = 0.5
    news_per_day: Annotated[int, Field(ge=1, le=50)] = 5
    friend: str | None = None
    ally: str | None = None
    sea: str = "Ionian Sea"
    agency: str = "Meridian Newswire"
    port_agent: str = "Adria Port Agency"
    echoes: tuple[str, ...] = ("Gulf Courier", "Harbour Daily")


def words_of(scenario: Scenario) -> Words:
    """The settings of `[words]`. Raises `CaseError` for a wrong one."""
    try:
        found = Words.model_validate(scenario.words)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise CaseError("[words]", f"'{key}': {first['msg']}") from error
    keys = {side.key for side in scenario.sides}
    for name, side in (("friend", found.friend), ("ally", found.ally)):
        if side is not None and side not in keys:
            raise CaseError("[words]", f"'{name}': no side '{side}'")
    return found
