"""The numbers behind each chart: as a table, and as sentences for whoever hears them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from coach.draw import words
from coach.model.charts import Climb, DayMark, Load, Mark, Series, WeekShare

NOTHING = ["Nothing has been noted yet."]
_WEEK = timedelta(days=7)


def series(found: Series, weeks: int = 13) -> list[str]:
    """A daily series by weeks, the newest of them; any other reading by reading."""
    if not found.points:
        return list(NOTHING)
    if not found.daily:
        return [
            f"{words.day(each.date, year=True):<16}{words.number(each.value):>6}" for each in found.points
        ]
    lines = [f"{'week from':<16}{'days':>5}{'mean':>6}{'least':>6}{'most':>6}"]
    for first, days, mean, least, most in by_week(found)[-weeks:]:
        numbers = "".join(f"{words.number(each):>6}" for each in (mean, least, most))
        lines.append(f"{words.day(first, year=True):<16}{days:>5}{numbers}")
    return lines


def series_said(found: Series, weeks: int = 13) -> list[str]:
    """The same, a sentence a row."""
    if not found.points:
        return list(NOTHING)
    if not found.daily:
        return [f"{words.day(each.date, year=True)}: {words.number(each.value)}." for each in found.points]
    lines = []
    for first, days, mean, least, most in by_week(found)[-weeks:]:
        name = f"Week from {words.day(first, year=True)}"
        if not days:
            lines.append(f"{name}: not noted.")
        elif mean is None:
            lines.append(f"{name}: noted on {days} days, too few for a mean.")
        else:
            between = (
                f"from {words.number(least)} to {words.number(most)}"
                if least != most
                else "the same each day"
            )
            lines.append(f"{name}: mean {words.number(mean)} of {days} days, {between}.")
    return lines


def by_week(found: Series) -> list[tuple[date, int, float | None, float | None, float | None]]:
    """First day, days noted, mean (null with too few), least and most of each week."""
    by_week: dict[int, list[float]] = {}
    for each in found.points:
        if found.start <= each.date <= found.end:
            by_week.setdefault((each.date - found.start).days // 7, []).append(each.value)
    rows = []
    for week in range((found.end - found.start).days // 7 + 1):
        known = by_week.get(week, [])
        mean = sum(known) / len(known) if len(known) >= found.enough else None
        rows.append(
            (found.start + week * _WEEK, len(known), mean, min(known, default=None), max(known, default=None))
        )
    return rows


def weeks(found: Sequence[WeekShare]) -> list[str]:
    """Sessions of each week."""
    lines = ["week  from        done  planned"]
    for each in found:
        kind = f"  {each.kind}" if each.kind not in ("", "loaded") else ""
        lines.append(
            f"{each.number:>4}  {words.day(each.starts):<10}  {each.done:>4}  {each.planned:>7}{kind}"
        )
    return lines if found else list(NOTHING)


def weeks_said(found: Sequence[WeekShare]) -> list[str]:
    """The same, a sentence a week."""
    lines = [f"Week {each.number}: {each.done} of {each.planned} sessions done." for each in found]
    return lines or list(NOTHING)


_COLUMNS: tuple[tuple[Mark, str], ...] = (
    ("done", "done"), ("short", "short"), ("walk", "walk"), ("missed", "open"), ("skipped", "let go"),
    ("rest", "none"),
)  # fmt: skip
_MEANINGS = (
    "sessions",
    "short sessions",
    "walks or extras",
    "planned and not done",
    "let go",
    "no session",
)


KINDS = (*(name for _, name in _COLUMNS), "flare", "pause")
"""What a day can be, as the head of a table."""


def days(found: Sequence[DayMark]) -> list[str]:
    """What the days of each calendar week were, counted."""
    lines = [f"{'week from':<12}" + "".join(f"{head:>7}" for head in KINDS)]
    for monday, counts in counted(found):
        lines.append(f"{words.day(monday):<12}" + "".join(f"{count:>7}" for count in counts))
    return lines if found else list(NOTHING)


def days_said(found: Sequence[DayMark]) -> list[str]:
    """The same, a sentence a week."""
    names = (*_MEANINGS, "in a flare-up", "in a pause")
    lines = []
    for monday, counts in counted(found):
        parts = [f"{name} {count}" for name, count in zip(names, counts, strict=True) if count]
        lines.append(f"Days of the week from {words.day(monday)}: {', '.join(parts)}.")
    return lines or list(NOTHING)


def counted(found: Sequence[DayMark]) -> list[tuple[date, list[int]]]:
    """For each calendar week its Monday, and how many days were what, in the order of `KINDS`."""
    by_week: dict[date, list[DayMark]] = {}
    for each in found:
        by_week.setdefault(each.date - timedelta(days=each.date.weekday()), []).append(each)
    return [
        (
            monday,
            [
                *(sum(each.mark == mark for each in own) for mark, _ in _COLUMNS),
                sum(each.flare for each in own),
                sum(each.pause for each in own),
            ],
        )
        for monday, own in by_week.items()
    ]


def climbs(found: Sequence[Climb]) -> list[str]:
    """Every change of a standing dose, by ladder."""
    lines: list[str] = []
    for each in found:
        lines.append(f"{each.ladder}  {each.levels[-1].name}")
        before = ""
        for level in each.levels:
            text = f"{level.name}: {level.text}"
            if text != before:
                lines.append(f"     {words.day(level.date):<11} {text}")
            before = text
    return lines or list(NOTHING)


def load(found: Load | None) -> list[str]:
    """The last seven days and the four weeks before."""
    if found is None or found.before is None:
        return ["There is nothing to compare with yet."]
    return [
        f"{'last seven days':<28}{round(found.week):>6}",
        f"{'mean of four weeks before':<28}{round(found.before):>6}",
        f"{'times as much':<28}{words.number(found.ratio):>6}",
    ]
