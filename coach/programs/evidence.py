"""What the last week showed: the numbers that the weekly decision reads (``clinical.md`` 6.3, 6.4, 6.7)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec.structs import replace

from coach.model.assessment import Triage
from coach.model.exercise import Exercise
from coach.model.log import ExerciseLog, History, SessionLog
from coach.model.plan import Plan, Standing
from coach.model.review import Evidence, Provocation, WeekEvidence
from coach.programs import pain
from coach.programs.codes import Done, advance_met, at_top, too_much, twice
from coach.programs.devices import filled
from coach.programs.library import Library
from coach.programs.logbook import DAYS_28, Logbook, logbook
from coach.programs.orders import effort_within
from coach.programs.phases import Template
from coach.programs.prescription import target_rpe
from coach.programs.room import room_of
from coach.programs.rules import Rules
from coach.programs.steps import Room, is_top
from coach.programs.weekly import week_evidence


def gather(
    plan: Plan,
    history: History,
    template: Template,
    library: Library,
    rules: Rules,
    *,
    today: date,
    screen: dict[str, str] | None,
    triage: Triage | None = None,
    held: bool = False,
) -> tuple[tuple[Evidence, ...], WeekEvidence]:
    """Read the evidence of the week that binds: each exercise of its sessions, the walk, the whole week.

    Entries older than the reviewed days are left out: they run from the start of the week to the day
    before the review, at most the last fourteen days.
    """
    history = filled(history)
    book = logbook(plan, history, rules, today)
    overall = week_evidence(
        plan, history, template, rules, today=today, screen=screen, triage=triage, held=held
    )
    now, phase = template.phase(plan.week.number), template.phase(plan.week.number + 1)
    overall, orders = _with_provoked(overall, book, rules), template.orders
    found = []
    for standing in (*plan.standing, *((plan.walk,) if plan.walk else ())):
        exercise = library.exercises.get(standing.exercise)
        if exercise is None or standing.deferred:
            continue
        room = room_of(exercise, standing, plan, phase, rules, orders, plan.week.number + 1)
        target = target_rpe(exercise, now)
        if orders is not None:
            target = effort_within(target, orders.dose(exercise.id, plan.week.number))
        found.append(evidence_of(standing, exercise, room, book, overall, rules, target))
    return tuple(found), overall


def evidence_of(
    standing: Standing,
    exercise: Exercise,
    room: Room,
    book: Logbook,
    overall: WeekEvidence,
    rules: Rules,
    target: tuple[float, float],
) -> Evidence:
    """What one exercise did in the week, against the ``target`` effort of that week's phase."""
    every = tuple(book.of(exercise.id, book.first))
    done = [each for each in every if each.log.status not in ("skipped", "swapped")]
    counted = {(each.session.session, each.session.date) for each in done if each.planned}
    walk = book.plan.walk is not None and book.plan.walk.exercise == exercise.id
    planned = _times_planned(exercise.id, book, walk=walk)
    low = _easier_sessions(standing, book)
    quiet = overall.kind in ("flare", "paused") or planned == 0 or bool(low)
    recent = _last_sessions(standing, exercise.id, book, done)
    rpes = [each.log.rpe for each in done if each.log.rpe is not None]
    forms = [each.log.form for each in done if each.log.form is not None]
    relief = book.relief.get(standing.ladder, 0) if exercise.advance == "a4" else None
    level = level_done(standing, done, overall, book, rules, walk=walk)
    return Evidence(
        exercise=exercise.id,
        week=overall.week,
        planned=planned,
        done=len(counted),
        completion=_completion([each for each in every if each.planned]),
        rpe=sum(rpes) / len(rpes) if rpes else None,
        target=target,
        sessions=tuple(provocation(each, book) for each in (*done, *low)),
        form=_worst_mode(forms),
        prev_form=standing.prev_form,
        readiness=overall.readiness,
        top=is_top(standing.dose, exercise, room, rules, standing.load_steps)
        and twice(recent, rules, lambda each: at_top(each.log, exercise)),
        advance_met=advance_met(exercise, recent, planned, len(counted), rules, relief),
        prev=standing.prev,
        rung=standing.rung,
        missed=standing.missed + (1 if not counted and not quiet else 0),
        leg=any(_leg(each.log, exercise) for each in (*done, *low)),
        best=max((*standing.levels[-3:], level)) or None,
        level=level,
        first_session_red=not standing.started and bool(done) and too_much(done[0].log, rules),
        relief_days=relief,
        easy_sessions=twice(recent, rules, lambda each: _easy(each.log, target)),
        mean_size=_mean([each.log.planned_size for each in done if each.log.planned_size]),
        missing=tuple(
            name for name, told in (("effort (RPE)", len(rpes)), ("form", len(forms))) if 0 < told < len(done)
        ),
    )


