"""The rhythm of a week: its days, and what was done on each."""

from __future__ import annotations

from datetime import date, timedelta

from coach.draw import words
from coach.model.log import SESSION_KINDS, History
from coach.model.plan import Week

DAYS = 7


def rhythm(week: Week, history: History, today: date, width: int = 80) -> list[str]:
    """A column a day.

    A session is done, due, still open, let go (``gone``), left out (``-``) or
    in a pause (``off``); then come walks,
    and the pain of the check-in. ``.`` is nothing.
    """
    days = [week.starts + timedelta(days=offset) for offset in range(DAYS)]
    cell = 6 if width >= 60 else 5
    head = "".join(f"{_head(day, today):<{cell}}" for day in days)
    rows = [
        ("Session", [_session(week, history, day, today) for day in days]),
        ("Walk", [_walk(history, day, today) for day in days]),
        ("Check-in", [_noted(history, day, today) for day in days]),
    ]
    lines = [f"{'':<10}{head}".rstrip()]
    return lines + [
        f"{name:<10}{''.join(f'{each:<{cell}}' for each in cells)}".rstrip() for name, cells in rows
    ]


def _head(day: date, today: date) -> str:
    name = words.WEEKDAYS[day.weekday()]
    return f">{name}" if day == today else name


def _session(week: Week, history: History, day: date, today: date) -> str:
    done = {each.session: each.date for each in history.sessions if each.kind in SESSION_KINDS}
    if any(when == day for when in done.values()):
        return "done"
    if any(each.start <= day <= each.end for each in history.pauses):
        return "off"
    gone = {each.session for each in history.skips}
    planned = [each for each in week.sessions if each.date == day and each.id not in done]
    if not planned:
        return "."
    if planned[0].id in gone:
        return "gone"
    if today >= week.starts + timedelta(days=DAYS):
        return "-"
    return "due" if day >= today else "open"


def _walk(history: History, day: date, today: date) -> str:
    if any(each.date == day and _walked(each) for each in history.sessions):
        return "done"
    return "." if day <= today else ""


def _walked(log: object) -> bool:
    return any(
        each.exercise[:3] == "aer" and each.status != "skipped" for each in getattr(log, "exercises", ())
    )


def _noted(history: History, day: date, today: date) -> str:
    found = next((each for each in history.checkins if each.date == day), None)
    if found is None:
        return "." if day <= today else ""
    return words.number(found.pain) if found.pain is not None else "done"
