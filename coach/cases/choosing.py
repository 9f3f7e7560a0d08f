"""What the person changes in the plan at any time: hold, swap, the minimum plan."""

from __future__ import annotations

import difflib

import msgspec

from coach.cases.keeping import done_sessions, put_plan
from coach.cases.shapes import course_of
from coach.desk import Desk
from coach.model.exercise import Exercise
from coach.model.noun import Noun
from coach.model.plan import Origin, Plan, Standing
from coach.problems import BadValue, NothingToDo
from coach.tables import Reading


class Chosen(Noun, frozen=True, kw_only=True):
    """What a choice did; where nothing was named yet, what can be chosen and no change."""

    plan: Plan
    text: str
    saved: bool = False
    exercise: str = ""
    choices: tuple[Exercise, ...] = ()


def hold(desk: Desk, ids: tuple[str, ...]) -> Chosen:
    """Keep exercises where they are at the next review. Raises `BadValue` for one not in the plan."""
    from coach.programs.choosing import held

    reading = _open(desk)
    plan = reading.plan
    found = tuple(_find(plan, each) for each in ids)
    after = held(plan, {each.exercise for each in found})
    names = ", ".join(each.prescription.name for each in found)
    made = _keep(desk, reading, after, "hold", tuple(each.exercise for each in found), ())
    text = f"The next review keeps {names} where it is. A cut for safety it would still make."
    return Chosen(plan=made, text=text, saved=True)


def swap(desk: Desk, exercise: str, to: str | None = None, *, for_today: bool = False) -> Chosen:
    """Swap an exercise for another of its place, for good or for today's session alone.

    Without ``to`` nothing changes and the choices are given. Raises `BadValue` for an exercise that is
    not in the plan, or that is not among the choices, and `NothingToDo` where none is left.
    """
    from coach.programs.choosing import choices, choices_today, left, swapped

    reading = _open(desk, "swap")
    plan = reading.plan
    template, library = course_of(reading, plan)
    old = _find(plan, exercise)
    name = old.prescription.name
    done = done_sessions(reading, plan)
    session = left(plan, done, desk.today) if for_today else None
    if for_today and (session is None or all(e.exercise != old.exercise for e in session.prescriptions)):
        raise NothingToDo(f"{name} is not in a session that is due today.", "leave --for-today out")
    if session is None:
        offered = choices(plan, old.exercise, template, library)
    else:
        offered = choices_today(plan, old.exercise, session, template, library)
    if not offered:
        raise NothingToDo(
            f"Nothing else may stand in the place of {name} now: cautions, equipment and what the plan "
            "already has leave no choice.",
            f"for one day: coach swap {old.exercise} --for-today",
        )
    if to is None:
        text = f"{name} ({old.exercise}) can be swapped for:"
        return Chosen(plan=plan, text=text, exercise=old.exercise, choices=offered)
    wanted = _spelled(to)
    chosen = next((each for each in offered if wanted in (each.id, each.ladder)), None)
    if chosen is None:
        raise BadValue(
            f"“{to}” cannot take the place of {name}.",
            f"there is: {', '.join(each.id for each in offered)}",
        )
    after = swapped(
        plan, old.exercise, chosen.id, template, library, done=done, only=session.id if session else ""
    )
    ids = (old.exercise, chosen.id, *((session.id,) if session else ()))
    made = _keep(desk, reading, after, "swap", ids, done)
    when = "in today's session" if session else "from the next session on"
    return Chosen(
        plan=made, text=f"{chosen.name} instead of {name}, {when}.", saved=True, exercise=old.exercise
    )


def minimum(desk: Desk, on: bool) -> Chosen:
    """Turn the minimum plan on or off. Raises `NothingToDo` where it is so already."""
    from coach.programs.choosing import minimum as turned

    reading = _open(desk)
    plan = reading.plan
    if plan.minimum is on:
        state = "on" if on else "off"
        raise NothingToDo(f"The small plan is {state} already.", "coach plan show")
    if on and not plan.sessions_per_week:
        raise NothingToDo("Your plan has no sessions that could be fewer: it is made of habits and walks.")
    done = done_sessions(reading, plan)
    after = turned(plan, on, *course_of(reading, plan), done=done)
    made = _keep(desk, reading, after, "minimum", ("on" if on else "off",), done)
    return Chosen(plan=made, text=made.reason.text if made.reason else "", saved=True)


def _open(desk: Desk, what: str = "") -> Reading:
    """The running episode, where the plan is open and its file leaves ``what`` to the person.

    Doing less is never refused: holding a level and the small plan need no leave.
    """
    from coach.cases.looking import stop_if_withheld

    reading = desk.read()
    plan = reading.plan
    stop_if_withheld(reading)
    if what and what not in plan.bounds.patient_may:
        raise kept_back(plan)
    return reading


def kept_back(plan: Plan) -> BadValue:
    """What a person is told where the plan's file leaves a change to the therapist."""
    by = f" of {plan.author}" if plan.author else ""
    return BadValue(
        f"The plan{by} leaves this to your therapist.",
        "ask your therapist; leaving something out or doing less is always yours to choose",
    )


def _keep(
    desk: Desk, reading: Reading, after: Plan, kind: str, ids: tuple[str, ...], done: tuple[str, ...]
) -> Plan:
    origin = Origin(kind=kind, date=desk.today, ids=ids, done=done)
    made = msgspec.structs.replace(after, origin=origin)
    with desk.write(kind, reading.name, expect_rev=reading.revision) as writing:
        put_plan(writing, writing.episode, made)
    return made


def _spelled(wanted: str) -> str:
    name = wanted.lower().replace("-", "_")
    return "aer" if name == "walk" else name


def _find(plan: Plan, wanted: str) -> Standing:
    every: tuple[Standing, ...] = (*plan.standing, *((plan.walk,) if plan.walk else ()))
    name = _spelled(wanted)
    found = next((each for each in every if name == each.exercise), None)
    found = found or next((each for each in every if name == each.ladder), None)
    if found is None:
        ids = sorted(each.exercise for each in every)
        close = difflib.get_close_matches(name, ids, n=3) or ids
        raise BadValue(f"“{wanted}” is not in your plan.", f"there is: {', '.join(close)}")
    return found
