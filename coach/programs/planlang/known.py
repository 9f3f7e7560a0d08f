"""What a plan file may name: exercises, ladders, lessons, habits, tags of the library and ids of its own."""

from __future__ import annotations

from collections.abc import Callable

from coach.model.exercise import Exercise, Ladder
from coach.model.noun import Noun
from coach.model.planlines import Ask
from coach.programs.library import Library
from coach.programs.planlang.sheet import identifier, one_of


class Known(Noun, frozen=True, kw_only=True):
    """The names of a library and of the file that is read; without a library any id will do."""

    exercises: dict[str, Exercise]
    ladders: dict[str, Ladder]
    lessons: tuple[str, ...]
    habits: dict[str, int]
    """Levels of each."""
    tags: tuple[str, ...]
    own: dict[str, str] = {}
    """Exercises of the file's own titles, and the one of the library that each is."""
    asks: tuple[Ask, ...] = ()
    anything: bool = False
    """No library is at hand: built-in plans are tested against it elsewhere."""

    def names(self, key: str, options: tuple[str, ...], are: str = "") -> Callable[[str], str]:
        """A parser of one of some names."""
        return identifier(key) if self.anything else one_of(key, options, are)

    def exercise(self, key: str) -> Callable[[str], str]:
        """A parser of exercises of the library."""
        return self.names(key, tuple(self.exercises))

    def ladder(self, key: str) -> Callable[[str], str]:
        """A parser of ladders."""
        return self.names(key, tuple(self.ladders))

    def scope(self, key: str) -> Callable[[str], str]:
        """A parser of what a rule is about."""
        listed = [name for name, real in self.own.items() if name != real]
        return self.names(
            key,
            ("plan", "c2", "c3", "c4", *self.ladders, *self.exercises, *listed),
            "plan, c2, c3, c4, and the ladders and exercises of coach library",
        )

    def subject(self, key: str) -> Callable[[str], str]:
        """A parser of what a test looks at."""
        listed = [name for name, real in self.own.items() if name != real]
        return self.names(
            key,
            ("plan", *self.ladders, *self.exercises, *listed),
            "plan, and the ladders and exercises of coach library",
        )


def known_of(library: Library | None) -> Known:
    """The names of a library; null takes any id."""
    if library is None:
        return Known(exercises={}, ladders={}, lessons=(), habits={}, tags=(), anything=True)
    return Known(
        exercises=library.exercises,
        ladders=library.ladders,
        lessons=tuple(library.lessons),
        habits={each.id: len(each.levels) for each in library.goals.values()},
        tags=tuple(library.building.tags),
    )
