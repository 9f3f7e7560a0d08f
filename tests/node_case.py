"""Tools from npm for the long tests: checkers of HTML and readers of calendars that are not ours."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

PACKAGES = ("html-validate@10", "vnu-jar@26", "ical.js@2")


def modules() -> Path:
    """The folder ``node_modules`` with the packages, installed once a machine and day; skips without npm.

    ``COACH_NODE_MODULES`` names one that is there already.
    """
    given = os.environ.get("COACH_NODE_MODULES")
    if given:
        return Path(given)
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed")
    folder = Path(tempfile.gettempdir()) / f"coach-node-{os.getuid()}"
    found = folder / "node_modules"
    if not (found / ".ready").exists():
        folder.mkdir(exist_ok=True, mode=0o700)
        done = subprocess.run(
            [npm, "install", "--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund",
             *PACKAGES],
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        if done.returncode:
            pytest.skip(f"npm could not install: {done.stderr[-300:]}")
        (found / ".ready").touch()
    return found
