"""KML 2.2 (OGC 07-147r2) for Google Earth: folders by type, time spans, styles, tracks.

`document` puts a case in folders, `elements` writes what KML calls features in the order its schema
asks for, `geometries` their shapes, `styles` their colours. Nothing is fetched: no icon has an
address, so the viewer's own pin is tinted.
"""

from masthead.views.export.kml.document import write

__all__ = ["write"]
