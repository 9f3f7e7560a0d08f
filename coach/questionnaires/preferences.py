"""What the person wants and has, from the answers; pounds become kilograms here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, cast

from coach.model.assessment import Answers, Value
from coach.model.plan import Preferences, Weekday
from coach.questionnaires.clock import time_of_day
from coach.questionnaires.scoring import number

POUND_KG = 0.45359237
"""Kilograms in a pound, by definition."""
WEEK: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
JOINTS = ("sho", "kne", "wri")


def preferences(answers: Answers) -> Preferences:
    """Preferences with the usual values where nothing was answered.

    Fewer named days than ``days_per_week`` lower it, as a session needs its day. Equipment
    stays as answered; what is taken for granted is the programme's affair. A time that cannot
    be read counts as not answered.
    """
    usual = Preferences()
    days = tuple(day for day in WEEK if day in _chosen(answers.get("days")))
    wanted = _whole(answers, "days_per_week", len(days) or usual.days_per_week)
    units: Literal["kg", "lb"] = "lb" if answers.get("units") == "lb" else "kg"
    weight = number(answers.get("body_weight"))
    return Preferences(
        days_per_week=min(wanted, len(days)) if days else wanted,
        days=days,
        session_minutes=_whole(answers, "session_minutes", usual.session_minutes),
        walk_minutes=_whole(answers, "walk_minutes", usual.walk_minutes),
        equipment=tuple(each for each in _chosen(answers.get("equipment")) if each != "none"),
        floor=answers.get("floor") != "no",
        body_weight_kg=weight if weight is None or units == "kg" else round(weight * POUND_KG, 2),
        units=units,
        painful_joints=tuple(each for each in JOINTS if each in _chosen(answers.get("joints"))),
        rise_time=time_of_day(_text(answers.get("rise_time"))),
        session_time=time_of_day(_text(answers.get("session_time"))),
        cue=_text(answers.get("cue")),
    )


def _whole(answers: Answers, item: str, usual: int) -> int:
    """Whole number, rounded down: time that is not there is not planned."""
    value = number(answers.get(item))
    return usual if value is None else int(value)


def _chosen(value: Value) -> tuple[str, ...]:
    found: Iterable[str] = cast("Iterable[str]", value) if isinstance(value, tuple | list) else ()
    return tuple(dict.fromkeys(found))


def _text(value: Value) -> str:
    return value.strip() if isinstance(value, str) else ""
