"""What a decision says: what changed, by which numbers, what would have led elsewhere."""

from __future__ import annotations

from msgspec.structs import replace

from coach.model.plan import Action, Number, Standing
from coach.model.review import Decision, Evidence, WeekEvidence
from coach.programs import pain
from coach.programs.decide import Outcome
from coach.programs.limits import RISES
from coach.programs.rules import Rules
from coach.programs.words import dose_words, listed

_FULL = 90
"""Same as ``completion_add``; only chooses words."""
_CAUSES = {
    "r00": ("An answer needs a clinician's look first.", "Once that is cleared, the plan goes on from these levels."),
    "r01": (
        "A new or spreading leg symptom came with it. Please answer the short safety questions now.",
        "Without a leg symptom it would have stayed.",
    ),
    "r02": (
        "There was a flare-up this week. Flare-ups are common and do not mean damage.",
        "In a week without a flare-up it would have stayed or grown.",
    ),
    "r03": ("There was no session of it this week. Not done is not failed.", "One session is enough to go on."),
    "r04": ("Pain was clearly up after it again.", "One such day, with calm weeks before, would be a smaller cut."),
    "r05": ("Pain was clearly up once.", "A calmer morning after would have been a smaller cut or none."),
    "r06": ("Pain rose more than it should.", "Pain within the ceiling would have kept the level."),
    "r07": ("The movement was hard to control.", "With cleaner repetitions it goes on."),
    "r08": ("It felt much harder than it should.", "Effort within the target would have kept the level."),
    "r09": ("One morning after was a little sore.", "A calm morning after every session would have let it grow."),
    "r10": ("Sleep, stress and morning pain ask for an easier time.", "With readiness back up it goes on."),
    "r11": ("The coming week is a planned easy week.", "The level itself stays, and the week after returns to it."),
    "r12": ("Part of it was left out this week.", "With most of the sets done it can grow."),
    "r13": ("It felt a little harder than the target.", "Effort within the target would have let it grow."),
    "r14": ("Not everything was calm enough to grow yet.", "When all of these numbers are in range it grows."),
    "r15": ("All went well.", "More pain, more effort or fewer sets would have kept it as it was."),
    "r16": ("You have reached the top of this step twice.", "Short of the top it would have grown within the step."),
    "r17": ("All is calm, and the next step is not due yet.", "Reaching its top twice, with good form, opens it."),
    "screen": (
        "The weekly safety questions were not all answered with nothing new, so nothing grows.",
        "With them answered, it would have grown.",
    ),
    "gap": ("You are just back after a longer break, so this level is repeated for a week.", "Next week it may grow."),
    "gate": ("The next step waits for something else first.", "When that is reached, it opens."),
    "phase": ("The next step needs more effort than this phase allows.", "A later phase opens it."),
    "bounds": ("Your therapist's file keeps this as it is.", "Only the file can change that."),
    "cap_hard_sets": ("The week would get too many hard sets at once.", "Next week there is room again."),
    "cap_session_load": ("The week as a whole would grow too fast.", "Next week there is room again."),
    "cap_rungs": ("Enough other exercises move on this week.", "It is next in line."),
    "cap_flares": ("After several flare-ups only one thing moves on a week.", "It is next in line."),
    "inv_2": ("The step would have been too large.", "A smaller step can follow."),
    "inv_3": ("A flare-up was on, and a level falls to nine tenths once.", "It grows back when the flare-up is over."),
    "inv_4": ("Pain was provoked in a session.", "Without it, it would have grown."),
    "inv_5": ("Pain was strongly provoked in a session.", "Without it, the level would have stayed."),
    "inv_6": ("There was no session of it.", "One session is enough to go on."),
    "inv_7": ("It was away for some weeks, so it starts a little lower.", "Done last week, it would have stayed."),
    "inv_8": ("It felt close to the most you can do.", "At an easier effort the level would have stayed."),
    "inv_9": ("The level stays near what you have really done in four weeks.", "Doing it in full lifts this limit."),
    "inv_12": (
        "Movements in this direction set off pain this week.",
        "A week in which this direction stays calm lets it grow.",
    ),
    "inv_13": ("Sleep, stress or pain of the week were in the red.", "A steadier week lets it grow."),
    "inv_14": ("Your therapist's file sets a ceiling.", "Only the file can change that."),
    "inv_18": ("Its first session was a lot, so it is not raised yet.", "A calm first session would have let it grow."),
}  # fmt: skip

_ACTIONS: dict[Action, str] = {
    "add": "{name} grows from {before} to {after}.",
    "advance": "{name} moves on to {to}: {after}.",
    "hold": "{name} stays at {after}.",
    "reduce": "{name} goes down from {before} to {after}.",
    "reduce40": "{name} goes down from {before} to {after}.",
    "flare": "{name} goes down from {before} to {after}.",
    "deload": "{name} has an easier week: {after} instead of {before}.",
    "step_back": "{name} goes one step back to {to}: {after}.",
    "swap": "{name} is swapped for {to}: {after}.",
    "stop": "{name} stops for now.",
    "stop_all": "{name} rests, like the whole plan.",
    "remove": "{name} leaves the plan: nothing else fits its place.",
    "start": "{name} begins: {after}.",
}


