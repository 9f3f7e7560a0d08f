"""One week of a plan: its sessions, walks, habits and lesson (``clinical.md`` 5.4, 6.1)."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from coach.model.exercise import Reason
from coach.model.plan import Plan, Prescription, Session, Standing, Walk, Week
from coach.programs.additions import added
from coach.programs.allowed import Context, anything, why_not
from coach.programs.builder import HIP, LEGS, TRUNK, Board
from coach.programs.days import may_be_hard, spread, usable
from coach.programs.dose import scale
from coach.programs.fit import Entry, fit
from coach.programs.guarantees import named
from coach.programs.library import Library
from coach.programs.options import deloaded, options, rested
from coach.programs.orders import Orders, level_within, often
from coach.programs.phases import Phase, Template
from coach.programs.prescription import prescription, with_dose, within_phase
from coach.programs.wording import missing_guarantee, slot_reason


def sessions_of(
    plan: Plan, number: int, starts: date, template: Template, library: Library
) -> tuple[int, ...]:
    """Return the days of a week that have a session, counted from its first day."""
    phase = template.phase(number)
    count = min(plan.sessions_per_week, phase.sessions[1], plan.bounds.max_sessions)
    if plan.minimum:
        count = min(count, int(library.building.number("minimum_sessions")))
    days = spread(count, starts, plan.preferences.days)
    least = library.building.number("habit_plan_sessions")
    return days if len(days) >= least and minutes_of(plan, phase, library) > 0 else ()


def minutes_of(plan: Plan, phase: Phase, library: Library, starts: date | None = None) -> int:
    """Return the minutes a session may take; 0 where sessions are too short and habits take over.

    ``starts`` is the first day of the week, where a rule of a plan file may shorten its sessions.
    """
    building = library.building
    limit = plan.preferences.session_minutes
    if plan.bounds.max_session_minutes is not None:
        limit = min(limit, plan.bounds.max_session_minutes)
    if plan.minimum:
        limit = min(limit, int(building.number("minimum_minutes")))
    if limit < building.number("habit_plan_minutes"):
        return 0
    limit = min(limit, phase.minutes[1])
    shares = [e.share for e in plan.easings if starts is not None and not e.exercises and starts <= e.until]
    if not shares:
        return limit
    return min(limit, max(int(building.number("habit_plan_minutes")), int(limit * min(shares))))


def size_of(plan: Plan, library: Library) -> int:
    """Return how many exercises a session has at most."""
    building = library.building
    asked = plan.preferences.session_minutes
    if plan.bounds.max_session_minutes is not None:
        asked = min(asked, plan.bounds.max_session_minutes)
    if plan.minimum:
        asked = min(asked, int(building.number("minimum_minutes")))
    size = asked // building.number("minutes_per_exercise")
    return int(max(building.number("exercises_least"), min(size, building.number("exercises_most"))))


def build_week(
    plan: Plan,
    number: int,
    starts: date,
    template: Template,
    library: Library,
    *,
    forecast: bool = False,
    deload: bool = False,
) -> Week:
    """Build one week from the standing levels.

    Sets and effort follow the phase, a deload lies over the doses of this week only, and what
    the person's time makes too long is shortened here; standing levels are never touched.
    Habits are those of ``plan.week``.
    """
    phase = template.phase(number)
    context = Context.of(plan, number)
    days = sessions_of(plan, number, starts, template, library)
    notes: list[Reason] = []
    sessions: tuple[Session, ...] = ()
    if days:
        usable_now = options(plan, phase, library, context, template.orders, deload=deload)
        board = Board(
            usable_now,
            template,
            library.building,
            phase,
            week=number,
            sessions=len(days),
            size=size_of(plan, library),
            balance="bal" in context.tags,
        )
        board.fill(profiles_of(plan))
        entries = _fitted(board, plan, starts, days, library, template.orders, deload=deload)
        entries = rested(entries, board, plan, starts, days)
        notes += named(board, entries, plan, library, context)
        sessions = tuple(
            _session(
                place, entries[place], plan, number, starts + timedelta(days=day), phase, library, context
            )
            for place, day in enumerate(days)
            if entries[place]
        )
        if not deload and template.orders is None:  # a file says itself what a session has
            limit = minutes_of(plan, phase, library, starts)
            sessions = added(sessions, plan, number, limit, library)
    walk = walk_of(plan, phase, library, context, template.orders)
    if walk is None or walk.times < library.building.number("walks"):
        out = template.orders is not None and plan.walk is None
        why = (
            "your therapist's plan leaves it out"
            if out
            else "the time you gave for walking is too short for more"
        )
        notes.append(missing_guarantee("walks", why))
    lesson = _lesson(plan, number, template)
    return Week(
        number=number,
        starts=starts,
        phase=phase.id,
        phase_name=phase.name,
        sessions=sessions,
        walk=walk,
        habits=plan.week.habits,
        lesson=lesson,
        lesson_title=library.lessons[lesson].title if lesson in library.lessons else "",
        aim=phase.aim,
        milestone=template.milestones.get(number, ""),
        deload=deload,
        forecast=forecast,
        notes=tuple(notes),
    )


def forecast(plan: Plan, template: Template, library: Library) -> tuple[Week, ...]:
    """Build the weeks after the binding one, as they would be if no dose changed.

    Deload weeks are those of the programme shape; whether one really comes is for its review.
    """
    weeks: list[Week] = []
    for number in range(plan.week.number + 1, plan.weeks + 1):
        starts = plan.week.starts + timedelta(days=7 * (number - plan.week.number))
        deload = number in template.deload
        week = build_week(plan, number, starts, template, library, forecast=True, deload=deload)
        if not weeks:
            said = Reason(
                rule="forecast",
                text="From here on this is a forecast at today's doses. Doses rise only by the weekly "
                "review; a phase only lets them.",
                otherwise="Only the coming week is fixed.",
            )
            week = replace(week, notes=(said, *week.notes))
        weeks.append(week)
    return tuple(weeks)


def profiles_of(plan: Plan) -> tuple[str, ...]:
    """Return the profiles whose ladders come first, the first one first."""
    return tuple(dict.fromkeys((plan.primary, *plan.secondary)))


def _fitted(
    board: Board,
    plan: Plan,
    starts: date,
    days: tuple[int, ...],
    library: Library,
    orders: Orders | None,
    *,
    deload: bool,
) -> list[list[Entry]]:
    """Fit each session into its minutes, giving back the profile's places while they take too much."""
    building = library.building
    limit = minutes_of(plan, board.phase, library, starts)
    while True:
        sessions = [
            fit([Entry.of(pick, board.options[pick.ladder]) for _, pick in sorted(session.items())], limit)
            for session in board.sessions
        ]
        if deload:
            sessions = [[deloaded(each, board, orders) for each in session] for session in sessions]
        made = _lighter_days(sessions, days, starts, plan, library)
        total = sum(each.minutes for session in made for each in session)
        own = sum(each.minutes for session in made for each in session if each.pick.by_profile)
        if 100 * own <= building.number("profile_share") * total or not board.give_back():
            return made


