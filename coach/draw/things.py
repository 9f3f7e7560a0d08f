"""The things of a figure as shapes."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians, sin

from msgspec.structs import replace

from coach.draw.camera import Camera, Shape, Tone, line, rounded
from coach.draw.limbs import ON_BODY, on_body
from coach.draw.props import forms, high, long
from coach.draw.skeleton import SIDES, Posture
from coach.draw.space import Point, add, blend, mean, size, sub, unit
from coach.model.figure import Prop


def point_at(posture: Posture, name: str) -> Point:
    """A point of the body by name, or a place on its surface."""
    if name in posture.points:
        return posture.points[name]
    return on_body(posture, "right", name)


def known_point(name: str) -> bool:
    """Whether a thing can be held there."""
    return name.removeprefix("right_").removeprefix("left_") in ON_BODY or name in POINTS


POINTS = frozenset(
    {"hips", "waist", "ribs", "chest", "neck", "chin", "head", "nose"}
    | {
        f"{side}_{point}"
        for side in SIDES
        for point in (
            "shoulder", "elbow", "wrist", "hand", "hip", "knee", "ankle", "heel", "ball", "toe"
        )
    }
)  # fmt: skip
"""Every named point of the body."""


def prop_shapes(prop: Prop, posture: Posture, camera: Camera) -> list[Shape]:
    """One thing as shapes."""
    form = forms()[prop.kind]
    carried = [point_at(posture, name) for name in prop.hold]
    if form.form == "path":
        ends = [*carried, (prop.x, prop.y, prop.z)] if (prop.x or prop.y or prop.z) else carried
        near = max(camera.flat(each)[2] for each in ends) + 0.05
        return [line(camera, ends, 0.009, prop.kind, near)] if len(ends) > 1 else []
    if form.form == "rod":
        return _rod(prop, carried, camera)
    if form.form in ("held", "disc"):
        return _held(prop, carried, camera)
    if form.form == "helper":
        return _helper(prop, carried, camera)
    if form.form == "bike":
        return _bike(prop, camera)
    if form.form == "wall":
        return _wall(prop, camera)
    return _furniture(prop, carried, form.form, form.deep, camera)


def _rod(prop: Prop, carried: Sequence[Point], camera: Camera) -> list[Shape]:
    half = long(prop) / 2
    middle = mean(list(carried)) if carried else (prop.x, prop.y, prop.z)
    way = sub(carried[-1], carried[0]) if len(carried) > 1 else (0.0, 1.0, 0.0)
    way = unit(way) if size(way) > 1e-6 else (0.0, 0.0, 1.0)
    ends = [add(middle, way, -half), add(middle, way, half)]
    return [line(camera, ends, 0.010, prop.kind, camera.flat(middle)[2] + 0.03)]


def _held(prop: Prop, carried: Sequence[Point], camera: Camera) -> list[Shape]:
    wide, tall = long(prop), high(prop)
    if carried:
        middle = add(mean(list(carried)), (0.0, 1.0, 0.0), 0.0)
        hangs = {"weight": -0.055, "bag": -0.13}.get(prop.kind, 0.0)
    else:
        middle, hangs = (prop.x, prop.y + tall / 2, prop.z), 0.0
    if forms()[prop.kind].form == "disc" or prop.kind == "barbell":
        hangs = 0.0
    centre = add(middle, (0.0, hangs, 0.0))
    depth = camera.flat(centre)[2] + 0.08
    if prop.kind in ("ball", "barbell"):
        return [rounded(camera, [(centre, wide / 2)], "prop", prop.kind, depth)]
    if prop.kind == "dumbbell":
        ends = [add(centre, (s * wide / 2 - s * tall / 2, 0.0, 0.0)) for s in (1, -1)]
        return [
            line(camera, ends, 0.014, prop.kind, depth + 0.01),
            *(rounded(camera, [(end, tall / 2)], "prop", prop.kind, depth) for end in ends),
        ]
    half = wide / 2 - 0.014
    down = tall / 2 - 0.014
    corners = [
        (add(centre, (x * half * (0.8 if y > 0 else 1), y * down, 0.0)), 0.014)
        for x in (1, -1)
        for y in (1, -1)
    ]
    found = [rounded(camera, corners, "prop", prop.kind, depth)]
    if carried:
        top = [add(centre, (x * half * 0.55, down, 0.0)) for x in (1, -1)]
        found.append(line(camera, [top[0], middle, top[1]], 0.007, prop.kind, depth - 1e-3))
    return found


def _wall(prop: Prop, camera: Camera) -> list[Shape]:
    tall, wide = high(prop), long(prop)
    c, s = cos(radians(prop.turn)), sin(radians(prop.turn))
    along = (-s, 0.0, c)
    foot = (prop.x, prop.y, prop.z)
    corners = [
        add(add(foot, along, side * wide / 2), (0.0, 1.0, 0.0), up)
        for side, up in ((-1, 0), (1, 0), (1, tall), (-1, tall))
    ]
    flat = [camera.flat(each) for each in corners]
    if abs(flat[0][0] - flat[1][0]) > 0.06:
        depth = min(each[2] for each in flat) - 1
        return [line(camera, [*corners, corners[0]], 0.005, prop.kind, depth, "back")]
    away = 0.03 if (prop.x * camera.about[0] - prop.z * camera.about[1]) * camera.sign > 0 else -0.03
    x = flat[0][0]
    edge = _flat_line(((x, 0.0, 0.008), (x, tall, 0.008)), "prop", prop.kind)
    heights = [tall * each / 12 for each in range(12)]
    hatch = [_flat_line(((x, y, 0.004), (x + away, y + 0.04, 0.004)), "back", prop.kind) for y in heights]
    return [*hatch, edge]


def _flat_line(circles: tuple[tuple[float, float, float], ...], tone: Tone, part: str) -> Shape:
    return Shape(circles=circles, tone=tone, depth=-2, part=part, group=part, line=True)


def _box(low: Point, half: tuple[float, float], tall: float, turn: float) -> list[Point]:
    c, s = cos(radians(turn)), sin(radians(turn))
    return [
        (
            low[0] + x * half[0] * c - z * half[1] * s,
            low[1] + y * tall,
            low[2] + x * half[0] * s + z * half[1] * c,
        )
        for x in (-1, 1)
        for y in (0, 1)
        for z in (-1, 1)
    ]


def _furniture(prop: Prop, carried: Sequence[Point], form: str, deep: float, camera: Camera) -> list[Shape]:
    wide, tall = long(prop), high(prop)
    low = (prop.x, prop.y, prop.z)
    if carried:
        low = add(mean(list(carried)), (prop.x, prop.y - tall / 2, prop.z))
    half = (wide / 2, deep / 2)

    def solid(start: Point, sides: tuple[float, float], up: float) -> Shape:
        corners = _box(start, sides, up, prop.turn)
        depth = camera.flat((start[0], start[1], start[2]))[2] - 0.6 * deep - 0.2
        return rounded(camera, [(each, 0.003) for each in corners], "prop", prop.kind, depth)

    if form == "box":
        return [replace(solid(low, half, tall), tone="back" if tall < 0.02 else "prop")]
    plate = 0.022
    found = []
    feet = _box(low, (half[0] - 0.012, half[1] - 0.012), tall - plate, prop.turn)
    for x in (0, 4):
        for z in (0, 1):
            start, end = feet[x + z], feet[x + 2 + z]
            depth = camera.flat(start)[2] - 0.3
            found.append(line(camera, [start, end], 0.009, prop.kind, depth))
    found.append(solid(add(low, (0.0, 1.0, 0.0), tall - plate), half, plate))
    if form == "seat":
        back = _box(low, (half[0] - 0.012, half[1] - 0.012), tall + 0.26, prop.turn)
        depth = camera.flat(low)[2] - 0.35
        middle = [blend(feet[2 + z], back[2 + z], 0.55) for z in (0, 1)]
        bars = [(feet[2], back[2]), (feet[3], back[3]), (back[2], back[3]), (middle[0], middle[1])]
        found += [line(camera, bar, 0.009, prop.kind, depth) for bar in bars]
    return found


def _helper(prop: Prop, carried: Sequence[Point], camera: Camera) -> list[Shape]:
    """Someone who kneels there and holds with both hands."""
    at = (prop.x, prop.y, prop.z)
    depth = camera.flat(at)[2] - 0.5
    toward = 1.0 if not carried or carried[0][0] >= prop.x else -1.0
    hip, neck, knee, toe = (
        add(at, (x * toward, y, 0.0)) for x, y in ((-0.05, 0.27), (0.05, 0.55), (0.1, 0.03), (-0.14, 0.03))
    )
    hands = list(carried) or [add(at, (0.25 * toward, 0.3, 0.0))]
    parts = [
        [(add(neck, (0.03 * toward, 0.12, 0.0)), 0.06)],
        [(hip, 0.05), (neck, 0.05)],
        [(hip, 0.045), (knee, 0.03)],
        [(knee, 0.03), (toe, 0.02)],
        *([(neck, 0.024), (hand, 0.016)] for hand in hands),
    ]
    return [rounded(camera, part, "far", prop.kind, depth, "helper") for part in parts]


def _bike(prop: Prop, camera: Camera) -> list[Shape]:
    """A standing bike under a rider whose hips are at its place: ``y`` is the height of the seat."""
    seat = (prop.x, prop.y, prop.z)
    crank = (prop.x + 0.11, max(0.12, prop.y - 0.40), prop.z)
    bar = (prop.x + 0.36, prop.y + 0.10, prop.z)
    wheel = (prop.x + 0.33, 0.14, prop.z)
    depth = camera.flat(seat)[2] - 0.3
    lines = [[seat, crank], [crank, wheel], [wheel, bar], [seat, add(seat, (0.09, 0.01, 0.0))]]
    base = [[(prop.x - 0.1, 0.01, prop.z), (prop.x + 0.42, 0.01, prop.z)], [crank, (prop.x, 0.01, prop.z)]]
    return [
        *(line(camera, each, 0.011, prop.kind, depth) for each in lines + base),
        rounded(camera, [(wheel, 0.12)], "back", prop.kind, depth - 0.1),
    ]
