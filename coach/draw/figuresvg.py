"""Figures as SVG: a still strip of the key poses, or one moving picture, without any script."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from coach.draw.camera import Camera, Flat, Shape, hull
from coach.draw.marks import marked, ways
from coach.draw.markup import Html, join, tag
from coach.draw.mistakes import mistaken
from coach.draw.motion import Motion
from coach.draw.skeleton import Posture
from coach.draw.view import shapes
from coach.draw.words import wrap
from coach.model.figure import Figure, Mistake, View

UNIT = 200
"""Points of a stature."""
MARGIN = 0.04
CORNERS = 16
"""Corners of an outline: round enough on paper."""
FILLS = {
    "near": "#24405f", "far": "#a3b4c8", "trunk": "#44658c", "head": "#44658c", "prop": "#8a6a36",
    "back": "#cdbf9f", "mark": "#e8590c", "floor": "#8c8c8c",
}  # fmt: skip

Bounds = tuple[float, float, float, float]


def bounds(frames: Sequence[Sequence[Shape]]) -> Bounds:
    """The least x and y and the greatest x and y of all shapes, in statures, floor included."""
    rounds = [circle for frame in frames for each in frame for circle in each.circles]
    return (
        min(x - r for x, _, r in rounds),
        min(0.0, *(y - r for _, y, r in rounds)),
        max(x + r for x, _, r in rounds),
        max(y + r for _, y, r in rounds),
    )


def ordered(found: Sequence[Shape]) -> list[list[Shape]]:
    """The shapes in groups that are drawn together, the furthest first."""
    groups: dict[str, list[Shape]] = {}
    for each in found:
        groups.setdefault(f"{each.group} {each.depth:.6f}", []).append(each)
    return list(groups.values())


def key_svg(motion: Motion, place: int, view: View, *, mirror: bool = False) -> tuple[Html, Bounds]:
    """One key pose as a group of SVG shapes, y down, and its bounds in statures."""
    posture = motion.keys[place].posture
    camera = Camera(view, mirror=mirror)
    found = shapes(motion.figure, posture, view, mirror=mirror)
    arrows = ways(motion, place, camera) if place else []
    parts = [_group(each) for each in ordered(found)]
    if place or len(motion.keys) == 1:
        parts += [marker(marked(posture, part, camera)) for part in motion.figure.mark]
    parts += [_arrow(each) for each in arrows]
    dots = [Shape(circles=((x, y, 0.03),), tone="mark", depth=0, part="") for each in arrows for x, y in each]
    return join(parts), bounds([[*found, *dots]])


def _group(found: Sequence[Shape]) -> Html:
    solid = [each for each in found if not each.line]
    if len(solid) == 1 == len(found):
        return _shape(found[0], alone=True)
    halos = [_shape(each, halo=True) for each in solid]
    return tag("g", *halos, *(_shape(each) for each in found))


def _shape(each: Shape, *, halo: bool = False, alone: bool = False) -> Html:
    fill = FILLS[each.tone]
    if each.line:
        return tag(
            "polyline",
            points=points([(x, y) for x, y, _ in each.circles]),
            fill="none",
            stroke=fill,
            stroke_width=number(2 * each.circles[0][2]),
            stroke_linecap="round",
            stroke_linejoin="round",
        )
    if halo and len(each.circles) == 2:
        ends = points([(x, y) for x, y, _ in each.circles])
        wide = number(2 * max(r for _, _, r in each.circles) + 5 / UNIT)
        return tag("polyline", points=ends, stroke="#fff", stroke_width=wide, stroke_linecap="round")
    corners = points(hull(each.circles, CORNERS))
    if alone:
        return tag(
            "polygon", points=corners, fill=fill, stroke="#fff", stroke_width="5", paint_order="stroke"
        )
    if halo:
        return tag("polygon", points=corners, fill="#fff", stroke="#fff", stroke_width="5")
    return tag("polygon", points=corners, fill=fill, stroke=fill, stroke_width="0.6")


def points(dots: Sequence[Flat]) -> str:
    """Places in statures as the points of an outline, y down."""
    return " ".join(f"{number(x)},{number(-y)}" for x, y in dots)


def number(value: float) -> str:
    """A length in statures as SVG has it."""
    return f"{value * UNIT:.1f}".removesuffix(".0")


def marker(at: Flat, *moves: Html | None) -> Html:
    """The dot on a working part."""
    x, y = number(at[0]), number(-at[1])
    return tag("circle", *moves, cx=x, cy=y, r="5", fill=FILLS["mark"], stroke="#fff", stroke_width="1.5")


def _arrow(way: Sequence[Flat]) -> Html:
    (x0, y0), (x1, y1) = way[-2], way[-1]
    for before, after in pairwise(way):
        if before != after:
            (x0, y0) = before
    far = max(1e-6, ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5)
    ux, uy = (x1 - x0) / far, (y1 - y0) / far
    tip = (x1 + ux * 0.025, y1 + uy * 0.025)
    wings = [(x1 - uy * 0.015, y1 + ux * 0.015), tip, (x1 + uy * 0.015, y1 - ux * 0.015)]
    look = {"stroke": FILLS["mark"], "stroke_width": "2.5", "stroke_linecap": "round"}
    line = tag("polyline", points=points(way), fill="none", stroke_dasharray="5 4", **look)
    return tag("g", line, tag("polygon", points=points(wings), fill=FILLS["mark"], **look))


def strip(motion: Motion, view: View | None = None, *, mirror: bool = False) -> Html:
    """The key poses side by side, each with its name below: a still picture for paper."""
    seen = view or motion.figure.view
    drawn = [key_svg(motion, place, seen, mirror=mirror) for place in range(len(motion.keys))]
    low = min(bound[1] for _, bound in drawn) - MARGIN
    top = max(bound[3] for _, bound in drawn) + MARGIN
    parts: list[Html] = []
    at, below = 0.0, 1
    for place, (picture, bound) in enumerate(drawn):
        wide = max(bound[2] - bound[0] + 2 * MARGIN, 0.55)
        middle = at + wide / 2 - (bound[0] + bound[2]) / 2
        parts.append(
            tag(
                "g",
                floor_line(at, at + wide, seen),
                tag("g", picture, transform=f"translate({number(middle)} 0)"),
            )
        )
        text = f"{place + 1}. {motion.keys[place].name}"
        below = max(below, len(wrap(text, max(12, int(wide / LETTER)))))
        parts.append(_caption(text, at + wide / 2, low, wide))
        at += wide + 0.06
    return svg(parts, (0.0, low - LINE * below - 0.03, at - 0.06, top), motion.figure.start)


def still(motion: Motion, posture: Posture, view: View, words: str) -> Html:
    """One body as a picture, without marks."""
    found = shapes(motion.figure, posture, view)
    bound = bounds([found])
    floor = floor_line(bound[0] - MARGIN, bound[2] + MARGIN, view)
    parts = [*([floor] if floor else []), *(_group(each) for each in ordered(found))]
    return svg(parts, (bound[0] - MARGIN, bound[1] - MARGIN, bound[2] + MARGIN, bound[3] + MARGIN), words)


def floor_line(start: float, end: float, view: View) -> Html | None:
    """The floor, where it is seen from its edge."""
    if view in ("above", "high", "front_high"):
        return None
    return tag(
        "line",
        x1=number(start),
        y1="1.2",
        x2=number(end),
        y2="1.2",
        stroke=FILLS["floor"],
        stroke_width="2",
    )


LETTER = 0.0265
"""How wide a letter of a caption is, at most, in statures."""
LINE = 0.058
"""How high a line of a caption is."""


def _caption(text: str, x: float, low: float, wide: float) -> Html:
    look = {"text_anchor": "middle", "font_size": "9.5", "font_family": "system-ui, sans-serif"}
    lines = wrap(text, max(12, int(wide / LETTER)))
    heights = (-low + LINE * (row + 1) for row in range(len(lines)))
    made = (tag("text", line, x=number(x), y=number(y), **look, fill="#1a1a1a")
            for line, y in zip(lines, heights, strict=True))  # fmt: skip
    return tag("g", *made)


def svg(parts: Sequence[Html], bound: Bounds, words: str) -> Html:
    """A picture of a part of the plane (statures, y up), with its words for those who cannot see it."""
    x, y, wide, tall = bound[0], -bound[3], bound[2] - bound[0], bound[3] - bound[1]
    return tag(
        "svg",
        tag("title", words),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"{number(x)} {number(y)} {number(wide)} {number(tall)}",
        width=number(wide),
        height=number(tall),
        role="img",
    )


def mistake_svg(figure: Figure, mistake: Mistake) -> Html:
    """A common error as a picture: the key pose as it should not be; the gallery shows it."""
    wrong = mistaken(figure, mistake)
    return still(wrong, wrong.keys[0].posture, figure.view, f"Not like this: {mistake.words}")
