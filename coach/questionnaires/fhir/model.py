"""Nouns of a FHIR questionnaire, as it is run here; one shape for STU3, R4 and R5."""

from __future__ import annotations

from typing import Any, Literal

from coach.model.assessment import Item, Score, Triage, Value
from coach.model.noun import Noun

Fragment = dict[str, Any]
"""One FHIR answer: ``{"valueInteger": 3}``, ``{"valueCoding": {...}}``."""

Kind = Literal[
    "group", "display", "boolean", "integer", "decimal", "quantity", "date", "dateTime", "time",
    "string", "text", "url", "choice", "skipped",
]  # fmt: skip


class Option(Noun, frozen=True, kw_only=True):
    """One answer that a question offers."""

    value: str
    """What is stored as the answer: the code, or the text."""
    text: str
    answer: Fragment
    """The FHIR answer, with the points of the option copied on to it."""
    points: str = ""
    """The points as they were written, empty when there are none."""
    exclusive: bool = False
    """It goes with no other option."""
    selected: bool = False


class Unit(Noun, frozen=True, kw_only=True):
    """A unit of a quantity."""

    code: str
    text: str
    system: str = ""


class EnableWhen(Noun, frozen=True, kw_only=True):
    """One condition under which an item is asked."""

    question: str
    operator: Literal["exists", "=", "!=", "<", ">", "<=", ">="]
    answer: Fragment
    targets: tuple[int, ...] = ()
    """Places of the items that the condition looks at; empty when there is no such linkId."""


class Expression(Noun, frozen=True, kw_only=True):
    """An expression of the form."""

    text: str
    name: str = ""
    language: str = ""
    """Empty for FHIRPath; else the language that is not run here."""


class FormItem(Noun, frozen=True, kw_only=True):
    """One item of a form, in its place in document order."""

    id: str
    """The id of its answer here, ``q_`` and the linkId in plain letters; unique."""
    link_id: str
    kind: Kind
    type: str
    """The FHIR type to write, such as ``open-choice``."""
    text: str = ""
    prefix: str = ""
    help: str = ""
    parent: int = -1
    children: tuple[int, ...] = ()
    required: bool = False
    repeats: bool = False
    read_only: bool = False
    hidden: bool = False
    open: bool = False
    """A choice that takes own words too."""
    minimum: str | None = None
    maximum: str | None = None
    minimum_answers: int = 0
    maximum_answers: int | None = None
    minimum_length: int = 0
    maximum_length: int | None = None
    pattern: str = ""
    unit: Unit | None = None
    units: tuple[Unit, ...] = ()
    options: tuple[Option, ...] = ()
    initial: tuple[Fragment, ...] = ()
    enable_when: tuple[EnableWhen, ...] = ()
    enable_any: bool = False
    enable_expression: Expression | None = None
    variables: tuple[Expression, ...] = ()
    calculated: Expression | None = None
    initial_expression: Expression | None = None
    low: str = ""
    high: str = ""
    step: str = ""
    """Step of a slider; empty when the item is none."""
    code: str = ""
    """LOINC code of the item, where it has one."""
    source: dict[str, Any] = {}
    """The item as the form has it, for ``%qitem``."""

    @property
    def is_question(self) -> bool:
        """Whether the item is put to a person at all; its group may still be hidden."""
        fixed = self.hidden or self.read_only or self.calculated is not None
        return not fixed and self.kind not in ("group", "display", "skipped")


class Form(Noun, frozen=True, kw_only=True):
    """A questionnaire, its items flat in document order."""

    id: str
    """Id of the instrument here: ``fhir_`` and the form's own name in plain letters."""
    title: str
    items: tuple[FormItem, ...]
    url: str = ""
    version: str = ""
    description: str = ""
    copyright: str = ""
    code: str = ""
    variables: tuple[Expression, ...] = ()
    not_run: tuple[str, ...] = ()
    """Names that an expression may use and that stay empty here (launch context)."""
    queries: tuple[str, ...] = ()
    """Names of variables in CQL or x-fhir-query, which are not run."""
    order: tuple[int, ...] = ()
    """Places of the items so that every condition comes after what it looks at."""
    places: dict[str, int] = {}
    """Place of each item by its id."""
    source: dict[str, Any] = {}
    """The form as R4, for ``%questionnaire``."""

    def find(self, item_id: str) -> FormItem | None:
        """The item of an answer id, or null."""
        place = self.places.get(item_id)
        return None if place is None else self.items[place]


class FhirStep(Noun, frozen=True, kw_only=True):
    """Where the interview of a form stands; read like the step of the built-in interview."""

    item: Item | None = None
    instrument: str = ""
    asked: int = 0
    total: int = 0
    minutes_left: float = 0.0
    stop: Triage | None = None
    """Always null: a form from outside fires no rule of the safety screen."""
    re_ask: bool = False
    missing: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    """Titles of the groups that the question stands in, outermost first."""
    before: tuple[str, ...] = ()
    """Texts to be shown since the question before: what the form says between its questions."""
    suggested: Value = None
    """The form's own first value, to be offered and not to be taken for an answer."""
    notes: tuple[str, ...] = ()
    """What could not be run for these answers, one sentence each."""


class FormScore(Noun, frozen=True, kw_only=True):
    """One calculated item: its number or text, or null with the reason."""

    id: str
    link_id: str
    title: str
    value: float | None = None
    text: str = ""
    """The result where it is no number, such as the name of a band or a date."""
    unit: str = ""
    missing: str = ""
    answered: int = 0
    of: int = 0
    """Questions in force that the score reads."""
    note: str = ""
    code: str = ""

    def as_score(self) -> Score:
        """The noun that the journal stores."""
        return Score(
            instrument=self.id, value=self.value, band=self.text, answered=self.answered, missing=self.missing
        )
