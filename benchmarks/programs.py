"""How long it takes to make a plan, to show twelve weeks, to review one: ``python benchmarks/programs.py``.

Prints the best and the median of many runs, in milliseconds. Reading the library and the
programme shape stands apart: a plan is made once, with a library that is at hand.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from stopwatch import measure

from coach.model.assessment import Profile
from coach.model.log import CheckIn, History, SessionLog
from coach.model.plan import Plan, Preferences
from coach.programs.evidence import gather
from coach.programs.library import Library, load_library
from coach.programs.phases import Template
from coach.programs.planfile import load_template
from coach.programs.prescribe import prescribe
from coach.programs.review import review
from coach.programs.rules import load_rules
from coach.programs.session import exercise_log
from coach.programs.week import build_week, forecast
from coach.programs.weekly import SCREEN_ITEMS

START = date(2026, 11, 23)
BUDGET_MS = 10.0
REVIEW_MS = 1.0


def reviews(library: Library, template: Template) -> list[tuple[str, float, float]]:
    """Measure a review of a full week: its evidence, the whole of it, and the week that it builds."""
    found = []
    for minutes in (25, 30):
        found += _review(library, template, minutes)
    return found


def _review(library: Library, template: Template, minutes: int) -> list[tuple[str, float, float]]:
    profile = Profile(id="p", date=START, primary="load", tier="e2", pain=4, walk_minutes=20)
    wishes = Preferences(
        session_minutes=minutes, equipment=("mat", "band", "weight", "step"), body_weight_kg=75
    )
    plan = prescribe(profile, wishes, template, library, start=START)
    today, rules = START + timedelta(days=7), load_rules()
    history = lived(plan)
    whole: dict[str, Any] = {"today": today, "screen": dict.fromkeys(SCREEN_ITEMS, "no")}
    made, after = review(plan, history, template, library, rules=rules, **whole)
    count = len(made.decisions)
    week, starts = after.week.number, after.week.starts
    return [
        (
            f"evidence of {count} exercises",
            *measure(lambda: gather(plan, history, template, library, rules, **whole), 300),
        ),
        (
            f"review of {count} exercises",
            *measure(lambda: review(plan, history, template, library, rules=rules, **whole), 300),
        ),
        (
            "  of it: the week it builds",
            *measure(lambda: build_week(after, week, starts, template, library), 300),
        ),
    ]


def lived(plan: Plan) -> History:
    """A week of check-ins and sessions, all done as prescribed."""
    days = [START + timedelta(days=offset) for offset in range(-21, 8)]
    checkins = tuple(CheckIn(date=day, pain=3, sleep_hours=7.5, sleep_quality=7, stress=3) for day in days)
    logs = []
    for session in plan.week.sessions:
        done = tuple(
            exercise_log(each, rpe=each.dose.mid_rpe, before=2, pain=2, form=0)
            for each in session.prescriptions
        )
        logs.append(
            SessionLog(
                id=f"{session.date}/{session.id}", session=session.id, date=session.date, exercises=done
            )
        )
    return History(checkins=checkins, sessions=tuple(logs))


def rows() -> list[tuple[str, float, float]]:
    """Measure each piece of work once."""
    library, template = load_library(), load_template("balanced")
    profile = Profile(
        id="p", date=START, primary="flex", secondary=("load",), tags=("flex", "flex_am"), walk_minutes=18
    )
    found: list[tuple[str, float, float]] = []
    for minutes in (20, 35, 60):
        wishes = Preferences(
            days_per_week=5, session_minutes=minutes, equipment=("mat", "band", "weight"), body_weight_kg=70
        )
        plan = prescribe(profile, wishes, template, library, start=START)

        def whole(wishes: Preferences = wishes) -> object:
            made = prescribe(profile, wishes, template, library, start=START)
            return forecast(made, template, library)

        found.append((f"prescribe and 12 weeks, {minutes} min", *measure(whole, 60)))
        found.append(
            (
                f"one week, {minutes} min",
                *measure(lambda plan=plan: build_week(plan, 5, START, template, library), 100),
            )
        )
    found += reviews(library, template)
    found.append(("read the library", *measure(load_library, 15)))
    found.append(("read the programme shape", *measure(lambda: load_template.__wrapped__("balanced"), 15)))
    return found


def main() -> None:
    """Print the table."""
    print(
        f"{'programs':<34}{'best ms':>10}{'median ms':>11}   budget {BUDGET_MS:g} ms for 12 weeks, "
        f"{REVIEW_MS:g} ms for a review of 10 exercises"
    )
    for name, best, median in rows():
        print(f"{name:<34}{best:>10.2f}{median:>11.2f}")


if __name__ == "__main__":
    main()
