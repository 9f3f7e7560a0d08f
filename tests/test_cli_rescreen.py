"""Re-screening by commands, in real processes: what is due, what is withheld, and what an answer settles."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from coach import Coach

START = date(2026, 11, 23)
SIX = ("ms_saddle", "ms_legs", "ms_leg_new", "ms_unwell", "ms_trauma", "ms_different")
CALM = dict.fromkeys(SIX, "no")
FELT = ("--rpe", "3", "--before", "3", "--pain", "3", "--form", "good")


def day(number: int) -> str:
    return (START + timedelta(days=number)).isoformat()


class Life:
    """Commands on the days of one home."""

    def __init__(self, run: Any, tmp_path: Path, answers: dict[str, Any]) -> None:
        self.run = run
        self.path = tmp_path
        self.answers = answers

    def __call__(self, number: int, *words: str, code: int = 0) -> Any:
        done = self.run(*words, today=day(number))
        assert done.returncode == code, (number, words, done.stdout, done.stderr)
        return done

    def file(self, answers: dict[str, Any]) -> str:
        path = self.path / "given.json"
        path.write_text(json.dumps({"schema": "coach.answers/1", "answers": answers}))
        return str(path)

    def six(self, number: int, code: int = 0, **said: str) -> Any:
        return self(number, "assess", "--rescreen", "--answers", self.file({**CALM, **said}), code=code)

    def whole(self, number: int, code: int = 0, **said: Any) -> Any:
        given = {**self.answers, "history_change": "no", **said}
        return self(number, "assess", "--rescreen", "--answers", self.file(given), code=code)

    def review(self, number: int) -> Any:
        return json.loads(self(number, "review", "--json", "--answers", self.file(CALM)).stdout)

    def coach(self, number: int) -> Coach:
        """The same home by its use cases, for days on which no command is in question."""
        return Coach.open(self.path / "home", today=day(number), at=f"{day(number)}T08:00:00+00:00")

    def asks(self, number: int, code: int = 0) -> list[str]:
        """The questions that are due, by the use case; ``code`` 6 where the session is withheld for them."""
        found = self.coach(number).today()
        assert found.withheld == (code == 6)
        assert (found.day is None) == (code == 6)
        return [each.id for each in found.asks]

    def said(self, number: int, code: int = 0) -> list[str]:
        """The same, as the command says it."""
        found = json.loads(self(number, "today", "--json", code=code).stdout)
        assert found["withheld"] == (code == 6)
        assert (found["day"] is None) == (code == 6)
        return [each["id"] for each in found["asks"]]


@pytest.fixture
def life(assessed: Any, tmp_path: Path, answers: dict[str, Any]) -> Life:
    return Life(assessed, tmp_path, answers)


def test_three_mornings_of_8_hold_the_session_until_six_questions_are_answered(life: Life) -> None:
    for number in (0, 1):
        life(number, "checkin", "8")
        assert "pain_high" not in life.asks(number)
    said = life(2, "checkin", "8").stdout
    assert "Your pain was 8 or more on three days." in said
    assert "coach assess --rescreen" in said
    assert "pain_high" in life.said(2, code=6)
    assert "six safety questions" in life(2, "today", code=6).stdout
    before = life(2, "plan", "history").stdout
    done = life.six(2)
    assert "Nothing new" in done.stdout
    assert life.said(2) == []
    assert life(2, "plan", "history").stdout == before
    life(3, "checkin", "8")
    assert "pain_high" not in life.asks(3)  # the same high pain is not asked about every morning
    for number, pain in ((4, 6), (5, 8), (6, 9)):
        life.coach(number).check_in(pain=pain)
        assert "pain_high" not in life.asks(number)
    life.review(7)
    life(7, "checkin", "8")
    assert life.asks(7) == []  # the six questions came with the review
    life(8, "checkin", "4")
    for number in (9, 10, 11):
        life.coach(number).check_in(pain=8)
    assert "pain_high" in life.asks(11, code=6)


def test_a_corrected_morning_takes_the_alarm_back_and_undo_too(life: Life) -> None:
    for number in range(3):
        life.coach(number).check_in(pain=8)
    life(2, "checkin", "--pain", "5")
    assert "pain_high" not in life.asks(2)
    life(2, "undo")
    assert "pain_high" in life.asks(2, code=6)
    life(2, "undo")
    assert "pain_high" not in life.asks(2)


def test_the_six_questions_are_asked_whole_and_a_yes_opens_more(life: Life) -> None:
    for number in range(3):
        life.coach(number).check_in(pain=8)
    missing = life(2, "assess", "--rescreen", "--answers", life.file({"ms_legs": "no"}), code=4)
    assert "ms_saddle" in missing.stderr
    opened = life.six(2, code=4, ms_unwell="yes")
    assert "rf08" in opened.stderr
    assert "pain_high" in life.asks(2, code=6)
    stopped = life.six(2, code=6, ms_unwell="yes", rf08="yes", rf08c="yes", rf08b="no", rf13="no")
    assert "emergency" in stopped.stdout.lower()
    life(2, "today", code=6)


def test_a_leg_symptom_that_was_logged_opens_its_questions(life: Life) -> None:
    logged = life(0, "log", "hng_1", "--leg", "new", *FELT)
    assert "coach assess --rescreen" in logged.stdout + logged.stderr
    shown = life(0, "today", code=6)
    assert "warning sign" in shown.stdout
    legs = dict.fromkeys(
        ("rf05a", "rf05b", "rf06a", "rf06b", "rf06c", "leg_pain", "leg_ting", "leg_numb"), "no"
    )
    life(0, "assess", "--rescreen", "--answers", life.file(legs))
    life(0, "today")


def test_a_weekly_no_does_not_take_a_reported_sign_back(life: Life) -> None:
    life(6, "checkin", "4", "--flag", "ms_legs")
    done = life(7, "review", "--answers", life.file(CALM), code=6)
    assert "rf05a" in done.stderr
    life(7, "today", code=6)


@pytest.mark.parametrize("event", ["night_pain", "pregnancy", "surgery", "cancer", "steroids"])
def test_an_event_asks_for_the_whole_bank(life: Life, event: str) -> None:
    said = life(0, "checkin", "4", "--flag", event)
    assert "the safety questions: coach assess --rescreen" in said.stdout
    assert life.said(0, code=6) == [event]
    assert (
        "history_change" in life(0, "assess", "--rescreen", "--answers", life.file(CALM), code=4).stderr
        or event == "cancer"
    )
    life.whole(0)
    assert life.said(0) == []


def test_the_six_questions_of_a_review_hold_for_a_week(life: Life) -> None:
    life(0, "log", "--done", "all", *FELT)
    life.review(7)
    life.review(14)
    assert life.asks(14) == []
    assert life.asks(20) == []
    assert life.asks(21) == ["gap_mini"]  # the review is due, so there is no session to withhold
    life(21, "review")
    assert life.asks(21, code=6) == ["gap_mini"]


def test_a_gap_withholds_the_session_of_a_running_week(life: Life) -> None:
    life(0, "log", "--done", "all", *FELT)
    life(7, "review")
    life(14, "review")  # without answers
    assert life.asks(14) == []
    assert life.asks(16, code=6) == ["gap_mini"]
    assert "more than two weeks off" in life(16, "today", code=6).stdout
    life.six(16)
    assert life.asks(16) == []


def test_after_four_weeks_off_the_whole_bank_and_a_fresh_start(life: Life) -> None:
    life(0, "log", "--done", "all", *FELT)
    for number in (7, 14, 21, 28):
        life.coach(number).review()
    assert life.asks(30, code=6)[0] == "gap_full"
    assert "history_change" in life(30, "assess", "--rescreen", "--answers", life.file(CALM), code=4).stderr
    life.whole(30)
    assert life.asks(30) == []
    assert life.asks(30) == []
    assert json.loads(life(30, "plan", "show", "--json").stdout)["start"] == day(30)


def rises(reviewed: dict[str, Any]) -> list[str]:
    decided = reviewed["review"]["decisions"]
    return [each["exercise"] for each in decided if each["action"] in ("add", "advance")]


def test_the_whole_bank_before_week_5_holds_the_rises(life: Life) -> None:
    """Week 4 is an easy week, after which nothing grows anyhow; so week 5 tells the difference."""
    for number in range(35):
        life.coach(number).check_in(pain=3, sleep_hours=8, sleep_quality=8, stress=2)
        if number == 28:
            assert life.asks(number) == ["calendar"]
            assert "due before week 5" in life(number, "today").stdout
            assert "week 5" in life.review(number)["held"][0]
            assert life.asks(number) == ["calendar"]
        elif number and number % 7 == 0:
            assert life.review(number)["held"] == []
        if number % 7 in (0, 2, 4) and life.coach(number).today().day.session:
            life.coach(number).log_session(rpe=3, before=3, pain=3, form=0)
    held = life.review(35)
    assert held["held"]
    assert rises(held) == []
    told = [*held["review"]["decisions"], *held["review"]["notes"], *held["review"]["habits"]]
    waited = [each["text"] for each in told if "safety questions" in each["text"]]
    assert waited
    assert not [text for text in waited if "full safety questions" not in text.lower()]
    life(35, "undo")
    life.whole(35)
    assert life.asks(35) == []
    free = life.review(35)
    assert free["held"] == []
    assert rises(free)
    assert life.asks(35) == []


def test_a_flare_names_its_questions_and_shows_the_kit(life: Life) -> None:
    life.review(7)
    life(8, "flare", "start")
    assert life.asks(8) == ["flare_new"]
    assert json.loads(life(8, "today", "--json").stdout)["day"]["kit"]
    life.six(8)
    assert life.asks(8) == []
    life.review(14)
    assert life.asks(14) == []
    life(14, "log", "--done", "all", *FELT)
    assert life.asks(15) == ["flare_again"]
    assert "seeing a clinician" in life(15, "today").stdout
    life.six(15)
    assert life.asks(15) == []
    life.review(21)
    assert life.asks(22) == []
    assert life.asks(23) == ["flare_long"]


def test_worse_activities_ask_for_a_second_reading_and_then_for_the_bank(life: Life, tmp_path: Path) -> None:
    worse = {f"eac_{n}": 4 for n in range(1, 11)}
    life(2, "assess", "--answers", life.file({**life.answers, **worse}))
    assert life.asks(2) == []
    assert life.asks(9) == ["function_again"]
    assert "coach assess --again" in life(9, "today").stdout
    life(9, "assess", "--again", "--answers", life.file({**life.answers, **worse}))
    assert life.asks(9) == ["function"]
    life.whole(9)
    assert life.asks(9) == []
    coach = Coach.open(tmp_path / "home", today=day(9))
    assert coach.rescreens() == ()


def test_answers_that_were_only_carried_over_are_no_second_reading(life: Life) -> None:
    worse = {f"eac_{n}": 4 for n in range(1, 11)}
    life(2, "assess", "--answers", life.file({**life.answers, **worse}))
    life(9, "checkin", "4", "--flag", "steroids")
    life(
        9,
        "assess",
        "--rescreen",
        "--answers",
        life.file({k: v for k, v in life.answers.items() if k not in worse} | {"history_change": "no"}),
    )
    assert life.asks(9) == ["function_again"]


def test_a_plan_that_was_closed_is_not_opened_by_six_questions(life: Life) -> None:
    life(0, "checkin", "4", "--flag", "ms_different")
    life(0, "assess", "--rescreen", "--answers", life.file({**life.answers, "rf13": "yes"}), code=6)
    life.six(1, code=4)
    life(1, "today", code=6)
