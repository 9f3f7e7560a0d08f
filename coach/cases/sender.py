"""Whose packet it is: a code that says nothing, a key kept in the journal, and what went before."""

from __future__ import annotations

import os
from datetime import date, timedelta
from hashlib import sha256

from coach.desk import Desk
from coach.model.log import Note
from coach.model.noun import Noun
from coach.model.packet import Packet, Sender
from coach.problems import BadValue

PERSON = "person"
"""Id of the note that holds the secret that every code comes from."""
GIVEN = "packet:"
"""Ids of the notes about packets that were made: this and the day."""


class Before(Noun, frozen=True, kw_only=True):
    """What is known of earlier packets of this home."""

    secret: str
    """Hex; empty while none was made."""
    number: int
    """Of the packet to make: one more than the days on which others were made."""
    since: date | None
    """Day of the last packet before today."""
    flags: frozenset[str] = frozenset()
    """Flags that were in it."""


def before(desk: Desk) -> Before:
    """Look through all episodes of the home."""
    secret, given = "", {}
    for name in desk.names():
        for note in desk.read(name).all("notes", Note):
            if note.id == PERSON:
                secret = secret or note.text
            elif note.id.startswith(GIVEN):
                given[note.date] = frozenset(note.text.split())
    earlier = {day: flags for day, flags in given.items() if day < desk.today}
    since = max(earlier, default=None)
    flags = earlier[since] if since else frozenset()
    return Before(secret=secret, number=len(earlier) + 1, since=since, flags=flags)


def secret_of(desk: Desk, earlier: Before) -> str:
    """The secret of this home, made and kept when the first packet is gathered."""
    if earlier.secret:
        return earlier.secret
    made = os.urandom(16).hex()
    with desk.write("code for packets", undoable=False) as writing:
        writing.put("notes", Note(id=PERSON, date=desk.today, text=made))
    return made


def given(desk: Desk, packet: Packet) -> None:
    """Keep that a packet went out today, and its flags; no step to undo, since the packet is out."""
    flags = " ".join(sorted({each.id for each in packet.flags}))
    with desk.write("packet", undoable=False) as writing:
        writing.put("notes", Note(id=f"{GIVEN}{desk.today}", date=desk.today, text=flags, at=desk.at))


def sender(desk: Desk, secret: str, pseudonym: str | None, *, words: bool) -> tuple[Sender, timedelta]:
    """The label of a packet, and by how much its dates move.

    Without ``pseudonym`` it is the subject of the exports; a name is taken as it is; ``auto`` is the subject
    of de-identified exports, which cannot be joined to the first, and the dates move as in those. Raises
    `BadValue` for a name that is none.
    """
    from coach.cases.exporting import subject_of
    from coach.cases.masking import mask
    from coach.model.text import one_line

    kind, shift = "label", timedelta()
    if pseudonym is None:
        label = subject_of(desk)
    elif pseudonym == "auto":
        hidden = mask(desk)
        kind, label, shift = "auto", hidden.subject, timedelta(weeks=hidden.weeks)
    else:
        label = one_line(pseudonym, 41)
        if not label or len(label) > 40:
            raise BadValue("A pseudonym has 1 to 40 characters.", "for example: --pseudonym patient-17")
    return Sender(
        label=label,
        key=sha256(f"{secret} {kind}".encode()).hexdigest()[:16],
        dates="shifted" if shift else "kept",
        words="included" if words else "left_out",
    ), shift
