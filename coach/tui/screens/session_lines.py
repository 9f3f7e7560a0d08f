"""Lines of the session player: how an exercise goes, and what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.draw import sessions
from coach.draw.words import wrap
from coach.tui.keys import in_keys
from coach.tui.lines import faint, head
from coach.tui.widgets.drawn import Draw, Line

if TYPE_CHECKING:
    from coach.cases.playing import Running
    from coach.cases.sessions import Logged

LEAVING = (
    ("1", "Stay", ""),
    ("2", "Stop for now; every set is kept, and it goes on here later", "later"),
    ("3", "End it here and record what was done", "finish"),
)


def chosen(running: Running) -> str:
    """Before it begins: how long it is, and how it gets shorter."""
    state = running.state
    if state.past:
        return ""
    return f"{sessions.chosen(state)}. v: {'shorter' if state.kind != 'minimum' else 'the whole one'}"


def how(running: Running) -> Draw:
    """The exercise that is on: dose, set-up, steps."""
    state = running.state
    most = running.cues().most_pain
    first, *rest = sessions.instructions(state.doing, running.how(), state.units, most_pain=most)

    def draw(width: int) -> list[Line]:
        lines: list[Line] = [head(part) for part in wrap(first, width)]
        for each in rest:
            text = each.strip()
            lines += [faint(part) if text.startswith("Set-up") else part for part in wrap(text, width)]
        return lines

    return draw


def summary(running: Running, logged: Logged | None) -> tuple[str, ...]:
    """What was done, once it is recorded."""
    if logged is None:
        return ()
    state = running.state
    names = {each.exercise: each.name for item in state.items for each in (item.given, *item.easier)}
    lines = [line for log in logged.sessions for line in sessions.summary(log, names, state.units)]
    notes = [in_keys(each) for each in (logged.text, *logged.notices)]
    return (*lines, "", *notes, "", "Enter: back to today. There u takes it back.")
