"""What the questions led to, in lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.draw.words import wrap
from coach.tui.keys import in_keys
from coach.tui.lines import head, para, strong
from coach.tui.widgets.drawn import Draw, Line

if TYPE_CHECKING:
    from coach.cases.keeping import Assessed

TITLES = {
    "T0_EMERGENCY": "Please get help now",
    "T1_CLINICIAN": "Please see a clinician first",
    "NOT_ELIGIBLE": "This programme is not made for you",
}
AGAIN = "A wrong key? a: answer the questions again."


def result(found: Assessed, before: str, summary: bool) -> Draw:
    """What the answers led to; ``before`` is the plan that ran before them."""

    def draw(width: int) -> list[Line]:
        title = TITLES.get(found.triage.level, "Where you stand" if before else "Where you start")
        lines: list[Line] = [head(title), ""]
        if found.plan is not None:
            lines += [*(strong(each) for each in wrap(_planned(found, before), width)), ""]
        lines += para(in_keys(found.text), width)
        return lines + (["", *para(found.summary, width)] if summary else [])

    return draw


def _planned(found: Assessed, before: str) -> str:
    """What became of the plan."""
    assert found.plan is not None, "asked only where there is one"
    if before == found.plan.id:
        return "Nothing holds you back. Your plan goes on as it was."
    if before:
        return "Your plan was adapted to these answers: the new version begins now."
    weeks, sessions = found.plan.weeks, len(found.plan.week.sessions)
    return (
        f"Your plan is written: {weeks} weeks, {sessions} sessions this week. "
        "Only the coming week is fixed; the rest is a forecast."
    )


def keys(found: Assessed, before: str) -> str:
    """What can be pressed."""
    if found.plan is not None:
        first = "" if before else "s: a short first session now. "
        return f"{first}Enter: go on. Arrows: read on."
    answers = " v: your answers, to show to a clinician." if found.summary else ""
    leave = "Esc: leave this page." if found.triage.level == "T0_EMERGENCY" else "Enter: go on."
    cleared = " k: a clinician has cleared you." if found.triage.level == "T1_CLINICIAN" else ""
    return f"{leave}{answers}{cleared} {AGAIN}"
