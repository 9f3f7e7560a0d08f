"""What sort of file it is: told by its content, never by its name."""

from __future__ import annotations

from collections.abc import Sequence

FULL, APPLE, FITBIT, OURA, GADGETBRIDGE, ANDROID, CSV = (
    "full", "apple_health", "fitbit", "oura", "gadgetbridge", "sleep_as_android", "csv",
)  # fmt: skip
KINDS = (FULL, APPLE, FITBIT, OURA, GADGETBRIDGE, ANDROID, CSV)
NAMES = {
    FULL: "a full export of coach",
    APPLE: "an export of Apple Health",
    FITBIT: "sleep logs of Fitbit",
    OURA: "an export of Oura",
    GADGETBRIDGE: "a database of Gadgetbridge",
    ANDROID: "an export of Sleep as Android",
    CSV: "a table (CSV)",
}
HEAD = 1 << 16
"""Bytes of a file that are looked at."""


def is_zip(head: bytes) -> bool:
    """Whether a file is a zip."""
    return head.startswith(b"PK\x03\x04")


def sniff(head: bytes) -> str:
    """The kind of a file by its first bytes; empty where nothing fits."""
    if head.startswith(b"SQLite format 3\0"):
        return GADGETBRIDGE
    text = head.decode("utf-8-sig", "replace").lstrip()
    if "<HealthData" in text or "<!DOCTYPE HealthData" in text:
        return APPLE
    if text.startswith(("{", "[")):
        return _json(text)
    return _table(text)


def _json(text: str) -> str:
    if "coach.export-all/" in text[:2000]:
        return FULL
    if '"minutesAsleep"' in text or '"dateOfSleep"' in text:
        return FITBIT
    if '"bedtime_end"' in text or '"summary_date"' in text or ('"day"' in text and '"steps"' in text):
        return OURA
    return ""


def _table(text: str) -> str:
    lines = [line for line in text.splitlines()[:40] if line.strip()]
    first = lines[0].lower() if lines else ""
    if first.startswith("id,tz,from,to"):
        return ANDROID
    if any("minutes asleep" in line.lower() for line in lines[:3]):
        return FITBIT
    if "bedtime_end" in first.replace(" ", "_"):
        return OURA
    if first and any(each in first for each in ",;\t|") and "\0" not in text and "\ufffd" not in first:
        return CSV
    return ""


def member(names: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The kind of a zip and the members that matter; nothing where none is known."""
    apple = [each for each in names if each.lower().endswith(".xml") and "apple_health_export/" in each]
    apple = [each for each in apple if not each.lower().endswith("_cda.xml")]
    apple = apple or [each for each in names if each.rpartition("/")[2].lower() == "export.xml"]
    if apple:
        return APPLE, tuple(sorted(apple, key=lambda each: (each.count("/"), each))[:1])
    for kind, found in (
        (ANDROID, [each for each in names if each.rpartition("/")[2] == "sleep-export.csv"]),
        (FITBIT, [each for each in names if _fitbit(each)]),
        (
            OURA,
            [each for each in names if "oura" in each.lower() and each.lower().endswith((".json", ".csv"))],
        ),
    ):
        if found:
            return kind, tuple(sorted(found))
    return "", ()


def _fitbit(name: str) -> bool:
    last = name.rpartition("/")[2].lower()
    return last.startswith("sleep-") and last.endswith(".json")
