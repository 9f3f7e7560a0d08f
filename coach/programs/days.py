"""Which days of a week have a session, and which of them may be hard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import combinations

from coach.model.plan import Weekday

_NAMES: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def usable(starts: date, days: Sequence[Weekday]) -> tuple[int, ...]:
    """Return the days of a week that may have a session, counted from its first day; 0 is that day."""
    if not days:
        return tuple(range(7))
    return tuple(each for each in range(7) if _NAMES[(starts.weekday() + each) % 7] in days)


def spread(count: int, starts: date, days: Sequence[Weekday]) -> tuple[int, ...]:
    """Choose the days of the sessions, as far from each other as they can be.

    The gap to next week counts too. Of equal spreads the one with its longest gaps first is taken.
    """
    may = usable(starts, days)
    return _apart(min(count, len(may)), may)


@cache
def _apart(count: int, may: tuple[int, ...]) -> tuple[int, ...]:
    def gaps(chosen: tuple[int, ...]) -> tuple[list[int], list[int]]:
        around = [later - day for day, later in zip(chosen, (*chosen[1:], chosen[0] + 7), strict=True)]
        return sorted(around), around

    return max(combinations(may, count), key=gaps) if count else ()


def may_be_hard(day: int, last_hard: int | None, first_usable: int) -> bool:
    """Whether a day may have a hard session: one day at least lies between two (``progression.md`` 19).

    The last day of a week is kept light when the next week may begin with a session.
    """
    if last_hard is not None and day - last_hard < 2:
        return False
    return day + 2 <= first_usable + 7
