"""The calculated items of a form as scores: a number, or null with the reason, never a made-up 0."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from coach.model.assessment import Value
from coach.model.text import one_line
from coach.questionnaires.fhir.errors import PathError
from coach.questionnaires.fhir.fhirpath import parse
from coach.questionnaires.fhir.fhirpath.tree import Tree, calls, linked, members, strings
from coach.questionnaires.fhir.model import Form, FormItem, FormScore, Fragment
from coach.questionnaires.fhir.run import open_places
from coach.questionnaires.fhir.solve import Solution, decimal_of, solve

_GIVEN = frozenset(("resource", "rootResource", "context", "questionnaire", "qitem"))


def scores(form: Form, answers: Mapping[str, Value], today: date) -> dict[str, FormScore]:
    """Each calculated item by its id.

    A score is null, with the reason, when its formula cannot be computed, when none of the
    questions that it reads is answered (a count over nothing would be 0), and while a required
    one of them is open. Optional ones that are open leave the score as the form's own formula
    gives it, with a note.
    """
    return scores_of(form, solve(form, answers, today))


def scores_of(form: Form, solution: Solution) -> dict[str, FormScore]:
    """As `scores`, for a state that was computed already."""
    open_ = frozenset(open_places(form, solution))
    return {
        item.id: _score(form, place, solution, open_)
        for place, item in enumerate(form.items)
        if item.calculated is not None and item.kind not in ("group", "display", "skipped")
    }


def _score(form: Form, place: int, solution: Solution, open_: frozenset[int]) -> FormScore:
    item = form.items[place]
    reads = reads_of(form, place)
    asked_now = [each for each in reads if each in open_]
    answered = [each for each in asked_now if solution.given.get(each)]
    missing = _missing(form, place, solution, reads, asked_now)
    fragment = solution.given.get(place, ({},))[0] if not missing else {}
    number = decimal_of(fragment)
    left = len(asked_now) - len(answered)
    partly = bool(fragment) and left > 0
    return FormScore(
        id=item.id,
        link_id=item.link_id,
        title=one_line(item.text or item.link_id, 200),
        value=None if number is None else float(number),
        text="" if number is not None else _shown(item, fragment),
        unit=_unit(item, fragment),
        missing=missing,
        answered=len(answered),
        of=len(asked_now),
        note=f"{left} of its {len(asked_now)} questions have no answer; the form's formula went on."
        if partly
        else "",
        code=item.code,
    )


def _missing(form: Form, place: int, solution: Solution, reads: frozenset[int], asked_now: list[int]) -> str:
    """Why there is no score, or an empty text."""
    if place not in solution.enabled:
        return "it is not asked for after these answers"
    answered = sum(1 for each in asked_now if solution.given.get(each))
    if reads and not asked_now:
        return "none of the questions it is made of is asked after these answers"
    if reads and answered == 0:
        return f"none of the {len(asked_now)} questions it is made of is answered"
    needed = [each for each in asked_now if form.items[each].required]
    left = sum(1 for each in needed if not solution.given.get(each))
    if left:
        return f"{left} of the {len(needed)} required questions it is made of have no answer"
    if not solution.given.get(place):
        return solution.reasons.get(place, "the formula gives nothing for these answers")
    return ""


def _shown(item: FormItem, fragment: Fragment) -> str:
    option = next((option for option in item.options if option.answer == fragment), None)
    if option:
        return option.text
    value = next((each for key, each in fragment.items() if key.startswith("value")), "")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        value = value.get("display") or value.get("code") or ""
    return one_line(str(value), 500)


def _unit(item: FormItem, fragment: Fragment) -> str:
    quantity = fragment.get("valueQuantity")
    if isinstance(quantity, dict) and isinstance(quantity.get("unit"), str):
        return str(quantity["unit"])
    return item.unit.text if item.unit else ""


def reads_of(form: Form, place: int) -> frozenset[int]:
    """Places of the questions that a calculated item is made of, through variables and totals.

    They are found by the linkIds that its formulas mention; a formula that walks through all
    answers without naming one reads all questions.
    """
    found: set[int] = set()
    seen: set[tuple[int, str]] = set()
    waiting = list(_formulas(form, place))
    while waiting:
        at, source = waiting.pop()
        if (at, source) in seen:
            continue
        seen.add((at, source))
        try:
            tree = parse(source)
        except PathError:
            continue
        names = strings(tree)[1]
        texts, stems = linked(tree)
        named = {
            each
            for each, item in enumerate(form.items)
            if item.link_id in texts or item.link_id.startswith(tuple(stems))
        }
        if not texts | stems and not names - _GIVEN and _walks(tree):
            named = {each for each in range(len(form.items)) if each != place}
        found |= named
        for each in named - {place}:
            waiting.extend(_formulas(form, each))
        waiting.extend(_declared(form, at, names))
    below = {each for each in range(len(form.items)) if _stands_in(form, each, found)}
    return frozenset(each for each in found | below if form.items[each].is_question)


def _walks(tree: Tree) -> bool:
    return bool(calls(tree) & {"descendants", "repeat", "children"} or members(tree) & {"item", "answer"})


def _stands_in(form: Form, place: int, groups: set[int]) -> bool:
    """Whether an item stands in a group that a formula names."""
    at = form.items[place].parent
    while at >= 0:
        if at in groups and form.items[at].kind == "group":
            return True
        at = form.items[at].parent
    return False


def _formulas(form: Form, place: int) -> Iterator[tuple[int, str]]:
    calculated = form.items[place].calculated
    if calculated is not None:
        yield place, calculated.text


def _declared(form: Form, place: int, names: frozenset[str]) -> Iterator[tuple[int, str]]:
    """The formulas behind the variable names, seen from a place."""
    for name in names:
        at = place
        while at >= 0:
            yield from ((at, each.text) for each in form.items[at].variables if each.name == name)
            at = form.items[at].parent
        yield from ((-1, each.text) for each in form.variables if each.name == name)
        for other, item in enumerate(form.items):
            if item.calculated and item.calculated.name == name:
                yield other, item.calculated.text
