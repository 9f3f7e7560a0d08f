"""FHIR out: the nouns of every episode, gathered for the writer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from coach.desk import Desk
from coach.problems import BadValue, NothingToDo
from coach.tables import Reading

if TYPE_CHECKING:
    from coach.exchange.fhir.record import Episode, Record, Rollup, Section, Shape
    from coach.model.log import History, SessionLog
    from coach.model.plan import Plan

WALKS = "aer"
DONE = ("done", "partial", "swapped")


def fhir(desk: Desk, form: str = "bundle") -> Iterator[tuple[str, str]]:
    """Chunks of text, each with the type of its resource; a Bundle is of one type.

    Raises `NothingToDo` without an episode, `BadValue` for a form that is not there.
    """
    from coach.exchange.fhir import document

    if form not in document.FORMS:
        raise BadValue(f"FHIR has no form “{form}”.", f"there is: {', '.join(document.FORMS)}")
    if not desk.names():
        raise NothingToDo(
            "There is nothing to export: no episode in this home yet.", "begin with: coach assess"
        )
    found = record(desk)
    if form == "bundle":
        return (("Bundle", chunk) for chunk in document.bundle(found))
    return document.ndjson(found)


def record(desk: Desk) -> Record:
    """Everything that goes out."""
    from coach.cases.exporting import subject_of
    from coach.exchange.fhir.record import Record

    reading = desk.read(desk.names()[-1])
    return Record(
        subject=subject_of(desk),
        sex=str(reading.answers.get("sex") or ""),
        today=desk.today,
        made=desk.at,
        sections=_sections(),
        episodes=tuple(_episode(desk, name) for name in desk.names()),
    )


def _sections() -> tuple[Section, ...]:
    from coach.exchange.fhir.record import Section
    from coach.questionnaires.catalogue import load_instruments

    return tuple(Section(id=each.id, title=each.title, items=each.items) for each in load_instruments())


def _episode(desk: Desk, name: str) -> Episode:
    from coach.cases.exporting import measurements
    from coach.cases.readings import rows_of
    from coach.exchange.fhir.record import Episode as Going
    from coach.model.assessment import Entered, Response
    from coach.model.log import STOPPED

    reading = desk.read(name)
    known, history = reading.episode, desk.history(reading, carried=False)
    plan = reading.plan if known.plan else None
    return Going(
        name=name.removesuffix(".json"),
        start=known.start,
        stopped=known.level in STOPPED,
        finished=name != desk.names()[-1] or (plan is not None and plan.week.number > plan.weeks),
        checkins=history.checkins,
        readings=rows_of(reading),
        sessions=history.sessions,
        measures=tuple(measurements(reading)),
        responses=reading.all("responses", Response),
        entered=reading.all("measures", Entered),
        rollups=_rollups(history, plan, desk.today),
        plan=plan,
        weeks=(plan.week,) if plan else (),
        shape=_shape(reading, plan) if plan else None,
    )


def _shape(reading: Reading, plan: Plan) -> Shape:
    from coach.cases.shapes import course_of
    from coach.exchange.fhir.record import Phase, Shape
    from coach.programs.library import load_library

    template = course_of(reading, plan, load_library())[0]
    return Shape(
        id=template.id,
        title=template.title,
        weeks=template.weeks,
        author=template.author,
        phases=tuple(
            Phase(name=each.name, first=each.weeks[0], last=each.weeks[1], aim=getattr(each, "aim", "") or "")
            for each in template.phases
        ),
    )


def _rollups(history: History, plan: Plan | None, today: date) -> tuple[Rollup, ...]:
    """Whole weeks that were lived, from day 1 of the plan, in which anything of activity was noted."""
    from coach.exchange.fhir.record import Rollup

    if plan is None:
        return ()
    found = []
    starts = plan.start
    while starts + timedelta(days=6) < today:
        ends = starts + timedelta(days=6)
        active = _active(history, starts, ends)
        strong = {each.date for each in history.sessions if starts <= each.date <= ends and _strength(each)}
        logged = any(starts <= each.date <= ends for each in history.sessions)
        if active or logged:
            found.append(
                Rollup(
                    starts=starts, ends=ends,
                    minutes=round(sum(active.values()), 1) if active else None,
                    days=len(active) if active else None,
                    strength_days=len(strong) if logged else None,
                )
            )  # fmt: skip
        starts += timedelta(days=7)
    return tuple(found)


def _active(history: History, starts: date, ends: date) -> dict[date, float]:
    """Minutes of activity by day: what the person gave for the day, else the walks that were logged."""
    found: dict[date, float] = {}
    for log in history.sessions:
        if starts <= log.date <= ends and (walked := _walked(log)):
            found[log.date] = found.get(log.date, 0.0) + walked
    for entry in history.checkins:
        if starts <= entry.date <= ends and entry.active_minutes:
            found[entry.date] = max(entry.active_minutes, found.get(entry.date, 0.0))
    return found


def _walked(log: SessionLog) -> float:
    return sum(
        (one.minutes or 0) + 2 * (one.rounds or 0)
        for each in log.exercises
        if each.exercise.startswith(WALKS) and each.status in DONE
        for one in each.sets
    )


def _strength(log: SessionLog) -> bool:
    from coach.programs.day_rules import LOADED

    return any(each.exercise[:3] in LOADED and each.status in DONE for each in log.exercises)
