"""A page opens in one go: nothing of it is painted before it is filled, and it follows width and theme."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen
from textual.widgets import OptionList
from tui_harness import demo, fresh, keys, lived, opened, settled, text_of  # noqa: F401 (fixtures)

from coach.tui.opening import Opening


@pytest.mark.asyncio
@pytest.mark.parametrize(("key", "page"), [("p", "PlanPage"), ("e", "LibraryPage"), ("c", "CheckInPage")])
async def test_the_first_painting_of_a_page_is_whole(
    demo: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    key: str,
    page: str,
) -> None:
    painted: list[str] = []
    paint = Screen._compositor_refresh

    def look(self: Screen[Any]) -> None:
        if type(self).__name__ == page:
            painted.append(text_of(self.app))  # type: ignore[arg-type]
        paint(self)

    monkeypatch.setattr(Screen, "_compositor_refresh", look)
    async with opened(demo) as (app, pilot):
        await keys(app, pilot, key)
        await settled(app, pilot)
        last = [line.rstrip("▁▂▃▄▅▆▇█ ") for line in text_of(app).splitlines()]
    first = [line.rstrip("▁▂▃▄▅▆▇█ ") for line in painted[0].splitlines()]
    assert len(last) == 24
    assert [line for line in first[1:-1] if line] == [line for line in last[1:-1] if line]


@pytest.mark.asyncio
async def test_what_is_held_back_is_laid_out_but_not_painted(
    demo: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    steps: list[tuple[str, bool]] = []
    paint = Opening._compositor_refresh

    def look(self: Opening) -> None:
        steps.append((type(self).__name__, self._opening))
        paint(self)

    monkeypatch.setattr(Opening, "_compositor_refresh", look)
    async with opened(demo) as (app, pilot):
        assert ("TodayPage", False) in steps  # the first frame does not wait
        assert ("TodayPage", True) not in steps
        await keys(app, pilot, "p")
    assert [held for name, held in steps if name == "PlanPage"][:2] == [True, False]


@pytest.mark.asyncio
async def test_rows_follow_the_width_at_once(demo: Path) -> None:  # noqa: F811
    async with opened(demo) as (app, pilot):
        await keys(app, pilot, "p")
        lengths = []
        for size, name in (((60, 20), "-narrow"), ((120, 40), "-wide"), ((80, 24), "-usual")):
            await pilot.resize_terminal(*size)
            await settled(app, pilot)
            assert {each for each in app.screen.classes if each != "-problem"} == {name}
            rows = app.screen.query_one("#weeks", OptionList)
            longest = max(len(str(each.prompt)) for each in rows.options)
            assert longest <= rows.size.width
            lengths.append(longest)
            assert max(len(line) for line in text_of(app).splitlines()) <= size[0]
        assert lengths[0] < min(lengths[1:]), "the last words have no room in the narrow one"


@pytest.mark.asyncio
async def test_a_page_below_takes_on_another_theme(demo: Path) -> None:  # noqa: F811
    async with opened(demo) as (app, pilot):
        await keys(app, pilot, "p", "t")
        plan = app.get_screen("plan")
        before = plan.styles.background
        app.theme = "coach-light"
        await settled(app, pilot)
        await keys(app, pilot, "p")
        assert app.screen is plan
        assert plan.styles.background != before
        assert plan.query_one("#weeks").styles.background == plan.styles.background


@pytest.mark.asyncio
async def test_today_reads_neither_library_nor_lessons(
    demo: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def read() -> None:
        raise AssertionError("the library takes too long between the first frame and the first key")

    monkeypatch.setattr("coach.programs.library.load_library", read)
    async with opened(demo, (120, 40)) as (app, _):
        assert "The lesson of this week" in text_of(app)


@pytest.mark.asyncio
async def test_a_page_has_no_widgets_that_nobody_sees(demo: Path) -> None:  # noqa: F811
    async with opened(demo, notifications=True) as (app, pilot):
        await keys(app, pilot, "p")
        assert not app.screen.query("Tooltip, ToastRack, #problem")
        app.tell("Told in passing.")
        await settled(app, pilot)
        assert "Told in passing." in text_of(app)
        app.action_go("help")  # what was told stays to be read over another page
        app.tell("Told before the page stands.")
        await settled(app, pilot)
        assert "Told in passing." in text_of(app)
        assert "Told before the page stands." in text_of(app)
        assert "In every list" in text_of(app)


@pytest.mark.asyncio
async def test_a_problem_takes_the_place_of_the_body_and_goes_again(fresh: Path) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "r")
        assert "No week has been reviewed yet" in text_of(app)
        page = app.screen
        app.renew()
        await settled(app, pilot)
        assert "No week has been reviewed yet" in text_of(app)
        assert len(page.query("#problem")) == 1
        page.reload = lambda: None  # type: ignore[method-assign]
        app.renew()
        await settled(app, pilot)
        assert "No week has been reviewed yet" not in text_of(app)
