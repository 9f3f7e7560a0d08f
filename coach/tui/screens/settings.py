"""Settings: what the plan asks of the week, and how the app looks and sounds."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from coach.problems import Problem
from coach.tui.base import Page
from coach.tui.lines import beside, faint_para, para
from coach.tui.widgets.drawn import Drawn, Line
from coach.tui.widgets.rows import Rows

FACE: tuple[tuple[str, str, tuple[tuple[Any, str], ...]], ...] = (
    ("theme", "Colours", (("dark", "dark"), ("light", "light"), ("contrast", "black and white"))),
    ("motion", "Motion", ((True, "on"), (False, "off"))),
    ("bell", "Bell at the end of a hold or rest", ((True, "on"), (False, "off"))),
    ("hands_free", "Session goes on by itself", ((True, "on"), (False, "off"))),
    ("countdown", "Seconds to get ready", ((5, "5"), (10, "10"), (20, "20"), (0, "none"))),
)
"""Settings of the face: name, text, and the values that Enter goes through."""
WISHES = (
    ("days_per_week", "Days a week"),
    ("days", "Which days"),
    ("session_minutes", "Minutes of a session"),
    ("walk_minutes", "Minutes of walking a week"),
    ("equipment", "What you have at hand"),
    ("floor", "Down to the floor and up"),
    ("units", "Weights in"),
    ("session_time", "Time of the session"),
    ("cue", "The session comes after"),
)
"""Answers that are wishes; changing one writes the plan anew."""

ROW = 76
"""Columns of a row at most, so that a value stays near its name."""


class SettingsPage(Page):
    """A list; Enter changes the line under the cursor."""

    NAME: ClassVar[str] = "Settings"
    ENTER: ClassVar[str] = "Change"
    DEFAULT_CSS = """
    SettingsPage #rows { height: auto; max-height: 1fr; margin-top: 1; }
    SettingsPage #hint { margin-top: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._answers: dict[str, Any] = {}
        self._items: dict[str, Any] = {}

    def body(self) -> ComposeResult:
        """The list and what it means."""
        yield Rows(id="rows")
        yield Drawn(hint, id="hint")

    def reload(self) -> None:
        """Read the wishes and the settings of the face."""
        coach = self.coach()
        try:
            self._answers = dict(coach.answers())
        except Problem:
            self._answers = {}
        rows = self.query_one("#rows", OptionList)
        at = rows.highlighted
        width = max(40, self.size.width - 5)
        made: list[Option] = [Option("This app", disabled=True)]
        for name, text, values in FACE:
            now = getattr(self.settings, name)
            made.append(Option(_row(text, dict(values).get(now, str(now)), width), id=name))
        if self._answers:
            made.append(Option("Your plan", disabled=True))
            self._items = self.coach_app.known("items", lambda each: each.interview().items)  # type: ignore[union-attr]
            made += [Option(_row(text, self._value(name), width), id=name) for name, text in WISHES]
        rows.clear_options()
        rows.add_options(made)
        rows.highlighted = at if at is not None and at < len(made) else 1

    def on_resize(self) -> None:
        """Values stand at the right edge."""
        if self.seen is not None:
            self.reload()

    def _value(self, name: str) -> str:
        value = self._answers.get(name)
        if value is None or value == () or value == []:
            return "any" if name == "days" else "-"
        texts = {each.value: each.text for each in self._items[name].choices}
        if isinstance(value, list | tuple):
            return ", ".join(texts.get(each, str(each)) for each in value)
        return f"{value:g}" if isinstance(value, int | float) else texts.get(value, str(value))

    @on(OptionList.OptionSelected)
    def _change(self, event: OptionList.OptionSelected) -> None:
        name = str(event.option_id)
        found = next((values for each, _, values in FACE if each == name), None)
        if found is not None:
            self._turn(name, [value for value, _ in found])
            return
        from coach.tui.screens.wish import Wish

        item = self._items[name]

        def given(value: Any) -> None:
            if value is not None:
                self.request("the plan", lambda coach: coach.prefer(**{name: value}))

        self.app.push_screen(Wish(item, self._answers.get(name)), given)

    def _turn(self, name: str, values: list[Any]) -> None:
        """The next value of a setting, at once and kept."""
        now = getattr(self.settings, name)
        value = values[(values.index(now) + 1) % len(values)] if now in values else values[0]
        self.coach_app.settings = msgspec.structs.replace(self.settings, **{name: value})
        self.coach_app.dress()
        self.save("the settings", lambda coach: coach.keep_settings(**{name: value}))
        self.reload()

    def saved(self, what: str, result: Any) -> None:
        """Say what a new wish did."""
        if what == "the plan":
            made = result.plan
            self.coach_app.tell(
                f"Your plan follows from now on (version {made.id})." if made else result.text
            )


def hint(width: int) -> list[Line]:
    """What a change does."""
    return [
        *para("A change to your plan is made at once: the same doses, on your new days and minutes.", width),
        *faint_para("u takes it back. Reminders: let cron or your shell run coach status.", width),
    ]


def _row(text: str, value: str, width: int) -> str:
    return "\n".join(beside(f"  {text}", value, min(width, ROW)))
