"""The invariants of progression.md: on random lives, on random decisions, on pairs, and for liveness."""

from __future__ import annotations

import os
import random
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from program_invariants import RISES, check, level, levels
from program_weeks import SCREEN, Life, case_of, evidence, library, overall, plan, review_of, template

from coach.model.assessment import Triage
from coach.model.exercise import Dose, Exercise
from coach.model.log import CheckIn, ExerciseLog, Flare, History, Pause, SessionLog, SetLog
from coach.model.noun import to_json
from coach.model.plan import Standing
from coach.model.review import Evidence, Review, WeekEvidence
from coach.programs.decide import Outcome, Situation, decide
from coach.programs.limits import limited
from coach.programs.review import NotDue, review, veto
from coach.programs.steps import Room

STEPS = 100_000
PRIMARIES = ("load", "flex", "ext", "mc", "glut", "asym", "neur", "unclear")


# ---- random lives through the whole review -------------------------------------------------------------


def log_of(rng: random.Random, given: Any, hard: float, base: int) -> ExerciseLog:
    dose = given.dose
    sets = tuple(
        SetLog(
            reps=None if dose.reps is None else max(0, dose.reps - (rng.random() < hard) * rng.randint(0, 4)),
            hold_s=dose.hold_s,
            metres=dose.metres,
            minutes=dose.minutes,
            rounds=dose.rounds,
            load_kg=dose.load_kg,
        )
        for _ in range(dose.sets - (rng.random() < hard))
    )
    before = base + rng.choice((0, 0, 0, 1)) if rng.random() > hard else rng.randint(1, 5)
    from coach.programs.session import exercise_log

    def told(value: Any) -> Any:
        return None if rng.random() < 0.02 else value

    return exercise_log(
        given,
        sets=sets if rng.random() < 0.95 else None,
        rpe=told(min(10, max(0, dose.mid_rpe + rng.choice((-1, -0.5, 0, 0, 0)) + 4 * (rng.random() < hard)))),
        before=told(before),
        pain=told(min(10, before + rng.choice((0, 0, 0, 0, 1)) + rng.randint(0, 5) * (rng.random() < hard))),
        form=told(rng.choice((0, 0, 0, 1)) if rng.random() > hard else 2),
        reserve=rng.choice((None, 1, 2, 3)),
        clean_reps=rng.choice((None, 7, 9, 10)),
        leg="new" if rng.random() < hard * 0.05 else None,
    )


def live(
    rng: random.Random, weeks: int, shape: Any = None, books: Any = None
) -> list[tuple[Any, Review, Any]]:
    """A random person's weeks, from easy to hard, with flares, pauses, late reviews and lost entries."""
    made = plan(
        rng.choice(PRIMARIES),
        rng.choice(("e1", "e2", "e3")),
        shape=shape,
        books=books,
        days_per_week=rng.choice((2, 3, 4, 5)),
        session_minutes=rng.choice((10, 15, 20, 30, 45)),
        walk_minutes=rng.choice((0, 30, 100, 150)),
        equipment=rng.choice(((), ("band", "mat"), ("weight", "band", "mat", "step", "stick", "sofa"))),
        body_weight_kg=rng.choice((None, 60, 90)),
        floor=rng.random() < 0.8,
    )
    life, hard, base = Life(made, shape, books), rng.choice((0.0, 0.0, 0.1, 0.3, 0.6)), rng.randint(1, 5)
    poor = rng.random() < 0.1
    found = []
    for _ in range(weeks):
        for _ in range(7 if rng.random() < 0.85 else rng.randint(8, 30)):
            bad = rng.random() < hard * 0.4
            if rng.random() < 0.92:
                life.morning(
                    pain=min(10, max(0, base + rng.choice((0, 0, 0, 1)) + 3 * bad)),
                    sleep_hours=rng.choice((4.5, 6, 7.5, 8)) if rng.random() < hard else 7.5,
                    sleep_quality=2 if poor else 7,
                    stress=rng.choice((3, 9)) if rng.random() < hard or poor else 3,
                )
            day = life.today()
            if day.session is not None and rng.random() > hard * 0.5:
                logs = tuple(log_of(rng, each, hard, base) for each in day.session.prescriptions)
                life.logs.append(
                    SessionLog(
                        id=f"{life.day}/{day.session.id}",
                        session=day.session.id,
                        date=life.day,
                        exercises=logs,
                    )
                )
            if day.walk is not None and rng.random() < 0.6:
                log = log_of(rng, day.walk.prescription, hard, base)
                life.logs.append(
                    SessionLog(
                        id=f"{life.day}/walk", session="walk", date=life.day, kind="walk", exercises=(log,)
                    )
                )
            if rng.random() < hard * 0.03:
                life.flares.append(Flare(id=f"f{life.day}", start=life.day))
            if rng.random() < 0.004:
                life.pauses.append(Pause(id=f"p{life.day}", start=life.day, end=life.day + timedelta(days=4)))
            life.day += timedelta(days=1)
        life.morning(pain=base)
        before = life.plan
        red = Triage(level="T1_CLINICIAN") if rng.random() < 0.004 else None
        made_review = life.review(screen=None if rng.random() < 0.06 else SCREEN, triage=red)
        found.append((before, made_review, life.plan))
    return found


