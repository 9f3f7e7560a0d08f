"""The session player: keys, figures, what is on the disk, and coming back after a crash."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from tui_harness import SIZES, Clock, coach_of, demo, fresh, keys, lived, opened, text_of  # noqa: F401 (fixtures)

from coach.tui.app import CoachApp
from coach.tui.screens import session as module
from coach.tui.screens.session import SessionPage


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(module, "time", found)
    return found


def page(app: CoachApp) -> SessionPage:
    found = app.screen
    assert isinstance(found, SessionPage), found
    return found


def state(app: CoachApp) -> Any:
    running = page(app).running
    assert running is not None
    return running.state


async def passing(app: CoachApp, pilot: Pilot[None], clock: Clock, seconds: float) -> None:
    """Let time pass in steps that a person would see."""
    while seconds > 0:
        step = min(seconds, 5.0)
        clock.now += step
        seconds -= step
        page(app).do("tick")
    await pilot.pause()


@pytest.mark.asyncio
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_it_leads_through_a_set_hands_free(fresh: Path, clock: Clock, size: tuple[int, int]) -> None:  # noqa: F811
    async with opened(fresh, size) as (app, pilot):
        await keys(app, pilot, "s")
        assert "Pain now, before you begin?" in text_of(app)
        await keys(app, pilot, "3")
        shown = text_of(app)
        assert "⣿" in shown
        assert "Set-up:" in shown
        await passing(app, pilot, clock, 31)
        assert state(app).phase == "ready"
        assert "Set 1 of 2   left side" in text_of(app)
        await passing(app, pilot, clock, 5)
        assert state(app).phase == "work"
        assert "G O" in text_of(app)
        await passing(app, pilot, clock, 40)
        assert (state(app).phase, state(app).place.part) == ("switch", 1)
        await passing(app, pilot, clock, 45)
        assert (state(app).phase, len(state(app).done.sets)) == ("rest", 1)
        assert "R E S T" in text_of(app)
        await keys(app, pilot, "minus", "minus", "plus")
        assert state(app).done.sets[0].reps == 7
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert "R E S T" in text_of(app)
        lines = text_of(app).splitlines()
        assert max(len(line) for line in lines) <= 60


@pytest.mark.asyncio
async def test_to_the_end_by_keys_alone(fresh: Path, clock: Clock) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        app.push_screen(SessionPage("short"))
        await keys(app, pilot, "2")
        for _ in range(200):
            if page(app).logged is not None:
                break
            await keys(app, pilot, "0" if state(app).place.asking else "enter")
        shown = text_of(app)
        assert "3 of 3 exercises" in shown
        assert "Week 1, session 1" in shown
        (log,) = coach_of(fresh).history().sessions
        assert (log.kind, [each.status for each in log.exercises]) == ("short", ["done"] * 3)
        assert (log.exercises[0].pain_before, log.exercises[0].rpe, log.exercises[0].form) == (2, 0, 0)
        assert not (fresh / "session.json").exists()
        await keys(app, pilot, "enter")
        assert "session is done" in text_of(app)


@pytest.mark.asyncio
async def test_easier_too_painful_skip_and_back(fresh: Path, clock: Clock) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "s", "2", "e")
        assert "A quarter less from now on." in text_of(app)
        await keys(app, pilot, "b")
        assert state(app).done.share == 1
        await keys(app, pilot, "s")
        assert "Why is this exercise left out?" in text_of(app)
        await keys(app, pilot, "1")
        assert (state(app).dones[0].reason, state(app).place.item) == ("no time", 1)
        await keys(app, pilot, "enter", "enter", "p")
        assert state(app).place.asking == ("pain", "leg")
        await keys(app, pilot, "x", "3")
        assert state(app).dones[1].status == "stopped"
        assert state(app).dones[1].felt[0].pain == 10
        assert state(app).place.item == 2
        await keys(app, pilot, "escape", "3")
        assert "coach" not in text_of(app).replace("Check-in", "").lower() or page(app).logged
        (log,) = coach_of(fresh).history().sessions
        assert [each.status for each in log.exercises] == ["skipped", "stopped", "skipped", "skipped"]


@pytest.mark.asyncio
async def test_space_stops_the_clock_and_another_page_does(fresh: Path, clock: Clock) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "s", "2", "enter", "enter")
        assert state(app).phase == "work"
        await keys(app, pilot, "space")
        clock.now += 500
        page(app).do("tick")
        assert (state(app).paused, state(app).phase, state(app).spent) == (True, "work", 0)
        assert "Paused" in text_of(app)
        await keys(app, pilot, "space")
        assert not state(app).paused
        await keys(app, pilot, "question_mark")
        await keys(app, pilot, "escape")
        if isinstance(app.screen, SessionPage):
            assert state(app).paused


@pytest.mark.asyncio
async def test_auto_advance_can_be_switched_off(fresh: Path, clock: Clock) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "s", "2", "a", "enter")
        await passing(app, pilot, clock, 60)
        assert state(app).phase == "ready"
        assert "Enter goes on" in text_of(app)


@pytest.mark.asyncio
async def test_a_crash_in_the_middle_of_a_set_goes_on_there(fresh: Path, clock: Clock) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "s", "2", "enter", "enter", "enter", "enter", "enter", "enter", "enter")
        before = state(app)
        assert len(before.dones[0].sets) == 1
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "s")
        after = state(app)
        assert (after.dones, after.place.item, after.place.part) == (
            before.dones,
            before.place.item,
            before.place.part,
        )
        assert after.paused
        assert "Paused" in text_of(app)


@pytest.mark.asyncio
async def test_nothing_is_timed_while_nothing_is_to_be_timed(fresh: Path, clock: Clock) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "s")
        timer = page(app)._clock
        assert timer is not None
        assert not timer._active.is_set()
        await keys(app, pilot, "2")
        assert timer._active.is_set()
        await keys(app, pilot, "space")
        assert not timer._active.is_set()


@pytest.mark.asyncio
async def test_it_can_be_made_shorter_before_it_begins(fresh: Path, clock: Clock) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "s")
        assert "The whole session: 4 exercises" in text_of(app)
        await keys(app, pilot, "v")
        assert "The short one: 3 exercises" in text_of(app)
        await keys(app, pilot, "v")
        assert "Two minutes: 2 exercises" in text_of(app)
        await keys(app, pilot, "2", "v")
        assert (state(app).kind, len(state(app).items)) == ("minimum", 2)
        assert "Two minutes" not in text_of(app)


@pytest.mark.asyncio
async def test_keys_that_mean_nothing_in_a_question_are_not_heard(fresh: Path, clock: Clock) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "s", "e", "p", "s", "space", "a")
        assert (state(app).phase, state(app).paused, state(app).past) == ("before", False, ())
        assert "Too painful" not in text_of(app)


@pytest.mark.asyncio
async def test_without_a_session_it_says_so(fresh: Path, clock: Clock) -> None:  # noqa: F811
    async with opened(fresh, today="2026-11-24") as (app, pilot):
        coach_of(fresh).log_session()
        await keys(app, pilot, "s")
        assert "No session is due" in text_of(app)
        last = text_of(app).splitlines()[-1]
        assert "Esc Back" in last
        assert "Too painful" not in last
        await keys(app, pilot, "b")
        assert len(app.screen_stack) == 1
        await keys(app, pilot, "s", "e")
        assert text_of(app).startswith(" Exercises")


@pytest.mark.asyncio
async def test_at_the_first_question_b_leaves(fresh: Path, clock: Clock) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "s")
        assert "One back" not in text_of(app)
        assert "Go on" not in text_of(app)  # no number is offered: Enter would do nothing
        await keys(app, pilot, "2")
        assert state(app).past
        await keys(app, pilot, "b")
        assert state(app).past == ()
        await keys(app, pilot, "b")
        assert len(app.screen_stack) == 1


@pytest.mark.asyncio
async def test_a_session_key_on_the_day_of_a_review_leads_to_the_review(demo: Path) -> None:  # noqa: F811
    async with opened(demo, (80, 24), today="2026-11-24") as (app, pilot):
        await keys(app, pilot, "s")
        text = " ".join(text_of(app).split())
    assert "No session is due today. The week is over: its review writes the next one." in text
    assert "Next: the review writes the next week: Review (key r)" in text
    assert "left out have expired" not in text, "every session of this week was done"
