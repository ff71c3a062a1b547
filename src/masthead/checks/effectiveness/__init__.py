"""How effective a blockade is: passages of its zone and what became of them, transits before and
after, detours, and what the law of blockade asks."""

from masthead.checks.effectiveness.measured import Effectiveness, effectiveness

__all__ = ["Effectiveness", "effectiveness"]
