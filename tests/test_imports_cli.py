"""Importing by the command: one undoable batch, twice adds nothing, the person's own word first."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import DAY, ROOT, Run
from wearable_case import apple, fitbit, fitbit_log, heart, slept, step, zipped

from coach import Coach

NOW = "2026-12-01"


def nights(first: str, count: int, hours: str = "06:00:00") -> list[str]:
    start = date.fromisoformat(first)
    found = []
    for number in range(count):
        day, wake = start + timedelta(days=number - 1), start + timedelta(days=number)
        found += [slept(f"{day} 23:00:00", f"{wake} {hours}"), heart(wake.isoformat(), 58)]
        found += [step(wake.isoformat(), hour, 500) for hour in range(8, 18)]
        found += [step(wake.isoformat(), 12, 900, "iPhone")]
    return found


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory, answers: dict[str, Any]) -> Path:
    """A home whose person was assessed on the first day, made once."""
    home = tmp_path_factory.mktemp("begun") / "home"
    Coach.open(home, today=DAY).assess(answers)
    return home


@pytest.fixture
def assessed(run: Run, begun: Path, tmp_path: Path) -> Run:
    shutil.copytree(begun, tmp_path / "home")
    return run


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return apple(tmp_path / "export.xml", *nights("2026-11-20", 12))


def journal(tmp_path: Path) -> bytes:
    (path,) = (tmp_path / "home" / "journal" / "episodes").glob("2*.json")
    return path.read_bytes()


def tables(tmp_path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(journal(tmp_path))
    return {name: rows for name, rows in found.items() if name not in ("steps", "_seal")}


def test_a_dry_run_shows_what_would_come_in_and_changes_nothing(
    assessed: Run, tmp_path: Path, export: Path
) -> None:
    before = journal(tmp_path)
    done = assessed("import", str(export), "--dry-run", today=NOW)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "36 new would come in" in done.stdout
    assert "sleep, Watch: 9 days from 2026-11-23 to 2026-12-01, 7.0 h on average" in done.stdout
    assert (
        "39 records are of days outside your plan (from 2026-11-23 to 2026-12-01), and left out."
        in done.stdout
    )
    assert journal(tmp_path) == before


def test_one_step_brings_it_in_twice_adds_nothing_and_undo_takes_it_back(
    assessed: Run, tmp_path: Path, export: Path
) -> None:
    before = tables(tmp_path)
    assert assessed("import", str(export), today=NOW).returncode == 0
    once = journal(tmp_path)
    found = tables(tmp_path)
    assert len(found["readings"]) == 36
    assert [each["id"] for each in found["batches"].values()] == ["i001"]
    packed = zipped(tmp_path / "export.zip", "apple_health_export/export.xml", export.read_bytes())
    again = assessed("import", str(packed), today=NOW)
    assert "0 new came in, 36 were here already" in again.stdout
    assert journal(tmp_path) == once
    undone = assessed("undo", today=NOW)
    assert "import of export.xml (i001)" in undone.stdout
    assert {name: rows for name, rows in tables(tmp_path).items() if rows} == before
    assert assessed("undo", "--redo", today=NOW).returncode == 0
    assert tables(tmp_path) == found


def test_the_own_word_goes_first_and_both_are_kept(assessed: Run, tmp_path: Path, export: Path) -> None:
    assert assessed("checkin", "4", "--sleep", "5", "--steps", "9000", today=NOW).returncode == 0
    done = assessed("import", str(export), today=NOW)
    assert "On 1 day you gave your own sleep: yours counts, and both are kept." in done.stdout
    today = json.loads(assessed("today", "--json", today=NOW).stdout)
    assert today["measured"] == {"resting_heart": [58.0, "apple_health: Watch"]}
    day_before = json.loads(assessed("today", "--json", "--date", "2026-11-30", today=NOW).stdout)
    assert day_before["measured"]["sleep_hours"] == [7.0, "apple_health: Watch"]
    rows = json.loads(assessed("export", "journal", "--format", "json", today=NOW).stdout)["items"]
    told = [
        (row["source"], row["value"])
        for row in rows
        if (row["local_date"], row["measure"]) == (NOW, "sleep_hours")
    ]
    assert told == [("self", 5), ("apple_health: Watch", 7)]
    shown = assessed("today", "--date", "2026-11-30", today=NOW).stdout
    assert (
        "Measured: sleep 7 h (Watch), steps 5,000 (Watch), resting heart rate 58 a minute (Watch)." in shown
    )


def test_steps_of_two_devices_are_never_added_and_the_person_says_which(
    assessed: Run, tmp_path: Path, export: Path
) -> None:
    done = assessed("import", str(export), today=NOW)
    assert "On 9 days more than one device measured steps" in done.stdout

    def steps() -> Any:
        return json.loads(assessed("today", "--json", today=NOW).stdout)["measured"]["steps"]

    assert steps() == [5000.0, "apple_health: Watch"]
    told = json.loads(assessed("import", "--prefer", "iphone", "--json", today=NOW).stdout)
    assert (told["order"], told["changed"]) == (["iphone"], 9)
    assert steps() == [900.0, "apple_health: iPhone"]
    assert assessed("undo", today=NOW).returncode == 0
    assert steps() == [5000.0, "apple_health: Watch"]
    assert "Trusted first: iphone" in assessed("import", "--sources", today=NOW).stdout


def test_a_revised_log_replaces_and_says_so_wherever_its_day_went(assessed: Run, tmp_path: Path) -> None:
    first = fitbit(
        tmp_path / "a.json",
        fitbit_log(1, "2026-11-23T23:10", "2026-11-24T06:40", 410),
        fitbit_log(2, "2026-11-24T16:00", "2026-11-24T23:50", 400),
    )
    assert assessed("import", str(first), today=NOW).returncode == 0
    second = fitbit(
        tmp_path / "b.json",
        fitbit_log(1, "2026-11-23T23:10", "2026-11-24T06:40", 380),
        fitbit_log(2, "2026-11-24T18:00", "2026-11-25T01:50", 400),
    )
    done = assessed("import", str(second), today=NOW)
    assert "1 new came in, 1 revised" in done.stdout
    assert "revised: 2026-11-24 sleep hours 13.5 -> 6.33 h (fitbit)" in done.stdout
    rows = {row["id"]: row["value"] for row in tables(tmp_path)["readings"].values()}
    assert rows == {"2026-11-24/sleep_hours/fitbit": 6.33, "2026-11-25/sleep_hours/fitbit": 6.67}
    assert "2 were here already" in assessed("import", str(second), today=NOW).stdout


def test_a_batch_over_two_files_is_undone_in_both(assessed: Run, tmp_path: Path, answer_file: Path) -> None:
    assert assessed("assess", "--answers", str(answer_file), "--new", today="2026-11-29").returncode == 0
    export = apple(tmp_path / "export.xml", *nights("2026-11-25", 7))
    assert assessed("import", str(export), today=NOW).returncode == 0
    paths = sorted((tmp_path / "home" / "journal" / "episodes").glob("2*.json"))
    assert [len(json.loads(path.read_bytes())["readings"]) for path in paths] == [16, 12]
    assert assessed("undo", today=NOW).returncode == 0
    assert [json.loads(path.read_bytes()).get("readings") for path in paths] == [{}, {}]
    assert assessed("undo", "--redo", today=NOW).returncode == 0
    assert [len(json.loads(path.read_bytes())["readings"]) for path in paths] == [16, 12]


def test_a_full_export_carries_the_readings_and_is_still_imported(
    assessed: Run, tmp_path: Path, export: Path
) -> None:
    assert assessed("import", str(export), today=NOW).returncode == 0
    whole = assessed("export", "all", today=NOW).stdout
    copy = tmp_path / "copy"
    done = assessed("import", "-", stdin=whole, home=copy, today=NOW)
    assert done.returncode == 0, done.stderr
    assert assessed("export", "all", home=copy, today=NOW).stdout == whole


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("empty.json", b"", "is empty"),
        ("noise.bin", bytes(range(256)) * 20, "that can be imported"),
        ("torn.zip", b"PK\x03\x04" + b"\0" * 300, "The zip cannot be read"),
        ("list.json", b'[{"dateOfSleep": 1', "is no JSON"),
        ("other.sqlite", b"SQLite format 3\0" + b"\0" * 600, "cannot be read as a database of Gadgetbridge"),
        ("a.csv", b"day,steps\n2026-11-24,100\n", "only you know what its columns are"),
        ("health.xml", b"<!DOCTYPE HealthData []><Health>", "no <HealthData>"),
    ],
)
def test_bad_files_are_one_sentence_and_exit_4(
    assessed: Run, tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    (tmp_path / name).write_bytes(content)
    before = journal(tmp_path)
    done = assessed("import", name, today=NOW)
    assert (done.returncode, done.stdout) == (4, "")
    assert why in done.stderr
    assert "Traceback" not in done.stderr
    assert journal(tmp_path) == before


def test_a_bomb_and_a_climbing_name_are_not_unpacked(assessed: Run, tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("../../apple_health_export/export.xml", b"<HealthData>" + b" " * 60_000_000)
    done = assessed("import", str(bomb), today=NOW)
    assert done.returncode == 4
    assert "would unpack to 60,000,012 bytes" in done.stderr
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr(
            "x/../sleep-2026-11-01.json",
            json.dumps([fitbit_log(1, "2026-11-23T23:10", "2026-11-24T06:40", 410)]),
        )
    assert "1 new came in" in assessed("import", str(bomb), today=NOW).stdout
    assert sorted(each.name for each in tmp_path.iterdir()) == ["bomb.zip", "home"]


def test_what_is_missing_is_said_with_what_to_do(
    assessed: Run, run: Run, tmp_path: Path, export: Path
) -> None:
    for words, code, why in (
        (("import",), 2, "no file to import"),
        (("import", "nowhere.json"), 4, "There is no file"),
        (("import", str(tmp_path)), 4, "is a folder"),
        (("import", str(export), "--as", "strava"), 2, "There is no kind"),
        (("import", str(export), "--as", "fitbit"), 4, "cannot be read as sleep logs of Fitbit"),
    ):
        done = assessed(*words, today=NOW)
        assert (done.returncode, done.stdout) == (code, ""), words
        assert why in done.stderr
    done = run("import", str(export), home=tmp_path / "fresh")
    assert (done.returncode, "no episode yet" in done.stderr) == (3, True)


def test_a_table_goes_from_proposal_to_import(assessed: Run, tmp_path: Path) -> None:
    (tmp_path / "steps.csv").write_text("Date;Steps;Note\n25.11.2026;8.100;=1+1\n26.11.2026;none;\x1b[2J\n")
    made = assessed("import", "steps.csv", "--make-map", today=NOW)
    assert made.returncode == 0, made.stderr
    assert 'order = "day-month-year"' in made.stdout
    assert "not read" in made.stderr
    assert "\x1b" not in made.stderr
    (tmp_path / "map.toml").write_text(made.stdout)
    done = assessed("import", "steps.csv", "--map", "map.toml", today=NOW)
    assert "steps, steps: 1 day from 2026-11-25 to 2026-11-25, 8,100 steps on average" in done.stdout
    assert "line 3, Steps: “none” is no number" in done.stdout
    (tmp_path / "map.toml").write_text(made.stdout.replace('"day-month-year"', '"?"'))
    done = assessed("import", "steps.csv", "--map", "map.toml", today=NOW)
    assert (done.returncode, "leaves open how dates are written" in done.stderr) == (4, True)


def test_ctrl_c_while_reading_leaves_everything_as_it_was(
    assessed: Run, tmp_path: Path, export: Path
) -> None:
    big = tmp_path / "big.xml"
    os.mkfifo(big)
    before = journal(tmp_path)
    child = subprocess.Popen(
        [sys.executable, "-m", "coach._boot", "import", str(big), "--as", "apple_health"],
        env={**os.environ, "COACH_HOME": str(tmp_path / "home"), "COACH_TODAY": NOW, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    with open(big, "wb") as pipe:  # it reads from us, so it is in the middle of the file for sure
        pipe.write(export.read_bytes()[:4000])
        pipe.flush()
        time.sleep(0.2)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=30)
    assert (child.returncode, out) == (130, "")
    assert "nothing was imported" in err
    assert journal(tmp_path) == before


def test_a_check_in_reads_no_reading_and_a_review_keeps_what_it_read(
    assessed: Run, tmp_path: Path, export: Path
) -> None:
    """A later import changes no card that was made, and replay stays the same."""
    for number in range(23, 30):
        given = ("--sleep-quality", "6", "--stress", "4")
        assert assessed("checkin", "4", *given, today=f"2026-11-{number}").returncode == 0
    assert (
        assessed(
            "import", str(apple(tmp_path / "a.xml", *nights("2026-11-24", 4, "03:30:00"))), today="2026-11-28"
        ).returncode
        == 0
    )
    ms = ("saddle", "legs", "leg_new", "unwell", "trauma", "different")
    answers = tmp_path / "weekly.json"
    answers.write_text(
        json.dumps({"schema": "coach.answers/1", "answers": {f"ms_{each}": "no" for each in ms}})
    )
    done = assessed("review", "--answers", str(answers), "--json", today="2026-11-30")
    assert done.returncode == 0, done.stderr
    review = json.loads(done.stdout)["review"]
    assert (review["overall"]["sleep_hours"], review["overall"]["device_nights"]) == (4.5, 4)
    assert review["overall"]["readiness_red"]
    rise = next(each for each in review["habits"] if each["exercise"] == "habit:rise_time")
    told = {each["name"]: each["value"] for each in rise["numbers"]}
    assert told["sleep of the week (4 nights measured by a device)"] == 4.5
    assert told["days done (4 mornings measured by a device)"] == 0
    assert review["devices"][0]["days"] == {f"2026-11-{day}": 4.5 for day in range(24, 28)} | {}
    later = assessed("import", str(apple(tmp_path / "b.xml", *nights("2026-11-24", 5))), today=NOW)
    assert "revised" in later.stdout
    coach = Coach.open(tmp_path / "home", today=NOW)
    assert coach.replay().same
    kept = coach.reviews()[0]
    assert kept.devices[0].days["2026-11-24"] == 4.5
    assert any(card.corrected for card in kept.decisions)


def test_a_table_with_broken_rows_is_still_a_table(assessed: Run, tmp_path: Path) -> None:
    file, made = tmp_path / "mine.csv", tmp_path / "map.toml"
    rows = [f"2026-12-{day:02d},7.5,{8000 + day}" for day in range(1, 14)]
    file.write_text("\n".join(["date,sleep hours,steps", *rows, "2026-12-32,5,x", "nonsense"]) + "\n")
    proposed = assessed("import", str(file), "--make-map", today=NOW)
    assert proposed.returncode == 0, proposed.stderr
    made.write_text(proposed.stdout.replace('sleep_day = "?"', 'sleep_day = "wake"'))
    done = assessed("import", str(file), "--map", str(made), "--json", today=NOW)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["written"]
    assert found["broken"] == 2
    assert [each.partition(":")[0] for each in found["problems"]] == ["line 15, sleep hours", "line 16"]


@pytest.mark.parametrize(
    ("content", "words", "said"),
    [
        (b"", (), "is empty"),
        ("date,steps\n2026-11-01,500\n".encode("utf-16"), (), "UTF-16"),
        ("date,steps\n2026-11-01,500\n".encode("utf-16"), ("--make-map",), "UTF-16"),
        (
            "\n".join(",".join(f"c{n}" for n in range(200)) for _ in "12").encode(),
            ("--make-map",),
            "192 more",
        ),
    ],
)
def test_what_no_kind_can_be_is_said_in_a_sentence(
    assessed: Run, tmp_path: Path, content: bytes, words: tuple[str, ...], said: str
) -> None:
    file = tmp_path / "in.csv"
    file.write_bytes(content)
    before = journal(tmp_path)
    done = assessed("import", str(file), *words)
    assert (done.returncode, done.stdout) == (4, "")
    assert said in done.stderr
    assert journal(tmp_path) == before


def test_a_mapping_without_a_measure_is_said_and_a_decimal_comma_is_seen(
    assessed: Run, tmp_path: Path
) -> None:
    file, made = tmp_path / "in.csv", tmp_path / "map.toml"
    file.write_text("Tag;Schlaf\n" + "".join(f"{day}.11.2026;7,{day % 9}\n" for day in range(1, 16)))
    proposed = assessed("import", str(file), "--make-map")
    assert 'decimal = ","' in proposed.stdout
    made.write_text(proposed.stdout)
    done = assessed("import", str(file), "--map", str(made))
    assert done.returncode == 4
    assert "no column with a value yet" in done.stderr
