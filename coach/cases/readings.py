"""What devices measured, into the journal: one undoable batch, chosen by day, self-report first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from coach.cases.data import IMPORT, ORDER
from coach.cases.reading_files import File, Found, Told, gather
from coach.desk import Desk
from coach.model.log import CheckIn, DeviceMonth
from coach.model.noun import Noun
from coach.model.reading import Batch, Reading
from coach.problems import NothingToDo
from coach.tables import Writing

if TYPE_CHECKING:
    from coach.exchange.wearables.merge import Merged

FIELDS = {"sleep_hours": "sleep_hours", "in_bed_hours": "in_bed_hours", "steps": "steps"}
"""Measures that a person can give in a check-in, too."""


class Source(Noun, frozen=True, kw_only=True):
    """What one source brings of one measure."""

    measure: str
    source: str
    days: int
    first: date
    last: date
    mean: float
    unit: str


class Came(Noun, frozen=True, kw_only=True):
    """What an import brought, or would bring."""

    kind: str
    name: str
    records: int
    new: int
    same: int
    revised: int
    outside: int
    broken: int
    other: int
    sources: tuple[Source, ...] = ()
    first: date | None = None
    """First and last day that an episode covers: records of other days are outside."""
    last: date | None = None
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    """Revised rows, the first few, in words."""
    own: dict[str, int] = {}
    """Days by measure on which the person's own value stands before the measured one."""
    twice: dict[str, int] = {}
    """Days by measure that more than one source has."""
    batch: str = ""
    written: bool = False


def import_readings(
    desk: Desk, file: File, *, kind: str = "", mapping: str = "", zone: str = "", dry_run: bool = False,
    progress: Told | None = None,
) -> Came:  # fmt: skip
    """Read a file of devices and keep what is new in it.

    Raises `NothingToDo` without an episode, and `BadFile` for a file that cannot be read; in both cases,
    and when it is interrupted, nothing was changed.
    """
    names = desk.names()
    if not names:
        raise NothingToDo(
            "There is no episode yet that readings could belong to.", "begin with: coach assess"
        )
    since = date.fromisoformat(names[0][:10])
    found = gather(file, since, desk.today, kind=kind, mapping=mapping, zone=zone, told=progress)
    batch = _next_batch(desk)
    plans = _plans(desk, found.readings, batch)
    changed = {name: merged for name, merged in plans.items() if merged.put or merged.drop}
    came = _came(desk, found, plans, since)
    if dry_run or not changed:
        return came
    _write(desk, came, changed, batch)
    return replace(came, batch=batch, written=True)


def _next_batch(desk: Desk) -> str:
    """Numbers run on over the files, as a batch may touch several of them."""
    last = 0
    for name in desk.names():
        reading = desk.read(name)
        if reading.holds("batches"):
            last = max((last, *(int(each.id[1:]) for each in reading.all("batches", Batch))))
    return f"i{last + 1:03d}"


def _plans(desk: Desk, readings: Iterable[Reading], batch: str) -> dict[str, Merged]:
    """What changes in each file, oldest first."""
    from coach.exchange.wearables.merge import merge

    by_file: dict[str, list[Reading]] = {}
    for each in readings:
        by_file.setdefault(desk.file_for(each.date), []).append(each)
    return {name: merge(_here(desk, name), by_file[name], batch) for name in desk.names() if name in by_file}


def _here(desk: Desk, name: str) -> dict[str, Reading]:
    reading = desk.read(name)
    rows = reading.all("readings", Reading) if reading.holds("readings") else ()
    return {each.id: each for each in rows}


def _write(desk: Desk, came: Came, changed: dict[str, Merged], batch: str) -> None:
    """One step in each file that changes, the newest last: undoing that one finds the others by its label."""
    order = sources_wanted(desk)
    newest = desk.names()[-1]
    label = f"{IMPORT}{came.name} ({batch})"
    for name in dict.fromkeys((*changed, newest)):
        merged = changed.get(name)
        with desk.write(label, name) as writing:
            if merged is not None:
                writing.put_all("readings", merged.put)
                for each in merged.drop:
                    writing.drop("readings", each)
                days = [each.date for each in merged.put]
                days += [date.fromisoformat(each[:10]) for each in merged.drop]
                choose(desk, writing, days, order)
            if name == newest:
                writing.put("batches", _batch(desk, came, batch))


def _batch(desk: Desk, came: Came, batch: str) -> Batch:
    return Batch(
        id=batch, at=desk.at, kind=came.kind, name=came.name, new=came.new, revised=came.revised,
        records=came.records, broken=came.broken, outside=came.outside,
    )  # fmt: skip


