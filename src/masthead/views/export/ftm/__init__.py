"""FollowTheMoney entities (model of followthemoney 4), as JSON lines: for Aleph, OpenSanctions and
tools of their kind.

A document is a `Document`; a ship a `Vessel`; an actor a `PublicBody`, `Organization` or
`LegalEntity` by its sector; an event and an incident each an `Event`, whose summary says who says
so and whether it is told as done, whose `proof` is the document, and whose parties hang on it by
`UnknownLink`s with their role and the event's status. A `Mention` ties each party to the document
that names it, and a mark of the analyst is a `Note` on what bears it. Nobody is called a `Person`,
for the record does not tell people from bodies.

The package followthemoney is not needed to write them; the tests validate with it.
"""

from masthead.views.export.ftm.stream import write

__all__ = ["write"]
