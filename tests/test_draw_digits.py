"""Big figures: rows, widths, what fits, and the bar."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from coach.draw.digits import FONT, FULL, ROWS, columns, digits, fitted
from coach.draw.stage import EMPTY, bar

TEXTS = st.text("0123456789: -", min_size=1, max_size=5)


def test_a_figure_as_it_is() -> None:
    assert digits("17", 1, 1, fill="#") == [" #  ###", "##    #", " #    #", " #   # ", "###  # "]


def test_every_two_figures_differ() -> None:
    assert len(set(FONT.values())) == len(FONT)
    assert all(len(shape.split()) == ROWS for shape in FONT.values())


@given(TEXTS, st.integers(1, 6), st.integers(1, 4))
def test_lines_are_equally_long(text: str, across: int, down: int) -> None:
    lines = digits(text, across, down)
    assert len(lines) == ROWS * down
    assert {len(line) for line in lines} == {columns(text, across)}


@given(TEXTS, st.integers(1, 120), st.integers(1, 40))
def test_what_is_drawn_fits(text: str, width: int, height: int) -> None:
    lines = fitted(text, width, height)
    assert len(lines) <= max(1, height)
    if len(lines) > 1:
        assert all(len(line) <= width for line in lines)


def test_it_grows_with_the_room() -> None:
    assert [len(fitted("25", width, height)) for width, height in ((10, 5), (56, 12), (110, 30))] == [
        5,
        10,
        30,
    ]


@given(st.floats(0, 1), st.integers(1, 100))
def test_the_bar_is_as_wide_as_asked(share: float, width: int) -> None:
    line = bar(share, width)
    assert len(line) == width
    assert line.count(FULL) == round(share * width)


def test_no_cell_is_of_ambiguous_width() -> None:
    assert {unicodedata.east_asian_width(each) for each in FULL + EMPTY} == {"N"}
