"""The scoring rule of each official form, with its rule for what is missing (2.2, 2.3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product

from coach.model.assessment import Answers
from coach.questionnaires.officialform import Official
from coach.questionnaires.rulebook import Step
from coach.questionnaires.scoring import number, tidy

Parts = dict[str, float | str | None]
Found = tuple[float | None, Parts, str]
"""Value, parts, and why there is no value."""


def _too_few(official: Official, given: Mapping[str, float]) -> str:
    if len(given) >= official.minimum_answered:
        return ""
    return f"{len(given)} of {len(official.items)} answered, {official.minimum_answered} needed"


def _turned(official: Official, given: Mapping[str, float]) -> dict[str, float]:
    ends = {each.id: (each.minimum or 0.0) + (each.maximum or 0.0) for each in official.items}
    return {key: ends[key] - value if key in official.reversed else value for key, value in given.items()}


def _sum(official: Official, answers: Answers, given: dict[str, float]) -> Found:
    """Sum, made up in proportion where the form says so."""
    few = _too_few(official, given)
    if few:
        return None, {}, few
    total = sum(_turned(official, given).values())
    if official.prorate:
        total = total * len(official.items) / len(given)
    return total * official.factor, {}, ""


def _mean(official: Official, answers: Answers, given: dict[str, float]) -> Found:
    few = _too_few(official, given)
    return (None, {}, few) if few else (sum(given.values()) / len(given), {}, "")


def _percent(official: Official, answers: Answers, given: dict[str, float]) -> Found:
    """Share of the most that the sections answered can give."""
    few = _too_few(official, given)
    most = sum(each.maximum or 0.0 for each in official.items if each.id in given)
    return (None, {}, few) if few else (100 * sum(given.values()) / most, {}, "")


def _count(official: Official, answers: Answers, given: dict[str, float]) -> Found:
    """Yes answers; a blank is a no, and the prorated value stands beside it."""
    few = _too_few(official, given)
    if few:
        return None, {}, few
    total = sum(given.values())
    parts: Parts = {"blank": len(official.items) - len(given)}
    if len(given) < len(official.items):
        parts["prorated"] = tidy(total * len(official.items) / len(given))
    return total, parts | recovered(official, total), ""


def recovered(official: Official, total: float) -> Parts:
    """Whether a Roland-Morris count is so low that it is called recovered."""
    full = total * (official.full_items or 0) / len(official.items)
    return {"recovered": "yes" if full <= official.limits["recovered"].value else "no"}


def _table(official: Official, answers: Answers, given: dict[str, float]) -> Found:
    few = _too_few(official, given)
    if few:
        return None, {}, few
    raw = sum(given.values())
    return dict(official.table).get(raw), {"raw": raw}, ""


def _phq4(official: Official, answers: Answers, given: dict[str, float]) -> Found:
    """The total, and each pair that is whole."""
    parts: Parts = {}
    for name, pair in (("gad2", ("item_1", "item_2")), ("phq2", ("item_3", "item_4"))):
        if all(item in given for item in pair):
            parts[name] = sum(given[item] for item in pair)
    few = _too_few(official, given)
    return (None, parts, few) if few else (sum(given.values()), parts, "")


def start_group(official: Official, total: float, distress: float) -> str:
    """The group of a total and a distress part."""
    if distress >= official.limits["distress"].value:
        return "high"
    return "low" if total < official.limits["total"].value else "medium"


def _start(official: Official, answers: Answers, given: dict[str, float]) -> Found:
    """Every way the missing answers could be: one group each time is the group."""
    ids = [each.id for each in official.items]
    counts = {key: value for key, value in given.items() if key != ids[-1]}
    if ids[-1] in given:
        counts[ids[-1]] = float(given[ids[-1]] >= official.limits["bother"].value)
    gaps = [item for item in ids if item not in counts]
    seen = set()
    for mix in product((0.0, 1.0), repeat=len(gaps)):
        whole = counts | dict(zip(gaps, mix, strict=True))
        total, distress = sum(whole.values()), sum(whole[item] for item in ids[4:])
        seen.add(start_group(official, total, distress))
    if not gaps:
        return total, {"distress": distress, "group": seen.pop()}, ""
    why = f"{len(gaps)} of {len(ids)} not answered"
    if len(seen) == 1:
        return None, {"group": seen.pop()}, f"{why}; the group is the same either way"
    return None, {}, f"{why}; the group cannot be told"


def _eq5d(official: Official, answers: Answers, given: dict[str, float]) -> Found:
    """The profile of five digits; the index needs a value set that is not packaged."""
    five = [given.get(f"item_{k}") for k in range(1, 6)]
    parts: Parts = {}
    if "item_6" in given:
        parts["vas"] = given["item_6"]
    if None in five:
        return None, parts, f"{sum(each is not None for each in five)} of 5 answered, 5 needed"
    parts["profile"] = "".join(f"{int(each or 0)}" for each in five)
    return None, parts, "the index needs the value set of your country; the profile is kept"


def efficiency(hours: float | None, hours_in_bed: float | None) -> float | None:
    """Share of the time in bed that was slept, percent; null where it makes no sense."""
    if hours is None or not hours_in_bed or hours > hours_in_bed:
        return None
    return tidy(100 * hours / hours_in_bed)


def _sleep(official: Official, answers: Answers, given: dict[str, float]) -> Found:
    hours, minutes = given.get("item_1"), given.get("item_2")
    share = efficiency(hours, None if minutes is None else minutes / 60)
    parts: Parts = {} if share is None else {"efficiency": share}
    if share is not None:
        parts["low_efficiency"] = "yes" if share < official.limits["efficiency"].value else "no"
    return hours, parts, "" if hours is not None else "the hours are missing"


def _value(official: Official, answers: Answers, given: dict[str, float]) -> Found:
    return next(iter(given.values())), {}, ""


def _worth(steps: Sequence[Step], value: float) -> float:
    return next((step.gives for step in steps if step.holds(tidy(value))), 0.0)


def _psqi(official: Official, answers: Answers, given: dict[str, float]) -> Found:
    """Seven components of 0 to 3 (`clinical.md` 2.2, below the table)."""
    in_bed = number(answers.get("hours_in_bed"))
    if in_bed is None and "item_1" in given and "item_3" in given:
        in_bed = (given["item_3"] - given["item_1"]) % (24 * 60) / 60
    known = {key: value for key, value in given.items() if key not in ("item_1", "item_3")}
    needed = [each.id for each in official.items if each.kind not in ("time", "text")]
    gaps = [item for item in needed if item not in known]
    if gaps or in_bed is None:
        return None, {}, f"{len(gaps) + (in_bed is None)} not answered, all are needed"
    share = efficiency(known["item_4"], in_bed)
    if share is None:
        return None, {}, "more hours asleep than in bed; please check the two"
    steps, at = official.steps, known.__getitem__
    parts: Parts = {
        "c1": at("item_16"),
        "c2": _worth(steps["pair"], _worth(steps["latency"], at("item_2")) + at("item_5")),
        "c3": _worth(steps["hours"], at("item_4")),
        "c4": _worth(steps["efficiency"], share),
        "c5": _worth(steps["disturbances"], sum(at(f"item_{k}") for k in (*range(6, 14), 15))),
        "c6": at("item_17"),
        "c7": _worth(steps["pair"], at("item_18") + at("item_19")),
    }
    total = sum(value for value in parts.values() if isinstance(value, float))
    return total, parts | {"efficiency": share}, ""


RULES: dict[str, Callable[[Official, Answers, dict[str, float]], Found]] = {
    "value": _value,
    "sum": _sum,
    "mean": _mean,
    "percent": _percent,
    "count": _count,
    "table": _table,
    "start": _start,
    "phq4": _phq4,
    "psqi": _psqi,
    "eq5d": _eq5d,
    "sleep": _sleep,
}
"""The rule of a form by its name: value, parts and why there is no value."""
