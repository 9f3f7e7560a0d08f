"""What the log asks the safety questions for, by its numbers alone (``clinical.md`` 1.5, 6.5, 6.6).

Pure and free of files, because the daily path uses it: the thresholds of ``rules/rescreen.toml`` of the
questionnaires stand here a second time, and a test compares every one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

GAP_MINI = 14
GAP_FULL = 28
HIGH_PAIN = 8.0
HIGH_DAYS = 3
HIGH_WITHIN = 7
RISE = 3.0
RISE_DAYS = 7
RISE_TOLD = 4
RISE_BEFORE = 28
RISE_BEFORE_TOLD = 3
FLARE_AGAIN = 7
FLARE_LONG = 14
STALE = 28
RECENT = 7
CALENDAR = (5, 9, 13)

READ_DAYS = STALE + 1 + RISE_DAYS + RISE_BEFORE
"""Days of check-ins that the rules below look at."""
_DAY = timedelta(days=1)

Pains = Mapping[date, float]


def by_pain(pains: Pains, today: date, screened: date | None) -> tuple[str, ...]:
    """``pain_high`` and ``pain_rise`` where the mornings show one that was not answered yet.

    ``pains`` are the morning values by date, ``screened`` the last day on which the safety
    questions were answered. Pain that stays high is one event, not a new one each morning: the
    weekly questions go on asking about it.
    """
    found = (("pain_high", high_on(pains, today)), ("pain_rise", rise_on(pains, today)))
    return tuple(name for name, day in found if day and (screened is None or day > screened))


def high_on(pains: Pains, today: date) -> date | None:
    """The day of the newest third entry of 8 or more, with no lower one between and all within a week."""
    if max(pains.values(), default=0.0) < HIGH_PAIN:
        return None
    run: list[date] = []
    found, met = None, False
    for day in _days(today, READ_DAYS):
        pain = pains.get(day)
        if pain is None:
            continue
        run = [*run, day] if pain >= HIGH_PAIN else []
        if not run:
            met = False
        elif not met and len([each for each in run if (day - each).days < HIGH_WITHIN]) >= HIGH_DAYS:
            found, met = day, True
    return found if found is not None and (today - found).days < STALE else None


def rise_on(pains: Pains, today: date) -> date | None:
    """The newest day from which a whole week lay 3 above the mean of the 28 days before that week."""
    if not pains or max(pains.values()) - min(pains.values()) < RISE:
        return None
    least, lately = min(pains.values()) + RISE, today - timedelta(days=STALE)  # no mean is below the lowest
    if not any(pain >= least for day, pain in pains.items() if day >= lately):
        return None
    found = None
    days = _days(today, STALE)
    met = _raised(pains, days[0] - _DAY)
    for day in days:
        raised = pains.get(day, least) >= least and _raised(pains, day)
        if raised and not met:
            found = day
        met = raised
    return found


def _raised(pains: Pains, day: date) -> bool:
    """Whether every entry of the week that ends here lay 3 above the mean of the 28 days before it."""
    first = day - (RISE_DAYS - 1) * _DAY
    week = _told(pains, first, RISE_DAYS)
    if len(week) < RISE_TOLD or min(week) < RISE:
        return False
    before = _told(pains, first - RISE_BEFORE * _DAY, RISE_BEFORE)
    if len(before) < RISE_BEFORE_TOLD:
        return False
    return min(week) >= sum(before) / len(before) + RISE


def by_gap(last: date, today: date, screened: date | None, whole: date | None) -> str:
    """``gap_mini``, ``gap_full`` or nothing, after so many days without a session.

    ``last`` is the day of the last session (or day 1 of the plan), ``whole`` the last day of the
    full questions.
    """
    days = (today - last).days
    if days > GAP_FULL and not _answered(whole, last, today, GAP_FULL):
        return "gap_full"
    return "gap_mini" if days > GAP_MINI and not _answered(screened, last, today, GAP_MINI) else ""


def by_flare(day: int, today: date, screened: date | None) -> str:
    """``flare_new``, ``flare_again`` (from day 7), ``flare_long`` (after day 14) or nothing."""
    start = today - timedelta(days=day)
    if day > FLARE_LONG:
        return "flare_long"
    if day >= FLARE_AGAIN and not (screened and screened >= start + FLARE_AGAIN * _DAY):
        return "flare_again"
    return "" if screened and screened >= start else "flare_new"


def by_calendar(week: int, *, review_due: bool, screened_week: int) -> int:
    """The week before which the full questions are due and were not answered; 0 for none.

    ``week`` is the one that binds. Questions answered in the week before count.
    """
    reached = week + 1 if review_due else week
    passed = [each for each in CALENDAR if each <= reached]
    return passed[-1] if passed and screened_week < passed[-1] - 1 else 0


def _answered(day: date | None, last: date, today: date, limit: int) -> bool:
    """Whether the questions were answered in the gap, or so lately that the answers still hold."""
    return day is not None and ((day - last).days > limit or (today - day).days < RECENT)


def _days(today: date, count: int) -> list[date]:
    """So many days up to today, oldest first."""
    return [today - timedelta(days=each) for each in range(count - 1, -1, -1)]


def _told(pains: Pains, first: date, days: int) -> list[float]:
    every = (first + timedelta(days=each) for each in range(days))
    return [pain for day in every if (pain := pains.get(day)) is not None]
