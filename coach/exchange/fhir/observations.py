"""Observations: what was noted, measured and done, one value each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from coach.exchange.fhir.codes import CATEGORY, PA, code_of, concept
from coach.exchange.fhir.parts import Resource, filled, instant, name, number, quantity, reference
from coach.exchange.fhir.record import Episode, Rollup
from coach.exchange.rows import Measurement
from coach.model.log import CheckIn, SessionLog
from coach.model.reading import Reading

DAILY = (
    "pain", "pain_worst", "pain_average", "sleep_hours", "in_bed_hours", "sleep_quality", "stress", "steps",
    "active_minutes", "sitting_hours", "activity_rating",
)  # fmt: skip
"""Fields of a check-in that are a number."""


def observations(episode: Episode, subject: str) -> Iterator[Resource]:
    """All observations of an episode."""
    for entry in episode.checkins:
        yield from _noted(entry, subject)
    for reading in episode.readings:
        yield _measured(reading, subject)
    for measurement in episode.measures:
        yield _tested(measurement, subject)
    for log in episode.sessions:
        yield from _done(log, subject)
    for week in episode.rollups:
        yield from _week(week, subject)


def _observation(
    key: str, measure: str, subject: str, value: float, *,
    when: str = "", period: tuple[str, str] | None = None, issued: str = "", device: str = "",
    name_: str = "", unit: str = "", note: str = "",
) -> Resource:  # fmt: skip
    code = code_of(measure, name_, unit)
    return {
        "resourceType": "Observation",
        "id": name(key),
        **filled(
            meta={"profile": [f"{PA}{code.profile}"]} if code.profile else None,
            status="final",
            category=[{"coding": [{"system": CATEGORY, "code": code.category}]}],
            code=concept(measure, code),
            subject=reference("Patient", subject),
            effectiveDateTime=when,
            effectivePeriod={"start": period[0], "end": period[1]} if period else None,
            issued=instant(issued),
            performer=[reference("Patient", subject)],
        ),
        "valueQuantity": quantity(value, code.unit),
        **filled(note=[{"text": note}] if note else None, device={"display": device} if device else None),
    }


def _noted(entry: CheckIn, subject: str) -> Iterator[Resource]:
    day = entry.date.isoformat()
    for measure in DAILY:
        value = getattr(entry, measure)
        if value is not None:
            yield _observation(f"o-{day}-{measure}", measure, subject, value, when=day, issued=entry.at)


def _measured(reading: Reading, subject: str) -> Resource:
    kind, _, device = reading.source.partition(": ")
    key = hashlib.sha256(reading.source.encode()).hexdigest()[:8]  # the name of a device may be the person's
    shown = kind.replace("_", " ")
    return _observation(
        f"d-{reading.date}-{reading.measure}-{key}", reading.measure, subject, reading.value,
        when=reading.date.isoformat(), device=f"a device, by {shown}" if device else shown,
    )  # fmt: skip


def _tested(found: Measurement, subject: str) -> Resource:
    day = found.date.isoformat()
    note = "Pain ended the test, so it shows no strength." if found.limited else ""
    return _observation(
        f"m-{day}-{found.measure}-{found.source}", found.measure, subject, found.value, when=day,
        issued=found.at, name_=found.name, unit=found.unit, note=note,
    )  # fmt: skip


def _done(log: SessionLog, subject: str) -> Iterator[Resource]:
    day = log.date.isoformat()
    if log.minutes:
        yield _observation(
            f"s-{log.id}-minutes", "session_minutes", subject, log.minutes, when=day, issued=log.at
        )
    told = [each.rpe for each in log.exercises if each.rpe is not None]
    effort = log.rpe if log.rpe is not None else sum(told) / len(told) if told else None
    if effort is not None:
        yield _observation(
            f"s-{log.id}-effort", "session_effort", subject, number(round(effort, 1)), when=day, issued=log.at
        )


def _week(week: Rollup, subject: str) -> Iterator[Resource]:
    period = (week.starts.isoformat(), week.ends.isoformat())
    for measure, value in (
        ("evs_minutes", week.minutes), ("evs_days", week.days), ("strength_days", week.strength_days),
    ):  # fmt: skip
        if value is not None:
            yield _observation(f"w-{period[0]}-{measure}", measure, subject, value, period=period)
