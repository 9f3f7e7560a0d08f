"""Set everything up beside the sources and run it: ``python3 tools/bootstrap.py run`` or ``test``.

Only Python 3.11 or newer with its venv module is needed. It makes ``.venv``, installs exactly
what the hashed lock files name, installs coach from these sources, and runs the demo or the
tests. It is safe to repeat; what is already in place is not done again.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")


def main() -> int:
    """Set up, then run what the first argument names; the rest is passed on."""
    goal = sys.argv[1] if len(sys.argv) > 1 else "run"
    if goal not in ("run", "test", "check"):
        print("usage: bootstrap.py run|test|check [ARGUMENTS]", file=sys.stderr)
        return 2
    if sys.version_info < (3, 11):
        print(f"coach needs Python 3.11 or newer; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 2
    try:
        set_up(test=goal != "run")
    except subprocess.CalledProcessError as error:
        print(
            f"Setting up failed: {' '.join(map(str, error.cmd[:4]))} ... gave {error.returncode}.",
            file=sys.stderr,
        )
        return 1
    return {"run": run, "test": test, "check": check}[goal](sys.argv[2:])


def set_up(*, test: bool) -> None:
    """Make the environment hold what the locks and the sources say."""
    make_venv()
    once("deps", [ROOT / "requirements.lock"], lambda: pip("-r", "requirements.lock", "--require-hashes"))
    if test:
        lock = ROOT / "requirements-test.lock"
        once("test", [lock], lambda: pip("-r", "requirements-test.lock", "--require-hashes"))
    sources = sorted(
        path for path in (ROOT / "coach").rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )
    once(
        "coach",
        [ROOT / "pyproject.toml", *sources],
        lambda: pip("--no-deps", "--no-build-isolation", "--force-reinstall", "."),
    )


def make_venv() -> None:
    """Make ``.venv`` unless it works already."""
    if (
        PYTHON.exists()
        and subprocess.run([PYTHON, "-c", "import pip"], capture_output=True, check=False).returncode == 0
    ):
        return
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True, check=False
    )
    if made.returncode:
        print(made.stdout + made.stderr, file=sys.stderr)
        print("On Debian and Ubuntu the module comes with: sudo apt install python3-venv", file=sys.stderr)
        raise subprocess.CalledProcessError(made.returncode, made.args)


def once(name: str, inputs: list[Path], step: object) -> None:
    """Run a step unless its inputs are those of the last time it succeeded."""
    digest = hashlib.sha256(sys.version.encode())
    for path in inputs:
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    stamp = VENV / f".coach-{name}"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    step()  # type: ignore[operator]
    stamp.write_text(digest.hexdigest())


def pip(*arguments: str) -> None:
    """Install quietly into the environment."""
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments]
    subprocess.run(command, cwd=ROOT, check=True, stdin=subprocess.DEVNULL)


def run(arguments: list[str]) -> int:
    """Run coach: the demo, unless another command is given."""
    return subprocess.run([BIN / "coach", *(arguments or ["demo"])], check=False).returncode


def test(arguments: list[str]) -> int:
    """Run the tests; ``-m long`` gives the full counts, ``-n 0`` one after another.

    Many wait for a terminal or another process, so two run on each core.
    """
    if not any(each.startswith(("-n", "--pdb", "-s")) for each in arguments):
        arguments = ["-n", str(2 * (os.cpu_count() or 1)), *arguments]
    return subprocess.run([PYTHON, "-m", "pytest", *arguments], cwd=ROOT, check=False).returncode


def check(arguments: list[str]) -> int:
    """Run lint, types and the import contracts, then the tests."""
    for command in (
        [BIN / "ruff", "check", "."],
        [BIN / "ruff", "format", "--check", "."],
        [BIN / "mypy"],
        [BIN / "lint-imports"],
    ):
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
        if code:
            return code
    return test(arguments)


if __name__ == "__main__":
    sys.exit(main())
