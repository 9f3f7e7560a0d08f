"""The only room that knows both faces: which of them a call is for."""

from __future__ import annotations

import os
import sys


def run(arguments: list[str]) -> int:
    """Run one call of ``coach`` and give its exit code."""
    from coach.cli.app import main

    if all(
        each.startswith("-") or arguments[place - 1].startswith("--") for place, each in enumerate(arguments)
    ):
        code = _app(list(arguments))
        if code is not None:
            return code
    return main(arguments)


def _app(arguments: list[str]) -> int | None:
    """Open the terminal app where a person sits at a terminal and named no command; else null."""
    if os.environ.get("TERM", "dumb") == "dumb" or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return None
    from coach.cli.face import Face
    from coach.problems import Problem

    face = Face()
    try:
        rest = face.take_options(arguments)
        face.coach()
    except Problem:
        return None  # the command line says it
    if rest or face.plain or face.json or face.quiet:
        return None
    from coach.tui.start import run as open_app

    return open_app(face.coach)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
