"""One exercise: why it is there, what the reviews did with it, and how it is done."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll

from coach.draw import words
from coach.problems import BadValue, Problem
from coach.tui import told
from coach.tui.base import Page
from coach.tui.keys import plainly
from coach.tui.lines import faint, head, strong
from coach.tui.widgets.drawn import Drawn, Line
from coach.tui.widgets.figure import FigureView


class ExercisePage(Page):
    """An exercise by its id in ``about``."""

    NAME: ClassVar[str] = "Exercise"
    DEFAULT_CSS = """
    ExercisePage #text { padding-top: 1; scrollbar-size-vertical: 1; }
    ExercisePage #figure { height: 11; }
    ExercisePage.-narrow #figure { height: 8; }
    ExercisePage.-wide #figure { dock: right; width: 44; height: 26; margin-top: 1; }
    """

    BINDINGS: ClassVar[list[Any]] = [Binding("w", "swap", "Swap")]

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self._planned = False
        """Whether the plan has it."""

    def heading(self) -> str:
        """The name of the exercise."""
        return self._name or self.NAME

    def body(self) -> ComposeResult:
        """The figure, which stays, and a page of text."""
        yield FigureView(id="figure")
        with VerticalScroll(id="text"):
            yield Drawn(id="why")
            yield Drawn(id="how")

    def reload(self) -> None:
        """Read the reasons where it is in the plan, and the steps."""
        from coach.draw.figures import motion_for

        coach = self.coach()
        shown = coach.library((str(self.about),)).one
        self._name = shown.exercise.name if shown else str(self.about)
        motion = motion_for(shown.exercise) if shown else None
        self.query_one(FigureView).show(motion, still=not self.settings.motion)
        self._planned = False
        try:
            plan, found, decided = coach.why(str(self.about))
        except Problem as problem:
            absent = isinstance(problem, BadValue)
            text = "Not in your plan now." if absent else plainly(problem.message)
            self.query_one("#why", Drawn).show(lambda width: [*words.wrap(text, width), ""])
        else:
            units = plan.preferences.units
            here = self._planned = found.exercise == self.about
            self.query_one("#why", Drawn).show(
                lambda width: (
                    why(found, decided, units, width) if here else [faint("Not in your plan now."), ""]
                )
            )
        self.query_one("#how", Drawn).show(lambda width: how(shown, width) if shown else [])
        self.query_one("#text", VerticalScroll).scroll_home(animate=False)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what is in the plan has a place that another can take."""
        return action != "swap" or self._planned

    def action_swap(self) -> None:
        """Another exercise in its place."""
        from coach.tui.screens import swap

        swap.ask(self, str(self.about), str(self._name))

    def saved(self, what: str, result: Any) -> None:
        """Say what stands there now."""
        self.coach_app.tell(f"{result.text} u takes it back.")


def why(found: Any, decided: Any, units: str, width: int) -> list[Line]:
    """The dose, its reason with the numbers, and the decisions, newest first."""
    lines: list[Line] = [strong(f"{words.dose(found.dose, units)}, {words.effort(found.dose)} of 10"), ""]
    lines += [head("Why"), *told.reason(found.reason)]
    lines += words.wrap(plainly(found.note), width) if found.note else []
    lines += ["", head("What the reviews did")]
    if not decided:
        lines.append("No review has looked at it yet: it is at its first dose.")
    for review, each in reversed(decided):
        lines += ["", head(f"Week {review.week}, {words.day(review.date)}"), *told.card(each, units)]
    return [*lines, ""]


def how(shown: Any, width: int) -> list[Line]:
    """How it is done."""
    from coach.draw.exercises import whole

    return [head("How"), *whole(shown, width)]
