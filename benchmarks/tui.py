"""The terminal app: first frame against a bare Textual hello, page opens, keys, memory, rest.

Every first frame is a process of its own on a terminal of its own, the two kinds in turns, so
that what else the machine does meets both alike. Pages, keys and memory are those of the real
``coach`` on such a terminal: typed at, and timed until the last byte of what it drew has come.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 23)
RUNS = 9
BUDGET = 1.25
PAGE_MS = 90
KEY_MS = 20
MEMORY_MIB = 45
SETTLE_S = 2.5
"""After the first frame: what is read ahead is read."""
QUIET_S = 0.15
"""Without a byte for so long, a page is drawn."""
OPENS = {
    "p": "plan", "r": "review", "e": "exercises", "g": "progress", "i": "lessons", "h": "habits",
    ",": "settings", "?": "help", "c": "check-in", "t": "today",
}  # fmt: skip
CHANGES = 500
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
BARE = """
from textual.app import App
from textual.screen import Screen
from textual.widgets import Static
class Second(Screen):
    def compose(self):
        yield Static("second")
class Bare(App):
    BINDINGS = [("p", "open", "")]
    def compose(self):
        yield Static("first")
    def action_open(self):
        self.push_screen(Second())
Bare().run()
"""
"""Opening a page of one line: less than this the toolkit does not take."""
COACH = f"""
import gc
gc.disable()
from coach.tui.start import load
load("asyncio", without="ssl")
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


def environment(home: str) -> dict[str, str]:
    """That of an installed coach: modules are compiled once, wherever this runs."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kept |= {"COACH_HOME": home, "COACH_TODAY": TODAY.isoformat(), "PYTHONPATH": str(ROOT)}
    return {**kept, "TERM": "xterm-256color", "PYTHONPYCACHEPREFIX": os.path.join(home, "..", "compiled")}


def first_frame(code: str, home: str) -> float:
    """Milliseconds from the start of a process to its first frame."""
    leader, follower = pty.openpty()
    out = os.path.join(home, "bench.out")
    env = {**environment(home), "BENCH_OUT": out}
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


class Typed:
    """The real ``coach``, or another program, on a terminal of 80 by 24, typed at."""

    def __init__(self, home: str, *arguments: str) -> None:
        self.leader, follower = pty.openpty()
        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        command = [sys.executable, *(arguments or ("-m", "coach._boot"))]
        env = environment(home)
        self.process = subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, env=env)
        os.close(follower)
        self.drawn(SETTLE_S)

    def drawn(self, quiet: float = QUIET_S) -> tuple[float, float]:
        """Milliseconds until the first and the last byte that comes before it is quiet."""
        began = time.perf_counter()
        first = last = 0.0
        while select.select([self.leader], [], [], quiet)[0]:
            os.read(self.leader, 65536)
            last = (time.perf_counter() - began) * 1000
            first = first or last
        return first, last

    def key(self, key: str, quiet: float = QUIET_S) -> tuple[float, float]:
        """The same after a key."""
        os.write(self.leader, key.encode())
        return self.drawn(quiet)

    def memory(self) -> float:
        """Resident memory in MiB."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    def processor(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        """Leave."""
        os.write(self.leader, b"q")
        self.process.wait(10)
        os.close(self.leader)


def compiled(home: str) -> None:
    """Open every page once, so that no page measured later compiles its modules first."""
    app = Typed(home)
    for key in OPENS:
        app.key(key)
        if key == "c":
            app.key("\x1b", 0.4)
    app.end()


def pages(home: str) -> None:
    """Measure and print pages, keys, memory and rest, as of an installed coach."""
    compiled(home)
    app = Typed(home)
    alone = app.memory()
    used = app.processor()
    time.sleep(5)
    idle = (app.processor() - used) / 5
    first, floor = {}, []
    bare = Typed(home, "-c", BARE)
    for key, name in OPENS.items():
        floor.append(bare.key("p")[1])  # in turns, so that what else the machine does meets both alike
        first[name] = app.key(key)[1]
        if key == "c":
            app.key("\x1b", 0.4)
    each = app.memory()
    again = {name: app.key(key)[1] for key, name in OPENS.items() if key not in "ct"}
    app.key("p")
    moves = [app.key("\x1b[B" if step % 10 < 5 else "\x1b[A", 0.05)[0] for step in range(50)]
    for step in range(CHANGES):
        app.key("tpregih,?"[step % 9], 0.02)
    app.drawn()
    after = app.memory()
    app.end()
    shown = ", ".join(f"{name} {took:.0f}" for name, took in first.items())
    os.write(bare.leader, b"\x11")  # Ctrl+Q
    bare.process.wait(10)
    print(f"pages, first opening, ms: {shown} (budget {PAGE_MS})")
    ratio = statistics.median(first.values()) / statistics.median(floor)
    print(f"  a bare page of one line {statistics.median(floor):.0f} ms, ours {ratio:.1f} x that")
    print(f"pages, again: {max(again.values()):.0f} ms at most")
    print(f"key to first byte: {statistics.median(moves):.1f} ms, at most {max(moves):.1f} (budget {KEY_MS})")
    print(
        f"memory, MiB: Today {alone:.1f}, all pages {each:.1f}, after {CHANGES} changes {after:.1f}", end=""
    )
    print(f" (budget {MEMORY_MIB})")
    print(f"at rest: {idle * 100:.1f} % of a core")


def main() -> None:
    """Print all numbers; exit 1 where the first frame is over its budget."""
    from coach.demo import live

    with tempfile.TemporaryDirectory() as folder:
        home = os.path.join(folder, "home")
        live(home, TODAY)
        first_frame(HELLO, home), first_frame(COACH, home)  # compiled once
        hello, own = [], []
        for _ in range(RUNS):
            hello.append(first_frame(HELLO, home))
            own.append(first_frame(COACH, home))
        ratio = statistics.median(own) / statistics.median(hello)
        print(f"first frame: hello {statistics.median(hello):.0f} ms, coach {statistics.median(own):.0f} ms")
        print(f"  = {ratio:.2f} x (budget {BUDGET} x); fastest {min(hello):.0f} and {min(own):.0f} ms")
        pages(home)
    sys.exit(ratio > BUDGET)


if __name__ == "__main__":
    main()
