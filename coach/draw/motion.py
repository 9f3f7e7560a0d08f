"""A figure in time: its key poses one after another, and the body at any moment."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from coach.draw.kinematics import GROUND, OutOfReach, Spot, between, moved, place, reach, spread
from coach.draw.limbs import hand_spot, on_body
from coach.draw.placing import FigureError, Placed, base_of, in_words, placed, sides_of
from coach.draw.settle import settled
from coach.draw.skeleton import Angles, Posture, body, posed
from coach.draw.space import add, blend, dot, unit
from coach.model.figure import Figure, Span
from coach.model.noun import Noun

TEMPO: Mapping[Span, float] = {"lower": 2.0, "pause": 1.0, "lift": 2.0, "hold": 3.0, "in": 3.0, "out": 4.0}
"""Seconds of each span where no dose says otherwise; a drawn hold is short."""


class Moment(Noun, frozen=True, kw_only=True):
    """The body at one moment, and what it is doing."""

    posture: Posture
    key: int
    """The key pose it is in, or on its way to."""
    span: str
    """``lower``, ``pause`` and the like, or empty."""
    moving: bool


class Motion:
    """A figure ready to be drawn at any time. Raises `FigureError` when a body cannot do it."""

    def __init__(
        self, figure: Figure, poses: Mapping[str, Mapping[str, float]], times: Mapping[Span, float] = TEMPO
    ) -> None:
        self.figure = figure
        self.keys = placed(figure, poses, {**TEMPO, **times})
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
            posture = _laid(place(angles, base_of(anchors, two.anchors), held), angles, one, two, smooth)
        except OutOfReach as error:
            where = f"{self.figure.id}: between {one.name!r} and {two.name!r}"
            raise FigureError(f"{where} the {in_words(error.anchor)} cannot stay where it rests.") from None
        return settled(posture, held)


def _same(one: Spot | None, two: Spot) -> bool:
    return one is not None and sum((a - b) ** 2 for a, b in zip(one.place, two.place, strict=True)) < 1e-8


def _laid(posture: Posture, angles: Angles, one: Placed, two: Placed, share: float) -> Posture:
    """Hands on the body between two key poses that have them there; one that leaves turns on its way."""
    starts, ends = sides_of(one.reach), sides_of(two.reach)
    points, frames = dict(posture.points), dict(posture.frames)
    for side in sorted({*starts, *ends}):
        name = f"{side}_hand"
        way = blend(one.posture.frames[name][1], two.posture.frames[name][1], share)
        if dot(way, way) < 0.05:
            continue
        place = points[name]
        if side in starts and side in ends:
            start, end = on_body(posture, side, starts[side]), on_body(posture, side, ends[side])
            place = hand_spot(posture, side, blend(start, end, share)).place
        else:
            place = add(points[f"{side}_wrist"], unit(way), -body().length["hand"])
        ahead, _, right = frames[name]
        reach(points, frames, name, Spot(place=place, frame=(ahead, unit(way), right)), angles)
    return Posture(points=points, frames=frames)
