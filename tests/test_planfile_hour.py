"""A therapist's hour, by commands: from a new file to a merged change in the home of a patient."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from coach import Coach
from coach.demo import CALM

DAY = date(2026, 11, 23)


def live(home: Path, first: date, days: int) -> date:
    """Good days in a patient's home: mornings, sessions, and the review when it is due."""
    for offset in range(days):
        day = first + timedelta(days=offset)
        coach = Coach.open(home, today=day, at=f"{day}T08:00:00+00:00")
        coach.check_in(pain=2, sleep_hours=7.5, sleep_quality=7, stress=3)
        found = coach.today().day
        if found.review_due:
            coach.review(screen=dict(CALM))
            found = coach.today().day
        if found.session is not None:
            coach.log_session(rpe=3, before=2, pain=2, form=0)
    return first + timedelta(days=days)


def test_a_therapists_hour(run: Any, tmp_path: Path, answer_file: Path) -> None:
    desk, clinic, patient = tmp_path / "desk.yaml", tmp_path / "clinic", tmp_path / "patient"
    assert run("planfile", "new", str(desk), "--from", "desk_worker", home=clinic).returncode == 0
    good = desk.read_text()

    # three typos, all said at once, each at its place
    broken = (
        good.replace("hng_2", "hng2", 1)
        .replace("choose: listed", "chose: listed")
        .replace("12-20", "12 to 20", 1)
    )
    assert broken != good
    desk.write_text(broken)
    wrong = run("planfile", "check", str(desk), home=clinic)
    assert wrong.returncode == 4
    assert wrong.stdout == ""
    for said in ("hng_2", "choose", "12 to 20", "line "):
        assert said in wrong.stderr
    assert "Traceback" not in wrong.stderr

    desk.write_text(good)
    fine = json.loads(run("planfile", "check", str(desk), "--json", home=clinic).stdout)
    assert fine["passed"]
    assert all(each["passed"] for each in fine["tests"])
    shown = run("planfile", "preview", str(desk), home=clinic)
    assert "Week 12" in shown.stdout
    assert "made-up person" in shown.stdout

    key = tmp_path / "key"
    assert run("planfile", "key", str(key), "--no-passphrase", home=clinic).returncode == 0
    assert run("planfile", "sign", str(desk), "--key", str(key), home=clinic).returncode == 0

    # the patient: assessed, the file applied, its clinic seen for the first time
    assert run("assess", "--answers", str(answer_file), home=patient).returncode == 0
    applied = run("planfile", "apply", str(desk), "--yes", home=patient)
    assert applied.returncode == 0, applied.stderr
    assert "signed" in applied.stdout
    assert "Example Physio" in run("today", home=patient).stdout
    now = live(patient, DAY, 15)
    coach = Coach.open(patient, today=now, at=f"{now}T08:00:00+00:00")
    before = coach.plan()
    assert before.week.number == 3
    assert len(coach.reviews()) == 2

    # what comes back: one packet, sorted in the inbox of the clinic
    packets = tmp_path / "packets"
    packets.mkdir()
    packet = str(packets / "one.json")
    assert run("export", "packet", "-o", packet, home=patient, today=now.isoformat()).returncode == 0
    sorted_ = json.loads(run("planfile", "inbox", str(packets), "--format", "json", home=clinic).stdout)
    assert "green" in json.dumps(sorted_).lower()

    # the changed plan: compared, signed again, merged
    newer = tmp_path / "newer.yaml"
    newer.write_text(good.replace("minutes: 12-20", "minutes: 12-15"))
    told = run("planfile", "diff", str(desk), str(newer), home=clinic)
    assert told.stdout.strip() == "Minutes a session: 12-20 -> 12-15"
    assert run("planfile", "diff", str(newer), home=patient, today=now.isoformat()).stdout == told.stdout
    unsigned = run("planfile", "apply", str(newer), "--dry-run", home=patient, today=now.isoformat())
    assert "not signed" in unsigned.stdout
    assert run("planfile", "sign", str(newer), "--key", str(key), home=clinic).returncode == 0
    merged = run("planfile", "apply", str(newer), "--yes", "--json", home=patient, today=now.isoformat())
    document = json.loads(merged.stdout)
    assert document["changed"]
    assert document["file"]["seal"] == "trusted"
    after = coach.plan()
    assert after.file == "f002"
    assert after.week.number == 3
    assert {e.exercise: e.dose.size for e in after.standing} == {
        e.exercise: e.dose.size for e in before.standing
    }
    assert after.completion == before.completion
    assert all(session.minutes <= 15 for session in after.week.sessions)
    assert {each.status for each in coach.replay().lines} == {"same"}
    assert "planfile" not in "".join(coach.undo())
    assert coach.plan().file == "f001"

    # a file that was changed after it was signed is refused, and nothing happens
    newer.write_text(newer.read_text() + "# one more line\n")
    refused = run("planfile", "apply", str(newer), "--yes", home=patient, today=now.isoformat())
    assert refused.returncode == 6
    assert coach.plan().file == "f001"
