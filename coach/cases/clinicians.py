"""What is asked for a clinician's word that opens the plan: which reason, who, when; on both faces."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from coach.model.assessment import Clearance, Item, Triage
from coach.model.text import one_line

Clinician = Literal["doctor", "physiotherapist", "midwife"]
CLEARED = "cleared"
CHOICE = ("k", "A clinician has examined me, and cleared me for exercise", CLEARED)
"""Stands beside the questions that may be answered again, where a word opens the plan."""
TEXT = "Which of these did a clinician examine, and clear you for exercise?"
WHO = "Who examined you?"
CLINICIANS: tuple[tuple[str, str, Clinician], ...] = (
    ("1", "A doctor", "doctor"),
    ("2", "A physiotherapist", "physiotherapist"),
    ("3", "A midwife", "midwife"),
)
NAME = Item(id="name", text="What is the name of that clinician?", kind="text", required=True)
DAYS = Item(
    id="days",
    text="How many days ago was the examination?",
    help="0 is today, 7 a week ago.",
    kind="number",
    minimum=0,
    maximum=90,
    required=True,
)


def reasons(triage: Triage) -> tuple[tuple[str, str, str], ...]:
    """What waits for a clinician: key, text and rule of each, and none of them."""
    waiting = [each for each in triage.fired if each.level == "T1_CLINICIAN"]
    found = tuple((str(place), each.reason, each.id) for place, each in enumerate(waiting[:9], 1))
    return (*found, ("n", "None of them yet", ""))


def word(today: date, reason: str, clinician: Clinician, name: str, days: float) -> Clearance:
    """What was said, as it is kept; ``days`` is how long ago the examination was."""
    day = today - timedelta(days=int(days))
    return Clearance(
        id=reason,
        clinician=clinician,
        name=one_line(name, 80),
        first_yes=day,
        date=day,
        examined=True,
        cleared=True,
    )
