"""Trials that need processes of their own: writers that are killed, and writers side by side.

``python journal_worker.py MODE ROOT ...`` runs the trials, forking from a small process, and
prints what it found as JSON. The tests read that and judge.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from journal_case import AT, DAY, NAME, begin, check_in, day, dying, pains

from coach.journal import repo
from coach.journal.disk import Disk
from coach.journal.errors import JournalError
from coach.journal.store import Store
from coach.model.log import CheckIn


def forked(work: Callable[[], None]) -> int:
    """Run ``work`` in a child and give its pid."""
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
        os._exit(0)
    except BaseException as error:
        print(repr(error), file=sys.stderr, flush=True)
        os._exit(1)


def operations(seed: int) -> list[tuple[str, int, float]]:
    """The same long list of check-ins and deletions for the writer and for who checks it."""
    chance = random.Random(seed)
    return [("del" if chance.random() < 0.3 else "put", chance.randrange(12), n) for n in range(400)]


def state_after(seed: int, count: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for what, number, pain in operations(seed)[:count]:
        key = day(number).isoformat()
        if what == "put":
            found[key] = pain
        else:
            found.pop(key, None)
    return found


def write_until_killed(root: str, seed: int, acknowledge: int) -> None:
    store = Store(root)
    for n, (what, number, pain) in enumerate(operations(seed)):
        with store.transaction(NAME, label=what, today=day(n // 3), at=AT) as db:
            if what == "put":
                repo.put(db, "checkins", CheckIn(date=day(number), pain=pain))
            else:
                repo.delete(db, "checkins", day(number).isoformat())
        os.write(acknowledge, b"+")


def kills(root: str, trials: int) -> dict[str, Any]:
    """Kill a writer at random moments; count what was lost, unreadable or left locked."""
    chance = random.Random(trials)
    lost = unreadable = acknowledged = left = 0
    for seed in range(trials):
        home = f"{root}/{seed}"
        store = begin(home, wait=0)
        read, write = os.pipe()
        pid = forked(lambda home=home, seed=seed, write=write: write_until_killed(home, seed, write))
        os.close(write)
        os.read(read, 1)  # it is at work
        time.sleep(chance.random() * 0.02)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        count = 1
        while part := os.read(read, 65536):
            count += len(part)
        os.close(read)
        acknowledged += count
        left += sum(name.endswith(".tmp") for name in os.listdir(f"{home}/episodes"))
        try:
            found = pains(store)
            lost += found not in (state_after(seed, count), state_after(seed, count + 1))
            check_in(store, 20, 1)  # the lock is free, and the rest of the dead one is swept
            left_after = [name for name in os.listdir(f"{home}/episodes") if name.endswith(".tmp")]
            unreadable += bool(left_after) or pains(store) != found | {day(20).isoformat(): 1}
        except JournalError as error:
            print(error, file=sys.stderr)
            unreadable += 1
        shutil.rmtree(home)
    return {
        "trials": trials,
        "lost": lost,
        "unreadable": unreadable,
        "acknowledged": acknowledged,
        "temps": left,
    }


def kill_each_call(root: str) -> dict[str, Any]:
    """End the process before and after each call of three kinds of commits; nothing may break."""
    bad: list[str] = []
    deaths = 0
    for kind, number in (("first of the day", 1), ("ordinary", 0)):
        for after in (False, True):
            at = 0
            while True:
                home = f"{root}/{kind}-{after}-{at}"
                store = begin(home, 3, wait=0)
                check_in(store, 4)  # the first snapshot and its folders
                old = pains(store)
                pid = forked(
                    lambda home=home, at=at, after=after, number=number: print(
                        check_in(Store(home, disk=dying(at, after=after)), 9, today=day(number)),
                        file=sys.stderr,
                    )
                )
                status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
                new = old | {day(9).isoformat(): 4.0}
                try:
                    found = pains(store)
                    check_in(store, 10)
                    clean = not [n for n in os.listdir(f"{home}/episodes") if n.endswith(".tmp")]
                    good = clean and (found == new if status == 0 else found in (old, new))
                except JournalError as error:
                    good = False
                    print(error, file=sys.stderr)
                if not good:
                    bad.append(f"{kind}, call {at}, after={after}")
                shutil.rmtree(home)
                if status == 0:
                    break
                deaths += 1
                at += 1
    return {"deaths": deaths, "bad": bad}


class NoLock(Disk):
    """A disk whose lock never holds anyone back."""

    def try_lock(self, fd: int) -> bool:
        return True


def side_by_side(root: str, writers: int, entries: int, mode: str) -> dict[str, Any]:
    """Several writers at once, each with check-ins of its own; one mode without the lock, one with kills."""
    store = begin(root)
    disk = NoLock() if mode == "nolock" else Disk()

    def work(writer: int) -> None:
        mine = Store(root, disk=disk, wait=120)
        for n in range(entries):
            number = writer * entries + n
            try:
                with mine.transaction(NAME, label=f"{number}", today=DAY, at=AT) as db:
                    repo.put(db, "checkins", CheckIn(date=day(number), pain=writer))
            except JournalError:
                if mode != "nolock":
                    raise

    pids = [forked(lambda writer=writer: work(writer)) for writer in range(writers)]
    if mode == "kills":
        for pid in pids[::2]:
            time.sleep(0.05)
            os.kill(pid, signal.SIGKILL)
    unreadable = reads = 0
    waiting = set(pids)
    while waiting:
        try:
            store.view(NAME).table("checkins")
        except JournalError:
            unreadable += 1
        reads += 1
        time.sleep(0.005)
        waiting -= {pid for pid in waiting if os.waitpid(pid, os.WNOHANG)[0]}
    found = pains(store)
    survivors = range(1, writers, 2) if mode == "kills" else range(writers)
    wanted = {day(writer * entries + n).isoformat() for writer in survivors for n in range(entries)}
    rows = store.view(NAME).table("checkins")
    return {
        "entries": len(found), "rows": len(rows), "lost": len(wanted - found.keys()),
        "rev": store.view(NAME).rev, "unreadable": unreadable, "reads": reads,
    }  # fmt: skip


def hold(root: str, seconds: float) -> None:
    """Hold the lock and say so."""
    with Store(root).transaction(NAME, label="hold", today=DAY, at=AT):
        print("held", flush=True)
        time.sleep(seconds)


def main() -> None:
    mode, root, *rest = sys.argv[1:]
    Path(root).mkdir(parents=True, exist_ok=True)
    if mode == "kills":
        print(json.dumps(kills(root, int(rest[0]))))
    elif mode == "calls":
        print(json.dumps(kill_each_call(root)))
    elif mode == "hold":
        hold(root, float(rest[0]))
    else:
        print(json.dumps(side_by_side(root, int(rest[0]), int(rest[1]), rest[2])))


if __name__ == "__main__":
    main()
