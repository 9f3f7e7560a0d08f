"""The 26 movement tests as guided protocols: what is due, in which order, on which day (3.1)."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from functools import cache

from coach.model.assessment import Answers, Triage, Value
from coach.model.noun import NotANoun, Noun, from_doc
from coach.model.testing import Adapt, Condition, Due, Protocol, Sitting, Skip, Sourced, Stop
from coach.packaged import packaged
from coach.questionnaires.catalogue import load_instruments
from coach.questionnaires.conditions import Known
from coach.questionnaires.rulebook import load_rulebook
from coach.questionnaires.scoring import shown, tidy
from coach.questionnaires.skiplogic import in_force

STOPPING = {
    "T0_EMERGENCY": "Your answers to the safety questions need help first. No test is done today.",
    "NOT_ELIGIBLE": "The tests are made for adults.",
    "T1_CLINICIAN": "A doctor or physiotherapist looks at your answers first. The tests wait until then.",
}
OPEN = "Some safety questions are still open. Answer them first; then the tests follow."


class StopRule(Noun, frozen=True, kw_only=True):
    """One reason to end any test."""

    sign: Stop
    text: str


class Sore(Noun, frozen=True, kw_only=True):
    """Strong pain now: only the tests kept are done."""

    when: Condition
    keep: tuple[str, ...]
    reason: str


class General(Noun, frozen=True, kw_only=True):
    """What holds for all tests: the file ``protocols/general.toml``."""

    version: int
    evidence: str
    warm_up: str
    early: str
    practice: str
    chair: str
    equipment: tuple[str, ...]
    things: tuple[str, ...]
    retest_weeks: tuple[int, ...]
    groups: tuple[str, ...]
    limits: dict[str, Sourced]
    stop: tuple[StopRule, ...]
    support: Adapt
    very_sore: Sore

    def limit(self, name: str) -> float:
        """Value of a limit."""
        return self.limits[name].value


def _read(name: str) -> dict[str, object]:
    path = packaged("questionnaires", "protocols", f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def load_general() -> General:
    """Read ``protocols/general.toml``."""
    return from_doc(_read("general"), General)


@cache
def load_protocols() -> tuple[Protocol, ...]:
    """All tests in the order they are done: safety first, endurance last, then those of the day."""
    found = []
    for number in range(1, 27):
        name = f"mt_{number:02d}"
        try:
            found.append(from_doc(_read(name), Protocol))
        except NotANoun as error:
            raise NotANoun(f"{name}.toml: {error}") from None
    return tuple(sorted(found, key=lambda each: each.order))


def protocol(test_id: str) -> Protocol:
    """The test of an id such as ``mt_07``; raises `KeyError`."""
    found = next((each for each in load_protocols() if each.id == test_id), None)
    if found is None:
        raise KeyError(test_id)
    return found


@cache
def title_of(item: str) -> str:
    """The title of the test whose result an item such as ``mt_05_back`` is; its file alone is read."""
    return str(_read("_".join(item.split("_")[:2]))["title"])


def due(answers: Mapping[str, Value], triage: Triage, done: Collection[str] = ()) -> tuple[Due, ...]:
    """Every test in order: to be done, done already, or left out with the reason.

    ``done`` are the ids of the tests that have a result for this round. The same answers in any
    order give the same list.
    """
    counted = in_force(load_instruments(), answers)
    known = _known(counted, triage)
    barred = STOPPING.get(triage.level, "" if triage.complete else OPEN)
    listed = {each.id: _one(each, known, barred, done) for each in load_protocols()}
    for each in load_protocols():
        if each.instead_of and listed[each.id].status == "due":
            listed[each.id] = _alternative(each, listed[each.instead_of], listed[each.id])
        elif each.instead_of and listed[each.id].status == "done":
            other = listed[each.instead_of]
            if other.status == "due":
                listed[each.instead_of] = _instead(other, each.title)
    return tuple(listed.values())


def _known(answers: Answers, triage: Triage) -> Known:
    """The answers together with the tags and qualifiers of the safety screen."""
    tags: dict[str, Value] = {f"tag_{tag}": "yes" for tag in triage.filters}
    facts: dict[str, Value] = {f"q_{each}": "yes" for each in triage.qualifiers}
    limits = {name: each.value for name, each in load_general().limits.items()}
    limits |= {name: each.value for name, each in load_rulebook().limits.items() if each.value is not None}
    return Known({**answers, **tags, **facts}, limits)


def _one(test: Protocol, known: Known, barred: str, done: Collection[str]) -> Due:
    general = load_general()
    plain = Due(test=test.id, title=test.title, group=test.group, status="due")
    if test.id in done:
        return _as(plain, "done", "Done already.")
    if barred:
        return _as(plain, "skipped", barred)
    if test.id not in general.very_sore.keep and known.holds(general.very_sore.when):
        return _as(plain, "skipped", general.very_sore.reason)
    rules = [rule for rule in test.skip if known.holds(rule.when)]
    whole = next((rule for rule in rules if not rule.parts), None)
    gone = {part for rule in rules for part in rule.parts}
    parts = tuple(part for part in test.parts if part not in gone)
    if whole or (test.parts and not parts):
        return _as(plain, "skipped", (whole or rules[0]).reason)
    return Due(
        test=test.id,
        title=test.title,
        group=test.group,
        status="due",
        minutes=_minutes(test, parts),
        reason=" ".join(rule.reason for rule in rules),
        parts=parts,
        left_out=tuple(part for part in test.parts if part in gone),
        notes=_notes(test, known, general),
    )


def _as(plain: Due, status: str, reason: str) -> Due:
    kept = {"test": plain.test, "title": plain.title, "group": plain.group}
    return from_doc({**kept, "status": status, "reason": reason}, Due)


def _instead(plain: Due, title: str) -> Due:
    return _as(plain, "instead", f"One of the two is enough, and “{title}” is done.")


def _alternative(test: Protocol, other: Due, mine: Due) -> Due:
    """What becomes of a test that may stand in for another."""
    if other.status == "skipped":
        return _as(mine, "skipped", other.reason)
    if other.status == "done":
        return _instead(mine, other.title)
    return _as(mine, "instead", f"Choose this or “{other.title}”; one of the two is enough.")


def _minutes(test: Protocol, parts: tuple[str, ...]) -> float:
    return tidy(test.minutes * len(parts) / len(test.parts)) if test.parts else test.minutes


def _notes(test: Protocol, known: Known, general: General) -> tuple[str, ...]:
    """What this person does in another way."""
    found = [each.text for each in test.adapt if known.holds(each.when)]
    if test.standing and known.holds(general.support.when):
        found.insert(0, general.support.text)
    return tuple(dict.fromkeys(found))


def two_days(listed: Iterable[Due]) -> tuple[Sitting, ...]:
    """The tests that are due, on days of at most 35 minutes, warm-up included; mostly two are enough.

    Each goes to the first day with room, and every day keeps the order: safety and control first,
    holds last. What belongs to daily life (the walk, the morning) is in no sitting.
    """
    general = load_general()
    warm, most = general.limit("warm_up"), general.limit("day")
    days: list[list[Due]] = []
    for each in listed:
        if each.status != "due" or each.group == "daily":
            continue
        room = (day for day in days if tidy(warm + _sum(day) + each.minutes) <= most)
        day = next(room, None)
        if day is None:
            days.append([each])
        else:
            day.append(each)
    return tuple(
        Sitting(day=place, tests=tuple(each.test for each in day), minutes=tidy(warm + _sum(day)))
        for place, day in enumerate(days, 1)
    )


def _sum(tests: Iterable[Due]) -> float:
    return sum(each.minutes for each in tests)


def too_early(minutes_awake: float | None) -> str:
    """Why to wait, when less than an hour has gone by since waking; else empty."""
    general = load_general()
    if minutes_awake is None or minutes_awake >= general.limit("awake"):
        return ""
    left = general.limit("awake") - minutes_awake
    return f"{general.early} {shown(left)} minutes more."


def before_tests(minutes_awake: float | None) -> tuple[str, ...]:
    """What holds before the tests of a day: the wait after the night, warming up, what is needed."""
    general = load_general()
    warm = f"{general.warm_up} About {shown(general.limit('warm_up'))} minutes."
    things = f"Have at hand: {', '.join(general.things)}. {general.chair}"
    return tuple(each for each in (too_early(minutes_awake), warm, things) if each)


def stops(test: Protocol) -> tuple[str, ...]:
    """When to end a test: its own signs, then those of every test."""
    return (*test.stop, *(each.text for each in load_general().stop))


def skips(test: Protocol) -> tuple[Skip, ...]:
    """The skip rules of a test, that of strong pain included."""
    general = load_general()
    sore = Skip(when=general.very_sore.when, reason=general.very_sore.reason)
    return test.skip if test.id in general.very_sore.keep else (*test.skip, sore)