def _lighter_days(
    entries: list[list[Entry]], days: tuple[int, ...], starts: date, plan: Plan, library: Library
) -> list[list[Entry]]:
    """Take the hard work out of a session that follows, or is followed by, a hard day."""
    building = library.building
    hard, light = building.number("hard_rpe"), building.number("lighter_rpe")
    first = usable(starts, plan.preferences.days)[0]
    last: int | None = None
    made = []
    for day, session in zip(days, entries, strict=True):
        if any(each.hard(hard) for each in session):
            if may_be_hard(day, last, first):
                last = day
            else:
                session = [each.lighter(light) if each.hard(hard) else each for each in session]
        made.append(session)
    return made


def _session(
    place: int,
    entries: list[Entry],
    plan: Plan,
    number: int,
    day: date,
    phase: Phase,
    library: Library,
    context: Context,
) -> Session:
    standings = {each.ladder: each for each in reversed(plan.standing)}
    given = tuple(_given(each, standings, plan, library, context) for each in entries)
    short = [
        each.exercise
        for ladders in (("dis", "pel", "bal", "neu"), (*LEGS, *HIP), TRUNK)
        for each in given
        if each.ladder in ladders
    ]
    kinds = [_kind(library.exercises[each].ladder) for each in short]
    return Session(
        id=f"w{number:02d}_s{place + 1}",
        week=number,
        number=place + 1,
        date=day,
        minutes=round(sum(each.minutes for each in entries), 1),
        prescriptions=given,
        short=tuple(each for i, each in enumerate(short) if kinds.index(kinds[i]) == i),
    )


def _kind(ladder: str) -> str:
    return "trunk" if ladder in TRUNK else "legs" if ladder in (*LEGS, *HIP) else "control"


def _given(
    entry: Entry, standings: dict[str, Standing], plan: Plan, library: Library, context: Context
) -> Prescription:
    standing = standings[entry.exercise.ladder]
    reason = slot_reason(entry.pick, standing, plan, library)
    given = prescription(entry.exercise, entry.dose, entry.pick.slot, reason, context)
    own = _profile_note(entry, plan, library, context)
    note = " ".join(text for text in (given.note, own, entry.note) if text)
    return given if note == given.note else replace(given, note=note)


def _profile_note(entry: Entry, plan: Plan, library: Library, context: Context) -> str:
    """Return what a starting profile limits in this ladder at first (``clinical.md`` 4.3)."""
    if context.week > library.building.number("direction_weeks"):
        return ""
    return library.building.profile_notes.get(plan.primary, {}).get(entry.exercise.ladder, "")


def walk_of(
    plan: Plan, phase: Phase, library: Library, context: Context, orders: Orders | None = None
) -> Walk | None:
    """Return the walks of a week within the stated walking minutes, or null when there is no time."""
    if plan.walk is None or plan.walk.deferred:
        return None
    building = library.building
    exercise = library.exercises[plan.walk.exercise]
    if why_not(exercise, anything(context)) is not None:
        return None
    time = plan.preferences.walk_minutes
    dose, often_most = plan.walk.dose, exercise.frequency[1]
    if orders is not None:
        line = orders.dose(exercise.id, context.week)
        dose, often_most = level_within(dose, line), often(exercise, line).frequency[1]
        shares = [e.share for e in plan.easings if exercise.id in e.exercises]
        dose = (scale(dose, min(shares)) if shares else None) or dose
    one = dose.minutes if dose.minutes is not None else (dose.rounds or 1) * 2.0
    shortest, least = building.number("walk_shortest"), int(building.number("walks"))
    if one * least > time and dose.minutes is not None:
        one = max(float(time // least), min(one, shortest))
        dose = replace(dose, minutes=one)
    times = int(min(phase.walks, often_most, time // one))
    if times < 1:
        return None
    given = with_dose(plan.walk.prescription, within_phase(dose, exercise, phase))
    return Walk(prescription=given, times=times, minutes=one)


def _lesson(plan: Plan, number: int, template: Template) -> str:
    order = plan.lessons or template.lessons
    return order[number - 1] if number <= len(order) else ""
