"""Recording what was done: a whole session at once, or one exercise as it really was."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from coach.desk import Desk
from coach.model.exercise import Dose
from coach.model.log import ExerciseLog, SessionLog, SetLog
from coach.model.noun import Noun
from coach.model.plan import Prescription
from coach.model.text import clean
from coach.problems import BadValue, NothingToDo
from coach.tables import Writing

if TYPE_CHECKING:
    from coach.model.plan import Plan
    from coach.programs.session import Day

WALKING = "aer"


class Logged(Noun, frozen=True, kw_only=True):
    """What was recorded."""

    sessions: tuple[SessionLog, ...]
    text: str
    notices: tuple[str, ...] = ()


def log_session(
    desk: Desk,
    session: str | None = None,
    *,
    day: date | None = None,
    short: bool = False,
    minutes: float | None = None,
    note: str = "",
    rpe: float | None = None,
    **felt: Any,
) -> Logged:
    """Record a session as done, every set as prescribed.

    ``rpe`` is the effort of the whole session (see `efforts`); ``felt`` are ``before``, ``pain``
    (0-10) and ``form`` (0, 1, 2) for all of it. Raises `NothingToDo` when no session is due then.
    """
    day = _lived(desk, day)
    plan, due = _due(desk, day)
    chosen = due.session
    if session is not None:
        chosen = next((each for each in plan.week.sessions if each.id == session), None)
        if due.session is not None and due.session.id == session:
            chosen = due.session
        if chosen is None:
            ids = ", ".join(each.id for each in plan.week.sessions)
            raise BadValue(f"There is no session “{session}” in this week.", f"there is: {ids}")
    if chosen is None:
        raise NothingToDo(
            f"No session is due on {day}.",
            "record one exercise: coach log EXERCISE --sets 3x8, or see coach today",
        )
    from coach.programs.session import exercise_log

    doing = [each for each in chosen.prescriptions if not short or each.exercise in chosen.short]
    logs = tuple(
        exercise_log(_one_set(each) if short else each, plan=plan, rpe=effort, **felt)
        for each, effort in zip(doing, efforts(rpe, doing), strict=True)
    )
    log = SessionLog(
        id=f"{day}/{chosen.id}",
        session=chosen.id,
        date=day,
        week=chosen.week,
        kind="short" if short else "full",
        exercises=logs,
        minutes=minutes,
        rpe=rpe,
        overlay=due.overlay,
        note=clean(note),
        at=desk.at,
    )
    with desk.write(f"log {chosen.id}", desk.file_for(day)) as writing:
        _put(desk, writing, log)
        _open_leg(desk, writing, day, _leg(logs))
    from coach.draw import words

    return Logged(
        sessions=(log,),
        text=f"{words.session(chosen.id)}, {words.day(day)}: {len(logs)} exercises done.",
        notices=_notices(logs),
    )


HARD_FOR_ALL = 8
"""From this effort on, a session was too hard for everything in it."""


def efforts(rpe: float | None, doing: list[Prescription]) -> list[float | None]:
    """The effort of each exercise, where it was given once for the whole session.

    A session feels as hard as its hardest exercise, so the effort is read against that one's
    target, and the easier ones are taken to have been as far above or below their own: a
    breathing drill is not cut because the squats of its session were work.
    """
    if rpe is None or not doing or rpe >= HARD_FOR_ALL:
        return [rpe] * len(doing)
    off = rpe - max(each.dose.mid_rpe for each in doing)
    return [min(10.0, max(0.0, each.dose.mid_rpe + off)) for each in doing]


def _one_set(each: Prescription) -> Prescription:
    return msgspec.structs.replace(each, dose=msgspec.structs.replace(each.dose, sets=1))


def log_exercise(
    desk: Desk,
    exercise: str,
    *,
    day: date | None = None,
    amounts: tuple[float, ...] | None = None,
    load_kg: float | None = None,
    **felt: Any,
) -> Logged:
    """Record one exercise as it was really done.

    ``amounts`` is what each set had, in the unit of its dose (repetitions, seconds, metres,
    minutes or rounds), null for all as prescribed. ``felt`` as in `log_session`, and ``leg``,
    ``reserve``, ``clean_reps``, ``status``, ``reason``, ``note``.
    """
    from coach.programs.session import exercise_log

    day = _lived(desk, day)
    plan, due = _due(desk, day)
    session, prescription = _find(plan, due, exercise)
    sets = None
    if amounts is not None or load_kg is not None:
        given = amounts or (prescription.dose.amount,) * prescription.dose.sets
        sets = tuple(_set(prescription.dose, amount, load_kg) for amount in given)
    one = exercise_log(prescription, plan=plan, sets=sets, **felt)
    kind: Literal["full", "walk", "extra"] = (
        "walk" if prescription.ladder == WALKING else "extra" if session == "extra" else "full"
    )
    leg = _leg((one,))
    with desk.write(f"log {prescription.exercise}", desk.file_for(day)) as writing:
        key = f"{day}/{session}"
        log = writing.one("sessions", key, SessionLog) or SessionLog(
            id=key,
            session=session,
            date=day,
            week=plan.week.number,
            kind=kind,
            overlay=due.overlay,
            at=desk.at,
        )
        others = tuple(each for each in log.exercises if each.exercise != one.exercise)
        log = msgspec.structs.replace(log, exercises=(*others, one), at=desk.at)
        _put(desk, writing, log)
        _open_leg(desk, writing, day, leg)
    return Logged(sessions=(log,), text=f"{prescription.name} on {day}: recorded.", notices=_notices((one,)))


def log_many(desk: Desk, logs: tuple[SessionLog, ...]) -> Logged:
    """Record many sessions; those of one episode are one step that can be undone."""
    files: dict[str, list[SessionLog]] = {}
    for log in logs:
        _lived(desk, log.date)
        files.setdefault(desk.file_for(log.date), []).append(
            msgspec.structs.replace(log, note=clean(log.note), at=log.at or desk.at)
        )
    for name, found in files.items():
        with desk.write(f"log of {len(found)} sessions", name) as writing:
            for log in found:
                _put(desk, writing, log)
            told = [log for log in found if _leg(log.exercises)]
            if told:
                _open_leg(desk, writing, max(log.date for log in told), True)
    return Logged(sessions=logs, text=f"{len(logs)} sessions recorded.")


def log_led(desk: Desk, log: SessionLog, *, ours: bool = True) -> SessionLog:
    """Record a session that was led; what was logged of it by hand stays beside it.

    Of an exercise in both, the led one counts with ``ours``, else the one in the journal.
    """
    with desk.write(f"session {log.session}", desk.file_for(log.date)) as writing:
        there = writing.one("sessions", log.id, SessionLog)
        if there is not None:
            first, second = (log, there) if ours else (there, log)
            known = {each.exercise for each in first.exercises}
            added = tuple(each for each in second.exercises if each.exercise not in known)
            log = msgspec.structs.replace(first, exercises=(*first.exercises, *added))
        _put(desk, writing, log)
    return log


def _put(desk: Desk, writing: Writing, log: SessionLog) -> None:
    """Write a log; behind a review, what it had read is kept first."""
    if writing.late("sessions", log.date):
        from coach.cases.corrections import keep

        keep(desk, writing, "sessions", log.id, log)
    writing.put("sessions", log)


def _lived(desk: Desk, day: date | None) -> date:
    day = day or desk.today
    if day > desk.today:
        raise BadValue(
            f"{day} is still to come; a session is logged on a day that was.", "leave the date out"
        )
    return day


def _due(desk: Desk, day: date) -> tuple[Plan, Day]:
    from coach.programs.session import today as due

    reading = desk.read(desk.file_for(day))
    plan = reading.plan_on(day)
    return plan, due(plan, desk.history(reading), day)


def _find(plan: Plan, due: Day, wanted: str) -> tuple[str, Prescription]:
    """The session and the prescription that an exercise belongs to that day."""
    name = wanted.lower().replace("-", "_")
    if name == "walk":
        name = WALKING
    places: list[tuple[str, Prescription]] = []
    if due.session:
        places += [(due.session.id, each) for each in due.session.prescriptions]
    places += [(each.id, one) for each in plan.week.sessions for one in each.prescriptions]
    places += [("walk", due.walk.prescription)] if due.walk else []
    places += [("walk", plan.week.walk.prescription)] if plan.week.walk else []
    extra = [*due.kit, *(habit.prescription for habit in plan.week.habits if habit.prescription)]
    extra += [each.prescription for each in plan.standing]
    extra += [easier for each in plan.standing for easier in each.easier]
    places += [("walk" if each.ladder == WALKING else "extra", each) for each in extra]
    for session, each in places:
        if name in (each.exercise, each.ladder):
            return session, each
    import difflib

    ids = sorted({each.exercise for _, each in places})
    close = difflib.get_close_matches(name, ids, n=3) or ids
    raise BadValue(f"“{wanted}” is not in your plan.", f"there is: {', '.join(close)}")


def _set(dose: Dose, amount: float, load_kg: float | None) -> SetLog:
    load = load_kg if load_kg is not None else dose.load_kg
    if dose.reps is not None:
        return SetLog(reps=int(amount), hold_s=dose.hold_s, load_kg=load)
    if dose.hold_s is not None:
        return SetLog(hold_s=amount, load_kg=load)
    if dose.metres is not None:
        return SetLog(metres=amount, load_kg=load)
    if dose.rounds is not None:
        return SetLog(rounds=int(amount))
    return SetLog(minutes=amount)


def _notices(logs: tuple[ExerciseLog, ...]) -> tuple[str, ...]:
    """What a leg symptom asks for at once."""
    if _leg(logs):
        return (
            "A new or spreading leg symptom is a reason to stop that exercise. Before the next session, "
            "please answer a few questions: coach assess --rescreen",
        )
    return ()


def _leg(logs: tuple[ExerciseLog, ...]) -> bool:
    return any(each.leg in ("new", "spreading") for each in logs)


def _open_leg(desk: Desk, writing: Writing, day: date, told: bool) -> None:
    """A new leg symptom opens its safety questions, unless they were answered since."""
    if not told or writing.name != desk.names()[-1]:
        return
    screened = writing.episode.screened
    if screened is not None and day < screened:
        return
    from coach.cases.daily import open_screen
    from coach.cases.rescreen import LEG

    open_screen(writing, (LEG,))
