"""What a review says about the whole plan (``clinical.md`` 1.5, 6.6, 6.8). Never blame."""

from __future__ import annotations

from itertools import takewhile

from coach.model.exercise import Reason
from coach.model.plan import Plan
from coach.model.review import WeekEvidence
from coach.programs.flares import FlareDays
from coach.programs.rules import Rules

RESCREEN_WEEKS = (5, 9, 13)
"""Coming weeks before which the full safety questions are asked again."""
OWN = (
    "adherence_keep",
    "minimum_offer",
    "minimum_propose",
    "pause_goal",
    "pain_drop",
    "deload",
    "flares_3",
    "flare_day7",
    "flare_day14",
    "screen",
    "rescreen",
    "counter_paused",
    "leg_symptom",
    "pacing",
    "simplify",
    "minimum_back",
    "response",
    "response_missing",
    "r00",
)
"""Rules of these notes: the next review writes them anew."""


UNSCREENED = {
    "weekly": "The safety questions of the week were not answered, so nothing grows this week.",
    "new": "An answer to the safety questions was not a clear no, so nothing grows this week.",
    "full": "The full safety questions are due and still open, so nothing grows this week. They can be "
    "answered on any day: coach assess --rescreen",
}
"""Why nothing grows, by `WeekEvidence.unscreened`."""


def is_own(rule: str) -> bool:
    """Whether the next review writes a note anew: those of our own rules, and of the rules of a plan file."""
    return rule in OWN or rule.startswith("plan:") or rule in ("plan_ask", "plan_flare", "plan_conflict")


def notes(
    plan: Plan, overall: WeekEvidence, flare: FlareDays | None, rules: Rules, *, number: int, stopped: bool
) -> tuple[Reason, ...]:
    """Cards of the plan as a whole, ``number`` being the coming week."""
    if stopped:
        return (
            Reason(
                rule="r00",
                text="An answer to the safety questions needs a clinician first. Until that is cleared "
                "there is no session; your levels are kept.",
                otherwise="A recorded clearance opens the plan again.",
            ),
        )
    found = [
        *_adherence(plan, overall, rules),
        *_drop(plan, overall, rules),
        *_flares(overall, flare, rules),
    ]
    if not overall.screened:
        found.append(
            Reason(
                rule="screen",
                text=UNSCREENED[overall.unscreened or "weekly"],
                otherwise="With them answered, and nothing new in them, what went well would grow.",
            )
        )
    if overall.deload_next:
        found.append(_deload(plan, overall, rules, number))
    if number in RESCREEN_WEEKS:
        found.append(
            Reason(
                rule="rescreen",
                text="The full safety questions belong before this part of the plan; "
                "coach today says if they are still open.",
                otherwise="They come before weeks 5 and 9 and after week 12.",
            )
        )
    return tuple(found)


def _adherence(plan: Plan, overall: WeekEvidence, rules: Rules) -> list[Reason]:
    now = overall.adherence
    if now is None:
        return []
    if now >= rules["adherence_good"]:
        return [_back(now, rules)] if plan.minimum else []
    rule, text, otherwise = _little(plan, now, rules)
    least = "adherence_good" if now >= rules["adherence_low"] else "adherence_low"
    number = rules.number("sessions done", round(now, 1), least, sign=">=", unit="%")
    return [Reason(rule=rule, text=text, numbers=(number,), otherwise=otherwise)]


def _little(plan: Plan, now: float, rules: Rules) -> tuple[str, str, str]:
    """Rule, words and what would lead elsewhere, where too few sessions were done."""
    if now >= rules["adherence_low"]:
        return (
            "adherence_keep",
            "Some sessions did not fit into your week. What was in the way? Shorter sessions are there "
            "any day: coach log --short.",
            "The plan stays as it is.",
        )
    told = [each for each in (*plan.completion, now) if each is not None]
    weeks = len(list(takewhile(lambda each: each < rules["adherence_low"], reversed(told))))
    if weeks >= rules["adherence_pause_weeks"]:
        return (
            "pause_goal",
            "Life has been full for some weeks. Perhaps a pause is the better plan: coach pause --to +14d. "
            "What would you most like to do again? If that is another thing than before, say so in a new "
            "assessment: coach assess",
            "One session brings it back.",
        )
    if plan.minimum:
        return (
            "adherence_keep",
            "Even the small plan did not fit this week. One exercise and five minutes are a session, too.",
            "The plan stays as it is.",
        )
    if weeks >= rules["adherence_minimum_weeks"]:
        return (
            "minimum_propose",
            "Two fuller weeks in a row: the small plan, two times 15 minutes and walking, is suggested "
            "for now. To take it: coach plan minimum on. Slower is not lost: what you keep doing counts.",
            "You can keep this plan.",
        )
    return (
        "minimum_offer",
        "There was little time this week. Two times 15 minutes and walking would be a whole plan too: "
        "coach plan minimum on",
        "You can keep this plan.",
    )


