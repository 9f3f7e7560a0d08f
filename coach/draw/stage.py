"""The page of a running session as lines of text: the big figure, what to do, how long still."""

from __future__ import annotations

from typing import Any

from coach.draw.digits import FULL, fitted
from coach.draw.words import wrap

EMPTY = "⣀"
"""The lowest row of braille dots: the part of a bar that is still to come."""


def where(cues: Any, width: int) -> tuple[list[str], str]:
    """Which exercise, on as many lines as its name needs, and which set of it."""
    name = wrap(f"{cues.item} of {cues.items}  {cues.name}", width)
    if cues.phase in ("before", "done"):
        return name, ""
    if cues.phase == "ask":
        return name, "How it went"
    side = f"   {cues.side}" if cues.side else ""
    return name, f"Set {cues.set} of {cues.sets}{side}"[:width]


def figure(cues: Any, width: int, height: int) -> list[str]:
    """The figure as large as it fits, centred, with the word and the bar under it."""
    word = spaced(cues.word, width)
    under = [word, "", bar(cues.share, width) if cues.left is not None else "", *wrap(hint(cues), width)]
    room = max(1, height - len(under))
    lines = fitted(cues.big, width - 2, room) if cues.big else []
    long = max((len(line) for line in lines), default=0)
    blank = " " * max(0, (width - long) // 2)
    drawn = [blank + line.rstrip() for line in lines]
    above = max(0, (room - len(drawn)) // 2)
    return [*[""] * above, *drawn, *under][:height]


def spaced(text: str, width: int) -> str:
    """A word in capitals with room between the letters, centred; tighter where it does not fit."""
    wide = " ".join(text.upper())
    return (wide if len(wide) <= width else text.upper()).center(width).rstrip()


def bar(share: float, width: int) -> str:
    """How much is over: filled cells, and what is to come."""
    full = round(min(1.0, max(0.0, share)) * width)
    return FULL * full + EMPTY * (width - full)


def hint(cues: Any) -> str:
    """One line on how it goes on."""
    if cues.paused:
        return "Paused. Space or Enter goes on."
    if cues.soon:
        return "Get ready: the next set is about to begin."
    if cues.phase == "setup":
        return "Enter: I am in place."
    if cues.phase == "rest":
        return f"Last set {cues.last:g} (+ - corrects it).  r: rate it."
    if cues.waits:
        return "Enter goes on."
    return "Enter: this set is done." if cues.phase == "work" else ""


def question(cues: Any, width: int, offered: float | None = None) -> list[str]:
    """A question with its answers, each with its key."""
    asked = cues.asked
    lines = [*wrap(asked.text, width), ""]
    if asked.choices:
        lines += [f"  {number}  {text}" for number, (_, text) in enumerate(asked.choices)]
    else:
        lines.append("  " + "  ".join(str(number) for number in range(10)) + "  x (10)")
        if asked.low:
            lines.append(f"  0 {asked.low}, 10 {asked.high}"[:width])
    if offered is not None:
        lines += ["", f"  Enter: {offered:g}, as at this morning's check-in"]
    return [*lines, "", "  n  leave it out"]
