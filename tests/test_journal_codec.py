"""The file format: whatever goes in comes out, and no byte can change unnoticed."""

from __future__ import annotations

import json
import math
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB

from coach.journal import codec
from coach.journal.codec import Bad, Newer, decode, encode, salvage

TABLES = {
    "meta": {"1": {"id": "episode"}},
    "checkins": {
        "1": {"date": "2026-11-23", "pain": 4.5, "note": 'a "quote",\nand {"a":{}\u2028 müde'},
        "3": {"date": "2026-11-24", "pain": None, "habits": [], "deep": {"a": [{"b": 1e22}]}},
    },
    "empty": {},
}
SMALL = encode({"checkins": {"1": {"date": "2026-11-23", "pain": 4}}}, 7)

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30)
    | st.text(st.characters(codec="utf-8"), max_size=8) | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
rows = st.dictionaries(
    st.integers(1, 99).map(str), st.dictionaries(st.text(max_size=5), values, max_size=4), max_size=4
)
tables = st.dictionaries(st.text(max_size=6).filter(lambda name: name != codec.SEAL), rows, max_size=4)


def plain(found: codec.Tables) -> dict[str, Any]:
    return {name: found[name] for name in found}


@given(tables, st.integers(0, 10**9))
@settings(max_examples=150, deadline=None)
def test_what_goes_in_comes_out_and_is_legal_json(given_tables: Any, rev: int) -> None:
    data = encode(given_tables, rev)
    found = decode(data)
    assert (plain(found), found.rev, found.schema) == (given_tables, rev, codec.SCHEMA)
    whole = json.loads(data)
    seal = whole.pop(codec.SEAL)["1"]
    assert whole == given_tables
    assert set(seal) == {"schema", "rev", "bytes", "crc32"}


@given(tables)
@settings(max_examples=60, deadline=None)
def test_untouched_tables_are_written_back_byte_for_byte(given_tables: Any) -> None:
    data = encode(given_tables, 3)
    found = decode(data)
    for name in found:
        assert codec.join(codec.lines_of(found.raw[name])) == bytes(found.raw[name])
    assert codec.seal(found.raw, 3) == data
    assert not found.live


def test_a_table_is_decoded_only_when_it_is_touched() -> None:
    found = decode(encode(TABLES, 1))
    assert found["meta"] == TABLES["meta"]
    assert list(found.live) == ["meta"]
    assert list(found) == ["meta", "checkins", "empty"]
    assert len(found) == 3


def test_one_document_stands_on_one_line() -> None:
    lines = encode(TABLES, 1).decode().split("\n")
    assert len(lines) == 1 + 3 + 4 + 2 + 1 + 1 + 1  # brace, tables with head and end, seal, brace, end


def test_stock_tinydb_reads_it(tmp_path: Any) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(encode(TABLES, 1))
    with TinyDB(path, encoding="utf-8") as db:
        assert db.tables() == {"meta", "checkins", "empty", "_seal"}
        assert [dict(doc) for doc in db.table("checkins")] == list(TABLES["checkins"].values())


def test_every_flipped_bit_of_a_small_file_is_noticed() -> None:
    for place in range(len(SMALL)):
        for bit in range(8):
            changed = bytearray(SMALL)
            changed[place] ^= 1 << bit
            with pytest.raises(Bad):
                decode(bytes(changed))


def test_every_other_byte_in_every_place_is_noticed() -> None:
    for place in range(len(SMALL)):
        for byte in b'0 9"}\n\0x{,':
            if SMALL[place] != byte:
                with pytest.raises(Bad):
                    decode(SMALL[:place] + bytes([byte]) + SMALL[place + 1 :])


def test_every_truncation_and_every_lost_byte_is_noticed() -> None:
    data = encode(TABLES, 41)
    for end in range(len(data)):
        with pytest.raises(Bad):
            decode(data[:end])
        with pytest.raises(Bad):
            decode(data[:end] + data[end + 1 :])
    for tail in (b"\n", b" ", b"\0", data):
        with pytest.raises(Bad):
            decode(data + tail)


