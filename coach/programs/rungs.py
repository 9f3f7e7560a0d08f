"""Up, down and across the ladders: the rung above, those below, and what an exercise is swapped for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from coach.model.exercise import Exercise, Ladder
from coach.model.plan import Standing
from coach.programs.allowed import Context, why_not
from coach.programs.library import Library


def loaded(exercise: Exercise) -> bool:
    """Whether a rung is done with a weight."""
    return "weight" in exercise.equipment or exercise.load_kg is not None or exercise.load_bw is not None


def climb(ladder: Ladder) -> tuple[Exercise, ...]:
    """Return the rungs in the order they are climbed."""
    if not ladder.order:
        return ladder.exercises
    by_rung = {each.rung: each for each in ladder.exercises}
    return tuple(by_rung[rung] for rung in ladder.order)


def next_rung(exercise_id: str, library: Library, context: Context) -> Exercise | None:
    """Return the rung above, or null where the ladder ends.

    A ladder ends below its first barred rung. One rung without load may be skipped when the
    one after it is allowed and has no load either (``clinical.md`` 5.3). Ladders that are
    chosen by response are not climbed.
    """
    exercise = library.exercises[exercise_id]
    ladder = library.ladders[exercise.ladder]
    rungs = climb(ladder)
    if ladder.by_response or exercise not in rungs:
        return None
    above = rungs[rungs.index(exercise) + 1 :]
    if not above:
        return None
    if why_not(above[0], context) is None:
        return above[0]
    if (
        len(above) > 1
        and not loaded(above[0])
        and not loaded(above[1])
        and why_not(above[1], context) is None
    ):
        return above[1]
    return None


def previous_rung(exercise_id: str, library: Library, context: Context) -> Exercise | None:
    """Return the nearest allowed rung below, or null on the lowest."""
    return next(_below(exercise_id, library, context), None)


def lower_rungs(exercise_id: str, library: Library, context: Context) -> tuple[Exercise, ...]:
    """Return all allowed rungs below, nearest first."""
    return tuple(_below(exercise_id, library, context))


def _below(exercise_id: str, library: Library, context: Context) -> Iterator[Exercise]:
    exercise = library.exercises[exercise_id]
    ladder = library.ladders[exercise.ladder]
    rungs = climb(ladder)
    if not ladder.by_response and exercise in rungs:
        below = reversed(rungs[: rungs.index(exercise)])
        yield from (each for each in below if why_not(each, context) is None)


def swap_target(
    standing: Standing, library: Library, context: Context, in_use: Collection[str] = ()
) -> Exercise | None:
    """Return what an exercise is swapped for, or null when nothing is allowed (``clinical.md`` 6.7).

    ``in_use`` names exercises or ladders of the plan; they are not taken again. Directions swap
    within their group, walking with cycling, all others with another ladder of their group at
    its first rung.
    """
    exercise = library.exercises[standing.exercise]
    swap = library.building.swap
    if exercise.ladder == "aer":
        ids = ("aer_1",) if exercise.id == "aer_6" else ("aer_6",)
        return _first_allowed(ids, library, context, in_use)
    if exercise.ladder == "dir":
        group = next(ids for ids in swap["directions"] if exercise.id in ids)
        return _first_allowed((i for i in group if i != exercise.id), library, context, in_use)
    used = {library.exercises[each].ladder if each in library.exercises else each for each in in_use}
    for group in swap["groups"]:
        if exercise.ladder not in group:
            continue
        for name in group:
            if name == exercise.ladder or name in used or (name == "neu" and "neur" not in context.tags):
                continue
            if found := _first_rung(library.ladders[name], library, context):
                return found
    return None


def _first_allowed(
    ids: Iterable[str], library: Library, context: Context, in_use: Collection[str]
) -> Exercise | None:
    for each in ids:
        if each not in in_use and why_not(library.exercises[each], context) is None:
            return library.exercises[each]
    return None


def _first_rung(ladder: Ladder, library: Library, context: Context) -> Exercise | None:
    """Return where tier E1 enters a ladder."""
    if not ladder.by_response:
        first = climb(ladder)[0]
        return first if why_not(first, context) is None else None
    if ladder.id == "mob":
        ids = library.building.choose["mob"]
    else:
        ids = tuple(each.id for each in ladder.exercises if each.direction != "none")
    return _first_allowed(ids, library, context, ())
