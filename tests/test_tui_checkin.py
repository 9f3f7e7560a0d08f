"""The check-in of the terminal app, saving that never loses, and two faces at once."""

from __future__ import annotations

import threading
import time
from datetime import date
from pathlib import Path

import pytest
from tui_harness import (  # noqa: F401 (fixtures)
    DAY,
    coach_of,
    demo,
    fresh,
    keys,
    lived,
    opened,
    settled,
    text_of,
)

from coach.coach import Coach
from coach.model.log import CheckIn
from coach.problems import Busy, NeedsDoctor
from coach.tui.app import CoachApp
from coach.tui.widgets.drawn import Drawn

HOSTILE = "[/foo] [@click=app.quit]x[/] [bold]"


def noted(home: Path, day: str = DAY) -> CheckIn | None:
    when = date.fromisoformat(day)
    return next((each for each in coach_of(home).history().checkins if each.date == when), None)


@pytest.mark.asyncio
@pytest.mark.parametrize("page", ["t", "p", "e", "question_mark"])
async def test_three_digits_and_enter_from_anywhere(fresh: Path, page: str) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, page)
        under = app.screen
        await keys(app, pilot, "c", "4", "7", "2", "enter")
        assert app.screen is under
        found = noted(fresh)
        assert found is not None
        assert (found.pain, found.sleep_quality, found.stress, found.sleep_hours) == (4, 7, 2, None)
        await keys(app, pilot, "t")
        assert "pain 4, sleep 7, stress 2" in text_of(app)


@pytest.mark.asyncio
async def test_each_number_is_kept_as_it_is_given(fresh: Path) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "c", "x")
        assert noted(fresh).pain == 10  # type: ignore[union-attr]
        await keys(app, pilot, "up", "left")
        assert noted(fresh).pain == 9  # type: ignore[union-attr]
        await keys(app, pilot, "escape")
        found = noted(fresh)
        assert found is not None
        assert (found.pain, found.sleep_quality, found.stress) == (9, None, None)


@pytest.mark.asyncio
async def test_hours_and_a_hostile_note(fresh: Path) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "c", "4", "7", "2", *"6,5", "tab", *"abc", "tab")
        assert app.screen.is_modal
        for character in HOSTILE:
            await pilot.press(character)
        await pilot.press("enter")
        await settled(app, pilot)
        found = noted(fresh)
        assert found is not None
        assert (found.sleep_hours, found.sitting_hours, found.note) == (6.5, None, HOSTILE)
        assert "[@click=app.quit]x" in app.screen.query_one("#side", Drawn).render().plain


@pytest.mark.asyncio
async def test_yesterday_can_be_filled(demo: Path) -> None:  # noqa: F811
    today = noted(demo)
    async with opened(demo) as (app, pilot):
        await keys(app, pilot, "c", "y")
        assert "(yesterday)" in text_of(app)
        await keys(app, pilot, "8", "enter")
    assert noted(demo, "2026-11-22").pain == 8  # type: ignore[union-attr]
    assert noted(demo) == today


@pytest.mark.asyncio
async def test_a_warning_sign_puts_its_questions_first(fresh: Path) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "c", "w", "2")
        assert coach_of(fresh).pending()
        assert "First things first" in text_of(app)


@pytest.mark.asyncio
async def test_an_entry_of_another_process_shows_by_itself(fresh: Path, run) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        assert "pain 5" not in text_of(app)
        await pilot.press("p")
        done = run("checkin", "5", "--date", DAY, home=fresh, today=DAY)
        assert done.returncode == 0, done.stderr
        until = time.monotonic() + 10  # a second and a little where nothing else runs
        while "pain 5" not in text_of(app).splitlines()[0] and time.monotonic() < until:
            await pilot.pause(0.1)
        assert "pain 5" in text_of(app).splitlines()[0]
        await keys(app, pilot, "c", "3")
    found = noted(fresh)
    assert found is not None
    assert (found.pain, found.sleep_quality) == (5, 3)


@pytest.mark.asyncio
async def test_a_busy_journal_is_waited_for(fresh: Path) -> None:  # noqa: F811
    held, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with coach_of(fresh)._desk.write("held"):
            held.set()
            let_go.wait(20)

    other = threading.Thread(target=hold)
    other.start()
    held.wait(10)
    async with opened(fresh) as (app, pilot):
        await pilot.press("c", "6")
        await pilot.pause(0.3)
        assert app.saving.waiting == 1
        let_go.set()
        other.join()
        await settled(app, pilot)
    assert noted(fresh).pain == 6  # type: ignore[union-attr]


@pytest.mark.asyncio
async def test_a_journal_that_stays_busy_is_tried_again(fresh: Path, monkeypatch) -> None:  # noqa: F811
    monkeypatch.setattr("coach.tui.saving.WAIT_S", 0.01)
    opener = Failing(fresh, Busy("Another process writes."))
    app = CoachApp(opener)
    async with app.run_test(size=(80, 24)) as pilot:
        opener.left = 3
        await keys(app, pilot, "c", "6")
        assert type(app.screen).__name__ == "CheckInPage"
        assert noted(fresh).pain == 6  # type: ignore[union-attr]
    app.saving.close()


class Failing:
    """An opener whose coach cannot write until it is mended."""

    def __init__(self, home: Path, error: Exception) -> None:
        self.home, self.error, self.mended = home, error, False
        self.left = 1_000

    def __call__(self) -> Coach:
        coach = coach_of(self.home)
        if not self.mended and self.left > 0:

            def refuse(*_: object, **__: object) -> None:
                self.left -= 1
                raise self.error

            coach.check_in = refuse  # type: ignore[method-assign, assignment]
        return coach


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "error", [NeedsDoctor("The disk is full.", "coach doctor"), Busy("Busy."), ValueError("odd")]
)
async def test_what_cannot_be_saved_is_offered_again(fresh: Path, error: Exception, monkeypatch) -> None:  # noqa: F811
    monkeypatch.setattr("coach.tui.saving.WAIT_S", 0.01)
    opener = Failing(fresh, error)
    app = CoachApp(opener)
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(app, pilot, "c", "6")
        assert "could not be saved" in " ".join(text_of(app).replace("│", " ").split())
        opener.mended = True
        await keys(app, pilot, "r")
        assert noted(fresh).pain == 6  # type: ignore[union-attr]
    app.saving.close()


@pytest.mark.asyncio
async def test_leaving_at_once_still_saves(fresh: Path) -> None:  # noqa: F811
    app = CoachApp(lambda: coach_of(fresh))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("c", "4", "5", "6", "enter", "q")
    app.saving.close()
    found = noted(fresh)
    assert found is not None
    assert (found.pain, found.sleep_quality, found.stress) == (4, 5, 6)
