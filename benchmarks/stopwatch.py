"""What the measurements share: the best and the median time of some work."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def measure(work: Callable[[], object], runs: int) -> tuple[float, float]:
    """Return the best and the median time of some work, in milliseconds."""
    work()
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        times.append((time.perf_counter() - begin) * 1000)
    return min(times), statistics.median(times)
