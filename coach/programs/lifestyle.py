"""The parts beside the sessions: daily habits, the flare kit, the order of the lessons."""

from __future__ import annotations

from msgspec.structs import replace

from coach.model.assessment import Profile
from coach.model.exercise import Exercise, Number, Reason
from coach.model.plan import Habit, Prescription, Standing
from coach.programs.allowed import Context, anything, why_not
from coach.programs.library import Goal, Library
from coach.programs.orders import Orders
from coach.programs.phases import Phase, Template
from coach.programs.prescription import prescription, start_dose

_MODULATORS = ("sleep", "stress", "ergo", "psy")


def modulators(profile: Profile) -> tuple[tuple[str, bool], ...]:
    """Return the modulators that count, active ones first, each with whether it is active.

    Within each group the higher score comes first, then the documented order.
    """
    scores = {each.id: each.score or 0.0 for each in profile.scores}

    def ranked(names: tuple[str, ...]) -> list[str]:
        known = [name for name in _MODULATORS if name in names]
        return sorted(known, key=lambda name: (-scores.get(name, 0.0), _MODULATORS.index(name)))

    active = ranked(profile.active)
    return (
        *((name, True) for name in active),
        *((name, False) for name in ranked(profile.watch) if name not in active),
    )


def goals(profile: Profile, library: Library, orders: Orders | None = None) -> tuple[Habit, ...]:
    """Choose the weekly micro-goals of the start: at most two, by the modulators (``clinical.md`` 7.7)."""
    most = int(library.building.number("lifestyle_habits"))
    if orders is not None and orders.file.habits:
        named = [each for each in orders.file.habits if each.id in library.goals]
        return tuple(_ordered(library.goals[each.id], profile) for each in named[:most])
    return tuple(_goal(library.goals[goal], name, profile) for goal, name in _asked(profile, library)[:most])


def _ordered(goal: Goal, profile: Profile) -> Habit:
    """A micro-goal that a plan file asks for, at its first level: it grows by being met."""
    activity = profile.activities[0] if profile.activities else ""
    reason = Reason(
        rule=f"habit_{goal.id}",
        text=f"{goal.why} Your therapist's plan asks for it.",
        otherwise="Without the plan file your answers would have chosen.",
    )
    return replace(at_level(goal, 1, activity), reason=reason)


def goal_order(profile: Profile, library: Library, orders: Orders | None = None) -> tuple[str, ...]:
    """Return all micro-goals that the profile asks for, in the order in which they come.

    Those of a plan file come instead, where it names any.
    """
    if orders is not None and orders.file.habits:
        return tuple(each.id for each in orders.file.habits if each.id in library.goals)
    return tuple(goal for goal, _ in _asked(profile, library))


def _asked(profile: Profile, library: Library) -> list[tuple[str, str]]:
    """Goals with the modulator that asks for each: the first of every one, then the next of active ones."""
    chosen: dict[str, str] = {}
    for place in range(len(library.goals)):
        for name, active in modulators(profile):
            fitting = [goal.id for goal in library.goals.values() if name in goal.modulators]
            if place < len(fitting) and (active or place == 0):
                chosen.setdefault(fitting[place], name)
    if not chosen:
        name = "valued_activity" if profile.activities else "sit_breaks"
        chosen = {name: ""} if name in library.goals else {}
    return list(chosen.items())


def _goal(goal: Goal, modulator: str, profile: Profile) -> Habit:
    activity = profile.activities[0] if profile.activities else ""
    score = next((each.score for each in profile.scores if each.id == modulator), None)
    if modulator:
        text = f"{goal.why} Your answers about {_SUBJECTS[modulator]} point to it."
        numbers: tuple[Number, ...] = (
            Number(
                name=f"score {modulator}",
                value=score,
                threshold=">= 6" if modulator in profile.active else ">= 4",
                evidence="D",
                source="clinical.md 4.2",
            ),
        )
        otherwise = "With a lower score another habit, or none, would stand here."
    else:
        text = f"{goal.why} Nothing in your answers asks for another habit first."
        numbers, otherwise = (), "With poor sleep, much stress or long sitting it would be a habit for that."
    reason = Reason(rule=f"habit_{goal.id}", text=text, numbers=numbers, otherwise=otherwise)
    return replace(at_level(goal, 1, activity), reason=reason)


