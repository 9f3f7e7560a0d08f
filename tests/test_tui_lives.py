"""Today and Review at turns of a real life of twelve weeks: before it, half-way, its last day, and after."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from test_life import CALM, live
from tui_harness import coach_of, keys, opened, text_of

from coach.tui.app import CoachApp
from coach.tui.screens.ask import Ask
from coach.tui.screens.questions import Questions

START = date(2026, 1, 5)
HALF, LAST = START + timedelta(days=42), START + timedelta(days=84)


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory, answers: dict[str, Any]) -> dict[date, Path]:
    """One life, kept as it was on the day of the sixth review, and of the last one."""
    folder = tmp_path_factory.mktemp("lives")
    found = {}
    for day in (HALF, LAST):
        found[day] = folder / day.isoformat()
        live(found[day], answers, (day - START).days)
    return found


@pytest.fixture
def home(lives: dict[date, Path], tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    return Path(shutil.copytree(lives[request.param], tmp_path / "home"))


async def answered(app: CoachApp, pilot: Any) -> list[str]:
    """Answer the weekly questions to their end: no to yes and no, the first choice, 2 of a number."""
    asked = []
    for _ in range(60):
        page: Any = app.screen
        if isinstance(page, Ask):
            await keys(app, pilot, "2")  # the full questions are due, and wait
            continue
        if not isinstance(page, Questions):
            break
        item, group = page._step.item, page._step.group
        asked += group.items if group else [item.id]
        if group:
            await keys(app, pilot, "0")
        elif item.kind in ("yes_no", "yes_no_unsure"):
            await keys(app, pilot, "n")
        elif item.choices:
            await keys(app, pilot, "1")
        else:
            await keys(app, pilot, *("w" if item.kind == "text" else "2"), "enter")
    return asked


@pytest.mark.asyncio
@pytest.mark.parametrize("home", [HALF], indirect=True)
async def test_the_review_of_week_six_asks_whether_the_plan_helps(home: Path) -> None:
    day = HALF.isoformat()
    assert coach_of(home, day).plan().week.number == 6
    async with opened(home, today=day) as (app, pilot):
        await keys(app, pilot, "r", "enter")
        asked = await answered(app, pilot)
        page: Any = app.screen
        assert page.state == "preview"
        assert [item for item in asked if item.startswith("eac_")] == [f"eac_{n}" for n in range(1, 11)]
        assert any(item.startswith("pain_") for item in asked)
        await keys(app, pilot, "enter", "y")
        assert text_of(app).startswith(" Today")
    made = coach_of(home, day).reviews()[-1]
    assert made.week == 6
    rules = {note.rule for note in made.notes}
    assert any(rule.startswith(("respon", "nonrespon")) for rule in rules), rules
    assert "response_missing" not in rules


@pytest.mark.asyncio
@pytest.mark.parametrize("home", [LAST], indirect=True)
async def test_the_last_day_leads_into_the_time_after(home: Path) -> None:
    day = LAST.isoformat()
    async with opened(home, today=day) as (app, pilot):
        page: Any = app.screen
        assert page.primary[0] == "review"
        assert "review" in text_of(app)
        coach_of(home, day).review(screen=dict(CALM))
        app.look()
        await keys(app, pilot)
        shown = text_of(app)
        assert "12 weeks done" in shown.splitlines()[0]
        assert "12 weeks done" in shown.splitlines()[2]
        assert "The twelve weeks are done. What follows keeps it up." in shown
        assert page.primary[0] in ("checkin", "session")
    for later in (1, 6, 20):
        async with opened(home, today=(LAST + timedelta(days=later)).isoformat()) as (app, pilot):
            assert app.screen.primary[0]  # type: ignore[attr-defined]
            assert "week 13 of 24" in text_of(app)
            for key in ("p", "g", "r", "t"):
                await keys(app, pilot, key)
                assert text_of(app).strip()


@pytest.mark.asyncio
@pytest.mark.parametrize("home", [HALF], indirect=True)
async def test_a_clock_that_stands_before_the_plan_is_said(home: Path) -> None:
    async with opened(home, today=(START - timedelta(days=1)).isoformat()) as (app, pilot):
        assert "before the first day of your plan, Mon 5 Jan" in text_of(app)
        for key in ("p", "r", "g", "h", "t", "c"):
            await keys(app, pilot, key)
        assert "Today" in text_of(app)


@pytest.mark.asyncio
@pytest.mark.parametrize("home", [HALF], indirect=True)
async def test_a_pause_over_the_day_of_a_review_waits(home: Path) -> None:
    coach = coach_of(home, HALF.isoformat())
    coach.pause(HALF, HALF + timedelta(days=3), "travel")
    async with opened(home, today=HALF.isoformat()) as (app, pilot):
        page: Any = app.screen
        assert page.primary[0] == "pause"
        assert "A pause until Thu 19 Feb. These days do not count." in text_of(app)
        await keys(app, pilot, "enter", "y")
        assert page.primary[0] == "review"
