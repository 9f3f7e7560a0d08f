"""What the questions led to: where to start, whom to see first, or where to get help now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from coach.tui import found_lines as lines
from coach.tui.base import Page
from coach.tui.lines import faint_para
from coach.tui.widgets.drawn import Drawn

if TYPE_CHECKING:
    from coach.cases.keeping import Assessed

EMERGENCY = "T0_EMERGENCY"
WORD = "the clinician's word"


class FoundPage(Page):
    """Stands alone; an emergency is not left by Enter, which may have been meant for the question before."""

    NAME = "Questions"
    DEFAULT_CSS = """
    FoundPage #words { height: 1fr; scrollbar-size-vertical: 1; }
    FoundPage #keys { dock: bottom; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("s", "begin_session", "Short session"),
        Binding("enter", "onward", "Go on", show=False),
        Binding("v", "summary", "Answers"),
        Binding("k", "cleared", "I was cleared"),
        Binding("escape", "onward(True)", "Back", priority=True),
    ]

    def __init__(self, found: Assessed, *, before: str = "", then: str = "today") -> None:
        super().__init__()
        self.found = found
        self._before = before
        """Id of the plan that ran before, where one did."""
        self._then = then
        """Where Enter leads: an action, or nothing for the page below."""
        self._summary = False

    def body(self) -> ComposeResult:
        """The text, and what the keys do."""
        yield VerticalScroll(Drawn(id="lines"), id="words")
        yield Drawn(id="keys")

    def reload(self) -> None:
        """Show it."""
        found, before, answers = self.found, self._before, self._summary
        hint = lines.keys(found, before)
        self.query_one("#lines", Drawn).show(lines.result(found, before, answers))
        self.query_one("#keys", Drawn).show(lambda width: faint_para(hint, width))
        self.query_one("#words").focus()

    def enter_label(self) -> str:
        """Where Enter leads."""
        if self.found.triage.level == EMERGENCY:
            return ""
        return "Today" if self._then == "today" and self.found.plan is not None else "Go on"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A session only where there is a plan, answers only where a clinician should see them."""
        if action == "begin_session":
            return self.found.plan is not None and not self._before
        if action == "cleared":
            return self.found.triage.level == "T1_CLINICIAN"
        return action != "summary" or bool(self.found.summary)

    def on_key(self, event: Any) -> None:
        """Where there is no session to begin, its key opens none either."""
        if event.key == "s" and not self.check_action("begin_session", ()):
            event.stop()

    def action_onward(self, leave: bool = False) -> None:
        """Go on, or back to where one came from."""
        if self.found.triage.level == EMERGENCY and not leave:
            return
        if self._then:
            self.coach_app.action_go(self._then)
        else:
            self.coach_app.back()

    def action_summary(self) -> None:
        """The answers for a clinician, or no longer."""
        self._summary = not self._summary
        self.reload()

    def action_cleared(self) -> None:
        """A clinician's word opens the plan."""
        from coach.tui.screens.cleared import ask

        ask(self, self.found.triage, lambda word: self.request(WORD, lambda coach: coach.clear(word)))

    def saved(self, what: str, result: Any) -> None:
        """What the word of a clinician led to."""
        if what == WORD:
            self.found = result
            self.reload()
            self.refresh_bindings()

    def action_begin_session(self) -> None:
        """A short first session, right away."""
        from coach.tui.screens.session import SessionPage

        self.coach_app.action_go("today")
        self.app.push_screen(SessionPage("short"))
