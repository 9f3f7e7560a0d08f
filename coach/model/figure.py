"""Figures: how an exercise or a movement test is drawn, as values read from a data file.

Angles are in degrees, lengths in statures (1 is the height of the body), times in seconds.
The body looks along +x, y is up, z is to its right.
"""

from typing import Literal

from coach.model.noun import Noun

View = Literal["side", "front", "back", "quarter", "above", "high", "front_high"]
"""Where the camera stands: at the right side (the body looks to the right of the picture), before
it, behind it, between front and side, straight
above, high above the side, or raised before it."""
Span = Literal["lower", "pause", "lift", "hold", "in", "out"]
"""A time that comes from the dose (its tempo or its hold), or from a calm breath."""


class Key(Noun, frozen=True, kw_only=True):
    """One key pose: which named pose it starts from and which joints it changes."""

    name: str
    """What the body does there, in a few words."""
    pose: str = ""
    """A named pose, the name of an earlier key of the figure, or empty for the key before."""
    joints: dict[str, float] = {}
    """Degrees by joint; ``knee`` is both, ``right_knee`` and ``left_knee`` are one each."""
    into: float | Span = "lower"
    """How long the way into this pose takes."""
    stay: float | Span = 0.5
    """How long the body stays there."""
    anchors: tuple[str, ...] | None = None
    """What rests here; null for the anchors of the figure."""
    reach: dict[str, str] | None = None
    """Where hands lie on the body itself: ``hands = "knee"``; null for those of the figure."""


class Prop(Noun, frozen=True, kw_only=True):
    """A thing in the picture. Places count from where the first anchor rests."""

    kind: str
    x: float = 0.0
    """Forward of the first anchor."""
    y: float = 0.0
    """Above the floor: the lower edge of the thing."""
    z: float = 0.0
    """To the right of the body."""
    length: float | None = None
    height: float | None = None
    turn: float = 0.0
    """Degrees to the right about the vertical: a wall of 90 stands at the side of the body."""
    hold: tuple[str, ...] = ()
    """Points of the body that carry it; it moves with them."""
    to: tuple[str, ...] = ()
    """Points of the body that a band or strap runs on to, in order, after the first end."""


class Mistake(Noun, frozen=True, kw_only=True):
    """A common error, and how it looks where a picture says it better."""

    words: str
    key: int = -1
    """Which key pose is drawn wrong, from 0; -1 draws none."""
    joints: dict[str, float] = {}
    """The joints that differ there."""
    anchors: tuple[str, ...] | None = None


class Figure(Noun, frozen=True, kw_only=True):
    """One exercise or movement test as a moving body."""

    id: str
    view: View = "side"
    keys: tuple[Key, ...]
    anchors: tuple[str, ...]
    """What stays where it is, each ``point`` or ``point:prop``; the first one places the body."""
    reach: dict[str, str] = {}
    """Where hands lie on the body in every key pose that does not say otherwise."""
    props: tuple[Prop, ...] = ()
    mark: tuple[str, ...] = ()
    """Parts of the body that work or are watched."""
    arrow: tuple[str, ...] = ()
    """Points whose way from the first key pose to the furthest is shown by an arrow."""
    start: str
    move: str
    end: str
    breath: str
    errors: tuple[Mistake, ...]
    plant: int = 0
    """The key pose, from 0, in which feet and hands find their places: where the body is longest."""
    side: Literal["right", "left"] = "right"
    """Which side works in the picture, where an exercise has two."""
    in_front: tuple[Literal["right_arm", "left_arm", "right_leg", "left_leg"], ...] = ()
    """Limbs that are drawn over all others, where depth alone would hide them."""
    same_as: str = ""
    """Another figure whose movement is this one, so that both may look alike."""
    other_view: View | None = None
    """A second view for still pictures."""
