"""Granting the rises of a review: as many as the week's caps allow, in their order."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from coach.model.plan import Plan, Standing
from coach.programs import caps
from coach.programs.balance import settled, share_kept
from coach.programs.coming import coming_week, more_sessions
from coach.programs.library import Library
from coach.programs.limits import RISES, held
from coach.programs.phases import Template
from coach.programs.turning import Place, Turn, carried, turned


def granted(
    plan: Plan, after: Plan, turns: list[Turn], place: Place, template: Template, library: Library
) -> tuple[Plan, list[Turn], list[Standing | None]]:
    """Set the levels and build the week, taking back rises that the caps of the week do not allow."""
    rules, overall = place.rules, place.overall
    turns = _few_rungs(plan, turns, place)
    if more_sessions(plan, after, template, library):
        rising = [each.before.exercise for each in turns if each.outcome.action in RISES]
        for name in rising:
            turns = [_denied(each, name, "cap_sessions") for each in turns]
    limit = caps.caps(plan, overall.kind, rules)
    while True:
        final = share_kept(turns, place)
        standings = [_standing(turn, place) for turn in final]
        made = _with_levels(after, final, standings)
        if overall.red_flag:
            return made, final, standings
        week = coming_week(plan, made, template, library, deload=overall.deload_next)
        broken = caps.over(week, limit, rules)
        rising = _rising(plan, [t for t in turns if _adds(t, broken, place)], library)
        if not broken or not rising:
            week = settled(week, plan.week, limit, overall.provoked, library, rules)
            return replace(made, week=week), final, standings
        turns = [_denied(each, rising[-1], broken) for each in turns]


def _standing(turn: Turn, place: Place) -> Standing | None:
    rule, action = turn.outcome.rule, turn.outcome.action
    if action in ("hold", "stop_all") and turn.to is None and turn.outcome.dose == turn.before.dose:
        same = carried(turn.before, turn, place.rules)
        return _refreshed(same, turn, place) if place.changed else same
    reason = replace(turn.before.prescription.reason, rule=rule, text=_why(turn))
    return turned(turn, place, reason)


def _refreshed(same: Standing, turn: Turn, place: Place) -> Standing:
    """A held level under the rules of the coming week: what is easier and allowed may have changed."""
    made = turned(turn, place, turn.before.prescription.reason)
    return made or same


def _why(turn: Turn) -> str:
    words = {"add": "It went well, so it grew.", "advance": "The step before was done at its top."}
    return words.get(turn.outcome.action, "The last review made it easier.")


def _with_levels(after: Plan, turns: Sequence[Turn], standings: Sequence[Standing | None]) -> Plan:
    walk_id = after.walk.exercise if after.walk else ""
    made = {t.before.exercise: s for t, s in zip(turns, standings, strict=True)}
    levels = [made.get(each.exercise, each) for each in after.standing]
    walk = made.get(walk_id, after.walk) if walk_id else None
    if walk is not None and walk.ladder != "aer":
        # What replaces a stopped walk (R01) is no walk: it takes its own place in the sessions.
        levels, walk = [*levels, walk], None
    return replace(after, standing=tuple(each for each in levels if each is not None), walk=walk)


def _few_rungs(plan: Plan, turns: list[Turn], place: Place) -> list[Turn]:
    """Hold the advances that are more than a week may have (``clinical.md`` 6.2, 6.6)."""
    many = place.overall.many_flares
    rising = _rising(plan, turns, place.library)
    if not many:
        ups = {each.before.exercise for each in turns if each.outcome.action == "advance"}
        rising = [each for each in rising if each in ups]
    most, rule = (
        caps.new_rungs(place.week, place.rules, many_flares=many),
        "cap_flares" if many else "cap_rungs",
    )
    if plan.bounds.rungs is not None and plan.bounds.rungs < most:
        most, rule = plan.bounds.rungs, "plan_rungs"
    extra = rising[most:]
    for name in extra:
        turns = [_denied(each, name, rule) for each in turns]
    return turns


def _rising(plan: Plan, turns: Sequence[Turn], library: Library) -> list[str]:
    """Exercises that rise, in the order in which rises are granted; walking is planned apart."""
    rising = [each.before for each in turns if each.outcome.action in RISES and each.before.ladder != "aer"]
    return [each.exercise for each in caps.in_order(rising, plan, library)]


def _adds(turn: Turn, cap: str, place: Place) -> bool:
    """Whether a rise adds to what a cap limits; a rise that does not is left alone."""
    if cap != "cap_hard_sets":
        return True
    standing = _standing(turn, place)
    if standing is None or standing.dose.mid_rpe < place.rules["hard_rpe"]:
        return False
    return turn.to is not None or standing.dose.sets > turn.before.dose.sets


def _denied(turn: Turn, exercise: str, rule: str) -> Turn:
    if turn.before.exercise != exercise:
        return turn
    return replace(turn, to=None, outcome=held(turn.outcome, turn.before, rule))
