"""Fitbit, Oura, Sleep as Android, Gadgetbridge and any table: what is read, and what is refused."""

from __future__ import annotations

import io
import json
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from wearable_case import android, fitbit_log, gadgetbridge

from coach.exchange.wearables import (
    columns,
    fitbit,
    mapping,
    oura,
    propose,
    sleepandroid,
)
from coach.exchange.wearables import (
    gadgetbridge as bridge,
)
from coach.exchange.wearables.gather import Gatherer
from coach.exchange.wearables.nights import Span, apart, joined, naps
from coach.exchange.wearables.sniff import member, sniff

SINCE, UNTIL = date(2026, 11, 20), date(2026, 12, 20)
HOSTILE = "=cmd|' /C calc'!A1\x1b]0;x\x07\u202e<script>[red]"


def to(kind: str) -> Gatherer:
    return Gatherer(kind, SINCE, UNTIL)


def values(found: Gatherer) -> dict[str, float]:
    return {each.id: each.value for each in found.readings()}


def stream(text: Any) -> io.BytesIO:
    return io.BytesIO((text if isinstance(text, str) else json.dumps(text)).encode())


# -- nights -----------------------------------------------------------------------------------


def test_stretches_join_over_short_gaps_and_overlaps_count_once() -> None:
    hour = 3600
    night = joined(
        [(0, 2 * hour, 60), (hour, 3 * hour, 60), (3 * hour + 59 * 60, 5 * hour, 60), (6 * hour, 7 * hour, 0)]
    )
    assert [(each.start, each.end, each.asleep) for each in night] == [
        (0, 5 * hour, 3 * hour + (5 * hour - (3 * hour + 59 * 60))),
        (6 * hour, 7 * hour, hour),
    ]


def test_two_tellings_of_one_night_are_one_and_a_short_sleep_of_the_day_is_a_nap() -> None:
    hour = 3600
    told = apart(
        [
            Span(0, 8 * hour, 0, 7 * hour),
            Span(hour, 8 * hour, 0, 6 * hour),
            Span(13 * hour, 14 * hour, 0, hour),
        ]
    )
    assert [each.asleep for each in told] == [7 * hour, hour]
    assert naps(told) == [False, True]
    assert naps([Span(10 * hour, 17 * hour, 0, 6 * hour)]) == [False]  # who works at night sleeps by day
    assert naps([Span(13 * hour, 14 * hour, 0, hour)]) == [False]


# -- Fitbit -----------------------------------------------------------------------------------


def test_fitbit_logs_give_the_night_of_the_day_of_waking() -> None:
    found = to("fitbit")
    logs = [
        fitbit_log(1, "2026-11-23T23:10", "2026-11-24T06:40", 410),
        fitbit_log(2, "2026-11-24T13:00", "2026-11-24T13:40", 30, main=False),
        fitbit_log(1, "2026-11-23T23:10", "2026-11-24T06:40", 420),
    ]
    fitbit.read_json(stream(logs), found)
    assert values(found) == {"2026-11-24/sleep_hours/fitbit": 7.0}  # the revised log, without the nap
    (night,) = found.readings()
    assert night.end == "2026-11-24T06:40:30"  # local: there is no offset
    assert [(each.id, each.nap) for each in night.parts] == [("1", False), ("2", True)]


def test_fitbit_csv_reads_thousands_and_reckons_the_start_from_the_end() -> None:
    text = (
        "Sleep\nStart Time,End Time,Minutes Asleep,Minutes Awake,Number of Awakenings\n"
        '"2026-11-26 11:12PM","2026-11-24 7:11AM","400","50","30"\n'
        '"2026-11-24 11:12PM","2026-11-25 7:11AM","5,000","50","30"\n'
        '"24-11-2026 11:12PM","25-11-2026 7:11AM","400","50","30"\n\n'
        "Activities\nDate,Steps\n"
    )
    found = to("fitbit")
    fitbit.read_csv(stream(text), found)
    assert values(found) == {"2026-11-24/sleep_hours/fitbit": 6.67}
    assert found.broken == 2
    assert "line 4" in found.problems[0]
    assert "it lasts 84 hours" in found.problems[0]


@pytest.mark.parametrize("document", ["{", '{"sleep": 3}', '[{"logId": NaN}]', "[" * 100_000, '{"sleep": '])
def test_what_is_no_list_of_logs_is_refused(document: str) -> None:
    with pytest.raises(ValueError, match=r"no JSON|no list|no number|too deeply"):
        fitbit.read_json(stream(document), to("fitbit"))


