"""The evaluator: walks a tree over a collection, within a budget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Context, Decimal, DecimalException, Overflow, localcontext

from coach.questionnaires.fhir.errors import BudgetSpent, PathError, PathUnsupported
from coach.questionnaires.fhir.fhirpath.functions import FUNCTIONS
from coach.questionnaires.fhir.fhirpath.operators import binary, is_type
from coach.questionnaires.fhir.fhirpath.parser import parse
from coach.questionnaires.fhir.fhirpath.tree import (
    Binary,
    Call,
    Index,
    Literal,
    Member,
    Signed,
    Special,
    Tree,
    TypeTest,
    Variable,
)
from coach.questionnaires.fhir.fhirpath.values import (
    Collection,
    Node,
    Quantity,
    as_number,
    as_quantity,
    member,
    type_of,
)

STEPS = 200_000
"""What one round of a form may cost; the largest public form took under a tenth of it."""
NESTING = 100
TOO_LONG = "An expression of the form takes too long to compute; it was stopped."

_ARITHMETIC = Context(prec=28, Emax=999, Emin=-999, traps=[Overflow])


@dataclass(slots=True)
class Budget:
    """Steps and nesting that are left; shared by all expressions of one round of a form."""

    steps: int = STEPS
    depth: int = 0

    def spend(self, amount: int = 1) -> None:
        """Take steps. Raises `BudgetSpent` when none are left."""
        self.steps -= amount
        if self.steps < 0:
            raise BudgetSpent(TOO_LONG)

    def enter(self) -> None:
        """Go one level deeper. Raises `BudgetSpent` when that is too deep."""
        self.depth += 1
        if self.depth > NESTING:
            raise BudgetSpent("An expression of the form is nested too deep; it was stopped.")


def _no_variable(name: str) -> Collection:
    raise PathError(f"There is no variable “%{name[:40]}” in the form.")


@dataclass(slots=True)
class Machine:
    """What an evaluation knows besides its input."""

    today: date
    lookup: Callable[[str], Collection] = _no_variable
    budget: Budget = field(default_factory=Budget)
    defined: dict[str, Collection] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an expression stands: ``$this``, ``$index``, ``$total``."""

    machine: Machine
    this: Collection
    index: int | None = None
    total: Collection | None = None

    def value(
        self, tree: Tree, this: Collection | None = None, index: int | None = None,
        total: Collection | None = None,
    ) -> Collection:  # fmt: skip
        """Evaluate an argument, with another ``$this`` where one is given."""
        if this is None:
            return _walk(tree, self)
        inner = Scope(self.machine, this, self.index if index is None else index, total or self.total)
        return _walk(tree, inner)

    def spend(self, amount: int = 1) -> None:
        """Take steps from the budget."""
        self.machine.budget.spend(amount)


def evaluate(
    source: str | Tree,
    focus: Collection,
    *,
    today: date,
    lookup: Callable[[str], Collection] = _no_variable,
    budget: Budget | None = None,
) -> Collection:
    """Compute an expression over ``focus``; ``lookup`` gives the collection of ``%name``.

    ``today`` is what ``today()`` and ``now()`` give. Raises `PathError`; it never raises
    anything else, and never runs longer than its budget.
    """
    tree = parse(source) if isinstance(source, str) else source
    machine = Machine(today, lookup, budget or Budget())
    depth = machine.budget.depth
    try:
        with localcontext(_ARITHMETIC):
            return _walk(tree, Scope(machine, focus))
    except (DecimalException, OverflowError):
        raise PathError("A number in an expression becomes too large.") from None
    except RecursionError:
        raise BudgetSpent("An expression of the form is nested too deep; it was stopped.") from None
    finally:
        machine.budget.depth = depth


def _walk(tree: Tree, scope: Scope) -> Collection:
    """Walk down the chain on ``left`` to its base, then apply each link upwards."""
    budget = scope.machine.budget
    budget.enter()
    links: list[Tree] = []
    base: Tree | None = tree
    while base is not None:
        links.append(base)
        base = getattr(base, "left", None)
    result = _base(links.pop(), scope)
    while links:
        budget.spend(1 + len(result))
        result = _link(links.pop(), result, scope)
    budget.depth -= 1
    return result


def _base(tree: Tree, scope: Scope) -> Collection:
    scope.spend()
    if isinstance(tree, Literal):
        return list(tree.nodes)
    if isinstance(tree, Variable):
        found = scope.machine.defined.get(tree.name)
        return scope.machine.lookup(tree.name) if found is None else found
    if isinstance(tree, Special):
        return _special(tree.name, scope)
    if isinstance(tree, Signed):
        return _signed(tree, scope)
    return _link(tree, scope.this, scope)


def _special(name: str, scope: Scope) -> Collection:
    if name == "this":
        return scope.this
    if name == "index":
        return [] if scope.index is None else [Node(scope.index, "integer")]
    return scope.total or []


def _link(tree: Tree, left: Collection, scope: Scope) -> Collection:
    if isinstance(tree, Member):
        return [each for at in left for each in member(at, tree.name)]
    if isinstance(tree, Call):
        function = FUNCTIONS.get(tree.name)
        if function is None:
            raise PathUnsupported(f"The function “{tree.name[:40]}()” is not run here.")
        result = function(scope, left, tree.arguments)
        scope.spend(len(result))
        return result
    if isinstance(tree, Binary):
        return binary(tree.operator, left, scope.value(tree.right), scope.machine.today)
    if isinstance(tree, Index):
        return _at(left, scope.value(tree.at))
    if isinstance(tree, TypeTest):
        return _type_test(tree, left)
    raise PathError("The expression cannot be computed.")


def _at(left: Collection, place: Collection) -> Collection:
    number = place[0].value if len(place) == 1 else None
    if isinstance(number, int) and not isinstance(number, bool) and 0 <= number < len(left):
        return [left[number]]
    return []


def _type_test(tree: TypeTest, left: Collection) -> Collection:
    if tree.operator == "as":
        return [each for each in left if is_type(each, tree.type)]
    if len(left) > 1:
        raise PathError("“is” needs one value, and there are several.")
    return [Node(is_type(each, tree.type), "boolean") for each in left]


def _signed(tree: Signed, scope: Scope) -> Collection:
    found = scope.value(tree.operand)
    if len(found) != 1 or tree.sign == "+":
        return found
    quantity = as_quantity(found[0])
    if quantity:
        return [Node(Quantity(-quantity.value, quantity.unit), "Quantity")]
    number = as_number(found[0])
    if number is None:
        raise PathError("A minus sign stands before something that is no number.")
    value = -int(number) if isinstance(found[0].value, int) else Decimal(-number)
    return [Node(value, type_of(value))]
