"""The runner: which question of a form comes next, given the answers so far."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from coach.model.assessment import Value
from coach.model.text import one_line
from coach.questionnaires.catalogue import BadAnswer
from coach.questionnaires.fhir.errors import PathError
from coach.questionnaires.fhir.fhirpath import evaluate
from coach.questionnaires.fhir.fragments import from_fragments
from coach.questionnaires.fhir.instrument import as_item
from coach.questionnaires.fhir.model import FhirStep, Form, FormItem
from coach.questionnaires.fhir.results import to_results
from coach.questionnaires.fhir.solve import Solution, solve


def next_item(
    form: Form, answers: Mapping[str, Value], today: date, skipped: frozenset[str] = frozenset()
) -> FhirStep:
    """The next question of a form, in document order; its ``item`` is null at the end.

    A question counts as asked when its id is in ``answers``, null included, or in ``skipped``.
    ``missing`` names required questions that are in force without an answer.
    """
    solution = solve(form, answers, today, totals=False)
    open_ = open_places(form, solution)
    waiting = [place for place in open_ if not _was_asked(form.items[place], answers, skipped)]
    missing = tuple(
        form.items[place].id
        for place in open_
        if (form.items[place].required or form.items[place].minimum_answers) and not solution.given.get(place)
    )
    items = [as_item(form.items[place]) for place in waiting]
    first = waiting[0] if waiting else None
    return FhirStep(
        item=items[0] if items else None,
        instrument=form.id,
        asked=len(open_) - len(waiting),
        total=len(open_),
        minutes_left=sum(item.seconds for item in items) / 60,
        missing=missing,
        heading=_headings(form, first) if first is not None else (),
        before=_said_before(form, solution, open_, first),
        suggested=None if first is None else suggested(form.items[first], today),
        notes=tuple(dict.fromkeys(solution.notes.values())),
    )


def open_places(form: Form, solution: Solution) -> tuple[int, ...]:
    """Places of the questions that are in force and put to a person, in document order."""
    visible: set[int] = set()
    for place, item in enumerate(form.items):
        if place in solution.enabled and not item.hidden and (item.parent < 0 or item.parent in visible):
            visible.add(place)
    return tuple(place for place in sorted(visible) if form.items[place].is_question)


def _was_asked(item: FormItem, answers: Mapping[str, Value], skipped: frozenset[str]) -> bool:
    return item.id in answers or item.id in skipped


def _headings(form: Form, place: int) -> tuple[str, ...]:
    found: list[str] = []
    at = form.items[place].parent
    while at >= 0:
        above = form.items[at]
        if above.kind == "group" and above.text:
            found.append(one_line(f"{above.prefix} {above.text}", 300))
        at = above.parent
    return tuple(reversed(found))


def _said_before(
    form: Form, solution: Solution, open_: tuple[int, ...], place: int | None
) -> tuple[str, ...]:
    """Texts between the question before and this one; at the end, those after the last."""
    end = len(form.items) if place is None else place
    start = max((each for each in open_ if each < end), default=-1)
    shown = [
        form.items[each].text
        for each in range(start + 1, end)
        if each in solution.enabled and form.items[each].kind == "display" and not form.items[each].hidden
    ]
    return tuple(text for text in shown if text)


def suggested(item: FormItem, today: date) -> Value:
    """The form's own first value of a question, or null; it is an offer, and no answer."""
    fragments = item.initial
    if not fragments and item.initial_expression is not None:
        try:
            found = evaluate(item.initial_expression.text, [], today=today)
            fragments = to_results(item, found)[0]
        except PathError:
            return None
    try:
        return from_fragments(item, fragments)
    except BadAnswer:
        return None
