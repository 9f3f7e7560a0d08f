"""The interview in a real terminal: lists of signs, back, pause, corrections, and kill -9 anywhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pty_case import Terminal

from coach import Coach
from coach.model.assessment import Answers
from coach.questionnaires.catalogue import items, load_instruments
from coach.questionnaires.interview import Step, next_step

ALL = load_instruments()
KNOWN = items(ALL)
PROMPT = "\n> "
DAY = "2026-11-23"
TOLD: dict[str, Any] = {
    "rf16": "yes", "rf17_sudden": "no", "rf06c": "unsure", "rf06c_again": "no", "rf35": "unsure",
    "leg_pain": "yes", "leg_below": "no", "leg_irritable": "no", "rf26_leg": "no", "rf26_growing": "no",
    "psfs_count": 1, "sex": None,
}  # fmt: skip
"""What this person says besides the plain answers: a list with a yes, an unsure, a re-ask, a way round."""


@pytest.fixture
def person(answers: dict[str, Any]) -> dict[str, Any]:
    return {**answers, **TOLD}


def kept(home: Path) -> tuple[Answers, frozenset[str], list[str]]:
    """Answers, skipped and order of the interview that lies in the home."""
    file = home / "assessment.json"
    if not file.exists():
        return {}, frozenset(), []
    found = json.loads(file.read_text())
    values = {key: tuple(v) if isinstance(v, list) else v for key, v in found["answers"].items()}
    return values, frozenset(found["skipped"]), found["order"]


def standing(home: Path, *, grouped: bool = True) -> Step:
    values, skipped, _ = kept(home)
    return next_step(ALL, values, skipped=skipped, grouped=grouped)


def typed(step: Step, person: dict[str, Any]) -> str:
    """What the person types at a question."""
    if step.group is not None:
        marks = {"yes": "", "unsure": "?"}
        said = [
            f"{number}{marks[person.get(key, 'no')]}"
            for number, key in enumerate(step.group.items, 1)
            if person.get(key, "no") != "no"
        ]
        return " ".join(said) or "0"
    assert step.item is not None
    value = person.get(f"{step.item.id}_again" if step.re_ask else step.item.id)
    if value is None:
        return "no" if step.item.required else "-"
    if isinstance(value, list | tuple):
        return " ".join(value) or "none"
    return str(value)


def live(home: Path, person: dict[str, Any], every: int, *, grouped: bool = True) -> int:
    """The whole interview, killed after so many answers each time; how many questions were put."""
    put = 0
    more = () if grouped else ("--one-by-one",)
    while True:
        resume = ("--resume",) if (home / "assessment.json").exists() else ()
        terminal = Terminal(home, "assess", *resume, *more, today=DAY)
        terminal.until(PROMPT)
        for _ in range(every):
            step = standing(home, grouped=grouped)
            before = kept(home)
            terminal.type(typed(step, person))
            put += 1
            assert put < 200, terminal.text[-3000:]
            if _last(home, step, person, grouped):
                assert terminal.ended() == 0, terminal.text[-3000:]
                return put
            terminal.until(PROMPT)
            after = kept(home)
            assert after != before, f"not saved: {terminal.text[-1500:]}"
            assert before[0].items() <= after[0].items(), "an answer was lost"
        terminal.kill()
        assert kept(home) == after


def _last(home: Path, step: Step, person: dict[str, Any], grouped: bool) -> bool:
    """Whether this answer ends the interview."""
    values, skipped, _ = kept(home)
    if step.group is not None or step.item is None:
        return False
    done = next_step(ALL, values, skipped=skipped | {step.item.id}, grouped=grouped)
    return done.item is None


def same(one: Path, other: Path) -> None:
    """Two homes hold the same assessment."""
    found = []
    for home in (one, other):
        coach = Coach.open(home, today=DAY)
        plan = coach.plan()
        found.append((coach.answers(), plan.standing, plan.week, plan.primary, plan.tags, plan.level))
    assert found[0] == found[1]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home where the interview ran through without a stop."""
    import tomllib

    text = (Path(__file__).resolve().parent.parent / "coach" / "demo.toml").read_text(encoding="utf-8")
    home = tmp_path_factory.mktemp("whole") / "home"
    put = live(home, {**tomllib.loads(text)["answers"], **TOLD}, 10_000)
    assert put <= 55
    return home


