"""Exports: a case in the formats that other tools read.

`content` reads the case, `formats` has the table of formats, and each format is a module or
package of that name. In every one an event keeps its id, its evidence, who says so, its status and
the ledger's head: a claim stays a claim.
"""

from masthead.views.export.content import Content, Selection
from masthead.views.export.formats import FORMATS, Format, export

__all__ = ["FORMATS", "Content", "Format", "Selection", "export"]
