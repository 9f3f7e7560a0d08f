"""Warning signs of all answers on file: since when each stands, and what a clinician's word lifts."""

from __future__ import annotations

from datetime import date

from coach.model.assessment import Answers, Clearance, Response, Triage
from coach.tables import Reading


def past_answers(reading: Reading | None) -> tuple[Response, ...]:
    """All answers that are on file, in order."""
    return reading.all("responses", Response) if reading else ()


def first_yes(past: tuple[Response, ...], answers: Answers, today: date) -> dict[str, date]:
    """The day since which each item has been answered yes or unsure, without a no in between."""
    since: dict[str, date] = {}
    for day, given in (*((each.date, each.answers) for each in past), (today, answers)):
        for item, value in given.items():
            if value in ("yes", "unsure"):
                since.setdefault(item, day)
            elif value == "no":
                since.pop(item, None)
    return since


def lifted_by(triage: Triage, clearances: tuple[Clearance, ...]) -> tuple[str, ...]:
    """Exercises that the clearances in force name, each by a clinician's word."""
    unlocked = {each.id for each in triage.fired if each.unlocked}
    return tuple(sorted({name for each in clearances if each.id in unlocked for name in each.lifts}))
