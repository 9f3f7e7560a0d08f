"""Draw the pictures of the terminal app that the README shows: ``.venv/bin/python tools/pictures.py``.

The made-up person of ``coach demo`` is lived through in a temporary folder, the pages are opened
as a person would open them, and each is written to ``docs/pictures`` as an SVG. Day and clock are
fixed and nothing random is kept, so two runs give the same bytes. The pictures name no address
and need no font but a fixed-width one.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from html import escape, unescape
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # these sources, not an installed copy

from textual.pilot import Pilot

from coach.coach import Coach
from coach.demo import live
from coach.tui.app import CoachApp
from coach.tui.screens import session

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
DAY = "2026-11-23"
SIZE = (100, 30)

PAGES: dict[str, tuple[str, ...]] = {
    "today": (),
    "plan": ("p",),
    "review": ("r",),
    "progress": ("g", "2"),
    "session": ("s", "3"),
}
"""The keys that lead from Today to each page. The session comes last: opening it begins it."""

INTO_THE_SET_S = 45
"""Seconds from the answer about pain until the picture of the session: in its first set."""

CELL = (12.2, 24.4)
"""Width and height of a letter in the picture, as Rich draws it."""

BRAILLE = frozenset(map(chr, range(0x2800, 0x2900)))
DOTS = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))
"""Where the dot of each bit of a braille letter lies: across and down."""

DOTTED = (
    ".dots { fill: none; stroke-linecap: round; stroke-width: .7; "
    f"transform: translate({CELL[0] / 4:g}px, {CELL[1] / 8 + 1.5:g}px) scale({CELL[0] / 2:g}); }}"
)
TEXT = re.compile(
    r'(?P<head><text class="(?P<ink>[\w-]+)" x="(?P<x>[\d.]+)"[^>]*-line-(?P<line>\d+)\)">)'
    r"(?P<text>[^<]*)</text>"
)


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        """Seconds, as `time.monotonic` gives them."""
        return self.now


def main() -> int:
    """Write every picture to the folder that is named, or to ``docs/pictures``."""
    into = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    into.mkdir(parents=True, exist_ok=True)
    os.environ.pop("NO_COLOR", None)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "demo"
        live(str(home), date.fromisoformat(DAY))
        for _ in ("the walk", "the session"):  # back to the morning, when both were still to come
            coach_of(home).undo()
        for name, keys in PAGES.items():
            drawn = asyncio.run(picture(home, name, keys))
            (into / f"{name}.svg").write_text(drawn, encoding="utf-8", newline="\n")
            print(into / f"{name}.svg")
    return 0


def coach_of(home: Path) -> Coach:
    """The coach of the home, on the day of the pictures."""
    return Coach.open(home, today=DAY, at=f"{DAY}T09:00:00+00:00")


async def picture(home: Path, name: str, keys: Sequence[str]) -> str:
    """Open the app on a home, press the keys, and draw what stands there."""
    clock = Clock()
    app = CoachApp(lambda: coach_of(home))
    with patch.object(session, "time", clock):
        async with app.run_test(size=SIZE, notifications=False) as pilot:
            await settled(app, pilot)
            for key in keys:
                await pilot.press(key)
                await settled(app, pilot)
            if isinstance(app.screen, session.SessionPage):
                for _ in range(INTO_THE_SET_S):
                    clock.now += 1
                    app.screen.do("tick")
                await settled(app, pilot)
            drawn = app.export_screenshot()
    app.saving.close()
    return plain(drawn, name)


async def settled(app: CoachApp, pilot: Pilot[None]) -> None:
    """Wait until everything given is written and shown."""
    for _ in range(400):
        await app.workers.wait_for_complete()
        await pilot.pause(0.02)
        if not app.saving.waiting:
            break
    await pilot.pause(0.5)  # how things stand, in the top line, is read after the first frame


def plain(drawn: str, name: str) -> str:
    """Take out what names an address or differs between two runs.

    Fonts of a content network are not asked for: the fixed-width font of the machine serves. The
    number in the names of classes is made from the content and its random ids, so the page's
    name takes its place. Some programs cut blanks off the start of a line unless told not to.
    """
    drawn = re.sub(r"\s*<!--.*?-->", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r"\s*@font-face\s*\{.*?\}", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r"terminal-\d+", name, drawn)
    drawn = drawn.replace(f'<g class="{name}-matrix">', f'<g class="{name}-matrix" xml:space="preserve">')
    drawn = re.sub(r"[ \t]+$", "", drawn, flags=re.MULTILINE).rstrip() + "\n"
    return dotted(drawn)


def dotted(drawn: str) -> str:
    """Draw what is written in braille as dots.

    Few fixed-width fonts hold braille; one that steps in for it has another width, and charts
    and large digits would lean.
    """
    inks = dict(re.findall(r"\.([\w-]+) \{ fill: (#\w+)", drawn))

    def dots(found: re.Match[str]) -> str:
        head, text = found["head"], unescape(found["text"])
        if not any(letter in BRAILLE for letter in text):
            return found[0]
        left, line = round(float(found["x"]) / CELL[0]), int(found["line"])
        path = "".join(
            f"M{2 * (left + column) + across} {4 * line + down}h0"
            for column, letter in enumerate(text)
            if letter in BRAILLE
            for bit, (across, down) in enumerate(DOTS)
            if ord(letter) >> bit & 1
        )
        rest = "".join("\xa0" if letter in BRAILLE else letter for letter in text)
        kept = f"{head}{escape(rest).replace(chr(0xA0), '&#160;')}</text>" if rest.strip() else ""
        return f'{kept}<path class="dots" stroke="{inks[found["ink"]]}" d="{path}"/>' if path else kept

    drawn = TEXT.sub(dots, drawn)
    return drawn.replace("</style>", f"    {DOTTED}\n    </style>", 1)


if __name__ == "__main__":
    sys.exit(main())
