"""Programme shapes of plan files: phases, slots, milestones, lessons, and what replaces those of another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import asdict, replace

from coach.model.planfile import PlanFile
from coach.model.shape import Milestone, Phase, PhaseChange, Remove, Replace, Slot, SlotChange
from coach.programs.phases import Template
from coach.programs.planlang.sheet import Sheet, identifier, prose, span, whole

WEEKS = 104
SPANS = {"weeks": (1, WEEKS), "sessions": (0, 5), "minutes": (5, 120), "rpe": (0, 8), "sets": (1, 4)}
WHOLES = {"walks": (0, 7), "control": (0, 100)}
TEXTS = {"name": 60, "walk": 300, "aim": 300}


def read_phase(sheet: Sheet) -> Phase:
    """A whole phase."""
    return Phase(
        id=sheet.word("id"),
        name=sheet.text("name", TEXTS["name"], required=True),
        **{
            key: sheet.value(key, span(key, *limits), (limits[0], limits[0]), required=True)
            for key, limits in SPANS.items()
        },
        walks=sheet.value("walks", whole("walks", *WHOLES["walks"]), 0, required=True),
        walk=sheet.text("walk", TEXTS["walk"], required=True),
        control=sheet.value("control", whole("control", *WHOLES["control"]), 0, required=True),
        aim=sheet.text("aim", TEXTS["aim"], required=True),
    )


def read_phase_change(sheet: Sheet) -> PhaseChange:
    """The fields of a phase that change."""
    spans = {key: sheet.maybe(key, span(key, *limits)) for key, limits in SPANS.items()}
    wholes = {key: sheet.maybe(key, whole(key, *limits)) for key, limits in WHOLES.items()}
    texts = {key: sheet.maybe(key, prose(key, most)) for key, most in TEXTS.items()}
    return PhaseChange(id=sheet.word("id"), **spans, **wholes, **texts)  # type: ignore[arg-type]


def read_slot(ladder: Callable[[str], str]) -> Callable[[Sheet], Slot]:
    """A reader of whole slots."""

    def read(sheet: Sheet) -> Slot:
        return Slot(
            slot=sheet.value("slot", whole("slot", 1, 8), 1, required=True),
            name=sheet.text("name", 60, required=True),
            at_least=sheet.value("from", whole("from", 3, 8), 3, required=True),
            ladders=sheet.values("ladders", ladder, required=True),
        )

    return read


def read_slot_change(ladder: Callable[[str], str]) -> Callable[[Sheet], SlotChange]:
    """A reader of the fields of a slot that change."""

    def read(sheet: Sheet) -> SlotChange:
        return SlotChange(
            slot=sheet.value("slot", whole("slot", 1, 8), 1, required=True),
            name=sheet.maybe("name", prose("name", 60)),
            at_least=sheet.maybe("from", whole("from", 3, 8)),
            ladders=sheet.values("ladders", ladder) or None,
        )

    return read


def read_milestone(sheet: Sheet) -> Milestone:
    """A milestone."""
    return Milestone(
        week=sheet.value("week", whole("week", 1, WEEKS), 1, required=True),
        text=sheet.text("text", required=True),
    )


def read_replace(ladder: Callable[[str], str], lesson: Callable[[str], str]) -> Callable[[Sheet], Replace]:
    """A reader of what stands in the place of the built-in plan's own; empty lists are said by remove."""

    def read(sheet: Sheet) -> Replace:
        return Replace(
            weeks=sheet.maybe("weeks", whole("weeks", 1, 52)),
            deload=sheet.values("deload", whole("deload", 1, 52)) if sheet.take("deload") else None,
            phases=sheet.each("phases", read_phase_change),
            slots=sheet.each("slots", read_slot_change(ladder)),
            milestones=sheet.each("milestones", read_milestone) if sheet.take("milestones") else None,
            lessons=sheet.values("lessons", lesson) if sheet.take("lessons") else None,
        )

    return read


