"""The therapist's inbox: packets of many people, the newest of each, sorted red, amber, green."""

from __future__ import annotations

import os
from datetime import date

import msgspec

from coach.cases.packetfiles import Progress, packets
from coach.model.inbox import COLOURS, Broken, Inbox, InboxRule, Person
from coach.model.packet import Packet
from coach.problems import BadFile, BadValue

SEEN = ".coach-inbox"
"""File in the folder that says what was there at the last look."""
_EXAMPLES = 200
_LINES = 3
"""Broken lines of one file that are named."""
_SEEN_BYTES = 32 * 1024 * 1024


def inbox(
    folder: str,
    *,
    today: date,
    rules: str | None = None,
    rules_name: str = "the rules that come with coach",
    since_last: bool = False,
    progress: Progress | None = None,
) -> Inbox:
    """Read every packet of a folder, keep the newest of each person, and sort worst first.

    ``rules`` is the text of a rules file. Only one packet is in memory at a time; of each person a row
    stays. With ``since_last`` rows that were not there at the last look are marked, and this look is
    kept in the folder. Raises `BadValue` for a folder that is none, `BadFile` for rules that do not read.
    """
    judged = read_rules(rules, rules_name)
    seen = _seen(folder) if since_last else frozenset()
    people: dict[str, Person] = {}
    broken: list[Broken] = []
    lines: dict[str, int] = {}
    total = older = same = bad = 0
    for where, found in packets(folder, progress):
        if isinstance(found, Broken):
            bad += 1
            own = found.file.partition(", line ")[0]
            lines[own] = lines.get(own, 0) + 1
            if len(broken) < _EXAMPLES and (found.file == own or lines[own] <= _LINES):
                broken.append(found)
            continue
        total += 1
        key = found.sender.key or f"label {found.sender.label}"
        before = people.get(key)
        if before is not None and before.seal == found.seal:
            same += 1
        elif before is not None and _age(before) >= (found.made, found.number, found.seal):
            older += 1
        else:
            older += before is not None
            people[key] = _person(found, where, judged, today, seen)
    if since_last:
        _keep(folder, people)
    return Inbox(
        people=tuple(sorted(people.values(), key=_worst_first)),
        packets=total,
        older=older,
        same=same,
        broken=bad,
        examples=tuple(broken),
        notes=_notes(people),
    )


def default_rules() -> str:
    """The text of the rules that come with coach, to be edited."""
    from coach.programs.inboxrules import default_text

    return default_text()


def read_rules(text: str | None, name: str) -> tuple[InboxRule, ...]:
    """The rules of a file, or those of the package. Raises `BadFile` with every problem and its place."""
    from coach.programs.inboxrules import PlanFileError, default_text
    from coach.programs.inboxrules import read_rules as read

    try:
        return read(default_text() if text is None else text, name)
    except PlanFileError as error:
        count = len(error.problems)
        what = "one thing is wrong" if count == 1 else f"{count} things are wrong"
        raise BadFile(
            f"{name} cannot be used: {what} in it.",
            "the rules that work, with comments: coach planfile inbox --write-rules FILE",
            details=error.lines(),
        ) from None


def _person(
    packet: Packet, where: str, rules: tuple[InboxRule, ...], today: date, seen: frozenset[str]
) -> Person:
    from coach.programs.inboxmeasures import age
    from coach.programs.inboxrules import judge

    colour, why, unknown = judge(packet, rules, today)
    plan, kept = packet.plan, packet.adherence.score
    asked = next((each.value or 0 for each in packet.flags if each.id == "question"), 0)
    return Person(
        colour=colour,
        label=packet.sender.label,
        key=packet.sender.key,
        made=packet.made,
        number=packet.number,
        days=age(packet, today),
        week=plan.week if plan else None,
        weeks=plan.weeks if plan else None,
        kept=None if kept is None else round(100 * kept, 1),
        pain_start=packet.response.baseline,
        pain_now=packet.response.now,
        questions=int(asked),
        plan=(plan.file.title if plan.file else plan.template) if plan else "",
        why=why,
        unknown=unknown,
        new=packet.seal not in seen if seen else False,
        file=where,
        seal=packet.seal,
    )


def _age(each: Person) -> tuple[date, int, str]:
    return (each.made, each.number, each.seal)


def _worst_first(each: Person) -> tuple[int, int, date, str, str]:
    strong = sum(why.colour == each.colour for why in each.why)
    return (COLOURS.index(each.colour), -strong, each.made, each.label, each.key)


def _notes(people: dict[str, Person]) -> tuple[str, ...]:
    labels: dict[str, int] = {}
    for each in people.values():
        labels[each.label] = labels.get(each.label, 0) + 1
    shared = sorted(label for label, count in labels.items() if count > 1)
    return tuple(
        f"{labels[label]} people have the label {label}: they are told apart by their keys."
        for label in shared[:20]
    )


def _seen(folder: str) -> frozenset[str]:
    """Seals of the packets of the last look; empty where there was none."""
    try:
        with open(os.path.join(folder, SEEN), encoding="utf-8", errors="replace") as file:
            return frozenset(file.read(_SEEN_BYTES).split())
    except OSError:
        return frozenset()


def _keep(folder: str, people: dict[str, Person]) -> None:
    from coach.journal.store import write_file

    content = "".join(f"{each.seal}\n" for each in people.values())
    try:
        write_file(os.path.join(folder, SEEN), content.encode())
    except OSError as error:
        raise BadValue(
            f"{folder} cannot be written to, so this look is not kept: {error.strerror}.",
            "leave --since-last out",
        ) from None


def document(found: Inbox) -> dict[str, object]:
    """The inbox as plain JSON values, with the counts first."""
    plain: dict[str, object] = msgspec.to_builtins(found)
    return {"counts": {each: found.count(each) for each in COLOURS}, **plain}
