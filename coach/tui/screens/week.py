"""One week: its sessions and their exercises."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from coach.draw import weekmap, words
from coach.problems import NothingToDo
from coach.tui.base import Page
from coach.tui.keys import plainly
from coach.tui.lines import beside, faint_para, para
from coach.tui.widgets.drawn import Drawn, Line
from coach.tui.widgets.rows import Rows

EFFORT = "Effort is how hard it may feel: 0 rest, 10 the most you can."
SIGNS = {"x": "done", "s": "short", "~": "done at other doses", "-": "left out", "o": "due", ".": ""}


class WeekPage(Page):
    """A week by its number in ``about``; Enter on an exercise says why and how."""

    NAME: ClassVar[str] = "Week"
    ENTER: ClassVar[str] = "Why and how"
    DEFAULT_CSS = """
    WeekPage #head { margin-top: 1; }
    WeekPage #rows { height: 1fr; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("left", "turn(-1)", "Week before"),
        Binding("right", "turn(1)", "Next week"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._week: Any = None
        self._units = "kg"
        self._last = 1
        self._signs: dict[str, str] = {}

    def heading(self) -> str:
        """The week."""
        week = self._week
        return f"Week {week.number}, {week.phase_name}" if week else self.NAME

    def body(self) -> ComposeResult:
        """What the week is about, then its exercises."""
        yield Drawn(id="head")
        yield Rows(id="rows")

    def reload(self) -> None:
        """Read the week."""
        coach = self.coach()
        plan, weeks = self.coach_app.known("weeks", lambda coach: coach.weeks())
        self._units, self._last = plan.preferences.units, weeks[-1].number
        found = next((each for each in weeks if each.number == self.about), None)
        if found is None:
            raise NothingToDo(f"There is no week {self.about} in this plan.")
        self._week = found
        marks = weekmap.marks(found, coach.history(), coach.today_date).split()
        self._signs = {each.id: mark for each, mark in zip(found.sessions, marks, strict=True)}
        self.query_one("#head", Drawn).show(self._head)
        self._fill()

    def resized(self) -> None:
        """Doses stand at the right edge."""
        if self._week is not None:
            self._fill()

    def _fill(self) -> None:
        rows = self.query_one("#rows", OptionList)
        at = rows.highlighted
        width = max(40, self.size.width - 4)
        rows.clear_options()
        for session in self._week.sessions:
            said = SIGNS[self._signs[session.id]]
            text = f"{words.day(session.date)}, about {round(session.minutes)} min"
            rows.add_option(Option(f"{text}{f' - {said}' if said else ''}", disabled=True))
            for each in session.prescriptions:
                rows.add_option(self._row(each, width))
        others = [each for each in (self._week.walk, *self._week.habits) if each and each.prescription]
        if others:
            rows.add_option(Option("Besides", disabled=True))
            rows.add_options(self._row(each.prescription, width) for each in others)
        rows.highlighted = (
            at if at is not None and at < rows.option_count else (1 if rows.option_count > 1 else None)
        )

    def _row(self, each: Any, width: int) -> Option:
        amount = f"{words.dose(each.dose, self._units)}"
        wide = f"{amount}, {words.effort(each.dose)}"
        name = f"  {each.name}"
        fits = len(beside(name, wide, width)) == 1
        return Option("\n".join(beside(name, wide if fits else amount, width)))

    def _head(self, width: int) -> list[Line]:
        week = self._week
        tail = " A forecast with today's doses: they rise only by review." if week.forecast else ""
        lines = [*para(f"From {words.day(week.starts)}. {week.aim}{tail}", width)]
        lines += faint_para(f"Milestone: {week.milestone}", width) if week.milestone else []
        if week.walk:
            lines.append(f"Walking: {week.walk.times} x {words.number(week.walk.minutes)} min")
        for note in week.notes:
            lines += faint_para(plainly(note.text), width)
        return [*lines, *faint_para(EFFORT, width), ""]

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        every: list[Any] = []
        for session in self._week.sessions:
            every += [None, *session.prescriptions]
        others = [each for each in (self._week.walk, *self._week.habits) if each and each.prescription]
        every += [None, *(each.prescription for each in others)] if others else []
        found = every[event.option_index]
        if found is not None:
            self.coach_app.open("exercise", found.exercise)

    def action_turn(self, by: int) -> None:
        """The week before or after."""
        if self._week is not None:
            self.about = min(self._last, max(1, self._week.number + by))
            self.query_one("#rows", OptionList).highlighted = None
            self.renew()
