"""How fast an Apple Health export is read, beside a bare parser on the same text in the same run.

``python benchmarks/imports.py [MEGABYTES]`` makes a file of that size (300 by default) in a temporary
folder, reads it plain and straight from a zip, and prints rates in MB of text a second of processor time,
and the most memory that was held. Then: what a home of twelve weeks with a watch costs the daily commands.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from datetime import timedelta
from pathlib import Path
from xml.parsers import expat

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from wearable_case import FOOTER, HEADER, apple, heart, record, slept, step  # noqa: E402

MEGABYTES = 300
READ = """
import resource, sys, time
from datetime import date
from pathlib import Path
from coach.cases.reading_files import File, gather
since = date(2010, 1, 1) if sys.argv[2] == "all" else date(2026, 3, 1)
start = time.process_time()
found = gather(File(sys.argv[1]), since, date(2027, 1, 1))
spent = time.process_time() - start
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(spent, memory, found.gatherer.records, len(found.readings))
"""


def month() -> str:
    """A month of two devices, three quarters of it of kinds that are not read."""
    lines = []
    for number in range(1, 31):
        day = f"2026-11-{number:02d}"
        for hour in range(24):
            lines += [step(day, hour, 100 + hour, source) for source in ("Watch", "iPhone")]
            at = f"{day} {hour:02d}:00:00 +0100"
            lines += [record("HKQuantityTypeIdentifierHeartRate", at, at, "70")] * 6
        lines += [slept(f"{day} 0{hour}:00:00", f"{day} 0{hour}:50:00") for hour in range(6)]
        lines.append(heart(day, 55))
    return "".join(lines)


def make(path: Path, megabytes: int) -> None:
    """Write the same month under many years until the size is reached."""
    block = month()
    with path.open("w") as out:
        size = out.write(HEADER)
        number = 0
        while size < megabytes * 1_000_000:
            size += out.write(block.replace("2026-11-", f"20{10 + number % 17}-{1 + number // 17 % 12:02d}-"))
            number += 1
        out.write(FOOTER)


def bare(path: Path) -> float:
    """Processor seconds of a parser that does nothing with what it finds, without the type definition."""
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = lambda name, fields: None
    start = time.process_time()
    with path.open("rb") as file:
        text = file.read(1 << 20)
        text = text[text.index(b"<HealthData") :]
        while text:
            parser.Parse(text, False)
            text = file.read(1 << 20)
    return time.process_time() - start


def ours(path: Path, days: str) -> list[float]:
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path), days],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return [float(each) for each in done.stdout.split()]


def daily() -> None:
    """The daily commands with and without twelve weeks of readings."""
    import startup

    from coach import Coach

    with tempfile.TemporaryDirectory() as folder:
        without, worn = str(Path(folder) / "without"), str(Path(folder) / "with")
        startup.young(without)
        shutil.copytree(without, worn)
        records = []
        for number in range(84):
            day = (startup.TODAY - timedelta(days=number)).isoformat()
            records += [step(day, 9, 4000), step(day, 9, 3000, "iPhone"), heart(day, 58)]
            records.append(slept(f"{day} 00:10:00", f"{day} 06:40:00"))
        file = apple(Path(folder) / "export.xml", *records)
        Coach.open(worn, today=startup.TODAY).import_readings(str(file))
        for words in (("today",), ("checkin", "4", "--sleep", "7")):
            costs = [startup.cost(startup.coach(*words), home) for home in (without, worn)]
            print(f"{' '.join(words):<24}{costs[0]:10.3f}{costs[1]:10.3f}   {costs[1] / costs[0] - 1:+.1%}")


def main() -> int:
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else MEGABYTES
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "export.xml"
        make(plain, megabytes)
        size = plain.stat().st_size / 1e6
        packed = Path(folder) / "export.zip"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
            out.write(plain, "apple_health_export/export.xml")
        print(f"{size:.0f} MB of text, {packed.stat().st_size / 1e6:.0f} MB packed")
        print(f"{'':<34}{'MB/s':>8}{'MiB':>8}")
        print(f"{'a bare parser':<34}{size / bare(plain):>8.0f}")
        for name, path, days in (
            ("coach, every day wanted", plain, "all"),
            ("coach, four months wanted", plain, "some"),
            ("coach, the zip, every day", packed, "all"),
        ):
            spent, memory, records, readings = ours(path, days)
            counts = f"{records:,.0f} records, {readings:,.0f} readings"
            print(f"{name:<34}{size / spent:>8.0f}{memory:>8.0f}   {counts}")
    print(f"\n{'with a watch':<24}{'without':>10}{'with':>10}")
    daily()
    return 0


if __name__ == "__main__":
    sys.exit(main())
