"""The skeleton: joint angles to points in space.

`posed` needs every joint of `JOINTS`; `both` spreads ``knee`` over ``right_knee`` and ``left_knee``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from coach.draw.space import UPRIGHT, Frame, Point, add, pitched, tilted, turned
from coach.model.noun import Noun
from coach.packaged import packaged

SIDES = ("right", "left")
TRUNK = (
    "lean", "side", "turn", "roll", "low", "low_side", "low_turn", "up", "up_side", "up_turn",
    "neck", "neck_side", "neck_turn", "head", "breath",
)  # fmt: skip
LIMBS = (
    "shoulder", "shoulder_out", "shoulder_turn", "elbow", "wrist", "hip", "hip_out", "hip_turn", "knee",
    "ankle", "toes",
)  # fmt: skip
JOINTS = TRUNK + tuple(f"{side}_{joint}" for side in SIDES for joint in LIMBS)
"""Every joint of the body."""

SWELL = 0.04
"""How far the belly comes forward with a full breath (a ``breath`` of 100), in statures."""

Angles = dict[str, float]


class Body(Noun, frozen=True, kw_only=True):
    """Lengths, thickness, masses and limits, from the data file of the body."""

    length: dict[str, float]
    radius: dict[str, float]
    mass: dict[str, float]
    limits: dict[str, tuple[float, float]]


class Posture(Noun, frozen=True, kw_only=True):
    """A body in space: its points by name, and the frames of hands, feet and head."""

    points: dict[str, Point]
    frames: dict[str, Frame]


@cache
def body() -> Body:
    """The body that all figures share."""
    found = tomllib.loads(packaged("draw", "figures", "_body.toml").read_text("utf-8"))
    return Body(
        length=found["length"],
        radius=found["radius"],
        mass=found["mass"],
        limits={name: (float(low), float(high)) for name, (low, high) in found["limits"].items()},
    )


def both(joints: Mapping[str, float]) -> Angles:
    """The same angles with each joint of a limb named by its side; a named side wins."""
    found: Angles = {}
    for name, degrees in joints.items():
        if name in LIMBS:
            for side in SIDES:
                found[f"{side}_{name}"] = degrees
    found.update({name: degrees for name, degrees in joints.items() if name not in LIMBS})
    return found


def posed(angles: Mapping[str, float]) -> Posture:
    """The body with these joint angles, the middle of its hips at the origin."""
    length = body().length
    points: dict[str, Point] = {}
    frames: dict[str, Frame] = {}
    pelvis = turned(
        pitched(tilted(turned(UPRIGHT, angles["turn"]), angles["side"]), angles["lean"]), angles["roll"]
    )
    hips = (0.0, 0.0, 0.0)
    points["hips"] = hips
    points["waist"] = add(hips, pelvis[1], length["pelvis"])
    low = _bent(pelvis, angles, "low")
    points["ribs"] = add(points["waist"], low[1], length["low"])
    up = _bent(low, angles, "up")
    swell = angles["breath"] / 100 * SWELL
    points["belly"] = add(points["waist"], low[0], swell)
    points["swell"] = add(points["ribs"], up[0], swell * 0.7)
    points["chest"] = add(points["ribs"], up[1], length["up"] * 0.5)
    points["neck"] = add(points["ribs"], up[1], length["up"])
    nape = _bent(up, angles, "neck")
    points["chin"] = add(points["neck"], nape[1], length["neck"])
    skull = pitched(nape, angles["head"])
    points["head"] = add(points["chin"], skull[1], length["head"])
    points["nose"] = add(points["head"], skull[0], body().radius["head"] * 1.12)
    frames.update(pelvis=pelvis, low=low, up=up, head=skull)
    for side, sign in (("right", 1.0), ("left", -1.0)):
        _arm(points, frames, angles, side, sign, up)
        _leg(points, frames, angles, side, sign, pelvis)
    return Posture(points=points, frames=frames)


def _bent(frame: Frame, angles: Mapping[str, float], joint: str) -> Frame:
    return pitched(tilted(turned(frame, angles[f"{joint}_turn"]), angles[f"{joint}_side"]), angles[joint])


def ball_joint(frame: Frame, flex: float, out: float, twist: float, sign: float) -> Frame:
    """The frame of a limb that is flexed forward, then spread, then turned outward."""
    return turned(tilted(pitched(frame, -flex), -out * sign), twist * sign)


def _arm(
    points: dict[str, Point],
    frames: dict[str, Frame],
    angles: Mapping[str, float],
    side: str,
    sign: float,
    up: Frame,
) -> None:
    length = body().length
    shoulder = add(add(points["neck"], up[2], sign * length["shoulder_half"]), up[1], -0.012)
    arm = ball_joint(
        up,
        angles[f"{side}_shoulder"],
        angles[f"{side}_shoulder_out"],
        angles[f"{side}_shoulder_turn"],
        sign,
    )
    elbow = add(shoulder, arm[1], -length["upper_arm"])
    fore = pitched(arm, -angles[f"{side}_elbow"])
    wrist = add(elbow, fore[1], -length["forearm"])
    points[f"{side}_shoulder"], points[f"{side}_elbow"], points[f"{side}_wrist"] = shoulder, elbow, wrist
    frames[f"{side}_arm"] = arm
    set_hand(points, frames, side, pitched(fore, -angles[f"{side}_wrist"]))


def _leg(
    points: dict[str, Point],
    frames: dict[str, Frame],
    angles: Mapping[str, float],
    side: str,
    sign: float,
    pelvis: Frame,
) -> None:
    length = body().length
    hip = add(points["hips"], pelvis[2], sign * length["hip_half"])
    thigh = ball_joint(
        pelvis, angles[f"{side}_hip"], angles[f"{side}_hip_out"], angles[f"{side}_hip_turn"], sign
    )
    knee = add(hip, thigh[1], -length["thigh"])
    shank = pitched(thigh, angles[f"{side}_knee"])
    points[f"{side}_hip"], points[f"{side}_knee"] = hip, knee
    points[f"{side}_ankle"] = add(knee, shank[1], -length["shank"])
    frames[f"{side}_thigh"] = thigh
    set_foot(points, frames, side, pitched(shank, -angles[f"{side}_ankle"]), angles[f"{side}_toes"])


def set_hand(points: dict[str, Point], frames: dict[str, Frame], side: str, hand: Frame) -> None:
    """Hang a hand on its wrist."""
    points[f"{side}_hand"] = add(points[f"{side}_wrist"], hand[1], -body().length["hand"])
    frames[f"{side}_hand"] = hand


def set_foot(points: dict[str, Point], frames: dict[str, Frame], side: str, foot: Frame, toes: float) -> None:
    """Hang a foot on its ankle."""
    length = body().length
    sole = add(points[f"{side}_ankle"], foot[1], -length["foot_height"] + body().radius["ball"])
    ball = add(sole, foot[0], length["ball"])
    points[f"{side}_heel"] = add(sole, foot[0], -length["heel"])
    points[f"{side}_ball"] = ball
    points[f"{side}_toe"] = add(ball, pitched(foot, -toes)[0], length["toe"])
    frames[f"{side}_foot"] = foot
