"""Overlays of a day: why today's dose is less than the plan's, and by how much (``clinical.md`` 6.4-6.6).

Standing levels stay as they are. Of several reasons to reduce, the largest applies once; the others are
named. Pure and free of files, because the daily path uses it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from msgspec.structs import replace

from coach.model.exercise import Dose, Number, Reason
from coach.model.log import SESSION_KINDS, ExerciseLog, History, SessionLog
from coach.model.noun import Noun
from coach.model.plan import Plan, Prescription, Standing
from coach.programs import day_rules as rules
from coach.programs.dose import fewer_sets, scale
from coach.programs.flares import FlareDays, reviewed


class Overlay(Noun, frozen=True, kw_only=True):
    """One reason to do less today."""

    rule: str
    """``flare_low``, ``flare_mid``, ``flare_full``, ``gap_short``, ``gap_week``, ``gap_long``,
    ``first_session``, ``easy`` or ``flares_3``."""
    reason: Reason
    share: float = 1.0
    rungs: int = 0
    """Rungs down, for every exercise."""
    rungs_high: int = 0
    """Rungs down for loaded ladders from rung 6 on."""
    easy: bool = False
    """One set less and one point less effort, instead of a share."""
    few: bool = False
    """Left out for exercises that are done twice a week or less."""
    only: tuple[str, ...] = ()
    """Exercises it is for; empty for all."""


def planned_logs(history: History, before: date) -> list[SessionLog]:
    """Sessions of the plan before a day, by date."""
    found = [each for each in history.sessions if each.kind in SESSION_KINDS and each.date < before]
    return sorted(found, key=lambda each: (each.date, each.id))


def overlays(
    plan: Plan, history: History, today: date, flare: FlareDays | None, ready: float | None
) -> tuple[Overlay, ...]:
    """Every reason to do less on a day, in the order of their rules."""
    logs = planned_logs(history, today)
    found = [
        _flare(plan, logs, flare),
        _gap(plan, logs, today),
        _own_gap(plan, logs, today),
        _first_session(plan, history, today),
        _easy(ready),
        _many_flares(plan),
    ]
    return tuple(each for each in found if each is not None)


def _flare(plan: Plan, logs: Sequence[SessionLog], flare: FlareDays | None) -> Overlay | None:
    """The steps of a flare: days 3-5, 6-8, from 9; after an early end one session each."""
    if flare is None:
        return None
    cut = 1.0 if reviewed(flare.flare, plan) else rules.FLARE
    step = _step_of(flare) if flare.active else _step_left(flare, logs)
    numbers = (
        Number(name="day of the flare-up", value=flare.day, threshold="day 9 is full", evidence="D",
               source="clinical.md 6.6"),
    )  # fmt: skip
    if step == "low":
        text = "A flare-up is settling: one step easier today, at 70 %."
        why = Reason(rule="flare_low", text=text, numbers=numbers, otherwise="From day 6 it is 85 %.")
        return Overlay(
            rule="flare_low", reason=why, share=_back(plan, 0, rules.FLARE_LOW_SHARE) * cut, rungs=1
        )
    if step == "mid":
        text = "A flare-up is settling: today 85 % of your level."
        why = Reason(
            rule="flare_mid", text=text, numbers=numbers, otherwise="From day 9 it is your full level."
        )
        return Overlay(rule="flare_mid", reason=why, share=_back(plan, 1, rules.FLARE_MID_SHARE) * cut)
    if step == "full" and cut < 1:
        text = "After a flare-up the level is nine tenths of what it was."
        why = Reason(
            rule="flare_full", text=text, numbers=numbers, otherwise="The next reviews raise it again."
        )
        return Overlay(rule="flare_full", reason=why, share=cut)
    return None


def _back(plan: Plan, step: int, share: float) -> float:
    """The share of a step back from a flare-up, or that of a plan file where it is less."""
    own = plan.bounds.flare_back[step : step + 1]
    return min(share, own[0] / 100) if own else share


def kit_day(flare: FlareDays | None) -> bool:
    """Whether a day belongs to the flare kit: the first three days of a flare."""
    return flare is not None and flare.active and flare.day < rules.FLARE_KIT_DAYS


def _step_of(flare: FlareDays) -> str:
    if flare.day < rules.FLARE_KIT_DAYS:
        return "kit"
    if flare.day < rules.FLARE_LOW_UNTIL:
        return "low"
    return "mid" if flare.day < rules.FLARE_MID_UNTIL else "full"


def _step_left(flare: FlareDays, logs: Sequence[SessionLog]) -> str:
    """The step that a flare which ended early still owes: each is one session, in their order."""
    start, end = flare.flare.start, flare.flare.end
    if end is None or (end - start).days >= rules.FLARE_MID_UNTIL:
        return "full" if end is None else ""
    days = [(each.date - start).days for each in logs if each.date >= start]
    inside = [day for day in days if day < (end - start).days]
    after = len(days) - len(inside)
    if any(day >= rules.FLARE_LOW_UNTIL for day in inside):
        owed: tuple[str, ...] = ()
    elif any(day >= rules.FLARE_KIT_DAYS for day in inside):
        owed = ("mid",)
    else:
        owed = ("low", "mid")
    return owed[after] if after < len(owed) else "full"


def gap_before(logs: Sequence[SessionLog], today: date) -> tuple[int, int]:
    """Days since the last session of the plan, and the longest gap of 8 days or more that ended last week."""
    if not logs:
        return 0, 0
    days = sorted({each.date for each in logs})
    now = (today - days[-1]).days
    back = [(b - a).days for a, b in pairwise(days) if (today - b).days < 7]
    return now, max((each for each in back if each >= rules.GAP_WEEK), default=0)


def _gap(plan: Plan, logs: Sequence[SessionLog], today: date) -> Overlay | None:
    """The table of missed sessions: a week off costs one easier session, two weeks an easier week."""
    now, back = gap_before(logs, today)
    gap = max(now, back)
    numbers = (
        Number(name="days since the last session", value=gap, unit="days", threshold=f">= {rules.GAP_SHORT}",
               evidence="D", source="clinical.md 6.5"),
    )  # fmt: skip
    if gap >= rules.GAP_LONG:
        text = "After a break of more than two weeks: one step easier and 70 %, for a week."
        why = Reason(
            rule="gap_long", text=text, numbers=numbers, otherwise="A shorter break would cost less."
        )
        return Overlay(rule="gap_long", reason=why, share=rules.GAP_LONG_SHARE, rungs=1, rungs_high=2)
    if gap >= rules.GAP_WEEK:
        text = "After a break of more than a week: 80 % for a week."
        why = Reason(
            rule="gap_week", text=text, numbers=numbers, otherwise="A shorter break would cost less."
        )
        return Overlay(rule="gap_week", reason=why, share=rules.GAP_WEEK_SHARE, rungs_high=1)
    if now >= rules.GAP_SHORT and len(plan.week.sessions) > rules.GAP_FEW:
        text = "Some days without a session: 90 % today, nothing to catch up."
        why = Reason(
            rule="gap_short", text=text, numbers=numbers, otherwise="Within three days nothing changes."
        )
        return Overlay(rule="gap_short", reason=why, share=rules.GAP_SHORT_SHARE, few=True)
    return None


def _own_gap(plan: Plan, logs: Sequence[SessionLog], today: date) -> Overlay | None:
    """What a plan file asks for after a break, where that is less than the table above."""
    if not plan.bounds.gaps:
        return None
    gap = max(gap_before(logs, today))
    found = [percent for first, last, percent in plan.bounds.gaps if first <= gap <= last and percent < 100]
    if not found:
        return None
    numbers = (
        Number(name="days since the last session", value=gap, unit="days", source="your therapist's plan"),
    )
    why = Reason(
        rule="plan_gap",
        text=f"After a break your therapist's plan starts again at {min(found)} %.",
        numbers=numbers,
        otherwise="A shorter break would cost less.",
    )
    return Overlay(rule="plan_gap", reason=why, share=min(found) / 100)


def _first_session(plan: Plan, history: History, today: date) -> Overlay | None:
    """Exercises whose first session was too much, and that were not done again since."""
    week = sorted(
        (each for each in history.sessions if plan.week.starts <= each.date < today),
        key=lambda each: (each.date, each.id),
    )
    done: dict[str, list[ExerciseLog]] = {}
    for session in week:
        for log in session.exercises:
            if log.status not in ("skipped", "swapped"):
                done.setdefault(log.exercise, []).append(log)
    found = []
    for standing in plan.standing:
        logs = done.get(standing.exercise, [])
        first = not standing.started and len(logs) == 1
        if (first and _too_much(logs[0])) or (standing.rescaled and not logs):
            found.append(standing.exercise)
    if not found:
        return None
    text = "The first time was a lot, so it is a fifth less this time."
    numbers = (
        Number(name="effort or pain rise", value="high",
               threshold=f">= {rules.FIRST_SESSION_RPE:g} or > {rules.STRONG:g}",
               evidence="D", source="progression.md 18"),
    )  # fmt: skip
    why = Reason(
        rule="first_session", text=text, numbers=numbers, otherwise="A calm first time changes nothing."
    )
    return Overlay(rule="first_session", reason=why, share=rules.FIRST_SESSION_SHARE, only=tuple(found))


def _too_much(log: ExerciseLog) -> bool:
    if log.rpe is not None and log.rpe >= rules.FIRST_SESSION_RPE:
        return True
    return (
        log.pain_max is not None
        and log.pain_before is not None
        and log.pain_max - log.pain_before > rules.STRONG
    )


def _easy(ready: float | None) -> Overlay | None:
    if ready is None or ready >= rules.READY_EASY:
        return None
    numbers = (
        Number(name="readiness", value=round(ready, 1), threshold=f"< {rules.READY_EASY:g}", evidence="D",
               source="clinical.md 6.4"),
    )  # fmt: skip
    text = "Sleep, stress and this morning ask for an easier day: one set less, and easier."
    why = Reason(
        rule="easy", text=text, numbers=numbers, otherwise="From 50 on the session stays as planned."
    )
    return Overlay(rule="easy", reason=why, easy=True)


def _many_flares(plan: Plan) -> Overlay | None:
    note = next((each for each in plan.notes if each.rule == "flares_3"), None)
    return Overlay(rule="flares_3", reason=note, share=rules.FLARES_SHARE) if note else None


def lowered(
    given: Prescription, standing: Standing | None, found: Sequence[Overlay], *, deload: bool
) -> tuple[Prescription, tuple[str, ...]]:
    """A prescription at the smallest dose any overlay asks for, and the rule that gave it.

    In a deload week the overlays are measured from the standing level, and the smaller of the two doses
    holds, not both.
    """
    base = replace(given, dose=standing.dose) if deload and standing is not None else given
    best, cause = given, ""
    for overlay in found:
        if overlay.only and given.exercise not in overlay.only:
            continue
        if overlay.few and given.frequency <= rules.GAP_FEW:
            continue
        candidate = _applied(base, standing, overlay)
        if (candidate.rung, candidate.dose.size, candidate.dose.mid_rpe) < (
            best.rung,
            best.dose.size,
            best.dose.mid_rpe,
        ):
            best, cause = candidate, overlay.rule
    return best, (cause,) if cause else ()


def _applied(given: Prescription, standing: Standing | None, overlay: Overlay) -> Prescription:
    if overlay.easy:
        return _dosed(given, fewer_sets(given.dose))
    down = overlay.rungs
    if overlay.rungs_high and given.ladder in rules.LOADED and given.rung >= rules.GAP_RUNG:
        down = max(down, overlay.rungs_high)
    easier = standing.easier[:down] if standing is not None else ()
    if easier:
        low = easier[-1]
        low = replace(
            low, dose=replace(low.dose, sets=min(low.dose.sets, given.dose.sets)), reason=overlay.reason
        )
        return _dosed(low, _scaled(low.dose, overlay.share))
    return _dosed(given, _scaled(given.dose, overlay.share))


def _scaled(dose: Dose, share: float) -> Dose:
    return scale(dose, share) or dose


def _dosed(given: Prescription, dose: Dose) -> Prescription:
    return replace(given, dose=dose, minutes=round(dose.time_min, 2))
