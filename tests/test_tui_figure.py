"""Figures in the app: moving while they are seen, still where nothing may move, no work unseen."""

from __future__ import annotations

from pathlib import Path

import pytest
from tui_harness import Clock, coach_of, fresh, keys, opened, text_of  # noqa: F401 (fixture)

from coach.tui.app import CoachApp
from coach.tui.widgets import figure as module
from coach.tui.widgets.figure import FigureView


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(module, "time", found)
    return found


def view(app: CoachApp) -> FigureView:
    return app.screen.query_one(FigureView)


@pytest.mark.asyncio
async def test_the_page_of_an_exercise_shows_it_moving(fresh: Path, clock: Clock) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        app.open("exercise", "hng_4")
        await pilot.pause()
        standing = view(app).frame()
        assert any("\u28ff" in line for line in standing)
        assert standing[2].strip() in text_of(app)
        clock.now += 3.6
        view(app).turn_over()
        await pilot.pause()
        bent = view(app).frame()
        assert bent != standing
        assert bent[-3].strip() in text_of(app)
        clock.now += view(app)._motion.length  # type: ignore[union-attr]
        assert view(app).frame() == bent, "round and round"
        app.back()
        app.open("exercise", "hng_2")
        await pilot.pause()
        assert view(app).frame() != standing


@pytest.mark.asyncio
async def test_unseen_it_does_nothing(fresh: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        app.open("exercise", "hng_4")
        await pilot.pause()
        shown = view(app)
        await keys(app, pilot, "question_mark")
        drawn: list[int] = []
        monkeypatch.setattr(FigureView, "frame", lambda _: drawn.append(1) or [])
        clock.now += 2
        shown.turn_over()
        await pilot.pause(0.3)
        assert drawn == []
        assert shown._timer is not None
        assert not shown._timer._active.is_set()
        app.open("exercise", "hng_4")
        await pilot.pause()
        assert view(app) is shown
        assert shown._timer._active.is_set()


@pytest.mark.asyncio
async def test_without_motion_the_key_poses_stand_side_by_side(fresh: Path, clock: Clock) -> None:  # noqa: F811
    coach_of(fresh).keep_settings(motion=False)
    async with opened(fresh, (120, 40)) as (app, pilot):
        app.open("exercise", "sqt_6")
        await pilot.pause()
        before = view(app).frame()
        assert view(app)._timer is not None
        assert not view(app)._timer._active.is_set()
        clock.now += 4
        assert view(app).frame() == before
        assert "1. Hold the weight" in text_of(app)


@pytest.mark.asyncio
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (30, 12)])
async def test_any_size_will_do(fresh: Path, size: tuple[int, int]) -> None:  # noqa: F811
    async with opened(fresh, size) as (app, pilot):
        app.open("exercise", "hng_8")
        await pilot.pause()
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert len(view(app).frame()) == view(app).content_size.height
