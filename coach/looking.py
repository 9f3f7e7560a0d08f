"""The half of `Coach` that looks and looks after: the plan, its reasons, progress, and the data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coach.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, time

    from coach.cases.data import Imported
    from coach.cases.hooks import Hook
    from coach.cases.library import Checked, Listed
    from coach.cases.options import Changed as OptionSet
    from coach.cases.options import Option
    from coach.cases.picturing import Pictured
    from coach.cases.progress import Progress
    from coach.cases.readings import Came, Source
    from coach.cases.replay import Replayed
    from coach.cases.settings import Settings
    from coach.cases.signing import SignatureChecked, Trusted
    from coach.cases.turns import Name as TurnName
    from coach.cases.turns import Turn
    from coach.exchange.ics import Event
    from coach.exchange.wearables.mapping import Mapping
    from coach.exchange.wearables.propose import Proposal
    from coach.model.assessment import Value
    from coach.model.charts import Insight
    from coach.model.log import History, Note
    from coach.model.packet import Packet
    from coach.model.plan import Plan, Prescription, Week
    from coach.model.planfile import PlanFile
    from coach.model.report import Audience, Handout, Report
    from coach.model.review import Review


class Looking:
    """What `Coach` shows, and how it looks after the data; not used by itself."""

    _desk: Desk

    # -- looking ------------------------------------------------------------------------------

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

    def turn(self, name: TurnName) -> Turn:
        """What to ask about a flare-up or a pause today."""
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

    # -- data ---------------------------------------------------------------------------------

    def export(self, what: str, form: str, **options: Any) -> Any:
        """Chunks of text of an export, such as ``journal``, ``sets`` or ``all``."""
        from coach.cases import exporting

        return exporting.export(self._desk, what, form, **options)

    def describe_export(self, what: str | None = None, form: str = "md") -> Any:
        """Chunks of text of the data dictionary."""
        from coach.cases import exporting

        return exporting.describe(what, form)

    def import_(self, content: bytes, *, dry_run: bool = False) -> Imported:
        """Read a full export back; entries that are there already are left as they are."""
        from coach.cases import data

        return data.import_(self._desk, content, dry_run=dry_run)

    def packet(self, *, words: bool = True, pseudonym: str | None = None) -> Packet:
        """What goes back to the therapist: adherence, response, flares, measures, decisions, words, flags."""
        from coach.cases import packet

        return packet.packet(self._desk, words=words, pseudonym=pseudonym)

    def packet_given(self, packet: Packet) -> None:
        """Keep that a packet went out today: the next one marks what is new since then."""
        from coach.cases import sender

        sender.given(self._desk, packet)

    def ask_therapist(self, text: str) -> Note:
        """Note a question for the therapist."""
        from coach.cases import packet

        return packet.ask(self._desk, text)

    def fhir(self, form: str = "bundle") -> Iterator[tuple[str, str]]:
        """The course of care as FHIR R4, ``bundle`` or ``ndjson``: chunks of text, each with its type."""
        from coach.cases import fhir

        return fhir.fhir(self._desk, form)

    def import_kind(self, path: str, content: bytes | None = None) -> str:
        """What sort of file it is, by its content: ``full``, ``apple_health``, ``csv`` ...; or empty."""
        from coach.cases.reading_files import File, kind_of

        return kind_of(File(path, content))

    def import_readings(self, path: str, content: bytes | None = None, **options: Any) -> Came:
        """Bring in what devices measured: ``kind``, ``mapping``, ``zone``, ``dry_run``, ``progress``."""
        from coach.cases import readings
        from coach.cases.reading_files import File

        return readings.import_readings(self._desk, File(path, content), **options)

    def propose_mapping(self, path: str, content: bytes | None = None) -> Proposal:
        """Propose how to read the columns of a table."""
        from coach.cases import reading_files

        return reading_files.proposed(reading_files.File(path, content))

    def mapping_file(self, found: Proposal, order: str = "", sleep_day: str = "") -> tuple[str, Mapping]:
        """A proposed mapping with the person's answers, as the text of a file and as a value."""
        from coach.exchange.wearables.propose import answered, toml

        mapping = answered(found, order, sleep_day)
        return toml(mapping, found.orders), mapping

    def sources(self) -> tuple[Source, ...]:
        """Every device that has brought anything, by measure."""
        from coach.cases import readings

        return readings.known_sources(self._desk)

    def prefer_sources(self, names: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
        """Set which devices are trusted first; the order, and how many days have another value now."""
        from coach.cases import readings

        return readings.prefer(self._desk, names)

    def undo(self, steps: int = 1, *, redo: bool = False) -> tuple[str, ...]:
        """Take back the last steps, or bring back what was undone; what was done, in words."""
        from coach.cases import data

        return data.undo(self._desk, steps, redo=redo)

    def steps(self) -> tuple[Any, ...]:
        """The steps that can be undone, newest first."""
        from coach.cases import data

        return data.steps(self._desk)

    def doctor(self) -> tuple[Any, ...]:
        """Check the stored data; one check after the other."""
        from coach.cases import data

        return data.doctor(self._desk)

    def mend(self, *, dry_run: bool = False) -> tuple[Any, ...]:
        """Bring damaged files back from the newest good copy and what can still be read."""
        from coach.cases import data

        return data.mend(self._desk, dry_run=dry_run)

    def backup(self, target: str) -> str:
        """Write one file with everything in it; its path."""
        from coach.cases import data

        return data.backup(self._desk, target)

    def restore(self, source: str) -> int:
        """Bring a backup back into an empty home; the number of files."""
        from coach.cases import data

        return data.restore(self._desk, source)

    def wipe(self) -> None:
        """Delete everything of this home for good."""
        from coach.cases import data

        data.wipe(self._desk)
