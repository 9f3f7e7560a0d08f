"""Questions on a terminal, one a line; nothing here runs without a person."""

from __future__ import annotations

import sys

from coach.problems import BadValue


def ask(prompt: str) -> str:
    """Ask on stderr and read a line from the terminal. Raises KeyboardInterrupt at its end."""
    print(prompt, end=" ", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        raise KeyboardInterrupt
    return line.strip()


def ask_number(text: str, low: float, high: float) -> float | None:
    """Ask for a number until one fits; an empty line leaves it out."""
    from coach.cli.parse import number

    while True:
        answer = ask(f"{text} (Enter leaves it out):")
        if not answer:
            return None
        try:
            return number(answer, "This", low, high, "")
        except BadValue as bad:
            print(f"  {bad.message}", file=sys.stderr)


def sure(text: str) -> bool:
    """Ask a yes-or-no question; anything but a yes is a no."""
    return ask(f"{text} [y/N]").lower() in ("y", "yes")
