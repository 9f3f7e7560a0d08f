"""One weekly review: evidence in, decisions and the next plan version out. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec.structs import replace

from coach.model.assessment import Triage
from coach.model.exercise import Reason
from coach.model.log import History
from coach.model.plan import Plan, Standing
from coach.model.review import Evidence, Review, WeekEvidence
from coach.programs import adherence, caps, gates, pacing
from coach.programs.allowed import Context, active_tags
from coach.programs.cards import decision
from coach.programs.choosing import choices
from coach.programs.devices import filled, read_at
from coach.programs.evidence import gather
from coach.programs.granting import granted
from coach.programs.habits_review import review_habits
from coach.programs.judging import judged
from coach.programs.library import Library
from coach.programs.lifestyle import everyday
from coach.programs.opening import opened
from coach.programs.phases import Template
from coach.programs.rules import Rules, load_rules
from coach.programs.saying import said
from coach.programs.turning import Place, Turn
from coach.programs.veto import veto
from coach.programs.weekly import idle_days

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
    notes: tuple[Reason, ...] = (),
    asked: dict[str, float] | None = None,
    held: bool = False,
) -> tuple[Review, Plan]:
    """Decide the coming week; nothing is stored, so a dry run is the same call.

    A late review takes one step, however many weeks went by. ``notes`` are cards of the week from outside
    the programme, such as the check of week 6; ``asked`` answers the questions of a plan file, ``held`` says
    that full safety questions are open. Raises `NotDue` before the binding week is over, unless a warning
    sign asks to stop at once.
    """
    rules = rules or load_rules()
    devices, history = read_at(history, today), filled(history)
    evidence, overall = gather(
        plan, history, template, library, rules, today=today, screen=screen, triage=triage, held=held
    )
    if not overall.red_flag and not due(plan, today):
        raise NotDue(
            f"The week runs until {plan.week.starts + timedelta(days=6)}; its review comes after that."
        )
    lived = overall
    waits = idle_days(history, plan, today) >= _IDLE and bool(plan.week.sessions)
    if waits and not overall.flare_active:
        overall = replace(overall, kind="paused", adherence=None)
        evidence = tuple(
            replace(each, missed=_missed_before(plan, each)) if each.done == 0 else each for each in evidence
        )
    number = plan.week.number if waits else plan.week.number + 1
    opened_gates = gates.reviewed(plan, evidence, overall, library)
    phase = template.phase(number)
    place = Place(
        library=library,
        context=Context.of(replace(plan, gates=opened_gates), number),
        phase=phase,
        week=number,
        overall=overall,
        rules=rules,
        orders=template.orders,
        changed=opened_gates != plan.gates
        or phase != template.phase(plan.week.number)
        or _tags_change(plan, number),
    )
    starts = max(plan.start + timedelta(days=7 * ((today - plan.start).days // 7)), plan.week.starts)
    guide = None
    if template.orders is not None:
        from coach.programs.guiding import guidance

        guide = guidance(
            plan,
            history,
            evidence,
            template.orders,
            library,
            today=today,
            week=number,
            starts=starts,
            asked=asked,
        )
    turns = judged(plan, evidence, place, guide)
    after = _plan_after(plan, overall, number, starts, today, opened_gates, rules, library)
    notable = said(plan, history, overall, turns, place, today, waits)
    after = replace(after, notes=(*_kept(plan), *notable, *notes))
    if guide is not None:
        after = guide.followed(after, turns, number, starts)
    if any(each.rule == "pacing" for each in after.notes):
        after = replace(after, lessons=pacing.lesson_now(after, number))
    habits = review_habits(plan, history, lived, library, rules, number=number)
    after = replace(after, goals_done=habits.done, week=replace(after.week, habits=habits.habits))
    after, turns, standings = granted(plan, after, turns, place, template, library)
    after, begun = opened(plan, after, turns, place, template, library)
    every = everyday(after.week.habits, after.standing, library, habit_plan=not after.sessions_per_week)
    after = replace(after, week=replace(after.week, habits=every))
    decisions = tuple(
        decision(
            t.outcome,
            t.evidence,
            overall,
            t.before,
            s,
            rules,
            phase.sets[1],
            _offers(t, s, after, template, library, rules),
            guide.word(t.before.exercise, t.outcome.rule) if guide is not None else None,
        )
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
        decisions=(*decisions, *begun),
        habits=habits.cards,
        notes=tuple(each for each in after.notes if adherence.is_own(each.rule)),
        screen=screen or {},
        held=held,
        asked=asked or {},
        revision=revision,
        devices=devices,
        library=library.version,
        rules=rules.version,
    )
    return made, after


def _offers(
    turn: Turn, after: Standing | None, plan: Plan, template: Template, library: Library, rules: Rules
) -> tuple[str, ...]:
    """What an exercise may be swapped for that has stood still in calm for three weeks (R17)."""
    if after is None or turn.outcome.rule != "r17" or after.green_holds < rules["green_holds_offer"]:
        return ()
    return tuple(each.id for each in choices(plan, after.exercise, template, library))


def _id(plan: Plan) -> str:
    name = f"w{plan.week.number:02d}"
    again = any(each.rule == "counter_paused" for each in plan.notes)
    return f"{name}_{plan.week.starts:%m%d}" if again else name


def _tags_change(plan: Plan, number: int) -> bool:
    return active_tags(plan.tags, number) != active_tags(plan.tags, plan.week.number)


def _missed_before(plan: Plan, evidence: Evidence) -> int:
    every = (*plan.standing, *((plan.walk,) if plan.walk else ()))
    return next((each.missed for each in every if each.exercise == evidence.exercise), 0)


def _plan_after(
    plan: Plan,
    overall: WeekEvidence,
    number: int,
    starts: date,
    today: date,
    opened_gates: tuple[str, ...],
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
        gates=opened_gates,
        reason=why,
        rules=rules.version,
        library=library.version,
        completion=(*plan.completion, overall.adherence),
        readiness=(*plan.readiness, overall.readiness),
        pain=(*plan.pain, overall.pain),
        kinds=(*plan.kinds, overall.kind),
        flare_reviewed=today if overall.kind == "flare" else plan.flare_reviewed,
        hard_sets=(*plan.hard_sets, caps.hard_sets(plan.week, rules)),
        loads=(*plan.loads, round(caps.session_load(plan.week), 2)),
        week=replace(plan.week, number=number, starts=starts, sessions=(), walk=None, notes=(), deload=False),
    )


def _kept(plan: Plan) -> tuple[Reason, ...]:
    return tuple(each for each in plan.notes if not adherence.is_own(each.rule))


__all__ = ["NotDue", "due", "review", "stopped", "veto"]
