"""Movement tests, official forms and questionnaire files, in real processes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from journal_case import tree
from pty_case import Terminal

from coach import Coach

FORMS = Path(__file__).parent / "data" / "fhir"


def document(done: Any, name: str) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["schema"] == f"coach.{name}/1"
    return found


def nerve_check(run: Any, **changes: Any) -> Any:
    sides = [{"side": side, "values": {"heel": "pass", "toe": "pass", "raises": 5}} for side in ("l", "r")]
    sides[0]["values"] |= changes  # type: ignore[operator]
    return run("test", "mt_25", "--trials", "-", "--json", stdin=json.dumps(sides))


@pytest.fixture(scope="module")
def untested(tmp_path_factory: pytest.TempPathFactory, answers: dict[str, Any]) -> Path:
    """A home whose person has done no test yet; to be copied, not changed."""
    home = tmp_path_factory.mktemp("untested") / "home"
    bare = {key: value for key, value in answers.items() if not key.startswith(("mt_", "rf29"))}
    Coach.open(home, today="2026-11-23").assess({**bare, "has_tests": "no"})
    return home


@pytest.fixture
def fresh(run: Any, untested: Path, tmp_path: Path) -> Any:
    """A person who has done no test yet."""
    shutil.copytree(untested, tmp_path / "home")
    return run


def test_the_list_has_all_tests_in_order_with_two_days(fresh: Any) -> None:
    found = document(fresh("test", "--json"), "test")
    assert len(found["tests"]) == 26
    assert found["tests"][0]["test"] == "mt_25"
    assert len(found["sittings"]) >= 2
    assert all(sitting["minutes"] <= 35 for sitting in found["sittings"])


def test_the_nerve_check_comes_first_and_a_result_changes_the_profile(fresh: Any) -> None:
    early = fresh("test", "mt_07", "--value", "seconds=13", "--value", "arms=no")
    assert early.returncode == 2
    assert "mt_25" in early.stderr
    assert document(nerve_check(fresh), "test-result")["triage"]["level"] == "T3_CLEAR"
    done = document(
        fresh("test", "7", "--value", "seconds=13", "--value", "arms=no", "--json"), "test-result"
    )
    assert done["measured"]["answers"]["mt_07"] == 13
    listed = document(fresh("test", "--json"), "test")["tests"]
    assert {each["test"] for each in listed if each["status"] == "done"} == {"mt_25", "mt_07"}
    assert next(each for each in listed if each["test"] == "mt_08")["status"] == "instead"
    full = json.loads(fresh("export", "all").stdout)["episodes"][0]["tables"]
    load = next(s for s in list(full["profile"].values())[-1]["scores"] if s["id"] == "load")
    assert any("mt_07" in f["reads"] and f["value"] == 1 for f in load["features"])


def test_a_clear_side_difference_in_the_nerve_check_stops(fresh: Any) -> None:
    done = nerve_check(fresh, heel="fail")
    found = document(done, "test-result")
    assert found["triage"]["level"] == "T1_CLINICIAN"
    assert fresh("today").returncode == 6


def test_bad_results(fresh: Any, tmp_path: Path) -> None:
    nerve_check(fresh)
    before = tree(tmp_path / "home" / "journal")
    for words, word in (
        (("test", "mt_99"), "mt_01"),
        (("test", "mt_07"), "--value"),
        (("test", "mt_07", "--value", "seconds"), "NAME=VALUE"),
        (("test", "mt_07", "--value", "stairs=3"), "seconds"),
        (("test", "mt_07", "--value", "seconds=9999"), "seconds"),
        (("test", "mt_07", "--value", "seconds=11", "--stopped", "bored"), "pain"),
        (("assess", "--instrument", "odd"), "odi"),
        (("assess", "--instrument", "odi"), "--total"),
    ):
        done = fresh(*words)
        assert done.returncode == 2, (words, done.stderr)
        assert word in done.stderr, (words, done.stderr)
    for words, stdin in (
        (("test", "mt_07", "--trials", "-"), "[{]"),
        (("assess", "--instrument", "odi", "--total", "380"), None),
        (
            ("assess", "--instrument", "odi", "--answers", "-"),
            '{"schema": "coach.answers/1", "answers": {"item_99": 1}}',
        ),
        (("assess", "--questionnaire", "-"), "{}"),
        (("assess", "--questionnaire", "none.json"), None),
    ):
        done = fresh(*words, stdin=stdin)
        assert done.returncode == 4, (words, done.stderr)
        assert "Traceback" not in done.stderr
    assert tree(tmp_path / "home" / "journal") == before


def test_an_official_form_is_scored_kept_and_read_by_the_profile(assessed: Any) -> None:
    found = document(
        assessed("assess", "--instrument", "odi", "--total", "38", "--json"), "assess-instrument"
    )
    assert (found["score"]["value"], found["score"]["band"]) == (38, "moderate")
    items = {
        f"item_{n}": v for n, v in enumerate([2, 1, 3, 1, 3, 2, 1, None, 2, 2], start=1) if v is not None
    }
    text = json.dumps({"schema": "coach.answers/1", "answers": items})
    again = document(
        assessed("assess", "--instrument", "odi", "--answers", "-", "--json", stdin=text), "assess-instrument"
    )
    assert round(again["score"]["value"], 1) == 37.8
    assert assessed("assess", "--instrument", "phq4", "--total", "10").returncode == 0
    assert "T2_CAUTION" in assessed("today", "--json").stdout
    assert assessed("undo").returncode == 0
    assert "T2_CAUTION" not in assessed("today", "--json").stdout
    assert "phq4" not in assessed("export", "all").stdout.partition('"measures"')[2]


def test_progress_tells_every_measure_with_its_band(assessed: Any) -> None:
    assert assessed("assess", "--instrument", "odi", "--total", "38").returncode == 0
    assert assessed("assess", "--instrument", "odi", "--total", "33", today="2026-12-21").returncode == 0
    found = document(assessed("progress", "--measures", "--json", today="2026-12-21"), "progress-measures")
    odi = next(each for each in found["measures"] if each["measure"] == "odi")
    assert (odi["baseline"], odi["now"], odi["mdc"], odi["arrow"]) == (38, 33, 10, "")
    shown = assessed("progress", "--measures", today="2026-12-21").stdout
    assert "±10" in shown
    assert odi["text"] in shown


def test_a_questionnaire_file_is_run_scored_and_answered(assessed: Any, tmp_path: Path) -> None:
    given = {"q_days": "some", "q_floor": "hard", "q_less": "no", "q_far": "street", "q_sleep": "once"}
    text = json.dumps({"schema": "coach.answers/1", "answers": given})
    words = ("assess", "--questionnaire", str(FORMS / "back_day.json"), "--answers", "-")
    found = document(
        assessed(*words, "-o", str(tmp_path / "r.json"), "--json", stdin=text), "assess-questionnaire"
    )
    scores = {each["id"]: each["value"] for each in found["scores"]}
    assert (scores["q_points"], scores["q_share"]) == (6.5, 59.1)
    response = json.loads((tmp_path / "r.json").read_text())
    assert response["resourceType"] == "QuestionnaireResponse"
    assert response["status"] == "completed"
    kept = json.loads(assessed("export", "all").stdout)["episodes"][0]["tables"]["measures"]
    assert next(iter(kept.values()))["instrument"].startswith("fhir_")
    bad = json.dumps({"schema": "coach.answers/1", "answers": {**given, "q_flor": "hard"}})
    done = assessed(*words, stdin=bad)
    assert done.returncode == 4
    assert "q_floor" in done.stderr
    assert assessed("assess", "--questionnaire", str(FORMS / "back_day.json")).returncode == 2


def test_measuring_again_asks_only_what_changes_and_compares(assessed: Any, answers: dict[str, Any]) -> None:
    words = ("pain_", "psfs_", "eac_", "ag_", "sleep", "sl_", "stress", "st_", "yfc_")
    some = {key: value for key, value in answers.items() if key.startswith(words)} | {
        "pain_average": 2,
        "pain_now": 2,
    }
    text = json.dumps({"schema": "coach.answers/1", "answers": some})
    before = json.loads(assessed("export", "all").stdout)["episodes"][0]["tables"]["responses"]
    done = assessed("assess", "--again", "--answers", "-", stdin=text, today="2026-12-21")
    assert done.returncode == 0, done.stderr
    after = json.loads(assessed("export", "all").stdout)["episodes"][0]["tables"]["responses"]
    assert len(after) == len(before) + 1
    assert list(after.values())[-1]["answers"]["rf01"] == "no"
    found = document(assessed("progress", "--measures", "--json", today="2026-12-21"), "progress-measures")
    pain = next(each for each in found["measures"] if each["measure"] == "nprs")
    assert pain["change"] < 0
    assert pain["verdict"] == "meaningful_improvement"


def test_a_test_is_led_through_line_by_line(fresh: Any, tmp_path: Path) -> None:
    assert nerve_check(fresh).returncode == 0
    screen = Terminal(tmp_path / "home", "test", "mt_09")
    screen.until("Stop:")
    screen.until("Pain now")
    screen.type("eleven")
    screen.until("Once more, please")
    screen.type("2")
    screen.until("Left side, to practise")
    screen.until("does not count")
    screen.type("")
    screen.until("Left side, try 1 of 3")
    screen.until("or type the seconds)")
    screen.type("4")
    # the hip stayed level, pain 5 of 10, the pain one knows
    for asked, answer in (("Type 1 to 2:", "n"), ("(0 to 10)", "5"), ("(yes or no", "y")):
        screen.until(asked)
        screen.type(answer)
    screen.until("ends here")
    screen.type("")
    screen.until("Written down")
    assert screen.ended() == 0
    kept = json.loads(fresh("export", "all").stdout)["episodes"][0]["tables"]["tests"]
    done = next(each for each in kept.values() if each["test"] == "mt_09")
    assert done["pain_limited"] is True
    assert [each["stopped"] for each in done["trials"] if not each.get("practice")] == ["pain"]


def test_a_part_that_is_left_out_is_not_taken(run: Any, tmp_path: Path, answers: dict[str, Any]) -> None:
    bare = {key: value for key, value in answers.items() if not key.startswith(("mt_", "rf29"))}
    thin = {**bare, "has_tests": "no", "rf16": "yes", "rf17_sudden": "no"}
    text = json.dumps({"schema": "coach.answers/1", "answers": thin})
    assert run("assess", "--answers", "-", stdin=text).returncode == 0
    assert nerve_check(run).returncode == 0
    listed = {each["test"]: each for each in document(run("test", "--json"), "test")["tests"]}
    assert listed["mt_19"]["left_out"] == ["a"]
    before = tree(tmp_path / "home" / "journal")
    done = run(
        "test", "mt_19", "--trials", "-", stdin=json.dumps([{"part": "a", "values": {"pain_before": 2}}])
    )
    assert done.returncode == 6, done.stderr
    assert "thin bones" in done.stderr
    assert tree(tmp_path / "home" / "journal") == before
