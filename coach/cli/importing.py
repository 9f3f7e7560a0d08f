"""Bringing in what devices measured: progress, questions, and what to say at the end."""

import os
import sys
from collections.abc import Callable
from typing import Any

import typer

from coach.cli.face import Face
from coach.problems import BadFile, BadValue

EVERY_S = 0.2
"""Seconds between two looks of the progress bar."""


def devices(
    face: Face,
    coach: Any,
    path: str,
    content: bytes | None,
    *,
    kind: str,
    mapping: str,
    zone: str,
    dry_run: bool,
) -> None:
    """Read a file of devices and say what came in."""
    bar = _bar(face)
    try:
        found = coach.import_readings(
            path, content, kind=kind, mapping=mapping, zone=zone, dry_run=dry_run, progress=bar
        )
    except KeyboardInterrupt:
        _wipe(face)
        face.say("Stopped; nothing was imported.")
        raise typer.Exit(130) from None
    _wipe(face)
    if face.json:
        from coach.cli.document import plain

        face.emit("import", plain(found))
        return
    from coach.draw.readings import came

    for line in came(found, dry_run, face.width):
        face.out(line)
    if found.written:
        face.confirm("Saved as one step. (coach undo takes it back)")


def _bar(face: Face) -> Callable[[int, int], None] | None:
    """What draws the progress on stderr, line by line says each quarter; nothing where nobody sees it."""
    if not face.talks:
        return None
    import time

    last = [time.monotonic() + 0.3]
    quarters = [0]

    def tell(done: int, size: int) -> None:
        quarter = 4 * done // size if size > 0 else 0
        if quarters[0] < quarter < 4 and time.monotonic() > last[0]:
            quarters[0] = quarter
            face.say(f"{25 * quarter} % read. Ctrl-C stops, nothing is saved then.")

    if face.plain:
        return tell

    def draw(done: int, size: int) -> None:
        now = time.monotonic()
        if now < last[0]:
            return
        last[0] = now + EVERY_S
        if size > 0:
            share = min(1.0, done / size)
            filled = int(30 * share)
            text = f"[{'#' * filled}{'.' * (30 - filled)}] {100 * share:3.0f} %"
        else:
            text = f"{done:,} read"
        sys.stderr.write(f"\r{text}  Ctrl-C stops, nothing is saved then")
        sys.stderr.flush()

    return draw


def _wipe(face: Face) -> None:
    if face.talks and not face.plain:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def mapping_text(path: str) -> str:
    """The text of a mapping file. Raises `BadFile`."""
    from coach.cli.files import read

    data = read(path, 1 << 17)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(f"{path} is no UTF-8 text (byte {error.start}); nothing was imported.") from None


def make_map(face: Face, coach: Any, path: str, content: bytes | None) -> None:
    """Propose a mapping: the file to stdout, the table and the questions to stderr."""
    found = coach.propose_mapping(path, content)
    wanted = found.mapping
    shown = _table(found, 100 if face.width is None else face.width)
    if not face.json:
        for line in shown:
            face.say(line)
    order = sleep_day = ""
    if wanted.order == "?" and face.asks:
        order = _asked("Are its dates written", found.orders or ("day-month-year", "month-day-year"))
    if wanted.sleep_day == "?" and face.asks:
        sleep_day = _asked("The date of a night is the day of", ("wake", "evening"))
    text, mapping = coach.mapping_file(found, order, sleep_day)
    if face.json:
        from coach.cli.document import plain

        face.emit("import-map", {"mapping": plain(mapping), "orders": list(found.orders), "file": text})
        return
    face.data(text.rstrip("\n"))
    if "?" in (mapping.order, mapping.sleep_day):
        face.say("Only you can tell what stands as “?”: put it in, then coach import FILE --map MAPPING.toml")


def _table(found: Any, width: int) -> list[str]:
    from coach.draw.readings import proposal

    return proposal(found.columns, found.rows, found.mapping, width)


def _asked(text: str, choices: tuple[str, ...]) -> str:
    """Ask until one of the choices is given by its number or its name."""
    from coach.cli.ask import choose

    found = choose(f"{text}?", [(str(number), each, each) for number, each in enumerate(choices, start=1)])
    if not found:
        raise BadValue("No answer was given.", "put it into the mapping file instead")
    return found


def _name(path: str) -> str:
    return "Standard input" if path == "-" else os.path.basename(path)


def nothing(path: str, content: bytes = b"") -> BadFile:
    """A file of no kind that is known."""
    if b"episodes/" in content[:200]:
        return BadFile(f"{_name(path)} is a backup; nothing was changed.", f"coach restore {_name(path)}")
    return BadFile(
        f"{_name(path)} is no JSON, table, zip or database that can be imported; nothing was changed.",
        "coach import --help lists what can; --as names the kind",
    )


def unknown(path: str) -> BadFile:
    """A table whose columns nobody has explained yet."""
    name = _name(path)
    return BadFile(
        f"{name} is a table, and only you know what its columns are; nothing was imported.",
        f"coach import {name} --make-map > map.toml, look at it, then coach import {name} --map map.toml",
    )
