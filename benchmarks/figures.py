"""Figures: what one costs while it moves, and how soon the page of an exercise shows its first frame.

`python benchmarks/figures.py` prints the share of one core that a 60x20 figure takes at 15 frames a
second (first round, where each frame is drawn, and later ones, where it is only shown), and the CPU
time from the key press to the painted page of an exercise.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from textual.app import App, ComposeResult

from coach.coach import Coach
from coach.draw.figures import figure_of, ladder_figures, motion_of
from coach.tui.app import CoachApp
from coach.tui.widgets.figure import FigureView

SHARE = 0.05
PAGE_MS = 90
NAME = "sqt_1"
EXERCISES = ("sqt_3", "hng_4", "glu_2", "sqt_5", "hng_8")


class Bare(App[None]):
    """Nothing but one figure."""

    CSS = "FigureView { width: 60; height: 20; }"

    def compose(self) -> ComposeResult:
        yield FigureView()


async def share() -> tuple[float, float]:
    """CPU seconds a second in the first round and in the third."""
    figure = figure_of(NAME)
    assert figure is not None
    motion = motion_of(figure)
    app = Bare()
    found = []
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.query_one(FigureView).show(motion)
        for _ in range(2):
            began, spent = time.monotonic(), time.process_time()
            await asyncio.sleep(motion.length)
            found.append((time.process_time() - spent) / (time.monotonic() - began))
    return found[0], found[1]


async def pages() -> tuple[float, list[float]]:
    """CPU milliseconds to the painted page of an exercise: the first of a process, and later ones."""
    with tempfile.TemporaryDirectory() as home:
        app = CoachApp(lambda: Coach.open(home, today="2026-11-23"))
        found = []
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            app.action_go("library")
            await pilot.pause()
            for name in EXERCISES:
                began = time.process_time()  # what else the machine does is no part of it
                app.open("exercise", name)
                await pilot.pause()
                app.screen.query_one(FigureView).frame()
                found.append((time.process_time() - began) * 1000)
                app.back()
                await pilot.pause()
    return found[0], found[1:]


def parts() -> dict[str, float]:
    """CPU milliseconds of each step to a first frame, medians of nine."""
    from coach.draw.film import Film

    figure = ladder_figures("sqt")[NAME]
    steps = {
        "read one ladder's file": lambda: ladder_figures("sqt"),
        "place the key poses": lambda: motion_of(figure),
        "measure the room it takes": lambda: Film(motion_of(figure), 60, 20),
        "draw a frame of 60x20": lambda: Film(motion_of(figure), 60, 20).frame(2.0),
    }
    found = {}
    for name, do in steps.items():
        times = []
        for _ in range(9):
            began = time.process_time()
            do()
            times.append((time.process_time() - began) * 1000)
        found[name] = statistics.median(times)
    return found


def main() -> None:
    for name, spent in parts().items():
        print(f"{name:<34}{spent:8.1f} ms")
    first, later = asyncio.run(share())
    print(f"share of a core, first round      {first:8.1%}  budget {SHARE:.0%}")
    print(f"share of a core, later rounds     {later:8.1%}  budget {SHARE:.0%}")
    cold, warm = asyncio.run(pages())
    print(f"page of an exercise, first        {cold:8.1f} ms budget {PAGE_MS} ms")
    print(f"page of an exercise, later        {statistics.median(warm):8.1f} ms budget {PAGE_MS} ms")


if __name__ == "__main__":
    main()
