"""``coach export fhir``: one Bundle, or a file of lines for each type of resource."""

import os

from coach.cli.face import Face
from coach.problems import BadValue


def export(face: Face, form: str | None, output: str | None) -> None:
    """Write the course of care as FHIR R4.

    A Bundle goes to stdout or a file. ``ndjson`` to a folder makes one file a type, as bulk readers want
    them; to stdout it is one resource a line.
    """
    from coach.cli.files import write

    wanted = {None: "bundle", "json": "bundle"}.get(form, form or "bundle")
    chunks = face.coach().fhir(wanted)
    if wanted != "ndjson" or output in (None, "-"):
        write((text for _, text in chunks), output)
        if output not in (None, "-"):
            face.confirm(f"Written: {output}")
        return
    folder = output or ""
    _folder(folder)
    lines: dict[str, list[str]] = {}
    for kind, text in chunks:
        lines.setdefault(kind, []).append(text)
    for kind, found in lines.items():
        write(found, os.path.join(folder, f"{kind}.ndjson"))
    face.confirm(f"Written into {folder}: {', '.join(f'{kind}.ndjson' for kind in lines)}")


def _folder(path: str) -> None:
    try:
        os.makedirs(path, mode=0o700, exist_ok=True)
    except OSError as error:
        raise BadValue(f"{path} cannot be a folder: {error.strerror}.", "name a new folder with -o") from None
