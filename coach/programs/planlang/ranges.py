"""Numbers, ranges, weeks and percents as the language writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.model.shape import Span
from coach.programs.planlang.words import BadText, figure

_SPAN = re.compile(r"([0-9]{1,6})(?:\s*[-–]\s*([0-9]{1,6}))?")
_DECIMAL = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,2})?)(?:\s*[-–]\s*([0-9]{1,3}(?:\.[0-9]{1,2})?))?")
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez"
_DATE = re.compile(
    rf"[0-9]{{1,2}}[\s.-]*(?:{_MONTHS})[a-z]*\.?(?:[\s-]*[0-9]{{2,4}})?"
    rf"|(?:{_MONTHS})[a-z]*[\s.-]*[0-9]{{1,2}}"
    r"|[0-9]{4}-([0-9]{2})-([0-9]{2})(?:[ T].*)?|[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4}",
    re.IGNORECASE,
)
LAST_WEEK = 104


def a_date(text: str) -> bool:
    """Whether a text looks like a range that a spreadsheet turned into a date."""
    return _DATE.fullmatch(text.strip()) is not None


def turned(text: str) -> str:
    """The sentence about such a date, with the ranges it may have been."""
    text = text.strip()
    meant = "8-10"
    if match := re.fullmatch(r"[0-9]{4}-([0-9]{2})-([0-9]{2}).*", text):
        month, day = int(match[1]), int(match[2])
        meant = f"{min(month, day)}-{max(month, day)}"
        text = f"{day} {_NAMES[(month - 1) % 12]}"
    return (
        f"your spreadsheet turned {meant} into a date ({text[:20]}); "
        f"set the cell to text and write it again, or write {meant.replace('-', ' to ')} in a table"
    )


_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def parse_span(text: str, low: int, high: int, what: str, at: int = 0) -> Span:
    """Read ``8-12``, or ``8`` for both ends. Raises `BadText`."""
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        message = turned(text) if a_date(text) else f"{what} must be a number or a range within {low}-{high}"
        raise BadText(at, message)
    first = int(match[1])
    last = int(match[2]) if match[2] else first
    if not low <= first <= last <= high:
        order = ", the smaller number first" if first > last else ""
        raise BadText(at, f"{what} must be a range within {low}-{high}{order}, not {text.strip()[:20]!r}")
    return first, last


def write_span(span: Span) -> str:
    """``8-12``, or ``8`` when both ends are the same."""
    return str(span[0]) if span[0] == span[1] else f"{span[0]}-{span[1]}"


def parse_decimals(text: str, low: float, high: float, what: str, at: int = 0) -> tuple[float, float]:
    """Read ``4-5.5`` or one number. Raises `BadText`."""
    match = _DECIMAL.fullmatch(text.strip())
    if match is None:
        message = turned(text) if a_date(text) else f"{what}: expected a number or a range such as 4-6"
        raise BadText(at, message)
    first = float(match[1])
    last = float(match[2]) if match[2] else first
    if not low <= first <= last <= high:
        order = ", the smaller number first" if first > last else ""
        raise BadText(
            at, f"{what} must be within {figure(low)}-{figure(high)}{order}, not {text.strip()[:20]!r}"
        )
    return first, last


def write_decimals(span: tuple[float, float]) -> str:
    """``4-5.5``, or one number when both ends are the same."""
    return figure(span[0]) if span[0] == span[1] else f"{figure(span[0])}-{figure(span[1])}"


def parse_percent(text: str, low: int, high: int, what: str, at: int = 0) -> int:
    """Read ``60 %``. Raises `BadText`."""
    match = re.fullmatch(r"([0-9]{1,4})\s*%", text.strip())
    if match is None or not low <= int(match[1]) <= high:
        raise BadText(
            at, f"{what} must be {low} to {high} percent, such as {high} %, not {text.strip()[:20]!r}"
        )
    return int(match[1])


def parse_weeks(text: str, at: int = 0) -> tuple[int, ...]:
    """Read ``weeks 1-4, 6`` or ``week 8``: each week that it names. Raises `BadText`."""
    match = re.fullmatch(r"(weeks?)\s+(.*)", text.strip(), re.DOTALL)
    if match is None:
        raise BadText(at, f"write weeks 1-4, weeks 1,3,5 or week 6, not {text.strip()[:30]!r}")
    found: list[int] = []
    for part in match[2].split(",")[:LAST_WEEK]:
        first, last = parse_span(part, 1, LAST_WEEK, "weeks", at + match.start(2))
        found.extend(range(first, last + 1))
    if found != sorted(set(found)):
        raise BadText(at, f"each week stands once, in rising order, not {text.strip()[:30]!r}")
    return tuple(found)


def write_weeks(weeks: Sequence[int]) -> str:
    """``weeks 1-4, 6``; a single week is ``week 8``."""
    runs: list[tuple[int, int]] = []
    for week in weeks:
        if runs and week == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], week)
        else:
            runs.append((week, week))
    name = "week" if len(weeks) == 1 else "weeks"
    return f"{name} {', '.join(write_span(run) for run in runs)}"
