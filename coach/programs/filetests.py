"""Tests inside a plan file: an ordinary good week but for what is given, reviewed by the real engine.

The week is made of a made-up person's log; what comes of it is the weekly review itself, so a test that
passes shows what the file and the safety floor do together.
"""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from coach.model.assessment import Profile
from coach.model.exercise import Reason
from coach.model.log import SCREEN_ITEMS
from coach.model.noun import Noun
from coach.model.plan import Plan, Preferences, Standing
from coach.model.planlines import Outcome, Trial
from coach.model.review import Review
from coach.programs.allowed import Context, anything, why_not
from coach.programs.library import Library
from coach.programs.madeup import GOOD, START, Week
from coach.programs.orders import level_of_week
from coach.programs.phases import Template
from coach.programs.prescribe import NothingToPrescribe, prescribe
from coach.programs.prescription import standing, start_dose
from coach.programs.review import review
from coach.programs.week import build_week

_CALM = dict.fromkeys(SCREEN_ITEMS, "no")
_WORDS: dict[Outcome, str] = {
    "rises": "rises",
    "holds": "holds",
    "falls": "falls",
    "does_not_rise": "does not rise",
    "does_not_fall": "does not fall",
}
WISHES = Preferences(
    days_per_week=3,
    session_minutes=45,
    walk_minutes=150,
    equipment=("wall", "chair", "mat", "pillow", "table", "step", "band", "strap", "stick", "weight", "shoes",
               "sofa", "helper"),
    body_weight_kg=75,
)  # fmt: skip
"""A made-up person with every piece of equipment and time for all."""


class Tried(Noun, frozen=True, kw_only=True):
    """What came of one test."""

    name: str
    passed: bool
    lines: tuple[str, ...] = ()
    """What came otherwise than expected, and why, in words."""


def person(template: Template, library: Library) -> Plan:
    """The first plan of the made-up person under a file. Raises `NothingToPrescribe`."""
    profile = Profile(
        id="p1", date=START, primary="load", tier="e2", level="T3_CLEAR", pain=3, walk_minutes=20
    )
    return prescribe(profile, WISHES, template, library, start=START)


def run(trials: tuple[Trial, ...], template: Template, library: Library) -> tuple[Tried, ...]:
    """Run every test of a file; a file that leaves nothing to do fails them all."""
    if not trials:
        return ()
    try:
        first = person(template, library)
    except NothingToPrescribe as nothing:
        return tuple(Tried(name=each.name, passed=False, lines=(str(nothing),)) for each in trials)
    return tuple(_tried(each, first, template, library) for each in trials)


def _tried(trial: Trial, first: Plan, template: Template, library: Library) -> Tried:
    plan = _in_week(first, trial, template, library)
    given = {**_good_answers(template), **{each.measure: each.values for each in trial.given}}
    lines = []
    for expected in trial.expect:
        # the readings of sessions are those of the sessions with what the expectation is about
        week = Week(plan, given, expected.subject)
        before = replace(plan, asked=tuple(each for each in week.asked() if each.date < week.today))
        made, after = review(
            before,
            week.history(),
            template,
            library,
            today=week.today,
            screen=_CALM,
            asked={each.id: each.value for each in week.asked() if each.date == week.today},
        )
        lines += _judged(expected.subject, expected.outcome, before, made, after, library)
    return Tried(name=trial.name, passed=not lines, lines=tuple(dict.fromkeys(lines)))


def _good_answers(template: Template) -> dict[str, tuple[float, ...]]:
    """The answers of a good week to the questions of the file: the good end of each scale."""
    asks = template.orders.file.asks if template.orders is not None else ()
    return {
        f"ask.{each.id}": (float(each.scale[1] if each.better == "high" else each.scale[0]),) for each in asks
    }


def _in_week(first: Plan, trial: Trial, template: Template, library: Library) -> Plan:
    """The plan as it stands in the week of the test, after good weeks, every subject in it."""
    number = trial.week
    starts = first.start + timedelta(days=7 * (number - 1))
    plan = replace(
        first,
        gates=_gates(library),
        completion=(100.0,) * (number - 1),
        readiness=(GOOD.readiness,) * (number - 1),
        pain=(GOOD.pain,) * (number - 1),
        kinds=("loaded",) * (number - 1),
        hard_sets=(40.0,) * (number - 1),
        loads=(1000.0,) * (number - 1),
        week=replace(first.week, number=number, starts=starts),
    )
    context, phase = Context.of(plan, number), template.phase(number)
    levels = {each.ladder: each for each in plan.standing}
    for expected in trial.expect:
        exercise = library.exercises.get(expected.subject)
        if exercise is None or exercise.ladder == "aer" or why_not(exercise, anything(context)) is not None:
            continue
        dose = start_dose(exercise, "e1", context, phase)
        slot = next((n for n, names in library.slots.items() if exercise.ladder in names), 1)
        why = Reason(rule="test", text="Put there by a test of the plan file.")
        levels[exercise.ladder] = standing(exercise, dose, slot, why, library, context, number, phase=phase)
    plan = replace(plan, standing=tuple(_lived(each, number, template) for each in levels.values()))
    plan = replace(plan, walk=_lived(plan.walk, number, template) if plan.walk is not None else None)
    return replace(plan, week=build_week(plan, number, starts, template, library))


def _gates(library: Library) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for gate in library.building.gates for name in gate.any))


def _lived(each: Standing, number: int, template: Template) -> Standing:
    dose = each.dose
    if template.orders is not None:
        dose = level_of_week(dose, template.orders, each.exercise, number)
    return replace(each, dose=dose, started=True, levels=(dose.size,) * 4, deferred=False)


def _judged(
    subject: str, outcome: Outcome, before: Plan, made: Review, after: Plan, library: Library
) -> list[str]:
    """What of one expectation did not come, a line for each exercise."""
    every = (*before.standing, *((before.walk,) if before.walk is not None else ()))
    concerned = [each for each in every if subject in ("plan", each.exercise, each.ladder)]
    if not concerned:
        return [f"{subject} is not in the plan of the made-up person, so nothing can be said of it."]
    found = {each.exercise: _went(each, after, library) for each in concerned}
    if outcome in ("rises", "falls") and subject == "plan" and outcome in found.values():
        return []
    lines = []
    for each in concerned:
        went = found[each.exercise]
        right = (
            went != outcome[len("does_not_") :] + "s" if outcome.startswith("does_not_") else went == outcome
        )
        if right:
            continue
        card = next((d for d in made.decisions if d.exercise == each.exercise), None)
        why = f": {card.text} [{card.rule}]" if card is not None else ""
        lines.append(f"{each.exercise} {went}, and the test expects that it {_WORDS[outcome]}{why}")
    return lines


def _went(old: Standing, after: Plan, library: Library) -> str:
    """Whether a level rose, held or fell; less for some days is a fall, too."""
    every = (*after.standing, *((after.walk,) if after.walk is not None else ()))
    now = next((each for each in every if each.ladder == old.ladder), None)
    if now is None or library.exercises[now.exercise].rung < library.exercises[old.exercise].rung:
        return "falls"
    if now.exercise != old.exercise:
        return "rises"
    heavier = (now.dose.load_kg or 0) > (old.dose.load_kg or 0)
    if heavier or now.dose.size > old.dose.size + 1e-9:
        return "rises"
    if now.dose.size < old.dose.size - 1e-9 or any(old.exercise in each.exercises for each in after.easings):
        return "falls"
    return "holds"
