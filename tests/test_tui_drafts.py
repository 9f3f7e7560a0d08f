"""What stands half typed or half chosen is there again: after q, after a signal, after a kill."""

from __future__ import annotations

import json
import signal
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from screen_case import Screened
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

from coach.cases.drafts import DAYS, EACH, MOST
from coach.draw.asking import values_of
from coach.questionnaires.catalogue import items, load_instruments
from coach.tui.app import CoachApp
from coach.tui.interview_lines import left
from coach.tui.screens.checkin import CheckInPage
from coach.tui.screens.questions import Questions

ODD: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=8), each, max_size=3),
    max_leaves=8,
)


def answered(home: Path, until: str) -> None:
    """An interview with everything answered up to an item."""
    interview = coach_of(home).interview()
    assert interview is not None
    values = answers()
    while (step := interview.step()).item is not None and step.item.id != until:
        if step.item.id in values:
            interview.answer(step.item.id, values[step.item.id])
        else:
            interview.skip(step.item.id)
    assert step.item is not None


def field(app: CoachApp, name: str = "typed") -> Input:
    return app.screen.query_one(f"#{name}", Input)


def _rows(app: CoachApp) -> list[str]:
    return [line for line in text_of(app).splitlines() if "[ ]" in line or "[x]" in line or "[?]" in line]


async def dropped(app: CoachApp, pilot: Any) -> None:
    """A second goes by; then the process is gone, and nothing more is asked of it."""
    app.look()
    await keys(app, pilot)


# -- the file ------------------------------------------------------------------------------------------


def test_a_draft_is_kept_until_it_is_let_go(tmp_path: Path) -> None:
    coach = coach_of(tmp_path)
    coach.keep_drafts({"a/1": "half", "a/2": {"x": [1]}, "b": 3})
    assert coach_of(tmp_path).drafts() == {"a/1": "half", "a/2": {"x": [1]}, "b": 3}
    assert (tmp_path / "drafts.json").stat().st_mode & 0o777 == 0o600
    coach.keep_drafts({"a/1": None})
    assert coach.drafts() == {"a/2": {"x": [1]}, "b": 3}
    coach.keep_drafts({"a/*": None})
    assert coach.drafts() == {"b": 3}
    coach.keep_drafts({"b": None})
    assert list(tmp_path.iterdir()) == []


def test_drafts_do_not_pile_up(tmp_path: Path) -> None:
    coach = coach_of(tmp_path)
    coach.keep_drafts({f"{number}": number for number in range(MOST + 5)})
    assert list(coach.drafts()) == [f"{number}" for number in range(5, MOST + 5)]
    coach.keep_drafts({"long": "x" * EACH})
    assert "long" not in coach.drafts()
    later = date.fromisoformat(DAY) + timedelta(days=DAYS + 1)
    assert coach_of(tmp_path, later.isoformat()).drafts() == {}


