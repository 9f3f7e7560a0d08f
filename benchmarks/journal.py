"""What the journal costs: a durable check-in and the last seven days, beside sqlite3 and plain TinyDB.

``python benchmarks/journal.py`` prints medians of one run, taken in turns so that all see the
same machine. Every write opens the store, adds or changes one check-in and makes it durable, as
a command does; sqlite3 runs WAL with synchronous=FULL. "12 weeks" is one episode; "10 years"
are forty, of which the last is as large as the one of "12 weeks".
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, os.fspath(Path(__file__).parents[1]))

from tinydb import TinyDB, where

from coach.journal import codec, repo
from coach.journal.store import Store
from coach.model.log import CheckIn, ExerciseLog, SessionLog, SetLog
from coach.model.noun import from_json, to_doc

EPISODES = 40
START = date(2016, 11, 28)
AT = "2026-11-23T07:30:00+01:00"


def checkin(day: date, pain: float = 3) -> CheckIn:
    return CheckIn(
        date=day, pain=pain, sleep_hours=6.5, sleep_quality=5, stress=3, note="long drive, stiff", at=AT
    )


def session(day: date, week: int, number: int) -> SessionLog:
    sets = tuple(SetLog(reps=8, load_kg=6) for _ in range(3))
    names = ("hng_2", "sqt_3", "glu_2", "ant_2", "lat_1", "mob_3")
    logs = tuple(
        ExerciseLog(
            exercise=n, planned_sets=3, sets=sets, sets_full=3, rpe=5, pain_before=2, pain_max=3, form=0
        )
        for n in names
    )
    name = f"w{week:02d}_s{number}"
    return SessionLog(
        id=f"{day}/{name}", session=name, date=day, week=week, exercises=logs, minutes=22, at=AT
    )


def nouns(start: date) -> dict[str, list[CheckIn | SessionLog]]:
    days = [start + timedelta(days=n) for n in range(84)]
    return {
        "checkins": [checkin(day, n % 7) for n, day in enumerate(days)],
        "sessions": [session(day, n // 7 + 1, n % 7 + 1) for n, day in enumerate(days) if n % 7 in (0, 2, 4)],
    }


def fill(episodes: int, folder: Path) -> tuple[Store, Path, Path]:
    """The same history in three stores."""
    store = Store(folder / "journal")
    lite = sqlite3.connect(folder / "lite.db")
    lite.execute("pragma journal_mode=wal")
    whole: dict[str, dict[str, object]] = {"meta": {"1": {"id": "meta"}}, "checkins": {}, "sessions": {}}
    for table in ("checkins", "sessions"):
        lite.execute(f"create table {table} (date text, key text primary key, doc text)")
    for number in range(episodes):
        start = START + timedelta(days=84 * number)
        tables: dict[str, dict[str, dict[str, object]]] = {"meta": {"1": {"id": "meta"}}}
        for table, values in nouns(start).items():
            docs = [to_doc(value) for value in values]
            tables[table] = {str(n): doc for n, doc in enumerate(docs, 1)}
            whole[table] |= {str(len(whole[table]) + n): doc for n, doc in enumerate(docs, 1)}
            keys = [(doc["date"], repo.key_of(doc), json.dumps(doc)) for doc in docs]
            lite.executemany(f"insert into {table} values (?,?,?)", keys)
        with store.transaction(
            store.new_name(start), label="begin", today=start, at=AT, create=True, undoable=False
        ) as db:
            for table, rows in tables.items():
                db.table(table).insert_multiple(rows.values())
    lite.commit()
    lite.close()
    (folder / "tiny.json").write_text(json.dumps(whole))
    return store, folder / "lite.db", folder / "tiny.json"


def write_journal(store: Store, day: date, pain: float) -> None:
    opened = Store(store.root)
    with opened.transaction(opened.episodes()[-1], label="checkin", today=day, at=AT) as db:
        repo.put(db, "checkins", checkin(day, pain))


def write_sqlite(path: Path, day: date, pain: float) -> None:
    with closing(sqlite3.connect(path)) as lite:
        lite.execute("pragma synchronous=full")
        doc = to_doc(checkin(day, pain))
        lite.execute(
            "insert or replace into checkins values (?,?,?)", (doc["date"], doc["date"], json.dumps(doc))
        )
        lite.commit()


def write_open_sqlite(lite: sqlite3.Connection, day: date, pain: float) -> None:
    doc = to_doc(checkin(day, pain))
    lite.execute(
        "insert or replace into checkins values (?,?,?)", (doc["date"], doc["date"], json.dumps(doc))
    )
    lite.commit()


def write_tiny(path: Path, day: date, pain: float) -> None:
    with TinyDB(path) as db:
        doc = to_doc(checkin(day, pain))
        db.table("checkins").upsert(doc, where("date") == doc["date"])


def week_journal(store: Store, first: date) -> int:
    opened = Store(store.root)
    return sum(c.date >= first for c in repo.rows(opened.view(opened.episodes()[-1]), "checkins", CheckIn))


def week_sqlite(path: Path, first: date) -> int:
    with closing(sqlite3.connect(path)) as lite:
        found = lite.execute("select doc from checkins where date >= ?", (first.isoformat(),)).fetchall()
        return len([from_json(text, CheckIn) for (text,) in found])


def week_tiny(path: Path, first: date) -> int:
    with TinyDB(path) as db:
        return len(db.table("checkins").search(where("date") >= first.isoformat()))


def medians(calls: dict[str, Callable[[int], object]], times: int) -> dict[str, float]:
    """Median milliseconds of each call, the calls taken in turns."""
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(times):
        for name, call in calls.items():
            if name.startswith("TinyDB") and turn >= max(3, times // 20):
                continue  # it takes long and varies little
            begin = time.perf_counter()
            call(turn)
            taken[name].append((time.perf_counter() - begin) * 1000)
    return {name: statistics.median(values) for name, values in taken.items()}


def measure(times: int = 200) -> dict[str, dict[str, float]]:
    """Medians in ms: row (what, how much history) -> store -> ms."""
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as temp:
        calls_write: dict[str, Callable[[int], object]] = {}
        calls_read: dict[str, Callable[[int], object]] = {}
        held = []
        for label, episodes in (("12 weeks", 1), ("10 years", EPISODES)):
            folder = Path(temp) / label.replace(" ", "_")
            folder.mkdir()
            store, lite, tiny = fill(episodes, folder)
            last = START + timedelta(days=84 * episodes - 1)
            first = last - timedelta(days=6)
            write_journal(store, last, 0)  # the snapshot of the day is taken here
            calls_write |= {
                f"journal {label}": lambda n, s=store, d=last: write_journal(s, d, n % 9),
                f"sqlite3 {label}": lambda n, p=lite, d=last: write_sqlite(p, d, n % 9),
                f"TinyDB {label}": lambda n, p=tiny, d=last: write_tiny(p, d, n % 9),
            }
            calls_read |= {
                f"journal {label}": lambda n, s=store, d=first: week_journal(s, d),
                f"sqlite3 {label}": lambda n, p=lite, d=first: week_sqlite(p, d),
                f"TinyDB {label}": lambda n, p=tiny, d=first: week_tiny(p, d),
            }
            copy = folder / "held.db"
            copy.write_bytes(lite.read_bytes())
            open_lite = sqlite3.connect(copy)
            open_lite.execute("pragma synchronous=full")
            held.append(open_lite)
            calls_write[f"sqlite3-open {label}"] = lambda n, c=open_lite, d=last: write_open_sqlite(
                c, d, n % 9
            )
            assert week_journal(store, first) == week_sqlite(lite, first) == week_tiny(tiny, first) == 7
        for what, calls in (("durable check-in", calls_write), ("last seven days", calls_read)):
            got = medians(calls, times)
            for label in ("12 weeks", "10 years"):
                found[f"{what}, {label}"] = {
                    name.removesuffix(f" {label}"): ms for name, ms in got.items() if name.endswith(label)
                }
        for each in held:
            each.close()
    return found


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--times", type=int, default=200)
    found = measure(parser.parse_args().times)
    print(f"format {codec.SCHEMA}; medians in ms; sqlite3 is WAL, synchronous=FULL; 'held' keeps it open")
    print(f"{'':28}{'journal':>9}{'sqlite3':>9}{'ratio':>7}{'held':>8}{'ratio':>7}{'TinyDB':>9}{'ratio':>7}")
    for what, row in found.items():
        ours, lite, tiny = row["journal"], row["sqlite3"], row["TinyDB"]
        held = row.get("sqlite3-open")
        text = f"{held:8.2f}{ours / held:7.2f}" if held else " " * 15
        print(f"{what:28}{ours:9.2f}{lite:9.2f}{ours / lite:7.2f}{text}{tiny:9.2f}{ours / tiny:7.2f}")
    ours = [found[f"durable check-in, {label}"]["journal"] for label in ("12 weeks", "10 years")]
    print(f"ten years against twelve weeks: {ours[1] / ours[0]:.2f}")


if __name__ == "__main__":
    main()