def test_the_interview_leads_to_a_plan(whole: Path) -> None:
    coach = Coach.open(whole, today=DAY)
    answers = coach.answers()
    assert {key: answers.get(key) for key in ("rf16", "rf06c", "rf35", "leg_pain", "rf01")} == {
        "rf16": "yes", "rf06c": "no", "rf35": "unsure", "leg_pain": "yes", "rf01": "no",
    }  # fmt: skip
    assert "ost" in coach.plan().tags
    assert not (whole / "assessment.json").exists()
    offers = coach.today().offers
    assert "coach assess --more" in offers[0]


@pytest.mark.parametrize("every", [7, 19])
def test_killed_at_some_questions_nothing_is_lost(
    tmp_path: Path, person: dict[str, Any], whole: Path, every: int
) -> None:
    live(tmp_path / "home", person, every)
    same(tmp_path / "home", whole)


@pytest.mark.long
def test_killed_at_every_single_question_nothing_is_lost(
    tmp_path: Path, person: dict[str, Any], whole: Path
) -> None:
    live(tmp_path / "home", person, 1)
    same(tmp_path / "home", whole)


@pytest.mark.long
def test_one_by_one_and_killed_at_every_question(tmp_path: Path, person: dict[str, Any], whole: Path) -> None:
    put = live(tmp_path / "home", person, 1, grouped=False)
    assert put > 80
    same(tmp_path / "home", whole)


def test_killed_before_an_answer_and_in_the_middle_of_one(tmp_path: Path) -> None:
    home = tmp_path / "home"
    terminal = Terminal(home, "assess", today=DAY)
    terminal.until(PROMPT)
    terminal.type("46", "female", "2?")
    terminal.until("harder to start")  # the re-ask of the list is on the screen
    terminal.until(PROMPT)
    seen = kept(home)
    assert seen[2] == ["age", "sex", "rf01", "rf02", "rf03", "rf04"]
    terminal.kill()
    assert kept(home) == seen
    again = Terminal(home, "assess", "--resume", today=DAY)
    again.until(PROMPT)
    again.type("no")
    again.kill()  # at once: the answer is whole, or was never given
    assert kept(home)[0].get("rf02_again") in ("no", None)
    assert set(kept(home)[0]) >= {"age", "sex", "rf01", "rf02", "rf03", "rf04"}


def test_back_takes_a_list_back_as_the_one_question_it_was(tmp_path: Path) -> None:
    home = tmp_path / "home"
    terminal = Terminal(home, "assess", today=DAY)
    terminal.until(PROMPT)
    terminal.type("46", "female")
    terminal.until("Since this pain began")
    terminal.until(PROMPT)
    terminal.type("0")
    terminal.until("Your legs")
    terminal.until(PROMPT)
    assert kept(home)[0]["rf04"] == "no"
    terminal.type("<")
    terminal.until("Since this pain began")
    terminal.until(PROMPT)
    assert kept(home)[2] == ["age", "sex"]
    assert set(kept(home)[0]) == {"age", "sex"}
    terminal.type("<")
    terminal.until("Which sex")
    terminal.until(PROMPT)
    assert kept(home)[2] == ["age"]
    terminal.kill()
    resumed = Terminal(home, "assess", "--resume", today=DAY)
    resumed.until("Which sex")
    resumed.until(PROMPT)
    resumed.type("<", "<")
    resumed.until("How old")
    resumed.until("This is the first question")
    resumed.kill()


def test_why_and_what_cannot_be_meant_and_pause(tmp_path: Path) -> None:
    home = tmp_path / "home"
    terminal = Terminal(home, "assess", today=DAY)
    terminal.until(PROMPT)
    terminal.type("46", "-")
    terminal.until("0 none of these")
    terminal.until(PROMPT)
    terminal.type("?")
    said = terminal.until(PROMPT)
    assert KNOWN["rf01"].text[:40] in said
    assert "Why:" in said
    for wrong, says in (
        ("", "This one is needed"),
        ("9", "from 1 to 4"),
        ("0 1", "not both"),
        ("x", "found"),
    ):
        terminal.type(wrong)
        assert says in terminal.until(PROMPT), wrong
    assert "rf01" not in kept(home)[0]
    terminal.type("q")
    assert terminal.ended() == 0
    assert "Every answer is saved" in terminal.text


def test_an_emergency_in_a_list_stops_at_once_and_keeps_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    terminal = Terminal(home, "assess", today=DAY)
    terminal.until(PROMPT)
    terminal.type("46", "-", "1")
    terminal.until("(y or n; Enter: no)")
    terminal.type("n")
    assert terminal.ended() == 6
    assert "emergency" in terminal.text.lower()
    assert not (home / "journal" / "episodes").exists() or not list((home / "journal" / "episodes").iterdir())


