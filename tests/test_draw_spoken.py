"""Signs as words and columns as lists; and the same in ASCII."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.draw.spoken import ascii_only, spoken


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "  dis_1   Bent-knee fall-out       2 x 9 each side, effort 2",
            "  dis_1, Bent-knee fall-out, 2 times 9 each side, effort 2",
        ),
        ("  1  Tue 29 Sep  Settle in  3 x 13 min  done", "  1, Tue 29 Sep, Settle in, 3 times 13 min, done"),
        ("Pelvic clock: 1 x 5 each way, 11 x 2", "Pelvic clock: 1 time 5 each way, 11 times 2"),
        ("          why: it is new", "  why: it is new"),
        ("v1 (Tue 29 Sep) -> v3 (Tue 13 Oct)", "v1 (Tue 29 Sep) to v3 (Tue 13 Oct)"),
        ("Pain: 5 → 3.3", "Pain: 5 to 3.3"),
        ("1 yes · 2 no · 3 unsure", "1 yes, 2 no, 3 unsure"),
        ("Set-up:   stand", "Set-up: stand"),
        ("coach log EXERCISE --sets 2x6", "coach log EXERCISE --sets 2x6"),
        ("a box of 60x20 and 0x1f", "a box of 60x20 and 0x1f"),
        ("error ±2, ≥ 3", "error plus or minus 2, at least 3"),
        ("", ""),
        ("    ", ""),
    ],
)
def test_a_line_as_it_is_said(line: str, said: str) -> None:
    assert spoken(line) == said


def test_line_breaks_stay() -> None:
    assert spoken("a\n\n    b  c\n") == "a\n\n  b, c\n"


@given(st.text())
def test_no_columns_no_wide_indent_and_said_twice_is_the_same(text: str) -> None:
    said = spoken(text)
    assert said.count("\n") == text.count("\n")
    assert not any(sign in said for sign in "·→≥≤±")
    for line in said.split("\n"):
        assert "  " not in line.strip(" ")
        assert len(line) - len(line.lstrip(" ")) <= 2


def test_ascii_keeps_what_is_typed() -> None:
    assert ascii_only("“Übung” – 3 × 8 … naïve → ok, 38 °C, 漢") == (
        '"Ubung" - 3 x 8 ... naive -> ok, 38 deg C, ?'
    )


@given(st.text())
def test_ascii_is_ascii_and_loses_no_ascii(text: str) -> None:
    shown = ascii_only(text)
    assert shown.isascii()
    kept = [each for each in text if each.isascii()]
    at = iter(shown)
    assert all(each in at for each in kept)
