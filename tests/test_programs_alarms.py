"""What the log asks the safety questions for, on the edges of every row of ``clinical.md`` 1.5."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from coach.programs import adherence, alarms, day_rules
from coach.questionnaires.rescreening import load_rescreen

DAY = date(2026, 6, 1)


def back(days: int) -> date:
    return DAY - timedelta(days=days)


def pains(*values: float | None) -> dict[date, float]:
    """Mornings that end today, oldest first; null is a morning without an entry."""
    last = len(values) - 1
    return {back(last - n): each for n, each in enumerate(values) if each is not None}


def test_the_constants_are_those_of_the_rules_file() -> None:
    """Every number of the daily path stands in ``rescreen.toml`` too, and the other way round."""
    rules = load_rescreen()
    own = set(re.findall(r"^([A-Z_]+) = [\d.]+$", Path(alarms.__file__).read_text(), re.MULTILINE))
    here = {name.lower(): getattr(alarms, name) for name in own}
    elsewhere = {"eac10", "rmdq", "function_apart"}
    assert here == {key: each.value for key, each in rules.limits.items() if key not in elsewhere}
    assert alarms.CALENDAR == rules.calendar == adherence.RESCREEN_WEEKS
    assert (alarms.GAP_MINI + 1, alarms.GAP_FULL + 1) == (day_rules.GAP_LONG, day_rules.GAP_RESTART)
    assert (alarms.FLARE_AGAIN, alarms.FLARE_LONG) == (
        day_rules.FLARE_RESCREEN_DAY,
        day_rules.FLARE_CLINICIAN_DAY,
    )


# -- pain of 8 or more --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "due"),
    [
        ((8, 8, 8), True),
        ((7.9, 8, 8), False),
        ((8, 8), False),
        ((8, 7, 8, 8), False),
        ((8, None, 8, 8), True),
        ((8, None, None, 8, None, None, 8), True),
        ((8, None, None, 8, None, None, None, 8), False),
        ((9, 10, 8, 2), True),
        ((8, 8, 8, *[None] * 27), True),
        ((8, 8, 8, *[None] * 28), False),
        ((), False),
    ],
)
def test_pain_of_8_on_three_days(values: tuple[float | None, ...], due: bool) -> None:
    assert (alarms.high_on(pains(*values), DAY) is not None) == due
    assert ("pain_high" in alarms.by_pain(pains(*values), DAY, None)) == due


def test_pain_that_stays_high_is_one_event() -> None:
    for more in range(28):
        assert alarms.high_on(pains(*[8] * (3 + more)), DAY) == back(more)
    assert alarms.high_on(pains(*[8] * 31), DAY) is None  # four weeks ago, and past
    assert alarms.high_on(pains(8, 8, 8, 7, 8, 8), DAY) == back(3)
    assert alarms.high_on(pains(8, 8, 8, 7, 8, 8, 8), DAY) == DAY


def test_what_was_answered_since_is_not_asked_again() -> None:
    week = pains(8, 8, 8, 8, 8, 8)
    assert alarms.by_pain(week, DAY, back(4)) == ("pain_high",)
    assert alarms.by_pain(week, DAY, back(3)) == ()
    assert alarms.by_pain(week, DAY, None) == ("pain_high",)


# -- a week 3 points above ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "week", "due"),
    [
        ([4.0] * 28, [7.0] * 7, True),
        ([4.0] * 28, [7.0] * 6 + [6.9], False),
        ([4.0] * 28, [6.9] + [7.0] * 6, False),
        ([4.0] * 29, [7.0] * 6, False),
        ([4.1] + [4.0] * 27, [7.0] * 7, False),
        ([9.0] + [4.0] * 28, [7.0] * 7, True),  # the 29th day before plays no part
        ([4.0] * 28, [7.0, None, 7.0, None, 7.0, None, 7.0], True),
        ([4.0] * 28, [7.0, None, None, None, 7.0, None, 7.0], False),
        ([4.0] * 3 + [None] * 25, [7.0] * 7, True),
        ([None] * 25 + [4.0] * 2 + [None], [7.0] * 7, False),
        ([], [9.0] * 7, False),
    ],
)
def test_a_week_3_above_the_28_days_before(
    before: list[float | None], week: list[float | None], due: bool
) -> None:
    assert (alarms.rise_on(pains(*before, *week), DAY) is not None) == due


def test_the_28_days_are_those_before_the_week_and_not_before_today() -> None:
    """Counted to today, the raised week itself would lift the mean and hide the rise."""
    assert alarms.rise_on(pains(*[4.0] * 28, *[7.0] * 7), DAY) == DAY


def test_a_rise_stays_due_until_it_is_answered_or_stale_and_is_one_event() -> None:
    course = pains(*[4.0] * 28, *[7.0] * 7, *[4.0] * 5)
    assert alarms.rise_on(course, DAY) == back(5)
    assert alarms.by_pain(course, DAY, back(6)) == ("pain_rise",)
    assert alarms.by_pain(course, DAY, back(5)) == ()
    assert alarms.rise_on(course, DAY + timedelta(days=22)) == back(5)
    assert alarms.rise_on(course, DAY + timedelta(days=23)) is None
    assert alarms.rise_on(pains(*[4.0] * 28, *[7.5] * 9), DAY) == back(2)


# -- gaps -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "asks"),
    [(0, ""), (14, ""), (15, "gap_mini"), (28, "gap_mini"), (29, "gap_full"), (400, "gap_full")],
)
def test_days_off(days: int, asks: str) -> None:
    assert alarms.by_gap(back(days), DAY, None, None) == asks
    assert alarms.by_gap(back(days), DAY, back(days), back(days)) == asks


@pytest.mark.parametrize(
    ("days", "screened", "whole", "asks"),
    [
        (25, 11, None, "gap_mini"),  # answered on day 14 of the gap: before it was one
        (25, 10, None, ""),
        (15, 7, None, "gap_mini"),
        (15, 6, None, ""),  # so lately that the answers still hold
        (40, 5, None, "gap_full"),  # the six do not stand for all
        (40, 12, 12, "gap_full"),  # all of them, on day 28 of the gap
        (40, 11, 11, ""),
    ],
)
def test_a_gap_that_was_answered(days: int, screened: int, whole: int | None, asks: str) -> None:
    full = None if whole is None else back(whole)
    assert alarms.by_gap(back(days), DAY, back(screened), full) == asks


# -- flares and the calendar --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "screened", "asks"),
    [
        (0, None, "flare_new"),
        (0, 1, "flare_new"),
        (0, 0, ""),
        (6, 6, ""),
        (6, 7, "flare_new"),
        (7, 7, "flare_again"),
        (7, 1, "flare_again"),
        (7, 0, ""),
        (14, 7, ""),
        (14, 8, "flare_again"),
        (15, 0, "flare_long"),
    ],
)
def test_flare_days(day: int, screened: int | None, asks: str) -> None:
    assert alarms.by_flare(day, DAY, None if screened is None else back(screened)) == asks


@pytest.mark.parametrize(
    ("week", "review_due", "screened_week", "due"),
    [
        (4, False, 0, 0),
        (4, True, 0, 5),
        (4, True, 3, 5),
        (4, True, 4, 0),
        (5, False, 4, 0),
        (5, False, 3, 5),
        (7, False, 1, 5),
        (8, True, 4, 9),
        (8, True, 8, 0),
        (12, False, 8, 0),
        (12, True, 8, 13),
        (13, False, 11, 13),
        (13, False, 12, 0),
        (20, True, 13, 0),
    ],
)
def test_before_weeks_5_and_9_and_after_12(week: int, review_due: bool, screened_week: int, due: int) -> None:
    assert alarms.by_calendar(week, review_due=review_due, screened_week=screened_week) == due
