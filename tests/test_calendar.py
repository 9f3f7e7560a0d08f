"""Calendars and timers: two readers that are not ours, updates that replace, nothing of health in sight."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from export_case import HOSTILE, TODAY, hostile
from hypothesis import example, given, settings
from hypothesis import strategies as st
from node_case import modules

from coach.coach import Coach
from coach.exchange import timers
from coach.exchange.agenda import DOMAIN, Slot, Stage, Upsets, events
from coach.exchange.ics import Event, calendar
from coach.model.log import Pause
from coach.model.text import clean
from coach.problems import BadValue

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def coach(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Coach:
    return hostile(demo_home, tmp_path_factory.mktemp("calendar") / "home")


def written(found: tuple[Event, ...]) -> str:
    return "".join(calendar(found, "coach"))


def read(text: str) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(text.encode()).walk("VEVENT"))


def facts(each: icalendar.Event) -> dict[str, Any]:
    return {
        "uid": str(each["UID"]),
        "start": each["DTSTART"].dt,
        "minutes": each["DURATION"].dt // timedelta(minutes=1),
        "title": str(each["SUMMARY"]),
        "about": str(each.get("DESCRIPTION", "")),
        "sequence": int(each["SEQUENCE"]),
        "cancelled": str(each["STATUS"]) == "CANCELLED",
        "alarms": [one["TRIGGER"].dt // timedelta(minutes=1) for one in each.walk("VALARM")],
    }


def ours(each: Event) -> dict[str, Any]:
    alarms = [] if each.cancelled or each.alarm_minutes is None else [-each.alarm_minutes]
    title, about = each.title.replace("\t", " "), each.about.replace("\t", " ")
    return {
        "uid": each.uid, "start": each.start, "minutes": each.minutes, "title": title, "about": about,
        "sequence": each.sequence, "cancelled": each.cancelled, "alarms": alarms,
    }  # fmt: skip


tricky = st.text('\\,;nN:\n ä"', max_size=40)
texts = tricky | st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf")), min_size=1, max_size=200).map(
    clean
)
some_events = st.builds(
    Event,
    uid=st.uuids().map(lambda each: f"{each}@{DOMAIN}"),
    start=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(
        lambda each: each.replace(microsecond=0)
    ),
    minutes=st.integers(5, 300),
    title=texts | texts.map(lambda each: (each * 90)[:300]) | st.sampled_from(HOSTILE).map(clean),
    about=texts | st.sampled_from(HOSTILE).map(clean),
    sequence=st.integers(0, 99),
    changed=st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    cancelled=st.booleans(),
)


@settings(deadline=None)
@given(st.lists(some_events, max_size=4))
def test_a_reader_that_is_not_ours_reads_what_was_written(found: list[Event]) -> None:
    text = written(tuple(found))
    assert [facts(each) for each in read(text)] == [ours(each) for each in found]
    lines = text.split("\r\n")
    assert lines.pop() == ""
    for line in lines:
        assert "\n" not in line
        assert "\r" not in line
        assert len(line.encode()) <= 75


def test_every_session_and_test_of_the_plan_is_an_event(coach: Coach) -> None:
    plan, weeks = coach.weeks()
    found = read(written(coach.calendar()))
    assert len({str(each["UID"]) for each in found}) == len(found)
    assert all(each["DTSTART"].dt.tzinfo is None for each in found)
    sessions = sum(len(week.sessions) for week in weeks)
    tests = [each for each in found if str(each["SUMMARY"]) == "Questions"]
    starts = {week.number: week.starts for week in weeks}
    assert [each["DTSTART"].dt.date() for each in tests] == [starts[week] for week in (4, 8, 12)]
    assert len(found) >= sessions + 3
    ahead = {each.date for week in weeks for each in week.sessions if each.date > TODAY}
    assert ahead <= {each["DTSTART"].dt.date() for each in found if str(each["STATUS"]) == "CONFIRMED"} | {
        date(2026, 11, 25), date(2026, 11, 26)
    }  # fmt: skip
    paused = [each for each in found if date(2026, 11, 25) <= each["DTSTART"].dt.date() <= date(2026, 11, 26)]
    assert paused
    assert all(str(each["STATUS"]) == "CANCELLED" for each in paused)
    assert {each["DTSTART"].dt.time() for each in found} == {
        time.fromisoformat(plan.preferences.session_time)
    }


def test_no_title_says_anything_of_health_unless_asked(coach: Coach) -> None:
    plain = written(coach.calendar())
    assert not re.search(
        r"back|pain|exercise|hinge|bridge|test",
        plain.replace("//coach//back care//", "").replace(DOMAIN, ""),
        re.I,
    )
    assert {line for line in plain.splitlines() if line.startswith("SUMMARY")} == {
        "SUMMARY:Session",
        "SUMMARY:Questions",
    }
    told = coach.calendar(detail=True)
    names = {one.name for session in coach.plan().week.sessions for one in session.prescriptions}
    about = "\n".join(each.about for each in told)
    assert all(name in about for name in names)
    assert [each.sequence for each in told] == [each.sequence for each in coach.calendar()]


def test_the_same_state_gives_the_same_bytes(coach: Coach) -> None:
    later = Coach.open(coach.home, today=TODAY, at="2026-11-23T21:00:00+01:00")
    assert written(later.calendar()) == written(coach.calendar())


class Client:
    """A calendar program: it takes an event again only with a larger SEQUENCE."""

    def __init__(self) -> None:
        self.kept: dict[str, Event] = {}

    def take(self, found: tuple[Event, ...]) -> None:
        for each in found:
            old = self.kept.get(each.uid)
            if old is None or each.sequence > old.sequence:
                self.kept[each.uid] = each
            else:
                assert each.sequence == old.sequence, "a calendar would refuse this one"

    def shows(self) -> dict[str, Any]:
        return {uid: visible(each) for uid, each in self.kept.items() if not each.cancelled}


def visible(each: Event) -> tuple[Any, ...]:
    return each.start, each.minutes, each.title, each.about


slots = st.builds(
    lambda week, number, shift, minutes: Slot(
        key=f"w{week:02d}_s{number}", week=week, date=TODAY + (2 * week + shift) * DAY, minutes=minutes,
        plain="Session", about=f"dose {minutes}",
    ),
    st.integers(1, 5), st.integers(1, 3), st.integers(0, 2), st.sampled_from([10, 12, 25]),
)  # fmt: skip
steps = st.lists(
    st.one_of(
        st.tuples(st.just("review"), st.lists(slots, max_size=9, unique_by=lambda each: each.key)),
        st.tuples(st.just("pause"), st.integers(0, 8), st.integers(1, 10)),
        st.tuples(st.just("back"), st.integers(0, 8)),
        st.tuples(st.just("skip"), st.integers(1, 5), st.integers(1, 3)),
        st.tuples(st.just("done"), st.integers(1, 5), st.integers(1, 3)),
        st.tuples(st.just("stop")),
        st.tuples(st.just("clear")),
    ),
    max_size=8,
)


def slot_on(day: int) -> Slot:
    return Slot(key="w04_s1", week=4, date=TODAY + day * DAY, minutes=10, plain="Session")


@settings(deadline=None)
@given(steps)
@example([("review", [slot_on(9)]), ("pause", 7, 1), ("review", [slot_on(2)]), ("review", [slot_on(9)])])
def test_importing_again_always_leads_to_the_newest_state(found: list[tuple[Any, ...]]) -> None:
    stages: list[Stage] = []
    pauses: list[Pause] = []
    let_go: set[str] = set()
    done: set[str] = set()
    stops, stopped, week = 0, False, 1
    client = Client()
    for what, *values in found:
        if what == "review":
            stages.append(
                Stage(made=TODAY, week=week, slots=tuple(each for each in values[0] if each.week >= week))
            )
            week = min(5, week + len(stages) % 2)
        elif what == "pause":
            start = TODAY + values[0] * DAY
            pauses.append(Pause(id=str(len(pauses)), start=start, end=start + values[1] * DAY))
        elif what == "back" and pauses:
            old = pauses.pop()
            pauses.append(Pause(id=old.id, start=old.start, end=max(old.start, old.end - values[0] * DAY)))
        elif what == "skip":
            let_go.add(f"w{values[0]:02d}_s{values[1]}")
        elif what == "done":
            done.add(f"w{values[0]:02d}_s{values[1]}")
        elif what == "stop" and not stopped:
            stops, stopped = stops + 1, True
        elif what == "clear":
            stopped = False
        upsets = Upsets(
            today=TODAY, pauses=tuple(pauses), skipped=frozenset(let_go - done), let_go=frozenset(let_go),
            stops=stops, stopped=stopped,
        )  # fmt: skip
        newest = events(stages, upsets, "p/e", time(8), detail=True)
        client.take(newest)
        assert client.shows() == {each.uid: visible(each) for each in newest if not each.cancelled}


def test_a_pause_that_ends_early_brings_its_sessions_back() -> None:
    slot = Slot(key="w01_s1", week=1, date=TODAY + 3 * DAY, minutes=20, plain="Session")
    stages = (Stage(made=TODAY, week=1, slots=(slot,)),)
    client = Client()
    for pauses in (
        (),
        (Pause(id="p", start=TODAY, end=TODAY + 5 * DAY),),
        (Pause(id="p", start=TODAY, end=TODAY),),
    ):
        newest = events(stages, Upsets(today=TODAY, pauses=pauses), "p/e", time(8))
        client.take(newest)
        assert bool(client.shows()) == (not newest[0].cancelled)
    assert client.shows()


def test_an_event_that_did_not_change_keeps_its_sequence(tmp_path: Path, answers: dict[str, Any]) -> None:
    home = tmp_path / "home"
    coach = Coach.open(home, today=TODAY)
    coach.assess(answers)
    client = Client()
    first = coach.calendar()
    client.take(first)
    assert {each.sequence for each in first} == {0}
    coach.check_in(pain=4)
    assert coach.calendar() == first
    moved = {"mon", "wed", "fri", "sat"} - set(coach.plan().preferences.days)
    coach.prefer(days=tuple({*coach.plan().preferences.days[:-1], *sorted(moved)[:1]}), session_time="18:30")
    client.take(coach.calendar())
    assert client.shows() == {each.uid: visible(each) for each in coach.calendar() if not each.cancelled}
    assert {each.start.time() for each in client.kept.values() if not each.cancelled} == {time(18, 30)}
    coach.prefer(days_per_week=2, days=("tue", "sat"))
    client.take(coach.calendar())
    gone = [each for each in coach.calendar() if each.cancelled]
    assert gone
    assert client.shows() == {each.uid: visible(each) for each in coach.calendar() if not each.cancelled}
    coach.check_in(flags=("ms_saddle",))
    client.take(coach.calendar())
    assert all(each.start.date() < TODAY for each in client.kept.values() if not each.cancelled)


def test_a_calendar_follows_what_is_taken_back_or_set_outside_the_plan(
    tmp_path: Path, answers: dict[str, Any]
) -> None:
    coach = Coach.open(tmp_path / "home", today=TODAY)
    coach.assess({**answers, "session_time": ""})
    client = Client()

    def takes() -> None:
        told = coach.calendar()
        client.take(told)
        assert client.shows() == {each.uid: visible(each) for each in told if not each.cancelled}
        assert coach.calendar() == told
        assert [each.sequence for each in coach.calendar(detail=True)] == [each.sequence for each in told]

    takes()
    before = client.shows()
    coach.pause(TODAY + DAY, TODAY + 9 * DAY)
    takes()
    assert len(client.shows()) < len(before)
    coach.undo()
    takes()
    assert client.shows() == before
    coach.pause(TODAY, TODAY + 9 * DAY)
    takes()
    coach.end_pause()  # on its first day: it leaves no trace
    takes()
    assert client.shows() == before
    for at in ("07:00", "19:30", "off", "07:00"):
        coach.set_option("remind_at", at)
        takes()
    assert {each.start.time() for each in coach.calendar() if not each.cancelled} == {time(7)}
    coach.prefer(days_per_week=3, days=("tue", "thu", "sat"), session_time="18:30")
    takes()
    coach.undo()
    takes()
    assert {each.start.time() for each in coach.calendar() if not each.cancelled} == {time(7)}
    assert {each.start.time() for each in coach.calendar(at="06:15") if not each.cancelled} == {time(6, 15)}
    (tmp_path / "home" / "calendar.json").write_text("{ no")
    assert {each.start.time() for each in coach.calendar() if not each.cancelled} == {time(7)}
    coach.wipe()
    assert not (tmp_path / "home" / "calendar.json").exists()


# -- timers ----------------------------------------------------------------------------------------

NASTY = "/tmp/a b'c\"d $HOME `id` %h \\x; rm -rf ~ & é"


def test_a_reminder_is_given_while_something_is_due_and_stops_when_it_is_done(
    assessed: Any, tmp_path: Path
) -> None:
    text = assessed("remind", "cron", "--at", "08:00").stdout
    assert assessed("today").returncode == 0
    row = next(line for line in text.splitlines() if not line.startswith("#"))
    assert row.startswith("0 8,9,10,11,12,13,14,15,16,17,18,19,20 * * * ")
    command = row.split(" ", 5)[5].replace("\\%", "%")
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "notify-send").write_text('#!/bin/sh\nprintf "%s: %s" "$1" "$2"\n')
    (tools / "notify-send").chmod(0o755)
    env = {
        "PATH": f"{tools}:/usr/bin:/bin",
        "COACH_TODAY": "2026-11-23",
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }

    def said() -> str:
        done = subprocess.run(["/bin/sh", "-c", command], env=env, capture_output=True, text=True, check=True)
        return done.stdout

    assert said() == "coach: Something is due today."
    assessed("checkin", "4")
    if assessed("status", "--exit-code").returncode == 0:
        assessed("log", "--done", "all", "--rpe", "4", "--before", "3", "--pain", "3", "--form", "good")
    assert assessed("status", "--exit-code").returncode == 3
    assert said() == ""


def test_paths_are_quoted_for_each_reader(tmp_path: Path) -> None:
    when = timers.times(time(8), time(8), 60)
    row = timers.cron(("echo", NASTY), when).splitlines()[-1]
    shell = re.sub(r"\\%", "%", row.split(" ", 5)[5])
    assert re.search(r"(?<!\\)%", row) is None
    inner = shell.partition("if ")[2].partition(" >/dev/null")[0]
    assert shlex.split(inner) == ["echo", NASTY, "status", "--exit-code"]
    line = next(
        each for each in timers.service(("echo", NASTY)).splitlines() if each.startswith("ExecStart=")
    )
    quoted = line.removeprefix('ExecStart=/bin/sh -c "').removesuffix('"')
    undone = re.sub(r"%%|\$\$|\\(.)", lambda each: each[1] or each[0][0], quoted)
    assert undone == timers.asked(("echo", NASTY))
    with pytest.raises(timers.BadTimer):
        timers.cron(("echo", "a\nb"), when)


def test_units_are_two_files_in_a_folder(assessed: Any, tmp_path: Path) -> None:
    folder = tmp_path / "units"
    folder.mkdir()
    done = assessed(
        "remind", "systemd", "-o", str(folder), "--every", "30", "--until", "09:00", "--at", "08:00"
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert sorted(each.name for each in folder.iterdir()) == ["coach-remind.service", "coach-remind.timer"]
    timer = (folder / "coach-remind.timer").read_text()
    assert re.findall("OnCalendar=(.*)", timer) == [
        f"*-*-* {each}:00" for each in ("08:00", "08:30", "09:00")
    ]
    both = assessed("remind", "systemd", "--every", "30", "--until", "09:00", "--at", "08:00").stdout
    assert timer in both


@pytest.mark.parametrize(
    "words",
    [
        ("remind", "post"), ("remind",), ("remind", "cron", "--at", "8"), ("remind", "ics", "--at", "24:00"),
        ("remind", "cron", "--every", "0"), ("remind", "cron", "--until", "06:00", "--at", "08:00"),
        ("remind", "cron", "--detail"), ("remind", "ics", "--json"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said(assessed: Any, words: tuple[str, ...]) -> None:
    done = assessed(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("coach: ") or '"error"' in done.stderr


def test_the_time_comes_from_the_plan_or_is_given(coach: Coach, tmp_path: Path) -> None:
    assert Coach.open(tmp_path / "none", today=TODAY).remind_at() == time(8)
    assert coach.remind_at() == time.fromisoformat(coach.plan().preferences.session_time)
    assert coach.remind_at("21:05") == time(21, 5)
    coach.keep_settings(remind_at="19:40")
    assert coach.remind_at() == time(19, 40)
    assert {each.start.time() for each in coach.calendar()} != {time(19, 40)}  # sessions keep their own time
    assert {each.alarm_minutes for each in coach.calendar()} == {10}
    coach.keep_settings(remind_at="05:00")  # before them: that is when the calendar rings
    ringing = coach.calendar()
    assert {each.start - timedelta(minutes=each.alarm_minutes or 0) for each in ringing} == {
        datetime.combine(each.start.date(), time(5)) for each in ringing
    }
    coach.keep_settings(remind_at="19:40")
    coach.keep_settings(remind_at="")
    with pytest.raises(BadValue):
        coach.remind_at("9:5")


READ = """
import fs from 'node:fs';
const {default: ICAL} = await import(process.argv[2]);
const root = new ICAL.Component(ICAL.parse(fs.readFileSync(process.argv[3], 'utf8')));
console.log(JSON.stringify(root.getAllSubcomponents('vevent').map(one => {
  const event = new ICAL.Event(one);
  return {
    uid: event.uid, start: event.startDate.toString(),
    floating: event.startDate.zone === ICAL.Timezone.localTimezone,
    minutes: event.duration.toSeconds() / 60, title: event.summary, about: event.description || '',
    sequence: event.sequence, cancelled: one.getFirstPropertyValue('status') === 'CANCELLED',
  };
})));
"""


@pytest.mark.long
def test_ical_js_reads_the_same(coach: Coach, tmp_path: Path) -> None:
    file, script = tmp_path / "me.ics", tmp_path / "read.mjs"
    file.write_bytes(written(coach.calendar(detail=True)).encode())
    script.write_text(READ)
    reader = (modules() / "ical.js" / "dist" / "ical.js").as_uri()
    done = subprocess.run(
        ["node", str(script), reader, str(file)], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [
        {
            "uid": each.uid, "start": each.start.isoformat(), "floating": True, "minutes": each.minutes,
            "title": each.title, "about": each.about, "sequence": each.sequence, "cancelled": each.cancelled,
        }
        for each in coach.calendar(detail=True)
    ]  # fmt: skip
