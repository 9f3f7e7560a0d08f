"""Taking back rises and swaps of a review; safety cuts stay."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from coach.model.exercise import Reason
from coach.model.plan import Plan, Standing
from coach.model.review import Decision, Review
from coach.programs import caps
from coach.programs.allowed import Context
from coach.programs.balance import settled
from coach.programs.coming import coming_week
from coach.programs.decide import Case, Outcome, Situation
from coach.programs.habits_review import taken_back
from coach.programs.library import Library
from coach.programs.limits import RISES, limited
from coach.programs.phases import Template
from coach.programs.prescription import standing
from coach.programs.room import room_of
from coach.programs.rules import Rules, load_rules
from coach.programs.rungs import previous_rung
from coach.programs.turning import Turn, carried


def veto(
    review: Review,
    before: Plan,
    after: Plan,
    ids: Iterable[str],
    template: Template,
    library: Library,
    rules: Rules | None = None,
) -> tuple[Review, Plan, tuple[str, ...]]:
    """Take back the named decisions, by their id or their exercise; what was refused comes third.

    A rise or a swap of choice returns to the level before it, within the limits that the week's evidence
    sets. Everything else is refused: a cut or stop for safety, and what changed nothing.
    """
    rules = rules or load_rules()
    wanted = set(ids)
    review, after, habits, kept = taken_back(review, before, after, wanted)
    chosen = [each for each in review.decisions if each.id in wanted or each.exercise in wanted]
    taken = {each.id for each in chosen if may_veto(each)}
    refused = (*(each.id for each in chosen if each.id not in taken), *kept)
    if not taken and not habits:
        return review, after, refused
    returned = {each: _returned(each, review, before, after, template, library, rules) for each in taken}
    version = after.version + 1
    changed = replace(
        after,
        id=f"v{version}",
        version=version,
        standing=_placed(before, after, review, returned),
        walk=_walk(before, after, returned),
        reason=Reason(rule="veto", text=f"You kept some levels of week {review.week} as they were."),
    )
    week = coming_week(before, changed, template, library, deload=review.overall.deload_next)
    limit = caps.caps(before, review.overall.kind, rules)
    week = settled(week, before.week, limit, review.overall.provoked, library, rules)
    decisions = tuple(replace(each, vetoed=True) if each.id in taken else each for each in review.decisions)
    return replace(review, decisions=decisions, plan_after=changed.id), replace(changed, week=week), refused


def may_veto(decision: Decision) -> bool:
    """Whether a decision can be taken back: a rise, or a swap that was no matter of safety."""
    if decision.vetoed:
        return False
    return decision.action in RISES or (decision.action in ("swap", "remove") and not decision.safety)


def _returned(
    name: str, review: Review, before: Plan, after: Plan, template: Template, library: Library, rules: Rules
) -> Standing:
    """The level before the review, its history moved on by this week, within the limits of the evidence."""
    evidence = next(each for each in review.evidence if each.exercise == name)
    every = (*before.standing, *((before.walk,) if before.walk else ()))
    old = next(each for each in every if each.exercise == name)
    exercise = library.exercises[name]
    number = after.week.number
    context = Context.of(after, number)
    phase = template.phase(number)
    situation = Situation(
        room=room_of(exercise, old, before, phase, rules, template.orders, number),
        lower=previous_rung(name, library, context) is not None,
        walk=exercise.ladder == "aer",
    )
    held = Outcome(rule="veto", action="hold", dose=old.dose, shown=old.dose)
    case = Case(
        evidence=evidence,
        overall=review.overall,
        standing=old,
        exercise=exercise,
        situation=situation,
        rules=rules,
        bounds=before.bounds,
    )
    outcome = limited(held, case)
    reason = Reason(
        rule="veto", text="You kept this as it was.", otherwise="Without your veto it would have changed."
    )
    made = standing(exercise, outcome.dose, old.slot, reason, library, context, number, phase=phase)
    return carried(made, Turn(before=old, exercise=exercise, evidence=evidence, outcome=outcome), rules)


def _placed(before: Plan, after: Plan, review: Review, returned: dict[str, Standing]) -> tuple[Standing, ...]:
    """The levels after it, each returned one in its old place."""
    replaced = {each.to or each.exercise for each in review.decisions if each.id in returned}
    kept = {each.exercise: each for each in after.standing if each.exercise not in replaced}
    moved = {each.exercise: each.to or each.exercise for each in review.decisions}
    levels = []
    for each in before.standing:
        now = returned.get(each.exercise) or kept.pop(moved.get(each.exercise, each.exercise), None)
        if now is not None:
            levels.append(now)
    return (*levels, *kept.values())


def _walk(before: Plan, after: Plan, returned: dict[str, Standing]) -> Standing | None:
    if before.walk is not None and before.walk.exercise in returned:
        return returned[before.walk.exercise]
    return after.walk
