"""What a packet raises as a flag: facts with their numbers; which of them is red, the reader's rules say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from coach.cases.packetdays import over_ceiling
from coach.cases.sender import Before
from coach.desk import Desk
from coach.exchange.packetrules import PacketRules, load_packet_rules
from coach.model.log import History
from coach.model.packet import FlagOf, WordsOf
from coach.model.review import Review
from coach.tables import Reading

if TYPE_CHECKING:
    from coach.model.charts import Insight

Found = tuple[str, date | None, float | None, str]
"""Id, since when, its number, and words of its own (else those of the data file)."""
_LEVELS = {
    "T0_EMERGENCY": "triage_t0",
    "T1_CLINICIAN": "triage_t1",
    "NOT_ELIGIBLE": "not_eligible",
    "T2_CAUTION": "triage_t2",
}
_CHECKS = {"none": "not_helping", "worse": "getting_worse"}


def flags(
    desk: Desk,
    reading: Reading,
    history: History,
    seen: Insight | None,
    words: tuple[WordsOf, ...],
    earlier: Before | None = None,
) -> tuple[FlagOf, ...]:
    """All flags, those of safety first; new are those that the packet before did not have."""
    rules = load_packet_rules()
    found = [*_safety(desk, reading), *_pain(history, desk.today, rules), *_course(seen, history, desk.today)]
    found += _rhythm(reading, history, desk.today, rules)
    found += _reviews(reading, desk.today, rules)
    asked = [each for each in words if each.about == "question"]
    if asked:
        found.append(("question", asked[-1].date, len(asked), ""))
    return tuple(
        FlagOf(
            id=name,
            text=own or rules.flags[name].format(v=f"{value:g}" if value is not None else "-"),
            since=day,
            value=value,
            new=_new(name, day, earlier),
        )
        for name, day, value, own in found
    )[:60]


def _new(name: str, day: date | None, earlier: Before | None) -> bool:
    if earlier is None or earlier.since is None:
        return False
    asked_since = name == "question" and day is not None and day > earlier.since
    return asked_since or name not in earlier.flags


def _safety(desk: Desk, reading: Reading) -> Iterator[Found]:
    from coach.cases import rescreen

    triage, episode = reading.triage, reading.episode
    if triage is not None and triage.level in _LEVELS:
        yield _LEVELS[triage.level], triage.made, None, ""
        for each in triage.fired:
            yield each.id[:80], triage.made, None, f"{each.level[:2]} {each.reason}"[:500]
    if triage is not None and triage.mh:
        yield "mood", triage.made, None, ""
    if episode.pending:
        yield "pending", None, len(episode.pending), ""
    elif reading.docs("plan") and any(each.first for each in rescreen.due_now(desk)):
        yield "rescreen", None, None, ""


def _pain(history: History, today: date, rules: PacketRules) -> Iterator[Found]:
    from coach.programs import alarms, flares
    from coach.programs.mornings import by_date, response
    from coach.programs.rules import load_rules

    review = load_rules()
    mornings = by_date(each for each in history.checkins if each.date <= today)
    week = [today - timedelta(days=back) for back in range(rules["week"])]
    above = [
        d for d in week if (rise := response(mornings, d)) is not None and rise > review["morning_green"]
    ]
    if len(above) >= rules["mornings_over"]:
        yield "mornings_over", max(above), len(above), ""
    over = sorted(over_ceiling(history, today).intersection(week))
    if len(over) >= rules["sessions_over"]:
        yield "sessions_over", over[-1], len(over), ""
    pains = {day: each.pain for day, each in mornings.items() if each.pain is not None}
    for name, day in (
        ("pain_high", alarms.high_on(pains, today)),
        ("pain_rise", alarms.rise_on(pains, today)),
    ):
        if day:
            yield name, day, None, ""
    known, now = flares.flares(history, today), flares.current(history, today)
    if now is not None and now.active:
        long = now.day > alarms.FLARE_LONG
        yield "flare_long" if long else "flare_active", now.flare.start, now.day, ""
    count = flares.starts_within(known, today, int(review["flares_days"]))
    if count >= review["flares_many"]:
        yield "flares_many", known[-1].start, count, ""


def _course(seen: Insight | None, history: History, today: date) -> Iterator[Found]:
    """Pain and function against the start, and the checks of weeks 4, 8 and 12."""
    if seen is None:
        return
    for each in seen.series:
        if each.verdict == "worse" and not each.inside:
            if each.id == "pain":
                yield "worse_pain", today, each.now, ""
            elif not each.daily:
                last = each.points[-1].date
                text = f"{each.name}: {each.baseline:g} at the start, {each.now:g} now: worse."
                yield "worse_function", last, each.now, text
    said = [each for each in seen.verdicts if each.said]
    if said and said[-1].outcome in _CHECKS:
        yield _CHECKS[said[-1].outcome], said[-1].date, said[-1].week, ""
    legs = [
        log.date
        for log in history.sessions
        if today - timedelta(days=28) < log.date <= today
        and any(each.leg in ("new", "spreading") for each in log.exercises)
    ]
    if legs:
        yield "leg", legs[-1], None, ""


def _rhythm(reading: Reading, history: History, today: date, rules: PacketRules) -> Iterator[Found]:
    if not reading.docs("plan"):
        return
    paused = [each for each in history.pauses if each.start <= today <= each.end]
    if paused:
        yield "paused", paused[-1].start, None, ""
        return
    noted = [*(each.date for each in history.checkins), *(each.date for each in history.sessions)]
    last = max((day for day in noted if day <= today), default=reading.plan.start)
    quiet = (today - last).days
    if quiet >= rules["quiet"]:
        yield "quiet", last, quiet, ""
    kept = [each for each in reading.plan.completion if each is not None]
    low = 0
    while low < len(kept) and kept[-1 - low] < rules["low"]:
        low += 1
    if low >= rules["low_weeks"]:
        yield "low_adherence", None, low, ""


def _reviews(reading: Reading, today: date, rules: PacketRules) -> Iterator[Found]:
    first = today - timedelta(days=rules["days"])
    stops = [
        (review.date, each)
        for review in reading.all("reviews", Review)
        if review.date > first
        for each in review.decisions
        if each.action in ("stop", "stop_all")
    ]
    if stops:
        yield "stopped_exercise", stops[-1][0], len(stops), ""
