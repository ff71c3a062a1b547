"""The end of an interdiction that is not seen: a ship stops with another alongside, then is silent.

A boarding party may switch the transponder off, or a master told to. What follows, an escort or a
seizure, is then not in the tracks; that it fell silent there and then is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from masthead.tracks.company import NEVER, STEPS_H, USUAL, Company, bridged_steps
from masthead.tracks.intercepts import given_of, meeting, of_positions, table_of
from masthead.tracks.limits import CompanyLimits
from masthead.tracks.places import Places


def detect_silenced(
    positions: pl.DataFrame,
    *,
    places: Places | None = None,
    company: CompanyLimits = USUAL,
    max_stopped_kn: float = 3.0,
    min_alongside_min: float = 15.0,
    within_h: float = 2.0,
    min_silence_h: float = 3.0,
) -> pl.DataFrame:
    """Ships that stop at sea with another alongside, and then fall silent.

    One ship comes to another (as `approach`), which makes `max_stopped_kn` knots or less alongside
    it (`limits.CompanyLimits`) for `min_alongside_min` minutes or longer. No more than `within_h`
    hours after, that one is heard for the last time for `min_silence_h` hours or longer, while the
    one that came is still heard: so it is not the reception. Of a ship never heard again the
    silence is counted to the last that was heard of the one that came (`heard_again` is false).

    Thresholds: ours. Three hours is more than a pause of reception where both had been heard every
    few minutes.
    """
    return of_positions(positions, places, meet_silenced, company, locals())


def meet_silenced(
    met_ships: Sequence[Company],
    *,
    max_stopped_kn: float,
    min_alongside_min: float,
    within_h: float,
    min_silence_h: float,
) -> pl.DataFrame:
    """`detect_silenced` among ships in company (`companies`)."""
    rows: list[dict[str, Any]] = []
    for company in met_ships:
        met = meeting(company)
        if met is None:
            continue
        still = company.speed_kn[met.alongside : met.apart + 1, met.victim] <= max_stopped_kn
        if not still.any():
            continue
        held = met.alongside + np.flatnonzero(still)
        first, last = int(held[0]), int(held[-1])
        end = company.step.size - 1
        now = int(company.step[end])
        next_heard = int(company.next_step[end, met.victim])
        again = next_heard != NEVER
        until = next_heard if again else int(company.last_step[end, met.comer])
        comer_next = int(company.next_step[end, met.comer])
        comer_heard = comer_next != NEVER and comer_next - now <= bridged_steps(company.limits)
        if (
            company.minutes(first, last) >= min_alongside_min
            and now - company.step[last] <= within_h * STEPS_H
            and until - now >= min_silence_h * STEPS_H
            and comer_heard
        ):
            rows.append(
                given_of(company, met, first, end, end)
                | {
                    "alongside_min": company.minutes(first, last),
                    "silent_h": (until - now) / STEPS_H,
                    "heard_again": again,
                    "silent_from": company.when(end),
                }
            )
    return table_of("silent_after_stop", rows, 0.6)


def tell(row: dict[str, Any]) -> str:
    """Why, in one sentence."""
    since = "for" if row["heard_again"] else "to the end of the source, at least"
    return (
        f"lay stopped {row['alongside_min']:.0f} min with MMSI {row['others'][0]} alongside, then "
        f"was silent {since} {row['silent_h']:.1f} h while the other was heard"
    )
