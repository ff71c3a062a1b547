"""What class of ship an AIS ship type code stands for (ITU-R M.1371-5, table 53)."""

from __future__ import annotations

from functools import cache

from masthead import codes


@cache
def _classes() -> dict[int, str]:
    return {
        code: row["class"]
        for row in codes.rows("ais_ship_types.csv")
        for code in range(int(row["from"]), int(row["to"]) + 1)
    }


def ship_class(said: str | None) -> str | None:
    """The class of ship of a type as reported: a code becomes words, words stay as they are; a
    code that the standard leaves open is None."""
    if said is None or not said.strip():
        return None
    try:
        return _classes().get(int(float(said)))
    except ValueError:
        return said.strip().lower()
