"""The few thresholds of an ordinary day, as constants.

Reading the thresholds file costs more than the daily commands may spend, so its numbers stand here a
second time; a test compares every one of them with ``rules.toml``, which is where they are explained.
"""

from __future__ import annotations

MORNINGS = 7
MORNINGS_LEAST = 3

READY_EASY = 50.0

FLARE = 0.90
FLARE_RISE = 2.0
FLARE_END_FROM = 3
FLARE_JOINS = 3
FLARE_KIT_DAYS = 3
FLARE_LOW_UNTIL = 6
FLARE_MID_UNTIL = 9
FLARE_LOW_SHARE = 0.70
FLARE_MID_SHARE = 0.85
FLARE_RESCREEN_DAY = 7
FLARE_CLINICIAN_DAY = 14
FLARES_SHARE = 0.80

GAP_SHORT = 4
GAP_WEEK = 8
GAP_LONG = 15
GAP_RESTART = 29
GAP_SHORT_SHARE = 0.90
GAP_WEEK_SHARE = 0.80
GAP_LONG_SHARE = 0.70
GAP_RUNG = 6
GAP_FEW = 2

FIRST_SESSION_SHARE = 0.80
FIRST_SESSION_RPE = 8.0
STRONG = 2.5

WEEK2_DAY = 11

LOADED = frozenset({"hng", "sqt", "lun", "car", "rot", "ext", "glu", "ant", "lat"})
"""Ladders that ask for load (``clinical.md`` 5.1 C3)."""
HARD_EFFORT = 5.0
"""Effort from which a C3 exercise makes its session hard (``progression.md`` 19)."""
