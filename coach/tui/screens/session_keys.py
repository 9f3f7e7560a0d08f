"""The keys of the session player, and which of them mean something at a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.binding import Binding

if TYPE_CHECKING:
    from coach.cases.playing import Running
    from coach.cases.sessions import Logged


def bindings() -> list[Any]:
    """All of them; those that show stand in the bottom line."""
    return [
        Binding("p", "do('hurts')", "Too painful"),
        Binding("e", "do('easier')", "Easier"),
        Binding("space", "hold", "Pause"),
        Binding("s", "skip", "Skip"),
        Binding("b", "do('back')", "One back"),
        Binding("left", "do('back')", "One back", show=False),
        Binding("v", "shorter", "Shorter"),
        Binding("a", "auto", "Hands-free"),
        Binding("r", "do('rate')", "Rate the set", show=False),
        Binding("escape", "leave_it", "Leave", priority=True),
        Binding("enter,right", "onward", "Go on", show=False),
        Binding("n", "answer(None)", "Leave out", show=False),
        Binding("plus", "amend(1)", "More", show=False),
        Binding("minus", "amend(-1)", "Fewer", show=False),
        Binding("down,pagedown", "read(1)", show=False),
        Binding("up,pageup", "read(-1)", show=False),
    ]


def placed(running: Running | None) -> bool:
    """Whether an exercise is on, and no question."""
    return running is not None and running.state.phase not in ("before", "ask", "done")


def means(
    running: Running | None, logged: Logged | None, action: str, parameters: tuple[object, ...]
) -> bool:
    """Whether an action means something now: not in a question, at the end, or where nothing is due."""
    if running is None:
        return action in ("leave_it", "onward")
    if action == "shorter":
        return not running.state.past
    if parameters == ("back",):
        return logged is None and bool(running.state.past)
    return placed(running) or action not in ("do", "skip", "hold", "auto")


def enter(running: Running | None, logged: Logged | None) -> str:
    """What Enter does; a question takes it only where there is a number on offer."""
    if running is None or logged is not None:
        return "Back"
    cues = running.cues()
    if cues.asked is None or cues.paused:
        return "Go on"
    return "Go on" if cues.asked.id == "before" and running.suggested is not None else ""


def swallowed(running: Running | None, key: str) -> bool:
    """Whether a key of the session means nothing now and must not open another page either."""
    return running is not None and not placed(running) and key in "epsar "
