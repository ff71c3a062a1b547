"""How well a run found what happened and what was told, against a known truth."""

from masthead.score.figures import Figures, Table
from masthead.score.scoring import Score, score_case, score_events

__all__ = ["Figures", "Score", "Table", "score_case", "score_events"]
