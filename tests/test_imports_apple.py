"""Apple Health: read as a stream, by the fast way and by the parser, whatever state the file is in."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import ROOT
from wearable_case import FOOTER, HEADER, HEART, STEP, heart, record, slept, step

from coach.exchange.wearables import apple, applexml
from coach.exchange.wearables.gather import Gatherer

SINCE, UNTIL = date(2026, 11, 20), date(2026, 12, 20)


def gathered(text: str | bytes, *, slow: bool = False) -> Gatherer:
    data = text if isinstance(text, bytes) else text.encode()
    found = Gatherer("apple_health", SINCE, UNTIL)
    if slow:
        stream = io.BytesIO(data)
        head, line = apple._head(stream)
        applexml.parse(stream, head, line, found, lambda _: None)
    else:
        apple.read(io.BytesIO(data), found)
    return found


def values(found: Gatherer) -> dict[str, float]:
    return {each.id: each.value for each in found.readings()}


DAYS = [
    step("2026-11-23", 8, 1200),
    step("2026-11-23", 9, 800.5),
    step("2026-11-23", 9, 700, "Sam&apos;s iPhone"),
    step("2026-11-24", 0, 30, offset="+0530"),
    slept("2026-11-23 23:10:00", "2026-11-24 02:00:00"),
    slept("2026-11-24 02:20:00", "2026-11-24 06:30:00", "AsleepREM"),
    slept("2026-11-23 22:40:00", "2026-11-24 07:00:00", "InBed"),
    slept("2026-11-24 02:00:00", "2026-11-24 02:20:00", "Awake"),
    heart("2026-11-24", 57.4),
    record(
        "HKQuantityTypeIdentifierHeartRate", "2026-11-24 07:00:00 +0100", "2026-11-24 07:00:00 +0100", "70"
    ),
]
EXPECTED = {
    "2026-11-23/steps/apple_health: Watch": 2000.0,
    "2026-11-23/steps/apple_health: Sam's iPhone": 700.0,
    "2026-11-24/steps/apple_health: Watch": 30.0,
    "2026-11-24/sleep_hours/apple_health: Watch": 7.0,
    "2026-11-24/resting_heart/apple_health: Watch": 57.4,
}


@pytest.mark.parametrize("slow", [False, True])
def test_steps_sleep_and_heart_by_day_and_device(slow: bool) -> None:
    found = gathered(HEADER + "".join(DAYS) + FOOTER, slow=slow)
    assert values(found) == EXPECTED
    assert (found.records, found.other, found.broken, found.outside) == (10, 1, 0, 0)
    assert found.notes == []
    night = next(each for each in found.readings() if each.measure == "sleep_hours")
    assert (night.start, night.end) == ("2026-11-23T23:10:00+01:00", "2026-11-24T06:30:00+01:00")


def test_the_malformed_type_definition_stops_a_plain_parser_and_not_this_one() -> None:
    import xml.parsers.expat as expat

    text = HEADER + "".join(DAYS) + FOOTER
    with pytest.raises(expat.ExpatError):
        expat.ParserCreate().Parse(text, True)
    assert values(gathered(text)) == values(gathered(text, slow=True)) == EXPECTED


@pytest.mark.parametrize("slow", [False, True])
def test_control_bytes_and_hostile_names_come_out_clean(slow: bool) -> None:
    nasty = "Sam\x0b\x1b]0;x\x07 \u202eWatch =HYPERLINK [red]"
    found = gathered(HEADER + step("2026-11-23", 8, 5, nasty) + FOOTER, slow=slow)
    (name,) = {each.source for each in found.readings()}
    assert name == "apple_health: Sam]0;x Watch =HYPERLINK [red]"


@pytest.mark.parametrize("slow", [False, True])
def test_broken_rows_are_counted_and_named_and_the_rest_comes_in(slow: bool) -> None:
    bad = [
        step("2026-11-23", 8, "many"),
        step("2026-11-23", 8, "nan"),
        step("2026-11-23", 8, -4),
        step("2026-13-45", 8, 10),
        record(STEP, "yesterday", "2026-11-23 08:10:00 +0100", "4"),
        slept("2026-11-24 06:00:00", "2026-11-23 23:00:00"),
        slept("2026-11-20 06:00:00", "2026-11-23 23:00:00"),
        slept("2026-11-23 23:00:00", "2026-11-24 06:00:00", "Dreaming"),
        heart("2026-11-24", 900),
        record(HEART, "2026-11-24 07:00:00 +9900", "2026-11-24 07:00:00 +9900", "60"),
        ' <Record type="HKQuantityTypeIdentifierStepCount" unit="count"/>\n',
    ]
    found = gathered(HEADER + "".join(DAYS) + "".join(bad) + FOOTER, slow=slow)
    assert found.broken == len(bad)
    assert values(found) == EXPECTED
    assert len(found.problems) == 5
    line = (HEADER + "".join(DAYS)).count("\n") + 1
    assert found.problems[0] == f"line {line}: “many” is no number"


@pytest.mark.parametrize("slow", [False, True])
def test_a_torn_end_keeps_what_came_before_it(slow: bool) -> None:
    whole = HEADER + "".join(DAYS)
    for cut in (len(whole), len(whole) - 40, len(whole) - len(DAYS[-1]) - 3):
        found = gathered(whole[:cut], slow=slow)
        assert found.notes == ["The file ends before it is complete: what came before the end was read."]
        assert values(found)["2026-11-23/steps/apple_health: Watch"] == 2000.0


def test_damage_in_the_middle_is_told_by_the_parser() -> None:
    text = HEADER + DAYS[0] + " <Record type='x' & >\n" + DAYS[1] + FOOTER
    found = gathered(text, slow=True)
    assert values(found) == {"2026-11-23/steps/apple_health: Watch": 1200.0}
    line = HEADER.count("\n") + 2
    assert f"damaged at line {line}" in found.notes[0]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('"', "'"),
        lambda text: text.replace(" startDate=", "\n  startDate=").replace("\n <Record", "<Record"),
        lambda text: text.replace("<Record type", "<Record\ttype"),
    ],
)
def test_a_file_of_another_shape_is_read_by_the_parser(
    change: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "".join(change(each) for each in DAYS)  # type: ignore[operator]
    assert values(gathered(HEADER + body + FOOTER)) == EXPECTED


def test_attributes_in_another_order_are_read() -> None:
    odd = (
        '<Record type="HKQuantityTypeIdentifierStepCount" value="12" endDate="2026-11-23 08:10:00 +0100" '
        'startDate="2026-11-23 08:00:00 +0100" sourceName="A &amp; B"/>\n'
    )
    assert values(gathered(HEADER + odd + FOOTER)) == {"2026-11-23/steps/apple_health: A & B": 12.0}


def test_days_outside_any_episode_are_counted_and_nothing_of_them_is_kept() -> None:
    old = [
        step("2019-01-01", 8, 100),
        heart("2019-01-01", 60),
        slept("2019-01-01 23:00:00", "2019-01-02 06:00:00"),
    ]
    found = gathered(HEADER + "".join(old) + FOOTER)
    assert (found.outside, found.readings()) == (3, ())


def test_the_same_record_twice_counts_once_and_pieces_may_end_anywhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = HEADER + "".join(DAYS) * 2 + FOOTER
    for size in (257, 1000, 4096):
        monkeypatch.setattr(apple, "PIECE", size)
        assert values(gathered(text)) == EXPECTED


def test_a_thousand_names_of_devices_are_no_thousand_rows_a_day() -> None:
    text = HEADER + "".join(step("2026-11-23", 8, 1, f"Watch {number}") for number in range(1500)) + FOOTER
    found = values(gathered(text))
    assert len(found) == 65
    assert found["2026-11-23/steps/apple_health: others"] == 1.0


def test_a_text_without_health_data_is_refused() -> None:
    with pytest.raises(ValueError, match="no <HealthData>"):
        gathered("<html>" * 100)


BIG = """
import resource, sys, time, xml.parsers.expat as expat
from datetime import date
from coach.exchange.wearables import apple
from coach.exchange.wearables.gather import Gatherer

