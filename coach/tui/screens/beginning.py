"""How a review begins: with its questions, or with the answers of today that were given already."""

from __future__ import annotations

from typing import Any

from coach.cases.turns import FULL
from coach.problems import Problem
from coach.tui.base import Page
from coach.tui.screens import review_lines as lines


class Beginning(Page):
    """The answers to the questions and the choices on the cards; what is made of them is for the page."""

    def __init__(self) -> None:
        super().__init__()
        self.choices: dict[str, str] = {}
        self._screen: dict[str, Any] = {}

    def _preview(self, answers: dict[str, Any] | None) -> None:
        raise NotImplementedError

    @property
    def _draft_key(self) -> str:
        return f"review/{self.coach_app.seen[0]}"

    def draft(self) -> tuple[str, Any] | None:
        """The answers to the questions, and what was chosen on the cards, until the review is made."""
        if not self._screen:
            return None
        return self._draft_key, {"screen": self._screen, "choices": dict(self.choices)}

    def _go_on(self) -> bool:
        """Go on with the answers of today that are kept, where there are any."""
        self._screen, choices = lines.left_of(self.left_here(self._draft_key))
        if self._screen:
            self.choices = choices
            self._preview(self._screen)
        return bool(self._screen)

    def _begin(self) -> None:
        """The weekly questions; before them the full ones, where they are due and wanted."""
        from coach.tui.screens.ask import Ask
        from coach.tui.screens.interview import InterviewPage

        full = next((each for each in self.coach().rescreens() if each.kind == "full"), None)
        if full is None:
            self._questions()
            return

        def decided(answer: str | None) -> None:
            if answer == "now":
                self.app.push_screen(InterviewPage("rescreen", then="review"))
            elif answer == "later":
                self._questions()

        self.app.push_screen(Ask(full.reason, FULL), decided)

    def _questions(self) -> None:
        from coach.tui.screens.questions import Questions

        try:
            interviews = self.coach().weekly_questions()
        except Problem as problem:
            self.coach_app.tell(f"{problem.message} {problem.hint}", severe=True)
            return
        self.app.push_screen(Questions(interviews), self._preview)
