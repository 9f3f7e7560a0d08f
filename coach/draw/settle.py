"""Feet, arms and head give way to the floor: nobody pushes toes or a hand through it."""

from __future__ import annotations

from collections.abc import Collection
from itertools import product
from math import atan2, degrees

from coach.draw.skeleton import SIDES, Posture, body, set_foot
from coach.draw.space import Frame, Point, about, add, dot, pitched, sub

STEP = 4
"""Degrees from one try to the next."""
ARM = ("hand", "forearm", "elbow")
"""Anchors of an arm."""
TOES = 90
"""Degrees that toes bend up at most."""
MOST = 76
"""Degrees that an ankle or a neck gives way at most."""


def settled(posture: Posture, held: Collection[str]) -> Posture:
    """The same body, feet and arms that rest on nothing and the head turned out of the floor."""
    radius = body().radius
    low = [side for side in SIDES if f"{side}_foot" not in held and _sunk(posture.points, side) < -1e-6]
    free = [side for side in SIDES if not {f"{side}_{each}" for each in ARM} & set(held)]
    arms = [side for side in free if _arm_sunk(posture.points, side) < -0.004]
    head = posture.points["head"][1] < radius["head"]
    if not low and not head and not arms:
        return posture
    points, frames = dict(posture.points), dict(posture.frames)
    for side in low:
        if f"{side}_toes" not in held:
            _foot(points, frames, side)
    for side in arms:
        _arm(points, frames, side)
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
    shank = sub(points[f"{side}_knee"], points[f"{side}_ankle"])
    upright = shank[1] > 0.5 * body().length["shank"]
    # a foot under an upright shin lifts its toes, one behind a lying shin points them
    way = sub(points[f"{side}_toe"], points[f"{side}_ball"])
    toes = degrees(atan2(dot(way, foot[1]), dot(way, foot[0])))
    turns = [(0, more) for more in range(0, max(1, TOES - round(toes)), STEP)]
    turns += [
        (sign * each, 0) for sign in ((-1, 1) if upright else (1, -1)) for each in range(STEP, MOST, STEP)
    ]
    for turn, more in turns:
        set_foot(points, frames, side, pitched(foot, turn), toes + more)
        if _sunk(points, side) >= -0.004:
            return


def _arm_sunk(points: dict[str, Point], side: str) -> float:
    radius = body().radius
    return min(points[f"{side}_{each}"][1] - radius[each] for each in ("elbow", "wrist", "hand"))


def _arm(points: dict[str, Point], frames: dict[str, Frame], side: str) -> None:
    """Turn a whole arm about its shoulder until it lies on the floor."""
    start = points[f"{side}_shoulder"]
    names = [f"{side}_{each}" for each in ("elbow", "wrist", "hand")]
    arm, hand = frames[f"{side}_arm"], frames[f"{side}_hand"]
    ways = {name: sub(points[name], start) for name in names}
    axis = frames["up"][2]
    if start[1] < 0:
        return
    for turn, sign in product(range(STEP, MOST, STEP), (1, -1)):
        for name, way in ways.items():
            points[name] = add(start, about(way, axis, sign * turn))
        if _arm_sunk(points, side) >= -0.004:
            break
    else:
        points.update({name: add(start, way) for name, way in ways.items()})
        return
    for key, frame in ((f"{side}_arm", arm), (f"{side}_hand", hand)):
        x, y, z = (about(each, axis, sign * turn) for each in frame)
        frames[key] = (x, y, z)


def _head(points: dict[str, Point], frames: dict[str, Frame]) -> None:
    """Tip neck and head about the line of the shoulders until the head lies on the floor."""
    radius, length = body().radius, body().length
    skull = frames["head"]
    nape = pitched(skull, 0.0)
    for turn, sign in product(range(STEP, MOST, STEP), (1, -1)):
        tipped = pitched(nape, sign * turn)
        chin = add(points["neck"], tipped[1], length["neck"])
        head = add(chin, tipped[1], length["head"])
        if head[1] >= radius["head"] - 0.004:
            nose = sub(points["nose"], points["head"])
            away = (nose[0] ** 2 + nose[1] ** 2 + nose[2] ** 2) ** 0.5
            points["chin"], points["head"] = chin, head
            points["nose"] = add(head, tipped[0], away)
            frames["head"] = tipped
            return
