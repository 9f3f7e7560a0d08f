"""What follows from the answers of a form: what is in force, and what is calculated.

Conditions and calculations may look at each other, so they are computed in rounds until nothing
changes. The number of rounds and the steps of all of them are limited.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from coach.model.assessment import Value
from coach.questionnaires.fhir.enable import enabled_places
from coach.questionnaires.fhir.errors import BudgetSpent, PathError
from coach.questionnaires.fhir.fhirpath import Budget, Node
from coach.questionnaires.fhir.fhirpath.engine import TOO_LONG
from coach.questionnaires.fhir.fhirpath.operators import truth
from coach.questionnaires.fhir.fhirpath.values import Collection, member
from coach.questionnaires.fhir.fragments import to_fragments
from coach.questionnaires.fhir.model import Form, FormItem, Fragment
from coach.questionnaires.fhir.results import to_results
from coach.questionnaires.fhir.tree import nested_items
from coach.questionnaires.fhir.variables import Names

ROUNDS = 50
"""A chain of formulas through the response takes one round for each link."""
STEPS = 1_500_000
"""Steps for all expressions of a form together: about two seconds of a hostile one, at worst."""
STEPS_OF_ONE = 200_000
"""Steps for one of them, so that a hostile one leaves enough for the others."""


class Solution:
    """The state of a form for some answers; values are FHIR answers by the item's place."""

    def __init__(self) -> None:
        self.given: dict[int, tuple[Fragment, ...]] = {}
        self.enabled: frozenset[int] = frozenset()
        self.reasons: dict[int, str] = {}
        """Why a calculated item has no value."""
        self.notes: dict[int, str] = {}
        """Why a condition could not be computed, by the item's place."""
        self.stopped: set[int] = set()
        """Items whose expression took too long; it is not tried again."""


def solve(form: Form, answers: Mapping[str, Value], today: date, *, totals: bool = True) -> Solution:
    """Compute what is in force and what is calculated. Never raises for any answers.

    Without ``totals``, calculated items are left out where no condition looks at them: between
    two questions nobody waits for a score.
    """
    solution = Solution()
    given = solution.given
    for place, item in enumerate(form.items):
        found = _own(item, answers)
        if found:
            given[place] = found
    expressions = [place for place, item in enumerate(form.items) if item.enable_expression]
    calculated = [place for place, item in enumerate(form.items) if item.calculated]
    states = dict.fromkeys(expressions, False)
    solution.enabled = enabled_places(form, given, lambda place: states[place])
    if not expressions and not (totals and calculated) and not _looked_at(form, calculated):
        return solution
    budget = Budget(STEPS)
    while True:
        changed: list[int] = []
        for _ in range(ROUNDS):
            changed = _round(form, solution, states, calculated, today, budget)
            if not changed:
                break
        restless = [place for place in calculated if place in changed]
        if not restless:
            break
        # What goes on changing has no value; the rest is computed anew without it.
        calculated = [place for place in calculated if place not in restless]
        for place in restless:
            given.pop(place, None)
            solution.reasons[place] = "the formulas of the form do not settle on a number"
    for place in changed:
        solution.notes[place] = "A condition of the form does not settle, so it was left as it is."
    return solution


def _looked_at(form: Form, calculated: list[int]) -> bool:
    """Whether a condition looks at a calculated item."""
    targets = {at for item in form.items for when in item.enable_when for at in when.targets}
    return not targets.isdisjoint(calculated)


def _own(item: FormItem, answers: Mapping[str, Value]) -> tuple[Fragment, ...]:
    """The answers of a person, or the first values of an item that nobody is asked."""
    if item.calculated or item.kind in ("group", "display", "skipped"):
        return ()
    if item.is_question:
        return to_fragments(item, answers.get(item.id))
    return _with_points(item)


def _with_points(item: FormItem) -> tuple[Fragment, ...]:
    """First values as they stand, the points of the matching options put on."""
    return to_results(item, [_node(fragment) for fragment in item.initial])[0]


def _node(fragment: Fragment) -> Node:
    found = member(Node(fragment), "value")
    return found[0] if found else Node("", "string")


def _round(
    form: Form,
    solution: Solution,
    states: dict[int, bool],
    calculated: list[int],
    today: date,
    budget: Budget,
) -> list[int]:
    """One round; gives the places that changed."""
    items, by_place = nested_items(form, solution.given, solution.enabled, keep_empty=True)
    response: dict[str, Any] = {"resourceType": "QuestionnaireResponse", "item": items}
    names = Names(form, response, by_place, today, budget)
    changed = _conditions(form, solution, states, names)
    for place in calculated:
        before = solution.given.get(place, ())
        after = _calculated(form.items[place], place, solution, names)
        if after:
            solution.given[place] = after
        else:
            solution.given.pop(place, None)
        if after != before:
            changed.append(place)
    enabled = enabled_places(form, solution.given, lambda place: states[place])
    if enabled != solution.enabled:
        changed += sorted(enabled ^ solution.enabled)
        solution.enabled = enabled
    return changed


def _conditions(form: Form, solution: Solution, states: dict[int, bool], names: Names) -> list[int]:
    changed = []
    for place in states:
        expression = form.items[place].enable_expression
        try:
            state = truth(_value(expression.text, place, solution, names)) is True if expression else True
        except PathError as error:
            # A question too many does less harm than one that is silently never asked.
            state = True
            solution.notes[place] = f"A condition of the form was not computed, so its item is asked: {error}"
        if state != states[place]:
            states[place] = state
            changed.append(place)
    return changed


def _calculated(item: FormItem, place: int, solution: Solution, names: Names) -> tuple[Fragment, ...]:
    if item.calculated is None:
        return ()
    solution.reasons.pop(place, None)
    if item.calculated.language:
        solution.reasons[place] = f"its formula is in {item.calculated.language}, which is not run here"
        return ()
    try:
        found, reason = to_results(item, _value(item.calculated.text, place, solution, names))
    except PathError as error:
        found, reason = (), str(error)
    if not found:
        solution.reasons[place] = reason or "the formula gives nothing for these answers"
    return found


def _value(source: str, place: int, solution: Solution, names: Names) -> Collection:
    """Compute one expression within its share of the steps."""
    if place in solution.stopped:
        raise BudgetSpent(TOO_LONG)
    try:
        return names.value(source, place, STEPS_OF_ONE)
    except BudgetSpent:
        solution.stopped.add(place)
        raise


def decimal_of(fragment: Fragment) -> Decimal | None:
    """The number of a FHIR answer, or null when it is none."""
    for key, value in fragment.items():
        value = value.get("value") if key == "valueQuantity" and isinstance(value, dict) else value
        if key.startswith("value") and isinstance(value, int | Decimal) and not isinstance(value, bool):
            return Decimal(value)
    return None
