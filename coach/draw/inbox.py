"""The inbox as lines of at most 80 columns, and as rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from coach.draw.words import day, number, wrap
from coach.model.inbox import COLOURS, Inbox, Person
from coach.model.text import one_line

WIDTH = 80
COLUMNS = (
    "colour", "label", "made", "days", "packet", "week", "weeks", "adherence", "pain_start", "pain_now",
    "questions", "plan", "rules", "why", "unknown", "new", "file", "key",
)  # fmt: skip
"""Columns of the CSV; they are only ever added to."""
_REASONS = 3
_LINES = 3
"""Lines of one reason."""
_BROKEN = 10


def lines(found: Inbox) -> Iterator[str]:
    """People worst first, each colour with its reasons and their numbers."""
    counts = ", ".join(f"{found.count(each)} {each}" for each in COLOURS)
    yield f"{_people(len(found.people))}: {counts}."
    if found.people:
        yield ""
        yield f"{'':<6} {'who':<20} {'week':<8} {'made':<16} {'kept':>5}  pain"
    for each in found.people:
        yield _row(each)
        shown = each.why[:_REASONS]
        for why in shown:
            numbers = f" ({', '.join(why.numbers)})" if why.numbers else ""
            told = wrap(f"{why.rule}{numbers}: {why.text}", WIDTH - 10)
            yield f"       {told[0]}"
            yield from (_cut(f"         {line}") for line in told[1:_LINES])
        if len(each.why) > len(shown):
            rest = ", ".join(why.rule for why in each.why[_REASONS:])
            yield _cut(f"       and {rest}")
    yield from _rest(found)


def _row(each: Person) -> str:
    week = f"{each.week} of {each.weeks}" if each.week is not None else "no plan"
    made = day(each.made, year=True)
    kept = "-" if each.kept is None else f"{number(each.kept).partition('.')[0]} %"
    pain = f"{number(each.pain_start)} -> {number(each.pain_now)}"
    tail = "  NEW" if each.new else ""
    return _cut(
        f"{each.colour.upper():<6} {_cut(each.label, 20):<20} {week:<8} {made:<16} {kept:>5}  {pain}{tail}"
    )


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _rest(found: Inbox) -> Iterator[str]:
    told = [f"{found.packets} packet{' was' if found.packets == 1 else 's were'} read"]
    told += [f"{found.older} older ones left aside"] if found.older else []
    told += [f"{found.same} there twice"] if found.same else []
    told += [f"{found.broken} broken"] if found.broken else []
    yield ""
    yield f"{', '.join(told)}."
    yield from (_cut(each) for each in found.notes)
    for each in found.examples[:_BROKEN]:
        yield _cut(f"  {each.file}: {each.problem}")
    if found.broken > _BROKEN:
        yield f"  and {found.broken - _BROKEN} more broken ones"


def _cut(text: str, width: int = WIDTH) -> str:
    line = text if len(text) <= width else f"{text[: width - 1].rstrip()}…"
    return line.rstrip() if width == WIDTH else line


def rows(found: Inbox) -> Iterator[dict[str, Any]]:
    """One row a person, for CSV."""
    for each in found.people:
        yield {
            "colour": each.colour,
            "label": each.label,
            "made": each.made.isoformat(),
            "days": each.days,
            "packet": each.number,
            "week": each.week,
            "weeks": each.weeks,
            "adherence": each.kept,
            "pain_start": each.pain_start,
            "pain_now": each.pain_now,
            "questions": each.questions,
            "plan": one_line(each.plan),
            "rules": " ".join(why.rule for why in each.why),
            "why": " ".join(f"{why.text} ({', '.join(why.numbers)})" for why in each.why),
            "unknown": " ".join(each.unknown),
            "new": each.new,
            "file": each.file,
            "key": each.key,
        }
