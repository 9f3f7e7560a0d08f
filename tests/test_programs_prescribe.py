"""From a profile to a plan: properties over invented people, and worked cases."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace
from programs_case import (
    LIBRARY,
    START,
    TABLE,
    TEMPLATE,
    barred,
    everywhere,
    person,
    preferences,
    profiles,
    wishes,
)

from coach.model.assessment import Finding, Profile
from coach.model.noun import from_json, to_json
from coach.model.plan import Plan, Preferences
from coach.programs.library import load_library
from coach.programs.prescribe import NothingToPrescribe, NotSafe, prescribe
from coach.programs.week import build_week, forecast

many = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def made(profile: Profile, asked: Preferences) -> Plan | None:
    """Return a plan, or null when there is none and the message says what to loosen."""
    try:
        return prescribe(profile, asked, TEMPLATE, LIBRARY, start=START)
    except NothingToPrescribe as nothing:
        assert any(word in str(nothing) for word in ("minutes", "equipment"))  # noqa: PT017
        return None


def there_is_a_plan_or_the_constraint_to_loosen_is_named(asked: Preferences, plan: Plan | None) -> None:
    if plan is None:
        assert asked.walk_minutes < 3
        assert asked.session_minutes < 10 or min(asked.days_per_week, len(asked.days) or 7) < 2
        return
    assert plan.week.sessions or plan.week.walk
    habit_plan = asked.session_minutes < 10 or min(asked.days_per_week, len(asked.days) or 7) < 2
    assert (plan.sessions_per_week == 0) is habit_plan
    assert bool(plan.week.sessions) is not habit_plan
    assert habit_plan is any(note.rule == "habit_plan" for note in plan.notes)


def nothing_with_an_active_avoid_tag_is_anywhere(profile: Profile, asked: Preferences, plan: Plan) -> None:
    """Invariant 15, in sessions, walks, habits, easier rungs and the flare kit."""
    for week, each in everywhere(plan, (plan.week, *forecast(plan, TEMPLATE, LIBRARY))):
        assert not barred(each, plan, week), (each.exercise, barred(each, plan, week))
    for each in plan.flare_kit:
        assert not barred(each, plan, 1, ("acute",)), each.exercise


def same_inputs_give_the_same_bytes_and_json_is_exact(
    profile: Profile, asked: Preferences, plan: Plan
) -> None:
    """Invariants 25 and 26: from a library read anew, byte for byte."""
    again = prescribe(profile, asked, TEMPLATE, LIBRARY, start=START)
    assert to_json(again) == to_json(plan)
    assert from_json(to_json(plan), Plan) == plan
    assert build_week(plan, 1, START, TEMPLATE, LIBRARY) == plan.week


def test_a_library_read_again_is_the_same_and_gives_the_same_plan() -> None:
    again = load_library()
    assert again == LIBRARY
    first = prescribe(person(), wishes(), TEMPLATE, LIBRARY, start=START)
    assert to_json(prescribe(person(), wishes(), TEMPLATE, again, start=START)) == to_json(first)
    assert first.library == LIBRARY.version


def first_doses_are_those_of_the_table(profile: Profile, asked: Preferences, plan: Plan) -> None:
    """Invariant 18 and 5.5: no first session is above the start, nor the start above the tier's."""
    for standing in plan.standing:
        exercise, row = LIBRARY.exercises[standing.exercise], TABLE[standing.exercise]
        rung = {"e1": 1, "e2": 2, "e3": 4 if standing.ladder in ("hng", "sqt") else 3}[plan.tier]
        cautious = {"ost", "preg", "pp", "bal", "surg"} & {*plan.tags}
        if exercise.component == "c3" and cautious:
            rung = min(rung, 2)
        off_floor = not asked.floor and standing.exercise in ("ant_4", "lat_1", "glu_5", "pel_4", "dis_4")
        assert standing.rung <= rung or standing.ladder in ("mob", "dir") or off_floor
        if off_floor and exercise.component == "c3" and (cautious or plan.tier == "e1"):
            assert standing.rung <= 2
        assert standing.dose.sets == min(int(row["sets"]), 2)
        assert standing.dose.rpe[0] <= standing.dose.rpe[1] <= 4
        share = 1.5 if plan.tier == "e3" else 1
        start = exercise.dose.amount
        limit = (
            start * share
            if exercise.top is None
            else (start + float(row["top"]) * start)
            if share > 1
            else start
        )
        assert standing.dose.amount <= limit
        if plan.tier != "e3":
            assert standing.dose.amount == start
        assert plan.tier != "e3" or profile.level == "T3_CLEAR"
    standings = {each.exercise: each.dose for each in plan.standing}
    for session in plan.week.sessions:
        for each in session.prescriptions:
            assert each.dose.size <= standings[each.exercise].size
            assert each.dose.sets <= standings[each.exercise].sets


