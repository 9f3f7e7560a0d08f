"""The part of `Coach` for every day: opening a home, today, check-ins, sessions, flares, habits.

The commands of every day need no more than this; a check-in does not pay for exports.
"""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from coach.desk import Desk
from coach.model.noun import Noun

if TYPE_CHECKING:
    from typing import Self

    from coach.cases.daily import CheckedIn
    from coach.cases.habits import HabitDone, Habits
    from coach.cases.learn import LessonRow, Shown
    from coach.cases.playing import Running
    from coach.cases.sessions import Logged
    from coach.cases.today import Today
    from coach.model.log import Flare, Pause, SessionLog, Skip
    from coach.programs.barriers import Barrier


N = TypeVar("N", bound=Noun)


class Daily:
    """What `Coach` does every day, in one person's home."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @classmethod
    def open(
        cls, home: str | os.PathLike[str], *, today: str | date | None = None, at: str | None = None
    ) -> Self:
        """Open a home; it need not exist yet.

        ``today`` is the person's date (ISO text or a date), ``at`` the instant with its UTC
        offset; both come from the clock when they are left out.
        """
        from coach.home import local_day

        if isinstance(today, date):
            today = today.isoformat()
        day, instant = local_day(today)
        return cls(Desk(os.path.abspath(os.fspath(home)), date.fromisoformat(day), at or instant))

    @property
    def home(self) -> str:
        """The folder that holds everything."""
        return self._desk.home

    @property
    def today_date(self) -> date:
        """The person's date."""
        return self._desk.today

    def _after(self, event: str, done: N) -> N:
        """Let the person's own program know, where there is one; what was done is saved by then."""
        if self._desk.hooked:
            from coach.cases import hooks

            hooks.after(self._desk, event, done)
        return done

    def has_episode(self) -> bool:
        """Whether there is an episode in this home."""
        return bool(self._desk.names())

    def token(self) -> tuple[Any, ...]:
        """What tells one state of the journal from another, for `changed`."""
        return self._desk.token()

    def changed(self, token: tuple[Any, ...]) -> bool:
        """Whether anything was written, by whomever, since this token was given."""
        return self._desk.token() != token

    def today(self, day: date | None = None) -> Today:
        """What is due today, or on another day."""
        from coach.cases import today

        return today.today(self._desk, day)

    def is_due(self) -> bool:
        """Whether a session, a check-in or a review is still due today."""
        from coach.cases import today

        return today.is_due(self._desk)

    def check_in(self, day: date | None = None, **fields: Any) -> CheckedIn:
        """Merge values into the check-in of a date: pain, sleep_hours, sleep_quality, stress, note ..."""
        from coach.cases import daily

        return self._after("checkin", daily.check_in(self._desk, day, **fields))

    def signs(self) -> tuple[tuple[str, str], ...]:
        """Warning signs that can be named on any day with ``check_in(flags=...)``: id and question."""
        from coach.cases import asking

        return asking.signs(self._desk)

    def session(
        self,
        *,
        short: bool = False,
        minimum: bool = False,
        auto: bool = True,
        at: float = 0.0,
        ready_s: float | None = None,
    ) -> Running:
        """Lead through the session of today, or go on with the one that was left.

        ``at`` is the instant of the clock that its commands are given, in seconds; ``ready_s`` the
        seconds to get ready before a set, where they are not to be as usual.
        """
        from coach.cases import playing

        return playing.begin(
            self._desk,
            kind="minimum" if minimum else "short" if short else "full",
            auto=auto,
            at=at,
            ready_s=ready_s,
        )

    def log_session(self, session: str | None = None, *, day: date | None = None, **values: Any) -> Logged:
        """Record the session of a day as done, with effort, pain and form for all of it."""
        from coach.cases import sessions

        return self._after("session-end", sessions.log_session(self._desk, session, day=day, **values))

    def log_exercise(self, exercise: str, *, day: date | None = None, **values: Any) -> Logged:
        """Record one exercise as it was really done."""
        from coach.cases import sessions

        return self._after("session-end", sessions.log_exercise(self._desk, exercise, day=day, **values))

    def log_many(self, logs: tuple[SessionLog, ...]) -> Logged:
        """Record many sessions as one step that can be undone."""
        from coach.cases import sessions

        return self._after("session-end", sessions.log_many(self._desk, logs))

    def declare_flare(self, note: str = "") -> Flare:
        """Start a flare-up today."""
        from coach.cases import daily

        return self._after("flare", daily.declare_flare(self._desk, note))

    def end_flare(self) -> Flare:
        """End the flare-up that runs."""
        from coach.cases import daily

        return self._after("flare", daily.end_flare(self._desk))

    def pause(self, start: date, end: date, reason: str = "") -> Pause:
        """Declare days that do not count, from ``start`` to ``end`` inclusive."""
        from coach.cases import daily

        return daily.pause(self._desk, start, end, reason)

    def end_pause(self) -> Pause:
        """Come back before the pause is over."""
        from coach.cases import daily

        return daily.end_pause(self._desk)

    def skip(self, reason: str, session: str | None = None, *, cue: str = "") -> Skip:
        """Let today's session go, or the named one; ``cue`` is a new moment for the next ones."""
        from coach.cases import daily, today

        return daily.skip(self._desk, session or today.session_due(self._desk), reason, cue)

    def barriers(self) -> tuple[Barrier, ...]:
        """What may be in the way of a session, each with a remedy that changes something."""
        from coach.programs.barriers import load_barriers

        return load_barriers()

    def habits(self, day: date | None = None) -> Habits:
        """The habits of the week, and what was done of each."""
        from coach.cases import habits

        return habits.habits(self._desk, day)

    def habit_done(self, habit: str, day: date | None = None, **values: Any) -> HabitDone:
        """Note a habit as done; ``at`` is the time of getting up, ``rating`` the own activity's mark."""
        from coach.cases import habits

        return habits.habit_done(self._desk, habit, day, **values)

    def lessons(self, words: tuple[str, ...] = ()) -> tuple[LessonRow, ...]:
        """The lessons in the order of this plan, with what was read; ``words`` must all stand in one."""
        from coach.cases import learn

        return learn.lessons(self._desk, words)

    def lesson_waiting(self) -> str:
        """The title of the lesson of this week while it is unread, else nothing."""
        from coach.cases import learn

        return learn.waiting(self._desk)

    def lesson(self, wanted: str = "") -> Shown:
        """One lesson by its number or id; that of this week without either."""
        from coach.cases import learn

        return learn.lesson(self._desk, wanted)

    def lesson_read(self, wanted: str = "", understood: bool | None = None) -> LessonRow:
        """Keep that a lesson was read today."""
        from coach.cases import learn

        return learn.mark_read(self._desk, wanted, understood)
