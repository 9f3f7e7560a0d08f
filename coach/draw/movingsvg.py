"""Figures as moving SVG: every shape carries its own way, and no script is needed."""

from __future__ import annotations

from collections.abc import Sequence

from coach.draw.camera import Camera, Shape, hull
from coach.draw.figuresvg import FILLS, MARGIN, bounds, floor_line, marker, number, points, svg
from coach.draw.marks import marked
from coach.draw.markup import Html, tag
from coach.draw.motion import Motion
from coach.draw.skeleton import Posture
from coach.draw.view import shapes
from coach.model.figure import View

BETWEEN = 5
"""Frames on the way from one key pose to the next; the picture blends between them."""
CORNERS = 12


def moving(motion: Motion, view: View | None = None, *, mirror: bool = False) -> Html:
    """The whole movement, round and round; readers that cannot move show the first key pose."""
    seen = view or motion.figure.view
    times, postures = _frames(motion)
    frames = [shapes(motion.figure, each, seen, mirror=mirror, every=True) for each in postures]
    low = bounds(frames)
    parts = [floor_line(low[0] - MARGIN, low[2] + MARGIN, seen)]
    ways = _ways(frames)
    for group in _ordered(ways):
        halos = [_shape(each, times, halo=True) for each in group if not each[0].line]
        parts.append(tag("g", *halos, *(_shape(each, times) for each in group)))
    camera = Camera(seen, mirror=mirror)
    for part in motion.figure.mark:
        dots = [marked(each, part, camera) for each in postures]
        across = _animate("cx", [number(x) for x, _ in dots], times)
        up = _animate("cy", [number(-y) for _, y in dots], times)
        parts.append(marker(dots[0], across, up))
    bound = (low[0] - MARGIN, low[1] - MARGIN, low[2] + MARGIN, low[3] + MARGIN)
    return svg([each for each in parts if each is not None], bound, motion.figure.start)


def _frames(motion: Motion) -> tuple[list[float], list[Posture]]:
    """Times and bodies of all frames; the last is the first again."""
    times, postures = [0.0], [motion.keys[0].posture]
    at = 0.0
    for place, key in enumerate(motion.keys):
        if key.stay > 0:
            at += key.stay
            times.append(at)
            postures.append(key.posture)
        after = (place + 1) % len(motion.keys)
        into = motion.keys[after].into if len(motion.keys) > 1 else 0.0
        for step in range(1, BETWEEN + 1) if into > 0 else ():
            times.append(at + into * step / BETWEEN)
            postures.append(motion.way(place, after, step / BETWEEN))
        at += into
    return times, postures


def _ways(frames: Sequence[Sequence[Shape]]) -> list[list[Shape]]:
    """For each shape its look in every frame; shapes are told apart by name and count."""
    found: dict[tuple[str, int], list[Shape]] = {}
    for frame in frames:
        counts: dict[str, int] = {}
        for each in frame:
            counts[each.part] = counts.get(each.part, 0) + 1
            found.setdefault((each.part, counts[each.part]), []).append(each)
    return [way for way in found.values() if len(way) == len(frames)]


def _ordered(ways: Sequence[list[Shape]]) -> list[list[list[Shape]]]:
    """Groups by how near they are in the middle of the movement."""
    groups: dict[str, list[list[Shape]]] = {}
    for way in ways:
        groups.setdefault(way[0].group, []).append(way)

    def depth(group: list[list[Shape]]) -> float:
        return sum(each.depth for each in group[0]) / len(group[0])

    return sorted(groups.values(), key=depth)


def _shape(way: Sequence[Shape], times: Sequence[float], *, halo: bool = False) -> Html:
    first = way[0]
    fill = FILLS[first.tone]
    if first.line:
        places = [points([(x, y) for x, y, _ in each.circles]) for each in way]
        wide = number(2 * first.circles[0][2])
        return tag(
            "polyline", _animate("points", places, times), points=places[0], fill="none", stroke=fill,
            stroke_width=wide, stroke_linecap="round", stroke_linejoin="round",
        )  # fmt: skip
    places = [points(_outline(each)) for each in way]
    look = ("#fff", "5") if halo else (fill, "0.6")
    return tag(
        "polygon", _animate("points", places, times), points=places[0], fill=look[0], stroke=look[0],
        stroke_width=look[1],
    )  # fmt: skip


def _outline(each: Shape) -> list[tuple[float, float]]:
    """Always the same number of corners, so that one outline can become the next."""
    circles = each.circles * 3 if len(each.circles) == 2 else each.circles
    return hull(circles, CORNERS)


def _animate(name: str, values: Sequence[str], times: Sequence[float]) -> Html | None:
    if len(set(values)) < 2:
        return None
    last = times[-1]
    return tag(
        "animate", attributeName=name, values=";".join(values), dur=f"{last:.2f}s", repeatCount="indefinite",
        keyTimes=";".join(f"{each / last:.4f}".rstrip("0").rstrip(".") for each in times),
    )  # fmt: skip