LINES, TOTAL = open(sys.argv[1], "rb").read(), int(sys.argv[2])
HEAD = open(sys.argv[3], "rb").read()

class Endless:
    # A file that is made while it is read: the same month again under other years, to TOTAL bytes.
    def __init__(self):
        self.left, self.rest, self.round = TOTAL, HEAD, 0
    def read(self, size):
        while len(self.rest) < size and self.left > 0:
            day = b"20%02d-11-" % (10 + self.round % 17)
            block = LINES.replace(b"2026-11-", day)
            self.round += 1
            self.rest += block
            self.left -= len(block)
            if self.left <= 0:
                self.rest += b"</HealthData>\\n"
        given, self.rest = self.rest[:size], self.rest[size:]
        return given

to = Gatherer("apple_health", date(2010, 1, 1), date(2027, 1, 1))
start = time.process_time()
apple.read(Endless(), to)
ours = time.process_time() - start
readings = to.readings()
ours_whole = time.process_time() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
parser = expat.ParserCreate("utf-8")
parser.StartElementHandler = lambda name, fields: None
stream = Endless(); text = stream.read(1 << 20)
text = text[text.index(b"<HealthData"):]
start = time.process_time()
while text:
    parser.Parse(text, False); text = stream.read(1 << 20)
plain = time.process_time() - start
rates = f"{TOTAL / ours_whole / 1e6:.0f} {TOTAL / plain / 1e6:.0f}"
print(f"{to.records} {len(readings)} {peak} {rates} {len(to.notes)}")
"""


@pytest.mark.long
def test_a_gigabyte_in_bounded_memory(tmp_path: Path) -> None:
    """Prints the rate beside that of a plain parser, in the same process on the same text."""
    lines = []
    for number in range(1, 31):
        day, night = f"2026-11-{number:02d}", (date(2026, 11, 1) + timedelta(days=number)).isoformat()
        for hour in range(24):
            lines += [step(day, hour, 100 + hour, source) for source in ("Watch", "iPhone")]
            lines += [
                record(
                    "HKQuantityTypeIdentifierHeartRate",
                    f"{day} {hour:02d}:00:00 +0100",
                    f"{day} {hour:02d}:00:00 +0100",
                    "70",
                )
            ] * 6
        lines += [slept(f"{night} 0{hour}:00:00", f"{night} 0{hour}:50:00") for hour in range(6)]
        lines.append(heart(day, 55))
    (tmp_path / "lines").write_text("".join(lines))
    (tmp_path / "head").write_text(HEADER)
    (tmp_path / "big.py").write_text(BIG)
    done = subprocess.run(
        [sys.executable, "big.py", "lines", "1000000000", "head"],
        cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True, timeout=600,
    )  # fmt: skip
    records, readings, peak, ours, plain, notes = map(int, done.stdout.split())
    print(f"{records:,} records, {readings:,} readings, {peak} MiB, {ours} MB/s, a bare parser {plain} MB/s")
    assert records > 2_000_000
    assert readings > 1_000
    assert notes == 0
    assert peak < 100
