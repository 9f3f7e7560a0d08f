"""The example plans: they read, cover twelve weeks, and give fitting people a plan."""

from __future__ import annotations

import json
import os
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from msgspec import structs
from planfile_cases import typed
from test_programs_content import BANNED, GRADE_WHOLE, grade

from coach import Coach
from coach.cases.planfiles import fresh
from coach.desk import Desk
from coach.model.applied import AppliedFile
from coach.model.plan import Plan, Week
from coach.programs.library import load_library
from coach.programs.planfile import read_plan_file
from coach.programs.planlang.conditions import parse_condition, write_condition
from coach.programs.planlang.schema import plan_schema
from coach.programs.planlang.writing import write_plan_file
from coach.programs.planyaml import read_tree
from coach.programs.prescribe import prescribe
from coach.programs.steering import shaped, tailored
from coach.programs.week import forecast

FOLDER = Path(__file__).resolve().parent.parent / "coach" / "programs" / "examples"
NAMES = ("desk_worker", "older_walker", "heavy_job")
START = date(2026, 11, 23)
PEOPLE: dict[str, dict[str, Any]] = {
    "desk_worker": {},
    "older_walker": {
        "age": 72, "floor": "no", "equipment": ["step", "weight"], "ag_sit": -1, "ag_stand": 2, "ag_walk": 2,
        "ag_bend": -1, "ag_arch": 2, "ag_lift": 1, "ag_morn": 0, "session_minutes": 20, "walk_minutes": 80,
        "rf17_sudden": "no",
    },
    "heavy_job": {
        "age": 38, "sex": "male", "ag_sit": 0, "ag_stand": 1, "ag_walk": 0, "ag_bend": 0, "ag_lift": 2,
        "ag_morn": 0, "ag_drive": 0, "lifts_day": 60, "stooped": "yes", "mvpa": 60, "session_minutes": 35,
        "equipment": ["step", "weight", "band", "mat", "stick"], "mt_01": "pass", "mt_07": 8,
        "mt_11": 75, "res_wk": 2,
        "pain_average": 3, "pain_now": 2, "pain_worst": 4, **{f"eac_{n}": 1 for n in range(1, 11)},
    },
}  # fmt: skip
"""What differs from the packaged made-up person."""


def text(name: str) -> str:
    return (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")


@cache
def given(name: str) -> Any:
    return read_plan_file(text(name), f"{name}.yaml", load_library())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, answers: dict[str, Any]) -> dict[str, Any]:
    """The first plan of each person under the file, with all its weeks."""
    found = {}
    people = {**PEOPLE, "on the floor": {}}
    for person, more in people.items():
        name = person if person in PEOPLE else "older_walker"
        home = tmp_path_factory.mktemp("home")
        coach = Coach.open(home, today=START, at="2026-11-23T07:00:00+00:00")
        coach.assess({**answers, **more})
        profile = Desk(str(home), START, "").read().profile
        applied = AppliedFile(id="f001", date=START, name=f"{name}.yaml", text=text(name), digest="")
        shape = shaped(applied, load_library())
        library = tailored(load_library(), shape.orders)
        assert profile is not None
        plan = prescribe(profile, coach.plan().preferences, shape, library, start=START)
        found[person] = (plan, (plan.week, *forecast(plan, shape, library)))
    return found


def test_every_plan_of_the_folder_is_looked_at() -> None:
    assert sorted(each.stem for each in FOLDER.glob("*.yaml")) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_it_has_what_a_plan_needs(name: str) -> None:
    file = given(name)
    assert file.id == name
    assert file.goals
    assert file.patient
    assert file.colleague
    assert file.choose == "listed"
    assert file.bounds.ask_therapist
    assert file.bounds.until_week == 12
    assert len(file.rules) >= 3
    assert len(file.tests) >= 3
    assert len(file.asks) == 2
    assert file.flare
    assert len(file.gap) == 3
    weeks = {week for each in file.replace.phases for week in (each.weeks or ())}
    assert len(file.replace.phases) == 5, weeks


