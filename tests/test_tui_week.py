"""The review, settings, habits, lessons, and what life brings, through keys."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from test_tui_interview import pressed
from tui_harness import (  # noqa: F401 (fixtures)
    answers,
    coach_of,
    demo,
    fresh,
    golden,
    keys,
    lived,
    opened,
    text_of,
)

from coach.demo import CALM
from coach.draw.cards import sign
from coach.tui.screens.ask import Ask
from coach.tui.screens.found import FoundPage
from coach.tui.screens.interview import InterviewPage
from coach.tui.screens.questions import Questions
from coach.tui.screens.review import ReviewPage

REVIEW_DAY = "2026-11-30"


@pytest.fixture
def trained(fresh: Path) -> Path:  # noqa: F811
    """A first week with all sessions and mornings, before its review."""
    for day in range(23, 30):
        coach = coach_of(fresh, f"2026-11-{day}")
        coach.check_in(pain=3, sleep_hours=7, sleep_quality=7, stress=3)
        if coach.today().day.session:
            coach.log_session(rpe=2, before=3, pain=3, form=0)
    return fresh


async def to_preview(app: Any, pilot: Any) -> ReviewPage:
    await keys(app, pilot, "r", "enter")
    if isinstance(app.screen, Ask):
        await keys(app, pilot, "2")  # the full questions are due, and wait
    for _ in range(20):
        if not isinstance(app.screen, Questions):
            break
        await keys(app, pilot, "0")
    page = app.screen
    assert isinstance(page, ReviewPage)
    assert page.state == "preview"
    return page


@pytest.mark.asyncio
async def test_a_review_is_seen_before_it_is_made(trained: Path) -> None:
    before = coach_of(trained, REVIEW_DAY).plan()
    async with opened(trained, today=REVIEW_DAY) as (app, pilot):
        await keys(app, pilot, "r")
        golden("review_due.80x24", text_of(app))
        await keys(app, pilot, "enter")
        golden("review_questions.80x24", text_of(app))
        await keys(app, pilot, "escape")
        page = await to_preview(app, pilot)
        golden("review_preview.80x24", text_of(app))
        await keys(app, pilot, "n")
        proposed = page.query_one("#lines").render().plain  # type: ignore[attr-defined]
        assert "Week 2" in proposed
        assert coach_of(trained, REVIEW_DAY).plan() == before
        rises = [each for each in page._cards() if sign(each) == "up"]
        assert len(rises) >= 2, [each.rule for each in page._cards()]
        await keys(app, pilot, "v", "down", "h")
        assert list(page.choices.values()) == ["veto", "hold"]
        assert "VETO " in text_of(app)
        assert "HOLD " in text_of(app)
        await keys(app, pilot, "n")
        chosen = page.query_one("#lines").render().plain  # type: ignore[attr-defined]
        assert "Week 2" in chosen
        assert chosen != proposed
        await keys(app, pilot, "enter", "y")
        assert "Today" in text_of(app).splitlines()[0]
    coach = coach_of(trained, REVIEW_DAY)
    made = coach.reviews()[-1]
    assert {each.id for each in made.decisions if each.vetoed} == {each.id for each in rises[:2]}
    held = {each.exercise for each in coach.plan().standing if each.hold}
    assert held == {rises[1].exercise}
    week = coach.plan().week
    async with opened(trained, today=REVIEW_DAY) as (app, pilot):
        await keys(app, pilot, "u")
        assert "The whole review: hold, veto and review of week 1" in text_of(app)
        await keys(app, pilot, "a")
    coach = coach_of(trained, REVIEW_DAY)
    assert coach.reviews() == ()
    assert coach.plan() == before
    preview = coach.review(screen=CALM, dry_run=True)
    assert coach.foresee(preview, {rises[0].id: "veto", rises[1].id: "hold"}).week.sessions == week.sessions


@pytest.mark.asyncio
async def test_full_questions_that_are_due_can_be_answered_first(demo: Path) -> None:  # noqa: F811
    async with opened(demo, today="2026-11-24") as (app, pilot):
        await keys(app, pilot, "r", "enter")
        assert "nothing rises" in " ".join(text_of(app).split())
        await keys(app, pilot, "1")
        assert isinstance(app.screen, InterviewPage)
        for _ in range(60):
            if not isinstance(app.screen, InterviewPage) or not app.screen.asks:
                break
            step = app.screen._step
            given = answers().get(step.item.id, "no" if step.item.required else None)
            await keys(app, pilot, *(("0",) if step.group else pressed(step.item, given, arrows=False)))
        await keys(app, pilot, "enter")
        assert isinstance(app.screen, FoundPage)
        assert "Your plan is written" not in text_of(app)
        await keys(app, pilot, "enter")
        assert isinstance(app.screen, ReviewPage)
        await keys(app, pilot, "enter")
        assert isinstance(app.screen, Questions)


@pytest.mark.asyncio
async def test_a_preview_follows_what_others_write(trained: Path, run: Any) -> None:
    async with opened(trained, today=REVIEW_DAY) as (app, pilot):
        page = await to_preview(app, pilot)
        seen = page.found.revision
        assert run("checkin", "9", "--date", "2026-11-29", home=trained, today=REVIEW_DAY).returncode == 0
        app.look()
        await keys(app, pilot)
        assert page.found.revision > seen
        assert page.state == "preview"


@pytest.mark.asyncio
async def test_a_danger_in_the_weekly_questions_closes_the_plan(trained: Path) -> None:
    async with opened(trained, today=REVIEW_DAY) as (app, pilot):
        await keys(app, pilot, "r", "enter")
        for _ in range(40):
            if not isinstance(app.screen, Questions):
                break
            await keys(app, pilot, "1", "enter")
        assert "PLEASE GET HELP NOW" in text_of(app)
    assert coach_of(trained, REVIEW_DAY).today().withheld


@pytest.mark.asyncio
async def test_a_card_that_stays_has_nothing_to_take_back(demo: Path) -> None:  # noqa: F811
    async with opened(demo, today="2026-11-30", notifications=True) as (app, pilot):
        page = await to_preview(app, pilot)
        assert page._held
        assert "To answer them: Esc, then key a." in " ".join(text_of(app).split())
        assert {sign(each) for each in page._cards()} <= {"same", "down", "out"}
        await keys(app, pilot, "v")
        assert page.choices == {}
        assert "there is no rise" in text_of(app)


@pytest.mark.asyncio
async def test_a_past_rise_can_be_taken_back(demo: Path) -> None:  # noqa: F811
    async with opened(demo) as (app, pilot):
        await keys(app, pilot, "r", "v")
        assert "(vetoed)" in text_of(app)
    assert any(each.vetoed for each in coach_of(demo).reviews()[-1].decisions)


@pytest.mark.asyncio
async def test_settings_of_the_face_are_kept(fresh: Path) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "comma", "enter", "down", "enter")
        assert app.theme == "coach-light"
    kept = json.loads((fresh / "settings.json").read_text())
    assert kept["schema"] == "coach.settings/1"
    assert (kept["theme"], kept["motion"], kept["bell"]) == ("light", False, True)
    async with opened(fresh) as (app, _):
        assert (app.theme, app.animation_level) == ("coach-light", "none")


@pytest.mark.asyncio
async def test_broken_settings_are_as_they_come(fresh: Path) -> None:  # noqa: F811
    (fresh / "settings.json").write_text('{"theme": "pink", "bell": false, "countdown": "x"}')
    async with opened(fresh) as (app, _):
        assert (app.settings.theme, app.settings.bell, app.settings.countdown) == ("dark", False, 5)


@pytest.mark.asyncio
async def test_a_wish_changes_the_plan(fresh: Path) -> None:  # noqa: F811
    before = coach_of(fresh).plan()
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "comma", *["down"] * 6, "enter", "backspace", "9", "enter")
        assert "from 1 to 7" in text_of(app)
        await keys(app, pilot, "backspace", "2", "enter")
    after = coach_of(fresh).plan()
    assert (len(before.week.sessions), len(after.week.sessions)) == (3, 2)
    assert coach_of(fresh).answers()["days_per_week"] == 2


@pytest.mark.asyncio
async def test_a_habit_and_a_lesson_are_noted(demo: Path) -> None:  # noqa: F811
    async with opened(demo) as (app, pilot):
        before = coach_of(demo).habits().habits[0]
        assert not before.today
        await keys(app, pilot, "h", "enter")
        assert f"[x] {before.days + 1} of" in text_of(app)
        await keys(app, pilot, "i", "enter", "enter", "y")
    coach = coach_of(demo)
    assert coach.habits().habits[0].today
    assert next(each for each in coach.lessons() if each.this_week).read is not None


@pytest.mark.asyncio
async def test_a_flare_begins_and_ends_and_a_step_is_taken_back(fresh: Path) -> None:  # noqa: F811
    async with opened(fresh, notifications=True) as (app, pilot):
        await keys(app, pilot, "f", "y")
        assert "flare kit" in text_of(app)
        await keys(app, pilot, "f", "y")
        assert coach_of(fresh).history().flares[0].end is not None
        await keys(app, pilot, "u", "y")
        assert coach_of(fresh).history().flares[0].end is None
        await keys(app, pilot, "u", "escape")
        assert coach_of(fresh).history().flares


@pytest.mark.asyncio
async def test_a_pause_a_skip_and_a_session_without_guiding(fresh: Path) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        app.action_go("pause")
        await keys(app, pilot, "3")
        assert "paused until" in text_of(app)
        await keys(app, pilot, "t", "enter", "y")
        assert not coach_of(fresh).history().pauses
        app.action_go("skip")
        await keys(app, pilot, "1")
        assert coach_of(fresh).history().skips[0].reason == "time"
        await keys(app, pilot, "u", "y", "l", "3", "2", "4", "g", "enter")
        log = coach_of(fresh).history().sessions[0]
        assert (log.kind, log.rpe, log.exercises[0].pain_max, log.exercises[0].form) == ("full", 3, 4, 0)


@pytest.mark.asyncio
async def test_nothing_to_note_is_said(demo: Path) -> None:  # noqa: F811
    async with opened(demo, notifications=True) as (app, pilot):
        await keys(app, pilot, "l")
        assert "No session is due" in text_of(app)


@pytest.mark.asyncio
async def test_search_and_the_palette_find_things(demo: Path) -> None:  # noqa: F811
    async with opened(demo) as (app, pilot):
        await keys(app, pilot, "e", "slash", *"hinge", "enter")
        assert "Wall-tap hinge" in text_of(app)
        assert "Belly-and-ribs" not in text_of(app)
        await keys(app, pilot, "t", "ctrl+p", *"exerc")
        await pilot.pause(0.5)
        await keys(app, pilot, "enter")
        await pilot.pause(0.3)
        assert "Exercises" in text_of(app).splitlines()[0]


@pytest.mark.asyncio
async def test_a_click_does_what_its_key_does(demo: Path) -> None:  # noqa: F811
    async with opened(demo) as (app, pilot):
        column = text_of(app).splitlines()[-1].index("p Plan")
        await pilot.click(offset=(column, 23))
        await keys(app, pilot)
        assert "Plan" in text_of(app).splitlines()[0]
        await keys(app, pilot, "b")
        assert "Today" in text_of(app).splitlines()[0]