@pytest.mark.parametrize(
    "log", [1, {}, {"endTime": 3}, {"endTime": "soon"}, {"endTime": HOSTILE, "minutesAsleep": 5}]
)
def test_a_log_that_cannot_be_read_is_counted_and_named(log: Any) -> None:
    found = to("fitbit")
    fitbit.read_json(stream([log, fitbit_log(1, "2026-11-23T23:10", "2026-11-24T06:40", 410)]), found)
    assert (found.broken, len(found.readings())) == (1, 1)
    assert found.problems[0].startswith("log 1: ")
    assert not set("\x1b\x07\u202e") & set(found.problems[0])


# -- Oura -------------------------------------------------------------------------------------


def test_oura_takes_the_day_from_the_end_of_the_night_whatever_its_date_says() -> None:
    night = {
        "id": "a",
        "bedtime_start": "2026-11-23T23:00:00+01:00",
        "bedtime_end": "2026-11-24T07:00:00+01:00",
    }
    new = {
        **night,
        "day": "2026-11-24",
        "total_sleep_duration": 25_200,
        "lowest_heart_rate": 51,
        "type": "long_sleep",
    }
    old = {**night, "summary_date": "2026-11-23", "total": 25_200, "hr_lowest": 51}
    for document in ({"data": [new]}, {"sleep": [old], "activity": []}):
        found = to("oura")
        oura.read_json(stream(document), found)
        assert values(found) == {"2026-11-24/sleep_hours/oura": 7.0, "2026-11-24/resting_heart/oura": 51.0}


def test_oura_csv_in_either_spelling_and_its_days_of_steps() -> None:
    text = (
        "date,Bedtime Start,Bedtime End,Total Sleep Duration,Lowest Resting Heart Rate,Steps\n"
        "2026-11-24,2026-11-23T23:00:00+01:00,2026-11-24T07:00:00+01:00,25200,51,8100\n"
        "2026-11-25,,,,,7000\n"
        "2026-11-26,,soon,25200,51,1\n"
    )
    found = to("oura")
    oura.read_csv(stream(text), found)
    assert values(found) == {
        "2026-11-24/sleep_hours/oura": 7.0,
        "2026-11-24/resting_heart/oura": 51.0,
        "2026-11-24/steps/oura": 8100.0,
        "2026-11-25/steps/oura": 7000.0,
    }
    assert found.problems == ["line 4: “soon” is no time"]


# -- Sleep as Android -------------------------------------------------------------------------


def test_sleep_as_android_counts_from_its_id_and_takes_off_the_time_awake(tmp_path: Path) -> None:
    path = android(
        tmp_path / "s.csv",
        ("2026-11-23 23:07", "2026-11-24 07:12", 7.25),
        ("2026-11-24 22:58", "2026-11-25 06:00", 6.5),
    )
    found = to("sleep_as_android")
    sleepandroid.read(io.BytesIO(path.read_bytes()), found)
    assert values(found) == {
        "2026-11-24/sleep_hours/sleep_as_android": 7.25,
        "2026-11-25/sleep_hours/sleep_as_android": 6.5,
    }
    assert found.readings()[0].start == "2026-11-23T23:07:00+01:00"
    assert (found.records, found.broken) == (2, 0)


def test_sleep_as_android_names_rows_that_do_not_fit() -> None:
    text = (
        "Id,Tz,From,To,Sched,Hours,Rating,Comment\n"
        f'"soon","Europe/Berlin","x","y","z","7","1","{HOSTILE}"\n'
        '"1795471620000","Europe/Berlin","99. 99. 2026 23:07","24. 11. 2026 7:12","","7.0","1",""\n'
        '"1795471620000","Europe/Berlin","01. 01. 2020 23:07","24. 11. 2026 7:12","","7.0","1",""\n'
    )
    found = to("sleep_as_android")
    sleepandroid.read(stream(text), found)
    assert (found.records, found.broken) == (3, 3)
    assert not any(each in "".join(found.problems) for each in ("\x1b", "\u202e"))


# -- Gadgetbridge -----------------------------------------------------------------------------

AT = 1_795_420_800  # 2026-11-23 00:00 UTC


def read_bridge(path: Path, offset: int = 60) -> Gatherer:
    found = to("gadgetbridge")
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    bridge.read(connection, found, lambda at: offset)
    connection.close()
    return found


