"""The weekly decision for one exercise: the ordered table R00-R17 of ``clinical.md`` 6.7. Pure."""

from __future__ import annotations

from msgspec.structs import replace

from coach.model.exercise import Dose, Exercise
from coach.model.noun import Noun
from coach.model.plan import Action, Bounds, Standing
from coach.model.review import Evidence, Provocation, WeekEvidence
from coach.programs import pain, steps
from coach.programs.dose import deload
from coach.programs.rules import Rules
from coach.programs.steps import Room

_CUTS: tuple[Action, ...] = ("reduce40", "deload", "reduce", "flare")


class Situation(Noun, frozen=True, kw_only=True):
    """What the table needs to know beyond the evidence."""

    room: Room
    lower: bool = True
    """Whether an allowed rung lies below; without one STEP_BACK becomes SWAP."""
    by_response: bool = False
    """Chosen by response: ADVANCE becomes HOLD, STEP_BACK becomes SWAP (``clinical.md`` 5.5)."""
    walk: bool = False
    """Walking: minutes are its one variable."""


class Case(Noun, frozen=True, kw_only=True):
    """One exercise before its decision: what it did, where it stands, and what bounds it."""

    evidence: Evidence
    overall: WeekEvidence
    standing: Standing
    exercise: Exercise
    situation: Situation
    rules: Rules
    bounds: Bounds = Bounds()
    calm: bool = False
    """Whether every session's pain is known to allow a rise: then no row or limit of pain matches."""


class Outcome(Noun, frozen=True, kw_only=True):
    """What the table, and then the limits, make of one exercise."""

    rule: str
    action: Action
    dose: Dose
    """The stored level after it, on the same rung; of no account where the rung changes."""
    shown: Dose
    """What next week shows: the stored level, or the deload that lies over it."""
    beneath: Action | None = None
    """Cut of the stored level beneath a deload: what the next review knows as ``prev``."""
    step: str = ""
    """What rose: reps, hold, metres, minutes, rounds, sets or load."""
    also: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    simplify: bool = False
    top: bool = False


class _Match(Noun, frozen=True, kw_only=True):
    rule: str
    action: Action
    dose: Dose


def decide(case: Case, more: tuple[tuple[str, Action], ...] = ()) -> Outcome:
    """Run the table: of R00-R13 the match that leaves the least load, else the first of R14-R17.

    ``more`` are reductions that a plan file asks for, each a row of the table like any other.
    """
    found = _matches(case, more)
    return _least(found, case) if found else _rise(case)


def missing_numbers(evidence: Evidence, *, walk: bool = False) -> tuple[str, ...]:
    """Numbers that a rise needs and nobody gave, in plain words; a ``walk`` has no form to tell."""
    if _all_told(evidence):
        return ()
    found = list(evidence.missing)
    told = {
        "completed sets": evidence.completion,
        "effort (RPE)": evidence.rpe,
        "form": evidence.form,
        "readiness (sleep, stress, morning pain of three days)": evidence.readiness,
    }
    found += [name for name, value in told.items() if value is None]
    for name, field in (
        ("pain during", "most"),
        ("pain before", "before"),
        ("pain of the next morning", "morning"),
    ):
        if not evidence.sessions or any(getattr(s, field) is None for s in evidence.sessions):
            found.append(name)
    return tuple(each for each in dict.fromkeys(found) if not (walk and each == "form"))


def _all_told(evidence: Evidence) -> bool:
    """Whether nothing is missing, which is so for nearly every exercise of a week."""
    numbers = (evidence.completion, evidence.rpe, evidence.form, evidence.readiness)
    if evidence.missing or not evidence.sessions or None in numbers:
        return False
    return all(None not in (each.most, each.before, each.morning) for each in evidence.sessions)


def _matches(case: Case, more: tuple[tuple[str, Action], ...] = ()) -> tuple[_Match, ...]:
    evidence, overall, rules = case.evidence, case.overall, case.rules
    found: list[_Match] = []

    def match(rule: str, action: Action) -> None:
        found.append(_resolve(rule, action, case))

    if overall.red_flag:
        match("r00", "stop_all")
    if evidence.leg:
        match("r01", "stop")
    if overall.flare_active:
        match("r02", "flare" if overall.flare_new else "hold")
    if evidence.done == 0:
        off = overall.kind in ("flare", "paused")
        match("r03", "swap" if evidence.missed >= rules["missed_swap"] and not off else "hold")
    hurt = [] if case.calm else _pain(evidence, rules)
    for rule, action in (*hurt, *_rest(evidence, overall, rules)):
        match(rule, action)
    back = case.situation.lower and not case.situation.by_response
    for rule, action in more:
        # a file makes easier and never swaps: without a rung below the dose falls
        match(rule, action if action != "step_back" or back else "reduce")
    return tuple(found)


def _pain(evidence: Evidence, rules: Rules) -> list[tuple[str, Action]]:
    """Rows R04, R05, R06 and R09."""
    found: list[tuple[str, Action]] = []
    colours = [pain.colour(each, rules) for each in evidence.sessions]
    reds, ambers = colours.count("red"), colours.count("amber")
    many = rules["red_sessions"]
    if reds >= many or (reds and evidence.prev in ("reduce", "reduce40", "step_back")):
        found.append(("r04", "step_back"))
    if reds:
        found.append(("r05", "reduce40"))
    if reds + ambers >= many or any(_too_much(each, rules) for each in evidence.sessions):
        found.append(("r06", "step_back" if evidence.prev == "reduce" else "reduce"))
    if ambers:
        found.append(("r09", "hold"))
    return found


