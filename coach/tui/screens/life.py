"""Life happens: a flare-up, a pause, a session let go, a step taken back. Each asks once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coach.problems import NothingToDo, Problem
from coach.tui.screens.ask import Ask, Choices

if TYPE_CHECKING:
    from coach.cases.turns import Name as TurnName


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
        self.save(f"the {self.TURN}", lambda coach: coach.take(self.TURN, value))


class FlarePage(Turned):
    """Start or end a flare-up."""

    TURN = "flare"


class PausePage(Turned):
    """Days that do not count."""

    TURN = "pause"


class SkipPage(Step):
    """Let today's session go, with the reason."""

    def asked(self) -> tuple[str, Choices]:
        """What was in the way."""
        coach = self.coach()
        found = coach.today()
        if found.withheld or found.day is None or found.day.session is None:
            raise NothingToDo("No session is due today, so there is none to let go.")
        choices = tuple((str(place), each.id, each.id) for place, each in enumerate(coach.barriers()[:9], 1))
        return "Not done is not failed. What was in the way?", choices

    def done(self, value: str) -> None:
        """Keep it, and say what may help next time."""
        self.save("the session that was let go", lambda coach: coach.skip(value))
        found = next((each for each in self.coach().barriers() if each.id == value), None)
        if found is not None:
            self.coach_app.tell(f"Next time: {found.remedy}.")


class UndoPage(Step):
    """Take back the last step."""

    def asked(self) -> tuple[str, Choices]:
        """Which one that is."""
        step = next((each for each in self.coach().steps() if not each.undone), None)
        if step is None:
            raise NothingToDo("There is nothing to take back.")
        return f"Take back the last step? It was: {step.label}, {step.at[:10]} {step.at[11:16]}.", (
            ("y", "Yes, take it back", "undo"),
            ("n", "No", ""),
        )

    def done(self, value: str) -> None:
        """Take it back."""
        self.save("the step back", lambda coach: coach.undo())
