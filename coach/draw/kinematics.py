"""Bodies that stay where they rest: key poses placed on floor and props, and the way between them.

The first anchor of a key places the whole body; the others are reached by bending arms and legs.
A point that rests keeps its place for as long as the keys that follow name it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

from coach.draw.skeleton import SIDES, Angles, Posture, body, posed, set_foot, set_hand
from coach.draw.space import Frame, Point, add, dot, mean, size, sub, unit
from coach.model.noun import Noun

GROUPS = {
    "feet": ("right_foot", "left_foot"),
    "toes": ("right_toes", "left_toes"),
    "heels": ("right_heel", "left_heel"),
    "knees": ("right_knee", "left_knee"),
    "hands": ("right_hand", "left_hand"),
    "forearms": ("right_forearm", "left_forearm"),
    "elbows": ("right_elbow", "left_elbow"),
    "shoulders": ("right_shoulder", "left_shoulder"),
}
"""Anchors that are one on each side."""
TRUNK_POINTS = {
    "seat": "hips", "back": "chest", "head": "head", "belly": "waist", "hips": "hips", "ribs": "ribs",
    "right_hip": "right_hip", "left_hip": "left_hip",
    "right_shoulder": "right_shoulder", "left_shoulder": "left_shoulder",
}  # fmt: skip
"""Anchors of the trunk, with the point of the body that rests. They can only come first."""
LIMB_POINTS = {
    f"{side}_{name}": f"{side}_{point}"
    for side in SIDES
    for name, point in (
        ("foot", "ankle"), ("toes", "ball"), ("heel", "heel"), ("knee", "knee"), ("hand", "hand"),
        ("forearm", "elbow"), ("elbow", "elbow"),
    )
}  # fmt: skip
"""Anchors of arms and legs, with the point that rests."""
GROUND = "ground"
"""Not held: the lowest point of the body touches the floor, as in walking."""
ANCHORS = (*GROUPS, *TRUNK_POINTS, *LIMB_POINTS, GROUND)


class Spot(Noun, frozen=True, kw_only=True):
    """Where an anchor rests: its place, the next point of the limb, and how foot or hand lies."""

    place: Point
    beyond: Point | None = None
    frame: Frame | None = None


NATURAL = 0.05
"""How strongly a limb that must reach an anchor bends the way a knee or elbow does, in statures."""

Spots = dict[str, Spot]


class OutOfReach(ValueError):
    """A limb is too short, or cannot fold enough, to reach what it rests on."""

    def __init__(self, anchor: str, gap: float) -> None:
        super().__init__(anchor)
        self.anchor = anchor
        self.gap = gap


def spread(anchors: Sequence[str]) -> list[tuple[str, str]]:
    """Each anchor one by one, with the prop it rests on (empty for the floor)."""
    found = []
    for each in anchors:
        name, _, prop = each.partition(":")
        found += [(one, prop) for one in GROUPS.get(name, (name,))]
    return found


def first_group(anchors: Sequence[str]) -> tuple[str, ...]:
    """The anchors that place the body."""
    name = anchors[0].partition(":")[0]
    return GROUPS.get(name, (name,))


def point_of(anchor: str) -> str:
    """The point of the body that rests."""
    return TRUNK_POINTS.get(anchor) or LIMB_POINTS[anchor]


def thickness(anchor: str) -> float:
    """How far the resting point is from what it rests on."""
    radius = body().radius
    if anchor.endswith("_foot"):
        return body().length["foot_height"]
    point = point_of(anchor)
    kind = {"hips": "pelvis", "ribs": "waist", "hip": "hip"}.get(point, point.split("_")[-1])
    return radius[kind]


def lowest(posture: Posture) -> float:
    """The height of the lowest spot of the body."""
    radius = body().radius
    return min(posture.points[name][1] - radius[kind] for name, kind in CONTACT.items())


CONTACT = {
    "hips": "pelvis", "waist": "waist", "chest": "chest", "head": "head",
    **{
        f"{side}_{point}": point
        for side in SIDES
        for point in ("shoulder", "elbow", "wrist", "hand", "hip", "knee", "ankle", "heel", "ball", "toe")
    },
}  # fmt: skip
"""Points that may touch the floor, with their thickness."""


def moved(posture: Posture, way: Point) -> Posture:
    """The same body somewhere else."""
    return Posture(
        points={name: add(point, way) for name, point in posture.points.items()}, frames=posture.frames
    )


def place(angles: Mapping[str, float], anchors: Sequence[str], spots: Mapping[str, Spot]) -> Posture:
    """The body with these angles, its anchors on their spots.

    ``spots`` must hold every anchor but ``ground``. Raises `OutOfReach` for a limb that cannot.
    """
    posture = posed(angles)
    base = first_group(anchors)
    if base == (GROUND,):
        return moved(posture, (0.0, -lowest(posture), 0.0))
    way = mean([sub(spots[each].place, posture.points[point_of(each)]) for each in base])
    posture = moved(posture, way)
    points, frames = dict(posture.points), dict(posture.frames)
    for anchor, _ in spread(anchors):
        if anchor in LIMB_POINTS:
            reach(points, frames, anchor, spots[anchor], angles)
    return Posture(points=points, frames=frames)


def reach(
    points: dict[str, Point],
    frames: dict[str, Frame],
    anchor: str,
    spot: Spot,
    angles: Mapping[str, float],
) -> None:
    """Bend one limb so that its end rests on a spot."""
    side, _, what = anchor.partition("_")
    length = body().length
    if what in ("foot", "toes", "heel"):
        foot = spot.frame if what == "foot" and spot.frame else frames[f"{side}_foot"]
        target = spot.place
        if what != "foot":
            end = points[f"{side}_{'ball' if what == 'toes' else 'heel'}"]
            target = add(target, sub(points[f"{side}_ankle"], end))
        bend = frames[f"{side}_thigh"][0]
        chain = (f"{side}_hip", f"{side}_knee", f"{side}_ankle")
        _two_bones(points, chain, target, (length["thigh"], length["shank"]), bend, anchor)
        set_foot(points, frames, side, foot, angles[f"{side}_toes"])
        if what == "toes":
            ahead = unit((foot[0][0], 0.0, foot[0][2]))
            if dot(ahead, foot[1]) < -0.1:  # toes bend towards the back of the foot, never under it
                ahead = (-ahead[0], 0.0, -ahead[2])
            down = body().radius["toe"] - body().radius["ball"]
            points[f"{side}_toe"] = add(add(points[f"{side}_ball"], ahead, length["toe"]), (0.0, down, 0.0))
    elif what == "hand":
        hand = spot.frame or frames[f"{side}_hand"]
        target = add(spot.place, hand[1], length["hand"])
        x, y, z = frames[f"{side}_arm"][0]
        chain = (f"{side}_shoulder", f"{side}_elbow", f"{side}_wrist")
        lengths = (length["upper_arm"], length["forearm"])
        _two_bones(points, chain, target, lengths, (-x, -y, -z), anchor)
        set_hand(points, frames, side, hand)
    else:
        _middle(points, frames, anchor, spot, angles)


def _middle(
    points: dict[str, Point],
    frames: dict[str, Frame],
    anchor: str,
    spot: Spot,
    angles: Mapping[str, float],
) -> None:
    """A knee or elbow that rests: the part above turns towards it, the part below stays as it lay."""
    side, _, what = anchor.partition("_")
    length = body().length
    leg = what == "knee"
    top, joint, end = (
        (f"{side}_hip", f"{side}_knee", f"{side}_ankle")
        if leg
        else (f"{side}_shoulder", f"{side}_elbow", f"{side}_wrist")
    )
    upper = length["thigh" if leg else "upper_arm"]
    gap = abs(size(sub(spot.place, points[top])) - upper)
    if gap > 0.012:
        raise OutOfReach(anchor, gap)
    way = sub(add(points[top], unit(sub(spot.place, points[top])), upper), points[joint])
    names = (
        (joint, end, f"{side}_heel", f"{side}_ball", f"{side}_toe") if leg else (joint, end, f"{side}_hand")
    )
    for name in names:
        points[name] = add(points[name], way)
    if spot.beyond is None:
        return
    lower = length["shank" if leg else "forearm"]
    points[end] = add(points[joint], unit(sub(spot.beyond, points[joint])), lower)
    if leg:
        set_foot(points, frames, side, spot.frame or frames[f"{side}_foot"], angles[f"{side}_toes"])
    else:
        set_hand(points, frames, side, spot.frame or frames[f"{side}_hand"])


def _two_bones(
    points: dict[str, Point],
    chain: tuple[str, str, str],
    target: Point,
    lengths: tuple[float, float],
    bend: Point,
    anchor: str,
) -> None:
    """Place the middle and the end of a limb: the middle stays on the side where it is bent now."""
    top, joint, end = chain
    start = points[top]
    first, second = lengths
    way = sub(target, start)
    far = size(way)
    gap = max(far - (first + second), abs(first - second) - far)
    if gap > 0.008:
        raise OutOfReach(anchor, gap)
    far = min(max(far, abs(first - second) + 1e-9), first + second - 1e-9)
    axis = unit(way)
    along = (first * first - second * second + far * far) / (2 * far)
    aside = sqrt(max(0.0, first * first - along * along))
    out = sub(points[joint], start)
    out = sub(out, (axis[0] * dot(out, axis), axis[1] * dot(out, axis), axis[2] * dot(out, axis)))
    share = dot(bend, axis)
    natural = unit(sub(bend, (axis[0] * share, axis[1] * share, axis[2] * share)))
    out = add(out, natural, NATURAL)
    middle = add(add(start, axis, along), unit(out), aside)
    points[joint] = middle
    points[end] = add(middle, unit(sub(add(start, axis, far), middle)), second)


def spot_of(posture: Posture, anchor: str) -> Spot:
    """Where an anchor is now."""
    side, _, what = anchor.partition("_")
    points, frames = posture.points, posture.frames
    here = points[point_of(anchor)]
    if what == "foot":
        return Spot(place=here, frame=frames[f"{side}_foot"])
    if what == "hand":
        return Spot(place=here, frame=frames[f"{side}_hand"])
    if what == "knee":
        return Spot(place=here, beyond=points[f"{side}_ankle"], frame=frames[f"{side}_foot"])
    if what == "forearm":
        return Spot(place=here, beyond=points[f"{side}_wrist"], frame=frames[f"{side}_hand"])
    return Spot(place=here)


def between(before: Angles, after: Angles, share: float) -> Angles:
    """Angles on the way from one pose to the next, slow at both ends."""
    smooth = share * share * (3 - 2 * share)
    return {name: degrees + (after[name] - degrees) * smooth for name, degrees in before.items()}
