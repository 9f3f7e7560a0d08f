"""A body and its things as flat shapes, seen from somewhere, the far ones first."""

from __future__ import annotations

from msgspec.structs import replace

from coach.draw.camera import Camera, Shape, Tone, rounded
from coach.draw.skeleton import SIDES, Posture, body
from coach.draw.space import Frame, Point, add, size, sub
from coach.draw.things import prop_shapes
from coach.model.figure import Figure, View

LIMB_PARTS = (
    ("upper_arm", "shoulder", "elbow", 0.030, 0.023),
    ("forearm", "elbow", "wrist", 0.023, 0.016),
    ("hand", "wrist", "hand", 0.017, 0.013),
    ("thigh", "hip", "knee", 0.050, 0.034),
    ("shank", "knee", "ankle", 0.034, 0.021),
)
"""Arms and legs: a name, two points and the half thickness at each."""


def shapes(
    figure: Figure, posture: Posture, view: View, *, mirror: bool = False, every: bool = False
) -> list[Shape]:
    """All that is seen but marks and arrows, the furthest first.

    A far limb right behind the near one is left out, but with ``every``, for pictures that move.
    """
    camera = Camera(view, mirror=mirror)
    found = [each for prop in figure.props for each in prop_shapes(prop, posture, camera)]
    found += body_shapes(posture, camera)
    if figure.in_front:
        found = [
            replace(each, depth=each.depth + 1) if each.group in figure.in_front else each for each in found
        ]
    if not every:
        near = {(each.part.partition("_")[2], each.circles) for each in found if each.tone == "near"}
        found = [
            each
            for each in found
            if each.tone != "far" or (each.part.partition("_")[2], each.circles) not in near
        ]
    return sorted(found, key=lambda each: each.depth)


def body_shapes(posture: Posture, camera: Camera) -> list[Shape]:
    """Trunk, head, arms and legs."""
    points, frames = posture.points, posture.frames
    middle = camera.flat(points["ribs"])[2]
    found = _trunk(points, frames, camera, middle)
    for side in SIDES:
        for group, parts, own in (("arm", LIMB_PARTS[:3], "shoulder"), ("leg", LIMB_PARTS[3:], "hip")):
            root = camera.flat(points[f"{side}_{own}"])[2]
            reach = max(camera.flat(points[f"{side}_{end}"])[2] for _, _, end, _, _ in parts)
            depth = 0.4 * root + 0.6 * max(root, reach)
            other = camera.flat(points[f"{'left' if side == 'right' else 'right'}_{own}"])[2]
            tone: Tone = "far" if root < other - 0.05 else "near"
            name = f"{side}_{group}"
            for part, start, end, thick, thin in parts:
                ends = [(points[f"{side}_{start}"], thick), (points[f"{side}_{end}"], thin)]
                found.append(rounded(camera, ends, tone, f"{side}_{part}", depth, name))
            if group == "leg":
                foot = [(points[f"{side}_{each}"], thick) for each, thick in FOOT]
                found.append(rounded(camera, foot, tone, f"{side}_foot", depth, name))
    return found


FOOT = (("ankle", 0.021), ("heel", 0.016), ("ball", 0.014), ("toe", 0.011))


def _trunk(points: dict[str, Point], frames: dict[str, Frame], camera: Camera, middle: float) -> list[Shape]:
    pelvis, up, low = frames["pelvis"], frames["up"], frames["low"]
    hips = [(points[f"{side}_hip"], 0.048) for side in SIDES]
    wide = size(sub(points["belly"], points["waist"])) * 0.6
    waist = [(add(points["waist"], low[2], sign * (0.042 + wide)), 0.046) for sign in (1, -1)]
    ribs = [(add(points["ribs"], up[2], sign * (0.05 + wide)), 0.05) for sign in (1, -1)]
    waist.append((points["belly"], 0.046))
    ribs.append((points["swell"], 0.05))
    chest = [(add(points["chest"], up[2], sign * 0.055), 0.055) for sign in (1, -1)]
    top = [(add(add(points["neck"], up[2], sign * 0.075), up[1], -0.02), 0.034) for sign in (1, -1)]
    seat = [(add(each, pelvis[1], 0.03), 0.046) for each, _ in hips]
    parts = [
        rounded(camera, hips + seat + waist, "trunk", "pelvis", middle, "trunk"),
        rounded(camera, waist + ribs, "trunk", "low", middle, "trunk"),
        rounded(camera, ribs + chest + top, "trunk", "up", middle, "trunk"),
    ]
    head = camera.flat(points["head"])[2]
    neck = [(add(points["neck"], up[1], -0.02), 0.036), (points["chin"], 0.028), (points["head"], 0.028)]
    apart = "head" if abs(head - middle) > 0.09 else "trunk"
    head = head + 0.03 if apart == "head" else middle
    parts.append(rounded(camera, neck, "trunk", "neck", middle, "trunk"))
    parts.append(rounded(camera, [(points["head"], body().radius["head"])], "head", "head", head, apart))
    nose = add(points["head"], sub(points["nose"], points["head"]), 0.9)
    toward = camera.flat(nose)[2] - camera.flat(points["head"])[2]
    if toward > -0.03:  # a nose behind the head is not seen
        tone: Tone = "near" if toward > 0.03 else "head"
        parts.append(rounded(camera, [(nose, 0.016)], tone, "nose", head, apart))
    return parts
