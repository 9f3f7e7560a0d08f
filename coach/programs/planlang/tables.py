"""The second door: a simple plan as a table, one row an exercise, read by the same reader as a file.

Rows above the header give what stands above the exercises of a file (``title``, ``days`` ...), key and value
in the first two columns. The header row begins with ``exercise``. A row with ``weeks`` changes the dose of
the exercise in those weeks. Ranges may be written ``8 to 12``, which no spreadsheet takes for a date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import normalize

from coach.model.planfile import PlanFile
from coach.model.planlines import DoseLine
from coach.model.text import clean
from coach.programs.planlang.doses import parse_dose
from coach.programs.planlang.problem import PlanFileError, Problem
from coach.programs.planlang.ranges import a_date, turned, write_decimals, write_span, write_weeks
from coach.programs.planlang.words import BadText, figure
from coach.programs.planyaml import Fields, Items, Node, Text

COLUMNS = (
    "exercise", "like", "title", "text", "weeks", "sets", "reps", "hold_s", "rest_s", "tempo",
    "load_start_kg", "load_step_kg", "load_cap_kg", "effort", "days", "progression", "pain", "note",
)  # fmt: skip
HEAD = (
    "schema", "id", "title", "author", "clinic", "language", "extends", "setting", "patient", "colleague",
    "days", "minutes", "choose",
)  # fmt: skip
_DOSE = (
    "sets", "reps", "hold_s", "rest_s", "tempo", "load_start_kg", "load_step_kg", "load_cap_kg",
    "effort", "days",
)  # fmt: skip
_PARTS = {
    "hold_s": "hold {} s",
    "rest_s": "rest {} s",
    "tempo": "tempo {}",
    "effort": "effort {}",
    "days": "{} days",
}
Row = dict[str, Text]


def tree_of(rows: Sequence[Sequence[str]], name: str) -> Fields:
    """The tree that a YAML file of the same plan would give. Raises `PlanFileError`; lines are rows."""
    problems: list[Problem] = [
        Problem(line=number, column=place, message="control characters are not allowed; write plain text")
        for number, row in enumerate(rows, 1)
        for place, cell in enumerate(row, 1)
        if len(clean(cell, len(cell))) < len(normalize("NFC", cell).replace("\r", ""))
    ]
    start = next((place for place, row in enumerate(rows) if _first(row) == "exercise"), None)
    if start is None:
        message = f"no row begins with exercise: the header, with columns of {', '.join(COLUMNS)}"
        raise PlanFileError(name, (Problem(line=1, column=1, message=message),))
    fields: dict[str, Node] = {}
    keys: dict[str, Text] = {}
    for number, row in enumerate(rows[:start], 1):
        _head(row, number, fields, keys, problems)
    columns = _columns(rows[start], start + 1, problems)
    entries: dict[str, tuple[dict[str, Node], dict[str, Text], dict[str, Node], dict[str, Text]]] = {}
    for number, row in enumerate(rows[start + 1 :], start + 2):
        cells = {
            columns[place]: _text(cell, number, place)
            for place, cell in enumerate(row)
            if cell.strip() and place in columns
        }
        if cells:
            _exercise(cells, number, entries, problems)
    items = [_entry(*entry) for entry in entries.values()]
    keys["exercises"] = Text(text="exercises", line=start + 1, column=1)
    fields["exercises"] = Items(items=tuple(items), line=start + 1, column=1)
    if problems:
        raise PlanFileError(name, tuple(sorted(problems, key=lambda each: (each.line, each.column))))
    return Fields(fields=fields, keys=keys, line=1, column=1)


def _first(row: Sequence[str]) -> str:
    return row[0].strip().lower() if row else ""


def _text(cell: str, row: int, place: int) -> Text:
    # start 0: every character of a cell has the place of the cell
    return Text(text=clean(cell.strip(), 4000), line=row, column=place + 1)


def _head(
    row: Sequence[str], number: int, fields: dict[str, Node], keys: dict[str, Text], problems: list[Problem]
) -> None:
    key = _first(row)
    if not key:
        return
    if key not in HEAD or key in fields:
        what = "stands here twice" if key in fields else f"is not known; known are {', '.join(HEAD)}"
        problems.append(Problem(line=number, column=1, message=f"{key[:40]!r} above the header {what}"))
        return
    value = row[1] if len(row) > 1 else ""
    if not value.strip():
        return
    text = _text(value, number, 1)
    if key in ("days", "minutes"):
        text = _text(_dashed(value), number, 1)
    fields[key], keys[key] = text, _text(key, number, 0)


def _columns(row: Sequence[str], number: int, problems: list[Problem]) -> dict[int, str]:
    found: dict[int, str] = {}
    for place, cell in enumerate(row):
        name = cell.strip().lower().replace(" ", "_")
        if name and (name not in COLUMNS or name in found.values()):
            what = (
                "stands here twice"
                if name in found.values()
                else f"is not known; known are {', '.join(COLUMNS)}"
            )
            problems.append(
                Problem(line=number, column=place + 1, message=f"the column {name[:40]!r} {what}")
            )
        elif name:
            found[place] = name
    return found


def _dashed(text: str) -> str:
    return re.sub(r"(?<=[0-9])\s+to\s+(?=[0-9])", "-", text.strip())


def _exercise(
    cells: Row,
    number: int,
    entries: dict[str, tuple[dict[str, Node], dict[str, Text], dict[str, Node], dict[str, Text]]],
    problems: list[Problem],
) -> None:
    name = cells.get("exercise")
    if name is None:
        problems.append(Problem(line=number, column=1, message="this row has no exercise, such as hng_2"))
        return
    dose = _dose(cells, problems)
    weeks = cells.get("weeks")
    if weeks is None:
        if name.text in entries:
            message = (
                f"{name.text[:40]} has two rows without weeks; give weeks in one of them, such as 1 to 4"
            )
            problems.append(Problem(line=number, column=1, message=message))
            return
        line: dict[str, Node] = {"id": name}
        line |= {
            key: cells[key]
            for key in ("like", "title", "text", "progression", "pain", "note")
            if key in cells
        }
        if dose is not None:
            line["dose"] = dose
        entries[name.text] = (line, {key: _text(key, number, 0) for key in line}, {}, {})
        return
    if name.text not in entries:
        message = f"{name.text[:40]} has no row without weeks before this one; give its usual dose first"
        problems.append(Problem(line=number, column=1, message=message))
        return
    if dose is None:
        problems.append(Problem(line=number, column=weeks.column, message="this row changes no dose"))
        return
    written = _dashed(weeks.text)
    key = f"week {written}" if re.fullmatch(r"[0-9]+", written) else f"weeks {written}"
    key = turned(written) if a_date(written) else key
    _, _, doses, keys = entries[name.text]
    if key in doses:
        problems.append(Problem(line=number, column=weeks.column, message=f"{key} stands here twice"))
    doses[key] = dose
    keys[key] = Text(text=key, line=number, column=weeks.column)


def _entry(
    line: dict[str, Node], keys: dict[str, Text], doses: dict[str, Node], weeks: dict[str, Text]
) -> Fields:
    at = line["id"]
    if doses:
        line["by_week"] = Fields(fields=doses, keys=weeks, line=at.line, column=at.column)
        keys["by_week"] = Text(text="by_week", line=at.line, column=at.column)
    return Fields(fields=line, keys=keys, line=at.line, column=1)


def _dose(cells: Row, problems: list[Problem]) -> Text | None:
    """The dose of a row as one line; each part is tried by itself, so that its cell is named."""
    given = {key: cells[key] for key in _DOSE if key in cells}
    if not given:
        return None
    parts: list[str] = []
    first = next(iter(given.values()))

    def part(at: Text, text: str) -> None:
        try:
            parse_dose(text)
            parts.append(text)
        except BadText as bad:
            message = turned(at.text) if a_date(at.text) else bad.message
            problems.append(Problem(line=at.line, column=at.column, message=message))

    sets, reps = given.get("sets"), given.get("reps")
    if sets and reps:
        part(reps if a_date(reps.text) else sets, f"{_dashed(sets.text)} x {_dashed(reps.text)}")
    elif sets:
        part(sets, f"{_dashed(sets.text)} sets")
    elif reps:
        amount = _dashed(reps.text)
        counted = re.fullmatch(r"([0-9-]+)(\s*/\s*side)?", amount)
        part(reps, f"{counted[1]} reps{counted[2] or ''}" if counted else amount)
    for key, form in _PARTS.items():
        if key in given:
            value = re.sub(r"(?<=[0-9])\s+(?=[0-9])", "-", _dashed(given[key].text))
            part(given[key], form.format(value))
    loads = {key[5:-3]: given[key] for key in given if key.startswith("load_")}
    if loads:
        text = " ".join(f"{key} {cell.text} kg" for key, cell in loads.items())
        part(next(iter(loads.values())), f"load {text}")
    return Text(text=", ".join(parts), line=first.line, column=first.column) if parts else None


def rows_of(file: PlanFile) -> list[list[str]]:
    """The rows of a plan as a table: its head, its exercises and their weeks; other lines need a file."""
    head = [("schema", str(file.schema)), ("id", file.id), ("title", file.title)]
    head += [
        (key, str(getattr(file, key)))
        for key in ("author", "clinic", "extends", "patient", "colleague")
        if getattr(file, key)
    ]
    head += [(key, _to(write_span(value))) for key in ("days", "minutes") if (value := getattr(file, key))]
    head += [("choose", file.choose)] if file.choose != "engine" else []
    rows = [[key, value] for key, value in head]
    rows.append(list(COLUMNS))
    for line in file.exercises:
        cells = {
            "exercise": line.id,
            "like": line.like,
            "title": line.title,
            "text": line.text,
            "note": line.note,
        }
        cells["progression"] = line.progression if line.progression != "double" else ""
        cells["pain"] = "" if line.pain is None else str(line.pain)
        rows.append(_row(cells | _cells(line.dose)))
        for each in line.by_week:
            weeks = _to(",".join(_runs(each.weeks)))
            rows.append(_row({"exercise": line.id, "weeks": weeks} | _cells(each.dose)))
    return rows


def _runs(weeks: Sequence[int]) -> list[str]:
    return [each.strip() for each in write_weeks(weeks).split(" ", 1)[1].split(",")]


def _row(cells: dict[str, str]) -> list[str]:
    return [cells.get(column, "") for column in COLUMNS]


def _to(text: str) -> str:
    return re.sub(r"(?<=[0-9])-(?=[0-9])", " to ", text)


_UNITS = {"reps": "", "metres": " m", "minutes": " min", "rounds": " rounds", "hold_s": " s"}


def _cells(dose: DoseLine) -> dict[str, str]:
    found: dict[str, str] = {}
    names = [each for each in ("reps", "metres", "minutes", "rounds") if getattr(dose, each)]
    alone = not names and dose.hold_s is not None and (dose.sets is not None or dose.sides)
    name = names[0] if names else "hold_s" if alone else ""
    if name:
        side = " /side" if dose.sides else ""
        found["reps"] = f"{_to(write_span(getattr(dose, name)))}{_UNITS[name]}{side}"
    for key, value in (("sets", dose.sets), ("rest_s", dose.rest_s), ("days", dose.days)):
        if value:
            found[key] = _to(write_span(value))
    if dose.hold_s and not alone:
        found["hold_s"] = _to(write_span(dose.hold_s))
    if dose.tempo:
        found["tempo"] = " ".join(str(each) for each in dose.tempo)
    if dose.effort:
        found["effort"] = _to(write_decimals(dose.effort))
    if dose.load and dose.load.unit == "kg":
        for key in ("start", "step", "cap"):
            number = getattr(dose.load, key)
            if number is not None:
                found[f"load_{key}_kg"] = figure(number)
    return found
