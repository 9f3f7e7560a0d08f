"""Applying a plan file: safety first, what is merged, what is kept, and that replay knows it."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from planfile_texts import DESK, WIDER, file

from coach import Coach
from coach.cases import planfiles
from coach.demo import CALM
from coach.problems import BadFile, BadValue, Withheld
from coach.programs.orders import Orders
from coach.programs.planfile import read_plan_file
from coach.programs.steering import bounds_of

START = date(2026, 11, 23)
SIGN = {"rf12": "yes", "rf13": "yes", "rf39": "no", "rf38": "no"}
"""A warning sign at T1 that a physiotherapist may clear."""


def at(home: Path, day: date = START) -> Coach:
    return Coach.open(home, today=day, at=f"{day}T08:00:00+00:00")


@pytest.fixture
def mine(first_home: Path, tmp_path: Path) -> Coach:
    return at(Path(shutil.copytree(first_home, tmp_path / "home")))


@pytest.fixture(scope="module")
def demo(demo_home: Path) -> Path:
    """Eight weeks lived without a file."""
    return demo_home


def same(coach: Coach) -> bool:
    return all(each.status in ("same", "given") for each in coach.replay().lines)


def week(coach: Coach, home: Path, *, rpe: int = 3, pain: int = 2) -> Coach:
    """One good week: each morning, each session, each walk."""
    day = coach.today_date
    for _ in range(7):
        now = at(home, day)
        now.check_in(pain=2, sleep_hours=7.5, sleep_quality=7, stress=3)
        due = now.today().day
        if due.session is not None:
            now.log_session(rpe=rpe, before=2, pain=pain, form=0)
        day += timedelta(days=1)
    now = at(home, day)
    now.check_in(pain=2, sleep_hours=7.5, sleep_quality=7, stress=3)
    return now


def test_a_file_makes_the_plan_its_own(mine: Coach) -> None:
    before = mine.plan()
    seen = mine.apply_plan_file(file(), "desk.yaml", dry_run=True)
    assert mine.plan() == before
    done = mine.apply_plan_file(file(), "desk.yaml")
    assert done.plan.standing == seen.plan.standing
    plan = mine.plan()
    assert (plan.file, plan.template, plan.author) == ("f001", "desk_worker", "A. Example of Example Physio")
    assert {each.ladder for each in plan.standing} == {"hng", "glu", "dis", "lat"}
    bridge = next(each for each in plan.standing if each.ladder == "glu")
    assert bridge.prescription.name == "Hip bridge on the rug"
    assert (bridge.dose.sets, bridge.dose.reps) == (1, 6)
    assert bridge.prescription.note == "Push through the heels."
    assert all(session.minutes <= 25 for session in plan.week.sessions)
    assert [each.id for each in plan.week.habits if each.prescription is None] == ["sit_breaks"]
    assert any(each.rule == "plan_file" and "Move a little" in each.text for each in plan.notes)
    assert same(mine)


def test_the_same_file_again_changes_nothing(mine: Coach) -> None:
    mine.apply_plan_file(file(), "desk.yaml")
    before = [each.id for each in mine.plan_versions()]
    again = mine.apply_plan_file(file(), "other_name.yaml")
    assert not again.changed
    assert not again.saved
    assert [each.id for each in mine.plan_versions()] == before


def test_one_step_takes_it_back(mine: Coach) -> None:
    before = mine.plan()
    mine.apply_plan_file(file(), "desk.yaml")
    mine.undo()
    assert mine.plan() == before
    mine.undo(redo=True)
    assert mine.plan().file == "f001"
    assert same(mine)


def test_a_broken_file_changes_nothing(mine: Coach) -> None:
    before = mine.plan()
    with pytest.raises(BadFile) as bad:
        mine.apply_plan_file(file().replace(b"hng_2\n", b"hng_99\n"), "desk.yaml")
    assert any("line 10" in each for each in bad.value.details)
    assert mine.plan() == before


def test_a_merge_keeps_history_levels_and_what_was_done_this_week(demo: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(demo, home)
    coach = at(home)
    before = coach.plan()
    free = DESK.replace("choose: listed\n", "").replace("    dose: 1-2 x 6-8\n", "")
    done = coach.apply_plan_file(free.encode(), "desk.yaml")
    after = coach.plan()
    for name in (
        "start",
        "completion",
        "readiness",
        "pain",
        "kinds",
        "hard_sets",
        "loads",
        "gates",
        "goals_done",
    ):
        assert getattr(after, name) == getattr(before, name)
    assert after.week.number == before.week.number
    old = {each.ladder: each for each in before.standing}
    kept = [
        each for each in after.standing if each.ladder in old and old[each.ladder].exercise == each.exercise
    ]
    assert len(kept) >= 5
    for each in kept:
        assert each.dose.size <= old[each.ladder].dose.size
        assert each.levels == old[each.ladder].levels
        assert each.started == old[each.ladder].started
    hinge = next(each for each in after.standing if each.ladder == "hng")
    if old["hng"].rung > 3:
        assert hinge.rung <= 3
        assert any(old["hng"].prescription.name in each for each in done.conflicts)
    logged = {each.session for each in coach.history().sessions}
    for session in before.week.sessions:
        if session.id in logged:
            assert session in after.week.sessions
    assert same(coach)


def other(coach: Coach) -> tuple[str, str, str]:
    """An exercise of the plan, and one of another ladder that it may be swapped for."""
    for each in coach.plan().standing:
        for choice in coach.swap(each.exercise).choices:
            if choice.ladder != each.ladder:
                return each.exercise, choice.id, choice.name
    raise AssertionError("nothing can be swapped across ladders")


def test_the_persons_own_swap_stays_unless_the_file_forbids_it(mine: Coach, tmp_path: Path) -> None:
    stood, chosen, name = other(mine)
    mine.swap(stood, chosen)
    mine.swap("glu", "glu_1")
    told = mine.apply_plan_file(file(WIDER), "wide.yaml")
    now = {each.exercise for each in mine.plan().standing}
    assert {chosen, "glu_1"} <= now
    assert stood not in now
    assert any(name in each and "kept" in each for each in told.conflicts)
    assert same(mine)
    mine.undo()
    told = mine.apply_plan_file(file(), "desk.yaml")
    assert chosen not in {each.exercise for each in mine.plan().standing}
    assert any(name in each and "not kept" in each for each in told.conflicts)
    assert same(at(tmp_path / "home"))


def test_weeks_under_a_file_replay_and_a_newer_file_merges(mine: Coach, tmp_path: Path) -> None:
    home = tmp_path / "home"
    mine.apply_plan_file(file(), "desk.yaml")
    coach = mine
    for _ in range(2):
        coach = week(coach, home)
        coach.review(screen={**CALM, "ask.sure": 8})
    assert coach.plan().week.number == 3
    assert [each.value for each in coach.plan().asked] == [8.0, 8.0]
    grown = {each.ladder: each.dose.size for each in coach.plan().standing}
    rose = [each.action for made in coach.reviews() for each in made.decisions]
    assert "add" in rose
    coach.apply_plan_file(file(WIDER), "wide.yaml")
    assert coach.plan().file == "f002"
    assert {each.ladder: each.dose.size for each in coach.plan().standing}["hng"] == grown["hng"]
    coach = week(coach, home)
    coach.review(screen={**CALM, "ask.sure": 2})
    last = coach.reviews()[-1]
    assert all(each.action not in ("add", "advance") for each in last.decisions)
    assert any(each.rule == "plan:unsure" for each in last.notes)
    assert same(coach)


def test_an_emergency_is_never_overridden(tmp_path: Path, answers: dict[str, Any]) -> None:
    coach = at(tmp_path / "home")
    coach.assess(answers)
    coach.assess({**answers, "rf01": "yes"})
    with pytest.raises(Withheld):
        coach.apply_plan_file(file(), "desk.yaml", cleared_by="A. Example", cleared_on=START)


def test_a_warning_sign_needs_name_and_date(tmp_path: Path, answers: dict[str, Any]) -> None:
    coach = at(tmp_path / "home")
    found = coach.assess({**answers, **SIGN})
    assert found.plan is None
    with pytest.raises(Withheld) as held:
        coach.apply_plan_file(file(), "desk.yaml")
    assert any("rf13" in each for each in held.value.details)
    with pytest.raises(BadValue):
        coach.apply_plan_file(file(), "desk.yaml", cleared_by="A. Example")
    done = coach.apply_plan_file(file(), "desk.yaml", cleared_by="A. Example", cleared_on=START)
    assert set(done.unlocked) == {"ca", "rf13"}
    assert coach.plan().level == "T2_CAUTION"
    assert not coach.today().withheld
    assert same(coach)


def test_a_file_reads_the_tests_that_a_warning_sign_kept_out_of_the_plan(
    tmp_path: Path, answers: dict[str, Any]
) -> None:
    home = tmp_path / "home"
    at(home).assess({**answers, "mt_01": "pass", "mt_11": 70})
    assert {"mt_01_pass", "mt_11_60"} <= set(at(home).plan().gates)
    day = START + timedelta(days=3)
    coach = at(home, day)
    weak = {"mt_01": "fail", "mt_11": 20, "mt_13_l": 4, "mt_13_r": 24}
    assert coach.assess({**answers, **SIGN, **weak}).plan is None
    coach.apply_plan_file(file(), "desk.yaml", cleared_by="A. Example", cleared_on=day)
    assert not {"mt_01_pass", "mt_11_60"} & set(coach.plan().gates)
    assert coach.plan().weaker == "left"
    assert same(coach)


def test_it_asks_before_it_changes(assessed: Any, tmp_path: Path) -> None:
    path = tmp_path / "desk.yaml"
    path.write_bytes(file())
    refused = assessed("planfile", "apply", str(path))
    assert refused.returncode == 2
    assert "--yes" in refused.stderr
    shown = assessed("planfile", "apply", str(path), "--dry-run")
    assert shown.returncode == 0
    assert "A. Example of Example Physio" in shown.stdout
    assert "not signed" in shown.stdout
    assert assessed("plan", "history").stdout.count("\n") == 1


def test_the_bounds_refuse_what_they_keep_back_and_never_doing_less(mine: Coach) -> None:
    mine.apply_plan_file(file(), "desk.yaml")
    name = next(each.exercise for each in mine.plan().standing if each.ladder == "dis")
    with pytest.raises(BadValue, match="leaves this to your therapist"):
        mine.swap(name)
    for more in ({"session_minutes": 60}, {"days": ["sat", "sun", "tue"]}, {"days_per_week": 5}):
        with pytest.raises(BadValue, match="leaves this to your therapist"):
            mine.prefer(**more)
    mine.prefer(session_minutes=10)
    mine.hold((name,))
    mine.minimum(True)
    mine.skip("time", mine.plan().week.sessions[0].id)
    assert mine.plan().minimum
    assert mine.plan().file == "f001"
    assert same(mine)


def test_the_files_pain_ceiling_goes_with_the_plan_to_the_led_session(mine: Coach) -> None:
    text = DESK.replace("  - id: hng_2\n", "  - id: hng_1\n    pain: 2\n  - id: hng_2\n")
    mine.apply_plan_file(file(text), "desk.yaml")
    assert mine.plan().bounds.pain == {"hng_1": 2, "hng_2": 4}
    led = {each.given.exercise: each.pain for each in mine.session().state.items}
    assert led["hng_1"] == 2
    assert set(led.values()) == {2, None}


def test_an_examination_before_the_answer_clears_nothing_and_that_is_said(
    tmp_path: Path, answers: dict[str, Any]
) -> None:
    coach = at(tmp_path / "home")
    coach.assess({**answers, **SIGN})
    early = START - timedelta(days=3)
    with pytest.raises(Withheld) as stop:
        coach.apply_plan_file(file(), "desk.yaml", cleared_by="A. Example", cleared_on=early)
    assert "does not count" in stop.value.message
    assert any("older than the answer" in each for each in stop.value.details)


def test_the_plan_of_now_as_a_file_is_the_same_plan(mine: Coach) -> None:
    for name in ("own.yaml", "again.yaml"):  # without a file, then under one
        before = mine.plan()
        assert before.walk is not None
        made = planfiles.fresh(before, name)
        done = mine.apply_plan_file(made.text.encode(), name)
        after = done.plan
        assert [(e.exercise, e.dose) for e in after.standing] == [
            (e.exercise, e.dose) for e in before.standing
        ]
        assert after.walk is not None
        assert (after.walk.exercise, after.walk.dose) == (before.walk.exercise, before.walk.dose)
        assert after.week.walk is not None
        assert after.week.walk.times == before.week.walk.times  # type: ignore[union-attr]
        assert [[p.exercise for p in s.prescriptions] for s in after.week.sessions] == [
            [p.exercise for p in s.prescriptions] for s in before.week.sessions
        ]


def test_the_bounds_of_now_go_into_a_new_file(mine: Coach) -> None:
    text = DESK.replace("  rungs: 1\n", "  rungs: 1\n  rise: 8 %\n")
    text += "flare: {back: '40 %, 60 %'}\ngap:\n  - {days: 8-14, resume: 70 %}\n"
    before = mine.apply_plan_file(file(text), "desk.yaml").plan
    found = read_plan_file(planfiles.fresh(before, "now.yaml").text, "now.yaml")
    again = bounds_of(Orders(file=found))
    assert replace(again, pain={}, patient_may=()) == replace(before.bounds, pain={}, patient_may=())
    listed = {each.exercise for each in before.standing}
    assert again.pain == {name: most for name, most in before.bounds.pain.items() if name in listed}


def test_what_a_review_took_out_and_the_file_brings_again_is_said(mine: Coach, tmp_path: Path) -> None:
    text = DESK.replace("engine_may: [dose, rung]", "engine_may: [dose, rung, swap]")
    mine.apply_plan_file(file(text), "desk.yaml")
    home, day = tmp_path / "home", START
    for _ in range(15):  # sessions only: after two weeks without a walk the review lets walking go
        now = at(home, day)
        now.check_in(pain=2, sleep_hours=7.5, sleep_quality=7, stress=3)
        if now.today().day.review_due:
            now.review(screen=dict(CALM))
        if now.today().day.session is not None:
            now.log_session(rpe=3, before=2, pain=2, form=0)
        day += timedelta(days=1)
    assert now.plan().walk is None
    done = now.apply_plan_file(file(text + "# again\n"), "desk.yaml")
    assert done.plan.walk is not None
    assert [each for each in done.conflicts if "left your plan at a weekly review" in each]
    assert same(now)
    again = now.apply_plan_file(file(text + "# once more\n"), "desk.yaml")
    assert not [each for each in again.conflicts if "left your plan" in each]
