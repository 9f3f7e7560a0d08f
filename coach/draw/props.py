"""Things in the picture: how large they are, and where a body can rest on them."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from math import cos, radians, sin

from coach.draw.space import Point
from coach.model.figure import Prop
from coach.model.noun import Noun, from_doc
from coach.packaged import packaged


class Form(Noun, frozen=True, kw_only=True):
    """A kind of thing, with its usual size in statures."""

    form: str
    length: float = 0.0
    height: float = 0.0
    deep: float = 0.0
    rests: bool = False


@cache
def forms() -> dict[str, Form]:
    """Every kind of thing by name."""
    text = packaged("draw", "figures", "_props.toml").read_text("utf-8")
    return {name: from_doc(each, Form) for name, each in tomllib.loads(text).items()}


def high(prop: Prop) -> float:
    """How high a thing is."""
    return forms()[prop.kind].height if prop.height is None else prop.height


def long(prop: Prop) -> float:
    """How long a thing is."""
    return forms()[prop.kind].length if prop.length is None else prop.length


def surface(props: Sequence[Prop], kind: str) -> tuple[Point, Point]:
    """A point of the surface of a thing, and where it faces; of the floor for an empty name.

    A wall faces the middle of the picture. Raises `KeyError` when no such thing is there.
    """
    if not kind:
        return (0.0, 0.0, 0.0), (0.0, 1.0, 0.0)
    prop = next((each for each in props if each.kind == kind), None)
    if prop is None or not forms()[kind].rests:
        raise KeyError(kind)
    if forms()[kind].form != "wall":
        return (prop.x, prop.y + high(prop), prop.z), (0.0, 1.0, 0.0)
    normal = (-cos(radians(prop.turn)), 0.0, -sin(radians(prop.turn)))
    place = (prop.x, 0.0, prop.z)
    if place[0] * normal[0] + place[2] * normal[2] > 0:
        normal = (-normal[0], 0.0, -normal[2])
    return place, normal
