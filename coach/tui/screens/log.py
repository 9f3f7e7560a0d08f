"""Record today's session without being led through it."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding

from coach.problems import NothingToDo, Problem
from coach.tui.base import Box
from coach.tui.lines import faint_para, para
from coach.tui.widgets.drawn import Drawn, Line
from coach.tui.widgets.scale import TOP, Scale

SCALES = (
    ("rpe", "Effort: 0 rest, 10 the most you can"),
    ("before", "Pain before: 0 none, 10 the worst"),
    ("pain", "Most pain during: 0 none, 10 the worst"),
)
FORMS = {"g": (0, "good"), "m": (1, "minor faults"), "p": (2, "poor")}


class LogPage(Box):
    """Effort, pain and form for the whole session; what is not given stays open, and then it holds."""

    DEFAULT_CSS = """
    LogPage Scale { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("enter", "done(False)", "Done", priority=True),
        Binding("d", "done(True)", "Short version done"),
        Binding("up", "app.focus_previous", "Before", show=False),
        Binding("down", "app.focus_next", "Next", show=False),
        *(Binding(key, f"form('{key}')", text, show=False) for key, (_, text) in FORMS.items()),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.felt: dict[str, Any] = {}
        self._session: Any = None
        self._form = ""

    def inside(self) -> ComposeResult:
        """Three scales and the form."""
        yield Drawn(id="what")
        for name, text in SCALES:
            yield Scale(text, id=name)
        yield Drawn(self._how, id="how")

    def on_mount(self) -> None:
        """Which session it is."""
        try:
            found = self.coach().today()
            if found.withheld or found.day is None or found.day.session is None:
                raise NothingToDo("No session is due today, so there is none to note.")
        except Problem as problem:
            self.give_up(problem)
            return
        self._session = found.day.session
        self.titled("The session as done")
        self._put_back(self.left_here(self._draft_key))
        count = len(self._session.prescriptions)
        self.query_one("#what", Drawn).show(
            lambda width: para(f"All {count} exercises at today's doses.", width)
        )
        self.query_one("#rpe").focus()

    def elsewhere(self) -> None:
        """The session may have been noted meanwhile: then it is not noted again over that."""
        found = self.coach().today()
        due = found.day.session if found.day is not None and not found.withheld else None
        if self._session is not None and (due is None or due.id != self._session.id):
            self._session = None
            self.give_up(NothingToDo("This session was noted elsewhere."))

    @property
    def _draft_key(self) -> str:
        return f"log/{self.coach_app.seen[0]}/{self._session.id}"

    def draft(self) -> tuple[str, Any] | None:
        """What was given so far; it is kept as a session with Enter alone."""
        return None if self._session is None else (self._draft_key, dict(self.felt) or None)

    def _put_back(self, left: Any) -> None:
        for name, value in left.items() if isinstance(left, dict) else ():
            if name in dict(SCALES) and isinstance(value, int) and 0 <= value <= TOP:
                self.felt[name] = value
                self.query_one(f"#{name}", Scale).show(value)
            elif name == "form":
                self._form = next((key for key, (form, _) in FORMS.items() if form == value), "")
                self.felt |= {"form": FORMS[self._form][0]} if self._form else {}

    def _how(self, width: int) -> list[Line]:
        chosen = {key: f"[{text}]" if key == self._form else text for key, (_, text) in FORMS.items()}
        form = f"Form: g {chosen['g']}  m {chosen['m']}  p {chosen['p']}"
        text = "Enter keeps it as done in full, d as the short version with one set each."
        return ["", *para(form, width), "", *faint_para(text, width)]

    @on(Scale.Given)
    def _given(self, event: Scale.Given) -> None:
        self.felt[str(event.scale.id)] = event.value
        if event.onward:
            self.focus_next()

    def action_form(self, key: str) -> None:
        """How clean it was."""
        self._form = key
        self.felt["form"] = FORMS[key][0]
        self.query_one("#how", Drawn).show(self._how)

    def action_done(self, short: bool) -> None:
        """Keep the session."""
        if self._session is not None:
            name, felt = self._session.id, dict(self.felt)
            self.save("the session", lambda coach: coach.log_session(name, short=short, **felt))
            self.coach_app.tell("The session is noted. u takes it back.")
            self.felt = {}
        self.dismiss(None)
