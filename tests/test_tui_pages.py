"""Every page and every state of Today, at three sizes."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from planfile_texts import file
from tui_harness import (  # noqa: F401 (fixtures)
    SIZES,
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

from coach.actions import ACTIONS, KEYS
from coach.draw.days import primary
from coach.tui.keys import name_of
from coach.tui.screens import today_lines
from coach.tui.screens.help import rows
from coach.tui.widgets.figure import FigureView

NEXT_DAY, REVIEW_DAY = "2026-11-24", "2026-11-30"
PAGES = {
    "today": (),
    "plan": ("p",),
    "week": ("p", "enter"),
    "exercise": ("p", "enter", "enter"),
    "versions": ("p", "v"),
    "review": ("r",),
    "library": ("e",),
    "lessons": ("i",),
    "lesson": ("i", "enter", "enter"),
    "habits": ("h",),
    "settings": ("comma",),
    "checkin": ("c",),
    "flare": ("f",),
    "undo": ("u",),
}


@pytest.mark.asyncio
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_pages_look_as_they_did(
    demo: Path,  # noqa: F811
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(FigureView, "frame", lambda _: ["(the figure)"])
    async with opened(demo, size) as (app, pilot):
        for name, pressed in PAGES.items():
            app.action_go("today")
            await keys(app, pilot, *pressed)
            for _ in range(100 if name == "library" and size[0] >= 110 else 0):
                if "(the figure)" in text_of(app):  # it comes when the cursor has rested a moment
                    break
                await pilot.pause(0.05)
            golden(f"{name}.{size[0]}x{size[1]}", text_of(app))


def _checked_in(home: Path) -> None:
    coach_of(home).check_in(pain=3, sleep_quality=6, stress=4, note="slept in")


def _flare(home: Path) -> None:
    coach_of(home).declare_flare()


def _pause(home: Path) -> None:
    coach = coach_of(home)
    coach.pause(coach.today_date, coach.today_date.replace(day=27), "travel")


def _done(home: Path) -> None:
    _checked_in(home)
    coach_of(home).log_session(rpe=3, before=3, pain=3, form=0)


def _warned(home: Path) -> None:
    coach_of(home).check_in(pain=4, flags=("ms_legs",))


def _clinician(home: Path) -> None:
    coach_of(home).assess({**answers(), "rf12": "yes"})


def _nothing(home: Path) -> None:
    return


STATES = {
    "session": (_nothing, "2026-11-23", "checkin", "Check-in: not yet"),
    "checked_in": (_checked_in, "2026-11-23", "session", "pain 3"),
    "done": (_done, "2026-11-23", "plan", "Today's session is done"),
    "rest": (_done, NEXT_DAY, "checkin", "A day without a session"),
    "flare": (_flare, "2026-11-23", "checkin", "flare"),
    "paused": (_pause, "2026-11-24", "pause", "pause"),
    "review_due": (_done, REVIEW_DAY, "review", "review"),
    "warned": (_warned, "2026-11-23", "assess", "warning sign"),
}


@pytest.mark.asyncio
@pytest.mark.parametrize("name", STATES)
async def test_states_of_today(fresh: Path, name: str) -> None:  # noqa: F811
    make, today, primary, said = STATES[name]
    make(fresh)
    for size in SIZES:
        async with opened(fresh, size, today) as (app, _):
            assert app.screen.primary[0] == primary  # type: ignore[attr-defined]
            assert size != (120, 40) or said in text_of(app)
            golden(f"today_{name}.{size[0]}x{size[1]}", text_of(app))


@pytest.mark.asyncio
async def test_today_says_whose_plan_it_is(fresh: Path) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        assert "The plan of" not in text_of(app)
        coach_of(fresh).apply_plan_file(file(), "desk.yaml")
        app.look()
        await keys(app, pilot)
        assert "The plan of A. Example of Example Physio." in text_of(app)


@pytest.mark.parametrize("width", [58, 78, 118])
def test_help_names_all_that_can_be_done_within_the_page(width: int) -> None:
    lines = [str(line) for line in rows(width)]
    assert max(map(len, lines)) <= width
    told = " ".join(" ".join(lines).split())
    for each in (*ACTIONS, *KEYS):
        assert each.help in told
        assert not each.key or f" {name_of(each.key)} {each.label} " in told


@pytest.mark.asyncio
async def test_help_opens_from_anywhere(demo: Path) -> None:  # noqa: F811
    async with opened(demo) as (app, pilot):
        await keys(app, pilot, "p", "question_mark")
        assert text_of(app).startswith(" Help")


@pytest.mark.asyncio
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_an_empty_home_is_welcomed(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(tmp_path / "none", size) as (app, pilot):
        assert app.screen.primary[0] == "assess"  # type: ignore[attr-defined]
        golden(f"today_empty.{size[0]}x{size[1]}", text_of(app))
        for key in ("p", "r", "e", "i", "h", "comma", "question_mark"):
            await keys(app, pilot, key)
            assert text_of(app).strip()
        for key in ("c", "l", "f", "u"):
            await keys(app, pilot, key)
            await pilot.press("escape")
            assert not app.screen.is_modal
    assert not (tmp_path / "none").exists()


@pytest.mark.asyncio
async def test_who_must_see_a_clinician_first_is_shown_nothing_else(fresh: Path) -> None:  # noqa: F811
    coach = coach_of(fresh)
    done = coach.assess({**answers(), "rf01": "yes", "rf01_again": "yes"})
    assert done.triage.level == "T0_EMERGENCY"
    async with opened(fresh) as (app, pilot):
        shown = text_of(app)
        assert "PLEASE GET HELP NOW" in shown
        assert app.screen.primary == ("", "")  # type: ignore[attr-defined]
        assert "Session" not in shown.replace("s Session", "")
        golden("today_emergency.80x24", shown)
        await keys(app, pilot, "enter")
        assert text_of(app) == shown


def test_states_that_need_long_lives_say_what_they_are(fresh: Path) -> None:  # noqa: F811
    _checked_in(fresh)
    found = coach_of(fresh).today()
    for state, text, expected in (
        ("before_start", "The plan starts on 2026-11-30.", "Your first session is"),
        ("finished", "The twelve weeks are done.", "The twelve weeks are done."),
        ("stopped", "The plan rests until a clinician has cleared it.", "rests until a clinician"),
    ):
        day = msgspec.structs.replace(
            found.day, state=state, text=text, session=None, next=found.day.planned, kit=()
        )
        today = msgspec.structs.replace(found, day=day)
        shown = "\n".join(str(line) for line in today_lines.main(today, 70))
        assert expected in shown
        assert "2026-11-30" not in shown
        assert primary(today)[0] == "plan"


@pytest.mark.asyncio
async def test_without_colour_everything_still_reads(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(demo) as (app, pilot):
        for pressed in ((), ("p",), ("c",)):
            await keys(app, pilot, *pressed)
            strips = app.screen._compositor.render_strips(app.screen.size)
            shown = [
                part.style
                for strip in strips
                for part in strip.apply_filter(app._filters[-1], None)
                if part.style
            ]
            assert all(style.color is None or style.color.is_default for style in shown)
        await keys(app, pilot, "escape")
        line = (
            text_of(app).splitlines().index(next(row for row in text_of(app).splitlines() if " now" in row))
        )
        strips = app.screen._compositor.render_strips(app.screen.size)
        assert any(part.style and part.style.underline for part in strips[line])


@pytest.mark.asyncio
async def test_each_primary_action_opens_its_page(fresh: Path) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "enter")
        assert type(app.screen).__name__ == "CheckInPage"
        await keys(app, pilot, "3", "6", "4", "enter", "enter")
        assert type(app.screen).__name__ == "SessionPage"
    _warned(fresh)
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "enter")
        assert type(app.screen).__name__ == "InterviewPage"
