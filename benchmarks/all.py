"""Run every benchmark, one after the other (`make bench`). Each keeps its last run as JSON;
those that need the real data of ../shared/data say so and stop."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
LIBRARIES = {"all.py", "gold.py", "sign_weights.py", "synthetic_tracks.py"}


def main() -> int:
    failed = []
    for script in sorted(HERE.glob("*.py")):
        if script.name in LIBRARIES:
            continue
        print(f"\n=== {script.name}", flush=True)
        if subprocess.run([sys.executable, str(script)], check=False).returncode:
            failed.append(script.name)
    if failed:
        print(f"\nfailed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
