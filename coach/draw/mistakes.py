"""Common errors as poses of their own."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from coach.draw.figurefile import poses
from coach.draw.motion import Motion
from coach.draw.placing import key_angles
from coach.draw.skeleton import both
from coach.model.figure import Figure, Mistake


def mistaken(figure: Figure, mistake: Mistake) -> Motion:
    """One key pose done wrong. Raises `FigureError` when not even a mistake could look like that."""
    known: Mapping[str, Mapping[str, float]] = poses()
    earlier: dict[str, dict[str, float]] = {}
    for number, key in enumerate(figure.keys[: mistake.key + 1]):
        earlier[key.name] = key_angles(figure, number, key, known, earlier)
    key = figure.keys[mistake.key]
    joints = {**earlier[key.name], **both(mistake.joints)}
    anchors = mistake.anchors or key.anchors or figure.anchors
    reach = figure.reach if key.reach is None else key.reach
    wrong = replace(key, pose="stand", joints=joints, anchors=anchors, reach=reach)
    return Motion(replace(figure, keys=(wrong,), errors=(), arrow=()), known)
