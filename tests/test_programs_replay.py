"""Replay: every stored version and card is made again byte for byte, whatever a life was like."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from coach import Coach
from coach.cases.replay import Replayed, difference
from coach.demo import CALM, live
from coach.desk import Desk
from coach.model.log import Correction
from coach.model.plan import Plan
from coach.model.review import Review
from coach.problems import Problem

START = date(2026, 11, 23)


def desk(coach: Coach) -> Desk:
    """The journal, which these tests look into."""
    return coach._desk


def told(done: Replayed) -> list[tuple[str, str, str, str, str]]:
    return [(e.version, e.what, e.field, e.stored, e.rebuilt) for e in done.lines if e.status == "differs"]


def open_at(home: Path, day: date) -> Coach:
    return Coach.open(home, today=day, at=f"{day}T08:00:00+00:00")


def change(coach: Coach, table: str, key: str, edit: Callable[[dict[str, Any]], None]) -> None:
    """Change a stored document behind everybody's back."""
    with desk(coach).write("tampering") as writing:
        for doc in writing.docs(table):
            if doc["id"] == key:
                edit(doc)
                writing.drop(table, key)
                writing.take(table, doc)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Coach:
    return live(str(tmp_path_factory.mktemp("demo") / "home"), START)


def test_the_demo_replays_byte_for_byte(demo: Coach) -> None:
    done = demo.replay()
    assert told(done) == []
    assert [each.version for each in done.lines] == [each.id for each in demo.plan_versions()]
    assert {each.status for each in done.lines} == {"same"}
    assert [each.what for each in done.lines] == ["assessment", *["review"] * 7]


# ---- generated lives ------------------------------------------------------------------------------


class Fate:
    """A person whose days are drawn from a seed: the same seed, the same home."""

    def __init__(self, home: Path, seed: int, answers: dict[str, Any]) -> None:
        self.random = random.Random(seed)
        self.home = home
        self.answers = answers
        self.day = START

    def live(self, days: int) -> Coach:
        self.coach.assess(self.answers)
        for _ in range(days):
            self._day()
            self.day += timedelta(days=1)
        return self.coach

    @property
    def coach(self) -> Coach:
        return open_at(self.home, self.day)

    def _try(self, call: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        """What the day does not allow is left out: nothing is due, nothing runs, nothing is open."""
        with suppress(Problem):
            call(*args, **kwargs)

    def _day(self) -> None:
        dice = self.random
        coach = self.coach
        if dice.random() < 0.85:
            coach.check_in(**self._morning())
        self._try(coach.review, screen=dict(CALM) if dice.random() < 0.8 else None)
        if dice.random() < 0.6:
            rpe = dice.choice((3, 4, 5, 6, 9))
            before = dice.randint(0, 5)
            felt = {"rpe": rpe, "before": before, "pain": before + dice.choice((0, 0, 1, 3)), "form": 0}
            self._try(coach.log_session, short=dice.random() < 0.2, **felt)
        if dice.random() < 0.3:
            self._try(coach.log_exercise, "walk", rpe=3, before=2, pain=2)
        self._turn(dice.random())

    def _morning(self) -> dict[str, Any]:
        dice = self.random
        pain = dice.choice((1, 2, 3, 3, 4, 6))
        return {"pain": pain, "sleep_hours": dice.choice((5.0, 7.5)), "stress": dice.choice((2, 4, 7))}

    def _turn(self, chance: float) -> None:
        """Now and then: a flare, a pause, a late correction, a veto, a hold, a swap, an undo."""
        dice, coach = self.random, self.coach
        past = self.day - timedelta(days=dice.randint(1, 20))
        names = [each.exercise for each in coach.plan().standing]
        turns: tuple[tuple[float, Callable[[], Any]], ...] = (
            (0.04, coach.declare_flare),
            (0.08, coach.end_flare),
            (0.11, lambda: coach.pause(self.day, self.day + timedelta(days=3))),
            (0.22, lambda: coach.check_in(max(past, START), **self._morning())),
            (0.27, lambda: self._log_late(dice.choice(names), max(past, START))),
            (0.33, self._veto),
            (0.37, lambda: coach.hold((dice.choice(names),))),
            (0.45, self._swap),
            (0.49, lambda: coach.minimum(not coach.plan().minimum)),
            (0.52, coach.undo),
            (0.54, lambda: coach.assess({**self.answers, "session_minutes": 30})),
        )  # fmt: skip
        for limit, turn in turns:
            if chance < limit:
                self._try(turn)
                return

    def _log_late(self, name: str, day: date) -> None:
        self.coach.log_exercise(name, day=day, rpe=9, before=1, pain=6)

    def _veto(self) -> None:
        done = self.coach.reviews()[-1:]
        self.coach.veto(
            tuple(each.id for review in done for each in review.decisions if each.action == "add")
        )

    def _swap(self) -> None:
        coach = self.coach
        name = self.random.choice([each.exercise for each in coach.plan().standing])
        choices = coach.swap(name).choices
        coach.swap(name, self.random.choice(choices).id, for_today=self.random.random() < 0.3)


SEEDS = range(3)


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory, answers: dict[str, Any]) -> tuple[Coach, ...]:
    """Some weeks of a few people, lived once for all tests that read them."""
    folder = tmp_path_factory.mktemp("lives")
    return tuple(Fate(folder / str(seed), seed, answers).live(38) for seed in SEEDS)


