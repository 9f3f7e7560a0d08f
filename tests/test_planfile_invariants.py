"""No plan file, however it is written, makes the engine break an invariant or relax the safety floor."""

from __future__ import annotations

import random
from typing import Any

import pytest
from msgspec.structs import replace
from planfile_random import ASK, plan_file, shaped
from program_invariants import check
from program_weeks import SCREEN, Life, library, plan, template
from test_programs_invariants import live

from coach.model.condition import Bare, Compare
from coach.model.noun import from_json, to_json
from coach.model.plan import Plan
from coach.model.planfile import PlanFile
from coach.model.planlines import FileBounds, Rule, Then
from coach.model.review import Review
from coach.programs.allowed import Context, why_not
from coach.programs.limits import RISES
from coach.programs.orders import Orders, effort_within, level_within
from coach.programs.phases import Template
from coach.programs.prescribe import NothingToPrescribe
from coach.programs.review import review
from coach.programs.steering import LIFTS, tailored


def lived(
    seed: int, *, signed: bool = False, weeks: int = 10
) -> tuple[PlanFile, Template, list[tuple[Any, Review, Any]]]:
    """A random life on a random file; empty where the file leaves nothing to do."""
    rng = random.Random(seed)
    file = plan_file(rng)
    shape = shaped(file, signed=signed)
    try:
        return file, shape, live(rng, weeks, shape, tailored(library(), shape.orders))
    except NothingToPrescribe:
        return file, shape, []


def floor(file: PlanFile, shape: Template, before: Plan, made: Review, after: Plan) -> None:
    """What the safety floor keeps, beside the invariants: phases, tags, and the file's own ceilings."""
    assert set(file.avoid) <= set(after.tags)
    assert set(after.lifted) <= set(LIFTS)
    orders = shape.orders
    assert orders is not None
    if not orders.signed:
        assert after.lifted == ()
    phase = template().phase(after.week.number)
    context = Context.of(after, after.week.number)
    for session in after.week.sessions:
        assert session.minutes <= phase.minutes[1] + 0.1
        for each in session.prescriptions:
            assert each.dose.sets <= phase.sets[1]
            assert each.dose.rpe[1] <= phase.rpe[1]
            line = orders.dose(each.exercise, after.week.number)
            assert level_within(each.dose, line) == each.dose
            assert effort_within(each.dose.rpe, line) == each.dose.rpe
            assert why_not(library().exercises[each.exercise], replace(context, left_out=frozenset())) is None
    if file.bounds.rungs is not None:
        assert (
            sum(each.action == "advance" for each in made.decisions if each.exercise[:3] != "aer")
            <= file.bounds.rungs
        )
    if "dose" not in file.bounds.engine_may:
        assert all(each.action != "add" for each in made.decisions)
    if "rung" not in file.bounds.engine_may:
        assert all(each.action != "advance" for each in made.decisions)
    for each in made.decisions:
        assert each.text
        if each.rule.startswith("plan_"):
            assert each.action not in RISES
            assert all(number.source for number in each.numbers)


@pytest.mark.parametrize("seed", range(45))
def test_no_file_breaks_an_invariant(seed: int) -> None:
    file, shape, weeks = lived(seed, signed=seed % 2 == 0)
    for before, made, after in weeks:
        check(before, made, after)
        floor(file, shape, before, made, after)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1000, 1500))
def test_no_file_of_many_breaks_an_invariant(seed: int) -> None:
    file, shape, weeks = lived(seed, signed=seed % 2 == 0, weeks=13)
    for before, made, after in weeks:
        check(before, made, after)
        floor(file, shape, before, made, after)


def test_the_lives_meet_what_files_say() -> None:
    """The lives above are worth something only if the files' words are heard in them."""
    seen: set[str] = set()
    some = 0
    for seed in range(60, 115):
        _, _, weeks = lived(seed)
        some += bool(weeks)
        for _, made, _ in weeks:
            for each in made.decisions:
                seen.update((each.rule, *each.also))
    assert some >= 20
    wanted = {
        "plan_rise",
        "plan_hold",
        "plan_ease",
        "plan_down",
        "plan_pain",
        "plan_rule",
        "plan_dose",
    }
    assert wanted <= seen, wanted - seen


def test_the_same_file_gives_the_same_plan() -> None:
    for seed in range(300, 310):
        one, two = (lived(seed, weeks=3)[2] for _ in range(2))
        assert [(to_json(a), to_json(b)) for _, a, b in one] == [(to_json(a), to_json(b)) for _, a, b in two]
        for _, _, after in one:
            assert from_json(to_json(after), Plan) == after


