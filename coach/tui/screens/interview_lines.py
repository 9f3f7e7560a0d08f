"""Lines of the interview: the question, how far it is, what a key does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.style import Style

from coach.draw import body
from coach.draw.stage import bar
from coach.draw.words import wrap
from coach.tui.keys import in_keys
from coach.tui.lines import faint, faint_para, head, para, strong
from coach.tui.widgets.drawn import Draw, Line

if TYPE_CHECKING:
    from coach.cases.assess import Assessed
    from coach.model.assessment import Item

YES_NO = {"yes_no": ("yes", "no"), "yes_no_unsure": ("yes", "no", "unsure")}
LETTERS = {"y": "yes", "n": "no", "u": "unsure"}
AGAIN = (
    ("1", "Only the safety questions, again", "rescreen"),
    ("2", "Measure again: pain, function, goals, sleep, stress", "again"),
    ("3", "All questions from the start", "enrolment"),
)


def question(step: Any, wrong: str, why: bool) -> Draw:
    """How far it is, the question, and what was wrong with the last answer."""
    item: Item = step.item
    text = item.re_ask if step.re_ask and item.re_ask else item.text

    def draw(width: int) -> list[Line]:
        left = max(1, round(step.minutes_left))
        count = f"{step.asked + 1} of about {step.total}, {left} min left"
        share = bar(step.asked / max(1, step.total), max(8, width - len(count) - 2))
        lines: list[Line] = [faint(f"{share}  {count}"), "", *(strong(each) for each in wrap(text, width))]
        lines += para(item.help, width) if item.help else []
        if why:
            lines += faint_para(f"Why we ask: {item.why or 'it helps to choose where to start.'}", width)
        return [*lines, *([strong(wrong)] if wrong else []), ""]

    return draw


def scale(item: Item, value: float | None) -> Draw:
    """The numbers of a scale, the one that is on in brackets, and what its ends mean."""
    low, high = int(item.minimum or 0), int(item.maximum or 10)

    def draw(width: int) -> list[Line]:
        numbers = [
            Content.styled(
                f"[{each}]" if each == value else f" {each} ", "bold" if each == value else ""
            ).stylize(Style.from_meta({"@click": f"screen.give({each})"}))
            for each in range(low, high + 1)
        ]
        ends = " · ".join(
            f"{number:g} {word}" for number, word in ((low, item.low), (high, item.high)) if word
        )
        return [Content.assemble(*numbers), *para(ends, width), "", faint("x is 10." if high == 10 else "")]

    return draw


def chart(values: Sequence[str], chosen: frozenset[str]) -> Draw:
    """The body with the numbers of the sites; a click on one chooses it."""

    def draw(_width: int) -> list[Line]:
        lines: list[Line] = []
        for row in body.pieces(values, chosen):
            parts = [
                Content.styled(text, "bold" if site in chosen else "").stylize(
                    Style.from_meta({"@click": f"screen.choose('{site}')"})
                )
                if site
                else Content(text)
                for text, site in row
            ]
            lines.append(Content.assemble(*parts))
        return lines

    return draw


def mode_of(item: Item) -> str:
    """How a question is answered: ``pick`` one, ``many``, on a ``scale``, or ``typed``."""
    if item.kind == "scale":
        return "scale" if (item.maximum or 0) <= 10 and (item.minimum or 0) >= 0 else "typed"
    return {"choices": "many", "number": "typed", "text": "typed"}.get(item.kind, "pick")


def values_of(item: Item) -> tuple[str, ...]:
    """The answers of a list, in order."""
    return YES_NO.get(item.kind) or tuple(each.value for each in item.choices)


def options(item: Item, chosen: frozenset[str], mode: str) -> list[str]:
    """The rows of a list, each with its digit, and of several with what is chosen."""
    texts = YES_NO.get(item.kind) or tuple(each.text for each in item.choices)
    rows = []
    for place, (value, text) in enumerate(zip(values_of(item), texts, strict=True), 1):
        mark = "" if mode != "many" else "[x] " if value in chosen else "[ ] "
        rows.append(f"{place if place < 10 else ' '}  {mark}{text}")
    return rows


def keys(item: Item) -> str:
    """What can be pressed, in words."""
    mode = mode_of(item)
    first = {
        "pick": "A digit or Enter answers.",
        "many": "Digits or Space choose, Enter goes on.",
        "scale": "A digit answers; arrows and Enter, too.",
        "typed": "Type, then Enter.",
    }[mode]
    leave = (
        ""
        if item.required
        else " Enter on an empty line leaves it out."
        if mode == "typed"
        else " -: leave it out."
    )
    back = " Up: one back. F1: why." if mode == "typed" else " b: one back. w: why."
    return f"{first}{leave}{back} Esc: stop for now."


def all_asked(count: int) -> Draw:
    """After the last question."""

    def draw(width: int) -> list[Line]:
        text = f"That is all: {count} answers. Each of them can be changed later."
        return ["", *para(text, width), "", strong("Enter: see where you start"), "b: one question back"]

    return draw


def result(found: Assessed, summary: bool) -> Draw:
    """What the answers led to; an emergency stands alone on the page."""

    def draw(width: int) -> list[Line]:
        level = found.triage.level
        title = {
            "T0_EMERGENCY": "Please get help now",
            "T1_CLINICIAN": "Please see a clinician first",
            "NOT_ELIGIBLE": "This programme is not made for you",
        }.get(level, "Where you start")
        lines: list[Line] = [head(title), "", *para(in_keys(found.text), width), ""]
        if found.plan is not None:
            week = found.plan.week
            text = (
                f"Your plan is written: {found.plan.weeks} weeks, {len(week.sessions)} sessions this week. "
                "Only the coming week is fixed; the rest is a forecast."
            )
            lines += [*para(text, width), "", strong("s: a short first session now"), "Enter: today"]
            return lines
        lines += ["Enter: back"]
        if found.summary:
            lines += ["v: your answers, to show to a clinician"]
        return lines + (["", *para(found.summary, width)] if summary else [])

    return draw
