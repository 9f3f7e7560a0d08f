"""The progress page: own goals first, digits choose, one key turns a chart into its table and its words."""

from __future__ import annotations

from pathlib import Path

import pytest
from tui_harness import SIZES, coach_of, demo, fresh, golden, keys, lived, opened, settled, text_of  # noqa: F401  (fixtures)

pytestmark = pytest.mark.asyncio


def braille(text: str) -> int:
    return sum(0x2800 < ord(letter) < 0x2900 for letter in text)


@pytest.mark.parametrize("size", SIZES)
async def test_the_page_looks_as_kept(lived: Path, size: tuple[int, int]) -> None:  # noqa: F811
    async with opened(lived, size) as (app, pilot):
        await keys(app, pilot, "g")
        shown = [text_of(app)]
        for key in "123456789m":
            await keys(app, pilot, key)
            shown.append(text_of(app))
        assert all(len(line) <= size[0] for text in shown for line in text.splitlines())
        golden(f"progress_{size[0]}x{size[1]}", "\n".join(shown))


async def test_own_goals_come_first(lived: Path) -> None:  # noqa: F811
    async with opened(lived) as (app, pilot):
        await keys(app, pilot, "g")
        lines = text_of(app).splitlines()
        body = next(line for line in lines[3:] if line.strip())
        assert body.strip().startswith("Goal: sit through a long meeting")


async def test_one_key_goes_from_chart_to_table_to_sentences(lived: Path) -> None:  # noqa: F811
    async with opened(lived) as (app, pilot):
        await keys(app, pilot, "g", "2")
        chart = text_of(app)
        assert "Progress: Pain" in chart
        assert "[2 Pain]" in chart
        assert braille(chart) > 50
        assert "Pain: 3 this week, 5 at the start; clearly better." in chart
        await keys(app, pilot, "v")
        table = text_of(app)
        assert "week from        days  mean" in table
        assert braille(table) == 0
        await keys(app, pilot, "v")
        words = text_of(app)
        assert "Week from Tue 6 Oct 2026: mean 4.8 of 6 days" in words
        assert "week from        days" not in words
        await keys(app, pilot, "v")
        assert text_of(app) == chart


async def test_arrows_go_round_and_digits_jump(lived: Path) -> None:  # noqa: F811
    async with opened(lived) as (app, pilot):
        await keys(app, pilot, "g", "left")
        assert "[m Measures]" in text_of(app)
        await keys(app, pilot, "right", "n", "n")
        assert "[2 Pain]" in text_of(app)
        await keys(app, pilot, "8")
        assert "# session done" in text_of(app)
        await keys(app, pilot, "0")
        assert "[0 All]" in text_of(app)


async def test_a_click_on_the_menu_chooses(lived: Path) -> None:  # noqa: F811
    async with opened(lived) as (app, pilot):
        await keys(app, pilot, "g")
        lines = text_of(app).splitlines()
        row = next(number for number, line in enumerate(lines) if "5 Stress" in line)
        await pilot.click(offset=(lines[row].index("5 Stress") + 2, row))
        await settled(app, pilot)
        assert "[5 Stress]" in text_of(app)


async def test_a_checkin_from_elsewhere_shows(demo: Path) -> None:  # noqa: F811
    async with opened(demo) as (app, pilot):
        await keys(app, pilot, "g", "2")
        assert "Pain: 3 this week" in text_of(app)
        for back in range(7):
            coach_of(demo, f"2026-11-{23 - back}").check_in(pain=6)
        app.look()
        await settled(app, pilot)
        assert "Pain: 6 this week, 5 at the start; the change is within" in text_of(app)


async def test_the_first_day_has_words_and_no_blank_page(fresh: Path) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "g")
        for key in "0123456789m":
            await keys(app, pilot, key)
            body = [line for line in text_of(app).splitlines()[3:-1] if line.strip()]
            assert body, key
        await keys(app, pilot, "2")
        assert "Nothing is noted yet." in text_of(app)


async def test_without_an_episode_it_says_what_to_do(tmp_path: Path) -> None:
    async with opened(tmp_path / "empty") as (app, pilot):
        await keys(app, pilot, "g")
        assert "There is no plan yet" in text_of(app)


LONG = pytest.mark.long


@pytest.mark.parametrize(
    "size", [(20, 8), pytest.param((40, 12), marks=LONG), pytest.param((200, 60), marks=LONG)]
)
async def test_any_size_and_any_resize_is_borne(lived: Path, size: tuple[int, int]) -> None:  # noqa: F811
    async with opened(lived) as (app, pilot):
        await keys(app, pilot, "g")
        for key in "0123456789m":
            await keys(app, pilot, key)
            await pilot.resize_terminal(*size)
            await pilot.resize_terminal(80, 24)
            await settled(app, pilot)
        assert "[m Measures]" in text_of(app)
