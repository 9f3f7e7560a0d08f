"""Rows without what tells who the person is: dates moved, own words left out, age as a span.

It makes it harder to know the person, and that is all: someone who has another copy of the same
days can still match them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from coach.exchange.dictionary import MEASURES, TABLES, WIDE
from coach.model.noun import Noun

SPAN_YEARS = 10
OLDEST = 90
"""Ages from here on are one span."""
KNOWN_SOURCES = frozenset(
    {"", "self", "interview", "file", "weekly", "checkin", "import", "test", "official", "fhir"}
)
_PRIVATE_MEASURES = frozenset(each.name for each in MEASURES if each.private)


class Mask(Noun, frozen=True, kw_only=True):
    """What a home puts in the place of the person: a made-up name, and weeks to move dates by."""

    subject: str
    weeks: int


class Hider:
    """Takes out of rows what tells who the person is, and counts what it took."""

    def __init__(self, mask: Mask) -> None:
        self.mask = mask
        self.removed: dict[str, int] = {}
        """Filled cells that were left out, by what they were."""
        self.coarse = False
        """Whether an age became a span."""
        self._shift = timedelta(weeks=mask.weeks)

    def rows(
        self, found: Iterable[dict[str, Any]], table: str, *, wide: bool = False
    ) -> Iterator[dict[str, Any]]:
        """The rows of a table, without what tells who the person is."""
        columns = WIDE if wide else TABLES[table]
        dates = [each.name for each in columns if each.kind == "date"]
        private = [each.name for each in columns if each.private]
        for row in found:
            new = {**row, "subject": self.mask.subject}
            for name in dates:
                new[name] = (date.fromisoformat(new[name]) + self._shift).isoformat()
            for name in private:
                self._drop(new, name, name)
            self._drop(new, "recorded_at", "time of entry")
            if new.get("measure") in _PRIVATE_MEASURES:
                self._drop(new, "value", row["measure"])
            if new.get("source", "") not in KNOWN_SOURCES:
                self._count("name of a device or app")
                new["source"] = "device"
            if new.get("age") is not None:
                new["age"] = span(new["age"])
                self.coarse = True
            yield new

    def _drop(self, row: dict[str, Any], column: str, what: str) -> None:
        if row.get(column) not in (None, ""):
            row[column] = "" if isinstance(row[column], str) else None
            self._count(what)

    def _count(self, what: str) -> None:
        self.removed[what] = self.removed.get(what, 0) + 1

    def report(self) -> list[str]:
        """What was done, a line each."""
        lines = ["Dates were moved by the same number of whole weeks, so that days of the week stay."]
        lines += [f"Left out: {what} ({count})." for what, count in sorted(self.removed.items())]
        lines += ["Age is given as ten years."] if self.coarse else []
        return [*lines, "Someone who has another copy of these days can still match them."]


def span(age: float) -> str:
    """An age as ten years: ``40-49``, or ``90+``."""
    if age >= OLDEST:
        return f"{OLDEST}+"
    low = int(age) // SPAN_YEARS * SPAN_YEARS
    return f"{low}-{low + SPAN_YEARS - 1}"
