"""What a command costs as a whole process, against ``python -c pass`` in the same environment.

Instructions are counted by valgrind's cachegrind where it is installed, for they do not depend
on what else the machine does; else user and system time of the process is compared.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 23)
BUDGETS = {"status": 3.0, "--version": 3.0, "checkin": 9.0, "today": 9.0}
RUNS = 7


def environment(home: str) -> dict[str, str]:
    return {**os.environ, "COACH_HOME": home, "COACH_TODAY": TODAY.isoformat(), "PYTHONHASHSEED": "0"}


def cost(command: list[str], home: str) -> float:
    """Millions of instructions, or seconds of processor time where cachegrind is missing."""
    if shutil.which("valgrind"):
        tool = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
        done = subprocess.run(
            [*tool, *command],
            env=environment(home),
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        found = re.search(r"I\s+refs:\s+([\d,]+)", done.stderr)
        if found is None or done.returncode:
            raise SystemExit(f"{command} failed:\n{done.stderr[-2000:]}")
        return int(found[1].replace(",", "")) / 1e6
    times = []
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            command, env=environment(home), capture_output=True, stdin=subprocess.DEVNULL, check=True
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return sorted(times)[RUNS // 2]


def coach(*arguments: str) -> list[str]:
    """The installed console script beside this interpreter, else the package of the checkout."""
    script = Path(sys.executable).with_name("coach")
    return (
        [sys.executable, str(script), *arguments]
        if script.exists()
        else [sys.executable, "-m", "coach._boot", *arguments]
    )


def young(home: str) -> None:
    """A home with twelve weeks of history: the demo, with a check-in on top."""
    run(home, "demo", home)


def old(home: str) -> None:
    """The same, with ten years of finished episodes before it."""
    young(home)
    folder = Path(home) / "journal" / "episodes"
    newest = max(folder.glob("*.json"))
    for number in range(40):
        day = TODAY - timedelta(days=60 + 84 * (40 - number))
        shutil.copy(newest, folder / f"{day.isoformat()}-e{number + 1:02d}.json")


def run(home: str, *arguments: str) -> None:
    subprocess.run(
        coach(*arguments), env=environment(home), check=True, capture_output=True, stdin=subprocess.DEVNULL
    )


def main() -> None:
    unit = "M instructions" if shutil.which("valgrind") else "s of processor time"
    with tempfile.TemporaryDirectory() as base:
        homes = {"12 weeks": f"{base}/young", "10 years": f"{base}/old"}
        young(homes["12 weeks"])
        old(homes["10 years"])
        floor = cost([sys.executable, "-c", "pass"], base)
        print(f"{'command':<12}{'history':<10}{unit:>20}{'x python -c pass':>18}{'budget':>8}")
        print(f"{'pass':<12}{'':<10}{floor:>20.1f}{1:>18.2f}")
        for name, words in (
            ("--version", ("--version",)),
            ("status", ("status",)),
            ("checkin", ("checkin", "4", "--sleep", "7", "--stress", "3")),
            ("today", ("today",)),
        ):
            for history, home in homes.items():
                if name != "checkin":
                    run(home, "checkin", "3")
                spent = cost(coach(*words), home)
                print(f"{name:<12}{history:<10}{spent:>20.1f}{spent / floor:>18.2f}{BUDGETS[name]:>8.1f}")


if __name__ == "__main__":
    main()
