"""What a person may do: avoid tags, equipment, floor and gates (``clinical.md`` 5.1, 5.3)."""

from __future__ import annotations

from msgspec.structs import replace

from coach.model.exercise import Exercise
from coach.model.noun import Noun
from coach.model.plan import Plan, Preferences
from coach.programs.building import load_building

_TIMED = ("flex", "ext")
"""Tags of a direction, which hold in the first weeks only."""


class Context(Noun, frozen=True, kw_only=True):
    """Everything about a person and a week that decides which exercises are allowed."""

    week: int = 1
    tags: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()
    equipment: frozenset[str] = frozenset()
    """What is at hand, with what every home has."""
    floor: bool = True
    gates: tuple[str, ...] = ()
    lifted: tuple[str, ...] = ()
    eased: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    body_weight_kg: float | None = None
    left_out: frozenset[str] = frozenset()
    """Ladders and exercises that a plan file leaves out."""
    since_waking: int | None = None
    """Minutes from getting up to the session, when both times are known."""

    @classmethod
    def make(
        cls,
        preferences: Preferences,
        week: int,
        *,
        tags: tuple[str, ...] = (),
        qualifiers: tuple[str, ...] = (),
        gates: tuple[str, ...] = (),
        lifted: tuple[str, ...] = (),
        eased: tuple[str, ...] = (),
        left_out: tuple[str, ...] = (),
    ) -> Context:
        """Build the context of a week; the tags of a direction end with their weeks."""
        building = load_building()
        return cls(
            week=week,
            tags=active_tags(tags, week),
            qualifiers=qualifiers,
            equipment=frozenset((*preferences.equipment, *building.equipment)),
            floor=preferences.floor,
            gates=gates,
            lifted=lifted,
            eased=eased,
            wishes=preferences.wishes,
            body_weight_kg=preferences.body_weight_kg,
            since_waking=_since_waking(preferences),
            left_out=frozenset(left_out),
        )

    @classmethod
    def of(cls, plan: Plan, week: int) -> Context:
        """Build the context of one week of a plan."""
        return cls.make(
            plan.preferences,
            week,
            tags=plan.tags,
            qualifiers=plan.qualifiers,
            gates=plan.gates,
            lifted=plan.lifted,
            eased=plan.eased,
            left_out=plan.left_out,
        )


def active_tags(tags: tuple[str, ...], week: int) -> tuple[str, ...]:
    """The tags of a week: those of a direction end with its weeks."""
    if week <= load_building().number("direction_weeks"):
        return tags
    passing = (*_TIMED, *(("flex_am",) if "flex" in tags else ()))
    return tuple(tag for tag in tags if tag not in passing)


def _since_waking(preferences: Preferences) -> int | None:
    try:
        rise, session = (
            int(text[:2]) * 60 + int(text[3:5]) for text in (preferences.rise_time, preferences.session_time)
        )
    except ValueError:
        return None
    return (session - rise) % 1440


def why_not(exercise: Exercise, context: Context) -> str | None:
    """Say in plain words why an exercise is not allowed, or return null when it is."""
    if exercise.id in context.left_out or exercise.ladder in context.left_out:
        return "your therapist's plan leaves it out"
    return (
        _barred_by_tag(exercise, context)
        or _barred_by_place(exercise, context)
        or _barred_by_gate(exercise, context)
    )


def anything(context: Context) -> Context:
    """The same context without the choice of a plan file: for what relieves, whatever the plan is made of."""
    return replace(context, left_out=frozenset()) if context.left_out else context


