"""Figures from their data files: every mistake in a file is one sentence that says where."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any

from coach.draw.kinematics import ANCHORS, GROUND, LIMB_POINTS, TRUNK_POINTS, first_group, spread
from coach.draw.limbs import ON_BODY
from coach.draw.marks import MARKS
from coach.draw.placing import HANDS, FigureError
from coach.draw.props import forms
from coach.draw.skeleton import JOINTS, LIMBS, SIDES, TRUNK, body
from coach.draw.things import known_point
from coach.model.figure import Figure, Key, Prop
from coach.model.noun import NotANoun, from_doc
from coach.packaged import packaged

LARGEST = 400_000
"""Characters of a file."""
MOST_KEYS = 16
"""Key poses of a figure."""
LONGEST = 60.0
"""Seconds of one part of a movement."""
WORDS = 160
"""Characters of a line of words."""
TESTS = "tests"
"""The file of the movement tests."""


@cache
def poses() -> Mapping[str, Mapping[str, float]]:
    """The named poses that key poses start from."""
    text = packaged("draw", "figures", "_poses.toml").read_text("utf-8")
    found: dict[str, dict[str, float]] = tomllib.loads(text)
    for name, joints in found.items():
        _joints(f"pose {name!r}", joints)
    return found


def read_figures(text: str, name: str) -> dict[str, Figure]:
    """The figures of one file, by id. Raises `FigureError`: one sentence with file, table and key."""
    if len(text) > LARGEST:
        raise FigureError(
            f"{name}: the file has {len(text)} characters; a figure file has at most {LARGEST}."
        )
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FigureError(f"{name}: this is no TOML file: {error}.") from None
    except RecursionError:
        raise FigureError(f"{name}: the values in this file lie too deep within each other.") from None
    return {each: _figure(name, each, table) for each, table in tables.items()}


def _figure(file: str, name: str, table: Any) -> Figure:
    where = f"{file}: [{name[:40]}]"
    if not isinstance(table, dict):
        raise FigureError(f"{where} must be a table with the key poses of one exercise.")
    keys = table.get("keys", [])
    if isinstance(keys, list) and len(keys) > MOST_KEYS:
        raise FigureError(f"{where} has {len(keys)} key poses; a figure has at most {MOST_KEYS}.")
    known = set(Figure.__struct_fields__) - {"id"}
    _known(where, "field", table, known)
    try:
        figure = from_doc({**table, "id": name}, Figure)
    except NotANoun as error:
        raise FigureError(f"{where}: {error}.") from None
    _whole(where, figure)
    for number, (key, raw) in enumerate(zip(figure.keys, keys, strict=True), start=1):
        _key(f"{where} key pose {number} ({key.name[:40]!r})", figure, number - 1, raw)
    for prop, raw in zip(figure.props, table.get("props", []), strict=True):
        _prop(where, prop, raw)
    return figure


def _whole(where: str, figure: Figure) -> None:
    if not figure.keys:
        raise FigureError(f"{where} has no key pose.")
    if len({key.name for key in figure.keys}) < len(figure.keys):
        raise FigureError(f"{where} has two key poses of the same name.")
    if len(figure.errors) != 2:
        raise FigureError(f"{where} has {len(figure.errors)} errors; two are wanted.")
    lines = [figure.start, figure.move, figure.end, figure.breath, *(each.words for each in figure.errors)]
    for line in lines:
        if not line.strip() or len(line) > WORDS or not line.isprintable():
            raise FigureError(f"{where}: a line of words is empty, too long or odd: {line[:40]!r}.")
    _known(where, "part to mark", figure.mark, MARKS)
    for point in figure.arrow:
        if not known_point(point):
            raise FigureError(f"{where}: no point of the body is called {point[:40]!r}.")
    if not 0 <= figure.plant < len(figure.keys):
        raise FigureError(f"{where}: plant is {figure.plant}, and no key pose has this number.")
    _anchors(where, figure.anchors, figure.props)
    _reach(where, figure.reach)
    for number, each in enumerate(figure.errors, start=1):
        if not -1 <= each.key < len(figure.keys):
            raise FigureError(f"{where}: error {number} is drawn at key pose {each.key}, which is not there.")
        _joints(f"{where} error {number}", each.joints)
        if each.anchors is not None:
            _anchors(f"{where} error {number}", each.anchors, figure.props)


def _key(where: str, figure: Figure, number: int, raw: Mapping[str, Any]) -> None:
    key = figure.keys[number]
    _known(where, "field", raw, Key.__struct_fields__)
    earlier = [each.name for each in figure.keys[:number]]
    if key.pose:
        _known(where, "pose", [key.pose], [*poses(), *earlier])
    elif not number:
        raise FigureError(f"{where} names no pose to start from.")
    _joints(where, key.joints)
    for span in (key.into, key.stay):
        if not isinstance(span, str) and not 0 <= span <= LONGEST:
            raise FigureError(f"{where} takes {span:g} seconds; 0 to {LONGEST:g} can be drawn.")
    if key.anchors is not None:
        _anchors(where, key.anchors, figure.props)
    _reach(where, key.reach or {})


def _joints(where: str, joints: Mapping[str, Any]) -> None:
    limits = body().limits
    for joint, degrees in joints.items():
        plain = joint
        if joint not in TRUNK and joint not in LIMBS:
            _known(where, "joint", [joint], [*JOINTS, *LIMBS])
            plain = joint.split("_", 1)[1]
        low, high = limits[plain]
        if not low <= degrees <= high:
            raise FigureError(
                f"{where}: the {joint.replace('_', ' ')} is at {degrees:g} degrees; a body can do"
                f" {low:g} to {high:g}."
            )


def _anchors(where: str, anchors: Iterable[str], props: tuple[Prop, ...]) -> None:
    found = tuple(anchors)
    if not found:
        raise FigureError(f"{where} has no anchor; name what the body rests on, such as 'feet'.")
    for place, each in enumerate(found):
        name, _, prop = each.partition(":")
        _known(where, "anchor", [name], ANCHORS)
        if place and (name in TRUNK_POINTS or name == GROUND):
            raise FigureError(f"{where}: {name!r} can only be the first anchor, which places the body.")
        if prop and prop not in {thing.kind for thing in props}:
            raise FigureError(f"{where}: {each!r} rests on a {prop[:40]!r} that is not among the props.")
        if prop and not forms()[prop].rests:
            raise FigureError(f"{where}: nothing can rest on a {prop!r}.")
    limbs = [name for name, _ in spread(found)]
    ends = [_limb_of(name) for name in limbs if name in LIMB_POINTS]
    if len(set(ends)) < len(ends):
        raise FigureError(f"{where} rests one arm or leg on two anchors.")
    first_group(found)


def _limb_of(anchor: str) -> tuple[str, bool]:
    side, _, what = anchor.partition("_")
    return side, what in ("hand", "forearm", "elbow")


def _reach(where: str, reach: Mapping[str, str]) -> None:
    _known(where, "hand", reach, HANDS)
    crossed = [f"{side}_{place}" for side in SIDES for place in ON_BODY]
    _known(where, "place for a hand", reach.values(), [*ON_BODY, *crossed])


def _prop(where: str, prop: Prop, raw: Mapping[str, Any]) -> None:
    _known(where, "prop", [prop.kind], forms())
    _known(where, "field of a prop", raw, Prop.__struct_fields__)
    for name in prop.hold:
        if not known_point(name):
            raise FigureError(
                f"{where}: no point of the body is called {name[:40]!r}, so the {prop.kind} hangs in the air."
            )
    numbers = (prop.x, prop.y, prop.z, prop.length or 0.0, prop.height or 0.0)
    if not all(-3 <= each <= 3 for each in numbers):
        raise FigureError(f"{where}: the {prop.kind} is further than 3 statures away or larger than that.")


def _known(where: str, what: str, names: Iterable[str], known: Iterable[str]) -> None:
    """Every name is a known one, or a sentence with the nearest."""
    allowed = list(known)
    for name in names:
        if name not in allowed:
            close = get_close_matches(str(name), allowed, 1)
            hint = f"; did you mean {close[0]!r}?" if close else "."
            raise FigureError(f"{where}: no {what} is called {str(name)[:40]!r}{hint}")
