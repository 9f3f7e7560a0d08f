"""The lessons, one a week."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from coach.draw import words
from coach.tui.base import Page
from coach.tui.lines import beside, para
from coach.tui.widgets.drawn import Drawn
from coach.tui.widgets.rows import Rows


class LessonsPage(Page):
    """The list in the order of the plan; words in title or text narrow it."""

    NAME: ClassVar[str] = "Lessons"
    ENTER: ClassVar[str] = "Read"
    AUTO_FOCUS = "#rows"
    DEFAULT_CSS = """
    LessonsPage #words { margin: 1 0; background: $panel; }
    LessonsPage #rows { height: 1fr; }
    """
    BINDINGS: ClassVar[list[Any]] = [Binding("slash", "search", "Search")]

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Any, ...] = ()

    def body(self) -> ComposeResult:
        """A word to search for, and the lessons."""
        yield Input(placeholder="Search: sleep, bending, flare ...", id="words", compact=True, max_length=60)
        yield Drawn(id="none")
        yield Rows(id="rows")

    def reload(self) -> None:
        """Read the lessons, and what was read of them."""
        self._rows = self.coach_app.known("lessons", lambda coach: coach.lessons())
        self._fill()

    @on(Input.Changed)
    def _fill(self) -> None:
        wanted = tuple(self.query_one("#words", Input).value.lower().split())
        rows = self.query_one("#rows", OptionList)
        at = rows.highlighted
        width = max(40, self.size.width - 5)
        name = f"lessons {' '.join(wanted)}".strip()
        found = self.coach_app.known(name, lambda coach: coach.lessons(wanted))
        rows.clear_options()
        text = "" if found else "No lesson has all these words. Fewer or other words may find one."
        self.query_one("#none", Drawn).show(lambda width: list(para(text, width)) if text else [])
        for each in found:
            mark = f"read {words.day(each.read.date)}" if each.read else "this week" if each.this_week else ""
            rows.add_option(
                Option("\n".join(beside(f"{each.week:>2}  {each.title}", mark, width)), id=each.id)
            )
        this = next((place for place, each in enumerate(found) if each.this_week), 0)
        rows.highlighted = at if at is not None and at < len(found) else (this if found else None)

    def resized(self) -> None:
        """Marks stand at the right edge."""
        if self._rows:
            self._fill()

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.query_one("#rows").focus()

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        self.coach_app.open("lesson", event.option_id)

    def action_search(self) -> None:
        """Go to the word."""
        self.query_one("#words").focus()