def _barred_by_tag(exercise: Exercise, context: Context) -> str | None:
    building = load_building()
    free = exercise.id in context.lifted
    for avoid in exercise.avoid:
        if avoid.tag == "flex_am":
            if _too_early(context):
                return building.tags["flex_am"]
            continue
        lifted = free or avoid.tag in context.lifted or avoid.qualifier in context.lifted
        if avoid.tag in context.tags and not lifted and _qualifier_bars(avoid.qualifier, context):
            return building.tags[avoid.tag]
    if "surg" in context.tags and not free and exercise.id in building.surgery:
        return building.tags["surg"]
    if "preg" in context.tags and "flat_supine" in context.qualifiers and _on_back(exercise):
        own = any(avoid.tag == "preg" and avoid.qualifier == "flat_supine" for avoid in exercise.avoid)
        if not own and (exercise.dose.minutes or 0) > building.number("flat_on_back"):
            return building.tags["preg"]
    mixed = "direction_mixed" in context.qualifiers and context.week <= building.number("mixed_weeks")
    if exercise.ladder == "dir" and "direction_mixed" in context.qualifiers and exercise.direction != "none":
        return "bending and arching both hurt, so neither is repeated for relief"
    if mixed and exercise.direction in ("flexion", "extension"):
        return "bending and arching both hurt, so their ends wait until week 3"
    return None


def _too_early(context: Context) -> bool:
    """Whether the session falls into the first hour after getting up.

    The tag limits the time of day and bars no exercise (``clinical.md`` 5.1): where a time is not known,
    the exercise stays and says in words when it is done.
    """
    since = context.since_waking
    return since is not None and since < load_building().number("after_waking")


def _qualifier_bars(qualifier: str, context: Context) -> bool:
    """Whether an active tag with this qualifier keeps the exercise out."""
    match qualifier:
        case "":
            return True
        case "late" | "fracture":
            return qualifier in context.qualifiers
        case "wk1_4":
            return context.week <= load_building().number("direction_weeks")
        case "without_supervision" | "unless_cleared":
            return True
        case "only_if_neutral":
            return "dis_5_a6" not in context.gates
    return False


def _on_back(exercise: Exercise) -> bool:
    return exercise.position.startswith(load_building().on_back)


def _barred_by_place(exercise: Exercise, context: Context) -> str | None:
    for item in exercise.equipment:
        if item not in context.equipment and not _substitute(exercise, item):
            return f"it needs a {item}" if item != "shoes" else "it needs shoes"
    if not context.floor and needs_floor(exercise) and not _off_floor(exercise):
        return "it is done on the floor"
    if exercise.id == "aer_7" and "aer_7" not in context.wishes:
        return "intervals are added only when you wish for them"
    if exercise.ladder == "dir" and exercise.direction != "none" and exercise.direction not in context.eased:
        return "this direction did not ease your pain in the test"
    return None


def needs_floor(exercise: Exercise) -> bool:
    """Whether an exercise is done lying, kneeling or sitting on the floor."""
    position = exercise.position
    return position.startswith(load_building().floor)


def _off_floor(exercise: Exercise) -> str:
    """Return how an exercise is done without the floor, where it may be; empty where not."""
    return exercise.instead.get("floor", "") if exercise.ladder in load_building().floor_texts else ""


def _substitute(exercise: Exercise, item: str) -> str:
    return exercise.instead.get(item) or load_building().substitutes.get(item, "")


def _barred_by_gate(exercise: Exercise, context: Context) -> str | None:
    for gate in load_building().gates:
        closed = gate.ladder == exercise.ladder and exercise.rung >= gate.first
        if closed and not any(name in context.gates for name in gate.any):
            return f"it opens with {gate.text}"
    return None


def notes(exercise: Exercise, context: Context) -> str:
    """Say under which conditions an allowed exercise is done: substitutes and qualifiers, in words."""
    building = load_building()
    found = [_substitute(exercise, item) for item in exercise.equipment if item not in context.equipment]
    if not context.floor and needs_floor(exercise):
        found.append(_off_floor(exercise))
    found.append(exercise.note)
    for avoid in exercise.avoid:
        if avoid.tag == "flex_am":
            found.append(building.qualifiers["flex_am"])
        elif avoid.tag in context.tags and avoid.qualifier != "flat_supine":
            found.append(building.qualifiers.get(avoid.qualifier, ""))
    if "preg" in context.tags and "flat_supine" in context.qualifiers and _on_back(exercise):
        found.append(building.qualifiers["flat_supine"])
    return " ".join(dict.fromkeys(text for text in found if text))
