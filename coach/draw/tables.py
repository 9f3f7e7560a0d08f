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
    lines += measured(found, width)
    for each in found.measures:
        lines += words.wrap(each.text, width)
    lines += ["", *(line for text in rhythm(found) for line in words.wrap(text, width))]
    if found.milestones:
        lines += ["", "Milestones:", *(f"  {each}" for each in found.milestones)]
    return lines


def measured(found: Any, width: int | None = None) -> list[str]:
    """That a device stood in where nothing was given."""
    from coach.draw.readings import TITLES, device

    return [
        line
        for measure, source, days in found.measured
        for line in words.wrap(
            f"{TITLES[measure].capitalize()} of {days} {'day' if days == 1 else 'days'}: from "
            f"{device(source)}, for you gave none.",
            width,
        )
    ]


def _row(row: Any) -> str:
    return (
        f"{row.number:>4}  {words.day(row.starts):<10}  {words.number(row.pain):>4}  "
        f"{words.number(row.sleep_hours):>7}  {words.number(row.sleep_quality):>7}  "
        f"{words.number(row.stress):>6}  {row.done:>3} of {row.planned:<2}  {row.hard_sets:>9}  "
        f"{words.number(row.walking_minutes):>4} min{_kind(row.kind)}"
    )


def rhythm(found: Any) -> list[str]:
    """Consistency with its three factors, the room of this week, and what there is to say about it."""
    kept = found.consistency
    if kept is None:
        return []
    lines = [kept.text]
    if kept.score is not None and kept.dose is not None:
        lines.append(
            f"It is how often ({_share(kept.frequency)}) x how much of it ({_share(kept.dose)}) "
            f"x how well ({_share(kept.quality)})."
        )
    lines += [kept.this_week.text] if kept.this_week else []
    lines += [found.praise] if found.praise else []
    lines += [found.warning.text] if found.warning else []
    lines += [found.if_then] if found.if_then else []
    return lines


def _share(value: float | None) -> str:
    return "-" if value is None else f"{int(100 * value + 0.5)} %"


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
    lines += measured(found)
    lines += [each.text for each in found.measures]
    lines += rhythm(found)
    return [*lines, *(f"Reached: {each}." for each in found.milestones)]


def _kind(kind: str) -> str:
    return "" if kind in ("", "loaded") else f"  ({kind})"