def test_gadgetbridge_reads_every_table_of_samples_by_local_day(tmp_path: Path) -> None:
    samples = [
        (AT + 3600 * 8, 100, 70),
        (AT + 3600 * 9, -1, 255),
        (AT + 3600 * 23 + 1800, 50, -1),
        (AT + 60, 0, 60),
    ]
    path = gadgetbridge(tmp_path / "Gadgetbridge", samples, [(AT + 3600 * 22, AT + 3600 * 30, 420)])
    found = read_bridge(path)
    assert values(found) == {
        "2026-11-23/steps/gadgetbridge: Mi Band 6": 100.0,
        "2026-11-24/steps/gadgetbridge: Mi Band 6": 50.0,
        "2026-11-24/sleep_hours/gadgetbridge: Mi Band 6": 7.0,
        "2026-11-24/resting_heart/gadgetbridge: Mi Band 6": 58.0,
    }


def test_gadgetbridge_is_read_from_a_database_that_lies_about_its_types(tmp_path: Path) -> None:
    path = gadgetbridge(tmp_path / "Gadgetbridge", [(AT + 3600, 10, 70)])
    with sqlite3.connect(path) as db:
        db.execute("UPDATE DEVICE SET NAME = ?", (HOSTILE,))
        db.execute("INSERT INTO MI_BAND_ACTIVITY_SAMPLE VALUES ('soon', 1, 1, 1, 'many', 1, x'00')")
        db.execute(
            'CREATE TABLE "ROBERT\'); DROP TABLE DEVICE;--_ACTIVITY_SAMPLE" (TIMESTAMP, DEVICE_ID, STEPS)'
        )
        db.execute(
            "CREATE VIEW EVIL_ACTIVITY_SAMPLE AS SELECT randomblob(1000) TIMESTAMP, 1 DEVICE_ID, 1 STEPS"
        )
    db.close()
    before = path.read_bytes()
    found = read_bridge(path)
    assert found.broken == 1
    (name,) = {each.source for each in found.readings()}
    assert name.startswith("gadgetbridge: =cmd")
    assert "\x1b" not in name
    assert path.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["Gadgetbridge"]


def test_another_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE SONGS (NAME TEXT)")
    db.close()
    with pytest.raises(ValueError, match="no samples of a device"):
        read_bridge(path)
    path.write_bytes(b"SQLite format 3\0" + b"\0" * 2000)
    with pytest.raises(ValueError, match=r"SQLite says|no samples"):
        read_bridge(path)


# -- any table --------------------------------------------------------------------------------

TABLE = "Datum;Schritte steps;Schlaf sleep (min);Resting HR\n23.11.2026;8.123;430,5;58\n24.11.2026;x;;57\n"


def test_a_mapping_is_proposed_and_what_cannot_be_told_is_left_open() -> None:
    found = propose.propose(TABLE, "my band")
    made = found.mapping
    assert (made.delimiter, made.day, made.order, made.sleep_day) == (";", "Datum", "day-month-year", "?")
    assert [(each.measure, each.unit) for each in made.value] == [
        ("steps", "steps"), ("sleep_hours", "min"), ("resting_heart", "/min"),
    ]  # fmt: skip
    assert made.decimal == ","
    twice = propose.propose("Day,Steps\n03/04/2026,10\n05/06/2026,11\n", "x")
    assert (twice.mapping.order, twice.orders) == ("?", ("day-month-year", "month-day-year"))
    text = propose.toml(twice.mapping, twice.orders)
    assert "fits: day-month-year or month-day-year" in text
    with pytest.raises(mapping.BadMapping, match="leaves open how dates are written"):
        mapping.read(text)
    with pytest.raises(mapping.BadMapping, match="which day a night belongs to"):
        mapping.read(propose.toml(made))


def test_a_proposed_mapping_reads_its_table_when_it_is_answered() -> None:
    made = propose.answered(propose.propose(TABLE, "my band"), sleep_day="evening")
    found = to("csv")
    columns.read(stream(TABLE), found, mapping.read(propose.toml(made)))
    assert values(found) == {
        "2026-11-23/steps/csv: my band": 8123.0,
        "2026-11-24/sleep_hours/csv: my band": 7.17,
        "2026-11-23/resting_heart/csv: my band": 58.0,
        "2026-11-24/resting_heart/csv: my band": 57.0,
    }
    assert found.problems == ["line 3, Schritte steps: “x” is no number"]


