"""What an inbox rule may ask of a packet: measures, and their readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from coach.model.condition import Fold, Measures, Reading
from coach.model.packet import Packet
from coach.programs.planlang.measures import Better, Measure

FLAGS = (
    "triage_t0", "triage_t1", "not_eligible", "triage_t2", "pending", "rescreen", "mood", "worse_pain",
    "worse_function", "mornings_over", "sessions_over", "pain_high", "pain_rise", "flare_active",
    "flare_long", "flares_many", "leg", "not_helping", "getting_worse", "low_adherence", "quiet", "paused",
    "stopped_exercise", "question",
)  # fmt: skip
"""Flags that a packet can raise; a test compares them with ``packet.toml``."""
_BETTER = ("meaningful_improvement", "probable_improvement", "better")


def _measure(
    name: str,
    unit: str,
    low: float,
    high: float,
    fold: Fold,
    better: Better,
    *,
    zero: bool = False,
    days: int = 7,
) -> Measure:
    return Measure(name=name, unit=unit, low=low, high=high, fold=fold, better=better, zero=zero, days=days)


@cache
def known() -> tuple[Measure, ...]:
    """Every measure of a packet, in the order of docs/inbox.md."""
    daily: tuple[tuple[str, str, float, float, Fold, Better], ...] = (
        ("pain", "", 0, 10, "mean", "low"),
        ("morning_rise", "", -10, 10, "max", "low"),
        ("sleep_hours", "h", 0, 24, "mean", "high"),
        ("sleep_quality", "", 0, 10, "mean", "high"),
        ("stress", "", 0, 10, "mean", "low"),
    )
    single: tuple[tuple[str, str, float, float, Better], ...] = (
        ("adherence", "%", 0, 100, "high"),
        ("frequency", "%", 0, 100, "high"),
        ("dose", "%", 0, 100, "high"),
        ("quality", "%", 0, 100, "high"),
        ("pain_start", "", 0, 10, "low"),
        ("pain_now", "", 0, 10, "low"),
        ("pain_change", "", -10, 10, "low"),
        ("days_since", "days", 0, 100_000, "low"),
        ("packets", "", 1, 100_000, "neither"),
    )
    counts = (
        "worse_measures",
        "better_measures",
        "flags",
        "new_flags",
        "findings",
        "questions",
        "new_questions",
    )
    yes = tuple(f"{kind}.{name}" for kind in ("flag", "new") for name in FLAGS)
    return (
        *(_measure(*each) for each in daily),
        _measure("sessions", "", 0, 21, "sum", "high", zero=True),
        _measure("over_ceiling", "", 0, 21, "sum", "low", zero=True),
        _measure("flares", "", 0, 28, "sum", "low", zero=True, days=28),
        *(
            _measure(name, unit, low, high, "latest", better, days=1)
            for name, unit, low, high, better in single
        ),
        *(_measure(name, "", 0, 1000, "latest", "low", zero=True, days=1) for name in counts),
        *(_measure(name, "", 0, 1, "latest", "low", zero=True, days=1) for name in yes),
        _measure("week", "", 1, 104, "latest", "neither"),
    )


def measures(packet: Packet, today: date) -> Measures:
    """The readings of a packet; windows end on the day it was made, ``today`` is only for its age."""
    readings = {name: tuple(found) for name, found in _daily(packet)}
    readings |= {
        name: (Reading(date=packet.made, value=value),)
        for name, value in _single(packet, today)
        if value is not None
    }
    return Measures(today=packet.made, week=packet.plan.week if packet.plan else 0, readings=readings)


def _daily(packet: Packet) -> Iterator[tuple[str, Iterable[Reading]]]:
    for name, field in (
        ("pain", "pain"),
        ("morning_rise", "rise"),
        ("sleep_hours", "sleep_hours"),
        ("sleep_quality", "sleep_quality"),
        ("stress", "stress"),
    ):
        values = ((each.date, getattr(each, field)) for each in packet.days)
        yield name, [Reading(date=day, value=value) for day, value in values if value is not None]
    yield "sessions", [Reading(date=each.date, value=1.0) for each in packet.days if each.session]
    yield "over_ceiling", [Reading(date=each.date, value=1.0) for each in packet.days if each.over]
    yield "flares", [Reading(date=each.start, value=1.0) for each in packet.flares]


def _single(packet: Packet, today: date) -> Iterator[tuple[str, float | None]]:
    kept, pain = packet.adherence, packet.response
    for name, share in (
        ("adherence", kept.score),
        ("frequency", kept.frequency),
        ("dose", kept.dose),
        ("quality", kept.quality),
    ):
        yield name, None if share is None else 100 * share
    yield from (("pain_start", pain.baseline), ("pain_now", pain.now), ("pain_change", pain.change))
    yield "days_since", age(packet, today)
    yield "packets", packet.number
    yield "worse_measures", sum(each.verdict == "worse" for each in packet.measures)
    yield "better_measures", sum(each.verdict in _BETTER for each in packet.measures)
    yield "flags", len(packet.flags)
    yield "new_flags", sum(each.new for each in packet.flags)
    yield "findings", sum(each.id not in FLAGS for each in packet.flags)
    asked = [each for each in packet.words if each.about == "question"]
    told = next((each for each in packet.flags if each.id == "question"), None)
    yield "questions", len(asked) or (told.value or 0 if told else 0)
    fresh = sum(each.new for each in asked) if packet.words else float(bool(told and told.new))
    yield "new_questions", fresh if packet.since else (len(asked) or float(bool(told)))
    for each in packet.flags:
        if each.id in FLAGS:
            yield f"flag.{each.id}", 1.0
            if each.new or packet.since is None:
                yield f"new.{each.id}", 1.0


def age(packet: Packet, today: date) -> int | None:
    """Days since a packet was made, null where its dates are shifted."""
    return max(0, (today - packet.made).days) if packet.sender.dates == "kept" else None
