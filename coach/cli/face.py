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
        self.plain = _wants_lines()
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
        """Columns to wrap at; null where no terminal shows it, for then nothing is wrapped.

        Null too line by line: there `out` breaks the lines, once their signs are words.
        """
        return _columns() if sys.stdout.isatty() and not self.plain else None

    @property
    def talks(self) -> bool:
        """Whether a confirmation would be seen: cron stays silent."""
        return not self.quiet and sys.stderr.isatty()

    def out(self, text: str = "") -> None:
        """Print what was asked for, in words for people, to stdout."""
        if self.plain:
            text = self.worded(text)
            text = wrapped(text) if sys.stdout.isatty() else text
        print(text)

    def data(self, text: str) -> None:
        """Print what another program reads, to stdout, as it is."""
        print(text)

    def say(self, text: str) -> None:
        """Talk to the person, on stderr, unless ``--quiet``."""
        if not self.quiet:
            self._tell(text)

    def confirm(self, text: str) -> None:
        """Say that something was done; only to a terminal, so that cron stays silent."""
        if self.talks:
            self._tell(text)

    def worded(self, text: str) -> str:
        """A text as this call says it: line by line, signs are words and columns are lists."""
        if not self.plain:
            return text
        from coach.draw.spoken import spoken

        return spoken(text)

    def _tell(self, text: str) -> None:
        text = self.worded(text)
        print(wrapped(text) if sys.stderr.isatty() else text, file=sys.stderr)

    def emit(self, name: str, document: dict[str, Any]) -> None:
        """Print one JSON document of the schema ``coach.NAME/1``."""
        import json

        whole = {"schema": f"coach.{name}/1", **document}
        print(json.dumps(whole, ensure_ascii=not _utf8(sys.stdout), allow_nan=False))

    def fail(self, problem: Problem) -> int:
        """Say what went wrong on stderr, and give the exit code."""
        if self.json:
            import json

            error = {"code": problem.code, "message": problem.message, "hint": problem.hint}
            if problem.details:
                error["details"] = list(problem.details)  # type: ignore[assignment]
            print(
                json.dumps(
                    {"error": {**error, "exit": problem.exit_code}}, ensure_ascii=not _utf8(sys.stderr)
                ),
                file=sys.stderr,
            )
        else:
            self._tell(f"coach: {problem.message}")
            for detail in problem.details:
                if not (self.plain and detail.strip(" 0123456789").startswith("|")):
                    self._tell(f"  {detail}")  # a line with a mark below it is for the eye alone
            if problem.hint:
                self._tell(f"  next: {problem.hint}")
        return problem.exit_code


def _wants_lines() -> bool:
    """Whether the surroundings ask for lines: ``COACH_PLAIN``, or a terminal that is called dumb."""
    if os.environ.get("COACH_PLAIN", "0") not in ("", "0"):
        return True
    return os.environ.get("TERM") == "dumb" and (sys.stdout.isatty() or sys.stderr.isatty())


def _columns() -> int:
    import shutil

    return max(20, min(shutil.get_terminal_size().columns, 100))


def wrapped(text: str) -> str:
    """A text broken at the terminal's width, every line keeping its indent."""
    import textwrap

    width = _columns()
    lines: list[str] = []
    for line in text.splitlines():
        indent = line[: len(line) - len(line.lstrip())]
        lines += textwrap.wrap(
            line, width, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
        ) or [""]
    return "\n".join(lines)


def _utf8(stream: Any) -> bool:
    """Whether a stream takes every character."""
    return "utf" in (stream.encoding or "").lower().replace("_", "")


def speak_ascii() -> None:
    """Where output cannot show every character, print signs as they are typed instead of ending in an error.

    A terminal under a C or POSIX locale is such an output, though Python writes UTF-8 to it; a pipe is not.
    """
    for stream in (sys.stdout, sys.stderr):
        narrow = not _utf8(stream)
        if narrow or (_c_locale() and stream.isatty()):
            import codecs

            from coach.draw.spoken import ascii_only

            def typed(error: UnicodeError) -> tuple[str, int]:
                if not isinstance(error, UnicodeEncodeError):
                    raise error
                return ascii_only(error.object[error.start : error.end]), error.end

            codecs.register_error("coach-ascii", typed)
            encoding = stream.encoding if narrow else "ascii"
            stream.reconfigure(encoding=encoding, errors="coach-ascii")  # type: ignore[union-attr]


def _c_locale() -> bool:
    """Whether the person asked for plain ASCII.

    Python itself puts ``C.UTF-8`` into ``LC_CTYPE`` where only ``LANG`` is C (PEP 538).
    """
    asked = os.environ.get("LC_ALL") or os.environ.get("LANG", "")
    kind = os.environ.get("LC_CTYPE", "")
    if not os.environ.get("LC_ALL") and kind and kind not in ("C.UTF-8", "C.utf8", "UTF-8"):
        asked = kind
    return asked in ("C", "POSIX")
