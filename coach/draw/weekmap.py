"""The twelve weeks at a glance: phase, minutes, what was done, what is due, what was changed."""

from __future__ import annotations

from datetime import date

from coach.draw import words
from coach.draw.cards import sign
from coach.model.log import SESSION_KINDS, History
from coach.model.plan import Session, Week
from coach.model.review import Review

LEGEND = "x done  s short  ~ other doses  - left out  o due  . to come  * milestone"


def marks(week: Week, history: History, today: date, ends: date | None = None) -> str:
    """A sign for each session of a week."""
    return " ".join(_mark(each, week, history, today, ends) for each in week.sessions)


def changed(review: Review) -> int:
    """How many exercises and habits a review changed: raised, cut, swapped, taken in or out."""
    cards = (*review.decisions, *review.habits)
    return sum(sign(each) != "same" and not each.vetoed for each in cards)


def row(week: Week, now: int, history: History, today: date, width: int = 78, *, changed: int = 0) -> str:
    """One week on a line, ``>`` before the one that runs; what does not fit is left out from the right.

    ``changed`` is how much the review before it changed.
    """
    minutes = round(sum(each.minutes for each in week.sessions) / max(1, len(week.sessions)))
    when = "now" if week.number == now else "forecast" if week.forecast else ""
    said = ", ".join(part for part in (when, f"{changed} changed" if changed else "") if part)
    star = "*" if week.milestone else " "
    phase = f"{week.phase_name}{', lighter' if week.deload else ''}"
    here = ">" if week.number == now else " "
    left = f"{here}{week.number:>2}{star} {words.day(week.starts):<10}  {phase:<17}"
    parts = (
        f"  {len(week.sessions)} x {minutes:>2} min",
        f"   {marks(week, history, today):<10}",
        f"  {said}",
    )
    for part in parts:
        if len(left) + len(part.rstrip()) <= width:
            left += part
    return left.rstrip()


def _mark(session: Session, week: Week, history: History, today: date, ends: date | None) -> str:
    if week.forecast:
        return "."
    logs = [each for each in history.sessions if each.session == session.id and each.kind in SESSION_KINDS]
    if logs:
        last = logs[-1]
        if last.kind in ("short", "minimum"):
            return "s"
        return "~" if last.overlay or any(each.status == "swapped" for each in last.exercises) else "x"
    if any(each.session == session.id for each in history.skips) or (ends is not None and ends <= today):
        return "-"
    if (today - week.starts).days >= 7:
        return "-"
    return "o" if session.date <= today else "."