def _too_much(session: Provocation, rules: Rules) -> bool:
    return pain.over_ceiling(session, rules) or pain.strongly_provoked(session, rules)


def _rest(evidence: Evidence, overall: WeekEvidence, rules: Rules) -> list[tuple[str, Action]]:
    """Rows R07, R08 and R10-R13."""
    found: list[tuple[str, Action]] = []
    high, rpe = evidence.target[1], evidence.rpe
    if evidence.form == 2:
        found.append(("r07", "step_back" if evidence.prev_form == 2 else "hold"))
    if rpe is not None and (rpe >= high + rules["rpe_over"] or rpe > rules["rpe_most"]):
        found.append(("r08", "reduce"))
    if evidence.readiness is not None and evidence.readiness < rules["ready_easy"]:
        found.append(("r10", "reduce" if rpe is not None and rpe > high else "hold"))
    if overall.deload_next:
        found.append(("r11", "deload"))
    short = evidence.done < rules["done_share"] * evidence.planned
    if short or (evidence.completion is not None and evidence.completion < rules["completion_least"]):
        found.append(("r12", "hold"))
    if rpe is not None and rpe > high:
        found.append(("r13", "hold"))
    return found


def _resolve(rule: str, action: Action, case: Case) -> _Match:
    """The dose an action leaves; a cut that cannot fall any more is STEP_BACK."""
    dose, situation, rules = case.standing.dose, case.situation, case.rules
    after: Dose | None = dose
    if action == "reduce":
        after = steps.reduce(dose, rules, situation.room.kg_step, walk=situation.walk)
    elif action == "reduce40":
        after = steps.reduce40(dose, rules, situation.room.kg_step, walk=situation.walk)
    elif action == "flare":
        after = steps.flare(dose, rules)
    elif action == "deload":
        after = deload(dose, rules["deload_sets"])
    if after is None:
        action = "step_back"
    if action == "step_back" and (situation.by_response or not situation.lower):
        action = "swap"
    return _Match(rule=rule, action=action, dose=after or dose)


def _order(match: _Match) -> tuple[int, float, str]:
    """Least load first; equal results go to the lowest number."""
    if match.action == "stop_all":
        return (0, 0.0, match.rule)
    if match.action == "stop":
        return (1, 0.0, match.rule)
    if match.action in ("swap", "step_back"):
        return (2, 0.0, match.rule)
    if match.action in _CUTS:
        return (3, match.dose.size, match.rule)
    return (4, 0.0, match.rule)


def _least(found: tuple[_Match, ...], case: Case) -> Outcome:
    evidence, rules = case.evidence, case.rules
    cause = min(found, key=_order)
    stored = [each for each in found if each.action in _CUTS and each.action != "deload"]
    cut = min(stored, key=_order, default=None)
    dose = cut.dose if cut else case.standing.dose
    shown = deload(dose, rules["deload_sets"]) if case.overall.deload_next else dose
    completion = evidence.completion
    return Outcome(
        rule=cause.rule,
        action=cause.action,
        dose=dose,
        shown=shown,
        beneath=cut.action if cut and cause.action == "deload" else None,
        also=tuple(sorted({each.rule for each in found} - {cause.rule})),
        missing=missing_numbers(evidence, walk=case.situation.walk) if evidence.done else (),
        simplify=any(each.rule == "r12" for each in found)
        and completion is not None
        and completion < rules["completion_simplify"],
    )


def _may_rise(case: Case) -> bool:
    """The conditions of R14 besides the numbers, every one of which must have been told."""
    evidence, overall, rules = case.evidence, case.overall, case.rules
    return (
        (case.calm or pain.calm(evidence.sessions, rules))
        and evidence.readiness is not None
        and evidence.readiness >= rules["ready_normal"]
        and not overall.readiness_red
        and evidence.done >= min(rules["done_least"], evidence.planned)
        and overall.kind != "deload"
    )


def _rise(case: Case) -> Outcome:
    """Rows R14-R17, the first that matches."""
    evidence, standing, rules = case.evidence, case.standing, case.rules
    missing = missing_numbers(evidence, walk=case.situation.walk)
    hold = Outcome(
        rule="r14",
        action="hold",
        dose=standing.dose,
        shown=standing.dose,
        missing=missing,
        top=evidence.top,
    )
    if missing or not _may_rise(case):
        return hold
    low, high = evidence.target
    full = (evidence.completion or 0) >= rules["completion_add"]
    rpe = evidence.rpe if evidence.rpe is not None else high
    if not evidence.top:
        step = _step(case) if full or rpe <= low else None
        if step is None:
            return replace(hold, rule="r15")
        return replace(hold, rule="r15", action="add", dose=step[0], shown=step[0], step=step[1])
    light = rpe <= high - rules["advance_rpe_share"] * (high - low)
    clean = evidence.form == 0 or (case.situation.walk and evidence.form is None)
    if full and clean and light and evidence.advance_met and not case.situation.by_response:
        return replace(hold, rule="r16", action="advance")
    return replace(hold, rule="r17")


def _step(case: Case) -> tuple[Dose, steps.Step] | None:
    return steps.next_step(
        case.standing.dose,
        case.exercise,
        case.situation.room,
        case.rules,
        easy=case.evidence.easy_sessions,
        reserve=case.evidence.advance_met,
        load_steps=case.standing.load_steps,
    )
