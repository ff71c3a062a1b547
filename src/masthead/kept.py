"""What takes long to work out, kept in the user's cache folder from one run to the next.

The folder is `$XDG_CACHE_HOME/masthead` (`~/.cache/masthead`) and may be deleted at any time. A
cache that cannot be written or read is no error: the thing is worked out again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any


def folder() -> Path:
    """Where things are kept; it need not be there yet."""
    root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(root) / "masthead"


def kept(name: str, made_of: Iterable[str | Path], make: Callable[[], Any]) -> Any:
    """A table (of what JSON can hold) that was made before, else made now and kept. `made_of` names
    what it depends on, packages by their names and files by their paths: it is made anew when any
    of these changes."""
    file = folder() / "tables" / f"{name}-{_digest(tuple(made_of))}.json"
    try:
        return json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        pass
    table = make()
    write_quietly(file, json.dumps(table).encode())
    return table


def write_quietly(file: Path, content: bytes) -> None:
    """Write a file of the cache, whole or not at all; not at all where that is not possible."""
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        beside.replace(file)
    except OSError:
        beside.unlink(missing_ok=True)


@cache
def _digest(made_of: tuple[str | Path, ...]) -> str:
    seen = hashlib.sha256()
    for item in made_of:
        seen.update(item.read_bytes() if isinstance(item, Path) else release(item).encode())
    return seen.hexdigest()[:16]


def release(package: str) -> str:
    """A package's name and version; its name alone where it is not installed as one."""
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return package
