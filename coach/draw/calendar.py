"""The days of the plan as a calendar of letters: weeks below each other, weekdays beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from coach.draw import words
from coach.draw.axes import date_text
from coach.draw.tones import Tone, Toned
from coach.model.charts import DayMark, Mark

LETTERS: dict[Mark, str] = {
    "done": "#", "short": "+", "walk": "w", "missed": "o", "skipped": "x", "rest": ".",
}  # fmt: skip
MEANING: dict[Mark, str] = {
    "done": "session done",
    "short": "short session",
    "walk": "walk or extra",
    "missed": "planned, not done",
    "skipped": "let go",
    "rest": "no session",
}
_DONE: tuple[Mark, ...] = ("done", "short", "walk")
_LEAST = 20
_LABEL = 7


def days(found: Sequence[DayMark], width: int = 80, height: int | None = None) -> list[str]:
    """The calendar with its legend; with a ``height`` the newest weeks that fit.

    The first letter of a day says what was done, the second marks a flare-up (f) or a pause (p).
    """
    width = max(_LEAST, width)
    if not found:
        return words.wrap("No day of the plan has been lived yet.", width)
    by_date = {each.date: each for each in found}
    wide = 2 if width < _LABEL + 7 * 4 else 4
    if width < _LABEL + 7 * 2:
        wide = 1
    names = "".join(f"{name[: max(1, wide - 1)]:<{wide}}" for name in words.WEEKDAYS)
    monday = min(by_date) - timedelta(days=min(by_date).weekday())
    rows = []
    while monday <= max(by_date):
        rows.append(_week(monday, by_date, wide))
        monday += timedelta(days=7)
    legend = words.wrap(_legend(found), width)
    if height is not None:
        if height < len(legend) + 3:
            legend = []
        rows = rows[-max(1, height - 1 - len(legend)) :]
    return [(" " * _LABEL + names).rstrip(), *rows, *legend][: height or None]


def _week(monday: date, by_date: dict[date, DayMark], wide: int) -> str:
    cells = f"{date_text(monday):<{_LABEL}}"
    tones: list[Tone | None] = [None] * len(cells)
    for number in range(7):
        each = by_date.get(monday + timedelta(days=number))
        letters = f"{LETTERS[each.mark]}{'f' if each.flare else 'p' if each.pause else ''}" if each else ""
        cells += f"{letters[:wide]:<{wide}}"
        tones.append("line" if each and each.mark in _DONE else "faint")
        tones += ["mark"] * (wide - 1)
    return Toned(cells.rstrip(), tones)


def _legend(found: Sequence[DayMark]) -> str:
    used = {each.mark for each in found}
    parts = [f"{letter} {MEANING[mark]}" for mark, letter in LETTERS.items() if mark in used]
    parts += ["f flare"] if any(each.flare for each in found) else []
    parts += ["p pause"] if any(each.pause and not each.flare for each in found) else []
    return "; ".join(parts)
