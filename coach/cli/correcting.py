"""Correcting an earlier answer in the terminal, and saying what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coach.cli.ask import Closed, ask, sign
from coach.cli.face import Face
from coach.problems import BadFile, BadValue

if TYPE_CHECKING:
    from coach.cases.changing import Changed
    from coach.cases.interview import Interview
    from coach.coach import Coach
    from coach.model.assessment import Item, Value


def during(face: Face, interview: Interview, typed: str) -> None:
    """``c ITEM`` in the interview: ask that question again; ``c`` alone lists what was answered."""
    words = typed.split()
    if len(words) < 2:
        for key in interview.order:
            if key in interview.items and key in interview.answers:
                face.say(f"  {key:<14} {shown(interview.answers[key])}")
        face.say("  To correct one: c and its name, such as c age")
        return
    item = _answered(face, interview, words[1].lower())
    if item is None:
        return
    before = _open(interview)
    value = value_of(face, item)
    interview.change(item.id, value)
    after = _open(interview)
    for text, keys in (("This also asks", after - before), ("No longer asked", before - after)):
        if keys:
            face.say(f"  {text}: {', '.join(sorted(keys))}")
    face.say(f"  Saved: {item.id} is now {shown(value)}.")


def _answered(face: Face, interview: Interview, name: str) -> Item | None:
    item = interview.items.get(name)
    if item is None or name not in interview.answers:
        from difflib import get_close_matches

        near = get_close_matches(name, interview.answers, n=3)
        face.say(f"  There is no answer to “{name[:40]}” yet. {'Near: ' + ', '.join(near) if near else ''}")
        return None
    return item


def _open(interview: Interview) -> set[str]:
    from coach.questionnaires.interview import open_items

    found = open_items(interview.instruments, interview.answers, interview.occasion, interview.before)
    return {item.id for item in found}


def value_of(face: Face, item: Item) -> Value:
    """Ask one question until it is answered."""
    from coach.cli.answering import below, spelled
    from coach.questionnaires.catalogue import BadAnswer, parse_typed

    face.say(f"\n{item.text}")
    for line in below(item):
        face.say(f"  {line}")
    while True:
        typed = sign(ask("Answer (or stop):" if face.plain else ">"))
        if typed == "q":
            raise Closed
        if not typed and item.required:
            face.say("  This one is needed.")
            continue
        try:
            return parse_typed(item, spelled(item, typed))
        except BadAnswer as bad:
            face.say(f"  {bad.message[:1].upper()}{bad.message[1:]}.")


def on_file(face: Face, coach: Coach, wanted: list[str]) -> Changed:
    """``assess --change ITEM[=ANSWER]``: correct answers on file; what is missing is asked on a terminal."""
    from coach.cases.answering import instruments

    known = {item.id: item for each in instruments() for item in each.items}
    given: dict[str, Any] = {}
    for word in wanted:
        name, equals, value = word.partition("=")
        name = name.strip().lower()
        if name not in known:
            from difflib import get_close_matches

            near = get_close_matches(name, known, n=3)
            hint = f"did you mean: {', '.join(near)}" if near else "coach assess --schema lists all questions"
            raise BadValue(f"There is no question “{name[:40]}”.", hint)
        if equals:
            given[name] = value
        elif face.asks:
            given[name] = value_of(face, known[name])
        else:
            raise BadValue(f"The new answer to {name} is missing.", f"coach assess --change {name}=ANSWER")
    while True:
        try:
            return coach.change(given)
        except BadFile as opened:
            left = [name for name in opened.details if name in known and name not in given]
            if not left or not face.asks:
                raise
            face.say("That opens another question.")
            given[left[0]] = value_of(face, known[left[0]])


def tell(face: Face, done: Changed) -> None:
    """Say what was corrected and what follows from it."""
    from coach.draw import changes

    for each in done.corrections:
        face.out(f"{each.text}\n  {shown(each.before)} -> {shown(each.after)}")
    if done.dropped:
        face.out(f"No longer asked, and no longer counted: {', '.join(done.dropped)}")
    after = done.assessed
    level = after.triage.level
    follows = []
    if level != done.level_before:
        follows.append(f"safety level: {done.level_before} -> {level}")
    old = done.profile_before.headline if done.profile_before else "none"
    new = after.profile.headline if after.profile else "none"
    if old != new:
        follows.append(f"where to start: {old} -> {new}")
    for line in follows or ["safety level and where to start are as they were"]:
        face.out(f"What follows: {line}")
    if after.plan and done.plan_before and after.plan.id != done.plan_before.id:
        for line in changes.diff(done.plan_before, after.plan):
            face.out(line)
    elif after.plan and done.plan_before:
        face.out("The plan stays as it is.")


def shown(value: Value) -> str:
    """An answer in a few words."""
    if value is None or value == "" or value == ():
        return "no answer"
    if isinstance(value, tuple):
        return ", ".join(value)
    return f"{value:g}" if isinstance(value, int | float) else value