def every_prescription_says_why_in_words_and_numbers(
    profile: Profile, asked: Preferences, plan: Plan
) -> None:
    for _, each in everywhere(plan, (plan.week,)):
        assert each.reason.rule
        assert len(each.reason.text) > 20
        if each.reason.rule not in ("easier", "mobility"):
            assert each.reason.otherwise, each.reason
    for session in plan.week.sessions:
        for each in session.prescriptions:
            assert each.reason.rule.startswith(("slot_", "profile_"))
    assert plan.reason


PROMISES = (
    nothing_with_an_active_avoid_tag_is_anywhere,
    same_inputs_give_the_same_bytes_and_json_is_exact,
    first_doses_are_those_of_the_table,
    every_prescription_says_why_in_words_and_numbers,
)


@many
@given(profiles(), preferences())
def test_any_plan_keeps_every_promise(profile: Profile, asked: Preferences) -> None:
    """Each plan is made once, and every promise is held against it."""
    plan = made(profile, asked)
    there_is_a_plan_or_the_constraint_to_loosen_is_named(asked, plan)
    for promise in PROMISES if plan is not None else ():
        promise(profile, asked, plan)


@pytest.mark.parametrize("level", ["T0_EMERGENCY", "NOT_ELIGIBLE", "T1_CLINICIAN"])
def test_an_open_red_flag_gives_no_plan_at_all(level: str) -> None:
    """Invariant 16."""
    with pytest.raises(NotSafe, match=level):
        prescribe(person(level=level), wishes(), TEMPLATE, LIBRARY, start=START)


def test_no_time_at_all_names_what_to_loosen() -> None:
    with pytest.raises(NothingToPrescribe, match=r"10 minutes on 2 days.*walking"):
        prescribe(person(), wishes(session_minutes=5, walk_minutes=0), TEMPLATE, LIBRARY, start=START)


def entry(ladder: str, **fields: object) -> str:
    asked = wishes(session_minutes=60, equipment=("mat", "band", "weight", "stick", "step", "sofa"))
    plan = prescribe(person(**fields), asked, TEMPLATE, LIBRARY, start=START)
    return next((e.exercise for e in plan.standing if e.ladder == ladder and not e.deferred), "")


@pytest.mark.parametrize(
    ("ladder", "fields", "expected"),
    [
        ("hng", {"tier": "e1"}, "hng_1"),
        ("hng", {"tier": "e2"}, "hng_2"),
        ("hng", {"tier": "e2", "findings": (Finding(id="mt_01", value="fail", met=True),)}, "hng_1"),
        ("dis", {"tier": "e2", "findings": (Finding(id="mt_05", value="fail", met=True),)}, "dis_1"),
        ("hng", {"tier": "e3"}, "hng_3"),  # rung 4 waits for its gate
        ("hng", {"tier": "e3", "findings": (Finding(id="mt_01", value="pass", met=False),)}, "hng_4"),
        ("sqt", {"tier": "e3"}, "sqt_3"),  # rung 4 needs an effort of 5, above the first phase
        ("glu", {"tier": "e3"}, "glu_3"),
        ("glu", {"tier": "e3", "findings": (Finding(id="mt_13", value=9, met=True),)}, "glu_2"),
        ("glu", {"tier": "e3", "findings": (Finding(id="mt_13", value=9, met=None),)}, "glu_3"),
        ("glu", {"tier": "e3", "level": "T2_CAUTION"}, "glu_2"),
        ("glu", {"tier": "e3", "tags": ("pp",)}, "glu_2"),
        ("dis", {"tier": "e3", "tags": ("pp",)}, "dis_3"),
        ("ext", {"tier": "e1", "tags": ("ext",)}, ""),
        ("ext", {"tier": "e2", "tags": ("ext",)}, "ext_2"),
        ("ext", {"tier": "e2", "tags": ("wri",)}, "ext_1"),
        ("dir", {}, ""),
        ("bre", {"tier": "e1"}, "bre_1"),
        ("dir", {"eased": ("flexion",)}, "dir_4"),
        ("dir", {"eased": ("flexion",), "notes": ("direction_mixed",)}, ""),
        ("dir", {"eased": ("extension",), "tags": ("preg",)}, "dir_3"),
        ("dir", {"eased": ("flexion",), "tags": ("surg",)}, ""),
        ("mob", {"primary": "ext"}, "mob_3"),
        ("neu", {}, ""),
        ("neu", {"primary": "neur", "tags": ("neur",)}, "neu_2"),
    ],
)
def test_entry_rungs_of_4_5_and_5_5(ladder: str, fields: dict[str, object], expected: str) -> None:
    assert entry(ladder, **fields) == expected


def test_tier_e3_starts_half_the_range_up_rounded_down() -> None:
    plan = prescribe(person(tier="e3"), wishes(), TEMPLATE, LIBRARY, start=START)
    doses = {each.exercise: each.dose for each in plan.standing}
    assert doses["dis_3"].reps == 12  # 10 -> 15
    assert doses["glu_3"].hold_s == 32  # 20 -> 45
    assert doses["ext_3"].reps == 7  # 6 -> 8


