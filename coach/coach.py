"""`Coach`: the one object that both faces call, and scripts and notebooks too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coach.assessing import Assessing
from coach.daily import Daily
from coach.handing import Handing
from coach.keeping import Keeping
from coach.looking import Looking

if TYPE_CHECKING:
    from coach.cases.choosing import Chosen
    from coach.cases.weekly import Reviewed
    from coach.model.plan import Plan


class Coach(Daily, Assessing, Looking, Keeping, Handing):
    """One person's home on one day.

    Nothing is kept in memory between calls: each call reads what is on the disk, and what a
    call says it saved is on the disk. Problems a person can meet are raised as
    `coach.problems.Problem`.
    """

    def review(self, *, screen: dict[str, Any] | None = None, dry_run: bool = False) -> Reviewed:
        """Decide the coming week. ``screen`` are the answers of the weekly safety questions."""
        from coach.cases import weekly

        done = weekly.review(self._desk, screen=screen, dry_run=dry_run)
        return done if dry_run else self._after("review", done)

    def decide(self, screen: dict[str, Any], choices: dict[str, str]) -> tuple[str, ...]:
        """Review with ``veto`` or ``hold`` for the cards named; what to tell."""
        from coach.cases import deciding

        return deciding.decide(self._desk, screen, choices)

    def foresee(self, preview: Reviewed, choices: dict[str, str]) -> Plan:
        """The plan that a review looked at with ``dry_run`` would write with these choices."""
        from coach.cases import deciding

        return deciding.foresee(self._desk, preview, choices)

    def veto(self, ids: tuple[str, ...]) -> Reviewed:
        """Take back rises and swaps of the last review; safety cuts stay."""
        from coach.cases import vetoing

        return vetoing.veto(self._desk, ids)

    def hold(self, ids: tuple[str, ...]) -> Chosen:
        """Keep exercises where they are at the next review."""
        from coach.cases import choosing

        return choosing.hold(self._desk, ids)

    def swap(self, exercise: str, to: str | None = None, *, for_today: bool = False) -> Chosen:
        """Swap an exercise for another of its place; without ``to`` only the choices are given."""
        from coach.cases import choosing

        return choosing.swap(self._desk, exercise, to, for_today=for_today)

    def minimum(self, on: bool) -> Chosen:
        """Turn the minimum plan on or off: two times fifteen minutes, and walking."""
        from coach.cases import choosing

        return choosing.minimum(self._desk, on)