def test_a_file_never_gives_more_than_none() -> None:
    """One review of the same week with and without a file: with it no level is higher.

    Where a cap of the week held one exercise for another, a file that holds the other may let it through;
    those pairs are left out.
    """
    compared = 0
    for seed in range(200, 240):
        rng = random.Random(seed)
        life = Life(plan(rng.choice(("load", "flex")), rng.choice(("e1", "e2"))))
        for _ in range(rng.randint(1, 4)):
            life.week(rpe=rng.choice((3, 4)), pain=rng.choice((3, 3, 4, 5)))
            before, history, day = life.plan, life.history, life.day
            life.review()
        values = {"today": day, "screen": SCREEN}
        free, without = review(before, history, template(), library(), **values)
        shape = replace(template(), orders=Orders(file=plan_file(rng)))
        under, within = review(before, history, shape, library(), **values)
        capped = {each.exercise for each in free.decisions if each.rule.startswith("cap_")}
        levels_free = {each.exercise: each for each in without.standing}
        for each in under.decisions:
            now = next((s for s in within.standing if s.exercise == each.exercise), None)
            then = levels_free.get(each.exercise)
            if each.exercise in capped or now is None or each.to:
                continue
            if then is None:  # without the file it went on to another rung
                assert each.action not in RISES
                continue
            compared += 1
            assert now.dose.size <= then.dose.size + 1e-6 or (now.dose.load_kg or 0) < (
                then.dose.load_kg or 0
            )
    assert compared > 150


@pytest.mark.parametrize("rungs", [None, 0])
def test_a_file_may_let_no_new_rung_begin(rungs: int | None) -> None:
    file = PlanFile(id="f", title="F", extends="balanced", bounds=FileBounds(rungs=rungs))
    shape = shaped(file)
    life = Life(plan("load", "e1", shape=shape), shape)
    for _ in range(5):
        life.week()
        life.review()
    seen = {(each.rule, each.action) for made in life.reviews for each in made.decisions}
    assert (("r16", "advance") in seen) is (rungs is None)
    assert (("plan_rungs", "hold") in seen) is (rungs == 0)


def test_what_is_not_told_holds() -> None:
    """A condition that nobody answered lets nothing rise, and says what it lacked."""
    unsure = Compare(value=Bare(measure="ask.sure"), operator="<", number=4)
    rule = Rule(id="unsure", when=unsure, then=(Then(effect="reduce", percent=50),), say="Not sure.")
    file = PlanFile(id="f", title="F", extends="balanced", asks=(ASK,), rules=(rule,))
    shape = shaped(file)
    for told, wanted in (({}, {"plan_hold"}), ({"sure": 9.0}, set()), ({"sure": 2.0}, {"plan_rule"})):
        life = Life(plan(shape=shape), shape)
        life.week(rpe=2)
        made = life.review(asked=told)
        rules = {each.rule for each in made.decisions if each.rule.startswith("plan_")}
        assert rules == wanted
        rose = any(each.action in RISES for each in made.decisions)
        assert rose is (told == {"sure": 9.0})
        assert bool(life.plan.easings) is (told == {"sure": 2.0})
        held = next((each for each in made.decisions if each.rule in wanted), None)
        if held is not None:
            assert held.numbers[0].threshold == "< 4"
            assert held.numbers[0].value == told.get("sure")
            assert "your therapist's plan (f)" in held.numbers[0].source
            assert ("Not told" in held.text) is (not told)


def test_an_easing_lessens_the_days_and_leaves_the_level() -> None:
    sore = Compare(value=Bare(measure="pain"), operator=">=", number=4)
    rule = Rule(
        id="sore", scope="hng", when=sore, then=(Then(effect="reduce", percent=50),), say="A sore week."
    )
    shape = shaped(PlanFile(id="f", title="F", extends="balanced", rules=(rule,)))
    life = Life(plan(shape=shape), shape)
    life.week(morning={"pain": 4})
    before = next(each for each in life.plan.standing if each.ladder == "hng")
    life.review()
    after = life.standing(before.exercise)
    assert after.dose.size == before.dose.size
    shown = [p.dose for day in life.plan.week.sessions for p in day.prescriptions if p.ladder == "hng"]
    assert shown
    assert all(each.size <= 0.5 * before.dose.size for each in shown)
    life.week()
    life.review()
    back = [p.dose for day in life.plan.week.sessions for p in day.prescriptions if p.ladder == "hng"]
    assert all(each.size > 0.5 * before.dose.size for each in back)
