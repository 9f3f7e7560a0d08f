"""Tokens to a tree, by precedence climbing."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from coach.questionnaires.fhir.errors import BudgetSpent, PathSyntaxError
from coach.questionnaires.fhir.fhirpath.dates import CALENDAR, temporal
from coach.questionnaires.fhir.fhirpath.lexer import Token, tokens
from coach.questionnaires.fhir.fhirpath.tree import (
    Binary,
    Call,
    Index,
    Literal,
    Member,
    Signed,
    Special,
    Tree,
    TypeTest,
    Variable,
)
from coach.questionnaires.fhir.fhirpath.values import Node, Quantity

MAX_DEPTH = 80
MAX_DIGITS = 30

_BINDS = {
    "implies": 1, "or": 2, "xor": 2, "and": 3, "in": 4, "contains": 4,
    "=": 5, "~": 5, "!=": 5, "!~": 5, "<": 6, ">": 6, "<=": 6, ">=": 6,
    "|": 7, "is": 8, "as": 8, "+": 9, "-": 9, "&": 9, "*": 10, "/": 10, "div": 10, "mod": 10,
}  # fmt: skip
_SIGN = 11


@lru_cache(maxsize=512)
def parse(source: str) -> Tree:
    """Parse one expression; raises `PathSyntaxError` or `BudgetSpent`."""
    return _Parser(tokens(source)).whole()


class _Parser:
    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._at = 0
        self._depth = 0

    def whole(self) -> Tree:
        tree = self._expression(0)
        if self._now.kind != "end":
            raise self._wrong("something that does not belong there")
        return tree

    @property
    def _now(self) -> Token:
        return self._tokens[self._at]

    def _next(self) -> Token:
        token = self._now
        if token.kind != "end":
            self._at += 1
        return token

    def _is(self, text: str) -> bool:
        return self._now.kind == "operator" and self._now.text == text

    def _expect(self, text: str) -> None:
        if not self._is(text):
            raise self._wrong(f"no “{text}”")
        self._at += 1

    def _wrong(self, what: str) -> PathSyntaxError:
        token = self._now
        shown = f"“{token.text[:20]}”" if token.kind != "end" else "the end"
        return PathSyntaxError(f"The expression has {what} at character {token.place + 1} ({shown}).")

    def _expression(self, floor: int) -> Tree:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise BudgetSpent(f"An expression is nested more than {MAX_DEPTH} deep.")
        left = self._signed()
        while True:
            operator = self._now.text if self._now.kind in ("operator", "name") else ""
            binds = _BINDS.get(operator, 0)
            if binds == 0 or binds <= floor:
                break
            self._at += 1
            if operator in ("is", "as"):
                left = TypeTest(left, operator, self._type_name())
            else:
                left = Binary(left, operator, self._expression(binds))
        self._depth -= 1
        return left

    def _signed(self) -> Tree:
        if self._is("-") or self._is("+"):
            sign = self._next().text
            return Signed(sign, self._expression(_SIGN - 1))
        return self._chain(self._primary())

    def _chain(self, tree: Tree) -> Tree:
        while True:
            if self._is("."):
                self._at += 1
                tree = self._invocation(tree)
            elif self._is("["):
                self._at += 1
                at = self._expression(0)
                self._expect("]")
                tree = Index(tree, at)
            else:
                return tree

    def _invocation(self, left: Tree | None) -> Tree:
        token = self._now
        if token.kind not in ("name", "quoted"):
            raise self._wrong("no name where one is needed")
        self._at += 1
        if token.kind == "name" and self._is("("):
            return Call(left, token.text, self._arguments())
        return Member(left, token.text)

    def _arguments(self) -> tuple[Tree, ...]:
        self._expect("(")
        found: list[Tree] = []
        if not self._is(")"):
            found.append(self._expression(0))
            while self._is(","):
                self._at += 1
                found.append(self._expression(0))
        self._expect(")")
        return tuple(found)

    def _primary(self) -> Tree:
        token = self._now
        if token.kind == "operator":
            return self._bracket()
        if token.kind == "name":
            if token.text in ("true", "false"):
                self._at += 1
                return Literal((Node(token.text == "true", "boolean"),))
            return self._invocation(None)
        if token.kind == "quoted":
            return self._invocation(None)
        self._at += 1
        if token.kind == "number":
            return self._number(token)
        if token.kind == "string":
            return Literal((Node(token.text, "string"),))
        if token.kind == "variable":
            return Variable(token.text)
        if token.kind == "special":
            return Special(token.text)
        if token.kind in ("date", "time"):
            return self._date(token)
        self._at -= 1
        raise self._wrong("no value where one is needed")

    def _bracket(self) -> Tree:
        if self._is("("):
            self._at += 1
            inside = self._expression(0)
            self._expect(")")
            return inside
        if self._is("{"):
            self._at += 1
            self._expect("}")
            return Literal(())
        raise self._wrong("no value where one is needed")

    def _number(self, token: Token) -> Tree:
        if len(token.text) > MAX_DIGITS:
            raise BudgetSpent("An expression holds a number with too many digits.")
        unit = self._now
        if unit.kind == "string":
            self._at += 1
            return Literal((Node(Quantity(Decimal(token.text), unit.text), "Quantity"),))
        if unit.kind == "name" and unit.text in CALENDAR:
            self._at += 1
            return Literal((Node(Quantity(Decimal(token.text), unit.text), "Quantity"),))
        if "." in token.text:
            return Literal((Node(Decimal(token.text), "decimal"),))
        return Literal((Node(int(token.text), "integer"),))

    def _date(self, token: Token) -> Tree:
        kind = "time" if token.kind == "time" else "dateTime" if "T" in token.text else "date"
        value = temporal(token.text.removeprefix("T").rstrip("T"), kind)
        if value is None:
            raise PathSyntaxError(f"The expression holds “@{token.text[:20]}”, which is no date.")
        return Literal((Node(value, kind),))

    def _type_name(self) -> str:
        bracketed = self._is("(")
        if bracketed:
            self._at += 1
        if self._now.kind not in ("name", "quoted"):
            raise self._wrong("no type name where one is needed")
        text = self._next().text
        while self._is("."):
            self._at += 1
            text = self._next().text
        if bracketed:
            self._expect(")")
        return text
