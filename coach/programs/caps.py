"""Weekly caps over the whole plan (``clinical.md`` 6.2): hard sets, session load, new rungs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from coach.model.noun import Noun
from coach.model.plan import Plan, Prescription, Session, Standing, Week
from coach.programs.dose import plain
from coach.programs.library import LADDERS, Library
from coach.programs.prescription import with_dose
from coach.programs.rules import Rules
from coach.programs.week import profiles_of


class Caps(Noun, frozen=True, kw_only=True):
    """Most hard sets and most session load of the coming week."""

    hard_sets: float
    load: float


def hard_sets(week: Week, rules: Rules) -> float:
    """Planned sets at a middle effort of 4 or more."""
    return float(
        sum(
            each.dose.all_sets
            for session in week.sessions
            for each in session.prescriptions
            if each.dose.mid_rpe >= rules["hard_rpe"] and not each.warm_up
        )
    )


def session_load(week: Week) -> float:
    """Planned effort times minutes of all sessions; a warm-up counts in no cap."""
    return sum(
        each.dose.mid_rpe * each.minutes
        for session in week.sessions
        for each in session.prescriptions
        if not each.warm_up
    )


def caps(plan: Plan, kind: str, rules: Rules) -> Caps | None:
    """Caps against the last week that was neither deload, flare nor paused; null where there was none."""
    lived = [
        *zip(plan.kinds, plan.hard_sets, plan.loads, strict=False),
        (kind, hard_sets(plan.week, rules), session_load(plan.week)),
    ]
    loaded = [(sets, load) for each, sets, load in lived if each == "loaded"]
    if not loaded:
        return None
    sets, load = loaded[-1]
    most = max(float(int(sets * rules["hard_share"] + 1e-9)), sets + rules["hard_more"])
    return Caps(
        hard_sets=min(most, sets + rules["hard_most"]),
        load=load + max(load * rules["load_share"], rules["load_more"]),
    )


def over(week: Week, limit: Caps | None, rules: Rules) -> str:
    """The cap that a week breaks, or an empty string."""
    if limit is None:
        return ""
    if hard_sets(week, rules) > limit.hard_sets + 1e-9:
        return "cap_hard_sets"
    return "cap_session_load" if session_load(week) > limit.load + 1e-9 else ""


def within(week: Week, limit: Caps | None, rules: Rules) -> Week:
    """The week with sets taken away, from the last session and slot back, until it keeps its caps.

    Standing levels stay: what the share of a phase asks for is reached over the following weeks.
    """

    def hard(each: Prescription) -> bool:
        return each.dose.mid_rpe >= rules["hard_rpe"]

    while rule := over(week, limit, rules):
        lowered = one_less(week, hard if rule == "cap_hard_sets" else _any)
        if lowered is None:
            return week
        week = lowered
    return week


def _any(_: Prescription) -> bool:
    return True


def one_less(week: Week, may: Callable[[Prescription], bool], note: str = "") -> Week | None:
    """The week with one set less of an exercise that ``may`` fall, or null where each has one set.

    What was added for the weaker side goes first.
    """
    places = [
        (bool(each.dose.extra), each.dose.sets, s, p)
        for s, session in enumerate(week.sessions)
        for p, each in enumerate(session.prescriptions)
        if each.dose.all_sets > 1 and may(each)
    ]
    if not places:
        return None
    extra, _, s, p = max(places)
    session = week.sessions[s]
    given = session.prescriptions[p]
    if extra:
        given = plain(given)
    else:
        given = with_dose(given, replace(given.dose, sets=given.dose.sets - 1))
    if note and note not in given.note:
        given = replace(given, note=f"{given.note} {note}".strip())
    changed = _with(session, p, given)
    return replace(week, sessions=(*week.sessions[:s], changed, *week.sessions[s + 1 :]))


def _with(session: Session, place: int, given: Prescription) -> Session:
    every = (*session.prescriptions[:place], given, *session.prescriptions[place + 1 :])
    return replace(session, prescriptions=every, minutes=round(sum(each.minutes for each in every), 1))


def new_rungs(week: int, rules: Rules, *, many_flares: bool) -> int:
    """How many rungs may be new in a week; after many flares one ladder alone moves on."""
    if many_flares:
        return int(rules["flares_ladders"])
    return int(rules["rungs_early" if week <= rules["rungs_early_until"] else "rungs_late"])


def in_order(standings: Sequence[Standing], plan: Plan, library: Library) -> list[Standing]:
    """Rises in the order they are granted: profile, then documented ladder order, then the lower rung."""
    names = [name for profile in profiles_of(plan) for name in library.building.priority.get(profile, ())]

    def rank(each: Standing) -> tuple[int, int, int]:
        first = names.index(each.ladder) if each.ladder in names else len(names)
        return first, LADDERS.index(each.ladder), each.rung

    return sorted(standings, key=rank)
