"""What must be true of every review (progression.md), as one function over plan, review, next plan."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

from program_weeks import RULES, library

from coach.model.exercise import Dose
from coach.model.noun import from_json, to_doc, to_json
from coach.model.plan import Plan, Standing, Week
from coach.model.review import Decision, Evidence, Review
from coach.programs import pain
from coach.programs.allowed import Context, anything, why_not
from coach.programs.dose import scale, smallest_step

RISES = ("add", "advance")
CUTS = ("reduce", "reduce40", "flare", "deload", "step_back", "stop", "stop_all", "remove", "swap")
SLACK = 1e-6


def levels(plan: Plan) -> dict[str, Standing]:
    every = (*plan.standing, *((plan.walk,) if plan.walk else ()))
    return {each.exercise: each for each in every}


def rises(evidence: Evidence) -> tuple[float, float]:
    """Largest P - w and largest D of a week, minus infinity where nobody told."""
    during = [each for s in evidence.sessions if (each := pain.over_usual(s)) is not None]
    after = [s.morning for s in evidence.sessions if s.morning is not None]
    return max(during, default=-math.inf), max(after, default=-math.inf)


def finite(value: Any) -> bool:
    if isinstance(value, dict):
        return all(finite(each) for each in value.values())
    if isinstance(value, list | tuple):
        return all(finite(each) for each in value)
    return not isinstance(value, int | float) or (math.isfinite(value) and value >= -10)


def one_change(before: Dose, after: Dose) -> None:
    """17: at most one of repetitions, sets, hold, load rises, by one smallest step or within 15 %."""
    up = [
        name
        for name in ("reps", "sets", "hold_s", "metres", "minutes", "rounds", "load_kg")
        if (getattr(after, name) or 0) > (getattr(before, name) or 0)
    ]
    assert len(up) <= 1, (before, after)
    if up == ["sets"]:
        assert after.sets == before.sets + 1
    elif up == ["load_kg"]:
        step = (after.load_kg or 0) - (before.load_kg or 0)
        assert step <= max(1.0, 0.1 * (before.load_kg or 0)) + SLACK
    elif up:
        assert after.size <= max(1.15 * before.size, before.size + smallest_step(before)) + SLACK


def level(ev: Evidence, old: Standing, dose: Dose, review: Review, *, rose: bool) -> None:
    """2-9, 13, 17, 18 for one exercise that stayed on its rung."""
    before, now, week = old.dose.size, dose.size, review.overall
    during, after = rises(ev)
    one_change(old.dose, dose)
    if rose:
        assert during <= 1.0
        assert after <= 1.5
        assert ev.done > 0
        assert not week.readiness_red
        assert week.screened
        assert not ev.first_session_red
        assert not old.rescaled
        assert week.kind != "deload"
        assert not week.flare_active
        if ev.best and dose.load_kg == old.dose.load_kg:
            step = now - before if dose.sets > old.dose.sets else smallest_step(old.dose)
            assert max(1.15 * ev.best, ev.best + step) + SLACK >= now
    else:
        assert now <= before + SLACK
    if week.red_flag and scale(old.dose, 0.9) is None:
        # A stop prescribes nothing (16). At one set of one the cut is STEP_BACK, to which STOP_ALL goes
        # before (clinical.md 6.7), so that the stored level alone may stay where it is.
        return
    if week.flare_new:
        assert now <= 0.9 * before + SLACK
    if during > 2.5 or after > 2.5:
        assert now <= 0.9 * before + SLACK
    if ev.done == 0 and week.kind in ("loaded", "deload") and ev.missed == 2:
        assert now <= 0.9 * before + SLACK
    if ev.done == 0 and week.kind in ("loaded", "deload") and ev.missed > 2:
        assert now <= 0.85 * before + SLACK
    if ev.rpe is not None and ev.rpe > 8.5:
        assert now <= 0.9 * before + SLACK


def card(each: Decision) -> None:
    """21, 22: a rise carries a rising reason, a cut a cutting one, and each its numbers or words."""
    assert each.text
    assert each.otherwise
    if each.action in RISES:
        assert each.rule in ("r15", "r16")
        assert each.numbers
    if each.action in CUTS:
        assert each.rule not in ("r14", "r15", "r16", "r17", "screen", "gate", "phase")
        assert not each.rule.startswith("cap_")
    for banned in (
        "cure",
        "fix ",
        "weak core",
        "proven",
        "unstable",
        "degenerat",
        "realign",
        "failed to",
        "you should have",
    ):
        assert banned not in each.text.lower()


def shares(plan: Plan, direction: str) -> float:
    sets = [(each.prescription.direction, each.dose.sets) for each in plan.standing if not each.deferred]
    total = sum(n for _, n in sets)
    return sum(n for d, n in sets if d == direction) / total if total else 0.0


def week_share(week: Week, direction: str) -> float:
    sets = [(each.direction, each.dose.sets) for day in week.sessions for each in day.prescriptions]
    total = sum(n for _, n in sets)
    return sum(n for d, n in sets if d == direction) / total if total else 0.0


def check(before: Plan, review: Review, after: Plan) -> None:
    """Every invariant that one review can show."""
    assert finite(to_doc(after))
    assert from_json(to_json(after), Plan) == after
    assert from_json(to_json(review), Review) == review
    known = {each.exercise: each for each in review.evidence}
    old, new = levels(before), levels(after)
    for each in review.decisions:
        card(each)
        if each.action == "start":
            assert old[each.exercise].deferred
            assert not new[each.exercise].deferred
            assert review.overall.screened
            assert not review.overall.flare_active
            continue
        if each.exercise in new and not each.to:
            now = new[each.exercise]
            if each.exercise in old:
                level(known[each.exercise], old[each.exercise], now.dose, review, rose=each.action == "add")
                assert now.levels[:-1] == old[each.exercise].levels[-3:]
        if each.action in RISES:
            target = library().exercises[each.to or each.exercise]
            assert target.direction not in review.overall.provoked
        if each.action == "advance":
            assert known[each.exercise].top
    for name in ("completion", "readiness", "pain", "kinds", "hard_sets", "loads"):
        assert getattr(after, name)[:-1] == getattr(before, name)
    planned(before, review, after)
    for direction in review.overall.provoked:
        growing = shares(after, direction) > shares(before, direction) + SLACK
        stuck = all(
            each.dose.sets == 1 for each in after.standing if each.prescription.direction == direction
        )
        assert not growing or stuck


def planned(before: Plan, review: Review, after: Plan) -> None:
    """10, 11, 15, 16, 19, 20 of the week that was built, and the caps of 6.2."""
    week = after.week
    if review.overall.red_flag:
        assert week.sessions == ()
        assert week.walk is None
        return
    rose = any(each.action in RISES for each in review.decisions)
    now, then = len(week.sessions), len(before.week.sessions)
    if then:
        assert now <= then + 1
        assert not (rose and now > then)
    if after.walk is not None:
        assert after.walk.ladder == "aer"  # what replaces a stopped walk (R01) is no walk
    context = Context.of(after, week.number)
    given = [each for session in week.sessions for each in session.prescriptions]
    standing = levels(after)
    for each in given:
        assert why_not(library().exercises[each.exercise], anything(context)) is None
        if each.warm_up:
            main = next(one for one in after.standing if one.came_from == each.exercise)
            assert main.exercise in {one.exercise for one in given}
            assert (each.dose.sets, each.hard) == (1, False)
            continue
        level_of = standing.get(each.exercise) or next(
            s for s in standing.values() if s.ladder == each.ladder and s.rung > each.rung
        )  # where the phase asks for less effort than the level needs, an easier rung stands in
        assert each.dose.sets <= level_of.dose.sets
    for direction in review.overall.provoked if then else ():
        # 12: of each session its last strength work stays at one set (5.4); then nothing is left to take
        growing = week_share(week, direction) > week_share(before.week, direction) + SLACK
        for day in week.sessions if growing else ():
            for p in day.prescriptions:
                if p.direction == direction:
                    assert p.dose.sets == 1
                    given_c3 = [e for e in day.prescriptions if e.component == "c3" and not e.warm_up]
                    # where no strength work is left, or a plan file has none, the last exercise stays
                    assert given_c3 == [p] or len(day.prescriptions) == 1
    own = sum(each.dose.time_min for each in given if each.reason.rule.startswith("profile_"))
    assert 100 * own <= 40 * sum(each.dose.time_min for each in given) + 1e-3 or all(
        each.dose.sets == 1 for each in given if each.reason.rule.startswith("profile_")
    )
    hard = [each.date for each in week.sessions if any(p.hard for p in each.prescriptions)]
    assert all((b - a).days >= 2 for a, b in pairwise(hard))
    for session in week.sessions:
        assert session.minutes <= after.preferences.session_minutes + 0.1
    if week.walk is not None:
        assert week.walk.times * week.walk.minutes <= after.preferences.walk_minutes + SLACK
    ups = [each for each in review.decisions if each.action in ("advance", "start")]
    assert len([each for each in ups if not each.exercise.startswith("aer")]) <= (
        2 if week.number <= 4 else 3
    )
    loaded = [s for s, k in zip(after.hard_sets, after.kinds, strict=False) if k == "loaded"]
    if loaded:
        ref = loaded[-1]
        hard_sets = sum(each.dose.all_sets for each in given if each.dose.mid_rpe >= RULES["hard_rpe"])
        one_each = all(each.dose.sets == 1 for each in given if each.dose.mid_rpe >= RULES["hard_rpe"])
        assert hard_sets <= min(max(int(1.2 * ref + SLACK), ref + 2), ref + 4) or one_each
    assert not (review.overall.deload_next and rose)
