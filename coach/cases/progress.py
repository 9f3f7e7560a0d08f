"""How it is going: weeks beside each other, and the days before today."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from coach.desk import Desk
from coach.model.log import SESSION_KINDS, History, SessionLog
from coach.model.noun import Noun
from coach.programs.devices import filled

FIELDS = ("pain", "sleep_hours", "sleep_quality", "stress")
ENOUGH_DAYS = 4
"""Days of seven that a week's mean needs (``clinical.md`` 2.2)."""


class WeekRow(Noun, frozen=True, kw_only=True):
    """One week of the programme in numbers; null where too few days were noted."""

    number: int
    starts: date
    days_noted: int
    pain: float | None
    sleep_hours: float | None
    sleep_quality: float | None
    stress: float | None
    planned: int
    done: int
    hard_sets: int
    walking_minutes: float
    kind: str = ""


class Measure(Noun, frozen=True, kw_only=True):
    """One measure at entry and now, with the verdict of its change."""

    id: str
    name: str
    baseline: float | None
    now: float | None
    verdict: str
    text: str


class Progress(Noun, frozen=True, kw_only=True):
    """Weeks, measures and milestones."""

    week: int
    weeks: tuple[WeekRow, ...]
    measures: tuple[Measure, ...] = ()
    milestones: tuple[str, ...] = ()
    sessions_done: int = 0
    days_noted: int = 0
    measured: tuple[tuple[str, str, int], ...] = ()
    """Days on which a device stood in for a value that was not given: measure, source, days."""
    consistency: Any = None
    """How regularly the plan was kept up: score, its three factors, and the room of this week."""
    praise: str = ""
    """A word for coming back after a break."""
    warning: Any = None
    """That the rhythm loosens, answered with less."""
    if_then: str = ""


def progress(desk: Desk) -> Progress:
    """Read the running episode. Raises `NothingToDo` without a plan."""
    from coach.cases.looking import versions

    reading = desk.read()
    plan = reading.plan
    own = desk.history(reading)
    history = filled(own)
    every = versions(desk)
    done = [each for each in history.sessions if each.kind in SESSION_KINDS]
    return Progress(
        week=plan.week.number,
        weeks=week_rows(every, history, desk.today),
        measures=_measures(reading, history, desk.today),
        milestones=_milestones(done, every),
        sessions_done=len(done),
        days_noted=len(own.checkins),
        measured=_measured(history, desk.today),
        **_rhythm(desk, reading, own, every),
    )


def _measured(history: History, today: date) -> tuple[tuple[str, str, int], ...]:
    """What devices stand in for: measure, source and number of days."""
    found: dict[tuple[str, str], int] = {}
    for measure, field in (("sleep_hours", "slept"), ("steps", "stepped")):
        for day, source in getattr(history, field, {}).items():
            if day <= today:
                found[measure, source] = found.get((measure, source), 0) + 1
    return tuple((measure, source, days) for (measure, source), days in sorted(found.items()))


def week_rows(every: tuple[Any, ...], history: History, today: date) -> tuple[WeekRow, ...]:
    """The weeks that were lived, by number, from all versions of the plan."""
    rows = []
    kinds = every[-1].kinds if every else ()
    for version in {each.week.number: each for each in every}.values():
        week = version.week
        if week.starts > today:
            continue
        later = [each.week.starts for each in every if each.week.number > week.number]
        ends = min(later) if later else week.starts + timedelta(days=7)
        kind = kinds[week.number - 1] if week.number <= len(kinds) else ""
        rows.append(_row(history, week.number, week.starts, ends, len(week.sessions), kind))
    return tuple(sorted(rows, key=lambda row: row.number))


def _rhythm(desk: Desk, reading: Any, history: History, every: tuple[Any, ...]) -> dict[str, Any]:
    """Consistency and what there is to say about it; a week made again under its number is a week more."""
    from coach.cases.habits import cue_of
    from coach.programs import consistency, rhythm
    from coach.programs.rules import load_rules

    rules, plan = load_rules(), reading.plan
    weeks = {each.week.starts: each.week for each in every if each.week.starts <= desk.today}
    lived = tuple(weeks[starts] for starts in sorted(weeks))
    units = consistency.units(lived, history, desk.today, rules)
    return {
        "consistency": consistency.consistency(lived, history, desk.today, rules),
        "praise": rhythm.coming_back(history, desk.today, rules),
        "warning": rhythm.drop_out(units, history, desk.today, rules, minimum=plan.minimum),
        "if_then": rhythm.if_then(cue_of(reading, plan), plan.preferences.session_minutes),
    }


def _row(history: History, number: int, starts: date, ends: date, planned: int, kind: str) -> WeekRow:
    notes = [each for each in history.checkins if starts <= each.date < ends]
    logs = [each for each in history.sessions if starts <= each.date < ends]
    done = {each.session for each in logs if each.kind in SESSION_KINDS}
    return WeekRow(
        number=number,
        starts=starts,
        days_noted=sum(each.source != "device" for each in notes),
        planned=planned,
        done=len(done),
        hard_sets=sum(_hard(each) for each in logs),
        walking_minutes=_walked(logs),
        kind=kind,
        **{name: _mean([getattr(each, name) for each in notes]) for name in FIELDS},
    )


def _mean(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if len(known) >= ENOUGH_DAYS else None


def _hard(log: SessionLog) -> int:
    return sum(
        len(each.sets) for each in log.exercises if (each.rpe or 0) >= 4 and each.exercise[:3] != "aer"
    )


def _walked(logs: list[SessionLog]) -> float:
    return sum(
        (one.minutes or 0) + 2 * (one.rounds or 0)
        for log in logs
        for each in log.exercises
        if each.exercise[:3] == "aer"
        for one in each.sets
    )


def _measures(reading: Any, history: History, today: date) -> tuple[Measure, ...]:
    """Pain of the last seven days against entry, and what was measured at least twice."""
    from coach.model.assessment import Response
    from coach.questionnaires.course import course
    from coach.questionnaires.readings import SCORED, Reading, readings
    from coach.questionnaires.scoring import number, week_mean

    responses = [each for each in reading.all("responses", Response) if each.full]
    known = list(readings(responses))
    since = today - timedelta(days=6)
    pain = week_mean([each.pain for each in history.checkins if since <= each.date <= today])
    if pain is not None:
        average = number(responses[0].answers.get("pain_average")) if responses else None
        if average is not None:  # a mean of a week compares with another, not with the worst pain
            known = [each for each in known if each.measure != "nprs"]
            known.append(Reading(measure="nprs", date=responses[0].date, value=average))
        known.append(Reading(measure="nprs", date=today, value=pain))
    return tuple(
        Measure(
            id=each.measure,
            name=each.name,
            baseline=each.baseline,
            now=each.now,
            verdict=each.verdict,
            text=each.text,
        )
        for each in course(known)
        if each.measure in SCORED and each.readings > 1
    )


def _milestones(done: list[SessionLog], every: tuple[Any, ...]) -> tuple[str, ...]:
    reached = []
    if done:
        reached.append(f"first session on {done[0].date}")
    reached += [
        f"{count} sessions on {done[count - 1].date}" for count in (6, 12, 24, 36) if len(done) >= count
    ]
    names: dict[str, str] = {}
    for plan in every:
        for standing in plan.standing:
            old = names.get(standing.ladder)
            if old and old != standing.exercise and standing.exercise > old:
                reached.append(f"{standing.prescription.name} reached in week {plan.week.number}")
            names[standing.ladder] = standing.exercise
    return tuple(reached)
