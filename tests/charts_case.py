"""Made-up series for the charts, the same on every machine."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from coach.model.charts import (
    Climb,
    DayMark,
    Insight,
    Level,
    Load,
    Mark,
    Pairing,
    Point,
    Series,
    Span,
    WeekShare,
    WeekVerdict,
)  # fmt: skip

START = date(2026, 9, 28)
GOLDENS = Path(__file__).parent / "goldens" / "charts"
PAIN = (
    5, 6, 5, 5, 4, 6, 5, 5, 4, None, 5, 6, 5, 4, 4, 4, 5, None, None, None, None, None, 6, 7, 7, 6, 5, 4,
    4, 5, 4, 3, 4, 3, 3, None, 4, 3, 3, 2, 3, 3, 2, 3, 2, 2, 3, None, 2, 2, 1, 2, 2, 3, 2, 2,
)  # fmt: skip


def day(number: int) -> date:
    return START + timedelta(days=number)


def points(values: Any) -> tuple[Point, ...]:
    return tuple(
        Point(date=day(number), value=value) for number, value in enumerate(values) if value is not None
    )


def series(values: Any = PAIN, **changes: Any) -> Series:
    """A pain series of these days; null is a missing day."""
    fields: dict[str, Any] = {
        "id": "pain", "name": "Pain", "unit": "0-10", "start": START, "end": day(max(len(values), 1) - 1),
        "points": points(values), "low": 0.0, "high": 10.0, "best": "low", "baseline": 5.0, "band": 2.0,
        "now": 2.0, "now_days": 7, "verdict": "meaningful_improvement", "spans": SPANS,
    }  # fmt: skip
    return Series(**{**fields, **changes})


SPANS = (Span(kind="flare", start=day(22), end=day(26)), Span(kind="pause", start=day(17), end=day(21)))


def goal(values: dict[int, float], name: str = "Goal: tie my shoes", **changes: Any) -> Series:
    fields: dict[str, Any] = {
        "id": "psfs_1", "name": name, "unit": "0-10, 10 as before", "start": START, "end": day(55),
        "points": tuple(Point(date=day(number), value=value) for number, value in values.items()),
        "low": 0.0, "high": 10.0, "best": "high", "daily": False, "band": 3.0,
        "baseline": next(iter(values.values()), None),
        "now": list(values.values())[-1] if len(values) > 1 else None, "now_days": 1,
        "verdict": "better" if len(values) > 1 else "",
    }  # fmt: skip
    return Series(**{**fields, **changes})


def climb() -> Climb:
    steps = ((0, "hng_1", "Wall tap", 16, "2 x 8"), (7, "hng_1", "Wall tap", 18, "2 x 9"),
             (14, "hng_1", "Wall tap", 14, "2 x 7"), (28, "hng_2", "Stick hinge", 16, "2 x 8"),
             (42, "hng_2", "Stick hinge", 20, "2 x 10"))  # fmt: skip
    levels = tuple(
        Level(date=day(at), exercise=exercise, name=name, size=size, text=text)
        for at, exercise, name, size, text in steps
    )
    return Climb(ladder="hng", start=START, end=day(55), levels=levels)


MARKS: dict[str, Mark] = {
    "#": "done", "+": "short", "w": "walk", "o": "missed", "x": "skipped", ".": "rest",
}  # fmt: skip


def marks(letters: str, flare: tuple[int, ...] = (), pause: tuple[int, ...] = ()) -> tuple[DayMark, ...]:
    return tuple(
        DayMark(date=day(number), mark=MARKS[letter], flare=number in flare, pause=number in pause)
        for number, letter in enumerate(letters)
    )


def whole() -> Insight:
    """A page with something of everything."""
    sleep = [None if value is None else 5 + value % 4 for value in reversed(PAIN)]
    return Insight(
        start=START,
        date=day(55),
        goals=(goal({0: 3, 28: 5, 55: 7}), goal({0: 4, 28: 5}, "Goal: carry the shopping", inside=True)),
        series=(
            series(),
            goal({0: 40, 28: 30}, "Trouble with everyday activities", id="eac10", unit="%", high=100.0,
                 best="low", band=None, verdict="unchanged"),
            series(sleep, id="sleep_hours", name="Hours slept", unit="h", low=None, high=None, baseline=6.0,
                   band=None, now=6.5, verdict="trend"),
            series(sleep, id="sleep_quality", name="Sleep quality", baseline=6.0, band=None, now=6.5,
                   verdict="unchanged", best="high"),
            series(PAIN, id="stress", name="Stress", baseline=6.0, band=None, now=3.0,
                   verdict="meaningful_improvement"),
        ),
        weeks=tuple(
            WeekShare(number=number, starts=day(7 * number - 7), planned=3, done=done, kind=kind)
            for number, done, kind in ((1, 3, "loaded"), (2, 3, "loaded"), (3, 1, "paused"), (4, 2, "flare"))
        ),
        days=marks("#.#.#.w#.o.#....#.xw..#.+.ow", flare=(22, 23), pause=(17, 18)),
        doses=(climb(),),
        load=Load(week=180.0, before=100.0, ratio=1.8, limit=1.5, above=True),
        verdicts=(
            WeekVerdict(week=4, date=day(28), said=True, title="Too early to tell", next=("Go on.",)),
            WeekVerdict(week=8, date=day(56)),
        ),
        pairings=(Pairing(id="stress", name="Stress", pairs=40, needed=28, r=0.1),),
    )  # fmt: skip


def golden(name: str, lines: list[str]) -> None:
    """Compare with a kept file; ``COACH_GOLDENS=write`` keeps it anew."""
    file = GOLDENS / f"{name}.txt"
    text = "\n".join(lines) + "\n"
    if os.environ.get("COACH_GOLDENS") == "write":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8"), f"{file.name} looks otherwise now"
