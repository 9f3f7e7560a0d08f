"""Whether a body could do what a figure shows: joints, floor, walls, anchors and balance.

Each problem is one sentence that names the exercise, the key pose and the joint or point.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import hypot

from coach.draw.kinematics import CONTACT, GROUND, LIMB_POINTS, Spots, point_of
from coach.draw.motion import Motion
from coach.draw.placing import HANDS, FigureError
from coach.draw.props import forms, surface
from coach.draw.skeleton import LIMBS, SIDES, Angles, Posture, body
from coach.draw.space import Point, add, blend, dot, size, sub

STEPS = 8
"""Frames looked at on the way from one key pose to the next."""
SLACK = 4.0
"""Degrees that a joint may go over its limit where a limb reaches for its anchor."""
LOOSE = ("shoulder", "shoulder_out", "shoulder_turn", "hip_turn", "ankle", "wrist")
"""Joints that take up what others leave, and go further."""
SINK = 0.014
"""How deep a point may press into floor or wall, in statures."""
DRIFT = 0.01
"""How far an anchor may move, in statures."""
MARGIN = 0.035
"""How far the centre of mass may be outside the support, in statures: soles are wider than lines."""
SOLE = 0.028
"""Half the width of a sole, in statures."""
SEEN = 0.03
"""How far some point must move between two key poses for a movement to be seen, in statures."""

Ground = tuple[float, float]


def problems(motion: Motion) -> Iterator[str]:
    """Everything that no body could do in a movement. Nothing is left to say of a good figure."""
    figure = motion.figure
    for key in motion.keys:
        where = f"{figure.id}: in key pose {key.name!r}"
        yield from _joints(where, key.angles, _bound(key.spots, key.reach))
        yield from _places(where, motion, key.posture, key.spots)
        if GROUND not in key.anchors:
            yield from _balance(where, motion, key.posture, key.spots)
    for number, two in enumerate(motion.keys):
        one = motion.keys[number - 1]
        held = {name: spot for name, spot in two.spots.items() if one.spots.get(name) == spot}
        for step in range(1, STEPS):
            where = f"{figure.id}: frame {step} of {STEPS} between {one.name!r} and {two.name!r}"
            try:
                posture = motion.way(number - 1, number, step / STEPS)
            except FigureError as error:
                yield str(error)
                break
            found = list(_places(where, motion, posture, held))
            if set(one.spots) == set(two.spots) == set(held) and GROUND not in two.anchors:
                found += _balance(where, motion, posture, held)
            if found:
                yield found[0]
                break
    yield from _seen(motion)


def check(motion: Motion) -> None:
    """Raise `FigureError` with the first problem of a movement."""
    for problem in problems(motion):
        raise FigureError(problem)


def _seen(motion: Motion) -> Iterator[str]:
    first = motion.keys[0].posture.points
    far = max(size(sub(first[name], key.posture.points[name])) for key in motion.keys for name in first)
    if far < SEEN:
        yield f"{motion.figure.id}: start and end look the same; the movement cannot be seen."


def _bound(spots: Spots, reach: Mapping[str, str]) -> frozenset[str]:
    """Joints that follow from where hands and toes lie: how an arm turns to get there is not drawn."""
    hands = {name.split("_")[0] for name in spots if name.endswith(("hand", "forearm", "elbow"))}
    hands |= {side for hand in reach for side in HANDS[hand]}
    arms = {f"{side}_{joint}" for side in hands for joint in ("shoulder_turn", "wrist")}
    return frozenset(arms | {name for name in spots if name.endswith("toes")})


def _joints(where: str, angles: Angles, bound: frozenset[str]) -> Iterator[str]:
    limits = body().limits
    for joint, degrees in angles.items():
        if joint in bound:
            continue
        plain = joint.split("_", 1)[1] if joint.split("_", 1)[0] in SIDES else joint
        low, high = limits[plain]
        slack = SLACK if plain in LIMBS else 0.0
        slack *= 5 if plain in LOOSE else 1
        if not low - slack <= degrees <= high + slack:
            yield (
                f"{where} the {joint.replace('_', ' ')} ends up at {degrees:.0f} degrees;"
                f" a body can do {low:g} to {high:g}."
            )


def _places(where: str, motion: Motion, posture: Posture, spots: Spots) -> Iterator[str]:
    radius = body().radius
    walls = [
        each for each in motion.figure.props if forms()[each.kind].form == "wall" and each.kind == "wall"
    ]
    planes = [surface([each], each.kind) for each in walls]
    for name, kind in CONTACT.items():
        point = posture.points[name]
        if point[1] - radius[kind] < -SINK:
            deep = radius[kind] - point[1]
            yield f"{where} the {name.replace('_', ' ')} is {deep:.3f} statures below the floor."
        for place, normal in planes:
            if dot(sub(point, place), normal) < radius[kind] * 0.5 - SINK:
                yield f"{where} the {name.replace('_', ' ')} goes through the wall."
    for name, spot in spots.items():
        away = size(sub(posture.points[point_of(name)], spot.place))
        if away > DRIFT:
            yield f"{where} the {name.replace('_', ' ')} slides {away:.3f} statures from where it rests."


def centre(posture: Posture) -> Point:
    """The centre of mass, with the shares of body mass of the data file."""
    mass, points = body().mass, posture.points
    parts = [(points["head"], mass["head"]), (blend(points["hips"], points["neck"], 0.52), mass["trunk"])]
    for side in SIDES:
        for name, start, end, share in (
            ("upper_arm", "shoulder", "elbow", 0.436), ("forearm", "elbow", "wrist", 0.43),
            ("hand", "wrist", "hand", 0.5), ("thigh", "hip", "knee", 0.433),
            ("shank", "knee", "ankle", 0.433), ("foot", "heel", "toe", 0.5),
        ):  # fmt: skip
            parts.append((blend(points[f"{side}_{start}"], points[f"{side}_{end}"], share), mass[name]))
    whole = sum(weight for _, weight in parts)
    return (
        sum(point[0] * weight for point, weight in parts) / whole,
        sum(point[1] * weight for point, weight in parts) / whole,
        sum(point[2] * weight for point, weight in parts) / whole,
    )


def support(posture: Posture, spots: Spots) -> list[Ground]:
    """Where a body rests, seen from above: what touches the floor, and what its anchors hold."""
    radius = body().radius
    points = posture.points
    found = [points[name] for name, kind in CONTACT.items() if points[name][1] - radius[kind] < 0.02]
    for name in spots:
        here = points[point_of(name)]
        found.append(here)
        if name in LIMB_POINTS and name.endswith("foot"):
            side = name.split("_")[0]
            tips = [points[f"{side}_{each}"] for each in ("heel", "toe")]
            found += [add(tip, (0.0, 0.0, aside)) for tip in tips for aside in (-SOLE, SOLE)]
        elif name not in LIMB_POINTS:
            found += [(here[0] + x, 0.0, here[2] + z) for x in (-0.09, 0.09) for z in (-0.09, 0.09)]
    return [(point[0], point[2]) for point in found]


def _balance(where: str, motion: Motion, posture: Posture, spots: Spots) -> Iterator[str]:
    heavy = centre(posture)
    away = outside((heavy[0], heavy[2]), support(posture, spots))
    if away > MARGIN:
        yield f"{where} the body would fall: its weight is {away:.3f} statures outside what it stands on."


def outside(place: Ground, dots: Sequence[Ground]) -> float:
    """How far a place is outside the hull of some dots; 0 within."""
    order = sorted(set(dots))
    if len(order) < 3:
        return min((_gap(place, a, b) for a in order for b in order), default=9.0)
    ring = _half(order) + _half(order[::-1])
    edges = list(zip(ring, ring[1:] + ring[:1], strict=True))
    if len(ring) > 2 and all(_side(a, b, place) >= 0 for a, b in edges):
        return 0.0
    return min(_gap(place, a, b) for a, b in edges)


def _half(order: Sequence[Ground]) -> list[Ground]:
    found: list[Ground] = []
    for each in order:
        while len(found) > 1 and _side(found[-2], found[-1], each) <= 0:
            found.pop()
        found.append(each)
    return found[:-1]


def _side(a: Ground, b: Ground, c: Ground) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _gap(place: Ground, a: Ground, b: Ground) -> float:
    """How far a place is from the line between two others."""
    wide, high = b[0] - a[0], b[1] - a[1]
    long = wide * wide + high * high
    share = 0.0 if not long else ((place[0] - a[0]) * wide + (place[1] - a[1]) * high) / long
    share = max(0.0, min(1.0, share))
    return hypot(place[0] - a[0] - share * wide, place[1] - a[1] - share * high)
