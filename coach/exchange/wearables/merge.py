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
    rows = tuple(found)
    put: dict[str, Reading] = {}
    new = same = 0
    revised: list[tuple[Reading, Reading]] = []
    left, drop = _without_moved(here, rows)
    for name, reading in left.items():
        if reading is not here[name]:
            put[name] = replace(reading, batch=batch)
    for reading in rows:
        old = left.get(reading.id)
        before = here.get(reading.id)
        after = reading if old is None else _over(old, reading)
        if before is None:
            new += 1
        elif after == before:
            same += 1
            put.pop(reading.id, None)
            continue
        put[reading.id] = replace(after, batch=batch)
        if before is not None:
            revised.append((before, put[reading.id]))
    return Merged(
        put=tuple(put.values()), drop=tuple(each for each in drop if each not in put), new=new, same=same,
        revised=tuple(revised),
    )  # fmt: skip


def _without_moved(
    here: Mapping[str, Reading], found: tuple[Reading, ...]
) -> tuple[dict[str, Reading], tuple[str, ...]]:
    """The rows without logs that now end on another day, and the rows that have none left."""
    days = {(row.source, part.id): row.id for row in found for part in row.parts if part.id}
    left: dict[str, Reading] = {}
    gone = []
    for name, row in here.items():
        kept = tuple(each for each in row.parts if days.get((row.source, each.id), name) == name)
        if kept == row.parts:
            left[name] = row
            continue
        made = night_of(row.measure, row.source, row.date, kept)
        if made is None:
            gone.append(name)
        else:
            left[name] = replace(made, batch=row.batch)
    return left, tuple(gone)


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
