"""What a week was to have and has not, each with the reason (``clinical.md`` 5.4)."""

from __future__ import annotations

from coach.model.exercise import Reason
from coach.model.plan import Plan
from coach.programs.allowed import Context, why_not
from coach.programs.builder import HIP, LEGS, TRUNK, Board, covered
from coach.programs.fit import Entry
from coach.programs.library import Library
from coach.programs.wording import missing_guarantee, share_note


def named(
    board: Board, entries: list[list[Entry]], plan: Plan, library: Library, context: Context
) -> list[Reason]:
    """Name each guarantee that the week does not keep, and a time share that is off."""
    kept = covered([[each.pick.ladder for each in session] for session in entries], board)
    two_weeks = board.size < 4 and len(board.sessions) == 2
    names = {
        "hinge": ("hng",),
        "squat": ("sqt",),
        "hip": HIP,
        "trunk": TRUNK,
        "strength": (*LEGS, *HIP, *TRUNK),
    }
    found = []
    for name, ladders in names.items():
        missing = [each for each in ladders if each not in board.options]
        if name in kept or (two_weeks and name in ("hinge", "squat", "hip") and len(missing) < len(ladders)):
            continue
        why = _why_missing(missing, plan, library, context)
        found.append(missing_guarantee(name, why or "your session minutes leave no room for it"))
    listed = board.template.orders is not None and board.template.orders.listed
    if board.size >= board.building.number("share_from_exercises") and not listed:
        total = sum(each.minutes for session in entries for each in session)
        control = sum(each.minutes for s in entries for each in s if each.exercise.component == "c2")
        share = 100 * control / total if total else 0.0
        if total and abs(share - board.phase.control) > board.building.number("share_tolerance"):
            found.append(share_note(share, board))
    return found


def _why_missing(missing: list[str], plan: Plan, library: Library, context: Context) -> str:
    for ladder in missing:
        if any(each.ladder == ladder and each.deferred for each in plan.standing):
            return f"{library.ladders[ladder].name} waits for its gate or its phase"
        for exercise in library.ladders[ladder].exercises:
            if why := why_not(exercise, context):
                return f"{exercise.name}: {why}"
    return ""
