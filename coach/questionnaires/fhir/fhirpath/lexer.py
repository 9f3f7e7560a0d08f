"""Text of an expression to tokens."""

from __future__ import annotations

import re
from typing import NamedTuple

from coach.questionnaires.fhir.errors import BudgetSpent, PathSyntaxError

MAX_CHARS = 20_000
MAX_TOKENS = 5_000

_TOKEN = re.compile(
    r"""
    (?P<blank>\s+ | //[^\n]* | /\*.*?\*/)
  | (?P<time>@T\d{2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?)?)
  | (?P<date>@\d{4}(?:-\d{2}(?:-\d{2})?)?
      (?:T(?:\d{2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?)?)?(?:Z|[+-]\d{2}:\d{2})?)?)
  | (?P<number>\d+(?:\.\d+)?)
  | (?P<string>'(?:[^'\\]|\\.)*')
  | (?P<variable>%(?:[A-Za-z_][\w-]*|`[^`]*`|'[^']*'|"[^"]*"))
  | (?P<special>\$(?:this|index|total))
  | (?P<quoted>`[^`]*`)
  | (?P<name>[A-Za-z_]\w*)
  | (?P<operator><=|>=|!=|!~|[-+*/&|<>=~.,()\[\]{}])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}


class Token(NamedTuple):
    """One word of an expression, with the place where it begins."""

    kind: str
    text: str
    place: int


def tokens(source: str) -> list[Token]:
    """Cut an expression into tokens, the last one being ``end``.

    Raises `PathSyntaxError` for a character that begins no token, `BudgetSpent` for a text
    that is too long.
    """
    if len(source) > MAX_CHARS:
        raise BudgetSpent(f"An expression is longer than {MAX_CHARS} characters.")
    found: list[Token] = []
    place = 0
    while place < len(source):
        match = _TOKEN.match(source, place)
        if match is None:
            raise PathSyntaxError(
                f"The expression cannot be read at character {place + 1} (“{source[place]}”)."
            )
        kind = match.lastgroup or ""
        if kind != "blank":
            found.append(Token(kind, _content(kind, match.group()), place))
        if len(found) > MAX_TOKENS:
            raise BudgetSpent(f"An expression has more than {MAX_TOKENS} words.")
        place = match.end()
    return [*found, Token("end", "", place)]


def _content(kind: str, text: str) -> str:
    if kind in ("string", "quoted"):
        return _unescaped(text[1:-1])
    if kind == "variable":
        return text[1:].strip("`'\"")
    return text[1:] if kind in ("special", "date", "time") else text


def _unescaped(text: str) -> str:
    def one(match: re.Match[str]) -> str:
        what = match.group(1)
        if len(what) == 5:
            code = int(what[1:], 16)
            return "" if 0xD800 <= code <= 0xDFFF else chr(code)
        return _PLAIN.get(what, what)

    return _ESCAPE.sub(one, text)
