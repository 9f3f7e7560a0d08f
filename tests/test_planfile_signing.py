"""Signed plan files: our signatures and those of the real ssh-keygen, trust on first use, and refusals."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.exchange import sshsig
from coach.exchange.sshsig import BadKey, BadSignature

SSH = shutil.which("ssh-keygen")
needs_ssh = pytest.mark.skipif(SSH is None, reason="ssh-keygen (openssh-client) is not installed")
PLAN = "schema: 1\nid: mine\ntitle: Mine\nclinic: Example Physio\nextends: balanced\n"


def ssh(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    assert SSH is not None
    return subprocess.run([SSH, *arguments], input=stdin, capture_output=True, check=False, timeout=60)


@pytest.fixture(scope="module")
def keys() -> tuple[bytes, str]:
    return sshsig.new_key()


def test_a_signature_fits_its_bytes_and_no_other(keys: tuple[bytes, str]) -> None:
    private, public = keys
    armoured = sshsig.sign(b"plan", sshsig.read_key(private)).encode()
    found = sshsig.verify(b"plan", armoured)
    assert found.key == public
    assert found.fingerprint == sshsig.fingerprint(public)
    for data in (b"plan ", b"", b"Plan"):
        with pytest.raises(BadSignature, match="not the one that was signed"):
            sshsig.verify(data, armoured)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_changed_signature_ever_fits(data: st.DataObject) -> None:
    key = sshsig.read_key(sshsig.new_key()[0]) if not KEEP else KEEP[0]
    KEEP[:] = [key]
    armoured = sshsig.sign(b"plan", key).encode()
    place = data.draw(st.integers(0, len(armoured) - 1))
    other = data.draw(st.integers(0, 255))
    changed = armoured[:place] + bytes([other]) + armoured[place + 1 :]
    try:
        found = sshsig.verify(b"plan", changed)
    except BadSignature:
        return
    # Blanks and ends of lines are no part of it.
    assert found.key == sshsig.public_key(key)
    assert b"".join(changed.split()) == b"".join(armoured.split())


KEEP: list[object] = []


@pytest.mark.parametrize(
    "armoured",
    [
        b"",
        b"x",
        b"\xff\xfe",
        b"A" * 20_000,
        b"-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n",
        b"-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAf////8=\n-----END SSH SIGNATURE-----\n",
    ],
)
def test_what_is_no_signature_is_refused(armoured: bytes) -> None:
    with pytest.raises(BadSignature):
        sshsig.verify(b"plan", armoured)


def test_keys_that_are_none_are_refused() -> None:
    for data in (
        b"",
        b"-----BEGIN OPENSSH PRIVATE KEY-----\nx\n-----END OPENSSH PRIVATE KEY-----\n",
        b"a" * 99_999,
    ):
        with pytest.raises(BadKey):
            sshsig.read_key(data)
    locked, _ = sshsig.new_key(b"open sesame")
    with pytest.raises(BadKey, match="locked") as caught:
        sshsig.read_key(locked)
    assert caught.value.locked
    with pytest.raises(BadKey, match="does not open"):
        sshsig.read_key(locked, b"open barley")
    assert sshsig.read_key(locked, b"open sesame")


@needs_ssh
def test_the_real_ssh_keygen_takes_our_signature_and_our_keys(tmp_path: Path) -> None:
    private, public = sshsig.new_key()
    key, signature, allowed = tmp_path / "key", tmp_path / "plan.sig", tmp_path / "allowed"
    key.write_bytes(private)
    key.chmod(0o600)
    signature.write_text(sshsig.sign(PLAN.encode(), sshsig.read_key(private)))
    allowed.write_text(f"clinic {public}\n")
    good = ("-n", sshsig.NAMESPACE, "-s", str(signature))
    assert ssh("-Y", "check-novalidate", *good, stdin=PLAN.encode()).returncode == 0
    assert ssh("-Y", "verify", "-f", str(allowed), "-I", "clinic", *good, stdin=PLAN.encode()).returncode == 0
    assert ssh("-Y", "check-novalidate", *good, stdin=PLAN.encode() + b" ").returncode != 0
    assert (
        ssh("-Y", "check-novalidate", "-n", "file", "-s", str(signature), stdin=PLAN.encode()).returncode != 0
    )
    shown = ssh("-y", "-f", str(key)).stdout.decode()
    assert shown.split()[:2] == public.split()
    assert sshsig.fingerprint(public) in ssh("-lf", str(key)).stdout.decode()


@needs_ssh
@pytest.mark.parametrize("passphrase", ["", "open sesame"])
def test_we_take_the_signatures_and_keys_of_the_real_ssh_keygen(tmp_path: Path, passphrase: str) -> None:
    key = tmp_path / "key"
    assert ssh("-q", "-t", "ed25519", "-N", passphrase, "-C", "x", "-f", str(key)).returncode == 0
    opened = sshsig.read_key(key.read_bytes(), passphrase.encode() or None)
    assert sshsig.public_key(opened) == " ".join((tmp_path / "key.pub").read_text().split()[:2])
    if passphrase:
        return
    for digest in ("sha256", "sha512"):
        plan = tmp_path / f"{digest}.yaml"
        plan.write_text(PLAN)
        done = ssh("-Y", "sign", "-f", str(key), "-n", "coach-plan", "-O", f"hashalg={digest}", str(plan))
        assert done.returncode == 0
        found = sshsig.verify(PLAN.encode(), Path(f"{plan}.sig").read_bytes())
        assert found.key == sshsig.public_key(opened)
    other = tmp_path / "other.yaml"
    other.write_text(PLAN)
    assert ssh("-Y", "sign", "-f", str(key), "-n", "file", str(other)).returncode == 0
    with pytest.raises(BadSignature, match="made for 'file'"):
        sshsig.verify(PLAN.encode(), Path(f"{other}.sig").read_bytes())


@needs_ssh
def test_other_kinds_of_keys_are_named(tmp_path: Path) -> None:
    key, plan = tmp_path / "key", tmp_path / "plan.yaml"
    plan.write_text(PLAN)
    assert ssh("-q", "-t", "ecdsa", "-N", "", "-f", str(key)).returncode == 0
    with pytest.raises(BadKey, match="only Ed25519"):
        sshsig.read_key(key.read_bytes())
    assert ssh("-Y", "sign", "-f", str(key), "-n", "coach-plan", str(plan)).returncode == 0
    with pytest.raises(BadSignature, match="only Ed25519"):
        sshsig.verify(PLAN.encode(), Path(f"{plan}.sig").read_bytes())


def test_a_clinic_is_pinned_and_a_changed_key_refuses(run: Run, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(PLAN)
    for name in ("one", "two"):
        made = run("planfile", "key", str(tmp_path / name), "--no-passphrase")
        assert made.returncode == 0
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    assert run("planfile", "key", str(tmp_path / "one"), "--no-passphrase").returncode == 2
    unsigned = run("planfile", "verify", str(plan))
    assert (unsigned.returncode, "is not signed" in unsigned.stdout) == (3, True)
    assert run("planfile", "sign", str(plan), "--key", str(tmp_path / "one")).returncode == 0
    first = json.loads(run("planfile", "verify", str(plan), "--json").stdout)
    assert (first["state"], first["clinic"]) == ("new", "Example Physio")
    second = json.loads(run("planfile", "verify", str(plan), "--json").stdout)
    assert (second["state"], second["fingerprint"]) == ("known", first["fingerprint"])
    homes = list(tmp_path.rglob("trust.json"))
    assert [stat.S_IMODE(each.stat().st_mode) for each in homes] == [0o600]

    assert run("planfile", "sign", str(plan), "--key", str(tmp_path / "two")).returncode == 0
    changed = run("planfile", "verify", str(plan))
    assert changed.returncode == 6
    assert first["fingerprint"] in changed.stderr
    assert "has changed" in changed.stderr
    # The same clinic, spelt so that it looks alike, is no other clinic.
    plan.write_text(PLAN.replace("Example Physio", "EXAMPLE  physio"))
    assert run("planfile", "sign", str(plan), "--key", str(tmp_path / "two")).returncode == 0
    assert run("planfile", "verify", str(plan)).returncode == 6
    assert run("planfile", "trust", "--forget", "example physio").returncode == 0
    assert run("planfile", "verify", str(plan)).returncode == 0

    plan.write_text(plan.read_text() + "# one sign more\n")
    broken = run("planfile", "verify", str(plan))
    assert broken.returncode == 6
    assert "The signature is broken" in broken.stderr
    homes[0].write_text("{")
    plan.with_suffix(".yaml.sig").unlink()
    assert run("planfile", "sign", str(plan), "--key", str(tmp_path / "two")).returncode == 0
    assert run("planfile", "verify", str(plan)).returncode == 7


def test_signing_needs_a_name_a_key_and_a_plan_that_reads(run: Run, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    key = tmp_path / "key"
    key.write_bytes(sshsig.new_key()[0])
    plan.write_text(PLAN.replace("clinic: Example Physio\n", ""))
    assert "has none" in run("planfile", "sign", str(plan), "--key", str(key)).stderr
    plan.write_text(PLAN)
    assert run("planfile", "sign", str(plan)).returncode == 2
    assert run("planfile", "sign", str(plan), "--key", str(plan)).returncode == 4
    key.write_bytes(sshsig.new_key(b"locked")[0])
    locked = run("planfile", "sign", str(plan), "--key", str(key))
    assert (locked.returncode, "passphrase" in locked.stderr) == (2, True)
    plan.write_text("schema: 1\n")
    assert run("planfile", "sign", str(plan), "--key", str(key)).returncode == 4
    assert not list(tmp_path.glob("*.sig"))
