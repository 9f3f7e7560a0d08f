"""What a plan file says about one exercise at one review: it holds back and cuts, and never raises."""

from __future__ import annotations

from coach.model.exercise import Number
from coach.model.noun import Noun
from coach.model.plan import Action, Standing
from coach.programs.decide import Outcome
from coach.programs.limits import RISES, held


class Word(Noun, frozen=True, kw_only=True):
    """One thing that the file says about an exercise: the rule of the card, its numbers, its words."""

    rule: str
    """``plan_`` and ``rise``, ``hold``, ``pain``, ``ease``, ``down``, ``rule`` or ``ask``."""
    text: str
    otherwise: str
    numbers: tuple[Number, ...] = ()


class Advice(Noun, frozen=True, kw_only=True):
    """What the file says about one exercise at one review."""

    hold: Word | None = None
    """Why it may not rise; null where the file has nothing against it."""
    climb: Word | None = None
    """Why it may not go on to the next rung, while its dose may grow."""
    no_load: Word | None = None
    """Why its load may not rise."""
    cut: Word | None = None
    """Why it is reduced once, whatever else is so."""
    back: Word | None = None
    """Why it goes back one rung."""

    def word(self, rule: str) -> Word | None:
        """The word behind a rule of a card."""
        every = (self.cut, self.back, self.hold, self.climb, self.no_load)
        return next((each for each in every if each is not None and each.rule == rule), None)

    def held_back(self, outcome: Outcome, standing: Standing) -> Outcome:
        """An outcome with its rise taken back where the file has something against it."""
        if outcome.action not in RISES:
            return outcome
        word = self.hold
        if word is None and outcome.action == "advance":
            word = self.climb
        if word is None and outcome.step == "load":
            word = self.no_load
        return outcome if word is None else held(outcome, standing, word.rule)

    @property
    def cuts(self) -> tuple[tuple[str, Action], ...]:
        """Its reductions as rows of the table, which takes the largest of all once."""
        made: list[tuple[str, Action]] = []
        if self.cut is not None:
            made.append((self.cut.rule, "reduce"))
        if self.back is not None:
            made.append((self.back.rule, "step_back"))
        return tuple(made)
