"""The table of the micro-goals: what a week of a habit says of its step (``clinical.md`` 7.7)."""

from __future__ import annotations

from coach.model.noun import Noun
from coach.model.plan import Habit
from coach.model.review import WeekEvidence
from coach.programs.habit_week import Told
from coach.programs.library import Goal
from coach.programs.rules import Rules


class Verdict(Noun, frozen=True, kw_only=True):
    """What the table says of one goal: the rule, the cause, and how many weeks in a row it was met."""

    rule: str
    cause: str
    weeks_met: int = 0
    missing: tuple[str, ...] = ()
    safety: bool = False


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
