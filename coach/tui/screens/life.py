"""Life happens: a flare-up, a pause, a session let go, a step taken back. Each asks once."""

from __future__ import annotations

from datetime import timedelta

from coach.problems import NothingToDo, Problem
from coach.tui.screens.ask import Ask, Choices


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


class FlarePage(Step):
    """Start or end a flare-up."""

    def asked(self) -> tuple[str, Choices]:
        """By whether one runs."""
        if self.coach().status_facts().get("flare"):
            return "Is the flare-up over? The plan then comes back in steps.", (
                ("y", "Yes, it is over", "end"),
                ("n", "Not yet", ""),
            )
        return (
            "A flare-up is your usual pain, clearly stronger. It is common, and it does not mean damage. "
            "Today's plan becomes the flare kit: gentle moves and short walks. If something is new, such as "
            "numbness or weakness, press Escape, then c and w."
        ), (("y", "Yes, a flare-up began", "start"), ("n", "No", ""))

    def done(self, value: str) -> None:
        """Declare it or end it."""
        self.save(
            "the flare-up", lambda coach: coach.declare_flare() if value == "start" else coach.end_flare()
        )


class PausePage(Step):
    """Days that do not count."""

    def asked(self) -> tuple[str, Choices]:
        """By whether one runs."""
        facts = self.coach().status_facts()
        today = self.coach().today_date.isoformat()
        if facts.get("paused_from", "9") <= today <= facts.get("paused_until", ""):
            return f"Paused until {facts['paused_until']}. Are you back?", (
                ("y", "Yes, end the pause", "end"),
                ("n", "Not yet", ""),
            )
        return "How long do the days not count? From today, for travel, illness, anything.", (
            ("1", "today only", "1"),
            ("3", "three days", "3"),
            ("7", "a week", "7"),
            ("2", "two weeks", "14"),
        )

    def done(self, value: str) -> None:
        """Declare it or end it."""
        if value == "end":
            self.save("the end of the pause", lambda coach: coach.end_pause())
            return
        days = timedelta(days=int(value) - 1)
        self.save("the pause", lambda coach: coach.pause(coach.today_date, coach.today_date + days))


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
