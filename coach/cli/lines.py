"""Everything line by line: today, then one word or key a line, for screen readers and slow terminals."""

from __future__ import annotations

import copy
import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from coach.actions import ACTIONS, Action
from coach.cli.ask import Closed, ask, choose
from coach.cli.face import Face

if TYPE_CHECKING:
    from coach.cases.turns import Name

Call = Callable[[Face, list[str]], int]
TURNS = ("flare", "pause", "skip", "undo")
"""What asks one question where no more words are given."""
LEAVE = ("q", "quit", "exit", "bye")
HELP = (
    "Type a command or its key and Enter, such as checkin or c, or plan why hng_2. "
    "Type help for all of them, quit to leave. Enter alone does the next thing."
)
KEYS = {"comma": ",", "question_mark": "?"}


def lead(face: Face, call: Call) -> int:
    """Show today, then do what is typed until the person leaves; the exit code."""
    coach = face.coach()
    if coach.has_episode():
        call(_for_one(face), ["today"])
    else:
        from coach.draw.days import WELCOME, back

        begun = coach.begun()
        for text in (
            ("Welcome back.", back(begun)) if begun is not None and begun.answered else ("Welcome.", *WELCOME)
        ):
            face.out(text)
    face.say(f"\n{HELP}")
    while True:
        name, text = _next(face)
        try:
            typed = ask(f"\nCommand, help or quit{f' (Enter: {text})' if name else ''}:")
            words = shlex.split(typed)
        except KeyboardInterrupt as left:
            face.say("")
            return 0 if isinstance(left, Closed) else 130
        except ValueError:
            face.say("A quotation mark is not closed.")
            continue
        if words and words[0].lower() in LEAVE:
            return 0
        if words and words[0].lower() in ("?", "help") and len(words) == 1:
            _list(face)
            continue
        words = words or ([name] if name else ["today"])
        words = words[1:] if words[0] == "coach" and words[1:] else words
        _do(face, call, [words[0].lower(), *words[1:]])


def _do(face: Face, call: Call, words: list[str]) -> None:
    action = next((each for each in ACTIONS if words[0] in _names(each)), None)
    once = _for_one(face)
    if action is None or words[1:]:
        call(once, [action.name if action else words[0], *words[1:]])
    elif action.name in TURNS:
        _turn(face, cast("Name", action.name))
    else:
        call(once, [action.name, *action.alone])


def _names(action: Action) -> tuple[str, ...]:
    return (action.name, action.short, KEYS.get(action.key, action.key)) if action.key else (action.name,)


def _for_one(face: Face) -> Face:
    """The options of this call for one command: what is given with one does not stay for the next."""
    return copy.copy(face)


def _next(face: Face) -> tuple[str, str]:
    """What Enter does, and its words."""
    from coach.draw.days import primary
    from coach.problems import NothingToDo, Problem

    try:
        coach = face.coach()
        begun = coach.begun()
        found: Any = coach.today() if coach.has_episode() else None
    except NothingToDo:
        found = None
    except Problem:
        return "", ""
    return primary(found, begun)


def _list(face: Face) -> None:
    from coach.actions import GROUPS

    for group in GROUPS:
        face.out(f"{group}:")
        for each in (each for each in ACTIONS if each.group == group):
            key = f"{KEYS.get(each.key, each.key)} or " if each.key else ""
            face.out(f"  {key}{each.name}: {each.help}")
    face.out("q or quit: Leave. COMMAND --help: what a command takes.")


def turned(face: Face, name: Name) -> None:
    """Ask the one question of a turn, and do what was answered. May raise `Problem`."""
    turn = face.coach().turn(name)
    value = choose(face.worded(turn.text), turn.choices)
    face.say(face.coach().take(name, value) or "Nothing was changed.")


def _turn(face: Face, name: Name) -> None:
    """The same, among others: what stands in its way is said, and it goes on."""
    from coach.problems import Problem

    try:
        turned(face, name)
    except Problem as problem:
        face.fail(problem)
    except KeyboardInterrupt:
        face.say("\nNothing was changed.")
