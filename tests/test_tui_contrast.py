"""Every text of every page stands out from what is behind it, in every theme."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tui_harness import answers, coach_of, demo, fresh, keys, lived, opened  # noqa: F401 (fixtures)

from coach.tui.theme import themes

LEAST = 4.5
"""Contrast of small text, WCAG 2.2 criterion 1.4.3 (AA)."""
PAGES: dict[str, tuple[str, ...]] = {
    "today": (),
    "plan": ("p",),
    "week": ("p", "enter"),
    "exercise": ("p", "enter", "enter"),
    "versions": ("p", "v"),
    "review": ("r",),
    "progress": ("g",),
    "library": ("e",),
    "lessons": ("i",),
    "lesson": ("i", "enter"),
    "habits": ("h",),
    "settings": ("comma",),
    "help": ("question_mark",),
    "palette": ("ctrl+p",),
    "checkin": ("c",),
    "flare": ("f",),
    "pick": ("comma", "down", "down", "down", "down", "down", "down", "enter"),
}


def luminance(triplet: Any) -> float:
    parts = [each / 255 for each in (triplet.red, triplet.green, triplet.blue)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Any, other: Any) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def faint(app: Any) -> set[str]:
    """Texts on the screen that do not stand out."""
    found = set()
    strips = app.screen._compositor.render_strips(app.screen.size)
    if app.screen.is_modal:  # what lies behind a box is meant to step back
        box = next(iter([*app.screen.query("#box"), *app.screen.query("#--container")])).region
        strips = [each.crop(box.x, box.right) for each in strips[box.y : box.bottom]]
    for strip in strips:
        for part in strip:
            style = part.style
            if not any(each.isalnum() for each in part.text) or style is None or style.color is None:
                continue
            front, back = style.color.get_truecolor(), style.bgcolor.get_truecolor()
            if style.reverse:
                front, back = back, front
            if contrast(front, back) < LEAST:
                found.add(f"{contrast(front, back):.1f} {part.text.strip()[:40]}")
    return found


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "theme",
    [
        pytest.param(name, marks=() if name == "light" else pytest.mark.long)
        for name in (each.name.removeprefix("coach-") for each in themes())
    ],
)
async def test_every_text_stands_out(demo: Path, theme: str, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.delenv("NO_COLOR", raising=False)
    coach_of(demo).set_option("theme", theme)
    found = {}
    async with opened(demo, notifications=True) as (app, pilot):
        for name, pressed in PAGES.items():
            await keys(app, pilot, "escape", "escape", *pressed)
            if name == "today":
                app.tell("Something was noted.", severe=True)
                app.tell("Something was noted.")
                await keys(app, pilot)
            if problems := faint(app):
                found[name] = problems
            while len(app.screen_stack) > 1:
                app.pop_screen()
    assert found == {}
