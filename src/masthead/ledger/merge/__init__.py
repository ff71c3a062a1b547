"""Many reports of one thing that happened to one ship become one incident.

`matters` takes from an event what tells whether it is the same incident; `likeness` compares two;
`clusters` joins them, in whatever order they come; `echoes` finds who only repeats whom; `account`
makes the incident of what was joined.
"""

from masthead.ledger.merge.merger import Merger, incidents_of, merge

__all__ = ["Merger", "incidents_of", "merge"]
