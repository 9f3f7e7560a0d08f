"""``coach export packet``: one small file for the therapist, and a page to read beside it."""

from __future__ import annotations

import os

from coach.cli.face import Face
from coach.problems import BadValue

JSON = "json"


def export(face: Face, form: str | None, output: str | None, *, words: bool, pseudonym: str | None) -> None:
    """Write the packet; with a file and no format the page goes beside it, as HTML.

    What is new since the last packet is counted from the last one that was written as JSON.
    """
    from coach.cli.files import write
    from coach.exchange import packet as files
    from coach.exchange.packetpage import FORMS, summary

    if form not in (None, JSON, *FORMS):
        raise BadValue(f"There is no packet as “{form}”.", f"there is: {', '.join((JSON, *FORMS))}")
    coach = face.coach()
    packet = coach.packet(words=words, pseudonym=pseudonym)
    named = output if output not in (None, "-") else None
    if form in FORMS:
        write((summary(packet, str(form)),), output)
        written = [named] if named else []
    else:
        beside = _beside(named) if named and form is None else None
        if beside:
            write((summary(packet, "html"),), beside)
        write((files.write(packet),), output)
        coach.packet_given(packet)
        written = [each for each in (named, beside) if each]
    if written:
        face.confirm(f"Written: {' and '.join(written)}")
    _say(face, pseudonym, words=words and bool(packet.words))


def describe(output: str | None) -> None:
    """Write the JSON Schema of a packet; docs/packet.md says the same in words."""
    import json

    from coach.cli.files import write
    from coach.exchange.packet import schema

    write((json.dumps(schema(), ensure_ascii=False, indent=1) + "\n",), output)


def _beside(output: str) -> str:
    stem, ending = os.path.splitext(output)
    return f"{stem if ending else output}.html" if ending != ".html" else f"{output}.html"


def _say(face: Face, pseudonym: str | None, *, words: bool) -> None:
    """What a reader could still tell, once something was asked to be hidden."""
    if pseudonym is None:
        return
    dates = "all dates are earlier by the same number of weeks" if pseudonym == "auto" else "dates are kept"
    own = "your own words are in it (--no-notes leaves them out)" if words else "your own words are not in it"
    face.say(f"Under this label {dates}, and {own}.")
