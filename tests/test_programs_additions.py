"""A warm-up with the rung before, and one set more for the weaker side: where, how long, within what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from player_case import begun, calm, one
from program_weeks import RULES, Life, library, template
from programs_case import person, wishes
from test_programs_review import at_the_top

from coach.draw.words import dose as dose_words
from coach.model.exercise import Dose
from coach.model.log import CheckIn, Flare
from coach.model.plan import Plan, Prescription, Week
from coach.programs import caps
from coach.programs.additions import added
from coach.programs.beats import which
from coach.programs.dose import plain
from coach.programs.evidence import gather
from coach.programs.logged import exercise_log
from coach.programs.prescribe import prescribe
from coach.programs.session import today
from coach.programs.week import build_week


def given(week: Week) -> list[Prescription]:
    return [each for session in week.sessions for each in session.prescriptions]


def climbed(**fields: Any) -> Life:
    """A life whose last review moved loaded ladders on by a rung."""
    life = at_the_top(3, **fields)
    before = {each.exercise for each in life.plan.standing}
    life.review()
    assert {each.exercise for each in life.plan.standing} - before
    return life


def unwarmed(week: Week) -> Week:
    sessions = (
        replace(each, prescriptions=tuple(p for p in each.prescriptions if not p.warm_up))
        for each in week.sessions
    )
    return replace(week, sessions=tuple(sessions))


# ---- warm-up -----------------------------------------------------------------------------------------


def test_the_rung_before_stays_as_a_warm_up_for_two_weeks() -> None:
    life = climbed()
    moved = {each.came_from: each for each in life.plan.standing if each.came_from}
    assert moved
    warm = [each for each in given(life.plan.week) if each.warm_up]
    assert warm
    for each in warm:
        main = moved[each.exercise]
        assert main.ladder == each.ladder
        assert (each.dose.sets, each.dose.rpe[1] <= 3, each.hard) == (1, True, False)
        assert each.reason.rule == "warm_up"
        assert each.name.endswith("(warm-up)")
        assert main.prescription.name in each.reason.text
    for session in life.plan.week.sessions:
        names = [each.exercise for each in session.prescriptions]
        for place, each in enumerate(session.prescriptions):
            if each.warm_up:
                assert names[place + 1] == moved[each.exercise].exercise
        assert not {each.exercise for each in warm} & {*session.short}
        assert session.minutes == pytest.approx(sum(p.minutes for p in session.prescriptions), abs=0.06)
        assert session.minutes <= 35 + 0.1
    week = life.plan.week
    for ahead, there in ((0, True), (1, True), (2, False)):
        bare = tuple(unwarmed(week).sessions)
        later = added(bare, life.plan, week.number + ahead, 90, library())
        assert any(each.warm_up for s in later for each in s.prescriptions) is there, ahead
        assert added(bare, life.plan, week.number + ahead, 0, library()) == bare, "only where time is left"
    rest = build_week(life.plan, week.number, week.starts, template(), library(), deload=True)
    assert not any(each.warm_up for each in given(rest))


def test_a_warm_up_counts_in_no_cap_and_proves_nothing() -> None:
    life = climbed()
    week = life.plan.week
    bare = replace(
        week,
        sessions=tuple(
            replace(s, prescriptions=tuple(p for p in s.prescriptions if not p.warm_up))
            for s in week.sessions
        ),
    )
    assert given(bare) != given(week)
    assert caps.hard_sets(week, RULES) == caps.hard_sets(bare, RULES)
    assert caps.session_load(week) == caps.session_load(bare)
    low = next(each for each in given(week) if each.warm_up)
    main = next(each for each in life.plan.standing if each.came_from == low.exercise)
    session = next(s for s in week.sessions if any(p is low for p in s.prescriptions))
    life.day = session.date
    life.morning()
    life.log(session)
    hurt = life.logs[-1]
    painful = tuple(
        replace(each, pain_max=9, leg="new") if each.exercise == low.exercise else each
        for each in hurt.exercises
    )
    life.logs[-1] = replace(hurt, exercises=painful)
    life.day = week.starts + timedelta(days=7)
    found, _ = gather(life.plan, life.history, template(), library(), RULES, today=life.day, screen=None)
    evidence = next(each for each in found if each.exercise == main.exercise)
    assert evidence.done == 1
    assert len(evidence.sessions) == 1, "the warm-up is no session of the rung itself"
    assert not evidence.leg


def test_short_sessions_and_easier_days_have_none() -> None:
    tight = climbed()
    short = replace(tight.plan, preferences=replace(tight.plan.preferences, session_minutes=18))
    built = build_week(short, short.week.number, short.week.starts, template(), library())
    for session in built.sessions:
        assert session.minutes <= 18 + 0.1
    life = climbed()
    first = life.plan.week.sessions[0]
    life.day = first.date
    life.checkins = [each for each in life.checkins if each.date != life.day]
    calm = today(life.plan, life.history, life.day).session
    assert calm is not None
    assert any(p.warm_up for p in calm.prescriptions)
    life.checkins.append(CheckIn(date=life.day, pain=3, sleep_quality=0, sleep_hours=3, stress=10))
    day = today(life.plan, life.history, life.day)
    assert day.state == "easy"
    assert day.session is not None
    assert not any(p.warm_up for p in day.session.prescriptions)
    assert day.session.minutes == pytest.approx(sum(p.minutes for p in day.session.prescriptions), abs=0.06)
    life.flares = [Flare(id="f", start=life.day - timedelta(days=4))]
    flare = today(life.plan, life.history, life.day).session
    assert flare is not None
    assert len({p.exercise for p in flare.prescriptions}) == len(flare.prescriptions)


# ---- the weaker side -----------------------------------------------------------------------------------


def lopsided(side: str = "left", **fields: Any) -> Plan:
    profile = replace(person(primary="asym", tier=fields.pop("tier", "e2")), weaker=side)
    hopes = replace(wishes(), session_minutes=fields.pop("session_minutes", 40))
    made = prescribe(profile, hopes, template(), library(), start=profile.date)
    return replace(made, **fields)


def extras(week: Week) -> list[Prescription]:
    return [each for each in given(week) if each.dose.extra]


def own_share(week: Week) -> float:
    total = own = 0.0
    for each in given(week):
        bare = replace(each.dose, extra="").time_min
        total += each.dose.time_min
        own += each.dose.time_min if each.reason.rule.startswith("profile_") else each.dose.time_min - bare
    return 100 * own / total


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("minutes", [18, 25, 40, 60])
def test_one_set_more_on_the_weaker_side_in_weeks_1_to_4(side: str, minutes: int) -> None:
    made = lopsided(side, session_minutes=minutes)
    found = extras(made.week)
    assert found
    for each in found:
        assert each.dose.extra == side
        assert each.dose.sides == 2
        assert each.ladder in library().building.priority["asym"]
        assert side in each.note
        assert f"1 more on the {side}" in dose_words(each.dose)
    for week in (made.week, build_week(made, 4, made.start, template(), library())):
        assert own_share(week) <= 40 + 1e-6
        limit = min(minutes, template().phase(week.number).minutes[1])
        assert all(s.minutes <= limit + 0.1 for s in week.sessions)
        for session in week.sessions:
            assert session.minutes == pytest.approx(sum(p.minutes for p in session.prescriptions), abs=0.06)
    assert extras(build_week(made, 4, made.start, template(), library()))
    assert not extras(build_week(made, 5, made.start, template(), library()))
    assert not extras(build_week(made, 4, made.start, template(), library(), deload=True))
    assert all(not each.dose.extra for each in made.standing)


def test_without_a_side_or_the_profile_there_is_none() -> None:
    assert not extras(lopsided("").week)
    assert not extras(
        build_week(replace(lopsided(), primary="load"), 1, lopsided().start, template(), library())
    )
    second = replace(lopsided(), primary="load", secondary=("asym",))
    assert extras(build_week(second, 1, second.start, template(), library()))


def test_the_set_counts_in_the_caps_and_goes_first() -> None:
    made = lopsided(tier="e3")
    week = build_week(made, 4, made.start, template(), library())
    bare = replace(
        week,
        sessions=tuple(replace(s, prescriptions=tuple(map(plain, s.prescriptions))) for s in week.sessions),
    )
    hard = sum(each.dose.mid_rpe >= RULES["hard_rpe"] for each in extras(week))
    assert hard
    assert caps.hard_sets(week, RULES) == caps.hard_sets(bare, RULES) + hard
    limit = caps.Caps(hard_sets=caps.hard_sets(bare, RULES), load=9999.0)
    kept = caps.within(week, limit, RULES)
    assert [each.dose.sets for each in given(kept)] == [each.dose.sets for each in given(week)]
    assert not [each for each in extras(kept) if each.dose.mid_rpe >= RULES["hard_rpe"]]
    assert not any("weaker" in each.note for each in given(kept) if not each.dose.extra)


def test_the_set_is_logged_and_an_easier_day_leaves_it_out() -> None:
    made = lopsided()
    more = extras(made.week)[0]
    log, sets = exercise_log(more), more.dose.sets
    assert (log.planned_sets, len(log.sets), log.sets_full) == (sets, sets + 1, sets)
    assert log.planned_size == replace(more.dose, extra="").size
    life = Life(made)
    session = next(s for s in made.week.sessions if any(p.dose.extra for p in s.prescriptions))
    life.day = session.date
    life.morning()
    shown = today(made, life.history, life.day).session
    assert shown is not None
    assert any(p.dose.extra for p in shown.prescriptions)
    life.morning(sleep_quality=0, sleep_hours=3, stress=10)
    easier = today(made, life.history, life.day)
    assert easier.session is not None
    assert not any(p.dose.extra or "weaker" in p.note for p in easier.session.prescriptions)
    assert not any(p.dose.extra for p in easier.short)


def test_a_set_of_one_side_takes_the_time_of_one_side() -> None:
    dose = Dose(sets=2, reps=10, sides=2, tempo=(2, 1, 2), rest_s=60)
    more = replace(dose, extra="left")
    assert more.time_min - dose.time_min == pytest.approx((50 + 60) / 60)
    assert more.size == dose.size


def test_the_led_session_does_it_on_that_side_alone() -> None:
    state = begun(one(reps=3, sides=2, sets=1, extra="right"))
    said = []
    for _ in range(60):
        if state.phase == "work":
            said.append(which(state))
        if state.phase == "done":
            break
        state = calm(state)
    assert said == ["Set 1 of 2, left side", "Set 1 of 2, right side", "Set 2 of 2, right side only"]
    assert len(state.dones[0].sets) == 2
