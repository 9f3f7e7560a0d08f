"""Movement tests in the app: the list, the clock, what is written down."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tui_harness import Clock, coach_of, fresh, keys, opened, text_of  # noqa: F401 (fixture)

from coach.questionnaires.protocols import protocol
from coach.questionnaires.trying import Prompt, tries
from coach.tui.screens import trial as module


@pytest.mark.asyncio
async def test_a_hold_by_the_clock(
    fresh: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    coach = coach_of(fresh)
    script = tries(protocol("mt_25"))
    prompt = next(script)
    try:
        while True:
            prompt = script.send(
                0 if prompt.item and prompt.item.id in ("pain", "pain_before") else calm(prompt)
            )
    except StopIteration as end:
        coach.record_test("mt_25", end.value[0], pain_before=0)
    due = [each for each in coach.battery().tests if each.status == "due"]
    timed = next(each for each in due if protocol(each.test).timer == "stopwatch")
    async with opened(fresh) as (app, pilot):
        app.action_go("test")
        await keys(app, pilot)
        assert "tests are due in this round" in text_of(app)
        app.push_screen(module.TrialPage(protocol(timed.test), timed))
        await keys(app, pilot)
        assert "Set-up:" in text_of(app)
        page = app.screen
        assert isinstance(page, module.TrialPage)
        await keys(app, pilot, "enter", "2")
        seen = []
        for _ in range(60):
            if page.found is not None:
                break
            seen.append(page.prompt.kind)
            if page.prompt.kind == "time":
                await keys(app, pilot, "space")
                clock.now += 7
                page._look()
                await pilot.pause()
                assert "⣿" in text_of(app)
                await keys(app, pilot, "space")
            elif page.prompt.item is None:
                await keys(app, pilot, "enter")
            else:
                await keys(app, pilot, *(("1", "enter") if page.prompt.item.kind == "number" else ("1",)))
        assert "time" in seen
        assert "Written down" in text_of(app)
        state = {each.test: each.status for each in coach_of(fresh).battery().tests}
        assert state[timed.test] == "done"


def calm(prompt: Prompt) -> Any:
    """The answer of the nerve check that finds nothing."""
    if prompt.item is None:
        return None
    values = [each.value for each in prompt.item.choices]
    return (
        next(
            (each for each in ("no", "pass", "same", "done", "equal", "normal") if each in values), values[0]
        )
        if values
        else 0
    )
