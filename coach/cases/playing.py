"""The session under way: after every step it is on the disk, and at the end it is in the journal."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from coach.cases.begun import SESSION_FILE as FILE
from coach.cases.interview import mark_of
from coach.cases.sessions import Logged, log_led
from coach.cases.today import today
from coach.desk import Desk, problems
from coach.model.noun import NotANoun, from_doc, to_doc
from coach.problems import ELSEWHERE, Busy, NeedsDoctor, NothingToDo, Withheld
from coach.programs import player
from coach.programs.beats import Called, called
from coach.programs.cueing import Cues, cues
from coach.programs.dose import plain
from coach.programs.played import began, over_ceiling, session_log, warnings
from coach.programs.playing import Item, Kind, Playing
from coach.programs.stepping import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach.model.exercise import Exercise
    from coach.model.plan import Plan, Prescription
    from coach.programs.library import Library
    from coach.programs.session import Day

Command = Literal[
    "tick", "next", "back", "pause", "resume", "auto", "easier", "hurts", "skip", "rate", "amend",
    "answer", "finish",
]  # fmt: skip
"""What a face may ask of a session; the functions of `coach.programs.player`."""
WARNINGS = {
    "leg": "A new or spreading leg symptom is a reason to stop that exercise. Please answer a few "
    "questions: coach checkin --flag ms_leg_new",
    "red": "That was a lot of pain. Rest now. If it stays like this, call it a flare-up: coach flare start",
}


class Running:
    """One session being led. Both faces run on it; instants come from the caller."""

    def __init__(self, desk: Desk, state: Playing, *, resumed: bool, notices: tuple[str, ...] = ()) -> None:
        self._desk = desk
        self._path = os.path.join(desk.home, FILE)
        self._mark = mark_of(self._path)
        self._library: Library | None = None
        self.unsaved = False
        """Whether the last set is in memory alone, for the disk did not take it; the next one writes both."""
        self.state = state
        self.resumed = resumed
        """Whether it goes on with one that was left."""
        self.notices = notices
        """What is to be told before it begins."""
        self.suggested: float | None = None
        """Pain of this morning's check-in, offered as the answer to the first question."""

    def do(self, command: Command, at: float, **values: Any) -> tuple[Called, ...]:
        """Do one command, or let time pass; what is to be called out, in order.

        When this returns, every set and answer so far is on the disk. Raises ValueError for an
        answer that does not fit its question, `Busy` with the code ``elsewhere`` where another window went
        on with it, and `NeedsDoctor` where the disk does not take it: then it is in memory, and goes on.
        """
        before = self._with_advance(self.state)
        after: Playing = getattr(player, command)(before, at, **values)
        if _kept(after) != _kept(before) or (self.unsaved and command != "tick"):
            self.hold()
            self.state, self.unsaved = after, True
            self._save(after)
        self.state = after
        return called(before, after)

    def hold(self) -> None:
        """See that nobody else went on with it, or ended it. Raises `Busy`."""
        if mark_of(self._path) != self._mark:
            raise Busy(
                "This session went on in another window.", "It is shown as it stands there.", code=ELSEWHERE
            )

    def cues(self) -> Cues:
        """What to show now."""
        return cues(self.state)

    def load(self) -> None:
        """Read the library. It takes a while, so a face may do it in a thread once the page is there."""
        if self._library is None:
            from coach.programs.library import load_library

            self._library = load_library()

    def how(self, exercise: str = "") -> Exercise | None:
        """The steps of an exercise, the one that is on where none is named; null before `load`."""
        known = self._library.exercises if self._library else {}
        return known.get(exercise or self.state.doing.exercise)

    @property
    def last_amount(self) -> float:
        """How much the last set of this exercise had; 0 before the first."""
        sets = self.state.done.sets
        return counted(sets[-1]) if sets else 0.0

    def finish(self, at: float) -> Logged:
        """End it here and record what was done; nothing is recorded of a session that never began."""
        self.hold()
        self.do("finish", at)
        found = _record(self._desk, self.state)
        self._forget()
        if found.sessions and self._desk.hooked:
            from coach.cases import hooks

            hooks.after(self._desk, "session-end", found)
        return found

    def drop(self) -> None:
        """Forget it: nothing of it is recorded."""
        self._forget()

    def _with_advance(self, state: Playing) -> Playing:
        """The state with the advance codes that the library has: two of them bring a question."""
        if self._library is None or any(each.advance for each in state.items):
            return state
        known = self._library.exercises
        items = tuple(
            msgspec.structs.replace(item, advance=known[item.given.exercise].advance)
            if item.given.exercise in known
            else item
            for item in state.items
        )
        return msgspec.structs.replace(state, items=items)

    def _save(self, state: Playing) -> None:
        from coach.journal.store import write_file

        kept = {"schema": "coach.session/1", "saved": self._desk.at, "state": to_doc(state)}
        with problems():
            write_file(self._path, json.dumps(kept, ensure_ascii=False).encode())
        self.unsaved, self._mark = False, mark_of(self._path)

    def _forget(self) -> None:
        with suppress(FileNotFoundError):
            os.unlink(self._path)
        self._mark = None


