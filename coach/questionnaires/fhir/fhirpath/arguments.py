"""Reading the arguments of functions, each with its own complaint."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from coach.questionnaires.fhir.errors import PathError
from coach.questionnaires.fhir.fhirpath.tree import Tree
from coach.questionnaires.fhir.fhirpath.values import Collection, Node, as_number

if TYPE_CHECKING:
    from coach.questionnaires.fhir.fhirpath.engine import Scope


def argument(scope: Scope, args: tuple[Tree, ...], place: int) -> Node | None:
    """The single value of an argument, or null when it is empty or not there."""
    if place >= len(args):
        return None
    found = scope.value(args[place])
    if len(found) > 1:
        raise PathError("An argument of a function needs one value, and there are several.")
    return found[0] if found else None


def the_text(scope: Scope, args: tuple[Tree, ...], place: int) -> str:
    """A text argument. Raises `PathError` when it is none."""
    found = argument(scope, args, place)
    if found is None or not isinstance(found.value, str):
        raise PathError("A function of an expression needs a text as its argument.")
    return found.value


def the_number(scope: Scope, args: tuple[Tree, ...], place: int) -> Decimal | None:
    """A number argument, or null when it is empty. Raises `PathError` for another kind."""
    found = argument(scope, args, place)
    if found is None:
        return None
    number = as_number(found)
    if number is None:
        raise PathError("A function of an expression needs a number as its argument.")
    return number


def the_whole(scope: Scope, args: tuple[Tree, ...], place: int, default: int = 0) -> int:
    """A whole-number argument; ``default`` when it is empty."""
    number = the_number(scope, args, place)
    if number is None:
        return default
    if abs(number) > 1_000_000_000:
        raise PathError("A number in an expression becomes too large.")
    return int(number)


def single(found: Collection) -> Node | None:
    """The one value of a collection, null when empty. Raises `PathError` for several."""
    if len(found) > 1:
        raise PathError("A function of an expression needs one value, and there are several.")
    return found[0] if found else None
