"""What is different between two versions of a plan, in plain words."""

from __future__ import annotations

from coach.draw import words
from coach.draw.exercises import TAGS
from coach.model.plan import Habit, Plan, Preferences


def diff(before: Plan, after: Plan) -> list[str]:
    """What is different between two versions: exercises, walking, habits, the week, and what was wished."""
    found = [
        *_exercises(before, after),
        *_walking(before, after),
        *_habits(before, after),
        *_week(before, after),
        *_wishes(before.preferences, after.preferences),
    ]
    lines = [f"{before.id} ({words.day(before.made)}) -> {after.id} ({words.day(after.made)})"]
    return lines + [f"  {each}" for each in found or ("Nothing but the week is different.",)]


def _exercises(before: Plan, after: Plan) -> list[str]:
    old = {each.ladder: each for each in before.standing}
    new = {each.ladder: each for each in after.standing}
    units = after.preferences.units
    found = []
    for ladder in sorted(old.keys() | new.keys()):
        was, now = old.get(ladder), new.get(ladder)
        if was and now and was.exercise != now.exercise:
            found.append(f"{was.prescription.name} -> {now.prescription.name}, {words.dose(now.dose, units)}")
        elif was and now and was.deferred and not now.deferred:
            found.append(f"{now.prescription.name} begins: {words.dose(now.dose, units)}")
        elif was and now and was.dose != now.dose:
            found.append(f"{now.prescription.name}: {words.change(was.dose, now.dose, units)}")
        elif was and not now:
            found.append(f"{was.prescription.name} is no longer there")
        elif now and not was:
            found.append(f"{now.prescription.name} is new: {words.dose(now.dose, units)}")
    return found


def _walking(before: Plan, after: Plan) -> list[str]:
    if before.walk and after.walk and before.walk.exercise != after.walk.exercise:
        was, now = before.walk.prescription.name, after.walk.prescription.name
        return [f"{was} -> {now}, {words.dose(after.walk.dose)}"]
    if before.walk and after.walk and before.walk.dose != after.walk.dose:
        return [f"Walking: {words.change(before.walk.dose, after.walk.dose)}"]
    if before.walk and not after.walk:
        return ["Walking is no longer there"]
    return [f"Walking is new: {words.dose(after.walk.dose)}"] if after.walk and not before.walk else []


def _habits(before: Plan, after: Plan) -> list[str]:
    old = {each.id: each for each in before.week.habits}
    new = {each.id: each for each in after.week.habits}
    found = []
    for name in (*old, *(each for each in new if each not in old)):
        was, now = old.get(name), new.get(name)
        if was and now and _said(was) != _said(now):
            found.append(f"Habit: {_said(was)} -> {_said(now)}")
        elif was and not now:
            found.append(f"Habit no longer there: {_said(was)}")
        elif now and not was:
            found.append(f"New habit: {_said(now)}")
    return found


def _said(habit: Habit) -> str:
    return f"{habit.text.rstrip('.')} ({habit.per_week} days a week)"


def _week(before: Plan, after: Plan) -> list[str]:
    found = []
    counts = (len(before.week.sessions), len(after.week.sessions))
    if counts[0] != counts[1]:
        found.append(f"Sessions a week: {counts[0]} -> {counts[1]}")
    if before.week.phase_name != after.week.phase_name:
        found.append(f"Phase: {before.week.phase_name} -> {after.week.phase_name}")
    if before.week.deload != after.week.deload:
        found.append("An easy week begins" if after.week.deload else "The easy week is over")
    if before.minimum != after.minimum:
        found.append("The small plan is on" if after.minimum else "The small plan is off")
    if before.tags != after.tags:
        for said, one, other in (
            ("No longer kept in mind", before, after),
            ("Kept in mind from now on", after, before),
        ):
            names = [TAGS[tag] for tag in one.tags if tag not in other.tags]
            found += [f"{said}: {', '.join(names)}"] if names else []
    return found


def _wishes(before: Preferences, after: Preferences) -> list[str]:
    pairs = (
        ("Days a week", before.days_per_week, after.days_per_week),
        ("Minutes a session", before.session_minutes, after.session_minutes),
        ("Minutes of walking a week", before.walk_minutes, after.walk_minutes),
        ("Days", ", ".join(before.days) or "any", ", ".join(after.days) or "any"),
        (
            "Equipment",
            ", ".join(sorted(before.equipment)) or "none",
            ", ".join(sorted(after.equipment)) or "none",
        ),
        ("Exercises on the floor", _yes(before.floor), _yes(after.floor)),
    )
    return [f"{name}: {was} -> {now}" for name, was, now in pairs if was != now]


def _yes(value: bool) -> str:
    return "yes" if value else "no"