@pytest.mark.parametrize("name", NAMES)
def test_its_words_are_plain_and_promise_nothing(name: str) -> None:
    file = given(name)
    told = [file.patient, *file.goals, *(each.say for each in file.rules), *(e.text for e in file.asks)]
    told += [each.text for each in file.exercises if each.text]
    assert not [each for each in told if BANNED.search(each)]
    assert grade([file.patient]) <= GRADE_WHOLE + 1
    assert grade([each.say for each in file.rules]) <= GRADE_WHOLE + 1


@pytest.mark.parametrize("name", NAMES)
def test_its_conditions_are_written_as_they_are_read(name: str) -> None:
    file = given(name)
    for each in (file.bounds.ask_therapist, file.flare.when, *(rule.when for rule in file.rules)):
        assert parse_condition(write_condition(each), asks=file.asks, grants=None) == each


@pytest.mark.parametrize("name", NAMES)
def test_a_fitting_person_gets_twelve_weeks_within_its_bounds(name: str, made: dict[str, Any]) -> None:
    plan: Plan
    weeks: tuple[Week, ...]
    plan, weeks = made[name]
    file = given(name)
    library = load_library()
    ladders = {library.exercises[each.exercise].ladder for each in file.exercises}
    ladders |= {each.ladder for each in file.ladders}
    assert [each.number for each in weeks] == list(range(1, 13))
    for week in weeks:
        assert 2 <= len(week.sessions) <= file.bounds.sessions
        shown = [each for session in week.sessions for each in session.prescriptions]
        assert {each.ladder for each in shown} <= ladders
        assert all(session.minutes <= file.bounds.minutes for session in week.sessions)
        assert {"hng", "sqt"} & {each.ladder for each in shown}
    assert set(file.avoid) <= set(plan.tags)
    assert plan.author == "A. Example, physiotherapist"
    goals = [each.text for each in plan.notes if each.rule == "plan_goal"]
    assert goals == [f"Goal: {each}" for each in file.goals]


def test_the_older_walker_never_goes_to_the_floor(made: dict[str, Any]) -> None:
    """Whoever gets the file, and not only who told the coach that the floor is out of reach."""
    library = load_library()
    for week in (*made["older_walker"][1], *made["on the floor"][1]):
        for session in week.sessions:
            for each in session.prescriptions:
                found = library.exercises[each.exercise]
                down = ("lying", "prone", "hands-knees", "supine", "kneel", "plank", "bridge")
                assert not any(word in found.position for word in down), each.exercise
                assert "mat" not in found.equipment


def test_the_desk_worker_has_short_sessions_and_breaks(made: dict[str, Any]) -> None:
    plan, weeks = made["desk_worker"]
    assert all(session.minutes <= 20 for week in weeks for session in week.sessions)
    assert "sit_breaks" in {each.id for each in plan.week.habits}


def test_the_heavy_job_starts_with_a_load_in_reach(made: dict[str, Any]) -> None:
    plan, _ = made["heavy_job"]
    assert {"hng", "sqt", "lun"} <= {each.ladder for each in plan.standing}
    assert "crate_from_floor" in {each.id for each in given("heavy_job").exercises}


