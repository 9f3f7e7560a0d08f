"""The working part and the way of a movement: where marks and arrows go."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from coach.draw.camera import Camera, Flat
from coach.draw.limbs import on_body
from coach.draw.motion import Motion
from coach.draw.skeleton import Posture, body
from coach.draw.space import Point, add, blend
from coach.draw.things import point_at

SEEN = 0.03
"""A way shorter than this, in statures, has no arrow."""
SHORT = 0.2
"""A way shorter than this is shown beside the body."""
MARKS = (
    "low_back", "upper_back", "neck", "belly", "side", "ribs", "chest", "buttocks", "hip", "hip_front",
    "thigh_front", "thigh_back", "knee", "calf", "ankle", "foot", "shoulder", "upper_arm", "forearm",
    "pelvis", "inner_thigh", "outer_hip", "head",
)  # fmt: skip
"""Parts of the body that can be marked; ``right_`` or ``left_`` is not said: the nearer one is."""


def marked(posture: Posture, part: str, camera: Camera) -> Flat:
    """Where the mark of a part goes."""
    places = [_place(posture, part, side) for side in ("right", "left")]
    flat = max((camera.flat(each) for each in places), key=lambda each: each[2])
    return flat[0], flat[1]


def _place(posture: Posture, part: str, side: str) -> Point:
    points, frames, radius = posture.points, posture.frames, body().radius
    sign = 1.0 if side == "right" else -1.0
    pelvis, low, up = frames["pelvis"], frames["low"], frames["up"]
    thigh = frames[f"{side}_thigh"]
    hip, knee, ankle = (points[f"{side}_{each}"] for each in ("hip", "knee", "ankle"))
    upper = blend(hip, knee, 0.5)
    trunk = {
        "low_back": add(points["waist"], low[0], -radius["waist"] * 0.6),
        "belly": add(points["waist"], low[0], radius["waist"] * 0.5),
        "upper_back": add(points["chest"], up[0], -radius["chest"] * 0.6),
        "chest": add(points["chest"], up[0], radius["chest"] * 0.5),
        "ribs": add(points["ribs"], up[2], sign * 0.06),
        "side": add(points["waist"], low[2], sign * 0.07),
        "buttocks": add(add(points["hips"], pelvis[0], -0.035), pelvis[1], 0.005),
        "pelvis": add(points["hips"], pelvis[1], 0.03),
        "hip": hip,
        "hip_front": add(add(hip, pelvis[0], 0.035), pelvis[1], -0.01),
        "outer_hip": add(hip, pelvis[2], sign * 0.035),
        "neck": points["neck"],
        "head": points["head"],
        "shoulder": points[f"{side}_shoulder"],
    }
    if part in trunk:
        return trunk[part]
    if part in ("thigh_front", "thigh_back", "inner_thigh"):
        ahead = {"thigh_front": 0.02, "thigh_back": -0.02}.get(part, 0.0)
        return add(upper, thigh[0], ahead)
    if part == "calf":
        return blend(knee, ankle, 0.35)
    if part == "upper_arm":
        return blend(points[f"{side}_shoulder"], points[f"{side}_elbow"], 0.5)
    if part == "forearm":
        return blend(points[f"{side}_elbow"], points[f"{side}_wrist"], 0.5)
    if part == "foot":
        return points[f"{side}_ball"]
    return on_body(posture, side, part) if part not in points else knee if part == "knee" else ankle


def ways(motion: Motion, key: int, camera: Camera) -> list[list[Flat]]:
    """The way each arrow point takes into a key pose, as a bent line."""
    if len(motion.keys) < 2:
        return []
    before = (key - 1) % len(motion.keys)
    found = []
    for name in motion.figure.arrow:
        dots = [point_at(motion.way(before, key, step / 8), name) for step in range(9)]
        flat = [camera.flat(each)[:2] for each in dots]
        far = hypot(flat[-1][0] - flat[0][0], flat[-1][1] - flat[0][1])
        if far > SEEN:
            found.append(flat if far > SHORT else _pointer(flat, far))
    return found


def _pointer(flat: Sequence[Flat], far: float) -> list[Flat]:
    """A way too short to be seen under the body: a straight arrow that starts where it ends."""
    (x0, y0), (x1, y1) = flat[0], flat[-1]
    ux, uy = (x1 - x0) / far, (y1 - y0) / far
    return [(x1 + ux * step, y1 + uy * step) for step in (0.05, 0.09, 0.13)]