def choose(desk: Desk, writing: Writing, days: Iterable[date], order: Sequence[str]) -> int:
    """Choose again among the sources in the months of these days; how many days have another value now."""
    from coach.cases.corrections import mark_measured
    from coach.exchange.wearables.choose import months

    touched = {day.isoformat()[:7] for day in days}
    rows = [each for each in writing.all("readings", Reading) if each.date.isoformat()[:7] in touched]
    made = {each.id: each for each in months(rows, order)}
    before = {each.id: each for each in writing.all("devices", DeviceMonth) if each.id[-7:] in touched}
    for name in sorted(before.keys() - made.keys()):
        writing.drop("devices", name)
    put = [made[name] for name in sorted(made) if made[name] != before.get(name)]
    if put:
        writing.put_all("devices", put)
    if any(writing.late("checkins", day) for day in days) and not writing.closed:
        mark_measured(desk, writing)
    return sum(_differ(before.get(each.id), each) for each in put)


def _differ(before: DeviceMonth | None, after: DeviceMonth) -> int:
    old = before.days if before else {}
    return sum(old.get(day) != value for day, value in after.days.items())


def sources_wanted(desk: Desk) -> tuple[str, ...]:
    """The person's order of sources, most trusted first; empty where none was set."""
    from coach.cases.settings import settings

    return settings(desk).sources


def _came(desk: Desk, found: Found, plans: dict[str, Merged], since: date) -> Came:
    from coach.exchange.wearables.choose import counted_twice

    revised = [pair for merged in plans.values() for pair in merged.revised]
    to = found.gatherer
    return Came(
        kind=to.kind, name=found.name, records=to.records, outside=to.outside, broken=to.broken,
        other=to.other,
        new=sum(each.new for each in plans.values()),
        same=sum(each.same for each in plans.values()),
        revised=len(revised),
        sources=_sources(found.readings),
        first=since, last=desk.today,
        problems=tuple(to.problems), notes=tuple(to.notes),
        changes=tuple(_said(*pair) for pair in revised[:5]),
        own=_own(desk, found.readings),
        twice=counted_twice(found.readings),
    )  # fmt: skip


def _said(old: Reading, new: Reading) -> str:
    return (
        f"{new.date} {new.measure.replace('_', ' ')} {old.value:g} -> {new.value:g} {new.unit} ({new.source})"
    )


def _sources(readings: Sequence[Reading]) -> tuple[Source, ...]:
    groups: dict[tuple[str, str], list[Reading]] = {}
    for each in readings:
        groups.setdefault((each.measure, each.source), []).append(each)
    return tuple(
        Source(
            measure=measure, source=source, days=len(rows), first=min(each.date for each in rows),
            last=max(each.date for each in rows), mean=sum(each.value for each in rows) / len(rows),
            unit=rows[0].unit,
        )
        for (measure, source), rows in sorted(groups.items())
    )  # fmt: skip


def _own(desk: Desk, readings: Sequence[Reading]) -> dict[str, int]:
    """Days on which the person gave the value, too; theirs stands."""
    files = {desk.file_for(each.date) for each in readings}
    told: dict[str, set[date]] = {measure: set() for measure in FIELDS}
    for name in files:
        for entry in desk.read(name).all("checkins", CheckIn):
            for measure, field in FIELDS.items():
                if getattr(entry, field) is not None:
                    told[measure].add(entry.date)
    counted: dict[str, set[date]] = {}
    for each in readings:
        if each.date in told.get(each.measure, ()):
            counted.setdefault(each.measure, set()).add(each.date)
    return {measure: len(days) for measure, days in counted.items()}


def prefer(desk: Desk, wanted: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
    """Set the order of sources and choose again; the order, and how many days have another value now."""
    from coach.cases.settings import keep
    from coach.model.text import one_line

    order = tuple(dict.fromkeys(filter(None, (one_line(each, 60) for each in wanted))))
    keep(desk, sources=order)
    changed = 0
    for name in desk.names():
        rows = _here(desk, name)
        if rows:
            with desk.write(f"{ORDER}: {', '.join(order)}", name) as writing:
                changed += choose(desk, writing, [each.date for each in rows.values()], order)
    return order, changed


def known_sources(desk: Desk) -> tuple[Source, ...]:
    """Every source that has brought anything, by measure."""
    return _sources([each for name in desk.names() for each in _here(desk, name).values()])


def rows_of(tables: Any) -> tuple[Reading, ...]:
    """The readings of an episode, by date."""
    rows = tables.all("readings", Reading) if tables.holds("readings") else ()
    return tuple(sorted(rows, key=lambda each: each.id))
