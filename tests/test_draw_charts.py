"""Charts as text: goldens at three widths, any size, missing days, and mirrors."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from charts_case import START, climb, day, goal, golden, marks, points, series, whole
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from coach.draw import bars, calendar, charts, insight, numbers
from coach.draw.axes import Days, cut, padded, values, weeks
from coach.draw.canvas import Style
from coach.model.charts import Insight, Load, Point, Series, WeekShare

WIDTHS = (60, 80, 120)
STYLES: tuple[Style, ...] = ("braille", "block", "ascii")
EMPTY = Insight(start=START, date=START)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_chart_of_a_series_reads_as_kept(width: int) -> None:
    for style in STYLES:
        golden(f"series_{width}_{style}", charts.time_series(series(), width, 16, style=style))


@pytest.mark.parametrize("width", WIDTHS)
def test_every_part_of_the_page_reads_as_kept(width: int) -> None:
    lines = insight.overview(whole(), width)
    for view in insight.names():
        lines += ["", f"== {view}", *insight.chart(whole(), view, width)]
    golden(f"page_{width}", lines)


def test_tables_and_sentences_read_as_kept() -> None:
    lines = []
    for view in insight.names():
        lines += [f"== {view}", *insight.table(whole(), view), "--", *insight.spoken(whole(), view), "--"]
        lines += insight.said(whole(), view)
    golden("numbers", lines)


def test_missing_days_stay_missing() -> None:
    full = charts.time_series(series([4] * 28, spans=(), baseline=None), 62, 8)
    gap = [4] * 10 + [None] * 8 + [4] * 10
    broken = charts.time_series(series(gap, spans=(), baseline=None), 62, 8)
    row = next(number for number, line in enumerate(full) if "⠤" in line or "⠒" in line or "⣀" in line)
    plot = full[row][6:]
    hole = broken[row][6:]
    assert " " not in plot[7:]
    assert hole[20:36].strip() == "", "eight missing days are blank"
    assert hole[:20].strip()
    assert hole[36:].strip()
    one = charts.time_series(series([4] * 10 + [None] + [4] * 10, spans=(), baseline=None), 6 + 42, 8)
    assert one[row][6:][20:22].strip() == "", "and so is a single one"


def test_the_mean_needs_four_days_of_seven() -> None:
    known = points([5, 5, 5, None, None, None, None, 5, 5, 5, 5])
    assert charts.week_means(known, 4) == (None, None, None, None, None, None, 5.0)
    assert charts.week_means(points([1, 2, 3, 4, 5, 6, 7, 8]), 4)[-1] == 5.0


def test_the_band_is_drawn_only_with_a_band_and_a_start() -> None:
    flat = {"points": points([5] * 14), "spans": (), "end": day(13)}
    with_band = charts.time_series(series(**flat), 60, 16, style="ascii")
    without = charts.time_series(series(**flat, band=None), 60, 16, style="ascii")
    assert sum(line[6:].startswith(". .") for line in with_band) == 2
    assert sum(line[6:].startswith(". .") for line in without) == 0
    assert "normal variation" in " ".join(with_band)
    assert "normal variation" not in " ".join(without)


def test_flares_and_pauses_stand_under_their_days() -> None:
    lines = charts.time_series(series(), 6 + 56, 16)
    row = next(line for line in lines if "ff" in line)
    assert row[6 + 22 : 6 + 27] == "fffff"
    assert row[6 + 17 : 6 + 22] == "ppppp"
    assert row.count("f") == 5
    assert row.count("p") == 5


@pytest.mark.parametrize("height", [6, 10, 16])
def test_an_empty_series_says_so(height: int) -> None:
    for none in (series(()), series((None, None))):
        assert "Nothing has been noted yet." in charts.time_series(none, 60, height)
    assert bars.sparkline(series(()), 60).endswith("nothing noted")


def test_a_single_point_says_so_and_is_seen() -> None:
    lines = charts.time_series(series((4,), spans=(), baseline=None), 60, 14)
    assert lines[-1] == "Noted once so far: 4 on Mon 28 Sep."
    assert any(letter > "⠀" for line in lines for letter in line[6:])
    assert bars.sparkline(series((4,)), 60).endswith("4, noted once")


def test_an_empty_page_has_words_everywhere() -> None:
    for view in insight.names():
        assert insight.chart(EMPTY, view), view
        assert all(insight.said(EMPTY, view)), view
        assert insight.table(EMPTY, view), view
    assert insight.overview(EMPTY)


day_values = st.lists(st.none() | st.integers(0, 10), min_size=1, max_size=120)
dims = st.tuples(st.integers(20, 130), st.integers(4, 40))


def inside(lines: list[str], width: int, height: int) -> None:
    assert 1 <= len(lines) <= height, (len(lines), height)
    assert all(len(line) <= width for line in lines), max(map(len, lines))


@settings(max_examples=60)
@given(day_values, dims, st.sampled_from(STYLES), st.none() | st.floats(0, 10), st.booleans())
def test_any_series_fits_any_size(
    values: list[int | None], size: tuple[int, int], style: Style, start: float | None, daily: bool
) -> None:
    found = series(values, baseline=start, daily=daily, low=None if daily else 0.0, high=None)
    inside(charts.time_series(found, *size, style=style), *size)
    assert len(bars.sparkline(found, size[0], style=style)) <= size[0]


@settings(max_examples=25)
@given(dims, st.sampled_from(STYLES), st.integers(0, 80))
def test_every_part_fits_any_size(size: tuple[int, int], style: Style, length: int) -> None:
    page = replace(whole(), days=marks(("#.ow+x." * 12)[:length], flare=(3, 4)))
    for view in insight.names():
        for line in insight.chart(page, view, size[0], max(size[1], 8), style=style):
            assert len(line) <= size[0], (view, line)
    inside(calendar.days(page.days, *size), *size)


@settings(max_examples=60)
@given(
    st.lists(st.none() | st.integers(0, 10), min_size=2, max_size=90),
    st.integers(20, 120),
    st.integers(5, 30),
)
def test_the_mirrored_series_is_the_mirrored_chart(values: list[int | None], width: int, height: int) -> None:
    """Upside down: 10 - value. The row of dots that stays free below is left out of both."""
    bare = {"spans": (), "baseline": None}
    plain, turned = (
        plotted(series(each, **bare), width, height)
        for each in (values, [None if value is None else 10 - value for value in values])
    )
    most = 4 * len(plot(series(values, **bare), width, height)) - 2
    assert {(x, most - y) for x, y in plain} == turned


@settings(max_examples=60)
@given(st.lists(st.none() | st.integers(0, 10), min_size=2, max_size=60), st.integers(20, 120))
def test_the_reversed_days_are_the_reversed_dots(values: list[int | None], width: int) -> None:
    bare = {"spans": (), "baseline": None, "enough": 99, "end": day(len(values) - 1)}
    plain = plotted(series(values, **bare), width, 9)
    back = plotted(series(values[::-1], **bare), width, 9)
    wide = (max(20, width) - 6) * 2
    assert {(wide - 1 - x, y) for x, y in plain} == back


def plotted(found: Series, width: int, height: int) -> set[tuple[int, int]]:
    """The dots of the plot of a braille chart, read back from its text."""
    bits = ((1, 8), (2, 16), (4, 32), (64, 128))
    return {
        (2 * column + x, 4 * row + y)
        for row, line in enumerate(plot(found, width, height))
        for column, letter in enumerate(line)
        if letter != " "
        for y, pair in enumerate(bits)
        for x, bit in enumerate(pair)
        if (ord(letter) - 0x2800) & bit
    }


def plot(found: Series, width: int, height: int) -> list[str]:
    return [line[6:] for line in charts.time_series(found, width, height) if line[5:6] == "|"]


@given(st.integers(1, 4000), st.integers(14, 200))
def test_every_day_lies_on_the_canvas_and_dates_do_not_touch(count: int, columns: int) -> None:
    days = Days(START, START + timedelta(days=count - 1), columns * 2)
    places = [days.x(START + timedelta(days=number)) for number in (0, count // 2, count - 1)]
    assert places == sorted(places)
    assert places[0] >= -0.5
    assert places[-1] <= columns * 2 - 0.5
    ticks, labels = weeks(days, 2, columns)
    assert all(0 <= tick < columns for tick in ticks)
    ends = [(place, place + len(text)) for place, text in labels]
    assert all(a[1] < b[0] for a, b in itertools.pairwise(ends))
    assert all(end <= columns for _, end in ends)


@given(st.floats(-100, 100), st.floats(0.5, 200), st.integers(1, 60))
def test_labels_hold_both_ends_and_have_a_row_each(low: float, wide: float, rows: int) -> None:
    found = values(low, low + wide, rows)
    assert found[-1] == low + wide
    assert list(found) == sorted(found)
    placed = [int((value - low) / wide * (rows - 1) + 0.5) for value in found]
    assert len(set(placed)) == len(placed)


def test_more_days_than_dots_keep_every_extreme() -> None:
    values: list[int | None] = [5] * 3000
    values[1234], values[2345] = 10, 0
    found = series(values, spans=(), baseline=None)
    heights = {y for _, y in plotted(found, 80, 16)}
    assert min(heights) == 0
    assert max(heights) == 4 * len(plot(found, 80, 16)) - 2


def test_letters_that_take_two_columns_are_counted_twice() -> None:
    assert cut("腰痛と歩く", 5) == "腰痛"
    assert padded("腰痛", 6) == "腰痛  "
    lines = charts.time_series(goal({0: 3, 8: 4}, "Goal: " + "歩" * 60), 40, 12)
    assert sum(2 if ord(letter) > 0x2FFF else 1 for letter in lines[0]) <= 40


def test_the_calendar_marks_flares_and_pauses_beside_what_was_done() -> None:
    lines = calendar.days(marks("#.o.x+w#", flare=(0, 1), pause=(2,)), 60)
    assert lines[0].split() == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert lines[1] == "28 Sep #f  .f  op  .   x   +   w"
    assert lines[2] == "5 Oct  #"
    assert lines[3].startswith("# session done; + short session; w walk")
    assert lines[-1].endswith("f flare; p pause")


def test_the_calendar_names_only_what_it_shows() -> None:
    assert calendar.days(marks("#."), 60)[-1] == "# session done; . no session"


def test_steps_begin_anew_with_a_new_exercise() -> None:
    line = bars.steps(climb(), 56, "ascii")
    assert line[0] == "5"
    assert line[7] == "9"
    assert line[14] == "0"
    assert line[27] == " "
    assert line[28] == "0"
    assert line[55] == "9"


def test_a_dose_line_never_cuts_a_number() -> None:
    for width in range(20, 130):
        line = bars.doses((climb(),), width)[0]
        assert len(line) <= width
        assert line.endswith(("2 x 10", "was hng_1")) or "x" not in line[-6:], line


def test_a_bar_is_as_full_as_its_share() -> None:
    assert bars.bar(0, 4, "ascii") == "...."
    assert bars.bar(0.5, 4, "ascii") == "##.."
    assert bars.bar(7, 4, "ascii") == "####"
    week = (WeekShare(number=1, starts=START, planned=3, done=2),)
    assert bars.adherence(week, 40, style="ascii")[1].strip() == "1 ########.... 2 of 3"


def test_the_load_has_two_bars_or_a_word() -> None:
    lines = bars.load(Load(week=50, before=100, ratio=0.5, limit=1.5), 50, style="ascii")
    assert lines[1].count("#") == 10
    assert lines[2].count("#") == 20
    assert "four weeks" in bars.load(Load(week=50, before=None), 50)[0]


def test_a_sparkline_has_a_blank_for_each_missing_day() -> None:
    found = series((0, 10, None, None, 5, 0), spans=())
    assert bars.spark(found, 6, "ascii") == "09  50"
    assert bars.spark(found, 6, "block") == "▁█  ▅▁"
    assert bars.spark(found, 3) == "⣸ ⣆"


def test_the_table_of_a_week_with_too_few_days_has_no_mean() -> None:
    lines = numbers.series(series((4, 5, 6, None, None, None, None, 4, 4, 4, 4)))
    assert lines[1].split()[-4:] == ["3", "-", "4", "6"]
    assert lines[2].split()[-4:] == ["4", "4", "4", "4"]
    said = numbers.series_said(series((4, 5, 6, None, None, None, None, 4, 4, 4, 5)))
    assert said[0].endswith("noted on 3 days, too few for a mean.")
    assert said[1].endswith("mean 4.3 of 4 days, from 4 to 5.")


def test_points_outside_the_days_shown_are_left_out() -> None:
    early = replace(
        series((5, 5, 5, 5)), points=(Point(date=START - timedelta(days=9), value=9), *points([5]))
    )
    lines = charts.time_series(early, 60, 14)
    assert lines[-1].startswith("Noted once")
    assert not any("fff" in line for line in charts.time_series(series((5,) * 9), 60, 14))