@pytest.mark.parametrize("name", NAMES)
def test_editors_take_it_and_writing_it_keeps_all_of_it(name: str) -> None:
    schema = Draft202012Validator(plan_schema(load_library()))
    assert not list(schema.iter_errors(typed(read_tree(text(name), name))))
    assert read_plan_file(write_plan_file(given(name)), name, load_library()) == given(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_ones_own_begins_with_it(name: str) -> None:
    own = read_plan_file(fresh(name, "my-plan.yaml").text, "my-plan.yaml", load_library())
    assert own == structs.replace(given(name), id="my_plan")


def test_the_command_writes_it_with_its_schema(run: Any, tmp_path: Path) -> None:
    done = run("planfile", "new", "my-plan.yaml", "--from", "desk_worker")
    assert (done.returncode, done.stdout.split()) == (0, ["my-plan.yaml", "coach-plan.schema.json"])
    assert "id: my_plan\n" in (tmp_path / "my-plan.yaml").read_text()
    assert run("planfile", "new", "x.csv", "--from", "desk_worker", "--table").returncode == 2


CALM = dict.fromkeys(("ms_saddle", "ms_legs", "ms_leg_new", "ms_unwell", "ms_trauma", "ms_different"), "no")
GOOD = {
    "desk_worker": {"ask.breaks": 5, "ask.confidence": 9},
    "older_walker": {"ask.legs": 0, "ask.minutes": 15},
    "heavy_job": {"ask.shifts": 2, "ask.trust": 7},
}


def good_weeks(home: Path, name: str, answers: dict[str, Any], weeks: int) -> Coach:
    """So many weeks in which all goes well, under the file."""
    whole = {**answers, **PEOPLE[name]}
    for offset in range(7 * weeks + 1):
        day = START + timedelta(days=offset)
        coach = Coach.open(home, today=day, at=f"{day}T07:00:00+00:00")
        if not offset:
            coach.assess(whole)
            coach.apply_plan_file(text(name).encode(), f"{name}.yaml")
        coach.check_in(pain=2, sleep_hours=7.5, sleep_quality=8, stress=3)
        if offset and offset % 7 == 0:
            if coach.rescreens():
                coach.assess({**whole, **CALM, "history_change": "no"}, occasion="rescreen")
            coach.review(screen={**CALM, **GOOD[name]})
        found = coach.today().day
        if found is not None and found.session:
            coach.log_session(rpe=2, before=2, pain=2, form=0, clean_reps=10, reserve=3)
    return coach


@pytest.mark.parametrize(
    ("name", "weeks"), [("desk_worker", 2), *(pytest.param(n, 12, marks=pytest.mark.long) for n in NAMES)]
)
def test_good_weeks_under_it_grow_and_come_back_in_the_packet(
    name: str, weeks: int, tmp_path: Path, answers: dict[str, Any]
) -> None:
    coach = good_weeks(tmp_path, name, answers, weeks)
    first = {each.ladder: each for each in coach.plan_version("v2").standing}
    now = coach.plan().standing
    grown = [
        each
        for each in now
        if each.rung > first[each.ladder].rung or each.dose.size > first[each.ladder].dose.size
    ]
    assert len(grown) >= len(now) / 2, [(each.exercise, each.dose) for each in now]
    packet = coach.packet()
    assert packet.plan is not None
    assert packet.plan.file is not None
    assert (packet.plan.file.title, packet.plan.file.signer) == (given(name).title, "")
    assert {f"ask.{each.id}": each.value for each in packet.answers} == GOOD[name]
    assert len(packet.answers) == 2 * weeks
    assert coach.replay().same
    if weeks == 12:
        assert any(each.rung > first[each.ladder].rung for each in now)


@pytest.mark.parametrize("name", NAMES)
def test_its_own_tests_pass_and_nothing_is_out_of_reach(name: str, run: Any, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(text(name))
    done = run("planfile", "check", "plan.yaml", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["passed"]
    assert len(found["tests"]) == len(given(name).tests)
    told = " ".join(json.dumps(each) for each in found["advice"])
    assert "never reached" not in told
    assert "on the way" not in told


@pytest.mark.parametrize("name", NAMES)
def test_the_person_sees_what_the_golden_shows(name: str, run: Any, tmp_path: Path) -> None:
    """``COACH_GOLDENS=write`` keeps it anew; read the difference first."""
    (tmp_path / "plan.yaml").write_text(text(name))
    done = run("planfile", "preview", "plan.yaml")
    assert done.returncode == 0, done.stderr
    golden = Path(__file__).resolve().parent / "goldens" / "planfile" / f"{name}.txt"
    if os.environ.get("COACH_GOLDENS") == "write":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(done.stdout, encoding="utf-8")
    assert done.stdout == golden.read_text(encoding="utf-8")
