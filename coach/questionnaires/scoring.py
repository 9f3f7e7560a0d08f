"""From answers to one number, and from two numbers to a verdict (``clinical.md`` 2.2 to 2.4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from coach.model.assessment import Answers, Instrument, Score, Value
from coach.model.noun import Noun
from coach.questionnaires.measures import Measure, load_measures

Verdict = Literal["none", "worse", "near_best", "meaningful_improvement", "probable_improvement", "unchanged"]


class Change(Noun, frozen=True, kw_only=True):
    """What happened to one measure between two readings (``clinical.md`` 2.4)."""

    instrument: str
    before: float | None
    after: float | None
    verdict: Verdict
    change: float | None = None
    """After minus before, in the measure's own direction."""
    gain: float | None = None
    """The change turned so that plus is better."""
    relative: float | None = None
    """Gain as a share of the distance of the first reading from the best score."""
    inside_mdc: bool = False
    """Smaller than the error band: not to be celebrated, not to be alarmed at."""
    size: str = ""
    text: str = ""


def number(value: Value) -> float | None:
    """The answer as a number, or null when it is none."""
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def tidy(value: float) -> float:
    """Take the noise of binary fractions off, and nothing else."""
    return round(value, 9)


def shown(value: float) -> str:
    """A number as people see it: rounded half up to one decimal, without a bare ``.0``."""
    rounded = Decimal(str(tidy(value))).quantize(Decimal("0.1"), ROUND_HALF_UP)
    text = str(rounded)
    return "0" if text in ("-0.0", "0.0") else text.removesuffix(".0")


def score(instrument: Instrument, answers: Answers) -> Score:
    """Score an instrument by its own rule; too few answers give null with the reason."""
    rule = instrument.scoring
    given = _given(instrument, answers)
    value = _value(instrument, given)
    count = len(given)
    missing = ""
    if value is None and rule.method != "none":
        needed = max(rule.minimum_answered, 1)
        missing = f"{count} of {len(rule.items)} answered, {needed} needed"
    return Score(
        instrument=instrument.id,
        value=value,
        band=band(value, rule.bands),
        answered=count,
        missing=missing,
        direction=rule.direction,
    )


def _given(instrument: Instrument, answers: Answers) -> dict[str, float]:
    found = {item: number(answers.get(item)) for item in instrument.scoring.items}
    return {item: value for item, value in found.items() if value is not None}


def _value(instrument: Instrument, given: dict[str, float]) -> float | None:
    rule = instrument.scoring
    if rule.method == "none" or not given:
        return None
    if len(given) < rule.minimum_answered:
        return given.get(rule.fallback)
    turned = _turned(instrument, given)
    total = sum(turned.values())
    if rule.method == "value":
        return tidy(next(iter(turned.values())))
    if rule.method == "mean":
        return tidy(total / len(turned))
    if rule.method == "percent_of_max":
        return tidy(100 * total / sum(_limits(instrument, item)[1] for item in turned))
    return tidy(total * len(rule.items) / len(turned) if rule.prorate else total)


def _turned(instrument: Instrument, given: dict[str, float]) -> dict[str, float]:
    """The answers with the reversed items turned round within their own scale."""
    turned = dict(given)
    for item in instrument.scoring.reversed:
        if item in turned:
            low, high = _limits(instrument, item)
            turned[item] = low + high - turned[item]
    return turned


def _limits(instrument: Instrument, item_id: str) -> tuple[float, float]:
    item = next(each for each in instrument.items if each.id == item_id)
    return item.minimum or 0.0, item.maximum or 0.0


def band(value: float | None, bands: Sequence[tuple[float, str]]) -> str:
    """Name of the band that holds a value; a band ends just below the next limit."""
    if value is None:
        return ""
    name = ""
    for limit, each in bands:
        if tidy(value) >= limit:
            name = each
    return name


