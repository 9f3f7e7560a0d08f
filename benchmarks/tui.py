"""The terminal app: first frame against a bare Textual hello, page opens, keys, memory, rest.

Every first frame is a process of its own on a terminal of its own, the two kinds in turns, so
that what else the machine does meets both alike.
"""

from __future__ import annotations

import asyncio
import os
import pty
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 23)
RUNS = 9
BUDGET = 1.25
PAGE_MS = 90
MEMORY_MIB = 45
PAGES = "pregihpregih"
OPENS = {"p": "plan", "r": "review", "e": "library", "g": "progress", "i": "learn", "h": "habit"}
END = """
def ready(self):
    import os, time
    open(os.environ["BENCH_OUT"], "w").write(repr(time.time()))
    self.exit()
"""
HELLO = f"""
from textual.app import App
from textual.widgets import Static
{END}
class Hello(App):
    def compose(self):
        yield Static("hello")
    on_ready = ready
Hello().run()
"""
COACH = f"""
import sys
import gc
gc.disable()
from coach.tui import app
from coach.cli.face import Face
{END}
before = app.CoachApp.on_ready
def both(self):
    before(self)
    ready(self)
app.CoachApp.on_ready = both
app.run(Face().coach)
"""


def first_frame(code: str, home: str) -> float:
    """Milliseconds from the start of a process to its first frame."""
    leader, follower = pty.openpty()
    out = os.path.join(home, "bench.out")
    env = {**os.environ, "COACH_HOME": home, "COACH_TODAY": TODAY.isoformat(), "BENCH_OUT": out}
    env |= {"TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}
    started = time.time()
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=follower, stdout=follower, stderr=follower, env=env
    )
    os.close(follower)
    threading.Thread(target=_drain, args=(leader,), daemon=True).start()
    process.wait(30)
    return (float(Path(out).read_text()) - started) * 1000


def _drain(leader: int) -> None:
    try:
        while os.read(leader, 65536):
            pass
    except OSError:
        return


def resident() -> float:
    """Memory of this process in MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


async def pages(home: str) -> dict[str, Any]:
    """Milliseconds of each page's first and later opening, of a key, and memory on the way."""
    from coach.coach import Coach
    from coach.tui.app import CoachApp

    app = CoachApp(lambda: Coach.open(home, today=TODAY))
    first: dict[str, float] = {}
    again: list[float] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.warm()
        await pilot.pause(1.5)
        for key in PAGES:
            began = time.perf_counter()
            app.action_go(OPENS[key])
            await pilot._wait_for_screen()
            took = (time.perf_counter() - began) * 1000
            again.append(took) if key in first else first.setdefault(key, took)
        before = resident()
        for place in range(500):
            app.simulate_key("tpregih"[place % 7])
            await pilot._wait_for_screen()
        after = resident()
        moves = []
        app.action_go("plan")
        await pilot.pause()
        for _ in range(50):
            began = time.perf_counter()
            app.simulate_key("down")
            await pilot._wait_for_screen()
            moves.append((time.perf_counter() - began) * 1000)
        await pilot.pause(0.5)
        used = time.process_time()
        await asyncio.sleep(3)
        idle = (time.process_time() - used) / 3
    app.saving.close()
    return {
        "first": first,
        "again": max(again),
        "key": statistics.median(moves),
        "memory": (before, after),
        "idle": idle,
    }


def main() -> None:
    """Print all numbers; exit 1 where the first frame is over its budget."""
    from coach.demo import live

    with tempfile.TemporaryDirectory() as folder:
        home = os.path.join(folder, "home")
        live(home, TODAY)
        hello, own = [], []
        for _ in range(RUNS):
            hello.append(first_frame(HELLO, home))
            own.append(first_frame(COACH, home))
        ratio = statistics.median(own) / statistics.median(hello)
        print(f"first frame: hello {statistics.median(hello):.0f} ms, coach {statistics.median(own):.0f} ms")
        print(f"  = {ratio:.2f} x (budget {BUDGET} x); fastest {min(hello):.0f} and {min(own):.0f} ms")
        found = asyncio.run(pages(home))
    names = ", ".join(f"{key} {took:.0f}" for key, took in found["first"].items())
    print(f"pages, first time, ms: {names} (budget {PAGE_MS})")
    print(f"pages, again: {found['again']:.0f} ms at most; a key in a list: {found['key']:.1f} ms")
    before, after = found["memory"]
    print(f"memory: {before:.1f} MiB, after 500 page changes {after:.1f} MiB (budget {MEMORY_MIB})")
    print(f"at rest: {found['idle'] * 100:.1f} % of a core")
    sys.exit(ratio > BUDGET)


if __name__ == "__main__":
    main()
