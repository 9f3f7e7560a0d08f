"""Hold, swap, the small plan, relief and replay, as typed commands in real processes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

CALM = dict.fromkeys(("ms_saddle", "ms_legs", "ms_leg_new", "ms_unwell", "ms_trauma", "ms_different"), "no")
NEXT = "2026-11-30"


def document(done: Any, name: str) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["schema"] == f"coach.{name}/1"
    return found


def today(run: Any) -> list[str]:
    found = document(run("today", "--json"), "today")["day"]
    return [each["exercise"] for each in found["session"]["prescriptions"]]


def offered(run: Any, exercise: str, *more: str) -> list[str]:
    done = run("swap", exercise, *more, "--json")
    return [each["id"] for each in document(done, "swap")["choices"]] if done.returncode == 0 else []


def swappable(run: Any) -> str:
    """An exercise of today for which there is a choice."""
    return next(each for each in today(run) if offered(run, each))


def test_swapping_lists_takes_and_takes_back(assessed: Any) -> None:
    name = swappable(assessed)
    listed = assessed("swap", name)
    assert listed.returncode == 0
    choices = offered(assessed, name)
    assert choices
    for each in choices:
        assert f"  {each}" in listed.stdout
    assert f"coach swap {name} --to {choices[0]}" in listed.stdout
    before = today(assessed)
    done = assessed("swap", name.replace("_", "-"), "--to", choices[0])
    assert (done.returncode, done.stdout) == (0, "")
    assert choices[0] in today(assessed)
    assert name not in today(assessed)
    history = document(assessed("plan", "history", "--json"), "plan-history")["versions"]
    assert [(each["id"], each["reason"]["rule"]) for each in history][-1] == ("v2", "user_swap")
    why = assessed("plan", "why", choices[0])
    assert "You chose it" in why.stdout
    assert assessed("undo").returncode == 0
    assert today(assessed) == before


def test_swapping_for_today_only(assessed: Any) -> None:
    name = next(each for each in today(assessed) if each.startswith(("hng", "sqt")))
    choice = offered(assessed, name, "--for-today")[-1]
    assert choice[:3] in ("hng", "sqt")
    assert (
        f"--to {offered(assessed, name, '--for-today')[0]} --for-today"
        in assessed("swap", name, "--for-today").stdout
    )
    assert document(assessed("swap", name, "--to", choice, "--for-today", "--json"), "swap")["saved"]
    assert choice in today(assessed)
    week = document(assessed("plan", "show", "--week", "1", "--json"), "plan-show")["weeks"][0]
    assert [p["exercise"] for p in week["sessions"][1]["prescriptions"]].count(name) + [
        p["exercise"] for s in week["sessions"] for p in s["prescriptions"]
    ].count(choice) > 1
    assert assessed("log", choice, "--rpe", "4").returncode == 0
    assert assessed("plan", "replay").returncode == 0


@pytest.mark.parametrize(("words", "code", "said"), [
    (("nothing",), 2, "is not in your plan"),
    (("dis", "--to", "hng_9"), 2, "cannot take the place"),
    (("dis", "--to", "dis_7"), 2, "cannot take the place"),
    (("dis", "--to", "nothing"), 2, "cannot take the place"),
    (("hng",), 3, "leave no choice"),
    (("hng", "--for-today"), 3, "not in a session that is due today"),
    ((), 2, "exercise"),
])  # fmt: skip
def test_what_cannot_be_swapped_is_said(assessed: Any, words: tuple[str, ...], code: int, said: str) -> None:
    done = assessed("swap", *words)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert len(document(assessed("plan", "history", "--json"), "plan-history")["versions"]) == 1


def test_a_warning_sign_closes_these_too(assessed: Any) -> None:
    name = swappable(assessed)
    assert assessed("checkin", "4", "--flag", "ms_legs").returncode == 0
    for words in (("swap", name), ("review", "--hold", name), ("plan", "minimum", "on")):
        assert assessed(*words).returncode == 6


def test_holding_an_exercise_over_a_review(assessed: Any, tmp_path: Path) -> None:
    name = today(assessed)[1]
    found = document(assessed("review", "--hold", name, "--json"), "review-hold")
    assert found["held"] == [name]
    assert assessed("review", "--hold", "nothing").returncode == 2
    for day in ("23", "25", "27"):
        date = f"2026-11-{day}"
        values = ("--pain", "2", "--sleep", "8", "--sleep-quality", "8", "--stress", "2")
        assert assessed("checkin", *values, today=date).returncode == 0
        felt = ("--rpe", "4", "--before", "2", "--pain", "2", "--form", "good")
        assert assessed("log", "--done", "all", *felt, today=date).returncode == 0
    screen = tmp_path / "week.json"
    screen.write_text(json.dumps({"schema": "coach.answers/1", "answers": CALM}))
    done = document(assessed("review", "--answers", str(screen), "--json", today=NEXT), "review")["review"]
    card = next(each for each in done["decisions"] if each["id"] == name)
    assert card["action"] == "hold"
    assert card["before"] == card["after"]
    assert assessed("plan", "replay", today=NEXT).returncode == 0
    # a wish to hold after a review leaves its veto open
    rise = next((each["id"] for each in done["decisions"] if each["action"] in ("add", "advance")), None)
    assert assessed("review", "--hold", name, today=NEXT).returncode == 0
    if rise:
        assert assessed("review", "--veto", rise, today=NEXT).returncode == 0
    assert assessed("plan", "replay", today=NEXT).returncode == 0


def test_the_small_plan_on_and_off(assessed: Any) -> None:
    before = document(assessed("plan", "show", "--json"), "plan-show")["weeks"][0]
    on = document(assessed("plan", "minimum", "on", "--json"), "plan-minimum")
    assert on["minimum"]
    week = on["plan"]["week"]
    assert len(week["sessions"]) == 2 < len(before["sessions"])
    assert all(each["minutes"] <= 15 for each in week["sessions"])
    assert week["walk"]
    assert assessed("plan", "minimum", "on").returncode == 3
    assert assessed("plan", "minimum", "perhaps").returncode == 2
    assert document(assessed("plan", "minimum", "off", "--json"), "plan-minimum")["minimum"] is False
    assert assessed("plan", "replay").returncode == 0
    assert assessed("undo", "2").returncode == 0
    assert document(assessed("plan", "show", "--json"), "plan-show")["weeks"][0] == before


def test_what_eased_is_noted_and_adds_up(assessed: Any) -> None:
    ladder = "pel"
    done = document(assessed("checkin", "4", "--eased", ladder, "--json"), "checkin")
    assert done["checkin"]["relief"] == [ladder]
    other = document(assessed("checkin", "--eased", "hng", "--json"), "checkin")
    assert other["checkin"]["relief"] == [ladder, "hng"]
    refused = assessed("checkin", "--eased", "nothing")
    assert refused.returncode == 2
    assert "is not in your plan" in refused.stderr


def test_replay_prints_a_line_a_version_and_finds_what_was_changed(assessed: Any, tmp_path: Path) -> None:
    done = assessed("plan", "replay")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1
    assert done.stdout.startswith("v1 ")
    assert "the same" in done.stdout
    found = document(assessed("plan", "replay", "--json"), "plan-replay")
    assert found["same"]
    assert [each["status"] for each in found["versions"]] == ["same"]
    from coach import Coach

    coach = Coach.open(tmp_path / "home", today="2026-11-23")
    with coach._desk.write("tampering") as writing:
        doc = writing.docs("plan")[0]
        doc["standing"][0]["dose"]["sets"] = 9
        writing.drop("plan", "v1")
        writing.take("plan", doc)
    tampered = assessed("plan", "replay")
    assert tampered.returncode == 1
    assert "differs at plan.standing.0.dose.sets: stored 9" in tampered.stdout
    assert not json.loads(assessed("plan", "replay", "--json").stdout)["same"]


def test_correcting_a_reviewed_day_marks_its_cards(assessed: Any, tmp_path: Path) -> None:
    for day in ("23", "25", "27"):
        values = ("--pain", "2", "--sleep", "8", "--sleep-quality", "8", "--stress", "2")
        assert assessed("checkin", *values, today=f"2026-11-{day}").returncode == 0
    assert assessed("log", "--done", "all", "--rpe", "4", "--before", "2", "--pain", "2").returncode == 0
    assert assessed("review", today=NEXT).returncode == 0
    assert assessed("checkin", "9", "--date", "2026-11-25", today=NEXT).returncode == 0
    why = assessed("plan", "why", "hng", today=NEXT)
    assert "an entry was corrected since" in why.stdout
    assert assessed("plan", "replay", today=NEXT).returncode == 0
