"""STU3 and R5 questionnaires brought to R4, so that one reader serves all."""

from __future__ import annotations

from typing import Any

from coach.questionnaires.fhir.document import objects

_OPERATORS = ("exists", "=", "!=", "<", ">", "<=", ">=")


def to_r4(item: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """One item as R4, its children untouched, and what was changed, in a few words each."""
    made = dict(item)
    changes: list[str] = []
    if "answerOption" not in made and objects(made.get("option")):
        made["answerOption"] = made.pop("option")
        changes.append("STU3 “option” read as answerOption")
    if "answerValueSet" not in made and isinstance(made.get("options"), dict | str):
        options = made.pop("options")
        made["answerValueSet"] = options.get("reference", "") if isinstance(options, dict) else options
        changes.append("STU3 “options” read as answerValueSet")
    _initial(made)
    _conditions(made, changes)
    _coding(made, changes)
    return made, tuple(changes)


def _initial(made: dict[str, Any]) -> None:
    """STU3 has one ``initialCoding``, R4 a list of ``valueCoding``."""
    for key in [key for key in made if key.startswith("initial") and key[7:8].isupper()]:
        value = made.pop(key)
        made.setdefault("initial", [{"value" + key[7:]: value}])


def _conditions(made: dict[str, Any], changes: list[str]) -> None:
    conditions = objects(made.get("enableWhen"))
    if not conditions:
        return
    fixed = []
    stu3 = False
    for condition in conditions:
        one = dict(condition)
        if "hasAnswer" in one:
            one["answerBoolean"], one["operator"], stu3 = one.pop("hasAnswer"), "exists", True
        elif one.get("operator") not in _OPERATORS:
            stu3 = stu3 or "operator" not in one
            changes.append("enableWhen without a known operator read as “=”")
            one["operator"] = "="
        fixed.append(one)
    made["enableWhen"] = fixed
    if len(fixed) > 1 and made.get("enableBehavior") not in ("all", "any"):
        # STU3 joins several conditions by "any"; where nothing is said, "all" is the strict reading.
        made["enableBehavior"] = "any" if stu3 else "all"
        changes.append(f"several enableWhen without enableBehavior read as “{made['enableBehavior']}”")


def _coding(made: dict[str, Any], changes: list[str]) -> None:
    """R5: ``coding`` with options is R4's choice; an ``answerConstraint`` may open any type."""
    constraint = made.get("answerConstraint")
    offered = bool(objects(made.get("answerOption")) or made.get("answerValueSet"))
    if made.get("type") == "coding":
        made["type"] = "choice"
        changes.append("R5 type “coding” read as choice")
    opens = constraint in ("optionsOrType", "optionsOrString")
    if constraint is not None:
        made.pop("answerConstraint")
    if made.get("type") in ("choice", "string", "text") and offered and opens:
        made["type"] = "open-choice"
