"""The tree of a parsed expression.

A chain (``a.b.c``, ``x + y + z``) hangs on ``left``, so that it is walked in a loop and its
length costs no depth; only brackets and arguments nest.
"""

from __future__ import annotations

from collections.abc import Iterator
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


def nodes(tree: Tree) -> Iterator[Tree]:
    """Every node of a tree."""
    waiting: list[Tree] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        below = (getattr(node, name, None) for name in ("left", "right", "at", "operand"))
        waiting.extend(each for each in below if each is not None)
        waiting.extend(getattr(node, "arguments", ()))


def strings(tree: Tree) -> tuple[frozenset[str], frozenset[str]]:
    """The texts and the variable names that an expression mentions."""
    found = list(nodes(tree))
    literals = [each for node in found if isinstance(node, Literal) for each in node.nodes]
    texts = frozenset(each.value for each in literals if isinstance(each.value, str))
    return texts, frozenset(node.name for node in found if isinstance(node, Variable))


def calls(tree: Tree) -> frozenset[str]:
    """The names of the functions that an expression calls."""
    return frozenset(node.name for node in nodes(tree) if isinstance(node, Call))


def members(tree: Tree) -> frozenset[str]:
    """The names of the fields that an expression walks through."""
    return frozenset(node.name for node in nodes(tree) if isinstance(node, Member))


def linked(tree: Tree) -> tuple[frozenset[str], frozenset[str]]:
    """The linkIds that an expression compares with, and the beginnings of linkIds it looks for."""
    whole: set[str] = set()
    stems: set[str] = set()
    for node in nodes(tree):
        if isinstance(node, Binary) and node.operator in ("=", "~", "in"):
            for one, other in ((node.left, node.right), (node.right, node.left)):
                if isinstance(one, Member) and one.name == "linkId":
                    whole |= strings(other)[0]
        elif isinstance(node, Call) and isinstance(node.left, Member) and node.left.name == "linkId":
            found = {text for each in node.arguments for text in strings(each)[0]}
            stems |= found if node.name == "startsWith" else set()
    return frozenset(whole), frozenset(stems)
