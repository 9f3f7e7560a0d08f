"""Who signed a plan file, and whether that is the clinic that signed before: trust on first use."""

from __future__ import annotations

import json
import os
from datetime import date
from typing import Literal
from unicodedata import normalize

import msgspec

from coach.desk import Desk, problems
from coach.exchange import sshsig
from coach.exchange.sshsig import BadKey, BadSignature, Signed
from coach.model.noun import Noun
from coach.model.planfile import PlanFile
from coach.problems import BadFile, BadValue, NeedsDoctor, Withheld

FILE = "trust.json"
SCHEMA = "coach.trust/1"
LIMIT = 256 * 1024
MOST = 1000


class Trusted(Noun, frozen=True, kw_only=True):
    """A clinic and the key it signed with when it was first seen."""

    name: str
    key: str
    fingerprint: str
    since: date


class SignatureChecked(Noun, frozen=True, kw_only=True):
    """What a plan file's signature is worth on this machine."""

    state: Literal["unsigned", "new", "known"]
    """``new``: signed, and this clinic was not seen before; ``known``: with the key it has always used."""
    clinic: str = ""
    fingerprint: str = ""
    key: str = ""
    since: date | None = None


def clinic_of(file: PlanFile) -> str:
    """The name that a signature stands for: the clinic, else the author."""
    return file.clinic or file.author


def _same(name: str) -> str:
    """Names that look alike are one name."""
    return " ".join(normalize("NFKC", name).casefold().split())


def trusted(desk: Desk) -> tuple[Trusted, ...]:
    """The clinics of this home. Raises `NeedsDoctor` when the file is damaged: trust is never guessed."""
    path = os.path.join(desk.home, FILE)
    try:
        with open(path, "rb") as file:
            data = file.read(LIMIT + 1)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise NeedsDoctor(f"{path} cannot be read: {error.strerror}.") from None
    try:
        document = msgspec.json.decode(data)
        if len(data) > LIMIT or document["schema"] != SCHEMA:
            raise ValueError
        return msgspec.convert(document["clinics"], tuple[Trusted, ...])
    except (msgspec.DecodeError, ValueError, KeyError, TypeError, RecursionError):
        hint = "put it back from a backup, or remove it and compare each fingerprint again"
        raise NeedsDoctor(f"{path} is damaged, so no signature can be trusted.", hint) from None


def _keep(desk: Desk, clinics: tuple[Trusted, ...]) -> None:
    from coach.journal.store import write_file

    document = {"schema": SCHEMA, "clinics": msgspec.to_builtins(clinics)}
    with problems():
        os.makedirs(desk.home, mode=0o700, exist_ok=True)
        write_file(os.path.join(desk.home, FILE), json.dumps(document, indent=1).encode())


def intact(data: bytes, signature: bytes) -> Signed:
    """Make sure that a signature is over exactly these bytes, whoever made it. Raises `Withheld`."""
    try:
        return sshsig.verify(data, signature)
    except BadSignature as bad:
        hint = "do not use the file; ask the clinic to send both files again"
        raise Withheld(f"The signature is broken: {bad}.", hint, code="signature") from None


def check(desk: Desk, data: bytes, signature: bytes | None, file: PlanFile) -> SignatureChecked:
    """What a signature says; nothing is remembered yet (`remember`). Without one the file is unsigned.

    Raises `Withheld` for a signature that does not fit the bytes, and for a clinic whose key has changed.
    """
    if signature is None:
        return SignatureChecked(state="unsigned", clinic=clinic_of(file))
    signed = intact(data, signature)
    name = clinic_of(file)
    if not name:
        hint = "add clinic: to the file and sign it again"
        raise Withheld("The file is signed but names no clinic and no author.", hint, code="signature")
    known = next((each for each in trusted(desk) if _same(each.name) == _same(name)), None)
    if known is None:
        return SignatureChecked(state="new", clinic=name, fingerprint=signed.fingerprint, key=signed.key)
    if known.key != signed.key:
        raise _changed(known, signed)
    return SignatureChecked(
        state="known", clinic=known.name, fingerprint=signed.fingerprint, key=signed.key, since=known.since
    )


def _changed(known: Trusted, signed: Signed) -> Withheld:
    return Withheld(
        f"The key of {known.name} has changed since {known.since.isoformat()}: the file may not be theirs.",
        "ask the clinic, not by answering the message that brought the file; if the new key is right: "
        "coach planfile trust --forget NAME",
        code="signature",
        details=(f"known: {known.fingerprint}", f"this file: {signed.fingerprint}"),
    )


def remember(desk: Desk, checked: SignatureChecked, today: date) -> Trusted | None:
    """Pin the clinic of a first signature to its key; null where there is nothing new."""
    if checked.state != "new":
        return None
    clinics = trusted(desk)
    if len(clinics) >= MOST:
        raise BadValue(f"There are {MOST} clinics already.", "coach planfile trust --forget NAME")
    made = Trusted(name=checked.clinic, key=checked.key, fingerprint=checked.fingerprint, since=today)
    _keep(desk, (*clinics, made))
    return made


def forget(desk: Desk, name: str) -> Trusted:
    """Forget the key of a clinic, so that its next one is a first one. Raises `BadValue`."""
    clinics = trusted(desk)
    gone = next((each for each in clinics if _same(each.name) == _same(name)), None)
    if gone is None:
        known = ", ".join(each.name for each in clinics) or "none yet"
        raise BadValue(f"No clinic is called “{name[:60]}”.", f"known are {known}")
    _keep(desk, tuple(each for each in clinics if each is not gone))
    return gone


def sign(data: bytes, file: PlanFile, key: bytes, passphrase: bytes | None = None) -> tuple[str, str]:
    """The armoured signature of a plan file and the fingerprint of its key.

    Raises `BadFile` for a key that is none, and `sshsig.BadKey` with ``locked`` when it wants its passphrase.
    """
    if not clinic_of(file):
        raise BadFile("A signature stands for a name, and the file has none.", "add clinic: to the file")
    try:
        opened = sshsig.read_key(key, passphrase)
    except BadKey as bad:
        if bad.locked:
            raise
        raise BadFile(f"The key cannot be used: {bad}.", "coach planfile key PATH makes one") from None
    return sshsig.sign(data, opened), sshsig.fingerprint(sshsig.public_key(opened))