@given(st.binary(max_size=60) | ODD.map(lambda each: json.dumps(each).encode()))
def test_a_broken_file_of_drafts_is_as_none(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    home = tmp_path_factory.mktemp("home", numbered=True)
    (home / "drafts.json").write_bytes(data)
    coach = coach_of(home)
    assert coach.drafts() == {}
    coach.keep_drafts({"a": 1})
    assert coach.drafts() == {"a": 1}


def test_a_wipe_takes_all_that_was_begun(fresh: Path) -> None:  # noqa: F811
    coach = coach_of(fresh)
    coach.keep_drafts({"checkin/x": "half"})
    running = coach.session()
    running.do("answer", 0.0, value=3)
    interview = coach.interview("rescreen")
    assert interview is not None
    interview.skip("x")
    coach.wipe()
    assert [each.name for each in fresh.rglob("*") if each.is_file()] == []


# -- the pages -----------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_half_a_name_comes_back_and_is_no_answer(tmp_path: Path) -> None:
    home = tmp_path / "home"
    answered(home, "psfs_1_name")
    before = json.loads((home / "assessment.json").read_text())["answers"]
    async with opened(home) as (app, pilot):
        await keys(app, pilot, "a", *"tie [b]", "space", "m")
        await dropped(app, pilot)
    assert json.loads((home / "assessment.json").read_text())["answers"] == before
    async with opened(home) as (app, pilot):
        await keys(app, pilot, "a")
        assert field(app).value == "tie [b] m"
        await keys(app, pilot, "y", "enter")
        assert app.screen.interview.answers["psfs_1_name"] == "tie [b] my"  # type: ignore[attr-defined]
        assert coach_of(home).drafts() == {}
        await keys(app, pilot, *"xyz", "escape", "a")
        assert app.screen._step.item.id != "psfs_1_name"  # type: ignore[attr-defined]
        assert coach_of(home).drafts() != {}


@pytest.mark.asyncio
async def test_a_first_number_of_two_digits_comes_back(tmp_path: Path) -> None:
    home = tmp_path / "home"
    async with opened(home) as (app, pilot):
        await keys(app, pilot, "a", "4")
        await dropped(app, pilot)
    async with opened(home) as (app, pilot):
        await keys(app, pilot, "a", "2", "enter")
        assert app.screen.interview.answers["age"] == 42  # type: ignore[attr-defined]


@pytest.mark.asyncio
async def test_marks_and_a_scale_come_back(tmp_path: Path) -> None:
    home = tmp_path / "home"
    answered(home, "rf01")
    async with opened(home) as (app, pilot):
        await keys(app, pilot, "a", "1", "2", "u")
        group = app.screen._step.group  # type: ignore[attr-defined]
        await dropped(app, pilot)
    async with opened(home) as (app, pilot):
        await keys(app, pilot, "a")
        assert app.screen._step.group == group  # type: ignore[attr-defined]
        rows = _rows(app)
        assert ["[x]" in line for line in rows[:3]] == [True, False, False]
        assert ["[?]" in line for line in rows[:3]] == [False, True, False]
    answered(tmp_path / "other", "pain_now")
    async with opened(tmp_path / "other") as (app, pilot):
        await keys(app, pilot, "a", "right", "right")
        await dropped(app, pilot)
    async with opened(tmp_path / "other") as (app, pilot):
        await keys(app, pilot, "a", "enter")
        assert app.screen.interview.answers["pain_now"] == 6  # type: ignore[attr-defined]


@pytest.mark.asyncio
async def test_a_half_filled_check_in_comes_back(fresh: Path) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "c", "4", "up", "up", *"stiff")
        await dropped(app, pilot)
        assert coach_of(fresh).history().checkins[0].note == ""
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "c")
        assert field(app, "note").value == "stiff"
        await keys(app, pilot, "enter")
    (noted,) = coach_of(fresh).history().checkins
    assert (noted.pain, noted.note) == (4, "stiff")
    assert coach_of(fresh).drafts() == {}


@pytest.mark.asyncio
async def test_a_half_given_session_comes_back(fresh: Path) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "l", "3", "m")
        await dropped(app, pilot)
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "l")
        assert "[3]" in text_of(app)
        assert "m [minor faults]" in text_of(app)
        await keys(app, pilot, "enter")
    (log,) = coach_of(fresh).history().sessions
    assert log.rpe == 3
    assert log.exercises[0].form == 1
    assert coach_of(fresh).drafts() == {}


@pytest.mark.asyncio
async def test_a_half_typed_wish_comes_back_but_one_that_was_left_does_not(fresh: Path) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "comma", "home")
        while not app.screen.is_modal or not app.screen.query("#typed"):
            if app.screen.is_modal:
                await keys(app, pilot, "escape")
            await keys(app, pilot, "down", "enter")
        before = field(app).value
        await keys(app, pilot, "end", "1")
        await dropped(app, pilot)
        assert list(coach_of(fresh).drafts().values()) == [f"{before}1"]
        await keys(app, pilot, "escape")
        assert coach_of(fresh).drafts() == {}
        await keys(app, pilot, "enter")
        assert field(app).value == before


@pytest.mark.asyncio
async def test_weekly_answers_and_choices_on_cards_come_back(trained: Path) -> None:  # noqa: F811
    async with opened(trained, today=REVIEW_DAY) as (app, pilot):
        await keys(app, pilot, "r", "enter", "2")
        await dropped(app, pilot)
    async with opened(trained, today=REVIEW_DAY) as (app, pilot):
        await keys(app, pilot, "r", "enter")
        assert [number for number, line in enumerate(_rows(app)) if "[x]" in line] == [1]
        await keys(app, pilot, "2", "escape")
        page = await to_preview(app, pilot)
        await keys(app, pilot, "down", "h")
        chosen = dict(page.choices)
        assert list(chosen.values()) == ["hold"]
        await dropped(app, pilot)
    async with opened(trained, today=REVIEW_DAY) as (app, pilot):
        await keys(app, pilot, "r", "enter")
        assert app.screen.state == "preview"  # type: ignore[attr-defined]
        assert app.screen.choices == chosen  # type: ignore[attr-defined]
        await keys(app, pilot, "enter", "y")
        assert coach_of(trained, REVIEW_DAY).drafts() == {}
    assert coach_of(trained, REVIEW_DAY).reviews()[-1].screen


