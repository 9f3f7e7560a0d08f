"""All exercises, with search."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.timer import Timer
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from coach.draw.exercises import dose_range
from coach.problems import Problem
from coach.tui.base import Page
from coach.tui.lines import beside, faint, para
from coach.tui.widgets.drawn import Drawn, Line
from coach.tui.widgets.rows import Rows

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
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("slash", "search", "Search"),
        Binding("down", "list", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: Any = None
        self._timer: Timer | None = None

    def body(self) -> ComposeResult:
        """The words searched for, and what fits."""
        yield Input(
            placeholder="Search: a word, or equipment:none, tag:ext ...",
            id="words",
            compact=True,
            max_length=60,
        )
        yield Drawn(id="count")
        yield Rows(id="rows")

    def reload(self) -> None:
        """All exercises that fit the words."""
        words = tuple(self.query_one("#words", Input).value.split())
        count, rows = self.query_one("#count", Drawn), self.query_one("#rows", OptionList)
        try:
            self._found = self.coach_app.known(f"library {words}", lambda coach: coach.library(words))
        except Problem as problem:
            text = f"{problem.message} {problem.hint}"
            count.show(lambda width: para(text, width))
            rows.clear_options()
            return
        found = self._found
        count.show(lambda _: [faint(f"{len(found.exercises)} of {found.total} exercises")])
        self._fill()

    def on_resize(self) -> None:
        """Doses stand at the right edge."""
        if self._found is not None:
            self._fill()

    def _fill(self) -> None:
        rows = self.query_one("#rows", OptionList)
        at = rows.highlighted
        width = max(40, self.size.width - 5)
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

    def action_search(self) -> None:
        """Go to the words."""
        self.query_one("#words").focus()

    def action_list(self) -> None:
        """From the words into the list."""
        self.query_one("#rows").focus()

    def lines(self) -> list[Line]:
        """What the list shows, for tests."""
        return [str(each.prompt) for each in self.query_one("#rows", OptionList).options]
