"""The check of week 6: is the plan helping (``clinical.md`` 1.5, 2.4), with the real journal."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from coach import Coach
from coach.demo import CALM

START = date(2026, 11, 23)
REVIEW = START + timedelta(days=42)
EAC = tuple(f"eac_{n}" for n in range(1, 11))


def at(home: Path, day: date) -> Coach:
    return Coach.open(home, today=day, at=f"{day}T08:00:00+00:00")


def lived(home: Path, answers: dict[str, Any], share: float, pain: float) -> Path:
    """Six weeks up to the review of the sixth, with so much of the sessions done."""
    done = 0.0
    for offset in range(43):
        coach = at(home, START + timedelta(days=offset))
        if not offset:
            coach.assess(answers)
        coach.check_in(pain=pain, sleep_hours=7.5, sleep_quality=7, stress=3)
        if offset and not offset % 7 and offset < 42:
            coach.review(screen=dict(CALM))
        if coach.today().day.session is not None:
            done += share
            if done >= 1:
                coach.log_session(rpe=4, before=2, pain=2, form=0)
                done -= 1
    return home


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory, answers: dict[str, Any]) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("six")
    return {
        "busy": lived(folder / "busy", answers, 1.0, 5),
        "rare": lived(folder / "rare", answers, 0.34, 5),
    }


def review(homes: dict[str, Path], tmp_path: Path, which: str = "busy", **answers: Any) -> tuple[Coach, Any]:
    home = tmp_path / "home"
    shutil.copytree(homes[which], home)
    coach = at(home, REVIEW)
    assert coach.plan().week.number == 6
    return coach, coach.review(screen={**CALM, **answers})


def eac(value: int, count: int = 10) -> dict[str, int]:
    return dict.fromkeys(EAC[:count], value)


def card(done: Any) -> Any:
    found = [each for each in done.review.notes if each.rule.startswith("response")]
    assert len(found) == 1
    return found[0]


def test_no_change_after_good_practice_is_a_caution_and_a_talk(
    homes: dict[str, Path], tmp_path: Path
) -> None:
    """EAC 37.5 at the start; 1.5 a question is the same; pain 5 and 5."""
    coach, done = review(homes, tmp_path, pain_average=5, **{**eac(1), **dict.fromkeys(EAC[:5], 2)})
    found = card(done)
    assert found.rule == "response"
    assert "No clear change" in found.text
    assert {each.name: each.value for each in found.numbers}["average pain at the start and now"] == "5 -> 5"
    assert coach.today().level == "T2_CAUTION"
    assert not coach.today().withheld
    assert done.plan.week.sessions
    assert coach.replay().same


def test_worse_goes_to_a_clinician_first(homes: dict[str, Path], tmp_path: Path) -> None:
    coach, done = review(homes, tmp_path, pain_average=5, **eac(4))
    assert "worse" in card(done).text
    assert "appointment" in done.text
    assert coach.today().withheld
    assert coach.today().level == "T1_CLINICIAN"
    assert done.plan.week.sessions == ()
    assert {each.rule for each in done.review.decisions} == {"r00"}
    assert coach.replay().same


@pytest.mark.parametrize(("which", "told", "words"), [
    ("busy", {"pain_average": 2, **eac(0)}, "The plan is helping"),
    ("busy", {"pain_average": 5, **eac(0)}, "The plan is helping"),
    ("busy", {"pain_average": 7, **eac(0)}, "worse"),
    ("rare", {"pain_average": 5, **eac(2, 9)}, "little of the plan was done"),
])  # fmt: skip
def test_each_outcome_has_its_card(
    homes: dict[str, Path], tmp_path: Path, which: str, told: dict[str, Any], words: str
) -> None:
    coach, done = review(homes, tmp_path, which, **told)
    assert words in card(done).text
    assert coach.today().withheld is (words == "worse")


def test_pain_of_the_mornings_stands_in(homes: dict[str, Path], tmp_path: Path) -> None:
    _, done = review(homes, tmp_path, **eac(0))
    assert {each.name: each.value for each in card(done).numbers}[
        "average pain at the start and now"
    ] == "5 -> 5"


@pytest.mark.parametrize("count", [0, 7])
def test_what_is_missing_is_named_and_nothing_follows(
    homes: dict[str, Path], tmp_path: Path, count: int
) -> None:
    coach, done = review(homes, tmp_path, **eac(2, count))
    found = card(done)
    assert found.rule == "response_missing"
    assert "everyday activities" in found.text
    assert coach.today().level == "T3_CLEAR"
    assert coach.replay().same


def test_eight_of_ten_are_enough(homes: dict[str, Path], tmp_path: Path) -> None:
    _, done = review(homes, tmp_path, **eac(0, 8))
    assert card(done).rule == "response"


def test_other_weeks_ask_nothing(homes: dict[str, Path]) -> None:
    earlier = at(homes["busy"], REVIEW).reviews()
    assert len(earlier) == 5
    assert not [each for made in earlier for each in made.notes if each.rule.startswith("response")]


def test_a_dry_run_says_the_same_and_keeps_nothing(homes: dict[str, Path], tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(homes["busy"], home)
    coach = at(home, REVIEW)
    done = coach.review(screen={**CALM, **eac(4)}, dry_run=True)
    assert "worse" in card(done).text
    assert coach.today().level == "T3_CLEAR"
