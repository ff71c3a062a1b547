"""Ships and actors against sanctions and watch lists.

`lists` reads them, `names` makes names comparable, `index` finds what is near, `matching` scores
it, `subjects` says who is asked about, and `screening` puts the question for a case.
"""

from masthead.checks.screening.hits import ListedAt, ListHit, hit_to_dict, hit_to_line
from masthead.checks.screening.lists import WatchedList, load_lists
from masthead.checks.screening.screening import LEAST, screen, screen_subjects
from masthead.checks.screening.subjects import Subject

__all__ = [
    "LEAST", "ListHit", "ListedAt", "Subject", "WatchedList", "hit_to_dict", "hit_to_line",
    "load_lists", "screen", "screen_subjects",
]  # fmt: skip
