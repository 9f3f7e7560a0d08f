"""Figures as lines of text, at any size: near parts are solid, far ones thin, things dotted in outline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import atan2, ceil, hypot, pi

from coach.draw.camera import Camera, Flat, Shape, hull
from coach.draw.canvas import Canvas, Style
from coach.draw.figuresvg import Bounds, bounds, ordered
from coach.draw.marks import marked, ways
from coach.draw.motion import Motion
from coach.draw.skeleton import Posture
from coach.draw.things import prop_shapes
from coach.draw.view import shapes
from coach.model.figure import View

LEAST = (24, 10)
"""The smallest figure that can be read, in columns and rows."""


class Stage:
    """Where a figure stands on a canvas: scale and place stay the same through its whole movement."""

    def __init__(self, bound: Bounds, columns: int, rows: int, style: Style = "braille") -> None:
        self.columns, self.rows, self.style = columns, rows, style
        canvas = Canvas(columns, rows, style)
        x0, y0, x1, y1 = self.bound = bound
        self.scale = min((canvas.width - 3) / max(0.5, x1 - x0), (canvas.height - 3) / max(0.5, y1 - y0))
        self.left = (canvas.width - 1) / 2 - self.scale * (x0 + x1) / 2
        used = self.scale * (y1 - y0)
        self.floor = canvas.height - 2 - max(0.0, (canvas.height - 3 - used) * 0.3) + self.scale * y0

    def dot(self, x: float, y: float) -> Flat:
        """A place in statures as a dot of the canvas."""
        return self.left + x * self.scale, self.floor - y * self.scale


def extent(motion: Motion, view: View, *, mirror: bool = False, steps: int = 4) -> Bounds:
    """The room that a whole movement takes, in statures."""
    camera = Camera(view, mirror=mirror)
    props = motion.figure.props
    found: list[tuple[float, float, float]] = []
    for number in range(len(motion.keys)):
        before = (number - 1) % len(motion.keys)
        for step in range(1, steps + 1):
            posture = motion.way(before, number, step / steps)
            for name, point in posture.points.items():
                x, y, _ = camera.flat(point)
                found.append((x, y, WIDEST.get(name, 0.058)))
            shown = [each for each in props if each.hold or (number, step) == (0, 1)]
            found += [
                each
                for prop in shown
                for shape in prop_shapes(prop, posture, camera)
                for each in shape.circles
            ]
        found += [(x, y, 0.03) for way in (ways(motion, number, camera) if number else []) for x, y in way]
    return bounds([[Shape(circles=tuple(found), tone="prop", depth=0, part="")]])


WIDEST = {"head": 0.066, "nose": 0.018}
"""How far the drawn body goes beyond a point, at most; 0.058 where nothing is said."""


def draw(
    motion: Motion,
    posture: Posture,
    stage: Stage,
    view: View,
    *,
    mirror: bool = False,
    marks: bool = True,
    arrows: int = 0,
) -> Canvas:
    """One body with its things on a canvas. ``arrows`` names the key pose whose way is shown, 0 for none."""
    canvas = Canvas(stage.columns, stage.rows, stage.style)
    _floor(canvas, stage, view)
    for group in ordered(shapes(motion.figure, posture, view, mirror=mirror)):
        _group(canvas, stage, group)
    camera = Camera(view, mirror=mirror)
    if marks:
        for part in motion.figure.mark:
            _mark(canvas, *stage.dot(*marked(posture, part, camera)), stage.scale)
    for way in ways(motion, arrows, camera) if arrows else []:
        _arrow(canvas, [stage.dot(*each) for each in way], stage.style)
    return canvas


def _floor(canvas: Canvas, stage: Stage, view: View) -> None:
    if view in ("above", "high", "front_high"):
        return
    (start, y), (end, _) = stage.dot(stage.bound[0] - 0.1, 0), stage.dot(stage.bound[2] + 0.1, 0)
    canvas.across(start, end, round(y) + 1)


def _group(canvas: Canvas, stage: Stage, group: Sequence[Shape]) -> None:
    solid = [each for each in group if not each.line]
    gap = min(1.4, stage.scale * 0.02)
    if solid and solid[0].tone != "prop":
        for each in solid:
            canvas.convex(_outline(stage, each, gap), on=False)
    for each in group:
        if each.line:
            thick = max(1.0, 2 * each.circles[0][2] * stage.scale)
            canvas.path([stage.dot(x, y) for x, y, _ in each.circles], thick=thick if thick >= 1.6 else 1)
        elif each.tone == "prop" or each.tone == "back":
            corners = _outline(stage, each, 0)
            if each.tone == "prop":
                canvas.convex(corners, on=False)
            canvas.path([*corners, corners[0]])
        elif each.tone == "head":
            _head(canvas, stage, each)
        else:
            _solid(canvas, stage, each)
    for each in solid:
        if each.tone == "far":
            _hollow(canvas, stage, each)


def _outline(stage: Stage, each: Shape, more: float) -> list[Flat]:
    grown = [(*stage.dot(x, y), r * stage.scale + more) for x, y, r in each.circles]
    return hull(grown, 16)


def _solid(canvas: Canvas, stage: Stage, each: Shape) -> None:
    canvas.convex(_outline(stage, each, 0))
    if min(r for _, _, r in each.circles) * stage.scale < 1:
        canvas.path([stage.dot(x, y) for x, y, _ in each.circles])


def _hollow(canvas: Canvas, stage: Stage, each: Shape) -> None:
    """The inside of a far limb is left empty, so that it looks thin."""
    inner = [(*stage.dot(x, y), r * stage.scale - 1.0) for x, y, r in each.circles]
    if min(r for _, _, r in inner) > 0.2:
        canvas.convex(hull(inner, 16), on=False)


def _head(canvas: Canvas, stage: Stage, each: Shape) -> None:
    x, y, r = each.circles[0]
    across, down = stage.dot(x, y)
    round_ = max(1.2, r * stage.scale)
    canvas.disc(across, down, round_)
    if round_ > 3.4 and each.part == "head":
        canvas.disc(across, down, round_ - 1.6, on=False)


def _mark(canvas: Canvas, x: float, y: float, scale: float) -> None:
    """A hole with a dot in it: seen on a solid body without any colour; a letter where dots are large."""
    if canvas.look.across == 1:
        canvas.text(round(x), round(y) // canvas.look.down, "o")
        return
    hole = max(1.0, min(3.2, scale * 0.034))
    canvas.disc(x, y, hole, on=False)
    if hole > 2.0:
        canvas.disc(x, y, hole - 1.5)


def _arrow(canvas: Canvas, dots: Sequence[Flat], style: Style) -> None:
    """A dotted way with a pointer at its end."""
    fine = style == "braille"
    cell = canvas.look
    for x, y in _along(dots, 3.0 if fine else 2.0):
        if fine:
            canvas.disc(x, y, 1.6, on=False)
            canvas.disc(x, y, 0.6)
        else:
            canvas.text(round(x) // cell.across, round(y) // cell.down, "·" if style == "block" else ",")
    (x0, y0), (x1, y1) = dots[-2], dots[-1]
    turn = round(atan2(y1 - y0, x1 - x0) / (pi / 4)) % 8
    pointer = (POINTERS_ASCII if style == "ascii" else POINTERS)[turn]
    column, row = round(x1) // cell.across, round(y1) // cell.down
    if 0 <= column < canvas.columns:
        canvas.text(column, row, pointer)


POINTERS = "→↘↓↙←↖↑↗"
POINTERS_ASCII = ">vvv<^^^"
"""Where an arrow points, clockwise from the right."""


def _along(dots: Sequence[Flat], every: float) -> Iterable[Flat]:
    for (x0, y0), (x1, y1) in pairwise(dots):
        count = max(1, ceil(hypot(x1 - x0, y1 - y0) / every))
        for step in range(count):
            yield x0 + (x1 - x0) * step / count, y0 + (y1 - y0) * step / count
