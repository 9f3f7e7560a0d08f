"""A life by the public API: past week 12 a maintenance episode opens, and nothing is lost on the way."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from coach import Coach

CALM = dict.fromkeys(("ms_saddle", "ms_legs", "ms_leg_new", "ms_unwell", "ms_trauma", "ms_different"), "no")
START = date(2026, 1, 5)


def live(home: Path, answers: dict[str, Any], days: int) -> Coach:
    """Check in every morning, do what is due, review every week."""
    for offset in range(days):
        day = START + timedelta(days=offset)
        coach = Coach.open(home, today=day, at=f"{day}T07:00:00+00:00")
        if offset == 0:
            coach.assess(answers)
        coach.check_in(pain=3, sleep_hours=7.2, sleep_quality=7, stress=3)
        if offset and offset % 7 == 0:
            coach.review(screen=dict(CALM))
        due = coach.today().day
        if due.session:
            coach.log_session(rpe=3.5, before=3, pain=3, form=0)
    return coach


def test_the_maintenance_episode_opens_by_itself_and_carries_on(
    tmp_path: Path, answers: dict[str, Any]
) -> None:
    coach = live(tmp_path, answers, 7 * 15 + 1)
    files = sorted(path.name for path in (tmp_path / "journal" / "episodes").glob("*.json"))
    assert files == ["2026-01-05-e01.json", "2026-03-31-e02.json"]
    plan = coach.plan()
    assert plan.week.number == 16
    assert plan.week.phase == "maintain"
    assert len(plan.week.sessions) == 2
    assert plan.start == START
    days = [entry.date for entry in coach.history().checkins]
    assert days == sorted(set(days))
    assert days[-1] == coach.today_date
    assert (days[-1] - days[0]).days >= 28
    written = "".join(coach.export("journal", "csv"))
    assert written.count(",pain,") == 7 * 15 + 1
    late = coach.check_in(date(2026, 3, 1), note="found in a diary")
    assert late.checkin.pain == 3
    assert "found in a diary" in (tmp_path / "journal" / "episodes" / files[0]).read_text()


def test_the_same_life_gives_the_same_files(tmp_path: Path, answers: dict[str, Any]) -> None:
    live(tmp_path / "a", answers, 16)
    live(tmp_path / "b", answers, 16)
    read = [
        next((tmp_path / name / "journal" / "episodes").glob("*.json")).read_bytes() for name in ("a", "b")
    ]
    assert read[0] == read[1]
