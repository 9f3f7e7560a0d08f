"""The only room that knows both faces: which of them a call is for."""

from __future__ import annotations

import sys


def run(arguments: list[str]) -> int:
    """Run one call of ``coach`` and give its exit code."""
    from coach.cli.app import main

    return main(arguments)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