LIVES = 60


@pytest.mark.parametrize("seed", range(6))
def test_random_lives_keep_every_invariant(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(LIVES // 6):
        for before, made, after in live(rng, 12):
            check(before, made, after)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 120))
def test_many_random_lives_keep_every_invariant(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(50):
        for before, made, after in live(rng, 14):
            check(before, made, after)


def test_random_lives_reach_nearly_every_row() -> None:
    """The lives above are worth something only if they meet the rules they are to test."""
    rng, seen = random.Random(99), set()
    for _ in range(25):
        for _, made, _ in live(rng, 10):
            for each in made.decisions:
                seen.update((each.rule, *each.also))
    wanted = {f"r{n:02d}" for n in range(1, 18)} | {"inv_12", "screen"}
    assert wanted <= seen, wanted - seen


# ---- random decisions, many of them --------------------------------------------------------------------

EDGES = (0, 1, 1.5, 1.6, 2, 2.5, 2.6, 3, 4)


def random_evidence(
    rng: random.Random, standing: Standing, target: tuple[float, float], state: dict[str, Any]
) -> Evidence:
    calm = rng.random() < 0.6
    done = rng.choice((3, 3, 3, 2, 1, 0)) if not calm else 3
    before = rng.randint(0, 8)
    D = tuple(0.0 if calm else float(rng.choice(EDGES)) for _ in range(done))
    P = before if calm else min(10, before + rng.choice((0, 0, 1, 2, 3, 5)))
    w = None if calm or rng.random() < 0.5 else max(0.0, before - rng.choice((0, 1, 2.6)))
    rpe = rng.choice((target[0], sum(target) / 2)) if calm else rng.choice((3, 5, 6.5, 8, 8.6, 9.5))
    state["missed"] = 0 if done else state["missed"] + 1
    top = calm and rng.random() < 0.3
    return evidence(
        standing,
        b=None if not calm and rng.random() < 0.05 else before,
        P=None if not calm and rng.random() < 0.05 else P,
        D=D,
        w=w,
        done=done,
        completion=rng.choice((100.0, 100.0, 85.0, 79.0, 40.0)) if done else None,
        rpe=rpe if done else None,
        target=target,
        form=rng.choice((0, 0, 0, 1, 2)) if done else None,
        prev_form=rng.choice((None, 0, 2)),
        readiness=rng.choice((None, 45.0, 55.0, 75.0)) if not calm else 75.0,
        top=top,
        advance_met=rng.random() < 0.7,
        easy_sessions=rng.random() < 0.7,
        prev=rng.choice((None, "add", "reduce", "reduce40", "step_back", "hold")),
        missed=state["missed"],
        leg=rng.random() < 0.01,
        best=rng.choice((None, standing.dose.size, standing.dose.size * 0.9, standing.dose.size * 0.7)),
        first_session_red=rng.random() < 0.05,
    )


def random_week(rng: random.Random) -> WeekEvidence:
    flare = rng.random() < 0.1
    return overall(
        screened=rng.random() > 0.05,
        flare_active=flare,
        flare_new=flare and rng.random() < 0.5,
        kind="flare" if flare else rng.choice(("loaded", "loaded", "loaded", "deload", "paused")),
        deload_next=rng.random() < 0.1,
        readiness_red=rng.random() < 0.05,
        gap_days=rng.choice((1, 3, 9, 20)),
        provoked=rng.choice(((), (), ("extension",), ("flexion", "side"))),
    )


def fuzz(rng: random.Random, steps: int) -> None:
    """Levels that move for thousands of weeks under random evidence; each step keeps the invariants."""
    names = sorted(library().exercises)
    state: dict[str, Any] = {"missed": 0}
    standing: Standing | None = None
    for _ in range(steps):
        if standing is None or rng.random() < 0.02:
            standing, exercise, situation = _begin(rng, library().exercises[rng.choice(names)])
            state["missed"] = 0
        week = random_week(rng)
        target = rng.choice(((2, 3), (4, 6), (5, 7)))
        ev = random_evidence(rng, standing, target, state)
        case = case_of(ev, week, standing, situation)
        outcome = limited(decide(case), case)
        if outcome.action in ("advance", "step_back", "swap", "stop"):
            standing = None
            continue
        made = review_of(week)
        level(ev, standing, outcome.dose, made, rose=outcome.action == "add")
        assert outcome.shown.size <= outcome.dose.size + 1e-9
        assert outcome.action != "add" or exercise.direction not in week.provoked
        standing = replace(
            standing, dose=outcome.dose, load_steps=standing.load_steps + (outcome.step == "load")
        )


def _begin(rng: random.Random, exercise: Exercise) -> tuple[Standing, Exercise, Situation]:
    load = rng.choice((0.5, 2.0, 6.0, 15.0)) if "weight" in exercise.equipment else None
    dose = replace(exercise.dose, load_kg=load)
    room = Room(sets=rng.choice((2, 3, 4)), kg_step=rng.choice((0.5, 1.0)), kg_most=rng.choice((None, 20.0)))
    found = Situation(
        room=room, lower=rng.random() < 0.7, by_response=rng.random() < 0.1, walk=exercise.ladder == "aer"
    )
    from program_weeks import standing as make

    return make(exercise.id, dose=dose), exercise, found


def test_a_hundred_thousand_random_decisions() -> None:
    fuzz(random.Random(7), STEPS)


@pytest.mark.long
def test_a_million_random_decisions() -> None:
    fuzz(random.Random(int(os.environ.get("COACH_SEED", "11"))), 1_000_000)


# ---- pairs ---------------------------------------------------------------------------------------------

_ORDER = {"stop_all": 0, "stop": 1, "remove": 1, "swap": 2, "step_back": 2}


def load_of(outcome: Outcome) -> tuple[float, float, float]:
    """Resulting load: stopped, a lower rung, the level; a load step counts as more, a new rung as most."""
    if outcome.action in _ORDER:
        return (_ORDER[outcome.action], 0, 0)
    if outcome.action == "advance":
        return (4, 0, 0)
    return (3, outcome.dose.load_kg or 0 if outcome.step == "load" else 0, outcome.shown.size)


doses = st.builds(
    lambda sets, reps, kg: Dose(sets=sets, reps=reps, load_kg=kg, rpe=(4, 6)),
    st.integers(1, 4), st.integers(1, 12), st.sampled_from([None, 1.0, 4.0, 12.0]),
)  # fmt: skip
weeks = st.fixed_dictionaries(
    {
        "b": st.integers(0, 8),
        "P": st.integers(0, 10),
        "w": st.one_of(st.none(), st.integers(0, 8)),
        "D": st.lists(st.sampled_from([0.0, 0.5, 1.0, 1.5, 2.0, 2.6, 3.0]), min_size=1, max_size=3),
        "rpe": st.sampled_from([3.0, 4.0, 5.0, 5.5, 6.0, 6.5, 8.0, 8.6]),
        "completion": st.sampled_from([40.0, 79.0, 85.0, 95.0, 100.0]),
        "form": st.sampled_from([0, 1, 2]),
        "prev_form": st.sampled_from([0, 2]),
        "readiness": st.sampled_from([40.0, 55.0, 65.0, 80.0]),
        "top": st.booleans(),
        "easy_sessions": st.booleans(),
        "prev": st.sampled_from([None, "add", "reduce", "reduce40", "step_back"]),
    }
)


def outcome_of(
    dose: Dose, fields: dict[str, Any], week: WeekEvidence | None = None, name: str = "hng_4"
) -> Outcome:
    from program_weeks import standing as make

    given_, week = make(name, dose=dose), week or overall()
    situation = Situation(room=Room(sets=3, kg_most=20.0, gated=True))
    ev = evidence(given_, **{"best": dose.size, **fields})
    case = case_of(ev, week, given_, situation)
    return limited(decide(case), case)


@settings(max_examples=400, deadline=None)
@given(doses, weeks, st.sampled_from(["P", "both", "D", "rpe", "readiness"]))
def test_more_of_anything_bad_never_gives_more_load(dose: Dose, fields: dict[str, Any], what: str) -> None:
    worse = dict(fields)
    if what == "P":
        worse["P"] = min(10, fields["P"] + 1)
    elif what == "both":
        worse["P"], worse["b"] = fields["P"] + 1, fields["b"] + 1
        if fields["w"] is None:
            worse["w"] = fields["b"]  # usual pain is of the days before, and stays
            fields = {**fields, "w": fields["b"]}
    elif what == "D":
        worse["D"] = [min(4.0, each + 0.5) for each in fields["D"]]
    elif what == "rpe":
        worse["rpe"] = min(10.0, fields["rpe"] + 0.5)
        worse["easy_sessions"] = False
    else:
        worse["readiness"] = fields["readiness"] - 10
    assert load_of(outcome_of(dose, worse)) <= load_of(outcome_of(dose, fields))


@settings(max_examples=200, deadline=None)
@given(doses, weeks, st.sampled_from(["flare", "gap", "red", "provoked", "unscreened"]))
def test_a_harder_week_never_gives_more_load(dose: Dose, fields: dict[str, Any], what: str) -> None:
    worse = {
        "flare": overall(flare_active=True, flare_new=True, kind="flare"),
        "gap": overall(gap_days=20),
        "red": overall(readiness_red=True),
        "provoked": overall(provoked=("none",)),
        "unscreened": overall(screened=False),
    }[what]
    assert load_of(outcome_of(dose, fields, worse)) <= load_of(outcome_of(dose, fields))


@settings(max_examples=300, deadline=None)
@given(
    doses, weeks, st.sampled_from(["rpe", "form", "readiness", "completion", "P", "b", "D", "advance_met"])
)
def test_what_nobody_told_never_raises(dose: Dose, fields: dict[str, Any], gone: str) -> None:
    less = {
        **fields,
        gone: [None, *fields["D"][1:]] if gone == "D" else False if gone == "advance_met" else None,
    }
    if gone == "b" and fields["w"] is None:
        less["w"] = fields["b"]
    found, full = outcome_of(dose, less), outcome_of(dose, fields)
    assert found.action not in RISES or full.action == found.action


@settings(max_examples=200, deadline=None)
@given(doses.filter(lambda dose: dose.load_kg), weeks)
def test_double_the_load_is_double_the_load(dose: Dose, fields: dict[str, Any]) -> None:
    heavy = replace(dose, load_kg=2 * (dose.load_kg or 0))
    one, two = outcome_of(dose, fields), outcome_of(heavy, fields)
    if one.rule == two.rule and one.action == two.action and one.dose.load_kg:
        # one load step of rounding; at the smallest step repetitions fall in its place
        assert abs((two.dose.load_kg or 0) - 2 * one.dose.load_kg) <= 2.0


@settings(max_examples=100, deadline=None)
@given(weeks)
def test_directions_are_alike(fields: dict[str, Any]) -> None:
    dose = Dose(sets=2, reps=6, rpe=(4, 6))
    pairs = {"flexion": "dir_5", "extension": "dir_2"}
    found = []
    for own, other in (("flexion", "extension"), ("extension", "flexion")):
        for hurt in (own, other):
            outcome = outcome_of(dose, fields, overall(provoked=(hurt,)), pairs[own])
            found.append((outcome.rule, outcome.action))
    assert found[0] == found[2]
    assert found[1] == found[3]


@pytest.mark.parametrize("seed", range(4))
def test_order_of_entry_changes_nothing_and_a_replay_is_the_same(seed: int) -> None:
    life = Life(plan("flex"))
    for _ in range(3):
        life.week()
        life.review()
    life.week(rpe=4, pain=4)
    rng = random.Random(seed)
    kwargs: dict[str, Any] = {"today": life.day, "screen": SCREEN}
    first = review(life.plan, life.history, template(), library(), **kwargs)
    shuffled = list(life.logs)
    rng.shuffle(shuffled)
    shuffled = [
        replace(each, exercises=tuple(rng.sample(each.exercises, len(each.exercises)))) for each in shuffled
    ]
    shuffled.sort(key=lambda each: each.date)
    history = replace(life.history, sessions=tuple(shuffled))
    again = review(life.plan, history, template(), library(), **kwargs)
    assert [to_json(each) for each in first] == [to_json(each) for each in again]


@pytest.mark.parametrize("seed", range(3))
def test_losing_entries_never_raises_a_level(seed: int) -> None:
    rng = random.Random(seed)
    life = Life()
    for _ in range(2):
        life.week()
        life.review()
    life.week()
    full = review(life.plan, life.history, template(), library(), today=life.day, screen=SCREEN)[1]
    checkins = tuple(each for each in life.checkins if rng.random() < 0.8)
    logs = tuple(
        replace(
            each,
            exercises=tuple(
                replace(log, rpe=log.rpe if rng.random() < 0.6 else None) for log in each.exercises
            ),
        )
        for each in life.logs
        if rng.random() < 0.8
    )
    history = History(checkins=checkins, sessions=logs)
    less = review(life.plan, history, template(), library(), today=life.day, screen=SCREEN)[1]
    for name, each in levels(less).items():
        if name in levels(full):
            assert each.dose.size <= levels(full)[name].dose.size


# ---- liveness -------------------------------------------------------------------------------------------


def ratio(life: Life, start: dict[str, Standing]) -> dict[str, float]:
    """How much each exercise of the start has grown; a new rung is more than any growth."""
    found = {}
    for name, each in start.items():
        exercise = library().exercises[name]
        if exercise.vary is None or (each.ladder == "aer" and exercise.dose.minutes == exercise.top):
            continue
        now = next((s for s in levels(life.plan).values() if s.ladder == each.ladder), None)
        if now is not None:
            found[name] = 9.0 if now.rung > each.rung else now.dose.size / each.dose.size
    return found


@pytest.mark.parametrize("primary", ["load", "flex", "glut"])
def test_six_perfect_weeks_raise_the_dose_by_a_quarter(primary: str) -> None:
    life = Life(plan(primary))
    start = levels(life.plan)
    weeks = 0
    while weeks < 6:
        life.week()
        weeks += life.plan.week.deload is False
        life.review()
    grown = {n: r for n, r in ratio(life, start).items() if start[n].ladder not in ("aer", "mob")}
    assert len(grown) >= 8
    assert all(each >= 1.25 for each in grown.values()), grown


def test_two_of_three_sessions_still_progress_and_progress_goes_on() -> None:
    life = Life()
    start = levels(life.plan)
    sizes = []
    for _ in range(7):
        life.week(skip=1)
        life.review()
        sizes.append(sum(ratio(life, start).values()))
    assert sizes[-1] > sizes[2] > len(ratio(life, start)) * 1.02


def test_back_within_four_good_weeks_of_a_flare() -> None:
    life = Life()
    for _ in range(5):
        life.week()
        life.review()
    before = levels(life.plan)
    life.flares = [Flare(id="f", start=life.day + timedelta(days=1), end=life.day + timedelta(days=6))]
    life.week()
    life.review()
    down = levels(life.plan)
    assert all(down[name].dose.size <= 0.9 * each.dose.size for name, each in before.items() if name in down)
    good = 0
    while good < 4:
        life.week()
        good += not life.plan.week.deload
        life.review()
    for name, share in ratio(life, before).items():
        assert share >= 0.95, (name, share)


def test_a_week_in_time_only_and_late_reviews_take_one_step() -> None:
    life = Life()
    with pytest.raises(NotDue):
        review(
            life.plan, life.history, template(), library(), today=life.day + timedelta(days=6), screen=SCREEN
        )
    life.week()
    before = levels(life.plan)
    life.day += timedelta(days=2)
    life.checkins.append(CheckIn(date=life.day, pain=3, sleep_hours=7.5, sleep_quality=7, stress=3))
    made = life.review()
    assert life.plan.week.starts == life.plan.start + timedelta(days=7)
    assert life.plan.week.number == 2
    for name, each in levels(life.plan).items():
        assert each.dose.size <= before[name].dose.size * 1.26
    assert made.overall.ends == life.day - timedelta(days=1)


def test_vetoes_keep_the_invariants_too() -> None:
    life = Life()
    life.week()
    before = life.plan
    made = life.review()
    ids = tuple(each.id for each in made.decisions if each.action == "add")
    changed, after, refused = veto(made, before, life.plan, ids, template(), library())
    assert refused == ()
    for each in ids:
        assert levels(after)[each].dose == levels(before)[each].dose
    assert all(each.vetoed for each in changed.decisions if each.id in ids)
