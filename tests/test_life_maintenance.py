"""Where a maintenance episode goes on: ids stay apart, and late entries of the file before are kept."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from test_life import CALM, live

from coach import Coach
from coach.cases.keeping import next_id
from coach.desk import Desk
from coach.model.assessment import Triage
from coach.model.log import Correction

START = date(2026, 1, 5)
LAST = START + timedelta(days=84)
"""Day of the review after week 12, which opens the next file."""


def at(home: Path, day: date) -> Coach:
    return Coach.open(home, today=day, at=f"{day}T08:00:00+00:00")


def desk(coach: Coach) -> Desk:
    return coach._desk


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory, answers: dict[str, Any]) -> Path:
    """Twelve weeks, assessed again once, up to the day before their last review."""
    home = tmp_path_factory.mktemp("twelve") / "home"
    coach = live(home, answers, 84)
    coach.assess({**answers, "session_minutes": 30})
    return home


@pytest.fixture
def home(twelve: Path, tmp_path: Path) -> Path:
    shutil.copytree(twelve, tmp_path / "home")
    at(tmp_path / "home", LAST).review(screen=dict(CALM))
    return tmp_path / "home"


def told(coach: Coach) -> list[tuple[str, str]]:
    return [(each.version, each.field) for each in coach.replay().lines if each.status == "differs"]


def test_assessing_again_writes_over_nothing_that_was_carried(home: Path, answers: dict[str, Any]) -> None:
    for offset, minutes in ((1, 20), (3, 45)):
        at(home, LAST + timedelta(days=offset)).assess({**answers, "session_minutes": minutes})
    coach = at(home, LAST + timedelta(days=4))
    reading = desk(coach).read()
    assert [each.id for each in reading.all("triage", Triage)] == ["t002", "t003", "t004"]
    assert len({doc["id"] for doc in reading.docs("profile")}) == 3
    assert len({doc["id"] for doc in reading.docs("responses")}) == 3
    assert next_id(reading, "measures", "m") == "m001"
    assert told(coach) == []


def test_a_late_log_of_the_day_the_file_was_left_is_a_correction(home: Path) -> None:
    """No review of that file had read the sessions of its last day, but the first of the next one has."""
    name = at(home, LAST).plan().standing[0].exercise
    for offset in range(1, 8):
        at(home, LAST + timedelta(days=offset)).check_in(pain=3, sleep_hours=7.5, sleep_quality=7, stress=3)
    later = at(home, LAST + timedelta(days=8))
    later.review(screen=dict(CALM))
    later.log_exercise(name, day=LAST, rpe=9, before=1, pain=6)
    before = desk(later).read(desk(later).names()[0]).all("corrections", Correction)
    assert [(each.table, each.date, each.before) for each in before][-1:] == [("sessions", LAST, None)]
    assert told(later) == []


def test_correcting_the_file_before_marks_the_cards_that_carried_it_over(home: Path) -> None:
    """The first maintenance review read the last four weeks of the file before (28 days)."""
    name = next(each.exercise for each in at(home, LAST).plan().standing if not each.deferred)
    for offset in range(1, 8):
        at(home, LAST + timedelta(days=offset)).check_in(pain=3, sleep_hours=7.5, sleep_quality=7, stress=3)
    later = at(home, LAST + timedelta(days=8))
    later.review(screen=dict(CALM))

    def marked() -> dict[str, bool]:
        return {each.exercise: each.corrected for each in later.reviews()[-1].decisions}

    assert not any(marked().values())
    later.check_in(LAST - timedelta(days=60), pain=9)
    assert not any(marked().values()), "what was not carried over is read by no card of this file"
    later.check_in(LAST - timedelta(days=2), pain=9)
    assert marked()[name]
    assert told(later) == []
    assert not any(step.label.startswith("marks") for step in later.steps())
