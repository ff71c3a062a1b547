"""Handing on settings by name: of the arguments given to one function, those that another takes."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any


def taken_by(part: Callable[..., Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the arguments `given` that a function takes."""
    return {name: given[name] for name in inspect.signature(part).parameters if name in given}
