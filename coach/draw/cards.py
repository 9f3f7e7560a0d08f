"""Decision cards and reasons as lines of text."""

from __future__ import annotations

import re

from coach.draw import words
from coach.model.exercise import Number, Reason
from coach.model.plan import Plan
from coach.model.review import Decision, Review

SIGNS = {
    "add": "up",
    "advance": "up",
    "hold": "same",
    "start": "new",
    "swap": "swap",
    "remove": "out",
    "stop": "stop",
    "stop_all": "stop",
}
"""What a card did, in one word; every other action is a cut."""
ALIKE = 3
"""From so many cards by the same rule they are listed together."""
EVIDENCE = {"V": "from published studies", "K": "common clinical practice", "D": "our own choice, cautious"}
"""Where a threshold comes from, by its evidence mark; the citation is for who asks for it."""
_SIGNS = {">=": "at least", "<=": "at most", ">": "over", "<": "under", "x": "times"}


def sign(decision: Decision) -> str:
    """What a card did, in one word: up, same, down, swap, new, out, stop."""
    return SIGNS.get(decision.action, "down")


def no_veto(each: Decision) -> str:
    """Why a card has nothing that a veto could take back; empty where it has."""
    if sign(each) in ("up", "swap", "new"):
        return ""
    if sign(each) == "same":
        return f"{each.name} stays as it is: there is no rise to take back."
    return f"{each.name}: a veto takes back rises and swaps, never a step down."


