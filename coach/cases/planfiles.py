"""Plan files as a person meets them: read from bytes, with every error as a line of its own."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from coach.model.applied import AppliedFile
from coach.model.noun import Noun
from coach.model.plan import Plan
from coach.model.planfile import PlanFile
from coach.model.text import one_line
from coach.problems import BadFile, BadValue
from coach.programs.library import Library, load_library
from coach.programs.planfile import PlanFileError, Problem, load_template, read_plan_file
from coach.programs.planlang.builtin import built_in, examples

SCHEMA_NAME = "coach-plan.schema.json"
"""Name of the schema for editors, which stands beside a file."""
MOST_BYTES = 1024 * 1024
"""Of a file of any kind; a YAML one may have far less (`coach.programs.planyaml`)."""


class Read(Noun, frozen=True, kw_only=True):
    """A plan file as it was read: the file, or everything that is wrong with it."""

    file: PlanFile | None
    problems: tuple[Problem, ...] = ()
    lines: tuple[str, ...] = ()
    """The problems for people: each with the line of the file and a caret."""


def examine(data: bytes, name: str, library: Library | None = None) -> Read:
    """Read the bytes of a plan file or of a table, and say what is wrong with them."""
    library = library or load_library()
    try:
        if data[:4] == b"PK\x03\x04" or name.lower().endswith((".csv", ".xlsx")):
            return Read(file=_table(data, name, library))
        return Read(file=read_plan_file(_text(data, name), name, library))
    except PlanFileError as error:
        return Read(file=None, problems=error.problems, lines=error.lines())


def _table(data: bytes, name: str, library: Library) -> PlanFile:
    from coach.exchange.sheets import BadTable, csv_rows, xlsx_rows
    from coach.programs.planlang.reading import read_nodes
    from coach.programs.planlang.tables import tree_of
    from coach.programs.planyaml import MAX_BYTES

    try:
        if data[:4] == b"PK\x03\x04" or name.lower().endswith(".xlsx"):
            rows = xlsx_rows(data)
        elif len(data) > MAX_BYTES:
            raise BadTable(f"the file is larger than {MAX_BYTES // 1024} kB, expected a plan table")
        else:
            rows = csv_rows(_text(data, name))
    except BadTable as bad:
        problem = Problem(line=max(bad.row, 1), column=max(bad.column, 1), message=bad.message)
        raise PlanFileError(name, (problem,), table=True) from None
    try:
        return read_nodes(tree_of(rows, name), name, library)
    except PlanFileError as error:
        raise PlanFileError(name, error.problems, table=True) from None


class Fresh(Noun, frozen=True, kw_only=True):
    """A new plan file and what stands beside it."""

    text: str
    schema: str
    """The JSON Schema for editors, as text; empty for a table."""


def fresh(source: Plan | str, name: str, *, table: bool = False) -> Fresh:
    """A new plan file over a built-in plan, of an example, or of a person's plan. Raises `BadValue`."""
    from coach.programs.planlang.starting import id_of, of_example, of_plan, starter
    from coach.programs.planlang.tables import rows_of
    from coach.programs.planlang.writing import write_plan_file

    library = load_library()
    if isinstance(source, str) and source in examples():
        if table:
            raise BadValue("An example holds more than a table can.", "leave --table out")
        return Fresh(text=of_example(source, name), schema=schema_text(library))
    if isinstance(source, str):
        title = _title(source)
        if not table:
            return Fresh(text=starter(source, name, title), schema=schema_text(library))
        return Fresh(text=_csv(rows_of(PlanFile(id=id_of(name), title=title, extends=source))), schema="")
    file = of_plan(source, library, name, f"Plan of {source.made.isoformat()}")
    if table:
        return Fresh(text=_csv(rows_of(file)), schema="")
    return Fresh(text=write_plan_file(file), schema=schema_text(library))


def schema_text(library: Library) -> str:
    """The JSON Schema of plan files, as text."""
    import json

    from coach.programs.planlang.schema import plan_schema

    return json.dumps(plan_schema(library), ensure_ascii=False, indent=1) + "\n"


def _title(name: str) -> str:
    try:
        return load_template(name).title
    except KeyError:
        names = ", ".join((*built_in(), *examples(), "current"))
        raise BadValue(f"There is no plan called “{one_line(name, 40)}”.", f"--from {names}") from None


def _csv(rows: list[list[str]]) -> str:
    import csv
    import io

    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def read(data: bytes, name: str, library: Library | None = None) -> PlanFile:
    """The plan of a file. Raises `BadFile` with every problem, and nothing was changed."""
    found = examine(data, name, library)
    if found.file is None:
        raise bad(name, found)
    return found.file


def bad(name: str, found: Read) -> BadFile:
    """The problem of a file that cannot be used."""
    count = len(found.problems)
    what = "one thing is wrong" if count == 1 else f"{count} things are wrong"
    hint = "mend what is said, then coach planfile check FILE again"
    return BadFile(f"{name} cannot be used: {what} in it.", hint, details=found.lines, code="planfile")


def _text(data: bytes, name: str) -> str:
    """The text of a file that must be UTF-8. Raises `PlanFileError` at the first byte that is not."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        message = "the file is saved as UTF-16; save it as UTF-8 text"
        raise PlanFileError(name, (Problem(line=1, column=1, message=message),))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        place = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = "this is not UTF-8 text; save the file as UTF-8"
        raise PlanFileError(name, (Problem(line=place[0], column=place[1], message=message),)) from None


def taken(data: bytes, name: str) -> tuple[PlanFile, AppliedFile]:
    """A plan file with what is kept of it where it is applied: its exact text. Raises `BadFile`."""
    file = read(data, name)
    if data[:4] == b"PK\x03\x04" or name.lower().endswith((".csv", ".xlsx")):
        from coach.programs.planlang.writing import write_plan_file

        text = write_plan_file(file)  # of a table its meaning is kept, in the one language that is read again
    else:
        text = data.decode("utf-8-sig")
    return file, AppliedFile(
        id="",
        date=date.min,
        name=one_line(name.rpartition("/")[2], 100),
        text=text,
        digest=sha256(text.encode()).hexdigest(),
        plan=file.id,
        title=file.title,
        author=" of ".join(each for each in (file.author, file.clinic) if each),
    )
