"""All exercises, with search."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.timer import Timer
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from coach.draw.exercises import dose_range
from coach.model.exercise import Exercise
from coach.problems import Problem
from coach.tui.base import Page, said
from coach.tui.keys import plainly
from coach.tui.lines import beside, faint, para
from coach.tui.widgets.drawn import Drawn, Line
from coach.tui.widgets.figure import FigureView
from coach.tui.widgets.rows import Rows

WIDE = 110
"""Columns from which an exercise shows itself beside the list."""
PAUSE_S = 0.15
"""After the last key, before it is searched."""


class LibraryPage(Page):
    """The list by ladders; words narrow it, Enter opens an exercise."""

    NAME: ClassVar[str] = "Exercises"
    ENTER: ClassVar[str] = "Open"
    AUTO_FOCUS = "#rows"
    DEFAULT_CSS = """
    LibraryPage #words { margin-top: 1; background: $panel; }
    LibraryPage #count { margin-bottom: 1; }
    LibraryPage #rows { height: 1fr; }
    LibraryPage #figure { display: none; }
    LibraryPage.-wide #figure { display: block; dock: right; width: 44; height: 24; margin: 3 0 0 1; }
    LibraryPage.-wide #figure.-none { display: none; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("slash", "search", "Search"),
        Binding("down", "list", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: Any = None
        self._timer: Timer | None = None
        self._preview: Timer | None = None

    def body(self) -> ComposeResult:
        """The words searched for, and what fits."""
        yield Input(
            placeholder="Search: bridge, hip, standing, equipment:none ...",
            id="words",
            compact=True,
            max_length=60,
        )
        yield Drawn(id="count")
        yield FigureView(id="figure")
        yield Rows(id="rows")

    def reload(self) -> None:
        """All exercises that fit the words."""
        words = tuple(self.query_one("#words", Input).value.split())
        count, rows = self.query_one("#count", Drawn), self.query_one("#rows", OptionList)
        try:
            self._found = self.coach_app.known(f"library {words}", lambda coach: coach.library(words))
        except Problem as problem:
            text = plainly(said(problem))
            count.show(lambda width: para(text, width))
            rows.clear_options()
            return
        found = self._found
        count.show(lambda _: [faint(f"{len(found.exercises)} of {found.total} exercises")])
        self._fill()

    def resized(self) -> None:
        """Doses stand at the right edge."""
        if self._found is not None:
            self._fill()

    def _fill(self) -> None:
        rows = self.query_one("#rows", OptionList)
        at = rows.highlighted
        width = max(40, self.size.width - (50 if self.size.width >= WIDE else 5))
        made: list[Option] = []
        ladder = ""
        for each in self._found.exercises:
            if each.ladder != ladder:
                ladder = each.ladder
                made.append(Option(self._found.ladders[ladder], disabled=True))
            made.append(Option("\n".join(beside(f"  {each.name}", dose_range(each), width)), id=each.id))
        rows.clear_options()
        rows.add_options(made)
        rows.highlighted = at if at is not None and at < len(made) else (1 if len(made) > 1 else None)

    @on(Input.Changed)
    def _typed(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE_S, self.renew)

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.renew()
        self.query_one("#rows").focus()

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        if event.option_id:
            self.coach_app.open("exercise", event.option_id)

    @on(OptionList.OptionHighlighted)
    def _look(self, event: OptionList.OptionHighlighted) -> None:
        """Where there is room, the exercise under the cursor shows itself, once the keys are still."""
        if self._preview is not None:
            self._preview.stop()
        found = self._found.exercises if self._found else ()
        each = next((each for each in found if each.id == event.option_id), None)
        if self.size.width >= WIDE and each is not None:
            self._preview = self.set_timer(PAUSE_S, partial(self._show, each))

    def _show(self, exercise: Exercise) -> None:
        from coach.draw.figures import motion_for

        self.query_one(FigureView).show(motion_for(exercise), still=not self.settings.motion)

    def action_search(self) -> None:
        """Go to the words."""
        self.query_one("#words").focus()

    def action_list(self) -> None:
        """From the words into the list."""
        self.query_one("#rows").focus()

    def lines(self) -> list[Line]:
        """What the list shows, for tests."""
        return [str(each.prompt) for each in self.query_one("#rows", OptionList).options]
