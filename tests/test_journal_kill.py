"""Writers that are killed and writers side by side lose nothing that was acknowledged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from journal_case import NAME, begin, check_in, pains

from coach.journal.errors import Busy
from coach.journal.store import Store

pytestmark = pytest.mark.skipif(os.name == "nt", reason="forks")
HERE = Path(__file__).parent


def command(*words: object) -> list[str]:
    return [sys.executable, str(HERE / "journal_worker.py"), *map(str, words)]


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": f"{HERE.parent}{os.pathsep}{HERE}"}


def run(*words: object) -> Any:
    done = subprocess.run(command(*words), env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def assert_nothing_lost(found: dict[str, int], trials: int) -> None:
    assert found["trials"] == trials
    assert found["lost"] == 0
    assert found["unreadable"] == 0
    assert found["acknowledged"] >= trials


def test_killed_at_random_moments_a_writer_loses_nothing(tmp_path: Path) -> None:
    assert_nothing_lost(run("kills", tmp_path, 60), 60)


@pytest.mark.long
def test_killed_two_thousand_times_a_writer_loses_nothing(tmp_path: Path) -> None:
    found = run("kills", tmp_path, 2000)
    assert_nothing_lost(found, 2000)
    assert found["temps"] > 0  # some died in the middle of a save


def test_killed_before_and_after_every_call_a_commit_leaves_the_old_or_the_new_file(tmp_path: Path) -> None:
    found = run("calls", tmp_path)
    assert found["bad"] == []
    assert found["deaths"] > 60


def test_four_writers_keep_all_their_entries(tmp_path: Path) -> None:
    found = run("many", tmp_path / "j", 4, 40, "lock")
    assert (found["entries"], found["rows"], found["lost"], found["unreadable"]) == (160, 160, 0, 0)
    assert found["rev"] == 161


@pytest.mark.long
@pytest.mark.parametrize("writers", [2, 4])
def test_writers_with_250_entries_each_keep_them_all(tmp_path: Path, writers: int) -> None:
    found = run("many", tmp_path / "j", writers, 250, "lock")
    assert (found["entries"], found["rows"], found["lost"]) == (250 * writers, 250 * writers, 0)
    assert found["unreadable"] == 0


def test_the_survivors_of_killed_writers_keep_all_their_entries(tmp_path: Path) -> None:
    found = run("many", tmp_path / "j", 4, 40, "kills")
    assert (found["lost"], found["unreadable"]) == (0, 0)
    assert found["rows"] == found["entries"] >= 80


def test_even_without_a_working_lock_the_file_stays_readable(tmp_path: Path) -> None:
    found = run("many", tmp_path / "j", 3, 30, "nolock")
    assert found["unreadable"] == 0
    assert found["reads"] > 3


def test_a_second_writer_waits_and_then_says_busy_and_readers_never_wait(tmp_path: Path) -> None:
    store = begin(tmp_path / "j", 2)
    with subprocess.Popen(
        command("hold", tmp_path / "j", 60), env=environment(), stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        before = store.path(NAME), Path(store.path(NAME)).read_bytes()
        with pytest.raises(Busy, match=r"nothing was changed.*do it again"):
            check_in(Store(store.root, wait=0.05), 5)
        assert len(pains(store)) == 2
        assert Path(before[0]).read_bytes() == before[1]
        holder.kill()
    assert check_in(store, 5) == 2  # the lock died with its holder
