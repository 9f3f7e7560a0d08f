"""Saving off the screen's back: one thread, in order, and nothing is dropped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from textual.message import Message

from coach.problems import ELSEWHERE, Busy, Problem

if TYPE_CHECKING:
    from textual.app import App
    from textual.message_pump import MessagePump

    from coach.coach import Coach

Do = Callable[["Coach"], Any]
TRIES = 6
WAIT_S = 0.5
"""Between two tries while another process holds the journal."""


class Saved(Message):
    """Something is on the disk."""

    def __init__(self, what: str, result: Any, page: MessagePump) -> None:
        super().__init__()
        self.what = what
        self.result = result
        self.page = page


class NotSaved(Message):
    """Something could not be saved; ``do`` tries it again.

    ``asked`` is true where a refusal was expected and goes to the page alone.
    """

    def __init__(self, what: str, problem: Problem, do: Do, page: MessagePump, asked: bool = False) -> None:
        super().__init__()
        self.what = what
        self.problem = problem
        self.do = do
        self.page = page
        self.asked = asked


class NotKept(Message):
    """A draft cannot be kept."""

    def __init__(self, problem: Problem) -> None:
        super().__init__()
        self.problem = problem


class Saving:
    """The line in which entries wait to be written, in the order they were given."""

    def __init__(self, opener: Callable[[], Coach]) -> None:
        self._open = opener
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="saving")
        self._quick = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drafts")
        self._one = threading.Lock()
        self.waiting = 0
        self.faults: list[Exception] = []
        """Errors that are bugs of coach, for tests and for the word of farewell."""
        self._refused = ""
        self.lost: list[str] = []
        """What could not be saved and found nobody to tell."""

    def put(self, app: App[Any], page: MessagePump, what: str, do: Do, *, asked: bool = False) -> None:
        """Write when those before are written, and tell ``app``, which tells ``page``."""
        self.waiting += 1
        self._thread.submit(self._save, app, page, what, do, asked)

    def quietly(self, app: App[Any], do: Do, *, after: bool = False) -> None:
        """Write without a word where it goes well; a refusal is told once.

        ``after`` waits in the line; else it is written at once, whoever holds the journal.
        """
        (self._thread if after else self._quick).submit(self._quiet, app, do)

    def close(self) -> None:
        """Wait until everything is written."""
        self._thread.shutdown(wait=True)
        self._quick.shutdown(wait=True)

    def _save(self, app: App[Any], page: MessagePump, what: str, do: Do, asked: bool) -> None:
        told: Message
        try:
            told = Saved(what, self._tried(do), page)
        except Problem as problem:
            told = NotSaved(what, problem, do, page, asked)
        except Exception as error:
            self.faults.append(error)
            text = f"Something went wrong inside coach ({type(error).__name__}: {error})."
            told = NotSaved(what, Problem(text), do, page)
        self.waiting -= 1
        if not app.post_message(told) and isinstance(told, NotSaved):
            self.lost.append(f"{what}: {told.problem.message}")

    def _quiet(self, app: App[Any], do: Do) -> None:
        try:
            with self._one:
                do(self._open())
            self._refused = ""
        except Problem as problem:
            if problem.message != self._refused:
                app.post_message(NotKept(problem))
            self._refused = problem.message
        except Exception as error:
            self.faults.append(error)

    def _tried(self, do: Do) -> Any:
        for left in range(TRIES, 0, -1):
            try:
                return do(self._open())
            except Busy as busy:
                if left == 1 or busy.code == ELSEWHERE:
                    raise
                time.sleep(WAIT_S)
        raise AssertionError("not reached")