@pytest.mark.parametrize("seed", SEEDS)
def test_generated_lives_replay_byte_for_byte(seed: int, lives: tuple[Coach, ...]) -> None:
    done = lives[seed].replay()
    assert told(done) == []
    assert len(done.lines) > 5


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4, 40))
def test_many_longer_lives_replay_byte_for_byte(seed: int, tmp_path: Path, answers: dict[str, Any]) -> None:
    assert told(Fate(tmp_path / "home", seed, answers).live(100).replay()) == []


def test_the_lives_hold_every_kind_of_change(lives: tuple[Coach, ...]) -> None:
    """Else the lives above would show little."""
    kinds = {each.origin.kind for coach in lives for each in coach.plan_versions() if each.origin}
    late = [each for coach in lives for each in desk(coach).read().all("corrections", Correction)]
    assert kinds >= {"assessment", "review", "swap", "hold"}
    assert len(late) > 3
    assert any(card.corrected for coach in lives for review in coach.reviews() for card in review.decisions)


# ---- what must be found ---------------------------------------------------------------------------


@pytest.fixture
def weeks(tmp_path: Path, answers: dict[str, Any]) -> Coach:
    """Three weeks in, all done, two reviews."""
    home = tmp_path / "home"
    for offset in range(15):
        coach = open_at(home, START + timedelta(days=offset))
        if not offset:
            coach.assess(answers)
        coach.check_in(pain=3, sleep_hours=7.5, sleep_quality=7, stress=3)
        if offset and not offset % 7:
            coach.review(screen=dict(CALM))
        if coach.today().day.session is not None:
            coach.log_session(rpe=5, before=2, pain=2, form=0)
    return coach


def test_a_tampered_decision_is_found(weeks: Coach) -> None:
    assert weeks.replay().same

    def edit(doc: dict[str, Any]) -> None:
        doc["decisions"][2]["rule"] = "r16"

    change(weeks, "reviews", "w02", edit)
    found = weeks.replay()
    assert not found.same
    assert [(e.version, e.field, e.stored) for e in found.lines if e.status == "differs"] == [
        ("v3", "review.decisions.2.rule", "r16")
    ]


def test_a_tampered_dose_is_found_where_it_was_made(weeks: Coach) -> None:
    def edit(doc: dict[str, Any]) -> None:
        doc["standing"][0]["dose"]["sets"] += 1

    change(weeks, "plans", "v2", edit)
    found = weeks.replay()
    assert next(each.version for each in found.lines if each.status == "differs") == "v2"
    assert "standing.0.dose.sets" in found.lines[1].field


def test_a_tampered_answer_and_a_missing_one_are_found(weeks: Coach) -> None:
    change(weeks, "responses", "a001", lambda doc: doc["answers"].update(days_per_week=2))
    assert [each.version for each in weeks.replay().lines if each.status == "differs"] == ["v1"]
    with desk(weeks).write("tampering") as writing:
        writing.drop("responses", "a001")
    assert not weeks.replay().same


def test_a_log_changed_on_the_disk_is_found(weeks: Coach) -> None:
    key = weeks.history().sessions[0].id

    def edit(doc: dict[str, Any]) -> None:
        for each in doc["exercises"]:
            each["rpe"] = 10.0

    change(weeks, "sessions", key, edit)
    assert not weeks.replay().same


