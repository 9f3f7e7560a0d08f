"""One week of a plan: its sessions, walks, habits and lesson (``clinical.md`` 5.4, 6.1)."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from coach.model.exercise import Reason
from coach.model.plan import Plan, Prescription, Session, Standing, Week
from coach.programs.additions import added
from coach.programs.allowed import Context
from coach.programs.builder import HIP, LEGS, TRUNK, Board
from coach.programs.days import may_be_hard, usable
from coach.programs.fit import Entry, fit
from coach.programs.guarantees import named
from coach.programs.library import Library
from coach.programs.options import deloaded, options, rested
from coach.programs.orders import Orders
from coach.programs.phases import Phase, Template
from coach.programs.prescription import prescription
from coach.programs.weeklimits import minutes_of, sessions_of, size_of, walk_of
from coach.programs.wording import missing_guarantee, slot_reason


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


def _lesson(plan: Plan, number: int, template: Template) -> str:
    order = plan.lessons or template.lessons
    return order[number - 1] if number <= len(order) else ""
