"""The interview: one question at a time, digits and arrows answer it, each answer saved as it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from coach.cases.clinicians import CHOICE, CLEARED
from coach.problems import ELSEWHERE, NothingToDo, Problem
from coach.tui import interview_lines as lines
from coach.tui.base import Page
from coach.tui.putting import Putting, grouped
from coach.tui.widgets.answers import Answers
from coach.tui.widgets.drawn import Drawn, nothing

if TYPE_CHECKING:
    from coach.cases.keeping import Assessed
    from coach.cases.turns import Turn
    from coach.coach import Coach


class InterviewPage(Page, Putting):
    """Questions; what they led to has a page of its own, which takes this one's place."""

    NAME = "Questions"
    CSS_PATH = "interview.tcss"
    BINDINGS: ClassVar[list[Any]] = [
        Binding("enter", "onward", "Answer", show=False),
        *Putting.KEYS,
        Binding("escape", "stop", "Stop for now", priority=True),
    ]

    def __init__(self, occasion: str = "", then: str = "today") -> None:
        super().__init__()
        self._occasion = occasion
        """What is asked, where that was settled before."""
        self._then = then
        """Where Enter leads at the end; nothing is the page below."""
        self._plan_before = ""
        self._ending = False
        """The answers are being looked at."""

    def body(self) -> ComposeResult:
        """The question, the ways to answer it, and what the keys do."""
        yield VerticalScroll(Drawn(id="question"), id="words", can_focus=False)
        yield Answers()
        yield Drawn(id="keys")

    def reload(self) -> None:
        """Go on with what was left, else begin; in a running episode ask what is wanted."""
        if self.interview is not None:
            return
        coach = self.coach()
        left = grouped(coach.interview(resume=True))
        if left is not None and left.order:
            self.interview = left
        elif self._occasion:
            self.interview = grouped(coach.interview(self._occasion))
        elif len((sittings := coach.sittings()).choices) > 1 or coach.held_back() is not None:
            self.call_after_refresh(self._which, sittings)
        else:
            self.interview = grouped(coach.interview(sittings.choices[0][2]))
        self.put()

    def afresh(self) -> None:
        """Go on where they stand; where they are over, or deleted, there is nothing to go on with."""
        self.interview = self._step = None
        if self.coach().interview(resume=True) is None:
            self.coach_app.back()
        else:
            self.reload()

    def _which(self, sittings: Turn) -> None:
        from coach.tui.screens.ask import Ask

        def decided(occasion: str | None) -> None:
            if occasion is None:
                self.coach_app.back()
                return
            if held is not None and occasion == CLEARED:
                self._ending = True
                self.saved("", held)
                return
            self.interview = grouped(self.coach().interview(occasion))
            self.put()

        held = self.coach().held_back()
        word = (CHOICE,) if held else ()
        self.app.push_screen(Ask(sittings.text, (*sittings.choices, *word)), decided)

    @property
    def stage(self) -> str:
        """What is on the page: nothing yet, question or all."""
        return "" if self.interview is None else "question" if self.asks else "all"

    def rest(self) -> Any:
        """After the last question: how many answers there are."""
        return nothing if self.interview is None else lines.all_asked(len(self.interview.order))

    def enter_label(self) -> str:
        """What Enter does."""
        return "See where you start" if self.stage == "all" else self.way_on()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a question is explained."""
        return action != "why" or self.stage == "question"

    def on_key(self, event: Any) -> None:
        """While the answers are looked at no key leads away: it may be urgent what they say."""
        if self._ending:
            event.stop()

    # -- the end -------------------------------------------------------------------------------

    def over(self) -> None:
        """Answers that stop the questions are looked at without another key."""
        if self._step.stop is not None:
            self._assess()

    def action_onward(self) -> None:
        """Enter after the last question: assess."""
        if self.stage == "all":
            self._assess()

    def action_stop(self) -> None:
        """Leave; every answer is saved."""
        if self._ending:
            return
        if self.interview is not None and self.interview.order:
            self.coach_app.tell("Every answer is saved. The same key goes on here.")
        self.coach_app.back()

    def _assess(self) -> None:
        interview = self.interview
        if interview is None or self._ending:
            return
        self._ending = True
        self._plan_before = _plan_of(self.coach())

        def do(coach: Coach) -> Assessed:
            interview.hold()
            found = coach.assess(interview.answers, occasion=interview.occasion, source="interview")
            interview.finish()
            return found

        self.request("your answers", do)

    def refused(self, what: str, problem: Problem) -> None:
        """What stands in the way of keeping them; an emergency is shown all the same."""
        self._ending = False
        super().refused(what, problem)
        if self._step.stop is not None:
            from coach.cases.keeping import at_once

            self.saved(what, at_once(self._step.stop))
        elif problem.code == ELSEWHERE:
            self.afresh()

    def saved(self, what: str, result: Any) -> None:
        """What the answers led to takes the place of the questions."""
        from coach.tui.screens.found import FoundPage

        self._step = None
        self.let_go("interview/*")
        page = FoundPage(result, before=self._plan_before, then=self._then)
        if self.app.screen is self:
            self.app.switch_screen(page)
        else:
            self.app.push_screen(page)


def _plan_of(coach: Coach) -> str:
    """Id of the plan that runs; empty where none does."""
    try:
        return coach.plan().id
    except NothingToDo:
        return ""
