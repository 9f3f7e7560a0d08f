"""Consistency: how regularly the plan was kept up. A forgiving, published formula; it says nothing of health.

``score = frequency x dose x quality`` over the planned sessions of the last 28 days:

- *frequency* is sessions done of sessions planned, in weeks that are over;
- *dose* is the share of the sets that a done session had (a set begun and not finished counts half);
- *quality* is 1 for a set in good form or without a word on form, less for faults.

The product is the same as the mean, over the planned sessions, of the work done in each: 0 for one that
was not done, 1 for one done whole. Two of three done is two thirds. What is left out of the count:

- sessions planned on paused days that were not done;
- one session a week that was let go with a reason, or cut short, where leaving it out helps;
- the running week: what was done in it counts as soon as it helps, what is still to come never hurts.

So doing more never lowers the score, a pause never lowers it, and the order of entries is nothing to it.
`docs/consistency.md` says the same in plain words; the numbers stand in ``rules.toml`` as ``con_...``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import ceil

from coach.model.log import SESSION_KINDS, ExerciseLog, History, SessionLog, Skip
from coach.model.noun import Noun
from coach.model.plan import Session, Week
from coach.programs.rules import Rules

_NOT_DONE = ("skipped", "swapped")
_WEEK = timedelta(days=7)
_TINY = 1e-9


class Unit(Noun, frozen=True, kw_only=True):
    """One planned session and what was done of it."""

    session: str
    starts: date
    """First day of its week."""
    over: bool
    """Whether its week is over."""
    done: bool = False
    dose: float = 0.0
    """Share of its sets, 0 to 1."""
    work: float = 0.0
    """The same with the quality of each set: what the score counts."""
    excused: bool = False
    """Let go with a reason."""
    paused: bool = False
    date: date
    """The day it was meant for."""


class ThisWeek(Noun, frozen=True, kw_only=True):
    """How much room the running week still has."""

    planned: int
    done: int
    needed: int
    """Sessions of the week with which it is on track."""
    can_miss: int
    """Sessions that can still be left out."""
    free_days: int
    """Days from today on that can go without a session."""
    on_track: bool
    text: str


class Consistency(Noun, frozen=True, kw_only=True):
    """How regularly the plan was kept up, 0 to 1; null while there is nothing to count."""

    score: float | None
    frequency: float | None
    dose: float | None
    quality: float | None
    planned: int
    """Planned sessions that count."""
    done: int
    left_out: int
    """Sessions that do not count: paused, or within the skip budget."""
    this_week: ThisWeek | None = None
    text: str = ""


def consistency(weeks: Iterable[Week], history: History, today: date, rules: Rules) -> Consistency:
    """Read the planned weeks and what was logged; ``weeks`` are those that have begun, in any order."""
    lived = sorted((each for each in weeks if each.starts <= today), key=lambda each: each.starts)
    every = units(lived, history, today, rules)
    since = today - timedelta(days=int(rules["con_days"]))
    recent = [each for each in every if each.date >= since]
    counted = _counted(recent, rules)
    score = _mean(counted)
    done = [each for each in counted if each.done]
    planned = sum(each.over or each.done for each in recent)
    dose = sum(each.dose for each in done)
    return Consistency(
        score=score,
        frequency=len(done) / len(counted) if counted else None,
        dose=dose / len(done) if done else None,
        quality=sum(each.work for each in done) / dose if dose else None,
        planned=len(counted),
        done=len(done),
        left_out=planned - len(counted),
        this_week=_this_week(lived, every, history, today, rules),
        text=_text(score, counted, planned - len(counted)),
    )


def units(lived: Sequence[Week], history: History, today: date, rules: Rules) -> tuple[Unit, ...]:
    """Every planned session with what was done of it, by week.

    A week that nobody reviewed goes on: each further week of the gap asks for as many sessions.
    """
    found = []
    for place, week in enumerate(lived):
        later = lived[place + 1].starts if place + 1 < len(lived) else None
        ends = min(week.starts + _WEEK, later or week.starts + _WEEK)
        logs = [
            each
            for each in history.sessions
            if week.starts <= each.date < ends and each.kind in SESSION_KINDS
        ]
        skips = [each for each in history.skips if week.starts <= each.date < ends and each.reason]
        found += [
            _unit(session, week, logs, skips, history, ends <= today, rules)
            for session in week.sessions
            if session.date < ends
        ]
        found += _unreviewed(week, later or today + timedelta(days=1), history)
    return tuple(found)


def _unreviewed(week: Week, until: date, history: History) -> list[Unit]:
    """Sessions of whole weeks that went by after a week without its review."""
    found = []
    starts = week.starts + _WEEK
    while starts + _WEEK <= until:
        for session in week.sessions:
            day = session.date + (starts - week.starts)
            found.append(
                Unit(session=session.id, date=day, starts=starts, over=True, paused=_paused(day, history))
            )
        starts += _WEEK
    return found


def _unit(
    session: Session,
    week: Week,
    logs: Sequence[SessionLog],
    skips: Sequence[Skip],
    history: History,
    over: bool,
    rules: Rules,
) -> Unit:
    own = [each for each in logs if each.session == session.id]
    doses = [work_of(session, each, rules) for each in own]
    return Unit(
        session=session.id,
        date=session.date,
        starts=week.starts,
        over=over,
        done=any(dose > 0 for dose, _ in doses),
        dose=min(1.0, sum(dose for dose, _ in doses)),
        work=min(1.0, sum(work for _, work in doses)),
        excused=any(each.session == session.id for each in skips),
        paused=_paused(session.date, history),
    )


def work_of(session: Session, log: SessionLog, rules: Rules) -> tuple[float, float]:
    """Dose and work of one log of a session, each 0 to 1; the flare kit stands in for all of it.

    Where the dose of the day was lower than planned, doing what was asked is all of it; a short version
    is measured against the whole session.
    """
    logs = [each for each in log.exercises if each.status not in _NOT_DONE]
    if log.overlay == "flare_kit":
        return (1.0, 1.0) if logs else (0.0, 0.0)
    asked = {each.ladder: each.dose.sets for each in session.prescriptions}
    total = sum(asked.values())
    dose = work = 0.0
    for ladder, sets in asked.items():
        own = [each for each in logs if each.exercise.startswith(f"{ladder}_")]
        shares = [_share(each, sets, log.kind, rules) for each in own]
        best = max(shares, key=lambda each: each[1], default=(0.0, 0.0))
        dose += sets * best[0]
        work += sets * best[1]
    return (dose / total, work / total) if total else (0.0, 0.0)


def _share(log: ExerciseLog, planned: int, kind: str, rules: Rules) -> tuple[float, float]:
    asked = min(planned, log.planned_sets or planned) if kind == "full" else planned
    begun = max(0, len(log.sets) - log.sets_full)
    share = min(1.0, (log.sets_full + rules["con_partial"] * begun) / max(1, asked))
    quality = {1: rules["con_form_minor"], 2: rules["con_form_poor"]}.get(log.form or 0, 1.0)
    return share, share * quality


def _paused(day: date, history: History) -> bool:
    return any(each.start <= day <= each.end for each in history.pauses)


def _counted(recent: Sequence[Unit], rules: Rules) -> list[Unit]:
    """The sessions that count: of all choices that the rules leave open, the one with the best score.

    A larger score leaves more out and lets less in, so the search settles after a few rounds.
    """
    score = 0.0
    while True:
        chosen = _chosen(recent, score, rules)
        better = _mean(chosen) or 0.0
        if better <= score + _TINY:
            return chosen
        score = better


def _chosen(recent: Sequence[Unit], score: float, rules: Rules) -> list[Unit]:
    """What counts, where a session that may be left out is left out if it is below the score."""
    kept: list[Unit] = []
    weeks: dict[date, list[Unit]] = {}
    for each in recent:
        weeks.setdefault(each.starts, []).append(each)
    for week in weeks.values():
        budget = int(rules["con_skips"])
        required = []
        for each in week:
            if not each.over or each.paused:
                if each.done and each.work >= score - _TINY:
                    kept.append(each)
            else:
                required.append(each)
        forgiven = sorted((e for e in required if e.excused or e.done), key=lambda e: (e.work, e.date))
        for each in forgiven[:budget]:
            if not each.done or each.work < score - _TINY:
                required.remove(each)
        kept += required
    return kept


def _mean(counted: Sequence[Unit]) -> float | None:
    return sum(each.work for each in counted) / len(counted) if counted else None


def _this_week(
    lived: Sequence[Week], every: Sequence[Unit], history: History, today: date, rules: Rules
) -> ThisWeek | None:
    """Sessions and days that can still be left out; null where no week with sessions is running."""
    week = next((each for each in lived if each.starts <= today < each.starts + _WEEK), None)
    if week is None or not week.sessions:
        return None
    own = [each for each in every if each.starts == week.starts and (each.done or not each.paused)]
    budget = min(int(rules["con_skips"]), sum(each.excused and not each.done for each in own))
    planned, done = len(own) - budget, sum(each.done for each in own)
    if planned <= 0:
        return None
    needed = ceil(planned * rules["con_on_track"] / 100 - _TINY)
    gone = sum(each.excused and not each.done for each in own)
    days = [today + timedelta(days=n) for n in range((week.starts + _WEEK - today).days)]
    worked = any(each.date == today and each.kind in SESSION_KINDS for each in history.sessions)
    left = [day for day in days if not _paused(day, history) and not (worked and day == today)]
    possible = min(len(own) - done - gone, len(left))
    can_miss = max(0, min(possible, done + possible - needed))
    reachable = done + possible >= needed
    free = max(0, len(left) - max(0, needed - done)) if reachable else 0
    return ThisWeek(
        planned=planned,
        done=done,
        needed=needed,
        can_miss=can_miss,
        free_days=free,
        on_track=reachable,
        text=_week_text(done, planned, needed, can_miss, free, reachable),
    )


def _week_text(done: int, planned: int, needed: int, can_miss: int, free: int, reachable: bool) -> str:
    head = f"This week: {done} of {planned} done."
    if not reachable:
        return f"{head} A light week. Every session still counts, and the next week starts fresh."
    if done >= needed:
        return f"{head} You are on track, whatever the rest of the week brings."
    room = f"You can leave out {can_miss} more" if can_miss else "There is none to spare"
    days = f"{free} day{'' if free == 1 else 's'}"
    return f"{head} {needed} keep you on track. {room}, and {days} from today on can be free."


def _text(score: float | None, counted: Sequence[Unit], left_out: int) -> str:
    if score is None:
        return "Consistency is counted from the first session on."
    done = sum(each.done for each in counted)
    text = (
        f"Consistency of four weeks: {round(100 * score)} %, from {done} of {len(counted)} planned sessions"
    )
    more = f" ({left_out} left out: a pause or the skip budget)" if left_out else ""
    return f"{text}{more}. It is about rhythm, not about health."