def _instead(day: Day) -> str:
    """What to do where no session is due."""
    if day.review_due:
        return "the review writes the next week: coach review"
    return "see what the day holds: coach today; record what you did by yourself: coach log"


def begin(
    desk: Desk, *, kind: Kind = "full", auto: bool = True, at: float = 0.0, ready_s: float | None = None
) -> Running:
    """Go on with the session that was left today, or begin the one that is due.

    One that was left on an earlier day is recorded for that day as far as it got. Raises
    `Withheld` where nothing may be done, and `NothingToDo` where no session is due.
    """
    found = today(desk)
    if found.withheld:
        raise Withheld(found.text, "coach today")
    left = read(desk)
    notices: tuple[str, ...] = ()
    if left is not None and left.date == desk.today and left.phase != "done":
        return Running(desk, player.wake(left, at), resumed=True)
    if left is not None:
        notices = (_record(desk, left, late=True).text,)
        Running(desk, left, resumed=True).drop()
        found = today(desk)
    day: Day = found.day
    if day.session is None:
        raise NothingToDo(f"No session is due today. {day.text}", _instead(day))
    plan = desk.read(desk.file_for(desk.today)).plan_on(desk.today)
    if day.screen:
        notices = (*notices, "After this break, please answer the safety questions: coach assess --rescreen")
    state = _state(day, plan, kind, auto=auto, at=at)
    running = Running(desk, state, resumed=False, notices=notices)
    if ready_s is not None:
        limits = msgspec.structs.replace(state.limits, ready_s=ready_s)
        running.state = msgspec.structs.replace(state, limits=limits)
    running.suggested = found.checked_in.pain if found.checked_in else None
    return running


def read(desk: Desk) -> Playing | None:
    """The session that was left, or null. A file that cannot be read is not touched."""
    from coach.journal.store import read_file

    with problems():
        data = read_file(os.path.join(desk.home, FILE))
    if data is None:
        return None
    try:
        return from_doc(json.loads(data)["state"], Playing)
    except (ValueError, KeyError, TypeError, NotANoun, RecursionError):
        raise NeedsDoctor(
            f"The session that was left cannot be read: {FILE} is damaged.",
            "set that file aside and begin again: coach session",
        ) from None


def _state(day: Day, plan: Plan, kind: Kind, *, auto: bool, at: float) -> Playing:
    from coach.programs.easing import load_limits

    assert day.session is not None, "only a day with a session gets here"
    given: Iterable[Prescription] = day.session.prescriptions
    if kind == "short":
        given = day.short or given
    elif kind == "minimum":
        given = least(day.session.prescriptions)
    return player.begin(
        day.session.id,
        given,
        standings=plan.standing,
        limits=load_limits(),
        date=day.date,
        week=day.session.week,
        at=at,
        kind=kind,
        overlay=day.overlay,
        units=plan.preferences.units,
        auto=auto,
        pain=plan.bounds.pain,
    )


def least(prescriptions: tuple[Prescription, ...]) -> tuple[Prescription, ...]:
    """The two-minute version: of each component of the session the shortest exercise, one set of it."""
    single = []
    for each in map(plain, prescriptions):
        dose = msgspec.structs.replace(each.dose, sets=1)
        single.append(msgspec.structs.replace(each, dose=dose, minutes=round(dose.time_min, 2)))
    shortest: dict[str, Prescription] = {}
    for each in (each for each in single if not each.warm_up):
        if each.component not in shortest or each.minutes < shortest[each.component].minutes:
            shortest[each.component] = each
    return tuple(each for each in single if shortest.get(each.component) is each)


def _record(desk: Desk, state: Playing, *, late: bool = False) -> Logged:
    """Write what was done into the journal, as one step that can be undone."""
    if not began(state):
        return Logged(sessions=(), text="Nothing was done, so nothing was recorded.")
    from coach.draw import words

    log = log_led(desk, session_log(state, desk.at), ours=not late)
    done = sum(1 for each in log.exercises if each.sets)
    text = f"{words.session(log.session)}, {words.day(log.date)}: {_count(done)} recorded."
    if late:
        text = f"The session you left on {words.day(log.date)} was recorded as far as it got: {_count(done)}."
    notices = (*(WARNINGS[each] for each in warnings(state)), *map(_ceiling, over_ceiling(state)))
    return Logged(sessions=(log,), text=text, notices=notices)


def _count(done: int) -> str:
    return f"{done} exercise" if done == 1 else f"{done} exercises"


def _ceiling(item: Item) -> str:
    """What is said where pain passed the ceiling that the plan file sets for an exercise."""
    return (
        f"{item.given.name} hurt more than the {item.pain} of 10 that your plan allows. It does not grow, "
        "and the next review makes it easier once."
    )


def _kept(state: Playing) -> tuple[Any, ...]:
    """What must not be lost: all but the running clock."""
    return (state.place, state.dones, len(state.past), state.paused, state.auto)
