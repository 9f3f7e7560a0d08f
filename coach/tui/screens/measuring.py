"""Movement tests: the list of what is due in this round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from coach.tui.base import Page
from coach.tui.lines import para
from coach.tui.widgets.drawn import Drawn
from coach.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from coach.model.testing import Due


class MeasurePage(Page):
    """What is due in this round of tests, what was left out and why."""

    NAME = "Movement tests"
    ENTER = "Do this test"
    DEFAULT_CSS = "MeasurePage #rows { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self._due: dict[str, Due] = {}

    def body(self) -> ComposeResult:
        """Words, then the tests."""
        yield Drawn(id="lines")
        yield Rows(id="rows")

    def reload(self) -> None:
        """Read the round."""
        found = self.coach().battery()
        self._due = {each.test: each for each in found.tests}
        left = sum(each.status == "due" for each in found.tests)
        minutes = round(sum(each.minutes for each in found.tests if each.status == "due"))
        text = (
            f"{left} tests are due in this round, about {minutes} min in all. Do them in this order, "
            "on two days if you like."
        )
        said = [text, *found.notes]
        self.query_one("#lines", Drawn).show(lambda width: [*(p for e in said for p in para(e, width)), ""])
        rows = self.query_one("#rows", OptionList)
        rows.clear_options()
        for each in found.tests:
            state = f"{max(1, round(each.minutes))} min" if each.status == "due" else each.status
            reason = f"  {each.reason}" if each.reason else ""
            rows.add_option(
                Option(f"{state:>8}  {each.title}{reason}", id=each.test, disabled=each.status != "due")
            )
        rows.action_first()
        rows.focus()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        from coach.cases.measuring import protocol
        from coach.tui.screens.trial import TrialPage

        if event.option_id is not None:
            due = self._due[event.option_id]
            self.app.push_screen(TrialPage(protocol(due.test), due))
