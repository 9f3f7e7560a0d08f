"""The weekly review of the micro-goals: one step up, one step down, or as they are (``clinical.md`` 7.7)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache

import msgspec
from msgspec.structs import replace

from coach.model.exercise import Number, Reason
from coach.model.log import History
from coach.model.noun import Noun
from coach.model.plan import Action, Habit, Plan
from coach.model.review import Decision, Review, WeekEvidence
from coach.packaged import packaged
from coach.programs.devices import by_device
from coach.programs.habit_week import Told, told
from coach.programs.library import Goal, Library
from coach.programs.lifestyle import at_level
from coach.programs.rules import Rules

PREFIX = "habit:"
"""Before the id of a goal on its card: ``breathing`` would else look like the ladder ``bre``."""
_ACTIONS: dict[str, Action] = {"hab_up": "advance", "hab_down": "step_back", "hab_hold": "hold"}
_TEXTS = {"hab_up": "up", "hab_down": "down", "hab_hold": "hold", "hab_done": "done"}


class Cause(Noun, frozen=True, kw_only=True):
    """Why a habit moved or stayed, and what would have led elsewhere, in words."""

    because: str
    otherwise: str


class Words(Noun, frozen=True, kw_only=True):
    """The words of the habit cards, as their data file has them."""

    actions: dict[str, str]
    causes: dict[str, Cause]


class Verdict(Noun, frozen=True, kw_only=True):
    """What the table says of one goal: the rule, the cause, and how many weeks in a row it was met."""

    rule: str
    cause: str
    weeks_met: int = 0
    missing: tuple[str, ...] = ()
    safety: bool = False


class Reviewed(Noun, frozen=True, kw_only=True):
    """The habits of the coming week, the goals that are finished, and a card for each."""

    habits: tuple[Habit, ...]
    done: tuple[str, ...]
    cards: tuple[Decision, ...]


@cache
def load_words() -> Words:
    """Read the words of the cards; the same frozen value each time."""
    text = packaged("programs", "habit_cards.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Words)


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
        cards.append(_card(habit, goal, found, seen, after, follower, library, rules))
    return Reviewed(habits=tuple(habits), done=done, cards=tuple(cards))


def verdict(habit: Habit, goal: Goal, seen: Told, overall: WeekEvidence, rules: Rules) -> Verdict:
    """The row of table 7.7 for one goal and one week; safety first, then what is missing, then the days."""
    kept = habit.weeks_met
    if overall.red_flag:
        return Verdict(rule="hab_hold", cause="stopped", weeks_met=kept)
    if goal.physical and seen.morning is not None and seen.morning >= rules["morning_red"]:
        if habit.level == 1:
            return Verdict(rule="hab_hold", cause="sore_first", safety=True)
        return Verdict(rule="hab_down", cause="sore", safety=True)
    if overall.kind == "paused":
        return Verdict(rule="hab_hold", cause="paused", weeks_met=kept)
    if not seen.noted:
        missing = ("the days on which it was done",)
        return Verdict(rule="hab_hold", cause="missing", weeks_met=kept, missing=missing)
    if seen.days < habit.per_week:
        return _below(habit, goal, seen, overall, rules)
    return _met(habit, goal, seen, overall, rules)


def _below(habit: Habit, goal: Goal, seen: Told, overall: WeekEvidence, rules: Rules) -> Verdict:
    if goal.move != "weeks":
        return Verdict(rule="hab_hold", cause="open" if goal.move == "once" else "below")
    if share(seen, habit) >= rules["hab_share"]:
        return Verdict(rule="hab_hold", cause="below")
    if overall.flare_active:
        return Verdict(rule="hab_hold", cause="few_flare", weeks_met=habit.weeks_met)
    if habit.level == 1:
        return Verdict(rule="hab_hold", cause="few_first")
    return Verdict(rule="hab_down", cause="few")


def _met(habit: Habit, goal: Goal, seen: Told, overall: WeekEvidence, rules: Rules) -> Verdict:
    weeks = habit.weeks_met + 1
    last = habit.level == len(goal.levels)
    if goal.move == "activity" and not last:
        if seen.rating is None:
            missing = ("a mark for how well the activity goes",)
            return Verdict(rule="hab_hold", cause="missing_mark", weeks_met=weeks, missing=missing)
        if habit.rating is None:
            return Verdict(rule="hab_hold", cause="first_mark", weeks_met=weeks)
        if seen.rating < habit.rating + rules["hab_rating"]:
            return Verdict(rule="hab_hold", cause="same", weeks_met=weeks)
    if weeks < goal.weeks:
        return Verdict(rule="hab_hold", cause="once_more", weeks_met=weeks)
    if not overall.screened:
        cause = {"new": "screen_new", "full": "screen_full"}.get(overall.unscreened, "screen")
        return Verdict(rule="hab_hold", cause=cause, weeks_met=weeks)
    if goal.physical and overall.flare_active:
        return Verdict(rule="hab_hold", cause="flare", weeks_met=weeks)
    if goal.physical and overall.readiness_red:
        return Verdict(rule="hab_hold", cause="red_week", weeks_met=weeks)
    cause = {"weeks": "met", "once": "met_once", "activity": "better"}[goal.move]
    if last:
        return Verdict(rule="hab_done", cause="met_once" if goal.move == "activity" else cause)
    return Verdict(rule="hab_up", cause=cause)


def share(seen: Told, habit: Habit) -> float:
    """Days done as percent of the days of the goal, at most 100."""
    return min(100.0, 100 * seen.days / habit.per_week)


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


def _card(
    habit: Habit,
    goal: Goal,
    found: Verdict,
    seen: Told,
    after: Habit | None,
    follower: Habit | None,
    library: Library,
    rules: Rules,
) -> Decision:
    words = load_words()
    cause = words.causes[found.cause]
    text = words.actions[_TEXTS[found.rule]].format(
        name=goal.name,
        before=habit.level,
        after=after.level if after else habit.level,
        text=after.text if after else "",
    )
    parts = [text, cause.because]
    if follower is not None:
        parts.append(words.actions["next"].format(name=library.goals[follower.id].name, text=follower.text))
    finished: Action = "swap" if follower is not None else "remove"
    return Decision(
        id=f"{PREFIX}{goal.id}",
        exercise=f"{PREFIX}{goal.id}",
        name=goal.name,
        rule=found.rule,
        action=_ACTIONS.get(found.rule, finished),
        text=" ".join(parts),
        to=f"{PREFIX}{follower.id}" if follower is not None else "",
        numbers=_numbers(habit, goal, found, seen, rules),
        otherwise=cause.otherwise.format(id=goal.id),
        missing=found.missing,
        safety=found.safety,
    )


def _numbers(habit: Habit, goal: Goal, found: Verdict, seen: Told, rules: Rules) -> tuple[Number, ...]:
    """The numbers the rule looked at, each beside its threshold."""
    if found.cause in ("stopped", "paused"):
        return ()
    numbers = [
        Number(
            name=by_device("days done" if habit.per_week > 1 else "times done", seen.by_device, "mornings"),
            value=seen.days if seen.noted else None,
            threshold=f">= {habit.per_week} in a week",
            evidence=goal.evidence,
            source=goal.source,
        )
    ]
    if goal.move == "weeks" and seen.noted:
        numbers.append(
            rules.number("share of the goal", round(share(seen, habit), 1), "hab_share", sign=">=")
        )
        numbers.append(
            Number(
                name="weeks in a row with the goal met",
                value=habit.weeks_met + 1 if seen.days >= habit.per_week else 0,
                threshold=f">= {goal.weeks}",
                evidence=goal.evidence,
                source=goal.source,
            )
        )
    if goal.move == "activity":
        rise = None if seen.rating is None or habit.rating is None else seen.rating - habit.rating
        numbers.append(rules.number("mark for the activity, change", rise, "hab_rating", sign=">="))
        numbers.append(rules.number("morning after, over usual", seen.morning, "morning_red", sign="<"))
    numbers += [Number(name=name, value=value, unit=unit) for name, value, unit in seen.beside]
    return tuple(numbers)


def kept_habits(plan: Plan, fresh: Plan) -> tuple[Habit, ...]:
    """The habits after a new assessment: those that stay keep their level, finished ones stay finished."""
    old = {each.id: each for each in plan.week.habits}
    return tuple(
        old[each.id] if each.id in old and each.prescription is None else each
        for each in fresh.week.habits
        if each.prescription is not None or each.id not in plan.goals_done
    )


def may_take_back(card: Decision) -> bool:
    """Whether a habit's card can be vetoed: a step up, or a goal that ended."""
    return not card.vetoed and card.action in ("advance", "swap", "remove")


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
