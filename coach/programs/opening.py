"""Ladders that waited for a gate, a phase or their weeks: a review lets them in when they may be done."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from coach.draw.words import dose as dose_words
from coach.model.exercise import Number, Reason
from coach.model.plan import Plan, Standing
from coach.model.review import Decision
from coach.programs import caps
from coach.programs.allowed import why_not
from coach.programs.balance import settled
from coach.programs.cards import load_wording
from coach.programs.coming import coming_week
from coach.programs.library import Library
from coach.programs.phases import Template
from coach.programs.prescription import fits, standing, start_dose
from coach.programs.turning import Place, Turn


def opened(
    plan: Plan, after: Plan, turns: Sequence[Turn], place: Place, template: Template, library: Library
) -> tuple[Plan, tuple[Decision, ...]]:
    """Let waiting exercises begin, within the new rungs and the caps of the coming week.

    In a week that let nothing rise none begins: after a stop, a flare-up or a long break, before an easy
    week, without the safety questions.
    """
    rules, overall = place.rules, place.overall
    closed = overall.red_flag or overall.flare_active or overall.readiness_red or overall.deload_next
    if closed or not overall.screened or overall.gap_days >= rules["gap_long"]:
        return after, ()
    ups = sum(each.outcome.action == "advance" and each.before.ladder != "aer" for each in turns)
    most = caps.new_rungs(place.week, rules, many_flares=overall.many_flares)
    room = (most if plan.bounds.rungs is None else min(most, plan.bounds.rungs)) - ups
    limit = caps.caps(plan, overall.kind, rules)
    cards = []
    for waiting in after.standing:
        if room <= 0 or not waiting.deferred or not _may_begin(waiting, place, library):
            continue
        new = _begun(waiting, place, library)
        levels = tuple(new if each is waiting else each for each in after.standing)
        trial = replace(after, standing=levels)
        week = coming_week(plan, trial, template, library, deload=False)
        if caps.over(week, limit, rules):
            continue
        after = replace(trial, week=settled(week, plan.week, limit, overall.provoked, library, rules))
        cards.append(_card(new, place))
        room -= 1
    return after, tuple(cards)


def _may_begin(waiting: Standing, place: Place, library: Library) -> bool:
    exercise = library.exercises[waiting.exercise]
    return (
        why_not(exercise, place.context) is None
        and fits(exercise, place.phase)
        and exercise.direction not in place.overall.provoked
    )


def _begun(waiting: Standing, place: Place, library: Library) -> Standing:
    exercise = library.exercises[waiting.exercise]
    dose = start_dose(exercise, "e1", place.context, place.phase)
    why = Reason(rule="opened", text="What kept it out has passed, so it begins at its start dose.")
    return standing(exercise, dose, waiting.slot, why, library, place.context, place.week, phase=place.phase)


def _card(new: Standing, place: Place) -> Decision:
    words = load_wording()
    cause = words.rules["opened"]
    text = words.actions["start"].format(name=new.prescription.name, after=dose_words(new.dose))
    return Decision(
        id=new.exercise,
        exercise=new.exercise,
        name=new.prescription.name,
        rule="opened",
        action="start",
        text=f"{text} {cause.because}",
        after=new.dose,
        numbers=(Number(name="week", value=place.week, evidence="D", source="clinical.md 5.1, 5.3, 6.1"),),
        otherwise=cause.otherwise,
    )
