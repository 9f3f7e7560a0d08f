"""A therapist's plan as a person meets it: whose it is, what it changes, what it could not do."""

from __future__ import annotations

from typing import Any

from coach.draw import changes, plans, words
from coach.model.applied import AppliedFile
from coach.model.plan import Plan

_SEALS = {
    "unsigned": "not signed",
    "signed": "signed; this key is met for the first time",
    "trusted": "signed by a key that is known here",
}


def seal(file: AppliedFile) -> str:
    """How a file is signed, in words."""
    said = _SEALS[file.seal]
    return f"{said} ({file.signer})" if file.signer and file.seal != "unsigned" else said


def whose(file: AppliedFile) -> str:
    """Title and author of a file on one line."""
    by = f" by {file.author}" if file.author else ""
    return f"“{file.title}”{by}"


def applied(
    file: AppliedFile,
    before: Plan | None,
    plan: Plan,
    conflicts: tuple[str, ...],
    unlocked: tuple[str, ...],
    width: int | None = None,
) -> list[str]:
    """What applying a file changes, for a person who is asked to agree."""
    lines = [f"Plan file {whose(file)}: {seal(file)}."]
    if before is not None and before.id == plan.id:
        return [*lines, "This is your plan already; nothing changes."]
    if unlocked:
        lines.append(f"Cleared by your therapist: {', '.join(unlocked)}.")
    if before is None:
        lines.append(f"Your plan begins on {words.day(plan.start, year=True)} with it:")
        units = plan.preferences.units
        lines += [plans.row(each.prescription, units) for each in plan.standing]
    else:
        lines.append(f"What changes in week {plan.week.number}:")
        lines += changes.diff(before, plan)[1:]
    same = _limits(before) if before is not None else []
    lines += [each for each in _limits(plan) if each not in same]
    if conflicts:
        lines.append("Where the file and your plan do not fit together:")
        for each in conflicts:
            lines += words.wrap(f"- {each}", width, "  ")
    lines.append("Kept: what you did, your levels, your swaps. The safety rules hold as ever.")
    return [part for line in lines for part in _fit(line, width)]


def _fit(line: str, width: int | None) -> list[str]:
    """A line within the width, what follows it at its indent."""
    indent = line[: len(line) - len(line.lstrip())]
    return words.wrap(line.strip(), width, indent)


def _limits(plan: Plan) -> list[str]:
    """What the file leaves to the engine and to the person."""
    bounds, found = plan.bounds, []
    may = {"dose": "doses", "rung": "steps", "swap": "swaps"}
    kept = [name for key, name in may.items() if key not in bounds.engine_may]
    if kept:
        found.append(f"  Only your therapist changes: {', '.join(kept)} (reductions and stops still happen)")
    words_of = {"swap": "swapping an exercise", "days": "other days or longer sessions"}
    asked = [said for name, said in words_of.items() if name not in bounds.patient_may]
    if asked:
        found.append(
            f"  Ask your therapist before {' and '.join(asked)}; doing less is always yours to choose"
        )
    if bounds.max_session_minutes is not None:
        found.append(f"  Sessions take {bounds.max_session_minutes} min at most")
    return found


def checked(name: str, found: Any, width: int | None = None) -> list[str]:
    """What a check of a file that reads without an error says: its tests, and advice.

    ``found`` is the check as the use case gives it.
    """
    lines = [f"{name} reads without an error: {found.file.title} ({found.file.id})"]
    if found.tests:
        good = sum(each.passed for each in found.tests)
        lines.append(f"Tests inside the file: {good} of {len(found.tests)} pass.")
        for each in found.tests:
            if not each.passed:
                lines.append(f"  failed: {each.name}")
                for line in each.lines:
                    lines += words.wrap(f"    {line}", width, "      ")
    lines += [part for line in _minutes(found.minutes) for part in words.wrap(line, width, "  ")]
    if found.advice:
        lines.append("Advice, which changes nothing:")
        for each in found.advice:
            origin = f" [{each.origin}]" if each.origin else ""
            lines += words.wrap(f"- {each.text}{origin}", width, "  ")
    return lines


def _minutes(weeks: Any) -> list[str]:
    """Minutes a week on one line: ordinary weeks, lighter ones, and the walks of all."""
    usual = [each for each in weeks if not each.easier] or list(weeks)
    if not usual:
        return []
    if not any(each.sessions for each in weeks):
        return ["No week has sessions: the plan is made of habits and walks."]
    sessions = _span([each.sessions for each in usual])
    text = f"Minutes a week, before anything grows: {_span([each.minutes for each in usual])} in "
    text += f"{sessions} {'session' if sessions == '1' else 'sessions'}"
    lighter = [each for each in weeks if each.easier and each not in usual]
    if lighter:
        numbers = words.listed(tuple(str(each.week) for each in lighter))
        text += f" ({_span([each.minutes for each in lighter])} in lighter weeks: {numbers})"
    walking = _span([each.walking for each in weeks])
    return [f"{text}{f', and {walking} of walking' if walking != '0' else ''}."]


def _span(values: list[int]) -> str:
    """``30``, or ``30-35``."""
    low, high = min(values), max(values)
    return f"{low}" if low == high else f"{low}-{high}"
