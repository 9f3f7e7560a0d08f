"""What follows from an alarm: which questions, in which order, and when function is rated again."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from coach.programs import alarms
from coach.questionnaires.rescreening import Facts, Value, due, kind_of, load_rescreen

DAY = date(2026, 6, 1)


def ids(facts: Facts, today: date = DAY) -> list[tuple[str, str]]:
    return [(each.id, each.kind) for each in due(facts, today)]


def eac(*readings: tuple[int, float], measure: str = "eac10") -> Facts:
    """Readings by day before today, and value."""
    return Facts(
        readings=tuple(
            Value(measure=measure, date=DAY - timedelta(days=back), value=value) for back, value in readings
        )
    )


def test_nothing_is_due_by_itself() -> None:
    assert due(Facts(), DAY) == ()
    assert kind_of(()) == ""


@pytest.mark.parametrize(
    ("alarm", "kind", "first"),
    [
        ("gap_mini", "mini", True),
        ("gap_full", "full", True),
        ("pain_high", "mini", True),
        ("ms_leg_new", "mini", True),
        ("ms_different", "full", True),
        ("night_pain", "full", True),
        ("pregnancy", "full", True),
        ("surgery", "full", True),
        ("cancer", "full", True),
        ("steroids", "full", True),
        ("pain_rise", "mini", False),
        ("flare_new", "mini", False),
        ("flare_again", "mini", False),
        ("flare_long", "mini", False),
        ("function", "full", False),
        ("function_again", "repeat_function", False),
        ("calendar", "full", False),
    ],
)
def test_every_row_of_the_table(alarm: str, kind: str, first: bool) -> None:
    found = due(Facts(alarms=(alarm,)), DAY)
    assert [(each.id, each.kind, each.first) for each in found] == [(alarm, kind, first)]
    assert found[0].reason.endswith(".")


def test_the_list_is_whole() -> None:
    """A row that no test names, or an alarm that no row explains, is a fault."""
    assert len(load_rescreen().asks) == 17
    source = Path(alarms.__file__).read_text(encoding="utf-8")
    raised = set(re.findall(r'"((?:gap|pain|flare)_[a-z]+)"', source))
    assert raised <= {each.id for each in load_rescreen().asks}
    assert len(raised) == 7


def test_what_comes_first_stands_first_and_the_larger_questions_answer_the_smaller() -> None:
    found = due(Facts(alarms=("flare_new", "pain_high", "function_again"), calendar_week=5), DAY)
    assert [each.id for each in found] == ["pain_high", "calendar", "flare_new", "function_again"]
    assert [each.first for each in found] == [True, False, False, False]
    assert kind_of(found) == "full"
    assert kind_of(due(Facts(alarms=("pain_high", "function_again")), DAY)) == "mini"
    assert kind_of(due(Facts(alarms=("function_again",)), DAY)) == ""


def test_the_calendar_names_its_week() -> None:
    assert "before week 9" in due(Facts(calendar_week=9), DAY)[0].reason
    assert "{week}" not in str(due(Facts(alarms=("calendar",), calendar_week=13), DAY))


def test_a_new_cancer_is_something_new_in_the_past() -> None:
    assert [each.id for each in load_rescreen().asks if each.changed] == ["cancer"]


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        (((40, 30),), []),
        (((40, 30), (7, 49.9)), []),
        (((40, 30), (7, 50)), [("function_again", "repeat_function")]),
        (((40, 30), (6, 50)), []),
        (((40, 30), (7, 50), (0, 50)), [("function", "full")]),
        (((40, 30), (6, 50), (0, 50)), []),
        (((40, 30), (14, 50), (7, 40), (0, 55)), []),
        (((40, 30), (14, 50), (7, 45)), []),
        (((40, 30), (20, 50), (17, 52), (13, 51)), [("function", "full")]),
        (((40, 60), (30, 30), (8, 50), (1, 50)), []),  # measured from the first, not from the best
    ],
)
def test_everyday_activities_20_points_worse(
    readings: tuple[tuple[int, float], ...], expected: list[tuple[str, str]]
) -> None:
    assert ids(eac(*readings)) == expected
    assert ids(eac(*reversed(readings))) == expected


@pytest.mark.parametrize(("value", "expected"), [(14.9, []), (15, [("function", "full")])])
def test_roland_morris_5_points_worse(value: float, expected: list[tuple[str, str]]) -> None:
    assert ids(eac((40, 10), (9, value), (2, value), measure="rmdq")) == expected


def test_two_measures_do_not_add_up() -> None:
    both = Facts(readings=(*eac((40, 30), (9, 50)).readings, *eac((40, 5), (2, 10), measure="rmdq").readings))
    assert ids(both) == [("function_again", "repeat_function")]


def test_worse_function_is_settled_by_the_full_questions_from_that_day_on() -> None:
    facts = eac((40, 30), (9, 50), (2, 50))
    for back, expected in ((3, [("function", "full")]), (2, [])):
        answered = Facts(readings=facts.readings, screened_full=DAY - timedelta(days=back))
        assert ids(answered) == expected


def test_every_limit_says_where_it_comes_from() -> None:
    for name, each in load_rescreen().limits.items():
        assert each.unit, name
        assert each.evidence in ("V", "K", "D"), name
        assert each.source, name
