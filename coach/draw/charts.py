"""A series as a chart of text: raw dots, the mean of seven days, where it began, and the noise band.

Missing days stay missing. Every chart is readable without colour, and its sentence stands in
`coach.draw.sentences`.
"""

from __future__ import annotations

from collections.abc import Sequence

from coach.draw import words
from coach.draw.axes import Days, cut, marks, scale, values, weeks
from coach.draw.canvas import Canvas, Style
from coach.draw.tones import Tone, Toned
from coach.model.charts import Point, Series

DAYS = 7
LEAST_WIDTH, LEAST_HEIGHT = 20, 4
_GUTTER = 5
_EDGES_FROM = 4
"""Rows of dots from which there is room for the edges of the noise band."""
_TITLE_FROM, _AXIS_FROM, _MARKS_FROM, _LEGEND_FROM = 6, 5, 7, 11
"""Heights from which a chart has its title, its axis, the row of flare-ups and pauses, and its legend."""

Smooth = tuple[float | None, ...]


def week_means(points: Sequence[Point], enough: int) -> Smooth:
    """For each point the mean of the seven days that end with it; null with fewer than enough."""
    ordinals = [each.date.toordinal() for each in points]
    found: list[float | None] = []
    first, total = 0, 0.0
    for number, point in enumerate(points):
        total += point.value
        while ordinals[first] <= ordinals[number] - DAYS:
            total -= points[first].value
            first += 1
        count = number - first + 1
        found.append(total / count if count >= enough else None)
    return tuple(found)


def time_series(series: Series, width: int = 80, height: int = 16, *, style: Style = "braille") -> list[str]:
    """The chart of a series, at most ``width`` columns and ``height`` lines (from 20 x 4 up)."""
    width, height = max(LEAST_WIDTH, width), max(LEAST_HEIGHT, height)
    shown = tuple(each for each in series.points if series.start <= each.date <= series.end)
    title = cut(series.name + (f", {series.unit}" if series.unit else ""), width)
    if not shown:
        return [title, *words.wrap("Nothing has been noted yet.", width)][:height]
    legend = _legend(series, shown, width) if height >= _LEGEND_FROM else []
    head = [title] if height >= _TITLE_FROM else []
    below = 1 + (height >= _AXIS_FROM) + (bool(series.spans) and height >= _MARKS_FROM)
    rows = height - len(head) - below - len(legend)
    columns = width - _GUTTER - 1
    canvas = Canvas(columns, rows, style)
    days = Days(series.start, series.end, canvas.width)
    low, high = scale(series)
    place = Values(low, high, canvas.height)
    _ground(canvas, series, place)
    data = Canvas(columns, rows, style)
    _data(data, series, shown, days, place)
    canvas.add(data)
    plot = _labelled(canvas, data, low, high, place)
    return [*head, *plot, *_below(series, days, canvas, height), *legend]


class Values:
    """Values of a scale as heights on a canvas; the last row of dots stays free, so the middle is a row."""

    def __init__(self, low: float, high: float, height: int) -> None:
        self.low, self.high, self.most = low, high, max(1, height - 2)

    def y(self, value: float) -> float:
        """The height of a value, in dots from above; one beyond the scale stands at its end."""
        share = (value - self.low) / (self.high - self.low)
        return (1 - min(1.0, max(0.0, share))) * self.most


