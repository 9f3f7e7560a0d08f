"""Small charts: a series on one line, weeks as bars, and doses as steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from coach.draw import tones, words
from coach.draw.axes import cut, padded, scale
from coach.draw.canvas import Canvas, Style
from coach.draw.sentences import short_of
from coach.model.charts import Climb, Load, Series, WeekShare

NAME_WIDTH = 24
_LEAST = 20
_FULL = {"braille": "⣿", "block": "█", "ascii": "#"}
_REST = {"braille": "⣀", "block": "▁", "ascii": "."}
_ACROSS = {"braille": 2, "block": 1, "ascii": 1}
_EIGHTHS = "▁▂▃▄▅▆▇█"


def sparkline(series: Series, width: int = 80, *, style: Style = "braille") -> str:
    """A series on one line: name, a small picture of its days, and where it stands now."""
    width = max(_LEAST, width)
    said = short_of(series)
    name = min(NAME_WIDTH, width // 3)
    room = width - name - len(said) - 2
    if room < 4:
        said, room = "", width - name - 1
    return tones.bars(
        f"{padded(series.name, name)} {padded(spark(series, room, style), room)} {said}".rstrip()
    )


def spark(series: Series, columns: int, style: Style = "braille") -> str:
    """The days of a series in so many characters: the higher the value the higher the column, gaps blank.

    In plain characters a digit stands for each column: 0 the least of the scale, 9 the most.
    """
    low, high = scale(series)
    bins = columns * _ACROSS[style]
    count = (series.end - series.start).days + 1
    sums: dict[int, list[float]] = {}
    for each in series.points:
        day = (each.date - series.start).days
        if 0 <= day < count:
            for place in range(day * bins // count, max(day * bins // count + 1, (day + 1) * bins // count)):
                sums.setdefault(place, []).append(each.value)
    shares = {place: (sum(each) / len(each) - low) / (high - low) for place, each in sums.items()}
    return _columns(shares, columns, style)


def _columns(shares: dict[int, float], columns: int, style: Style) -> str:
    """Columns of these heights, 0 to 1, on one line; a height of 0 is still seen."""
    inside = {place: min(1.0, max(0.0, share)) for place, share in shares.items()}
    if style == "braille":
        canvas = Canvas(columns, 1)
        for place, share in inside.items():
            canvas.down(place, canvas.height - 1, canvas.height - 1 - int(share * (canvas.height - 1) + 0.5))
        return canvas.lines()[0]
    steps = _EIGHTHS if style == "block" else "0123456789"
    letters = [" "] * columns
    for place, share in inside.items():
        if place < columns:
            letters[place] = steps[int(share * (len(steps) - 1) + 0.5)]
    return "".join(letters).rstrip()


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
    lines = [cut("Sessions of each week", width)]
    for each in weeks:
        long = max(1, round(room * max(each.planned, each.done) / most))
        filled = bar(each.done / max(each.planned, each.done, 1), long, style)
        kind = f" ({each.kind})" if each.kind not in ("", "loaded") else ""
        text = f"{each.number:>4} {padded(filled, room)} {each.done} of {each.planned}{kind}"
        lines.append(tones.bars(cut(text, width)))
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
        text = f"{padded(name, min(18, width - room - 2))} {filled} {round(value)}"
        lines.append(tones.bars(cut(text, width)))
    return lines


def doses(climbs: Sequence[Climb], width: int = 80, *, style: Style = "braille") -> list[str]:
    """The standing dose of each exercise over the weeks, a line each, with its first and last level."""
    width = max(_LEAST, width)
    if not climbs:
        return words.wrap("There is no exercise in the plan yet.", width)
    lines: list[str] = []
    room = max(6, min(24, width // 6))
    for each in climbs:
        left = max(6, min(30, width - room - 34))
        name = _whole_words(each.levels[-1].name, left)
        free = width - left - room - 2
        said = next((text for text in _ways(each) if len(text) <= free), "")
        text = f"{padded(name, left)} {padded(steps(each, room, style), room)} {said}"
        lines.append(tones.bars(text.rstrip()))
    return lines


def _whole_words(name: str, width: int) -> str:
    """As many words of a name as fit."""
    if len(name) <= width:
        return name
    return name[: width + 1].rpartition(" ")[0].rstrip(" :,") or name[:width]


def _ways(climb: Climb) -> tuple[str, ...]:
    """From the first level to now, in fewer and fewer words."""
    first, last = climb.levels[0], climb.levels[-1]
    if first.text == last.text and first.exercise == last.exercise:
        return (last.text,)
    short = last.text.split(",")[0]
    if first.exercise != last.exercise:
        return (f"{last.text}, was {first.exercise}", last.text, short)
    return (f"{_without(first.text, last.text)} -> {last.text}", f"now {last.text}", last.text, short)


def _without(text: str, other: str) -> str:
    """A dose without the words at its end that another has too: ``2 x 8`` of ``2 x 8 each side``."""
    mine, theirs = text.split(" "), other.split(" ")
    while len(mine) > 3 and len(theirs) > 3 and mine[-1] == theirs[-1]:
        mine, theirs = mine[:-1], theirs[:-1]
    return " ".join(mine).rstrip(",")


def steps(climb: Climb, columns: int, style: Style = "braille") -> str:
    """Standing levels as steps on one line; a new exercise of the ladder begins after a blank.

    Heights go from the least to the most of one exercise, for doses of two cannot be compared.
    """
    count = (climb.end - climb.start).days + 1
    sizes: dict[str, list[float]] = {}
    for each in climb.levels:
        sizes.setdefault(each.exercise, []).append(each.size)
    wide = columns * _ACROSS[style]
    shares: dict[int, float] = {}
    for each, after in zip(climb.levels, (*climb.levels[1:], None), strict=True):
        until = after.date if after else climb.end + timedelta(days=1)
        first, last = ((day - climb.start).days * wide // count for day in (each.date, until))
        least, most = min(sizes[each.exercise]), max(sizes[each.exercise])
        if after is not None and after.exercise != each.exercise and last - first > 1:
            last -= 1
        share = (each.size - least) / (most - least) if most > least else 0.4
        shares.update(dict.fromkeys(range(max(0, first), min(wide, last)), share))
    return _columns(shares, columns, style)
