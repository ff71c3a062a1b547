"""Masthead keeps watch on crises at sea: it reads reports and watches AIS tracks.

>>> import masthead
>>> masthead.incident_names()[:3]
['blockade', 'blockade_lifted', 'deployment']
"""

from masthead import codes

__version__ = "0.1.0"


def incident_names() -> list[str]:
    """The maritime incident vocabulary, in the order of its data file."""
    return list(codes.incidents())
