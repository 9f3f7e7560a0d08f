"""Looking after the data: imports, undo, backups, repair."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from coach.desk import Desk, problems
from coach.model.noun import Noun
from coach.problems import BadFile, NothingToDo

if TYPE_CHECKING:
    from coach.exchange.full import EpisodeFile
    from coach.journal.doctor import Check


IMPORT, ORDER = "import of ", "order of sources"
"""How the labels of steps begin that may touch several files."""


class Imported(Noun, frozen=True, kw_only=True):
    """What an import brought, or would bring."""

    episodes: int
    new: int
    same: int
    conflicts: tuple[str, ...] = ()
    written: bool = False


def import_(desk: Desk, content: bytes, *, dry_run: bool = False) -> Imported:
    """Read a full export back.

    Episodes that are not here yet come in whole; in those that are, what is missing is added
    and what is the same is left. Raises `BadFile`, with nothing changed, when an entry here
    says something else, or when the file is not such an export.
    """
    from coach.exchange.full import BadExport, read

    try:
        episodes = read(content)
    except BadExport as bad:
        raise BadFile(
            f"Nothing was imported: {bad}.", "make one with: coach export all --format json"
        ) from None
    _check(desk, episodes)
    plans = [(each, *_compare(desk, each)) for each in episodes]
    conflicts = tuple(conflict for _, _, _, found in plans for conflict in found)
    if conflicts:
        raise BadFile(
            f"Nothing was imported: {len(conflicts)} entries here say something else than the file.",
            "import it into an empty home: coach --home DIR import FILE",
            details=conflicts[:10],
        )
    if not dry_run:
        for episode, new, _, _ in plans:
            if new:
                _write(desk, episode, new)
    return Imported(
        episodes=len(episodes),
        new=sum(len(new) for _, new, _, _ in plans),
        same=sum(same for _, _, same, _ in plans),
        written=not dry_run and any(new for _, new, _, _ in plans),
    )


def _check(desk: Desk, episodes: tuple[EpisodeFile, ...]) -> None:
    """Every document must be the noun of its table, and every name that of an episode."""
    from coach.journal import repo
    from coach.journal.store import is_episode
    from coach.model.log import Episode
    from coach.model.noun import NotANoun, from_doc

    wrong: list[str] = []
    for episode in episodes:
        if not is_episode(episode.name):
            wrong.append(f"{episode.name}: not the name of an episode")
        for table, documents in episode.tables.items():
            if table != "meta" and table not in repo.KINDS:
                wrong.append(f"{episode.name}: unknown table {table}")
                continue
            kind = Episode if table == "meta" else repo.kind_of(table)
            for key, document in documents.items():
                try:
                    from_doc(document, kind)
                except NotANoun as error:
                    wrong.append(f"{episode.name}, {table} {key}: {error}")
    if wrong:
        raise BadFile(f"Nothing was imported: {len(wrong)} entries do not fit.", details=tuple(wrong[:10]))


def _compare(
    desk: Desk, episode: EpisodeFile
) -> tuple[list[tuple[str, str, dict[str, Any]]], int, list[str]]:
    """What is new, how many are the same, and what says something else."""
    from coach.journal.codec import key_of

    here: dict[tuple[str, str], dict[str, Any]] = {}
    if episode.name in desk.names():
        reading = desk.read(episode.name)
        for table in episode.tables:
            here.update({(table, key_of(doc)): doc for doc in reading.docs(table)})
    new, same, other = [], 0, []
    for table, documents in episode.tables.items():
        for number, document in documents.items():
            key = key_of(document)
            old = here.get((table, key))
            if old is None:
                new.append((table, number, document))
            elif old == document:
                same += 1
            else:
                other.append(f"{episode.name}, {table}: {key}")
    return new, same, other


def _write(desk: Desk, episode: EpisodeFile, new: list[tuple[str, str, dict[str, Any]]]) -> None:
    fresh = episode.name not in desk.names()
    with desk.write("import", episode.name, create=fresh) as writing:
        for table, number, document in new:
            writing.take(table, document, int(number) if fresh else None)


def undo(desk: Desk, count: int, *, redo: bool = False) -> tuple[str, ...]:
    """Take back the last steps, or bring back what was undone; what each was, in words."""
    from coach.facts import facts
    from coach.journal import undo as journal

    with problems():
        name = desk.file_for(desk.today)
        act = journal.redo if redo else journal.undo
        for label in _next(desk, name, count, redo=redo):
            _elsewhere(desk, name, label, redo=redo)
        done = act(desk.store, name, count, today=desk.today, at=desk.at)
    if not done:
        raise NothingToDo("There is nothing to bring back." if redo else "There is nothing to undo.")
    from coach import status

    reading = desk.read(name)
    status.keep(desk.home, facts(reading, desk.today))
    return tuple(f"{each.label} ({_touched(each)})" for each in done)


def _next(desk: Desk, name: str, count: int, *, redo: bool) -> list[str]:
    """Labels of the steps over several files among those that are taken back, or brought back, next."""
    from coach.journal import undo as journal

    found = [each for each in journal.steps(desk.store.view(name)) if each.undone is redo]
    found = found[::-1] if redo else found  # what was taken back last is brought back first
    return [each.label for each in found[:count] if each.label.startswith((IMPORT, ORDER))]


def _elsewhere(desk: Desk, name: str, label: str, *, redo: bool) -> None:
    """Do the same to the parts of a step that lie in older files: they have its label.

    They come first, so that where one of them cannot be taken back nothing of the newest file is.
    """
    from coach.journal import undo as journal

    for other in desk.names():
        if other == name:
            continue
        found = [each for each in journal.steps(desk.store.view(other)) if each.label == label]
        if not found or found[0].undone is not redo:
            continue
        if redo:
            journal.redo(desk.store, other, today=desk.today, at=desk.at)
        else:
            journal.undo(desk.store, other, today=desk.today, at=desk.at, step=found[0].id)


def _touched(step: Any) -> str:
    shown = ", ".join(f"{each.table} {each.key}" for each in step.changes[:4]) or "nothing"
    more = len(step.changes) - 4
    return f"{shown} and {more} more" if more > 0 else shown


def steps(desk: Desk) -> tuple[Any, ...]:
    """The steps that are kept, newest first."""
    from coach.journal import undo as journal

    with problems():
        return journal.steps(desk.store.view(desk.file_for(desk.today)))


def doctor(desk: Desk) -> tuple[Check, ...]:
    """Look at everything and change nothing."""
    from coach.journal.doctor import examine

    with problems():
        return examine(desk.store)


def mend(desk: Desk, *, dry_run: bool = False) -> tuple[Any, ...]:
    """Put damaged files together again, and those that are gone but have copies; good ones are left alone."""
    from coach.journal.doctor import tidy
    from coach.journal.errors import NewerFile
    from coach.journal.restore import restore

    copies = os.path.join(desk.home, "journal", "snapshots")
    kept = [f"{stem}.json" for stem in os.listdir(copies)] if os.path.isdir(copies) else []
    done = []
    with problems():
        for name in sorted({*desk.names(), *kept}):
            try:
                done.append(restore(desk.store, name, dry_run=dry_run))
            except NewerFile:
                continue  # not damaged: the checks name it, and a newer coach reads it
        if not dry_run:
            tidy(desk.store)
    return tuple(each for each in done if each is not None)


def backup(desk: Desk, target: str) -> str:
    """Write one zip of the whole journal, read back to see that it is right."""
    from coach.journal.backup import backup as write

    with problems():
        return write(desk.store, target).path


def restore(desk: Desk, source: str) -> int:
    """Unpack a backup into this home, whose journal must be empty."""
    from coach.journal.backup import restore_backup

    with problems():
        return restore_backup(source, os.path.join(desk.home, "journal")).entries


def wipe(desk: Desk) -> tuple[str, ...]:
    """Delete everything of this home; files that are not coach's are left and listed."""
    from coach import status
    from coach.cases import drafts, interview, masking, planasks, telling
    from coach.cases.begun import SESSION_FILE
    from coach.journal.backup import wipe as journal

    with problems():
        left = journal(os.path.join(desk.home, "journal"))
    begun = (interview.FILE, *interview.REVIEW_FILES.values(), planasks.FILE, SESSION_FILE, drafts.FILE)
    for name in (*begun, status.NAME, "settings.json", "trust.json", masking.FILE, telling.FILE):
        with suppress(FileNotFoundError):
            os.unlink(os.path.join(desk.home, name))
    return left
