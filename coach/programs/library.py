"""The library: exercises, lessons, habits and the way plans are built, read from their data files."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from typing import Any, Literal

import msgspec

from coach.model.exercise import Exercise, Ladder
from coach.model.noun import Noun
from coach.packaged import packaged
from coach.programs.building import Building, load_building

LADDERS = (
    "bre", "pel", "dis", "bal", "neu", "dir", "mob", "hng", "sqt", "lun", "glu", "ant", "lat", "ext", "car",
    "rot", "aer",
)  # fmt: skip
"""Ladders in the documented order of ``clinical.md`` 5.1, by which ties break."""


class HabitLevel(Noun, frozen=True, kw_only=True):
    """One level of a weekly micro-goal."""

    text: str
    per_week: int
    amount: float | None = None
    unit: str = ""


class Goal(Noun, frozen=True, kw_only=True):
    """A weekly micro-goal in levels (``clinical.md`` 7.7)."""

    id: str
    name: str
    levels: tuple[HabitLevel, ...]
    up: str
    down: str
    why: str
    move: Literal["weeks", "once", "activity", "none"] = "weeks"
    """What moves it up: enough weeks met, done once, an own activity that goes better; or nothing here."""
    weeks: int = 2
    """Weeks in a row that the goal must be met before it moves up."""
    physical: bool = False
    """It loads the back, so a flare-up, a red week and a sore morning hold it or take it back."""
    modulators: tuple[str, ...] = ()
    """Profiles that ask for it."""
    order: int = 0
    evidence: str = "D"
    source: str = "clinical.md 7.7"


class Lesson(Noun, frozen=True, kw_only=True):
    """A short text of the week with one question to check understanding."""

    id: str
    week: int
    title: str
    text: str
    question: str
    answer: str
    sources: str
    profiles: tuple[str, ...] = ()
    """Profiles for which it comes early."""


class Library(Noun, frozen=True, kw_only=True):
    """All that plans are made from. Hold on to it: reading it again costs the same again."""

    version: str
    """Digest of every data file it was read from."""
    ladders: dict[str, Ladder]
    exercises: dict[str, Exercise]
    building: Building
    goals: dict[str, Goal]
    lessons: dict[str, Lesson]

    @property
    def slots(self) -> dict[int, tuple[str, ...]]:
        """Return the ladders of each slot's swap group, by slot (``clinical.md`` 5.4)."""
        return dict(enumerate(self.building.swap["groups"], 1))


@cache
def load_library() -> Library:
    """Read the data files of the package. Raises `ValueError` when one of them is wrong."""
    digest = hashlib.sha256()
    root = packaged("programs")

    def read(folder: str, ending: str) -> list[tuple[str, str]]:
        found = []
        for entry in sorted(root.joinpath(folder).iterdir(), key=lambda each: each.name):
            if entry.name.endswith(ending):
                data = entry.read_bytes()
                digest.update(entry.name.encode() + b"\0" + data)
                found.append((entry.name, data.decode("utf-8")))
        return found

    digest.update(root.joinpath("builder.toml").read_bytes())
    by_id = {each.id: each for each in (_ladder(name, text) for name, text in read("exercises", ".toml"))}
    ladders = {name: by_id[name] for name in LADDERS if name in by_id}
    goals = sorted(
        (_convert(name, text, Goal) for name, text in read("habits", ".toml")),
        key=lambda goal: (goal.order, goal.id),
    )
    lessons = sorted((_lesson(name, text) for name, text in read("lessons", ".md")), key=lambda it: it.week)
    return Library(
        version=digest.hexdigest()[:16],
        ladders=ladders,
        exercises={each.id: each for ladder in ladders.values() for each in ladder.exercises},
        building=load_building(),
        goals={goal.id: goal for goal in goals},
        lessons={lesson.id: lesson for lesson in lessons},
    )


def _convert(name: str, text: str, kind: type[Any]) -> Any:
    try:
        return msgspec.convert(tomllib.loads(text), kind, strict=True)
    except (msgspec.ValidationError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{name}: {error}") from None


def _ladder(name: str, text: str) -> Ladder:
    ladder: Ladder = _convert(name, text, Ladder)
    if ladder.id not in LADDERS:
        raise ValueError(f"{name}: the ladder {ladder.id!r} is not one of {', '.join(LADDERS)}")
    return ladder


def _lesson(name: str, text: str) -> Lesson:
    """Read front matter of ``key: value`` lines between two ``---``, then the text."""
    _, _, rest = text.partition("---\n")
    head, _, body = rest.partition("\n---\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    try:
        return Lesson(
            id=fields["id"],
            week=int(fields["week"]),
            title=fields["title"],
            question=fields["question"],
            answer=fields["answer"],
            sources=fields["sources"],
            profiles=tuple(fields.get("profiles", "").replace(",", " ").split()),
            text=body.strip(),
        )
    except (KeyError, ValueError) as error:
        raise ValueError(f"{name}: the front matter is not whole ({error})") from None
