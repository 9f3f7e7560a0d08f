"""Where the use cases work: the home, the day, and nouns read from and written to the journal."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from coach.model.log import Episode
from coach.model.noun import Noun, from_doc
from coach.problems import BadFile, Busy, NeedsDoctor, NothingToDo, Problem

if TYPE_CHECKING:
    from coach.journal.store import Store
    from coach.model.assessment import Answers, Clearance, Profile, Triage
    from coach.model.log import DeviceMonth, History
    from coach.model.plan import Plan

N = TypeVar("N", bound=Noun)
CARRIED_DAYS = 28
"""Evidence of the file before that a maintenance episode still reads."""


class Tables:
    """The nouns of one episode: of a committed revision, or of an open transaction."""

    def __init__(self, source: Any, name: str) -> None:
        self._source = source
        self.name = name

    def docs(self, table: str) -> list[dict[str, Any]]:
        """The plain documents of a table, those of the log by date."""
        from coach.journal import repo

        return repo.docs(self._source, table)

    def all(self, table: str, kind: type[N]) -> tuple[N, ...]:
        """All nouns of a table, those of the log by date."""
        from coach.journal import repo

        return repo.rows(self._source, table, kind)

    def holds(self, table: str) -> bool:
        """Whether there is such a table at all; cheap, for what most episodes do not have."""
        tables = self._source.tables
        return table in (tables() if callable(tables) else tables)

    def one(self, table: str, key: str, kind: type[N]) -> N | None:
        """The noun of this key, or null."""
        from coach.journal import repo

        return repo.get(self._source, table, key, kind)

    def last(self, table: str, kind: type[N]) -> N | None:
        """The newest noun of a table, or null."""
        docs = self.docs(table)
        return from_doc(docs[-1], kind) if docs else None

    @property
    def episode(self) -> Episode:
        """The small document about the episode itself."""
        found = self.one("meta", "episode", Episode)
        if found is None:
            raise NothingToDo("There is no assessment in this episode any more.", "begin with: coach assess")
        return found

    @property
    def plan(self) -> Plan:
        """The current plan. Raises `NothingToDo` while there is none."""
        from coach.model.plan import Plan

        plan = self.last("plan", Plan)
        if plan is None:
            raise NothingToDo("There is no plan yet.", "begin with: coach assess")
        return plan

    @property
    def answers(self) -> Answers:
        """All answers in force at the last full screen; empty while there is none."""
        from coach.model.assessment import Response

        full = [response for response in self.all("responses", Response) if response.full]
        return dict(full[-1].answers) if full else {}

    @property
    def clearances(self) -> tuple[Clearance, ...]:
        """What clinicians cleared."""
        from coach.model.assessment import Clearance

        return self.all("clearances", Clearance)

    @property
    def triage(self) -> Triage | None:
        """The newest result of the safety screen."""
        from coach.model.assessment import Triage

        return self.last("triage", Triage)

    @property
    def profile(self) -> Profile | None:
        """The newest profile."""
        from coach.model.assessment import Profile

        return self.last("profile", Profile)


class Reading(Tables):
    """One committed revision of an episode."""

    @property
    def revision(self) -> int:
        """Revision of the file."""
        return int(self._source.rev)


class Writing(Tables):
    """An open transaction of an episode."""

    facts: dict[str, Any] | None = None
    """After it: the facts behind the status line, where this is the newest episode."""

    def __init__(self, source: Any, name: str, *, closed: bool = False) -> None:
        super().__init__(source, name)
        self.closed = closed
        """Whether a later file goes on from this one, whose reviews may have read its last days, too."""
        self.then: list[Callable[[], None]] = []
        """What follows in other files once this change is on the disk; one lock covers all files."""
        self._read: dict[str, list[dict[str, Any]]] = {}

    def docs(self, table: str) -> list[dict[str, Any]]:
        """The plain documents of a table; each table is read once until it is written to."""
        if table not in self._read:
            self._read[table] = super().docs(table)
        return self._read[table]

    def all(self, table: str, kind: type[N]) -> tuple[N, ...]:
        """All nouns of a table, those of the log by date."""
        return tuple(from_doc(doc, kind) for doc in self.docs(table))

    def one(self, table: str, key: str, kind: type[N]) -> N | None:
        """The noun of this key, or null."""
        found = next((doc for doc in self.docs(table) if key in (doc.get("id"), doc.get("date"))), None)
        return None if found is None else from_doc(found, kind)

    def put(self, table: str, noun: Noun) -> None:
        """Write a noun over the one of the same key, keeping fields of newer versions."""
        from coach.journal import repo

        repo.put(self._source, table, noun)
        self._read.pop(table, None)

    def put_all(self, table: str, nouns: Sequence[Noun]) -> None:
        """Write many nouns over those of the same keys, in one go."""
        from coach.journal import repo

        repo.put_all(self._source, table, nouns)
        self._read.pop(table, None)

    def take(self, table: str, document: dict[str, Any], number: int | None = None) -> None:
        """Take in a document as it is, under its number of another file where that is free."""
        from tinydb.table import Document

        self._source.table(table).insert(document if number is None else Document(document, doc_id=number))
        self._read.pop(table, None)

    def late(self, table: str, day: date) -> bool:
        """Whether a review has read the entries of this day already (sessions of its own day it has not)."""
        found = next((doc for doc in self.docs("meta") if doc.get("id") == "episode"), None)
        reviewed = found.get("reviewed") if found else None
        if not reviewed or self.closed:
            return self.closed
        return day.isoformat() < reviewed or (table != "sessions" and day.isoformat() == reviewed)

    def drop(self, table: str, key: str) -> None:
        """Take a document away."""
        from coach.journal import repo

        repo.delete(self._source, table, key)
        self._read.pop(table, None)


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
            raise NothingToDo("There is no episode in this home yet.", "begin with: coach assess")
        covering = [name for name in names if name[:10] <= day.isoformat()]
        if not covering:
            from coach.problems import BadValue

            raise BadValue(
                f"{day} is before the first day of your plan, {names[0][:10]}.", "give a later date"
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
