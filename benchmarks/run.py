"""Run every measurement and print its table: ``python benchmarks/run.py [NAME ...]``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> int:
    names = sys.argv[1:] or sorted(
        path.stem for path in HERE.glob("*.py") if path.stem not in ("run", "stopwatch")
    )
    code = 0
    for name in names:
        print(f"\n== {name} ==", flush=True)
        code |= subprocess.run([sys.executable, str(HERE / f"{name}.py")], check=False).returncode
    return code


if __name__ == "__main__":
    sys.exit(main())
