"""The series of a lived home: what they begin from, what stands now, days, doses, load and checks."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from coach import Coach
from coach.cases import checks
from coach.cases.daymarks import day_marks
from coach.cases.insight import doses
from coach.model.charts import Insight, Series, Span
from coach.model.log import History, SessionLog, Skip
from coach.model.plan import Session, Week
from coach.problems import NothingToDo

TODAY = date(2026, 11, 23)
START = date(2026, 9, 29)


@pytest.fixture(scope="module")
def home(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(demo_home, tmp_path_factory.mktemp("insight") / "demo"))


@pytest.fixture(scope="module")
def found(home: Path) -> Insight:
    return Coach.open(home, today=TODAY).insight()


def named(found: Insight, name: str) -> Series:
    return next(each for each in found.series if each.id == name)


def test_pain_begins_from_the_average_of_the_first_assessment(found: Insight) -> None:
    pain = named(found, "pain")
    assert (pain.start, pain.end) == (START, TODAY)
    assert (pain.baseline, pain.now, pain.now_days) == (5.0, 3.0, 6)
    assert (pain.band, pain.verdict, pain.inside) == (2.0, "meaningful_improvement", False)


def test_a_point_for_each_morning_and_none_for_the_others(found: Insight, home: Path) -> None:
    noted = Coach.open(home, today=TODAY).history().checkins
    assert [(each.date, each.value) for each in named(found, "pain").points] == [
        (each.date, each.pain) for each in noted if each.pain is not None
    ]
    assert len(noted) < 56


def test_hours_are_a_trend_and_get_no_verdict(found: Insight) -> None:
    hours = named(found, "sleep_hours")
    assert (hours.verdict, hours.band, hours.low, hours.high) == ("trend", None, None, None)


def test_own_goals_have_their_words_and_their_band(found: Insight) -> None:
    assert [each.name for each in found.goals] == [
        "Goal: sit through a long meeting",
        "Goal: lift the shopping out of the car",
    ]
    assert all(each.band == 3.0 and not each.daily and each.best == "high" for each in found.goals)


def test_flares_have_the_end_that_the_mornings_give(found: Insight) -> None:
    kinds = [(each.kind, each.start, each.end) for each in named(found, "pain").spans]
    assert kinds == [
        ("flare", date(2026, 10, 25), date(2026, 10, 27)),
        ("pause", date(2026, 11, 4), date(2026, 11, 6)),
    ]


def test_each_day_of_the_plan_has_one_mark(found: Insight, home: Path) -> None:
    days = [each.date for each in found.days]
    assert days == [START + timedelta(days=number) for number in range(56)]
    logs = Coach.open(home, today=TODAY).history().sessions
    full = {each.date for each in logs if each.kind == "full"}
    assert {each.date for each in found.days if each.mark == "done"} == full
    assert {each.date for each in found.days if each.mark == "skipped"} == {date(2026, 10, 19)}
    assert {each.date for each in found.days if each.flare} == {date(2026, 10, day) for day in (25, 26, 27)}


def test_doses_are_the_standing_levels_of_the_versions(found: Insight, home: Path) -> None:
    versions = Coach.open(home, today=TODAY).plan_versions()
    for climb in found.doses:
        level = climb.levels[-1]
        standing = [*versions[-1].standing, *filter(None, (versions[-1].walk,))]
        now = next(each for each in standing if each.ladder == climb.ladder)
        assert (level.exercise, level.size) == (now.exercise, now.dose.size)
        assert [each.date for each in climb.levels] == sorted({each.week.starts for each in versions})


def test_the_load_of_this_week_stands_against_four_weeks(found: Insight) -> None:
    load = found.load
    assert load is not None
    assert load.before is not None
    assert load.ratio == pytest.approx(load.week / load.before, abs=0.01)
    assert load.limit == 1.5
    assert load.above == (load.ratio > 1.5)
    assert load.eased


def test_the_load_needs_four_lived_weeks(home: Path) -> None:
    early = Coach.open(home, today=START + timedelta(days=33)).insight()
    assert early.load is not None
    assert early.load.before is None
    later = Coach.open(home, today=START + timedelta(days=34)).insight()
    assert later.load is not None
    assert later.load.before is not None


def test_checks_come_after_their_weeks(found: Insight) -> None:
    assert [(each.week, each.said) for each in found.verdicts] == [(4, True), (8, False), (12, False)]
    assert found.verdicts[0].outcome == "early"
    assert found.verdicts[1].date == date(2026, 11, 24)


def test_nothing_of_later_days_is_seen(home: Path) -> None:
    past = Coach.open(home, today=START + timedelta(days=10)).insight()
    for each in (*past.goals, *past.series):
        assert all(point.date <= past.date for point in each.points), each.id
    assert len(past.days) == 11


def test_without_a_plan_there_is_nothing_to_look_at(tmp_path: Path) -> None:
    with pytest.raises(NothingToDo):
        Coach.open(tmp_path / "empty", today=TODAY).insight()


def test_week_eight_is_judged_by_pain_and_function(demo_home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    shutil.copytree(demo_home, folder)
    coach = Coach.open(folder, today=TODAY + timedelta(days=1))
    calm = dict.fromkeys(
        ("ms_saddle", "ms_legs", "ms_leg_new", "ms_unwell", "ms_trauma", "ms_different"), "no"
    )
    coach.review(screen=calm)
    verdict = next(each for each in coach.insight().verdicts if each.week == 8)
    assert (verdict.said, verdict.outcome) == (True, "responding")
    assert any("Pain: 5" in reason for reason in verdict.reasons)


def test_a_rating_of_the_own_activity_joins_the_first_goal(demo_home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    shutil.copytree(demo_home, folder)
    coach = Coach.open(folder, today=TODAY)
    before = coach.insight().goals
    coach.check_in(activity_rating=8)
    first, second = coach.insight().goals
    assert [each.value for each in first.points] == [*(each.value for each in before[0].points), 8.0]
    assert first.points[0].value == 4.0
    assert (first.now, first.verdict, first.inside) == (8.0, "better", False)
    assert second == before[1]
    coach.check_in(activity_rating=6)
    first = coach.insight().goals[0]
    assert (first.verdict, first.inside) == ("unchanged", True)


def week(*dates: date) -> Week:
    sessions = tuple(
        Session(id=f"w01_s{number}", week=1, number=number, date=each, minutes=10, prescriptions=())
        for number, each in enumerate(dates, 1)
    )
    return Week(number=1, starts=START, phase="calm", phase_name="Calm", sessions=sessions)


def log(session: str, day: date, kind: Any = "full") -> SessionLog:
    return SessionLog(id=f"{day}/{session}", session=session, date=day, kind=kind)


def letters(history: History, today: date, *planned: date, spans: tuple[Span, ...] = ()) -> list[str]:
    return [each.mark for each in day_marks((week(*planned),), history, START, today, spans)]


D = [START + timedelta(days=number) for number in range(7)]


def test_a_session_done_on_another_day_is_not_missed() -> None:
    moved = History(sessions=(log("w01_s1", D[2]),))
    assert letters(moved, D[3], D[0]) == ["rest", "rest", "done", "rest"]


def test_a_session_of_today_is_not_missed_yet() -> None:
    assert letters(History(), D[2], D[1], D[2]) == ["rest", "missed", "rest"]


def test_short_walks_and_skips() -> None:
    history = History(
        sessions=(log("w01_s1", D[0], "short"), log("walk", D[1], "walk"), log("w01_s3", D[4], "minimum")),
        skips=(Skip(id="x", session="w01_s2", date=D[3], reason="time"),),
    )
    found = letters(history, D[4], D[0], D[2], D[4])
    assert found == ["short", "walk", "skipped", "skipped", "short"]


def test_a_walk_on_the_day_of_an_open_session_leaves_it_open() -> None:
    history = History(sessions=(log("walk", D[0], "walk"),))
    assert letters(history, D[1], D[0]) == ["missed", "rest"]


def test_pauses_and_flares_hold_both_ends() -> None:
    spans = (Span(kind="pause", start=D[1], end=D[2]), Span(kind="flare", start=D[2], end=D[2]))
    found = day_marks((week(),), History(), START, D[3], spans)
    assert [each.pause for each in found] == [False, True, True, False]
    assert [each.flare for each in found] == [False, False, True, False]


def worked(day: date, minutes: float = 10) -> SessionLog:
    return SessionLog(id=f"{day}/x", session="x", date=day, minutes=minutes, rpe=5)


def test_effort_times_minutes_of_seven_days_and_of_four_weeks() -> None:
    ago = [worked(TODAY - timedelta(days=back)) for back in (0, 6, 7, 20, 34, 35)]
    history = History(sessions=tuple(sorted(ago, key=lambda each: each.date)))
    load = checks.load((), history, TODAY - timedelta(days=90), TODAY)
    assert (load.week, load.before, load.ratio) == (100.0, 37.5, 2.67)
    assert load.above
    assert not load.eased
    assert checks.load((), History(), TODAY - timedelta(days=90), TODAY).before is None


def test_what_waits_for_its_turn_is_no_level_yet(home: Path) -> None:
    plan = Coach.open(home, today=TODAY).plan()
    first = plan.standing[0]
    waiting = replace(plan, standing=(replace(first, deferred=True), *plan.standing[1:]))
    shown = {each.ladder for each in doses((waiting,), START, TODAY)}
    assert first.ladder not in shown
    assert first.ladder in {each.ladder for each in doses((plan,), START, TODAY)}
