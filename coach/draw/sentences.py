"""Each chart in one sentence: what is, what was, and whether the difference means anything.

Inside normal variation nothing is celebrated and nothing alarmed at, and nobody is blamed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from coach.draw import words
from coach.model.charts import (
    Climb,
    DayMark,
    Load,
    Pairing,
    Series,
    Span,
    WeekShare,
    WeekVerdict,
)  # fmt: skip

NORMAL = "the change is within normal variation"
JUDGED = {
    "better": "better than at the start, by more than normal variation",
    "worse": "worse than at the start, by more than normal variation",
    "near_best": "too near the best score at the start to show a change",
    "meaningful_improvement": "clearly better",
    "probable_improvement": "probably better",
    "unchanged": "about the same",
}


def series(found: Series) -> str:
    """A series in one sentence."""
    return _daily(found) if found.daily else _readings(found)


def _daily(found: Series) -> str:
    if not found.points:
        return f"{found.name}: nothing has been noted yet."
    if len(found.points) == 1:
        only = found.points[0]
        return f"{found.name}: {_value(only.value, found)} on {words.day(only.date)}, noted once so far."
    if found.now is None:
        return (
            f"{found.name}: noted on {_days(found.now_days)} of the last seven, and a mean needs "
            f"{found.enough}, so there is nothing to compare yet."
        )
    now = f"{found.name}: {_value(found.now, found)} this week"
    if found.baseline is None:
        return f"{now}; there is no value from the start to compare it with."
    return f"{now}, {_value(found.baseline, found)} at the start{_verdict(found)}."


def _readings(found: Series) -> str:
    if not found.points:
        return f"{found.name}: not measured yet."
    last = found.points[-1]
    if len(found.points) == 1 or found.baseline is None or found.now is None:
        return f"{found.name}: {_value(last.value, found)} on {words.day(last.date)}, measured once so far."
    now = f"{found.name}: {_value(found.now, found)} on {words.day(last.date)}"
    return f"{now}, {_value(found.baseline, found)} at the start{_verdict(found)}."


def _verdict(found: Series) -> str:
    """What the change means, after the numbers; a trend gets none."""
    if found.verdict in ("", "none", "trend"):
        return ""
    if found.inside:
        same = words.number(found.now) == words.number(found.baseline)
        if same:
            return "; no change"
        perhaps = "perhaps better, but " if found.verdict == "probable_improvement" else ""
        return f"; {perhaps}{NORMAL}"
    return f"; {JUDGED.get(found.verdict, 'about the same')}"


def short_of(found: Series) -> str:
    """Where a series stands, in a few characters: ``4.1 (5 at the start)``."""
    if not found.points:
        return "nothing noted"
    if len(found.points) == 1:
        return f"{words.number(found.points[0].value)}, noted once"
    if found.now is None:
        return "too few days"
    if found.baseline is None:
        return words.number(found.now)
    return f"{words.number(found.now)} ({words.number(found.baseline)} at the start)"


def spans(found: Sequence[Span]) -> str:
    """Flare-ups and pauses as a sentence; empty without any."""
    names = {"flare": "a flare-up", "pause": "a pause"}
    told = tuple(f"{names[each.kind]} {_between(each.start, each.end)}" for each in found)
    return f"Marked: {words.listed(told)}." if told else ""


def _between(start: date, end: date) -> str:
    if start == end:
        return f"on {words.day(start)}"
    return f"from {words.day(start)} to {words.day(end)}"


def adherence(weeks: Sequence[WeekShare]) -> str:
    """Sessions done, in all and this week."""
    if not weeks:
        return "Sessions: no week of the plan has begun yet."
    done, planned = sum(each.done for each in weeks), sum(each.planned for each in weeks)
    last = weeks[-1]
    newest = f"{last.done} of {last.planned} in week {last.number}"
    return f"Sessions: {done} of {planned} planned were done; {newest}."


def days(found: Sequence[DayMark]) -> str:
    """The calendar of days in numbers."""
    if not found:
        return "Days: none of the plan has been lived yet."
    count = {
        mark: sum(each.mark == mark for each in found) for mark in ("done", "short", "missed", "skipped")
    }
    parts = [f"{count['done'] + count['short']} of {len(found)} days had a session"]
    parts += [f"{count['short']} of them short"] if count["short"] else []
    open_days = count["missed"] + count["skipped"]
    parts += [f"{_days(open_days)} had one that did not happen"] if open_days else []
    flares, pauses = sum(each.flare for each in found), sum(each.pause for each in found)
    parts += [f"{_days(flares)} lay in a flare-up"] if flares else []
    parts += [f"{_days(pauses)} lay in a pause"] if pauses else []
    return f"Days: {'; '.join(parts)}."


def climb(found: Climb) -> str:
    """One exercise from its first level to now."""
    first, last = found.levels[0], found.levels[-1]
    if first.exercise != last.exercise:
        return f"{last.name}: {last.text}; it began with {first.name}, {first.text}."
    if first.text == last.text:
        return f"{last.name}: {last.text}, as at the start."
    return f"{last.name}: {last.text}; {first.text} at the start."


def load(found: Load | None) -> str:
    """The last seven days against the four weeks before."""
    if found is None or found.before is None or found.ratio is None:
        return "Load: compared once four weeks were lived before this one."
    said = (
        f"Load: effort times minutes of the last seven days is {round(found.week)}; the mean of the four "
        f"weeks before is {round(found.before)}, so it is {words.number(found.ratio)} times as much."
    )
    if found.eased:
        said += " A flare-up or a pause lies in those four weeks, which makes their mean small."
    if not found.above:
        return said
    return (
        f"{said} That is more than {found.limit:g} times, which is much at once. It is told for you to know; "
        "the plan does not change because of it."
    )


def pairing(found: Pairing) -> str:
    """Whether something went along with the pain of the next morning, with the caveat."""
    what = f"{found.name} and the pain of the next morning"
    if found.pairs < found.needed:
        return f"{what}: {found.pairs} pairs of days so far, {found.needed} are needed to look for a pattern."
    if not found.pattern:
        return f"{what}: no pattern in {found.pairs} pairs of days."
    return (
        f"{what}: more of the one was followed by {found.pattern} of the other, in {found.pairs} pairs of "
        "days. This may be chance or have a third reason; it does not say that one makes the other."
    )


def verdict(found: WeekVerdict) -> str:
    """The check of a week: what it says, or when it comes."""
    if not found.said:
        return f"Week {found.week}: looked at on {words.day(found.date)}."
    reasons = f" {' '.join(found.reasons)}" if found.reasons else ""
    return f"Week {found.week}: {found.title}.{reasons} {' '.join(found.next)}".rstrip()


def _value(value: float, found: Series) -> str:
    unit = f" {found.unit}" if found.unit in ("h", "%", "min") else ""
    return f"{words.number(value)}{unit}"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
