"""Lines of the interview: the question, how far it is, what a key does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.content import Content
from textual.style import Style

from coach.draw import body
from coach.draw.asking import mode_of, texts_of, values_of
from coach.draw.stage import bar
from coach.draw.words import wrap
from coach.model.text import one_line
from coach.tui.lines import faint, faint_para, para, strong
from coach.tui.widgets.drawn import Draw, Line

if TYPE_CHECKING:
    from coach.model.assessment import Answers, Item

LETTERS = {"y": "yes", "n": "no", "u": "unsure"}
NONE, OUT = "none of these", "-  leave it out"
LEAVE = {"@click": "screen.leave_out"}


class Was(NamedTuple):
    """What was answered before one came back to a question."""

    value: Any = None
    chosen: frozenset[str] = frozenset()
    """Of several."""
    unsure: frozenset[str] = frozenset()
    half: bool = False
    """It was not given yet: what is typed goes on from it."""


NEW = Was()


def before(step: Any, answers: Mapping[str, Any]) -> Was:
    """What these answers say to the question, or questions, of a step."""
    if step.group is not None:
        said = {word: frozenset(each for each in step.group.items if answers.get(each) == word)
                for word in ("yes", "unsure")}  # fmt: skip
        return Was(chosen=said["yes"], unsure=said["unsure"])
    value = answers.get(f"{step.item.id}_again" if step.re_ask else step.item.id)
    if step.item.kind == "choices":
        return Was(chosen=frozenset(value or ()))
    return Was(value)


def left(item: Item, may: frozenset[str], draft: Any) -> Was | None:
    """What was left half done at a question, where it fits; a draft comes from outside, so in any shape."""
    mode = mode_of(item)
    if mode == "typed" and isinstance(draft, str):
        return Was(one_line(draft, 400), half=True)
    if (
        mode == "scale"
        and isinstance(draft, int | float)
        and (item.minimum or 0) <= draft <= (item.maximum or 10)
    ):
        return Was(draft)
    if mode == "many" and isinstance(draft, dict):
        chosen, unsure = (draft.get(name) for name in ("chosen", "unsure"))
        sure = frozenset(each for each in values_of(item) if isinstance(chosen, list) and each in chosen)
        return Was(
            chosen=sure,
            unsure=frozenset(each for each in may - sure if isinstance(unsure, list) and each in unsure),
        )
    return None


def spelled(value: Any) -> str:
    """A number or a text as it is typed."""
    return "" if value is None else f"{value:g}" if isinstance(value, int | float) else str(value)


def moved(item: Item, value: float | None, by: int) -> float:
    """One less or one more on a scale; the first press goes to its middle."""
    low, high = item.minimum or 0, item.maximum or 10
    start = (low + high) // 2 - by if value is None else value
    return min(high, max(low, start + by))


def asked(step: Any, items: dict[str, Item]) -> tuple[Item, frozenset[str]]:
    """The question to put, and which of its choices may be answered with unsure.

    Several signs that go together are put as one question with several answers.
    """
    from coach.model.assessment import Choice, Item

    if step.group is None:
        return step.item, frozenset()
    members = [items[each] for each in step.group.items]
    choices = tuple(Choice(value=each.id, text=each.short or each.text) for each in members)
    may = frozenset(each.id for each in members if each.kind == "yes_no_unsure")
    return Item(
        id=step.group.id, text=step.group.text, kind="choices", why=step.group.why, choices=choices
    ), may


def key_of(step: Any) -> str:
    """The id under which the answer goes; of several put together, that of the question."""
    if step.group is not None:
        return str(step.group.id)
    return f"{step.item.id}_again" if step.re_ask else str(step.item.id)


def of_each(signs: Sequence[str], chosen: Sequence[str], unsure: frozenset[str]) -> Answers:
    """The answer to each of several signs put together: those chosen are there, the others are not."""
    named = {**dict.fromkeys(chosen, "yes"), **dict.fromkeys(unsure, "unsure")}
    return {each: named.get(each, "no") for each in signs}


def question(step: Any, item: Item, wrong: str, why: bool) -> Draw:
    """How far it is, the question, and what was wrong with the last answer."""
    text = item.re_ask if step.re_ask and item.re_ask else item.text

    def draw(width: int) -> list[Line]:
        left = max(1, round(step.minutes_left))
        count = f"{step.asked + 1} of about {step.total}, {left} min left"
        share = bar(step.asked / max(1, step.total), max(8, width - len(count) - 2))
        lines: list[Line] = [faint(f"{share}  {count}"), "", *(strong(each) for each in wrap(text, width))]
        lines += para(f"“{step.about}”", width) if step.about else []
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
        last: list[Line] = [] if item.required else ["", Content.styled(OUT).stylize(Style.from_meta(LEAVE))]
        ten = faint("x is 10." if high == 10 else "")
        return [Content.assemble(*numbers), *para(ends, width), "", ten, *last]

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


def options(item: Item, chosen: frozenset[str], unsure: frozenset[str]) -> list[str]:
    """The rows of a list, each with its digit, and of several with what is chosen."""
    texts = texts_of(item)
    rows = []
    for place, (value, text) in enumerate(zip(values_of(item), texts, strict=True), 1):
        mark = "[x] " if value in chosen else "[?] " if value in unsure else "[ ] "
        mark = mark if item.kind == "choices" else ""
        rows.append(f"{place if place < 10 else ' '}  {mark}{text}")
    if item.kind == "choices":
        return [*rows, f"0  {none_of(item)}"]
    return rows if item.required else [*rows, OUT]


def none_of(item: Item) -> str:
    """What choosing nothing says: none of these, or nothing at all where that may be."""
    return NONE if item.required else "leave it out"


def keys(item: Item, unsure: bool = False, stop: str = "stop for now") -> str:
    """What can be pressed in the interview, in words."""
    back = " Up: one back. F1: why." if item.kind == "text" else " b: one back. w: why."
    return f"{ways(item)}{' u: not sure about it.' if unsure else ''}{back} Esc: {stop}."


def ways(item: Item) -> str:
    """How a question is answered, or left out, in words."""
    mode = mode_of(item)
    first = {
        "pick": "A digit answers; arrows and Enter, too.",
        "many": f"Digits or Space choose, Enter goes on. 0: {none_of(item)}.",
        "scale": "A digit answers; arrows and Enter, too.",
        "typed": "Type, then Enter.",
    }[mode]
    leave = (
        ""
        if item.required or mode == "many"
        else " Enter on an empty line leaves it out."
        if mode == "typed"
        else " -: leave it out."
    )
    return f"{first}{leave}"


def all_asked(count: int) -> Draw:
    """After the last question."""

    def draw(width: int) -> list[Line]:
        text = f"That is all: {count} answers. Each of them can be changed later."
        return ["", *para(text, width), "", strong("Enter: see where you start"), "b: one question back"]

    return draw
