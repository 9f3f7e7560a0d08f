"""The functions by name: collections here, texts and numbers in their own rooms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from coach.questionnaires.fhir.errors import PathError
from coach.questionnaires.fhir.fhirpath import numbers, texts
from coach.questionnaires.fhir.fhirpath.arguments import the_text, the_whole
from coach.questionnaires.fhir.fhirpath.operators import (
    distinct,
    equal,
    is_type,
    one,
    truth,
    yes,
)
from coach.questionnaires.fhir.fhirpath.scores import ordinal, weight
from coach.questionnaires.fhir.fhirpath.tree import Member, Tree, Variable
from coach.questionnaires.fhir.fhirpath.values import Collection, Node, children, member

if TYPE_CHECKING:
    from coach.questionnaires.fhir.fhirpath.engine import Scope

Arguments: TypeAlias = tuple[Tree, ...]
Function: TypeAlias = Callable[["Scope", Collection, Arguments], Collection]


def _first_argument(args: Arguments, name: str) -> Tree:
    if not args:
        raise PathError(f"“{name}()” needs an argument.")
    return args[0]


def _where(scope: Scope, found: Collection, args: Arguments) -> Collection:
    test = _first_argument(args, "where")
    kept = []
    for place, each in enumerate(found):
        scope.spend()
        if truth(scope.value(test, [each], place)):
            kept.append(each)
    return kept


def _select(scope: Scope, found: Collection, args: Arguments) -> Collection:
    what = _first_argument(args, "select")
    return [made for place, each in enumerate(found) for made in scope.value(what, [each], place)]


def _repeat(scope: Scope, found: Collection, args: Arguments) -> Collection:
    what = _first_argument(args, "repeat")
    result: Collection = []
    seen: set[object] = set()
    waiting = found
    while waiting:
        following: Collection = []
        for place, each in enumerate(waiting):
            scope.spend()
            for made in scope.value(what, [each], place):
                key = id(made.value) if isinstance(made.value, dict) else made.value
                if key not in seen:
                    seen.add(key)
                    following.append(made)
        result.extend(following)
        waiting = following
    return result


def _descendants(scope: Scope, found: Collection, args: Arguments) -> Collection:
    result: Collection = []
    waiting = found
    while waiting:
        waiting = [child for each in waiting for child in children(each)]
        scope.spend(len(waiting))
        result.extend(waiting)
    return result


def _exists(scope: Scope, found: Collection, args: Arguments) -> Collection:
    return yes(bool(_where(scope, found, args) if args else found))


def _all(scope: Scope, found: Collection, args: Arguments) -> Collection:
    return yes(len(_where(scope, found, args)) == len(found))


def _iif(scope: Scope, found: Collection, args: Arguments) -> Collection:
    if len(args) not in (2, 3):
        raise PathError("“iif()” needs a condition, a value, and perhaps another value.")
    if truth(scope.value(args[0], found)):
        return scope.value(args[1], found)
    return scope.value(args[2], found) if len(args) == 3 else []


def _aggregate(scope: Scope, found: Collection, args: Arguments) -> Collection:
    what = _first_argument(args, "aggregate")
    total = scope.value(args[1]) if len(args) > 1 else []
    for place, each in enumerate(found):
        total = scope.value(what, [each], place, total)
    return total


def _quantor(wanted: bool, every: bool) -> Function:
    def apply(scope: Scope, found: Collection, args: Arguments) -> Collection:
        matches = [each.value is wanted for each in found]
        return yes(all(matches) if every else any(matches))

    return apply


def _not(scope: Scope, found: Collection, args: Arguments) -> Collection:
    value = truth(found)
    return [] if value is None else yes(not value)


def _cut(start: int | None, keep: int | None) -> Function:
    """``first``, ``last``, ``tail``: a part of the collection that needs no argument."""

    def apply(scope: Scope, found: Collection, args: Arguments) -> Collection:
        return found[start:keep]

    return apply


def _skip(scope: Scope, found: Collection, args: Arguments) -> Collection:
    return found[max(the_whole(scope, args, 0), 0) :]


def _take(scope: Scope, found: Collection, args: Arguments) -> Collection:
    return found[: max(the_whole(scope, args, 0), 0)]


def _single(scope: Scope, found: Collection, args: Arguments) -> Collection:
    if len(found) > 1:
        raise PathError("“single()” needs one value, and there are several.")
    return found


def _set(keep: str) -> Function:
    """``union``, ``combine``, ``intersect``, ``exclude``, ``subsetOf`` and ``supersetOf``."""

    def apply(scope: Scope, found: Collection, args: Arguments) -> Collection:
        other = scope.value(_first_argument(args, keep))
        scope.spend(len(found) * len(other))
        if keep == "combine":
            return [*found, *other]
        if keep == "union":
            return distinct([*found, *other])
        if keep == "subsetOf":
            return yes(all(_in(each, other) for each in found))
        if keep == "supersetOf":
            return yes(all(_in(each, found) for each in other))
        kept = [each for each in found if _in(each, other) == (keep == "intersect")]
        return distinct(kept) if keep == "intersect" else kept

    return apply


def _in(each: Node, many: Collection) -> bool:
    return any(equal(each, other) for other in many)


def _type(args: Arguments, name: str) -> str:
    tree = _first_argument(args, name)
    if isinstance(tree, Member):
        return tree.name
    if isinstance(tree, Variable):
        return tree.name
    raise PathError(f"“{name}()” needs the name of a type.")


def _of_type(scope: Scope, found: Collection, args: Arguments) -> Collection:
    name = _type(args, "ofType")
    return [each for each in found if is_type(each, name)]


def _is(scope: Scope, found: Collection, args: Arguments) -> Collection:
    name = _type(args, "is")
    return [Node(is_type(each, name), "boolean") for each in _single(scope, found, args)]


def _extension(scope: Scope, found: Collection, args: Arguments) -> Collection:
    url = the_text(scope, args, 0)
    extensions = [each for at in found for each in member(at, "extension")]
    return [each for each in extensions if isinstance(each.value, dict) and each.value.get("url") == url]


def _define(scope: Scope, found: Collection, args: Arguments) -> Collection:
    name = the_text(scope, args, 0)
    scope.machine.defined[name] = scope.value(args[1], found) if len(args) > 1 else found
    return found


def _today(scope: Scope, found: Collection, args: Arguments) -> Collection:
    return numbers.day(scope.machine.today)


def _now(scope: Scope, found: Collection, args: Arguments) -> Collection:
    """The core knows no clock: now is the beginning of the given day."""
    return numbers.midnight(scope.machine.today)


def _has_value(scope: Scope, found: Collection, args: Arguments) -> Collection:
    return yes(len(found) == 1 and not isinstance(found[0].value, dict))


FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {
        "where": _where,
        "select": _select,
        "repeat": _repeat,
        "children": lambda scope, found, args: [child for each in found for child in children(each)],
        "descendants": _descendants,
        "exists": _exists,
        "empty": lambda scope, found, args: yes(not found),
        "all": _all,
        "any": _exists,
        "not": _not,
        "count": lambda scope, found, args: one(len(found)),
        "first": _cut(0, 1),
        "last": _cut(-1, None),
        "tail": _cut(1, None),
        "skip": _skip,
        "take": _take,
        "single": _single,
        "distinct": lambda scope, found, args: distinct(found),
        "isDistinct": lambda scope, found, args: yes(len(distinct(found)) == len(found)),
        "iif": _iif,
        "aggregate": _aggregate,
        "allTrue": _quantor(True, True),
        "anyTrue": _quantor(True, False),
        "allFalse": _quantor(False, True),
        "anyFalse": _quantor(False, False),
        **{
            name: _set(name)
            for name in ("union", "combine", "intersect", "exclude", "subsetOf", "supersetOf")
        },
        "ofType": _of_type,
        "as": _of_type,
        "is": _is,
        "extension": _extension,
        "hasValue": _has_value,
        "getValue": lambda scope, found, args: found if _has_value(scope, found, args)[0].value else [],
        "defineVariable": _define,
        "trace": lambda scope, found, args: found,
        "today": _today,
        "now": _now,
        "ordinal": ordinal,
        "weight": weight,
        **numbers.FUNCTIONS,
        **texts.FUNCTIONS,
    }
)