def at_level(goal: Goal, level: int, activity: str = "") -> Habit:
    """Return a micro-goal at a level, 1 to 4; ``activity`` is the person's own word for what matters."""
    level = min(level, len(goal.levels))  # a plan file may end a habit earlier
    step = goal.levels[level - 1]
    return Habit(
        id=goal.id,
        text=step.text.replace(
            "{activity}", f"“{activity}”" if activity else "an activity that matters to you"
        ),
        level=level,
        per_week=step.per_week,
        amount=step.amount,
        unit=step.unit,
        about=activity if "{activity}" in step.text else "",
    )


_SUBJECTS = {"sleep": "sleep", "stress": "stress", "ergo": "sitting and work", "psy": "worry and confidence"}


def daily(standing: tuple[Standing, ...], library: Library, *, habit_plan: bool) -> tuple[Habit, ...]:
    """Return the short exercises of every day: the direction that eases, nerve sliders, breathing."""
    found = []
    for each in standing:
        exercise = library.exercises[each.exercise]
        every_day = each.ladder == "dir" or (exercise.habit and exercise.ladder == "neu")
        if every_day or (habit_plan and each.ladder == "bre"):
            found.append(_daily(each, exercise))
    return tuple(found)


def everyday(
    habits: tuple[Habit, ...], standing: tuple[Standing, ...], library: Library, *, habit_plan: bool
) -> tuple[Habit, ...]:
    """The habits of a week with its daily exercises as the standing levels now have them."""
    goals = tuple(each for each in habits if each.prescription is None)
    return (*daily(standing, library, habit_plan=habit_plan), *goals)


def _daily(standing: Standing, exercise: Exercise) -> Habit:
    given = standing.prescription
    how = _times(given.dose.per_day)
    rarer = standing.relief > 0 and exercise.dose.per_day == 1  # once a day can only be halved by days
    if rarer:
        how = "every other day"
    elif exercise.per_hour and not standing.relief:
        how = "each hour that you sit"
    return Habit(
        id=exercise.id,
        text=f"{exercise.name}, {how}.",
        per_week=4 if rarer else 7,
        amount=given.dose.per_day,
        unit="times a day",
        reason=given.reason,
        prescription=replace(given, slot=0),
    )


def _times(count: int) -> str:
    return {1: "once a day", 2: "twice a day"}.get(count, f"{count} times a day")


def flare_kit(
    library: Library, context: Context, phase: Phase, named: tuple[str, ...] = (), say: str = ""
) -> tuple[Prescription, ...]:
    """Return what is done in the first days of a flare (``clinical.md`` 6.6), without what a tag bars.

    ``named`` are the exercises of a plan file, ``say`` its words for these days; what loads the back is no
    flare kit, whoever names it.
    """
    days = replace(anything(context), tags=tuple(dict.fromkeys((*context.tags, "acute"))))
    choose = library.building.choose
    ways = [each for way in ("extension", "flexion", "side") if way in context.eased for each in choose[way]]
    kit = [
        _first((*ways, "dir_8"), library, days),
        _first(choose["flare_breath"], library, days),
        _first(("mob_2",), library, days),
        _first(("aer_1",), library, days),
    ]
    own = [_first((each,), library, days) for each in named if library.exercises[each].component != "c3"]
    kit = own if any(own) else kit
    made = []
    for exercise in kit:
        if exercise is None:
            continue
        dose = start_dose(exercise, "e1", days, phase)
        if exercise.id == "aer_1":
            dose = replace(dose, per_day=3)
        reason = Reason(
            rule="flare_kit",
            text=say or "For the first days of a flare: gentle, often and short.",
            numbers=(Number(name="flare days", value="0-2", evidence="D", source="clinical.md 6.6"),),
            otherwise="Outside a flare your usual plan holds.",
        )
        made.append(prescription(exercise, dose, 0, reason, days))
    return tuple(made)


def _first(ids: tuple[str, ...], library: Library, context: Context) -> Exercise | None:
    return next((library.exercises[i] for i in ids if why_not(library.exercises[i], context) is None), None)


def lesson_order(profile: Profile, template: Template, library: Library) -> tuple[str, ...]:
    """Return the lessons in the order of their weeks, those of active modulators brought forward."""
    order = list(template.lessons)
    place = int(library.building.number("early_lesson_week")) - 1
    for name, active in modulators(profile):
        for lesson in library.lessons.values():
            if active and name in lesson.profiles and lesson.id in order[place + 1 :]:
                order.remove(lesson.id)
                order.insert(place, lesson.id)
                place += 1
                break
    return tuple(order)
