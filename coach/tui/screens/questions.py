"""The weekly safety questions before a review, put as those of the interview are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from coach.tui.base import Page
from coach.tui.putting import Putting, grouped
from coach.tui.widgets.answers import Answers
from coach.tui.widgets.drawn import Drawn

if TYPE_CHECKING:
    from coach.cases.interview import Interview


class Questions(Page, Putting):
    """Ask the interviews to their end; gives their answers, or null when it was left."""

    NAME = "Questions before the review"
    STOP = "not now"
    DEFAULT_CSS = """
    Questions #words { height: auto; max-height: 70%; scrollbar-size-vertical: 1; }
    Questions #keys { dock: bottom; }
    """
    BINDINGS: ClassVar[list[Any]] = [*Putting.KEYS, Binding("escape", "stop", "Not now", priority=True)]

    def __init__(self, interviews: tuple[Interview, ...]) -> None:
        super().__init__()
        self._interviews = interviews
        self._at = 0
        self._over = False

    def body(self) -> ComposeResult:
        """The question, the ways to answer it, and what the keys do."""
        yield VerticalScroll(Drawn(id="question"), id="words", can_focus=False)
        yield Answers()
        yield Drawn(id="keys")

    def reload(self) -> None:
        """The first question; what others write changes nothing here."""
        if self.interview is None:
            self._begin(0)

    def _begin(self, at: int) -> None:
        self._at = at
        self.interview = grouped(self._interviews[at])
        self.put()

    def afresh(self) -> None:
        """Answered elsewhere: the review page asks for them again where it still needs them."""
        self.dismiss(None)

    def enter_label(self) -> str:
        """What Enter does."""
        return self.way_on()

    def over(self) -> None:
        """The next interview; after the last one, and where an answer stops them, the answers are given."""
        if self._over:
            return
        if self._step.stop is None and self._at + 1 < len(self._interviews):
            self.call_next(self._begin, self._at + 1)
        else:
            self._over = True
            for each in self._interviews:
                self.let_go(f"interview/{each.occasion}/*")
            self.dismiss(self.coach().gathered(self._interviews))

    def went_back(self) -> bool:
        """The question before, in the interview before where this one begins."""
        if self.interview is not None and not self.interview.order and self._at:
            self._at -= 1
            self.interview = self._interviews[self._at]
        return super().went_back()

    def action_stop(self) -> None:
        """Leave; nothing was reviewed."""
        if not self._over:
            self.dismiss(None)
