"""Feet and head give way to the floor: nobody pushes toes or the back of the head through it."""

from __future__ import annotations

from collections.abc import Collection
from itertools import product

from coach.draw.skeleton import SIDES, Posture, body, set_foot
from coach.draw.space import Frame, Point, add, pitched, sub

STEP = 4
"""Degrees from one try to the next."""
MOST = 76
"""Degrees that an ankle or a neck gives way at most."""


def settled(posture: Posture, held: Collection[str]) -> Posture:
    """The same body, feet that rest on nothing else and the head turned up out of the floor."""
    radius = body().radius
    low = [side for side in SIDES if f"{side}_foot" not in held and _sunk(posture.points, side) < -1e-6]
    head = posture.points["head"][1] < radius["head"]
    if not low and not head:
        return posture
    points, frames = dict(posture.points), dict(posture.frames)
    for side in low:
        if f"{side}_toes" not in held:
            _foot(points, frames, side)
    if head:
        _head(points, frames)
    return Posture(points=points, frames=frames)


def _sunk(points: dict[str, Point], side: str) -> float:
    radius = body().radius
    return min(points[f"{side}_{each}"][1] - radius[each] for each in ("toe", "ball"))


def _foot(points: dict[str, Point], frames: dict[str, Frame], side: str) -> None:
    foot = frames[f"{side}_foot"]
    if points[f"{side}_ankle"][1] < 0:
        return
    for degrees, sign in product(range(STEP, MOST, STEP), (1, -1)):
        set_foot(points, frames, side, pitched(foot, sign * degrees), 0.0)
        if _sunk(points, side) >= -0.004:
            return


def _head(points: dict[str, Point], frames: dict[str, Frame]) -> None:
    """Tip neck and head about the line of the shoulders until the head lies on the floor."""
    radius, length = body().radius, body().length
    skull = frames["head"]
    nape = pitched(skull, 0.0)
    for degrees, sign in product(range(STEP, MOST, STEP), (1, -1)):
        tipped = pitched(nape, sign * degrees)
        chin = add(points["neck"], tipped[1], length["neck"])
        head = add(chin, tipped[1], length["head"])
        if head[1] >= radius["head"] - 0.004:
            nose = sub(points["nose"], points["head"])
            away = (nose[0] ** 2 + nose[1] ** 2 + nose[2] ** 2) ** 0.5
            points["chin"], points["head"] = chin, head
            points["nose"] = add(head, tipped[0], away)
            frames["head"] = tipped
            return
