"""The habits of the week: Enter notes one as done today."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from coach.draw.habits import noted
from coach.tui.base import Page
from coach.tui.keys import plainly
from coach.tui.lines import faint_para, head, para
from coach.tui.widgets.drawn import Drawn, Line
from coach.tui.widgets.rows import Rows

MARKED = "valued_activity"
"""The habit that is noted with a mark."""


class HabitsPage(Page):
    """Small daily things, with their count of the week and their reason."""

    NAME: ClassVar[str] = "Habits"
    ENTER: ClassVar[str] = "Done today"
    DEFAULT_CSS = """
    HabitsPage #rows { margin-top: 1; height: auto; max-height: 50%; }
    HabitsPage #why { margin-top: 1; height: 1fr; scrollbar-size-vertical: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._found: Any = None

    def body(self) -> ComposeResult:
        """The habits, and why the one under the cursor."""
        yield Rows(id="rows")
        with VerticalScroll(id="why", can_focus=False):
            yield Drawn(id="lines")

    def reload(self) -> None:
        """Read the habits of the week."""
        self._found = self.coach().habits()
        rows = self.query_one("#rows", OptionList)
        at = rows.highlighted
        rows.clear_options()
        for each in self._found.habits:
            mark = "[x]" if each.today else "[ ]"
            rows.add_option(Option(f"{mark} {each.days} of {each.per_week}  {each.text}", id=each.id))
        rows.highlighted = (at or 0) if self._found.habits else None
        if not self._found.habits:
            self.query_one("#lines", Drawn).show(
                lambda width: para("No habit is asked for this week.", width)
            )

    @on(OptionList.OptionHighlighted)
    def _look(self, event: OptionList.OptionHighlighted) -> None:
        row = self._found.habits[event.option_index]

        def draw(width: int) -> list[Line]:
            lines: list[Line] = [head(f"Habit {row.number}"), *para(row.text, width)]
            lines += para(f"Why: {plainly(row.reason.text)}", width) if row.reason else []
            if row.decision:
                lines += ["", *faint_para(f"The last review: {plainly(row.decision.text)}", width)]
            return lines

        self.query_one("#lines", Drawn).show(draw)

    @on(OptionList.OptionSelected)
    def _done(self, event: OptionList.OptionSelected) -> None:
        name = str(event.option_id)
        if name == MARKED:
            self._mark(name)
        else:
            self.save("the habit", lambda coach: coach.habit_done(name))

    def _mark(self, name: str) -> None:
        """An own activity is noted with how well it goes: without that mark it cannot move on."""
        from coach.model.assessment import Item
        from coach.tui.screens.wish import Wish

        item = Item(
            id=name,
            kind="number",
            text="How well does this activity go now? 0: not at all, 10: as before the pain.",
            minimum=0,
            maximum=10,
        )

        def given(mark: Any) -> None:
            if mark is not None:
                self.save("the habit", lambda coach: coach.habit_done(name, rating=float(mark)))

        self.app.push_screen(Wish(item, None), given)

    def saved(self, what: str, result: Any) -> None:
        """Say what it did."""
        self.coach_app.tell(noted(result))
