"""Plan: twelve weeks at a glance, and from there into each."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from coach.draw import weekmap, words
from coach.draw.words import wrap
from coach.tui.base import Page
from coach.tui.lines import beside, faint_para, head, para, strong
from coach.tui.widgets.drawn import Drawn, Line
from coach.tui.widgets.rows import Rows

WIDE_LIST = 73
"""Columns of a row where the week stands beside the map."""


CLOSED = "No session is to be done for now: the page Today (key t) says why, and what to do."
SMALLER = (
    "Little time for a while? The small plan has two sessions of 15 minutes a week, and walking. It is a "
    "whole plan too, and m brings the other one back. Take it?"
)
WHOLE = "The small plan is on: two sessions of 15 minutes a week. Go back to the whole one?"


class PlanPage(Page):
    """The map of the plan; Enter opens the week."""

    NAME: ClassVar[str] = "Plan"
    ENTER: ClassVar[str] = "Open the week"
    DEFAULT_CSS = """
    PlanPage #head { margin-top: 1; }
    PlanPage #weeks { height: auto; max-height: 13; }
    PlanPage #week { margin-top: 1; height: 1fr; scrollbar-size-vertical: 1; }
    PlanPage.-wide #map { layout: horizontal; }
    PlanPage.-wide #weeks { width: 75; height: 1fr; max-height: 100%; }
    PlanPage.-wide #week { width: 1fr; margin: 0 0 0 2; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("v", "versions", "Versions"),
        Binding("m", "minimum", "Small plan"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.weeks: tuple[Any, ...] = ()
        self._plan: Any = None
        self._history: Any = None
        self._changed: dict[int, int] = {}
        self._withheld = False

    def body(self) -> ComposeResult:
        """The map, and below it the week under the cursor."""
        yield Drawn(id="head")
        with Vertical(id="map"):
            yield Rows(id="weeks")
            with VerticalScroll(id="week", can_focus=False):
                yield Drawn(id="lines")

    def reload(self) -> None:
        """Read the plan with its forecast."""
        coach = self.coach()
        self._plan, self.weeks = self.coach_app.known("weeks", lambda coach: coach.weeks())
        self._history = coach.history()
        self._changed = {each.week + 1: weekmap.changed(each) for each in coach.reviews()}
        self._withheld = bool(coach.status_facts().get("stopped"))
        self.query_one("#head", Drawn).show(self._head)
        self._fill()

    def resized(self) -> None:
        """What a row holds follows the width."""
        if self.weeks:
            self._fill()

    def _fill(self) -> None:
        rows = self.query_one("#weeks", OptionList)
        at = rows.highlighted
        today, now = self.coach().today_date, self._plan.week.number
        wide = self.has_class("-wide")
        width = WIDE_LIST if wide else max(40, self.size.width - 3)
        rows.clear_options()
        rows.add_options(
            Option(self._row(each, now, today, width), id=str(each.number)) for each in self.weeks
        )
        here = next((place for place, each in enumerate(self.weeks) if each.number == now), 0)
        rows.highlighted = here if at is None or at >= len(self.weeks) else at

    def _row(self, week: Any, now: int, today: Any, width: int) -> str:
        changed = self._changed.get(week.number, 0)
        return weekmap.row(week, now, self._history, today, width, changed=changed)

    def _head(self, width: int) -> list[Line]:
        plan = self._plan
        was = "was" if plan.start < self.coach().today_date else "is"
        day = words.day(plan.start, year=True)
        text = f"Day 1 {was} {day}. Only this week is fixed; the rest is a forecast."
        closed = [strong(line) for line in wrap(CLOSED, width)] if self._withheld else []
        return [*closed, *para(text, width), *faint_para(weekmap.LEGEND, width), ""]

    @on(OptionList.OptionHighlighted)
    def _look(self, event: OptionList.OptionHighlighted) -> None:
        week = next((each for each in self.weeks if str(each.number) == event.option_id), None)
        if week is not None:
            units, wide = self._plan.preferences.units, self.has_class("-wide")
            self.query_one("#lines", Drawn).show(
                lambda width: [*about(week, width), *(sessions(week, units, width) if wide else [])]
            )

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        self.coach_app.open("week", int(str(event.option_id)))

    def action_minimum(self) -> None:
        """Two short sessions a week and walking, or the whole plan again."""
        from coach.tui.screens.ask import Ask

        on = not self._plan.minimum
        text = SMALLER if on else WHOLE

        def decided(answer: str | None) -> None:
            if answer:
                self.request("the small plan", lambda coach: coach.minimum(on))

        self.app.push_screen(Ask(text, (("y", "Yes", "yes"), ("n", "No, leave it", ""))), decided)

    def saved(self, what: str, result: Any) -> None:
        """Say what the plan is now."""
        self.coach_app.tell(f"{result.text} u takes it back.")

    def action_versions(self) -> None:
        """Every version of the plan."""
        self.coach_app.open("versions", None)


def about(week: Any, width: int) -> list[Line]:
    """What a week is for."""
    lines: list[Line] = [
        head(f"Week {week.number}, {week.phase_name}{' (forecast)' if week.forecast else ''}")
    ]
    lines += para(week.aim, width) if week.aim else []
    lines += para(f"Milestone: {week.milestone}", width) if week.milestone else []
    if week.walk:
        lines.append(f"Walking: {week.walk.times} x {words.number(week.walk.minutes)} min")
    lines += para(f"Lesson: {week.lesson_title}", width) if week.lesson_title else []
    return lines


def sessions(week: Any, units: str, width: int) -> list[Line]:
    """What is done in it, an exercise a line."""
    lines: list[Line] = []
    for each in week.sessions:
        lines += ["", strong(f"{words.day(each.date)}, about {round(each.minutes)} min")]
        for one in each.prescriptions:
            lines += beside(one.name, words.dose(one.dose, units), width)
    return lines
