"""The part of `Coach` that looks: the plan, its reasons, progress, settings and reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coach.desk import Desk

if TYPE_CHECKING:
    from datetime import date, time

    from coach.cases.hooks import Hook
    from coach.cases.library import Checked, Listed
    from coach.cases.options import Changed as OptionSet
    from coach.cases.options import Option
    from coach.cases.picturing import Pictured
    from coach.cases.progress import Progress
    from coach.cases.replay import Replayed
    from coach.cases.settings import Settings
    from coach.cases.signing import SignatureChecked, Trusted
    from coach.cases.turns import Name as TurnName
    from coach.cases.turns import Turn
    from coach.exchange.ics import Event
    from coach.model.assessment import Value
    from coach.model.charts import Insight
    from coach.model.log import History
    from coach.model.plan import Plan, Prescription, Week
    from coach.model.planfile import PlanFile
    from coach.model.report import Audience, Handout, Report
    from coach.model.review import Review


class Looking:
    """What `Coach` shows; not used by itself."""

    _desk: Desk

    def plan(self) -> Plan:
        """The plan as it stands."""
        return self._desk.read().plan

    def weeks(self) -> tuple[Plan, tuple[Week, ...]]:
        """The plan with all its weeks, lived and to come."""
        from coach.cases import looking

        return looking.weeks(self._desk)

    def why(self, exercise: str) -> tuple[Plan, Prescription, tuple[tuple[Review, Any], ...]]:
        """Why an exercise is there and at this dose, with every decision about it."""
        from coach.cases import looking

        plan, found = looking.find(self._desk, exercise)
        return plan, found, looking.decisions(self._desk, found.exercise)

    def plan_versions(self) -> tuple[Plan, ...]:
        """Every version of the plan, oldest first."""
        from coach.cases import looking

        return looking.versions(self._desk)

    def plan_version(self, name: str) -> Plan:
        """One version of the plan."""
        from coach.cases import looking

        return looking.version(self._desk, name)

    def replay(self) -> Replayed:
        """Make every version of the plan and every card again, and compare byte for byte."""
        from coach.cases import replay

        return replay.replay(self._desk)

    def reviews(self) -> tuple[Review, ...]:
        """All reviews, oldest first."""
        from coach.cases import looking

        return looking.reviews(self._desk)

    def history(self) -> History:
        """Everything that was logged."""
        from coach.cases import looking

        return looking.log(self._desk)

    def library(self, words: tuple[str, ...] = ()) -> Listed:
        """Exercises that fit all words; where one is named, that one in full."""
        from coach.cases import library

        return library.look(words)

    def figure(self, *words: str) -> Pictured:
        """The figure of an exercise or movement test, by its id or name."""
        from coach.cases import picturing

        return picturing.look(words)

    def figures(self, path: str, name: str = "") -> tuple[Pictured, ...]:
        """The figures of a file that somebody is writing, or the one of them that is named."""
        from coach.cases import picturing

        return picturing.from_file(path, name)

    def check_library(self, folder: str | None = None) -> Checked:
        """Check exercise files of a folder, or those of the package."""
        from coach.cases import library

        return library.check(folder)

    def signature(
        self, data: bytes, signature: bytes | None, file: PlanFile, *, remember: bool = False
    ) -> SignatureChecked:
        """What the signature of a plan file is worth here; ``remember`` pins a clinic seen the first time."""
        from coach.cases import signing

        found = signing.check(self._desk, data, signature, file)
        if remember:
            signing.remember(self._desk, found, self._desk.today)
        return found

    def clinics(self) -> tuple[Trusted, ...]:
        """The clinics whose keys are known here."""
        from coach.cases import signing

        return signing.trusted(self._desk)

    def forget_clinic(self, name: str) -> Trusted:
        """Forget the key of a clinic."""
        from coach.cases import signing

        return signing.forget(self._desk, name)

    def progress(self) -> Progress:
        """Trends, adherence and milestones."""
        from coach.cases import progress

        return progress.progress(self._desk)

    def insight(self) -> Insight:
        """What the progress page shows: series with verdicts, own goals first, days, doses and load."""
        from coach.cases import insight

        return insight.insight(self._desk)

    def status_facts(self) -> dict[str, Any]:
        """The facts behind the status line."""
        from coach.facts import facts

        return facts(self._desk.read(), self._desk.today)

    def status_parts(self) -> dict[str, str]:
        """The pieces of the status line by name; empty texts where there is nothing to say."""
        from coach.status import parts

        return parts(self.status_facts() if bool(self._desk.names()) else {}, self._desk.today.isoformat())

    def settings(self) -> Settings:
        """How the terminal app is wanted."""
        from coach.cases import settings

        return settings.settings(self._desk)

    def drafts(self) -> dict[str, Any]:
        """What stands half typed or half chosen in a face, by the face's own key; never an answer."""
        from coach.cases import drafts

        return drafts.drafts(self._desk)

    def keep_drafts(self, changes: dict[str, Any]) -> None:
        """Keep drafts by key; null lets one go, and a key that ends in ``*`` all that begin so."""
        from coach.cases import drafts

        drafts.keep(self._desk, changes)

    def turn(self, name: TurnName) -> Turn:
        """What to ask today about a flare-up, a pause, a session to let go, or a step back."""
        from coach.cases import turns

        return turns.turn(self._desk, name)

    def take(self, name: TurnName, value: str) -> str:
        """Do what was chosen of a `turn`; what to say about it."""
        from coach.cases import turns

        return turns.take(self._desk, name, value)

    def options(self) -> tuple[Option, ...]:
        """Everything that can be set, with how it is now."""
        from coach.cases import options

        return options.options(self._desk)

    def set_option(self, name: str, value: Value) -> OptionSet:
        """Set one thing of `options`; a wish writes the plan anew."""
        from coach.cases import options

        return options.change(self._desk, name, value)

    def keep_settings(self, **values: Any) -> Settings:
        """Change how the terminal app is wanted."""
        from coach.cases import settings

        return settings.keep(self._desk, **values)

    def report(self, audience: Audience = "patient", since: date | None = None) -> Report:
        """All that the report of the running episode shows."""
        from coach.cases import reporting

        return reporting.report(self._desk, audience, since)

    def handout(self, week: int | None = None) -> Handout:
        """The sessions of a week, with what the library says of their exercises."""
        from coach.cases import reporting

        return reporting.handout(self._desk, week)

    def calendar(self, *, detail: bool = False, at: str | None = None) -> tuple[Event, ...]:
        """Every session and re-test as a calendar event; ``detail`` names the exercises."""
        from coach.cases import agenda

        return agenda.calendar(self._desk, detail=detail, at=at)

    def remind_at(self, given: str | None = None) -> time:
        """When to remind: ``given`` as HH:MM, else the setting, else the time of sessions."""
        from coach.cases import agenda

        return agenda.remind_at(self._desk, given)

    def hooks(self) -> tuple[Hook, ...]:
        """The person's own programs that run after an entry, and why one does not."""
        from coach.cases import hooks

        return hooks.hooks(self._desk)
