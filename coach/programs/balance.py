"""A direction that provoked gets no larger share of the week's sets (``progression.md`` 12)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace

from coach.model.exercise import Reason
from coach.model.plan import Prescription, Week
from coach.programs import caps
from coach.programs.library import Library
from coach.programs.rules import Rules
from coach.programs.turning import Place, Turn, begun

_GONE = ("remove", "stop")
_LESS = "Fewer sets this week: its direction brought pain, so it gets no larger share."
_RESTS = Reason(
    rule="inv_12",
    text="An exercise rests this week: its direction brought pain, so it gets no larger share.",
    otherwise="After a week without such pain it comes back at its level.",
)
_RARER = Reason(
    rule="inv_12",
    text="Some exercises come in fewer sessions: their direction brought pain, so it gets no larger share.",
    otherwise="After a week without such pain they come as often as before.",
)


def share_kept(turns: Sequence[Turn], place: Place) -> list[Turn]:
    """Take a set away from a provoked direction while its share of all sets would grow.

    Counted in standing sets, before time and deloads shorten them; a plan that rests keeps them too, for
    they come back with it. A set taken from one provoked direction makes the share of another larger, so
    all are looked at again. At one set each nothing is left to take, and the share may stay larger; the
    exercises then do not rise, which a limit sees to.
    """
    made = list(turns)
    old = [_before(each) for each in made]
    most = {each: _share(old, each) for each in place.overall.provoked}
    while True:
        new = [_after(each, place) for each in made]
        grown = [each for each in most if _share(new, each) > most[each] + 1e-9]
        places = [n for n, (name, sets) in enumerate(new) if name in grown and sets > 1]
        if not places:
            return made
        largest = max(places, key=lambda n: (new[n][1], made[n].exercise.id))
        made[largest] = _one_less(made[largest])


def settled(
    week: Week, last: Week, limit: caps.Caps | None, provoked: Sequence[str], library: Library, rules: Rules
) -> Week:
    """The week within its caps, with no larger share of what provoked nor too much of the profile's own.

    Each of them only takes sets away, so that none undoes another for good.
    """
    made = own_kept(week_kept(caps.within(week, limit, rules), last, provoked), library)
    return made if made is week else settled(made, last, limit, provoked, library, rules)


def own_kept(week: Week, library: Library) -> Week:
    """The week with sets of the profile's own choices taken away while they are over their share of minutes.

    A week is built within that share (``clinical.md`` 4.3); sets that caps took elsewhere may move it.
    """
    most = library.building.number("profile_share")
    lowered: Week | None = week
    while lowered is not None:
        week = lowered
        given = [each for session in week.sessions for each in session.prescriptions]
        own = sum(each.dose.time_min for each in given if _own(each))
        if own == 0:
            return week
        if 100 * own <= most * sum(each.dose.time_min for each in given) + 1e-6:
            return week
        lowered = caps.one_less(week, _own)
    return week


def _own(given: Prescription) -> bool:
    return given.reason.rule.startswith("profile_")


def week_kept(week: Week, last: Week, provoked: Sequence[str]) -> Week:
    """The week with sets of a provoked direction taken away while its share would be over last week's.

    Turns of the ladders, fewer sessions and an easy week move the share even where the levels stay. At
    one set each, what comes in several sessions comes in fewer, and what comes in one rests for the week.
    The last strength work of a session stays, and so does what a session has alone; after a week without
    sessions there is nothing to compare.
    """
    if not last.sessions:
        return week
    most = {each: _share(_planned(last), each) for each in provoked}
    lowered: Week | None = week
    while lowered is not None:
        week, now = lowered, _planned(lowered)
        grown = {each for each in most if _share(now, each) > most[each] + 1e-9}
        lowered = (
            caps.one_less(week, partial(_of, grown), _LESS)
            or _rarer(week, grown, 2, _RARER)
            or _rarer(week, grown, 1, _RESTS)
        )
    return week


def _rarer(week: Week, directions: set[str], least: int, why: Reason) -> Week | None:
    """The week with the last exercise of these directions gone that ``least`` sessions or more have."""
    if not directions:
        return None
    often = Counter(each.exercise for session in week.sessions for each in session.prescriptions)
    for place, session in reversed(list(enumerate(week.sessions))):
        for given in reversed(session.prescriptions):
            rest = tuple(each for each in session.prescriptions if each is not given)
            others = [each for each in rest if each.component == "c3" and not each.warm_up]
            free = bool(others) if given.component == "c3" else bool(rest)
            if given.direction in directions and often[given.exercise] >= least and free:
                short = tuple(each for each in session.short if each != given.exercise)
                minutes = round(sum(each.minutes for each in rest), 1)
                made = replace(session, prescriptions=rest, short=short, minutes=minutes)
                sessions = (*week.sessions[:place], made, *week.sessions[place + 1 :])
                notes = week.notes if why in week.notes else (*week.notes, why)
                return replace(week, sessions=sessions, notes=notes)
    return None


def _of(directions: set[str], given: Prescription) -> bool:
    return given.direction in directions


def _planned(week: Week) -> list[tuple[str, int]]:
    return [(each.direction, each.dose.sets) for session in week.sessions for each in session.prescriptions]


def _share(sets: list[tuple[str, int]], direction: str) -> float:
    total = sum(each for _, each in sets)
    return sum(each for name, each in sets if name == direction) / total if total else 0.0


def _before(turn: Turn) -> tuple[str, int]:
    """Direction and sets of a level; walking is planned apart, and what waits has no sets yet."""
    return turn.exercise.direction, 0 if _outside(turn) else turn.before.dose.sets


def _outside(turn: Turn) -> bool:
    return turn.exercise.ladder == "aer" or turn.before.deferred


def _after(turn: Turn, place: Place) -> tuple[str, int]:
    if turn.to is not None:
        return turn.to.direction, 0 if turn.to.ladder == "aer" else begun(turn, turn.to, place).sets
    if _outside(turn) or turn.outcome.action in _GONE:
        return turn.exercise.direction, 0
    return turn.exercise.direction, turn.outcome.dose.sets


def _one_less(turn: Turn) -> Turn:
    if turn.to is not None:
        return replace(turn, fewer=turn.fewer + 1)
    outcome = turn.outcome
    lower = replace(outcome.dose, sets=outcome.dose.sets - 1)
    shown = replace(outcome.shown, sets=max(1, min(outcome.shown.sets, lower.sets)))
    if outcome.action == "stop_all":
        return replace(turn, outcome=replace(outcome, dose=lower, shown=shown))
    also = tuple(sorted({*outcome.also, outcome.rule} - {"inv_12"}))
    return replace(
        turn,
        outcome=replace(outcome, rule="inv_12", action="reduce", dose=lower, shown=shown, also=also, step=""),
    )
