"""What a review reads off a week: the numbers of clinical.md 6.3, 6.4 and 6.7, and the advance codes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from program_weeks import RULES, START, Life, library, look, one, plan

from coach.model.log import CheckIn, SessionLog, SetLog
from coach.programs.codes import Done, advance_met

# ---- evidence -----------------------------------------------------------------------------------------


def test_evidence_of_a_plain_week() -> None:
    life = Life()
    life.week()
    found, week = look(life)
    assert (week.planned, week.done, week.adherence, week.kind) == (3, 3, 100, "loaded")
    assert week.screened
    assert (week.starts, week.ends) == (START, START + timedelta(days=6))
    one = found["dis_2"]
    assert (one.planned, one.done, one.completion, one.form) == (2, 2, 100, 0)
    assert one.rpe == 2
    assert [each.morning for each in one.sessions] == [0, 0]
    assert [each.usual for each in one.sessions] == [3, 3]
    assert one.readiness == pytest.approx(82.0, abs=0.05)
    assert one.best == one.level == life.standing("dis_2").dose.size


def test_the_morning_after_is_read_from_the_next_date() -> None:
    life = Life()
    life.week()
    first = life.logs[0].date
    life.checkins = [
        replace(each, pain=5) if each.date == first + timedelta(days=1) else each for each in life.checkins
    ]
    found, _ = look(life)
    assert found["dis_2"].sessions[0].morning == 2
    life.checkins = [each for each in life.checkins if each.date != first + timedelta(days=1)]
    found, _ = look(life)
    assert found["dis_2"].sessions[0].morning is None


def test_fewer_than_three_mornings_give_no_response() -> None:
    life = Life()
    life.checkins = life.checkins[-2:]
    life.morning()
    life.log()
    life.day += timedelta(days=1)
    life.morning()
    life.day = START + timedelta(days=7)
    life.checkins = [each for each in life.checkins if each.date != START]
    found, _ = look(life)
    one = next(each for each in found.values() if each.sessions)
    assert one.sessions[0].morning is None
    assert one.sessions[0].usual == one.sessions[0].before


def test_stale_entries_are_left_out_of_a_late_review() -> None:
    life = Life()
    life.week()
    life.day = START + timedelta(days=20)
    found, week = look(life)
    assert week.starts == START + timedelta(days=6)
    assert week.done == 0
    assert all(not each.sessions for each in found.values() if each.exercise != "aer_3")


def test_form_is_the_worst_of_the_most_frequent() -> None:
    from coach.programs.evidence import _worst_mode

    weeks_of: Any = ([0, 0, 2], [0, 2], [1, 1, 2], [])
    assert [_worst_mode(each) for each in weeks_of] == [0, 2, 1, None]


def test_a_skipped_exercise_lowers_completion_and_a_short_version_counts() -> None:
    life = Life()
    life.morning()
    shown = life.today().session
    log = life.log(shown)
    skipped = replace(log.exercises[1], status="skipped", sets=(), sets_full=0)
    life.logs = [replace(log, kind="short", exercises=(log.exercises[0], skipped, *log.exercises[2:]))]
    life.day = START + timedelta(days=7)
    found, week = look(life)
    assert week.done == 1
    one = found[skipped.exercise]
    assert (one.done, one.completion) == (0, None)


def test_readiness_red_by_sleep_stress_or_pain() -> None:
    for morning in ({"sleep_hours": 4.9}, {"stress": 8.1}, {"pain": 5.1}):
        life = Life()
        life.checkins = [
            CheckIn(date=START - timedelta(days=n), pain=3, sleep_hours=7.5, sleep_quality=7, stress=3)
            for n in range(28, 0, -1)
        ]
        life.week(morning=morning, before=3, pain=3)
        assert look(life)[1].readiness_red, morning
        made = life.review()
        assert not any(each.action in ("add", "advance") for each in made.decisions)


# ---- advance codes ----------------------------------------------------


def _codes(name: str, *logs: dict[str, Any], planned: int = 2) -> bool:
    ex = library().exercises[name]
    shown = plan().week.sessions[0].prescriptions[0]
    given = replace(
        shown, exercise=name, dose=replace(ex.dose, **({ex.vary: int(ex.top or 0)} if ex.vary else {}))
    )
    session = SessionLog(id="s", session="w01_s1", date=START)
    done = [Done(session=session, log=one(given, **each), planned=True) for each in logs]
    return advance_met(ex, done, planned, len(done), RULES)


@pytest.mark.parametrize(
    ("name", "logs", "met"),
    [
        ("hng_2", [{}, {}], True),
        ("hng_2", [{}], False),
        ("hng_2", [{}, {"sets": (SetLog(reps=15), SetLog(reps=15), SetLog(reps=14))}], False),
        ("ant_4", [{}, {}], True),
        ("hng_4", [{"reserve": 2}, {"reserve": 2}], True),
        ("hng_4", [{"reserve": 2}, {"reserve": 1}], False),
        ("hng_4", [{"reserve": 2}, {"reserve": None}], False),
        ("dis_5", [{"clean_reps": 8}, {"clean_reps": 8}], True),
        ("dis_5", [{"clean_reps": 8}, {"clean_reps": 7}], False),
        ("dis_5", [{"clean_reps": 8}, {"clean_reps": None}], False),
        ("aer_2", [{}, {}], True),
        ("aer_2", [{}], False),
        ("neu_1", [{}, {}], False),
        ("aer_5", [{}, {}], False),
    ],
)
def test_advance_codes(name: str, logs: list[dict[str, Any]], met: bool) -> None:
    assert _codes(name, *logs) is met
