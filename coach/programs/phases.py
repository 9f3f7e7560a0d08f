"""The shape of a programme: its phases, slots, lessons, deload weeks and milestones."""

from __future__ import annotations

from coach.model.noun import Noun
from coach.model.shape import Phase, Slot
from coach.programs.orders import Orders

__all__ = ["Phase", "Slot", "Template"]


class Template(Noun, frozen=True, kw_only=True):
    """A programme shape: a plan file's phases, slots and lessons, its ``extends`` resolved."""

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
    file: str = ""
    """Id of the applied file it was read from; empty for a shape of our own."""
    author: str = ""
    """Whose file it is."""
    orders: Orders | None = None
    """What the file says beyond a shape: doses, conditions, rules, bounds; null without a file."""

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
