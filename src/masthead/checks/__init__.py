"""Reports against tracks: could it have been, was that sea heard, did it leave its signs?

`sightings` is what the tracks show of one ship; `reach` asks whether it could have been there,
`coverage` whether it would have been heard, `signature` which signs such an incident leaves and
whether they are there, `candidates` which ships an unnamed one could be; `verdict` weighs them.
"""

from masthead.checks.checking import check, check_incident

__all__ = ["check", "check_incident"]
