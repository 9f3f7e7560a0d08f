"""The worked classification examples, from an answer file by command, in any order."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from tests.profile_case import X1, X2, X3, X4

WANTED = {
    "X1": (X1, "load", ("mc",), "high", ("ergo",), {"flex": 4.35, "load": 9.4, "mc": 5.1, "ergo": 6.25}),
    "X2": (X2, "ext", (), "high", (), {"ext": 7.7, "mc": 4.6, "neur": 2.0}),
    "X3": (X3, "insufficient_data", (), None, ("sleep",), {"sleep": 6.75, "psy": 4.5}),
    "X4": (X4, "load", ("mc",), "moderate", ("psy",), {"flex": 7.0, "ext": 6.6, "load": 10, "mc": 8}),
}


def calm(answers: dict[str, Any]) -> dict[str, Any]:
    """The safety screen and the wishes of the synthetic person, who reported nothing there."""
    words = (
        "rf",
        "leg_",
        "days",
        "session_",
        "walk_",
        "equipment",
        "floor",
        "joints",
        "units",
        "spine",
        "fall",
    )
    return {key: value for key, value in answers.items() if key.startswith(words)} | {
        "pain_now": 4,
        "pain_average": 4,
        "pain_worst": 6,
        "psfs_1_name": "garden",
        "psfs_1": 4,
    }


@pytest.mark.parametrize("name", list(WANTED))
def test_an_example_by_command(run: Any, answers: dict[str, Any], name: str) -> None:
    case, primary, secondary, confidence, active, scores = WANTED[name]
    given = (
        calm(answers)
        | {"age": 39, "sex": "female", "has_tests": "yes", "has_scores": "yes", "rf29": "no"}
        | case
    )
    if given.get("leg_pain") == "yes":
        given |= {"leg_irritable": "no", "rf26": "no", "rf26_leg": "no", "rf26_growing": "no"}
    if name == "X4":
        given["rf28"] = "no"  # opened by the mood score
    found = []
    for seed in (1, 2):
        items = list(given.items())
        random.Random(seed).shuffle(items)
        text = json.dumps({"schema": "coach.answers/1", "answers": dict(items)})
        done = run("assess", "--answers", "-", "--json", stdin=text)
        assert done.returncode == 0, (done.stderr, done.stdout[:300])
        found.append(json.loads(done.stdout)["profile"])
    profile = found[0]
    assert profile["primary"] == primary
    assert tuple(profile["secondary"]) == secondary
    assert profile["confidence"] == confidence
    assert set(active) <= set(profile["active"])
    shown = {each["id"]: each["score"] for each in profile["scores"]}
    for part, value in scores.items():
        assert abs(shown[part] - value) <= 0.051, (part, shown[part])
    assert [{**each, "id": ""} for each in found] == [{**profile, "id": ""}] * 2