def test_safety_questions_count_for_their_day_alone(trained: Path) -> None:  # noqa: F811
    (first, *_) = coach_of(trained, REVIEW_DAY).weekly_questions()
    item = first.step().item
    assert item is not None
    first.answer(item.id, "no")
    assert coach_of(trained, REVIEW_DAY).weekly_questions()[0].order == [item.id]
    assert coach_of(trained, "2026-12-01").weekly_questions()[0].order == []


@given(ODD)
def test_a_draft_of_any_shape_fits_or_is_let_be(value: Any) -> None:
    for item in items(load_instruments()).values():
        found = left(item, frozenset(values_of(item)[:1]), value)
        if found is not None:
            assert found.chosen | found.unsure <= {*values_of(item)}
            assert not found.chosen & found.unsure
            assert "\x1b" not in str(found.value)


@pytest.mark.asyncio
async def test_drafts_of_any_shape_break_no_page(trained: Path) -> None:  # noqa: F811
    odd = {
        "screen": {"x": 1},
        "choices": 3,
        "note": "x\x1b[2J\u202e",
        "rpe": 99,
        "sleep_hours": 3,
        "form": [1],
    }
    names = (
        f"checkin/{REVIEW_DAY}",
        f"log/{REVIEW_DAY}/w2-1",
        f"review/{REVIEW_DAY}",
        f"log/{REVIEW_DAY}/w1-1",
    )
    coach_of(trained, REVIEW_DAY).keep_drafts(dict.fromkeys(names, odd))
    async with opened(trained, today=REVIEW_DAY) as (app, pilot):
        await keys(app, pilot, "c")
        assert field(app, "note").value == "x[2J"
        await keys(app, pilot, "escape", "l", "escape", "r", "enter")
        assert "x" in text_of(app)
        assert coach_of(trained, REVIEW_DAY).drafts().get(names[2]) is None
        await keys(app, pilot, "enter", "enter")
        assert isinstance(app.screen, Questions)


@pytest.mark.asyncio
async def test_a_crash_keeps_what_stands_typed(fresh: Path) -> None:  # noqa: F811
    app = CoachApp(lambda: coach_of(fresh))
    with pytest.raises(RuntimeError, match="a bug"):  # noqa: PT012 (the app raises it when it ends)
        async with app.run_test(size=(80, 24)) as pilot:
            await keys(app, pilot, "c", "4", "up", "up", *"stiff")
            assert isinstance(app.screen, CheckInPage)
            app._handle_exception(RuntimeError("a bug"))
    app.saving.close()
    assert coach_of(fresh).history().checkins[0].note == "stiff"


@pytest.mark.asyncio
async def test_what_the_disk_does_not_take_is_told_once(tmp_path: Path, monkeypatch: Any) -> None:
    from coach.problems import NeedsDoctor

    def full(*_: Any) -> None:
        raise NeedsDoctor("The disk is full.", "coach doctor")

    home = tmp_path / "home"
    answered(home, "psfs_1_name")
    async with opened(home, notifications=True) as (app, pilot):
        await keys(app, pilot, "a", "t")
        monkeypatch.setattr("coach.cases.drafts.keep", full)
        for key in "ie":
            await keys(app, pilot, key)
            await dropped(app, pilot)
        said = [each.message for each in app._notifications]
        assert said == ["What stands half typed is kept in memory alone. The disk is full."]
        await keys(app, pilot, "enter")
        assert app.screen.interview.answers["psfs_1_name"] == "tie"  # type: ignore[attr-defined]


# -- a real process ------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["kill", "term", "hup", "closed", "stopped"])
def test_half_an_answer_survives(tmp_path: Path, how: str) -> None:
    home = tmp_path / "home"
    answered(home, "psfs_1_name")
    with Screened(home) as app:
        app.until("Today")
        app.press("a", "type here")
        app.send("tie my sho")
        app.until("tie my sho")
        if how == "kill":
            drafts = home / "drafts.json"
            app.until(lambda: drafts.is_file() and "tie my sho" in drafts.read_text())
            app.kill()
        elif how == "closed":
            app.close()
            assert app.process.wait(10) == 128 + signal.SIGHUP
        elif how == "stopped":
            app.send("\x1b")
            app.until(lambda: "type here" not in app.shown and "tie my sho" not in app.shown)
            app.send("q")
            assert app.ended() == 0
        else:
            number = signal.SIGTERM if how == "term" else signal.SIGHUP
            app.process.send_signal(number)
            assert app.ended() == 128 + number
    with Screened(home) as app:
        app.until("Today")
        app.press("a", "tie my sho")
        app.send("es\r")
        app.until("How well can you do")
    interview = coach_of(home).interview(resume=True)
    assert interview is not None
    assert interview.answers["psfs_1_name"] == "tie my shoes"
