"""Made-up people for the profile tests, after the worked examples of clinical.md 4.4."""

from __future__ import annotations

from datetime import date
from typing import Any

from coach.model.assessment import Answers, Profile, ProfileScore, Triage
from coach.questionnaires.catalogue import load_instruments, parse_answers
from coach.questionnaires.profile import profile

TODAY = date(2026, 11, 23)
CLEAR = Triage(level="T3_CLEAR")
RATINGS = (
    "sit",
    "stand",
    "walk",
    "bend",
    "arch",
    "lift",
    "twist",
    "trans",
    "morn",
    "stairs",
    "cough",
    "drive",
)

NOTHING: dict[str, Any] = {f"ag_{each}": 0 for each in RATINGS} | {
    "age": 39, "sex": "female", "leg_pain": "no", "leg_below": "no", "leg_ting": "no",
    "mvpa": 200, "rmdq": 0,
    "mt_01": "pass", "mt_02": "pass", "mt_03": "pass", "mt_04": "pass",
    "mt_05_back": "pass", "mt_05_forward": "pass", "mt_06": "pass",
    "mt_07": 8, "mt_09_l": 45, "mt_09_r": 45, "mt_09_drop": "no",
    "mt_10_l": 60, "mt_10_r": 60, "mt_10_variant": "full", "mt_11": 100, "mt_11_variant": "floor",
    "mt_12": 90, "mt_13_l": 50, "mt_13_r": 50, "mt_13_cramp": "no", "mt_14_l": 0, "mt_14_r": 0,
    "mt_15_stand": 0, "mt_15_stand_same": 3, "mt_15_squat": 0, "mt_15_squat_same": 3,
    "mt_16_l": 10, "mt_16_r": 10, "mt_17_ir_l": 30, "mt_17_ir_r": 30, "mt_17_er_l": 30, "mt_17_er_r": 30,
    "mt_19_pain": 4, "mt_19a_dpain": 0, "mt_19a_dloc": 0, "mt_19b_dpain": 0, "mt_19b_dloc": 0,
    "mt_20": 0, "mt_21": 0, "mt_24_knee_in": "no",
}  # fmt: skip
"""Everything mechanical answered, and nothing found."""

X1 = NOTHING | {
    "ag_sit": 1, "ag_bend": 1, "ag_walk": -1, "ag_lift": 2, "ag_morn": 1, "ag_trans": 1,
    "mt_19a_dpain": 1, "mt_03": "fail", "mt_04": "fail", "mt_14_l": 1, "mvpa": 40, "rmdq": 12,
    "mt_07": 13, "mt_11": 40, "mt_10_l": 20, "mt_10_r": 21,
    "sit_hours": 5, "sit_bout": 45, "lifts_day": 12, "stooped": "yes",
    "work_kind": "physical", "wk_worse": "no", "wk_off": "no",
}  # fmt: skip
X2 = NOTHING | {
    "ag_stand": 1, "ag_walk": 1, "ag_arch": 2, "ag_sit": -1, "ag_trans": 1,
    "mt_19a_dpain": -1, "mt_19b_dpain": 2, "mt_06": "fail", "mt_03": "fail",
    "leg_pain": "yes", "leg_below": "yes", "rmdq": 7, "mvpa": 100,
}  # fmt: skip
X3: dict[str, Any] = {
    "ag_bend": 2, "ag_sit": 1, "mvpa": 60,
    "sleepq": 4, "sleep_hours": 6.5, "sl_nights": 3, "sl_months": 2, "sl_bad": "yes", "sl_unref": 2,
    "yfc_1": 5, "yfc_2": 6, "yfc_3": 5, "yfc_4": 5, "yfc_5": 3, "yfc_6": 6, "phq4": 4,
}  # fmt: skip
X4 = NOTHING | {
    "ag_sit": 2, "ag_bend": 2, "ag_morn": 2, "ag_stand": 2, "ag_walk": 1, "ag_arch": 2, "ag_lift": 2,
    "ag_stairs": 1, "ag_twist": 1, "ag_trans": 2, "mt_19a_dpain": 2, "mt_19b_dpain": 3,
    "mt_01": "fail", "mt_03": "fail", "mt_05_forward": "fail", "mt_14_l": 2, "mt_14_r": 1, "mvpa": 20,
    "rmdq": 16, "mt_07": 14, "mt_11": 30, "mt_12": 30, "start_group": "high", "phq4": 8,
    "yfc_6": 3, "yfc_2": 8,
}  # fmt: skip


def answers(raw: dict[str, Any]) -> Answers:
    """Answers as they come through the border."""
    return parse_answers(load_instruments(), raw)


def run(raw: dict[str, Any], triage: Triage = CLEAR, **more: Any) -> Profile:
    """The profile of raw answers."""
    return profile(answers(raw), triage, today=TODAY, **more)


def part(found: Profile, profile_id: str) -> ProfileScore:
    """The score of one profile."""
    return next(each for each in found.scores if each.id == profile_id)


def points(found: Profile) -> dict[str, float | None]:
    """All scores by profile."""
    return {each.id: each.score for each in found.scores}


def value(found: Profile, profile_id: str, feature: str) -> float | None:
    """Value of one feature."""
    return next(each.value for each in part(found, profile_id).features if each.id == feature)
