"""Key poses put down: each on its anchors, feet and hands where they rest, hands on the body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coach.draw.kinematics import (
    GROUND,
    LIMB_POINTS,
    OutOfReach,
    Spot,
    Spots,
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
from coach.draw.space import Frame, Point, add, dot, sub, unit
from coach.model.figure import Figure, Key, Span
from coach.model.noun import Noun

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


def seconds(span: float | Span, times: Mapping[Span, float]) -> float:
    """How long a part takes."""
    return times[span] if isinstance(span, str) else float(span)


def full(joints: Mapping[str, float]) -> Angles:
    """All joints, those not named at 0."""
    return {**dict.fromkeys(JOINTS, 0.0), **both(joints)}


def base_of(names: Sequence[str], order: Sequence[str]) -> tuple[str, ...]:
    """The held anchors, one-by-one, with both sides of the first kept together."""
    if not names:
        return ()
    for each in order:
        group = [name for name, _ in spread((each,))]
        if all(name in names for name in group):
            return (each.partition(":")[0], *(name for name in names if name not in group))
    return tuple(names)


def in_words(anchor: str) -> str:
    """An anchor as people say it."""
    return anchor.replace("_", " ")


def placed(
    figure: Figure, poses: Mapping[str, Mapping[str, float]], times: Mapping[Span, float]
) -> tuple[Placed, ...]:
    """All key poses of a figure. Raises `FigureError` for one that no body can take."""
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
                f"{figure.id}: in key pose {key.name!r} the {in_words(error.anchor)} cannot reach where it"
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
        posture = place(angles, base_of(list(spots), order), spots)
    else:
        posture = _landed(figure, posed(angles), anchors)
    for name, prop in spread(anchors):
        if name not in spots and name != GROUND:
            spots[name] = _snapped(figure, posture, name, prop)
    if base != (GROUND,):
        posture = place(angles, order, spots)
    posture = settled(_placed_hands(posture, angles, where), spots)
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


def _placed_hands(posture: Posture, angles: Mapping[str, float], where: Mapping[str, str]) -> Posture:
    """Hands on the body in a key pose."""
    points, frames = dict(posture.points), dict(posture.frames)
    for side, spot in sides_of(where).items():
        target = hand_spot(posture, side, on_body(posture, side, spot))
        reach(points, frames, f"{side}_hand", target, angles)
    return Posture(points=points, frames=frames)


def sides_of(where: Mapping[str, str]) -> dict[str, str]:
    """Where each hand lies, by its side."""
    return {side: spot for hand, spot in where.items() for side in HANDS[hand]}
