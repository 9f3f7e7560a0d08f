"""Points and turns in space: a point is three numbers, a frame three axes (forward, up, right)."""

from __future__ import annotations

from math import cos, radians, sin, sqrt

Point = tuple[float, float, float]
Frame = tuple[Point, Point, Point]
"""Where the forward, up and right axes of a part point, in the world."""

UPRIGHT: Frame = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def add(a: Point, b: Point, times: float = 1.0) -> Point:
    """``a + times * b``."""
    return a[0] + times * b[0], a[1] + times * b[1], a[2] + times * b[2]


def sub(a: Point, b: Point) -> Point:
    """``a - b``."""
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def dot(a: Point, b: Point) -> float:
    """The product of two directions."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def size(a: Point) -> float:
    """How long a way is."""
    return sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2])


def unit(a: Point) -> Point:
    """The same direction, one long; straight up for no way at all."""
    long = size(a)
    return (a[0] / long, a[1] / long, a[2] / long) if long > 1e-12 else (0.0, 1.0, 0.0)


def mean(points: list[Point]) -> Point:
    """The middle of some points."""
    count = len(points)
    return (
        sum(each[0] for each in points) / count,
        sum(each[1] for each in points) / count,
        sum(each[2] for each in points) / count,
    )


def blend(a: Point, b: Point, share: float) -> Point:
    """The point at a share of the way from one to the other."""
    return add(a, sub(b, a), share)


def pitched(frame: Frame, degrees: float) -> Frame:
    """Turned about its own right axis, so that what points up tips forward."""
    if not degrees:
        return frame
    c, s = cos(radians(degrees)), sin(radians(degrees))
    ahead, up, right = frame
    return add(_times(ahead, c), up, -s), add(_times(up, c), ahead, s), right


def tilted(frame: Frame, degrees: float) -> Frame:
    """Turned about its own forward axis, so that what points up tips to the right."""
    if not degrees:
        return frame
    c, s = cos(radians(degrees)), sin(radians(degrees))
    ahead, up, right = frame
    return ahead, add(_times(up, c), right, s), add(_times(right, c), up, -s)


def turned(frame: Frame, degrees: float) -> Frame:
    """Turned about its own up axis, so that what points forward goes to the right."""
    if not degrees:
        return frame
    c, s = cos(radians(degrees)), sin(radians(degrees))
    ahead, up, right = frame
    return add(_times(ahead, c), right, s), up, add(_times(right, c), ahead, -s)


def about(way: Point, axis: Point, degrees: float) -> Point:
    """A way turned about an axis that is one long (Rodrigues)."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    across = (
        axis[1] * way[2] - axis[2] * way[1],
        axis[2] * way[0] - axis[0] * way[2],
        axis[0] * way[1] - axis[1] * way[0],
    )
    return add(add(_times(way, c), across, s), axis, dot(axis, way) * (1 - c))


def _times(a: Point, times: float) -> Point:
    return a[0] * times, a[1] * times, a[2] * times
