"""The course of care: goals, and the plan of what is done (``activity.detail``, as R4 has it)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from coach.draw import words
from coach.exchange.fhir.codes import code_of, concept
from coach.exchange.fhir.parts import Resource, filled, line, name, narrative, quantity, reference, said
from coach.exchange.fhir.record import Episode
from coach.model.plan import Habit, Plan, Prescription, Session

_ACHIEVEMENT = "http://terminology.hl7.org/CodeSystem/goal-achievement"
BEST_RATING = 10.0


def goals(episode: Episode, subject: str) -> list[Resource]:
    """The own activities, and the small habits of the week that binds."""
    plan = episode.plan
    if plan is None:
        return []
    status = "completed" if episode.finished else "on-hold" if episode.stopped else "active"
    found = [_own(number, text, episode, subject, status) for number, text in _activities(episode)]
    found += [_habit(each, plan, episode, subject, status) for each in plan.week.habits]
    return found


def _activities(episode: Episode) -> list[tuple[int, str]]:
    full = [each for each in episode.responses if each.full]
    answers = full[-1].answers if full else {}
    told = ((number, answers.get(f"psfs_{number}_name")) for number in range(1, 6))
    return [(number, str(text)) for number, text in told if text]


def _own(number: int, text: str, episode: Episode, subject: str, status: str) -> Resource:
    code = code_of("activity_rating")
    target = {"measure": concept("activity_rating", code), "detailQuantity": quantity(BEST_RATING, code.unit)}
    return _goal(
        name("g", episode.name, f"activity-{number}"), f"Own activity: {line(text, 160)}", episode, subject,
        status, target=[target],
    )  # fmt: skip


def _habit(habit: Habit, plan: Plan, episode: Episode, subject: str, status: str) -> Resource:
    often = f"{habit.text} ({habit.per_week} {'day' if habit.per_week == 1 else 'days'} a week)"
    return _goal(name("g", episode.name, f"habit-{habit.id}"), often, episode, subject, status)


def _goal(key: str, text: str, episode: Episode, subject: str, status: str, **more: Any) -> Resource:
    return {
        "resourceType": "Goal",
        "id": key,
        "lifecycleStatus": status,
        "achievementStatus": {
            "coding": [{"system": _ACHIEVEMENT, "code": "in-progress"}], "text": "In progress",
        },
        "description": {"text": said(text, 400)},
        "subject": reference("Patient", subject),
        "startDate": episode.start.isoformat(),
        **filled(**more),
    }  # fmt: skip


def care_plan(episode: Episode, subject: str, found: list[Resource]) -> Iterator[Resource]:
    """The plan with the week that binds; nothing while there is none."""
    plan = episode.plan
    if plan is None:
        return
    status = "completed" if episode.finished else "on-hold" if episode.stopped else "active"
    activities = [_session(each, plan, episode) for each in plan.week.sessions]
    activities += [_walk(plan, episode)] if plan.week.walk else []
    last = episode.weeks[-1] if episode.weeks else plan.week
    end = max(last.starts, plan.week.starts)
    yield {
        "resourceType": "CarePlan",
        "id": name("c", episode.name),
        "text": narrative(_title(plan), tuple(_line(each) for each in plan.week.sessions)),
        **filled(
            status=status,
            intent="plan",
            title=_title(plan),
            description=said(f"Week {plan.week.number} of {plan.weeks}: {plan.week.phase_name}."),
            subject=reference("Patient", subject),
            period={"start": plan.start.isoformat(), "end": _end(plan, end.toordinal())},
            created=plan.made.isoformat(),
            goal=[reference("Goal", each["id"]) for each in found],
            activity=activities,
        ),
    }


def _title(plan: Plan) -> str:
    return line(f"Low back pain: {plan.weeks} weeks of exercise, version {plan.version}")


def _end(plan: Plan, least: int) -> str:
    from datetime import date, timedelta

    end = plan.start + timedelta(days=7 * plan.weeks - 1)
    return max(end, date.fromordinal(least), plan.start).isoformat()


def _line(session: Session) -> str:
    names = ", ".join(each.name for each in session.prescriptions)
    return f"{session.id} on {session.date}, about {round(session.minutes)} min: {names}"


def _session(session: Session, plan: Plan, episode: Episode) -> dict[str, Any]:
    units = plan.preferences.units
    doses = "\n".join(dose_line(each, units) for each in session.prescriptions)
    return {
        "detail": {
            "code": {"text": line(f"Session {session.id}")},
            "status": "on-hold" if episode.stopped else "scheduled",
            "doNotPerform": False,
            "scheduledPeriod": {"start": session.date.isoformat(), "end": session.date.isoformat()},
            "description": said(f"About {round(session.minutes)} min.\n{doses}"),
        }
    }


def _walk(plan: Plan, episode: Episode) -> dict[str, Any]:
    walk = plan.week.walk
    assert walk is not None
    return {
        "detail": {
            "code": {"text": "Walking"},
            "status": "on-hold" if episode.stopped else "scheduled",
            "doNotPerform": False,
            "scheduledTiming": {
                "repeat": {
                    "frequency": max(1, walk.times), "period": 1, "periodUnit": "wk",
                    "duration": round(walk.minutes, 1), "durationUnit": "min",
                }
            },
            "description": said(f"{walk.times} walks of {words.number(walk.minutes)} min in the week"),
        }
    }  # fmt: skip


def dose_line(each: Prescription, units: str) -> str:
    """An exercise with its dose on one line."""
    return f"{line(each.name, 120)}: {words.dose(each.dose, units)}, {words.effort(each.dose)}"
