"""Doses, loads and numbers in words."""

from __future__ import annotations

from datetime import date

import pytest

from coach.draw import words
from coach.model.exercise import Dose


@pytest.mark.parametrize(
    ("dose", "text"),
    [
        (Dose(sets=3, reps=8, load_kg=4.5), "3 x 8, 4.5 kg"),
        (Dose(sets=2, reps=6, hold_s=5, sides=2), "2 x 6 each side, hold 5 s"),
        (Dose(sets=3, hold_s=20, sides=2), "3 x 20 s each side"),
        (Dose(sets=1, reps=5, directions=2), "1 x 5 each way"),
        (Dose(sets=2, reps=5, directions=3, sides=2), "2 x 5 each side in 3 directions"),
        (Dose(sets=3, metres=20), "3 x 20 m"),
        (Dose(sets=1, minutes=12), "12 min"),
        (Dose(sets=3, minutes=2), "3 x 2 min"),
        (Dose(sets=1, rounds=6), "6 rounds of 1 min brisk and 1 min easy"),
        (Dose(sets=2, reps=8, rep_s=10), "2 x 8 breaths"),
        (Dose(sets=1, reps=8, per_day=4), "1 x 8, up to 4 times a day"),
    ],
)
def test_a_dose_in_words(dose: Dose, text: str) -> None:
    assert words.dose(dose) == text


def test_loads_numbers_days_and_lists() -> None:
    assert words.load(6) == "6 kg"
    assert words.load(6, "lb") == "13.2 lb"
    assert [words.number(each) for each in (None, 2.25, 2.0, -0.25, 0)] == ["-", "2.3", "2", "-0.3", "0"]
    assert words.day(date(2026, 11, 23), year=True) == "Mon 23 Nov 2026"
    assert [words.listed(each) for each in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_a_change_of_dose() -> None:
    small, large = Dose(sets=2, reps=8), Dose(sets=2, reps=9)
    assert words.change(small, large) == "2 x 8 -> 2 x 9"
    assert words.change(small, small) == "2 x 8"
    assert words.change(None, large) == "2 x 9"


def test_wrapping_keeps_the_indent_and_every_word() -> None:
    text = "one two three four five six seven"
    lines = words.wrap(text, 12, "  ")
    assert all(len(line) <= 12 and line.startswith("  ") for line in lines)
    assert " ".join(" ".join(lines).split()) == text
    assert words.wrap(text, None) == [text]


@pytest.mark.parametrize("width", [-11, 0, 1, 3])
def test_a_terminal_as_narrow_as_nothing_ends_nothing(width: int) -> None:
    lines = words.wrap("Trains fitness and breath", width, "  ")
    assert lines == ["  Trains", "  fitness", "  and", "  breath"]
