"""What to say about the rhythm: coming back, the if-then plan, and doing with less before it breaks off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from coach.model.exercise import Reason
from coach.model.log import History
from coach.programs.consistency import Unit
from coach.programs.rules import Rules

_RECENT = 7


def coming_back(history: History, today: date, rules: Rules) -> str:
    """A word for whoever did a session in the last seven days after a week or more without; else empty."""
    days = sorted({each.date for each in history.sessions if each.date <= today and each.kind != "walk"})
    gaps = [
        (after - before).days
        for before, after in pairwise(days)
        if (today - after).days < _RECENT and (after - before).days >= rules["con_return"]
    ]
    if not gaps:
        return ""
    return f"You came back after {max(gaps)} days. Coming back is the hardest part, and it counts."


def if_then(cue: str, minutes: int) -> str:
    """The plan for the moment, from the person's own cue; empty without one."""
    if not cue.strip():
        return ""
    moment = cue.strip().rstrip(".")
    return (
        f"If-then plan: {moment}, I begin my session of {minutes} minutes. "
        "If the day is full, I do the short version."
    )


def drop_out(
    units: Sequence[Unit], history: History, today: date, rules: Rules, *, minimum: bool = False
) -> Reason | None:
    """An early warning, answered with less demand; null while the rhythm holds.

    Looks at sessions missed in a row (not paused, not let go with a reason) and at check-ins that fade.
    """
    if any(each.start <= today <= each.end for each in history.pauses):
        return None
    missed = _missed(units, today)
    now, before = _notes(history, today), _notes(history, today - timedelta(days=_RECENT))
    less = (
        "Less is enough now: the short version takes about ten minutes and keeps the rhythm "
        "(coach log --short)."
    )
    more = "" if minimum else " If every week is full, the small plan is a whole plan too."
    if missed >= rules["con_missed"]:
        return Reason(
            rule="drop_out",
            text=f"The last sessions did not fit in. {less}{more}",
            numbers=(rules.number("sessions missed in a row", missed, "con_missed", sign=">="),),
            otherwise="After one session of any length this goes away.",
        )
    fading = before >= rules["con_notes_least"] and now <= rules["con_notes_share"] * before
    if fading:
        return Reason(
            rule="drop_out",
            text=f"Check-ins have become few. The pain number alone is enough: coach checkin 4. {less}",
            numbers=(
                rules.number("check-ins in seven days", now, "con_notes_share", sign="<="),
                rules.number("check-ins in the seven days before", before, "con_notes_least", sign=">="),
            ),
            otherwise="With a few more mornings noted this goes away.",
        )
    return None


def _missed(units: Sequence[Unit], today: date) -> int:
    """Sessions in a row, up to the newest whose day has passed, that were not done."""
    count = 0
    passed = [each for each in units if each.done or (each.date < today and not each.paused)]
    for each in sorted(passed, key=lambda unit: (unit.date, unit.session), reverse=True):
        if each.done:
            break
        count += not each.excused
    return count


def _notes(history: History, last: date) -> int:
    return sum(last - timedelta(days=_RECENT) < each.date <= last for each in history.checkins)
