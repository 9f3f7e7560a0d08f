"""The small closed grammar of dates, the same in every locale."""

from __future__ import annotations

import datetime as dt

from coach.problems import BadValue

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HINT = "today, yesterday, mon..sun, -3d, -2w, MM-DD or YYYY-MM-DD"


def read(text: str, today: dt.date, *, future: bool = False) -> dt.date:
    """Read a date that a person typed.

    Weekdays and ``MM-DD`` mean the latest one that has passed, or with ``future`` the next one.
    Raises `BadValue` for anything else, and for a day to come where ``future`` is false.
    """
    word = text.strip().lower()
    day = _day(word, today, future)
    if day is None:
        if "/" in word or "." in word:
            raise BadValue(f"“{text}” can be read two ways.", "write it as YYYY-MM-DD")
        raise BadValue(f"“{text}” is not a date.", HINT)
    if day > today and not future:
        raise BadValue(f"{day} is still to come, and this is about a day that was lived.", HINT)
    return day


def _day(word: str, today: dt.date, future: bool) -> dt.date | None:
    step = 1 if future else -1
    named = {"today": 0, "yesterday": -1, "tomorrow": 1}
    if word in named:
        return today + dt.timedelta(days=named[word])
    if word in WEEKDAYS:
        away = (
            (WEEKDAYS.index(word) - today.weekday()) % 7
            if future
            else -((today.weekday() - WEEKDAYS.index(word)) % 7)
        )
        return today + dt.timedelta(days=away)
    sign = -1 if word.startswith("-") else 1
    if word[:1] in "+-" and word[1:-1].isdigit() and word[-1:] in ("d", "w") and len(word) < 7:
        return today + dt.timedelta(days=sign * int(word[1:-1]) * (7 if word[-1] == "w" else 1))
    try:
        if len(word) == 10:
            return dt.date.fromisoformat(word)
        if len(word) == 5 and word[2] == "-":
            this = dt.date.fromisoformat(f"{today.year}-{word}")
            passed = this >= today if future else this <= today
            return this if passed else dt.date.fromisoformat(f"{today.year + step}-{word}")
    except ValueError:
        return None
    return None
