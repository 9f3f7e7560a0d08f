"""The numbers of a reason as a person reads them; what is stored keeps the ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from coach.model.exercise import Number

if TYPE_CHECKING:
    from coach.model.assessment import Profile

_STARTS = {"e1": "E1, the gentle start", "e2": "E2, the usual start", "e3": "E3, the quick start"}
_OUTCOMES = {"pass": "passed", "fail": "not passed"}


def in_words(numbers: tuple[Number, ...], profile: Profile | None) -> tuple[Number, ...]:
    """Movement tests by their titles, and the entry tier followed by its reasons: the profile keeps these."""
    told: list[Number] = []
    for each in numbers:
        if each.name == "entry tier":
            told.append(replace(each, value=_STARTS.get(str(each.value), each.value)))
            reasons = profile.tier_reasons if profile else ()
            told += [Number(name="because", value=text, source=each.source) for text in reasons]
        elif each.name.startswith("mt_"):
            from coach.questionnaires.protocols import title_of

            name = f"{title_of(each.name)} ({each.name})"
            told.append(replace(each, name=name, value=_OUTCOMES.get(str(each.value), each.value)))
        else:
            told.append(each)
    return tuple(told)
