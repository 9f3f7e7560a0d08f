"""Is the plan helping? The check that comes with the review of week 6 (``clinical.md`` 1.5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal

from coach.model.assessment import Answers, Response
from coach.model.exercise import Number, Reason
from coach.model.log import History
from coach.model.noun import Noun
from coach.model.plan import Plan
from coach.tables import Tables

WEEK = 6
EAC = tuple(f"eac_{number}" for number in range(1, 11))
SOURCE = "clinical.md 1.5, 2.4"


class Checked(Noun, frozen=True, kw_only=True):
    """What the check says: the verdict for the safety screen, and its card."""

    nonresponse: Literal["", "none", "worse"] = ""
    notes: tuple[Reason, ...] = ()


def due(plan: Plan) -> bool:
    """Whether the review of the binding week asks it."""
    return plan.week.number == WEEK


def asked(answers: Answers) -> dict[str, float]:
    """What of the answers the check reads; all of it is numbers."""
    from coach.questionnaires.scoring import number

    told = {item: number(answers.get(item)) for item in (*EAC, "pain_average")}
    return {item: value for item, value in told.items() if value is not None}


def check(tables: Tables, plan: Plan, told: Mapping[str, float], history: History, today: date) -> Checked:
    """Compare pain and everyday activities with the start, once most of six weeks were practised.

    ``told`` are the everyday activities (``eac_1`` to ``eac_10``) that came with the review, and pain, which
    may also be the mean of the week's mornings. Where something is missing, the card says what.
    """
    if not due(plan):
        return Checked()
    answers: Answers = dict(told)
    from coach.questionnaires.responder import responder
    from coach.questionnaires.scoring import change

    first = next((each.answers for each in tables.all("responses", Response) if each.full), {})
    pain = change("nprs", _entry_pain(first, plan), _pain(answers, history, today))
    function = change("eac10", _function(first), _function(answers))
    adherence = _adherence(tables, plan, history, today)
    found = responder((pain, function), week=WEEK, adherence=adherence)
    missing = _missing(first, answers, pain.after)
    if found.outcome == "unknown" and missing:
        text = f"Week 6 looks at whether the plan helps. For that it needs {' and '.join(missing)}."
        otherwise = "With them the card would say whether pain and everyday activities have changed."
        return Checked(notes=(Reason(rule="response_missing", text=text, otherwise=otherwise),))
    changes = (
        ("average pain at the start and now", pain),
        ("everyday activities at the start and now", function),
    )
    numbers = tuple(
        Number(
            name=name,
            value=f"{each.before:g} -> {each.after:g}",
            threshold=each.verdict.replace("_", " "),
            evidence="D",
            source=SOURCE,
        )
        for name, each in changes
        if each.before is not None and each.after is not None
    )
    done = Number(
        name="sessions done in six weeks",
        value=None if adherence is None else round(adherence, 1),
        unit="%",
        threshold=">= 70 %",
        evidence="D",
        source=SOURCE,
    )
    said = Reason(
        rule="response",
        text=" ".join((f"{found.title}.", *found.next)),
        numbers=(*numbers, done),
        otherwise="Other answers about pain and everyday activities would have said something else.",
    )
    return Checked(nonresponse=found.nonresponse, notes=(said,))


def _entry_pain(first: Answers, plan: Plan) -> float | None:
    from coach.questionnaires.scoring import number

    told = number(first.get("pain_average"))
    return plan.entry_pain if told is None else told


def _pain(answers: Answers, history: History, today: date) -> float | None:
    from coach.questionnaires.scoring import number, week_mean

    told = number(answers.get("pain_average"))
    if told is not None:
        return told
    since = today - timedelta(days=7)
    return week_mean(each.pain for each in history.checkins if since <= each.date < today)


def _function(answers: Answers) -> float | None:
    from coach.questionnaires.catalogue import load_instruments
    from coach.questionnaires.scoring import score

    return score(next(each for each in load_instruments() if each.id == "eac10"), answers).value


def _adherence(tables: Tables, plan: Plan, history: History, today: date) -> float | None:
    """Mean adherence of the reviewed weeks and the one that ends; paused weeks are left out."""
    from coach.cases.shapes import course_of
    from coach.programs.rules import load_rules
    from coach.programs.weekly import week_evidence

    template, _ = course_of(tables, plan)
    week = week_evidence(plan, history, template, load_rules(), today=today, screen=None, triage=None)
    told = [each for each in (*plan.completion, week.adherence) if each is not None]
    return sum(told) / len(told) if told else None


def _missing(first: Answers, answers: Answers, pain: float | None) -> tuple[str, ...]:
    from coach.questionnaires.scoring import number

    left = [each for each in EAC if number(answers.get(each)) is None]
    found = []
    if len(left) > 2:  # eight of ten are enough for a score
        found.append(f"the ten everyday activities ({left[0]} to {left[-1]})")
    if _function(first) is None:
        found.append("the same activities at the start")
    if pain is None:
        found.append("your average pain of the week (pain_average, or four mornings)")
    return tuple(found)
