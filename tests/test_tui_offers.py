"""What is offered: to go on with what was begun, to swap, the small plan, and everything by a click."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tui_harness import answers, coach_of, demo, fresh, keys, lived, opened, text_of  # noqa: F401 (fixtures)

from coach.actions import ACTIONS
from coach.draw.cards import sign
from coach.tui.keys import has_page
from coach.tui.widgets.drawn import Drawn


def _begin(home: Path, count: int) -> None:
    interview = coach_of(home).interview("enrolment")
    assert interview is not None
    for _ in range(count):
        item = interview.step().item
        assert item is not None
        interview.answer(item.id, answers()[item.id])


@pytest.mark.asyncio
async def test_questions_left_half_way_go_on_or_begin_anew(tmp_path: Path) -> None:
    home = tmp_path / "home"
    _begin(home, 8)
    async with opened(home) as (app, pilot):
        page: Any = app.screen
        shown = text_of(app)
        assert "Your 8 answers are kept." in shown
        assert page.primary == ("assess", f"Go on with the questions, about {page.begun.minutes} min left")
        await keys(app, pilot, "enter")
        assert "9 of about" in text_of(app)
        await keys(app, pilot, "escape")
        await keys(app, pilot, "n", "n")
        assert coach_of(home).begun().answered == 8
        await keys(app, pilot, "n", "y")
        assert "1 of about" in text_of(app)
        await keys(app, pilot, "escape")
        assert "Welcome." in text_of(app)
    assert coach_of(home).begun().answered == 0


@pytest.mark.asyncio
async def test_nothing_to_begin_anew_where_there_is_a_plan(fresh: Path) -> None:  # noqa: F811
    interview = coach_of(fresh).interview("rescreen")
    assert interview is not None
    item = interview.step().item
    assert item is not None
    interview.answer(item.id, "no")
    async with opened(fresh, (120, 40)) as (app, pilot):
        side = app.screen.query_one("#side", Drawn).lines(200)
        assert any("1 answer is kept" in str(line) for line in side)
        assert "Start over" not in text_of(app)
        await keys(app, pilot, "n")
        assert not app.screen.is_modal


@pytest.mark.asyncio
async def test_a_session_left_in_the_middle_goes_on_first(fresh: Path) -> None:  # noqa: F811
    running = coach_of(fresh).session(at=0.0)
    running.do("answer", 1.0, value=3)
    running.do("next", 2.0)
    async with opened(fresh) as (app, _):
        assert app.screen.primary[0] == "session"  # type: ignore[attr-defined]
        assert "Go on with the session you began" in text_of(app)


@pytest.mark.asyncio
async def test_a_clock_that_was_set_back_is_said(demo: Path) -> None:  # noqa: F811
    async with opened(demo, today="2026-11-01") as (app, _):
        shown = " ".join(text_of(app).split())
        assert "There are entries up to Mon 23 Nov" in shown
        assert "the clock of this computer says Sun 1 Nov 2026" in shown


@pytest.mark.asyncio
async def test_an_exercise_is_swapped_where_it_is_explained(fresh: Path) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "p", "enter", "enter")
        name = app.screen.heading()  # type: ignore[attr-defined]
        assert "w Swap" in text_of(app)
        await keys(app, pilot, "w", "n")
        assert len(coach_of(fresh).plan_versions()) == 1
        await keys(app, pilot, "w", "1", "1")
        assert len(coach_of(fresh).plan_versions()) == 2
        assert name not in {each.prescription.name for each in coach_of(fresh).plan().standing}
        assert "Not in your plan now." in text_of(app)
        assert "w Swap" not in text_of(app)


@pytest.mark.asyncio
async def test_the_small_plan_is_a_key_on_the_map(fresh: Path) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "p", "m", "y")
        assert coach_of(fresh).plan().minimum
        await keys(app, pilot, "m", "n")
        assert coach_of(fresh).plan().minimum
        await keys(app, pilot, "m", "y")
        assert not coach_of(fresh).plan().minimum


@pytest.mark.asyncio
async def test_lessons_are_found_by_what_they_say(demo: Path) -> None:  # noqa: F811
    async with opened(demo) as (app, pilot):
        await keys(app, pilot, "i", "slash", *"nap")
        assert "Sleep and pain" in text_of(app)
        assert "By the clock" not in text_of(app)
        await keys(app, pilot, *"xyz")
        assert "No lesson has all these words" in text_of(app)
        await keys(app, pilot, *["backspace"] * 6, "enter")
        assert "By the clock" in text_of(app)


def test_lessons_can_be_read_while_a_clinician_comes_first(fresh: Path) -> None:  # noqa: F811
    done = coach_of(fresh).assess({**answers(), "rf13": "yes"})
    assert done.triage.level == "T1_CLINICIAN"
    assert "read the lessons" in " ".join(done.text.split())
    assert len(coach_of(fresh).lessons()) == 12
    assert coach_of(fresh).lesson("3").text


@pytest.mark.asyncio
async def test_an_empty_page_offers_no_keys_that_do_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path / "none") as (app, pilot):
        for key in ("p", "r", "g", "h", "i"):
            await keys(app, pilot, key)
            shown = text_of(app)
            assert "Questions (key a)" in shown
            assert shown.splitlines()[-1].startswith(" t Today")
            assert "Esc Back" in shown


async def found(app: Any, pilot: Any, words: str) -> None:
    """Look for words in the palette and wait for its list."""
    await keys(app, pilot, "ctrl+p")
    app.screen.query_one("CommandInput").value = words
    for _ in range(100):
        if app.screen.query_one("CommandList").option_count:
            break
        await pilot.pause(0.02)
    await pilot.pause(0.1)


@pytest.mark.asyncio
async def test_the_palette_reaches_everything(demo: Path) -> None:  # noqa: F811
    async with opened(demo, (120, 40)) as (app, pilot):
        from coach.tui.finder import Finder

        finder = Finder(app.screen)
        named = {name for name, _, _ in (*finder._actions(), *finder._parts(), *finder._things())}
        for each in ACTIONS:
            assert any(name.startswith(each.label) for name in named), each.name
            assert has_page(each.name) or not any(name == each.label for name in named)
        assert {"Bridge", "Sleep and pain", "Progress: Pain", "Versions of the plan"} <= named
        for words, title in (
            ("sleep and pain", " Lesson"),
            ("progress: stress", " Progress: Stress"),
            ("versions of", " Versions of the plan"),
        ):
            await found(app, pilot, words)
            await keys(app, pilot, "down", "enter")
            assert text_of(app).startswith(title), text_of(app).splitlines()[0]
            app.action_go("today")


def at(app: Any, words: str) -> tuple[int, int]:
    """Where on the screen some words begin."""
    for row, line in enumerate(text_of(app).splitlines()):
        if words in line:
            return line.index(words) + 1, row
    raise AssertionError(f"{words} is not on the screen")


async def click(app: Any, pilot: Any, words: str) -> None:
    await pilot.click(offset=at(app, words))
    await keys(app, pilot)


@pytest.mark.asyncio
async def test_what_looks_like_it_can_be_clicked_can_be(demo: Path) -> None:  # noqa: F811
    async with opened(demo) as (app, pilot):
        for words, title in (
            ("Session   .", " Week 8"),
            ("t Today", " Today"),
            ("Walk 11 min", " Steady walk"),
            ("t Today", " Today"),
            ("- Breathe slowly", " Habits"),
            ("t Today", " Today"),
            ("Look at the plan", " Plan"),
            ("Control, lighter", " Week 4"),
            ("Wall-tap hinge", " Wall-tap hinge"),
            ("Esc Back", " Week 4"),
            ("Esc Back", " Plan"),
            ("v Versions", " Versions of the plan"),
            ("t Today", " Today"),
            ("g Progress", " Progress"),
            ("2 Pain", " Progress: Pain"),
            ("? Help", " Help"),
            ("t Today", " Today"),
        ):
            await click(app, pilot, words)
            assert text_of(app).startswith(title), (words, text_of(app).splitlines()[0])


@pytest.mark.asyncio
async def test_the_rows_of_a_due_session_open_their_exercise(fresh: Path) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        await click(app, pilot, "Bridge")
        assert text_of(app).startswith(" Bridge")
        await click(app, pilot, "t Today")
        await click(app, pilot, "Check-in: not yet")
        assert type(app.screen).__name__ == "CheckInPage"


@pytest.mark.asyncio
async def test_the_map_says_how_much_each_review_changed(demo: Path) -> None:  # noqa: F811
    async with opened(demo) as (app, pilot):
        await keys(app, pilot, "p")
        rows = [line for line in text_of(app).splitlines() if " changed" in line]
        for review in coach_of(demo).reviews():
            count = sum(sign(each) != "same" for each in (*review.decisions, *review.habits))
            row = next((line for line in rows if line[:5].strip(" >*") == str(review.week + 1)), "")
            assert row.endswith(f" {count} changed") if count else not row, row


@pytest.mark.asyncio
async def test_a_closed_plan_says_so_on_the_map(fresh: Path) -> None:  # noqa: F811
    coach_of(fresh).assess({**answers(), "rf13": "yes"})
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "p")
        assert "No session is to be done for now" in text_of(app)


@pytest.mark.asyncio
async def test_words_a_stranger_would_not_know_are_explained(fresh: Path) -> None:  # noqa: F811
    coach = coach_of(fresh)
    coach.pause(coach.today_date, coach.today_date, "travel")
    async with opened(fresh) as (app, pilot):
        assert "off: a pause" in text_of(app)
        await keys(app, pilot, "p", "enter")
        assert "0 rest, 10 the most you can" in text_of(app)
        await keys(app, pilot, "enter")
        shown = text_of(app)
        assert "[slot" not in shown
        assert "rung" not in shown
        await keys(app, pilot, "g", "2")
        assert "The check-in of a morning fills this page (key c)." in text_of(app)
        await keys(app, pilot, "u")
        assert "It was: pause" in text_of(app)


def test_a_step_is_told_by_the_name_of_its_exercise(fresh: Path) -> None:  # noqa: F811
    coach = coach_of(fresh)
    one = coach.plan().standing[0]
    coach.log_exercise(one.exercise, rpe=3)
    assert f"log {one.prescription.name}," in coach_of(fresh).turn("undo").text


@pytest.mark.asyncio
async def test_an_own_activity_is_noted_with_its_mark(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    from coach.tui.screens import habits

    async with opened(demo) as (app, pilot):
        await keys(app, pilot, "h")
        given: dict[str, Any] = {}
        name = app.screen._found.habits[0].id  # type: ignore[attr-defined]
        monkeypatch.setattr(habits, "MARKED", name)
        monkeypatch.setattr(
            "coach.coach.Coach.habit_done", lambda coach, habit, **more: given.update(more) or coach.habits()
        )
        monkeypatch.setattr(habits, "noted", lambda _: "Noted.")
        await keys(app, pilot, "enter", "7", "enter")
    assert given == {"rating": 7.0}


@pytest.mark.asyncio
async def test_questions_that_are_due_come_before_the_plan(demo: Path) -> None:  # noqa: F811
    coach_of(demo).declare_flare()
    async with opened(demo) as (app, pilot):
        assert app.screen.primary == ("assess", "Answer the safety questions that are due")  # type: ignore[attr-defined]
        assert "A flare-up has begun." in text_of(app)
        await keys(app, pilot, "enter")
        assert app.screen.is_modal or text_of(app).startswith(" Questions")