def test_columns_of_falling_asleep_and_waking_give_the_night_itself() -> None:
    text = (
        "id,from,to,asleep\n"
        "n1,2026-11-23 23:00,2026-11-24 07:00,7:15\n"
        "n2,2026-11-24 23:00,2026-11-25 07:00,9:15\n"
    )
    made = propose.propose(text, "diary").mapping
    assert (made.start, made.end, made.order) == ("from", "to", "year-month-day")
    found = to("csv")
    columns.read(stream(text), found, mapping.read(propose.toml(made).replace('id = ""', 'id = "id"')))
    assert values(found) == {"2026-11-24/sleep_hours/csv: diary": 7.25}
    assert "9.2 hours of sleep in 8.0 hours" in found.problems[0]


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("23/11/2026", "day-month-year", "2026-11-23"),
        ("11/23/26", "month-day-year", "2026-11-23"),
        ("2026-11-23 11:30 pm", "year-month-day", "2026-11-23"),
        ("2026-11-23T07:30:00+01:00", "year-month-day", "2026-11-23"),
    ],
)
def test_dates_are_read_in_the_order_that_was_told(text: str, order: str, expected: str) -> None:
    assert mapping.dated(text, order)[0].isoformat() == expected


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("23/11/2026", "month-day-year"),
        ("2026-11-23", "day-month-year"),
        ("soon", "year-month-day"),
        ("", "year-month-day"),
    ],
)
def test_a_date_in_another_order_is_refused(text: str, order: str) -> None:
    with pytest.raises(ValueError, match="is no"):
        mapping.dated(text, order)


def test_text_of_a_table_comes_out_clean() -> None:
    text = f"day,steps,note\n2026-11-23,{HOSTILE},x\n2026-11-24,\0\x1b,y\n"
    made = propose.propose("day,steps\n2026-11-23,1\n", HOSTILE).mapping
    found = to("csv")
    columns.read(stream(text), found, made)
    assert found.broken == 2
    told = "".join(found.problems) + found.source(made.source)
    assert "\x1b" not in told
    assert "\u202e" not in told


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("schema = 3", "expected coach.mapping/1"),
        ("[[[", "no TOML"),
        ('schema = "coach.mapping/1"\nsource = "x"', "does not fit"),
        (
            'schema = "coach.mapping/1"\nsource="x"\nday="d"\norder="year-month-day"\nvalue=[]',
            "no column with a value",
        ),
        ('schema = "coach.mapping/1"\nsource="x"\nday="d"\norder="year-month-day"\nvalue=[]\nmore=1', "more"),
    ],
)
def test_a_mapping_that_does_not_fit_says_why(text: str, why: str) -> None:
    with pytest.raises(mapping.BadMapping, match=why):
        mapping.read(text)


# -- what it is -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"SQLite format 3\0rest", "gadgetbridge"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE HealthData [', "apple_health"),
        (b'{"schema": "coach.export-all/1"', "full"),
        (b'[{"logId": 1, "dateOfSleep": "x"', "fitbit"),
        (b'{"data": [{"bedtime_end": 1', "oura"),
        (b"Id,Tz,From,To,Sched,Hours\n", "sleep_as_android"),
        (b"Sleep\nStart Time,End Time,Minutes Asleep\n", "fitbit"),
        (b"date,Bedtime End,x\n", "oura"),
        (b"\xef\xbb\xbfday;steps\n1;2\n", "csv"),
        (b"hello", ""),
        (b"\x00\x01\x02,\x00", ""),
        (b"", ""),
    ],
)
def test_a_file_is_known_by_its_content(head: bytes, kind: str) -> None:
    assert sniff(head) == kind


def test_a_zip_is_known_by_its_members() -> None:
    assert member(["apple_health_export/export_cda.xml", "apple_health_export/Export.xml"]) == (
        "apple_health", ("apple_health_export/Export.xml",),
    )  # fmt: skip
    fit = "Takeout/Fitbit/Global Export Data/sleep-2026-11-01.json"
    assert member(["x.txt", fit, "Takeout/Fitbit/sleep_score.csv"]) == ("fitbit", (fit,))
    assert member(["prefs.xml", "sleep-export.csv"]) == ("sleep_as_android", ("sleep-export.csv",))
    assert member(["../../etc/passwd"]) == ("", ())
