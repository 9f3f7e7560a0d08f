"""Where the use cases work: the home, the day, and the episodes of the journal."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from coach.problems import BadFile, Busy, NeedsDoctor, NothingToDo, Problem
from coach.tables import Reading, Tables, Writing

if TYPE_CHECKING:
    from coach.journal.store import Store
    from coach.model.log import DeviceMonth, History

CARRIED_DAYS = 28
"""Evidence of the file before that a maintenance episode still reads."""


class Desk:
    """The home of one person on one day."""

    def __init__(self, home: str, today: date, at: str) -> None:
        self.home = home
        self.today = today
        self.at = at
        self._listed: tuple[int, tuple[str, ...]] = (0, ())

    @property
    def hooked(self) -> bool:
        """Whether there is a folder for hooks at all: all that is looked at where there is none."""
        return os.path.isdir(os.path.join(self.home, "hooks"))

    @property
    def store(self) -> Store:
        """The journal of this home."""
        from coach.journal.store import Store

        return Store(os.path.join(self.home, "journal"))

    def names(self) -> tuple[str, ...]:
        """File names of all episodes, oldest first; the folder is listed again only when it changed."""
        try:
            changed = os.stat(os.path.join(self.home, "journal", "episodes")).st_mtime_ns
        except OSError:
            return self.store.episodes()
        if changed != self._listed[0]:
            self._listed = (changed, self.store.episodes())
        return self._listed[1]

    def token(self) -> tuple[Any, ...]:
        """What is different after every commit: the folder of the episodes, and the newest file."""
        folder = os.path.join(self.home, "journal", "episodes")
        try:
            names = self.names()
            newest = os.stat(os.path.join(folder, names[-1])) if names else None
            changed = os.stat(folder).st_mtime_ns
        except OSError:
            return ()
        return (changed, newest and (newest.st_ino, newest.st_mtime_ns, newest.st_size))

    def file_for(self, day: date) -> str:
        """The episode that covers a date. Raises `NothingToDo` without one, `BadValue` before the first."""
        names = self.names()
        if not names:
            raise NothingToDo("There is no plan yet, and nothing was answered.", "begin with: coach assess")
        covering = [name for name in names if name[:10] <= day.isoformat()]
        if not covering:
            from coach.problems import BadValue

            raise BadValue(
                f"{day} is before the first day of your plan, {names[0][:10]}.",
                "give a later date, or set the clock of this computer right",
            )
        return covering[-1]

    def read(self, name: str | None = None) -> Reading:
        """Read the episode of today, or the named one."""
        with problems():
            name = name or self.file_for(self.today)
            return Reading(self.store.view(name), name)

    @contextmanager
    def write(self, label: str, name: str | None = None, **options: Any) -> Iterator[Writing]:
        """Open a transaction; on leaving, what was put is on the disk, or nothing was changed."""
        from coach import status
        from coach.facts import facts

        with problems():
            name = name or self.file_for(self.today)
            with self.store.transaction(name, label=label, today=self.today, at=self.at, **options) as db:
                writing = Writing(db, name, closed=name < max((*self.names(), name)))
                yield writing
                if not writing.closed:
                    writing.facts = facts(writing, self.today)
        for follow in writing.then:
            follow()
        if writing.facts is not None:
            status.keep(self.home, writing.facts)

    def history(self, tables: Tables, *, carried: bool = True) -> History:
        """All that was logged, in order of date, with the end of the file before where ``carried``."""
        from coach.model.log import CheckIn, Flare, History, Pause, SessionLog, Skip

        found: dict[str, list[Any]] = {}
        kinds = (("checkins", CheckIn), ("sessions", SessionLog), ("flares", Flare))
        for table, kind in (*kinds, ("pauses", Pause), ("skips", Skip)):
            found[table] = list(tables.all(table, kind))
        names = self.names()
        place = names.index(tables.name) if tables.name in names else 0
        if place and carried:
            before = self.read(names[place - 1])
            for table, kind in (*kinds, ("pauses", Pause)):
                earlier: tuple[Any, ...] = before.all(table, kind)
                first = carried_from(tables.name, table)
                found[table] += [noun for noun in earlier if day_of(noun) >= first]
        return History(
            devices=self._devices(tables, names[place - 1] if place and carried else ""),
            **{
                table: tuple(sorted(nouns, key=lambda noun: (day_of(noun), str(getattr(noun, "id", "")))))
                for table, nouns in found.items()
            },
        )

    def _devices(self, tables: Tables, before: str) -> tuple[DeviceMonth, ...]:
        """What devices measured, with that of the file before where its days are still read."""
        sources = (tables, *((self.read(before),) if before else ()))
        found = [each for each in sources if each.holds("devices")]
        if not found:
            return ()
        from coach.model.log import DeviceMonth

        return tuple(month for each in found for month in each.all("devices", DeviceMonth))


def carried_from(name: str, table: str) -> date:
    """First day of the file before whose entries the episode of this file still reads."""
    since = date.fromisoformat(name[:10]) - timedelta(days=CARRIED_DAYS)
    # a flare of the first carried day is measured against the mornings of its week before
    return since - timedelta(days=8) if table == "checkins" else since


def day_of(noun: Any) -> date:
    """The date of a log entry, or the first day of a flare or a pause."""
    day: date = noun.date if hasattr(noun, "date") else noun.start
    return day


@contextmanager
def problems() -> Iterator[None]:
    """Turn what the journal says into what a person meets."""
    try:
        yield
    except Problem:
        raise
    except Exception as error:
        kinds: dict[str, type[Problem]] = {
            "Busy": Busy,
            "Conflict": Busy,
            "Damaged": NeedsDoctor,
            "NewerFile": NeedsDoctor,
            "NotDurable": NeedsDoctor,
            "NoSpace": NeedsDoctor,
            "ReadOnly": NeedsDoctor,
            "Failed": NeedsDoctor,
            "Missing": NeedsDoctor,
            "NotStorable": BadFile,
            "Refused": BadFile,
            "NotANoun": NeedsDoctor,
        }
        kind = kinds.get(type(error).__name__)
        if kind is None:
            raise
        raise kind(
            getattr(error, "message", str(error)), "coach doctor" if kind is NeedsDoctor else ""
        ) from error
