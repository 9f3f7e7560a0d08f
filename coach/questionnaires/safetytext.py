"""What the safety screen tells: the emergency page, the referral summary, the caution banner."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping

from coach.model.assessment import Fired, Instrument, Triage, Value
from coach.model.text import one_line
from coach.questionnaires.catalogue import AGAIN, items, load_instruments
from coach.questionnaires.skiplogic import InForce

WIDTH = 60
NUMBERS = "112 / 911 / 999 or your local number"
_KITS = {
    "none": "Until then: no exercises from this program.",
    "lessons_and_breathing": "Until then you can read the lessons and do the relaxed breathing.",
    "full": "Until then you can walk as far as is comfortable, do the relaxed breathing and read"
    " the lessons.",
}
_URGENCY = {
    "same_day": "Please see or phone a doctor today.",
    "within_week": "Please see a doctor or physiotherapist within a week.",
    "routine": "Please see a doctor or physiotherapist first. An ordinary appointment will do.",
}
_LEVELS = {
    "T0_EMERGENCY": "Emergency: to be seen now",
    "NOT_ELIGIBLE": "Under 18: not for this program",
    "T1_CLINICIAN": "To be seen before exercise begins",
    "T2_CAUTION": "Can begin with caution",
    "T3_CLEAR": "Nothing found that stands in the way",
}


def emergency_text(triage: Triage) -> str:
    """One screen for T0: what was answered, where to go, what to say. Empty for other levels.

    At most 60 columns and 20 lines. When a physical emergency and thoughts of self-harm both
    fire, the physical one stands first.
    """
    emergencies = [each for each in triage.fired if each.level == "T0_EMERGENCY"]
    physical = [each for each in emergencies if not each.mh]
    mind = any(each.mh for each in emergencies)
    if physical and mind:
        return "\n".join([*_physical(physical, shown=1), "", *_mind_short()])
    if physical:
        return "\n".join(_physical(physical, shown=3))
    return "\n".join(_mind()) if mind else ""


def _physical(fired: list[Fired], shown: int) -> list[str]:
    reasons = [line for each in fired[:shown] for line in _wrap(each.reason, "- ")]
    more = len(fired) - shown
    rest = [f"- and {more} more of your answers"] if more > 0 else []
    mothers = any(each.id == "rf19" for each in fired)
    place = "maternity unit or emergency department" if mothers else "emergency department"
    return [
        "STOP. You need help now.",
        "",
        "You answered:",
        *reasons,
        *rest,
        "",
        *_wrap(f"Go to the nearest {place} now, or call {NUMBERS}. Do not drive yourself."),
        *_wrap("Say: “I have back pain”, and read out the lines above."),
        *([] if shown == 1 else ["", *_wrap(_NO_PLAN)]),
    ]


_NO_PLAN = "No plan was made. When you have been seen, begin again with new answers."


def _mind() -> list[str]:
    return [
        "Please get help now. You do not have to carry this alone.",
        "",
        *_wrap("You told us of thoughts of harming yourself, or that life is not worth living."),
        "",
        *_wrap(f"If you might act on them, call {NUMBERS} now, or go to an emergency department."),
        *_wrap("A crisis line listens day and night: findahelpline.com lists those of your country."),
        *_wrap(
            "Tell someone you trust, ask them to stay with you, and put away what you could hurt"
            " yourself with."
        ),
        *_wrap("Say: “I have thoughts of harming myself and need help.”"),
        "",
        *_wrap("There is no plan for now. It waits until you are safe and have talked with someone."),
    ]


def _mind_short() -> list[str]:
    return [
        *_wrap("You also told us of thoughts of harming yourself. Tell the helpers this too."),
        *_wrap(
            f"A crisis line listens day and night; in danger call {NUMBERS}. Ask someone to stay with you."
        ),
    ]


def clinician_text(triage: Triage) -> str:
    """For T1: how soon, why, answer by answer, and what may be done until then. Empty for other levels."""
    if triage.level == "NOT_ELIGIBLE":
        return "\n".join(
            f"{each.reason} {each.advice}" for each in triage.fired if each.level == "NOT_ELIGIBLE"
        )
    if triage.level != "T1_CLINICIAN":
        return ""
    waiting = [each for each in triage.fired if each.level == "T1_CLINICIAN"]
    lines = [*_wrap(_URGENCY[triage.urgency or "routine"]), "", "Why:"]
    for each in waiting:
        lines += [*_wrap(each.reason, "- "), *_wrap(each.advice, "  ", "  ")]
    lines += ["", *_wrap(_KITS[triage.kit])]
    lines += _wrap(
        "Take the printed summary with you. When you have been examined and cleared for exercise,"
        " record it here and the plan can begin."
    )
    return "\n".join(lines)


def caution_banner(triage: Triage) -> str:
    """For T2: the reasons for caution and when to seek care. Empty for other levels."""
    if triage.level != "T2_CAUTION":
        return ""
    lines = ["You can begin, with care. Exercises are chosen to suit:"]
    for each in triage.fired:
        lines += [*_wrap(each.reason, "- "), *_wrap(each.advice, "  ", "  ")]
    lines += [line for prompt in triage.prompts for line in _wrap(prompt, "- ")]
    lines += _wrap(
        "Seek help at once if your legs become weak, if numbness spreads, or if there is a change"
        " between your legs or in passing water."
    )
    return "\n".join(lines)


def summary(
    triage: Triage, answers: Mapping[str, Value], instruments: Iterable[Instrument] | None = None
) -> str:
    """A page to print and hand to a clinician: result, rules that fired, and each safety answer."""
    catalogue = tuple(instruments) if instruments is not None else load_instruments()
    urgency = f" ({(triage.urgency or '').replace('_', ' ')})" if triage.urgency else ""
    lines = [
        "Summary of a self-reported safety check for low back pain",
        "These are the person's own answers; nobody has examined them.",
        "",
        f"Result: {_LEVELS[triage.level]}{urgency}",
        *([] if triage.complete else [f"Not finished: {len(triage.open)} questions have no answer."]),
        "",
        "Reasons:",
        *([f"- {each.id.upper()}: {each.reason}{_cleared(each)}" for each in triage.fired] or ["- none"]),
    ]
    scores = [f"{key.upper()} {value:g}" for key, value in triage.scores.items() if value is not None]
    lines += [f"Scores: {', '.join(scores)}"] if scores else []
    lines += [f"Note: {prompt}" for prompt in triage.prompts]
    return "\n".join([*lines, "", "Answers:", *_answers(catalogue, answers)]) + "\n"


def _cleared(fired: Fired) -> str:
    return " (examined and cleared)" if fired.unlocked else ""


def _answers(catalogue: tuple[Instrument, ...], answers: Mapping[str, Value]) -> list[str]:
    known = items(catalogue)
    force = InForce(known, answers)
    counted = force.answers()
    wanted = ("about", "safety", "neuro_safety", "signals", "mini_screen", "rescreen")
    lines: list[str] = []
    for instrument in catalogue:
        for item in instrument.items if instrument.id in wanted else ():
            value = counted.get(item.id)
            if value is None:
                continue
            again = " (asked again)" if answers.get(item.id + AGAIN) is not None and item.re_ask else ""
            lines.append(f"[{item.id}] {item.text}")
            lines.append(f"    {_shown(value, item.unit)}{again}")
    return lines


def _shown(value: Value, unit: str) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, str):
        return one_line(value)
    return f"{value:g} {unit}".rstrip()


def _wrap(text: str, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=rest or " " * len(first), break_on_hyphens=False
    )
