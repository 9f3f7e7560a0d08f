"""Nouns go into the journal and come out of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from journal_case import AT, DAY, NAME, begin, day

from coach.journal import repo
from coach.journal.codec import NoKey
from coach.journal.store import Store
from coach.journal.transaction import Transaction
from coach.model.assessment import Triage
from coach.model.log import CheckIn, ExerciseLog, Flare, SessionLog, SetLog
from coach.model.noun import NotANoun


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return begin(tmp_path / "journal", 3)


def change(store: Store) -> Transaction:
    return store.transaction(NAME, label="x", today=DAY, at=AT)


def test_every_table_has_its_noun() -> None:
    for table in repo.KINDS:
        kind = repo.kind_of(table)
        assert kind.__name__ == repo.KINDS[table].partition(".")[2]
        assert repo.ORDER.get(table, "date") in (*kind.__struct_fields__, "date")


def test_log_entries_come_by_date_whenever_they_were_written(store: Store) -> None:
    with change(store) as db:
        repo.put(db, "checkins", CheckIn(date=day(-2), pain=7))
        repo.put(db, "flares", Flare(id="f2", start=day(5)))
        repo.put(db, "flares", Flare(id="f1", start=day(4), end=day(5)))
        assert [each.date for each in repo.rows(db, "checkins", CheckIn)] == [day(-2), day(0), day(1), day(2)]
    view = store.view(NAME)
    assert [each.date for each in repo.rows(view, "checkins", CheckIn)] == [day(-2), day(0), day(1), day(2)]
    assert repo.docs(view, "checkins")[0]["date"] == day(-2).isoformat()
    assert [each.id for each in repo.rows(view, "flares", Flare)] == ["f1", "f2"]
    assert repo.rows(view, "sessions", SessionLog) == ()


def test_saving_is_an_upsert_by_key_and_keeps_unknown_fields_at_every_depth(store: Store) -> None:
    log = SessionLog(
        id="2026-11-23/w01_s1", session="w01_s1", date=DAY, exercises=(ExerciseLog(exercise="hng_2"),)
    )
    with change(store) as db:
        repo.put(db, "sessions", log)
    with change(store) as db:
        document = dict(repo.doc(db, "sessions", log.id) or {})
        document["mood"] = 1
        document["exercises"][0]["tempo"] = 3
        repo.put(db, "sessions", document)
    more = SessionLog(
        id=log.id,
        session="w01_s1",
        date=DAY,
        exercises=(ExerciseLog(exercise="hng_2", sets=(SetLog(reps=8),)),),
    )
    with change(store) as db:
        assert repo.put(db, "sessions", more) == log.id
    view = store.view(NAME)
    assert repo.rows(view, "sessions", SessionLog) == (more,)
    assert repo.get(view, "sessions", log.id, SessionLog) == more
    (kept,) = view.table("sessions")
    assert (kept["mood"], kept["exercises"][0]["tempo"], kept["exercises"][0]["sets"][0]["reps"]) == (1, 3, 8)


def test_a_plain_document_replaces_the_whole_of_the_old_one(store: Store) -> None:
    with change(store) as db:
        repo.put(db, "notes", {"id": "n", "text": "a", "old": 1})
    with change(store) as db:
        repo.put(db, "notes", {"id": "n", "text": "b"})
    assert store.view(NAME).table("notes") == [{"id": "n", "text": "b"}]


def test_what_has_no_key_of_its_own_gets_one(store: Store) -> None:
    triage = Triage(level="T2_CAUTION")
    for level in ("T2_CAUTION", "T3_CLEAR"):
        with change(store) as db:
            assert repo.put(db, "triage", Triage(level=level), key="triage") == "triage"
    found = repo.get(store.view(NAME), "triage", "triage", Triage)
    assert found is not None
    assert found.level == "T3_CLEAR" != triage.level
    assert len(store.view(NAME).table("triage")) == 1
    with change(store) as db, pytest.raises(NoKey):
        repo.put(db, "notes", {"text": "no key"})


def test_deleting_says_whether_there_was_anything(store: Store) -> None:
    with change(store) as db:
        assert repo.delete(db, "checkins", DAY.isoformat())
        assert not repo.delete(db, "checkins", DAY.isoformat())
    assert repo.get(store.view(NAME), "checkins", DAY.isoformat(), CheckIn) is None


def test_a_document_that_is_no_noun_names_the_field(store: Store) -> None:
    with change(store) as db:
        repo.put(db, "checkins", {"date": day(9).isoformat(), "pain": "much"})
    with pytest.raises(NotANoun, match="pain"):
        repo.rows(store.view(NAME), "checkins", CheckIn)


def test_a_check_in_imports_only_the_nouns_of_the_log(store: Store) -> None:
    code = (
        "import sys, datetime\n"
        "from coach.journal.store import Store\n"
        "from coach.journal import repo\n"
        "from coach.model.log import CheckIn\n"
        f"store = Store({store.root!r})\n"
        "day = datetime.date(2026, 11, 23)\n"
        f"with store.transaction({NAME!r}, label='checkin', today=day, at='') as db:\n"
        "    repo.put(db, 'checkins', CheckIn(date=day, pain=4))\n"
        "print(' '.join(sorted(sys.modules)))"
    )
    paths = os.pathsep.join([os.fspath(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-S", "-c", "import site; site.main()\n" + code],
        capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": paths},
    )  # fmt: skip
    loaded = set(done.stdout.split())
    assert {name for name in loaded if name.startswith("coach.model")} == {
        "coach.model", "coach.model.log", "coach.model.noun",
    }  # fmt: skip
    assert not {name for name in loaded if name.startswith("coach.journal")} & {
        "coach.journal.undo", "coach.journal.doctor", "coach.journal.restore", "coach.journal.backup",
        "coach.journal.migrations",
    }  # fmt: skip
    assert not loaded & {"pathlib", "dataclasses", "tempfile", "zipfile", "shutil"}
    assert store.view(NAME).table("checkins")[0]["pain"] == 4
