"""How long plan files take to read, the worst ones too: ``python benchmarks/planfiles.py``."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from planfile_cases import LIBRARY  # noqa: E402
from test_planlang_fuzz import HOSTILE, SLOW_TO_READ, WHOLE  # noqa: E402

from coach.cases.planfiles import examine  # noqa: E402


def main() -> None:
    """Print the slowest files, the example of the reference, and the most memory that was used."""
    texts = {**{name: text for name, (text, _) in HOSTILE.items()}, **SLOW_TO_READ, "the example": WHOLE}
    rows = []
    for name, text in texts.items():
        data = text.encode("utf-8", "surrogatepass")
        begin = time.perf_counter()
        examine(data, "mine.yaml", LIBRARY)
        rows.append((time.perf_counter() - begin, name, len(data)))
    slowest = sorted(rows, reverse=True)[:8]
    for seconds, name, size in [*slowest, *(row for row in rows if row[1] == "the example")]:
        print(f"{name:<18} {size / 1024:6.1f} kB {seconds * 1000:8.1f} ms")
    print(f"most memory        {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


if __name__ == "__main__":
    main()
