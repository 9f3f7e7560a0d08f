"""``coach breathe``: slow breathing or muscle relaxation, led line by line."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.cli.face import Face
from coach.problems import BadValue, Problem

if TYPE_CHECKING:
    from coach.coach import Coach

HABIT = "breathing"
USUAL_MIN = 3.0


def breathe(
    context: typer.Context,
    minutes: Annotated[
        str | None, typer.Option("--minutes", "-m", help="How long; that of your habit when left out.")
    ] = None,
    relax: Annotated[bool, typer.Option("--relax", help="Muscle by muscle instead of breaths.")] = False,
) -> None:
    """Be led through slow breathing, about six breaths a minute. Ctrl-C ends it any time.

    Done to the end it notes the day's breathing habit. Without a terminal it prints the lines at once.
    """
    from coach.programs.breathing import length, load_timing, script

    face: Face = context.obj
    coach = face.coach()
    goal = _goal(coach)
    timing = load_timing()
    wanted = _minutes(minutes, goal, timing)
    phases = script(wanted, "relax" if relax else "breath", timing)
    timed = face.asks and not face.json
    if face.json:
        from coach.cli.document import plain

        document = {"minutes": wanted, "seconds": length(phases), "phases": plain(phases)}
        face.emit("breathe", {**document, "source": timing.source, "evidence": timing.evidence})
        return
    face.out(timing.begin)
    lead(face, phases, time.sleep if timed else None)
    face.out(timing.end)
    if timed:
        _note(face, coach, goal, wanted)


def lead(face: Face, phases: Any, wait: Callable[[float], None] | None) -> None:
    """Print each line and wait as long as it lasts; without a way to wait, print them all at once."""
    import sys

    for each in phases:
        face.out(f"{each.text} ({each.seconds:g} s)")
        sys.stdout.flush()
        if wait is not None:
            wait(each.seconds)


def _minutes(given: str | None, goal: Any, timing: Any) -> float:
    from coach.cli.parse import number

    if given is None:
        return float(goal.amount) if goal is not None and goal.amount else USUAL_MIN
    return number(given, "--minutes", timing.shortest_min, timing.longest_min, "for example: --minutes 5")


def _goal(coach: "Coach") -> Any:
    """The breathing habit of this week, or null; breathing itself needs no plan."""
    if not coach.has_episode():
        return None
    try:
        return next((each for each in coach.plan().week.habits if each.id == HABIT), None)
    except Problem:
        return None


def _note(face: Face, coach: "Coach", goal: Any, minutes: float) -> None:
    if goal is None:
        return
    if goal.amount and minutes < goal.amount:
        face.confirm(f"The goal is {goal.amount:g} minutes. If you count it anyway: coach habit done {HABIT}")
        return
    from coach.draw.habits import noted

    try:
        face.confirm(noted(coach.habit_done(HABIT)))
    except BadValue as bad:
        face.confirm(bad.message)
