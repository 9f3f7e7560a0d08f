"""What each day of the plan was: done, short, let go, not done, no session; flare-ups and pauses."""

from __future__ import annotations

from datetime import date, timedelta

from coach.model.charts import DayMark, Mark, Span
from coach.model.log import SESSION_KINDS, History, SessionLog
from coach.model.plan import Week


def day_marks(
    weeks: tuple[Week, ...], history: History, start: date, today: date, marked: tuple[Span, ...]
) -> tuple[DayMark, ...]:
    """One mark for each day from the start to today.

    A session counts on the day it was done. One that was done on no day stands as not done on the
    day it was meant for; today it may still come, so today is never that.
    """
    logs: dict[date, list[SessionLog]] = {}
    for each in history.sessions:
        logs.setdefault(each.date, []).append(each)
    done = {each.session for each in history.sessions if each.kind in SESSION_KINDS}
    skipped = {each.session for each in history.skips}
    let_go = {each.date for each in history.skips}
    left = {
        session.date: session.id in skipped
        for week in weeks
        for session in week.sessions
        if session.id not in done and session.date < today
    }
    found = []
    day = start
    while day <= today:
        found.append(
            DayMark(
                date=day,
                mark=_mark(logs.get(day, []), left.get(day), let_go=day in let_go),
                flare=any(each.kind == "flare" and each.start <= day <= each.end for each in marked),
                pause=any(each.kind == "pause" and each.start <= day <= each.end for each in marked),
            )
        )
        day += timedelta(days=1)
    return tuple(found)


def _mark(logs: list[SessionLog], left: bool | None, *, let_go: bool) -> Mark:
    kinds = {each.kind for each in logs}
    if "full" in kinds:
        return "done"
    if kinds & {"short", "minimum"}:
        return "short"
    if let_go or left:
        return "skipped"
    if left is False:
        return "missed"
    return "walk" if kinds else "rest"
