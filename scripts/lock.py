"""Write requirements/*.txt from pyproject.toml: every package pinned, with hashes, for Python 3.11
to 3.13 on all platforms, and without any index address. Run it by `make lock`; it needs `uv`, which
it installs into the environment if it is missing.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LISTS = {"run": [], "dev": ["dev"], "docs": ["dev", "docs"], "bench": ["dev", "bench"]}


def main() -> None:
    uv = Path(sys.executable).parent / "uv"
    if not uv.exists():
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "uv"], check=True)
    (ROOT / "requirements").mkdir(exist_ok=True)
    for name, groups in LISTS.items():
        target = ROOT / "requirements" / f"{name}.txt"
        options = [option for group in groups for option in ("--group", group)]
        subprocess.run(
            [
                str(uv), "pip", "compile", "pyproject.toml", *options, "--universal",
                "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url",
                "--no-emit-find-links", "--no-annotate", "--quiet",
                "--custom-compile-command", "make lock", "-o", str(target),
            ],
            cwd=ROOT,
            check=True,
        )  # fmt: skip


if __name__ == "__main__":
    main()
