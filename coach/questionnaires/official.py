"""Official forms by score or item numbers: what is known of each, and what its numbers mean (2.1, 2.2).

No sentence of a form is kept. A form is filled in as ``item_1`` … ``item_n`` with the numbers the
person ticked, or as ``total`` alone, for some also as a part such as ``distress``.
"""

from __future__ import annotations

from collections.abc import Mapping

from coach.model.assessment import Answers, Score, Value
from coach.questionnaires.officialform import TOTAL, Entry, Official, as_instrument, form, load
from coach.questionnaires.officialscore import checked, score_form

__all__ = ["TOTAL", "Entry", "Official", "as_instrument", "checked", "form", "load", "overrides", "score"]


def score(form_id: str, answers: Mapping[str, Value]) -> Score:
    """Score a form by its own rule; ``parts`` has what it reports beside the number.

    Items win over a total typed in beside them; the total alone is always enough. Null with the
    reason where it cannot be worked out. Raises `KeyError` for an unknown form, `BadAnswers` for
    a value outside its scale.
    """
    return score_form(form(form_id), answers)


def overrides(entered: Mapping[str, Mapping[str, Value]]) -> Answers:
    """The answers of the profile that official forms give, by form id (4.2).

    They go over the person's other answers: the profile then reads them in place of the own
    stand-in. A form with no score gives nothing, and so does one that 4.2 does not read. Where
    two forms give the same answer, the one that is that form itself goes first (PHQ-2 before the
    pair inside the PHQ-4).
    """
    found: Answers = {}
    own: Answers = {}
    for form_id in sorted(entered):
        official = form(form_id)
        result = score(form_id, entered[form_id])
        for part, item in official.gives.items():
            value = result.value if part == TOTAL else result.parts.get(part)
            if value is not None:
                (own if part == TOTAL else found)[item] = _whole(value)
    return {**found, **own}


def _whole(value: float | str) -> float | str:
    return int(value) if isinstance(value, float) and value.is_integer() else value
