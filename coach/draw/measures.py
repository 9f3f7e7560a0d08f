"""Measures and tests: start, now, change, error band and verdict, a line each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from coach.draw import words

HEAD = f"{'measure':<34}{'start':>7}{'now':>7}{'change':>8}{'band':>7}  verdict"


def courses(found: Iterable[Any], width: int | None = None, *, plain: bool = False) -> list[str]:
    """Lines of text; ``plain`` gives sentences only. No arrow ever stands inside the error band."""
    rows = tuple(found)
    if not rows:
        return ["Nothing has been measured yet. coach assess and coach test do that."]
    if plain:
        return [each.text for each in rows]
    lines = [HEAD]
    for each in rows:
        change = "-" if each.change is None else f"{each.change:+g}"
        band = "-" if each.mdc is None else f"±{words.number(each.mdc)}"
        numbers = f"{words.number(each.baseline):>7}{words.number(each.now):>7}{change:>8}{band:>7}"
        lines.append(f"{each.name[:33]:<34}{numbers}  {each.verdict.replace('_', ' ')}")
    lines += ["", "band: a change smaller than this lies within the error of the measure."]
    for each in rows:
        if each.readings > 1:
            lines += words.wrap(each.text, width)
    return lines
