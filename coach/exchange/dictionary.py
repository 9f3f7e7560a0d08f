"""The data dictionary: every column of every exported table, and every measure of the journal.

Columns are only ever added, at the end; what a column is called and means does not change within
a version of its table (``SCHEMA``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from coach.model.noun import Noun

Kind = Literal["date", "instant", "code", "text", "number", "integer", "yes_no", "value"]
"""``value`` is a number or a word, by the measure beside it."""


class Column(Noun, frozen=True, kw_only=True):
    """One column: what it holds, in which unit, and whether it can tell who the person is."""

    name: str
    kind: Kind
    text: str
    unit: str = ""
    private: bool = False
    """Free text or a name: left out of a de-identified export."""


class Measure(Noun, frozen=True, kw_only=True):
    """One measure of the journal."""

    name: str
    unit: str
    text: str
    item: str = ""
    """The question it is the daily answer to, by its item id."""
    private: bool = False


MEASURES = (
    Measure(name="pain", unit="0-10", item="pain_now", text="Pain in the morning, 10 is worst."),
    Measure(name="pain_worst", unit="0-10", item="pain_worst", text="Worst pain, 10 is worst."),
    Measure(name="pain_average", unit="0-10", item="pain_average", text="Usual pain, 10 is worst."),
    Measure(name="sleep_hours", unit="h", item="sleep_hours", text="Hours slept."),
    Measure(name="in_bed_hours", unit="h", text="Hours spent in bed."),
    Measure(name="sleep_quality", unit="0-10", item="sleepq", text="Quality of sleep, 10 is best."),
    Measure(name="stress", unit="0-10", item="stress", text="Stress, 10 is most."),
    Measure(name="steps", unit="steps", item="steps", text="Steps of the day."),
    Measure(name="active_minutes", unit="min", text="Minutes of moving that make the heart beat faster."),
    Measure(name="sitting_hours", unit="h", item="sit_hours", text="Hours spent sitting."),
    Measure(
        name="activity_rating", unit="0-10", item="psfs_1", text="How the own activity goes, 10 is as before."
    ),
    Measure(name="rose", unit="HH:MM", text="Time of getting up."),
    Measure(name="note", unit="", text="The person's own words.", private=True),
    Measure(name="habit", unit="", text="A habit that was done; its id."),
    Measure(name="flag", unit="", text="A warning sign that was reported; its item id."),
    Measure(name="eased", unit="", text="A ladder of exercises that eased the pain; its id."),
    Measure(name="flare_start", unit="", text="First day of a flare-up; declared, or found from the pain."),
    Measure(name="flare_end", unit="", text="First day free of the flare-up."),
    Measure(name="flare_note", unit="", text="The person's own words about it.", private=True),
    Measure(name="pause_start", unit="", text="First day of a pause; the reason.", private=True),
    Measure(name="pause_end", unit="", text="Last day of a pause; the reason.", private=True),
    Measure(
        name="skip", unit="", text="A session let go; the reason, and the session as item.", private=True
    ),
    Measure(name="resting_heart", unit="/min", text="Resting heart rate, as a device measured it."),
)
"""In the order in which they are written."""

DAILY = 13
"""So many of them, from the first, are the fields of a check-in, by their names."""


def _column(name: str, kind: Kind, text: str, unit: str = "", *, private: bool = False) -> Column:
    return Column(name=name, kind=kind, text=text, unit=unit, private=private)


_SUBJECT = _column("subject", "code", "The person: the same in every table and every export of a home.")
_DAY = _column("local_date", "date", "The person's own date the row is about.")
_AT = _column("recorded_at", "instant", "When it was entered, with the offset to UTC; empty if unknown.")
_SCHEMA = _column("schema", "code", "Table and version of these columns.")
_SESSION = _column("session", "code", "Session of the plan, such as w03_s2.")
_EXERCISE = _column("exercise", "code", "Id of the exercise.")
_RPE = _column("rpe", "number", "Effort as it was felt.", "0-10")
_BEFORE = _column("pain_before", "number", "Pain before.", "0-10")
_MAX = _column("pain_max", "number", "Most pain during.", "0-10")
_FORM = _column("form", "integer", "How clean it looked: 0 good, 1 minor faults, 2 poor.", "0-2")
_AMOUNTS = (
    _column("reps", "integer", "Repetitions of a set, a side.", "count"),
    _column("hold_s", "number", "Seconds held, each time.", "s"),
    _column("metres", "number", "Metres of a set.", "m"),
)
_ROUNDS = _column("rounds", "integer", "Rounds of one minute brisk and one easy.", "count")
_LOAD = _column("load_kg", "number", "Load in all.", "kg")

TABLES: dict[str, tuple[Column, ...]] = {
    "journal": (
        _SUBJECT, _DAY, _AT,
        _column("measure", "code", "What the value is; the measures are listed below."),
        _column("value", "value", "The value: a number, or a word where the measure has no unit."),
        _column("unit", "code", "Unit of the value; empty for words."),
        _column("source", "code", "self, or the device or app; each has its own row, and self goes first."),
        _column("item", "code", "The question or thing it is about: an item id, or a session."),
        _SCHEMA,
    ),
    "sessions": (
        _SUBJECT, _DAY, _AT, _SESSION,
        _column("week", "integer", "Week of the programme.", "week"),
        _column("kind", "code", "full, short, minimum, walk or extra."),
        _column("exercises", "integer", "Exercises that were done.", "count"),
        _column("sets_planned", "integer", "Sets that were asked for.", "count"),
        _column("sets_full", "integer", "Sets in which the whole amount was done.", "count"),
        _column("rpe", "number", "Mean effort of the exercises done.", "0-10"),
        _BEFORE, _MAX, _FORM,
        _column("overlay", "code", "What shaped the doses that day, such as flare; empty for none."),
        _column("note", "text", "The person's own words.", private=True),
        _column("minutes", "number", "Minutes it took, where it was timed or told.", "min"),
        _SCHEMA,
    ),
    "sets": (
        _SUBJECT, _DAY, _SESSION, _EXERCISE,
        _column("status", "code", "done, partial, swapped, skipped or stopped."),
        _column("set", "integer", "Number of the set; empty where none was done.", "count"),
        *_AMOUNTS,
        _column("minutes", "number", "Minutes of a set.", "min"),
        _ROUNDS, _LOAD, _RPE, _BEFORE, _MAX, _FORM, _SCHEMA,
    ),
    "measures": (
        _SUBJECT, _DAY, _AT,
        _column("measure", "code", "Id of the questionnaire, official form or test."),
        _column("name", "text", "Its name."),
        _column("value", "number", "The score, or the result of the test."),
        _column("unit", "code", "Unit of the value."),
        _column("error_band", "number", "A smaller change lies within the error; empty if unknown."),
        _column("limited", "yes_no", "Whether pain ended the test, so that it shows no strength."),
        _column("source", "code", "interview, file, weekly, test, official, fhir or import."),
        _SCHEMA,
    ),
    "decisions": (
        _SUBJECT, _DAY,
        _column("week", "integer", "Week that was looked back on.", "week"),
        _EXERCISE,
        _column("name", "text", "Its name.", private=True),
        _column("rule", "code", "The rule that decided."),
        _column("action", "code", "What was done: add, advance, hold, reduce, swap and the like."),
        _column("before", "number", "Size of the dose before: sets x amount x load; within a rung only."),
        _column("after", "number", "Size of the dose after."),
        _column("to", "code", "The exercise after it, where it changed."),
        _column("text", "text", "The decision in words.", private=True),
        _column("vetoed", "yes_no", "Whether the person took it back."),
        _column("plan", "code", "Version of the plan that came of it."),
        _SCHEMA,
    ),
    "plan": (
        _SUBJECT,
        _column("week", "integer", "Week of the programme.", "week"),
        _column("starts", "date", "First day of the week."),
        _column("phase", "code", "Phase of the programme."),
        _column("forecast", "yes_no", "Whether the week is only a forecast."),
        _column("deload", "yes_no", "Whether the week is a lighter one."),
        _SESSION,
        _column("local_date", "date", "The day the session is meant for."),
        _EXERCISE,
        _column("name", "text", "Its name.", private=True),
        _column("component", "code", "c2 control, c3 loading, c4 lifestyle."),
        _column("sets", "integer", "Sets.", "count"),
        *_AMOUNTS,
        _column("minutes_each", "number", "Minutes of a set.", "min"),
        _ROUNDS,
        _column("sides", "integer", "2 where each side does it.", "count"),
        _LOAD,
        _column("rpe_low", "number", "Least effort aimed at.", "0-10"),
        _column("rpe_high", "number", "Most effort aimed at.", "0-10"),
        _column("minutes", "number", "Minutes it takes in the session.", "min"),
        _column("rule", "code", "The rule by which it is there."),
        _SCHEMA,
    ),
    "episodes": (
        _SUBJECT,
        _column("local_date", "date", "First day of the episode."),
        _column("kind", "code", "care or maintenance."),
        _column("number", "integer", "Number of the episode.", "count"),
        _column("age", "value", "Age at its start; de-identified as a span of ten years.", "years"),
        _column("sex", "code", "As it was answered; empty where it was not."),
        _column("profile", "code", "The starting point that the answers led to."),
        _column("tier", "code", "e1 to e4: how much to begin with."),
        _column("level", "code", "Result of the latest safety screen."),
        _column("weeks", "integer", "Weeks of its plan.", "week"),
        _SCHEMA,
    ),
}  # fmt: skip
"""The tables in the order of ``coach export --describe``."""


def _wide() -> Iterator[Column]:
    yield from (_SUBJECT, _DAY)
    for each in MEASURES[:DAILY]:
        kind: Kind = "number" if each.unit not in ("", "HH:MM") else "text" if each.private else "code"
        yield Column(name=each.name, kind=kind, text=each.text, unit=each.unit, private=each.private)
    yield _column("habits", "code", "Habits done that day, by a blank.")
    yield _column("flags", "code", "Warning signs of that day, by a blank.")
    yield _column("eased", "code", "Ladders that eased the pain that day, by a blank.")
    yield _column("flare", "yes_no", "Whether the day lies in a flare-up.")
    yield _column("pause", "yes_no", "Whether the day lies in a pause.")
    yield _column("sessions", "code", "Sessions done that day, by a blank.")
    yield _column("resting_heart", "number", "Resting heart rate, as a device measured it.", "/min")
    yield _column("measured", "code", "Columns of the day that a device filled, by a blank.")
    yield _SCHEMA


WIDE = tuple(_wide())
"""Columns of the journal as one row a day."""


def names(table: str, *, wide: bool = False) -> tuple[str, ...]:
    """Column names of a table in their order."""
    return tuple(each.name for each in (WIDE if wide else TABLES[table]))


def schema(table: str, *, wide: bool = False) -> str:
    """What stands in the column ``schema``."""
    return f"{table}{'-wide' if wide else ''}/1"


DESCRIBED = ("table", "column", "measure", "kind", "unit", "item", "private", "text")
"""Columns of the dictionary itself."""


def rows(tables: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """The dictionary as rows: the columns of the tables, those of the wide journal, then the measures."""
    for table in tables:
        yield from (_described(table, each) for each in TABLES[table])
        if table == "journal":
            yield from (_described("journal --wide", each) for each in WIDE)
            for one in MEASURES:
                yield {
                    "table": table,
                    "column": "value",
                    "measure": one.name,
                    "kind": "number" if one.unit not in ("", "HH:MM") else "text",
                    "unit": one.unit,
                    "item": one.item,
                    "private": one.private,
                    "text": one.text,
                }


def _described(table: str, each: Column) -> dict[str, Any]:
    return {
        "table": table,
        "column": each.name,
        "measure": "",
        "kind": each.kind,
        "unit": each.unit,
        "item": "",
        "private": each.private,
        "text": each.text,
    }
