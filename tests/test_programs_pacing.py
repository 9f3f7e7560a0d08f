"""Pacing: the baseline by the clock, and very full days that cost the next ones (``clinical.md`` 7.5)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from program_weeks import RULES, START, Life, plan
from test_programs_content import BANNED

from coach.model.log import CheckIn, ExerciseLog, History, SessionLog, SetLog
from coach.programs import pacing

TODAY = START + timedelta(days=20)


def history(
    full: dict[int, float], sore: dict[int, float], *, usual: float = 30, field: str = "active_minutes"
) -> History:
    """Three weeks of even days with pain 3; ``full`` days and ``sore`` mornings counted back from today."""
    found = []
    for back in range(20, -1, -1):
        values: dict[str, Any] = {"pain": 3 + sore.get(back, 0)}
        if field != "walk":
            value = full.get(back, usual)
            values[field] = int(value) if field == "steps" else value
        found.append(CheckIn(date=TODAY - timedelta(days=back), **values))
    return History(checkins=tuple(found), sessions=walks(full, usual) if field == "walk" else ())


def walks(full: dict[int, float], usual: float) -> tuple[SessionLog, ...]:
    return tuple(
        SessionLog(
            id=f"{back}", session="walk", kind="walk", date=TODAY - timedelta(days=back),
            exercises=(ExerciseLog(exercise="aer_1", sets=(SetLog(minutes=full.get(back, usual)),)),),
        )
        for back in range(20, -1, -1)
    )  # fmt: skip


def days(found: History) -> list[int]:
    return [(TODAY - each.date).days for each in pacing.swings(found, TODAY, RULES)]


def test_the_baseline_is_four_fifths_of_three_comparable_days() -> None:
    assert pacing.baseline((20, 30, 40), RULES) == pytest.approx(24)
    assert pacing.baseline((90, 20, 30, 40), RULES) == pytest.approx(24), "the last three"
    assert pacing.baseline((20, 30), RULES) is None


def test_a_tenth_more_a_week_and_half_on_a_bad_day() -> None:
    assert pacing.next_week(20, RULES) == pytest.approx(22)
    assert pacing.bad_day(20, RULES) == pytest.approx(10)


@pytest.mark.parametrize("field", ["active_minutes", "steps", "walk"])
def test_two_full_days_with_sore_mornings_are_found(field: str) -> None:
    found = history({9: 60, 3: 60}, {8: 2, 1: 2}, field=field)
    assert days(found) == [9, 3]
    note = pacing.note(found, TODAY, RULES)
    assert note is not None
    assert note.rule == "pacing"
    assert "coach learn pacing" in note.text
    assert not BANNED.search(f"{note.text} {note.otherwise}")
    assert note.numbers[0].value == 2
    assert all(each.threshold and each.source for each in note.numbers if "mean" not in each.name)


@pytest.mark.parametrize(("field", "said"), [
    ("active_minutes", "24 active minutes, from next week on about 26; on a bad day 12."),
    ("walk", "24 minutes walked, from next week on about 26; on a bad day 12."),
])  # fmt: skip
def test_the_card_says_where_a_steady_day_begins(field: str, said: str) -> None:
    """Four fifths of the last three days that were not full (30 minutes each), a tenth more, half."""
    note = pacing.note(history({9: 60, 3: 60}, {8: 2, 1: 2}, field=field), TODAY, RULES)
    assert note is not None
    assert said in note.text


@pytest.mark.parametrize(
    ("full", "sore", "expected"),
    [
        ({9: 45, 3: 45}, {8: 2, 2: 2}, []),  # exactly one and a half times is not more
        ({9: 60, 3: 60}, {8: 1.9, 2: 1.9}, []),  # a little sore is no bust
        ({9: 60, 3: 60}, {6: 2, 0: 2}, []),  # after more than 48 hours
        ({9: 60, 3: 60}, {}, []),
        ({}, {8: 2, 2: 2}, []),
        ({13: 60, 3: 60}, {12: 2, 2: 2}, [13, 3]),  # the first of the fourteen days
        ({14: 60, 3: 60}, {13: 2, 2: 2}, [3]),  # the day before them
    ],
)
def test_the_edges(full: dict[int, float], sore: dict[int, float], expected: list[int]) -> None:
    found = history(full, sore)
    assert days(found) == expected
    assert (pacing.note(found, TODAY, RULES) is not None) == (len(expected) >= 2)


def test_a_day_without_a_number_is_unknown_not_zero() -> None:
    """Walks on three days a week: the days between say nothing, so an even walk is no full day."""
    every = history({3: 31}, {2: 2}, field="walk")
    some = History(checkins=every.checkins, sessions=tuple(s for s in every.sessions if int(s.id) % 2))
    assert days(some) == []
    few = History(
        checkins=every.checkins, sessions=tuple(s for s in history({3: 90}, {}, field="walk").sessions
                                                 if int(s.id) in (3, 5, 8)),
    )  # fmt: skip
    assert days(few) == [], "two days before it give no mean"


def test_the_order_of_entries_is_nothing_to_it() -> None:
    found = history({9: 60, 3: 60}, {8: 2, 2: 2})
    assert pacing.swings(History(checkins=found.checkins[::-1]), TODAY, RULES) == pacing.swings(
        found, TODAY, RULES
    )


def test_the_lesson_comes_next_unless_it_was_there_before() -> None:
    made = plan()
    assert made.lessons.index("pacing") > 3
    order = pacing.lesson_now(made, 3)
    assert order[2] == "pacing"
    assert sorted(order) == sorted(made.lessons)
    assert order[:2] == made.lessons[:2]
    seen = replace(made, lessons=order)
    assert pacing.lesson_now(seen, 5) == order


def test_a_review_says_it_and_brings_the_lesson() -> None:
    life = Life()
    life.week()
    for back in range(14, 0, -1):
        day = life.day - timedelta(days=back)
        at = next((n for n, each in enumerate(life.checkins) if each.date == day), None)
        minutes = 90.0 if back in (5, 3) else 30.0
        pain = 6 if back in (4, 2) else 3
        made = CheckIn(
            date=day, pain=pain, sleep_hours=7.5, sleep_quality=7, stress=3, active_minutes=minutes
        )
        if at is None:
            life.checkins.append(made)
        else:
            life.checkins[at] = made
    review = life.review()
    assert "pacing" in {each.rule for each in review.notes}
    assert life.plan.week.lesson == "pacing"
    assert life.plan.week.number == 2


def test_a_calm_review_says_nothing_of_it() -> None:
    life = Life()
    life.week()
    assert "pacing" not in {each.rule for each in life.review().notes}
    assert life.plan.week.lesson != "pacing"
