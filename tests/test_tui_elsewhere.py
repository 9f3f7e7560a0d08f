"""Two windows on one home: what the other one writes shows, and neither writes over the other."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from test_tui_week import REVIEW_DAY, to_preview, trained  # noqa: F401 (fixture)
from textual.widgets import Input
from tui_harness import (  # noqa: F401 (fixtures)
    DAY,
    answers,
    coach_of,
    demo,
    fresh,
    keys,
    lived,
    opened,
    text_of,
)

from coach.coach import Coach
from coach.problems import NeedsDoctor, Problem
from coach.tui.app import CoachApp
from coach.tui.screens.checkin import CheckInPage
from coach.tui.screens.life import UndoPage


def said(app: CoachApp) -> str:
    return " ".join(each.message for each in app._notifications)


async def looked(app: CoachApp, pilot: Any) -> None:
    """The second in which the app looks goes by."""
    app.look()
    await keys(app, pilot)


@pytest.mark.asyncio
async def test_a_half_filled_check_in_takes_in_what_was_noted_elsewhere(fresh: Path) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "c", "4", "up", "up", *"stiff")
        coach_of(fresh).check_in(pain=6, sleep_hours=7.5, note="from the shell")
        await looked(app, pilot)
        assert isinstance(app.screen, CheckInPage)
        assert "[6]" in text_of(app)
        assert app.screen.query_one("#sleep_hours", Input).value == "7.5"
        assert app.screen.query_one("#note", Input).value == "stiff"
        await keys(
            app, pilot, "home", "shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab", "4", "enter"
        )
    (noted,) = coach_of(fresh).history().checkins
    assert (noted.pain, noted.sleep_hours, noted.note) == (4, 7.5, "stiff")


@pytest.mark.asyncio
async def test_only_the_step_that_was_shown_is_taken_back(fresh: Path) -> None:  # noqa: F811
    coach_of(fresh).check_in(pain=4)
    async with opened(fresh, notifications=True) as (app, pilot):
        await keys(app, pilot, "u")
        coach_of(fresh).pause(coach_of(fresh).today_date, coach_of(fresh).today_date)
        await keys(app, pilot, "y")
        assert "so nothing was done" in said(app)
        await keys(app, pilot, "u")
        assert isinstance(app.screen, UndoPage)
        assert "It was: pause" in app.screen._text
        coach_of(fresh, hour="10:00").check_in(pain=5)
        await looked(app, pilot)
        assert isinstance(app.screen, UndoPage)
        assert "It was: check" in app.screen._text
    assert len(coach_of(fresh).history().pauses) == 1
    assert coach_of(fresh).history().checkins[0].pain == 5


@pytest.mark.asyncio
async def test_a_session_noted_elsewhere_is_not_noted_over(fresh: Path) -> None:  # noqa: F811
    async with opened(fresh, notifications=True) as (app, pilot):
        await keys(app, pilot, "l", "9")
        coach_of(fresh).log_session(rpe=3, note="in the shell")
        await looked(app, pilot)
        assert not app.screen.is_modal
        assert "This session was noted elsewhere." in said(app)
    assert coach_of(fresh).history().sessions[0].note == "in the shell"


@pytest.mark.asyncio
@pytest.mark.parametrize("pressed", ["c", "p", "s3", "r", "g", "a2", "comma", "u", "f", "l", "e"])
async def test_a_wipe_elsewhere_leaves_nothing_open(fresh: Path, pressed: str) -> None:  # noqa: F811
    coach_of(fresh).check_in(pain=4)
    async with opened(fresh, notifications=True) as (app, pilot):
        await keys(app, pilot, *((pressed,) if pressed == "comma" else pressed))
        if pressed == "c":
            await keys(app, pilot, "up", "up", *"secret")
        app.look()
        coach_of(fresh).wipe()
        await looked(app, pilot)
        assert len(app.screen_stack) == 1
        assert "Everything was deleted elsewhere" in said(app)
        await keys(app, pilot, "c", "escape", "r", "p", "t")
    assert [each.name for each in fresh.rglob("*") if each.is_file()] == []


@pytest.mark.asyncio
async def test_one_session_in_two_windows(fresh: Path) -> None:  # noqa: F811
    async with opened(fresh, notifications=True) as (one, first):
        await keys(one, first, "s", "3", "enter", "enter", "enter")
        place = one.screen.running.state.place  # type: ignore[attr-defined]
        async with opened(fresh) as (two, second):
            await keys(two, second, "s")
            assert two.screen.running.resumed  # type: ignore[attr-defined]
            await keys(two, second, "space", "enter", "enter", "enter", "enter")
            there = two.screen.running.state  # type: ignore[attr-defined]
            assert there.place != place
            await keys(one, first, "enter")
            assert "went on in another window" in said(one)
            here = one.screen.running.state  # type: ignore[attr-defined]
            assert (here.dones, here.place.item) == (there.dones, there.place.item)
            await keys(two, second, "escape")
            for _ in range(3):
                if two.screen.is_modal:
                    await keys(two, second, "3")
                else:
                    await keys(two, second, "escape")
        if one.screen.is_modal:
            await keys(one, first, "escape")
        await keys(one, first, "enter", "enter")
    assert len(coach_of(fresh).history().sessions) <= 1


@pytest.mark.asyncio
async def test_one_interview_in_two_windows(tmp_path: Path) -> None:
    home = tmp_path / "home"
    async with opened(home, notifications=True) as (one, first):
        await keys(one, first, "a", "4", "2", "enter", "2")
        async with opened(home) as (two, second):
            await keys(two, second, "a")
            here, there = one.screen, two.screen
            assert there._step.item.id == here._step.item.id  # type: ignore[attr-defined]
            await keys(two, second, "b", "1")
            sex = two.screen.interview.answers["sex"]  # type: ignore[attr-defined]
        await keys(one, first, "b")
        assert "went on elsewhere" in said(one)
        assert one.screen.interview.answers["sex"] == sex  # type: ignore[attr-defined]
        await keys(one, first, "b", "escape")
    interview = coach_of(home).interview(resume=True)
    assert interview is not None
    assert interview.order == ["age"]


@pytest.mark.asyncio
async def test_a_full_disk_in_the_middle_of_a_session_loses_no_set(
    fresh: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import coach.journal.store as store

    write, told = store.write_file, []

    def full(*_: Any) -> None:
        told.append(1)
        raise NeedsDoctor("The disk is full.", "coach doctor")

    async with opened(fresh, notifications=True) as (app, pilot):
        await keys(app, pilot, "s", "3", "enter", "enter")
        monkeypatch.setattr(store, "write_file", full)
        await keys(app, pilot, *["enter"] * 4)
        state = app.screen.running.state  # type: ignore[attr-defined]
        assert state.dones[0].sets
        assert "The disk is full. What you do is kept in memory" in said(app)
        count = len(told)
        app.screen.do("tick")  # type: ignore[attr-defined]
        assert len(told) == count
        monkeypatch.setattr(store, "write_file", write)
        await keys(app, pilot, "space")
    assert coach_of(fresh).session().state.dones == state.dones


WRITES: tuple[Callable[[Coach], Any], ...] = (
    lambda coach: coach.check_in(pain=6, note="elsewhere"),
    lambda coach: coach.log_session(rpe=3),
    lambda coach: coach.undo(),
    lambda coach: coach.review(screen=None),
    lambda coach: coach.assess(answers()),
    lambda coach: coach.pause(coach.today_date, coach.today_date),
    lambda coach: coach.undo(2),
)


@pytest.mark.asyncio
@pytest.mark.parametrize("pressed", ["t", "c4", "s3", "l3", "r", "p", "e", "g", "a", "u", "f", "h", "i"])
async def test_whatever_is_written_elsewhere_breaks_no_page(trained: Path, pressed: str) -> None:  # noqa: F811
    async with opened(trained, today=REVIEW_DAY) as (app, pilot):
        if pressed == "r":
            await to_preview(app, pilot)
            await keys(app, pilot, "down", "h")
        else:
            await keys(app, pilot, *pressed)
        for write in WRITES:
            with suppress(Problem):
                write(coach_of(trained, REVIEW_DAY))
            await looked(app, pilot)
            assert app._exception is None
            assert app.screen.is_attached
        await keys(app, pilot, "escape", "escape", "t")
        assert not [each for each in coach_of(trained, REVIEW_DAY).doctor() if not each.ok]


# -- files that are broken -----------------------------------------------------------------------------


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "name", ["settings.json", "assessment.json", "session.json", "drafts.json", "weekly.json"]
)
@pytest.mark.parametrize("data", [b"{", b"[[" * 5000])
async def test_a_broken_file_beside_the_journal_breaks_no_page(
    fresh: Path,  # noqa: F811
    name: str,
    data: bytes,
) -> None:
    (fresh / name).write_bytes(data)
    async with opened(fresh) as (app, pilot):
        for key in ("a", "escape", "s", "escape", "r", "comma", "t", "c", "4", "escape"):
            await keys(app, pilot, key)
            assert app._exception is None
        assert "Today" in text_of(app)
    assert coach_of(fresh).history().checkins[0].pain == 4
    if name in ("assessment.json", "session.json"):
        assert (fresh / name).read_bytes() == data


@pytest.mark.asyncio
async def test_a_draft_on_its_way_when_all_is_deleted_goes_too(fresh: Path) -> None:  # noqa: F811
    coach_of(fresh).check_in(pain=4)
    async with opened(fresh, notifications=True) as (app, pilot):
        await keys(app, pilot, "c", "up", "up", *"secret")
        app.look()
        coach_of(fresh).wipe()
        coach_of(fresh).keep_drafts({"checkin": "secret"})  # as the saving thread does a moment too late
        await looked(app, pilot)
        await keys(app, pilot)
    assert [each.name for each in fresh.rglob("*") if each.is_file()] == []
