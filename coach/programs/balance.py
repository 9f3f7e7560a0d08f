"""A direction that provoked gets no larger share of the week's sets (``progression.md`` 12)."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from coach.programs.turning import Place, Turn, begun

_GONE = ("remove", "stop", "stop_all")


def share_kept(turns: Sequence[Turn], place: Place) -> list[Turn]:
    """Take a set away from a provoked direction while its share of all sets would grow.

    Counted in standing sets, before time and deloads shorten them. At one set each nothing is left
    to take, and the share may stay larger; the exercises then do not rise, which a limit sees to.
    """
    made = list(turns)
    if place.overall.red_flag:
        return made
    for direction in place.overall.provoked:
        before = _share([(t.exercise.direction, t.before.dose.sets) for t in made if _counts(t)], direction)
        while _share([_after(t, place) for t in made if _counts(t)], direction) > before + 1e-9:
            places = [n for n, t in enumerate(made) if _may_fall(t, direction, place)]
            if not places:
                break
            largest = max(places, key=lambda n: (_after(made[n], place)[1], made[n].exercise.id))
            made[largest] = _one_less(made[largest])
    return made


def _share(sets: list[tuple[str, int]], direction: str) -> float:
    total = sum(each for _, each in sets)
    return sum(each for name, each in sets if name == direction) / total if total else 0.0


def _may_fall(turn: Turn, direction: str, place: Place) -> bool:
    name, sets = _after(turn, place)
    return name == direction and sets > 1 and _counts(turn)


def _counts(turn: Turn) -> bool:
    return turn.exercise.ladder != "aer"


def _after(turn: Turn, place: Place) -> tuple[str, int]:
    if turn.to is not None:
        return turn.to.direction, begun(turn, turn.to, place).sets
    return turn.exercise.direction, 0 if turn.outcome.action in _GONE else turn.outcome.dose.sets


def _one_less(turn: Turn) -> Turn:
    if turn.to is not None:
        return replace(turn, fewer=turn.fewer + 1)
    outcome = turn.outcome
    lower = replace(outcome.dose, sets=outcome.dose.sets - 1)
    shown = replace(outcome.shown, sets=max(1, min(outcome.shown.sets, lower.sets)))
    also = tuple(sorted({*outcome.also, outcome.rule} - {"inv_12"}))
    return replace(
        turn,
        outcome=replace(outcome, rule="inv_12", action="reduce", dose=lower, shown=shown, also=also, step=""),
    )
