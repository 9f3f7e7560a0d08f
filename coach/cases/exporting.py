"""Exports: which rows, of which days, in which form, with or without what tells who the person is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from coach.desk import Desk, problems
from coach.problems import BadValue, NothingToDo
from coach.tables import Reading

if TYPE_CHECKING:
    from datetime import date

    from coach.exchange.deidentify import Hider
    from coach.exchange.full import EpisodeFile
    from coach.exchange.rows import Measurement
    from coach.model.log import History

Row = dict[str, Any]
WHATS = ("journal", "sessions", "sets", "measures", "plan", "decisions", "episodes", "all")
OWN = ("steps", "_seal")
"""Tables that belong to the file, not to the person."""


def export(
    desk: Desk,
    what: str,
    form: str,
    *,
    since: date | None = None,
    until: date | None = None,
    wide: bool = False,
    spreadsheet: bool = False,
    hide: bool = False,
    report: Callable[[str], None] = lambda line: None,
) -> Iterator[str]:
    """Chunks of text of an export. Raises `BadValue` for what is not there or does not go together.

    ``wide`` is a row a day of the journal, ``spreadsheet`` makes the CSV safe for one, ``hide`` leaves
    out what tells who the person is; what that took is told to ``report`` at the end.
    """
    from coach.exchange import formats

    _check(what, form, wide=wide, spreadsheet=spreadsheet)
    if not desk.names():
        raise NothingToDo(
            "There is nothing to export: no episode in this home yet.", "begin with: coach assess"
        )
    if what == "all" and not hide:
        if since or until:
            raise BadValue(
                "The full export takes no dates: it is everything.", "coach export journal --since ..."
            )
        return _everything(desk)
    hider = _hider(desk) if hide else None

    def days(row: Row) -> bool:
        day = row["local_date"]
        return (since is None or day >= since.isoformat()) and (until is None or day <= until.isoformat())

    def found(table: str) -> Iterator[Row]:
        every: Iterable[Row] = _rows(desk, table, wide=wide)
        if since or until:
            every = filter(days, every)
        yield from hider.rows(every, table, wide=wide) if hider else every

    if what == "all":
        chunks = formats.tables(found, tuple(each for each in WHATS if each != "all"))
    else:
        from coach.exchange.dictionary import names

        name = f"{what}-wide" if wide else what
        columns = names(what, wide=wide)
        chunks = formats.text(found(what), columns, name, form, spreadsheet=spreadsheet)
    return _told(chunks, hider, report) if hider else chunks


def _check(what: str, form: str, *, wide: bool, spreadsheet: bool) -> None:
    from coach.exchange.formats import FORMATS

    if what not in WHATS:
        raise BadValue(f"There is no export “{what}”.", f"there is: {', '.join(WHATS)}")
    if what == "all" and form != "json":
        raise BadValue("The full export is one JSON document.", "coach export all --format json")
    if form not in FORMATS:
        raise BadValue(f"There is no format “{form}”.", f"there is: {', '.join(FORMATS)}")
    if wide and what != "journal":
        raise BadValue("Only the journal has a row a day.", "coach export journal --wide")
    if spreadsheet and form != "csv":
        raise BadValue("Only CSV is made for spreadsheets.", "leave --format out, or --for")


def _told(chunks: Iterator[str], hider: Hider, report: Callable[[str], None]) -> Iterator[str]:
    yield from chunks
    for line in hider.report():
        report(line)


def _rows(desk: Desk, what: str, *, wide: bool) -> Iterator[Row]:
    """The rows of a table over all episodes, oldest first, each with the subject."""
    subject = subject_of(desk)
    for row in _source(desk, what, wide=wide):
        row["subject"] = subject
        yield row


def _source(desk: Desk, what: str, *, wide: bool) -> Iterator[Row]:
    from coach.exchange import rows

    if what == "plan":
        from coach.cases.looking import weeks

        yield from rows.plan(weeks(desk)[1])
        return
    if what == "episodes":
        yield from (_episode(desk.read(name)) for name in desk.names())
        return
    makers = {"journal": rows.wide if wide else rows.journal, "sessions": rows.sessions, "sets": rows.sets}
    for name in desk.names():
        reading = desk.read(name)
        if what == "decisions":
            from coach.model.review import Review

            yield from rows.decisions(reading.all("reviews", Review))
        elif what == "measures":
            yield from rows.measures(measurements(reading))
        else:
            yield from makers[what](_logged(desk, reading))
            if what == "journal" and not wide:
                from coach.cases.readings import rows_of

                yield from rows.readings(rows_of(reading))


def _logged(desk: Desk, reading: Reading) -> History:
    """The log of an episode; a flare-up that nobody ended ends where the mornings say so."""
    from msgspec.structs import replace

    history = desk.history(reading, carried=False)
    if all(each.end for each in history.flares):
        return history
    from coach.programs.flares import flare_ended

    found = (
        each if each.end else replace(each, end=flare_ended(each, history, desk.today))
        for each in history.flares
    )
    return replace(history, flares=tuple(found))


def measurements(reading: Reading) -> Iterator[Measurement]:
    """Every reading of a questionnaire, an official form or a test of an episode, by date."""
    from coach.exchange.rows import Measurement
    from coach.model.assessment import Entered, Response
    from coach.questionnaires import course
    from coach.questionnaires.readings import official_reading, readings, series

    found: list[tuple[str, str, Any]] = []
    for each in reading.all("responses", Response):
        if each.full:
            found += [(each.at, each.source, one) for one in readings((each,))]
    for form in reading.all("measures", Entered):
        if form.kind == "official":
            told = official_reading(form.instrument, form.answers, form.date)
            found += [(form.at, "official", one) for one in told]
    named = {each.measure: each for each in course.course([one for _, _, one in found])}
    for at, source, one in sorted(found, key=lambda each: each[2].date):
        if one.measure in named:
            yield Measurement(
                date=one.date, at=at, measure=one.measure, name=named[one.measure].name, value=one.value,
                unit=named[one.measure].unit, error_band=named[one.measure].mdc, limited=one.limited,
                source="test" if one.measure in series() else source,
            )  # fmt: skip


def _episode(reading: Reading) -> Row:
    from coach.questionnaires.scoring import number

    found, answers, profile = reading.episode, reading.answers, reading.profile
    age = number(answers.get("age"))
    return {
        "local_date": found.start.isoformat(),
        "kind": found.kind,
        "number": found.number,
        "age": age,
        "sex": str(answers.get("sex") or ""),
        "profile": profile.primary if profile else "",
        "tier": profile.tier if profile else "",
        "level": found.level,
        "weeks": found.weeks if found.plan else None,
        "schema": "episodes/1",
    }


def subject_of(desk: Desk) -> str:
    """A name for the person that is the same in every export, made of when the first answers were given."""
    import hashlib

    reading = desk.read(desk.names()[0])
    first = next(iter(reading.docs("responses")), {})
    made = f"{reading.name[:10]} {first.get('at', '')} {first.get('id', '')}"
    return f"p-{hashlib.sha256(made.encode()).hexdigest()[:8]}"


def _hider(desk: Desk) -> Hider:
    from coach.cases.masking import mask
    from coach.exchange.deidentify import Hider

    return Hider(mask(desk))


def describe(what: str | None, form: str) -> Iterator[str]:
    """The data dictionary of a table, or of all of them, in a format of the exports."""
    from coach.exchange import dictionary, formats

    if what not in (None, "all", *dictionary.TABLES):
        raise BadValue(f"There is no export “{what}”.", f"there is: {', '.join(WHATS)}")
    if form not in formats.FORMATS:
        raise BadValue(f"There is no format “{form}”.", f"there is: {', '.join(formats.FORMATS)}")
    tables = (what,) if what and what != "all" else tuple(dictionary.TABLES)
    return formats.text(dictionary.rows(tables), dictionary.DESCRIBED, "dictionary", form)


def _everything(desk: Desk) -> Iterator[str]:
    from coach.exchange import full
    from coach.version import VERSION

    return full.write((_file(desk, name) for name in desk.names()), VERSION)


def _file(desk: Desk, name: str) -> EpisodeFile:
    """The documents of an episode by table and id, as they are stored."""
    import json

    from coach.exchange.full import EpisodeFile

    with problems():
        view = desk.store.view(name)
        tables = {table: json.loads(view.json(table)) for table in view.tables if table not in OWN}
    return EpisodeFile(name=name, tables={table: rows for table, rows in tables.items() if rows})
