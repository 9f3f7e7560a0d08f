"""Putting the questions of an interview: shared by the page of the interview and the box before a review."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.screen import Screen

from coach.draw import asking
from coach.problems import ELSEWHERE, Problem
from coach.tui import interview_lines as lines
from coach.tui.base import Asking
from coach.tui.lines import faint_para
from coach.tui.widgets.answers import Answers
from coach.tui.widgets.drawn import Drawn, nothing
from coach.tui.widgets.given import Begun, Given

if TYPE_CHECKING:
    from coach.cases.interview import Interview


def grouped(interview: Interview | None) -> Interview | None:
    """Signs that go together are put as one question."""
    if interview is not None:
        interview.grouped = True
    return interview


class Putting(Asking, Screen[Any]):
    """One question at a time, in ``#question``, `Answers` and ``#keys``; every answer is saved at once.

    What comes of a question that is over is for the screen to say in `over`.
    """

    KEYS: ClassVar[list[Any]] = [
        Binding("b", "one_back", "One back"),
        Binding("backspace,up", "one_back", "One back", show=False),
        Binding("w", "why", "Why we ask"),
        Binding("f1", "why", "Why we ask", show=False),
        Binding("minus", "leave_out", "Leave out", show=False),
    ]
    STOP = "stop for now"
    """What Escape does."""

    def __init__(self) -> None:
        super().__init__()
        self.interview: Interview | None = None
        self._step: Any = None
        self._wrong = ""
        self._earlier: dict[str, Any] = {}
        """Answers that were gone back from: they stand there again."""
        self._why = False

    def over(self) -> None:
        """Nothing more is asked, or the answers stop the questions."""

    def put(self, *, anew: bool = True) -> None:
        """Draw the question that is on; ``anew`` puts it afresh, with no answer begun."""
        if self.interview is not None:
            self._step = self.interview.step()
            if self._step.stop is not None or self._step.item is None:
                self.over()
        words, answers = self.query_one("#question", Drawn), self.query_one(Answers)
        hint = ""
        if self.asks and self.interview is not None:
            item, may = lines.asked(self._step, self.interview.items)
            words.show(lines.question(self._step, item, self._wrong, self._why))
            if anew:
                half = lines.left(item, may, self.left_here(self._draft_key))
                answers.ask(item, may, half or lines.before(self._step, self._earlier))
            hint = lines.keys(item, bool(may), self.STOP)
        else:
            words.show(self.rest())
            answers.ask(None)
        self.query_one("#keys", Drawn).show(lambda width: faint_para(hint, width) if hint else [])
        self.refresh_bindings()

    def rest(self) -> Any:
        """What stands there where no question does."""
        return nothing

    @property
    def asks(self) -> bool:
        """Whether a question is on."""
        return self._step is not None and self._step.item is not None

    def way_on(self) -> str:
        """What Enter does at the question."""
        if not self.asks:
            return ""
        return "Answer" if self._step.group is None and asking.mode_of(self._step.item) != "many" else "Go on"

    # -- answering -----------------------------------------------------------------------------

    @on(Given)
    def _given(self, event: Given) -> None:
        """Take an answer; what does not fit is said, and asked again."""
        if self.interview is None or not self.asks:
            return
        if event.value is None or (event.value == () and not self._step.item.required):
            self.action_leave_out()
            return
        from coach.questionnaires.catalogue import parse_typed

        self._wrong, key = "", self._draft_key
        try:
            if self._step.group is not None:
                each = lines.of_each(self._step.group.items, event.value, event.unsure)
                self.interview.answer_together(each)
            else:
                value = parse_typed(self._step.item, event.value) if event.typed else event.value
                self.interview.answer(self._key, value)
            self.let_go(key)
        except ValueError as bad:
            said = str(getattr(bad, "message", bad))
            self._wrong = f"{said[:1].upper()}{said[1:]}."
        except Problem as problem:
            if self._went_on(problem):
                return
        self.put(anew=not self._wrong)

    def _went_on(self, problem: Problem) -> bool:
        """Say that the disk took nothing, for now; where another window went on, read where it stands."""
        self.coach_app.tell(f"{problem.message} {problem.hint}", severe=True)
        if problem.code == ELSEWHERE:
            self.afresh()
        return problem.code == ELSEWHERE

    def afresh(self) -> None:
        """The questions went on in another window: read where they stand."""

    @property
    def _draft_key(self) -> str:
        question = self._step.group.id if self._step.group is not None else self._key
        return f"interview/{self.interview.occasion if self.interview else ''}/{question}"

    def draft(self) -> tuple[str, Any] | None:
        """What stands half typed or half chosen at the question that is on."""
        return (self._draft_key, self.query_one(Answers).begun) if self.asks else None

    def ending(self) -> None:
        """Write once more what the disk did not take."""
        if self.interview is not None and self.interview.unsaved:
            with suppress(Problem):
                self.interview.hold()

    @on(Begun)
    def _begun(self) -> None:
        """What was said about the last try no longer holds."""
        if self._wrong:
            self._wrong = ""
            self.put(anew=False)

    @property
    def _key(self) -> str:
        """The id under which the answer goes."""
        item: str = self._step.item.id
        return f"{item}_again" if self._step.re_ask else item

    def action_choose(self, value: str) -> None:
        """A click on the chart."""
        self.query_one(Answers).choose(value)

    def action_give(self, value: int) -> None:
        """A click on a number."""
        self.query_one(Answers).post_message(Given(value))

    def action_leave_out(self) -> None:
        """Leave the question out, where it may be."""
        if self.interview is None or not self.asks:
            return
        needed = self._step.item.required or self._step.group is not None
        self._wrong = asking.needed(self._step) if needed else ""
        try:
            if not needed:
                self.interview.skip(self._key)
        except Problem as problem:
            if self._went_on(problem):
                return
        self.put(anew=not needed)

    def went_back(self) -> bool:
        """Whether there was a question before this one, to be answered again."""
        if self.interview is None:
            return False
        answers = dict(self.interview.answers)
        found = self.interview.back() is not None
        self._earlier |= {key: answers[key] for key in answers.keys() - self.interview.answers.keys()}
        self._wrong = ""
        return found

    def action_one_back(self) -> None:
        """The question before, to be answered again."""
        if self.interview is None:
            return
        try:
            if not self.went_back():
                self.coach_app.tell("This is the first question.")
        except Problem as problem:
            if self._went_on(problem):
                return
        self.put()

    def action_why(self) -> None:
        """Why we ask, or no longer."""
        self._why = not self._why
        self.put(anew=False)
