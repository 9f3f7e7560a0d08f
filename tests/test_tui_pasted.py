"""Hostile text pasted into every field of the app that takes text, on a real terminal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from screen_case import Screened
from test_tui_terminal import ESCAPES, HOSTILE, READABLE, TODAY, harmless, sane
from tui_harness import answers, coach_of, fresh  # noqa: F401 (fixture)

LONG = ESCAPES + "z" * 100_000


def asked_until(home: Path, wanted: str) -> None:
    """Answer the interview of an empty home up to a question."""
    interview = coach_of(home).interview()
    assert interview is not None
    given = answers()
    while (item := interview.step().item) is not None and item.id != wanted:
        interview.answer(item.id, given.get(item.id))
    assert item is not None


def at_a_number(app: Screened) -> None:
    app.until("Begin with the questions")
    app.press("\r", "How old are you, in years?")


def at_a_text(app: Screened) -> None:
    app.until("Go on with the questions")
    app.press("\r", "Name one thing that your back makes hard")


def at_the_hours(app: Screened) -> None:
    app.until(TODAY)
    app.press("c", "Hours slept")
    app.settle()
    app.send("\x1b[B" * 3)


def at_the_lessons(app: Screened) -> None:
    app.until(TODAY)
    app.press("i", "Search")
    app.settle()
    app.send("/")


def at_a_wish(app: Screened) -> None:
    app.until(TODAY)
    app.press(",", "Settings")
    app.settle()
    app.send("\x1b[F")
    app.settle()
    app.press("\r", "after which daily habit".capitalize())


@pytest.mark.parametrize(
    ("home", "reach", "seen"),
    [
        ("empty", at_a_number, "type here"),
        ("psfs_1_name", at_a_text, "[@click=app.leave]"),
        ("fresh", at_the_hours, "Hours slept pa[bo"),
        ("fresh", at_the_lessons, "No lesson"),
        ("fresh", at_a_wish, "[@click=app.leave]"),
    ],
    ids=["number", "text", "hours", "lessons", "wish"],
)
def test_nothing_pasted_is_obeyed(
    fresh: Path,  # noqa: F811
    tmp_path: Path,
    home: str,
    reach: Callable[[Screened], None],
    seen: str,
) -> None:
    where = fresh if home == "fresh" else tmp_path / "new"
    if home not in ("fresh", "empty"):
        asked_until(where, home)
    with Screened(where) as app:
        reach(app)
        app.settle()
        app.paste(LONG)
        app.settle()
        harmless(app)
        app.send("\x15")
        app.paste(HOSTILE)
        app.until(seen)
        app.send("\r")
        app.settle()
        harmless(app)
        app.send("\x1b")
        app.settle()
        assert app.alive
    if home == "fresh":
        sane(fresh)


def test_a_pasted_answer_is_kept_as_letters(tmp_path: Path) -> None:
    asked_until(tmp_path / "new", "psfs_1_name")
    with Screened(tmp_path / "new") as app:
        at_a_text(app)
        app.settle()
        app.paste(HOSTILE)
        app.settle()
        app.send("\r")
        app.settle()
        harmless(app)
    kept = coach_of(tmp_path / "new").interview(resume=True)
    assert kept is not None
    assert kept.answers["psfs_1_name"] == READABLE