def test_an_answer_is_corrected_on_the_way(tmp_path: Path) -> None:
    home = tmp_path / "home"
    terminal = Terminal(home, "assess", today=DAY)
    terminal.until(PROMPT)
    terminal.type("46", "male", "0")
    terminal.until("Your legs")
    terminal.until(PROMPT)
    terminal.type("c")
    assert "age            46" in terminal.until("To correct one")
    terminal.until(PROMPT)
    terminal.type("c rf99")
    terminal.until("There is no answer")
    terminal.until(PROMPT)
    terminal.type("c sex")
    terminal.until("Which sex")
    terminal.until(PROMPT)
    terminal.type("1")
    said = terminal.until("Saved: sex is now female.")
    assert "This also asks: rf19, rf20" in said
    terminal.until("Your legs")
    terminal.until(PROMPT)
    assert kept(home)[0]["sex"] == "female"
    assert kept(home)[2][:2] == ["age", "sex"]
    terminal.kill()


# -- correcting what is on file ------------------------------------------------------------------------


def test_a_correction_on_file_says_what_follows(assessed: Any) -> None:
    done = assessed("assess", "--change", "rf16=yes", "--change", "rf17_sudden=no", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["schema"] == "coach.assess-change/1"
    assert found["level"] == {"before": "T3_CLEAR", "after": "T2_CAUTION"}
    assert found["plan"] == {"before": "v1", "after": "v2"}
    assert [(each["item"], each["before"], each["after"]) for each in found["corrections"]] == [
        ("rf16", "no", "yes"),
        ("rf17_sudden", None, "no"),
    ]
    text = assessed("assess", "--change", "rf16=no").stdout
    assert "yes -> no" in text
    assert "rf17_sudden" in text
    assert "safety level: T2_CAUTION -> T3_CLEAR" in text
    nothing = assessed("assess", "--change", "cue=after lunch").stdout
    assert "as they were" in nothing


def test_a_correction_that_opens_questions_waits_for_their_answers(assessed: Any) -> None:
    done = assessed("assess", "--change", "rf16=yes")
    assert done.returncode == 4
    assert "rf17_sudden" in done.stderr
    assert json.loads(assessed("plan", "show", "--json").stdout)["plan"] == "v1"


def test_a_correction_to_an_emergency_closes_the_plan(assessed: Any) -> None:
    done = assessed("assess", "--change", "rf01=yes")
    assert done.returncode == 6
    assert "emergency" in done.stdout.lower()
    assert assessed("today").returncode == 6


@pytest.mark.parametrize(
    ("word", "code", "says"),
    [
        ("rf240=yes", 2, "did you mean: rf24"),
        ("rf24", 2, "--change rf24=ANSWER"),
        ("rf24=maybe", 2, "expected yes, no or unsure"),
        ("age=200", 2, "from 0 to 120"),
    ],
)
def test_corrections_that_cannot_be_meant(assessed: Any, word: str, code: int, says: str) -> None:
    done = assessed("assess", "--change", word)
    assert done.returncode == code, done.stderr
    assert says in done.stderr


def test_without_an_assessment_there_is_nothing_to_correct(run: Any) -> None:
    assert run("assess", "--change", "age=40").returncode == 3


# -- later -------------------------------------------------------------------------------------------------


def test_the_rest_is_offered_answered_and_offered_no_more(
    run: Any, answers: dict[str, Any], tmp_path: Path
) -> None:
    later = {key for key, item in KNOWN.items() if item.depth} | {
        key for key in KNOWN if key.startswith("mt_")
    }
    first = {key: value for key, value in answers.items() if key not in later and not key.startswith("rf29")}
    file = tmp_path / "first.json"
    file.write_text(json.dumps({"schema": "coach.answers/1", "answers": first}))
    assert run("assess", "--answers", str(file)).returncode == 0
    assert "minutes of questions make the plan fit better: coach assess --more" in run("today").stdout
    rest = {key: value for key, value in answers.items() if KNOWN[key].depth and key not in ("has_tests",)}
    file.write_text(json.dumps({"schema": "coach.answers/1", "answers": {**rest, "has_tests": "no"}}))
    more = run("assess", "--more", "--answers", str(file))
    assert more.returncode == 0, more.stderr
    assert "assess --more" not in run("today").stdout
    assert "coach test" in run("today", today="2026-11-24").stdout
    found = Coach.open(tmp_path / "home", today=DAY).answers()
    assert found["eac_1"] == answers["eac_1"]
    assert found["rf01"] == "no"
