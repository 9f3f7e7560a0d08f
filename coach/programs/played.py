"""What a led session was: its log entry, and what its answers ask for afterwards."""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from coach.model.log import ExerciseLog, SessionLog
from coach.model.plan import Prescription
from coach.programs import easing
from coach.programs.logged import exercise_log
from coach.programs.playing import Done, Felt, Item, Playing, doing


def session_log(state: Playing, at: str = "") -> SessionLog:
    """The log entry of a session as far as it got; ``at`` is the instant with its offset, as text.

    An exercise that was eased on the way gives two entries: what was done of it, and what was done
    of the easier one. What was not reached is there as left out.
    """
    logs = tuple(log for item, done in zip(state.items, state.dones, strict=True)
                 for log in _logs(state, item, done))  # fmt: skip
    return SessionLog(
        id=f"{state.date}/{state.session}",
        session=state.session,
        date=state.date,
        week=state.week,
        kind=state.kind,
        exercises=logs,
        minutes=round(state.total / 60, 1),
        overlay=state.overlay,
        at=at,
    )


def began(state: Playing) -> bool:
    """Whether anything was done that is worth keeping."""
    return any(each.sets or each.status or each.level for each in state.dones)


def over_ceiling(state: Playing) -> tuple[Item, ...]:
    """The exercises whose pain passed the ceiling of the plan file."""
    pairs = zip(state.items, state.dones, strict=True)
    return tuple(item for item, done in pairs if any(easing.over_file(item, f) for f in done.felt.values()))


def warnings(state: Playing) -> tuple[Literal["leg", "red"], ...]:
    """What the answers ask for after the session: a leg symptom, or pain that rose far."""
    felt = [each for done in state.dones for each in done.felt.values()]
    found: list[Literal["leg", "red"]] = []
    if any(each.leg in ("new", "spreading") for each in felt):
        found.append("leg")
    if any(easing.red(each, state.place.before, state.limits) for each in felt):
        found.append("red")
    return tuple(found)


def _logs(state: Playing, item: Item, done: Done) -> list[ExerciseLog]:
    found = []
    for level in range(done.level + 1):
        last = level == done.level
        sets = tuple(each for each, at in zip(done.sets, done.levels, strict=True) if at == level)
        if not last and not sets and level:
            continue
        status: Literal["swapped", "skipped", "stopped"] | None = None
        reason = done.reason
        if not last:
            status, reason = (None if sets else "swapped"), "easier for this session"
        elif done.status == "stopped":
            status = "stopped"
        elif not sets:
            status, reason = "skipped", done.reason or "not reached"
        felt = done.felt.get(level, Felt(pain=_worst(done)))
        found.append(
            exercise_log(
                _asked(item, done, level),
                sets=sets,
                rpe=felt.rpe,
                before=state.place.before,
                pain=felt.pain,
                form=felt.form,
                reserve=None if felt.reserve is None else int(felt.reserve),
                clean_reps=None if felt.clean is None else int(felt.clean),
                leg=felt.leg,
                status=status,
                reason=reason,
                note="" if not felt.losses else f"lost balance {felt.losses:g} times in a set",
            )
        )
    return found


def _asked(item: Item, done: Done, level: int) -> Prescription:
    """What was asked at a rung: of an easier one, the sets that were left for it."""
    if not level:
        return item.given
    now = doing(item, replace(done, level=level, share=1.0, support=False))
    before = sum(each < level for each in done.levels)
    return replace(now, dose=replace(now.dose, sets=max(1, now.dose.sets - before)))


def _worst(done: Done) -> float | None:
    """The most pain that was told of any rung: what was eased on the way had no answer of its own."""
    return max((each.pain for each in done.felt.values() if each.pain is not None), default=None)
