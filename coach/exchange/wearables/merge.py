"""What came in beside what is there: added, the same, or a revised value in the place of the old one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from coach.exchange.wearables import stamps
from coach.exchange.wearables.gather import night_of
from coach.exchange.wearables.limits import load_limits
from coach.model.noun import Noun
from coach.model.reading import Part, Reading


class Merged(Noun, frozen=True, kw_only=True):
    """The rows to write, and what they are."""

    put: tuple[Reading, ...] = ()
    drop: tuple[str, ...] = ()
    """Rows whose only log moved to another day."""
    new: int = 0
    same: int = 0
    revised: tuple[tuple[Reading, Reading], ...] = ()
    """What a row was, and what it is now."""


def merge(here: Mapping[str, Reading], found: Iterable[Reading], batch: str) -> Merged:
    """Lay what was found over the rows that are here.

    A log of sleep is known by its id, else by its time: the same again adds nothing, a revised one
    replaces. A count of steps only ever grows, so the fuller count of a day is kept.
    """
    put: dict[str, Reading] = {}
    drop: dict[str, None] = {}
    new = same = 0
    revised: list[tuple[Reading, Reading]] = []
    owners = {(row.source, part.id): row.id for row in here.values() for part in row.parts if part.id}
    for reading in found:
        for moved in _moved(reading, here, owners, batch):
            drop.pop(moved.id, None)
            if isinstance(moved, Reading):
                put[moved.id] = moved
            else:
                drop[moved.gone] = None
        old = here.get(reading.id)
        if old is None:
            put[reading.id] = replace(reading, batch=batch)
            new += 1
            continue
        after = _over(old, reading)
        if after == old:
            same += 1
            continue
        put[reading.id] = replace(after, batch=batch)
        revised.append((old, put[reading.id]))
    return Merged(
        put=tuple(put.values()), drop=tuple(each for each in drop if each not in put), new=new, same=same,
        revised=tuple(revised),
    )  # fmt: skip


class _Gone:
    """A row that loses its only log."""

    def __init__(self, gone: str) -> None:
        self.id = self.gone = gone


def _moved(
    reading: Reading, here: Mapping[str, Reading], owners: Mapping[tuple[str, str], str], batch: str
) -> list[Reading | _Gone]:
    """Rows of other days that held a log which now ends on another day."""
    found: list[Reading | _Gone] = []
    ids = {part.id for part in reading.parts if part.id}
    rows = {owners[reading.source, each] for each in ids if (reading.source, each) in owners}
    for name in sorted(rows - {reading.id}):
        row = here[name]
        left = tuple(each for each in row.parts if each.id not in ids)
        kept = night_of(row.measure, row.source, row.date, left)
        found.append(_Gone(name) if kept is None else replace(kept, batch=batch))
    return found


def _over(old: Reading, new: Reading) -> Reading:
    if new.measure == "steps":
        return old if new.value <= old.value else replace(new, batch=old.batch)
    if not new.parts or not old.parts:
        return old if new.value == old.value else replace(new, batch=old.batch)
    kept = [each for each in old.parts if not any(_same_log(each, part) for part in new.parts)]
    parts = tuple(sorted((*kept, *new.parts), key=lambda each: (_span(each), each.id)))
    if parts == old.parts:
        return old
    most = int(load_limits()["parts_most"])
    made = night_of(old.measure, old.source, old.date, parts[:most])
    return old if made is None else replace(made, batch=old.batch)


def _same_log(old: Part, new: Part) -> bool:
    if old.id and new.id:
        return old.id == new.id
    (start, end), (first, last) = _span(old), _span(new)
    return start < last and first < end


def _span(part: Part) -> tuple[int, int]:
    return stamps.read(part.start)[0], stamps.read(part.end)[0]
