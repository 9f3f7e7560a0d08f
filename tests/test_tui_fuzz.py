"""Random keys and sizes over the home of the made-up person: no exception, no entry lost."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from tui_harness import coach_of, demo, lived, settled  # noqa: F401 (fixtures)

from coach.tui import pages
from coach.tui.app import CoachApp

KEYS = (
    *"tcrpgeihflu?,bsawyvhnx0123456789/",
    *("enter", "escape", "up", "down", "left", "right", "tab", "shift+tab", "pagedown", "pageup", "space"),
    *("backspace", "ctrl+p", "home", "end", "[", "]", "question_mark", "comma", "slash"),
)
SIZES = ((60, 20), (80, 24), (120, 40), (40, 10), (200, 60), (20, 5))
CALM = ("q", "ctrl+q")
"""Keys that leave are pressed at the end only."""


ABOUT = {"week": 1, "exercise": "brd_1", "lesson": "l01", "versions": None}
"""What the pages about one thing are opened with."""
EACH = 14
"""Keys on a page before the next one is opened: left to chance, half of the pages are never reached."""


async def reach(app: CoachApp, pilot: Pilot[None], number: int, seen: set[str]) -> None:
    """Open the next page, from wherever the keys led."""
    names = (*pages.KEPT, *pages.FRESH, *pages.BELOW)
    name = names[number % len(names)]
    for _ in range(8):
        await pilot.press(*(["escape"] if app.screen.is_modal else []))
    while len(app.screen_stack) > 1:
        app.pop_screen()
    if name in pages.BELOW:
        app.open(name, ABOUT.get(name))
    else:
        app.action_go(name)
    place = {**pages.KEPT, **pages.FRESH, **pages.BELOW}[name]
    assert type(app.screen).__name__ == place.partition(":")[2]
    seen.add(name)


async def fuzz(home: Path, count: int, seed: int, today: str) -> Any:
    """Press ``count`` keys; what each save was given, in order."""
    pick = random.Random(seed)
    app = CoachApp(lambda: coach_of(home, today))
    kept: list[tuple[str, Any]] = []
    put = app.saving._tried

    def watched(do: Any) -> Any:
        result = put(do)
        kept.append((type(result).__name__, result))
        return result

    app.saving._tried = watched  # type: ignore[method-assign]
    seen: set[str] = set()
    async with app.run_test(size=(80, 24)) as pilot:
        for step in range(count):
            key = pick.choice(KEYS)
            try:
                if step % EACH == 0:
                    await reach(app, pilot, step // EACH, seen)
                    await pilot.pause()
                if pick.random() < 0.03:
                    await pilot.resize_terminal(*pick.choice(SIZES))
                app.simulate_key(key) if step % 7 else await pilot.press(key)
                await pilot._wait_for_screen() if step % 25 == 0 else None
            except Exception as error:
                raise AssertionError(f"seed {seed}, step {step}, key {key}: {error!r}") from error
            assert app._exception is None, f"seed {seed}, step {step}, key {key}"
        await settled(app, pilot)
    app.saving.close()
    assert app.saving.faults == []
    assert app.saving.lost == []
    every = {*pages.KEPT, *pages.FRESH, *pages.BELOW}
    assert seen == every or count < EACH * len(every), every - seen
    return kept


def check(home: Path, kept: Any, today: str) -> None:
    """What was saved last is what the journal holds, as far as nothing was undone after it."""
    if any(name == "str" and result.startswith("Taken back") for name, result in kept):
        return  # steps were taken back: then only that nothing broke is known
    coach = coach_of(home, today)
    noted = {each.date: each for each in coach.history().checkins}
    last = {result.checkin.date: result.checkin for name, result in kept if name == "CheckedIn"}
    for day, checkin in last.items():
        for field in ("pain", "stress", "note"):
            assert getattr(noted[day], field) == getattr(checkin, field)
    assert not [each for each in coach.doctor() if getattr(each, "ok", True) is False]


@pytest.mark.asyncio
@pytest.mark.parametrize(("seed", "today"), [(1, "2026-11-23"), (3, "2026-11-24")])
async def test_random_keys_break_nothing(demo: Path, seed: int, today: str) -> None:  # noqa: F811
    check(demo, await fuzz(demo, 525, seed, today), today)


@pytest.mark.long
@pytest.mark.asyncio
@pytest.mark.parametrize("seed", range(10, 20))
async def test_many_random_keys_break_nothing(demo: Path, seed: int) -> None:  # noqa: F811
    today = ("2026-11-23", "2026-11-24", "2026-11-25")[seed % 3]
    count = int(os.environ.get("COACH_FUZZ_KEYS", "2000"))
    check(demo, await fuzz(demo, count, seed, today), today)
