"""The whole journal as one zip, back from it, and deleting it."""

from __future__ import annotations

import io
import os
import zipfile
import zlib

import msgspec

from coach.journal import codec, errors, files, snapshots
from coach.journal.disk import Disk
from coach.journal.store import Store, is_episode

MOST_ENTRIES = 20_000
MOST_BYTES = 1024 * 1024 * 1024
"""Limits of a zip that is read, all its files together unpacked."""


class Backup(msgspec.Struct, frozen=True):
    """What a zip holds."""

    path: str
    episodes: tuple[str, ...]
    entries: int
    bytes: int


def backup(store: Store, target: str | os.PathLike[str]) -> Backup:
    """Write the whole journal into one new zip, and read it back to see that it is right.

    Damaged files go in as they are. Raises `Refused` when the target exists, `Missing` when there
    is no journal, and the errors of a save.
    """
    path = os.path.abspath(os.fspath(target))
    if os.path.lexists(path):
        raise errors.Refused(
            f"{errors.shown(path)} exists already, so nothing was written; give another name.", path=path
        )
    names = [name for name in _listing(store.root) if _belongs(name)]
    if not names:
        raise errors.missing(store.root)
    sums: dict[str, int] = {}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for name in names:
            try:
                data = files.read(store.disk, os.path.join(store.root, *name.split("/")))[0]
            except FileNotFoundError:
                continue  # a copy that was thinned out while we read
            sums[name] = zlib.crc32(data)
            info = zipfile.ZipInfo(name)  # the date of the format's beginning: same journal, same zip
            info.external_attr = 0o600 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(info, data)
    files.write_file(path, packed.getvalue(), store.disk)
    _verify(path, sums, store.disk)
    episodes = tuple(name.removeprefix("episodes/") for name in sums if name.startswith("episodes/"))
    return Backup(path, episodes, len(sums), len(packed.getvalue()))


def _verify(path: str, sums: dict[str, int], disk: Disk) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(files.read(disk, path)[0])) as written:
            right = {info.filename: zlib.crc32(written.read(info)) for info in written.infolist()} == sums
    except (zipfile.BadZipFile, zlib.error, OSError):
        right = False
    if not right:
        raise errors.Failed(
            f"The backup {errors.shown(path)} could not be read back as it was written; the journal is as it "
            "was, so write the backup to another disk.",
            path=path,
        )


def _listing(root: str) -> list[str]:
    found = []
    for folder, _, names in os.walk(root):
        found += [os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/") for name in names]
    return sorted(found)


def _belongs(name: str) -> bool:
    """Whether a name is one that the journal itself gives to its files; nothing else goes in or out."""
    parts = name.split("/")
    if any(part in ("", ".", "..") or "\\" in part or "\0" in part for part in parts):
        return False
    match parts:
        case ["episodes", episode]:
            return is_episode(episode)
        case ["snapshots", stem, copy]:
            return is_episode(f"{stem}.json") and snapshots.parse(copy) is not None
        case ["damaged", kept]:
            return is_episode(kept.rpartition(".")[0])
    return False


def restore_backup(
    source: str | os.PathLike[str], root: str | os.PathLike[str], disk: Disk | None = None
) -> Backup:
    """Unpack a zip made by `backup` into a journal folder that is empty or does not exist.

    Everything is read and checked before anything is written, and the folder appears whole.
    Raises `Refused` for a zip that is not a backup or a folder that holds something.
    """
    disk = disk or Disk()
    path, home = os.path.abspath(os.fspath(source)), os.path.abspath(os.fspath(root))
    if any(_listing(home)) and _listing(home) != [".lock"]:
        raise errors.Refused(
            f"{errors.shown(home)} already holds a journal, so nothing was changed; give an empty folder "
            "with --home, or run `coach wipe` first.",
            path=home,
        )
    contents, size = _unpacked(path)
    fresh = f"{home}.{disk.unique()}{files.TEMP_END}"
    try:
        for name, data in contents.items():
            files.write_file(os.path.join(fresh, *name.split("/")), data, disk)
        wipe(home, disk)
        if os.path.isdir(home):
            os.rmdir(home)
        disk.rename(fresh, home)
        files.sync_folder(disk, os.path.dirname(home))
    except OSError as error:
        raise errors.from_os(error, home) from error
    finally:
        if os.path.isdir(fresh):
            _delete(fresh)
    episodes = tuple(name.removeprefix("episodes/") for name in contents if name.startswith("episodes/"))
    return Backup(path, episodes, len(contents), size)


def _unpacked(path: str) -> tuple[dict[str, bytes], int]:
    """The files of a zip, checked. Raises `Refused` or `Failed`."""

    def refuse(why: str) -> errors.Refused:
        return errors.Refused(
            f"{errors.shown(path)} is not a backup of coach that can be used ({why}), so nothing was "
            "changed; `coach backup` makes one.",
            path=path,
        )

    contents: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(path) as source:
            infos = source.infolist()
            if len(infos) > MOST_ENTRIES or sum(info.file_size for info in infos) > MOST_BYTES:
                raise refuse("it is far too large")
            for info in infos:
                if not _belongs(info.filename) or info.filename in contents:
                    raise refuse(f"it holds {errors.shown(info.filename)[:80]}")
                with source.open(info) as packed:
                    data = packed.read(info.file_size + 1)
                if len(data) != info.file_size:
                    raise refuse("it is larger than it says")
                contents[info.filename] = data
    except FileNotFoundError:
        raise refuse("there is no such file") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise refuse(str(error)) from None
    except OSError as error:
        raise errors.from_os(error, path, "read") from error
    if not any(name.startswith("episodes/") for name in contents):
        raise refuse("it holds no episode")
    for name, data in contents.items():
        if name.startswith("episodes/"):
            try:
                codec.decode(data)
            except codec.Bad as error:
                raise refuse(f"{name}: {error}") from None
    return contents, sum(map(len, contents.values()))


def wipe(root: str | os.PathLike[str], disk: Disk | None = None, wait: float = 10.0) -> tuple[str, ...]:
    """Delete the whole journal, and give the paths of foreign files that were left alone.

    Raises `Busy` while another command writes, or `Failed` and its kinds.
    """
    disk, home = disk or Disk(), os.path.abspath(os.fspath(root))
    if not os.path.isdir(home):
        return ()
    lock = os.path.join(home, ".lock")
    with files.locked(disk, lock, wait):
        try:
            for name in _listing(home):
                base = name.rpartition("/")[2]
                if _belongs(name) or (base.startswith(".") and base.endswith(files.TEMP_END)):
                    disk.unlink(os.path.join(home, *name.split("/")))
            disk.unlink(lock)
            _remove_empty(home)
        except OSError as error:
            raise errors.from_os(error, home, "deleted") from error
    return tuple(os.path.join(home, name) for name in _listing(home))


def _remove_empty(root: str) -> None:
    for folder, _, _ in os.walk(root, topdown=False):
        if not os.listdir(folder):
            os.rmdir(folder)


def _delete(root: str) -> None:
    for folder, _, names in os.walk(root, topdown=False):
        for name in names:
            os.unlink(os.path.join(folder, name))
        os.rmdir(folder)
