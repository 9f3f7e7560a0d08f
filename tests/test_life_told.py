"""Twelve weeks told by commands: steady progress, a flare, a holiday, quitting when it eases, coming back.

The plan and the cards at each turn are kept as readable files beside this test. After a wanted
change: ``COACH_GOLDENS=write pytest tests/test_life_told.py``, then read the difference.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from coach.cli.app import main

START = date(2026, 1, 5)
GOLDENS = Path(__file__).parent / "goldens" / "life"
CALM = dict.fromkeys(("ms_saddle", "ms_legs", "ms_leg_new", "ms_unwell", "ms_trauma", "ms_different"), "no")
FLARE = range(16, 22)
HOLIDAY = range(36, 43)
AWAY = range(58, 71)
"""Days on which the person stopped because the pain had gone."""


def pain(day: int) -> int:
    if day in FLARE:
        return (7, 7, 6, 5, 5, 4)[day - FLARE.start]
    return 5 if day < 14 else 4 if day < 40 else 3 if day < 55 else 1 if day < 72 else 2


class Told:
    """Runs the commands of a day and keeps what they print."""

    def __init__(self, home: Path, read: Callable[[], str]) -> None:
        self.home = home
        self.read = read
        self.day = 0

    def __call__(self, *words: str) -> str:
        self.read()
        today = (START + timedelta(days=self.day)).isoformat()
        code = main(["--home", str(self.home), "--today", today, *words])
        assert code == 0, (self.day, words, code)
        return self.read()


def golden(name: str, text: str) -> None:
    file = GOLDENS / f"{name}.txt"
    if os.environ.get("COACH_GOLDENS") == "write":
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8"), f"{file.name} reads otherwise now"


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Told:
    return Told(tmp_path / "home", lambda: capsys.readouterr().out)


def one_day(told: Told, screen: Path, whole: Path) -> str | None:
    """Check in, review when it is due, train when a session is due and the person is there.

    Before weeks 5 and 9 and after 12 the full safety questions come before the review.
    """
    day = told.day
    gone = day in AWAY or day in HOLIDAY
    if not gone:
        told("checkin", str(pain(day)), "--sleep", "7", "--sleep-quality", "7", "--stress", "4")
    cards = None
    if day and day % 7 == 0 and not gone:
        if any(each["kind"] == "full" for each in json.loads(told("today", "--json"))["asks"]):
            told("assess", "--rescreen", "--answers", str(whole))
        cards = told("review", "--answers", str(screen))
    due = json.loads(told("today", "--json"))["day"]
    if due["session"] and not gone:
        told(
            "log",
            "--done",
            "all",
            "--rpe",
            "3",
            "--before",
            str(pain(day)),
            "--pain",
            str(pain(day)),
            "--form",
            "good",
        )
    return cards


def test_twelve_weeks_told_by_commands(told: Told, answer_file: Path, tmp_path: Path) -> None:
    screen = tmp_path / "week.json"
    screen.write_text(json.dumps({"schema": "coach.answers/1", "answers": CALM}))
    whole = tmp_path / "whole.json"
    again = {**json.loads(answer_file.read_text())["answers"], "history_change": "no"}
    whole.write_text(json.dumps({"schema": "coach.answers/1", "answers": again}))
    golden("day_000_assess", told("assess", "--answers", str(answer_file)))
    golden("day_000_plan", told("plan", "show"))
    for day in range(85):
        told.day = day
        if day == FLARE.start:
            golden("day_016_flare", told("flare", "start"))
        if day == HOLIDAY.start:
            golden("day_036_holiday", told("pause", "--to", "+6d", "--reason", "holiday"))
        if day == AWAY.stop:
            golden("day_071_back", told("today"))
        cards = one_day(told, screen, whole)
        if cards is not None:
            golden(f"day_{day:03d}_review", cards)
    golden("day_084_progress", told("progress"))
    golden("day_084_history", told("plan", "history"))
    golden("day_084_why", told("plan", "why", "hng"))
