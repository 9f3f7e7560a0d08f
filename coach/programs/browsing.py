"""Looking things up in the library: filters, neighbours, and what stands in for missing equipment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches

from msgspec.structs import replace

from coach.model.exercise import Dose, Exercise
from coach.model.noun import Noun
from coach.programs.library import Library
from coach.programs.rungs import climb

PREFIXES = ("ladder", "component", "equipment", "tag", "without")
"""What may stand before a colon, where a bare word could mean two things (``ext``, ``bal``)."""
EQUIPMENT = (
    "wall", "chair", "mat", "pillow", "table", "step", "band", "strap", "stick", "weight", "shoes", "bike",
    "sofa", "helper",
)  # fmt: skip
"""Ids of the equipment column (``clinical.md`` 5.1); ``none`` asks for exercises that need nothing."""
Fits = Callable[[Exercise], bool]


class Shown(Noun, frozen=True, kw_only=True):
    """One exercise with what the other files say about it."""

    exercise: Exercise
    ladder_name: str
    minutes_per_set: float
    """All sides and directions of one set, without the rest and the time to get ready."""
    easier: Exercise | None = None
    harder: Exercise | None = None
    instead: dict[str, str] = {}
    """What to do without an item it needs, by its id; ``floor`` is the way off the floor."""
    avoided: dict[str, str] = {}
    """Why it is left out or done with care, by avoid tag."""


class NoSuchExercise(ValueError):
    """No exercise fits; ``near`` are words that are close to what was asked for."""

    def __init__(self, message: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.near = near


def find(library: Library, words: Sequence[str]) -> tuple[Exercise, ...]:
    """Exercises that fit every word, in documented order; all of them without a word.

    A word is the id of a ladder, component, piece of equipment or avoid tag, with or without its
    prefix (``tag:ext``), or a text that stands in the exercise. Bare words are tried in that
    order. ``without:`` takes out what needs the equipment or carries the tag. Raises
    `NoSuchExercise`.
    """
    every = found = tuple(library.exercises.values())
    for word in words:
        fits = _filter(library, word)
        found = tuple(each for each in found if fits(each))
        if not any(fits(each) for each in every):
            raise NoSuchExercise(f"No exercise fits “{word}”.", near(library, word))
    if not found:
        raise NoSuchExercise(f"No exercise fits all of “{' '.join(words)}”.")
    return found


def one(library: Library, word: str) -> Exercise | None:
    """The exercise of this id (``HNG-4`` too) or full name, or null."""
    name = _id(word)
    if name in library.exercises:
        return library.exercises[name]
    plain = word.strip().lower()
    return next((each for each in library.exercises.values() if each.name.lower() == plain), None)


def near(library: Library, word: str) -> tuple[str, ...]:
    """Words close to one that fits nothing."""
    names = {each.name.lower(): each.id for each in library.exercises.values()}
    known = [*library.exercises, *library.ladders, *EQUIPMENT, *library.building.tags, *names]
    close = get_close_matches(_id(word.rpartition(":")[2]), known, n=3, cutoff=0.6)
    return tuple(dict.fromkeys(names.get(each, each) for each in close))


def shown(library: Library, exercise: Exercise) -> Shown:
    """An exercise with its neighbours and fallbacks."""
    ladder = library.ladders[exercise.ladder]
    rungs = climb(ladder)
    if exercise not in rungs:  # a rung that is chosen, not climbed, still has one before and after it
        rungs = ladder.exercises
    place = rungs.index(exercise)
    building = library.building
    instead = {
        item: building.substitutes[item] for item in exercise.equipment if item in building.substitutes
    }
    return Shown(
        exercise=exercise,
        ladder_name=ladder.name,
        minutes_per_set=minutes_per_set(exercise.dose),
        easier=rungs[place - 1] if place else None,
        harder=rungs[place + 1] if place + 1 < len(rungs) else None,
        instead={**instead, **exercise.instead},
        avoided={
            each.tag: building.qualifiers.get(each.qualifier) or building.tags[each.tag]
            for each in exercise.avoid
        },
    )


def minutes_per_set(dose: Dose) -> float:
    """Minutes that one set takes, both sides and all directions, without getting ready."""
    return round(replace(dose, sets=1).time_min - 0.5, 2)


def _filter(library: Library, word: str) -> Fits:
    kind, colon, value = word.lower().partition(":")
    if colon and kind in PREFIXES:
        return _named(library, kind, _id(value))
    name = _id(word)
    for kind in ("ladder", "component", "equipment", "tag"):
        if name in _known(library, kind):
            return _named(library, kind, name)
    exact = one(library, word)
    if exact is not None:
        return lambda each: each is exact
    by_name = [key for key, ladder in library.ladders.items() if ladder.name.lower() == word.lower()]
    if by_name:
        return lambda each: each.ladder == by_name[0]
    return lambda each: word.lower() in _text(each)


def _known(library: Library, kind: str) -> tuple[str, ...]:
    tags = tuple(library.building.tags)
    return {
        "ladder": tuple(library.ladders),
        "component": ("c2", "c3", "c4"),
        "equipment": (*EQUIPMENT, "none"),
        "tag": tags,
        "without": (*EQUIPMENT, *tags),
    }[kind]


def _named(library: Library, kind: str, value: str) -> Fits:
    known = _known(library, kind)
    if value not in known:
        close = get_close_matches(value, known, n=1)
        hint = f"did you mean {kind}:{close[0]}?" if close else f"there is: {', '.join(known)}"
        raise NoSuchExercise(f"“{value}” is no {kind.replace('without', 'equipment or tag')}; {hint}")
    if kind == "ladder":
        return lambda each: each.ladder == value
    if kind == "component":
        return lambda each: each.component == value
    if kind == "equipment":
        return lambda each: value in each.equipment if value != "none" else not each.equipment
    if kind == "tag":
        return lambda each: any(avoid.tag == value for avoid in each.avoid)
    return lambda each: value not in each.equipment and all(avoid.tag != value for avoid in each.avoid)


def _text(exercise: Exercise) -> str:
    parts = (exercise.id, exercise.name, exercise.targets, exercise.position, exercise.setup)
    return " ".join((*parts, *exercise.steps, *exercise.cues, exercise.feel, exercise.space)).lower()


def _id(word: str) -> str:
    return word.strip().lower().replace("-", "_")