def _times_planned(exercise: str, book: Logbook, *, walk: bool) -> int:
    if walk:
        return book.plan.week.walk.times if book.plan.week.walk else 0
    return sum(exercise in ids for ids in book.planned.values())


def _easier_sessions(standing: Standing, book: Logbook) -> list[Done]:
    """Sessions of a rung below that an overlay put in its place: no proof of its level, but no absence."""
    logged = [low for low in standing.easier if low.exercise in book.exercises]
    if not logged:
        return []
    taken = {each.exercise for each in book.plan.standing}
    return [
        each
        for low in logged
        if low.exercise not in taken
        for each in book.of(low.exercise, book.first)
        if each.log.status not in ("skipped", "swapped")
        and standing.exercise in book.planned.get(each.session.session, ())
        and not (low.exercise == standing.came_from and _has(each.session, standing.exercise))
    ]


def _has(session: SessionLog, exercise: str) -> bool:
    """Whether a session has the exercise itself, so that a rung below was its warm-up."""
    return any(log.exercise == exercise for log in session.exercises)


def _last_sessions(standing: Standing, exercise: str, book: Logbook, done: list[Done]) -> list[Done]:
    """The sessions of this rung in the last 28 days; before this week only where it was done before."""
    if not standing.started:
        return done
    return [each for each in book.of(exercise, book.last - DAYS_28) if each.log.status != "skipped"]


def level_done(
    standing: Standing, done: list[Done], overall: WeekEvidence, book: Logbook, rules: Rules, *, walk: bool
) -> float:
    """Standing size, if four fifths of its sets were fully done this week; else zero.

    Sessions cut by an overlay, short versions and deload weeks show a smaller dose than the standing
    level, so they do not prove it; sets left out for want of minutes do not count against it.
    """
    if overall.kind == "deload" or not done:
        return 0.0
    shown = standing.dose.size if walk else book.sizes.get(standing.exercise, standing.dose.size)
    plain = [
        each.log
        for each in done
        if each.session.kind != "short" and each.log.planned_size >= shown - 1e-6 and each.log.planned_sets
    ]
    asked = sum(log.planned_sets for log in plain)
    if not asked:
        return 0.0
    full = sum(min(log.sets_full, log.planned_sets) for log in plain)
    return standing.dose.size if full / asked >= rules["best_share"] else 0.0


def provocation(done: Done, book: Logbook) -> Provocation:
    """Pain around one session of one exercise, with the directions of the whole session."""
    day, log = done.session.date, done.log
    usual = book.usual[day]
    return Provocation(
        date=day,
        before=log.pain_before,
        most=log.pain_max,
        usual=usual if usual is not None else log.pain_before,
        morning=book.after[day],
        directions=book.directions[done.session.id],
    )


def _with_provoked(overall: WeekEvidence, book: Logbook, rules: Rules) -> WeekEvidence:
    """Add the directions of every session that provoked, whichever of its exercises did it."""
    found: set[str] = set()
    for session in book.sessions:
        if session.date < book.first or not book.directions[session.id]:
            continue
        for log in session.exercises:
            seen = provocation(Done(session=session, log=log, planned=True), book)
            if pain.provoked(seen, rules):
                found.update(seen.directions)
    return replace(overall, provoked=tuple(sorted(found)))


def _completion(planned: list[Done]) -> float | None:
    """Completed sets as percent of the sets prescribed in the sessions done; a skipped exercise counts."""
    asked = sum(each.log.planned_sets for each in planned)
    if asked == 0 or all(each.log.status == "skipped" for each in planned):
        return None
    return 100 * sum(min(each.log.sets_full, each.log.planned_sets) for each in planned) / asked


def _easy(log: ExerciseLog, target: tuple[float, float]) -> bool:
    return log.rpe is not None and log.rpe <= sum(target) / 2


def _leg(log: ExerciseLog, exercise: Exercise) -> bool:
    """New and spreading count for every exercise; lingering where that is its regress code (B3)."""
    return log.leg in ("new", "spreading") or (log.leg == "lingering" and exercise.regress == "b3")


def _worst_mode(forms: list[Literal[0, 1, 2]]) -> int | None:
    """The most frequent form; of equally frequent ones the worse."""
    return max(forms, key=lambda form: (forms.count(form), form), default=None)


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None
