"""One mapping of a plan file, read value by value; everything that is wrong is collected with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from datetime import date
from difflib import get_close_matches
from typing import TypeVar

from coach.model.shape import Span
from coach.programs.planlang.phrases import ID
from coach.programs.planlang.problem import Problem
from coach.programs.planlang.ranges import a_date, parse_span, turned
from coach.programs.planlang.words import BadText
from coach.programs.planyaml import Fields, Items, Node, Text

_MARKUP = re.compile(
    r"<[/!?]?[A-Za-z][^<>]{0,200}>|<!--|\[/[^\[\]]{0,80}\]|\[@[^\[\]]{0,200}\]"
    r"|\[(?:bold|italic|underline|blink|reverse|link|on|red|green|blue|yellow|#[0-9a-f]{3,6})\b[^\[\]]{0,80}\]",
    re.IGNORECASE,
)
T = TypeVar("T")


class Sheet:
    """Reads typed values out of one mapping; ``done`` reports the keys that nobody asked for."""

    def __init__(self, node: Node, what: str, problems: list[Problem]) -> None:
        self.node = node
        self.what = what
        self.problems = problems
        self.known: list[str] = []
        if not isinstance(node, Fields):
            self.wrong(node, f"{what} must be a mapping of keys and values")

    def wrong(self, at: Node, message: str, character: int | None = None) -> None:
        """Note a problem at a node, or at a character of a text."""
        column = at.at(character) if isinstance(at, Text) and character is not None else at.column
        self.problems.append(Problem(line=at.line, column=column, message=message))

    def take(self, key: str, *, required: bool = False) -> Node | None:
        """The node of a key, or null; a missing required key is a problem."""
        if key not in self.known:
            self.known.append(key)
        if not isinstance(self.node, Fields):
            return None
        found = self.node.fields.get(key)
        if found is None and required:
            self.wrong(self.node, f"{self.what} has no {key!r}")
        return found

    def place(self, key: str) -> Node:
        """Where a key's value stands; the mapping itself when it has none."""
        return self.node.fields.get(key, self.node) if isinstance(self.node, Fields) else self.node

    def read(self, node: Node | None, key: str, parse: Callable[[str], T], default: T) -> T:
        """The value of a node by a parser that raises `BadText`; the default when that fails."""
        if not isinstance(node, Text):
            if node is not None:
                self.wrong(node, f"{key} must be one value, not a list or a mapping")
            return default
        try:
            return parse(node.text)
        except BadText as bad:
            self.wrong(node, bad.message, bad.at)
            return default

    def value(self, key: str, parse: Callable[[str], T], default: T, *, required: bool = False) -> T:
        """The value of a key by a parser; the default when it is missing or wrong."""
        return self.read(self.take(key, required=required), key, parse, default)

    def maybe(self, key: str, parse: Callable[[str], T]) -> T | None:
        """The value of a key, or null when it is missing or wrong."""
        node = self.take(key)
        found: list[T] = []

        def keep(text: str) -> None:
            found.append(parse(text))

        self.read(node, key, keep, None)
        return found[0] if found else None

    def text(self, key: str, most: int = 300, *, required: bool = False, lines: bool = False) -> str:
        """A plain text; only with ``lines`` may it have more than one."""
        return self.value(key, prose(key, most, lines), "", required=required)

    def word(self, key: str, *, required: bool = True) -> str:
        """An id: lower case, digits and ``_``; empty when it is missing."""
        return self.value(key, identifier(key), "", required=required)

    def choice(self, key: str, options: Sequence[str], default: str) -> str:
        """One of some words."""
        return self.value(key, one_of(key, options), default)

    def nodes(self, key: str, *, required: bool = False, most: int = 200) -> tuple[Node, ...]:
        """The entries of a list; a missing list is empty."""
        node = self.take(key, required=required)
        if isinstance(node, Items) and len(node.items) > most:
            self.wrong(node, f"{key} has more than {most} entries")
        elif isinstance(node, Items) and (node.items or not required):
            return node.items
        elif node is not None:
            self.wrong(node, f"{key} must be a list with at least one entry, such as [one, two]")
        return ()

    def values(
        self, key: str, parse: Callable[[str], T], *, required: bool = False, most: int = 200
    ) -> tuple[T, ...]:
        """A list of values by a parser; wrong ones are left out."""
        found: list[T] = []

        def keep(text: str) -> None:
            value = parse(text)
            if value in found and isinstance(value, str | int):
                raise BadText(0, f"{text[:40]!r} stands in {key} twice; keep one")
            found.append(value)

        for node in self.nodes(key, required=required, most=most):
            self.read(node, key, keep, None)
        return tuple(found)

    def each(
        self, key: str, read: Callable[[Sheet], T], *, required: bool = False, most: int = 200
    ) -> tuple[T, ...]:
        """A list of mappings, each read by a function."""
        found = []
        for place, node in enumerate(self.nodes(key, required=required, most=most), 1):
            sheet = Sheet(node, f"entry {place} of {key}", self.problems)
            found.append(read(sheet))
            sheet.done()
        return tuple(found)

    def part(self, key: str, read: Callable[[Sheet], T], default: T) -> T:
        """A mapping under a key, read by a function."""
        node = self.take(key)
        if node is None:
            return default
        sheet = Sheet(node, key, self.problems)
        found = read(sheet)
        sheet.done()
        return found

    def done(self) -> None:
        """Report the keys that nothing asked for, with a guess at what was meant."""
        if not isinstance(self.node, Fields):
            return
        for key, at in self.node.keys.items():
            if key in self.known or key.startswith("x-"):
                continue
            value = self.node.fields[key]
            if isinstance(value, Text) and not value.text and " " in key:
                hint = "inside { } a comma ends a value: put the whole value in double quotes"
            else:
                close = get_close_matches(key, self.known, n=1)
                hint = f"did you mean {close[0]!r}?" if close else f"known are {', '.join(self.known)}"
            self.wrong(at, f"unknown key {key[:40]!r} in {self.what}; {hint}")


