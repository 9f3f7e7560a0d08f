"""What every command shares: the global options, where to print, and the coach to ask."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, TypeVar

from coach.problems import BadValue, Problem

if TYPE_CHECKING:
    from coach.coach import Coach
    from coach.daily import Daily

D = TypeVar("D", bound="Daily")

FLAGS = {"--json": "json", "--plain": "plain", "--quiet": "quiet", "-q": "quiet"}
VALUES = {"--home": "home", "--today": "today"}


class Face:
    """One call of the command line."""

    def __init__(self) -> None:
        self.home: str | None = None
        self.today: str | None = None
        self.json = False
        self.plain = bool(os.environ.get("COACH_PLAIN")) or os.environ.get("TERM") == "dumb"
        self.quiet = False

    def take_options(self, arguments: list[str]) -> list[str]:
        """Take the global options that stand before the command; the rest is returned."""
        while arguments:
            word, _, value = arguments[0].partition("=")
            if word in FLAGS and "=" not in arguments[0]:
                setattr(self, FLAGS[word], True)
                del arguments[0]
            elif word in VALUES:
                if "=" not in arguments[0]:
                    if len(arguments) < 2:
                        raise BadValue(f"{word} needs a value.", f"for example: coach {word} ...")
                    value = arguments[1]
                    del arguments[0]
                setattr(self, VALUES[word], value)
                del arguments[0]
            else:
                break
        return arguments

    def coach(self) -> Coach:
        """Open the home of this call. Raises `BadValue` for a date that is none."""
        from coach.coach import Coach

        return self._open(Coach)

    def daily(self) -> Daily:
        """The same for the commands of every day, which load no more than they need."""
        from coach.daily import Daily

        return self._open(Daily)

    def _open(self, kind: type[D]) -> D:
        from coach.home import find_home, local_day

        try:
            day, instant = local_day(self.today)
        except ValueError:
            given = self.today or os.environ.get("COACH_TODAY") or os.environ.get("COACH_NOW")
            raise BadValue(f"“{given}” is not a date like 2026-11-23.", "write it as YYYY-MM-DD") from None
        return kind.open(find_home(self.home), today=day, at=instant)

    @property
    def asks(self) -> bool:
        """Whether a person sits at the keyboard, so that a missing value may be asked for."""
        return sys.stdin.isatty() and sys.stderr.isatty()

    @property
    def width(self) -> int | None:
        """Columns to wrap at; null where no terminal shows it, for then nothing is wrapped."""
        if not sys.stdout.isatty():
            return None
        import shutil

        return max(40, min(shutil.get_terminal_size().columns, 100))

    @property
    def talks(self) -> bool:
        """Whether a confirmation would be seen: cron stays silent."""
        return not self.quiet and sys.stderr.isatty()

    def out(self, text: str = "") -> None:
        """Print what was asked for, to stdout."""
        print(text)

    def say(self, text: str) -> None:
        """Talk to the person, on stderr, unless ``--quiet``."""
        if not self.quiet:
            print(_wrapped(text) if sys.stderr.isatty() else text, file=sys.stderr)

    def confirm(self, text: str) -> None:
        """Say that something was done; only to a terminal, so that cron stays silent."""
        if self.talks:
            print(_wrapped(text), file=sys.stderr)

    def emit(self, name: str, document: dict[str, Any]) -> None:
        """Print one JSON document of the schema ``coach.NAME/1``."""
        import json

        print(json.dumps({"schema": f"coach.{name}/1", **document}, ensure_ascii=False, allow_nan=False))

    def fail(self, problem: Problem) -> int:
        """Say what went wrong on stderr, and give the exit code."""
        if self.json:
            import json

            error = {"code": problem.code, "message": problem.message, "hint": problem.hint}
            if problem.details:
                error["details"] = list(problem.details)  # type: ignore[assignment]
            print(
                json.dumps({"error": {**error, "exit": problem.exit_code}}, ensure_ascii=False),
                file=sys.stderr,
            )
        else:
            print(f"coach: {problem.message}", file=sys.stderr)
            for detail in problem.details:
                print(f"  {detail}", file=sys.stderr)
            if problem.hint:
                print(f"  next: {problem.hint}", file=sys.stderr)
        return problem.exit_code


def _wrapped(text: str) -> str:
    """A text broken at the terminal's width, every line keeping its indent."""
    import shutil
    import textwrap

    width = max(40, min(shutil.get_terminal_size().columns, 100))
    lines: list[str] = []
    for line in text.splitlines():
        indent = line[: len(line) - len(line.lstrip())]
        lines += textwrap.wrap(line, width, subsequent_indent=indent) or [""]
    return "\n".join(lines)
