"""Answers for the tests of the safety screen: a person with nothing to report, and changes to that."""

from __future__ import annotations

from datetime import date
from typing import Any

from coach.model.assessment import Answers, Triage
from coach.questionnaires.catalogue import load_instruments
from coach.questionnaires.safety import triage

DAY = date(2026, 11, 23)
SCREEN = ("about", "safety", "neuro_safety")
DEFAULTS: dict[str, Any] = {
    "age": 40,
    "sex": "female",
    "rf23_bp": "lower",
    "rf37": 20,
    "rf40_onset": 50,
    "rf40_months": 2,
    "rf07_hours": 500,
    "rf07_pain": 3,
    "rf18_weeks": 200,
    "rf19_weeks": 10,
    "rf20_weeks": 30,
    "rf20_mode": "vaginal",
}


def clear(**changes: Any) -> Answers:
    """Every question of the screen answered so that nothing fires, but for the changes."""
    items = [item for each in load_instruments() if each.id in SCREEN for item in each.items]
    answers: Answers = {item.id: DEFAULTS.get(item.id, "no") for item in items if item.id != "rf29"}
    return {**answers, **changes}


def screen(**changes: Any) -> Triage:
    """The triage of a person with nothing to report but these answers."""
    return triage(clear(**changes), today=DAY)