def test_other_rules_are_said_and_not_compared(weeks: Coach) -> None:
    change(weeks, "plans", "v2", lambda doc: doc.update(rules="another"))
    found = weeks.replay()
    assert found.lines[1].status == "other"


def test_the_first_difference_is_named() -> None:
    assert difference("n", Correction(id="a", table="t", key="k", date=START, version=1), Correction(
        id="a", table="t", key="k", date=START, version=2)) == ("n.version", "1", "2")  # fmt: skip


# ---- corrections ----------------------------------------------------------------------------------


def cards(coach: Coach, name: str) -> dict[str, bool]:
    review = next(each for each in coach.reviews() if each.id == name)
    return {each.exercise: each.corrected for each in review.decisions}


def test_correcting_one_exercise_marks_its_card_and_changes_nothing_else(weeks: Coach) -> None:
    before = weeks.reviews()
    log = weeks.history().sessions[0]
    name = log.exercises[1].exercise
    weeks.log_exercise(name, day=log.date, rpe=5, before=2, pain=2, form=2)
    marked = cards(weeks, "w01")
    assert marked[name]
    assert sum(marked.values()) == 1
    for old, new in zip(before, weeks.reviews(), strict=True):
        for was, now in zip(old.decisions, new.decisions, strict=True):
            assert difference("card", was, now) in (None, ("card.corrected", "False", "True"))
    assert told(weeks.replay()) == []


def test_correcting_a_morning_marks_what_read_it(weeks: Coach) -> None:
    weeks.check_in(START + timedelta(days=3), pain=9)
    assert all(cards(weeks, "w01").values())
    assert told(weeks.replay()) == []
    weeks.undo()
    assert not any(cards(weeks, "w01").values())
    assert desk(weeks).read().docs("corrections") == []
    assert told(weeks.replay()) == []


def test_correcting_a_habit_marks_the_cards_of_habits_alone(weeks: Coach) -> None:
    name = weeks.plan().week.habits[0].id
    before = {each.id: each.corrected for each in weeks.reviews()[0].habits}
    assert before
    assert not any(before.values())
    for offset in range(7):
        weeks.check_in(START + timedelta(days=offset), habits=(name,))
    after = {each.id: each.corrected for each in weeks.reviews()[0].habits}
    assert next(after[each] for each in after if each.endswith(name))
    assert not any(cards(weeks, "w01").values())
    assert told(weeks.replay()) == []


@pytest.mark.parametrize("change_it", [
    lambda coach: coach.check_in(START + timedelta(days=3), pain=3),
    lambda coach: coach.check_in(START + timedelta(days=3), note="it rained"),
    lambda coach: coach.log_session(rpe=5, before=2, pain=2, form=0, day=START + timedelta(days=14)),
])  # fmt: skip
def test_what_changes_no_evidence_marks_nothing(weeks: Coach, change_it: Callable[[Coach], Any]) -> None:
    try:
        change_it(weeks)
    except Problem:
        assert weeks.today().day.session is None
    assert not any(cards(weeks, "w01").values())
    assert not any(cards(weeks, "w02").values())
    assert told(weeks.replay()) == []


def test_a_flare_declared_on_the_day_of_the_review_is_not_read_back_into_it(weeks: Coach) -> None:
    weeks.declare_flare()
    weeks.check_in(pain=8)
    assert told(weeks.replay()) == []


def test_a_plan_begun_anew_after_a_long_gap_gets_its_own_number(
    weeks: Coach, answers: dict[str, Any]
) -> None:
    later = open_at(Path(weeks.home), START + timedelta(days=60))
    made = later.assess(answers)
    assert made.plan is not None
    assert made.plan.version == 4
    ids = [each.id for each in later.plan_versions()]
    assert ids == ["v1", "v2", "v3", "v4"]
    assert told(later.replay()) == []


def test_an_export_replays_in_another_home(weeks: Coach, tmp_path: Path) -> None:
    weeks.check_in(START + timedelta(days=3), pain=9)
    text = "".join(weeks.export("all", "json"))
    assert json.loads(text)["episodes"]
    other = open_at(tmp_path / "other", weeks.today_date)
    other.import_(text.encode())
    assert told(other.replay()) == []
    assert desk(other).read().all("corrections", Correction)
    assert isinstance(desk(other).read().plan, Plan)
    assert isinstance(other.reviews()[0], Review)
