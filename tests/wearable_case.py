"""Files of devices made for the tests, and a home whose person has lived three weeks with them."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

STEP = "HKQuantityTypeIdentifierStepCount"
HEART = "HKQuantityTypeIdentifierRestingHeartRate"
SLEEP = "HKCategoryTypeIdentifierSleepAnalysis"
STAGE = "HKCategoryValueSleepAnalysis"
HEADER = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation)*)>
<!ATTLIST HeartRateVariabilityMetadataList (InstantaneousBeatsPerMinute)*>
<!ATTLIST Correlation
  type CDATA #REQUIRED
  creationDate  CDATA #IMPLIED
  startDate     CDATA #REQUIRED
]>
<HealthData locale="en_GB">
 <ExportDate value="2026-12-14 20:00:00 +0100"/>
 <Me HKCharacteristicTypeIdentifierDateOfBirth="1980-01-01"/>
"""
"""With the malformed type definition that iOS 16 and later write: a list without its name's attribute."""
FOOTER = "</HealthData>\n"


def record(kind: str, start: str, end: str, value: str, source: str = "Watch", unit: str = "count") -> str:
    return (
        f' <Record type="{kind}" sourceName="{source}" sourceVersion="10.1" '
        f'device="&lt;&lt;HKDevice: 0x28&gt;, name:Apple Watch&gt;" unit="{unit}" '
        f'creationDate="{end}" startDate="{start}" endDate="{end}" value="{value}"/>\n'
    )


def step(day: str, hour: int, count: object, source: str = "Watch", offset: str = "+0100") -> str:
    return record(
        STEP, f"{day} {hour:02d}:00:00 {offset}", f"{day} {hour:02d}:10:00 {offset}", str(count), source
    )


def slept(
    start: str, end: str, stage: str = "AsleepCore", source: str = "Watch", offset: str = "+0100"
) -> str:
    return record(SLEEP, f"{start} {offset}", f"{end} {offset}", f"{STAGE}{stage}", source, "")


def heart(day: str, value: object, source: str = "Watch") -> str:
    return record(HEART, f"{day} 07:00:00 +0100", f"{day} 07:05:00 +0100", str(value), source, "count/min")


def apple(path: Path, *records: str, header: str = HEADER, footer: str = FOOTER) -> Path:
    path.write_text(header + "".join(records) + footer, encoding="utf-8")
    return path


def zipped(path: Path, name: str, data: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr(name, data)
    return path


def fitbit(path: Path, *logs: dict[str, Any]) -> Path:
    path.write_text(json.dumps(list(logs)))
    return path


def fitbit_log(log: int, start: str, end: str, minutes: int, *, main: bool = True) -> dict[str, Any]:
    return {
        "logId": log,
        "dateOfSleep": end[:10],
        "startTime": f"{start}:00.000",
        "endTime": f"{end}:30.000",
        "duration": 28_800_000,
        "minutesAsleep": minutes,
        "timeInBed": minutes + 40,
        "mainSleep": main,
        "levels": {"summary": {"deep": {"minutes": 60}}},
    }


def android(path: Path, *nights: tuple[str, str, float]) -> Path:
    """Nights of Sleep as Android in Berlin winter time: local start and end, hours slept."""
    lines = []
    for start, end, hours in nights:
        begun, woke = (datetime.strptime(each, "%Y-%m-%d %H:%M") for each in (start, end))
        name = round((begun - datetime(1970, 1, 1) - timedelta(hours=1)).total_seconds() * 1000)
        whole = (woke - begun).total_seconds() / 3600
        adjust = round((hours - whole) * 60)
        said = [
            each.strftime("%d. %m. %Y ") + f"{each.hour}:{each.minute:02d}" for each in (begun, woke, woke)
        ]
        cells = [str(name), "Europe/Berlin", *said, f"{whole:.3f}", "3.5", "woke up \\n twice #home"]
        cells += ["10001", "-1", "-1.0", "4", "0.4", str(adjust), "", "1.5", "0.2", "ALARM-1"]
        lines.append(
            'Id,Tz,From,To,Sched,Hours,Rating,Comment,Framerate,Snore,Noise,Cycles,DeepSleep,LenAdjust,Geo,"23:10","23:20",Event'
        )
        lines.append(",".join(f'"{each}"' for each in cells))
        lines.append(",,,,,,,,,,,,,,,0.3,0.1")
    path.write_text("\n".join(lines) + "\n")
    return path


def gadgetbridge(
    path: Path, samples: list[tuple[int, int, int]], nights: Sequence[tuple[int, int, int]] = ()
) -> Path:
    """Samples of (UTC second, steps, heart rate), nights of (start, end, minutes) in UTC seconds."""
    with sqlite3.connect(path) as db:
        db.executescript(
            "CREATE TABLE DEVICE (_id INTEGER PRIMARY KEY, NAME TEXT, MANUFACTURER TEXT, ALIAS TEXT);"
            "INSERT INTO DEVICE VALUES (1, 'Mi Band 6', 'Huami', NULL);"
            "CREATE TABLE MI_BAND_ACTIVITY_SAMPLE (TIMESTAMP INTEGER, DEVICE_ID INTEGER, USER_ID INTEGER,"
            " RAW_INTENSITY INTEGER, STEPS INTEGER, RAW_KIND INTEGER, HEART_RATE INTEGER);"
            "CREATE TABLE XIAOMI_SLEEP_TIME_SAMPLE (TIMESTAMP INTEGER, DEVICE_ID INTEGER, USER_ID INTEGER,"
            " WAKEUP_TIME INTEGER, IS_AWAKE INTEGER, TOTAL_DURATION INTEGER, AWAKE_DURATION INTEGER);"
            "CREATE TABLE HUAMI_HEART_RATE_RESTING_SAMPLE (TIMESTAMP INTEGER, DEVICE_ID INTEGER,"
            " USER_ID INTEGER, UTC_OFFSET INTEGER, HEART_RATE INTEGER);"
            "CREATE TABLE NOTES (TEXT TEXT);"
        )
        for at, steps, rate in samples:
            db.execute("INSERT INTO MI_BAND_ACTIVITY_SAMPLE VALUES (?,1,1,10,?,1,?)", (at, steps, rate))
        for start, end, minutes in nights:
            db.execute(
                "INSERT INTO XIAOMI_SLEEP_TIME_SAMPLE VALUES (?,1,1,?,1,?,0)",
                (start * 1000, end * 1000, minutes),
            )
            db.execute(
                "INSERT INTO HUAMI_HEART_RATE_RESTING_SAMPLE VALUES (?,1,1,3600000,?)", (end * 1000, 58)
            )
        db.execute("INSERT INTO HUAMI_HEART_RATE_RESTING_SAMPLE VALUES (1,1,1,0,255)")
    db.close()
    return path
