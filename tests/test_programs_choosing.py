"""What a person changes in the plan: hold, swap, the small plan; relief (A4) and the offer of R17."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from program_weeks import RULES, START, Life, library, plan, template
from programs_case import LIBRARY, TEMPLATE, barred, preferences, profiles

from coach.model.plan import Plan, Standing
from coach.programs import caps
from coach.programs.allowed import Context, why_not
from coach.programs.choosing import choices, held, minimum, swapped
from coach.programs.prescribe import NothingToPrescribe, prescribe
from coach.programs.week import build_week

MANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def names(made: Plan) -> list[str]:
    return [each.exercise for each in made.standing]


def swap(made: Plan, old: str, **options: Any) -> Plan:
    to = choices(made, old, template(), library())[0].id
    return swapped(made, old, to, template(), library(), **options)


def good_week(life: Life, **felt: Any) -> None:
    life.week(**felt)


# ---- hold -----------------------------------------------------------------------------------------


def grown(life: Life) -> list[str]:
    return [each.exercise for each in life.reviews[-1].decisions if each.action in ("add", "advance")]


def test_a_held_exercise_stays_once_and_then_grows() -> None:
    free, life = Life(), Life()
    free.week()
    free.review()
    name = next(each for each in grown(free) if not each.startswith("aer"))
    life.plan = held(life.plan, {name})
    life.week()
    made = life.review()
    card = next(each for each in made.decisions if each.exercise == name)
    assert (card.rule, card.action, card.after) == ("user_hold", "hold", card.before)
    assert "r15" in card.also
    assert grown(life) == [each for each in grown(free) if each != name]
    assert not life.standing(name).hold
    life.week()
    life.review()
    assert name in grown(life)


def test_a_hold_is_a_version_of_its_own_and_leaves_the_day_of_the_review() -> None:
    before = plan()
    after = held(before, {"dis_3", "aer_2"})
    assert (after.id, after.version, after.made) == ("v2", 2, before.made)
    assert replace(after, id=before.id, version=1, reason=before.reason, standing=before.standing,
                   walk=before.walk) == before  # fmt: skip


@pytest.mark.parametrize(("felt", "rule"), [({"pain": 9}, "r06"), ({"rpe": 9.5}, "r08")])
def test_a_hold_never_stops_a_cut(felt: dict[str, Any], rule: str) -> None:
    free, life = Life(), Life()
    life.plan = held(life.plan, set(names(life.plan)))
    for each in (free, life):
        each.week(**felt)
    made = life.review()
    assert made.decisions == free.review().decisions
    cuts = [each for each in made.decisions if rule in (each.rule, *each.also)]
    assert cuts
    assert all(each.action not in ("hold", "add", "advance") for each in cuts)
    assert all(each.rule != "user_hold" for each in cuts)


def test_a_hold_keeps_an_exercise_that_was_left_out_but_its_level_falls() -> None:
    life = Life()
    name = "hng_2"
    life.week()
    life.logs = [
        replace(each, exercises=tuple(one for one in each.exercises if one.exercise != name))
        for each in life.logs
    ]
    kept = held(life.plan, {name})
    at_risk = replace(
        kept, standing=tuple(replace(e, hold=e.exercise == name, missed=1) for e in kept.standing)
    )
    life.plan = at_risk
    card = next(each for each in life.review().decisions if each.exercise == name)
    assert card.action == "reduce"
    assert card.rule == "inv_7"
    assert "user_hold" in card.also
    assert name in names(life.plan)


# ---- swap -----------------------------------------------------------------------------------------


def test_a_swap_keeps_the_place_and_begins_at_the_start_dose() -> None:
    before = plan()
    old = next(each for each in before.standing if each.ladder == "glu")
    after = swap(before, old.exercise)
    new = after.standing[before.standing.index(old)]
    exercise = library().exercises[new.exercise]
    assert new.slot == old.slot
    assert new.exercise != old.exercise
    assert new.dose.amount == exercise.dose.amount
    assert new.dose.sets <= min(exercise.dose.sets, old.dose.sets)
    assert (new.started, new.levels, new.hold) == (False, (), False)
    assert new.prescription.reason.rule == "user_swap"
    for was, now in zip(before.week.sessions, after.week.sessions, strict=True):
        moved = [new.exercise if e.exercise == old.exercise else e.exercise for e in was.prescriptions]
        assert [e.exercise for e in now.prescriptions] == moved
        assert old.exercise not in now.short
    assert after.reason is not None
    assert after.reason.rule == "user_swap"


def test_sessions_that_were_done_stay_as_they_were() -> None:
    before = plan()
    shown = {s.id: [p.exercise for p in s.prescriptions] for s in before.week.sessions}
    used = {name: [each for each in shown if name in shown[each]] for name in names(before)}
    twice = [name for name in used if len(used[name]) > 1]
    name = next(each for each in twice if choices(before, each, template(), library()))
    sessions = used[name]
    after = swap(before, name, done=(sessions[0],))
    kept = {each.id: each for each in after.week.sessions}
    was = {each.id: each for each in before.week.sessions}
    assert kept[sessions[0]] == was[sessions[0]]
    assert all(each.exercise != name for each in kept[sessions[1]].prescriptions)


def test_a_swap_for_today_changes_one_session_and_no_level() -> None:
    before = plan()
    session = before.week.sessions[0]
    name = next(
        e.exercise for e in session.prescriptions if choices(before, e.exercise, template(), library())
    )
    after = swap(before, name, only=session.id)
    assert after.standing == before.standing
    assert after.week.sessions[1:] == before.week.sessions[1:]
    assert all(each.exercise != name for each in after.week.sessions[0].prescriptions)


def test_walking_swaps_with_cycling_and_back() -> None:
    before = plan(equipment=("bike", "mat"))
    assert before.walk is not None
    after = swapped(before, before.walk.exercise, "aer_6", template(), library())
    assert after.walk is not None
    assert after.walk.exercise == "aer_6"
    assert after.week.walk is not None
    assert after.week.walk.prescription.exercise == "aer_6"
    assert after.walk.dose.minutes <= before.walk.dose.minutes
    assert "aer_1" in [each.id for each in choices(after, "aer_6", template(), library())]


def test_a_direction_swaps_within_its_group_and_its_habit_follows() -> None:
    before = prescribe(
        replace(_person(), eased=("extension",)), plan().preferences, template(), library(), start=START
    )
    name = next(each.exercise for each in before.standing if each.ladder == "dir")
    offered = [each.id for each in choices(before, name, template(), library())]
    assert offered
    assert set(offered) <= {"dir_1", "dir_2", "dir_3"}
    after = swapped(before, name, offered[0], template(), library())
    shown = [each.prescription.exercise for each in after.week.habits if each.prescription]
    assert offered[0] in shown
    assert name not in shown


def _person() -> Any:
    from programs_case import person

    return person(primary="load", walk_minutes=20)


def test_nothing_harder_is_ever_offered() -> None:
    made = plan(tier="e3")
    for each in made.standing:
        for choice in choices(made, each.exercise, template(), library()):
            harder = choice.ladder == each.ladder and choice.rung > each.rung
            assert not harder or library().ladders[choice.ladder].by_response


@MANY
@given(profile=profiles(), wishes=preferences(), data=st.data())
def test_whatever_is_offered_may_be_done_and_keeps_the_limits(
    profile: Any, wishes: Any, data: st.DataObject
) -> None:
    try:
        made = prescribe(profile, wishes, TEMPLATE, LIBRARY, start=START)
    except NothingToPrescribe:
        return
    every: tuple[Standing, ...] = (*made.standing, *((made.walk,) if made.walk else ()))
    old = data.draw(st.sampled_from(every))
    offered = choices(made, old.exercise, TEMPLATE, LIBRARY)
    context = Context.of(made, 1)
    for each in offered:
        assert why_not(each, context) is None
        assert each.dose.rpe[0] <= TEMPLATE.phase(1).rpe[1]
        assert each.id not in [one.exercise for one in every]
    if not offered:
        return
    to = data.draw(st.sampled_from(offered))
    after = swapped(made, old.exercise, to.id, TEMPLATE, LIBRARY)
    for session, was in zip(after.week.sessions, made.week.sessions, strict=True):
        assert session.minutes <= max(was.minutes, wishes.session_minutes) + 0.1
        assert len(session.prescriptions) <= len(was.prescriptions)
        for each in session.prescriptions:
            assert barred(each, after, 1) == ""
    uses = sum(each.exercise == to.id for s in after.week.sessions for each in s.prescriptions)
    assert uses <= to.frequency[1]
    ladders = [each.ladder for each in after.standing]
    assert len(ladders) == len(set(ladders))


def test_a_swap_in_a_later_week_keeps_the_caps_of_that_week() -> None:
    life = Life(plan(tier="e3", session_minutes=60, days_per_week=4))
    for _ in range(2):
        life.week()
        life.review()
    limit = caps.caps(life.plan, "paused", RULES)
    for name in names(life.plan):
        for choice in choices(life.plan, name, template(), library()):
            after = swapped(life.plan, name, choice.id, template(), library())
            assert caps.over(after.week, limit, RULES) == ""


# ---- the small plan -------------------------------------------------------------------------------


def test_the_small_plan_is_two_short_sessions_and_the_walks() -> None:
    before = plan(session_minutes=40)
    after = minimum(before, True, template(), library())
    assert len(before.week.sessions) == 3
    assert len(after.week.sessions) == 2
    assert all(each.minutes <= 15 for each in after.week.sessions)
    assert after.week.walk == before.week.walk
    assert after.standing == before.standing
    assert after.minimum


@pytest.mark.parametrize(("done", "ids"), [
    (("w01_s3",), ["w01_s1", "w01_s3"]),
    (("w01_s1", "w01_s3"), ["w01_s1", "w01_s3"]),
    (("w01_s1", "w01_s2", "w01_s3"), ["w01_s1", "w01_s2", "w01_s3"]),
])  # fmt: skip
def test_sessions_already_done_count_for_the_small_plan(done: tuple[str, ...], ids: list[str]) -> None:
    before = plan(session_minutes=40)
    after = minimum(before, True, template(), library(), done=done)
    assert [each.id for each in after.week.sessions] == ids
    was = {each.id: each for each in before.week.sessions}
    assert all(each == was[each.id] for each in after.week.sessions if each.id in done)


def test_the_small_plan_lasts_over_reviews_and_goes_back_one_session_a_week() -> None:
    life = Life(plan(days_per_week=4))
    life.week()
    life.review()
    life.plan = minimum(life.plan, True, template(), library())
    counts = []
    for _ in range(2):
        life.week()
        made = life.review()
        counts.append(len(life.plan.week.sessions))
    assert counts == [2, 2]
    assert "minimum_back" in [each.rule for each in made.notes]
    life.plan = minimum(life.plan, False, template(), library())
    assert len(life.plan.week.sessions) == 2
    life.week()
    rose = life.review()
    assert len(life.plan.week.sessions) == 3
    assert not [each for each in rose.decisions if each.action in ("add", "advance")]
    assert "minimum_back" not in [each.rule for each in rose.notes]


# ---- relief: A4 -----------------------------------------------------------------------------------


def eased_life(days: int, ladder: str = "dir", eased: tuple[str, ...] = ("side",), **felt: Any) -> Life:
    person = replace(_person(), eased=eased, tags=("neur",) if ladder == "neu" else ())
    life = Life(prescribe(person, plan().preferences, template(), library(), start=START))
    ease(life, days, ladder, **felt)
    return life


def ease(life: Life, days: int, ladder: str = "dir", **felt: Any) -> None:
    life.week(**felt)
    last = [life.day - timedelta(days=n) for n in range(1, 8)]
    life.checkins = [
        replace(each, relief=(ladder, ladder)) if each.date in last[:days] else each for each in life.checkins
    ]


def dir_of(life: Life) -> Standing | None:
    return next((each for each in life.plan.standing if each.ladder == "dir"), None)


def test_relief_on_three_days_halves_it_and_after_another_week_it_goes() -> None:
    life = eased_life(3)
    name, often = dir_of(life).exercise, dir_of(life).dose.per_day  # type: ignore[union-attr]
    assert often > 2
    card = next(each for each in life.review().decisions if each.exercise == name)
    assert (card.rule, card.action, card.safety) == ("a4", "reduce", False)
    assert f"from {often} to {(often + 1) // 2} times" in card.text
    now = dir_of(life)
    assert now is not None
    assert (now.dose.per_day, now.dose.size, now.prev) == ((often + 1) // 2, now.prescription.dose.size, None)
    shown = next(each for each in life.plan.week.habits if each.prescription)
    assert shown.amount == now.dose.per_day
    ease(life, 4)
    card = next(each for each in life.review().decisions if each.exercise == name)
    assert (card.rule, card.action) == ("a4", "remove")
    assert "no longer needed" in card.text
    assert dir_of(life) is None
    assert all(each.id != name for each in life.plan.week.habits)


def test_what_is_done_once_a_day_is_halved_by_days() -> None:
    life = eased_life(3, eased=("extension",))
    assert dir_of(life).dose.per_day == 1  # type: ignore[union-attr]
    card = next(each for each in life.review().decisions if each.rule == "a4")
    assert card.action == "reduce"
    assert "every other day" in card.text
    shown = next(each for each in life.plan.week.habits if each.prescription)
    assert (shown.per_week, "every other day" in shown.text) == (4, True)
    ease(life, 3)
    life.review()
    assert dir_of(life) is None


@pytest.mark.parametrize("rule", ["r02", "r07", "r09", "r10"])
def test_every_hold_gives_way_to_relief_and_a_cut_stands(rule: str) -> None:
    """More pain or a flare-up never leaves more to do than a calm week (``progression.md`` 27)."""
    from program_weeks import case_of, evidence, standing

    from coach.programs.decide import Outcome
    from coach.programs.relief import eased

    level = standing("dir_7")
    case = case_of(evidence(level, relief_days=5), given=level)
    outcome = Outcome(rule=rule, action="hold", dose=level.dose, shown=level.dose)
    made = eased(outcome, case)
    assert (made.rule, made.action, made.also) == ("a4", "reduce", (rule,))
    assert made.dose.per_day == 2
    kept = replace(case, standing=replace(level, hold=True))
    assert eased(outcome, kept) == outcome
    cut = Outcome(rule="r06", action="reduce", dose=level.dose, shown=level.dose)
    assert eased(cut, case) == cut


@pytest.mark.parametrize("days", [2, 0])
def test_less_relief_leaves_it(days: int) -> None:
    life = eased_life(days)
    before = dir_of(life)
    card = next(each for each in life.review().decisions if each.exercise == before.exercise)  # type: ignore[union-attr]
    assert card.rule != "a4"


def test_relief_of_the_week_before_does_not_count_again() -> None:
    life = eased_life(2)
    life.review()
    ease(life, 2)
    made = life.review()
    found = next(each for each in made.evidence if each.exercise.startswith("dir"))
    assert found.relief_days == 2
    assert all(each.rule != "a4" for each in made.decisions)


def test_relief_in_a_flare_waits() -> None:
    life = eased_life(5)
    from coach.model.log import Flare

    life.flares = [Flare(id="f1", start=life.day - timedelta(days=3))]
    assert all(each.rule != "a4" for each in life.review().decisions)


def test_relief_of_another_ladder_says_nothing_about_this_one() -> None:
    life = eased_life(7, ladder="neu")
    assert all(each.rule != "a4" for each in life.review().decisions)


def test_nerve_sliders_move_on_by_relief() -> None:
    from program_weeks import evidence, standing

    from coach.programs.codes import advance_met

    exercise = library().exercises["neu_1"]
    assert advance_met(exercise, [], 3, 3, RULES, relief=3)
    assert not advance_met(exercise, [], 3, 3, RULES, relief=2)
    assert not advance_met(exercise, [], 3, 3, RULES)
    life = eased_life(4, ladder="neu", eased=())
    found = next(each for each in life.review().evidence if each.exercise.startswith("neu"))
    assert found.relief_days == 4
    assert found.advance_met
    assert evidence(standing("neu_1")).relief_days is None


# ---- R17: the offer -------------------------------------------------------------------------------


@pytest.mark.parametrize(("weeks", "offered"), [(1, False), (2, True), (4, True)])
def test_the_third_calm_week_offers_a_swap(weeks: int, offered: bool) -> None:
    life = Life()
    kept = {each.exercise for each in life.plan.standing}
    life.week()
    life.review(screen=None)
    standing = tuple(
        replace(e, green_holds=weeks, dose=_top(e), prescription=replace(e.prescription, dose=_top(e)))
        for e in life.plan.standing
    )
    life.plan = replace(life.plan, standing=standing)
    week = build_week(life.plan, 2, life.plan.week.starts, template(), library())
    life.plan = replace(life.plan, week=week)
    life.week(form=1)
    made = life.review()
    calm = [each for each in made.decisions if each.rule == "r17" and each.exercise in kept]
    assert calm
    for each in calm:
        choice = [one.id for one in choices(life.plan, each.exercise, template(), library())]
        assert list(each.offers) == (choice if offered else [])
        assert (f"coach swap {each.exercise}" in each.text) is bool(offered and choice)
    assert any(each.offers for each in calm) is offered


def test_the_calm_weeks_count_in_a_row_only() -> None:
    life = Life()
    life.plan = replace(life.plan, standing=tuple(replace(e, green_holds=2) for e in life.plan.standing))
    life.week()
    made = life.review()
    stood = {each.exercise for each in made.decisions if each.rule == "r17"}
    assert all(each.green_holds == (3 if each.exercise in stood else 0) for each in life.plan.standing)
    assert any(each.exercise not in stood for each in life.plan.standing)


def _top(each: Standing) -> Any:
    exercise = library().exercises[each.exercise]
    if exercise.vary is None or exercise.top is None:
        return replace(each.dose, sets=2)
    return replace(
        each.dose, sets=2, **{exercise.vary: type(getattr(each.dose, exercise.vary))(exercise.top)}
    )
