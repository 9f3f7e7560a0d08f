"""What a decision says: what changed, by which numbers, what would have led elsewhere."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from coach.draw.words import dose as dose_words
from coach.draw.words import listed
from coach.model.exercise import Number
from coach.model.noun import Noun
from coach.model.plan import Action, Standing
from coach.model.review import Decision, Evidence, Provocation, WeekEvidence
from coach.packaged import packaged
from coach.programs import pain
from coach.programs.decide import Outcome
from coach.programs.devices import by_device
from coach.programs.limits import RISES
from coach.programs.rules import Rules

if TYPE_CHECKING:
    from coach.programs.advising import Word


class Cause(Noun, frozen=True, kw_only=True):
    """Why a rule decided, and what would have led elsewhere, in words."""

    because: str
    otherwise: str


class Wording(Noun, frozen=True, kw_only=True):
    """The words of the cards, as their data file has them."""

    actions: dict[Action, str]
    rules: dict[str, Cause]
    waits: dict[str, Cause]
    """What a hold waited for."""
    relief: dict[str, str]
    """What is said where something is done less often, goes, or may be swapped."""


@cache
def load_wording() -> Wording:
    """Read the words of the cards; the same frozen value each time."""
    text = packaged("programs", "cards.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Wording)


def decision(
    outcome: Outcome,
    evidence: Evidence | None,
    overall: WeekEvidence,
    before: Standing,
    after: Standing | None,
    rules: Rules,
    most_sets: int | None = None,
    offers: tuple[str, ...] = (),
    word: Word | None = None,
) -> Decision:
    """Write the card of one exercise.

    ``most_sets`` is the maximum of the coming phase, ``offers`` what it may be swapped for,
    ``word`` what a plan file says where that decided.
    """
    words = load_wording()
    cause = _cause(outcome, evidence, overall, words, rules)
    if word is not None:
        cause = Cause(because=word.text, otherwise=word.otherwise)
    action = outcome.action
    changed = after is not None and after.exercise != before.exercise
    shown = after.dose if after is not None and changed else outcome.shown
    text = words.actions[action].format(
        name=before.prescription.name,
        before=dose_words(before.dose),
        after=dose_words(shown),
        to=after.prescription.name if after else "",
    )
    if action == "deload" and shown == before.dose:
        text = f"{before.prescription.name} stays at {dose_words(shown)} in an easy week."
    if outcome.rule == "a4":
        said = "gone" if action == "remove" else "rarer" if shown == before.dose else "less"
        text = words.relief[said].format(
            name=before.prescription.name, before=before.dose.per_day, after=shown.per_day
        )
    parts = [text, cause.because]
    if action == "hold" and evidence and evidence.planned == 0 and evidence.done == 0:
        parts = [text, "It was not in the sessions of this week."]
    if outcome.rule == "r03" and action in ("swap", "remove"):
        parts.append("What was in the way: time, dislike, fear, pain or equipment? Telling helps to choose.")
    if most_sets is not None and after is not None and after.dose.sets > most_sets:
        parts.append(f"This phase has {most_sets} sets at most, so that is what the week shows.")
    if outcome.beneath:
        parts.append(f"Beneath the easy week its level goes down to {dose_words(outcome.dose)}.")
    if outcome.simplify:
        parts.append("Shorter sessions may fit your week better.")
    if offers:
        parts.append(words.relief["swap"].format(id=before.exercise))
    if outcome.missing and action == "hold":
        parts.append(f"To grow, it also needs: {listed(outcome.missing)}.")
    return Decision(
        id=before.exercise,
        exercise=before.exercise,
        name=before.prescription.name,
        rule=outcome.rule,
        action=action,
        text=" ".join(each for each in parts if each),
        before=before.dose,
        after=None if after is None else shown,
        to=after.exercise if changed and after is not None else "",
        numbers=_numbers(outcome, evidence, overall, before, rules)
        if word is None and evidence
        else word.numbers
        if word is not None
        else (),
        also=outcome.also,
        otherwise=cause.otherwise,
        missing=outcome.missing,
        safety=safe(outcome),
        offers=offers,
    )


def _cause(
    outcome: Outcome, evidence: Evidence | None, overall: WeekEvidence, words: Wording, rules: Rules
) -> Cause:
    """Why, and what would have led elsewhere; a hold says what it waited for."""
    if outcome.rule == "screen" and f"screen_{overall.unscreened}" in words.waits:
        return words.waits[f"screen_{overall.unscreened}"]
    if outcome.action == "hold" and evidence is not None:
        if outcome.rule == "r14" and overall.kind == "deload":
            return words.waits["easy_week"]
        if outcome.rule == "r14" and outcome.missing:
            return words.waits["missing"]
        if outcome.rule == "r15":
            short = (evidence.completion or 0) < rules["completion_add"] and not outcome.top
            return words.waits["sets" if short else "step"]
    return words.rules[outcome.rule]


def safe(outcome: Outcome) -> bool:
    """Whether a veto must leave a decision alone: every cut and stop, but no rise and no swap of choice."""
    if outcome.action in RISES or outcome.action == "hold":
        return False
    return not (outcome.rule in ("r03", "a4") and outcome.action in ("swap", "remove", "reduce"))


def _numbers(
    outcome: Outcome, evidence: Evidence, overall: WeekEvidence, before: Standing, rules: Rules
) -> tuple[Number, ...]:
    """The numbers the rule looked at, each beside its threshold."""
    rule = outcome.rule
    found: list[Number] = []
    if rule in ("r04", "r05", "r06", "r09", "r14", "inv_4", "inv_5", "r15", "r16", "inv_12"):
        found += _pain_numbers(rule, evidence, rules)
    low, high = evidence.target
    if rule in ("r08", "inv_8"):
        over = rules.number("effort", evidence.rpe, "rpe_over", sign=">=", unit="RPE")
        found.append(_against(over, f">= {high + rules['rpe_over']:g}"))
        found.append(rules.number("effort", evidence.rpe, "rpe_most", sign=">", unit="RPE"))
    if rule in ("r13", "r10"):
        found.append(
            Number(
                name="effort",
                value=evidence.rpe,
                unit="RPE",
                threshold=f"{low:g}-{high:g}",
                evidence="D",
                source="clinical.md 6.7",
            )
        )
    if rule in ("r10", "r14"):
        name = "ready_easy" if rule == "r10" else "ready_normal"
        title = by_device("readiness", overall.device_nights, "nights of sleep")
        found.append(rules.number(title, evidence.readiness, name, sign="<" if rule == "r10" else ">="))
    if rule in ("r12", "r15", "r16"):
        name = "completion_least" if rule == "r12" else "completion_add"
        found.append(rules.number("sets completed", evidence.completion, name, sign=">=", unit="%"))
    if rule in ("r03", "r12", "r14", "inv_6", "inv_7"):
        found.append(rules.number("sessions of it", evidence.done, "done_least", sign=">="))
    if rule in ("r03", "inv_7"):
        found.append(rules.number("weeks without it", evidence.missed, "missed_swap", sign=">="))
    if rule in ("r02", "inv_3"):
        found.append(rules.number("flare-ups in 28 days", overall.flares_28_days, "flares_many", sign="<"))
    if rule == "r16":
        found.append(rules.number("sessions at the top", 2, "top_sessions", sign=">="))
    if rule == "r07":
        form = Number(
            name="form", value=evidence.form, threshold="< 2", evidence="D", source="clinical.md 6.7 R07"
        )
        found.append(form)
    if rule == "inv_9":
        found.append(rules.number("best level in 28 days", evidence.best, "most_rise", sign="at most"))
    if rule == "inv_13":
        sleep = by_device("sleep", overall.device_nights, "nights")
        found.append(rules.number(sleep, overall.sleep_hours, "red_sleep", sign=">=", unit="h"))
        found.append(rules.number("stress", overall.stress, "red_stress", sign="<="))
        found.append(rules.number("pain of the week", overall.pain, "red_week_pain", sign="<="))
    if rule == "gap":
        found.append(rules.number("days without a session", overall.gap_days, "gap_long", sign=">="))
    if rule == "a4":
        found.append(rules.number("days it eased", evidence.relief_days, "relief_least", sign=">="))
    if rule == "r17" and before.green_holds + 1 >= rules["green_holds_offer"]:
        weeks = before.green_holds + 1
        found.append(rules.number("calm weeks at this level", weeks, "green_holds_offer", sign=">="))
    if rule == "r17":
        found.append(
            Number(name="effort", value=evidence.rpe, unit="RPE", threshold=f"<= {(low + high) / 2:g}",
                   evidence="D", source="clinical.md 6.7 R16")
        )  # fmt: skip
    return tuple(found)


def _against(number: Number, threshold: str) -> Number:
    return replace(number, threshold=threshold)


def _highest(values: list[float | None]) -> float | None:
    return max((each for each in values if each is not None), default=None)


def _count(sessions: tuple[Provocation, ...], rules: Rules, *colours: str) -> int:
    return sum(pain.colour(each, rules) in colours for each in sessions)


def _pain_numbers(rule: str, evidence: Evidence, rules: Rules) -> list[Number]:
    sessions = evidence.sessions
    morning = _highest([each.morning for each in sessions])
    rise = _highest([pain.over_usual(each) for each in sessions])
    after, during = "morning after, over usual", "pain during, over usual"
    if rule in ("r04", "r05"):
        return [
            _against(
                rules.number("sessions with pain clearly up", _count(sessions, rules, "red"), "red_sessions"),
                f">= {2 if rule == 'r04' else 1}",
            ),
            rules.number(after, morning, "morning_red", sign=">="),
            rules.number(
                "most pain during", _highest([each.most for each in sessions]), "red_pain", sign=">="
            ),
        ]
    if rule == "r09":
        return [rules.number(after, morning, "morning_green", sign="<=")]
    if rule == "r06":
        found = [
            rules.number(
                "sore mornings after", _count(sessions, rules, "red", "amber"), "red_sessions", sign="<"
            ),
            rules.number(during, rise, "strong", sign="<="),
            rules.number(after, morning, "strong", sign="<="),
        ]
        worst = pain.worst(sessions, rules)
        if worst:
            ceiling = pain.ok_ceiling(worst.before or 0, rules)
            name = "ok_low_ceiling" if (worst.before or 0) < rules["ok_low_before"] else "ok_rise"
            found.append(_against(rules.number("most pain during", worst.most, name), f"<= {ceiling:g}"))
        return found
    if rule == "inv_5":
        return [
            rules.number(during, rise, "strong", sign="<="),
            rules.number(after, morning, "strong", sign="<="),
        ]
    if rule in ("inv_4", "inv_12"):
        return [
            rules.number(during, rise, "progress_over_usual", sign="<="),
            rules.number(after, morning, "provoked_morning", sign="<="),
        ]
    found = [
        rules.number(during, rise, "progress_over_usual", sign="<="),
        rules.number(after, morning, "morning_green", sign="<="),
    ]
    worst = pain.worst(sessions, rules)
    if worst:
        limit = pain.progress_ceiling(worst.before or 0, rules)
        name = (
            "progress_rise" if (worst.before or 0) < rules["progress_low_before"] else "progress_none_before"
        )
        most = rules.number("most pain during", worst.most, name)
        found.append(_against(most, "none at this level" if limit is None else f"<= {limit:g}"))
    return found
