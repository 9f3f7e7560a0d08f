"""A reason names its tests and its start in words; ids alone mean nothing to a person."""

from __future__ import annotations

import pytest

from coach.cases.reasons import in_words
from coach.model.exercise import Number
from coach.questionnaires.protocols import load_protocols, title_of
from tests.profile_case import X1, run


def test_every_test_has_the_title_of_its_own_file() -> None:
    for each in load_protocols():
        assert title_of(each.id) == title_of(f"{each.id}_back") == each.title


@pytest.mark.parametrize(
    ("name", "value", "said", "shown"),
    [
        ("mt_01", "fail", "Waiter's bow (mt_01)", "not passed"),
        ("mt_11", 48.0, f"{title_of('mt_11')} (mt_11)", 48.0),
        ("entry tier", "e2", "entry tier", "E2, the usual start"),
        ("readiness", 63.0, "readiness", 63.0),
    ],
)
def test_a_number_is_named_for_a_person(name: str, value: float | str, said: str, shown: object) -> None:
    (found,) = in_words((Number(name=name, value=value, evidence="K", threshold="< 60"),), None)
    assert (found.name, found.value, found.evidence, found.threshold) == (said, shown, "K", "< 60")


def test_the_reasons_of_the_start_follow_it() -> None:
    profile = run(X1)
    found = in_words((Number(name="entry tier", value="e2"), Number(name="mt_01", value="fail")), profile)
    assert [each.name for each in found] == [
        "entry tier", *("because" for _ in profile.tier_reasons), "Waiter's bow (mt_01)",
    ]  # fmt: skip
    assert tuple(each.value for each in found[1:-1]) == profile.tier_reasons != ()
