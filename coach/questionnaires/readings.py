"""Dated values of measures and tests, as the answers of an episode hold them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date as Date  # noqa: N812 - `date` is a field here
from functools import cache

from coach.model.assessment import Answers, Response, Value
from coach.model.noun import Noun
from coach.model.testing import Protocol
from coach.questionnaires.catalogue import load_instruments
from coach.questionnaires.official import load
from coach.questionnaires.official import score as score_official
from coach.questionnaires.protocols import load_protocols
from coach.questionnaires.scoring import number, score

SCORED = ("nprs", "psfs", "eac10", "sleep", "stress", "yfc6")
"""Built-in instruments with a score that is followed."""
FIGURES = ("lowest", "highest", "mean", "last", "symmetry_mean")
PARTS_OF_START = ("start_group", "start_distress")


class Reading(Noun, frozen=True, kw_only=True):
    """One value of a measure or test item on a day."""

    measure: str
    date: Date
    value: float
    parts: dict[str, float] = {}
    """The ratings of the own activities, where it is the PSFS."""
    limited: bool = False
    """Pain ended the test: the number is no measure of strength."""


class Series(Noun, frozen=True, kw_only=True):
    """One number that a test gives and that can be followed over weeks."""

    test: Protocol
    name: str
    unit: str


def readings(responses: Iterable[Response]) -> tuple[Reading, ...]:
    """The readings that dated answers hold: built-in scores, typed totals, and test values.

    Answers that were only carried over from an earlier day are no reading of the new one.
    """
    found: list[Reading] = []
    for each in responses:
        fresh = {item: value for item, value in each.answers.items() if not each.given or item in each.given}
        found += _scores(fresh, each.date)
        found += _totals(fresh, each.date)
        found += _tests(fresh, each.date)
    return tuple(found)


def official_reading(form_id: str, answers: Mapping[str, Value], day: Date) -> tuple[Reading, ...]:
    """The reading of an official form filled in on a day; empty where it has no score."""
    value = score_official(form_id, answers).value
    return () if value is None else (Reading(measure=form_id, date=day, value=value),)


@cache
def series() -> dict[str, Series]:
    """Every number that a test gives, by item id, in the order of the tests."""
    found: dict[str, Series] = {}
    for test in load_protocols():
        measures = {each.id: each for each in test.measures}
        names = dict(zip(test.parts, test.part_names, strict=True))
        for output in test.outputs:
            measure = measures.get(output.reads)
            if output.how not in FIGURES or (measure and measure.kind not in ("number", "scale")):
                continue
            unit = test.unit if measure is None else measure.unit or "points"
            extra = output.item.removeprefix(test.id).partition("{")[0].strip("_")
            for part in test.parts if "{part}" in output.item else ("",):
                for side in ("l", "r") if "{side}" in output.item else ("",):
                    words = (test.title, _EXTRA.get(extra, extra), names.get(part, ""), _SIDES[side])
                    found[output.item.format(part=part, side=side)] = Series(
                        test=test, unit=unit, name=", ".join(word for word in words if word)
                    )
    return found


_SIDES = {"l": "left", "r": "right", "": ""}
_EXTRA = {"rpe": "effort", "waking": "pain on waking", "evening": "pain in the evening"}


def _scores(answers: Answers, day: Date) -> list[Reading]:
    found = []
    for instrument in load_instruments():
        if instrument.id not in SCORED:
            continue
        value = score(instrument, answers).value
        if value is None:
            continue
        rated = {key: number(answers.get(key)) for key in instrument.scoring.items}
        parts = {key: each for key, each in rated.items() if each is not None}
        own = parts if instrument.id == "psfs" else {}
        found.append(Reading(measure=instrument.id, date=day, value=value, parts=own))
    return found


def _totals(answers: Answers, day: Date) -> list[Reading]:
    """Totals of official forms that stand among the answers of the interview."""
    items = {
        item: each.id if part == "total" else part
        for each in load()
        for part, item in each.gives.items()
        if item not in PARTS_OF_START
    }
    return [
        Reading(measure=name, date=day, value=value)
        for item, name in items.items()
        if (value := number(answers.get(item))) is not None
    ]


def _tests(answers: Answers, day: Date) -> list[Reading]:
    return [
        Reading(
            measure=item,
            date=day,
            value=value,
            limited=answers.get(f"{each.test.id}_pain_limited") == "yes",
        )
        for item, each in series().items()
        if (value := number(answers.get(item))) is not None
    ]
