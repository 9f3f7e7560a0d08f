"""What the tests of exports share: a lived home, hostile words in it, and goldens."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from coach.coach import Coach
from coach.exchange import rows
from coach.exchange.rows import Measurement
from coach.model.exercise import Dose, Reason
from coach.model.log import CheckIn, DeviceMonth, ExerciseLog, Flare, History, Pause, SessionLog, SetLog, Skip
from coach.model.plan import Prescription, Session, Week
from coach.model.reading import Reading
from coach.model.review import Decision, Review, WeekEvidence
from coach.model.text import clean

GOLDENS = Path(__file__).parent / "goldens" / "export"
TODAY = date(2026, 11, 23)
HOSTILE = (
    "=HYPERLINK(\"http://evil.test\",\"x\")",
    "+1+cmd|' /C calc'!A0",
    "-2+3", "@SUM(A1)", "＝1+1",
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "| a | b |\n[x](javascript:alert(3)) `code` **bold** & &lt;",
    "\x1b[31mred\x1b[0m\x07 \x9b2J bell",
    "\u202eevil\u2066 order \u200f",
    "a,\"b\";c\td\r\nBEGIN:VEVENT\r\nSUMMARY:x\\,y;z",
    "]]>--><!--{{7*7}}${x}%0d%0a'\"",
)  # fmt: skip
"""Formula, markup, escape sequence, script, direction controls, delimiters."""


def hostile(demo: Path, home: Path) -> Coach:
    """A copy of the demo whose every free text is hostile, written over some days."""
    shutil.copytree(demo, home)
    for number, text in enumerate(HOSTILE):
        day = date(2026, 11, 2 + number)
        Coach.open(home, today=TODAY, at="2026-11-23T08:00:00+01:00").check_in(day, note=text)
    coach = Coach.open(home, today=TODAY, at="2026-11-23T08:00:00+01:00")
    coach.pause(date(2026, 11, 25), date(2026, 11, 26), HOSTILE[0])
    coach.declare_flare(HOSTILE[5])
    return coach


def text(coach: Coach, what: str, form: str = "csv", **options: Any) -> str:
    """A whole export."""
    return "".join(coach.export(what, form, **options))


def golden(name: str, found: str) -> None:
    """Compare with a kept file; ``COACH_GOLDENS=write`` keeps it anew."""
    file = GOLDENS / name
    if os.environ.get("COACH_GOLDENS") == "write":
        GOLDENS.mkdir(parents=True, exist_ok=True)
        file.write_bytes(found.encode())
    assert file.read_bytes().decode() == found


def rows_of(table: str, *, wide: bool = False) -> list[dict[str, Any]]:
    """A few rows of a table made of nouns by hand, so that they change only when the columns do."""
    history, at = log(), "2026-11-23T07:30:00+01:00"
    found: dict[str, Iterator[dict[str, Any]]] = {
        "journal": rows.wide(history) if wide else chain(rows.journal(history), rows.readings(measured())),
        "sessions": rows.sessions(history),
        "sets": rows.sets(history),
        "measures": rows.measures((
            Measurement(date=TODAY, at=at, measure="eac10", name="everyday activities", value=37.5,
                        unit="points", source="interview"),
            Measurement(date=TODAY, at=at, measure="mt_07", name="Five sit-to-stands", value=11.2, unit="s",
                        error_band=4.2, limited=True, source="test"),
        )),
        "decisions": rows.decisions((review(),)),
        "plan": rows.plan((week(),)),
        "episodes": iter(({
            "local_date": "2026-11-23", "kind": "care", "number": 1, "age": 46, "sex": "", "profile": "flex",
            "tier": "e2", "level": "T3_CLEAR", "weeks": 12, "schema": "episodes/1",
        },)),
    }  # fmt: skip
    return [{"subject": "p-0a1b2c3d", **each} for each in found[table]]


def log() -> History:
    day = timedelta(days=1)
    sets = (SetLog(reps=8, load_kg=6), SetLog(reps=6, load_kg=6))
    done = ExerciseLog(
        exercise="hng_2", planned_sets=2, sets=sets, sets_full=1, rpe=4.5, pain_before=2, pain_max=3, form=1
    )
    left = ExerciseLog(exercise="ant_2", status="skipped", planned_sets=2)
    walk = ExerciseLog(exercise="aer_2", planned_sets=1, sets=(SetLog(minutes=12.5),), sets_full=1, rpe=3)
    at = "2026-11-23T07:30:00+01:00"
    return History(
        checkins=(
            CheckIn(date=TODAY, pain=4, sleep_hours=6.5, stress=0, note=clean(HOSTILE[0]), at=at,
                    rose="06:50", habits=("breathing", "rise_time"), relief=("dir",), flags=("ms_legs",)),
            CheckIn(date=TODAY + day, pain=3.5, steps=4100, note=clean(HOSTILE[6])),
        ),
        sessions=(
            SessionLog(id="2026-11-23/w01_s1", session="w01_s1", date=TODAY, week=1, at=at, minutes=21,
                       exercises=(done, left), overlay="easy", note=clean(HOSTILE[5])),
            SessionLog(id="2026-11-24/walk", session="walk", date=TODAY + day, week=1, kind="walk",
                       exercises=(walk,)),
        ),
        flares=(Flare(id="f01", start=TODAY, end=TODAY + day, note="moved a wardrobe"),),
        pauses=(Pause(id="p01", start=TODAY + day, end=TODAY + 2 * day, reason="travel"),),
        skips=(Skip(id="s01", session="w01_s2", date=TODAY + day, reason="no time"),),
        devices=(
            DeviceMonth(id="steps/2026-11", measure="steps", days={"2026-11-23": 5200, "2026-11-24": 9000}),
            DeviceMonth(id="resting_heart/2026-11", measure="resting_heart", days={"2026-11-25": 61.5}),
        ),
    )  # fmt: skip


def measured() -> tuple[Reading, ...]:
    named = ("apple_health: =Sam's Watch", "oura: ring")
    return tuple(
        Reading(
            id=f"{TODAY}/steps/{source}",
            date=TODAY,
            measure="steps",
            value=5200 + place,
            unit="steps",
            source=source,
        )
        for place, source in enumerate(named)
    )  # fmt: skip


def review() -> Review:
    before = Dose(sets=3, reps=8, load_kg=6)
    grown = Decision(id="d1", exercise="hng_2", name="Hinge", rule="r15", action="add", text="It grows.",
                     before=before, after=Dose(sets=3, reps=9, load_kg=6))  # fmt: skip
    swapped = Decision(id="d2", exercise="ant_1", name="Dead bug, arms", rule="r16", action="swap",
                       text="The next rung, “|” and =1+1.", to="ant_2", vetoed=True)  # fmt: skip
    whole = WeekEvidence(week=1, starts=TODAY, ends=TODAY, planned=3, done=2, adherence=67, readiness=None,
                         sleep_hours=None, stress=None, pain=None, pain_four_weeks=None)  # fmt: skip
    return Review(id="w01", week=1, date=date(2026, 11, 30), plan_before="v1", plan_after="v2", evidence=(),
                  overall=whole, decisions=(grown, swapped))  # fmt: skip


def week() -> Week:
    one = Prescription(exercise="hng_2", name="Hinge with a stick", ladder="hng", rung=2, component="c3",
                       slot=1, dose=Dose(sets=3, reps=8, load_kg=6, rpe=(4, 5)), minutes=4.25,
                       reason=Reason(rule="slot_hip", text="Hips carry."))  # fmt: skip
    held = replace(one, exercise="ant_2", dose=Dose(sets=2, hold_s=20, sides=2), minutes=3)
    session = Session(id="w01_s1", week=1, number=1, date=TODAY, minutes=20, prescriptions=(one, held))
    return Week(number=1, starts=TODAY, phase="settle", phase_name="Settle", sessions=(session,))
