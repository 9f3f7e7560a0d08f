"""What changed between two versions of a plan, in plain words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from coach.draw.changes import diff
from coach.model.exercise import Dose, Reason
from coach.model.plan import Habit, Plan, Preferences, Prescription, Standing, Week

DAY = date(2026, 11, 23)


def level(name: str = "hng_2", sets: int = 2, **fields: Any) -> Standing:
    dose = Dose(sets=sets, reps=8)
    given = Prescription(
        exercise=name, name=name.upper(), ladder=name[:3], rung=2, component="c3", slot=3, dose=dose,
        minutes=2, reason=Reason(rule="t", text=""),
    )  # fmt: skip
    return Standing(exercise=name, ladder=name[:3], rung=2, slot=3, dose=dose, prescription=given, **fields)


def version(**fields: Any) -> Plan:
    week = Week(number=1, starts=DAY, phase="p1", phase_name="Settle", sessions=(), **fields.pop("week", {}))
    values: dict[str, Any] = {
        "id": "v1", "version": 1, "made": DAY, "start": DAY, "template": "balanced", "profile": "p",
        "primary": "load", "headline": "load", "tier": "e2", "level": "T3_CLEAR",
        "preferences": Preferences(), "standing": (level(),), "week": week, "walk": level("aer_1"),
    }  # fmt: skip
    return Plan(**{**values, **fields})


HABIT = Habit(id="breathing", text="Breathe slowly for 3 minutes.", per_week=3)


@pytest.mark.parametrize(("fields", "said"), [
    ({}, "Nothing but the week is different."),
    ({"standing": (level(sets=3),)}, "HNG_2: 2 x 8 -> 3 x 8"),
    ({"standing": (level("hng_3"),)}, "HNG_2 -> HNG_3, 2 x 8"),
    ({"standing": ()}, "HNG_2 is no longer there"),
    ({"standing": (level(), level("sqt_1"))}, "SQT_1 is new: 2 x 8"),
    ({"walk": level("aer_1", 1)}, "Walking: 2 x 8 -> 1 x 8"),
    ({"walk": level("aer_6")}, "AER_1 -> AER_6, 2 x 8"),
    ({"walk": None}, "Walking is no longer there"),
    ({"week": {"habits": (HABIT,)}}, "New habit: Breathe slowly for 3 minutes (3 days a week)"),
    ({"week": {"deload": True}}, "An easy week begins"),
    ({"minimum": True}, "The small plan is on"),
    ({"tags": ("kne",)}, "Kept in mind from now on: a painful knee"),
    ({"preferences": Preferences(session_minutes=30)}, "Minutes a session: 20 -> 30"),
    ({"preferences": Preferences(days=("mon", "thu"))}, "Days: any -> mon, thu"),
    ({"preferences": Preferences(equipment=("band",))}, "Equipment: none -> band"),
    ({"preferences": Preferences(floor=False)}, "Exercises on the floor: yes -> no"),
])  # fmt: skip
def test_one_difference_in_words(fields: dict[str, Any], said: str) -> None:
    before, after = version(), version(id="v2", **fields)
    head, *lines = diff(before, after)
    assert head == "v1 (Mon 23 Nov) -> v2 (Mon 23 Nov)"
    assert lines == [f"  {said}"]


def test_habits_that_move_and_go() -> None:
    before = version(week={"habits": (HABIT,)})
    more = replace(HABIT, text="Breathe slowly for 5 minutes.", per_week=5)
    up = version(week={"habits": (more,)})
    assert diff(before, up)[1:] == [
        "  Habit: Breathe slowly for 3 minutes (3 days a week)"
        " -> Breathe slowly for 5 minutes (5 days a week)"
    ]
    assert diff(before, version())[1:] == [
        "  Habit no longer there: Breathe slowly for 3 minutes (3 days a week)"
    ]


def test_what_waited_begins() -> None:
    waiting = version(standing=(level(deferred=True),))
    assert diff(waiting, version())[1:] == ["  HNG_2 begins: 2 x 8"]
