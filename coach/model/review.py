"""Nouns of the weekly review: the evidence it froze, and what it decided by which rule."""

from datetime import date
from typing import Literal

from coach.model.exercise import Dose, Number, Reason
from coach.model.log import DeviceMonth
from coach.model.noun import Noun
from coach.model.plan import Action


class Provocation(Noun, frozen=True, kw_only=True):
    """Pain around one session: before, the most during, usual level, and the next morning's rise."""

    date: date
    before: float | None
    most: float | None
    usual: float | None
    """``w`` of ``clinical.md`` 6.3."""
    morning: float | None
    """``D`` of ``clinical.md`` 6.3."""
    directions: tuple[str, ...] = ()


class Evidence(Noun, frozen=True, kw_only=True):
    """What one exercise did in one week (inputs of ``clinical.md`` 6.7)."""

    exercise: str
    week: int
    planned: int
    done: int
    completion: float | None
    """Completed sets as percent of the sets prescribed in the sessions done."""
    rpe: float | None
    target: tuple[float, float]
    sessions: tuple[Provocation, ...] = ()
    form: int | None = None
    prev_form: int | None = None
    readiness: float | None = None
    top: bool = False
    advance_met: bool = False
    prev: Action | None = None
    rung: int = 1
    missed: int = 0
    leg: bool = False
    """A new or spreading leg symptom was linked to it."""
    best: float | None = None
    """Largest standing size of the last 28 days with 80 % of its sets fully done."""
    first_session_red: bool = False
    """First session of the exercise or rung with RPE >= 8 or a pain rise over 2.5."""
    easy_sessions: bool = False
    """The last two sessions were at or below the middle of the target range."""
    relief_days: int | None = None
    mean_size: float | None = None
    level: float = 0
    """Standing size if four fifths of its sets were fully done this week, else zero."""
    missing: tuple[str, ...] = ()
    """Numbers that at least one of its sessions lacks."""


class WeekEvidence(Noun, frozen=True, kw_only=True):
    """What the whole week was: inputs that every exercise shares."""

    week: int
    starts: date
    ends: date
    planned: int
    done: int
    adherence: float | None
    readiness: float | None
    sleep_hours: float | None
    stress: float | None
    pain: float | None
    pain_four_weeks: float | None
    kind: Literal["loaded", "deload", "flare", "paused"] = "loaded"
    flare_active: bool = False
    flare_new: bool = False
    """The first review of this flare."""
    flares_28_days: int = 0
    red_flag: bool = False
    screened: bool = False
    """The mini-screen was answered with nothing new; without it nothing rises."""
    unscreened: Literal["", "weekly", "new", "full"] = ""
    """Why not: the weekly questions have no answers, one of them was new, or the full ones are due."""
    deload_next: bool = False
    readiness_red: bool = False
    missing: tuple[str, ...] = ()
    provoked: tuple[str, ...] = ()
    """Movement directions that provoked in a session whose exercises include them."""
    gap_days: int = 0
    """Longest gap before a session of this week."""
    many_flares: bool = False
    """Three flares or more in 28 days, now or at one of the last three reviews."""
    device_nights: int = 0
    """Nights of the sleep whose hours a device measured, for the person had given none."""


class Decision(Noun, frozen=True, kw_only=True):
    """What one review did to one exercise or habit, by which rule, on which numbers."""

    id: str
    exercise: str
    name: str
    rule: str
    """``r00`` to ``r17``, or the limit that changed the result (``inv_9``, ``cap_hard_sets``)."""
    action: Action
    text: str
    before: Dose | None = None
    after: Dose | None = None
    to: str = ""
    """The exercise after it, where it changed."""
    numbers: tuple[Number, ...] = ()
    also: tuple[str, ...] = ()
    """Other rows that matched and were not the cause."""
    otherwise: str = ""
    missing: tuple[str, ...] = ()
    """Numbers that nobody gave and the rule needed."""
    safety: bool = False
    """A cut or stop for safety: a veto does not take it back."""
    offers: tuple[str, ...] = ()
    """Exercises it may be swapped for, where the card offers it."""
    vetoed: bool = False
    corrected: bool = False
    """An entry behind it was corrected later; the card stays as it was."""


class Review(Noun, frozen=True, kw_only=True):
    """One weekly decision: all it read, all it did."""

    id: str
    """``w03``: the week it looks back on."""
    week: int
    date: date
    plan_before: str
    plan_after: str
    evidence: tuple[Evidence, ...]
    overall: WeekEvidence
    decisions: tuple[Decision, ...]
    """One for each exercise, and for walking."""
    habits: tuple[Decision, ...] = ()
    """One for each micro-goal of the lifestyle component; they are judged by days, not by doses."""
    notes: tuple[Reason, ...] = ()
    """Plan-level cards: adherence, pain-drop guard, deload, flares, re-screening."""
    screen: dict[str, str] = {}
    """Answers of the mini-screen that came with it."""
    held: bool = False
    """Full safety questions were due and open, so that nothing rose."""
    revision: int = 0
    """Journal revision it read."""
    library: str = ""
    rules: str = ""
    triage: str = ""
    """Id of the safety screen that its answers led to; empty where they opened nothing."""
    asked: dict[str, float] = {}
    """Answers to the questions that the therapist's file asks each week, by their id."""
    response: dict[str, float] = {}
    """Answers of week 6 about pain and everyday activities that came with it."""
    devices: tuple[DeviceMonth, ...] = ()
    """What devices had measured when it read the week, so that it can be made again."""
