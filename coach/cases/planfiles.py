"""Plan files as a person meets them: read from bytes, with every error as a line of its own."""

from __future__ import annotations

from coach.model.noun import Noun
from coach.model.planfile import PlanFile
from coach.problems import BadFile
from coach.programs.library import Library, load_library
from coach.programs.planfile import PlanFileError, Problem, read_plan_file

MOST_BYTES = 1024 * 1024
"""Of a file of any kind; a YAML one may have far less (`coach.programs.planyaml`)."""


class Read(Noun, frozen=True, kw_only=True):
    """A plan file as it was read: the file, or everything that is wrong with it."""

    file: PlanFile | None
    problems: tuple[Problem, ...] = ()
    lines: tuple[str, ...] = ()
    """The problems for people: each with the line of the file and a caret."""


def examine(data: bytes, name: str, library: Library | None = None) -> Read:
    """Read the bytes of a plan file, and say what is wrong with them."""
    try:
        return Read(file=read_plan_file(_text(data, name), name, library or load_library()))
    except PlanFileError as error:
        return Read(file=None, problems=error.problems, lines=error.lines())


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
