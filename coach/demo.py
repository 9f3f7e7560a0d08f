"""A synthetic person eight weeks in: packaged answers and days, lived through the real code."""

from __future__ import annotations

import json
import os
import shutil
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from coach.problems import BadValue

if TYPE_CHECKING:
    from coach.coach import Coach

MARK = "demo.json"
DAYS_BACK = 55
CALM = dict.fromkeys(("ms_saddle", "ms_legs", "ms_leg_new", "ms_unwell", "ms_trauma", "ms_different"), "no")


def live(home: str, today: date) -> Coach:
    """Make the home anew and live the packaged days up to today.

    Only a folder that is empty, or an earlier demo, is written to; raises `BadValue` for another.
    """
    from coach.coach import Coach

    _clear(home)
    script = _script()
    start = today - timedelta(days=DAYS_BACK)
    for offset in range(DAYS_BACK + 1):
        day = start + timedelta(days=offset)
        at = f"{day.isoformat()}T07:10:00+00:00"
        coach = Coach.open(home, today=day, at=at)
        if offset == 0:
            coach.assess(script["answers"])
        _live_day(coach, script, offset)
    return Coach.open(home, today=today, at=f"{today.isoformat()}T07:30:00+00:00")


def _script() -> dict[str, Any]:
    import tomllib

    from coach.packaged import packaged

    return tomllib.loads(packaged("demo.toml").read_text(encoding="utf-8"))


def _clear(home: str) -> None:
    """Take an earlier demo away, and nothing else."""
    if os.path.isdir(home) and os.listdir(home):
        if not os.path.isfile(os.path.join(home, MARK)):
            raise BadValue(
                f"{home} is not empty and is no demo, so nothing was written there.",
                "give another folder: coach demo DIR",
            )
        shutil.rmtree(home)
    os.makedirs(home, mode=0o700, exist_ok=True)
    with open(
        os.open(os.path.join(home, MARK), os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8"
    ) as file:
        json.dump({"schema": "coach.demo/1", "note": "a synthetic person; made by coach demo"}, file)


def _live_day(coach: Coach, script: dict[str, Any], offset: int) -> None:
    """One day: the check-in, the review when it is due, then what was done and declared."""
    values = {name: days[offset] for name, days in script["days"].items() if days[offset] >= 0}
    note = script["notes"].get(str(offset))
    habits = _habits(coach, script, offset)
    if values or note or habits:
        coach.check_in(**values, note=note, habits=habits or None)
    events = [each for each in script["events"] if each["day"] == offset]
    if offset and offset % 7 == 0:
        if coach.rescreens():  # the full questions before weeks 5 and 9
            coach.assess({**script["answers"], **CALM, "history_change": "no"}, occasion="rescreen")
        coach.review(screen=dict(CALM))
    for event in events:
        if event["what"] == "flare":
            coach.declare_flare(event.get("note", ""))
        elif event["what"] == "pause":
            end = coach.today_date + timedelta(days=event["days"] - 1)
            coach.pause(coach.today_date, end, event["note"])
        elif event["what"] == "skip":
            coach.skip(event["note"])
    _train(coach, script, offset)


def _habits(coach: Coach, script: dict[str, Any], offset: int) -> tuple[str, ...]:
    """Habits that were done that day, of those that the plan asks for."""
    done = [name for name, days in script["habits"].items() if offset in days]
    asked = {each.id for each in coach.plan().week.habits} if done else set()
    return tuple(name for name in done if name in asked)


def _train(coach: Coach, script: dict[str, Any], offset: int) -> None:
    """The session of the day, where one is due and the person felt like it, and the walk."""
    day = coach.today().day
    felt = script["sessions"].get(str(offset))
    if day is not None and day.session is not None and felt is not None:
        rpe, before, pain, form = felt
        coach.log_session(rpe=rpe, before=before, pain=pain, form=form)
    walked = script["walks"].get(str(offset))
    if walked and day is not None and day.walk is not None:
        before = max(0, script["days"]["pain"][offset])
        coach.log_exercise("walk", rpe=walked, before=before, pain=before)
