"""The first page of a report: all that matters in the minute that a reader has."""

from __future__ import annotations

from coach.draw import cards, sentences, words
from coach.exchange import reportparts as parts
from coach.exchange.html import Html, tag
from coach.model.charts import Insight, Series
from coach.model.report import Report
from coach.model.review import Review


def lines(found: Report) -> tuple[Html, ...]:
    """What is to be known, a sentence a line: course, regularity, marked days, the last review, what is next.

    For a clinician the flags stand first; for the person they stand last, as something to look at.
    """
    clinician = found.audience == "clinician"
    flags = [tag("li", tag("b", "Flag: " if clinician else "Worth a look: "), each) for each in _flags(found)]
    if clinician and not flags and not found.withheld:
        flags = [tag("li", "No flags: nothing stands out.")]
    rest = [tag("li", each) for each in _sentences(found)]
    return tuple([*flags, *rest] if clinician else [*rest, *flags])


def _flags(found: Report) -> list[str]:
    return [parts.flag(each) for each in found.flags]


def _sentences(found: Report) -> list[str]:
    seen = found.insight
    told: list[str] = []
    if seen is not None:
        told += [sentences.series(each) for each in shown(seen) if each.id == "pain" or not charted(each)]
        told += [sentences.adherence(seen.weeks)]
        marked = next((sentences.spans(each.spans) for each in seen.series if each.spans), "")
        told += [f"There was {marked.removeprefix('Marked: ')}"] if marked else []
    told += [_last(found.reviews[-1])] if found.reviews else []
    return told + _next(found)


def _last(found: Review) -> str:
    """The last review in numbers: how many exercises and habits went which way."""
    every = [cards.sign(each) for each in (*found.decisions, *found.habits) if not each.vetoed]
    said = {"up": "grew", "down": "went down", "swap": "changed", "new": "came in", "out": "left the plan"}
    said |= {"stop": "stopped for safety", "same": "stayed as it was"}
    counts = tuple(f"{every.count(sign)} {text}" for sign, text in said.items() if sign in every)
    when = words.day(found.date)
    return f"Last look back, {when}: {words.listed(counts)}." if counts else f"Last look back: {when}."


def _next(found: Report) -> list[str]:
    """The next session of the week that binds; nothing where exercises are withheld."""
    if found.next is None or found.withheld:
        return []
    count, minutes = len(found.next.prescriptions), round(found.next.minutes)
    return [f"Planned next: {words.day(found.next.date)}, {count} exercises in about {minutes} min."]


def shown(seen: Insight) -> tuple[Series, ...]:
    """Every series, pain and everyday activities before the goals, and the rest after them."""
    return (*seen.series[:2], *seen.goals, *seen.series[2:])


def charted(found: Series) -> bool:
    """Whether a series has enough values for a chart: two days, or three readings with weeks between."""
    count = sum(found.start <= each.date <= found.end for each in found.points)
    return count >= (2 if found.daily else 3)
