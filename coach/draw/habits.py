"""Habits, lessons and what was noted of them, as lines of text."""

from __future__ import annotations

from typing import Any

from coach.draw import words


def habits(found: Any, width: int | None = None) -> list[str]:
    """The habits of a week, each with its count and what the last review said."""
    lines = [f"Habits of week {found.week}, from {words.day(found.starts)}"]
    if not found.habits:
        lines.append("None this week.")
    for each in found.habits:
        mark = ", done today" if each.today else ""
        lines += ["", *words.wrap(f"{each.number}  {each.id}: {each.text}", width)]
        measured = f", {each.by_device} measured by a device" if each.by_device else ""
        lines.append(f"   {each.days} of {each.per_week} days this week{mark}{measured}")
        if each.reason:
            lines += words.wrap(f"why: {each.reason.text}", width, "   ")
        if each.decision:
            card = each.decision
            lines += words.wrap(f"last review: {card.text} [{card.rule}]", width, "   ")
    if found.steps:
        mean, days = sum(found.steps) / len(found.steps), len(found.steps)
        lines += ["", f"Steps: {mean:,.0f} a day, on {days} {'day' if days == 1 else 'days'} of this week"]
    if found.finished:
        lines += ["", f"Kept without asking: {', '.join(found.finished)}"]
    if found.habits:
        lines += ["", f"Note one with: coach habit done {found.habits[-1].id}"]
    return lines


def noted(done: Any) -> str:
    """What noting a habit did, on one line."""
    row = done.habit
    count = f"{row.days} of {row.per_week} this week"
    when = words.day(done.date)
    if not done.new:
        return f"{when}: {row.id} was noted already, {count}."
    if not done.counts:
        return f"Saved for {when}. It is further from your usual time than the goal says, {count}."
    return f"Saved for {when}: {row.id}, {count}. (coach undo takes it back)"


def lessons(rows: Any) -> list[str]:
    """The lessons in their order, with what was read."""
    return [f"{each.week:>2}  {each.id:<14}{each.title}{_mark(each)}" for each in rows]


def _mark(row: Any) -> str:
    marks = ["this week"] if row.this_week else []
    marks += [f"read on {words.day(row.read.date)}"] if row.read else []
    return f"  ({', '.join(marks)})" if marks else ""


def lesson(shown: Any, width: int | None = None) -> list[str]:
    """One lesson in full, without the answer to its question."""
    lines = [f"{shown.row.title}  (lesson {shown.row.week})", ""]
    return [*lines, *words.wrap(shown.text, width)]
