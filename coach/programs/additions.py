"""What a week adds to its sessions where time is left: a warm-up a rung below, a set for the weaker side.

Both lie over the standing levels, which they never move (``clinical.md`` 4.3, 5.3).
"""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from coach.model.exercise import Number, Reason
from coach.model.plan import Plan, Prescription, Session, Standing
from coach.programs.dose import side_note
from coach.programs.fit import NOTES
from coach.programs.library import Library
from coach.programs.prescription import with_dose

_C3 = "c3"
_WARM_UP = "A warm-up with the step before: one easy set, which counts as nothing but a warm-up."


def added(
    sessions: tuple[Session, ...], plan: Plan, number: int, limit: float, library: Library
) -> tuple[Session, ...]:
    """The sessions of a week with what still fits into ``limit`` minutes each.

    The weaker side comes first; its sets count into the profile's own share of minutes.
    """
    made = list(sessions)
    first = number <= library.building.number("asym_weeks")
    if first and plan.weaker and "asym" in (plan.primary, *plan.secondary):
        made = _weaker_side(made, plan.weaker, limit, library)
    known = {each.exercise: each for each in plan.standing if each.came_from}
    if not known:
        return tuple(made)
    return tuple(_warmed(each, known, number, limit, library) for each in made)


def _weaker_side(
    sessions: list[Session], side: Literal["left", "right"], limit: float, library: Library
) -> list[Session]:
    """One set more on the weaker side of the exercises that train each side by itself.

    Where the session is full already, a set from the last slot back makes room for it, as where a session
    is too long; where the profile's share of minutes is full, there is none.
    """
    ladders = library.building.priority["asym"]
    most = library.building.number("profile_share") / 100
    made = [list(session.prescriptions) for session in sessions]
    for session in made:
        for place, each in enumerate(session):
            if each.ladder not in ladders or each.dose.sides != 2 or each.direction != "none":
                continue
            note = f"{each.note} {side_note(side)}".strip()
            before = list(session)
            session[place] = replace(with_dose(each, replace(each.dose, extra=side)), note=note)
            if not _fits(session, limit, ladders) or _own(made) > most * _minutes(made) + 1e-9:
                session[:] = before
    return [_with(one, tuple(given)) for one, given in zip(sessions, made, strict=True)]


def _fits(session: list[Prescription], limit: float, kept: tuple[str, ...]) -> bool:
    """Whether a session keeps its minutes, sets taken away from the last slot back where it must be.

    The ladders that are ``kept`` give none: a set of both sides is no price for one of a single side.
    """
    for place in range(len(session) - 1, -1, -1):
        each = session[place]
        if each.dose.extra or each.ladder in kept:
            continue
        while _minutes([session]) > limit + 1e-9 and each.dose.sets > 1:
            note = each.note if NOTES["minutes"] in each.note else f"{each.note} {NOTES['minutes']}".strip()
            each = replace(with_dose(each, replace(each.dose, sets=each.dose.sets - 1)), note=note)
            session[place] = each
    return _minutes([session]) <= limit + 1e-9


def _minutes(sessions: list[list[Prescription]]) -> float:
    return sum(each.dose.time_min for session in sessions for each in session)


def _own(sessions: list[list[Prescription]]) -> float:
    """Minutes of the profile's own choices, and of the sets it adds to others."""
    own = 0.0
    for each in (each for session in sessions for each in session):
        mine = each.reason.rule.startswith("profile_")
        own += each.dose.time_min - (0.0 if mine else replace(each.dose, extra="").time_min)
    return own


def _with(session: Session, given: tuple[Prescription, ...]) -> Session:
    minutes = round(sum(each.dose.time_min for each in given), 1)
    return replace(session, prescriptions=given, minutes=minutes)


def _warmed(
    session: Session, known: dict[str, Standing], number: int, limit: float, library: Library
) -> Session:
    """A session with the rung before of what has just moved on, in front of it, where there is time."""
    given: list[Prescription] = []
    minutes = sum(each.dose.time_min for each in session.prescriptions)
    for each in session.prescriptions:
        warm_up = _warm_up(known.get(each.exercise), each, number, library)
        if warm_up is not None and minutes + warm_up.dose.time_min <= limit + 1e-9:
            given.append(warm_up)
            minutes += warm_up.dose.time_min
        given.append(each)
    if len(given) == len(session.prescriptions):
        return session
    return _with(session, tuple(given))


def _warm_up(
    standing: Standing | None, given: Prescription, number: int, library: Library
) -> Prescription | None:
    building = library.building
    if standing is None or standing.prescription.component != _C3:
        return None
    if number - standing.since_week >= building.number("warm_up_weeks"):
        return None
    low = next((each for each in standing.easier if each.exercise == standing.came_from), None)
    if low is None:
        return None
    most = building.number("warm_up_rpe")
    effort = (min(low.dose.rpe[0], most), min(low.dose.rpe[1], most))
    dose = replace(low.dose, sets=1, rpe=effort)
    weeks = building.constants["warm_up_weeks"]
    why = Reason(
        rule="warm_up",
        text=f"{_WARM_UP} {given.name} is new.",
        numbers=(
            Number(
                name="weeks on the new step",
                value=number - standing.since_week + 1,
                threshold=f"<= {weeks.value:g}",
                evidence=weeks.evidence,
                source=weeks.source,
            ),
        ),
        otherwise="After two weeks, or where the time is short, the new step stands alone.",
    )
    name = f"{low.name} (warm-up)"
    minutes = round(dose.time_min, 2)
    return replace(low, name=name, dose=dose, minutes=minutes, slot=given.slot, reason=why, warm_up=True)