def ordered(found: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """What changed first."""
    return tuple(sorted(found, key=lambda each: sign(each) == "same"))


def review(done: Review, plan: Plan, width: int | None = None) -> list[str]:
    """A review as lines: what changed first, then what stayed."""
    overall = done.overall
    when = words.day(done.date, year=True)
    head = f"Review of week {done.week}, {when}: {overall.done} of {overall.planned} sessions"
    lines = [head, ""]
    for note in done.notes:
        lines += words.wrap(note.text, width)
    if done.notes:
        lines.append("")
    units = plan.preferences.units
    for group in groups(done.decisions):
        alike = are_alike(group)
        lines += [*(_alike(group, units, width) if alike else _each(group, units, width))]
    for habit in done.habits:
        lines += [*card(habit, units, width), ""]
    week = plan.week
    if week.sessions:
        lines.append(f"Next: week {week.number}, {week.phase_name}, from {words.day(week.starts)}.")
        lines += [f"Lesson of that week: {week.lesson_title} (coach learn)"] if week.lesson_title else []
    return lines


def groups(decisions: tuple[Decision, ...]) -> list[list[Decision]]:
    """Cards by rule and action: what changed first, what stayed last."""
    groups: dict[tuple[str, str], list[Decision]] = {}
    for decision in decisions:
        groups.setdefault((decision.rule, decision.action), []).append(decision)
    return sorted(groups.values(), key=lambda group: sign(group[0]) == "same")


def are_alike(group: list[Decision]) -> bool:
    """Whether the cards of a group are told together: many that stay or go down by the same rule."""
    return len(group) >= ALIKE and sign(group[0]) in ("same", "down")


def _each(group: list[Decision], units: str, width: int | None) -> list[str]:
    return [line for decision in group for line in (*card(decision, units, width), "")]


def _alike(group: list[Decision], units: str, width: int | None) -> list[str]:
    """Many cards by one rule: a line each, and the reason of the first for all."""
    lines = [f"{sign(group[0]):<5}{len(group)} exercises by rule {group[0].rule}:"]
    lines += [
        f"     {each.name}: {words.change(each.before, each.after, units)}  [{each.id}]" for each in group
    ]
    lines += words.wrap(f"The first of them: {group[0].text}", width, "     ")
    lines += _listed(group[0].numbers, width, "     ")
    lines += words.wrap(group[0].otherwise, width, "     ") if group[0].otherwise else []
    lines.append("     The whole card of each: coach plan why EXERCISE")
    return [*lines, ""]


def card(decision: Decision, units: str, width: int | None = None, *, sources: bool = False) -> list[str]:
    """One decision: what it did, by which rule, on which numbers, and what would have changed it.

    With ``sources`` each threshold says where it is written down.
    """
    change = words.change(decision.before, decision.after, units)
    vetoed = " (vetoed)" if decision.vetoed else ""
    corrected = " (an entry was corrected since)" if decision.corrected else ""
    mark = f"{sign(decision):<5}{vetoed}{corrected}"
    name = f"{decision.name}: {change}" if change else decision.name
    lines = [f"{mark}{name}  [{decision.id}, rule {decision.rule}]"]
    lines += words.wrap(decision.text, width, "     ")
    lines += _listed(decision.numbers, width, "     ", sources=sources)
    if decision.also:
        lines.append(f"     Also true, but smaller: {', '.join(decision.also)}")
    if decision.missing:
        lines.append(f"     Not given: {', '.join(decision.missing)}")
    if decision.otherwise:
        lines += words.wrap(decision.otherwise, width, "     ")
    return lines


def numbers(found: tuple[Number, ...], *, sources: bool = False) -> list[str]:
    """Numbers with the threshold of their rule in plain words, and what kind of knowledge it rests on."""
    lines = []
    for each in found:
        value = each.value if isinstance(each.value, str) else words.number(each.value)
        unit = f" {each.unit}" if each.unit else ""
        if each.value is None:
            value, unit = "not told", ""
        said = (
            f"the rule says {limit(each.threshold)}" if each.threshold else "",
            EVIDENCE.get(each.evidence, ""),
            each.source if sources else "",
        )
        told = "; ".join(part for part in said if part)
        lines.append(f"{each.name}: {value}{unit}{f' ({told})' if told else ''}")
    return lines


def limit(threshold: str) -> str:
    """A threshold in words: ``<= 1 points`` is ``at most 1 point``, ``4-6`` is ``4 to 6``."""
    parts = [_SIGNS.get(part, part) for part in threshold.split()]
    for place, part in enumerate(parts):
        low, _, high = part.partition("-")
        if low.replace(".", "").isdigit() and high.replace(".", "").isdigit():
            parts[place] = low if low == high else f"{low} to {high}"
        if part == "1" and place + 1 < len(parts) and parts[place + 1] in _MANY:
            parts[place + 1] = _MANY[parts[place + 1]]
    return " ".join(parts)


_MANY = {
    each: each[:-1] for each in ("points", "sessions", "weeks", "days", "repetitions", "entries", "steps")
} | {"entries": "entry"}


def _listed(
    found: tuple[Number, ...], width: int | None, indent: str = "", *, sources: bool = False
) -> list[str]:
    """Numbers as a list, broken into lines under their dash."""
    lines: list[str] = []
    for line in numbers(found, sources=sources):
        first, *rest = words.wrap(line, None if width is None else max(20, width - len(indent) - 2))
        lines += [f"{indent}- {first}", *(f"{indent}  {each}" for each in rest)]
    return lines


_KINDS = {"V": "studies", "K": "common practice", "D": "our own choice"}


def rests_on(sources: str) -> str:
    """The sources of a lesson with their evidence marks in words, and no places in our own papers."""
    text = re.sub(r"(^|; )D: clinical\.md [\d.]+(?:, [\d.]+)*(?: \(([^)]*)\))?(?:, [\d.]+)*", _own, sources)
    text = re.sub(r",? ([VKD]): clinical\.md [\d.]+(?:, [\d.]+)*", lambda m: f" ({_KINDS[m[1]]})", text)
    text = re.sub(r"\b([VKD]): ", lambda m: f"{_KINDS[m[1]]}: ", text)
    return f"Rests on: {re.sub(r' ([VKD])(?=;|$)', lambda m: f' ({_KINDS[m[1]]})', text)}"


def _own(found: re.Match[str]) -> str:
    about = f" ({found[2]})" if found[2] else ""
    return f"{found[1]}{_KINDS['D']}{about}"


def reason(why: Reason, width: int | None = None, *, sources: bool = False) -> list[str]:
    """A reason as lines, with its numbers and what would have led elsewhere."""
    lines = words.wrap(f"{why.text}  [{why.rule}]", width)
    lines += _listed(why.numbers, width, sources=sources)
    if why.otherwise:
        lines += words.wrap(why.otherwise, width)
    return lines
