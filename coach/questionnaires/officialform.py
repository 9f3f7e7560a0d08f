"""The official forms as their data files have them, and as instruments of the interview (2.1, 2.2)."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Literal

import msgspec

from coach.model.assessment import Choice, Instrument, Item, Scoring
from coach.model.noun import NotANoun, Noun, from_doc
from coach.model.testing import Sourced
from coach.packaged import packaged
from coach.questionnaires.rulebook import Step

TOTAL = "total"
GROUPS = ("low", "medium", "high")
Rule = Literal[
    "value", "sum", "mean", "percent", "count", "table", "start", "phq4", "psqi", "eq5d", "sleep"
]  # fmt: skip


class Entry(Noun, frozen=True, kw_only=True):
    """One number of a form: an item, a total, or a part that a clinic reports."""

    id: str
    label: str
    kind: Literal["scale", "number", "yes_no", "time", "text", "group"]
    minimum: float | None = None
    maximum: float | None = None


class Official(Noun, frozen=True, kw_only=True):
    """One form, as its data file has it."""

    id: str
    version: int
    title: str
    items: tuple[Entry, ...]
    response: str
    recall: str
    rule: Rule
    minimum_answered: int
    missing: str
    minimum: float
    maximum: float
    unit: str
    change: str
    """Thresholds of change, in words with their sources."""
    licence: str
    weeks: tuple[int, ...]
    """Weeks of the programme in which it is filled in; 0 is the start."""
    repeat: str
    evidence: str
    own: bool = False
    """Worded by us, and asked in full."""
    direction: Literal["high_is_worse", "high_is_better", ""] = ""
    parts: tuple[Entry, ...] = ()
    reversed: tuple[str, ...] = ()
    factor: float = 1
    prorate: bool = False
    full_items: int | None = None
    """Items of the long form, on whose bands a short form is read."""
    bands: tuple[tuple[float, str], ...] = ()
    bands_source: str = ""
    cut_offs: tuple[str, ...] = ()
    mic: Sourced | None = None
    mdc: Sourced | None = None
    limits: dict[str, Sourced] = {}
    steps: dict[str, tuple[Step, ...]] = {}
    steps_source: str = ""
    table: tuple[tuple[float, float], ...] = ()
    """Raw sum and score."""
    table_source: str = ""
    loinc: dict[str, str] = {}
    loinc_evidence: str = ""
    gives: dict[str, str] = {}
    """Which answers of the profile its results are, by total or part."""
    note: str = ""


def _folder_names() -> tuple[str, ...]:
    folder = packaged("questionnaires", "instruments", "official")
    return tuple(sorted(path.name for path in folder.iterdir() if path.name.endswith(".toml")))


@cache
def load() -> tuple[Official, ...]:
    """All forms, by id."""
    folder = packaged("questionnaires", "instruments", "official")
    found = []
    for name in _folder_names():
        try:
            data = tomllib.loads((folder / name).read_text(encoding="utf-8"))
            found.append(from_doc(data, Official))
        except (tomllib.TOMLDecodeError, NotANoun) as error:
            raise NotANoun(f"{name}: {error}") from None
    return tuple(found)


def form(form_id: str) -> Official:
    """The form of an id such as ``odi``; raises `KeyError`."""
    found = next((each for each in load() if each.id == form_id), None)
    if found is None:
        raise KeyError(form_id)
    return found


def as_instrument(official: Official) -> Instrument:
    """The form as an instrument of the interview: its numbers one by one, then total and parts.

    Nothing is required, since either the items or the total may be given.
    """
    title = official.title
    total = Entry(id=TOTAL, label="total", kind="number", minimum=official.minimum, maximum=official.maximum)
    entries = (*official.items, total, *official.parts)
    return Instrument(
        id=official.id,
        version=official.version,
        title=title,
        items=tuple(_item(official, each) for each in entries),
        purpose=official.note or f"{title}: the numbers from your own form. {official.response}.",
        asked=tuple(f"week_{week}" if week else "enrolment" for week in official.weeks),
        recall=official.recall,
        scoring=Scoring(
            direction=official.direction,
            minimum=official.minimum,
            maximum=official.maximum,
            bands=official.bands,
            mic=official.mic.value if official.mic else None,
            mdc=official.mdc.value if official.mdc else None,
        ),
        provenance="own wording" if official.own else "scores only; a label says what an item is about",
        licence=official.licence,
        evidence=official.evidence,
        loinc=official.loinc.get(TOTAL, ""),
    )


def _item(official: Official, entry: Entry) -> Item:
    number = entry.id.removeprefix("item_")
    text = f"{official.title}, item {number}: {entry.label}"
    if entry.id == TOTAL or not number.isdigit():
        text = f"{official.title}: {entry.label}"
    kinds = {"time": "text", "group": "choice"}
    base = {
        "id": entry.id,
        "text": official.note if official.own and entry.id == "item_1" else text,
        "kind": kinds.get(entry.kind, entry.kind),
        "required": False,
        "minimum": entry.minimum,
        "maximum": entry.maximum,
        "help": "A time such as 22:30." if entry.kind == "time" else "",
        "why": "It is a part of the score of your form.",
        "group": official.title,
        "low": "lowest" if entry.kind == "scale" else "",
        "high": "highest" if entry.kind == "scale" else "",
    }
    item = from_doc(base, Item)
    if entry.kind == "group":
        choices = tuple(Choice(value=each, text=each) for each in GROUPS)
        return msgspec.structs.replace(item, choices=choices)
    return item
