"""What the reasons of a week say."""

from __future__ import annotations

from coach.model.exercise import Number, Reason
from coach.model.plan import Plan, Standing
from coach.programs.builder import Board, Pick
from coach.programs.library import Library

_SLOTS = {
    1: ("slot_prepare", "It prepares you: a few easy minutes before the work."),
    2: ("slot_control", "Control: every session has one exercise that steers the movement."),
    3: ("slot_lower", "Legs and hinge: hinge and squat take turns."),
    4: ("slot_hip", "Hip: every week works the hips."),
    5: ("slot_trunk", "Trunk: front, side and back take turns."),
    6: ("slot_carry", "Carry or turn: you gave time for more."),
    7: ("slot_second", "Second pattern: you gave time for more."),
    8: ("slot_cool_down", "Cool-down: calm breathing ends the session."),
}
_GUARANTEES = {
    "hinge": "a hinge",
    "squat": "a squat",
    "hip": "a hip exercise",
    "trunk": "exercises from two parts of the trunk",
    "strength": "strength work in two sessions",
    "walks": "three walks",
}


def slot_reason(pick: Pick, standing: Standing, plan: Plan, library: Library) -> Reason:
    """Say why an exercise is in a session: its slot or the profile, then its rung.

    The numbers stand with the level; a session that repeated them would double the file each week.
    """
    rung = standing.prescription.reason
    rule, text = _SLOTS[pick.slot]
    otherwise = rung.otherwise
    if pick.why.startswith("profile_"):
        profile = pick.why.removeprefix("profile_")
        names = library.building.profile_names
        rule = pick.why
        text = f"Your answers suggest starting here: {names.get(profile, profile)}."
        instead = library.ladders[pick.instead].name
        otherwise = (
            f"With another starting profile its place would be taken by {instead}. {otherwise}".strip()
        )
    return Reason(rule=rule, text=f"{text} {rung.text}".strip(), otherwise=otherwise)


def missing_guarantee(name: str, why: str) -> Reason:
    """Name a guarantee that a week cannot keep, and why."""
    return Reason(
        rule=f"guarantee_{name}",
        text=f"This week has not got {_GUARANTEES[name]}: {why}.",
        otherwise="It comes back by itself when that changes.",
        numbers=(Number(name="guarantee", value=name, evidence="D", source="clinical.md 5.4"),),
    )


def share_note(share: float, board: Board) -> Reason:
    """Say that the time share is off, and why it is left so."""
    width = board.building.constants["share_tolerance"]
    number = Number(
        name="control work",
        value=round(share, 1),
        unit="%",
        threshold=f"{board.phase.control} % ± {width.value:g}",
        evidence=width.evidence,
        source=width.source,
    )
    return Reason(
        rule="share_c2",
        text=f"Control work takes {share:.0f} % of the session minutes; this phase aims at "
        f"{board.phase.control} %. The fixed places of a session come first.",
        numbers=(number,),
        otherwise="Longer sessions have optional places that would bring it nearer.",
    )
