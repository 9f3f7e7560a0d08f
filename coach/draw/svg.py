"""Charts as SVG for pages: the same series, weeks and days as in the terminal, readable without colour.

Each picture has a title and a description for screen readers; what it shows stands beside it as a
sentence (`coach.draw.sentences`) and as a table (`coach.draw.numbers`). Colours are greys and one
dark blue, and every part differs in form as well: dots, a line, dashes, hatching, letters.
"""

from __future__ import annotations

from collections.abc import Sequence

from coach.draw import axes, charts, sentences, words
from coach.draw.calendar import LETTERS, MEANING
from coach.draw.markup import Html, join, tag
from coach.model.charts import DayMark, Mark, Point, Series, WeekShare

WIDTH, HEIGHT = 440, 210
"""Size of a chart in its own points: letters of 12 stay readable on a phone and on paper."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 8, 10, 38
_CHARACTER = 6.2
"""Points of one letter, to know how many dates have room."""
INK, SOFT, LINE, BAND, DATA = "#1a1a1a", "#595959", "#c4c4c4", "#e6e6e6", "#12395f"
_FILLS: dict[Mark, tuple[str, str]] = {
    "done": (DATA, "#fff"), "short": ("#5f7f9f", "#fff"), "walk": ("#c3d0dd", INK), "missed": ("#fff", INK),
    "skipped": ("#fff", INK), "rest": ("#f4f4f4", SOFT),
}  # fmt: skip


def time_series(series: Series, name: str) -> Html:
    """A series over its days: dots, the mean of seven days, the start, the noise band, flare-ups and pauses.

    ``name`` is a plain word that no other picture of the page has.
    """
    shown = tuple(each for each in series.points if series.start <= each.date <= series.end)
    plot = _Plot(series)
    parts = [plot.band(), plot.grid(), plot.weeks(), plot.spans(name), plot.baseline(), plot.data(shown)]
    title = f"{series.name}, {series.unit}" if series.unit else series.name
    about = f"{sentences.series(series)} {sentences.spans(series.spans)}"
    return picture(name, title, about, WIDTH, HEIGHT, hatching(name), *parts)


def picture(name: str, title: str, about: str, width: float, height: float, *children: object) -> Html:
    """An SVG with its title and description, named for screen readers."""
    return tag(
        "svg",
        tag("title", title, id=f"{name}-title"),
        tag("desc", about.strip(), id=f"{name}-desc"),
        *children,
        viewBox=f"0 0 {_n(width)} {_n(height)}",
        width=_n(width),
        height=_n(height),
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        font_size="12",
        font_family="system-ui, sans-serif",
        xmlns="http://www.w3.org/2000/svg",
    )


def hatching(name: str) -> Html:
    """Lines that mark flare-ups and days that were let go, in print and without colour as well."""
    line = tag("path", d="M0 6 L6 0", stroke=SOFT, stroke_width="1")
    return tag(
        "defs", tag("pattern", line, id=f"{name}-hatch", width="6", height="6", patternUnits="userSpaceOnUse")
    )


class _Plot:
    """The ground of a series: where its days and values stand."""

    def __init__(self, series: Series) -> None:
        self.series = series
        self.wide, self.high = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM
        self.days = axes.Days(series.start, series.end, self.wide)
        self.low, self.most = axes.scale(series)

    def x(self, point: Point) -> float:
        return _LEFT + self.days.x(point.date) + 0.5

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.most - self.low)
        return _TOP + (1 - min(1.0, max(0.0, share))) * self.high

    def grid(self) -> Html:
        """A line and a number for each round value."""
        rows = []
        for value in axes.values(self.low, self.most, 9):
            y = self.y(value)
            rows.append(_line(_LEFT, y, WIDTH - _RIGHT, y, LINE))
            rows.append(_text(words.number(value), _LEFT - 6, y + 4, anchor="end"))
        return join(rows)

    def weeks(self) -> Html:
        """Ticks and dates under the plot."""
        rows = []
        bottom = _TOP + self.high
        down = 30 if self.series.spans else 18
        for day, label in axes.week_days(self.days, self.wide / _CHARACTER):
            x = _LEFT + self.days.x(day) + 0.5
            rows.append(_line(x, bottom, x, bottom + 4, SOFT))
            if label and x + len(label) * _CHARACTER <= WIDTH:
                rows.append(_text(label, x, bottom + down))
        return join(rows)

    def spans(self, name: str) -> Html:
        """Bars under the plot with a letter: f for a flare-up, p for a pause."""
        rows = []
        bottom = _TOP + self.high + 5
        for span in self.series.spans:
            places = self.days.columns(span.start, span.end, 1)
            if not places:
                continue
            x, wide = _LEFT + places[0], max(4, len(places))
            fill = f"url(#{name}-hatch)" if span.kind == "flare" else "#fff"
            rows.append(
                tag("rect", x=_n(x), y=_n(bottom), width=_n(wide), height="8", fill=fill, stroke=SOFT)
            )
            rows.append(_text(span.kind[0], x + wide + 3, bottom + 8))
        return join(rows)

    def band(self) -> Html | None:
        """The noise band round the start, as a grey field."""
        found = self.series
        if found.baseline is None or not found.band:
            return None
        top, bottom = self.y(found.baseline + found.band), self.y(found.baseline - found.band)
        return tag("rect", x=_n(_LEFT), y=_n(top), width=_n(self.wide), height=_n(bottom - top), fill=BAND)

    def baseline(self) -> Html | None:
        """The value of the start, as dashes."""
        if self.series.baseline is None:
            return None
        y = self.y(self.series.baseline)
        return _line(_LEFT, y, WIDTH - _RIGHT, y, INK, dashes="6 4")

    def data(self, shown: Sequence[Point]) -> Html:
        """Dots, and the line of the means of seven days, broken where days are missing."""
        if not self.series.daily:
            return join(_dot(self.x(each), self.y(each.value), 4.5, filled=True) for each in shown)
        path, last = [], None
        for point, mean in zip(shown, charts.week_means(shown, self.series.enough), strict=True):
            day = point.date.toordinal()
            if mean is None:
                last = None
                continue
            path.append(f"{'L' if last == day - 1 else 'M'}{_n(self.x(point))} {_n(self.y(mean))}")
            last = day
        dots = join(_dot(self.x(each), self.y(each.value), 1.8) for each in shown)
        line = tag(
            "path", d=" ".join(path), fill="none", stroke=DATA, stroke_width="2.5", stroke_linecap="round",
            stroke_linejoin="round",
        ) if path else None  # fmt: skip
        return join((dots, line))


def weeks(found: Sequence[WeekShare], name: str) -> Html:
    """Sessions of each week: a bar of those planned, filled as far as they were done, with both numbers."""
    title = "Sessions of each week"
    most = max((max(each.planned, each.done) for each in found), default=1) or 1
    step = (WIDTH - _RIGHT) / max(6, len(found))
    high = 110
    parts = []
    for place, each in enumerate(found):
        x, wide = place * step + step * 0.15, step * 0.7
        full = high * max(each.planned, each.done) / most
        done = high * each.done / most
        parts.append(_box(x, 20 + high - full, wide, full, "#fff", INK))
        parts.append(_box(x, 20 + high - done, wide, done, DATA, DATA))
        middle = x + wide / 2
        parts.append(
            _text(f"{each.done}/{each.planned}", middle, 14 + high - full, anchor="middle", fill=INK)
        )
        parts.append(_text(str(each.number), middle, 36 + high, anchor="middle"))
        if each.kind not in ("", "loaded"):
            parts.append(_text(each.kind[:1], middle, 50 + high, anchor="middle"))
    return picture(name, title, sentences.adherence(found), WIDTH, high + 56, *parts)


def days(found: Sequence[DayMark], name: str) -> Html:
    """The days as a field of squares, a column a week; each square has its letter, flare-ups a thick edge."""
    if not found:
        return picture(name, "Days", sentences.days(found), WIDTH, 20)
    first = found[0].date.toordinal() - found[0].date.weekday()
    columns = (found[-1].date.toordinal() - first) // 7 + 1
    left = 34
    size = min(24.0, (WIDTH - left) / columns)
    parts: list[object] = [
        _text(each, 0, 20 + number * size + size * 0.68) for number, each in enumerate(words.WEEKDAYS)
    ]
    for each in found:
        place = each.date.toordinal() - first
        x, y = left + place // 7 * size, 20 + place % 7 * size
        fill, ink = _FILLS[each.mark]
        edge = INK if each.flare else LINE
        parts.append(_box(x + 1, y + 1, size - 2, size - 2, fill, edge, 2 if each.flare else 1))
        if each.pause:
            parts.append(_box(x + 1, y + 1, size - 2, size - 2, f"url(#{name}-hatch)", edge))
        letter = LETTERS[each.mark]
        if size >= 12 and letter != ".":
            parts.append(_text(letter, x + size / 2, y + size * 0.68, anchor="middle", fill=ink))
    labels = axes.week_days(axes.Days(found[0].date, found[-1].date, columns), columns * size / _CHARACTER)
    for day, label in labels:
        column = (day.toordinal() - first) // 7
        if label and left + column * size + len(label) * _CHARACTER <= WIDTH:
            parts.append(_text(label, left + column * size, 12))
    return picture(
        name, "Days", sentences.days(found), WIDTH, 24 + 7 * size, hatching(name), *parts
    )  # fmt: skip


def days_legend(found: Sequence[DayMark]) -> str:
    """What the letters of `days` mean, of those that occur."""
    used = {each.mark for each in found}
    parts = [
        f"{letter} {MEANING[mark]}" for mark, letter in LETTERS.items() if mark in used and letter != "."
    ]
    parts += ["thick edge: flare-up"] if any(each.flare for each in found) else []
    parts += ["hatched: pause"] if any(each.pause for each in found) else []
    return "; ".join(parts)


def _box(x: float, y: float, wide: float, high: float, fill: str, edge: str, thick: float = 1) -> Html:
    place = {"x": _n(x), "y": _n(y), "width": _n(wide), "height": _n(high)}
    return tag("rect", **place, fill=fill, stroke=edge, stroke_width=_n(thick))


def _line(x1: float, y1: float, x2: float, y2: float, stroke: str, *, dashes: str | None = None) -> Html:
    ends = {"x1": _n(x1), "y1": _n(y1), "x2": _n(x2), "y2": _n(y2)}
    return tag("line", **ends, stroke=stroke, stroke_dasharray=dashes)


def _dot(x: float, y: float, radius: float, *, filled: bool = False) -> Html:
    return tag("circle", cx=_n(x), cy=_n(y), r=_n(radius), fill=DATA if filled else "#fff", stroke=DATA)


def _text(said: str, x: float, y: float, *, anchor: str | None = None, fill: str = SOFT) -> Html:
    return tag("text", said, x=_n(x), y=_n(y), text_anchor=anchor, fill=fill)


def _n(value: float) -> str:
    """A length to a tenth of a point, so that the same numbers give the same bytes."""
    return f"{round(value, 1):g}"
