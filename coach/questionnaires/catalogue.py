"""The instruments as their data files have them, and the border where answers come in."""

from __future__ import annotations

import difflib
import math
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import msgspec

from coach.model.assessment import Answers, Instrument, Item, Value
from coach.model.noun import NotANoun, from_doc
from coach.model.text import one_line
from coach.packaged import packaged
from coach.questionnaires.answerfile import BadAnswerFile, answer_schema, read_answer_file

__all__ = [
    "BadAnswer",
    "BadAnswerFile",
    "BadAnswers",
    "answer_schema",
    "instrument_order",
    "items",
    "load_instruments",
    "parse_answers",
    "parse_typed",
    "parse_value",
    "read_answer_file",
    "read_instrument",
]

AGAIN = "_again"
"""Ending of the id that holds the answer to a clarifying re-ask."""

TEXT_LIMIT = 200
MAX_PROBLEMS = 50
"""No more problems than this are named at once; a file with more is another kind of file."""


class BadAnswer(ValueError):
    """One answer does not fit its item; the message says what was expected."""

    def __init__(self, item_id: str, message: str) -> None:
        super().__init__(f"{item_id}: {message}")
        self.item_id = item_id
        self.message = message


class BadAnswers(ValueError):
    """Some answers do not fit; ``problems`` names every one of them."""

    def __init__(self, problems: tuple[BadAnswer, ...]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems


def instrument_order() -> tuple[str, ...]:
    """Ids of all instruments: the core interview first, then those of other occasions."""
    folder = packaged("questionnaires", "instruments")
    order = tomllib.loads((folder / "order.toml").read_text(encoding="utf-8"))
    return (*order["core"], *order["other"], *order["first"])


def read_instrument(text: str, name: str) -> Instrument:
    """Read one instrument from TOML; raises `NotANoun` with the file's name when it does not fit."""
    try:
        return from_doc(tomllib.loads(text), Instrument)
    except (tomllib.TOMLDecodeError, NotANoun) as error:
        raise NotANoun(f"{name}: {error}") from None


@cache
def load_instruments() -> tuple[Instrument, ...]:
    """All instruments of the package in the order of the interview."""
    folder = packaged("questionnaires", "instruments")
    files = ((name, folder / f"{name}.toml") for name in instrument_order())
    return tuple(
        read_instrument(path.read_text(encoding="utf-8"), f"{name}.toml")
        for name, path in files
        if path.is_file()
    )


def items(instruments: Iterable[Instrument]) -> dict[str, Item]:
    """Every item by its id, in document order."""
    return {item.id: item for instrument in instruments for item in instrument.items}


def again(item: Item) -> Item:
    """The clarifying re-ask of an item, as an item of its own."""
    return msgspec.structs.replace(item, id=item.id + AGAIN, text=item.re_ask, re_ask="", rule=item.rule)


def parse_value(item: Item, raw: Any) -> Value:
    """Check one answer against its item and bring it to its stored form.

    JSON values are taken: true and false are yes and no. Null is an answer not given.
    Raises `BadAnswer`.
    """
    if raw is None:
        return None
    if item.kind in ("yes_no", "yes_no_unsure"):
        return _yes_no(item, raw)
    if item.kind in ("scale", "number"):
        return _number(item, raw)
    if item.kind == "choice":
        return _choice(item, raw)
    if item.kind == "choices":
        return _choices(item, raw)
    if not isinstance(raw, str):
        raise BadAnswer(item.id, f"expected a text, found {_named(raw)}")
    return one_line(raw, TEXT_LIMIT) or None


def parse_typed(item: Item, text: str) -> Value:
    """Check an answer typed at a prompt: ``y``, ``6,5``, ``chair, band`` or how a choice begins will do."""
    text = one_line(text)
    if not text:
        return None
    if item.kind in ("yes_no", "yes_no_unsure"):
        short = {"y": "yes", "n": "no", "u": "unsure", "?": "unsure"}
        return parse_value(item, short.get(text.lower(), text))
    if item.kind in ("scale", "number"):
        try:
            return parse_value(item, float(text.replace(",", ".")))
        except ValueError as error:
            if isinstance(error, BadAnswer):
                raise
            raise BadAnswer(item.id, f"expected {_range(item)}, found “{text}”") from None
    if item.kind == "choice":
        begun = [each.value for each in item.choices if each.value.startswith(text.lower())]
        return begun[0] if len(begun) == 1 else parse_value(item, text)
    if item.kind == "choices":
        return parse_value(item, [word for word in text.replace(",", " ").split() if word.lower() != "none"])
    return parse_value(item, text)


def parse_answers(instruments: Iterable[Instrument], raw: Mapping[Any, Any]) -> Answers:
    """Check all answers at once; raises `BadAnswers` with every problem found (the first 50)."""
    known = items(instruments)
    known |= {item.id + AGAIN: again(item) for item in list(known.values()) if item.re_ask}
    answers: Answers = {}
    problems: list[BadAnswer] = []
    for key, value in raw.items():
        if len(problems) == MAX_PROBLEMS:
            break
        item = known.get(key) if isinstance(key, str) else None
        if item is None:
            problems.append(_unknown(str(key), known))
            continue
        try:
            answers[item.id] = parse_value(item, value)
        except BadAnswer as problem:
            problems.append(problem)
    if problems:
        raise BadAnswers(tuple(problems))
    return answers


def _unknown(key: str, known: Mapping[str, Item]) -> BadAnswer:
    near = difflib.get_close_matches(key[:60].lower(), known, n=1, cutoff=0.6)
    hint = f"; did you mean “{near[0]}”?" if near else "; `coach assess --schema` lists all questions"
    return BadAnswer(one_line(key, 60), "there is no question of this name" + hint)


def _yes_no(item: Item, raw: Any) -> str:
    allowed = ("yes", "no", "unsure") if item.kind == "yes_no_unsure" else ("yes", "no")
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, str) and raw.strip().lower() in allowed:
        return raw.strip().lower()
    expected = ", ".join(allowed[:-1]) + f" or {allowed[-1]}"
    raise BadAnswer(item.id, f"expected {expected}, found {_named(raw)}")


