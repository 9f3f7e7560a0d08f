"""The part of `Coach` for the data: out and in, taking back, looking after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coach.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.cases.data import Imported
    from coach.cases.readings import Came, Source
    from coach.exchange.wearables.mapping import Mapping
    from coach.exchange.wearables.propose import Proposal
    from coach.model.log import Note
    from coach.model.packet import Packet


class Keeping:
    """How `Coach` gives data out, takes it in and looks after it; not used by itself."""

    _desk: Desk

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
