"""Measures and tests: start, now, change, error band and verdict, a line each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from coach.draw import words

HEAD = f"{'measure':<34}{'start':>7}{'now':>7}{'change':>8}{'band':>7}  verdict"

WIDE = len(HEAD) + 6
"""Columns of the table."""
BAND = "band: a change smaller than this lies within the error of the measure."


def courses(found: Iterable[Any], width: int | None = None, *, plain: bool = False) -> list[str]:
    """Lines of text; ``plain`` gives sentences only. No arrow ever stands inside the error band."""
    rows = tuple(found)
    if not rows:
        return ["Nothing has been measured yet. coach assess and coach test do that."]
    if plain:
        return [each.text for each in rows]
    if width is not None and width < WIDE:
        return _narrow(rows, width)
    lines = [HEAD]
    for each in rows:
        change = "-" if each.change is None else f"{each.change:+g}"
        band = "-" if each.mdc is None else f"±{words.number(each.mdc)}"
        numbers = f"{words.number(each.baseline):>7}{words.number(each.now):>7}{change:>8}{band:>7}"
        lines.append(f"{each.name[:33]:<34}{numbers}  {each.verdict.replace('_', ' ')}")
    lines += ["", BAND]
    for each in rows:
        if each.readings > 1:
            lines += words.wrap(each.text, width)
    return lines


def _narrow(rows: tuple[Any, ...], width: int) -> list[str]:
    """Each measure with its numbers below it, where the table has no room."""
    lines: list[str] = []
    for each in rows:
        numbers = f"start {words.number(each.baseline)}, now {words.number(each.now)}"
        numbers += "" if each.change is None else f", change {each.change:+g}"
        numbers += "" if each.mdc is None else f", band ±{words.number(each.mdc)}"
        lines += words.wrap(each.name, width)
        lines += words.wrap(f"{numbers}: {each.verdict.replace('_', ' ')}", width, "    ")
    return [*lines, "", *words.wrap(BAND, width)]
