"""Several signs as one question: ``0`` for none, or the numbers of those that apply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.cli.ask import ask, sign
from coach.cli.face import Face

if TYPE_CHECKING:
    from coach.cases.interview import Interview
    from coach.model.assessment import Group

HOW = "0 none of these · or the numbers: 1 3 · unsure about one: 2?"
NEEDED = "This one is needed: it decides whether it is safe to start. 0 is none of these."
KEYS = "Keys: ? the whole questions, and why · < back one question · c correct an answer · q pause"


def one(face: Face, interview: Interview, group: Group, head: str) -> str:
    """Ask until it is answered; ``<``, ``q`` and ``c`` are handed back for the caller to do."""
    from coach.cli.interview import prompt
    from coach.questionnaires.catalogue import BadAnswer
    from coach.questionnaires.grouping import pick

    face.say(f"\n[{head}]\n{group.text}")
    for number, key in enumerate(group.items, start=1):
        item = interview.items[key]
        face.say(f"  {number} {item.short or item.text}")
    face.say(f"  {HOW}")
    while True:
        typed = ask(prompt(face, needed=True))
        typed = "0" if typed.lower() == "none" else sign(typed)
        if typed.split()[:1] == ["correct"]:
            typed = f"c{typed.removeprefix('correct')}"
        if typed in ("<", "q") or typed.split()[:1] == ["c"]:
            return typed
        if typed == "?":
            _explain(face, interview, group)
            continue
        if typed in ("", "-"):
            face.say(f"  {NEEDED}")
            continue
        try:
            interview.answer_together(pick(interview.instruments, group, typed))
        except BadAnswer as bad:
            face.say(f"  {bad.message}")
            continue
        return ""


def _explain(face: Face, interview: Interview, group: Group) -> None:
    face.say(f"  {group.why}")
    for number, key in enumerate(group.items, start=1):
        item = interview.items[key]
        face.say(f"  {number} {item.text}")
        for more in (item.help, f"Why: {item.why}" if item.why else ""):
            if more:
                face.say(f"    {more}")
    from coach.cli.interview import how

    face.say(f"  {how(face) if face.plain else KEYS}")
