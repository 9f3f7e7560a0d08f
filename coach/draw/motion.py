"""A figure in time: its key poses placed one after another, and the body at any moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from coach.draw.kinematics import (
    GROUND,
    LIMB_POINTS,
    OutOfReach,
    Spot,
    Spots,
    between,
    first_group,
    lowest,
    moved,
    place,
    point_of,
    reach,
    spot_of,
    spread,
    thickness,
)
from coach.draw.limbs import hand_spot, measured, on_body
from coach.draw.props import surface
from coach.draw.settle import settled
from coach.draw.skeleton import JOINTS, Angles, Posture, both, posed
from coach.draw.space import Frame, Point, add, blend, dot, sub, unit
from coach.model.figure import Figure, Key, Span
from coach.model.noun import Noun

TEMPO: Mapping[Span, float] = {"lower": 2.0, "pause": 1.0, "lift": 2.0, "hold": 3.0, "in": 3.0, "out": 4.0}
"""Seconds of each span where no dose says otherwise; a drawn hold is short."""
HANDS = {"hands": ("right", "left"), "right_hand": ("right",), "left_hand": ("left",)}


class FigureError(ValueError):
    """A figure that no body can do; the message names the exercise, the key pose and the joint."""


class Placed(Noun, frozen=True, kw_only=True):
    """A key pose with its place in space and in time."""

    name: str
    angles: Angles
    posture: Posture
    spots: Spots
    anchors: tuple[str, ...]
    reach: dict[str, str]
    into: float
    stay: float
    into_name: str
    stay_name: str


class Moment(Noun, frozen=True, kw_only=True):
    """The body at one moment, and what it is doing."""

    posture: Posture
    key: int
    """The key pose it is in, or on its way to."""
    span: str
    """``lower``, ``pause`` and the like, or empty."""
    moving: bool


def seconds(span: float | Span, times: Mapping[Span, float]) -> float:
    """How long a part takes."""
    return times[span] if isinstance(span, str) else float(span)


def full(joints: Mapping[str, float]) -> Angles:
    """All joints, those not named at 0."""
    return {**dict.fromkeys(JOINTS, 0.0), **both(joints)}


class Motion:
    """A figure ready to be drawn at any time. Raises `FigureError` when a body cannot do it."""

    def __init__(
        self, figure: Figure, poses: Mapping[str, Mapping[str, float]], times: Mapping[Span, float] = TEMPO
    ) -> None:
        self.figure = figure
        self.keys = _placed(figure, poses, {**TEMPO, **times})
        self.length = sum(key.into + key.stay for key in self.keys)

    @cached_property
    def starts(self) -> list[float]:
        """When each key pose is reached; the way into the first one is the end of the round."""
        at = 0.0
        found: list[float] = []
        for key in self.keys:
            if found:
                at += key.into
            found.append(at)
            at += key.stay
        return found

    def at(self, time: float) -> Moment:
        """The body at a time in seconds; the movement goes round and round."""
        time = time % self.length if self.length > 0 else 0.0
        last = len(self.keys) - 1
        for number, key in enumerate(self.keys):
            after = self.starts[number] + key.stay
            if time <= after or (number == last and key is self.keys[0]):
                return Moment(posture=key.posture, key=number, span=key.stay_name, moving=False)
            coming = (number + 1) % len(self.keys)
            follow = self.keys[coming]
            if time < after + follow.into and follow.into > 0:
                posture = self.way(number, coming, (time - after) / follow.into)
                return Moment(posture=posture, key=coming, span=follow.into_name, moving=True)
        return Moment(posture=self.keys[0].posture, key=0, span=self.keys[0].stay_name, moving=False)

    def way(self, before: int, after: int, share: float) -> Posture:
        """The body at a share of the way from one key pose to the next."""
        one, two = self.keys[before], self.keys[after]
        if share <= 0:
            return one.posture
        if share >= 1:
            return two.posture
        angles = between(one.angles, two.angles, share)
        smooth = share * share * (3 - 2 * share)
        held = {name: spot for name, spot in two.spots.items() if _same(one.spots.get(name), spot)}
        anchors = tuple(name for name, _ in spread(two.anchors) if name in held)
        if GROUND in (*one.anchors, *two.anchors):
            posture = place(angles, (GROUND,), {})
            if not anchors:
                return posture
        if not anchors:
            posture = posed(angles)
            hips = blend(one.posture.points["hips"], two.posture.points["hips"], smooth)
            return settled(moved(posture, hips), ())
        try:
            posture = _laid(
                place(angles, _base(anchors, two.anchors), held), angles, one.reach, two.reach, smooth
            )
        except OutOfReach as error:
            where = f"{self.figure.id}: between {one.name!r} and {two.name!r}"
            raise FigureError(f"{where} the {_words(error.anchor)} cannot stay where it rests.") from None
        return settled(posture, held)


def _base(names: Sequence[str], order: Sequence[str]) -> tuple[str, ...]:
    """The held anchors, one-by-one, with both sides of the first kept together."""
    if not names:
        return ()
    for each in order:
        group = [name for name, _ in spread((each,))]
        if all(name in names for name in group):
            return (each.partition(":")[0], *(name for name in names if name not in group))
    return tuple(names)


def _same(one: Spot | None, two: Spot) -> bool:
    return one is not None and sum((a - b) ** 2 for a, b in zip(one.place, two.place, strict=True)) < 1e-8


def _words(anchor: str) -> str:
    return anchor.replace("_", " ")


def _placed(
    figure: Figure, poses: Mapping[str, Mapping[str, float]], times: Mapping[Span, float]
) -> tuple[Placed, ...]:
    found: dict[int, Placed] = {}
    joints: dict[str, Angles] = {}
    for number, key in enumerate(figure.keys):
        joints[key.name] = key_angles(figure, number, key, poses, joints)
    before: Placed | None = None
    count = len(figure.keys)
    for number in (each % count for each in range(figure.plant, figure.plant + count)):
        key = figure.keys[number]
        angles = joints[key.name]
        anchors = figure.anchors if key.anchors is None else key.anchors
        where = figure.reach if key.reach is None else key.reach
        try:
            before = found[number] = _place_key(figure, key, angles, anchors, where, before, times)
        except OutOfReach as error:
            raise FigureError(
                f"{figure.id}: in key pose {key.name!r} the {_words(error.anchor)} cannot reach where it"
                f" rests; {error.gap:.3f} statures are missing."
            ) from None
    return tuple(found[number] for number in range(count))


def key_angles(
    figure: Figure,
    number: int,
    key: Key,
    poses: Mapping[str, Mapping[str, float]],
    earlier: Mapping[str, Angles],
) -> Angles:
    """All joints of a key pose as its file has them."""
    if key.pose in earlier:
        base = dict(earlier[key.pose])
    elif key.pose:
        base = full(poses[key.pose])
    elif number:
        base = dict(earlier[figure.keys[number - 1].name])
    else:
        raise FigureError(f"{figure.id}: the first key pose {key.name!r} names no pose to start from.")
    base.update(both(key.joints))
    return base


def _place_key(
    figure: Figure,
    key: Key,
    angles: Angles,
    anchors: Sequence[str],
    where: Mapping[str, str],
    before: Placed | None,
    times: Mapping[Span, float],
) -> Placed:
    names = [name for name, _ in spread(anchors)]
    spots: Spots = {name: before.spots[name] for name in names if before and name in before.spots}
    order = tuple(anchors)
    base = first_group(anchors)
    if base == (GROUND,):
        posture = place(angles, (GROUND,), {})
    elif all(name in spots for name in base) or spots:
        posture = place(angles, _base(list(spots), order), spots)
    else:
        posture = _landed(figure, posed(angles), anchors)
    for name, prop in spread(anchors):
        if name not in spots and name != GROUND:
            spots[name] = _snapped(figure, posture, name, prop)
    if base != (GROUND,):
        posture = place(angles, order, spots)
    posture = settled(_laid(posture, angles, where, where, 1.0), spots)
    return Placed(
        name=key.name,
        angles=measured(posture, angles),
        posture=posture,
        spots=spots,
        anchors=order,
        reach=dict(where),
        into=seconds(key.into, times),
        stay=seconds(key.stay, times),
        into_name=key.into if isinstance(key.into, str) else "",
        stay_name=key.stay if isinstance(key.stay, str) else "",
    )


def _landed(figure: Figure, posture: Posture, anchors: Sequence[str]) -> Posture:
    """The body put down, so that its first anchor rests at the origin of the picture."""
    base = first_group(anchors)
    prop = anchors[0].partition(":")[2]
    points = [posture.points[point_of(name)] for name in base]
    x = sum(point[0] for point in points) / len(points)
    z = sum(point[2] for point in points) / len(points)
    level, normal = surface(figure.props, prop)
    if normal[1]:
        low = min(point[1] - thickness(name) for name, point in zip(base, points, strict=True))
        return moved(posture, (-x, level[1] - low, -z))
    return moved(posture, (-x, -lowest(posture), -z))


def _snapped(figure: Figure, posture: Posture, anchor: str, prop: str) -> Spot:
    """Where an anchor comes to rest: on the floor or prop next to where it is now."""
    spot = spot_of(posture, anchor)
    level, normal = surface(figure.props, prop)
    gap = dot(sub(spot.place, level), normal) - thickness(anchor)
    here = add(spot.place, normal, -gap)
    beyond = spot.beyond
    if beyond is not None:
        what = anchor.partition("_")[2]
        thick = 0.026 if what == "knee" else 0.016
        beyond = add(beyond, normal, thick - dot(sub(beyond, level), normal))
    frame = spot.frame
    if frame is not None and anchor in LIMB_POINTS:
        frame = _flat(frame, normal, anchor)
    return Spot(place=here, beyond=beyond, frame=frame)


def _flat(frame: Frame, normal: Point, anchor: str) -> Frame:
    """A sole or a hand laid flat; a knee's foot and a forearm's hand stay as they are."""
    what = anchor.partition("_")[2]
    if what == "foot":
        ahead = add(frame[0], normal, -dot(frame[0], normal))
        return _framed(unit(ahead), normal)
    if what == "hand":
        along = add(frame[1], normal, -dot(frame[1], normal))
        if dot(along, along) < 0.05:
            along = add((0.0, 0.0, 0.0), add(frame[0], normal, -dot(frame[0], normal)), -1.0)
        return (normal, unit(along), _cross(normal, unit(along)))
    return frame


def _framed(ahead: Point, up: Point) -> Frame:
    return ahead, up, _cross(ahead, up)


def _cross(a: Point, b: Point) -> Point:
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


def _laid(
    posture: Posture,
    angles: Mapping[str, float],
    one: Mapping[str, str],
    two: Mapping[str, str],
    share: float,
) -> Posture:
    """Hands on the body, where both key poses have them there."""
    places: dict[str, Any] = {}
    ends = _sides(two)
    for side, where in _sides(one).items():
        if side in ends:
            start, end = on_body(posture, side, where), on_body(posture, side, ends[side])
            places[side] = blend(start, end, share)
    if not places:
        return posture
    points, frames = dict(posture.points), dict(posture.frames)
    for side, target in places.items():
        spot = hand_spot(posture, side, target)
        reach(points, frames, f"{side}_hand", spot, angles)
    return Posture(points=points, frames=frames)


def _sides(where: Mapping[str, str]) -> dict[str, str]:
    return {side: spot for hand, spot in where.items() for side in HANDS[hand]}