def _number(item: Item, raw: Any) -> int | float:
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not math.isfinite(raw):
        raise BadAnswer(item.id, f"expected {_range(item)}, found {_named(raw)}")
    low, high = item.minimum, item.maximum
    if (low is not None and raw < low) or (high is not None and raw > high):
        raise BadAnswer(item.id, f"expected {_range(item)}, found {_named(raw)}")
    if item.kind == "scale" and item.step:
        steps = (raw - (low or 0)) / item.step
        if not math.isclose(steps, round(steps), abs_tol=1e-9):
            steps_of = f"in steps of {item.step:g}"
            raise BadAnswer(item.id, f"expected {_range(item)} {steps_of}, found {_named(raw)}")
    return int(raw) if float(raw).is_integer() else raw


def _choice(item: Item, raw: Any) -> str:
    values = [choice.value for choice in item.choices]
    if isinstance(raw, str):
        found = raw if raw in values else raw.strip().lower()
        if found in values:
            return found
        near = difflib.get_close_matches(raw[:60].lower(), values, n=1)
        hint = f"; did you mean “{near[0]}”?" if near else ""
        raise BadAnswer(item.id, f"expected one of {', '.join(values)}, found {_named(raw)}{hint}")
    raise BadAnswer(item.id, f"expected one of {', '.join(values)}, found {_named(raw)}")


def _choices(item: Item, raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, (list, tuple)):
        raise BadAnswer(item.id, f"expected a list such as [“{item.choices[0].value}”], found {_named(raw)}")
    chosen = {_choice(item, each) for each in raw[:200]}
    return tuple(choice.value for choice in item.choices if choice.value in chosen)


def _range(item: Item) -> str:
    unit = f" {item.unit}" if item.unit else ""
    if item.minimum is not None and item.maximum is not None:
        return f"a number from {item.minimum:g} to {item.maximum:g}{unit}"
    if item.minimum is not None:
        return f"a number of {item.minimum:g}{unit} or more"
    return f"a number{unit}"


def _named(raw: Any) -> str:
    """What was found, in the words of the person who wrote the file."""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if raw is None:
        return "nothing"
    if isinstance(raw, str):
        return f"“{one_line(raw, 40)}”" if raw.strip() else "an empty text"
    if isinstance(raw, dict):
        return "an object"
    if isinstance(raw, (list, tuple)):
        return "a list"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return f"{raw:.0f}"
    return f"{raw}"[:40]
