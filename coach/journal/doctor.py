"""Looking after the journal: what is wrong with the files, and putting a damaged one back."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

import msgspec

from coach.journal import codec, errors, files, snapshots
from coach.journal.store import Store, is_episode

FREE_BYTES = 50 * 1024 * 1024
"""Free space below which a warning is given."""
NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "davfs", "fuse.rclone"}
)
"""File systems on which a lock or a flush may not reach the other machine or the disk."""


class Check(msgspec.Struct, frozen=True):
    """One thing that was looked at; ``sentence`` says what was found, and what to do if it is not ok."""

    name: str
    ok: bool
    sentence: str


def examine(store: Store) -> tuple[Check, ...]:
    """Look at everything and change nothing."""
    looks = [_episodes, _snapshots, _numbers, _strangers]
    if os.path.isdir(store.root):
        looks += [_modes, _temporary, _file_system, _space]
    checks: list[Check] = []
    for look in looks:
        try:
            checks += look(store)
        except errors.JournalError as error:
            checks.append(Check("files", False, error.message))
        except OSError as error:
            checks.append(Check("files", False, errors.from_os(error, store.root, "read").message))
    return tuple(checks)


def _episodes(store: Store) -> Iterator[Check]:
    names = store.episodes()
    if not names:
        yield Check("episodes", True, "There is no episode yet.")
    for name in names:
        try:
            view = store.view(name)
            count = sum(len(view.table(table)) for table in view.tables)
            yield Check(name, True, f"{name} is whole: revision {view.rev}, {count} entries.")
        except errors.JournalError as error:
            yield Check(name, False, error.message)


def _snapshots(store: Store) -> Iterator[Check]:
    root = os.path.join(store.root, "snapshots")
    stems = sorted(store.disk.listdir(root)) if os.path.isdir(root) else []
    for stem in stems:
        there = snapshots.listed(store.disk, os.path.join(root, stem))
        bad = [each.path for each in there if not _good(store, each.path)]
        text = f"All {len(there)} copies of {errors.shown(stem)} are whole."
        if bad:
            text = f"A copy is damaged and will not be used: {', '.join(map(errors.shown, bad))}."
        yield Check(f"snapshots {errors.shown(stem)}", not bad, text)
        if there and f"{stem}.json" not in store.episodes():
            name = f"{errors.shown(stem)}.json"
            text = f"{name} is gone, but copies of it are kept; `coach doctor` puts it back."
            yield Check(name, False, text)


def _good(store: Store, path: str) -> bool:
    try:
        codec.decode(files.read(store.disk, path)[0])
    except (errors.JournalError, codec.Bad, FileNotFoundError):
        return False
    return True


def _numbers(store: Store) -> Iterator[Check]:
    numbers = [int(name[12:-5]) for name in store.episodes()]
    if not numbers:
        return
    gaps = sorted(set(range(1, max(numbers))) - set(numbers))
    double = sorted({number for number in numbers if numbers.count(number) > 1})
    text = "The episodes are numbered without a gap."
    if gaps:
        text = f"Episode {', '.join(map(str, gaps))} is missing; if you did not delete it, look in a backup."
    elif double:
        text = (
            f"There are two episodes with the number {', '.join(map(str, double))}; both are kept and read."
        )
    yield Check("numbering", not gaps and not double, text)


def _strangers(store: Store) -> Iterator[Check]:
    folder = os.path.join(store.root, "episodes")
    names = sorted(store.disk.listdir(folder)) if os.path.isdir(folder) else []
    odd = [name for name in names if not is_episode(name) and not _is_temp(name)]
    text = "There is nothing in the folder of episodes that does not belong there."
    if odd:
        text = (
            f"These are no episodes and are not read: {', '.join(map(errors.shown, odd))}; a copy that a "
            "sync program made may hold entries of another machine, so look before you delete it."
        )
    yield Check("foreign files", not odd, text)


def _is_temp(name: str) -> bool:
    return name.startswith(".") and name.endswith(files.TEMP_END)


def _walk(root: str) -> Iterator[tuple[str, os.stat_result]]:
    yield root, os.lstat(root)
    for folder, subfolders, names in os.walk(root):
        for name in (*subfolders, *names):
            path = os.path.join(folder, name)
            yield path, os.lstat(path)


def _too_open(store: Store) -> list[str]:
    if os.name == "nt":
        return []
    return [
        path for path, facts in _walk(store.root) if not stat.S_ISLNK(facts.st_mode) and facts.st_mode & 0o077
    ]


def _modes(store: Store) -> Iterator[Check]:
    wide = _too_open(store)
    if not wide:
        yield Check("permissions", True, "Only you can read the journal.")
        return
    where = errors.shown(wide[0]) + (f" and {len(wide) - 1} more" if wide[1:] else "")
    way = f"`chmod -R go= {errors.shown(store.root)}` makes it yours alone"
    yield Check("permissions", False, f"Others on this machine can get at {where}; {way}.")


def _leftovers(store: Store) -> list[str]:
    folder = os.path.join(store.root, "episodes")
    names = store.disk.listdir(folder) if os.path.isdir(folder) else []
    return [os.path.join(folder, name) for name in names if _is_temp(name)]


def _temporary(store: Store) -> Iterator[Check]:
    left = _leftovers(store)
    text = "No save was cut short."
    if left:
        text = f"{len(left)} saves were cut short and left a temporary file; the next save deletes it."
    yield Check("temporary files", not left, text)


def _file_system(store: Store) -> Iterator[Check]:
    kind = file_system(os.path.realpath(store.root))
    text = f"The journal lies on a file system of this machine{f' ({kind})' if kind else ''}."
    if kind in NETWORK:
        text = (
            f"The journal lies on a network file system ({kind}), where two machines can write at once "
            "unseen; keep it on a disk of this machine, for example with --home."
        )
    yield Check("file system", kind not in NETWORK, text)


def file_system(path: str, mounts: str = "/proc/mounts") -> str:
    """The kind of file system a path lies on; empty where the system does not tell."""
    try:
        with open(mounts, encoding="utf-8", errors="replace") as lines:
            found = [line.split()[1:3] for line in lines if len(line.split()) > 2]
    except OSError:
        return ""
    best, kind = "", ""
    for point, each in found:
        point = point.replace("\\040", " ").rstrip("/") + "/"
        if (path + "/").startswith(point) and len(point) >= len(best):
            best, kind = point, each
    return kind


def _space(store: Store) -> Iterator[Check]:
    from shutil import disk_usage

    free = disk_usage(store.root).free
    megabytes = free // (1024 * 1024)
    text = f"There is room enough ({megabytes} MB free)."
    if free < FREE_BYTES:
        text = f"Only {megabytes} MB are free; make room before the next save."
    yield Check("free space", free >= FREE_BYTES, text)


def tidy(store: Store) -> int:
    """Take the rights of others away and delete temporary files; gives how many files it touched.

    Raises `Busy`, or `Failed` and its kinds.
    """
    if not os.path.isdir(store.root):
        return 0
    with files.locked(store.disk, store.lock_path, store.wait):
        left = [path for path in _leftovers(store) if files.remove(store.disk, path)]
        wide = _too_open(store)
        try:
            for path in wide:
                os.chmod(path, 0o700 if os.path.isdir(path) else 0o600)
        except OSError as error:
            raise errors.from_os(error, path, "changed") from error
    return len(left) + len(wide)
