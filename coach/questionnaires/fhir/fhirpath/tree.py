"""The tree of a parsed expression.

A chain (``a.b.c``, ``x + y + z``) hangs on ``left``, so that it is walked in a loop and its
length costs no depth; only brackets and arguments nest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from coach.questionnaires.fhir.fhirpath.values import Node


@dataclass(frozen=True, slots=True)
class Literal:
    """A value that stands in the expression; ``{}`` is the empty one."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Variable:
    """``%name``."""

    name: str


@dataclass(frozen=True, slots=True)
class Special:
    """``$this``, ``$index`` or ``$total``."""

    name: str


@dataclass(frozen=True, slots=True)
class Member:
    """``left.name``, or a name alone."""

    left: Tree | None
    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """``left.name(arguments)``, or a function alone."""

    left: Tree | None
    name: str
    arguments: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """``left[at]``."""

    left: Tree
    at: Tree


@dataclass(frozen=True, slots=True)
class Binary:
    """``left operator right``."""

    left: Tree
    operator: str
    right: Tree


@dataclass(frozen=True, slots=True)
class TypeTest:
    """``left is Type`` and ``left as Type``."""

    left: Tree
    operator: str
    type: str


@dataclass(frozen=True, slots=True)
class Signed:
    """``-operand`` and ``+operand``."""

    sign: str
    operand: Tree


Tree: TypeAlias = Literal | Variable | Special | Member | Call | Index | Binary | TypeTest | Signed


def strings(tree: Tree) -> tuple[frozenset[str], frozenset[str]]:
    """The texts and the variable names that an expression mentions."""
    texts: set[str] = set()
    names: set[str] = set()
    waiting: list[Tree] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Literal):
            texts.update(each.value for each in node.nodes if isinstance(each.value, str))
        elif isinstance(node, Variable):
            names.add(node.name)
        for name in ("left", "right", "at", "operand"):
            below = getattr(node, name, None)
            if below is not None:
                waiting.append(below)
        waiting.extend(getattr(node, "arguments", ()))
    return frozenset(texts), frozenset(names)