def _back(now: float, rules: Rules) -> Reason:
    return Reason(
        rule="minimum_back",
        text="The small plan went well. When you want more again: coach plan minimum off",
        numbers=(rules.number("sessions done", round(now, 1), "adherence_good", sign=">=", unit="%"),),
        otherwise="It may stay small as long as you like.",
    )


def simplify(completion: float, rules: Rules) -> Reason:
    """Offer a simpler plan where less than half of the sets were done in a session (R12)."""
    number = rules.number("sets completed", round(completion, 1), "completion_simplify", sign=">=", unit="%")
    return Reason(
        rule="simplify",
        text="Less than half of the sets of some exercises fitted into their sessions. Simpler may be "
        "better: the short version of a day (coach log --done all --short), or the small plan "
        "(coach plan minimum on).",
        numbers=(number,),
        otherwise="With half of the sets done nothing would be offered.",
    )


def _drop(plan: Plan, overall: WeekEvidence, rules: Rules) -> list[Reason]:
    """Pain-drop guard: people stop when pain falls, too.

    Where the pain at entry is not known, the first week that told its pain stands for it.
    """
    before = [each for each in plan.completion[-2:] if each is not None]
    entry = plan.entry_pain
    if entry is None:
        entry = next((each for each in plan.pain if each is not None), None)
    if overall.pain is None or overall.adherence is None or not before:
        return []
    low = overall.pain <= rules["drop_pain"]
    halved = entry is not None and overall.pain <= entry * rules["drop_share"]
    fell = overall.adherence <= sum(before) / len(before) - rules["drop_adherence"]
    if not ((low or halved) and fell):
        return []
    return [
        Reason(
            rule="pain_drop",
            text="Pain is down, and sessions have become fewer. Back pain often comes back within a year, "
            "so a small dose that you keep is worth more than stopping: two sessions a week would do.",
            numbers=(rules.number("pain of the week", round(overall.pain, 1), "drop_pain", sign="<="),),
            otherwise="With sessions as before, nothing would be said.",
        )
    ]


def _flares(overall: WeekEvidence, flare: FlareDays | None, rules: Rules) -> list[Reason]:
    found = []
    if overall.many_flares:
        found.append(
            Reason(
                rule="flares_3",
                text="There were several flare-ups in four weeks. For four weeks the load is a fifth less "
                "and only one exercise moves on a week. Looking at sleep, stress and workload again "
                "may help.",
                numbers=(
                    rules.number("flare-ups in 28 days", overall.flares_28_days, "flares_many", sign=">="),
                ),
                otherwise="With fewer flare-ups the plan would go on as it was.",
            )
        )
    if flare is not None and flare.active:
        late = flare.day > rules["flare_clinician_day"]
        if late or flare.day >= rules["flare_rescreen_day"]:
            name = "flare_clinician_day" if late else "flare_rescreen_day"
            text = (
                "This flare-up has lasted more than two weeks. Please have a clinician look at it."
                if late
                else "This flare-up has lasted a week. Please answer the safety questions, and think of "
                "seeing a clinician if it does not ease."
            )
            found.append(
                Reason(
                    rule="flare_day14" if late else "flare_day7",
                    text=text,
                    numbers=(
                        rules.number("day of the flare-up", flare.day, name, sign=">" if late else ">="),
                    ),
                    otherwise="A flare-up that eases needs no more than the kit.",
                )
            )
    return found


def _deload(plan: Plan, overall: WeekEvidence, rules: Rules, number: int) -> Reason:
    told = [each for each in (*plan.completion[-2:], overall.adherence) if each is not None]
    mean = round(sum(told) / len(told), 1) if told else None
    return Reason(
        rule="deload",
        text=f"Week {number} is an easy week: fewer sets, everything else the same. Rest is part of growing.",
        numbers=(
            rules.number("sessions done in three weeks", mean, "deload_completion", sign=">=", unit="%"),
        ),
        otherwise="With fewer sessions done there would have been rest enough already.",
    )
