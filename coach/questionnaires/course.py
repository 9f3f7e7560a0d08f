"""The course of every measure and test: start, now, change, error band, and a verdict in words (2.4).

Inside the error band nothing is called better or worse, and there is no arrow. A test without a
known error band is written down only.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Date  # noqa: N812 - `date` is no field here
from typing import Literal

from coach.model.assessment import Answers
from coach.model.noun import Noun
from coach.questionnaires.catalogue import load_instruments
from coach.questionnaires.measures import Measure, load_measures
from coach.questionnaires.official import form, load
from coach.questionnaires.readings import SCORED, Reading, Series, official_reading, readings, series
from coach.questionnaires.scoring import Change, change, psfs_change, shown, tidy

__all__ = ["Course", "Reading", "changes", "course", "official_reading", "readings"]

Verdict = Literal[
    "none", "once", "worse", "near_best", "meaningful_improvement", "probable_improvement", "unchanged",
    "inside_band", "better", "more", "less", "record_only",
]  # fmt: skip
Arrow = Literal["", "better", "worse"]


class Course(Noun, frozen=True, kw_only=True):
    """From the first reading of a measure to the last."""

    measure: str
    name: str
    baseline: float
    baseline_date: Date
    now: float
    now_date: Date
    change: float | None
    """Now minus baseline; null after one reading."""
    mdc: float | None
    """The error band; null where none is known."""
    unit: str
    verdict: Verdict
    arrow: Arrow
    text: str
    readings: int


def course(found: Iterable[Reading]) -> tuple[Course, ...]:
    """One row for each measure and test item: questionnaires first, then the tests.

    Rows go by a fixed order and readings by date; of several of one measure on one day the last
    given counts. A measure nobody knows is left out.
    """
    own = _by_measure(found)
    rows = [_measure_row(name, own[name]) for name in _known_measures() if name in own]
    rows += [_test_row(name, each, own[name]) for name, each in series().items() if name in own]
    return tuple(rows)


def changes(found: Iterable[Reading]) -> tuple[Change, ...]:
    """The verdicts of 2.4 from the first reading to the last, for the check of weeks 6 and 8."""
    return tuple(
        _change(name, own[0], own[-1])
        for name, own in _by_measure(found).items()
        if len(own) > 1 and name in _known_measures()
    )


def _by_measure(found: Iterable[Reading]) -> dict[str, list[Reading]]:
    """The readings of each measure, by date, one a day."""
    days: dict[str, dict[Date, Reading]] = {}
    for each in found:
        days.setdefault(each.measure, {})[each.date] = each
    return {name: [own[day] for day in sorted(own)] for name, own in days.items()}


def _known_measures() -> tuple[str, ...]:
    known = (*SCORED, *(each.id for each in load_measures().measures), *(each.id for each in load()))
    return tuple(dict.fromkeys(known))


def _change(name: str, first: Reading, last: Reading) -> Change:
    if name == "psfs" and first.parts and last.parts:
        before: Answers = dict(first.parts)
        return psfs_change(before, dict(last.parts))
    return change(name, first.value, last.value)


def _measure_row(name: str, own: list[Reading]) -> Course:
    first, last, once = own[0], own[-1], len(own) == 1
    measure, result = load_measures().find(name), _change(name, first, last)
    before = first.value if result.before is None else result.before
    after = last.value if result.after is None else result.after
    title = _title(name, measure)
    verdict: Verdict = "record_only" if measure is None or measure.best is None else result.verdict
    verdict = "once" if once else verdict
    return Course(
        measure=name,
        name=title,
        baseline=before,
        baseline_date=first.date,
        now=after,
        now_date=last.date,
        change=None if once else tidy(after - before),
        mdc=measure.mdc.value if measure and measure.mdc else None,
        unit=next((each.unit for each in load() if each.id == name), "points"),
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


def _test_row(name: str, each: Series, own: list[Reading]) -> Course:
    first, last, once = own[0], own[-1], len(own) == 1
    delta = tidy(last.value - first.value)
    band = each.test.mdc.strict if each.test.mdc else None
    limited = first.limited or last.limited
    verdict = "once" if once else _test_verdict(each, band, delta, limited=limited)
    return Course(
        measure=name,
        name=each.name,
        baseline=first.value,
        baseline_date=first.date,
        now=last.value,
        now_date=last.date,
        change=None if once else delta,
        mdc=band,
        unit=each.unit,
        verdict=verdict,
        arrow=_arrow(verdict, inside=False),
        text=_test_words(each, first, last, band, verdict),
        readings=len(own),
    )


def _test_verdict(each: Series, band: float | None, delta: float, *, limited: bool) -> Verdict:
    if band is None or limited:
        return "record_only"
    if abs(delta) < band:
        return "inside_band"
    if not each.test.better:
        return "more" if delta > 0 else "less"
    return "better" if (delta < 0) == (each.test.better == "low") else "worse"


def _test_words(each: Series, first: Reading, last: Reading, band: float | None, verdict: Verdict) -> str:
    unit = f" {each.unit}" if each.unit else ""
    if verdict == "once":
        return f"{each.name}: {shown(first.value)}{unit}, measured once so far."
    numbers = f"{each.name}: {shown(first.value)} → {shown(last.value)}{unit}"
    if first.limited or last.limited:
        return f"{numbers}, written down only: pain ended the test, so it does not show strength."
    words = {
        "inside_band": f"within the error band of {shown(band or 0.0)}: no clear change",
        "better": "better by more than the error of measuring",
        "worse": "less good by more than the error of measuring",
        "more": "more than before, by more than the error of measuring",
        "less": "less than before, by more than the error of measuring",
        "record_only": "written down only: how exact this test is at home is not known",
    }
    return f"{numbers}, {words[verdict]}."
