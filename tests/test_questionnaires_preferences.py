"""What the person wants and has."""

from __future__ import annotations

import pytest

from coach.model.plan import Preferences
from coach.questionnaires.clock import time_of_day
from coach.questionnaires.preferences import preferences


def test_nothing_answered_gives_the_usual_values():
    assert preferences({}) == Preferences()
    assert preferences({"days_per_week": None, "floor": None, "joints": None}) == Preferences()


def test_everything_answered():
    found = preferences(
        {
            "days_per_week": 3, "days": ("fri", "mon", "wed"), "session_minutes": 25, "walk_minutes": 90,
            "equipment": ("band", "mat"), "floor": "no", "body_weight": 80, "units": "kg",
            "joints": ("wri", "kne"), "rise_time": "6:45", "session_time": "19.30", "cue": " after coffee ",
        }
    )  # fmt: skip
    assert found == Preferences(
        days_per_week=3, days=("mon", "wed", "fri"), session_minutes=25, walk_minutes=90,
        equipment=("band", "mat"), floor=False, body_weight_kg=80, units="kg",
        painful_joints=("kne", "wri"), rise_time="06:45", session_time="19:30", cue="after coffee",
    )  # fmt: skip


def test_pounds_become_kilograms():
    found = preferences({"body_weight": 176, "units": "lb"})
    assert (found.body_weight_kg, found.units) == (79.83, "lb")
    assert preferences({"body_weight": 176}).body_weight_kg == 176


def test_days_named_count_where_no_number_was_given():
    assert preferences({"days": ("tue", "sat")}).days_per_week == 2
    assert preferences({"days": ("tue", "sat"), "days_per_week": 4}).days_per_week == 2
    assert preferences({"days": ("tue", "sat", "sun"), "days_per_week": 2}).days_per_week == 2


def test_part_of_a_minute_is_not_planned():
    assert preferences({"session_minutes": 20.9}).session_minutes == 20


def test_none_is_no_equipment():
    assert preferences({"equipment": ("none",)}).equipment == ()


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("07:30", "07:30"), ("7:30", "07:30"), ("7.30", "07:30"), ("0730", "07:30"), ("7", "07:00"),
        ("7 am", "07:00"), ("7:15pm", "19:15"), ("12am", "00:00"), ("12 pm", "12:00"), ("23:59", "23:59"),
        ("24:00", ""), ("7:60", ""), ("13 pm", ""), ("soon", ""), ("", ""), ("-1:00", ""), ("99:99", ""),
    ],
)  # fmt: skip
def test_times(typed, time):
    assert time_of_day(typed) == time
