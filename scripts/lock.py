"""Write requirements/*.txt from pyproject.toml: every package pinned, with hashes, for Python 3.11
to 3.13 on all platforms, and without any index address. Run it by `make lock`; it needs `uv`, which
it installs into the environment if it is missing.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LISTS = {"run": [], "dev": ["dev"], "docs": ["dev", "docs"], "bench": ["dev", "bench"]}
EXTRAS = ("spark",)
"""What these need beside dev.txt, and in the versions that it names."""


def main() -> None:
    uv = Path(sys.executable).parent / "uv"
    if not uv.exists():
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "uv"], check=True)
    (ROOT / "requirements").mkdir(exist_ok=True)
    for name, groups in LISTS.items():
        options = [option for group in groups for option in ("--group", group)]
        compile_list(uv, name, ["pyproject.toml", *options])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for name in EXTRAS:
        wanted = "\n".join(project["optional-dependencies"][name])
        compile_list(uv, name, ["-", "--constraints", "requirements/dev.txt"], wanted)


def compile_list(uv: Path, name: str, sources: list[str], given: str | None = None) -> None:
    """Write one list; `given` is what "-" stands for."""
    subprocess.run(
        [
            str(uv), "pip", "compile", *sources, "--universal", "--python-version", "3.11",
            "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--no-annotate",
            "--quiet", "--custom-compile-command", "make lock",
            "-o", str(ROOT / "requirements" / f"{name}.txt"),
        ],
        cwd=ROOT,
        check=True,
        input=given,
        text=True,
    )  # fmt: skip


if __name__ == "__main__":
    main()
