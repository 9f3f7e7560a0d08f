"""What can go wrong, as a person meets it: a sentence, what to do next, and an exit code."""

from __future__ import annotations


class Problem(Exception):
    """Something that is no bug: ``message`` says what happened and why, ``hint`` what to do next."""

    exit_code = 1
    code = "problem"

    def __init__(
        self, message: str, hint: str = "", *, code: str = "", details: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details = details
        if code:
            self.code = code


class BadValue(Problem):
    """A word, value or date on the command line that does not fit."""

    exit_code = 2
    code = "value"


class NothingToDo(Problem):
    """There is no episode yet, or nothing to act on."""

    exit_code = 3
    code = "nothing"


class BadFile(Problem):
    """A file or standard input that cannot be used; nothing was changed."""

    exit_code = 4
    code = "file"


ELSEWHERE = "elsewhere"
"""Code of what went on in another window, or was deleted there, since it was read here."""


class Busy(Problem):
    """Another process holds the journal, or changed it meanwhile; nothing was changed."""

    exit_code = 5
    code = "busy"


class Withheld(Problem):
    """Something was not given, for safety."""

    exit_code = 6
    code = "safety"

    @classmethod
    def closed(cls) -> Withheld:
        """A plan is closed by a warning sign."""
        return cls(
            "Your plan is closed until a warning sign is cleared up.",
            "coach today says whom to see and what to do",
        )


class NeedsDoctor(Problem):
    """The storage is damaged, full or not writable; ``coach doctor`` says more."""

    exit_code = 7
    code = "storage"
