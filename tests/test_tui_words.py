"""Texts that name a command say in the app what there is to press, and never lose what they mean."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from coach.actions import ACTIONS, find
from coach.tui.keys import AFTER, SHELL, has_page, in_keys, plainly

ROOT = Path(__file__).resolve().parent.parent / "coach"
NAMED = re.compile(r"coach ([a-z]+)")
LEFT = re.compile(
    r"(\(key .\)|and its name\)|, then \S+|, key .)( (--?[a-z]|[A-Z]{2,}\b|\d|\w+_\d|[a-z]+_[a-z]))"
)
"""Options, names of exercises and numbers that a key has nothing to do with."""


def _strings(tree: ast.AST) -> Iterator[str]:
    inner = {id(part) for each in ast.walk(tree) if isinstance(each, ast.JoinedStr) for part in each.values}
    loose = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    for each in ast.walk(tree):
        if id(each) in inner or id(each) in loose:
            continue
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value
        elif isinstance(each, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "hng_4" for part in each.values
            )


def _values(document: Any) -> Iterator[str]:
    if isinstance(document, str):
        yield document.replace("{id}", "hng_4")
    for each in (
        document.values() if isinstance(document, dict) else document if isinstance(document, list) else ()
    ):
        yield from _values(each)


@cache
def declared() -> list[str]:
    """Every text of the program that names a command; a file without one is not read closer."""
    found: set[str] = set()
    for path in sorted(ROOT.rglob("*")):
        if path.suffix not in (".py", ".toml") or path.name == "keys.py":
            continue
        source = path.read_text(encoding="utf-8")
        if "coach " not in source:
            continue
        found |= set(_strings(ast.parse(source)) if path.suffix == ".py" else _values(tomllib.loads(source)))
    return sorted(text for text in found if any(find(name) for name in NAMED.findall(text)))


def test_there_are_many_texts_that_name_commands() -> None:
    assert len(declared()) > 150


@pytest.mark.parametrize("text", declared())
def test_a_text_keeps_its_meaning(text: str) -> None:
    told = in_keys(text)
    assert LEFT.search(told) is None, told
    assert "((" not in told
    assert re.search(r"\([A-Z][a-z-]+ \(key", told) is None, "no brackets within brackets"
    for found in NAMED.finditer(told):
        action = find(found[1])
        if action is None:
            continue
        rest = told[found.start() + len("coach ") :]
        assert not has_page(action.name) or rest.startswith(SHELL), told
        assert told.endswith(AFTER), "it says where a command is typed"
    assert (AFTER in told) == any(find(name) for name in NAMED.findall(told))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Shorter sessions are there any day: coach log --short.", "any day: Session (key s), then v."),
        ("the short version (coach log --done all --short), or", "(Session, key s, then v), or"),
        ("or the small plan (coach plan minimum on).", "the small plan (Plan, key p, then m)."),
        ("Kept as read. (coach undo takes it back)", "Kept as read. (key u takes it back)"),
        ("The lesson on pacing comes now: coach learn pacing.", "comes now: Lessons (key i)."),
        ("coach plan why hng_2 says why it left.", "Exercises (key e), then Enter on it says why it left."),
        ("The pain number alone is enough: coach checkin 4. Good.", "is enough: Check-in (key c). Good."),
        ("a few questions: coach checkin --flag ms_leg_new", "a few questions: Check-in (key c), then w"),
        ("To note one: coach habit done breathing", "To note one: Habits (key h)"),
        ("it could move: coach habit done valued_activity --rating 6", "it could move: Habits (key h)"),
        ("If you like a change: coach swap hng_2", "a change: Exercises (key e), then Enter and w on it"),
        ("a better plan: coach pause --to +14d. What", "plan: Pause (Ctrl-P and its name). What"),
        ("`coach doctor` shows it.", f"`coach doctor` shows it. {AFTER}"),
        ("for low back pain, the coach chooses", "for low back pain, the coach chooses"),
    ],
)
def test_what_is_said_instead(text: str, told: str) -> None:
    assert in_keys(text).endswith(told)


def test_days_are_told_as_people_tell_them() -> None:
    assert plainly("Paused until 2026-11-27.") == "Paused until Fri 27 Nov."
    assert plainly("no day: 2026-13-40") == "no day: 2026-13-40"


def test_a_page_is_called_the_same_in_the_line_below_and_on_top() -> None:
    from coach.tui import pages

    named = {each.name: each.label for each in ACTIONS if each.name in pages.KEPT}
    for name, label in named.items():
        assert label == pages.make(pages.KEPT[name]).NAME, name  # type: ignore[attr-defined]
