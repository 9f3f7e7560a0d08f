"""The names that expressions of a form may use: ``%resource``, ``%context``, variables."""

from __future__ import annotations

from datetime import date
from typing import Any

from coach.questionnaires.fhir.errors import PathError, PathUnsupported
from coach.questionnaires.fhir.fhirpath import Budget, Node, evaluate
from coach.questionnaires.fhir.fhirpath.values import Collection
from coach.questionnaires.fhir.model import Expression, Form

_CODES = {"ucum": "http://unitsofmeasure.org", "sct": "http://snomed.info/sct", "loinc": "http://loinc.org"}


class Names:
    """Looks up names for one round of a form; each variable is computed once, where it stands.

    A variable is seen by its item and all below it. A named calculated expression is seen by
    the whole form, as LHC-Forms does it.
    """

    def __init__(
        self,
        form: Form,
        response: dict[str, Any],
        by_place: dict[int, dict[str, Any]],
        today: date,
        purse: Budget,
    ) -> None:
        self._form = form
        self._response = Node(response, "QuestionnaireResponse")
        self._by_place = by_place
        self._today = today
        self._purse = purse
        self._budget = purse
        self._known: dict[tuple[int, str], Collection | PathError] = {}
        self._open: set[tuple[int, str]] = set()

    def value(self, source: str, place: int, steps: int) -> Collection:
        """Compute an expression of the item at ``place``, within steps that all its variables share."""
        self._budget = Budget(min(steps, self._purse.steps))
        before = self._budget.steps
        try:
            return self._compute(source, place)
        finally:
            self._purse.steps -= before - max(self._budget.steps, 0)

    def _compute(self, source: str, place: int) -> Collection:
        """An expression of the item at ``place``; -1 is the form itself."""
        return evaluate(
            source,
            self._context(place),
            today=self._today,
            lookup=lambda name: self._look_up(name, place),
            budget=self._budget,
        )

    def _context(self, place: int) -> Collection:
        if place < 0:
            return [self._response]
        item = self._form.items[place]
        # An item out of force has no place in the response, but its expressions still have a context.
        return [Node(self._by_place.get(place) or {"linkId": item.link_id})]

    def _look_up(self, name: str, place: int) -> Collection:
        if name in ("resource", "rootResource"):
            return [self._response]
        if name == "context":
            return self._context(place)
        if name == "questionnaire":
            return [Node(self._form.source, "Questionnaire")]
        if name == "qitem":
            return [Node(self._form.items[place].source)] if place >= 0 else []
        if name in _CODES:
            return [Node(_CODES[name], "string")]
        at, expression = self._declared(name, place)
        if expression is not None:
            return self._variable(name, at, expression)
        if name in self._form.not_run:
            return []
        if name in self._form.queries:
            raise PathUnsupported(f"“%{name}” comes from a query or from CQL, which are not run here.")
        raise PathError(f"There is no variable “%{name[:40]}” in the form.")

    def _declared(self, name: str, place: int) -> tuple[int, str | None]:
        """Where a variable stands: the nearest item upwards, the form, or a named calculation."""
        at = place
        while at >= 0:
            item = self._form.items[at]
            found = _named(item.variables, name)
            if found is not None:
                return at, found
            at = item.parent
        found = _named(self._form.variables, name)
        if found is not None:
            return -1, found
        for at, item in enumerate(self._form.items):
            if item.calculated and item.calculated.name == name and not item.calculated.language:
                return at, item.calculated.text
        return -1, None

    def _variable(self, name: str, at: int, source: str) -> Collection:
        key = (at, name)
        if key in self._open:
            raise PathError(f"The variable “%{name[:40]}” is made from itself.")
        if key not in self._known:
            self._open.add(key)
            try:
                self._known[key] = self._compute(source, at)
            except PathError as error:
                self._known[key] = error
            finally:
                self._open.discard(key)
        found = self._known[key]
        if isinstance(found, PathError):
            raise type(found)(str(found))
        return found


def _named(variables: tuple[Expression, ...], name: str) -> str | None:
    return next((each.text for each in variables if each.name == name), None)
