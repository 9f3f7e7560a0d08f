"""A figure on a stage of characters: any moment of its movement, each frame drawn once."""

from __future__ import annotations

from coach.draw.canvas import Style
from coach.draw.figurelines import LEAST, Stage, draw, extent
from coach.draw.mistakes import mistaken
from coach.draw.motion import Motion
from coach.draw.words import wrap
from coach.model.figure import Figure, Mistake

FRAMES = 15
"""Frames a second."""


class Film:
    """Frames of a figure at one size, as lines of text; kept once they are drawn."""

    def __init__(
        self,
        motion: Motion,
        columns: int,
        rows: int,
        *,
        style: Style = "braille",
        mirror: bool = False,
    ) -> None:
        self.motion = motion
        self.mirror = mirror
        self.view = motion.figure.view
        columns, rows = max(columns, 1), max(rows, 1)
        self.stage = Stage(extent(motion, self.view, mirror=mirror), columns, rows, style)
        self._kept: dict[int, list[str]] = {}
        self._keys: dict[int, list[str]] = {}

    def frame(self, seconds: float) -> list[str]:
        """The body at a time; the movement goes round and round."""
        length = self.motion.length
        number = int(seconds % length * FRAMES) if length > 0 else 0
        if number not in self._kept:
            moment = self.motion.at(number / FRAMES)
            rest = -1 - moment.key  # a body that stays is drawn once
            if moment.moving or rest not in self._kept:
                canvas = draw(self.motion, moment.posture, self.stage, self.view, mirror=self.mirror)
                self._kept[number if moment.moving else rest] = canvas.lines()
            if not moment.moving:
                self._kept[number] = self._kept[rest]
        return self._kept[number]

    def key(self, number: int) -> list[str]:
        """One key pose, with the arrow of the way into it."""
        if number not in self._keys:
            posture = self.motion.keys[number].posture
            canvas = draw(
                self.motion, posture, self.stage, self.view, mirror=self.mirror, arrows=self.shown(number)
            )
            self._keys[number] = canvas.lines()
        return self._keys[number]

    def shown(self, number: int) -> int:
        """The key pose whose arrow is drawn: none for the first, where the movement begins."""
        return number if len(self.motion.keys) > 1 else 0


def still_lines(
    motion: Motion, columns: int, rows: int, *, style: Style = "braille", mirror: bool = False
) -> list[str]:
    """The key poses side by side with their names, as many in a row as fit, else below each other."""
    count = len(motion.keys)
    beside = max(1, min(count, columns // LEAST[0]))
    wide = columns // beside - 1
    film = Film(motion, wide, max(LEAST[1], rows - 2), style=style, mirror=mirror)
    lines: list[str] = []
    for first in range(0, count, beside):
        numbers = range(first, min(count, first + beside))
        names = [wrap(f"{number + 1}. {motion.keys[number].name}", wide) for number in numbers]
        tall = max(map(len, names))
        blocks = [[*name, *[""] * (tall - len(name)), *film.key(number)]
                  for number, name in zip(numbers, names, strict=True)]  # fmt: skip
        lines += [" ".join(part.ljust(wide) for part in row).rstrip() for row in zip(*blocks, strict=True)]
    return lines


def mistake_lines(
    figure: Figure,
    mistake: Mistake,
    columns: int,
    rows: int,
    *,
    style: Style = "braille",
    mirror: bool = False,
) -> list[str]:
    """A common error as a picture; no line at all for one that is only words."""
    if mistake.key < 0:
        return []
    return Film(mistaken(figure, mistake), columns, rows, style=style, mirror=mirror).key(0)


def spoken(figure: Figure) -> list[tuple[str, str]]:
    """A figure in words, for those who cannot see it: start, movement, end, breath, and two errors."""
    return [
        ("Start", figure.start),
        ("Move", figure.move),
        ("End", figure.end),
        ("Breath", figure.breath),
        *(("Not", each.words) for each in figure.errors),
    ]
