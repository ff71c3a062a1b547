"""Make the virtual environment: `python3 scripts/make_environment.py .venv`.

Needs only Python 3.11 to 3.13. Every package is installed from the hashed list in
requirements/dev.txt; Masthead itself is installed in place. On a Debian machine whose Python has no
`ensurepip` the package python3-venv is needed, and the message says so.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST, NEWEST = (3, 11), (3, 13)


def main(folder: Path) -> int:
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        have = ".".join(map(str, sys.version_info[:3]))
        print(
            f"Masthead needs Python 3.11 to 3.13; this is {have}. Name one: make PYTHON=python3.12"
        )
        return 1
    python = folder / "bin" / "python"
    if not python.exists():
        print(f"Making {folder} (the first time takes a minute or two)", flush=True)
        made = subprocess.run([sys.executable, "-m", "venv", str(folder)], check=False)
        if made.returncode:
            print("No environment could be made; on Debian: apt-get install python3-venv")
            return 1
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    lock = ROOT / "requirements" / "dev.txt"
    subprocess.run([*pip, "--require-hashes", "-r", str(lock)], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], check=True)
    if not (ROOT / "src" / "masthead" / "web" / "static" / "index.html").exists():
        print("The page could not be built (is npm's registry within reach?); masthead serve has")
        print(f"the API alone. To try again: {python} web/build.py")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else ".venv")))
    except subprocess.CalledProcessError as error:
        sys.exit(f"The packages could not be installed (pip exited with {error.returncode}).")