def _ground(canvas: Canvas, series: Series, place: Values) -> None:
    """The line of the start and the edges of the noise band, under the data.

    Where a cell has only two dots they are characters, so that they are not taken for data.
    """
    if series.baseline is None:
        return
    edges = (
        (series.baseline + series.band, series.baseline - series.band)
        if series.band and canvas.rows >= 4
        else ()
    )
    inside = [place.y(each) for each in edges if place.low <= each <= place.high]
    middle = place.y(series.baseline)
    if canvas.look.across == 1:
        for y in inside:
            canvas.under(int(y + 0.5) // canvas.look.down, ". ")
        canvas.under(int(middle + 0.5) // canvas.look.down, "- ")
        return
    for y in inside:
        canvas.dashes(y, length=4, on=1)
    canvas.dashes(middle)


def _data(canvas: Canvas, series: Series, shown: Sequence[Point], days: Days, place: Values) -> None:
    """Raw dots, and over them the line of the means, broken where days are missing."""
    if not series.daily:
        for each in shown:
            canvas.disc(days.x(each.date), place.y(each.value), 1.2)
            canvas.dot(days.x(each.date), place.y(each.value))
        return
    means = week_means(shown, series.enough)
    if days.count > canvas.width:
        _dense(canvas, shown, means, days, place)
        return
    last: tuple[int, float, float] | None = None
    for point, mean in zip(shown, means, strict=True):
        x = days.x(point.date)
        canvas.dot(x, place.y(point.value))
        if mean is None:
            last = None
            continue
        day, y = point.date.toordinal(), place.y(mean)
        if last is not None and day - last[0] == 1:
            canvas.line(last[1], last[2], x, y)
        else:
            canvas.dot(x, y)
        last = (day, x, y)


def _dense(canvas: Canvas, points: Sequence[Point], means: Smooth, days: Days, place: Values) -> None:
    """More days than dots: a value lights a column once, a mean fills it from its lowest to its highest."""
    ordinals = [each.date.toordinal() for each in points]
    columns = [(2 * (day - days.first) + 1) * days.width // (2 * days.count) for day in ordinals]
    for column, value in {(column, point.value) for column, point in zip(columns, points, strict=True)}:
        canvas.dot(column, place.y(value))
    here, top, bottom, last = -1, 0.0, 0.0, 0
    for column, day, mean in zip(columns, ordinals, means, strict=True):
        if mean is None:
            continue
        if column != here:
            canvas.down(here, place.y(top), place.y(bottom))
            near = min((bottom, top), key=lambda end: abs(end - mean)) if day - last == 1 else mean
            here, top, bottom = column, max(mean, near), min(mean, near)
        top, bottom, last = max(top, mean), min(bottom, mean), day
    canvas.down(here, place.y(top), place.y(bottom))


def _labelled(canvas: Canvas, data: Canvas, low: float, high: float, place: Values) -> list[str]:
    """The canvas with values beside it; what is no data is faint."""
    rows = {int(place.y(each) + 0.5) // canvas.look.down: each for each in values(low, high, canvas.rows)}
    found: list[str] = []
    for number, (line, own) in enumerate(zip(canvas.lines(), data.lines(), strict=True)):
        head = f"{words.number(rows[number]) if number in rows else '':>{_GUTTER - 1}} |"
        tones: list[Tone | None] = [None] * len(head)
        tones += ["faint" if letter == " " else "line" for letter in own.ljust(len(line))]
        found.append(Toned(f"{head}{line}".rstrip(), tones))
    return found


def _below(series: Series, days: Days, canvas: Canvas, height: int) -> list[str]:
    """The axis with its week ticks, the dates, and the row of flare-ups and pauses."""
    ticks, dates = weeks(days, canvas.look.across, canvas.columns)
    row = [" "] * canvas.columns
    for place, text in dates:
        row[place : place + len(text)] = text
    blank = " " * (_GUTTER + 1)
    found = [(blank + "".join(row)).rstrip()]
    if series.spans and height >= _MARKS_FROM:
        named = (blank + marks(series.spans, days, canvas.look.across, canvas.columns)).rstrip()
        found.insert(0, Toned(named, ["mark"] * len(named)))
    if height >= _AXIS_FROM:
        line = "".join("+" if place in ticks else "-" for place in range(canvas.columns))
        found.insert(0, f"{'':>{_GUTTER}}+{line}")
    return found


def _legend(series: Series, shown: Sequence[Point], width: int) -> list[str]:
    """What the parts of the chart are, in at most three lines."""
    if len(shown) == 1:
        only = f"Noted once so far: {words.number(shown[0].value)} on {words.day(shown[0].date)}."
        return words.wrap(only, width)
    parts = ["dots: each day; line: mean of seven days"] if series.daily else ["dots: each reading"]
    if series.baseline is not None:
        parts.append(f"dashes: {words.number(series.baseline)} at the start")
        if series.band:
            parts.append(
                f"fine dots: {words.number(series.band)} above and below, between them is normal variation"
            )
    kinds = {each.kind for each in series.spans}
    if kinds:
        named = {"flare": "f flare", "pause": "p pause"}
        parts.append(", ".join(named[kind] for kind in sorted(kinds)))
    return words.wrap("; ".join(parts) + ".", width)[:3]
