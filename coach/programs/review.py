"""One weekly review: evidence in, decisions and the next plan version out. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from coach.model.assessment import Triage
from coach.model.log import History
from coach.model.plan import Plan, Reason, Standing
from coach.model.review import Evidence, Review, WeekEvidence
from coach.programs import adherence, caps, flares
from coach.programs.allowed import Context, previous_rung
from coach.programs.balance import share_kept
from coach.programs.cards import decision
from coach.programs.coming import coming_week
from coach.programs.decide import Situation, decide
from coach.programs.evidence import gather
from coach.programs.library import Library
from coach.programs.limits import RISES, held, limited
from coach.programs.phases import Template
from coach.programs.room import room_of
from coach.programs.rules import Rules, load_rules
from coach.programs.turning import Place, Turn, aimed, carried, turned
from coach.programs.veto import veto
from coach.programs.weekly import idle_days

_GATES = ("a1", "a2", "a3", "a5", "a6")
_IDLE = 10
"""Days without any activity after which the week counter waits (``clinical.md`` 6.5)."""


class NotDue(ValueError):
    """The binding week is not over yet; the message says when it is."""


def due(plan: Plan, today: date) -> bool:
    """Whether the binding week is over, or the plan waits to go on after a stop."""
    return today >= plan.week.starts + timedelta(days=7) or stopped(plan)


def stopped(plan: Plan) -> bool:
    """Whether the last review stopped everything for safety."""
    return plan.reason is not None and plan.reason.rule == "r00"


def review(
    plan: Plan,
    history: History,
    template: Template,
    library: Library,
    *,
    today: date,
    screen: dict[str, str] | None,
    triage: Triage | None = None,
    revision: int = 0,
    rules: Rules | None = None,
) -> tuple[Review, Plan]:
    """Decide the coming week; nothing is stored, so a dry run is the same call.

    A late review takes one step, however many weeks went by. Raises `NotDue` before the binding week
    is over, unless a warning sign asks to stop at once.
    """
    rules = rules or load_rules()
    evidence, overall = gather(
        plan, history, template, library, rules, today=today, screen=screen, triage=triage
    )
    if not overall.red_flag and not due(plan, today):
        raise NotDue(
            f"The week runs until {plan.week.starts + timedelta(days=6)}; its review comes after that."
        )
    waits = idle_days(history, plan, today) >= _IDLE and bool(plan.week.sessions)
    if waits and not overall.flare_active:
        overall = replace(overall, kind="paused", adherence=None)
        evidence = tuple(
            replace(each, missed=_missed_before(plan, each)) if each.done == 0 else each for each in evidence
        )
    number = plan.week.number if waits else plan.week.number + 1
    gates = _gates(plan, evidence, library)
    phase = template.phase(number)
    place = Place(
        library=library,
        context=Context.of(replace(plan, gates=gates), number),
        phase=phase,
        week=number,
        overall=overall,
        rules=rules,
        changed=gates != plan.gates or phase != template.phase(plan.week.number) or _tags_change(plan, number),
    )
    turns = _turns(plan, evidence, place)
    starts = max(plan.start + timedelta(days=7 * ((today - plan.start).days // 7)), plan.week.starts)
    after = _plan_after(plan, overall, number, starts, today, gates, rules, library)
    after = replace(after, notes=(*_kept(plan), *_notes(plan, history, overall, turns, place, today, waits)))
    after, turns, standings = _granted(plan, after, turns, place, template, library)
    decisions = tuple(
        decision(t.outcome, t.evidence, overall, t.before, s, rules)
        for t, s in zip(turns, standings, strict=True)
    )
    made = Review(
        id=_id(plan),
        week=plan.week.number,
        date=today,
        plan_before=plan.id,
        plan_after=after.id,
        evidence=evidence,
        overall=overall,
        decisions=decisions,
        notes=tuple(each for each in after.notes if each.rule in adherence.OWN),
        screen=screen or {},
        revision=revision,
        library=library.version,
        rules=rules.version,
    )
    return made, after


def _id(plan: Plan) -> str:
    name = f"w{plan.week.number:02d}"
    again = any(each.rule == "counter_paused" for each in plan.notes)
    return f"{name}_{plan.week.starts:%m%d}" if again else name


def _tags_change(plan: Plan, number: int) -> bool:
    return Context.of(plan, number).tags != Context.of(plan, plan.week.number).tags


def _missed_before(plan: Plan, evidence: Evidence) -> int:
    every = (*plan.standing, *((plan.walk,) if plan.walk else ()))
    return next((each.missed for each in every if each.exercise == evidence.exercise), 0)


def _gates(plan: Plan, evidence: Sequence[Evidence], library: Library) -> tuple[str, ...]:
    """Gates opened so far, with those whose advance code was met this week."""
    opened = list(plan.gates)
    for each in evidence:
        code = library.exercises[each.exercise].advance
        name = f"{each.exercise}_{code}"
        if each.advance_met and code in _GATES and name not in opened:
            opened.append(name)
    return tuple(opened)


def _turns(plan: Plan, evidence: Sequence[Evidence], place: Place) -> list[Turn]:
    """Decide every exercise by itself: the table, the limits, and where it leads."""
    known = {each.exercise: each for each in evidence}
    every = (*plan.standing, *((plan.walk,) if plan.walk else ()))
    used = tuple(each.exercise for each in every)
    found = []
    for standing in every:
        if standing.exercise not in known:
            continue
        turn = _turn(plan, standing, known[standing.exercise], place)
        turn = aimed(turn, place, used)
        if turn.to is not None:
            used = (*used, turn.to.id)
        found.append(turn)
    return found


def _turn(plan: Plan, standing: Standing, evidence: Evidence, place: Place) -> Turn:
    exercise = place.library.exercises[standing.exercise]
    ladder = place.library.ladders[standing.ladder]
    situation = Situation(
        room=room_of(exercise, standing, plan, place.phase, place.rules),
        lower=previous_rung(exercise.id, place.library, place.context) is not None,
        by_response=ladder.by_response or (bool(ladder.order) and exercise.rung not in ladder.order),
        walk=standing.ladder == "aer",
    )
    outcome = decide(evidence, place.overall, standing, exercise, situation, place.rules)
    outcome = limited(
        outcome, evidence, place.overall, standing, exercise, situation, place.rules, plan.bounds
    )
    if outcome.action == "swap" and outcome.rule == "r03" and "swap" not in plan.bounds.engine_may:
        outcome = held(outcome, standing, "bounds")
    return Turn(before=standing, exercise=exercise, evidence=evidence, outcome=outcome)


def _plan_after(
    plan: Plan,
    overall: WeekEvidence,
    number: int,
    starts: date,
    today: date,
    gates: tuple[str, ...],
    rules: Rules,
    library: Library,
) -> Plan:
    """The next version with its history moved on by exactly one week, before its levels are set."""
    if overall.red_flag:
        why = Reason(rule="r00", text="Stopped for safety by an answer to the safety questions.")
    else:
        why = Reason(rule="review", text=f"Review of week {plan.week.number}.")
    version = plan.version + 1
    return replace(
        plan,
        id=f"v{version}",
        version=version,
        made=today,
        gates=gates,
        reason=why,
        rules=rules.version,
        library=library.version,
        completion=(*plan.completion, overall.adherence),
        readiness=(*plan.readiness, overall.readiness),
        pain=(*plan.pain, overall.pain),
        kinds=(*plan.kinds, overall.kind),
        hard_sets=(*plan.hard_sets, caps.hard_sets(plan.week, rules)),
        loads=(*plan.loads, round(caps.session_load(plan.week), 2)),
        week=replace(plan.week, number=number, starts=starts, sessions=(), walk=None, notes=(), deload=False),
    )


def _kept(plan: Plan) -> tuple[Reason, ...]:
    return tuple(each for each in plan.notes if each.rule not in adherence.OWN)


def _notes(
    plan: Plan,
    history: History,
    overall: WeekEvidence,
    turns: Sequence[Turn],
    place: Place,
    today: date,
    waits: bool,
) -> tuple[Reason, ...]:
    found = list(
        adherence.notes(
            plan,
            overall,
            flares.current(history, today),
            place.rules,
            number=place.week,
            stopped=overall.red_flag,
        )
    )
    if waits and not overall.red_flag:
        found.append(
            Reason(
                rule="counter_paused",
                text=f"Nothing was done for some time, so week {place.week} simply comes again. It is no failed week.",
                otherwise="With any activity in ten days the next week would have begun.",
            )
        )
    if any(each.outcome.action == "stop" for each in turns):
        found.append(
            Reason(
                rule="leg_symptom",
                text="A new leg symptom was reported: please answer the short safety questions before the next session.",
                otherwise="Without it no questions would be needed.",
            )
        )
    return tuple(found)


def _granted(
    plan: Plan, after: Plan, turns: list[Turn], place: Place, template: Template, library: Library
) -> tuple[Plan, list[Turn], list[Standing | None]]:
    """Set the levels and build the week, taking back rises that the caps of the week do not allow."""
    rules, overall = place.rules, place.overall
    turns = _few_rungs(plan, turns, place)
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
            return replace(made, week=caps.within(week, limit, rules)), final, standings
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
    return replace(after, standing=tuple(each for each in levels if each is not None), walk=walk)


def _few_rungs(plan: Plan, turns: list[Turn], place: Place) -> list[Turn]:
    """Hold the advances that are more than a week may have (``clinical.md`` 6.2, 6.6)."""
    many = place.overall.many_flares
    rising = _rising(plan, turns, place.library)
    if not many:
        ups = {each.before.exercise for each in turns if each.outcome.action == "advance"}
        rising = [each for each in rising if each in ups]
    extra = rising[caps.new_rungs(place.week, place.rules, many_flares=many) :]
    rule = "cap_flares" if many else "cap_rungs"
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


__all__ = ["NotDue", "due", "review", "stopped", "veto"]
