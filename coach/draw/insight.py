"""The parts of the progress page: each with its chart, its sentences and its table, own goals first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from coach.draw import bars, calendar, charts, numbers, sentences, words
from coach.draw.canvas import Style
from coach.model.charts import Insight, Series


class View(NamedTuple):
    """One part of the page."""

    id: str
    title: str


VIEWS = (
    View("goals", "Own goals"),
    View("pain", "Pain"),
    View("function", "Everyday activities"),
    View("sleep", "Sleep"),
    View("stress", "Stress"),
    View("adherence", "Sessions"),
    View("dose", "Doses"),
    View("days", "Days"),
    View("checks", "Checks"),
)
"""In the order of the page; the digit of a part is its place."""
_SERIES = {
    "pain": ("pain",),
    "function": ("eac10", "rmdq", "odi", "steps"),
    "sleep": ("sleep_hours", "sleep_quality"),
    "stress": ("stress", "resting_heart"),
}
_EVEN = 16
"""Lines of a chart where nobody says how many there are."""
_SMALL = 11


def names() -> tuple[str, ...]:
    """The parts by name."""
    return tuple(each.id for each in VIEWS)


def series_of(found: Insight, view: str) -> tuple[Series, ...]:
    """The series that a part shows."""
    if view == "goals":
        return found.goals
    return tuple(each for each in found.series if each.id in _SERIES.get(view, ()))


def chart(
    found: Insight, view: str, width: int = 80, height: int | None = None, *, style: Style = "braille"
) -> list[str]:
    """The chart of a part; several series share the height."""
    if view == "adherence":
        return bars.adherence(found.weeks, width, style=style)
    if view == "dose":
        return bars.doses(found.doses, width, style=style)
    if view == "days":
        return calendar.days(found.days, width, height)
    if view == "checks":
        return bars.load(found.load, width, style=style)
    shown = series_of(found, view)
    if not shown:
        return words.wrap(_none(view), width)
    each_has = _EVEN if len(shown) == 1 else _SMALL
    if height is not None:
        each_has = (height - len(shown) + 1) // len(shown)
        if each_has < charts.LEAST_HEIGHT + 2:
            return [bars.sparkline(each, width, style=style) for each in shown]
    lines: list[str] = []
    for each in shown:
        lines += [*([""] if lines else []), *charts.time_series(each, width, each_has, style=style)]
    return lines


def said(found: Insight, view: str) -> list[str]:
    """The sentences of a part."""
    if view == "adherence":
        return [sentences.adherence(found.weeks)]
    if view == "dose":
        return [sentences.climb(each) for each in found.doses] or ["There is no exercise in the plan yet."]
    if view == "days":
        return [sentences.days(found.days)]
    if view == "checks":
        checks = [sentences.verdict(each) for each in found.verdicts]
        return [*checks, sentences.load(found.load), *(sentences.pairing(each) for each in found.pairings)]
    shown = series_of(found, view)
    marked = next((sentences.spans(each.spans) for each in shown if each.points and each.spans), "")
    return [*(sentences.series(each) for each in shown), *([marked] if marked else [])] or [_none(view)]


def table(found: Insight, view: str) -> list[str]:
    """The numbers of a part as a table."""
    if view == "adherence":
        return numbers.weeks(found.weeks)
    if view == "dose":
        return numbers.climbs(found.doses)
    if view == "days":
        return numbers.days(found.days)
    if view == "checks":
        return numbers.load(found.load)
    return _each(series_of(found, view), view, plain=False)


def spoken(found: Insight, view: str) -> list[str]:
    """The numbers of a part as sentences, for screen readers."""
    if view == "adherence":
        return numbers.weeks_said(found.weeks)
    if view == "days":
        return numbers.days_said(found.days)
    if view in ("dose", "checks"):
        return []
    return _each(series_of(found, view), view, plain=True)


def _each(shown: Sequence[Series], view: str, *, plain: bool) -> list[str]:
    lines: list[str] = []
    for each in shown:
        rows = numbers.series_said(each) if plain else numbers.series(each)
        lines += [f"{each.name}:", *rows] if len(shown) > 1 else rows
    return lines or [_none(view)]


def _none(view: str) -> str:
    if view == "goals":
        return "No own activity was named. coach assess asks for them."
    return "Nothing has been noted yet."


def overview(found: Insight, width: int = 80, *, style: Style = "braille") -> list[str]:
    """The page at a glance: goals, the chart of pain, and the rest on a line each."""
    lines = [
        line
        for view in ("goals", "function")
        for text in said(found, view)
        for line in words.wrap(text, width)
    ]
    lines += ["", *chart(found, "pain", width, style=style)]
    lines += [line for text in said(found, "pain") for line in words.wrap(text, width)]
    rest = [each for each in found.series if each.daily and each.id != "pain"]
    lines += ["", *(bars.sparkline(each, width, style=style) for each in rest)]
    lines += ["", *calendar.days(found.days, width)]
    return lines


def everything(found: Insight) -> list[str]:
    """All sentences of the page, own goals first, each said once."""
    lines: list[str] = []
    for view in names():
        lines += [each for each in said(found, view) if each not in lines]
    return lines
