"""Life happens: a flare-up, a pause, a session let go, a step taken back. Each asks once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coach.problems import ELSEWHERE, Busy, Problem
from coach.tui.screens.ask import Ask, Choices

if TYPE_CHECKING:
    from coach.cases.turns import Name as TurnName
    from coach.coach import Coach


class Step(Ask):
    """A question about today whose answer is written at once."""

    def __init__(self) -> None:
        super().__init__("", ())

    def on_mount(self) -> None:
        """Ask what fits the day."""
        try:
            text, choices = self.asked()
        except Problem as problem:
            self.give_up(problem)
        else:
            self.put(text, choices)

    def elsewhere(self) -> None:
        """Ask anew: it may be another question now."""
        self.on_mount()

    def asked(self) -> tuple[str, Choices]:
        """The question and its answers. May raise `Problem`."""
        raise NotImplementedError

    def done(self, value: str) -> None:
        """Write what was chosen."""
        raise NotImplementedError

    def leave(self, value: str | None) -> None:
        """Write and leave."""
        if value:
            self.done(value)
        self.dismiss(None)


class Turned(Step):
    """A turn as the use case asks it."""

    TURN: ClassVar[TurnName]

    def asked(self) -> tuple[str, Choices]:
        """By how things stand."""
        found = self.coach().turn(self.TURN)
        return found.text, found.choices

    def done(self, value: str) -> None:
        """Do it."""
        shown = self._text

        def take(coach: Coach) -> str:
            if coach.turn(self.TURN).text != shown:
                raise Busy(
                    "Something was noted elsewhere in this moment, so nothing was done.",
                    "please look at the question again",
                    code=ELSEWHERE,
                )
            return coach.take(self.TURN, value)

        self.request(f"the {self.TURN}", take)


class FlarePage(Turned):
    """Start or end a flare-up."""

    TURN = "flare"


class PausePage(Turned):
    """Days that do not count."""

    TURN = "pause"


class SkipPage(Turned):
    """Let today's session go, with the reason."""

    TURN = "skip"

    def done(self, value: str) -> None:
        """Keep it, and say what may help next time."""
        super().done(value)
        found = next((each for each in self.coach().barriers() if each.id == value), None)
        if found is not None:
            self.coach_app.tell(f"Next time: {found.remedy}.")


class UndoPage(Turned):
    """Take back the last step."""

    TURN = "undo"
