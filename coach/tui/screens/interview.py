"""The interview: one question at a time, digits and arrows answer it, each answer saved as it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from coach.problems import Problem
from coach.tui import interview_lines as lines
from coach.tui.base import Page
from coach.tui.lines import faint_para
from coach.tui.widgets.answers import Answers
from coach.tui.widgets.drawn import Drawn, nothing

if TYPE_CHECKING:
    from coach.cases.assess import Assessed
    from coach.cases.interview import Interview


class InterviewPage(Page):
    """Questions, and what they led to; where it comes to that, the page of an emergency."""

    NAME = "Questions"
    CSS_PATH = "interview.tcss"
    BINDINGS: ClassVar[list[Any]] = [
        Binding("enter", "onward", "Answer", show=False),
        Binding("b", "one_back", "One back"),
        Binding("backspace,up", "one_back", "One back", show=False),
        Binding("w", "why", "Why we ask"),
        Binding("f1", "why", "Why we ask", show=False),
        Binding("minus", "leave_out", "Leave out", show=False),
        Binding("s", "begin_session", "Session", show=False),
        Binding("v", "summary", "Answers", show=False),
        Binding("escape", "stop", "Stop for now", priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.interview: Interview | None = None
        self.found: Assessed | None = None
        self._step: Any = None
        self._wrong = ""
        self._why = self._summary = self._ending = False

    def body(self) -> ComposeResult:
        """The question, the ways to answer it, and what the keys do."""
        yield VerticalScroll(Drawn(id="question"), id="words", can_focus=False)
        yield Answers()
        yield Drawn(id="keys")

    def reload(self) -> None:
        """Go on with what was left, else begin; in a running episode ask what is wanted."""
        if self.interview is not None or self.found is not None:
            return
        coach = self.coach()
        left = self._together(coach.interview(resume=True))
        if left is not None and left.order:
            self.interview = left
        elif coach.has_episode() and not coach.pending():
            self.call_after_refresh(self._which)
        else:
            self.interview = self._together(
                coach.interview("rescreen" if coach.has_episode() else "enrolment")
            )
        self.show()

    def _which(self) -> None:
        from coach.tui.screens.ask import Ask

        def decided(occasion: str | None) -> None:
            if occasion is None:
                self.coach_app.back()
                return
            self.interview = self._together(self.coach().interview(occasion))
            self.show()

        more = self.coach().interview("more")
        left = more is not None and more.step().item is not None
        choices = (*lines.AGAIN, lines.MORE) if left else lines.AGAIN
        self.app.push_screen(Ask("You have answered the questions before. What now?", choices), decided)

    def _together(self, interview: Interview | None) -> Interview | None:
        """Signs that go together are put as one question, where that is wanted."""
        if interview is not None:
            interview.grouped = True
        return interview

    # -- showing -------------------------------------------------------------------------------

    @property
    def stage(self) -> str:
        """What is on the page: nothing yet, question, all or result."""
        if self.found is not None:
            return "result"
        if self.interview is None:
            return ""
        return "question" if self._step is not None and self._step.item is not None else "all"

    def show(self, *, anew: bool = True) -> None:
        """Draw what is on; ``anew`` asks the question afresh, with no answer begun."""
        if self.found is None and self.interview is not None:
            self._step = self.interview.step()
            if self._step.stop is not None:
                self._assess()
        stage, words = self.stage, self.query_one("#question", Drawn)
        item, may = None, frozenset[str]()
        if stage == "question" and self.interview is not None:
            item, may = lines.asked(self._step, self.interview.items)
        if self.found is not None:
            words.show(lines.result(self.found, self._summary))
        elif item is None and self.interview is None:
            words.show(nothing)
        elif item is None:
            words.show(lines.all_asked(len(self.interview.order) if self.interview else 0))
        else:
            words.show(lines.question(self._step, item, self._wrong, self._why))
        if anew or item is None:
            self.query_one(Answers).ask(item, may)
        self.set_class(stage == "result", "-over")
        if self.found is not None:
            hint = lines.afterwards(self.found)
            page = self.query_one("#words", VerticalScroll)
            page.can_focus = True
            page.focus()
        else:
            hint = lines.keys(item, bool(may)) if item else ""
        self.query_one("#keys", Drawn).show(lambda width: faint_para(hint, width) if hint else [])
        self.refresh_bindings()

    # -- answering -----------------------------------------------------------------------------

    @on(Answers.Given)
    def _given(self, event: Answers.Given) -> None:
        """Take an answer; what does not fit is said, and asked again."""
        if self.interview is None or self.stage != "question" or self._ending:
            return
        if event.value is None or (event.value == () and not self._step.item.required):
            self.action_leave_out()
            return
        from coach.questionnaires.catalogue import parse_typed

        self._wrong = ""
        try:
            if self._step.group is not None:
                each = lines.of_each(self._step.group.items, event.value, event.unsure)
                self.interview.answer_together(each)
            else:
                value = parse_typed(self._step.item, event.value) if event.typed else event.value
                self.interview.answer(self._key, value)
        except ValueError as bad:
            said = str(getattr(bad, "message", bad))
            self._wrong = f"{said[:1].upper()}{said[1:]}."
        except Problem as problem:
            self.coach_app.tell(f"{problem.message} {problem.hint}", severe=True)
        self.show(anew=not self._wrong)

    @property
    def _key(self) -> str:
        """The id under which the answer goes."""
        item: str = self._step.item.id
        return f"{item}_again" if self._step.re_ask else item

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a question is explained; at the end there is nothing to go back to, or to stop."""
        if action in ("one_back", "leave_out", "stop"):
            return self.found is None
        return action != "why" or self.stage == "question"

    def action_choose(self, value: str) -> None:
        """A click on the chart."""
        self.query_one(Answers).choose(value)

    def action_give(self, value: int) -> None:
        """A click on a number."""
        self.query_one(Answers).post_message(Answers.Given(value))

    def action_onward(self) -> None:
        """Enter: assess, or leave."""
        if self.stage == "result":
            self.coach_app.action_go("today")
        elif self.stage == "all":
            self._assess()

    def action_leave_out(self) -> None:
        """Leave the question out, where it may be."""
        if self.interview is None or self.stage != "question":
            return
        needed = self._step.item.required or self._step.group is not None
        self._wrong = lines.needed(self._step) if needed else ""
        if not needed:
            self.interview.skip(self._key)
        self.show(anew=not needed)

    def action_one_back(self) -> None:
        """The question before, to be answered again."""
        if self.interview is not None and self.found is None and not self._ending:
            if self.interview.back() is None:
                self.coach_app.tell("This is the first question.")
            self._wrong = ""
            self.show()

    def action_why(self) -> None:
        """Why we ask, or no longer."""
        self._why = not self._why
        self.show(anew=False)

    # -- the end -------------------------------------------------------------------------------

    def action_stop(self) -> None:
        """Leave; every answer is saved."""
        if self.interview is not None and self.interview.order and self.found is None:
            self.coach_app.tell("Every answer is saved. The same key goes on here.")
        self.coach_app.back()

    def _assess(self) -> None:
        interview = self.interview
        if interview is None or self._ending:
            return
        self._ending = True

        def do(coach: Any) -> Assessed:
            found: Assessed = coach.assess(interview.answers, occasion=interview.occasion, source="interview")
            interview.finish()
            return found

        self.save("your answers", do)

    def saved(self, what: str, result: Any) -> None:
        """What the answers led to."""
        self.found = result
        self.show()

    def action_summary(self) -> None:
        """The answers for a clinician, or no longer."""
        if self.found is not None and self.found.summary:
            self._summary = not self._summary
            self.show(anew=False)

    def action_begin_session(self) -> None:
        """A short first session, right away."""
        if self.found is not None and self.found.plan is not None:
            from coach.tui.screens.session import SessionPage

            self.coach_app.action_go("today")
            self.app.push_screen(SessionPage("short"))
