"""How long it takes to make a plan and to show twelve weeks: run ``python benchmarks/programs.py``.

Prints the best and the median of many runs, in milliseconds. Reading the library and the
programme shape stands apart: a plan is made once, with a library that is at hand.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from coach.model.assessment import Profile
from coach.model.plan import Preferences
from coach.programs.library import load_library
from coach.programs.planfile import load_template
from coach.programs.prescribe import prescribe
from coach.programs.week import build_week, forecast

START = date(2026, 11, 23)
BUDGET_MS = 10.0


def measure(work: Callable[[], object], runs: int) -> tuple[float, float]:
    """Return the best and the median time of some work, in milliseconds."""
    work()
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        times.append((time.perf_counter() - begin) * 1000)
    return min(times), statistics.median(times)


def rows() -> list[tuple[str, float, float]]:
    """Measure each piece of work once."""
    library, template = load_library(), load_template("balanced")
    profile = Profile(
        id="p", date=START, primary="flex", secondary=("load",), tags=("flex", "flex_am"), walk_minutes=18
    )
    found: list[tuple[str, float, float]] = []
    for minutes in (20, 35, 60):
        wishes = Preferences(
            days_per_week=5, session_minutes=minutes, equipment=("mat", "band", "weight"), body_weight_kg=70
        )
        plan = prescribe(profile, wishes, template, library, start=START)

        def whole(wishes: Preferences = wishes) -> object:
            made = prescribe(profile, wishes, template, library, start=START)
            return forecast(made, template, library)

        found.append((f"prescribe and 12 weeks, {minutes} min", *measure(whole, 60)))
        found.append(
            (
                f"one week, {minutes} min",
                *measure(lambda plan=plan: build_week(plan, 5, START, template, library), 100),
            )
        )
    found.append(("read the library", *measure(load_library, 15)))
    found.append(("read the programme shape", *measure(lambda: load_template("balanced"), 15)))
    return found


def main() -> None:
    """Print the table."""
    print(f"{'programs':<34}{'best ms':>10}{'median ms':>11}   budget {BUDGET_MS:g} ms for 12 weeks")
    for name, best, median in rows():
        print(f"{name:<34}{best:>10.2f}{median:>11.2f}")


if __name__ == "__main__":
    main()
