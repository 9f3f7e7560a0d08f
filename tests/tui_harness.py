"""The terminal app in tests: homes to look at, the screen as plain lines, and goldens of them.

``COACH_GOLDENS=write`` writes the goldens anew.
"""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from coach.coach import Coach
from coach.tui.app import CoachApp

ROOT = Path(__file__).resolve().parent.parent
GOLDENS = ROOT / "tests" / "goldens" / "tui"
DAY = "2026-11-23"
SIZES = ((60, 20), (80, 24), (120, 40))


class Clock:
    """A clock that goes when it is told to."""

    now = 100.0

    def monotonic(self) -> float:
        """Seconds, as the module `time` gives them."""
        return self.now


def answers() -> dict[str, Any]:
    """The answers of the made-up person."""
    return tomllib.loads((ROOT / "coach" / "demo.toml").read_text(encoding="utf-8"))["answers"]


def coach_of(home: Path, today: str = DAY, hour: str = "09:00") -> Coach:
    """The coach of a home on a day."""
    return Coach.open(home, today=today, at=f"{today}T{hour}:00+00:00")


@pytest.fixture(scope="session")
def lived(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of the made-up person, eight weeks in; not to be written to."""
    return Path(shutil.copytree(demo_home, tmp_path_factory.mktemp("lived") / "home"))


@pytest.fixture
def demo(lived: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(lived, tmp_path / "demo"))


@pytest.fixture
def fresh(first_home: Path, tmp_path: Path) -> Path:
    """A home that was assessed today."""
    return Path(shutil.copytree(first_home, tmp_path / "fresh"))


@asynccontextmanager
async def opened(
    home: Path, size: tuple[int, int] = (80, 24), today: str = DAY, *, notifications: bool = False
) -> AsyncIterator[tuple[CoachApp, Pilot[None]]]:
    """The app on a home; a bug met while saving fails the test."""
    app = CoachApp(lambda: coach_of(home, today))
    async with app.run_test(size=size, notifications=notifications) as pilot:
        await settled(app, pilot)
        yield app, pilot
        await settled(app, pilot)
    app.saving.close()
    assert app.saving.faults == []


async def settled(app: CoachApp, pilot: Pilot[None]) -> None:
    """Wait until everything given is written and shown."""
    for _ in range(400):
        await pilot.pause()
        if not app.saving.waiting and not _to_be_painted(app.screen):
            break
        await pilot.pause(0.02)
    await pilot.pause()


def _to_be_painted(screen: Screen[Any]) -> bool:
    marks = ("_opening", "_layout_required", "_repaint_required")
    return any(getattr(screen, mark, False) for mark in marks)


async def keys(app: CoachApp, pilot: Pilot[None], *pressed: str) -> None:
    """Press keys, waiting for what each one saves; without keys only wait."""
    await settled(app, pilot)
    for key in pressed:
        await pilot.press(key)
        await settled(app, pilot)


def text_of(app: CoachApp) -> str:
    """The screen as plain lines."""
    screen = app.screen
    strips = screen._compositor.render_strips(screen.size)
    return "\n".join("".join(part.text for part in strip).rstrip() for strip in strips) + "\n"


def golden(name: str, shown: str) -> None:
    """Compare with the golden of this name; how long a page is beyond its end does not count."""
    shown = re.sub(r"(?<= )[\u2581-\u2587]{1,2}(?= |$)", " ", shown, flags=re.MULTILINE)
    shown = re.sub(r" +$", "", shown, flags=re.MULTILINE)
    path = GOLDENS / f"{name}.txt"
    if os.environ.get("COACH_GOLDENS") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert path.is_file(), f"{path.name} is missing: COACH_GOLDENS=write makes it"
    assert shown == path.read_text(encoding="utf-8"), (
        f"{path.name} differs: COACH_GOLDENS=write takes it over"
    )
