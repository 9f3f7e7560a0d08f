"""Safety first, in real processes: emergencies, clinician first, cautions, clearances, warning signs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

CALM = dict.fromkeys(("ms_saddle", "ms_legs", "ms_leg_new", "ms_unwell", "ms_trauma", "ms_different"), "no")


def text(answers: dict[str, Any], **changes: Any) -> str:
    return json.dumps({"schema": "coach.answers/1", "answers": {**answers, **changes}})


def assess(run: Any, answers: dict[str, Any], *words: str, today: str = "2026-11-23", **changes: Any) -> Any:
    return run("assess", "--answers", "-", *words, stdin=text(answers, **changes), today=today)


@pytest.mark.parametrize("value", ["yes", "unsure"])
def test_an_emergency_leaves_no_plan_on_the_disk(
    run: Any, answers: dict[str, Any], tmp_path: Path, value: str
) -> None:
    done = assess(run, answers, rf01=value, rf01_again=value)
    assert done.returncode == 6
    assert "emergency department" in done.stdout
    assert len(done.stdout.splitlines()) <= 20
    assert max(map(len, done.stdout.splitlines())) <= 60
    assert list((tmp_path / "home").rglob("*.json")) == []
    assert run("today").returncode == 3


def test_an_emergency_is_not_held_up_by_missing_answers(run: Any, tmp_path: Path) -> None:
    done = assess(run, {"age": 40, "rf01": "yes"})
    assert done.returncode == 6
    assert "emergency department" in done.stdout
    assert assess(run, {"age": 40, "rf01": "no"}).returncode == 4


def test_an_emergency_in_a_running_episode_closes_the_plan_and_nothing_opens_it(
    assessed: Any, answers: dict[str, Any]
) -> None:
    assert assess(assessed, answers, rf01="yes").returncode == 6
    for words in (("today",), ("plan", "why", "hng"), ("plan", "show"), ("plan", "show", "--week", "2")):
        assert assessed(*words).returncode == 6, words
    shown = assessed("plan", "show", "--json")
    assert shown.returncode == 6
    weeks = json.loads(shown.stdout.splitlines()[0])["weeks"]
    assert len(weeks) == 12, "the days stay to be seen"
    assert [each["walk"] or each["habits"] for each in weeks] == [[]] * 12
    named = [given for week in weeks for session in week["sessions"] for given in session["prescriptions"]]
    assert named == [], "nothing that is to be done is named"
    assert not re.search(r"\b[a-z]{3}_\d", assessed("plan", "show").stdout)
    assert "get help now" in assessed("status").stdout
    assert assessed("checkin", "4").returncode == 0
    assert assessed("review", today="2026-11-30").returncode == 6
    cleared = assessed("assess", "--clear", "rf01", "--by", "doctor", "--name", "Ada Roe", "--on", "today")
    assert cleared.returncode == 6
    assert assessed("today").returncode == 6
    assert assess(assessed, answers).returncode == 0
    assert assessed("today").returncode == 0


def test_clinician_first_gives_urgency_reason_summary_and_unlocks_with_a_clearance(
    run: Any, answers: dict[str, Any]
) -> None:
    done = assess(run, answers, "--summary", rf12="yes", rf39="no", rf13="yes", rf38="no")
    assert done.returncode == 6
    assert "CA" in done.stdout
    assert "Answers:" in done.stdout
    for words in (("plan", "show"), ("progress",), ("review",)):
        refused = run(*words)
        assert refused.returncode == 6, words
        assert "coach today says whom to see" in refused.stderr
    assert run("status").stdout == "no plan yet · see a clinician first: coach today\n"
    found = json.loads(assess(run, answers, "--json", rf12="yes", rf39="no", rf13="yes", rf38="no").stdout)
    assert found["triage"]["level"] == "T1_CLINICIAN"
    assert found["triage"]["urgency"] == "same_day"
    assert found["plan"] is None
    assert run("today").returncode == 6
    assert run("assess", "--clear", "rf99", "--by", "doctor", "--name", "A", "--on", "today").returncode == 2
    for rule in ("ca", "rf13"):
        last = run("assess", "--clear", rule, "--by", "doctor", "--name", "Dr Ada Roe", "--on", "today")
    assert last.returncode == 0, last.stdout + last.stderr
    assert "T2_CAUTION" in run("today", "--json").stdout
    assert run("today").returncode == 0


def test_routine_referral_keeps_the_interim_kit(run: Any, answers: dict[str, Any]) -> None:
    done = assess(run, answers, rf13="yes")
    assert done.returncode == 6
    assert "walk" in run("today").stdout.lower()


def test_under_eighteen_there_is_no_plan(run: Any, answers: dict[str, Any], tmp_path: Path) -> None:
    done = assess(run, answers, age=16)
    assert done.returncode == 6
    assert list((tmp_path / "home").rglob("*.json")) == []


def test_a_caution_filters_and_shows_its_banner(run: Any, answers: dict[str, Any]) -> None:
    assert assess(run, answers, rf16="yes", rf17_sudden="no").returncode == 0
    found = json.loads(run("today", "--json").stdout)
    assert found["level"] == "T2_CAUTION"
    assert found["text"]
    plan = json.loads(run("plan", "show", "--json").stdout)
    used = {
        each["exercise"] for week in plan["weeks"] for s in week["sessions"] for each in s["prescriptions"]
    }
    assert used
    assert not used & {"ant_3", "mob_9", "dir_4", "dir_5", "dir_6", "rot_5", "rot_6"}


def test_a_warning_sign_withholds_the_session_until_its_questions_are_answered(assessed: Any) -> None:
    done = assessed("checkin", "5", "--flag", "ms_legs", "--json")
    assert done.returncode == 0
    pending = json.loads(done.stdout)["safety"]["pending"]
    assert "rf05a" in pending
    assert assessed("today").returncode == 6
    some = json.dumps({"schema": "coach.answers/1", "answers": {"rf05a": "no"}})
    assert assessed("assess", "--rescreen", "--answers", "-", stdin=some).returncode == 4
    calm = json.dumps({"schema": "coach.answers/1", "answers": dict.fromkeys(pending, "no")})
    first = assessed("assess", "--rescreen", "--answers", "-", stdin=calm)
    if first.returncode == 4:  # some of the opened rows are not asked any more after a no
        asked = {key: "no" for key in pending if key not in first.stderr}
        calm = json.dumps({"schema": "coach.answers/1", "answers": asked})
        first = assessed("assess", "--rescreen", "--answers", "-", stdin=calm)
    assert first.returncode == 0, first.stderr
    assert assessed("today").returncode == 0


def test_the_weekly_questions_stop_the_review_where_they_must(assessed: Any, answers: dict[str, Any]) -> None:
    signs = json.dumps({"schema": "coach.answers/1", "answers": {**CALM, "ms_saddle": "yes"}})
    before = assessed("export", "decisions", today="2026-11-30").stdout
    held = assessed("review", "--answers", "-", stdin=signs, today="2026-11-30")
    assert held.returncode == 6
    assert assessed("export", "decisions", today="2026-11-30").stdout == before
    worse = json.dumps({"schema": "coach.answers/1", "answers": {**CALM, "ms_saddle": "yes", "rf01": "yes"}})
    stopped = assessed("review", "--answers", "-", stdin=worse, today="2026-11-30")
    assert stopped.returncode == 6
    assert "emergency department" in stopped.stdout
    assert assessed("today", today="2026-11-30").returncode == 6
    partial = json.dumps({"schema": "coach.answers/1", "answers": {"ms_saddle": "no"}})
    assert assessed("review", "--answers", "-", stdin=partial, today="2026-11-30").returncode in (4, 6)
