"""The questions that a therapist's file asks each week: put with the review, and read from its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coach.cases.shapes import course_of
from coach.model.plan import Plan
from coach.problems import BadFile
from coach.tables import Tables

if TYPE_CHECKING:
    from coach.model.assessment import Instrument
    from coach.model.planlines import Ask

PREFIX = "ask."
"""Before the id of a question, in answer files and in conditions."""
OCCASION = "plan_file"
FILE = "plan_asks.json"
"""Where answers are kept while they are given."""


def asks_of(tables: Tables, plan: Plan) -> tuple[Ask, ...]:
    """The questions of the running plan's file; none without one."""
    if not plan.file:
        return ()
    orders = course_of(tables, plan)[0].orders
    return orders.file.asks if orders is not None else ()


def instrument(asks: tuple[Ask, ...]) -> Instrument:
    """The questions as an instrument, so that every face asks them as it asks its own."""
    from coach.model.assessment import Instrument, Item

    items = tuple(
        Item(
            id=f"{PREFIX}{each.id}",
            text=each.text,
            kind="scale",
            required=False,
            minimum=float(each.scale[0]),
            maximum=float(each.scale[1]),
            why="Your therapist's plan asks this each week.",
        )
        for each in asks
    )
    return Instrument(id=OCCASION, version=1, title="Your therapist asks", items=items, asked=(OCCASION,))


def taken(
    tables: Tables, plan: Plan, given: dict[str, Any] | None
) -> tuple[dict[str, Any] | None, dict[str, float]]:
    """The weekly answers without those to the file's questions, and these by their id.

    Raises `BadFile` for a question that the file does not have, or an answer off its scale.
    """
    if not given or not any(key.startswith(PREFIX) for key in given):
        return given, {}
    asks = {each.id: each for each in asks_of(tables, plan)}
    rest = {key: value for key, value in given.items() if not key.startswith(PREFIX)}
    found: dict[str, float] = {}
    wrong = []
    for key, value in given.items():
        if not key.startswith(PREFIX) or value is None:
            continue
        ask = asks.get(key.removeprefix(PREFIX))
        if ask is None:
            wrong.append(f"{key}: your plan does not ask this")
        elif (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not ask.scale[0] <= value <= ask.scale[1]
        ):
            wrong.append(f"{key}: the answer is a number from {ask.scale[0]} to {ask.scale[1]}")
        else:
            found[ask.id] = float(value)
    if wrong:
        raise BadFile("The weekly answers cannot be used; nothing was changed.", details=tuple(wrong))
    return rest or None, found


def _fits(value: Any, ask: Ask) -> bool:
    low, high = ask.scale
    return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high
