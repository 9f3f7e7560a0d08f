"""Looking at the plan: its weeks, why an exercise is there, and how it came to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from coach.desk import Desk
from coach.problems import BadValue, NothingToDo
from coach.tables import Reading

if TYPE_CHECKING:
    from coach.model.log import History
    from coach.model.plan import Plan, Prescription, Week
    from coach.model.review import Review


def weeks(desk: Desk) -> tuple[Plan, tuple[Week, ...]]:
    """The plan, and all its weeks: those that were, the one that binds, and the forecast.

    While the plan is closed nothing is named that is still to be done: neither is the forecast a
    prescription then.
    """
    from coach.cases.shapes import course_of
    from coach.model.plan import Plan
    from coach.programs.week import forecast

    reading = desk.read()
    plan = reading.plan
    lived: dict[int, Week] = {}
    for version in reading.all("plans", Plan):
        if version.week.number < plan.week.number:
            lived[version.week.number] = version.week
    ahead = forecast(plan, *course_of(reading, plan))
    coming = (plan.week, *ahead)
    if reading.episode.closed:
        coming = tuple(_emptied(each) for each in coming)
    return plan, (*(lived[number] for number in sorted(lived)), *coming)


def _emptied(week: Week) -> Week:
    """A week with its days and without what would be done on them."""
    sessions = tuple(msgspec.structs.replace(each, prescriptions=(), short=()) for each in week.sessions)
    return msgspec.structs.replace(week, sessions=sessions, walk=None, habits=())


def find(desk: Desk, wanted: str) -> tuple[Plan, Prescription]:
    """The prescription of an exercise in the plan, with the numbers its level rests on.

    Raises `BadValue` with a did-you-mean, and `Withheld` while the plan is closed.
    """
    reading = desk.read()
    stop_if_withheld(reading)
    plan = reading.plan
    every = [each for session in plan.week.sessions for each in session.prescriptions]
    every += [plan.week.walk.prescription] if plan.week.walk else []
    every += [habit.prescription for habit in plan.week.habits if habit.prescription]
    every += [*plan.flare_kit, *(each.prescription for each in plan.standing)]
    name = wanted.lower().replace("-", "_")
    found = next((each for each in every if each.exercise == name), None)
    found = found or next((each for each in every if each.ladder == name), None)
    elsewhere = ""
    if found is None and name[-1:].isdigit():
        # another rung of a ladder that is climbed: say where the ladder stands
        ladder = name.rpartition("_")[0]
        found = next((each for each in every if each.ladder == ladder), None)
        elsewhere = f"{name} is not in your sessions; its ladder stands at {found.name}. " if found else ""
    if found is None:
        import difflib

        ids = sorted({each.exercise for each in every})
        close = difflib.get_close_matches(name, ids, n=3) or ids
        raise BadValue(f"“{wanted}” is not in your plan.", f"there is: {', '.join(close)}")
    level = next(
        (each.prescription.reason for each in plan.standing if each.exercise == found.exercise), found.reason
    )
    text = (
        found.reason.text if level.text in found.reason.text else f"{found.reason.text} {level.text}".strip()
    )
    from coach.cases.reasons import in_words

    reason = msgspec.structs.replace(
        found.reason,
        text=f"{elsewhere}{text}",
        numbers=in_words(level.numbers, reading.profile),
        otherwise=level.otherwise,
    )
    return plan, msgspec.structs.replace(found, reason=reason)


def decisions(desk: Desk, exercise: str) -> tuple[tuple[Review, Any], ...]:
    """Every decision about an exercise's ladder, newest last."""
    from coach.model.review import Review

    ladder = exercise[:3]
    return tuple(
        (review, each)
        for review in desk.read().all("reviews", Review)
        for each in review.decisions
        if each.exercise[:3] == ladder
    )


def reviews(desk: Desk) -> tuple[Review, ...]:
    """All reviews of the running episode, oldest first."""
    from coach.model.review import Review

    return desk.read().all("reviews", Review)


def versions(desk: Desk) -> tuple[Plan, ...]:
    """Every version of the plan, oldest first."""
    from coach.model.plan import Plan

    reading = desk.read()
    return (*reading.all("plans", Plan), reading.plan)


def version(desk: Desk, name: str) -> Plan:
    """One version of the plan by its id. Raises `BadValue`."""
    every = versions(desk)
    wanted = name if name.startswith("v") else f"v{name}"
    found = next((each for each in every if each.id == wanted), None)
    if found is None:
        raise BadValue(f"There is no version “{name}”.", f"there is: {', '.join(each.id for each in every)}")
    return found


def stop_if_withheld(reading: Reading) -> None:
    """Raise `Withheld` while the plan is closed."""
    from coach.problems import Withheld

    if reading.episode.closed:
        raise Withheld.closed()


def log(desk: Desk) -> History:
    """Everything logged in the running episode."""
    reading = desk.read()
    if not reading.docs("meta"):
        raise NothingToDo("There is no episode yet.", "begin with: coach assess")
    return desk.history(reading)
