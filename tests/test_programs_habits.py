"""The micro-goals of table 7.7: every row up, down, held and done, with its card."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from program_weeks import RULES, SCREEN, START, library, overall, template
from test_programs_content import BANNED, grade

from coach.model.assessment import Profile
from coach.model.log import CheckIn, Flare, History
from coach.model.plan import Habit, Plan, Preferences
from coach.model.review import Decision
from coach.programs.breathing import length, load_timing, script
from coach.programs.habit_cards import load_words
from coach.programs.habit_week import done_on
from coach.programs.habits_review import review_habits
from coach.programs.lifestyle import at_level
from coach.programs.prescribe import prescribe
from coach.programs.reassess import reassess
from coach.programs.review import review, veto

GOALS = ("rise_time", "wind_down", "breathing", "sit_breaks", "valued_activity", "workstation", "social")
BY_DAYS = ("rise_time", "wind_down", "breathing", "sit_breaks")


def planned(*, active: tuple[str, ...] = (), activities: tuple[str, ...] = (), **wishes: Any) -> Plan:
    profile = Profile(
        id="p1", date=START, primary="load", tier="e2", pain=4, active=active, activities=activities
    )
    preferences = Preferences(session_minutes=20, equipment=("mat",), **wishes)
    return prescribe(profile, preferences, template(), library(), start=START)


def with_habit(name: str, level: int = 1, **fields: Any) -> Plan:
    """A plan whose only micro-goal is this one at this level."""
    made = planned(activities=("gardening",), rise_time="07:00")
    habit = replace(at_level(library().goals[name], level, "gardening"), **fields)
    return replace(made, goals=(name,), week=replace(made.week, habits=(habit,)))


def notes(name: str, days: int, *, other: int = 0, **values: Any) -> History:
    """Check-ins of the week: the habit on the first ``days`` of it, another on the next ``other``."""
    found = [CheckIn(date=START - timedelta(days=back), pain=3) for back in range(8, 0, -1)]
    for number in range(8):
        done = (name,) if number < days else ("sit_breaks_of_old",) if number < days + other else ()
        pain = values.get("pain", {}).get(number, 3)
        marks = {k: v for k, v in values.items() if k != "pain"} if number < days else {}
        found.append(CheckIn(date=START + timedelta(days=number), pain=pain, habits=done, **marks))
    return History(checkins=tuple(found))


def decide(plan: Plan, history: History, **week: Any) -> tuple[Decision, Habit | None]:
    made = review_habits(plan, history, overall(**week), library(), RULES, number=plan.week.number + 1)
    (card,) = made.cards
    return card, made.habits[0] if made.habits else None


# ---- up -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BY_DAYS)
@pytest.mark.parametrize("level", [1, 2, 3])
def test_met_in_two_weeks_of_two_moves_up(name: str, level: int) -> None:
    plan = with_habit(name, level)
    per_week = library().goals[name].levels[level - 1].per_week
    first, waiting = decide(plan, notes(name, per_week))
    assert (first.rule, waiting and waiting.weeks_met) == ("hab_hold", 1)
    assert waiting is not None
    second, after = decide(replace(plan, week=replace(plan.week, habits=(waiting,))), notes(name, per_week))
    assert (second.rule, second.action) == ("hab_up", "advance")
    assert after is not None
    step = library().goals[name].levels[level]
    assert (after.level, after.per_week, after.amount, after.weeks_met) == (
        level + 1, step.per_week, step.amount, 0,
    )  # fmt: skip
    assert after.since_week == plan.week.number + 1
    assert after.reason is not None
    assert after.reason.rule == "hab_up"


def test_a_week_below_the_goal_begins_the_count_anew() -> None:
    card, after = decide(with_habit("breathing", 2, weeks_met=1), notes("breathing", 4))
    assert (card.rule, after and after.weeks_met) == ("hab_hold", 0)
    assert after is not None
    assert after.level == 2


@pytest.mark.parametrize("name", ["workstation", "social"])
def test_what_is_done_once_moves_on_at_once(name: str) -> None:
    card, after = decide(with_habit(name), notes(name, 1))
    assert card.rule == "hab_up"
    assert after is not None
    assert after.level == 2
    card, after = decide(with_habit(name), notes(name, 0, other=3))
    assert (card.rule, after and after.level) == ("hab_hold", 1)


@pytest.mark.parametrize(
    ("before", "now", "rule", "missing"),
    [
        (4, 5, "hab_up", False),
        (4, 4, "hab_hold", False),
        (4, None, "hab_hold", True),
        (None, 5, "hab_hold", False),
    ],
)
def test_the_own_activity_needs_its_times_and_a_better_mark(
    before: float | None, now: float | None, rule: str, missing: bool
) -> None:
    plan = with_habit("valued_activity", 2, rating=before)
    card, after = decide(plan, notes("valued_activity", 2, activity_rating=now))
    assert (card.rule, bool(card.missing)) == (rule, missing)
    assert after is not None
    assert after.level == (3 if rule == "hab_up" else 2)
    assert after.rating == (now if now is not None and (rule == "hab_up" or before is None) else before)
    assert "gardening" in after.text if rule == "hab_up" else True


def test_a_better_mark_without_the_times_does_not_move_it() -> None:
    plan = with_habit("valued_activity", 2, rating=4)
    assert decide(plan, notes("valued_activity", 1, activity_rating=8))[0].rule == "hab_hold"


# ---- down -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BY_DAYS)
@pytest.mark.parametrize("level", [2, 3, 4])
def test_less_than_half_goes_one_step_back(name: str, level: int) -> None:
    per_week = library().goals[name].levels[level - 1].per_week
    below = (per_week - 1) // 2
    half = -(-per_week // 2)
    card, after = decide(with_habit(name, level), notes(name, below, other=1))
    assert (card.rule, card.action) == ("hab_down", "step_back")
    assert after is not None
    assert after.level == level - 1
    card, after = decide(with_habit(name, level), notes(name, half))
    assert (card.rule, after and after.level) == ("hab_hold", level)


def test_the_smallest_step_stays() -> None:
    card, after = decide(with_habit("breathing"), notes("breathing", 1))
    assert (card.rule, after and after.level) == ("hab_hold", 1)


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_a_red_morning_after_the_own_activity_goes_back_whatever_else(level: int) -> None:
    plan = with_habit("valued_activity", level, rating=2)
    history = notes("valued_activity", 2, activity_rating=9, pain={1: 6})
    card, after = decide(plan, history)
    assert card.safety
    assert card.rule == ("hab_hold" if level == 1 else "hab_down")
    assert after is not None
    assert after.level == max(1, level - 1)


@pytest.mark.parametrize(
    ("morning", "rule"), [(0, "hab_up"), (1, "hab_down"), (2, "hab_down"), (3, "hab_up"), (5, "hab_up")]
)
def test_only_the_morning_after_counts(morning: int, rule: str) -> None:
    """Done on the first two days: what hurt before them or later in the week is not their doing."""
    plan = with_habit("valued_activity", 2, rating=2)
    card, _ = decide(plan, notes("valued_activity", 2, activity_rating=9, pain={morning: 6}))
    assert card.rule == rule


def test_a_red_morning_is_nothing_to_breathing() -> None:
    card, _ = decide(with_habit("breathing", 2, weeks_met=1), notes("breathing", 5, pain={1: 9}))
    assert card.rule == "hab_up"


# ---- held -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", GOALS)
def test_what_nobody_noted_holds_and_is_named(name: str) -> None:
    card, after = decide(with_habit(name, 2, weeks_met=1), notes(name, 0))
    assert card.rule == "hab_hold"
    assert card.missing
    assert f"coach habit done {name}" in card.otherwise
    assert after is not None
    assert (after.level, after.weeks_met) == (2, 1)


def test_days_that_name_other_habits_say_that_this_one_was_not_done() -> None:
    card, _ = decide(with_habit("breathing", 2), notes("breathing", 0, other=1))
    assert (card.rule, card.missing) == ("hab_down", ())


@pytest.mark.parametrize(
    ("week", "name"),
    [
        ({"screened": False}, "breathing"),
        ({"screened": False}, "valued_activity"),
        ({"flare_active": True, "kind": "flare"}, "valued_activity"),
        ({"readiness_red": True}, "valued_activity"),
        ({"red_flag": True}, "breathing"),
        ({"kind": "paused"}, "breathing"),
    ],
)
def test_what_holds_a_rise(week: dict[str, Any], name: str) -> None:
    plan = with_habit(name, 2, weeks_met=1, rating=2)
    history = notes(name, 5, **({"activity_rating": 9} if name == "valued_activity" else {}))
    assert decide(plan, history)[0].rule == "hab_up"
    card, after = decide(plan, history, **week)
    assert card.rule == "hab_hold"
    assert after is not None
    assert after.level == 2
    assert after.weeks_met >= 1


def test_a_flare_up_is_no_failed_week() -> None:
    plan = with_habit("breathing", 3, weeks_met=1)
    card, after = decide(plan, notes("breathing", 1), flare_active=True, kind="flare")
    assert (card.rule, after and after.weeks_met) == ("hab_hold", 1)


def test_breathing_may_rise_in_a_week_with_a_flare_up() -> None:
    plan = with_habit("breathing", 2, weeks_met=1)
    week = {"flare_active": True, "kind": "flare", "readiness_red": True}
    assert decide(plan, notes("breathing", 5), **week)[0].rule == "hab_up"


def test_a_late_review_counts_one_week_only() -> None:
    plan = with_habit("breathing", 2, weeks_met=1)
    week = {"starts": START - timedelta(days=7), "ends": START + timedelta(days=6)}
    spread = History(
        checkins=tuple(
            CheckIn(date=START + timedelta(days=each), habits=("breathing",)) for each in (-7, -6, -5, 5, 6)
        )
    )
    assert decide(plan, spread, **week)[0].rule == "hab_down", "two days of the last seven, not five"


# ---- done -----------------------------------------------------------------------------------------


def test_a_finished_goal_makes_room_for_the_next_one_of_the_profile() -> None:
    plan = replace(with_habit("breathing", 4, weeks_met=1), goals=("breathing", "wind_down"))
    made = review_habits(plan, notes("breathing", 7), overall(), library(), RULES, number=2)
    (card,), (after,) = made.cards, made.habits
    assert (card.rule, card.action, card.to) == ("hab_done", "swap", "habit:wind_down")
    assert (after.id, after.level, made.done) == ("wind_down", 1, ("breathing",))
    assert "Wind-down" in card.text


def test_the_last_goal_leaves_nothing_and_no_goal_comes_twice() -> None:
    plan = replace(with_habit("breathing", 4, weeks_met=1), goals=("breathing",), goals_done=("social",))
    made = review_habits(plan, notes("breathing", 7), overall(), library(), RULES, number=2)
    assert (made.habits, made.done) == ((), ("social", "breathing"))
    assert made.cards[0].action == "remove"
    again = replace(plan, goals=("breathing", "social"))
    made = review_habits(again, notes("breathing", 7), overall(), library(), RULES, number=2)
    assert made.habits == ()


def test_walking_and_exercises_of_the_day_are_decided_elsewhere() -> None:
    plan = planned()
    walking = Habit(id="walking", text="Walk.")
    daily = replace(plan.week.habits[0], id="dir_1", prescription=plan.standing[0].prescription)
    both = replace(plan, week=replace(plan.week, habits=(walking, daily)))
    made = review_habits(both, notes("walking", 7), overall(), library(), RULES, number=2)
    assert (made.habits, made.cards) == ((walking, daily), ())


def test_two_goals_at_a_time_from_active_modulators() -> None:
    plan = planned(active=("sleep", "stress", "ergo"))
    goals = [each.id for each in plan.week.habits if each.prescription is None]
    assert goals == list(plan.goals[:2]) == ["rise_time", "breathing"]
    assert set(plan.goals) >= {"sit_breaks", "wind_down", "social", "workstation"}
    assert len(plan.goals) == len(set(plan.goals))


# ---- time of getting up ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rose", "counts"),
    [("07:00", True), ("08:00", True), ("08:01", False), ("06:00", True), ("05:59", False)],
)
def test_getting_up_is_measured_against_the_usual_time(rose: str, counts: bool) -> None:
    habit = with_habit("rise_time").week.habits[0]
    assert done_on(CheckIn(date=START, rose=rose), habit, "07:00") is counts


def test_getting_up_near_midnight_is_measured_round_the_clock() -> None:
    habit = with_habit("rise_time").week.habits[0]
    assert done_on(CheckIn(date=START, rose="00:10"), habit, "23:30")
    assert not done_on(CheckIn(date=START, rose="11:30"), habit, "23:30")


def test_times_of_getting_up_are_evidence_by_themselves() -> None:
    found = tuple(CheckIn(date=START + timedelta(days=n), rose="07:20") for n in range(5))
    card, _ = decide(with_habit("rise_time", 3, weeks_met=1), History(checkins=found))
    assert card.rule == "hab_hold"
    assert card.numbers[0].value == 5
    late = tuple(CheckIn(date=START + timedelta(days=n), rose="09:20") for n in range(5))
    card, _ = decide(with_habit("rise_time", 3), History(checkins=late))
    assert card.rule == "hab_down"


# ---- the cards ------------------------------------------------------------------------------------


def every_card() -> list[Decision]:
    found = []
    for name in GOALS:
        for level in (1, 2, 3, 4):
            for days in range(8):
                for week in (
                    {},
                    {"screened": False},
                    {"flare_active": True},
                    {"kind": "paused"},
                    {"red_flag": True},
                ):
                    for weeks in (0, 1):
                        plan = with_habit(name, level, weeks_met=weeks, rating=3)
                        mark = {"activity_rating": 5} if name == "valued_activity" else {}
                        found.append(decide(plan, notes(name, days, other=1, **mark), **week)[0])
    return found


def test_every_card_says_rule_numbers_and_what_would_have_led_elsewhere() -> None:
    cards = every_card()
    assert {each.rule for each in cards} == {"hab_up", "hab_down", "hab_hold", "hab_done"}
    for card in cards:
        assert card.id == card.exercise
        assert card.id.startswith("habit:")
        assert card.text
        assert card.otherwise
        assert "{" not in card.text + card.otherwise
        if "paused" not in card.text and "rests" not in card.text:
            assert card.numbers
        assert all(
            each.threshold and each.evidence and each.source for each in card.numbers if each.threshold
        )


def test_words_are_plain_and_never_blame() -> None:
    words = load_words()
    texts = [text for cause in words.causes.values() for text in (cause.because, cause.otherwise)]
    for text in (*texts, *words.actions.values()):
        assert not BANNED.search(text)
        assert not re.search(r"fail|should have|only|lazy|must", text, re.IGNORECASE)
    assert grade(texts) < 7


def test_levels_move_one_step_at_most_whatever_is_noted() -> None:
    for name in GOALS:
        for level in (1, 2, 3, 4):
            for days in range(8):
                plan = with_habit(name, level, weeks_met=5, rating=0)
                mark = {"activity_rating": 10} if name == "valued_activity" else {}
                _, after = decide(plan, notes(name, days, other=1, **mark))
                assert after is None or abs(after.level - level) <= 1


# ---- in the review --------------------------------------------------------------------------------


def whole(plan: Plan, history: History, **more: Any) -> Any:
    values = {"today": START + timedelta(days=7), "screen": SCREEN, **more}
    return review(plan, history, template(), library(), **values)


def test_a_review_carries_the_cards_and_the_next_week_the_levels() -> None:
    plan = with_habit("breathing", 1, weeks_met=1)
    made, after = whole(plan, notes("breathing", 3))
    assert [each.rule for each in made.habits] == ["hab_up"]
    assert [(each.id, each.level) for each in after.week.habits] == [("breathing", 2)]
    assert "habit:breathing" not in {each.id for each in made.decisions}


def test_a_flare_up_in_the_log_holds_the_own_activity() -> None:
    plan = with_habit("valued_activity", 2, rating=2)
    history = notes("valued_activity", 2, activity_rating=8)
    flare = Flare(id="f1", start=START + timedelta(days=5))
    assert whole(plan, history)[1].week.habits[0].level == 3
    made, after = whole(plan, replace(history, flares=(flare,)))
    assert (made.habits[0].rule, after.week.habits[0].level) == ("hab_hold", 2)


def test_the_same_inputs_give_the_same_cards() -> None:
    plan, history = with_habit("sit_breaks", 2), notes("sit_breaks", 4, sitting_hours=8)
    mixed = History(checkins=history.checkins[::-1])
    assert whole(plan, history)[0].habits == whole(plan, mixed)[0].habits


@pytest.mark.parametrize("name", ["habit:breathing", "breathing"])
def test_a_step_up_can_be_taken_back(name: str) -> None:
    plan = with_habit("breathing", 1, weeks_met=1)
    made, after = whole(plan, notes("breathing", 3))
    changed, kept, refused = veto(made, plan, after, (name,), template(), library())
    assert refused == ()
    assert changed.habits[0].vetoed
    assert (kept.week.habits[0].level, kept.week.habits[0].weeks_met) == (1, 0)
    assert kept.version == after.version + 1
    assert [each.exercise for each in kept.standing] == [each.exercise for each in after.standing]


def test_a_finished_goal_can_be_taken_back() -> None:
    plan = replace(with_habit("breathing", 4, weeks_met=1), goals=("breathing", "wind_down"))
    made, after = whole(plan, notes("breathing", 7))
    assert [each.id for each in after.week.habits] == ["wind_down"]
    _, kept, _ = veto(made, plan, after, ("habit:breathing",), template(), library())
    assert [(each.id, each.level) for each in kept.week.habits] == [("breathing", 4)]
    assert kept.goals_done == ()


def test_a_cut_for_safety_and_a_hold_stay() -> None:
    plan = with_habit("valued_activity", 3, rating=2)
    made, after = whole(plan, notes("valued_activity", 2, pain={1: 8}))
    assert made.habits[0].rule == "hab_down"
    same, kept, refused = veto(made, plan, after, ("habit:valued_activity",), template(), library())
    assert (same, kept, refused) == (made, after, ("habit:valued_activity",))


def test_a_new_assessment_keeps_the_level_and_what_is_finished() -> None:
    plan = planned(active=("sleep", "stress"))
    habits = tuple(
        replace(each, level=3) if each.id == "rise_time" else each
        for each in plan.week.habits
        if each.id != "breathing"
    )
    lived = replace(plan, goals_done=("breathing",), week=replace(plan.week, habits=habits))
    profile = Profile(id="p2", date=START, primary="load", tier="e2", pain=4, active=("sleep", "stress"))
    after = reassess(
        lived, profile, plan.preferences, template(), library(), today=START + timedelta(days=20)
    )
    goals = {each.id: each.level for each in after.week.habits if each.prescription is None}
    assert goals == {"rise_time": 3}


# ---- breathing and relaxation ---------------------------------------------------------------------


def test_six_breaths_a_minute_with_a_long_out_breath() -> None:
    timing = load_timing()
    found = script(5, "breath", timing)
    assert length(found) == pytest.approx(300)
    assert len(found) == 60
    assert found[0].seconds < found[1].seconds


def test_relaxation_goes_through_eight_groups_from_hands_to_feet() -> None:
    timing = load_timing()
    found = script(10, "relax", timing)
    assert length(found) == pytest.approx(600)
    assert len(timing.groups) == 8
    assert {each.seconds for each in found[::2]} == {5}
    assert all(15 <= each.seconds <= 20 for each in found[1::2])
    first = [each.text.split(".")[0] for each in found[:16:2]]
    assert first[0] == "Hands"
    assert first[-1] == "Calves and feet"
    assert not any("hold" in each.text.lower() for each in found), "no breath is held"


@pytest.mark.parametrize("minutes", [0, 0.4, 31])
def test_minutes_have_limits(minutes: float) -> None:
    with pytest.raises(ValueError, match=r"0\.5 to 30"):
        script(minutes, "breath", load_timing())
