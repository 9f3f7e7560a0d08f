"""People and wishes for the tests of programmes, and the reference table read on its own."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from coach.model.assessment import Finding, Profile, ProfileScore
from coach.model.plan import Plan, Preferences, Prescription, Week
from coach.programs.library import load_library
from coach.programs.planfile import load_template

LIBRARY = load_library()
TEMPLATE = load_template("balanced")
START = date(2026, 11, 23)
_LINES = (Path(__file__).parent / "data/exercises.csv").read_text(encoding="utf-8").splitlines()
TABLE = {row["id"]: row for row in csv.DictReader(_LINES)}
"""Table 5.2 of ``clinical.md``, typed in by itself: what the data files are compared with."""

PRIMARY = ("flex", "ext", "load", "mc", "glut", "asym", "neur", "unclear", "insufficient_data")
TAGS = ("flex_am", "flex", "ext", "ost", "preg", "pp", "surg", "neur", "bal", "htn", "sho", "kne", "wri")
EQUIPMENT = ("mat", "step", "band", "strap", "stick", "weight", "bike", "sofa", "helper")
ASSUMED = {"wall", "chair", "pillow", "table", "shoes"}
SURGERY = {"dir_4", "dir_5", "dir_6", "mob_9", "rot_4", "rot_5", "rot_6", "ext_7", "ext_8", "hng_9", "sqt_8"}
TESTS = (
    "mt_01",
    "mt_05",
    "mt_07",
    "mt_08",
    "mt_09",
    "mt_10",
    "mt_11",
    "mt_12",
    "mt_13",
    "mt_15",
    "mt_20",
    "mt_24",
)


def person(**fields: object) -> Profile:
    """Return a person with nothing special, and what is given."""
    plain = {"id": "p", "date": START, "primary": "unclear", "tier": "e2", "level": "T3_CLEAR"}
    return Profile(**{**plain, **fields})


def wishes(**fields: object) -> Preferences:
    """Return three sessions of 20 minutes with mat, band and weights, and what is given."""
    plain = {"equipment": ("mat", "band", "weight"), "body_weight_kg": 70.0}
    return Preferences(**{**plain, **fields})


def subset(values: tuple[str, ...], most: int = 9) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sets(st.sampled_from(values), max_size=most).map(
        lambda chosen: tuple(v for v in values if v in chosen)
    )


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    modulators = ("sleep", "stress", "ergo", "psy")
    active = draw(subset(modulators))
    primary = draw(st.sampled_from(PRIMARY))
    level = draw(st.sampled_from(("T2_CAUTION", "T3_CLEAR")))
    found = draw(subset(TESTS))
    return Profile(
        id="profile-2026-11-23",
        date=START,
        primary=primary,
        secondary=tuple(p for p in draw(subset(PRIMARY[:7]))[:2] if p != primary),
        active=active,
        watch=tuple(m for m in draw(subset(modulators)) if m not in active),
        scores=tuple(
            ProfileScore(id=m, score=draw(st.integers(0, 10)), coverage=1, status="likely") for m in active
        ),
        tier=draw(st.sampled_from(("e1", "e2", "e3"))),
        level=level,
        tags=draw(subset(TAGS, 3)),
        qualifiers=draw(subset(("late", "flat_supine", "fracture", "end_range"))),
        notes=draw(st.sampled_from(((), ("direction_mixed",), ("widespread",)))),
        eased=draw(subset(("flexion", "extension", "side"))),
        findings=tuple(Finding(id=t, value=1, met=draw(st.sampled_from((True, False, None)))) for t in found),
        walk_minutes=draw(st.none() | st.integers(1, 30)),
        activities=draw(st.sampled_from(((), ("gardening",), ("{activity}",)))),
    )


def preferences() -> st.SearchStrategy[Preferences]:
    return st.builds(
        Preferences,
        days_per_week=st.integers(1, 7),
        days=subset(("mon", "tue", "wed", "thu", "fri", "sat", "sun")),
        session_minutes=st.integers(5, 70),
        walk_minutes=st.integers(0, 250),
        equipment=subset(EQUIPMENT),
        floor=st.booleans(),
        body_weight_kg=st.none() | st.floats(38, 160),
        rise_time=st.sampled_from(("", "06:30")),
        session_time=st.sampled_from(("", "07:00", "18:00")),
    )


def barred(given: Prescription, plan: Plan, week: int, extra: tuple[str, ...] = ()) -> str:
    """Say why a prescription may not be there, by the table and the words of 5.1 alone."""
    row = TABLE[given.exercise]
    tags = {*plan.tags, *extra} - ({"flex", "ext"} if week > 4 else set())
    for avoid in row["avoid"].split():
        tag, _, qualifier = avoid.partition(":")
        if tag == "flex_am":
            times = plan.preferences.rise_time, plan.preferences.session_time
            if times == ("06:30", "07:00"):
                return avoid
        elif tag in tags and (
            qualifier in ("", "without_supervision", "only_if_neutral", "unless_cleared")
            or (qualifier == "wk1_4" and week <= 4)
            or (qualifier in ("late", "fracture") and qualifier in plan.qualifiers)
        ):
            return avoid
    if "surg" in tags and given.exercise in SURGERY:
        return "surg"
    return _by_place(given, plan)


def _by_place(given: Prescription, plan: Plan) -> str:
    exercise = LIBRARY.exercises[given.exercise]
    substitutes = {"weight", "step"} | set(exercise.instead)
    for item in TABLE[given.exercise]["equipment"].split():
        if item not in ASSUMED and item not in plan.preferences.equipment and item not in substitutes:
            return item
    lying = (
        "supine",
        "prone",
        "side-lying",
        "hands-knees",
        "half-kneel",
        "floor sit",
        "crook lying",
        "seated bridge",
    )
    if not plan.preferences.floor and exercise.position.startswith(lying) and given.ladder != "ext":
        return "floor"
    if exercise.direction == "flexion" and given.ladder == "dir" and "flexion" not in plan.eased:
        return "direction"
    return ""


def everywhere(plan: Plan, weeks: tuple[Week, ...]) -> list[tuple[int, Prescription]]:
    """Return every prescription that a plan shows, with the week it is for."""
    found: list[tuple[int, Prescription]] = []
    for week in weeks:
        found += [(week.number, each) for session in week.sessions for each in session.prescriptions]
        found += [(week.number, habit.prescription) for habit in week.habits if habit.prescription]
        found += [(week.number, week.walk.prescription)] if week.walk else []
    for standing in (*plan.standing, *((plan.walk,) if plan.walk else ())):
        week = standing.since_week if standing.deferred else 1
        found += [(week, standing.prescription), *((week, each) for each in standing.easier)]
    return found
