"""Functions on texts, and between texts and other values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from coach.questionnaires.fhir.errors import PathError, PathUnsupported
from coach.questionnaires.fhir.fhirpath import numbers
from coach.questionnaires.fhir.fhirpath.arguments import argument, single, the_text, the_whole
from coach.questionnaires.fhir.fhirpath.dates import Temporal, temporal
from coach.questionnaires.fhir.fhirpath.operators import one, yes
from coach.questionnaires.fhir.fhirpath.tree import Tree
from coach.questionnaires.fhir.fhirpath.values import Collection, Node, text_of

if TYPE_CHECKING:
    from coach.questionnaires.fhir.fhirpath.engine import Scope

Function: TypeAlias = Callable[["Scope", Collection, tuple[Tree, ...]], Collection]

_PATTERN_CHARS = 200
_MATCHED_CHARS = 300
_QUANTIFIER = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|(\)[*+?{])|(\(\?)|([*+{])", re.DOTALL)


def safe_pattern(source: str) -> re.Pattern[str]:
    """Compile a regular expression of a form, when it cannot run away.

    Repeated groups, look-around and more than three repetitions are refused, since Python's
    engine cannot be stopped. Raises `PathUnsupported`.
    """
    repeats = 0
    for match in _QUANTIFIER.finditer(source):
        if match.group(1) or match.group(2) or re.fullmatch(r"\\[1-9]", match.group()):
            repeats = 99
        repeats += 1 if match.group(3) else 0
    if repeats > 3 or len(source) > _PATTERN_CHARS:
        raise PathUnsupported("A text pattern of the form is too complicated to be run here.")
    try:
        return re.compile(source)
    except (re.error, OverflowError, RecursionError):
        raise PathError("A text pattern of the form cannot be read.") from None


def _text(found: Collection) -> str | None:
    at = single(found)
    if at is None:
        return None
    text = text_of(at)
    if text is None:
        raise PathError("A function of an expression needs a text.")
    return text


def _on_text(compute: Callable[[str], object]) -> Function:
    def apply(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
        text = _text(found)
        return [] if text is None else one(compute(text))

    return apply


def _with_text(compute: Callable[[str, str], object]) -> Function:
    """A function of a text and a text argument; empty when either is."""

    def apply(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
        text, other = _text(found), argument(scope, args, 0)
        if text is None or other is None:
            return []
        if not isinstance(other.value, str):
            raise PathError("A function of an expression needs a text as its argument.")
        return one(compute(text, other.value))

    return apply


def _substring(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
    text, start = _text(found), the_whole(scope, args, 0, -1)
    if text is None or not 0 <= start < len(text):
        return []
    length = the_whole(scope, args, 1, len(text))
    return one(text[start : start + max(length, 0)])


def _replace(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
    text = _text(found)
    if text is None:
        return []
    old, new = the_text(scope, args, 0), the_text(scope, args, 1)
    scope.spend(len(text) * len(new) // 100)
    return one(text.replace(old, new))


def _matches(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
    text = _text(found)
    if text is None:
        return []
    return yes(safe_pattern(the_text(scope, args, 0)).search(_short(scope, text)) is not None)


def _replace_matches(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
    text = _text(found)
    if text is None:
        return []
    pattern, new = safe_pattern(the_text(scope, args, 0)), the_text(scope, args, 1)
    return one(pattern.sub(lambda match: new, _short(scope, text)))


def _short(scope: Scope, text: str) -> str:
    scope.spend(1000)
    if len(text) > _MATCHED_CHARS:
        raise PathUnsupported("A text is too long for a text pattern.")
    return text


def _split(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
    text, at = _text(found), the_text(scope, args, 0)
    if text is None:
        return []
    parts = text.split(at) if at else list(text)
    return [Node(part, "string") for part in parts]


def _join(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
    words = [text_of(each) for each in found]
    known = [word for word in words if word is not None]
    scope.spend(sum(map(len, known)) // 100)
    return one((the_text(scope, args, 0) if args else "").join(known)) if found else []


def _to_boolean(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
    at = single(found)
    if at is None or isinstance(at.value, bool):
        return found
    word = (text_of(at) or "").lower()
    if word in ("true", "t", "yes", "y", "1"):
        return yes(True)
    return yes(False) if word in ("false", "f", "no", "n", "0") else []


def _to_string(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
    at = single(found)
    text = text_of(at) if at else None
    return [] if text is None else one(text)


def _to_temporal(kind: str) -> Function:
    def apply(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
        at = single(found)
        if at is None:
            return []
        text = at.value.text() if isinstance(at.value, Temporal) else at.value
        if not isinstance(text, str):
            return []
        value = temporal(text.partition("T")[0] if kind == "date" else text, kind)
        return one(value) if value else []

    return apply


def _converts(to: Function) -> Function:
    def apply(scope: Scope, found: Collection, args: tuple[Tree, ...]) -> Collection:
        return yes(bool(to(scope, found, args))) if found else []

    return apply


_CONVERSIONS: Mapping[str, Function] = MappingProxyType(
    {
        "Boolean": _to_boolean,
        "String": _to_string,
        "Date": _to_temporal("date"),
        "DateTime": _to_temporal("dateTime"),
        "Time": _to_temporal("time"),
        "Integer": numbers.FUNCTIONS["toInteger"],
        "Decimal": numbers.FUNCTIONS["toDecimal"],
        "Quantity": numbers.FUNCTIONS["toQuantity"],
    }
)

FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {
        **{f"to{name}": to for name, to in _CONVERSIONS.items()},
        **{f"convertsTo{name}": _converts(to) for name, to in _CONVERSIONS.items()},
        "length": _on_text(len),
        "upper": _on_text(str.upper),
        "lower": _on_text(str.lower),
        "trim": _on_text(str.strip),
        "startsWith": _with_text(str.startswith),
        "endsWith": _with_text(str.endswith),
        "contains": _with_text(lambda text, part: part in text),
        "indexOf": _with_text(str.find),
        "substring": _substring,
        "replace": _replace,
        "matches": _matches,
        "replaceMatches": _replace_matches,
        "split": _split,
        "join": _join,
        "toChars": lambda scope, found, args: [Node(char, "string") for char in _text(found) or ""],
    }
)