def read_remove(sheet: Sheet) -> Remove:
    """What is left out of the built-in plan."""
    return Remove(
        phases=sheet.values("phases", identifier("phases")),
        slots=sheet.values("slots", whole("slots", 1, 8)),
        milestones=sheet.values("milestones", whole("milestones", 1, WEEKS)),
        lessons=sheet.values("lessons", identifier("lessons")),
    )


def resolved(file: PlanFile, base: Template | None) -> Template:
    """The programme shape of a file: its own, or that of the built-in plan with its changes."""
    if base is None:
        return Template(
            id=file.id,
            title=file.title,
            weeks=file.weeks or 1,
            deload=file.deload,
            slots=file.slots,
            phases=file.phases,
            milestones={each.week: each.text for each in file.milestones},
            lessons=file.lessons,
        )
    new, out = file.replace, file.remove
    phases = {each.id: each for each in new.phases}
    slots = {each.slot: each for each in new.slots}
    given = base.milestones if new.milestones is None else {each.week: each.text for each in new.milestones}
    lessons = base.lessons if new.lessons is None else new.lessons
    weeks = base.weeks if new.weeks is None else new.weeks
    return Template(
        id=file.id,
        title=file.title,
        weeks=weeks,
        deload=tuple(each for each in base.deload if each <= weeks) if new.deload is None else new.deload,
        slots=tuple(_slot(each, slots.get(each.slot)) for each in base.slots if each.slot not in out.slots),
        phases=tuple(_phase(each, phases.get(each.id)) for each in base.phases if each.id not in out.phases),
        milestones={week: text for week, text in given.items() if week not in out.milestones},
        lessons=tuple(each for each in lessons if each not in out.lessons),
    )


def _phase(phase: Phase, change: PhaseChange | None) -> Phase:
    if change is None:
        return phase
    return replace(phase, **{key: value for key, value in asdict(change).items() if value is not None})


def _slot(slot: Slot, change: SlotChange | None) -> Slot:
    if change is None:
        return slot
    return replace(slot, **{key: value for key, value in asdict(change).items() if value is not None})


def shape_problems(template: Template) -> list[str]:
    """What only the parts together can show, as sentences."""
    week = 1
    for phase in template.phases:
        if phase.weeks[0] != week:
            return [f"phase {phase.id} begins in week {phase.weeks[0]}, expected {week}"]
        week = phase.weeks[1] + 1
    found = []
    if template.weeks not in {phase.weeks[1] for phase in template.phases}:
        # phases after it are for keeping up what was reached
        found.append(f"no phase ends with week {template.weeks}, the last of the plan")
    numbers = [slot.slot for slot in template.slots]
    if not numbers or numbers != sorted(set(numbers)):
        found.append("slots must each stand once, in the order of their numbers, at least one")
    if len({phase.id for phase in template.phases}) < len(template.phases):
        found.append("phases must each have an id of their own")
    if late := [str(each) for each in template.deload if each > template.weeks]:
        found.append(f"deload week {', '.join(late)} is after week {template.weeks}, the last of the plan")
    if not template.lessons:
        found.append("no lesson is left, expected at least one")
    return found


def change_problems(file: PlanFile, base: Template) -> list[tuple[str, str]]:
    """What ``replace`` and ``remove`` name that the built-in plan does not have: the key and a sentence."""
    have: dict[str, set[Any]] = {
        "phases": {each.id for each in base.phases},
        "slots": {each.slot for each in base.slots},
        "milestones": set(base.milestones),
        "lessons": set(base.lessons),
    }
    found = []
    changed: dict[str, list[Any]] = {"phases": [each.id for each in file.replace.phases],
               "slots": [each.slot for each in file.replace.slots]}  # fmt: skip
    for key, names in changed.items():
        found += [("replace", f"{base.id} has no {each} in {key}") for each in names if each not in have[key]]
        if len(set(names)) < len(names):
            found.append(("replace", f"an entry of {key} stands there twice; keep one"))
        both = [str(each) for each in names if each in getattr(file.remove, key)]
        found += [("remove", f"{each} of {key} is replaced and removed; keep one") for each in both]
    for key, known in have.items():
        names = getattr(file.remove, key)
        found += [("remove", f"{base.id} has no {each} in {key}") for each in names if each not in known]
    return found
