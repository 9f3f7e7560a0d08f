"""The session player: figures to be read from the floor, one key for each thing one may want."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.timer import Timer

from coach.draw.words import session
from coach.problems import ELSEWHERE, Problem
from coach.programs.playing import REASONS, RINGS, SHORTER
from coach.tui.lines import strong
from coach.tui.screens import session_keys as keys
from coach.tui.screens.held import Held
from coach.tui.screens.session_lines import LEAVING, chosen, how, summary
from coach.tui.widgets.drawn import Drawn
from coach.tui.widgets.led import LedFigure
from coach.tui.widgets.stage import Stage

if TYPE_CHECKING:
    from coach.cases.playing import Command
    from coach.cases.sessions import Logged
    from coach.programs.playing import Kind


LINES = 4
"""Lines that the steps are scrolled by."""
LOOK_S = 1 / 15
"""Seconds between two looks at the clock while one runs; without one nothing is looked at."""


class SessionPage(Held):
    """Leads through the session of today; every set is on the disk before the next begins."""

    NAME = "Session"
    CSS_PATH = "session.tcss"
    BINDINGS: ClassVar[list[Any]] = keys.bindings()

    def __init__(self, kind: Kind = "full") -> None:
        super().__init__()
        self.kind = kind
        self.logged: Logged | None = None
        """What was recorded, once it is over."""
        self._clock: Timer | None = None
        self._seen: Any = None

    def body(self) -> ComposeResult:
        """The stage, and beside it the moving figure with the steps."""
        with Horizontal(id="both"):
            yield Stage()
            with VerticalScroll(id="aside", can_focus=False):
                yield LedFigure(id="figure")
                yield Drawn(id="how")
        yield Drawn(id="said")

    def reload(self) -> None:
        """Begin, or go on with what was left; a change of the journal changes nothing here."""
        if self.running is None:
            settings = self.settings
            self.running = self.coach().session(
                short=self.kind == "short",
                minimum=self.kind == "minimum",
                auto=settings.hands_free,
                at=time.monotonic(),
                ready_s=float(settings.countdown),
            )
            self._clock = self._clock or self.set_interval(LOOK_S, lambda: self.do("tick"), pause=True)
            for each in self.running.notices:
                self.coach_app.tell(each)
            self.run_worker(self._load, thread=True)
        self.show()

    def _load(self) -> None:
        if self.running is not None:
            self.running.load()
        self.app.call_from_thread(self.show)

    def heading(self) -> str:
        """Which session, and for how long it runs."""
        if self.running is None:
            return self.NAME
        state = self.running.state
        return session(state.session) + (f", {state.total // 60:.0f} min" if state.total >= 60 else "")

    def show(self) -> None:
        """Draw where it stands, and run the clock only while there is something to time."""
        if self.running is None or self._clock is None or not self.is_attached:
            return
        cues, state = self.running.cues(), self.running.state
        self.query_one(Stage).show(cues, self.running.suggested, summary(self.running, self.logged))
        self.query_one(LedFigure).lead(self.running.how(), cues, still=not self.settings.motion)
        timed = cues.left is not None and not cues.paused and not cues.waits
        (self._clock.resume if timed and self.is_current else self._clock.pause)()
        seen = (len(state.past), state.told, state.kind, self.logged, self.running.how() is None)
        if seen == self._seen:
            return
        self._seen = seen
        told = state.told or chosen(self.running)
        self.query_one("#how", Drawn).show(how(self.running))
        self.query_one("#said", Drawn).show(lambda _: [strong(told)] if told else [])
        self.set_class(cues.phase == "setup", "-placing")
        self.set_class(cues.asked is not None or self.logged is not None, "-asking")
        self.refresh_bindings()

    def enter_label(self) -> str:
        """What Enter does, where it does something."""
        return keys.enter(self.running, self.logged)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that mean nothing now are neither shown nor heard."""
        return keys.means(self.running, self.logged, action, parameters)

    def do(self, command: Command, **values: Any) -> None:
        """One command of the session; where it is over, it is recorded."""
        if self.running is None or self._ending:
            return
        try:
            called = self.running.do(command, time.monotonic(), **values)
        except Problem as problem:
            called = ()
            if problem.code == ELSEWHERE:
                self._afresh(problem)
                return
            self.coach_app.tell(
                f"{problem.message} What you do is kept in memory, and is written with the next set.",
                severe=True,
            )
        if any(each.kind in RINGS for each in called):
            self.coach_app.ring()
        if self.running.state.phase == "done":
            self._finish()
        self.show()

    action_do = do

    def action_shorter(self) -> None:
        """Before it begins: the whole session, the short one, two minutes, and around again."""
        if self.running is not None and not self.running.state.past:
            self.kind = SHORTER[self.kind]
            self.running.drop()
            self.running = None
            self.reload()

    def action_onward(self) -> None:
        """Enter: go on, take what is offered, or leave at the end."""
        if self.running is None or self.logged is not None:
            self.coach_app.back()
            return
        cues = self.running.cues()
        if cues.asked is None:
            self.do("next")
        elif cues.paused:
            self.do("resume")
        elif keys.enter(self.running, self.logged):
            self.do("answer", value=self.running.suggested)

    def action_hold(self) -> None:
        """Space: stop the clock, or let it go on."""
        if self.running is not None:
            self.do("resume" if self.running.state.paused else "pause")

    def action_answer(self, value: float | None) -> None:
        """An answer to the question that is asked."""
        asked = self.running.cues().asked if self.running is not None else None
        if asked is not None and value is not None and asked.choices:
            value = asked.choices[int(value)][0] if value < len(asked.choices) else -1
        if asked is not None and value != -1:
            self.do("answer", value=value)

    def action_auto(self) -> None:
        """By itself, or only by a key."""
        if self.running is not None:
            self.do("auto", on=not self.running.state.auto)
            on = self.running.state.auto
            self.coach_app.tell("It goes on by itself." if on else "It waits for Enter after each step.")

    def action_amend(self, by: int) -> None:
        """One more or one fewer in the last set."""
        if self.running is not None and self.running.state.phase == "rest":
            self.do("amend", amount=self.running.last_amount + by)

    def action_read(self, by: int) -> None:
        """Scroll the steps, where they are longer than their place."""
        self.query_one("#aside").scroll_relative(y=by * LINES, animate=False)

    def action_skip(self) -> None:
        """Leave the exercise out, with the reason."""
        from coach.tui.screens.ask import Ask

        self.do("pause")

        def decided(reason: str | None) -> None:
            self.do("resume") if reason is None else self.do("skip", reason=reason)

        self.app.push_screen(Ask("Why is this exercise left out?", REASONS), decided)

    def action_leave_it(self) -> None:
        """Stop for now, or end it here."""
        from coach.tui.screens.ask import Ask

        if self.running is None or self.logged is not None or not self.running.state.past:
            self.coach_app.back()
            return
        self.do("pause")

        def decided(choice: str | None) -> None:
            if choice == "later":
                self.coach_app.back()
            elif choice == "finish":
                self.do("finish")

        self.app.push_screen(Ask("Leave the session?", LEAVING), decided)

    def on_key(self, event: Any) -> None:
        """A digit answers; x is ten. A key of the session that means nothing now opens no other page."""
        if event.character and event.character in "0123456789x":
            event.stop()
            self.action_answer(10.0 if event.character == "x" else float(event.character))
        elif event.character and keys.swallowed(self.running, event.character):
            event.stop()

    def on_screen_suspend(self) -> None:
        """Another page lies over it: the clock stands."""
        if keys.placed(self.running):
            self.do("pause")

    def _finish(self) -> None:
        self._ending = True
        running, at = self.running, time.monotonic()
        assert running is not None, "it was begun"
        self.request("the session", lambda _: running.finish(at))

    def saved(self, what: str, result: Any) -> None:
        """It is in the journal."""
        self.logged = result
        self.show()
