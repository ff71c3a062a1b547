"""AIS files of every known format to positions, into a lake or a frame."""

from masthead.tracks.load.importer import (
    ImportReport,
    import_files,
    read_positions,
    read_positions_and_static,
)

__all__ = ["ImportReport", "import_files", "read_positions", "read_positions_and_static"]
