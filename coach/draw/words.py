"""Doses, dates and numbers in plain words, the same on every face."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.model.exercise import Dose

POUNDS = 2.20462
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
BREATH_S = 10
_LEAST = 8


def day(when: date, *, year: bool = False) -> str:
    """``Mon 23 Nov``, in English whatever the locale."""
    text = f"{WEEKDAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1]}"
    return f"{text} {when.year}" if year else text


def number(value: float | None) -> str:
    """A number to at most one decimal, half up; ``-`` for none."""
    if value is None:
        return "-"
    return f"{int(value * 10 + (0.5 if value >= 0 else -0.5)) / 10:g}"


def session(name: str) -> str:
    """A session by its id, as people say it: ``Week 8, session 3`` for ``w08_s3``."""
    week, _, place = name.partition("_s")
    if week[:1] == "w" and week[1:].isdigit() and place.isdigit():
        return f"Week {int(week[1:])}, session {int(place)}"
    return f"Session {name}"


def listed(words: tuple[str, ...]) -> str:
    """Words as a person lists them: ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def load(kilograms: float, units: str = "kg") -> str:
    """A load in the person's unit."""
    return f"{number(kilograms * POUNDS)} lb" if units == "lb" else f"{number(kilograms)} kg"


def dose(amount: Dose, units: str = "kg") -> str:
    """A dose in words: ``3 x 8 each side, 6 kg``."""
    text = _amount(amount)
    if amount.sides == 2:
        text += " each side"
    if amount.directions == 2:
        text += " each way"
    elif amount.directions > 2:
        text += f" in {amount.directions} directions"
    if amount.reps is not None and amount.hold_s:
        text += f", hold {amount.hold_s} s"
    if amount.load_kg:
        text += f", {load(amount.load_kg, units)}"
    if amount.extra:
        text += f", 1 more on the {amount.extra}"
    if amount.per_day > 1:
        text += f", up to {amount.per_day} times a day"
    return text


def _amount(amount: Dose) -> str:
    if amount.reps is not None:
        what = " breaths" if amount.rep_s == BREATH_S else ""
        return f"{amount.sets} x {amount.reps}{what}"
    if amount.hold_s is not None:
        return f"{amount.sets} x {amount.hold_s} s"
    if amount.metres is not None:
        return f"{amount.sets} x {amount.metres} m"
    if amount.rounds is not None:
        return f"{amount.rounds} rounds of 1 min brisk and 1 min easy"
    minutes = f"{number(amount.minutes)} min"
    return minutes if amount.sets == 1 else f"{amount.sets} x {minutes}"


def effort(amount: Dose) -> str:
    """The target effort: ``effort 4-5``."""
    low, high = amount.rpe
    return f"effort {low:g}" if low == high else f"effort {low:g}-{high:g}"


def change(before: Dose | None, after: Dose | None, units: str = "kg") -> str:
    """Two doses as ``3 x 8 -> 3 x 9``, or one of them where nothing changed."""
    if before is None or after is None:
        return dose(after or before, units) if (after or before) else ""  # type: ignore[arg-type]
    old, new = dose(before, units), dose(after, units)
    return new if old == new else f"{old} -> {new}"


def wrap(text: str, width: int | None, indent: str = "") -> list[str]:
    """Break a text into lines of at most ``width`` columns; no width leaves it whole.

    Beside its indent a line holds at least 8 columns: a terminal may be made as narrow as anything.
    """
    if width is None:
        return [indent + line for line in text.splitlines() or [""]]
    import textwrap

    lines: list[str] = []
    width = max(width, len(indent) + _LEAST)
    for line in text.splitlines() or [""]:
        lines += textwrap.wrap(line, width, initial_indent=indent, subsequent_indent=indent) or [""]
    return lines
