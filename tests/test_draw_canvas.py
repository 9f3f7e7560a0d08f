"""The canvas: every style, everything inside, and mirrors that are mirrors."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coach.draw.canvas import Canvas, Style, near

STYLES: tuple[Style, ...] = ("braille", "block", "ascii")
sizes = st.tuples(st.integers(1, 60), st.integers(1, 20))
places = st.floats(-300, 300) | st.sampled_from([math.nan, math.inf, -math.inf, 1e300, -1e300])
dots = st.tuples(places, places)


def lit(canvas: Canvas) -> set[tuple[int, int]]:
    return {(x, y) for y in range(canvas.height) for x in range(canvas.width) if canvas.lit(x, y)}


@pytest.mark.parametrize(
    ("style", "glyphs"),
    [
        ("braille", {(0, 0): "⠁", (1, 0): "⠈", (0, 1): "⠂", (0, 3): "⡀", (1, 3): "⢀", (1, 2): "⠠"}),
        ("block", {(0, 0): "▀", (0, 1): "▄"}),
        ("ascii", {(0, 0): "'", (0, 1): "."}),
    ],
)
def test_each_dot_has_its_glyph(style: Style, glyphs: dict[tuple[int, int], str]) -> None:
    for (x, y), glyph in glyphs.items():
        canvas = Canvas(1, 1, style)
        canvas.dot(x, y)
        assert canvas.lines() == [glyph]


def test_dots_of_a_cell_add_up() -> None:
    canvas = Canvas(2, 1)
    for x in range(2):
        for y in range(4):
            canvas.dot(x, y)
    assert canvas.lines() == ["⣿"]
    canvas.dot(3, 3)
    assert canvas.lines() == ["⣿⢀"]
    canvas.dot(0, 0, on=False)
    assert canvas.lines() == ["⣾⢀"]


def test_lines_of_all_directions() -> None:
    canvas = Canvas(4, 2)
    canvas.line(0, 0, 7, 7)
    assert lit(canvas) == {(each, each) for each in range(8)}
    flat = Canvas(4, 2)
    flat.line(7, 3, 0, 3)
    assert lit(flat) == {(each, 3) for each in range(8)}
    steep = Canvas(4, 2)
    steep.line(2, 0, 2, 7)
    assert lit(steep) == {(2, each) for each in range(8)}


def test_a_line_that_crosses_the_canvas_is_seen_where_it_crosses() -> None:
    canvas = Canvas(4, 2)
    canvas.line(-1000, -1000, 1000, 1000)
    assert lit(canvas) == {(each, each) for each in range(8)}
    outside = Canvas(4, 2)
    outside.line(-5, 0, -5, 7)
    outside.line(0, 20, 7, 30)
    assert not lit(outside)


def test_a_thick_line_has_its_width_and_round_ends() -> None:
    canvas = Canvas(10, 5)
    canvas.line(5, 10, 14, 10, thick=5)
    found = lit(canvas)
    assert {y for x, y in found if x == 10} == {8, 9, 10, 11, 12}
    assert (3, 10) in found
    assert (16, 10) in found
    assert (3, 8) not in found
    assert (16, 12) not in found


def test_areas_discs_and_rings() -> None:
    canvas = Canvas(6, 3)
    canvas.fill([(1, 1), (9, 1), (9, 9), (1, 9)])
    assert {(x, y) for x in range(1, 10) for y in range(1, 9)} <= lit(canvas)
    assert (0, 5) not in lit(canvas)
    assert (10, 5) not in lit(canvas)
    disc, ring = Canvas(8, 4), Canvas(8, 4)
    disc.disc(7, 7, 5)
    ring.ring(7, 7, 5)
    assert (7, 7) in lit(disc)
    assert (7, 7) not in lit(ring)
    assert {(2, 7), (12, 7), (7, 2), (7, 12)} <= lit(ring)


def test_text_stands_over_dots_and_is_cut() -> None:
    canvas = Canvas(6, 1)
    canvas.line(0, 1, 11, 1)
    canvas.text(4, 0, "week")
    canvas.text(0, 5, "below")
    canvas.text(-2, 0, "abc")
    assert canvas.lines() == ["c⠒⠒⠒we"]


def test_what_lies_under_shows_only_where_no_dot_is() -> None:
    canvas = Canvas(5, 1, "ascii")
    canvas.dot(1, 0)
    canvas.under(0, "- ")
    assert canvas.lines() == ["-'- -"]


@example((1, 1), [(0.0, 0.0), (1e300, 1e300), (0.0, 0.0), (1e300, 1e300)], 0.0, "braille")
@given(sizes, st.lists(dots, min_size=2, max_size=6), st.floats(0, 9), st.sampled_from(STYLES))
def test_nothing_ever_leaves_the_canvas(
    size: tuple[int, int], corners: list[tuple[float, float]], thick: float, style: Style
) -> None:
    canvas = Canvas(*size, style)
    canvas.path(corners)
    canvas.path(corners, thick=thick)
    canvas.fill(corners)
    for x, y in corners:
        canvas.dot(x, y)
        canvas.disc(x, y, thick)
        canvas.ring(x, y, thick)
        if math.isfinite(y):
            canvas.dashes(y)
    canvas.text(3, 0, "a longer text than fits in here, surely, at any of the sizes above")
    lines = canvas.lines()
    assert len(lines) == size[1]
    assert all(len(line) <= size[0] for line in lines)
    allowed = set(canvas.look.glyphs) | set(
        "a longer text than fits in here, surely, at any of the sizes above"
    )
    assert {letter for line in lines for letter in line} <= allowed


quarter = st.integers(-40, 160).map(lambda each: each / 4)


@given(st.tuples(quarter, quarter, quarter, quarter), st.tuples(st.integers(1, 12), st.integers(1, 6)))
def test_a_mirrored_line_is_the_mirror_of_the_line(
    ends: tuple[float, float, float, float], size: tuple[int, int]
) -> None:
    x0, y0, x1, y1 = ends
    plain, across, upside, back = (Canvas(*size) for _ in range(4))
    w, h = plain.width - 1, plain.height - 1
    plain.line(x0, y0, x1, y1)
    across.line(w - x0, y0, w - x1, y1)
    upside.line(x0, h - y0, x1, h - y1)
    back.line(x1, y1, x0, y0)
    assert lit(across) == {(w - x, y) for x, y in lit(plain)}
    assert lit(upside) == {(x, h - y) for x, y in lit(plain)}
    assert lit(back) == lit(plain)


@given(st.floats(-1e6, 1e6))
def test_a_place_is_near_one_dot_or_two(value: float) -> None:
    found = near(value)
    assert 1 <= len(found) <= 2
    assert all(abs(each - value) <= 0.5 + 1e-6 for each in found)
    assert near(-value) == range(-max(found), -min(found) + 1)
