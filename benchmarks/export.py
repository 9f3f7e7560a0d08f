"""What ``export journal --format csv`` costs with ten years of history, beside reading the files.

``python benchmarks/export.py`` prints medians of one run, taken in turns. The home is the one of
`benchmarks.startup`: the demo, and forty finished episodes before it. "Reading" opens every file,
checks its seal and decodes its tables, as any command that reads them all must; "nouns" also makes
the check-ins, sessions and the rest of the log of them. The export writes to nowhere.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, os.fspath(Path(__file__).parents[1]))
sys.path.insert(0, os.fspath(Path(__file__).parent))

from startup import TODAY, old

from coach.cases import exporting
from coach.coach import Coach
from coach.desk import Desk

TIMES = 15
BUDGET = 2.0


def read(desk: Desk) -> int:
    """Open, check and decode every table of every file."""
    count = 0
    for name in desk.names():
        view = desk.store.view(name)
        count += sum(len(view.table(table)) for table in view.tables)
    return count


def nouns(desk: Desk) -> int:
    """The same for the log alone, as nouns."""
    return sum(len(desk.history(desk.read(name), carried=False).checkins) for name in desk.names())


def write(desk: Desk, what: str, **options: bool) -> int:
    return sum(len(each) for each in exporting.export(desk, what, "csv", **options))


def main() -> int:
    with tempfile.TemporaryDirectory() as base:
        old(base)
        coach = Coach.open(base, today=TODAY)
        desk = coach._desk
        calls: dict[str, Callable[[], int]] = {
            "reading the files": lambda: read(desk),
            "the log as nouns": lambda: nouns(desk),
            "export journal": lambda: write(desk, "journal"),
            "export journal --wide": lambda: write(desk, "journal", wide=True),
            "export sets": lambda: write(desk, "sets"),
            "export all": lambda: sum(len(each) for each in exporting.export(desk, "all", "json")),
        }
        times: dict[str, list[float]] = {name: [] for name in calls}
        for _ in range(TIMES):
            for name, call in calls.items():
                begun = time.perf_counter()
                call()
                times[name].append(time.perf_counter() - begun)
        files = len(desk.names())
        size = sum(path.stat().st_size for path in (Path(base) / "journal" / "episodes").glob("*.json"))
        rows = sum(each.count("\n") for each in exporting.export(desk, "journal", "csv")) - 1
    print(f"ten years: {files} files, {size / 1e6:.1f} MB, {rows:,} rows of the journal")
    base_time = statistics.median(times["reading the files"])
    for name, each in times.items():
        median = statistics.median(each)
        print(f"  {name:24} {median * 1000:7.1f} ms   {median / base_time:4.2f} x reading")
    share = statistics.median(times["export journal"]) / base_time
    print(f"export journal --format csv: {share:.2f} x reading the files (budget {BUDGET:g})")
    return int(share > BUDGET)


if __name__ == "__main__":
    sys.exit(main())
