"""Doses, weeks, swaps and what rules do: each line as it is written, and what is said of a wrong one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from coach.model.planlines import DoseLine, Load, Swap, Then
from coach.programs.planlang.doses import parse_dose, write_dose
from coach.programs.planlang.phrases import parse_expect, parse_swap, parse_then, write_swap, write_then
from coach.programs.planlang.ranges import parse_weeks, write_weeks
from coach.programs.planlang.words import BadText


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        ("3 x 8-12", DoseLine(sets=(3, 3), reps=(8, 12))),
        ("2-3 x 6 /side, hold 5 s", DoseLine(sets=(2, 3), reps=(6, 6), sides=True, hold_s=(5, 5))),
        ("3 x 20-40 s /side", DoseLine(sets=(3, 3), hold_s=(20, 40), sides=True)),
        ("2 x 20 m, 3 days", DoseLine(sets=(2, 2), metres=(20, 20), days=(3, 3))),
        ("10-20 min", DoseLine(minutes=(10, 20))),
        ("6-12 rounds", DoseLine(rounds=(6, 12))),
        ("3 sets", DoseLine(sets=(3, 3))),
        ("8 reps", DoseLine(reps=(8, 8))),
        ("rest 60-90 s", DoseLine(rest_s=(60, 90))),
        ("tempo 3-1-2", DoseLine(tempo=(3, 1, 2))),
        ("effort 4-5.5", DoseLine(effort=(4, 5.5))),
        ("60 %", DoseLine(percent=60)),
        ("load start 0 kg step 2.5 kg cap 16 kg", DoseLine(load=Load(start=0, step=2.5, cap=16))),
        ("load cap 20 lb", DoseLine(load=Load(cap=20, unit="lb"))),
        ("1 day", DoseLine(days=(1, 1))),
    ],
)
def test_a_dose_is_what_it_says(text: str, dose: DoseLine) -> None:
    assert parse_dose(text) == dose
    assert write_dose(dose) == text


def test_numbers_mean_what_is_written() -> None:
    assert parse_dose("3 x 010").reps == (10, 10)
    assert parse_dose("3x8").reps == (8, 8)


@pytest.mark.parametrize(
    ("parse", "text", "at", "words"),
    [
        (parse_dose, "3 y 8", 0, "is no part of a dose; write it like 3 x 8-12"),
        (parse_dose, "3 x 8, rset 60 s", 7, "did you mean 'rest'"),
        (parse_dose, "3 x 8, rpe 5", 7, "effort 4-6"),
        (parse_dose, "3 x 8, rest 60", 12, "given in seconds"),
        (parse_dose, "3 x 8, 2 x 6", 7, "for the second time"),
        (parse_dose, "3 x 8, 10 min", 0, "counted in one thing"),
        (parse_dose, "3 x 20 m, hold 5 s", 0, "counted in one thing"),
        (parse_dose, "60 %, 3 days", 0, "stands alone"),
        (parse_dose, "5 %", 0, "10 to 100 percent"),
        (parse_dose, "3 x 12-8", 4, "the smaller number first"),
        (parse_dose, "3 x 999", 4, "within 1-200"),
        (parse_dose, "0 x 8", 0, "sets must be"),
        (parse_dose, "3 x 8,", 6, "a dose is missing here"),
        (parse_dose, "10 Aug", 0, "your spreadsheet turned 8-10 into a date (10 Aug)"),
        (parse_dose, "3 x 8, load 5 kg", 12, "load start 0 kg step 2 kg"),
        (parse_dose, "load start 5 kg cap 3 kg", 5, "above its cap"),
        (parse_dose, "load start 5 kg cap 30 lb", 5, "one unit"),
        (parse_dose, "load step 0 kg", 5, "a step is over 0"),
        (parse_dose, "tempo 3-1", 6, "lower-pause-lift"),
        (parse_dose, "effort 4-11", 7, "within 0-10"),
        (parse_dose, "8-12", 0, "is no part of a dose"),
        (parse_dose, "1:30", 0, "is no part of a dose"),
        (parse_weeks, "1-4", 0, "write weeks 1-4"),
        (parse_weeks, "weeks 4-1", 6, "the smaller number first"),
        (parse_weeks, "weeks 1-3, 2", 0, "in rising order"),
        (parse_weeks, "weeks 1-9999", 6, "within 1-104"),
        (parse_then, "reduce", 6, "reduce 30 %"),
        (parse_then, "reduce 99 %", 6, "10 to 90"),
        (parse_then, "step bak", 0, "did you mean 'step back'"),
        (parse_then, "raise load", 0, "a rule cannot do"),
        (parse_then, "hold for 99 days", 0, "1 to 28 days"),
        (parse_then, "lesson", 0, "the id of a lesson"),
        (parse_swap, "sqt_2, sqt_3", 0, "a swap reads"),
        (parse_swap, "../sqt", 0, "a swap reads"),
        (parse_swap, "sqt_2 reps x 0", 13, "0.1 to 10"),
        (parse_expect, "hng rise", 0, "hng does not rise"),
        (parse_expect, "rises", 0, "hng rises"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(
    parse: Callable[[str], Any], text: str, at: int, words: str
) -> None:
    with pytest.raises(BadText) as caught:
        parse(text)
    assert words in caught.value.message
    assert caught.value.at == at


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("weeks 1-4", (1, 2, 3, 4)),
        ("weeks 1, 3, 5", (1, 3, 5)),
        ("week 8", (8,)),
        ("weeks 1-2, 6", (1, 2, 6)),
    ],
)
def test_weeks_mean_what_they_say(text: str, weeks: tuple[int, ...]) -> None:
    assert parse_weeks(text) == weeks
    assert write_weeks(weeks) == text


def test_phrases_read_and_write() -> None:
    for text, then in {
        "reduce 30 % for 7 days": Then(effect="reduce", percent=30, days=7),
        "no load step": Then(effect="no_load_step"),
        "ask the therapist": Then(effect="ask"),
        "lesson sleep": Then(effect="lesson", lesson="sleep"),
        "hold for 1 day": Then(effect="hold", days=1),
    }.items():
        assert parse_then(text) == then
        assert write_then(then) == text
    for text, swap in {
        "sqt_2": Swap(to="sqt_2"),
        "sqt_2 reps x 1.5 no load": Swap(to="sqt_2", reps=1.5, load=False),
        "sqt_2 no load": Swap(to="sqt_2", load=False),
    }.items():
        assert parse_swap(text) == swap
        assert write_swap(swap) == text
