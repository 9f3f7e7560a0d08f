"""Small charts: a series on one line, weeks as bars, and doses as steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from coach.draw import words
from coach.draw.axes import cut, padded, scale
from coach.draw.canvas import Canvas, Style
from coach.draw.sentences import short_of
from coach.model.charts import Climb, Load, Series, WeekShare

NAME_WIDTH = 16
_LEAST = 20
_FULL = {"braille": "⣿", "block": "█", "ascii": "#"}
_REST = {"braille": "⣀", "block": "▁", "ascii": "."}
_EIGHTHS = "▁▂▃▄▅▆▇█"


def sparkline(series: Series, width: int = 80, *, style: Style = "braille") -> str:
    """A series on one line: name, a small picture of its days, and where it stands now."""
    width = max(_LEAST, width)
    said = short_of(series)
    name = min(NAME_WIDTH, width // 3)
    room = width - name - len(said) - 2
    if room < 4:
        said, room = "", width - name - 1
    return f"{padded(series.name, name)} {padded(spark(series, room, style), room)} {said}".rstrip()


def spark(series: Series, columns: int, style: Style = "braille") -> str:
    """The days of a series in so many characters: the higher the value the higher the column, gaps blank.

    In plain characters a digit stands for each column: 0 the least of the scale, 9 the most.
    """
    low, high = scale(series)
    bins = columns * (2 if style == "braille" else 1)
    count = (series.end - series.start).days + 1
    sums: dict[int, list[float]] = {}
    for each in series.points:
        if series.start <= each.date <= series.end:
            place = (2 * (each.date - series.start).days + 1) * bins // (2 * count)
            sums.setdefault(place, []).append(each.value)
    shares = {place: (sum(each) / len(each) - low) / (high - low) for place, each in sums.items()}
    shares = {place: min(1.0, max(0.0, share)) for place, share in shares.items()}
    if style != "braille":
        steps = _EIGHTHS if style == "block" else "0123456789"
        letters = [" "] * columns
        for place, share in shares.items():
            letters[place] = steps[int(share * (len(steps) - 1) + 0.5)]
        return "".join(letters).rstrip()
    canvas = Canvas(columns, 1)
    for place, share in shares.items():
        canvas.down(place, canvas.height - 1, canvas.height - 1 - int(share * (canvas.height - 1) + 0.5))
    return canvas.lines()[0]


def bar(share: float, columns: int, style: Style = "braille") -> str:
    """A bar of so many characters, filled to a share from 0 to 1."""
    full = int(min(1.0, max(0.0, share)) * columns + 0.5)
    return _FULL[style] * full + _REST[style] * (columns - full)


def adherence(weeks: Sequence[WeekShare], width: int = 80, *, style: Style = "braille") -> list[str]:
    """Sessions done of those planned, a bar a week."""
    width = max(_LEAST, width)
    if not weeks:
        return words.wrap("No week of the plan has begun yet.", width)
    most = max(max(each.planned, each.done) for each in weeks) or 1
    room = max(1, min(4 * most, width - 28))
    lines = ["Sessions of each week"]
    for each in weeks:
        long = max(1, round(room * max(each.planned, each.done) / most))
        filled = bar(each.done / max(each.planned, each.done, 1), long, style)
        kind = f" ({each.kind})" if each.kind not in ("", "loaded") else ""
        lines.append(cut(f"{each.number:>4} {padded(filled, room)} {each.done} of {each.planned}{kind}", width))
    return lines


def load(found: Load | None, width: int = 80, *, style: Style = "braille") -> list[str]:
    """The last seven days against the four weeks before, as two bars."""
    width = max(_LEAST, width)
    if found is None or found.before is None:
        return words.wrap("The load of a week is compared once four weeks were lived before it.", width)
    most = max(found.week, found.before) or 1
    room = max(1, min(40, width - 30))
    lines = ["Effort times minutes"]
    for name, value in (("last seven days", found.week), ("four weeks before", found.before)):
        filled = padded(bar(value / most, room, style), room)
        lines.append(cut(f"{padded(name, min(18, width - room - 2))} {filled} {round(value)}", width))
    return lines


def doses(climbs: Sequence[Climb], width: int = 80, *, style: Style = "braille") -> list[str]:
    """The standing dose of each exercise over the weeks, a line each, with its first and last level."""
    width = max(_LEAST, width)
    if not climbs:
        return words.wrap("There is no exercise in the plan yet.", width)
    lines = []
    room = max(6, min(24, width // 4))
    for each in climbs:
        first, last = each.levels[0], each.levels[-1]
        name = f"{each.ladder:<4} {last.name}"
        same = first.exercise == last.exercise
        began = first.text if same else f"{first.name}, {first.text}"
        ways = last.text if same and first.text == last.text else f"{began} -> {last.text}"
        left = max(8, min(34, width - room - 24))
        lines.append(cut(f"{padded(name, left)} {padded(steps(each, room, style), room)} {ways}", width))
    return lines


def steps(climb: Climb, columns: int, style: Style = "braille") -> str:
    """Standing levels as steps on one line; a new exercise of the ladder begins after a blank.

    Heights compare within one exercise only, because doses of two exercises cannot be compared.
    """
    canvas = Canvas(columns, 1, "braille")
    count = (climb.end - climb.start).days + 1
    most: dict[str, float] = {}
    for each in climb.levels:
        most[each.exercise] = max(most.get(each.exercise, 0.0), each.size)
    letters = [" "] * columns
    for number, each in enumerate(climb.levels):
        after = climb.levels[number + 1] if number + 1 < len(climb.levels) else None
        until = after.date if after else climb.end + timedelta(days=1)
        first = (each.date - climb.start).days
        last = (until - climb.start).days
        share = each.size / (most[each.exercise] or 1)
        wide = canvas.width if style == "braille" else columns
        places = range(max(0, first * wide // count), max(0, last * wide // count))
        if after is not None and after.exercise != each.exercise:
            places = places[:-1]
        for place in places:
            if style == "braille":
                canvas.down(place, canvas.height - 1, canvas.height - 1 - int(share * 3 + 0.5))
            else:
                scale_of = _EIGHTHS if style == "block" else "0123456789"
                letters[place] = scale_of[int(share * (len(scale_of) - 1) + 0.5)]
    return canvas.lines()[0] if style == "braille" else "".join(letters).rstrip()
