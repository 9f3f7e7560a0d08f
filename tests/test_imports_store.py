"""Readings in the journal: small, read by nobody who does not need them, and chosen as the rules say."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_floors import broken, command
from tinydb import TinyDB
from wearable_case import apple, heart, slept, step

from coach import Coach
from coach.exchange.wearables.choose import months
from coach.exchange.wearables.gather import Gatherer, night_of
from coach.exchange.wearables.merge import merge
from coach.exchange.wearables.nights import Span, apart, joined
from coach.model.log import CheckIn, DeviceMonth, History
from coach.model.reading import Part, Reading
from coach.programs.devices import filled, read_at

FIRST, LAST = date(2026, 11, 23), date(2027, 2, 14)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, answers: dict[str, Any]) -> Path:
    """Twelve weeks with a watch and a phone."""
    folder = tmp_path_factory.mktemp("worn")
    Coach.open(folder / "home", today=FIRST).assess(answers)
    records = []
    for number in range(84):
        day = (FIRST + timedelta(days=number)).isoformat()
        for source in ("Sam's Watch", "iPhone"):
            records += [step(day, hour, 400, source) for hour in range(8, 20)]
        records += [slept(f"{day} 00:10:00", f"{day} 03:00:00"), slept(f"{day} 03:20:00", f"{day} 06:40:00")]
        records.append(heart(day, 58))
    coach = Coach.open(folder / "home", today=LAST)
    assert coach.import_readings(str(apple(folder / "export.xml", *records))).new == 84 * 4
    return folder / "home"


@pytest.fixture
def home(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kept, tmp_path / "home"))


def test_twelve_weeks_of_two_devices_stay_small_and_are_legal_tinydb(home: Path) -> None:
    (path,) = (home / "journal" / "episodes").glob("2*.json")
    tables = json.loads(path.read_bytes())
    assert len(json.dumps(tables["readings"])) < 84 * 4 * 320
    assert len(json.dumps(tables["devices"])) < 84 * 3 * 45  # what the daily commands read
    with TinyDB(path) as db:
        assert len(db.table("readings")) == 84 * 4


def test_daily_commands_never_read_a_row_of_readings(home: Path) -> None:
    for words in (("checkin", "4", "--sleep", "7"), ("today",), ("log", "--done", "all"), ("status",)):
        modules = command(*words, home=home, today="2026-11-25")
        assert broken(modules, ("coach.model.reading", "coach.exchange", "sqlite3", "zipfile", "xml")) == []


def test_a_home_without_devices_loads_nothing_of_them(answers: dict[str, Any], tmp_path: Path) -> None:
    Coach.open(tmp_path / "bare", today=FIRST).assess(answers)
    modules = command("today", home=tmp_path / "bare", today="2026-11-25")
    assert broken(modules, ("coach.programs.devices", "coach.model.reading", "coach.draw.readings")) == []


def test_ten_years_are_read_file_by_file(home: Path) -> None:
    """The history of today holds the months of this file and of the one before it, never those of all."""
    folder = home / "journal" / "episodes"
    (newest,) = folder.glob("2*.json")
    data = newest.read_bytes()
    for number in range(40):
        (folder / f"{FIRST - timedelta(days=84 * (40 - number))}-e{number + 2:02d}.json").write_bytes(data)
    coach = Coach.open(home, today=LAST)
    assert len(coach.history().devices) == 2 * 12
    assert coach.today().measured["steps"][0] == 4800


# -- properties of the pure parts --------------------------------------------------------------

instants = st.integers(1_795_000_000, 1_795_000_000 + 20 * 86_400)
stretches = st.lists(st.tuples(instants, st.integers(60, 12 * 3600)), max_size=30)


@given(stretches)
def test_joining_counts_no_minute_twice_and_loses_none(found: list[tuple[int, int]]) -> None:
    spans = joined([(start, start + length, 60) for start, length in found])
    covered = sum(each.asleep for each in spans)
    assert covered <= sum(length for _, length in found)
    union = 0
    last = 0
    for start, length in sorted(found):
        union += max(0, start + length - max(start, last))
        last = max(last, start + length)
    assert covered == union
    assert all(later.start - earlier.end >= 3600 for earlier, later in pairwise(spans))


@given(stretches)
def test_logs_kept_apart_never_overlap(found: list[tuple[int, int]]) -> None:
    spans = apart([Span(start, start + length, 0, length) for start, length in found])
    assert all(earlier.end <= later.start for earlier, later in pairwise(spans))


logs = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 3), st.integers(200, 500)),
    max_size=12,
    unique_by=lambda x: x[0],
)


def nights(found: list[tuple[int, int, int]]) -> tuple[Reading, ...]:
    to = Gatherer("fitbit", date(2026, 11, 1), date(2026, 12, 31))
    for number, hour, minutes in found:
        end = 1_795_500_000 + number * 86_400 + hour * 3600
        to.night("fitbit", end - 9 * 3600, end, None, minutes / 60, log=f"n{number}")
    return to.readings()


@given(logs, logs)
def test_importing_twice_adds_nothing_and_the_last_telling_stands(
    first: list[tuple[int, int, int]], second: list[tuple[int, int, int]]
) -> None:
    def after(here: dict[str, Reading], found: tuple[Reading, ...]) -> dict[str, Reading]:
        merged = merge(here, found, "i001")
        kept = {name: row for name, row in here.items() if name not in merged.drop}
        return kept | {row.id: row for row in merged.put}

    once = after({}, nights(first))
    again = merge(once, nights(first), "i002")
    assert (again.put, again.drop, again.new) == ((), (), 0)
    both = after(once, nights(second))
    told = {log[0]: log[2] for log in (*first, *second)}
    parts = [part for row in both.values() for part in row.parts]
    assert sorted(part.id for part in parts) == sorted(f"n{number}" for number in told)
    assert {part.id: part.hours for part in parts} == {
        f"n{number}": round(minutes / 60, 2) for number, minutes in told.items()
    }


def reading(day: int, source: str, value: float, measure: str = "steps") -> Reading:
    when = date(2026, 11, day)
    return Reading(
        id=f"{when}/{measure}/{source}",
        date=when,
        measure=measure,
        value=value,
        unit="steps",
        source=source,  # type: ignore[arg-type]
    )


def test_steps_of_a_day_only_ever_grow() -> None:
    here = {row.id: row for row in (reading(1, "a", 100), reading(2, "a", 100))}
    merged = merge(here, (reading(1, "a", 90), reading(2, "a", 110), reading(3, "a", 5)), "i002")
    assert [(row.date.day, row.value, row.batch) for row in merged.put] == [(2, 110, "i002"), (3, 5, "i002")]
    assert (merged.new, merged.same, len(merged.revised)) == (1, 1, 1)


def test_the_order_of_the_person_decides_else_the_larger_count() -> None:
    rows = [reading(1, "a: Watch", 10), reading(1, "a: Phone", 20), reading(2, "a: Watch", 5)]
    (month,) = months(rows)
    assert (month.days, month.sources, month.others) == (
        {"2026-11-01": 20.0, "2026-11-02": 5.0}, ("a: Phone", "a: Watch"), {"2026-11-02": 1},
    )  # fmt: skip
    (month,) = months(rows, ("WATCH",))
    assert month.days == {"2026-11-01": 10.0, "2026-11-02": 5.0}
    assert months(reversed(rows), ("watch",)) == (month,)


def test_what_was_given_stands_and_the_rest_is_filled_in() -> None:
    sleep = DeviceMonth(
        id="sleep_hours/2026-11", measure="sleep_hours", sources=("w",),
        days={"2026-11-01": 6.0, "2026-11-02": 7.0}, woke={"2026-11-01": "06:30", "2026-11-02": "06:40"},
    )  # fmt: skip
    own = CheckIn(date=date(2026, 11, 1), sleep_hours=5, rose="07:00", pain=3)
    history = History(checkins=(own,), devices=(sleep,))
    whole = filled(history)
    assert whole.checkins[0] == own
    assert (whole.checkins[1].sleep_hours, whole.checkins[1].rose, whole.checkins[1].source) == (
        7.0,
        "06:40",
        "device",
    )
    assert filled(whole) is whole
    assert filled(History(checkins=(own,))) == History(checkins=(own,))
    (kept,) = read_at(history, date(2026, 11, 28))
    assert kept.days == {"2026-11-01": 6.0, "2026-11-02": 7.0}
    (kept,) = read_at(history, date(2026, 11, 29))
    assert (kept.days, kept.woke) == ({"2026-11-02": 7.0}, {"2026-11-02": "06:40"})


def test_readiness_of_a_day_takes_the_measured_night_until_the_person_gives_one(
    answers: dict[str, Any], tmp_path: Path
) -> None:
    coach = Coach.open(tmp_path / "home", today=FIRST)
    coach.assess(answers)
    coach.check_in(pain=4, sleep_quality=5, stress=5)
    assert coach.today().day.readiness == pytest.approx(50)  # (20 + 10) of 60: hours and morning are missing
    file = apple(tmp_path / "export.xml", slept(f"{FIRST} 02:00:00", f"{FIRST} 05:00:00"))
    coach.import_readings(str(file))
    assert coach.today().day.readiness == pytest.approx((20 + 20 * 3 / 7 + 10) / 80 * 100)
    assert coach.today().measured == {"sleep_hours": (3.0, "apple_health: Watch")}
    coach.check_in(sleep_hours=7)
    assert coach.today().day.readiness == pytest.approx((20 + 20 + 10) / 80 * 100)
    assert coach.today().measured == {}
    coach.undo()
    coach.undo()
    assert coach.today().day.readiness == pytest.approx(50)


def test_a_day_of_naps_alone_is_no_night() -> None:
    nap = Part(start="2026-11-23T13:00:00", end="2026-11-23T14:00:00", hours=1, nap=True)
    assert night_of("sleep_hours", "x", date(2026, 11, 23), (nap,)) is None
