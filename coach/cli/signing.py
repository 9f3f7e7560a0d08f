"""``coach planfile sign|verify|key|trust``: who wrote a plan file."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.face import Face
from coach.problems import BadFile, BadValue

if TYPE_CHECKING:
    from coach.cases.signing import SignatureChecked

File = Annotated[str, typer.Argument(metavar="FILE", help="A plan file.")]


def sign(
    context: typer.Context,
    file: File,
    key: Annotated[str | None, typer.Option("--key", metavar="PATH", help="An OpenSSH Ed25519 key.")] = None,
) -> None:
    """Sign a plan file: FILE.sig is written beside it, and hands out together with it."""
    from coach.cases import planfiles, signing
    from coach.cli import files
    from coach.exchange.sshsig import BadKey

    face: Face = context.obj
    if key is None:
        hint = f"coach planfile sign {file} --key PATH; coach planfile key PATH makes one"
        raise BadValue("A signature needs a key.", hint)
    data = files.read(file, planfiles.MOST_BYTES)
    plan = planfiles.read(data, file)
    held = files.read(key, 64 * 1024)
    try:
        made, mark = signing.sign(data, plan, held)
    except BadKey:
        typed = _secret(face, f"Passphrase of {key}: ").encode()
        try:
            made, mark = signing.sign(data, plan, held, typed)
        except BadKey as bad:
            raise BadFile(f"The key cannot be used: {bad}.") from None
    files.write([made], f"{file}.sig")
    if face.json:
        face.emit("planfile-sign", {"file": file, "signature": f"{file}.sig", "fingerprint": mark})
        return
    face.data(f"{file}.sig")
    name = signing.clinic_of(plan)
    face.say(f"Signed for {name} with {mark}. Hand out both files, and the fingerprint on paper.")


def _secret(face: Face, text: str) -> str:
    if not face.asks:
        raise BadValue("The key has a passphrase, and nobody is here to type it.", "run it in a terminal")
    import getpass

    return getpass.getpass(text)


def verify(context: typer.Context, file: File) -> None:
    """Say who signed a plan file; the first time a clinic is seen its key is remembered.

    Exit 6 when the signature is broken or the clinic's key has changed, 3 when the file is not signed.
    """
    from coach.cases import planfiles, signing
    from coach.cli import files

    face: Face = context.obj
    data = files.read(file, planfiles.MOST_BYTES)
    signature = signature_of(file)
    if signature is not None:
        # before the first byte of the file is made sense of
        signing.intact(data, signature)
    plan = planfiles.read(data, file)
    found = face.coach().signature(data, signature, plan, remember=True)
    if face.json:
        from coach.cli.document import plain

        face.emit("planfile-verify", {"file": file, **plain(found)})
    else:
        for line in told(found, file):
            face.out(line)
    if found.state == "unsigned":
        raise typer.Exit(3)


def signature_of(file: str) -> bytes | None:
    """The bytes of ``FILE.sig``, or null when there is none beside the file."""
    from coach.cli import files
    from coach.exchange.sshsig import MOST_BYTES

    return files.read(f"{file}.sig", MOST_BYTES) if os.path.lexists(f"{file}.sig") else None


def told(found: "SignatureChecked", file: str) -> tuple[str, ...]:
    """What a signature is worth, in words."""
    if found.state == "unsigned":
        name = f"; nothing shows that it is from {found.clinic}" if found.clinic else ""
        return (f"{file} is not signed{name}.",)
    if found.state == "new":
        return (
            f"{file} is signed for {found.clinic}, seen here for the first time.",
            f"Compare the fingerprint with the one on paper: {found.fingerprint}",
        )
    since = found.since.isoformat() if found.since else ""
    return (f"{file} is signed by {found.clinic}, with the key known since {since}.", found.fingerprint)


def key(
    context: typer.Context,
    path: Annotated[str, typer.Argument(metavar="PATH", help="Where to put the new key.")],
    open_: Annotated[
        bool, typer.Option("--no-passphrase", help="Leave the key unlocked, for scripts.")
    ] = False,
) -> None:
    """Make a key for signing: PATH for you alone, PATH.pub for anyone."""
    from coach.cli import files
    from coach.exchange import sshsig

    face: Face = context.obj
    files.free(path)
    files.free(f"{path}.pub")
    typed = "" if open_ else _chosen(face)
    private, public = sshsig.new_key(typed.encode())
    files.write_new(private.decode(), path)
    files.write_new(f"{public} coach-plan\n", f"{path}.pub")
    mark = sshsig.fingerprint(public)
    if face.json:
        face.emit("planfile-key", {"key": path, "public": f"{path}.pub", "fingerprint": mark})
        return
    face.data(path)
    face.data(f"{path}.pub")
    face.say(f"Its fingerprint, for your paper: {mark}. Keep {path} to yourself, and a copy in a safe place.")


def _chosen(face: Face) -> str:
    if not face.asks:
        raise BadValue("A new key wants a passphrase, and nobody is here to type it.", "--no-passphrase")
    while True:
        typed = _secret(face, "A passphrase for the new key: ")
        if not typed:
            raise BadValue("No passphrase was given.", "--no-passphrase leaves the key unlocked")
        if typed == _secret(face, "Once more: "):
            return typed
        face.say("The two are not the same.")


def trust(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Option("--forget", metavar="NAME", help="Forget the key of this clinic.")
    ] = None,
) -> None:
    """List the clinics whose keys are known here, or forget one."""
    face: Face = context.obj
    coach = face.coach()
    if name is not None:
        gone = coach.forget_clinic(name)
        if face.json:
            face.emit("planfile-trust", {"forgotten": gone.name, "fingerprint": gone.fingerprint})
            return
        face.out(f"The key of {gone.name} is forgotten; the next one it signs with counts as its first.")
        return
    clinics = coach.clinics()
    if face.json:
        from coach.cli.document import plain

        face.emit("planfile-trust", {"clinics": plain(clinics)})
        return
    for each in clinics:
        face.out(f"{each.name}  since {each.since.isoformat()}  {each.fingerprint}")
    if not clinics:
        face.out("No clinic is known here yet.")
