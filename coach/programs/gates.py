"""Gates: what opens a rung that a test, another ladder or calm weeks must come before."""

from __future__ import annotations

from collections.abc import Sequence

from coach.model.assessment import Profile
from coach.model.plan import Plan
from coach.model.review import Evidence, WeekEvidence
from coach.programs.library import Library

# The gates are those of ``clinical.md`` 5.3 and 4.5.
_CODES = ("a1", "a2", "a3", "a5", "a6")
_CALM = ("loaded", "deload")
BOW, HOLD, SLUMP = "mt_01_pass", "mt_11_60", "mt_20_calm"
"""Tests that were passed: the forward bow, the back hold, the slump in sitting."""
HEAVY, TENSIONER = "heavy_hinge", "neu_5_slump"
"""Gates that calm weeks keep open: they are read anew by each review."""


def from_tests(profile: Profile, library: Library, before: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The gates with what the movement tests of a profile say; a test that was not done leaves its own.

    The back hold counts by its seconds, whatever the age, and not where pain ended it; the slump where it
    gave a stretch only, for the test does not ask how strong a known symptom was.
    """
    least = library.building.number("heavy_hold")
    found = list(before)
    for each in profile.findings:
        passed = {
            "mt_01": each.met is False,
            "mt_11": isinstance(each.value, int | float) and each.value >= least and each.met is not None,
            "mt_20": each.met is False,
        }.get(each.id)
        name = {"mt_01": BOW, "mt_11": HOLD, "mt_20": SLUMP}.get(each.id, "")
        if passed and name not in found:
            found.append(name)
        elif passed is False and name in found:
            found.remove(name)
    return tuple(found)


def reviewed(
    plan: Plan, evidence: Sequence[Evidence], overall: WeekEvidence, library: Library
) -> tuple[str, ...]:
    """The gates after a week: those whose advance code was met, and those that calm weeks keep open."""
    opened = list(plan.gates)
    for each in evidence:
        code = library.exercises[each.exercise].advance
        name = f"{each.exercise}_{code}"
        if each.advance_met and code in _CODES and name not in opened:
            opened.append(name)
    calm = {HEAVY: _may_lift(opened, overall, library), TENSIONER: _steady(plan, evidence, overall, library)}
    for name, holds in calm.items():
        if holds and name not in opened:
            opened.append(name)
        elif holds is False and name in opened:
            opened.remove(name)
    return tuple(opened)


def _may_lift(opened: Sequence[str], overall: WeekEvidence, library: Library) -> bool | None:
    """The heavy-hinge gate of ``clinical.md`` 4.5; null leaves it as it is where the week told no pain."""
    if overall.pain is None:
        return None
    low = overall.pain < library.building.number("heavy_pain")
    return low and HOLD in opened and "hng_6_a3" in opened


def _steady(plan: Plan, evidence: Sequence[Evidence], overall: WeekEvidence, library: Library) -> bool | None:
    """Whether the slump was calm and two weeks in a row were: no flare-up, no leg symptom, no more pain."""
    if overall.pain is None or not plan.pain or plan.pain[-1] is None:
        return None if overall.kind in _CALM else False
    calm = overall.kind in _CALM and plan.kinds[-1:] != () and plan.kinds[-1] in _CALM
    same = overall.pain <= plan.pain[-1] + library.building.number("steady_pain")
    return SLUMP in plan.gates and calm and same and not any(each.leg for each in evidence)
