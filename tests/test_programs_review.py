"""One review from log to next plan: what it reads, what it moves, what it says, what it leaves alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from program_weeks import RULES, SCREEN, START, Life, decisions, library, look, plan, template, weeks

from coach.model.assessment import Triage
from coach.model.log import Flare, Pause
from coach.model.plan import Bounds, Plan
from coach.programs import caps
from coach.programs.review import due, review, stopped, veto
from coach.programs.session import today as day_of
from coach.programs.week import build_week

# ---- decisions in a plan ---------------------------------------------------------------------------------


def test_a_good_week_raises_everything_by_one_step() -> None:
    life = Life()
    life.week()
    before = {each.exercise: each for each in life.plan.standing}
    made = life.review()
    assert {each.rule for each in made.decisions} == {"r15"}
    for each in life.plan.standing:
        assert each.dose.size > before[each.exercise].dose.size
        assert each.prev == "add"
        assert each.started
        assert each.prescription.dose == each.dose
        assert each.levels == (before[each.exercise].dose.size,)
    assert (life.plan.version, life.plan.week.number) == (2, 2)
    assert life.plan.week.starts == START + timedelta(days=7)
    assert life.plan.kinds == ("loaded",)
    assert life.plan.completion == (100,)
    assert made.plan_after == life.plan.id


def test_a_dry_run_is_the_same_call() -> None:
    life = Life()
    life.week()
    args: dict[str, Any] = {"today": life.day, "screen": SCREEN}
    assert review(life.plan, life.history, template(), library(), **args) == review(
        life.plan, life.history, template(), library(), **args
    )
    assert life.plan.version == 1


@pytest.mark.parametrize("screen", [None, {}, {"ms_saddle": "no"}, {**SCREEN, "ms_trauma": "unsure"}])
def test_without_the_weekly_questions_nothing_rises(screen: dict[str, str] | None) -> None:
    life = Life()
    life.week()
    made = life.review(screen=screen)
    assert {each.rule for each in made.decisions} == {"screen"}
    assert all("r15" in each.also for each in made.decisions)
    assert "screen" in [each.rule for each in made.notes]


@pytest.mark.parametrize("level", ["T0_EMERGENCY", "T1_CLINICIAN", "NOT_ELIGIBLE"])
def test_a_red_flag_stops_everything_and_keeps_the_levels(level: Any) -> None:
    life = weeks(1)
    life.week()
    before = life.plan
    made = life.review(triage=Triage(level=level))
    assert {each.rule for each in made.decisions} == {"r00"}
    assert {each.action for each in made.decisions} == {"stop_all"}
    assert all(each.safety for each in made.decisions)
    assert life.plan.week.sessions == ()
    assert life.plan.week.walk is None
    assert [each.dose for each in life.plan.standing] == [each.dose for each in before.standing]
    assert stopped(life.plan)
    assert day_of(life.plan, life.history, life.day).session is None
    assert due(life.plan, life.day + timedelta(days=1))
    life.day += timedelta(days=1)
    life.review()
    assert life.plan.week.sessions
    assert [each.dose for each in life.plan.standing] == [each.dose for each in before.standing]


def test_a_red_flag_stops_before_the_week_is_over() -> None:
    life = Life()
    life.day += timedelta(days=2)
    life.review(triage=Triage(level="T1_CLINICIAN"))
    assert stopped(life.plan)


def test_caution_is_no_stop() -> None:
    life = Life()
    life.week()
    assert not look(life, triage=Triage(level="T2_CAUTION"))[1].red_flag


def test_a_leg_symptom_stops_that_exercise_alone() -> None:
    life = Life()
    life.week()
    last = life.logs[-2] if life.logs[-1].kind == "walk" else life.logs[-1]
    hurt = last.exercises[2]
    changed = replace(
        last, exercises=tuple(replace(e, leg="new") if e is hurt else e for e in last.exercises)
    )
    life.logs = [changed if each is last else each for each in life.logs]
    made = life.review()
    cards = decisions(made)
    assert (cards[hurt.exercise].rule, cards[hurt.exercise].action) == ("r01", "stop")
    assert cards[hurt.exercise].to == "neu_1"
    assert hurt.exercise not in {each.exercise for each in life.plan.standing}
    assert "leg_symptom" in [each.rule for each in made.notes]
    assert sum(each.action == "stop" for each in made.decisions) == 1


def test_two_weeks_without_an_exercise_swap_it() -> None:
    life = Life()
    for missed in (1, 2):
        for _ in range(7):
            life.morning()
            found = life.today().session
            if found is not None:
                keep = tuple(p.exercise for p in found.prescriptions if p.exercise != "sqt_2")
                life.log(found, only=keep)
            life.day += timedelta(days=1)
        life.morning()
        made = life.review()
        card = decisions(made)["sqt_2"]
        assert card.rule == "r03"
        assert not card.safety
        if missed == 1:
            assert card.action == "hold"
            assert life.standing("sqt_2").missed == 1
    assert card.action in ("swap", "remove")
    assert "sqt_2" not in {each.exercise for each in life.plan.standing}


def test_a_pause_and_a_flare_week_are_not_missed() -> None:
    for kind in ("paused", "flare"):
        life = Life()
        if kind == "paused":
            life.pauses = [Pause(id="p", start=START + timedelta(days=3), end=START + timedelta(days=4))]
        else:
            life.flares = [Flare(id="f", start=START, end=START + timedelta(days=5))]
        life.day += timedelta(days=7)
        life.morning()
        made = life.review()
        assert made.overall.kind == kind
        assert all(each.missed == 0 for each in life.plan.standing)
    assert life.plan.completion[-1] == 0
    life = Life()
    life.pauses = [Pause(id="p", start=START + timedelta(days=3), end=START + timedelta(days=4))]
    life.day += timedelta(days=7)
    life.review()
    assert life.plan.completion == (None,)


def test_a_flare_cuts_once_and_then_holds() -> None:
    life = weeks(2)
    before = {each.exercise: each.dose.size for each in life.plan.standing}
    life.flares = [Flare(id="f", start=life.day + timedelta(days=2), end=life.day + timedelta(days=9))]
    life.week()
    made = life.review()
    assert made.overall.flare_new
    after = {each.exercise: each.dose.size for each in life.plan.standing}
    assert all(after[name] <= 0.9 * size for name, size in before.items() if name in after)
    life.week()
    made = life.review()
    assert made.overall.flare_active
    assert not made.overall.flare_new
    again = {each.exercise: each.dose.size for each in life.plan.standing}
    assert again == after


def test_a_step_back_starts_the_rung_below_with_no_more_sets() -> None:
    life = weeks(1)
    life.week(before=3, pain=3)
    for n, each in enumerate(life.logs):
        if each.date >= life.plan.week.starts:
            life.logs[n] = replace(
                each,
                exercises=tuple(
                    replace(e, pain_max=8.0) if e.exercise == "glu_2" else e for e in each.exercises
                ),
            )
    old = life.standing("glu_2")
    made = life.review()
    card = decisions(made)["glu_2"]
    assert (card.rule, card.action, card.to, card.safety) == ("r04", "step_back", "glu_1", True)
    new = life.standing("glu_1")
    assert new.dose.sets <= old.dose.sets
    assert (new.prev, new.started, new.levels, new.since_week) == ("step_back", False, (), 3)


def test_an_advance_starts_the_next_rung_and_counts_against_the_cap() -> None:
    life = Life()
    seen: list[tuple[int, int]] = []
    for _ in range(11):
        life.week()
        made = life.review()
        ups = [
            each
            for each in made.decisions
            if each.action == "advance" and not each.exercise.startswith("aer")
        ]
        seen.append((life.plan.week.number, len(ups)))
        for each in ups:
            new = life.standing(each.to)
            assert new.rung > library().exercises[each.exercise].rung
            assert not new.started
            assert each.rule == "r16"
    assert sum(count for _, count in seen) >= 3
    assert all(count <= (2 if week <= 4 else 3) for week, count in seen)


def test_gates_open_when_their_code_is_met() -> None:
    life = weeks(1)
    assert "dis_2_a6" in life.plan.gates
    assert not any(each.startswith("hng") for each in life.plan.gates)


def test_an_advance_waits_for_its_gate() -> None:
    life = Life()
    for _ in range(4):
        life.week()
        life.review()
    old = life.standing("hng_2")
    ex = library().exercises["hng_3"]
    ready = replace(old, exercise="hng_3", rung=3, dose=replace(ex.dose, sets=3, reps=15), started=True)
    ready = replace(ready, prescription=replace(old.prescription, exercise="hng_3", rung=3, dose=ready.dose))
    levels = tuple(ready if each.exercise == "hng_2" else each for each in life.plan.standing)
    sessions = tuple(
        replace(
            s, prescriptions=tuple(ready.prescription if p.ladder == "hng" else p for p in s.prescriptions)
        )
        for s in life.plan.week.sessions
    )
    life.plan = replace(life.plan, standing=levels, week=replace(life.plan.week, sessions=sessions), gates=())
    life.week(clean_reps=5)
    card = decisions(life.review())["hng_3"]
    assert (card.rule, card.action) == ("gate", "hold")
    assert "r16" in card.also


def test_caps_keep_hard_sets_and_the_week() -> None:
    life = Life()
    for _ in range(12):
        before = life.plan
        life.week()
        life.review()
        limit = caps.caps(before, life.plan.kinds[-1], RULES)
        assert limit is None or caps.over(life.plan.week, limit, RULES) == ""


def test_hard_sets_cap_by_its_formula() -> None:
    made = plan()
    for ref, most in ((2, 4), (10, 12), (15, 18), (40, 44)):
        known = replace(made, kinds=("loaded",), hard_sets=(float(ref),), loads=(100.0,))
        limit = caps.caps(known, "flare", RULES)
        assert limit is not None
        assert limit.hard_sets == most
        assert limit.load == 160
    assert caps.caps(replace(made, kinds=(), hard_sets=(), loads=()), "paused", RULES) is None


def test_walking_grows_by_a_tenth_within_its_minutes() -> None:
    life = Life(plan(walk_minutes=51))
    assert life.plan.walk is not None
    sizes = []
    for _ in range(6):
        life.week()
        life.review()
        walk = life.plan.week.walk
        assert walk is not None
        assert walk.minutes * walk.times <= 51
        sizes.append(life.plan.walk.dose.minutes)
    assert sizes[-1] <= 17


# ---- veto and bounds ---------------------------------------------------------------------------------------


def test_a_veto_takes_back_a_rise_and_refuses_a_cut() -> None:
    life = weeks(1)
    life.week(before=3, pain=3)
    for n, log in enumerate(life.logs):
        if log.date >= life.plan.week.starts:
            life.logs[n] = replace(
                log,
                exercises=tuple(
                    replace(e, pain_max=6.0) if e.exercise == "glu_2" else e for e in log.exercises
                ),
            )
    before = life.plan
    made = life.review()
    assert decisions(made)["glu_2"].action == "reduce"
    changed, after, refused = veto(made, before, life.plan, ("dis_2", "glu_2"), template(), library())
    assert refused == ("glu_2",)
    kept = {each.exercise: each for each in after.standing}
    assert kept["dis_2"].dose == next(each for each in before.standing if each.exercise == "dis_2").dose
    assert kept["glu_2"].dose == life.standing("glu_2").dose
    assert kept["dis_2"].levels == life.standing("dis_2").levels
    assert decisions(changed)["dis_2"].vetoed
    assert not decisions(changed)["glu_2"].vetoed
    assert (after.version, changed.plan_after) == (life.plan.version + 1, after.id)
    for session in after.week.sessions:
        for each in session.prescriptions:
            assert each.dose.size <= kept[each.exercise].dose.size


def test_a_vetoed_swap_brings_the_exercise_back_a_little_lower() -> None:
    life = Life()
    for _ in range(2):
        for _ in range(7):
            life.morning()
            found = life.today().session
            if found is not None:
                life.log(found, only=tuple(p.exercise for p in found.prescriptions if p.exercise != "ant_2"))
            life.day += timedelta(days=1)
        life.morning()
        before = life.plan
        made = life.review()
    assert decisions(made)["ant_2"].action in ("swap", "remove")
    _, after, refused = veto(made, before, life.plan, ("ant_2",), template(), library())
    assert refused == ()
    back = next(each for each in after.standing if each.exercise == "ant_2")
    old = next(each for each in before.standing if each.exercise == "ant_2")
    assert back.dose.size <= 0.9 * old.dose.size
    assert len(after.standing) == len(before.standing)


def test_a_swap_for_safety_is_not_taken_back() -> None:
    life = Life(plan(tier="e1"))
    life.week()
    for n, log in enumerate(life.logs):
        life.logs[n] = replace(
            log, exercises=tuple(replace(e, form=2) if e.exercise == "sqt_1" else e for e in log.exercises)
        )
    life.plan = replace(
        life.plan,
        standing=tuple(replace(s, prev_form=2) if s.exercise == "sqt_1" else s for s in life.plan.standing),
    )
    before = life.plan
    made = life.review()
    card = decisions(made)["sqt_1"]
    assert (card.rule, card.safety) == ("r07", True)
    assert card.action in ("swap", "remove")
    assert veto(made, before, life.plan, ("sqt_1",), template(), library()) == (made, life.plan, ("sqt_1",))


def test_sessions_and_doses_never_grow_together() -> None:
    life = Life()
    week = replace(life.plan.week, sessions=life.plan.week.sessions[:1])
    life.plan = replace(life.plan, week=week)
    life.week()
    made = life.review()
    assert len(life.plan.week.sessions) == 2
    assert not any(each.action in ("add", "advance") for each in made.decisions)
    assert "cap_sessions" in {each.rule for each in made.decisions}
    life.week()
    life.review()
    assert len(life.plan.week.sessions) == 3
    life.week()
    assert any(each.action == "add" for each in life.review().decisions) or life.plan.week.deload


def test_a_lower_rung_in_its_place_is_no_absence() -> None:
    life = Life()
    life.week()
    life.review()
    life.day += timedelta(days=16)
    life.review()
    life.week()
    made = life.review()
    away = {each.exercise for each in made.evidence if each.planned and not each.done}
    assert away
    for name in away:
        assert life.standing(name).missed == 0


def test_a_therapists_file_keeps_the_engine_off() -> None:
    made: Plan = replace(plan(), bounds=Bounds(engine_may=("rung",), caps={}))
    life = Life(made)
    life.week()
    assert {each.rule for each in life.review().decisions} == {"bounds"}


def at_the_top(sets: int, **fields: Any) -> Life:
    """A life after week 6 whose every level was done twice at the top of its range, with so many sets."""
    made = plan("load", "e3", session_minutes=60, **fields)
    levels = []
    for each in made.standing:
        rung = library().exercises[each.exercise]
        top = {rung.vary: type(getattr(each.dose, rung.vary))(rung.top)} if rung.vary and rung.top else {}
        dose = replace(each.dose, sets=sets, **top)
        levels.append(
            replace(each, dose=dose, prescription=replace(each.prescription, dose=dose), started=True)
        )
    made = replace(made, standing=tuple(levels), start=START - timedelta(days=28))
    life = Life(replace(made, week=build_week(made, 5, START, template(), library())))
    life.day = START
    life.checkins = [life._morning(START - timedelta(days=n), {}) for n in range(8, 0, -1)]
    life.week()
    life.review(screen=None)  # nothing rises without the questions
    life.week()
    return life


def test_caps_take_rises_back_and_say_so() -> None:
    life = at_the_top(1)
    before = life.plan
    made = life.review()
    cards = {each.rule for each in made.decisions}
    assert {"r15", "cap_hard_sets"} <= cards, "some grow, and some wait for the week"
    limit = caps.caps(before, "loaded", RULES)
    assert limit is not None
    assert caps.hard_sets(life.plan.week, RULES) <= limit.hard_sets
    climbing = at_the_top(3)
    rules = [each.rule for each in climbing.review().decisions]
    assert rules.count("r16") == 3
    assert "cap_rungs" in rules
