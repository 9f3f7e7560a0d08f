"""Plan files for tests, as a therapist would write them."""

from __future__ import annotations

DESK = """schema: 1
id: desk_worker
title: Strong enough for a desk day
author: A. Example
clinic: Example Physio
extends: balanced
patient: Move a little every hour.
choose: listed
exercises:
  - id: hng_2
    dose: 2-3 x 8-12, rest 60-90 s, 3 days
    pain: 4
    rise: worst_pain <= 4 and count(morning_after >= 2, 7 days) == 0
    swaps: [sqt_2 reps x 0.5 no load]
  - id: glu_2
    dose: 1-2 x 6-8
    title: Hip bridge on the rug
    text: Push through the heels.
  - id: dis_2
  - id: lat_2
  - id: aer_2
ladders:
  - ladder: hng
    rungs: hng_1 > hng_2 > hng_3
    hold: count(sleep_hours < 5.5, 7 days) >= 3
rules:
  - id: sore_mornings
    scope: c3
    when: count(morning_after >= 2, 7 days) >= 2
    then: [reduce 30 % for 7 days, no load step]
    say: "Two sore mornings: we keep the movement and trim the dose."
  - id: unsure
    when: ask.sure < 4
    then: [shorten 30 %, hold]
    say: You were not sure about the week, so it is a shorter one.
asks:
  - id: sure
    text: How sure are you that you can do next week's sessions?
    better: high
habits:
  - {id: sit_breaks}
bounds:
  engine_may: [dose, rung]
  patient_may: [shorten, skip, hold]
  sessions: 3
  minutes: 25
  rungs: 1
  until_week: 10
"""
"""A desk worker's plan: listed exercises, conditions, a rule, a question, bounds."""

WIDER = DESK.replace("- id: glu_2\n    dose: 1-2 x 6-8", "- id: glu_2\n    dose: 2 x 10-15").replace(
    "patient_may: [shorten, skip, hold]", "patient_may: [swap, shorten, skip, hold, days]"
)
"""The same with a larger bridge, and swaps left to the person."""


def file(text: str = DESK, **changes: str) -> bytes:
    """A plan file with lines of its head replaced."""
    for key, value in changes.items():
        lines = [f"{key}: {value}" if line.startswith(f"{key}:") else line for line in text.splitlines()]
        text = "\n".join(lines) + "\n"
    return text.encode()
