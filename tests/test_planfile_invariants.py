"""No plan file, however it is written, makes the engine break an invariant or relax the safety floor."""

from __future__ import annotations

import random
from typing import Any

import pytest
from msgspec.structs import replace
from planfile_random import plan_file, shaped
from program_invariants import check
from program_weeks import SCREEN, Life, library, plan, template
from test_programs_invariants import live

from coach.model.noun import from_json, to_json
from coach.model.plan import Plan
from coach.model.planfile import PlanFile
from coach.model.review import Review
from coach.programs.allowed import Context, why_not
from coach.programs.limits import RISES
from coach.programs.orders import Orders, level_within
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
            assert level_within(each.dose, orders.dose(each.exercise, after.week.number)) == each.dose
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
    for seed in range(60, 130):
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