@pytest.mark.parametrize(
    ("walked", "exercise", "minutes"),
    [
        (None, "aer_1", 5),
        (4, "aer_1", 3),
        (12, "aer_1", 9),
        (13, "aer_1", 10),
        (14, "aer_2", 11),
        (30, "aer_4", 24),
    ],
)
def test_walking_starts_at_80_percent_of_the_comfortable_walk(
    walked: float | None, exercise: str, minutes: float
) -> None:
    plan = prescribe(person(walk_minutes=walked), wishes(), TEMPLATE, LIBRARY, start=START)
    assert plan.walk is not None
    assert (plan.walk.exercise, plan.walk.dose.minutes) == (exercise, minutes)


def test_walking_stays_within_the_stated_minutes() -> None:
    plan = prescribe(person(walk_minutes=30), wishes(walk_minutes=30), TEMPLATE, LIBRARY, start=START)
    assert plan.week.walk is not None
    assert (plan.week.walk.times, plan.week.walk.minutes) == (3, 10)


def test_cycling_replaces_walking_for_ext_with_a_bike() -> None:
    asked = wishes(equipment=("bike",))
    assert prescribe(person(primary="ext"), asked, TEMPLATE, LIBRARY, start=START).walk.exercise == "aer_6"
    assert prescribe(person(primary="flex"), asked, TEMPLATE, LIBRARY, start=START).walk.exercise == "aer_1"


def test_a_load_starts_smallest_and_an_unknown_weight_is_said() -> None:
    fields = {"tier": "e3", "findings": (Finding(id="mt_01", value="pass", met=False),)}
    plan = prescribe(person(**fields), wishes(), TEMPLATE, LIBRARY, start=START)
    assert next(each for each in plan.standing if each.exercise == "hng_4").dose.load_kg == 2
    asked = wishes(session_minutes=60, body_weight_kg=None)
    plan = prescribe(person(tier="e1"), asked, TEMPLATE, LIBRARY, start=START)
    carry = next(each for each in plan.standing if each.ladder == "car")
    assert carry.dose.load_kg is None
    assert "lightest" in carry.prescription.note
    plan = prescribe(person(tier="e1"), replace(asked, body_weight_kg=73.0), TEMPLATE, LIBRARY, start=START)
    assert next(each for each in plan.standing if each.ladder == "car").dose.load_kg == 7


def test_habits_follow_the_active_modulators_and_are_two_at_most() -> None:
    def habits(**fields: object) -> list[str]:
        plan = prescribe(person(**fields), wishes(), TEMPLATE, LIBRARY, start=START)
        return [each.id for each in plan.week.habits if each.prescription is None]

    assert habits(active=("sleep",)) == ["rise_time", "wind_down"]
    assert habits(active=("sleep", "stress", "ergo")) == ["rise_time", "breathing"]
    assert habits(watch=("ergo",)) == ["sit_breaks"]
    assert habits(activities=("gardening",)) == ["valued_activity"]
    assert habits() == ["sit_breaks"]


def test_lessons_of_an_active_modulator_come_early_and_none_is_lost() -> None:
    plain = prescribe(person(), wishes(), TEMPLATE, LIBRARY, start=START)
    early = prescribe(person(active=("stress", "sleep")), wishes(), TEMPLATE, LIBRARY, start=START)
    assert plain.lessons == TEMPLATE.lessons
    assert early.lessons[:4] == ("hurt_and_harm", "sleep", "stress", "flare_ups")
    assert sorted(early.lessons) == sorted(plain.lessons)


def test_the_flare_kit_is_gentle_and_knows_the_direction_that_eases() -> None:
    plan = prescribe(person(eased=("extension",)), wishes(), TEMPLATE, LIBRARY, start=START)
    assert [each.exercise for each in plan.flare_kit] == ["dir_1", "bre_1", "mob_2", "aer_1"]
    plan = prescribe(person(), wishes(floor=False), TEMPLATE, LIBRARY, start=START)
    assert [each.exercise for each in plan.flare_kit] == ["bre_2", "aer_1"]


def test_without_the_floor_ladders_start_where_they_need_none() -> None:
    asked = wishes(session_minutes=60, floor=False)
    plan = prescribe(person(), asked, TEMPLATE, LIBRARY, start=START)
    entered = {each.ladder: each.exercise for each in plan.standing}
    assert (entered["ant"], entered["lat"], entered["glu"], entered["pel"]) == (
        "ant_4",
        "lat_1",
        "glu_5",
        "pel_4",
    )
    back = next(each for each in plan.standing if each.ladder == "ext")
    assert back.prescription.note == LIBRARY.exercises[back.exercise].instead["floor"]
    plan = prescribe(person(tier="e1"), asked, TEMPLATE, LIBRARY, start=START)
    assert {each.ladder for each in plan.standing} & {"ant", "glu", "lat"} == {"lat"}
