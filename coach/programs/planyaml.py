"""Plan files read as YAML events into a tree of strings, each with its line and column.

No value is guessed: ``no`` stays ``no``, ``1:30`` stays ``1:30``, ``010`` stays ``010``; the
schema does the typing. Anchors, aliases, tags, duplicate and complex keys, several documents,
and whatever is too large, too deep or too long is refused (``interop.md`` 4).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NoReturn

from coach.model.noun import Noun
from coach.model.text import clean

if TYPE_CHECKING:
    from yaml.events import Event

MAX_BYTES = 256 * 1024
MAX_DEPTH = 12
MAX_NODES = 20_000
MAX_TEXT = 4_000


class Problem(Noun, frozen=True, kw_only=True):
    """One thing that is wrong in a file, and where; lines and columns count from 1."""

    line: int
    column: int
    message: str


class PlanFileError(ValueError):
    """A plan file cannot be used; ``problems`` says everything that is wrong, in order."""

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        self.name = name
        self.problems = problems
        super().__init__(
            "\n".join(f"{name}: line {p.line}, column {p.column}: {p.message}" for p in problems)
        )


class Text(Noun, frozen=True, kw_only=True):
    """A scalar as it is written."""

    text: str
    line: int
    column: int


class Items(Noun, frozen=True, kw_only=True):
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int


class Fields(Noun, frozen=True, kw_only=True):
    """A mapping; ``keys`` says where each key stands."""

    fields: dict[str, Node]
    keys: dict[str, Text]
    line: int
    column: int


Node = Text | Items | Fields


def read_tree(text: str, name: str) -> Node:
    """Read one YAML document. Raises `PlanFileError` with line and column."""
    import yaml

    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        _refuse(name, 1, 1, f"the file is larger than {MAX_BYTES // 1024} kB, expected a plan file")
    # The pure reader, not libyaml: the same messages on every machine.
    events = yaml.parse(text, Loader=yaml.SafeLoader)
    try:
        return _Reader(name, events).document()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = clean(
            str(getattr(error, "problem", None) or "it holds a character that no text file has"), 200
        )
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        _refuse(name, line, column, f"this is not valid YAML: {what}")
    except RecursionError:
        _refuse(name, 1, 1, f"lists and mappings are nested deeper than {MAX_DEPTH} levels")


def _refuse(name: str, line: int, column: int, message: str) -> NoReturn:
    raise PlanFileError(name, (Problem(line=line, column=column, message=message),)) from None


class _Reader:
    """Walks the events once and builds the tree."""

    def __init__(self, name: str, events: Iterator[Event]) -> None:
        self.name = name
        self.events = events
        self.nodes = 0

    def document(self) -> Node:
        from yaml import events as ev

        root: Node | None = None
        for event in self.events:
            if isinstance(event, ev.DocumentStartEvent):
                if root is not None:
                    self.stop(event, "a second document begins here, expected one plan a file")
                root = self.node(next(self.events), 1)
        if root is None:
            _refuse(self.name, 1, 1, "the file is empty, expected a plan that begins with schema: 1")
        return root

    def node(self, event: Any, depth: int) -> Node:
        from yaml import events as ev

        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.stop(event, f"there are more than {MAX_NODES} values, expected a plan file")
        if isinstance(event, ev.AliasEvent):
            self.stop(event, "aliases (*name) are not allowed; write the value out")
        if event.anchor is not None:
            self.stop(event, "anchors (&name) are not allowed; write the value out where it is used")
        if event.tag is not None:
            self.stop(event, "tags (!name) are not allowed; write the plain value")
        line, column = self.place(event)
        if isinstance(event, ev.ScalarEvent):
            if len(event.value) > MAX_TEXT:
                self.stop(event, f"this text is longer than {MAX_TEXT} characters")
            return Text(text=clean(event.value, MAX_TEXT), line=line, column=column)
        if depth >= MAX_DEPTH:
            self.stop(event, f"lists and mappings are nested deeper than {MAX_DEPTH} levels")
        if isinstance(event, ev.SequenceStartEvent):
            items = []
            while not isinstance(event := next(self.events), ev.SequenceEndEvent):
                items.append(self.node(event, depth + 1))
            return Items(items=tuple(items), line=line, column=column)
        return self.mapping(line, column, depth)

    def mapping(self, line: int, column: int, depth: int) -> Fields:
        from yaml import events as ev

        fields: dict[str, Node] = {}
        keys: dict[str, Text] = {}
        while not isinstance(event := next(self.events), ev.MappingEndEvent):
            if not isinstance(event, ev.ScalarEvent | ev.AliasEvent):
                self.stop(event, "a key must be one plain word, not a list or a mapping")
            key = self.node(event, depth + 1)
            assert isinstance(key, Text)
            if key.text in fields:
                first = keys[key.text].line
                self.stop(event, f"the key {key.text!r} stands here twice (first on line {first}); keep one")
            keys[key.text] = key
            fields[key.text] = self.node(next(self.events), depth + 1)
        return Fields(fields=fields, keys=keys, line=line, column=column)

    @staticmethod
    def place(event: Any) -> tuple[int, int]:
        return event.start_mark.line + 1, event.start_mark.column + 1

    def stop(self, event: Any, message: str) -> NoReturn:
        line, column = self.place(event)
        _refuse(self.name, line, column, message)
