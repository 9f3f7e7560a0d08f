"""The front door: answers ``status`` and ``--version`` at once, and lets all else through."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run ``coach`` with the arguments of the process, and leave with its exit code."""
    arguments = sys.argv[1:]
    if not (os.environ.get("COACH_NO_FASTPATH") or os.environ.get("COACH_PLAIN") or os.isatty(1)):
        # a person at a terminal may want other signs, and waits longer than a prompt or a status bar
        code = _quick(arguments)
        if code is not None:
            sys.exit(code)
    import gc

    gc.set_threshold(1_000_000, 20, 20)  # a command ends before there is anything to collect
    from coach.__main__ import run

    sys.exit(run(arguments))


def _quick(arguments: list[str]) -> int | None:
    """Answer the exact shapes that need no parser; null for everything else."""
    if arguments == ["--version"]:
        from coach.version import VERSION

        return _print(f"coach {VERSION}")
    if arguments[:1] == ["status"] and (len(arguments) == 1 or _formatted(arguments)):
        from coach.status import quick_line

        line = quick_line(*arguments[2:])
        return None if line is None else _print(line)
    return None


def _formatted(arguments: list[str]) -> bool:
    return len(arguments) == 3 and arguments[1] == "--format" and bool(arguments[2])


def _print(line: str) -> int | None:
    try:
        print(line, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 141
    except (OSError, UnicodeError):
        return None
    return 0


if __name__ == "__main__":
    main()
