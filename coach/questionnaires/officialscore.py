"""The scoring rule of each official form, with its rule for what is missing (2.2, 2.3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product

from coach.model.assessment import Answers, Score, Value
from coach.questionnaires.catalogue import BadAnswer, BadAnswers, parse_value
from coach.questionnaires.catalogue import items as items_of
from coach.questionnaires.clock import time_of_day
from coach.questionnaires.officialform import TOTAL, Entry, Official, as_instrument
from coach.questionnaires.rulebook import Step
from coach.questionnaires.scoring import band, number, tidy

Parts = dict[str, float | str | None]
Found = tuple[float | None, Parts, str]
"""Value, parts, and why there is no value."""


def checked(official: Official, raw: Mapping[str, Value]) -> Answers:
    """The numbers of a form, each within its scale; raises `BadAnswers` with every problem.

    Yes and no may be 1 and 0.
    """
    known = items_of((as_instrument(official),))
    kinds = {each.id: each.kind for each in (*official.items, *official.parts)}
    found: Answers = {}
    problems = []
    for key, value in raw.items():
        if key not in known:
            problems.append(BadAnswer(key, f"{official.title} has no such entry"))
            continue
        try:
            found[key] = parse_value(known[key], _plain(kinds.get(key, "number"), key, value))
        except BadAnswer as problem:
            problems.append(problem)
    if problems:
        raise BadAnswers(tuple(problems))
    return found


def _plain(kind: str, key: str, value: Value) -> Value:
    if kind == "yes_no" and isinstance(value, (int, float)) and value in (0, 1):
        return "yes" if value else "no"
    if kind == "time" and isinstance(value, str) and value.strip() and not time_of_day(value):
        raise BadAnswer(key, "expected a time such as 22:30")
    return value


def score_form(official: Official, raw: Mapping[str, Value]) -> Score:
    """Score a form from its items, else from the total typed in."""
    answers = checked(official, raw)
    given = _given(official, answers)
    value, parts, why = _RULES[official.rule](official, answers, given) if given else (None, {}, "")
    typed = number(answers.get(TOTAL))
    if value is None and not parts.get("group"):
        value, parts, why = _typed(official, answers, typed, parts, why)
    value = None if value is None else tidy(value)
    return Score(
        instrument=official.id,
        value=value,
        band=_band(official, value, parts),
        answered=len(given),
        missing="" if value is not None else why or f"nothing was entered; {official.missing}",
        direction=official.direction,
        parts=parts,
    )


def _given(official: Official, answers: Answers) -> dict[str, float]:
    """What was answered of the items that count, as numbers."""
    found = {}
    for entry in official.items:
        value = _figure(entry, answers.get(entry.id))
        if value is not None:
            found[entry.id] = value
    return found


def _figure(entry: Entry, value: Value) -> float | None:
    if entry.kind == "yes_no":
        return {"yes": 1.0, "no": 0.0}.get(str(value))
    if entry.kind == "time":
        clock = time_of_day(str(value)) if value else ""
        return int(clock[:2]) * 60.0 + int(clock[3:]) if clock else None
    return None if entry.kind == "text" else number(value)


def _typed(official: Official, answers: Answers, total: float | None, parts: Parts, why: str) -> Found:
    """What was typed in as a total or part of it."""
    named = {each.id: answers[each.id] for each in official.parts if answers.get(each.id) is not None}
    kept: Parts = {**parts, **{key: v for key, v in named.items() if isinstance(v, (int, float, str))}}
    if official.rule == "start":
        return _start_typed(official, total, kept, why)
    raw = number(answers.get("raw"))
    if total is None and raw is not None:
        total = dict(official.table).get(raw) if official.table else raw * official.factor
        why = why if total is not None else f"there is no score for a raw sum of {raw:g}"
    gad, phq = number(kept.get("gad2")), number(kept.get("phq2"))
    if official.rule == "phq4" and total is None and gad is not None and phq is not None:
        total = gad + phq
    if official.full_items and total is not None:
        kept |= _recovered(official, total)
    return total, kept, why


def _band(official: Official, value: float | None, parts: Parts) -> str:
    group = parts.get("group")
    if group:
        return str(group)
    if value is not None and official.full_items:
        return band(value * official.full_items / len(official.items), official.bands)
    return band(value, official.bands)


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
    return total, parts | _recovered(official, total), ""


def _recovered(official: Official, total: float) -> Parts:
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


def _start_typed(official: Official, total: float | None, parts: Parts, why: str) -> Found:
    distress = number(parts.get("distress"))
    if not parts.get("group"):
        top, worst = official.limits["distress"].value, official.limits["total"].value
        if distress is not None and distress >= top:
            parts["group"] = "high"
        elif total is not None and total < worst:
            parts["group"] = "low"
        elif total is not None and distress is not None:
            parts["group"] = "medium"
    return total, parts, why


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


_RULES: dict[str, Callable[[Official, Answers, dict[str, float]], Found]] = {
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
