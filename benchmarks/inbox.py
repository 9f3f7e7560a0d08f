"""Ten thousand packets: run ``python benchmarks/inbox.py [COUNT] [FOLDER]``.

Makes packets of about 20 kB, a tenth of them in one packed file, reads the inbox in a process of its own
and prints time, rate and the largest memory of that process. The budget is 100 MB for 10,000.
"""

from __future__ import annotations

import gzip
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
TODAY = date(2026, 11, 23)


def packet(number: int, chance: random.Random) -> str:
    """A made-up packet of the usual size."""
    from coach.exchange.packet import write
    from coach.model.packet import AdherenceOf, DayOf, DecisionOf, FlagOf, Packet, PlanOf, Sender, WeekOf

    start = TODAY - timedelta(days=56)
    why = "Some exercise grows from 2 x 9 to 2 x 10. All went well, and nothing spoke against it this week."
    return write(
        Packet(
            made=TODAY - timedelta(days=chance.randrange(30)),
            coach="0.1.0",
            sender=Sender(label=f"p-{number:08x}", key=f"{number:016x}"),
            plan=PlanOf(id="v8", start=start, week=8, weeks=12, template="balanced"),
            adherence=AdherenceOf(score=chance.random(), frequency=chance.random(), dose=1.0, quality=1.0),
            flags=tuple(FlagOf(id=each, text=each) for each in ("leg", "mood") if chance.random() < 0.05),
            weeks=tuple(WeekOf(number=n, starts=start, planned=3, done=3, median=3.0) for n in range(1, 9)),
            days=tuple(
                DayOf(date=TODAY - timedelta(days=n), pain=float(chance.randrange(6)), rise=0.5, stress=3.0)
                for n in range(28)
            ),
            decisions=tuple(
                DecisionOf(date=TODAY, week=n % 8, exercise=f"hng_{n}", name="Some exercise", rule="r15",
                           action="add", before="2 x 9", after="2 x 10", why=why)
                for n in range(45)
            ),
        )
    )  # fmt: skip


def fill(folder: Path, count: int) -> None:
    """Single files, and a tenth of the packets in one packed file."""
    chance = random.Random(count)
    single = count - count // 10
    for number in range(single):
        (folder / f"{number:05}.json").write_text(packet(number, chance))
    with gzip.open(folder / "rest.ndjson.gz", "wt", compresslevel=1) as file:
        for number in range(single, count):
            file.write(packet(number, chance))


def look(folder: str) -> None:
    """Read the inbox and print its figures; runs in a process of its own."""
    from coach.cases.inbox import inbox

    begin = time.perf_counter()
    found = inbox(folder, today=TODAY)
    taken = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = {
        "people": len(found.people),
        "seconds": round(taken, 1),
        "per_second": round(found.packets / taken),
        "peak_mb": round(peak, 1),
    }
    print(json.dumps(figures))


def main() -> None:
    count = int(sys.argv[1]) if sys.argv[1:] else 10_000
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if sys.argv[2:] else None) as name:
        fill(Path(name), count)
        bytes_ = sum(each.stat().st_size for each in Path(name).iterdir())
        print(f"{count} packets, {bytes_ / 1e6:.0f} MB on disk", flush=True)
        subprocess.run([sys.executable, __file__, "--look", name], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--look"]:
        look(sys.argv[2])
    else:
        main()
