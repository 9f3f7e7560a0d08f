"""A new plan file: from a built-in plan, or from the plan a person has now."""

from __future__ import annotations

import re
from typing import Any

from coach.model.exercise import Dose, Exercise
from coach.model.plan import Bounds, Plan, Standing
from coach.model.planfile import PlanFile
from coach.model.planlines import (
    DoseLine,
    ExerciseLine,
    FileBounds,
    FlareLine,
    GapLine,
    HabitLine,
    LadderLine,
    Load,
)
from coach.programs.library import Library
from coach.programs.planlang.builtin import built_in, example_text
from coach.programs.planlang.doses import LIMITS
from coach.programs.planlang.writing import write_plan_file

_AMOUNTS = ("reps", "metres", "minutes", "rounds", "hold_s")

STARTER = """\
# What each line may say: docs/planfile.md of coach. Check the file at any time: coach planfile check FILE

# author: Your name
# clinic: Your clinic
# goals: [What the person wants to do again]
# patient: A text that the person reads first.
# colleague: A note for colleagues.
# days: 2-3
# minutes: 15-25

# Without exercises the coach chooses them from the answers of the person.
# choose: listed
# exercises:
#   - id: hng_2                   # coach library lists them all
#     dose: 3 x 8-12, rest 60-90 s, effort 4-5
#     by_week:
#       weeks 1-2: 2 x 8
#     pain: 3
# ladders:
#   - ladder: hng
#     up: worst_pain <= 3 and count(morning_after >= 2, 7 days) == 0
# rules:
#   - id: sore_mornings
#     scope: c3
#     when: count(morning_after >= 2, 7 days) >= 2
#     then: [reduce 20 % for 7 days, no load step]
#     say: "Two sore mornings: we keep the movement and trim the dose."
# bounds:
#   ask_therapist: worst_pain >= 8 or flares >= 3
#   sessions: 3
#   minutes: 30
"""


def id_of(name: str) -> str:
    """An id made of the name of a file."""
    stem = re.sub(r"\.(ya?ml|csv|xlsx)$", "", name.rsplit("/", 1)[-1].lower())
    made = re.sub(r"[^a-z0-9]+", "_", stem).strip("_")[:40].rstrip("_")
    return made if made[:1].isalpha() else f"plan_{made}"[:40].rstrip("_")


def of_example(source: str, name: str) -> str:
    """An example as a file of one's own: its text under the id that the name of the file gives."""
    text = re.sub(r"^id: .*$", f"id: {id_of(name)}", example_text(source), count=1, flags=re.MULTILINE)
    return f"# yaml-language-server: $schema=./coach-plan.schema.json\n{text}"


def starter(template: str, name: str, title: str) -> str:
    """The text of a new file over a built-in plan: it reads as it stands, and shows what may be added."""
    head = write_plan_file(PlanFile(id=id_of(name), title=title, extends=template))
    return f"{head}\n{STARTER}"


def of_plan(plan: Plan, library: Library, name: str, title: str) -> PlanFile:
    """A person's plan as a file: the exercises of now at their doses, free to go on by review."""
    every = (*plan.standing, *((plan.walk,) if plan.walk is not None else ()))
    standing = [each for each in every if each.exercise in library.exercises]
    ladders = {
        each.ladder: each.exercise for each in standing if not library.ladders[each.ladder].by_response
    }
    minutes = plan.preferences.session_minutes
    return PlanFile(
        id=id_of(name),
        title=title,
        extends=plan.template if plan.template in built_in() else "balanced",
        days=(plan.sessions_per_week, plan.sessions_per_week) if plan.sessions_per_week else None,
        minutes=(minutes, minutes) if 5 <= minutes <= 120 else None,
        choose="listed" if standing else "engine",
        exercises=tuple(_line(each, library.exercises[each.exercise], plan.bounds) for each in standing),
        ladders=tuple(LadderLine(ladder=each, start=rung) for each, rung in ladders.items()),
        habits=tuple(
            HabitLine(id=each.id, level=min(each.level, len(library.goals[each.id].levels)))
            for each in plan.week.habits
            if each.id in library.goals
        ),
        flare=FlareLine(back=plan.bounds.flare_back) if plan.bounds.flare_back else None,
        gap=tuple(GapLine(days=(first, last), percent=share) for first, last, share in plan.bounds.gaps),
        bounds=_bounds(plan),
    )


def _bounds(plan: Plan) -> FileBounds:
    usual = FileBounds()
    now = plan.bounds
    return FileBounds(
        engine_may=tuple(each for each in usual.engine_may if each in now.engine_may),
        patient_may=tuple(e for e in usual.patient_may if e in now.patient_may or e == "days"),
        sessions=now.max_sessions if now.max_sessions < Bounds().max_sessions else None,
        minutes=now.max_session_minutes,
        rise=now.rise,
        rungs=now.rungs,
    )


def _line(standing: Standing, exercise: Exercise, bounds: Bounds) -> ExerciseLine:
    dose = dose_line(standing.dose, exercise)
    return ExerciseLine(id=exercise.id, dose=dose, pain=bounds.pain.get(exercise.id))


def dose_line(dose: Dose, exercise: Exercise) -> DoseLine:
    """A dose as a line: from what it is now up to the top of the exercise."""
    found: dict[str, Any] = {}
    unit = next((each for each in _AMOUNTS if getattr(dose, each) is not None), "")
    for name in {unit, "hold_s"} - {""}:
        value = getattr(dose, name)
        if value is not None:
            low, high = LIMITS[name]
            least = min(max(int(value), low), high)
            top = int(exercise.top) if exercise.vary == name and exercise.top else least
            found[name] = (least, min(max(least, top), high))
    sets = min(max(dose.sets, 1), LIMITS["sets"][1])
    return DoseLine(
        sets=(sets, sets),
        sides=dose.sides == 2 and exercise.dose.sides == 2,
        rest_s=(dose.rest_s, dose.rest_s) if sets > 1 else None,
        load=_load(dose, exercise),
        effort=dose.rpe,
        **found,
    )


def _load(dose: Dose, exercise: Exercise) -> Load | None:
    if dose.load_kg is None or (exercise.load_kg is None and exercise.load_bw is None):
        return None
    start = round(dose.load_kg, 2)
    cap = max(exercise.load_kg[1], start) if exercise.load_kg else None
    return Load(start=start, cap=cap)
