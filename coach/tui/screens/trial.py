"""One movement test led through: how it is done, the clock in big figures, what is written down."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.timer import Timer

from coach.draw.digits import fitted
from coach.draw.figures import figure_of, motion_of
from coach.draw.words import wrap
from coach.tui import interview_lines as lines
from coach.tui.base import Page
from coach.tui.lines import faint, faint_para, head, para, solid, strong
from coach.tui.widgets.answers import Answers
from coach.tui.widgets.drawn import Drawn, Line
from coach.tui.widgets.figure import FigureView
from coach.tui.widgets.given import Given

if TYPE_CHECKING:
    from coach.model.testing import Due, Protocol
    from coach.questionnaires.timing import Stopwatch

LOOK_S = 0.1


class TrialPage(Page):
    """One test: how it is done, the clock, what is written down, and what came of it."""

    NAME = "Movement test"
    DEFAULT_CSS = """
    TrialPage #how { height: 10; }
    TrialPage.-narrow #how { height: 8; }
    TrialPage #words { height: auto; max-height: 75%; scrollbar-size-vertical: 1; }
    TrialPage #figure { height: auto; color: $accent; }
    TrialPage #keys { dock: bottom; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("enter,space", "onward", "Go on", show=False),
        Binding("t", "typed", "No clock"),
        Binding("minus", "leave_out", "Leave out", show=False),
        Binding("b,w", "stay", show=False),
        Binding("escape", "leave", "Leave", priority=True),
    ]

    def __init__(self, test: Protocol, due: Due) -> None:
        super().__init__()
        from coach.questionnaires.trying import tries

        self.test = test
        self.notes = due.notes
        self._tries = tries(test, due.parts)
        self.prompt: Any = None
        self.stopwatch: Stopwatch | None = None
        self.found: Any = None
        self._clock: Timer | None = None
        figure = figure_of(test.id)
        self._motion = motion_of(figure) if figure else None

    def heading(self) -> str:
        """The test."""
        return self.test.title

    def body(self) -> ComposeResult:
        """Words, the clock, the answers."""
        yield FigureView(id="how")
        yield VerticalScroll(Drawn(id="lines"), id="words", can_focus=False)
        yield Drawn(id="figure")
        yield Answers()
        yield Drawn(id="keys")

    def reload(self) -> None:
        """How it is done comes first."""
        if self._clock is None:
            self._clock = self.set_interval(LOOK_S, self._look, pause=True)
        self.show()

    def show(self) -> None:
        """Draw what is on."""
        self.refresh_bindings()
        first = self.prompt is None and self.found is None
        self.query_one(FigureView).show(self._motion if first else None, still=not self.settings.motion)
        self.query_one("#words").styles.max_height = "1fr" if self.prompt is None else "75%"
        self.query_one("#lines", Drawn).show(self._lines)
        self.query_one("#figure", Drawn).show(self._figure)
        self.query_one("#keys", Drawn).show(lambda width: faint_para(self._keys(), width))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Seconds are typed only where a clock stands."""
        waiting = self.prompt is not None and self.prompt.kind == "time" and self.stopwatch is None
        return waiting or action != "typed"

    def _lines(self, width: int) -> list[Line]:
        if self.found is not None:
            from coach.questionnaires.answered import told

            measured = self.found.measured
            texts = [*told(measured.answers), *measured.notes]
            return [head("Written down"), "", *(part for each in texts for part in wrap(each, width))]
        if self.prompt is None:
            steps = [f"{number}. {each.text}" for number, each in enumerate(self.test.steps, 1)]
            from coach.questionnaires.protocols import stops

            stop = [f"Stop: {each}" for each in stops(self.test)]
            yours = [f"For you: {each}" for each in self.notes]
            set_up = f"Set-up: {self.test.set_up}"
            texts = [self.test.purpose, "", set_up, *yours, *steps, *stop, self.test.trials_text]
            return [part for each in texts for part in wrap(each, width)]
        name = self.prompt.label
        label: list[Line] = [faint(f"{name[:1].upper()}{name[1:]}"), ""] if name else []
        item = self.prompt.item if self.prompt.kind == "ask" else None
        hint = para(item.help, width) if item and item.help else []
        text = item.text if item else self.prompt.text
        return [*label, *(strong(each) for each in wrap(text, width)), *hint, ""]

    def _figure(self, width: int) -> list[Line]:
        if self.prompt is None or self.prompt.kind != "time" or self.found is not None:
            return []
        from coach.programs.cueing import clock

        seconds = self.stopwatch.elapsed(time.monotonic()) if self.stopwatch else 0.0
        if self.prompt.down and self.prompt.seconds is not None:
            seconds = self.prompt.seconds - seconds
        big = fitted(clock(seconds), width - 2, max(5, self.size.height - 12))
        return ["", *(solid((line,), "$accent", colors=not self.app.no_color) for line in big)]

    def _keys(self) -> str:
        if self.found is not None or self.prompt is None:
            return "Enter: back to the list." if self.found is not None else "Enter: begin. Esc: not now."
        if self.prompt.kind == "ask":
            return f"{lines.ways(self.prompt.item)} Esc: leave."
        if self.prompt.kind == "time":
            if self.stopwatch is not None:
                return "Enter or Space: stop the clock."
            other = f"type the {self.prompt.unit}" if self.prompt.item else "go on without the clock"
            return f"Enter or Space: start. t: {other}."
        return "Enter: go on."

    def _send(self, value: Any) -> None:
        """Give an answer, and show what comes next; after the last one the tries are kept."""
        self.stopwatch = None
        if self._clock is not None:
            self._clock.pause()
        try:
            self.prompt = self._tries.send(value)
        except StopIteration as end:
            found, before = end.value
            self.query_one(Answers).ask(None)
            self.save("the test", lambda coach: coach.record_test(self.test.id, found, pain_before=before))
            return
        self.query_one(Answers).ask(self.prompt.item if self.prompt.kind == "ask" else None)
        self.show()

    @on(Given)
    def _given(self, event: Given) -> None:
        from coach.questionnaires.catalogue import BadAnswer, parse_typed, parse_value

        item = self.prompt.item
        if event.value is None:
            self.action_leave_out()
            return
        try:
            value = parse_typed(item, event.value) if event.typed else parse_value(item, event.value)
        except BadAnswer as bad:
            self.coach_app.tell(bad.message, severe=True)
            return
        self._send(value)

    def _look(self) -> None:
        """While the clock runs; at its limit it stops by itself."""
        if self.stopwatch is not None and self.stopwatch.capped(time.monotonic()):
            self.coach_app.ring()
            self._stop()
        self.query_one("#figure", Drawn).show(self._figure)

    def _stop(self) -> None:
        if self.stopwatch is not None:
            now = time.monotonic()
            self._send(round(self.stopwatch.stop(now).elapsed(now), 1))

    def action_onward(self) -> None:
        """Begin, start and stop the clock, go on."""
        if self.found is not None:
            self.coach_app.back()
        elif self.prompt is None or self.prompt.kind == "wait":
            self._send(None)
        elif self.prompt.kind == "time" and self.stopwatch is None:
            from coach.questionnaires.timing import Stopwatch

            self.stopwatch = Stopwatch(cap=self.prompt.seconds).start(time.monotonic())
            if self._clock is not None:
                self._clock.resume()
            self.show()
        elif self.prompt.kind == "time":
            self._stop()

    def action_typed(self) -> None:
        """Type the seconds instead."""
        if self.prompt is not None and self.prompt.kind == "time" and self.stopwatch is None:
            self._send(None)

    def action_leave_out(self) -> None:
        """Leave a question out, where it may be."""
        if self.prompt is not None and self.prompt.kind == "ask" and not self.prompt.item.required:
            self._send(None)

    def action_stay(self) -> None:
        """Keys of the interview; here they must not lose a test."""

    def action_leave(self) -> None:
        """Leave; what was begun of this test is not kept."""
        if self.prompt is not None and self.found is None:
            self.coach_app.tell("This test was left; nothing of it was kept.")
        self.coach_app.back()

    def saved(self, what: str, result: Any) -> None:
        """What the test gave."""
        self.found = result
        self.show()
