"""The limits of what is read from devices, from their data file."""

from __future__ import annotations

from functools import cache


@cache
def load_limits() -> dict[str, float]:
    """Value of each limit by its name; the file says unit, evidence and source."""
    import tomllib

    from coach.packaged import packaged

    text = packaged("exchange", "wearables", "limits.toml").read_text(encoding="utf-8")
    return {name: float(entry["value"]) for name, entry in tomllib.loads(text).items()}