def totals(answers: Answers) -> tuple[Score, ...]:
    """Scores of the official forms whose totals were typed in, each with its band."""
    found = []
    for measure in load_measures().measures:
        value = number(answers.get(measure.id))
        if measure.bands and value is not None:
            name = band(value, measure.bands)
            found.append(
                Score(instrument=measure.id, value=value, band=name, answered=1, direction=measure.direction)
            )
    return tuple(found)


def week_mean(values: Iterable[float | None], minimum: int | None = None) -> float | None:
    """Mean of the days of a week that have a value; fewer than ``minimum`` days give null."""
    known = [value for value in values if value is not None]
    needed = load_measures().rules["week_days"].value if minimum is None else minimum
    return sum(known) / len(known) if known and len(known) >= needed else None


def change(instrument_id: str, before: float | None, after: float | None) -> Change:
    """The verdict on two readings, in the order of ``clinical.md`` 2.4.

    An instrument without thresholds of its own gets the verdict ``none``.
    """
    measure = load_measures().find(instrument_id)
    if measure is None or measure.best is None or before is None or after is None:
        text = "No comparison: a value is missing." if before is None or after is None else ""
        return Change(instrument=instrument_id, before=before, after=after, verdict="none", text=text)
    distance = tidy(abs(before - measure.best))
    gain = tidy(abs(before - measure.best) - abs(after - measure.best))
    relative = tidy(gain / distance) if distance else None
    share = load_measures().rules["relative"].value
    verdict = _relative_verdict(gain, relative, share) if measure.relative_only else None
    inside = measure.mdc is not None and abs(gain) < measure.mdc.value
    verdict = verdict or _verdict(measure, gain, relative, distance, share)
    return Change(
        instrument=instrument_id,
        before=before,
        after=after,
        verdict=verdict,
        change=tidy(after - before),
        gain=gain,
        relative=relative,
        inside_mdc=inside,
        size=band(gain, measure.sizes) if gain > 0 else "",
        text=_text(measure, verdict, before, after, inside),
    )


def _verdict(measure: Measure, gain: float, relative: float | None, distance: float, share: float) -> Verdict:
    mic = measure.mic.value if measure.mic else 0.0
    if gain <= -mic:
        return "worse"
    if distance < mic:
        return "near_best"
    enough, enough_relative = gain >= mic, relative is not None and relative >= share
    if enough and enough_relative:
        return "meaningful_improvement"
    return "probable_improvement" if enough or enough_relative else "unchanged"


def _relative_verdict(gain: float, relative: float | None, share: float) -> Verdict:
    """The 30 % rule alone; any rise from the best score counts as enough."""
    if gain < 0 and (relative is None or relative <= -share):
        return "worse"
    return "meaningful_improvement" if relative is not None and relative >= share else "unchanged"


def _text(measure: Measure, verdict: Verdict, before: float, after: float, inside: bool) -> str:
    name = measure.name[:1].upper() + measure.name[1:]
    numbers = f"{name}: {shown(before)} → {shown(after)}"
    if verdict == "probable_improvement" and inside:
        return f"{numbers}, perhaps better, within normal variation."
    instead = "" if measure.id == "psfs" else "; look at your own activities instead"
    words = {
        "worse": "worse than before",
        "near_best": "too near the best score to show change" + instead,
        "meaningful_improvement": "clearly better",
        "probable_improvement": "probably better",
    }
    return f"{numbers}, {words.get(verdict, 'about the same')}."


def psfs_change(before: Answers, after: Answers) -> Change:
    """The verdict on the own activities, over those rated both times."""
    keys = [f"psfs_{place}" for place in range(1, 6)]
    pairs = [(number(before.get(key)), number(after.get(key))) for key in keys]
    both = [(first, last) for first, last in pairs if first is not None and last is not None]
    if not both:
        return change("psfs", None, None)
    return change(
        "psfs", tidy(sum(pair[0] for pair in both) / len(both)), tidy(sum(p[1] for p in both) / len(both))
    )
