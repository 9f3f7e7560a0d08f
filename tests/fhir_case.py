"""Forms for the tests of the FHIR runner, and a person who fills them in."""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from coach.model.assessment import Answers, Item
from coach.questionnaires.fhir import FhirStep, Form, next_item, parse_answer, read_form

FOLDER = Path(__file__).parent / "data" / "fhir"
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
CORE = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"
TYPED = ("some words", "2026-11-02", "1980-11-02", "08:30", "5", "5 kg", "5 cm", "AB1234", "2026-11-02T10:00")


def load(name: str) -> Form:
    return read_form((FOLDER / f"{name}.json").read_bytes())[0]


def make(*items: dict[str, Any], **fields: Any) -> Form:
    return read_form(text_of(*items, **fields))[0]


def text_of(*items: dict[str, Any], **fields: Any) -> str:
    return json.dumps({"resourceType": "Questionnaire", "status": "active", **fields, "item": list(items)})


def question(link_id: str, kind: str = "string", **fields: Any) -> dict[str, Any]:
    return {"linkId": link_id, "text": f"Question {link_id}", "type": kind, **fields}


def calculated(expression: str, name: str = "", language: str = "text/fhirpath") -> dict[str, Any]:
    value = {"language": language, "expression": expression, **({"name": name} if name else {})}
    return {"url": f"{SDC}calculatedExpression", "valueExpression": value}


def shown_if(expression: str) -> dict[str, Any]:
    value = {"language": "text/fhirpath", "expression": expression}
    return {"url": f"{SDC}enableWhenExpression", "valueExpression": value}


def asked_now(form: Form, answers: Answers) -> list[str]:
    """Ids of the questions still to come, in order, each skipped in turn."""
    found: list[str] = []
    while (step := next_item(form, answers, TODAY, frozenset(found))).item is not None:
        found.append(step.item.id)
    return found


def fill_in(form: Form, seed: int, most: int = 300) -> tuple[Answers, FhirStep]:
    """Answer every question at random until the form has no more."""
    chance = random.Random(seed)
    answers: Answers = {}
    for _ in range(most):
        step = next_item(form, answers, TODAY)
        if step.item is None:
            return answers, step
        answers[step.item.id] = parse_answer(form, step.item.id, some_answer(form, step.item, chance))
    raise AssertionError(f"{form.id} does not come to an end")


def some_answer(form: Form, item: Item, chance: random.Random) -> Any:
    if item.kind == "yes_no":
        return chance.choice(["yes", "no"])
    if item.choices:
        return chance.choice(item.choices).value
    if item.kind in ("scale", "number"):
        low = int(item.minimum or 0) + 1
        return chance.randint(low, int(item.maximum if item.maximum is not None else low + 90))
    for words in TYPED:
        try:
            parse_answer(form, item.id, words)
        except ValueError:
            continue
        return words
    raise AssertionError(f"no answer fits {item.id}")
