"""Progress as tables of text."""

from __future__ import annotations

from typing import Any

from coach.draw import words

HEAD = "week  from        pain  sleep h  sleep q  stress  sessions  hard sets  walking"


def progress(found: Any, width: int | None = None) -> list[str]:
    """Weeks beside each other, measures with their verdict, milestones."""
    lines = [HEAD]
    lines += [_row(row) for row in found.weeks]
    lines += ["", "Pain, sleep and stress are means of a week with at least four mornings noted; - is fewer."]
    for each in found.measures:
        lines += words.wrap(each.text, width)
    if found.milestones:
        lines += ["", "Milestones:", *(f"  {each}" for each in found.milestones)]
    return lines


def _row(row: Any) -> str:
    return (
        f"{row.number:>4}  {words.day(row.starts):<10}  {words.number(row.pain):>4}  "
        f"{words.number(row.sleep_hours):>7}  {words.number(row.sleep_quality):>7}  "
        f"{words.number(row.stress):>6}  {row.done:>3} of {row.planned:<2}  {row.hard_sets:>9}  "
        f"{words.number(row.walking_minutes):>4} min{_kind(row.kind)}"
    )


def plain(found: Any) -> list[str]:
    """The same as sentences, one fact a line, for screen readers."""
    lines = []
    for row in found.weeks:
        pain = (
            "pain was noted on too few days"
            if row.pain is None
            else f"mean pain {words.number(row.pain)} of 10"
        )
        lines.append(f"Week {row.number}: {pain}. {row.done} of {row.planned} sessions done.")
    lines += [each.text for each in found.measures]
    return [*lines, *(f"Reached: {each}." for each in found.milestones)]


def _kind(kind: str) -> str:
    return "" if kind in ("", "loaded") else f"  ({kind})"