def decision(
    outcome: Outcome,
    evidence: Evidence | None,
    overall: WeekEvidence,
    before: Standing,
    after: Standing | None,
    rules: Rules,
) -> Decision:
    """Write the card of one exercise."""
    cause, otherwise = _cause(outcome, evidence, overall)
    action = outcome.action
    changed = after is not None and after.exercise != before.exercise
    shown = after.dose if after is not None and changed else outcome.shown
    text = _ACTIONS[action].format(
        name=before.prescription.name,
        before=dose_words(before.dose),
        after=dose_words(shown),
        to=after.prescription.name if after else "",
    )
    if action == "deload" and shown == before.dose:
        text = f"{before.prescription.name} stays at {dose_words(shown)} in an easy week."
    parts = [text, cause]
    if action == "hold" and evidence and evidence.planned == 0 and evidence.done == 0:
        parts = [text, "It was not in the sessions of this week."]
    if outcome.rule == "r03" and action in ("swap", "remove"):
        parts.append("What was in the way: time, dislike, fear, pain or equipment? Telling helps to choose.")
    if outcome.beneath:
        parts.append(f"Beneath the easy week its level goes down to {dose_words(outcome.dose)}.")
    if outcome.simplify:
        parts.append("Shorter sessions may fit your week better.")
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
        numbers=_numbers(outcome, evidence, overall, rules) if evidence else (),
        also=outcome.also,
        otherwise=otherwise,
        missing=outcome.missing,
        safety=safe(outcome),
    )


def _cause(outcome: Outcome, evidence: Evidence | None, overall: WeekEvidence) -> tuple[str, str]:
    """Why, and what would have led elsewhere; a hold says what it waited for."""
    cause, otherwise = _CAUSES.get(outcome.rule, ("", ""))
    if outcome.action != "hold" or evidence is None:
        return cause, otherwise
    if outcome.rule == "r14" and overall.kind == "deload":
        return "The week was an easy week, in which nothing grows.", "After a full week it may grow."
    if outcome.rule == "r14" and outcome.missing:
        return "Some numbers that it needs were not given.", "With them, and all calm, it would grow."
    if outcome.rule == "r15":
        if (evidence.completion or 0) < _FULL and not outcome.top:
            return "Not quite all sets were done.", "With nine of ten sets done it would have grown."
        return (
            "The next step waits: for two easy sessions, for two repetitions in reserve, or for the top reached "
            "twice.",
            "When that is logged, it grows.",
        )
    return cause, otherwise


def safe(outcome: Outcome) -> bool:
    """Whether a veto must leave a decision alone: every cut and stop, but no rise and no swap of choice."""
    if outcome.action in RISES or outcome.action == "hold":
        return False
    return not (outcome.rule == "r03" and outcome.action in ("swap", "remove"))


def _numbers(outcome: Outcome, evidence: Evidence, overall: WeekEvidence, rules: Rules) -> tuple[Number, ...]:
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
        found.append(rules.number("readiness", evidence.readiness, name, sign="<" if rule == "r10" else ">="))
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
        found.append(rules.number("sleep", overall.sleep_hours, "red_sleep", sign=">=", unit="h"))
        found.append(rules.number("stress", overall.stress, "red_stress", sign="<="))
        found.append(rules.number("pain of the week", overall.pain, "red_week_pain", sign="<="))
    if rule == "gap":
        found.append(rules.number("days without a session", overall.gap_days, "gap_long", sign=">="))
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


def _pain_numbers(rule: str, evidence: Evidence, rules: Rules) -> list[Number]:
    sessions = evidence.sessions
    colours = [pain.colour(each, rules) for each in sessions]
    reds, ambers = colours.count("red"), colours.count("amber")
    morning = _highest([each.morning for each in sessions])
    rise = _highest([pain.over_usual(each) for each in sessions])
    worst = pain.worst(sessions, rules)
    after, during = "morning after, over usual", "pain during, over usual"
    if rule in ("r04", "r05"):
        return [
            _against(
                rules.number("sessions with pain clearly up", reds, "red_sessions"),
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
            rules.number("sore mornings after", reds + ambers, "red_sessions", sign="<"),
            rules.number(during, rise, "strong", sign="<="),
            rules.number(after, morning, "strong", sign="<="),
        ]
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
    if worst:
        limit = pain.progress_ceiling(worst.before or 0, rules)
        name = (
            "progress_rise" if (worst.before or 0) < rules["progress_low_before"] else "progress_none_before"
        )
        most = rules.number("most pain during", worst.most, name)
        found.append(_against(most, "none at this level" if limit is None else f"<= {limit:g}"))
    return found
