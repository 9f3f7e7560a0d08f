"""Rules of the inbox: read from the restricted YAML of plan files, asked of a packet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from coach.draw.words import number as shown
from coach.model.condition import And, Bare, Compare, Count, Expression, Folded, Measures, Not, Or
from coach.model.inbox import COLOURS, Colour, InboxRule, Why
from coach.model.packet import Packet
from coach.model.text import one_line
from coach.packaged import packaged
from coach.programs.inboxmeasures import known, measures
from coach.programs.planlang.conditions import parse_condition, write_condition
from coach.programs.planlang.evaluate import evaluate, value_of
from coach.programs.planlang.problem import PlanFileError, Problem
from coach.programs.planlang.sheet import Sheet, whole
from coach.programs.planlang.words import figure
from coach.programs.planyaml import Node, Text, read_tree

__all__ = ["PlanFileError", "default_text", "judge", "read_rules"]

MOST_RULES = 100
_SHOWN = 6
"""Numbers that are said for one rule."""


def default_text() -> str:
    """The rules that come with the package, with their comments."""
    return packaged("programs", "inbox.yaml").read_text(encoding="utf-8")


def read_rules(text: str, name: str) -> tuple[InboxRule, ...]:
    """Read a rules file. Raises `PlanFileError` with everything that is wrong, each with its place."""
    tree = read_tree(text, name)
    problems: list[Problem] = []
    sheet = Sheet(tree, "the rules file", problems)
    sheet.value("schema", whole("schema", 1, 1), 1, required=True)
    sheet.word("id", required=False)
    sheet.text("title", 200)
    rules = sheet.each("rules", _rule, required=True, most=MOST_RULES)
    sheet.done()
    _once(rules, tree, problems)
    if problems:
        raise PlanFileError(name, tuple(sorted(problems, key=lambda p: (p.line, p.column))), text)
    return rules


def _rule(sheet: Sheet) -> InboxRule:
    name = sheet.word("id")
    colour = sheet.choice("colour", COLOURS[:2], "amber")
    if isinstance(sheet.node, Text) or "colour" not in getattr(sheet.node, "keys", {}):
        sheet.wrong(sheet.node, f"{sheet.what} has no 'colour'; it is red or amber")
    when = sheet.value(
        "when", lambda text: parse_condition(text, asks=known(), grants=None), _NEVER, required=True
    )
    return InboxRule(id=name, colour=_colour(colour), when=when, say=sheet.text("say", 200, required=True))


_NEVER: Expression = Compare(value=Bare(measure="packets"), operator="<", number=0)


def _colour(word: str) -> Colour:
    return next(each for each in COLOURS if each == word)


def _once(rules: tuple[InboxRule, ...], tree: Node, problems: list[Problem]) -> None:
    ids = [each.id for each in rules if each.id]
    twice = next((each for each in ids if ids.count(each) > 1), None)
    if twice:
        problems.append(
            Problem(line=tree.line, column=tree.column, message=f"two rules have the id {twice!r}")
        )


def judge(
    packet: Packet, rules: tuple[InboxRule, ...], today: date
) -> tuple[Colour, tuple[Why, ...], tuple[str, ...]]:
    """Colour of a packet, every rule that applies (worst colour first), and rules that cannot be told."""
    asked, table = measures(packet, today), known()
    found: list[Why] = []
    unknown: list[str] = []
    for rule in rules:
        holds = evaluate(rule.when, asked, table)
        if holds:
            said = {f"flag.{each.id}": each.text for each in packet.flags}
            numbers = tuple(dict.fromkeys(_numbers(rule.when, asked, said)))[:_SHOWN]
            numbers = numbers or (one_line(write_condition(rule.when), 90),)
            found.append(Why(rule=rule.id, colour=rule.colour, text=rule.say, numbers=numbers))
        elif holds is None:
            unknown.append(rule.id)
    found.sort(key=lambda each: COLOURS.index(each.colour))
    return found[0].colour if found else "green", tuple(found), tuple(unknown)


def _numbers(expression: Expression, asked: Measures, said: dict[str, str]) -> Iterator[str]:
    """What the comparisons that make it true looked at; a flag says its own sentence."""
    match expression:
        case Compare(value=value):
            number = value_of(value, asked, known())
            if value.measure in said:
                yield one_line(said[value.measure], 90).rstrip(".")
            elif number is not None:
                yield f"{_named(value)} {shown(number)}"
        case Not():
            return  # what is not so has no number to show
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                if evaluate(part, asked, known()):
                    yield from _numbers(part, asked, said)


def _named(value: Bare | Folded | Count) -> str:
    match value:
        case Bare(measure=measure):
            return measure
        case Folded(how=how, measure=measure, days=days):
            return f"{how} {measure} in {days} days"
        case Count(measure=measure, operator=operator, number=number, days=days):
            return f"{measure} {operator} {figure(number)} in {days} days:"
