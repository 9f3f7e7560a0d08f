"""How long a chart takes to draw: run ``python benchmarks/charts.py``.

Prints the best and the median of many runs, in milliseconds. The measure to hold against others is
the redraw of 3,650 points at 100 x 20: an own canvas was measured at 8-9 ms, textual-plot at 65-85,
textual-plotext at 100-112.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta
from math import sin
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from stopwatch import measure

from coach.draw import bars, calendar, charts
from coach.draw.canvas import Canvas
from coach.model.charts import DayMark, Point, Series

START = date(2026, 11, 23)
TEN_YEARS = 3650


def series(days: int) -> Series:
    """So many days of made-up pain."""
    values = [round(5 + 3 * sin(number / 300) + (number * 7919 % 11 - 5) / 3) for number in range(days)]
    points = tuple(
        Point(date=START + timedelta(days=number), value=min(10, max(0, value)))
        for number, value in enumerate(values)
    )
    end = START + timedelta(days=days - 1)
    return Series(
        id="pain", name="Pain", start=START, end=end, points=points, low=0, high=10, baseline=5, band=2
    )


def limbs() -> list[str]:
    """A figure of 60 x 20: twelve limbs and a head."""
    canvas = Canvas(60, 20)
    for number in range(12):
        canvas.line(20 + number * 5, 10, 30 + number * 5, 70, thick=5)
    canvas.ring(60, 12, 9)
    return canvas.lines()


def main() -> None:
    """Print the table."""
    long, plan = series(TEN_YEARS), series(84)
    days = tuple(DayMark(date=START + timedelta(days=number), mark="done") for number in range(84))
    rows: tuple[tuple[str, Callable[[], object]], ...] = (
        ("3,650 points, 100 x 20", lambda: charts.time_series(long, 100, 20)),
        ("84 points, 80 x 16", lambda: charts.time_series(plan, 80, 16)),
        ("84 points, 80 x 16, plain characters", lambda: charts.time_series(plan, 80, 16, style="ascii")),
        ("sparkline of 3,650 points", lambda: bars.sparkline(long, 80)),
        ("calendar of 84 days", lambda: calendar.days(days, 80)),
        ("figure of 60 x 20", limbs),
    )
    print(f"{'charts':<38}{'best ms':>10}{'median ms':>11}")
    for name, work in rows:
        best, median = measure(work, 40)
        print(f"{name:<38}{best:>10.2f}{median:>11.2f}")


if __name__ == "__main__":
    main()
