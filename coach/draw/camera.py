"""A camera: points in space become flat shapes, each with how near it is to the eye."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import acos, atan2, cos, hypot, pi, radians, sin
from typing import Literal

from coach.draw.space import Point
from coach.model.figure import View
from coach.model.noun import Noun

Flat = tuple[float, float]
Tone = Literal["near", "far", "trunk", "head", "prop", "back", "mark", "floor"]
CAMERAS: dict[View, tuple[float, float]] = {
    "side": (0, 0), "front": (90, 0), "back": (-90, 0), "quarter": (40, 14), "above": (0, 90),
    "high": (12, 38), "front_high": (90, 28),
}  # fmt: skip
"""Degrees the camera goes about the body from its right side, and above it."""


class Shape(Noun, frozen=True, kw_only=True):
    """The outline round some circles (x, y, radius; y is up), or a line through their middles."""

    circles: tuple[tuple[float, float, float], ...]
    tone: Tone
    depth: float
    part: str
    group: str = ""
    """Shapes of a group are joined: no gap is left between them."""
    line: bool = False


class Camera:
    """How space becomes flat; ``mirror`` swaps left and right."""

    def __init__(self, view: View, *, mirror: bool = False) -> None:
        about, over = CAMERAS[view]
        self.about = (cos(radians(about)), sin(radians(about)))
        self.over = (cos(radians(over)), sin(radians(over)))
        self.sign = -1.0 if mirror else 1.0

    def flat(self, point: Point) -> tuple[float, float, float]:
        """Across, up, and how near it is to the eye."""
        across = point[0] * self.about[0] - point[2] * self.about[1]
        near = point[0] * self.about[1] + point[2] * self.about[0]
        up = point[1] * self.over[0] - near * self.over[1]
        return self.sign * across, up, near * self.over[0] + point[1] * self.over[1]


def rounded(
    camera: Camera,
    balls: Sequence[tuple[Point, float]],
    tone: Tone,
    part: str,
    depth: float,
    group: str = "",
) -> Shape:
    """The outline round some balls in space, each with its radius in statures."""
    found: dict[tuple[float, float, float], None] = {}
    for point, radius in balls:
        x, y, _ = camera.flat(point)
        found[round(x, 4), round(y, 4), radius] = None
    circles = tuple(found)
    return Shape(circles=circles, tone=tone, depth=depth, part=part, group=group or part)


def line(
    camera: Camera, points: Sequence[Point], thick: float, part: str, depth: float, tone: Tone = "prop"
) -> Shape:
    """A line through some points in space; ``thick`` is half its width in statures."""
    circles = tuple((*camera.flat(each)[:2], thick) for each in points)
    return Shape(circles=circles, tone=tone, depth=depth, part=part, group=part, line=True)


@cache
def _ring(count: int) -> tuple[Flat, ...]:
    return tuple((cos(2 * pi * each / count), sin(2 * pi * each / count)) for each in range(count))


def hull(circles: Sequence[tuple[float, float, float]], corners: int = 20) -> list[Flat]:
    """The outline round some circles, as corners in order: their outermost place in each direction.

    Two circles give one more corner for each end; any other number gives ``corners``.
    """
    if len(circles) == 2:
        return _capsule(circles[0], circles[1], corners - 4)
    found = []
    for c, s in _ring(corners):
        x, y, r = max(circles, key=lambda each: each[0] * c + each[1] * s + each[2])
        found.append((x + r * c, y + r * s))
    return found


def _capsule(one: tuple[float, float, float], two: tuple[float, float, float], corners: int) -> list[Flat]:
    """The outline of two circles, always with the same number of corners."""
    (x0, y0, r0), (x1, y1, r1) = one, two
    far = hypot(x1 - x0, y1 - y0)
    if far <= abs(r0 - r1) + 1e-9:
        x, y, r = one if r0 >= r1 else two
        return [(x + r * c, y + r * s) for c, s in _ring(2 * (corners // 2 + 1))]
    way = atan2(y1 - y0, x1 - x0)
    lean = acos((r0 - r1) / far)
    count = corners // 2
    dots = []
    for step in range(count + 1):
        angle = way + lean + (2 * pi - 2 * lean) * step / count
        dots.append((x0 + r0 * cos(angle), y0 + r0 * sin(angle)))
    for step in range(count + 1):
        angle = way - lean + 2 * lean * step / count
        dots.append((x1 + r1 * cos(angle), y1 + r1 * sin(angle)))
    return dots
