"""Joint angles read off a body, hands that lie on the body itself, and surfaces to rest on."""

from __future__ import annotations

from collections.abc import Mapping
from math import acos, asin, atan2, degrees

from coach.draw.kinematics import Spot
from coach.draw.skeleton import SIDES, Angles, Posture, ball_joint, body
from coach.draw.space import Frame, Point, add, blend, dot, size, sub, unit

ON_BODY = (
    "thigh", "thigh_back", "knee", "shin", "ankle", "foot", "hip", "belly", "ribs", "chest", "shoulder",
    "head", "forehead", "low_back", "buttock", "elbow",
)  # fmt: skip
"""Places on the body where a hand can lie; ``right_`` or ``left_`` before them crosses over."""


def on_body(posture: Posture, side: str, where: str) -> Point:
    """The place of a hand that lies on the body."""
    points, frames, radius = posture.points, posture.frames, body().radius
    first, _, rest = where.partition("_")
    if first in SIDES and rest in ON_BODY:
        side, where = first, rest
    thigh, pelvis, up, skull = frames[f"{side}_thigh"], frames["pelvis"], frames["up"], frames["head"]
    out = 1.0 if side == "right" else -1.0
    hip, knee, ankle = (points[f"{side}_{each}"] for each in ("hip", "knee", "ankle"))
    if where in ("thigh", "thigh_back"):
        sign = 1.0 if where == "thigh" else -1.0
        return add(blend(hip, knee, 0.6), thigh[0], sign * (radius["knee"] + 0.012))
    if where == "knee":
        return add(add(knee, thigh[0], radius["knee"]), thigh[1], 0.02)
    if where in ("shin", "ankle"):
        ahead = unit(sub(points[f"{side}_ball"], points[f"{side}_heel"]))
        return add(blend(knee, ankle, 0.5 if where == "shin" else 0.95), ahead, radius["knee"])
    if where == "foot":
        return points[f"{side}_ball"]
    if where == "elbow":
        return points[f"{side}_elbow"]
    if where in ("hip", "buttock"):
        aside = add(add(hip, pelvis[2], out * 0.04), pelvis[1], 0.05 if where == "hip" else 0.0)
        return add(aside, pelvis[0], 0.015 if where == "hip" else -radius["hip"])
    if where in ("belly", "low_back"):
        sign = 1.0 if where == "belly" else -1.0
        return add(add(points["waist"], pelvis[0], sign * (radius["waist"] + 0.012)), pelvis[2], out * 0.025)
    if where == "ribs":
        return add(add(points["ribs"], up[2], out * 0.075), up[0], 0.035)
    if where == "chest":
        return add(add(points["chest"], up[0], radius["chest"] + 0.018), up[2], out * 0.02)
    if where == "shoulder":
        return add(points[f"{side}_shoulder"], up[0], radius["shoulder"])
    sign = 1.0 if where == "forehead" else -1.0
    return add(add(points["head"], skull[0], sign * radius["head"]), skull[2], out * 0.02)


def hand_spot(posture: Posture, side: str, place: Point) -> Spot:
    """A hand laid on a place: its tip there, in line with where the forearm comes from."""
    hand = posture.frames[f"{side}_hand"]
    way = sub(posture.points[f"{side}_shoulder"], place)
    most = body().length["upper_arm"] + body().length["forearm"] + 0.6 * body().length["hand"]
    if size(way) > most:
        place = add(posture.points[f"{side}_shoulder"], unit(way), -most)
    place = (place[0], max(place[1], body().radius["hand"]), place[2])
    return Spot(place=place, frame=(hand[0], unit(blend(hand[1], unit(way), 0.5)), hand[2]))


def measured(posture: Posture, given: Mapping[str, float]) -> Angles:
    """The joint angles of the arms and legs of a body; those of the trunk are the given ones.

    A turn about the length of a limb is read off its bend, and kept as given where it is straight.
    """
    found = dict(given)
    points, frames = posture.points, posture.frames
    for side, sign in (("right", 1.0), ("left", -1.0)):
        arm = tuple(points[f"{side}_{name}"] for name in ("shoulder", "elbow", "wrist", "hand"))
        _limb(found, arm, frames["up"], ("shoulder", "elbow"), side, sign, 1.0)
        found[f"{side}_wrist"] = _wrist(arm, frames, side, found)
        leg = tuple(points[f"{side}_{name}"] for name in ("hip", "knee", "ankle"))
        _limb(found, leg, frames["pelvis"], ("hip", "knee"), side, sign, -1.0)
        shank = unit(sub(leg[1], leg[2]))
        foot = frames[f"{side}_foot"]
        found[f"{side}_ankle"] = degrees(atan2(dot(foot[0], shank), dot(foot[1], shank)))
        toes = sub(points[f"{side}_toe"], points[f"{side}_ball"])
        found[f"{side}_toes"] = degrees(atan2(dot(toes, foot[1]), dot(toes, foot[0])))
    return found


def _limb(
    found: Angles,
    chain: tuple[Point, ...],
    frame: Frame,
    joints: tuple[str, str],
    side: str,
    sign: float,
    bends: float,
) -> None:
    ball, hinge = (f"{side}_{each}" for each in joints)
    upper, lower = unit(sub(chain[1], chain[0])), unit(sub(chain[2], chain[1]))
    ahead, up, right = (dot(upper, axis) for axis in frame)
    out = degrees(asin(max(-1.0, min(1.0, right * sign))))
    flex = degrees(atan2(ahead, -up)) if abs(out) < 89 else found[ball]
    given_flex, given_out = found[ball], found[f"{ball}_out"]
    other = (_near(flex + 180, given_flex), 180 - out)
    flex = _near(flex, given_flex)
    if abs(other[0] - given_flex) + abs(other[1] - given_out) + 1 < (
        abs(flex - given_flex) + abs(out - given_out)
    ):
        flex, out = other
    found[ball], found[f"{ball}_out"] = flex, out
    bent = degrees(acos(max(-1.0, min(1.0, dot(upper, lower)))))
    found[hinge] = bent
    if bent > 15:
        plain = ball_joint(frame, flex, out, 0.0, sign)
        toward = sub(
            lower, (upper[0] * dot(lower, upper), upper[1] * dot(lower, upper), upper[2] * dot(lower, upper))
        )
        twist = degrees(atan2(dot(toward, plain[2]) * bends, dot(toward, plain[0]) * bends)) * sign
        found[f"{ball}_turn"] = _near(twist, found[f"{ball}_turn"])


def _wrist(arm: tuple[Point, ...], frames: Mapping[str, Frame], side: str, found: Angles) -> float:
    fore, hand = unit(sub(arm[2], arm[1])), unit(sub(arm[3], arm[2]))
    bent = degrees(acos(max(-1.0, min(1.0, dot(fore, hand)))))
    return bent if found[f"{side}_wrist"] >= 0 else -bent


def _near(angle: float, given: float) -> float:
    """The same direction, told in the turn nearest to the given angle."""
    return angle + 360 * round((given - angle) / 360)
