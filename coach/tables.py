"""The nouns of one episode: of a committed revision, or of an open transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from coach.model.log import Episode
from coach.model.noun import Noun, from_doc
from coach.problems import NothingToDo, Withheld

if TYPE_CHECKING:
    from coach.model.assessment import Answers, Clearance, Profile, Triage
    from coach.model.plan import Plan

N = TypeVar("N", bound=Noun)


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
        """The current plan. Raises `NothingToDo` while there is none, `Withheld` where none may be made."""
        from coach.model.plan import Plan

        plan = self.last("plan", Plan)
        if plan is None:
            if self.docs("meta") and self.episode.closed:
                raise Withheld(
                    "No plan is made before the warning signs of your answers are cleared up.",
                    "coach today says whom to see and what to do",
                )
            raise NothingToDo("There is no plan yet.", "begin with: coach assess")
        return plan

    def plan_on(self, day: date) -> Plan:
        """The version of the plan that was in force on a day."""
        from coach.model.plan import Plan

        current = self.plan
        if day >= current.week.starts or not self.docs("plans"):
            return current
        earlier = [plan for plan in self.all("plans", Plan) if plan.week.starts <= day]
        return earlier[-1] if earlier else current

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
