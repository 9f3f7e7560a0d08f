"""The entry tier: how far up, and with how much, the ladders start (``clinical.md`` 4.5)."""

from __future__ import annotations

from coach.model.assessment import Answers, Triage
from coach.model.levels import Tier
from coach.questionnaires.movement import Facts, Person
from coach.questionnaires.rulebook import Rulebook
from coach.questionnaires.scoring import number, shown


def entry_tier(
    answers: Answers, triage: Triage, facts: Facts, rules: Rulebook
) -> tuple[Tier, tuple[str, ...]]:
    """The tier and its reasons in plain words.

    A missing value never fires E1 and never satisfies E3; a caution caps the tier at E2.
    """
    gentle = _gentle(answers, triage, facts, rules)
    if gentle:
        return "e1", gentle
    held = _held_back(answers, triage, facts, rules)
    if held:
        return "e2", held
    return "e3", ("Little pain, few limits, good test results and regular strength training.",)


def _gentle(answers: Answers, triage: Triage, facts: Facts, rules: Rulebook) -> tuple[str, ...]:
    """What fires E1."""
    pain, age = number(answers.get("pain_average")), number(answers.get("age"))
    seconds = number(answers.get("mt_07"))
    found = []
    if pain is not None and pain >= rules.limit("e1_pain"):
        found.append(f"Average pain of the week is {shown(pain)} ({rules.limit('e1_pain'):g} or more).")
    if _limits(facts, rules, "e1_rmdq", "e1_eac"):
        found.append(f"Everyday activities are very hard at present ({_function(facts)}).")
    if answers.get("mt_07_cannot") == "yes":
        found.append("Five sit-to-stands without arms are not possible yet.")
    elif seconds is not None and seconds > rules.limit("e1_stand"):
        limit = rules.limit("e1_stand")
        found.append(f"Five sit-to-stands took {shown(seconds)} s (more than {limit:g} s).")
    if age is not None and age >= rules.limit("e1_age"):
        found.append(f"Age {rules.limit('e1_age'):g} or more: a gentle start.")
    if "ost" in triage.filters and "fracture" in triage.qualifiers:
        found.append("Thin bones with an earlier fracture of the spine: a gentle start.")
    if "pp_early" in triage.qualifiers:
        found.append("The birth was less than half a year ago: a gentle start.")
    return tuple(found)


def _held_back(answers: Answers, triage: Triage, facts: Facts, rules: Rulebook) -> tuple[str, ...]:
    """What keeps the tier from E3."""
    person = Person(answers, rules)
    pain, training = number(answers.get("pain_average")), number(answers.get("res_wk"))
    hold = number(answers.get("mt_11"))
    found = []
    if triage.level != "T3_CLEAR":
        found.append("The safety questions ask for some caution.")
    if pain is None or pain > rules.limit("e3_pain"):
        found.append(_short("Average pain of the week", pain, f"{rules.limit('e3_pain'):g} or less"))
    if _function(facts) == "":
        found.append("Everyday activities: too little answered to tell.")
    elif not _light(facts, rules):
        found.append(f"Everyday activities are not yet easy ({_function(facts)}).")
    if facts["mt_07.finding"] != 0:
        found.append("Five sit-to-stands: not done, stopped by pain, or slower than usual for the age.")
    if hold is None or hold < rules.limit("e3_hold") or person.limited("mt_11"):
        found.append(
            _short(
                "Back hold in seconds",
                hold,
                f"{rules.limit('e3_hold'):g} or more without being stopped by pain",
            )
        )
    if training is None or training < rules.limit("e3_training"):
        found.append(_short("Strength sessions a week", training, f"{rules.limit('e3_training'):g} or more"))
    return tuple(found)


def _limits(facts: Facts, rules: Rulebook, rmdq: str, eac: str) -> bool:
    """Whether RMDQ, or the own check where there is none, reaches a limit."""
    own = facts.get("rmdq")
    if own is not None:
        return own >= rules.limit(rmdq)
    check = facts.get("eac10")
    return check is not None and check >= rules.limit(eac)


def _light(facts: Facts, rules: Rulebook) -> bool:
    own = facts.get("rmdq")
    if own is not None:
        return own <= rules.limit("e3_rmdq")
    check = facts.get("eac10")
    return check is not None and check < rules.limit("e3_eac")


def _function(facts: Facts) -> str:
    own, check = facts.get("rmdq"), facts.get("eac10")
    if own is not None:
        return f"Roland-Morris score {shown(own)}"
    return "" if check is None else f"{shown(check)} of 100"


def _short(name: str, value: float | None, needed: str) -> str:
    said = "not given" if value is None else shown(value)
    return f"{name}: {said}; the quick start needs {needed}."
