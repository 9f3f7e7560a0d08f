"""Flare-ups: when one starts and ends, which day of it this is (``clinical.md`` 6.6).

Pure and free of files, because the daily path uses it. A flare that pain defines is read off the
check-ins each time; only declared ones, and ends that the person gave, are stored.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from coach.model.log import CheckIn, Flare, History
from coach.model.noun import Noun
from coach.programs import day_rules as rules
from coach.programs.mornings import Mornings, by_date, pains

if TYPE_CHECKING:
    from coach.model.plan import Plan

CONTINUES_DAYS = rules.FLARE_JOINS
"""A flare that starts so soon after another continues it."""
_LOOK_BACK = 70
"""Days of check-ins that are read: eight weeks of flares and the mean before them."""
_DAY = timedelta(days=1)


class FlareDays(Noun, frozen=True, kw_only=True):
    """A flare with its day: 0 is the day it began. ``end`` is the first day that is free of it."""

    flare: Flare
    day: int
    active: bool


def flares(history: History, today: date) -> tuple[Flare, ...]:
    """All flares up to today, oldest first, declared and pain-defined, with their ends found.

    ``end`` is the first day free of the flare, null while it lasts. A flare that starts within three
    days of the end of another continues it.
    """
    mornings = by_date(each for each in _recent(history, today) if each.date <= today)
    found = [_ended(each, mornings, today) for each in history.flares if each.start <= today]
    for start in _triggers(mornings, today):
        if not any(_covers(each, start) or _covers(each, start - _DAY) for each in found):
            named = Flare(id=f"pain-{start.isoformat()}", start=start, trigger="pain")
            found.append(_ended(named, mornings, today))
    return _joined(found)


def current(history: History, today: date) -> FlareDays | None:
    """The flare of today, or the last one before; null where there was none."""
    known = flares(history, today)
    if not known:
        return None
    last = known[-1]
    active = last.end is None or today < last.end
    return FlareDays(flare=last, day=(today - last.start).days, active=active)


def flare_ended(flare: Flare, history: History, today: date) -> date | None:
    """First day that is free of a stored flare, null while it lasts."""
    return _ended(flare, by_date(_recent(history, today)), today).end


def overlapping(known: tuple[Flare, ...], first: date, last: date) -> tuple[Flare, ...]:
    """Flares with a day between ``first`` and ``last``, both included."""
    return tuple(each for each in known if each.start <= last and (each.end is None or each.end > first))


def starts_within(known: tuple[Flare, ...], until: date, days: int) -> int:
    """How many flares began in the ``days`` days that end with ``until``."""
    return sum(until - timedelta(days=days) < each.start <= until for each in known)


def reviewed(flare: Flare, plan: Plan) -> bool:
    """Whether the levels are done with this flare: nine tenths once a flare.

    Either a review has cut them for it, or its end lies before the week that binds: then the review of its
    days has been, and what was told of them later changes no level any more.
    """
    if flare.end is not None and flare.end <= plan.week.starts:
        return True
    return plan.flare_reviewed is not None and flare.start < plan.flare_reviewed


def _recent(history: History, today: date) -> list[CheckIn]:
    """The check-ins that decide: the last weeks, and further back to where a flare left open began."""
    left_open = [each.start for each in history.flares if each.end is None]
    oldest = min([today, *left_open]) - timedelta(days=rules.MORNINGS + 1)
    oldest = min(oldest, today - timedelta(days=_LOOK_BACK))
    found = []
    for entry in reversed(history.checkins):
        if entry.date < oldest:
            break
        found.append(entry)
    return found


def _covers(flare: Flare, day: date) -> bool:
    return flare.start <= day and (flare.end is None or day <= flare.end)


def _mean_before(mornings: Mornings, day: date) -> float | None:
    before = pains(mornings, day - _DAY)
    return sum(before) / len(before) if len(before) >= rules.MORNINGS_LEAST else None


def _triggers(mornings: Mornings, today: date) -> list[date]:
    """Days on which the second of two entries in a row was two points above the mean before the first."""
    found: list[date] = []
    lowest = min((each.pain for each in mornings.values() if each.pain is not None), default=0)
    for day in sorted(mornings):
        # No mean lies below the lowest entry: most days need no look at the seven before them.
        if (mornings[day].pain or 0) < lowest + rules.FLARE_RISE:
            continue
        mean = _mean_before(mornings, day)
        first, second = mornings[day], mornings.get(day + _DAY)
        if mean is None or first.pain is None or second is None or second.pain is None:
            continue
        if min(first.pain, second.pain) >= mean + rules.FLARE_RISE and second.date <= today:
            found.append(second.date)
    return found


def _ended(flare: Flare, mornings: Mornings, today: date) -> Flare:
    """The flare with its end: what the person said, or the first of two days back near usual."""
    if flare.end is not None:
        return flare
    declared = flare.trigger == "declared"
    mean = _mean_before(mornings, flare.start if declared else flare.start - _DAY)
    if mean is None:
        return flare
    day = flare.start + timedelta(days=rules.FLARE_END_FROM if declared else 1)
    while day < today:
        pair = [mornings.get(day), mornings.get(day + _DAY)]
        if all(
            each is not None and each.pain is not None and each.pain < mean + rules.FLARE_RISE
            for each in pair
        ):
            return replace(flare, end=day)
        day += _DAY
    return flare


def _joined(found: list[Flare]) -> tuple[Flare, ...]:
    whole: list[Flare] = []
    for each in sorted(found, key=lambda flare: (flare.start, flare.trigger, flare.id)):
        last = whole[-1] if whole else None
        if last and (last.end is None or each.start <= last.end + timedelta(days=rules.FLARE_JOINS)):
            end = None if last.end is None or each.end is None else max(last.end, each.end)
            whole[-1] = replace(last, end=end)
        else:
            whole.append(each)
    return tuple(whole)
