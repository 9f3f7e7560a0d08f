"""Questions on a terminal, one a line; nothing here runs without a person."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from coach.cli.face import wrapped
from coach.problems import BadValue

SIGNS = {
    "help": "?", "why": "?", "back": "<", "skip": "-", "none": "-", "pause": "q", "stop": "q", "quit": "q",
}  # fmt: skip
"""The same as words, for those whose reader does not say the signs."""


class Closed(KeyboardInterrupt):
    """The person closed the input, with Ctrl-D: that leaves, too."""


def ask(prompt: str, read: Callable[[], str] | None = None) -> str:
    """Ask on stderr and read a line from the terminal. Raises `Closed` at its end."""
    print(wrapped(prompt), end=" ", file=sys.stderr, flush=True)
    if read is not None:
        return read().strip()
    line = sys.stdin.readline()
    if not line:
        raise Closed
    return line.strip()


def sign(typed: str) -> str:
    """The sign that a typed word stands for: ``<`` for ``back``; anything else stays."""
    return SIGNS.get(typed.lower(), typed)


def sure(text: str, *, usual: bool = False) -> bool:
    """Ask a yes-or-no question until it is answered; Enter is the usual answer."""
    while True:
        typed = ask(f"{text} (y or n; Enter: {'yes' if usual else 'no'})").lower() or ("n", "y")[usual]
        if typed in ("y", "yes"):
            return True
        if typed in ("n", "no"):
            return False
        print(wrapped("  Type y for yes, or n for no."), file=sys.stderr)


def choose(
    text: str,
    choices: Sequence[tuple[str, str, str]],
    *,
    own: bool = False,
    read: Callable[[], str] | None = None,
) -> str:
    """Ask which of these it is: key, text and value of each. Empty where it is none of them.

    With ``own`` a few words of the person's own will do; ``read`` gives a line where another reads them.
    """
    keys = _keys([key for key, _, _ in choices]) + (", or your own words" if own else "")
    print(wrapped("\n".join((text, *(f"  {key} {each}" for key, each, _ in choices)))), file=sys.stderr)
    prompt = f"Type {keys} (Enter: nothing of it):"
    while True:
        typed = sign(ask(prompt, read))
        if typed in ("", "q", "<", "-"):
            return ""
        for key, _, value in choices:
            if typed and typed.lower() in (key, value.lower(), {"y": "yes", "n": "no"}.get(key)):
                return value
        if own and len(typed) > 1:
            return typed
        print(wrapped(f"  Type {keys}."), file=sys.stderr)


def _keys(found: list[str]) -> str:
    """Keys as a person lists them: ``y or n``, ``1 to 9``."""
    if len(found) > 2 and found == [str(each) for each in range(1, len(found) + 1)]:
        return f"1 to {len(found)}"
    return " or ".join((", ".join(found[:-1]), found[-1])) if found[1:] else found[0]


class Question(NamedTuple):
    """One of several that are asked in a row: its name, its words, and how an answer is read."""

    name: str
    text: str
    read: Callable[[str], Any]
    """Gives the value; raises `BadValue`."""
    now: str = ""
    """What stands there already; Enter keeps it."""


HOW = "Enter leaves a question out. You can also type: back, or stop to end here."


def number(low: float, high: float) -> Callable[[str], float]:
    """How a number within a range is read."""
    from coach.cli import parse

    def read(typed: str) -> float:
        try:
            return parse.number(typed, "This", low, high, "")
        except BadValue:
            raise BadValue(f"Type a number from {low:g} to {high:g}, or Enter.") from None

    return read


@contextmanager
def hung_up() -> Iterator[None]:
    """A line that breaks while questions are asked is an interrupt, so that what was given can be kept."""
    import signal

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    number = getattr(signal, "SIGHUP", None)  # Windows has none
    before = signal.signal(number, stop) if number is not None else None
    try:
        yield
    finally:
        if number is not None:
            signal.signal(number, before)


def in_a_row(questions: Sequence[Question], given: dict[str, Any]) -> bool:
    """Ask one after the other into ``given``, which keeps what was answered whatever ends it.

    False where the person stopped before the end. May raise `KeyboardInterrupt`, for a closed window too.
    """
    with hung_up():
        return _row(questions, given)


def _row(questions: Sequence[Question], given: dict[str, Any]) -> bool:
    at = 0
    while at < len(questions):
        one = questions[at]
        kept = f"now {one.now}; Enter keeps it" if one.now else "Enter leaves it out"
        typed = sign(ask(f"{one.text} ({kept}):"))
        if typed in ("", "-"):
            at += 1
        elif typed == "<":
            at = max(0, at - 1)
            given.pop(questions[at].name, None)
        elif typed == "q":
            return False
        elif typed == "?":
            print(wrapped(f"  {HOW}"), file=sys.stderr)
        else:
            try:
                given[one.name] = one.read(typed)
                at += 1
            except BadValue as bad:
                print(wrapped(f"  {bad.message}"), file=sys.stderr)
    return True
