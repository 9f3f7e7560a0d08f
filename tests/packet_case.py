"""Packets for tests: plain ones, and homes that were lived at random."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from coach import Coach
from coach.exchange import packet as files
from coach.model.packet import (
    AdherenceOf,
    DayOf,
    FlagOf,
    MeasureOf,
    Packet,
    PlanOf,
    ResponseOf,
    Sender,
    WordsOf,
)

CALM = dict.fromkeys(("ms_saddle", "ms_legs", "ms_leg_new", "ms_unwell", "ms_trauma", "ms_different"), "no")
START = date(2026, 9, 28)
SECRET_WORDS = "Zebrafink"
"""Stands in every free text of a lived home."""


def made(**changes: Any) -> Packet:
    """A packet of a quiet course, with some fields changed."""
    fields: dict[str, Any] = {
        "made": date(2026, 11, 23),
        "coach": "0.1.0",
        "sender": Sender(label="P-AAAAA-AAAAA", key="a" * 16),
        "plan": PlanOf(id="v8", start=START, week=8, weeks=12, template="balanced", primary="flex"),
        "adherence": AdherenceOf(score=0.8, frequency=0.8, dose=1.0, quality=1.0, planned=12, done=10),
        "response": ResponseOf(
            baseline=5.0, now=3.0, mornings=7, change=-2.0, band=2.0, verdict="meaningful_improvement"
        ),
        "measures": (
            MeasureOf(
                id="eac10", name="everyday activities", unit="points", baseline=40.0, baseline_date=START,
                now=30.0, now_date=date(2026, 10, 27), change=-10.0, verdict="unchanged",
            ),
        ),
        "days": tuple(
            DayOf(date=date(2026, 11, 23) - timedelta(days=back), pain=3.0, rise=0.0, sleep_hours=7.0)
            for back in range(27, -1, -1)
        ),
    }  # fmt: skip
    return files.sealed(Packet(**(fields | changes)))


def flagged(*ids: str, **changes: Any) -> Packet:
    """A packet with these flags."""
    return made(flags=tuple(FlagOf(id=each, text=f"{each}.") for each in ids), **changes)


def asking(text: str, **changes: Any) -> Packet:
    """A packet with a question."""
    return made(words=(WordsOf(date=date(2026, 11, 23), about="question", text=text),), **changes)


def resealed(document: dict[str, Any]) -> bytes:
    """A document with the seal that fits it, whatever is in it."""
    body = {key: value for key, value in document.items() if key != "seal"}
    return json.dumps(body | {"seal": files._seal(body)}).encode()


def live(home: Path, answers: dict[str, Any], days: int, seed: int) -> Coach:
    """A life at random, with own words wherever they fit, all of them holding `SECRET_WORDS`."""
    chance, word = Random(seed), SECRET_WORDS
    coach = Coach.open(home, today=START, at=f"{START}T07:00:00+00:00")
    coach.assess({**answers, "psfs_1_name": f"{word} feeding", "cue": f"after {word}"})
    for offset in range(days):
        day = START + timedelta(days=offset)
        coach = Coach.open(home, today=day, at=f"{day}T07:00:00+00:00")
        if chance.random() < 0.8:
            pain = chance.choice((1, 2, 3, 3, 4, 5, 7))
            coach.check_in(pain=pain, sleep_hours=chance.choice((4, 6, 7, 8)), note=f"{word} {offset}")
        if offset and offset % 7 == 0 and not coach.rescreens():
            coach.review(screen=dict(CALM))
        found = coach.today().day
        if found is not None and found.session and chance.random() < 0.7:
            before, more = chance.choice((1, 2, 3)), chance.choice((0, 1, 4))
            felt = {"rpe": chance.choice((3, 5, 7)), "before": before, "pain": before + more}
            coach.log_session(**felt, form=chance.choice((0, 1)), note=f"{word} session")
        elif found is not None and found.session and chance.random() < 0.3:
            coach.skip(f"{word} visits")
        if chance.random() < 0.03:
            coach.declare_flare(f"{word} flare")
        if chance.random() < 0.1:
            coach.ask_therapist(f"May I carry {word}?")
    return coach
