"""The shape of a programme: its phases, slots, lessons, deload weeks and milestones."""

from __future__ import annotations

from coach.model.noun import Noun


class Phase(Noun, frozen=True, kw_only=True):
    """Some weeks with their ceilings (``clinical.md`` 6.1); ranges are least and most."""

    id: str
    name: str
    weeks: tuple[int, int]
    sessions: tuple[int, int]
    minutes: tuple[int, int]
    rpe: tuple[int, int]
    sets: tuple[int, int]
    """Sets of an exercise; the upper number is a maximum and raises nothing by itself."""
    walks: int
    """Walks a week, at most."""
    walk: str
    control: int
    """Share of session minutes for control work (C2), percent."""
    aim: str


class Slot(Noun, frozen=True, kw_only=True):
    """A place in a session and the ladders that take turns in it."""

    slot: int
    name: str
    at_least: int
    """Exercises that a session must have before it has this slot."""
    ladders: tuple[str, ...]


class Template(Noun, frozen=True, kw_only=True):
    """A programme shape, as its plan file has it."""

    id: str
    title: str
    weeks: int
    phases: tuple[Phase, ...]
    slots: tuple[Slot, ...]
    lessons: tuple[str, ...]
    """Lesson of each week, in order."""
    deload: tuple[int, ...] = ()
    """Weeks that are deload weeks when the weeks before were loaded."""
    milestones: dict[int, str] = {}

    def phase(self, week: int) -> Phase:
        """Return the phase of a week; a week after the last phase belongs to the last."""
        for phase in self.phases:
            if phase.weeks[0] <= week <= phase.weeks[1]:
                return phase
        return self.phases[0] if week < self.phases[0].weeks[0] else self.phases[-1]

    def slot(self, number: int) -> Slot:
        """Return a slot by its number. Raises `KeyError` when the shape has none."""
        for slot in self.slots:
            if slot.slot == number:
                return slot
        raise KeyError(number)
