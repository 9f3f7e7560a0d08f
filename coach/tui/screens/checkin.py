"""Check-in: three digits and Enter, from anywhere; each number is kept as it is given."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Input, Static

from coach.draw import morning, words
from coach.model.text import one_line
from coach.problems import Problem
from coach.tui.base import Box
from coach.tui.lines import faint_para
from coach.tui.widgets.drawn import Drawn, Line
from coach.tui.widgets.scale import Scale

SCALES = tuple((each.name, morning.scale(each)) for each in morning.SCALES)
TEXTS = tuple((each.name, each.text) for each in morning.TEXTS)
NOTE_LENGTH = 2000
OTHER_DAYS = 1
"""How far back ``y`` goes; older mornings are for ``coach checkin --date``."""


class CheckInPage(Box):
    """The morning values of today or yesterday."""

    DEFAULT_CSS = """
    CheckInPage .field { height: 1; }
    CheckInPage .field Static { width: 14; padding-left: 2; }
    CheckInPage .field Input { width: 1fr; background: $panel; }
    CheckInPage #first { margin-top: 1; }
    CheckInPage #how { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[Any]] = [
        Binding("enter", "done", "Done", priority=True),
        Binding("y", "other_day", "Yesterday"),
        Binding("w", "warn", "Warning sign"),
        Binding("up", "app.focus_previous", "Before", show=False),
        Binding("down", "app.focus_next", "Next", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.day: date | None = None
        self.kept: dict[str, Any] = {}
        """What is on file for the day, or was just given."""

    def inside(self) -> ComposeResult:
        """Three scales, then what is wanted besides."""
        for name, text in SCALES:
            yield Scale(text, id=name)
        for place, (name, text) in enumerate(TEXTS):
            with Horizontal(classes="field", id="first" if place == 0 else None):
                yield Static(text, markup=False)
                note = name == "note"  # a note goes on, a number is typed anew
                length = NOTE_LENGTH if note else 5
                yield Input(id=name, compact=True, max_length=length, select_on_focus=not note)
        yield Drawn(self._how, id="how")

    def on_mount(self) -> None:
        """Begin with today."""
        try:
            self._fill(self.coach().today_date)
        except Problem as problem:
            self.give_up(problem)

    def _fill(self, day: date) -> None:
        """Show what is on file for a day."""
        found = next((each for each in self.coach().history().checkins if each.date == day), None)
        self.day = day
        self.kept = {name: getattr(found, name) if found else None for name, _ in (*SCALES, *TEXTS)}
        for name, _ in SCALES:
            self.query_one(f"#{name}", Scale).show(self.kept[name])
        for name, _ in TEXTS:
            self.query_one(f"#{name}", Input).value = self._on_file(name)
        left = self.left_here(self._draft_key)
        for name, text in left.items() if isinstance(left, dict) else ():
            if name in dict(TEXTS) and isinstance(text, str):
                self.query_one(f"#{name}", Input).value = one_line(text, NOTE_LENGTH)
        note = self.query_one("#note", Input)
        note.cursor_position = len(note.value)
        today = self.coach().today_date
        now = "Pain now" if day == today else "Pain that morning"
        self.query_one("#pain", Scale).ask(SCALES[0][1].replace("Pain now", now))
        self.titled(f"Check-in, {words.day(day)}{' (yesterday)' if day < today else ''}")
        empty = next((name for name, _ in SCALES if self.kept[name] is None), SCALES[0][0])
        self.query_one(f"#{empty}").focus()

    def _on_file(self, name: str) -> str:
        """What is on file for a field, as it would be typed."""
        value = self.kept[name]
        text = value if isinstance(value, str) else words.number(value) if value is not None else ""
        return text.replace("\n", " ")

    @property
    def _draft_key(self) -> str:
        return f"checkin/{self.day}"

    def draft(self) -> tuple[str, Any] | None:
        """What stands in the fields and is not on file."""
        if self.day is None:
            return None
        typed = {name: self.query_one(f"#{name}", Input).value for name, _ in TEXTS}
        return self._draft_key, {
            name: text for name, text in typed.items() if text != self._on_file(name)
        } or None

    def _how(self, width: int) -> list[Line]:
        text = "A digit answers, x is 10. Arrows: up and down. What is left out stays empty."
        return [*faint_para(text, width)]

    def elsewhere(self) -> None:
        """Show what was noted elsewhere, but not over what stands in a field."""
        if self.day is None:
            return
        found = next((each for each in self.coach().history().checkins if each.date == self.day), None)
        for name, _ in (*SCALES, *TEXTS):
            untouched = name in dict(SCALES) or self.query_one(f"#{name}", Input).value == self._on_file(name)
            self.kept[name] = getattr(found, name) if found else None
            if name in dict(SCALES):
                self.query_one(f"#{name}", Scale).show(self.kept[name])
            elif untouched:
                self.query_one(f"#{name}", Input).value = self._on_file(name)

    # -- answers ---------------------------------------------------------------------------------

    @on(Scale.Given)
    def _given(self, event: Scale.Given) -> None:
        self._keep(str(event.scale.id), event.value)
        if event.onward:
            self.focus_next()

    @on(Input.Blurred)
    def _typed(self, event: Input.Blurred) -> None:
        self._take(event.input)

    def _take(self, field: Input) -> None:
        """Keep what stands in a field; what is no number is said, and stays there to be mended."""
        name, text = str(field.id), field.value.strip()
        if name == "note":
            if text != (self.kept["note"] or "").replace("\n", " "):
                self._keep("note", text)
            return
        if not text:
            return
        try:
            hours = float(text.replace(",", "."))
        except ValueError:
            hours = -1.0
        if not 0 <= hours <= 24:
            self.coach_app.tell(f"{dict(TEXTS)[name]}: a number from 0 to 24.", severe=True)
        elif hours != self.kept[name]:
            self._keep(name, hours)

    def _keep(self, name: str, value: Any) -> None:
        if self.day is None or self.kept.get(name) == value:
            return
        self.kept[name] = value
        day = self.day
        self.save(f"the check-in of {words.day(day)}", lambda coach: coach.check_in(day, **{name: value}))

    # -- keys ------------------------------------------------------------------------------------

    def action_done(self) -> None:
        """Keep what is left in the fields and go back."""
        self.ending()
        given = [
            f"{text.lower()} {words.number(self.kept[name])}"
            for name, text in (("pain", "pain"), ("sleep_quality", "sleep"), ("stress", "stress"))
            if self.kept.get(name) is not None
        ]
        if given and self.day is not None:
            self.coach_app.tell(f"{words.day(self.day)}: {', '.join(given)}. u takes the last one back.")
        self.dismiss(None)

    def action_leave(self) -> None:
        """Go back; what was given is kept."""
        self.ending()
        self.dismiss(None)

    def ending(self) -> None:
        """Keep what is left in the fields."""
        for name, _ in TEXTS:
            self._take(self.query_one(f"#{name}", Input))

    def action_other_day(self) -> None:
        """Yesterday, or today again."""
        today = self.coach().today_date
        try:
            self._fill(today - timedelta(days=OTHER_DAYS) if self.day == today else today)
        except Problem as problem:
            self.coach_app.tell(problem.message, severe=True)

    def action_warn(self) -> None:
        """Name a warning sign: the questions about it come first from then on."""
        from coach.tui.screens.ask import Ask

        def named(sign: str | None) -> None:
            if sign and self.day is not None:
                day = self.coach().today_date
                self.save("the warning sign", lambda coach: coach.check_in(day, flags=(sign,)))
                self.call_later(self.action_leave)

        choices = tuple(
            (str(number), text, sign) for number, (sign, text) in enumerate(self.coach().signs(), 1)
        )
        self.app.push_screen(Ask("Which of these is new?", choices), named)
