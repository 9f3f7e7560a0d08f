"""The cards of the habits: what moved, why, and the numbers the table looked at."""

from __future__ import annotations

import tomllib
from functools import cache

import msgspec

from coach.model.exercise import Number
from coach.model.noun import Noun
from coach.model.plan import Action, Habit
from coach.model.review import Decision
from coach.packaged import packaged
from coach.programs.cards import Cause
from coach.programs.devices import by_device
from coach.programs.habit_table import Verdict, share
from coach.programs.habit_week import Told
from coach.programs.library import Goal, Library
from coach.programs.rules import Rules

PREFIX = "habit:"
"""Before the id of a goal on its card: ``breathing`` would else look like the ladder ``bre``."""
_ACTIONS: dict[str, Action] = {"hab_up": "advance", "hab_down": "step_back", "hab_hold": "hold"}
_TEXTS = {"hab_up": "up", "hab_down": "down", "hab_hold": "hold", "hab_done": "done"}


class Words(Noun, frozen=True, kw_only=True):
    """The words of the habit cards, as their data file has them."""

    actions: dict[str, str]
    causes: dict[str, Cause]


@cache
def load_words() -> Words:
    """Read the words of the cards; the same frozen value each time."""
    text = packaged("programs", "habit_cards.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Words)


def card(
    habit: Habit,
    goal: Goal,
    found: Verdict,
    seen: Told,
    after: Habit | None,
    follower: Habit | None,
    library: Library,
    rules: Rules,
) -> Decision:
    """The card of one goal; ``follower`` is the habit that comes in its place, where one does."""
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
