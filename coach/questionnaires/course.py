"""The course of every measure and test: start, now, change, error band, and a verdict in words (2.4).

Inside the error band nothing is called better or worse, and there is no arrow. A test without a
known error band is written down only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date as Date  # noqa: N812 - `date` is a field here
from typing import Literal

from coach.model.assessment import Answers, Response, Value
from coach.model.noun import Noun
from coach.model.testing import Protocol
from coach.questionnaires.catalogue import load_instruments
from coach.questionnaires.measures import Measure, load_measures
from coach.questionnaires.official import form, load
from coach.questionnaires.protocols import load_protocols
from coach.questionnaires.scoring import Change, change, number, psfs_change, score, shown, tidy

Verdict = Literal[
    "none", "once", "worse", "near_best", "meaningful_improvement", "probable_improvement", "unchanged",
    "inside_band", "better", "more", "less", "record_only",
]  # fmt: skip
Arrow = Literal["", "better", "worse"]
SCORED = ("nprs", "psfs", "eac10", "sleep", "stress", "yfc6")
"""Built-in instruments with a score that is followed."""
NAMES = {"l": "left", "r": "right"}


class Reading(Noun, frozen=True, kw_only=True):
    """One value of a measure or test item on a day."""

    measure: str
    date: Date
    value: float
    parts: dict[str, float] = {}
    """The ratings of the own activities, where it is the PSFS."""
    limited: bool = False
    """Pain ended the test: the number is no measure of strength."""


class Course(Noun, frozen=True, kw_only=True):
    """From the first reading of a measure to the last."""

    measure: str
    name: str
    baseline: float
    baseline_date: Date
    now: float
    now_date: Date
    change: float | None
    mdc: float | None
    """The error band; null where none is known."""
    unit: str
    verdict: Verdict
    arrow: Arrow
    text: str
    readings: int = 0


def course(readings: Iterable[Reading]) -> tuple[Course, ...]:
    """One row for each measure and test item: questionnaires first, then the tests.

    The order of the readings plays no part; of several on one day the last given counts. A
    measure nobody knows is left out.
    """
    by_measure: dict[str, dict[Date, Reading]] = {}
    for each in readings:
        by_measure.setdefault(each.measure, {})[each.date] = each
    rows = []
    for name in _order():
        if name in by_measure:
            days = by_measure[name]
            rows.append(_row(name, [days[day] for day in sorted(days)]))
    return tuple(rows)


def changes(readings: Iterable[Reading]) -> tuple[Change, ...]:
    """The verdicts of 2.4 from the first to the last reading, for the check of weeks 6 and 8."""
    by_measure: dict[str, list[Reading]] = {}
    for each in readings:
        by_measure.setdefault(each.measure, []).append(each)
    found = []
    for name, own in by_measure.items():
        own.sort(key=lambda each: each.date)
        if len(own) > 1 and own[0].date < own[-1].date:
            found.append(_change(name, own[0], own[-1]))
    return tuple(found)


def readings(responses: Iterable[Response]) -> tuple[Reading, ...]:
    """The readings that dated answers hold: built-in scores, typed totals, and test values."""
    found: list[Reading] = []
    for each in responses:
        found += _scores(each.answers, each.date)
        found += _totals(each.answers, each.date)
        found += _tests(each.answers, each.date)
    return tuple(found)


def official_reading(form_id: str, answers: Mapping[str, Value], day: Date) -> tuple[Reading, ...]:
    """The reading of an official form filled in on a day; empty where it has no score."""
    from coach.questionnaires.official import score as score_official

    value = score_official(form_id, answers).value
    return () if value is None else (Reading(measure=form_id, date=day, value=value),)


def _order() -> tuple[str, ...]:
    known = (*SCORED, *(each.id for each in load_measures().measures), *(each.id for each in load()))
    return (*dict.fromkeys(known), *_test_items())


def _test_items() -> dict[str, Protocol]:
    """Every number that a test gives, in the order of the tests."""
    found: dict[str, Protocol] = {}
    for test in load_protocols():
        kinds = {each.id: each.kind for each in test.measures}
        for output in test.outputs:
            figure = kinds.get(output.reads) in ("number", "scale") and output.how in _FIGURES
            if figure or output.how in ("symmetry_mean", "change_pain"):
                for part in test.parts if "{part}" in output.item else ("",):
                    for side in ("l", "r") if "{side}" in output.item else ("",):
                        found[output.item.format(part=part, side=side)] = test
    return found


_FIGURES = ("lowest", "highest", "mean", "last")


def _scores(answers: Answers, day: Date) -> list[Reading]:
    found = []
    for instrument in load_instruments():
        if instrument.id not in SCORED:
            continue
        value = score(instrument, answers).value
        if value is None:
            continue
        parts = {}
        if instrument.id == "psfs":
            rated = {key: number(answers.get(key)) for key in instrument.scoring.items}
            parts = {key: rating for key, rating in rated.items() if rating is not None}
        found.append(Reading(measure=instrument.id, date=day, value=value, parts=parts))
    return found


def _totals(answers: Answers, day: Date) -> list[Reading]:
    """Totals of official forms that stand among the answers of the interview."""
    items = {
        item: each.id if part == "total" else part for each in load() for part, item in each.gives.items()
    }
    return [
        Reading(measure=items[item], date=day, value=value)
        for item in items
        if item not in ("start_group", "start_distress") and (value := number(answers.get(item))) is not None
    ]


def _tests(answers: Answers, day: Date) -> list[Reading]:
    return [
        Reading(measure=item, date=day, value=value, limited=answers.get(f"{test.id}_pain_limited") == "yes")
        for item, test in _test_items().items()
        if (value := number(answers.get(item))) is not None
    ]


def _row(name: str, own: list[Reading]) -> Course:
    first, last = own[0], own[-1]
    test = _test_items().get(name)
    if test is not None:
        return _test_row(name, test, first, last, len(own))
    measure = load_measures().find(name)
    unit = next((each.unit for each in load() if each.id == name), "points")
    result = _change(name, first, last)
    before = first.value if result.before is None else result.before
    after = last.value if result.after is None else result.after
    title = _title(name, measure)
    verdict: Verdict = "once" if len(own) == 1 else _of_change(result, measure)
    return Course(
        measure=name,
        name=title,
        baseline=before,
        baseline_date=first.date,
        now=after,
        now_date=last.date,
        change=None if len(own) == 1 else tidy(after - before),
        mdc=measure.mdc.value if measure and measure.mdc else None,
        unit=unit,
        verdict=verdict,
        arrow=_arrow(verdict, inside=result.inside_mdc),
        text=_words(verdict, title, before, after, result.text),
        readings=len(own),
    )


def _title(name: str, measure: Measure | None) -> str:
    if measure:
        return measure.name
    built_in = {each.id: each.title for each in load_instruments()}
    return built_in.get(name) or form(name).title


def _change(name: str, first: Reading, last: Reading) -> Change:
    if name == "psfs" and first.parts and last.parts:
        before: Answers = dict(first.parts)
        return psfs_change(before, dict(last.parts))
    return change(name, first.value, last.value)


def _of_change(result: Change, measure: Measure | None) -> Verdict:
    if measure is None or measure.best is None:
        return "record_only"
    return result.verdict


def _arrow(verdict: Verdict, *, inside: bool) -> Arrow:
    if inside:
        return ""
    if verdict in ("meaningful_improvement", "probable_improvement", "better"):
        return "better"
    return "worse" if verdict == "worse" else ""


def _words(verdict: Verdict, title: str, before: float, after: float, said: str) -> str:
    name = title[:1].upper() + title[1:]
    if verdict == "once":
        return f"{name}: {shown(before)}, measured once so far."
    if verdict == "record_only":
        return f"{name}: {shown(before)} → {shown(after)}, written down only."
    return said


def _test_row(name: str, test: Protocol, first: Reading, last: Reading, count: int) -> Course:
    delta = tidy(last.value - first.value)
    band = (
        test.mdc.strict if test.mdc and name.removesuffix("_l").removesuffix("_r") in _banded(test) else None
    )
    verdict = _test_verdict(test, band, delta, count, limited=first.limited or last.limited)
    title = _test_title(name, test)
    return Course(
        measure=name,
        name=title,
        baseline=first.value,
        baseline_date=first.date,
        now=last.value,
        now_date=last.date,
        change=None if count == 1 else delta,
        mdc=band,
        unit=test.unit,
        verdict=verdict,
        arrow=_arrow(verdict, inside=False),
        text=_test_words(title, test.unit, first, last, band, verdict),
        readings=count,
    )


def _banded(test: Protocol) -> set[str]:
    """The items, without side, that the error band of a test is about."""
    found = set()
    for output in test.outputs:
        for part in test.parts or ("",):
            found.add(output.item.format(part=part, side="").removesuffix("_"))
    return found


def _test_title(name: str, test: Protocol) -> str:
    rest = name.removeprefix(test.id).strip("_")
    words = [part for key, part in zip(test.parts, test.part_names, strict=True) if key in rest.split("_")]
    side = NAMES.get(rest.split("_")[-1]) if rest else None
    named = {"angle": "angle", "waking": "pain on waking", "evening": "pain in the evening", "rpe": "effort"}
    words += [named[rest]] if rest in named else []
    words += ["pain, knees to chest"] if rest == "a_dpain" or name == "mt_19a_dpain" else []
    words += ["pain, press-up or lean-back"] if name == "mt_19b_dpain" else []
    return ", ".join([test.title, *dict.fromkeys(words), *([side] if side else [])])


def _test_verdict(test: Protocol, band: float | None, delta: float, count: int, *, limited: bool) -> Verdict:
    if count == 1:
        return "once"
    if band is None or limited:
        return "record_only"
    if abs(delta) < band:
        return "inside_band"
    if not test.better:
        return "more" if delta > 0 else "less"
    return "better" if (delta < 0) == (test.better == "low") else "worse"


def _test_words(
    title: str, unit: str, first: Reading, last: Reading, band: float | None, verdict: Verdict
) -> str:
    numbers = f"{title}: {shown(first.value)} → {shown(last.value)} {unit}".rstrip()
    if verdict == "once":
        return f"{title}: {shown(first.value)} {unit}".rstrip() + ", measured once so far."
    if verdict == "inside_band" and band is not None:
        return f"{numbers}, within the error band of {shown(band)}: no clear change."
    if first.limited or last.limited:
        return f"{numbers}, written down only: pain ended the test, so it does not show strength."
    words = {
        "better": "clearly better than the error of measuring",
        "worse": "less good than before, by more than the error of measuring",
        "more": "more than before, by more than the error of measuring",
        "less": "less than before, by more than the error of measuring",
        "record_only": "written down only: how exact this test is at home is not known",
    }
    return f"{numbers}, {words[verdict]}."