def test_zeroed_pages_are_noticed() -> None:
    data = encode({"checkins": {str(n): {"date": str(n), "note": "x" * 50} for n in range(1, 200)}}, 1)
    for at in range(0, len(data), 512):
        hole = data[:at] + bytes(len(data[at : at + 512])) + data[at + 512 :]
        with pytest.raises(Bad):
            decode(hole)


def test_a_thousand_random_flips_are_noticed() -> None:
    data = encode({"checkins": {str(n): {"date": str(n), "pain": n % 7} for n in range(1, 300)}}, 1)
    chance = random.Random(7)
    for _ in range(1000):
        changed = bytearray(data)
        changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        with pytest.raises(Bad):
            decode(bytes(changed))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"\0" * 4096, "zero bytes"),
        (b"{}", "no seal"),
        (b'{"_default": {"1": {"a": 1}}}', "no seal"),
        (b"\x89PNG\r\n\x1a\n", "no seal"),
        (b"[" * 1_000_000, "no seal"),
        (b'{\n"_seal":{"1":{"schema":1}}\n}\n', "cannot be read"),
        (b'{\n"_seal":{"1":{"schema":' + b"[" * 200_000, "cannot be read"),
        (b'x\n"_seal":{"1":{"schema":1,"rev":-1,"bytes":2,"crc32":0}}\n}\n', "checksum"),
    ],
)
def test_foreign_files_are_refused_with_the_reason(data: bytes, why: str) -> None:
    with pytest.raises(Bad, match=why):
        decode(data)


def test_a_newer_file_is_known_as_one_even_with_another_seal() -> None:
    with pytest.raises(Newer) as caught:
        decode(encode(TABLES, 5, schema=codec.SCHEMA + 4))
    assert caught.value.schema == codec.SCHEMA + 4
    with pytest.raises(Newer):
        decode(b'{\n"_seal":{"1":{"schema":9,"rev":5,"sha256":"00"}}\n}\n')


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, {1, 2}, b"x", "\ud800", object()])
def test_what_json_cannot_hold_is_refused(bad: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        encode({"t": {"1": {"id": "a", "x": [bad]}}}, 1)


def test_salvage_gives_back_everything_of_a_good_file() -> None:
    found = salvage(encode(TABLES, 41))
    assert (found.tables, found.lost, found.rev) == (TABLES, 0, 41)


def test_salvage_loses_only_the_damaged_lines() -> None:
    docs = {str(n): {"date": f"d{n}", "pain": n} for n in range(1, 40)}
    data = encode({"checkins": docs, "notes": {"1": {"id": "n1"}}}, 9)
    at = data.index(b'"d20"')
    found = salvage(data[:at] + b"\0\0\0" + data[at + 3 :])
    assert found.lost == 1
    assert found.tables["checkins"] == {key: doc for key, doc in docs.items() if key != "20"}
    assert found.tables["notes"] == {"1": {"id": "n1"}}
    cut = salvage(data[: data.index(b'"d30"')])
    assert len(cut.tables["checkins"]) == 29
    assert (cut.lost, cut.rev) == (1, 0)


def test_salvage_does_not_guess_the_table_of_a_document() -> None:
    data = encode({"checkins": {"1": {"date": "a"}}, "notes": {"1": {"id": "n1"}, "2": {"id": "n2"}}}, 9)
    found = salvage(data.replace(b'"notes":{', b'"no\xffes":{'))
    assert found.tables == {"checkins": {"1": {"date": "a"}}}
    assert found.lost == 3


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_salvage_never_raises(noise: bytes) -> None:
    salvage(noise)
    salvage(SMALL[:40] + noise + SMALL[40:])
    with pytest.raises(Bad):
        decode(noise)
