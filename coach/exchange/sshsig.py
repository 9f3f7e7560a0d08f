"""Detached Ed25519 signatures in the OpenSSH format, so that ``ssh-keygen -Y`` can make and check them.

The format is that of OpenSSH's PROTOCOL.sshsig: an armoured blob with the public key, the namespace and a
signature over a digest of the exact bytes. `cryptography` is loaded only when a key or signature is used.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from typing import TYPE_CHECKING, Any

from coach.model.noun import Noun

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

NAMESPACE = "coach-plan"
MOST_BYTES = 16 * 1024
_MAGIC = b"SSHSIG"
_BEGIN = "-----BEGIN SSH SIGNATURE-----"
_END = "-----END SSH SIGNATURE-----"
_KIND = b"ssh-ed25519"
_HASHES = {b"sha256": hashlib.sha256, b"sha512": hashlib.sha512}


class BadSignature(ValueError):
    """A signature does not fit: broken, made for something else, or not over these bytes."""


class BadKey(ValueError):
    """A private key cannot be used; ``locked`` says that it needs its passphrase."""

    def __init__(self, message: str, *, locked: bool = False) -> None:
        self.locked = locked
        super().__init__(message)


class Signed(Noun, frozen=True, kw_only=True):
    """A signature that fits the bytes it was checked against."""

    key: str
    """The public key as OpenSSH writes it: ``ssh-ed25519 AAAA...``."""
    fingerprint: str
    """``SHA256:...`` as ``ssh-keygen -l`` shows it."""


def fingerprint(key: str) -> str:
    """The fingerprint of a public key ``ssh-ed25519 AAAA...``. Raises `BadKey`."""
    try:
        blob = base64.b64decode(key.split()[1], validate=True)
    except (IndexError, binascii.Error, ValueError):
        raise BadKey("this is not a public key") from None
    return _print(blob)


def _print(blob: bytes) -> str:
    return f"SHA256:{base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip('=')}"


def _string(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


class _Wire:
    """Reads length-prefixed strings; anything that does not fit is a broken signature."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.place = 0

    def take(self, count: int) -> bytes:
        if count > len(self.data) - self.place:
            raise BadSignature("the signature is cut off")
        self.place += count
        return self.data[self.place - count : self.place]

    def string(self) -> bytes:
        return self.take(int.from_bytes(self.take(4), "big"))

    def end(self) -> None:
        if self.place != len(self.data):
            raise BadSignature("something stands after the end of the signature")


def _message(data: bytes, name: bytes) -> bytes:
    digest = _HASHES[name](data).digest()
    return _MAGIC + _string(NAMESPACE.encode()) + _string(b"") + _string(name) + _string(digest)


def sign(data: bytes, key: Ed25519PrivateKey) -> str:
    """The armoured signature of some bytes."""
    public = _public_blob(key)
    signature = _string(_KIND) + _string(key.sign(_message(data, b"sha512")))
    blob = _MAGIC + (1).to_bytes(4, "big") + _string(public) + _string(NAMESPACE.encode()) + _string(b"")
    blob += _string(b"sha512") + _string(signature)
    text = base64.b64encode(blob).decode()
    return "\n".join([_BEGIN, *(text[at : at + 70] for at in range(0, len(text), 70)), _END, ""])


def verify(data: bytes, armoured: bytes) -> Signed:
    """Check a signature over exactly these bytes. Raises `BadSignature`."""
    wire = _Wire(_dearmoured(armoured))
    if wire.take(6) != _MAGIC or int.from_bytes(wire.take(4), "big") != 1:
        raise BadSignature("this is not an OpenSSH signature of version 1")
    public, namespace, _, name, signature = (wire.string() for _ in range(5))
    wire.end()
    if namespace != NAMESPACE.encode():
        shown = re.sub(r"[^ -~]", "?", namespace[:40].decode("ascii", "replace"))
        raise BadSignature(f"it was made for {shown!r}, not for {NAMESPACE!r} (ssh-keygen -n {NAMESPACE})")
    if name not in _HASHES:
        raise BadSignature("its digest is neither sha512 nor sha256")
    raw = _ed25519(public, "key")
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(_ed25519(signature, "signature"), _message(data, name))
    except (InvalidSignature, ValueError):
        raise BadSignature("the file is not the one that was signed, or the signature was changed") from None
    text = f"{_KIND.decode()} {base64.b64encode(public).decode()}"
    return Signed(key=text, fingerprint=_print(public))


def _ed25519(blob: bytes, what: str) -> bytes:
    wire = _Wire(blob)
    if wire.string() != _KIND:
        raise BadSignature("only Ed25519 keys are used here: ssh-keygen -t ed25519 makes one")
    found = wire.string()
    wire.end()
    if len(found) != (32 if what == "key" else 64):
        raise BadSignature(f"the {what} has the wrong length")
    return found


def _dearmoured(armoured: bytes) -> bytes:
    if len(armoured) > MOST_BYTES:
        raise BadSignature(f"the signature is larger than {MOST_BYTES // 1024} kB")
    try:
        text = b" ".join(armoured.split()).decode("ascii")
        if not text.startswith(_BEGIN) or not text.endswith(_END):
            raise BadSignature("this is not an OpenSSH signature: it does not begin or end like one")
        return base64.b64decode(text[len(_BEGIN) : -len(_END)].replace(" ", ""), validate=True)
    except (UnicodeDecodeError, binascii.Error):
        raise BadSignature("this is not an OpenSSH signature: it holds signs that none has") from None


def public_key(key: Ed25519PrivateKey) -> str:
    """The public half as OpenSSH writes it."""
    return f"{_KIND.decode()} {base64.b64encode(_public_blob(key)).decode()}"


def _public_blob(key: Ed25519PrivateKey) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return _string(_KIND) + _string(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))


def read_key(data: bytes, passphrase: bytes | None = None) -> Ed25519PrivateKey:
    """Read an OpenSSH private key. Raises `BadKey`, with ``locked`` when it wants a passphrase."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_ssh_private_key

    if len(data) > MOST_BYTES or b"PRIVATE KEY-----" not in data:
        raise BadKey("this is not an OpenSSH private key")
    try:
        key: Any = load_ssh_private_key(data, passphrase)
    except TypeError:
        if passphrase is None:
            raise BadKey("the key is locked with a passphrase", locked=True) from None
        return read_key(data)
    except UnsupportedAlgorithm:
        raise BadKey("the key is of a kind that is not read here") from None
    except ValueError:
        if passphrase is not None:
            raise BadKey("the passphrase does not open the key", locked=True) from None
        raise BadKey("this is not an OpenSSH private key that can be read") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise BadKey("only Ed25519 keys are used here: coach planfile key makes one")
    return key


def new_key(passphrase: bytes = b"") -> tuple[bytes, str]:
    """A new key as OpenSSH writes it: the private half, locked by a passphrase if any, and the public."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        KeySerializationEncryption,
        NoEncryption,
        PrivateFormat,
    )

    key = Ed25519PrivateKey.generate()
    lock: KeySerializationEncryption = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, lock), public_key(key)
