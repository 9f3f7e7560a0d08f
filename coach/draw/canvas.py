"""A small canvas of dots in lines of text: it serves the charts and the figures alike.

A dot is about as wide as it is high in every style. Coordinates are in dots, from the upper left;
fractions are welcome, and what lies outside is left out. A place exactly between two dots lights
both, so that a mirrored drawing is the mirror of the drawing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, floor, hypot, inf, isfinite, sqrt
from typing import Literal, NamedTuple

Style = Literal["braille", "block", "ascii"]
"""``braille`` has 2 x 4 dots a cell, ``block`` (half blocks) and ``ascii`` 1 x 2."""
Dot = tuple[float, float]

_EDGE = 1e-9


class Look(NamedTuple):
    """How a style turns dots into characters: dots of a cell, the weight of each, and the glyphs."""

    across: int
    down: int
    weights: tuple[tuple[int, ...], ...]
    glyphs: str


def _braille() -> Look:
    glyphs = " " + "".join(chr(0x2800 + code) for code in range(1, 256))
    return Look(2, 4, ((1, 8), (2, 16), (4, 32), (64, 128)), glyphs)


_LOOKS = {
    "braille": _braille(),
    "block": Look(1, 2, ((1,), (2,)), " ▀▄█"),
    "ascii": Look(1, 2, ((1,), (2,)), " '.:"),
}


def look(style: Style) -> Look:
    """The cells of a style."""
    return _LOOKS[style]


def near(value: float) -> range:
    """The dot at a place, or both where it lies exactly between two."""
    return range(ceil(value - 0.5 - _EDGE), floor(value + 0.5 + _EDGE) + 1)


class Canvas:
    """A grid of ``columns`` x ``rows`` characters; ``width`` x ``height`` are its dots."""

    def __init__(self, columns: int, rows: int, style: Style = "braille") -> None:
        self.columns = max(1, columns)
        self.rows = max(1, rows)
        self.look = _LOOKS[style]
        self.width = self.columns * self.look.across
        self.height = self.rows * self.look.down
        self._dots = [bytearray(self.width) for _ in range(self.height)]
        self._texts: list[tuple[int, int, str]] = []
        self._under: dict[int, str] = {}

    def dot(self, x: float, y: float, *, on: bool = True) -> None:
        """Light one dot, or put it out."""
        if not (isfinite(x) and isfinite(y)):
            return
        for column in near(x):
            for row in near(y):
                if 0 <= column < self.width and 0 <= row < self.height:
                    self._dots[row][column] = on

    def across(self, x0: float, x1: float, y: int, *, on: bool = True) -> None:
        """Light a row from one place to another, both included."""
        left = ceil(min(self.width, max(0, x0 - _EDGE)))
        right = floor(max(-1, min(self.width - 1, x1 + _EDGE)))
        if 0 <= y < self.height and left <= right:
            self._dots[y][left : right + 1] = (b"\x01" if on else b"\x00") * (right - left + 1)

    def down(self, x: int, y0: float, y1: float, *, on: bool = True) -> None:
        """Light a column from one place to another, both included, in either order."""
        if 0 <= x < self.width:
            top, bottom = min(near(min(y0, y1))), max(near(max(y0, y1)))
            for row in range(max(0, top), min(self.height - 1, bottom) + 1):
                self._dots[row][x] = on

    def line(self, x0: float, y0: float, x1: float, y1: float, *, thick: float = 1, on: bool = True) -> None:
        """Draw a straight line; ``thick`` is its width in dots, with round ends."""
        if not all(map(isfinite, (x0, y0, x1, y1))):
            return
        if thick > 1:
            self._thick(x0, y0, x1, y1, thick / 2, on=on)
            return
        seen = self._clipped(x0, y0, x1, y1)
        if seen is None:
            return
        x0, y0, x1, y1 = seen
        self.dot(x0, y0, on=on)
        self.dot(x1, y1, on=on)
        flat = abs(x1 - x0) >= abs(y1 - y0)
        a0, b0, a1, b1 = (x0, y0, x1, y1) if flat else (y0, x0, y1, x1)
        if a0 > a1:
            a0, b0, a1, b1 = a1, b1, a0, b0
        slope = (b1 - b0) / (a1 - a0) if a1 > a0 else 0.0
        for a in range(ceil(a0), floor(a1) + 1):
            for b in near(b0 + (a - a0) * slope):
                x, y = (a, b) if flat else (b, a)
                if 0 <= x < self.width and 0 <= y < self.height:
                    self._dots[y][x] = on

    def path(self, dots: Sequence[Dot], *, thick: float = 1, on: bool = True) -> None:
        """Draw lines from dot to dot."""
        for before, after in pairwise(dots):
            self.line(*before, *after, thick=thick, on=on)

    def fill(self, corners: Sequence[Dot], *, on: bool = True) -> None:
        """Fill an area with these corners; crossing edges leave holes."""
        if len(corners) < 3 or not all(isfinite(x) and isfinite(y) for x, y in corners):
            return
        heights = [y for _, y in corners]
        edges = list(pairwise((*corners, corners[0])))
        for row in range(max(0, ceil(min(heights))), min(self.height - 1, floor(max(heights))) + 1):
            met = sorted(
                x0 + (row - y0) * (x1 - x0) / (y1 - y0)
                for (x0, y0), (x1, y1) in edges
                if (y0 <= row < y1) or (y1 <= row < y0)
            )
            for left, right in zip(met[::2], met[1::2], strict=False):
                self.across(left, right, row, on=on)

    def convex(self, corners: Sequence[Dot], *, on: bool = True) -> None:
        """Fill an area without dents; faster than `fill`, as each edge is walked once."""
        if len(corners) < 3 or not all(isfinite(x) and isfinite(y) for x, y in corners):
            return
        heights = [y for _, y in corners]
        top, bottom = max(0, ceil(min(heights))), min(self.height - 1, floor(max(heights)))
        if top > bottom:
            return
        least, most = [inf] * (bottom - top + 1), [-inf] * (bottom - top + 1)
        x0, y0 = corners[-1]
        for x1, y1 in corners:
            if y0 != y1:
                slope = (x1 - x0) / (y1 - y0)
                first, last = (y0, y1) if y0 < y1 else (y1, y0)
                for row in range(max(top, ceil(first)), min(bottom, floor(last)) + 1):
                    x = x0 + (row - y0) * slope
                    if x < least[row - top]:
                        least[row - top] = x
                    if x > most[row - top]:
                        most[row - top] = x
            x0, y0 = x1, y1
        run = (b"\x01" if on else b"\x00") * self.width
        last = self.width - 1
        for row, left in enumerate(least, start=top):
            right = most[row - top]
            if left > right:
                continue
            start, end = ceil(left - _EDGE) if left > 0 else 0, floor(right + _EDGE) if right < last else last
            if start <= end:
                self._dots[row][start : end + 1] = run[: end + 1 - start]

    def disc(self, x: float, y: float, radius: float, *, on: bool = True) -> None:
        """Fill a circle."""
        if not all(map(isfinite, (x, y, radius))):
            return
        for row in range(max(0, ceil(y - radius)), min(self.height - 1, floor(y + radius)) + 1):
            half = sqrt(max(0.0, radius**2 - (row - y) ** 2))
            self.across(x - half, x + half, row, on=on)

    def ring(self, x: float, y: float, radius: float, *, on: bool = True) -> None:
        """Draw the line of a circle."""
        if not all(map(isfinite, (x, y, radius))):
            return
        for row in range(max(0, ceil(y - radius)), min(self.height - 1, floor(y + radius)) + 1):
            half = sqrt(max(0.0, radius**2 - (row - y) ** 2))
            self.dot(x - half, row, on=on)
            self.dot(x + half, row, on=on)
        for column in range(max(0, ceil(x - radius)), min(self.width - 1, floor(x + radius)) + 1):
            half = sqrt(max(0.0, radius**2 - (column - x) ** 2))
            self.dot(column, y - half, on=on)
            self.dot(column, y + half, on=on)

    def dashes(self, y: float, *, length: int = 6, on: int = 3) -> None:
        """Draw a dashed line across the whole width, the same from both sides."""
        for column in range(self.width):
            if min(column, self.width - 1 - column) % length < on:
                self.dot(column, y)

    def under(self, row: int, pattern: str) -> None:
        """Repeat some characters along a row wherever no dot is lit, the same from both sides."""
        if 0 <= row < self.rows:
            self._under[row] = pattern

    def text(self, column: int, row: int, text: str) -> None:
        """Write over the dots, in characters; what does not fit is cut."""
        if 0 <= row < self.rows and column < self.columns:
            self._texts.append((max(0, column), row, text[max(0, -column) : self.columns - column]))

    def add(self, other: Canvas) -> None:
        """Light every dot that is lit on another canvas of the same size."""
        for own, dots in zip(self._dots, other._dots, strict=True):
            own[:] = (int.from_bytes(own) | int.from_bytes(dots)).to_bytes(self.width)

    def lit(self, x: int, y: int) -> bool:
        """Whether a dot is on."""
        return 0 <= x < self.width and 0 <= y < self.height and bool(self._dots[y][x])

    def lines(self) -> list[str]:
        """The canvas as lines of text without blanks at their ends."""
        found = [self._row(row) for row in range(self.rows)]
        for row, pattern in self._under.items():
            found[row] = "".join(
                pattern[min(place, self.columns - 1 - place) % len(pattern)] if letter == " " else letter
                for place, letter in enumerate(found[row])
            )
        for column, row, text in self._texts:
            line = found[row]
            found[row] = line[:column] + text + line[column + len(text) :]
        return [line.rstrip() for line in found]

    def _row(self, row: int) -> str:
        """One line: the dots of each cell are added up as bytes, all cells in one sum."""
        whole = 0
        for down, weights in enumerate(self.look.weights):
            dots = self._dots[row * self.look.down + down]
            for across, weight in enumerate(weights):
                whole += int.from_bytes(dots[across :: self.look.across]) * weight
        glyphs = self.look.glyphs
        return "".join([glyphs[code] for code in whole.to_bytes(self.columns)])

    def _thick(self, x0: float, y0: float, x1: float, y1: float, half: float, *, on: bool) -> None:
        long = hypot(x1 - x0, y1 - y0)
        if long:
            aside, up = -(y1 - y0) / long * half, (x1 - x0) / long * half
            corners = (
                (x0 + aside, y0 + up),
                (x1 + aside, y1 + up),
                (x1 - aside, y1 - up),
                (x0 - aside, y0 - up),
            )
            self.fill(corners, on=on)
        self.disc(x0, y0, half, on=on)
        self.disc(x1, y1, half, on=on)

    def _clipped(
        self, x0: float, y0: float, x1: float, y1: float
    ) -> tuple[float, float, float, float] | None:
        """The part of a line that can be seen (Liang and Barsky), or null."""
        first, last = 0.0, 1.0
        wide, high = x1 - x0, y1 - y0
        for step, room in (
            (-wide, x0 + 1), (wide, self.width - x0), (-high, y0 + 1), (high, self.height - y0)
        ):  # fmt: skip
            if step == 0:
                if room < 0:
                    return None
            elif step < 0:
                first = max(first, room / step)
            else:
                last = min(last, room / step)
        if first > last:
            return None
        return x0 + first * wide, y0 + first * high, x0 + last * wide, y0 + last * high