def prose(key: str, most: int, lines: bool = False) -> Callable[[str], str]:
    """A parser of plain text: not empty, not too long, no markup."""

    def parse(text: str) -> str:
        text = text.strip()
        if not 0 < len(text) <= most:
            raise BadText(0, f"{key} must be a text of 1 to {most} characters, not {len(text)}")
        if "\n" in text and not lines:
            raise BadText(0, f"{key} must stand on one line")
        if match := _MARKUP.search(text):
            raise BadText(
                match.start(), f"markup ({match[0][:20]}) is not allowed in {key}; write plain text"
            )
        return text

    return parse


def identifier(key: str) -> Callable[[str], str]:
    """A parser of ids of the file's own."""

    def parse(text: str) -> str:
        if not ID.fullmatch(text):
            path = "names of files and paths have no place here; " if "/" in text or "\\" in text else ""
            expected = "must be an id of lower-case letters, digits and _, such as hng_2"
            raise BadText(0, f"{path}{key} {expected}, not {text[:40]!r}")
        return text

    return parse


def one_of(key: str, options: Collection[str], are: str = "") -> Callable[[str], str]:
    """A parser of one of some words, with a guess where it is none of them; ``are`` says what they are."""

    def parse(text: str) -> str:
        if text in options:
            return text
        if "/" in text or "\\" in text:
            raise BadText(0, f"names of files and paths have no place here, such as {text[:40]!r}")
        close = get_close_matches(text, options, n=1)
        some = are or (", ".join(options) if len(options) <= 20 else "those of coach library")
        known = f"known are {some}"
        hint = f"did you mean {close[0]!r}?" if close else known
        raise BadText(0, f"{key}: there is no {text[:40]!r}; {hint}")

    return parse


def whole(key: str, low: int, high: int) -> Callable[[str], int]:
    """A parser of whole numbers within limits."""

    def parse(text: str) -> int:
        if re.fullmatch(r"[0-9]{1,6}", text) and low <= int(text) <= high:
            return int(text)
        expected = f"{key} must be a whole number from {low} to {high}, not {text[:40]!r}"
        raise BadText(0, turned(text) if a_date(text) else expected)

    return parse


def span(key: str, low: int, high: int) -> Callable[[str], Span]:
    """A parser of ranges such as ``3-5`` within limits; one number is both ends."""
    return lambda text: parse_span(text, low, high, key)


def a_day(key: str) -> Callable[[str], date]:
    """A parser of dates ``2026-11-23``."""

    def parse(text: str) -> date:
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        raise BadText(0, f"{key} must be a date such as 2026-11-23, not {text[:40]!r}")

    return parse
