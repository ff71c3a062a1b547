"""The build hook: puts the page into the wheel (web/build.py builds it).

A wheel without its page would be a broken product, so it fails. An editable install goes on with a
warning: all but `masthead serve` works, and `python web/build.py` builds the page later.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PageHook(BuildHookInterface[Any]):
    """Runs before the files of a wheel are gathered."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the page; `version` is "editable" for an install in place."""
        builder = _load(Path(self.root) / "web" / "build.py")
        try:
            builder.build()
        except builder.PageError as error:
            if version != "editable":
                raise
            warning = f"masthead: the page was not built: {error}. Later: python web/build.py"
            sys.stderr.write(warning + "\n")


def _load(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("masthead_page_build", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
