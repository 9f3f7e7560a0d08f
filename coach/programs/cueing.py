"""What to show now: the big figure, the words beside it, where the session stands."""

from __future__ import annotations

from math import ceil

from coach.model.noun import Noun
from coach.programs.asking import QUESTIONS, Asked
from coach.programs.beats import length, rep_seconds, rhythm, side, which
from coach.programs.dose import unit_of
from coach.programs.easing import file_ceiling
from coach.programs.player import tick
from coach.programs.playing import Phase, Playing
from coach.programs.stepping import counted


class Cues(Noun, frozen=True, kw_only=True):
    """One look at a running session."""

    phase: Phase
    exercise: str
    name: str
    item: int
    """Number of the exercise, from 1."""
    items: int
    set: int
    sets: int
    side: str = ""
    big: str = ""
    """The figure to be read from the floor: seconds left, or the repetition; empty for none."""
    word: str = ""
    """What to do in one or two words: ``go``, ``pause``, ``back``, ``hold``, ``rest``."""
    text: str = ""
    """The same as a sentence."""
    left: float | None = None
    """Seconds left of the phase; null where it waits."""
    share: float = 0.0
    """How much of the phase is over, 0 to 1."""
    soon: bool = False
    """The wait is about to end: get ready."""
    asked: Asked | None = None
    paused: bool = False
    auto: bool = True
    waits: bool = False
    """The person ends this phase, not the clock."""
    last: float = 0.0
    """How much the last set had, in the unit it is counted in; 0 before the first."""
    after: str = ""
    """What comes next, where that is another exercise."""
    total: float = 0.0
    """Seconds of the session so far, without pauses."""
    spent: float = 0.0
    """Seconds of this phase so far."""
    piece: float = 0.0
    """How much of the piece that ``word`` names (``go``, ``pause``, ``back``) is over, 0 to 1."""
    most_pain: int | None = None
    """Pain ceiling of the plan file for this exercise, where it is tighter than that of the floor."""


def cues(state: Playing, at: float | None = None) -> Cues:
    """What to say and show; ``at`` lets time pass first."""
    if at is not None:
        state = tick(state, at)
    long, place = length(state), state.place
    left = None if long is None else max(0.0, long - state.spent)
    big, word, piece = _figure(state, left)
    later = state.items[place.item + 1].given.name if place.item + 1 < len(state.items) else ""
    return Cues(
        phase=state.phase,
        exercise=state.doing.exercise,
        name=state.doing.name,
        item=place.item + 1,
        items=len(state.items),
        set=min(len(state.done.sets) + 1, state.doing.dose.all_sets),
        sets=state.doing.dose.all_sets,
        side=side(state) if state.phase in ("ready", "work", "switch") else "",
        big=big,
        word=word,
        text=_text(state),
        left=left,
        share=0.0 if not long else min(1.0, state.spent / long),
        soon=state.phase == "rest" and left is not None and left <= state.limits.ready_s,
        asked=QUESTIONS[place.asking[0]] if place.asking else None,
        paused=state.paused,
        auto=state.auto,
        waits=long is None or (not state.auto and state.spent >= long),
        last=counted(state.done.sets[-1]) if state.done.sets else 0.0,
        after=later,
        total=state.total,
        spent=state.spent,
        piece=piece,
        most_pain=file_ceiling(state.item, state.place.before, state.limits),
    )


def _figure(state: Playing, left: float | None) -> tuple[str, str, float]:
    """The big figure, the word under it, and how much of the piece that it names is over."""
    dose = state.doing.dose
    if state.phase == "work" and unit_of(dose) == "reps":
        return _rep(state)
    if state.phase == "work" and unit_of(dose) == "metres":
        return str(dose.metres), "metres", 0.0
    if left is None:
        return "", "", 0.0
    if state.phase == "work":
        word = "go" if unit_of(dose) == "minutes" else "hold"
        if unit_of(dose) == "rounds":
            word = "easy" if int(state.spent // 60) % 2 else "brisk"
        return clock(left), word, 0.0
    words = {"setup": "get into place", "ready": "get ready", "switch": "switch sides", "rest": "rest"}
    return clock(left), words[state.phase], 0.0


def _rep(state: Playing) -> tuple[str, str, float]:
    """The repetition that is on, its piece, and how much of that is over."""
    dose = state.doing.dose
    one, pieces = rep_seconds(dose, state.limits), rhythm(dose, state.limits)
    number = min(int(state.spent / one) + 1, dose.reps or 1)
    inside = state.spent - (number - 1) * one
    for word, seconds in pieces:
        if inside < seconds:
            held = word == "hold" and seconds > 2
            return str(number), f"{word} {ceil(seconds - inside)}" if held else word, inside / seconds
        inside -= seconds
    return str(number), pieces[-1][0], 1.0


def _text(state: Playing) -> str:
    if state.phase in ("before", "ask"):
        return QUESTIONS[state.place.asking[0]].text
    if state.phase == "done":
        return "That was the session."
    if state.phase == "setup":
        return f"{state.doing.name}. {state.doing.note}".strip().rstrip(".") + "."
    return f"{which(state)}."


def clock(seconds: float) -> str:
    """``25``, or ``1:05`` from a minute and a half on."""
    whole = ceil(seconds - 1e-6)
    return str(whole) if whole < 90 else f"{whole // 60}:{whole % 60:02d}"
