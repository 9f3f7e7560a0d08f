"""Forms and answers from anywhere: an error of ours, or a result, and never a traceback."""

from __future__ import annotations

import contextlib
import copy
import json
import os
from pathlib import Path
from typing import Any

import pytest
from fhir_case import FOLDER, NOW, TODAY, fill_in, load
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.questionnaires.fhir import (
    BadAnswer,
    FhirError,
    as_instrument,
    next_item,
    parse_answer,
    read_form,
    read_response,
    scores,
    write_response,
)

FORMS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}
ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(), st.text(max_size=20),
    st.just([]), st.just({}), st.just([None]), st.just([[]]), st.just({"valueInteger": "x"}),
    st.sampled_from(["group", "choice", "quantity", "date", "http://hl7.org/fhir/StructureDefinition/variable",
                     "text/cql", "%x", "a", "exists", "#agree", "days", "%resource.repeat(item)"]),
)  # fmt: skip
VALUES = st.one_of(
    ODD,
    st.tuples(st.text(max_size=5)),
    st.lists(st.text(max_size=5), max_size=3),
    st.sampled_from(["yes", "no", "5", "a"]),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in pairs:
        found += places(each, (*path, key))
    return found


def mutate(document: Any, path: tuple[Any, ...], change: str, value: Any) -> None:
    for key in path[:-1]:
        document = document[key]
    if change == "drop":
        del document[path[-1]]
    elif change == "double" and isinstance(document, list):
        document.append(copy.deepcopy(document[path[-1]]))
    else:
        document[path[-1]] = copy.deepcopy(value)


def use(form_text: str, answers: dict[str, Any]) -> None:
    """All that a face does with a form; only our own errors may come out."""
    form, warnings = read_form(form_text)
    assert all(isinstance(warning, str) for warning in warnings)
    as_instrument(form)
    step = next_item(form, answers, TODAY)
    if step.item is not None:
        with contextlib.suppress(BadAnswer):
            parse_answer(form, step.item.id, "5")
    for score in scores(form, answers, TODAY).values():
        assert score.missing or score.value is not None or score.text
    response = write_response(form, answers, today=TODAY, authored=NOW)
    read_response(form, json.dumps(response, allow_nan=False))


def refused(document: Any, answers: dict[str, Any]) -> str:
    """The sentence that refuses a form, or an empty text when it ran."""
    try:
        use(json.dumps(document), answers)
    except FhirError as error:
        return str(error)
    return ""


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_random_changes_of_a_form_give_a_result_or_one_sentence(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(FORMS)))
    document = copy.deepcopy(FORMS[name])
    answers, _ = fill_in(load(name), 7)
    for _ in range(data.draw(st.integers(1, 4))):
        where = data.draw(st.sampled_from(places(document)))
        mutate(document, where, data.draw(st.sampled_from(["drop", "double", "replace"])), data.draw(ODD))
        if not places(document):
            return
    said = refused(document, dict(answers))
    assert not said or (said.endswith(".") and "\n" not in said)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(sorted(FORMS)), st.data())
def test_random_answers_never_crash(name: str, data: st.DataObject) -> None:
    form = load(name)
    ids = st.sampled_from([item.id for item in form.items] + ["q_nothing"])
    answers: Any = data.draw(st.dictionaries(ids, VALUES, max_size=8))
    use(json.dumps(FORMS[name]), answers)
    for item_id, value in answers.items():
        with contextlib.suppress(BadAnswer):
            parse_answer(form, item_id, value)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60))
def test_random_bytes_are_refused_in_one_sentence(data: bytes | str) -> None:
    with pytest.raises(FhirError):
        read_form(data)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_random_responses_give_a_result_or_one_sentence(data: st.DataObject) -> None:
    form = load("back_day")
    answers, _ = fill_in(form, 3)
    document: Any = write_response(form, answers, today=TODAY, authored=NOW)
    where = data.draw(st.sampled_from(places(document)))
    mutate(document, where, data.draw(st.sampled_from(["drop", "double", "replace"])), data.draw(ODD))
    with contextlib.suppress(FhirError):
        read_response(form, json.dumps(document))


CORPUS = os.environ.get("COACH_FHIR_CORPUS", "")


@pytest.mark.long
@pytest.mark.skipif(not CORPUS, reason="COACH_FHIR_CORPUS names no folder of questionnaires")
def test_every_form_of_a_folder_is_read_and_run_or_refused_in_one_sentence() -> None:
    """For public questionnaires that are not kept here: give their folder in COACH_FHIR_CORPUS."""
    read = 0
    for path in sorted(Path(CORPUS).rglob("*.json")):
        said = corpus_file(path)
        assert not said or (said.endswith(".") and "\n" not in said), path
        read += not said
    assert read >= 10


def corpus_file(path: Path) -> str:
    try:
        form, _ = read_form(path.read_bytes())
    except FhirError as error:
        return str(error)
    answers, _ = fill_in(form, 1)
    use(path.read_text(encoding="utf-8-sig"), dict(answers))
    return ""
