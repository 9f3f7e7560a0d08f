"""Making a session fit: fewer sets from the last slot back, then fewer slots."""

from __future__ import annotations

from msgspec.structs import replace

from coach.model.exercise import Dose, Exercise
from coach.model.noun import Noun
from coach.programs.builder import Option, Pick

_DROP = (8, 7, 6, 2, 1, 5, 4, 3)
"""Slots in the order they go when even one set each is too long; those with a guarantee last."""


class Entry(Noun, frozen=True, kw_only=True):
    """An exercise in a session while the session is being made."""

    pick: Pick
    exercise: Exercise
    dose: Dose
    minutes: float
    """Minutes it takes at this dose."""
    note: str = ""

    @classmethod
    def of(cls, pick: Pick, option: Option) -> Entry:
        """Make an entry of a pick at the dose of the week."""
        minutes = option.dose.time_min
        return cls(pick=pick, exercise=option.exercise, dose=option.dose, minutes=minutes, note=option.note)

    def hard(self, limit: float) -> bool:
        """Whether it makes its session a hard one."""
        return self.exercise.component == "c3" and self.dose.mid_rpe >= limit

    def lowered(self, sets: int, why: str) -> Entry:
        """Return it with fewer sets, saying why."""
        if sets >= self.dose.sets:
            return self
        return self.at(replace(self.dose, sets=sets), self._noted(why))

    def at(self, dose: Dose, note: str) -> Entry:
        """Return it at another dose, its minutes with it."""
        return replace(self, dose=dose, minutes=dose.time_min, note=note)

    def lighter(self, rpe: float) -> Entry:
        """Return it with one set less and little effort, for the day beside a hard one."""
        low = (min(self.dose.rpe[0], rpe), rpe)
        dose = replace(self.dose, sets=max(1, self.dose.sets - 1), rpe=low)
        return self.at(dose, self._noted("lighter"))

    def _noted(self, why: str) -> str:
        said = NOTES[why]
        return self.note if said in self.note else f"{self.note} {said}".strip()


NOTES = {
    "minutes": "Fewer sets here, so that the session fits into your time.",
    "deload": "An easier week: fewer sets, everything else the same.",
    "lighter": "Lighter here: a day of rest from hard work lies between two hard sessions.",
}
"""What is said beside a dose that a week makes smaller, by the reason."""


def fit(entries: list[Entry], limit: float) -> list[Entry]:
    """Return a session that takes no more than ``limit`` minutes.

    Sets fall to one from the last slot back; then slots go from the end, those without a
    guarantee first.
    """
    made = list(entries)
    over = sum(each.minutes for each in made) - limit
    for place in range(len(made) - 1, -1, -1):
        while over > 1e-9 and made[place].dose.sets > 1:
            shorter = made[place].lowered(made[place].dose.sets - 1, "minutes")
            over -= made[place].minutes - shorter.minutes
            made[place] = shorter
    for slot in _DROP:
        if over <= 1e-9:
            break
        for each in [each for each in made if each.pick.slot == slot]:
            made.remove(each)
            over -= each.minutes
    return made
