"""The plan as lines of text: twelve weeks at a glance, one week, one exercise, two versions."""

from __future__ import annotations

from coach.draw import words
from coach.model.plan import Plan, Prescription, Session, Week


def overview(plan: Plan, weeks: tuple[Week, ...], width: int | None = None) -> list[str]:
    """All weeks, a line each, then the week that binds."""
    by = f", the plan of {plan.author}" if plan.author else ""
    lines = [f"Plan {plan.id}{by}, day 1 is {words.day(plan.start, year=True)}, {plan.weeks} weeks", ""]
    for week in weeks:
        state = "forecast" if week.forecast else "this week" if week.number == plan.week.number else "done"
        minutes = round(sum(session.minutes for session in week.sessions) / max(1, len(week.sessions)))
        lighter = ", lighter week" if week.deload else ""
        lines.append(
            f"{week.number:>3}  {words.day(week.starts):<10}  {week.phase_name:<16}  "
            f"{len(week.sessions)} x {minutes} min  {state}{lighter}"
        )
        if week.milestone:
            lines += words.wrap(week.milestone, width, "     ")
    lines += [
        "",
        "Only the coming week is fixed. Later weeks show today's doses; they rise only by review.",
        "",
    ]
    binding = next((each for each in weeks if each.number == plan.week.number), plan.week)
    lines += one_week(binding, plan.preferences.units, width)
    for note in plan.notes:
        lines += ["", *words.wrap(note.text, width)]
    return lines


def one_week(week: Week, units: str = "kg", width: int | None = None) -> list[str]:
    """One week: its sessions, walking, habits and lesson."""
    tail = " (forecast)" if week.forecast else " (lighter week)" if week.deload else ""
    lines = [f"Week {week.number}, {week.phase_name}, from {words.day(week.starts)}{tail}"]
    if week.aim:
        lines += words.wrap(f"Aim: {week.aim}", width)
    for each in week.sessions:
        lines += ["", *session(each, units)]
    if week.walk:
        lines += ["", f"Walking: {week.walk.times} x {words.number(week.walk.minutes)} min in the week"]
    for habit in week.habits:
        lines.append(f"Habit: {habit.text}")
    if week.lesson_title:
        lines.append(f"Read: {week.lesson_title}")
    for note in week.notes:
        lines += words.wrap(f"Note: {note.text}", width)
    return lines


def session(each: Session, units: str = "kg") -> list[str]:
    """One session: a line an exercise."""
    lines = [f"{each.id}  {words.day(each.date)}, about {round(each.minutes)} min"]
    return lines + [row(one, units) for one in each.prescriptions]


def row(one: Prescription, units: str = "kg") -> str:
    """One exercise of a session on a line."""
    amount = f"{words.dose(one.dose, units)}, {words.effort(one.dose)}"
    return f"  {one.exercise:<7}{one.name:<36} {amount}"
