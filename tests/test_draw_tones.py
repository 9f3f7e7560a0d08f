"""Parts of a line weigh differently, and the line stays the text it is."""

from __future__ import annotations

import pytest
from charts_case import START, day, points, series
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from coach.draw import bars, calendar, charts
from coach.draw.canvas import Canvas
from coach.draw.tones import Tone, Toned
from coach.model.charts import DayMark
from coach.tui.lines import solid, toned

TONES: list[Tone | None] = ["line", "faint", "mark", None]


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])), st.lists(st.sampled_from(TONES)))
def test_parts_are_in_order_within_the_text_and_what_was_given(text: str, tones: list[Tone | None]) -> None:
    line = Toned(text, tones)
    assert line == text
    back: list[Tone | None] = [None] * len(text)
    last = 0
    for start, end, tone in line.parts:
        assert last <= start < end <= len(text)
        back[start:end] = [tone] * (end - start)
        last = end
    assert back == (tones + [None] * len(text))[: len(text)]
    assert toned([line])[0].plain == text  # type: ignore[union-attr]


def tone_at(line: str, place: int) -> Tone | None:
    assert isinstance(line, Toned)
    return next((tone for start, end, tone in line.parts if start <= place < end), None)


@pytest.mark.parametrize("style", ["braille", "block", "ascii"])
def test_a_chart_sets_what_was_noted_off_from_what_it_is_compared_with(style: charts.Style) -> None:
    found = series(points=points([9] * 14), end=day(27), spans=())
    lines = charts.time_series(found, 62, 16, style=style)
    plot = [line for line in lines if isinstance(line, Toned)]
    seen = {tone for line in plot for _, _, tone in line.parts}
    assert seen == {"line", "faint"}
    for line in plot:
        assert tone_at(line, 4) is None, "the scale beside it is plain"
        right = [tone_at(line, place) for place in range(36, len(line)) if line[place] != " "]
        assert set(right) <= {"faint"}, "nothing was noted in the second half"
    assert any(tone_at(line, 10) == "line" for line in plot)


def test_a_canvas_takes_the_dots_of_another() -> None:
    one, other = Canvas(3, 2), Canvas(3, 2)
    one.dot(0, 0)
    other.dot(5, 7)
    other.dot(0, 1)
    one.add(other)
    assert [one.lit(x, y) for x, y in ((0, 0), (5, 7), (0, 1), (1, 1))] == [True, True, True, False]
    assert not other.lit(0, 0)


def test_bars_tell_what_is_filled_from_what_is_not() -> None:
    line = bars.sparkline(series(points=points([0, 10, 10, 0]), end=day(3), spans=()), 60)
    assert {tone for _, _, tone in line.parts} <= {"line", "faint"}  # type: ignore[attr-defined]
    assert tone_at(line, 0) is None


def test_a_calendar_names_flares_beside_the_days() -> None:
    lines = calendar.days([DayMark(date=START, mark="done", flare=True), DayMark(date=day(1), mark="missed")])
    week = lines[1]
    place = week.index("#f")
    assert [tone_at(week, place), tone_at(week, place + 1)] == ["line", "mark"]
    assert tone_at(week, week.index("o", place)) == "faint"


def test_whole_cells_stand_on_their_own_colour_but_not_without_colours() -> None:
    lines = ["⣿⣿ ⣿", "⣀ 3"]
    filled = solid(lines, "$accent")
    assert [(each.start, each.end) for each in filled.spans if each.style == "$accent on $accent"] == [
        (0, 2), (3, 4),
    ]  # fmt: skip
    assert "$accent on $accent" not in [each.style for each in solid(lines, "$accent", colors=False).spans]
    assert isinstance(filled, Content)
    assert filled.plain == "⣿⣿ ⣿\n⣀ 3"
