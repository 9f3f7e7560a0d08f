"""Gates that tests, other ladders and calm weeks open, and what closes them again."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from program_weeks import evidence, library, overall, plan, standing, template
from programs_case import person, wishes

from coach.model.assessment import Finding
from coach.programs.allowed import Context, why_not
from coach.programs.gates import HEAVY, HOLD, SLUMP, TENSIONER, from_tests, reviewed
from coach.programs.prescribe import prescribe
from coach.programs.reassess import reassess


def gates(found: tuple[Finding, ...], before: tuple[str, ...] = ()) -> tuple[str, ...]:
    return from_tests(replace(person(), findings=found), library(), before)


@pytest.mark.parametrize(("finding", "opened"), [
    (Finding(id="mt_01", value="pass", met=False), ("mt_01_pass",)),
    (Finding(id="mt_01", value="fail", met=True), ()),
    (Finding(id="mt_11", value=60, met=True), (HOLD,)),  # short for the age, and still a minute
    (Finding(id="mt_11", value=59.9, met=False), ()),
    (Finding(id="mt_11", value=90, met=None), ()),  # pain ended it
    (Finding(id="mt_11", value="90 / floor", met=False), ()),
    (Finding(id="mt_20", value=0, met=False), (SLUMP,)),
    (Finding(id="mt_20", value=0.5, met=True), ()),
])  # fmt: skip
def test_what_a_test_opens(finding: Finding, opened: tuple[str, ...]) -> None:
    assert gates((finding,)) == opened


def test_a_new_test_counts_and_one_not_done_leaves_what_was() -> None:
    old = ("mt_01_pass", HOLD, "sqt_3_a6")
    assert gates((), old) == old
    assert gates((Finding(id="mt_11", value=40, met=True),), old) == ("mt_01_pass", "sqt_3_a6")


def week(opened: tuple[str, ...], *, leg: bool = False, **fields: Any) -> tuple[str, ...]:
    lived = replace(plan(), gates=opened, kinds=("loaded",), pain=(3.0,))
    ev = replace(evidence(standing("hng_4")), exercise="hng_4", leg=leg)
    return reviewed(lived, (ev,), overall(**fields), library())


@pytest.mark.parametrize(("opened", "pain", "holds"), [
    ((HOLD, "hng_6_a3"), 5.9, True),
    ((HOLD, "hng_6_a3"), 6.0, False),
    ((HOLD, "hng_6_a3"), None, False),
    ((HOLD,), 2.0, False),
    (("hng_6_a3",), 2.0, False),
    ((HOLD, "hng_6_a3", HEAVY), 6.0, False),  # it closes again
    ((HOLD, "hng_6_a3", HEAVY), None, True),  # a week that told nothing leaves it
])  # fmt: skip
def test_the_heavy_hinge_gate(opened: tuple[str, ...], pain: float | None, holds: bool) -> None:
    """``clinical.md`` 4.5: pain under 6, a back hold of 60 s, rung 6 mastered."""
    made = week(opened, pain=pain)
    assert (HEAVY in made) is holds
    bell = library().exercises["hng_7"]
    context = replace(Context.of(plan(), 9), gates=(*made, "mt_01_pass"), equipment=frozenset({"weight"}))
    assert (why_not(bell, context) is None) is holds


@pytest.mark.parametrize(("fields", "holds"), [
    ({}, True), ({"pain": 4.0}, True), ({"pain": 4.1}, False), ({"leg": True}, False),
    ({"kind": "flare", "flare_active": True}, False), ({"kind": "paused"}, False),
])  # fmt: skip
def test_the_gate_of_the_tensioner_needs_two_steady_weeks(fields: dict[str, Any], holds: bool) -> None:
    assert (TENSIONER in week((SLUMP,), **fields)) is holds
    assert TENSIONER not in week((), **fields)
    if not holds:
        assert TENSIONER not in week((SLUMP, TENSIONER), **fields)


def test_an_assessment_opens_and_a_new_one_carries_on() -> None:
    found = (Finding(id="mt_11", value=75, met=False),)
    made = prescribe(replace(person(), findings=found), wishes(), template(), library(), start=person().date)
    assert made.gates == (HOLD,)
    lived = replace(made, gates=(*made.gates, "sqt_3_a6"))
    again = replace(person(), findings=(Finding(id="mt_01", value="pass", met=False),))
    after = reassess(lived, again, wishes(), template(), library(), today=person().date)
    assert after.gates == (HOLD, "sqt_3_a6", "mt_01_pass")


@pytest.mark.parametrize("joint", ["sho", "kne", "wri"])
def test_painful_joints_keep_exercises_out(joint: str) -> None:
    """Told as a wish alone, and through the profile, they bar the same."""
    hurt = replace(wishes(), painful_joints=(joint,), session_minutes=50)
    made = prescribe(person(), hurt, template(), library(), start=person().date)
    same = prescribe(replace(person(), tags=(joint,)), hurt, template(), library(), start=person().date)
    assert made.tags == (joint,)
    assert made == same
    planned = {each.exercise for day in made.week.sessions for each in day.prescriptions}
    assert planned
    for name in (*planned, *(each.exercise for each in made.standing)):
        assert joint not in {each.tag for each in library().exercises[name].avoid}
