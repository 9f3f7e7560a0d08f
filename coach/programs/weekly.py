"""What the whole week was: adherence, readiness, pain, flares, pauses, and whether a deload comes."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from coach.model.assessment import Triage
from coach.model.log import SCREEN_ITEMS, SESSION_KINDS, STOPPED, History
from coach.model.plan import Plan
from coach.model.review import WeekEvidence
from coach.programs import devices, flares
from coach.programs.mornings import Mornings, by_date, pains, readiness_of
from coach.programs.phases import Template
from coach.programs.rules import Rules


def window_of(plan: Plan, today: date, rules: Rules) -> tuple[date, date]:
    """First and last day that a review reads: the week up to yesterday, at most fourteen days."""
    last = today - timedelta(days=1)
    return max(plan.week.starts, today - timedelta(days=int(rules["window_days"]))), last


def sessions_done(plan: Plan, history: History, first: date, last: date) -> tuple[str, ...]:
    """Ids of the week's planned sessions that were done; a short version counts as one."""
    known = {each.id for each in plan.week.sessions}
    done = {
        each.session
        for each in history.sessions
        if first <= each.date <= last and each.kind in SESSION_KINDS and each.session in known
    }
    return tuple(sorted(done))


def week_evidence(
    plan: Plan,
    history: History,
    template: Template,
    rules: Rules,
    *,
    today: date,
    screen: dict[str, str] | None,
    triage: Triage | None,
    held: bool = False,
) -> WeekEvidence:
    """Read the inputs that every exercise shares; ``held`` says that full safety questions are open."""
    first, last = window_of(plan, today, rules)
    known = flares.flares(history, today)
    # A late review reads fourteen days, but a flare-up since the last one is cut for, however late.
    now = flares.overlapping(known, plan.week.starts, last)
    mornings = by_date(each for each in history.checkins if each.date <= today)
    planned, done = len(plan.week.sessions), len(sessions_done(plan, history, first, last))
    paused = _paused(plan, history, first, last)
    kind = _kind(plan, bool(now), paused)
    adherence = None if paused or not planned else 100 * min(1, done / planned)
    ready = _mean_readiness(mornings, first, last, rules)
    days = (last - first).days + 1
    pain = _mean(pains(mornings, last, days))
    usual = _mean(pains(mornings, first - timedelta(days=1), 28), least=int(rules["mornings_least"]))
    sleep = _mean(
        [m.sleep_hours for d in _days(first, last) if (m := mornings.get(d)) and m.sleep_hours is not None]
    )
    stress = _mean([m.stress for d in _days(first, last) if (m := mornings.get(d)) and m.stress is not None])
    counts = [
        flares.starts_within(known, last - timedelta(days=7 * back), int(rules["flares_days"]))
        for back in range(4)
    ]
    unscreened = _unscreened(screen, held)
    return WeekEvidence(
        week=plan.week.number,
        starts=first,
        ends=last,
        planned=planned,
        done=done,
        adherence=adherence,
        readiness=ready,
        sleep_hours=sleep,
        stress=stress,
        pain=pain,
        pain_four_weeks=usual,
        kind=kind,
        flare_active=bool(now),
        flare_new=any(not flares.reviewed(each, plan) for each in now),
        flares_28_days=counts[0],
        red_flag=triage is not None and triage.level in STOPPED,
        screened=not unscreened,
        unscreened=unscreened,
        deload_next=_deload_next(plan, template, adherence, kind, ready, rules),
        readiness_red=_red(sleep, stress, pain, usual, rules),
        missing=tuple(
            name
            for name, value in (("sleep", sleep), ("stress", stress), ("morning pain", pain))
            if value is None
        ),
        gap_days=_gap(history, first, last),
        many_flares=any(each >= rules["flares_many"] for each in counts),
        device_nights=devices.told(history, "slept", first, last),
    )


def _unscreened(screen: dict[str, str] | None, held: bool) -> Literal["", "weekly", "new", "full"]:
    """Why the safety questions do not let anything rise; empty where they do."""
    if held:
        return "full"
    if screen is None or any(item not in screen for item in SCREEN_ITEMS):
        return "weekly"
    return "" if all(screen[item] == "no" for item in SCREEN_ITEMS) else "new"


def idle_days(history: History, plan: Plan, today: date) -> int:
    """Days since anything was last done, or since the plan began."""
    last = max((each.date for each in history.sessions if each.date < today), default=plan.start)
    return (today - last).days


def _days(first: date, last: date) -> tuple[date, ...]:
    return tuple(first + timedelta(days=each) for each in range((last - first).days + 1))


def _mean(values: list[float], least: int = 1) -> float | None:
    return sum(values) / len(values) if len(values) >= least else None


def _paused(plan: Plan, history: History, first: date, last: date) -> bool:
    """Whether a day of the reviewed week was paused, or the week asked for nothing."""
    ends = min(last, plan.week.starts + timedelta(days=6))
    asked = bool(plan.week.sessions) or not plan.sessions_per_week
    return not asked or any(each.start <= ends and each.end >= first for each in history.pauses)


def _kind(plan: Plan, flare: bool, paused: bool) -> Literal["loaded", "deload", "flare", "paused"]:
    if flare:
        return "flare"
    if plan.week.deload:
        return "deload"
    return "paused" if paused else "loaded"


def _mean_readiness(mornings: Mornings, first: date, last: date, rules: Rules) -> float | None:
    told = [value for day in _days(first, last) if (value := readiness_of(mornings, day)) is not None]
    return _mean(told, least=int(rules["ready_days"]))


def _red(
    sleep: float | None, stress: float | None, pain: float | None, usual: float | None, rules: Rules
) -> bool:
    """Readiness red of ``clinical.md`` 6.4: it bars every rise."""
    return (
        (sleep is not None and sleep < rules["red_sleep"])
        or (stress is not None and stress > rules["red_stress"])
        or (pain is not None and usual is not None and pain > usual + rules["red_week_pain"])
    )


def _deload_next(
    plan: Plan, template: Template, adherence: float | None, kind: str, ready: float | None, rules: Rules
) -> bool:
    """Whether the coming week is a deload week (``clinical.md`` 6.2)."""
    if plan.week.number + 1 in template.deload:
        told = [each for each in (*plan.completion[-2:], adherence) if each is not None]
        return bool(told) and sum(told) / len(told) >= rules["deload_completion"]
    loaded = int(rules["deload_loaded"])
    kinds = (*plan.kinds, kind)[-loaded:]
    if len(kinds) < loaded or any(each != "loaded" for each in kinds):
        return False
    means = [each for each in (*plan.readiness, ready)[-loaded:] if each is not None]
    return bool(means) and sum(means) / len(means) < rules["ready_normal"]


def _gap(history: History, first: date, last: date) -> int:
    """Longest gap in days before a session of these days."""
    days = sorted(
        {each.date for each in history.sessions if each.kind in SESSION_KINDS and each.date <= last}
    )
    return max(((b - a).days for a, b in pairwise(days) if b >= first), default=0)
