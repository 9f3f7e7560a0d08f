"""A session that the disk did not take, or that went on elsewhere."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from coach.problems import ELSEWHERE, Problem
from coach.tui.base import Page

if TYPE_CHECKING:
    from coach.cases.playing import Running


class Held(Page):
    """A page with a session under way; what is shown of it is for the page itself."""

    def __init__(self) -> None:
        super().__init__()
        self.running: Running | None = None
        self._ending = False

    def _afresh(self, problem: Problem) -> None:
        """It went on in another window, or is over there: show it as it stands, and stand still."""
        self.running, self._ending = None, False
        if not self.is_current:
            self.seen = ()  # read when one comes back
            return
        self.coach_app.tell(f"{problem.message} {problem.hint}", severe=True)
        self.renew()

    def ending(self) -> None:
        """Write once more what the disk did not take."""
        if self.running is not None and self.running.unsaved:
            with suppress(Problem):
                self.running.do("pause", time.monotonic())

    def refused(self, what: str, problem: Problem) -> None:
        """The end of it was not taken: it may have been recorded elsewhere; else Enter tries again."""
        self._ending = False
        if problem.code == ELSEWHERE:
            self._afresh(problem)
        else:
            super().refused(what, problem)
