"""What a review says and does about the plan as a whole: deload, counters, adherence, flares."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace
from program_weeks import Life, weeks

from coach.model.log import Flare

# ---- deload, counters, notes -------------------------------------------------------------------------------


def test_week_four_is_a_deload_only_after_full_weeks() -> None:
    life = weeks(3)
    assert life.plan.week.deload
    standing = {each.exercise: each.dose.sets for each in life.plan.standing}
    for session in life.plan.week.sessions:
        for each in session.prescriptions:
            assert each.dose.sets <= max(1, round(0.6 * standing[each.exercise]))
    before = [each.dose for each in life.plan.standing]
    life.week()
    made = life.review()
    assert {each.rule for each in made.decisions} == {"r14"}
    assert [each.dose for each in life.plan.standing] == before
    assert not life.plan.week.deload
    idle = Life()
    for _ in range(3):
        idle.week(skip=2)
        idle.review()
    assert idle.plan.week.number == 4
    assert not idle.plan.week.deload


def test_three_tired_loaded_weeks_bring_a_deload() -> None:
    life = weeks(4)
    for _ in range(3):
        life.week(morning={"sleep_quality": 4, "sleep_hours": 5.5, "stress": 6})
        made = life.review()
    assert made.overall.deload_next
    assert life.plan.week.deload
    assert life.plan.week.number == 8


def test_the_counter_waits_while_nothing_is_done() -> None:
    life = weeks(2)
    number = life.plan.week.number
    life.day += timedelta(days=11)
    made = life.review()
    assert life.plan.week.number == number
    assert made.overall.kind == "paused"
    assert life.plan.completion[-1] is None
    assert "counter_paused" in [each.rule for each in made.notes]
    life.week()
    again = life.review()
    assert again.id != made.id
    assert life.plan.week.number == number + 1


def test_a_long_break_is_repeated_for_a_week_before_it_rises() -> None:
    life = weeks(2)
    life.day += timedelta(days=16)
    life.review()
    life.week()
    made = life.review()
    assert made.overall.gap_days >= 15
    assert not any(
        each.action in ("add", "advance") for each in made.decisions if not each.exercise.startswith("aer")
    )
    life.plan = replace(life.plan, week=replace(life.plan.week, deload=False))
    life.week()
    assert any(each.action == "add" for each in life.review().decisions)


def test_adherence_cards_never_blame() -> None:
    seen = []
    life = Life()
    for skip in (0, 1, 2, 2, 2):
        life.week(skip=skip)
        made = life.review()
        seen.append([each.rule for each in made.notes if each.rule not in ("rescreen", "deload")])
    assert seen == [[], ["adherence_keep"], ["minimum_offer"], ["minimum_propose"], ["pause_goal"]]


def test_pain_drop_guard() -> None:
    life = Life()
    for n, skip in enumerate((0, 0, 1)):
        morning = {"pain": 4} if n < 2 else {"pain": 2}
        life.week(skip=skip, morning=morning, before=2, pain=2)
        made = life.review()
    assert "pain_drop" in [each.rule for each in made.notes]


def test_many_flares_cap_progress_to_one_ladder_and_lower_the_day() -> None:
    life = weeks(5)
    past = life.plan.week.starts - timedelta(days=1)
    life.flares = [
        Flare(id=f"f{n}", start=past - timedelta(days=4 + 6 * n), end=past - timedelta(days=3 + 6 * n))
        for n in range(3)
    ]
    life.week()
    made = life.review()
    assert made.overall.many_flares
    assert (
        sum(each.action in ("add", "advance") for each in made.decisions if each.exercise[:3] != "aer") <= 1
    )
    assert "flares_3" in [each.rule for each in life.plan.notes]
    life.morning()
    found = life.today()
    assert "flares_3" in {each.rule for each in (*found.reasons, *found.ignored)}


def test_rescreening_is_asked_before_week_five_and_nine() -> None:
    life = Life()
    asked = []
    for _ in range(12):
        life.week()
        made = life.review()
        if any(each.rule == "rescreen" for each in made.notes):
            asked.append(life.plan.week.number)
    assert asked == [5, 9, 13]


def test_cards_say_what_why_and_what_else() -> None:
    life = Life()
    life.week()
    for each in life.review().decisions:
        assert each.text
        assert each.otherwise
        assert each.numbers
        for number in each.numbers:
            assert number.evidence in ("V", "K", "D")
            assert number.source
