"""Doing less at once: the regress codes of ``clinical.md`` 5.1, for the running session only."""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from coach.model.noun import Noun
from coach.packaged import packaged
from coach.programs.dose import scale
from coach.programs.playing import Done, Felt, Item, Limits
from coach.programs.rules import load_rules, read_rules

FILE_CEILING = "plan_pain"
"""Rule of what is eased because of a plan file's own pain ceiling."""


class Relief(Noun, frozen=True, kw_only=True):
    """What a regress code asks for now: nothing, hold on, three quarters, an easier rung, or stop."""

    rule: str = ""
    what: Literal["", "support", "less", "rung", "stop"] = ""


def load_limits() -> Limits:
    """The numbers of a running session, from the data files of the package."""
    own = read_rules(packaged("programs", "player.toml").read_text(encoding="utf-8"))
    known = {**load_rules().values, **own.values}
    return Limits(**{name: known[name] for name in Limits.__struct_fields__})


def ceiling(before: float, limits: Limits) -> float:
    """Most pain during exercise that is acceptable after so much before it (``clinical.md`` 6.3)."""
    if before < limits.ok_low_before:
        return limits.ok_low_ceiling
    return min(before + limits.ok_rise, limits.ok_most)


def over_file(item: Item, felt: Felt) -> bool:
    """Whether pain passed the ceiling that a plan file sets for an exercise."""
    return item.pain is not None and felt.pain is not None and felt.pain > item.pain


def file_ceiling(item: Item, before: float | None, limits: Limits) -> int | None:
    """The pain ceiling of a plan file where it is tighter than that of the floor, to be told beforehand."""
    return item.pain if item.pain is not None and item.pain < ceiling(before or 0, limits) else None


def red(felt: Felt, before: float | None, limits: Limits) -> bool:
    """Whether the pain makes this a red session (``clinical.md`` 6.3)."""
    if felt.pain is None or before is None:
        return False
    return felt.pain >= limits.red_pain and felt.pain - before >= limits.red_rise


def regress(item: Item, felt: Felt, before: float | None, limits: Limits) -> Relief:
    """What the answers about an exercise ask for at once. A leg symptom stops any exercise."""
    code = item.given.regress
    if felt.leg in ("new", "spreading", "lingering"):
        return Relief(rule="b3", what="stop")
    if code == "b1" and _too_hard(item, felt, limits):
        return Relief(rule="b1", what="rung")
    if code == "b2" and red(felt, before, limits):
        return Relief(rule="b2", what="rung")
    if code == "b2" and felt.pain is not None and before is not None and felt.pain > ceiling(before, limits):
        return Relief(rule="b2", what="less")
    if over_file(item, felt):
        return Relief(rule=FILE_CEILING, what="less")
    if code == "b4" and felt.losses is not None and felt.losses > limits.b4_losses:
        return Relief(rule="b4", what="support")
    return Relief()


def _too_hard(item: Item, felt: Felt, limits: Limits) -> bool:
    if felt.form is not None and felt.form >= limits.b1_form:
        return True
    return felt.rpe is not None and felt.rpe >= item.given.dose.rpe[1] + limits.b1_effort


def wished(item: Item, done: Done) -> Relief:
    """What ``easier`` does: hold on first where balance is trained, else the rung below."""
    code = item.given.regress
    if code == "b4" and not done.support:
        return Relief(rule="b4", what="support")
    return Relief(rule=code, what="rung")


def eased(item: Item, done: Done, relief: Relief, limits: Limits) -> tuple[Done, str]:
    """The exercise after it, and what to say; where nothing can fall any more it stays as it is.

    Without a rung below the dose falls instead.
    """
    if relief.what == "stop":
        return replace(done, status="stopped", reason=done.reason or "a leg symptom"), (
            "This exercise stops for today."
        )
    if relief.what == "support":
        told = "" if done.support else "From now on hold on to a chair or a wall."
        return replace(done, support=True), told
    if relief.what == "rung" and done.level < len(item.easier):
        low = item.easier[done.level]
        return replace(done, level=done.level + 1, share=1.0), f"One step easier: {low.name}."
    base = item.easier[done.level - 1] if done.level else item.given
    share = done.share * limits.b2_share
    before, after = scale(base.dose, done.share), scale(base.dose, share)
    if relief.what == "" or after is None or before is None or after.size >= before.size:
        return done, ""
    told = "A quarter less from now on."
    if relief.rule == FILE_CEILING:
        told = f"Your plan allows pain of up to {item.pain} here. {told}"
    return replace(done, share=share), told
