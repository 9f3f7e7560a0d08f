"""The weekly review of the micro-goals: one step up, one step down, or as they are (``clinical.md`` 7.7)."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from coach.model.exercise import Reason
from coach.model.log import History
from coach.model.noun import Noun
from coach.model.plan import Habit, Plan
from coach.model.review import Decision, Review, WeekEvidence
from coach.programs.habit_cards import PREFIX, card, load_words
from coach.programs.habit_table import Verdict, verdict
from coach.programs.habit_week import Told, told
from coach.programs.library import Goal, Library
from coach.programs.lifestyle import at_level
from coach.programs.rules import Rules


class Reviewed(Noun, frozen=True, kw_only=True):
    """The habits of the coming week, the goals that are finished, and a card for each."""

    habits: tuple[Habit, ...]
    done: tuple[str, ...]
    cards: tuple[Decision, ...]


def review_habits(
    plan: Plan, history: History, overall: WeekEvidence, library: Library, rules: Rules, *, number: int
) -> Reviewed:
    """Decide every micro-goal of the week that binds, ``number`` being the coming week. Pure.

    A level moves one step at a time, however late the review is; what nobody noted holds. A goal whose
    last level is met makes room for the next one of the profile. Exercises of the day and walking are
    decided as exercises, not here.
    """
    habits: list[Habit] = []
    cards: list[Decision] = []
    done = plan.goals_done
    for habit in plan.week.habits:
        goal = library.goals.get(habit.id)
        if goal is None or goal.move == "none" or habit.prescription is not None:
            habits.append(habit)
            continue
        seen = told(habit, goal, plan, history, overall, rules)
        found = verdict(habit, goal, seen, overall, rules)
        follower = None
        if found.rule == "hab_done":
            done = (*done, habit.id)
            follower = _next(plan, habits, done, library, goal, number)
            after = follower
        else:
            after = moved(habit, goal, found, seen, plan, number)
        if after is not None:
            habits.append(after)
        cards.append(card(habit, goal, found, seen, after, follower, library, rules))
    return Reviewed(habits=tuple(habits), done=done, cards=tuple(cards))


def moved(habit: Habit, goal: Goal, found: Verdict, seen: Told, plan: Plan, number: int) -> Habit:
    """The habit of the coming week: the same level with its count, or the level beside it."""
    step = {"hab_up": 1, "hab_down": -1}.get(found.rule, 0)
    if not step:
        rating = habit.rating if habit.rating is not None else seen.rating
        return replace(habit, weeks_met=found.weeks_met, rating=rating)
    made = at_level(goal, habit.level + step, habit.about or plan.activity)
    cause = load_words().causes[found.cause]
    reason = Reason(rule=found.rule, text=f"{goal.why} {cause.because}", otherwise=cause.otherwise)
    rating = seen.rating if seen.rating is not None else habit.rating
    return replace(made, reason=reason, since_week=number, rating=rating)


def _next(
    plan: Plan, before: list[Habit], done: tuple[str, ...], library: Library, finished: Goal, number: int
) -> Habit | None:
    """The first goal of the profile's order that is neither running nor finished."""
    taken = {*(each.id for each in plan.week.habits), *(each.id for each in before), *done}
    name = next((each for each in plan.goals if each not in taken and each in library.goals), None)
    if name is None:
        return None
    goal = library.goals[name]
    reason = Reason(
        rule=f"habit_{goal.id}",
        text=f"{goal.why} Your answers ask for it, and {finished.name.lower()} has made room.",
        otherwise="Before that, two habits at a time were enough.",
    )
    return replace(at_level(goal, 1, plan.activity), reason=reason, since_week=number)


def kept_habits(plan: Plan, fresh: Plan) -> tuple[Habit, ...]:
    """The habits after a new assessment: those that stay keep their level, finished ones stay finished."""
    old = {each.id: each for each in plan.week.habits}
    return tuple(
        old[each.id] if each.id in old and each.prescription is None else each
        for each in fresh.week.habits
        if each.prescription is not None or each.id not in plan.goals_done
    )


def may_take_back(each: Decision) -> bool:
    """Whether a habit's card can be vetoed: a step up, or a goal that ended."""
    return not each.vetoed and each.action in ("advance", "swap", "remove")


def taken_back(
    review: Review, before: Plan, after: Plan, wanted: Iterable[str]
) -> tuple[Review, Plan, tuple[str, ...], tuple[str, ...]]:
    """Take back named habit cards: review and plan after it, what was taken, what was refused.

    The habit returns at its old level, and its count of weeks begins anew.
    """
    names = {each if each.startswith(PREFIX) else f"{PREFIX}{each}" for each in wanted}
    chosen = [each for each in review.habits if each.id in names]
    taken = [each for each in chosen if may_take_back(each)]
    refused = tuple(each.id for each in chosen if not may_take_back(each))
    if not taken:
        return review, after, (), refused
    old = {f"{PREFIX}{each.id}": replace(each, weeks_met=0) for each in before.week.habits}
    place = {each.to or each.id: old[each.id] for each in taken}
    habits = [place.pop(f"{PREFIX}{each.id}", each) for each in after.week.habits]
    back = {each.id.removeprefix(PREFIX) for each in taken}
    plan = replace(
        after,
        week=replace(after.week, habits=(*habits, *place.values())),
        goals_done=tuple(each for each in after.goals_done if each not in back),
    )
    ids = {each.id for each in taken}
    cards = tuple(replace(each, vetoed=True) if each.id in ids else each for each in review.habits)
    return replace(review, habits=cards), plan, tuple(ids), refused
