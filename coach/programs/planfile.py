"""Plan files: from the tree of strings to a typed programme shape."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches
from importlib.resources import files
from typing import TypeVar

from coach.programs.phases import Phase, Slot, Template
from coach.programs.planyaml import Fields, Items, Node, PlanFileError, Problem, Text, read_tree

__all__ = ["PlanFileError", "Problem", "Sheet", "load_template", "read_template"]

SCHEMA = 1
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_RANGE = re.compile(r"(\d{1,4})\s*[-–]\s*(\d{1,4})")
_WHOLE = re.compile(r"\d{1,6}")

T = TypeVar("T")


class Sheet:
    """Reads typed values out of one mapping and collects everything that is wrong.

    After the last value is taken, `done` reports the keys that nobody asked for.
    """

    def __init__(self, node: Node, what: str, problems: list[Problem]) -> None:
        self.node = node
        self.what = what
        self.problems = problems
        self.known: list[str] = []
        if not isinstance(node, Fields):
            self.wrong(node, f"{what} must be a mapping of keys and values")

    def wrong(self, at: Node, message: str) -> None:
        """Note a problem at the place of a node."""
        self.problems.append(Problem(line=at.line, column=at.column, message=message))

    def take(self, key: str, *, required: bool = True) -> Node | None:
        """Return the value of a key, or null; a missing required key is a problem."""
        self.known.append(key)
        if not isinstance(self.node, Fields):
            return None
        found = self.node.fields.get(key)
        if found is None and required:
            self.wrong(self.node, f"{self.what} has no {key!r}")
        return found

    def text(self, key: str, *, limit: int = 300) -> str:
        """Take a text that is not empty."""
        node = self.take(key)
        if isinstance(node, Text) and 0 < len(node.text.strip()) <= limit:
            return node.text.strip()
        if node is not None:
            self.wrong(node, f"{key} must be a text of 1 to {limit} characters")
        return ""

    def word(self, key: str) -> str:
        """Take an id: lower case, digits and ``_``."""
        return self._word(self.take(key), key)

    def _word(self, node: Node | None, key: str) -> str:
        if isinstance(node, Text) and _ID.fullmatch(node.text):
            return node.text
        if node is not None:
            self.wrong(node, f"{key} must be an id of lower-case letters, digits and _, such as hng_2")
        return ""

    def whole(self, key: str, low: int, high: int) -> int:
        """Take a whole number within limits."""
        return self._whole(self.take(key), key, low, high)

    def _whole(self, node: Node | None, key: str, low: int, high: int) -> int:
        if isinstance(node, Text) and _WHOLE.fullmatch(node.text) and low <= int(node.text) <= high:
            return int(node.text)
        if node is not None:
            self.wrong(node, f"{key} must be a whole number from {low} to {high}{_given(node)}")
        return low

    def span(self, key: str, low: int, high: int) -> tuple[int, int]:
        """Take a range such as ``3-5``, within limits."""
        node = self.take(key)
        if isinstance(node, Text) and (match := _RANGE.fullmatch(node.text.strip())):
            first, last = int(match[1]), int(match[2])
            if low <= first <= last <= high:
                return first, last
        if node is not None:
            self.wrong(node, f"{key} must be a range within {low}-{high}, such as {low}-{high}{_given(node)}")
        return low, low

    def words(self, key: str) -> tuple[str, ...]:
        """Take a list of ids, at least one."""
        return tuple(self._word(node, key) for node in self.list(key))

    def wholes(self, key: str, low: int, high: int) -> tuple[int, ...]:
        """Take a list of whole numbers; a missing list is empty."""
        nodes = self.list(key, required=False)
        return tuple(self._whole(node, key, low, high) for node in nodes)

    def list(self, key: str, *, required: bool = True) -> tuple[Node, ...]:
        """Take a list of nodes."""
        node = self.take(key, required=required)
        if isinstance(node, Items) and (node.items or not required):
            return node.items
        if node is not None:
            self.wrong(node, f"{key} must be a list with at least one entry")
        return ()

    def each(self, key: str, read: Callable[[Sheet], T], *, required: bool = True) -> tuple[T, ...]:
        """Take a list of mappings, each read by a function."""
        found = []
        for place, node in enumerate(self.list(key, required=required), 1):
            sheet = Sheet(node, f"entry {place} of {key}", self.problems)
            found.append(read(sheet))
            sheet.done()
        return tuple(found)

    def done(self) -> None:
        """Report the keys that nothing asked for, with a guess at what was meant."""
        if not isinstance(self.node, Fields):
            return
        for key, at in self.node.keys.items():
            if key in self.known or key.startswith("x-"):
                continue
            close = get_close_matches(key, self.known, n=1)
            hint = f"; did you mean {close[0]!r}?" if close else f"; known are {', '.join(self.known)}"
            self.wrong(at, f"unknown key {key[:40]!r} in {self.what}{hint}")


def _given(node: Node) -> str:
    return f", not {node.text[:40]!r}" if isinstance(node, Text) else ""


def _phase(sheet: Sheet) -> Phase:
    return Phase(
        id=sheet.word("id"),
        name=sheet.text("name", limit=60),
        weeks=sheet.span("weeks", 1, 52),
        sessions=sheet.span("sessions", 0, 5),
        minutes=sheet.span("minutes", 5, 120),
        rpe=sheet.span("rpe", 0, 8),
        sets=sheet.span("sets", 1, 4),
        walks=sheet.whole("walks", 0, 7),
        walk=sheet.text("walk"),
        control=sheet.whole("control", 0, 100),
        aim=sheet.text("aim"),
    )


def _slot(sheet: Sheet) -> Slot:
    return Slot(
        slot=sheet.whole("slot", 1, 8),
        name=sheet.text("name", limit=60),
        at_least=sheet.whole("from", 3, 8),
        ladders=sheet.words("ladders"),
    )


def _milestone(sheet: Sheet) -> tuple[int, str]:
    return sheet.whole("week", 1, 52), sheet.text("text")


def read_template(text: str, name: str) -> Template:
    """Read a programme shape from the text of a plan file.

    Raises `PlanFileError` with all problems found, each with line and column.
    """
    tree = read_tree(text, name)
    problems: list[Problem] = []
    sheet = Sheet(tree, "the plan file", problems)
    if isinstance(tree, Fields):
        _check_schema(sheet, tree, name)
    template = Template(
        id=sheet.word("id"),
        title=sheet.text("title", limit=100),
        weeks=sheet.whole("weeks", 1, 52),
        deload=sheet.wholes("deload", 1, 52),
        slots=sheet.each("slots", _slot),
        phases=sheet.each("phases", _phase),
        milestones=dict(sheet.each("milestones", _milestone, required=False)),
        lessons=sheet.words("lessons"),
    )
    sheet.done()
    if not problems:
        _check_whole(sheet, template)
    if problems:
        raise PlanFileError(name, tuple(sorted(problems, key=lambda p: (p.line, p.column))))
    return template


def _check_schema(sheet: Sheet, tree: Fields, name: str) -> None:
    version = sheet.take("schema", required=False)
    if version is None:
        sheet.wrong(tree, f"the file does not begin with schema: {SCHEMA}")
    elif not isinstance(version, Text) or version.text != str(SCHEMA):
        message = f"schema must be {SCHEMA}{_given(version)}; a newer file needs a newer coach"
        raise PlanFileError(name, (Problem(line=version.line, column=version.column, message=message),))


def _check_whole(sheet: Sheet, template: Template) -> None:
    """Check what only the parts together can show."""
    week = 1
    for phase in template.phases:
        if phase.weeks[0] != week:
            sheet.wrong(sheet.node, f"phase {phase.id} begins in week {phase.weeks[0]}, expected {week}")
            return
        week = phase.weeks[1] + 1
    if template.weeks not in {phase.weeks[1] for phase in template.phases}:
        # phases after it are for keeping up what was reached
        sheet.wrong(sheet.node, f"no phase ends with week {template.weeks}, the last of the plan")
    numbers = [slot.slot for slot in template.slots]
    if numbers != sorted(set(numbers)):
        sheet.wrong(sheet.node, "slots must each stand once, in the order of their numbers")


def load_template(name: str) -> Template:
    """Read a built-in programme shape by its id. Raises `KeyError` for a name that is none."""
    folder = files("coach.programs").joinpath("templates")
    names = sorted(
        each.name.removesuffix(".yaml") for each in folder.iterdir() if each.name.endswith(".yaml")
    )
    if name not in names:
        raise KeyError(f"no programme shape is called {name[:40]!r}; there is {', '.join(names)}")
    return read_template(folder.joinpath(f"{name}.yaml").read_text(encoding="utf-8"), f"{name}.yaml")
