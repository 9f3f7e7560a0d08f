"""A plan file as the person will see it: blocks of text that the terminal, Markdown and HTML each lay out."""

from __future__ import annotations

from typing import Any, Literal

from coach.draw import handed, words
from coach.model.noun import Noun
from coach.model.plan import Prescription, Week

Kind = Literal["title", "heading", "part", "text", "note", "rows", "items"]
COLUMNS = ("exercise", "how much", "effort", "may grow to")


class Block(Noun, frozen=True, kw_only=True):
    """One piece of a preview: a heading, a text, a list, or a table of `COLUMNS`."""

    kind: Kind
    text: str = ""
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(found: Any, week: int | None = None) -> tuple[Block, ...]:
    """Everything of a preview in order; with ``week`` that one alone.

    ``found`` is the preview as the use case gives it.
    """
    made = [Block(kind="title", text=found.file.title), Block(kind="note", text=_state(found))]
    if week is None:
        made += _head(found)
    for each in found.weeks:
        if week in (None, each.number):
            made += _week(each, found.ceilings.get(str(each.number), {}), found.plan.preferences.units)
    return tuple(made)


def _state(found: Any) -> str:
    by = f"by {found.applied.author}, " if found.applied.author else ""
    whose = "for a made-up person, for no plan runs here" if found.made_up else "for the person of this home"
    return f"{by}{handed.seal(found.applied)}. Shown {whose}."


def _head(found: Any) -> list[Block]:
    file, made = found.file, []
    if file.patient:
        made.append(Block(kind="text", text=file.patient))
    if file.goals:
        made += [Block(kind="part", text="Goals"), Block(kind="items", items=file.goals)]
    if found.conflicts:
        made += [
            Block(kind="part", text="Where the file and this person's plan do not fit together"),
            Block(kind="items", items=found.conflicts),
        ]
    if file.asks:
        asked = tuple(each.text for each in file.asks)
        made += [Block(kind="part", text="Asked each week"), Block(kind="items", items=asked)]
    said = (
        "Only the coming week is fixed. Later weeks show today's doses; they rise only by the weekly review."
    )
    return [*made, Block(kind="note", text=said)]


def _week(week: Week, ceilings: dict[str, str], units: str) -> list[Block]:
    state = " (forecast)" if week.forecast else ""
    easy = ", an easier week" if week.deload else ""
    made = [Block(kind="heading", text=f"Week {week.number}: {week.phase_name}{easy}{state}")]
    if week.aim:
        made.append(Block(kind="text", text=week.aim))
    for session in week.sessions:
        name = f"Session {session.number}, about {round(session.minutes)} min"
        made.append(Block(kind="part", text=name))
        made.append(Block(kind="rows", rows=tuple(_row(p, ceilings, units) for p in session.prescriptions)))
        notes = tuple(f"{each.name}: {each.note}" for each in session.prescriptions if each.note)
        if notes:
            made.append(Block(kind="items", items=notes))
    besides = []
    if week.walk is not None:
        besides.append(f"Walking: {week.walk.times} x {words.number(week.walk.minutes)} min")
    besides += [f"Habit: {habit.text}" for habit in week.habits]
    besides += [f"Read: {week.lesson_title}"] if week.lesson_title else []
    besides += [f"Milestone: {week.milestone}"] if week.milestone else []
    besides += [f"Note: {note.text}" for note in week.notes if note.rule != "forecast"]
    return [*made, Block(kind="items", items=tuple(besides))] if besides else made


def _row(each: Prescription, ceilings: dict[str, str], units: str) -> tuple[str, ...]:
    return (
        each.name,
        words.dose(each.dose, units),
        words.effort(each.dose),
        ceilings.get(each.exercise, ""),
    )


def text(found: tuple[Block, ...], width: int | None = None) -> list[str]:
    """The blocks as lines for a terminal."""
    lines: list[str] = []
    for block in found:
        if block.kind in ("title", "heading", "part"):
            lines += ["", block.text] if lines else [block.text]
        elif block.kind in ("text", "note"):
            for part in block.text.splitlines():
                lines += words.wrap(part, width)
        elif block.kind == "items":
            for item in block.items:
                lines += words.wrap(f"- {item}", width, "  ")
        else:
            lines += [_line(row) for row in block.rows]
    return lines


def _line(row: tuple[str, ...]) -> str:
    name, amount, effort, most = row
    grows = f", up to {most}" if most else ""
    return f"  {name:<36} {amount}, {effort}{grows}"


def markdown(found: tuple[Block, ...]) -> str:
    """The blocks as Markdown; what stands in a text is never markup."""
    marks = {"title": "# ", "heading": "## ", "part": "### "}
    parts = []
    for block in found:
        if block.kind in marks:
            parts.append(marks[block.kind] + _plain(block.text))
        elif block.kind == "items":
            parts.append("\n".join(f"- {_plain(item)}" for item in block.items))
        elif block.kind == "rows":
            head = f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}\n"
            parts.append(head + "\n".join(f"| {' | '.join(map(_plain, row))} |" for row in block.rows))
        else:
            parts.append(f"*{_plain(block.text)}*" if block.kind == "note" else _plain(block.text))
    return "\n\n".join(parts) + "\n"


def _plain(value: str) -> str:
    """A text on one line whose signs mean nothing in Markdown."""
    one = " ".join(value.split())
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>#|~!" else sign for sign in one)
