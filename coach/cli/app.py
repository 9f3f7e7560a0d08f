"""One call of the command line: find the command, load only that one, run it, give the exit code."""

from __future__ import annotations

import os
import sys
from typing import Any

from coach.actions import ACTIONS, Action, find
from coach.cli.face import Face, speak_ascii
from coach.problems import Problem

ASKED = ("flare", "pause", "log")
"""What asks on a terminal where no more words are given; without one a missing word is exit 2."""


def main(arguments: list[str]) -> int:
    """Run ``coach`` with these arguments; the exit codes are those of the README."""
    speak_ascii()
    return _guarded(Face(), list(arguments))


def _guarded(face: Face, arguments: list[str]) -> int:
    try:
        code = _run(face, arguments)
        sys.stdout.flush()
        _wait()
        return code
    except Problem as problem:
        return face.fail(problem)
    except KeyboardInterrupt:
        face.say("\nStopped. What was saved stays saved.")
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 141
    except Exception as error:
        return _other(face, error)


def _wait() -> None:
    """Wait for the person's own programs, where any was started."""
    if "coach.cases.hooks" in sys.modules:
        from coach.cases.hooks import wait

        wait()


def _run(face: Face, arguments: list[str]) -> int:
    rest = face.take_options(arguments)
    if not rest:
        return _today(face)
    name = rest[0]
    if name in ("-h", "--help", "help"):
        from coach.cli.help import overview, topic

        face.out(topic(rest[1]) if name == "help" and rest[1:] else overview())
        return 0
    if name == "--version":
        from coach.version import VERSION

        face.out(f"coach {VERSION}")
        return 0
    action = find(name)
    if action is None:
        from coach.cli.help import unknown

        raise unknown(name)
    if not rest[1:] and action.name in ASKED and face.asks and not (face.json or face.quiet):
        return _asked(face, action)
    return _call(face, action.name, action.module, rest[1:])


def _asked(face: Face, action: Action) -> int:
    """A command that needs more words, without them and with a person at the keyboard."""
    if action.alone:
        return _call(face, action.name, action.module, list(action.alone))
    from coach.cli.lines import turned

    turned(face, "flare" if action.name == "flare" else "pause")
    return 0


def _today(face: Face) -> int:
    """Today; with ``--plain`` and a person at the keyboard all else follows line by line."""
    if face.plain and face.asks and not (face.json or face.quiet):
        from coach.cli.lines import lead

        return lead(face, _guarded)
    return _call(face, "today", "today", [])


def _call(face: Face, name: str, module: str, arguments: list[str]) -> int:
    from coach.cli.parse import command

    parsed = command(name, module, face)
    # not parsed.main: that one turns a reader who went away into exit 1
    with parsed.make_context(f"coach {name}", arguments, obj=face) as context:
        parsed.invoke(context)
    return 0


def _other(face: Face, error: Exception) -> int:
    """Errors of the parser by their shape, and everything else as the bug it is."""
    if type(error).__name__ in ("Exit", "Abort"):
        return int(getattr(error, "exit_code", 130))
    message = getattr(error, "format_message", None)
    if callable(message):
        return face.fail(_usage(str(message()), error))
    if isinstance(error, OSError) and getattr(error, "filename", None) is None and _stdout_full(error):
        return face.fail(Problem("The output could not be written: no space left on the device."))
    if os.environ.get("COACH_DEBUG"):
        raise error
    kind = f"{type(error).__name__}: {error}"
    return face.fail(
        Problem(
            f"Something went wrong inside coach ({kind}). Nothing that was saved before is lost.",
            "run the same command with COACH_DEBUG=1 and send what it prints",
            code="bug",
        )
    )


def _stdout_full(error: OSError) -> bool:
    import errno

    return error.errno == errno.ENOSPC


def _usage(message: str, error: Exception) -> Problem:
    from coach.problems import BadValue

    lines = [line.strip() for line in message.splitlines() if line.strip()]
    context: Any = getattr(error, "ctx", None)
    path = getattr(context, "command_path", "coach")
    more = getattr(getattr(context, "command", None), "commands", None)
    if more and lines[:1] == ["Missing command."]:
        lines = [f"{path} needs one of: {', '.join(more)}."]
    return BadValue(" ".join(lines), f"{path} --help shows what it takes", code="usage")


def names() -> tuple[str, ...]:
    """All command names, for did-you-mean and completion."""
    return tuple(action.name for action in ACTIONS)
