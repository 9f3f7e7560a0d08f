"""Plan files looked at before they are handed out: advice, tests, the weeks resolved, differences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from coach.cases import planfiles
from coach.desk import Desk
from coach.model.applied import AppliedFile
from coach.model.noun import Noun
from coach.model.plan import Plan, Week
from coach.model.planfile import PlanFile
from coach.problems import BadValue, NothingToDo, Withheld

if TYPE_CHECKING:
    from coach.programs.doseadvice import Advice
    from coach.programs.library import Library
    from coach.programs.phases import Template


class WeekMinutes(Noun, frozen=True, kw_only=True):
    """How long a week is."""

    week: int
    sessions: int
    minutes: int
    """Of all its sessions together."""
    easier: bool = False
    """A lighter week."""
    walking: int = 0
    """Minutes of its walks together."""


class Checked(Noun, frozen=True, kw_only=True):
    """A plan file that reads without an error, with what is worth knowing about it."""

    file: PlanFile
    advice: tuple[Noun, ...] = ()
    """`coach.programs.fileadvice.Advice`, in the order of the file."""
    tests: tuple[Noun, ...] = ()
    """`coach.programs.filetests.Tried`, one for each test inside the file."""
    minutes: tuple[WeekMinutes, ...] = ()
    """How long each coming week is, at the doses it begins with."""
    whose: str = ""
    """For whom exercises were looked up; empty where no plan runs in this home."""

    @property
    def passed(self) -> bool:
        """Whether every test of the file came out as it expects."""
        return all(getattr(each, "passed", True) for each in self.tests)


class Previewed(Noun, frozen=True, kw_only=True):
    """The weeks of a file as the person will see them."""

    file: PlanFile
    applied: AppliedFile
    plan: Plan
    weeks: tuple[Week, ...]
    """The coming one first; the others are a forecast."""
    made_up: bool
    """Whether it is that of a made-up person, for no plan runs in this home."""
    ceilings: dict[str, dict[str, str]] = {}
    """By week number and exercise what the file lets its dose grow to, in words."""
    conflicts: tuple[str, ...] = ()


def check(desk: Desk, data: bytes, name: str, *, signature: bytes | None = None) -> Checked:
    """Read a file, run its tests and give advice. Raises `BadFile` with everything that is wrong in it.

    A ``signature`` that no longer fits is advice here: a file that is edited is signed again at the end.
    """
    from coach.programs.fileadvice import advise
    from coach.programs.filetests import run
    from coach.programs.library import load_library
    from coach.programs.planfile import load_template, template_of
    from coach.programs.steering import FLOOR, steered, tailored

    library = load_library()
    file = planfiles.read(data, name, library)
    own, floor = template_of(file), load_template(FLOOR)
    signed, broken = _signed(data, signature)
    shape = steered(own, floor, file, name="check", signed=signed)
    assert shape.orders is not None, "a file gives orders"
    plan = _running(desk)
    return Checked(
        file=file,
        advice=(*broken, *advise(shape.orders, shape, own, floor, library, plan)),
        tests=run(shape.orders.file.tests, shape, tailored(library, shape.orders)),
        minutes=_minutes(desk, data, name, signature),
        whose=plan.id if plan is not None else "",
    )


def _minutes(desk: Desk, data: bytes, name: str, signature: bytes | None) -> tuple[WeekMinutes, ...]:
    """Minutes of each week as `preview` shows it; none where the file leaves nothing to do."""
    try:
        weeks = preview(desk, data, name, signature=signature).weeks
    except BadValue:
        return ()
    return tuple(
        WeekMinutes(
            week=each.number,
            sessions=len(each.sessions),
            easier=each.deload,
            minutes=round(sum(session.minutes for session in each.sessions)),
            walking=round(each.walk.times * each.walk.minutes) if each.walk is not None else 0,
        )
        for each in weeks
    )


def _signed(data: bytes, signature: bytes | None) -> tuple[bool, tuple[Advice, ...]]:
    """Whether a signature fits, and advice where it does not any more."""
    from coach.cases.signing import intact
    from coach.programs.doseadvice import Advice

    if signature is None:
        return False, ()
    try:
        intact(data, signature)
    except Withheld:
        text = "The file was changed after it was signed. Sign it again before you hand it out."
        return False, (Advice(kind="lift", about="signature", text=text),)
    return True, ()


def preview(desk: Desk, data: bytes, name: str, *, signature: bytes | None = None) -> Previewed:
    """The weeks of a file: for the person of this home, or where no plan can run here a made-up one.

    Raises `BadFile`, and `BadValue` where the file leaves nothing to do.
    """
    from coach.cases import applying
    from coach.programs.library import load_library
    from coach.programs.steering import shaped, tailored
    from coach.programs.week import forecast

    file, kept = planfiles.taken(data, name)
    try:
        done = applying.apply(desk, file, kept, signature=signature, data=data, dry_run=True)
        plan, made_up, conflicts = done.plan, False, done.conflicts
        kept = done.file
    except (NothingToDo, Withheld):
        plan, made_up, conflicts = _of_nobody(kept), True, ()
    whole = load_library()
    shape = shaped(kept, whole)
    library = tailored(whole, shape.orders)
    weeks = (plan.week, *forecast(plan, shape, library))
    return Previewed(
        file=file,
        applied=kept,
        plan=plan,
        weeks=weeks,
        made_up=made_up,
        ceilings=_ceilings(shape, library, weeks),
        conflicts=conflicts,
    )


def _of_nobody(kept: AppliedFile) -> Plan:
    from coach.programs.filetests import person
    from coach.programs.library import load_library
    from coach.programs.prescribe import NothingToPrescribe
    from coach.programs.steering import shaped, tailored

    library = load_library()
    shape = shaped(kept, library)
    try:
        return person(shape, tailored(library, shape.orders))
    except NothingToPrescribe as nothing:
        raise BadValue(f"The file leaves nothing to do: {nothing}", "list more exercises") from None


def _ceilings(shape: Template, library: Library, weeks: tuple[Week, ...]) -> dict[str, dict[str, str]]:
    """What each exercise of each week may grow to, where the file says more than its first dose."""
    from coach.draw.words import dose as said
    from coach.programs.orders import level_within

    found: dict[str, dict[str, str]] = {}
    for week in weeks:
        given = {p.exercise: p for session in week.sessions for p in session.prescriptions}
        for name, each in given.items():
            exercise = library.exercises[name]
            line = shape.orders.dose(name, week.number) if shape.orders is not None else None
            if line is None or exercise.vary is None or exercise.top is None:
                continue
            top = type(getattr(each.dose, exercise.vary) or 0)(exercise.top)
            most = msgspec.structs.replace(
                each.dose, sets=shape.phase(week.number).sets[1], **{exercise.vary: top}
            )
            most = level_within(most, line)
            if most.size > each.dose.size:
                found.setdefault(str(week.number), {})[name] = said(most)
    return found


def _running(desk: Desk) -> Plan | None:
    if not desk.names():
        return None
    reading = desk.read()
    return reading.plan if reading.docs("plan") else None


def differences(desk: Desk, before: tuple[bytes, str] | None, after: tuple[bytes, str]) -> tuple[str, ...]:
    """What is different between two files in clinical words; without the first, against the running plan.

    Raises `NothingToDo` where no file was applied here to compare with.
    """
    from coach.programs.filediff import diff
    from coach.programs.library import load_library

    library = load_library()
    new = planfiles.read(*after, library)
    if before is not None:
        return diff(planfiles.read(*before, library), new, library)
    plan = _running(desk)
    if plan is None or not plan.file:
        raise NothingToDo(
            "No plan file runs in this home to compare with.",
            "give both: coach planfile diff A B; or look first: coach planfile apply FILE --dry-run",
        )
    from coach.cases.shapes import applied

    old = applied(desk.read(), plan.file)
    return diff(planfiles.read(old.text.encode(), old.name, library), new, library)
