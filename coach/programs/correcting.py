"""Which cards rest on an entry that was corrected later: they are marked, never rewritten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from msgspec.structs import replace

from coach.model.log import History
from coach.model.plan import Plan
from coach.model.review import Decision, Review
from coach.programs.devices import filled
from coach.programs.evidence import gather
from coach.programs.habits_review import review_habits
from coach.programs.library import Library
from coach.programs.phases import Template
from coach.programs.rules import Rules

READ_DAYS = 70
"""No review reads an entry that is older: eight weeks of flare-ups and the mean before them."""


def marked(
    review: Review,
    plans: Mapping[str, Plan],
    before: History,
    after: History,
    template: Template,
    library: Library,
    rules: Rules,
) -> Review:
    """The review with its cards marked where their evidence reads otherwise after a change of the log.

    ``before`` and ``after`` differ in that change alone. What the whole week shares touches every card.
    """
    plan = plans.get(review.plan_before)
    if plan is None:
        return review
    read = filled(_until(before, review)), filled(_until(after, review))
    (was, week), (now, changed) = (
        gather(
            plan,
            history,
            template,
            library,
            rules,
            today=review.date,
            screen=review.screen or None,
            held=review.held,
        )
        for history in read
    )
    old = {each.exercise: each for each in was}
    touched = {each.exercise for each in now if week != changed or old.get(each.exercise) != each}
    said, differs = (
        review_habits(plan, history, overall, library, rules, number=plan.week.number + 1).cards
        for history, overall in zip(read, (week, changed), strict=True)
    )
    habits = {a.id for a, b in zip(said, differs, strict=False) if a != b}
    if not touched and not habits:
        return review
    return replace(
        review,
        decisions=tuple(_marked(each, each.exercise in touched) for each in review.decisions),
        habits=tuple(_marked(each, each.id in habits) for each in review.habits),
    )


def _marked(card: Decision, touched: bool) -> Decision:
    return replace(card, corrected=True) if touched else card


def _until(history: History, review: Review) -> History:
    """The entries that a review may have read."""
    first, last = review.date - timedelta(days=READ_DAYS), review.date
    return replace(
        history,
        checkins=tuple(each for each in history.checkins if first <= each.date <= last),
        sessions=tuple(each for each in history.sessions if first <= each.date < last),
        flares=tuple(each for each in history.flares if each.start <= last),
        pauses=tuple(each for each in history.pauses if each.start <= last),
        skips=tuple(each for each in history.skips if each.date <= last),
    )
