"""Plan files read as YAML events into a tree of strings, each with its line and column.

No value is guessed: ``no`` stays ``no``, ``1:30`` stays ``1:30``, ``010`` stays ``010``; the
schema does the typing. Anchors, aliases, tags, duplicate and complex keys, several documents,
and whatever is too large, too deep or too long is refused (``interop.md`` 4).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NoReturn
from unicodedata import normalize

from coach.model.noun import Noun
from coach.model.text import clean
from coach.programs.planlang.problem import PlanFileError, Problem

if TYPE_CHECKING:
    from yaml.events import Event

MAX_BYTES = 64 * 1024
"""Thirty long plans; the slowest file of this size is read in half a second."""
MAX_DEPTH = 12
MAX_NODES = 6_000
MAX_TEXT = 4_000


class Text(Noun, frozen=True, kw_only=True):
    """A scalar as it is written; ``start`` is the column of its first character, 0 where lines are folded."""

    text: str
    line: int
    column: int
    start: int = 0

    def at(self, character: int) -> int:
        """Column of a character of the text, from 0, as far as it can be told."""
        return self.start + character if self.start else self.column


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
    try:
        # Making the parser reads the first characters already.
        return _Reader(name, yaml.parse(text, Loader=yaml.SafeLoader), text).document()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        told = getattr(error, "problem", None) or getattr(error, "reason", None)
        what = clean(str(told or "it cannot be read"), 200)
        line, column = (mark.line + 1, mark.column + 1) if mark else _where(text, error)
        _refuse(name, line, column, f"{_plainly(what)}", text)
    except RecursionError:
        _refuse(name, 1, 1, f"lists and mappings are nested deeper than {MAX_DEPTH} levels")


def _where(text: str, error: Exception) -> tuple[int, int]:
    """Line and column of a character that YAML cannot hold."""
    place = getattr(error, "position", 0)
    before = text[:place] if isinstance(place, int) else ""
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _plainly(what: str) -> str:
    """What the YAML reader says, with what would be right where that is known."""
    for part, more in MEANT.items():
        if part in what:
            return f"this is not valid YAML: {more}"
    return f"this is not valid YAML: {what}"


MEANT = {
    "mapping values are not allowed": "a colon and a blank inside a text; put the text in double quotes",
    "cannot start any token": "this sign cannot begin a value (a tab, % @ or a backquote); "
    "indent with blanks, and put such a text in double quotes",
    "could not find expected ':'": "a key without a colon; write key: value",
    "expected <block end>": "this line does not line up with those above; indent the keys of one thing alike",
    "found unexpected end of stream": "a quote is not closed",
    "special characters": "it holds a control character, such as an escape sequence; take it out",
}


def _refuse(name: str, line: int, column: int, message: str, text: str = "") -> NoReturn:
    raise PlanFileError(name, (Problem(line=line, column=column, message=message),), text) from None


class _Reader:
    """Walks the events once and builds the tree."""

    def __init__(self, name: str, events: Iterator[Event], source: str) -> None:
        self.name = name
        self.events = events
        self.source = source
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
            return self.scalar(event, line, column)
        if depth >= MAX_DEPTH:
            self.stop(event, f"lists and mappings are nested deeper than {MAX_DEPTH} levels")
        if isinstance(event, ev.SequenceStartEvent):
            items = []
            while not isinstance(event := next(self.events), ev.SequenceEndEvent):
                items.append(self.node(event, depth + 1))
            return Items(items=tuple(items), line=line, column=column)
        return self.mapping(line, column, depth)

    def scalar(self, event: Any, line: int, column: int) -> Text:
        text = clean(event.value, MAX_TEXT)
        if len(text) < len(normalize("NFC", event.value)):
            self.stop(
                event,
                "control characters (escape sequences, signs that turn the writing round) are not allowed; "
                "write plain text",
            )
        quote = 0 if event.style is None else 1
        flat = event.start_mark.line == event.end_mark.line and event.style in (None, "'", '"')
        width = event.end_mark.column - event.start_mark.column - 2 * quote
        start = column + quote if flat and width == len(text) else 0
        return Text(text=text, line=line, column=column, start=start)

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
        _refuse(self.name, line, column, message, self.source)
