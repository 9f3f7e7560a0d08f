"""The FHIRPath subset: each function and operator on its own, and what stops a hostile expression."""

from __future__ import annotations

import contextlib
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.questionnaires.fhir.errors import BudgetSpent, PathError, PathSyntaxError, PathUnsupported
from coach.questionnaires.fhir.fhirpath import Budget, Node, evaluate, parse
from coach.questionnaires.fhir.fhirpath.tree import linked
from coach.questionnaires.fhir.fhirpath.values import text_of

TODAY = date(2026, 11, 23)
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
RESPONSE: dict[str, Any] = {
    "resourceType": "QuestionnaireResponse",
    "authored": "2026-11-01T10:00:00Z",
    "item": [
        {"linkId": "n", "answer": [{"valueInteger": 4}]},
        {"linkId": "f", "answer": [{"valueDecimal": Decimal("2.5")}]},
        {
            "linkId": "c",
            "answer": [
                {
                    "valueCoding": {
                        "system": "s",
                        "code": "a",
                        "display": "Apple",
                        "extension": [{"url": ORDINAL, "valueDecimal": 3}],
                    }
                },
                {"valueString": "own", "_valueString": {"extension": [{"url": ORDINAL, "valueDecimal": 2}]}},
            ],
        },
        {"linkId": "g", "item": [{"linkId": "d", "answer": [{"valueDate": "1990-05-17"}]}]},
        {"linkId": "q", "answer": [{"valueQuantity": {"value": 5, "code": "kg", "unit": "kg"}}]},
        {"linkId": "b", "answer": [{"valueBoolean": True}]},
    ],
}


def run(source: str, **names: list[Node]) -> list[Any]:
    def look_up(name: str) -> list[Node]:
        if name in names:
            return names[name]
        raise PathError(f"no %{name}")

    root = [Node(RESPONSE, "QuestionnaireResponse")]
    found = evaluate(source, root, today=TODAY, lookup=look_up)
    return [text_of(each) if text_of(each) is not None else each.value for each in found]


CASES_FILE = Path(__file__).parent / "data" / "fhirpath_cases.txt"
CASES = [
    (source, json.loads(expected))
    for source, _, expected in (
        line.partition("  =>  ")
        for line in CASES_FILE.read_text(encoding="utf-8").splitlines()
        if "  =>  " in line and not line.startswith("#")
    )
]


@pytest.mark.parametrize(("source", "expected"), CASES, ids=[case[0] for case in CASES])
def test_each_expression_gives_what_fhirpath_says(source: str, expected: list[str]) -> None:
    assert run(source) == expected


def test_a_variable_comes_from_the_lookup() -> None:
    assert run("%kg / 2", kg=[Node(Decimal(5), "decimal")]) == ["2.5"]
    assert run("%`odd name`", **{"odd name": [Node("x", "string")]}) == ["x"]


@pytest.mark.parametrize(
    "source",
    [
        "1 +",
        "(1",
        "1)",
        "a..b",
        "'open",
        "item[1",
        "f(1,",
        "1 2",
        "@2026-13-01",
        "%",
        "#",
        "a.$this",
        "",
        "{1}",
    ],
)
def test_what_is_no_fhirpath_is_refused_in_one_sentence(source: str) -> None:
    with pytest.raises(PathSyntaxError) as caught:
        parse(source)
    assert str(caught.value).count("\n") == 0
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    "source",
    ["item + 1",
     "(1 | 2) + 1", "'a' * 2", "-'a'", "1 > 'a'", "(1 | 2).single()", "'a'.substring('b')", "iif(true)",
     "%nothing", "(true | false) and true", "item.length()", "5.round(99)", "where()", "extension(1)"],
)  # fmt: skip
def test_what_cannot_be_computed_is_a_typed_error(source: str) -> None:
    with pytest.raises(PathError):
        run(source)


def test_a_function_that_is_not_of_the_subset_is_named() -> None:
    with pytest.raises(PathUnsupported, match=r"resolve\(\)"):
        run("item.resolve()")


@pytest.mark.parametrize(
    "source",
    [
        "(" * 200 + "1" + ")" * 200,
        "iif(true, " * 120 + "1" + ")" * 120,
        "-" * 500 + "1",
        " + ".join(["1"] * 6000),
        "1.repeat($this + 1)",
        "descendants().select(%resource.descendants().select(%resource.descendants()))",
        "'x'" + ".replace('x', 'xxxxxxxxxxxxxxxxxxxx')" * 30,
        "(1 | 2 | 3)" + ".select($this.combine($this).combine($this))" * 40,
    ],
    ids=["brackets", "ladder", "signs", "length", "repeat", "product", "text", "growth"],
)
def test_a_hostile_expression_is_stopped(source: str) -> None:
    with pytest.raises(BudgetSpent):
        evaluate(source, [Node(RESPONSE)], today=TODAY, lookup=lambda name: [Node(RESPONSE)])


@pytest.mark.parametrize(
    "source", ["10.power(900).power(900)", "9.power(1000)", "999.exp().exp()", "1000000000000000000 * 10"]
)
def test_a_number_that_grows_is_stopped(source: str) -> None:
    with pytest.raises(PathError, match="too large"):
        run(source)


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|aa)*", "a*a*a*a*b", "(?=a)", "x" * 300, r"(a)\\1"])
def test_a_pattern_that_could_run_away_is_refused(pattern: str) -> None:
    with pytest.raises(PathError):
        run(f"'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'.matches('{pattern}')")


def test_a_long_chain_costs_no_depth() -> None:
    assert run(" + ".join(["1"] * 1500)) == ["1500"]


def test_the_budget_is_shared_and_its_depth_recovers_after_an_error() -> None:
    budget = Budget(1000)
    with pytest.raises(PathError):
        evaluate("(1 + (2 + ('a' * 2)))", [], today=TODAY, budget=budget)
    assert budget.depth == 0
    evaluate("1 + 1", [], today=TODAY, budget=budget)
    assert budget.steps < 1000


def test_the_linkids_of_an_expression_are_found() -> None:
    whole, stems = linked(
        parse("%resource.item.where(linkId = 'a' or linkId in ('b' | 'c')).answer.value.code = 'zz'")
    )
    assert whole == {"a", "b", "c"}
    assert linked(parse("item.where(linkId.startsWith('ph'))"))[1] == {"ph"}
    assert stems == frozenset()


VOCABULARY = """
    item answer value linkId . ( ) [ ] { } 'a' 1 2.5 + - * / and or = != < | & , where select sum iif %x $this
    @2026-01-01 is as repeat descendants() first() today() true round(1) power(9) join(',') aggregate
"""
WORDS = st.sampled_from(VOCABULARY.split())


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_random_words_never_raise_anything_else(source: str) -> None:
    with contextlib.suppress(PathError):
        evaluate(
            source,
            [Node(RESPONSE)],
            today=TODAY,
            lookup=lambda name: [Node(3, "integer")],
            budget=Budget(20_000),
        )


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40))
def test_random_text_never_raises_anything_else(source: str) -> None:
    with contextlib.suppress(PathError):
        evaluate(source, [Node(json.loads("{}"))], today=TODAY)
