"""What stands on the one page of a packet: what to look at first, then numbers, decisions and words."""

from __future__ import annotations

from collections.abc import Iterable

from coach.draw.words import day, listed, number
from coach.model.noun import Noun
from coach.model.packet import DecisionOf, MeasureOf, Packet
from coach.model.text import one_line

_FLAGS, _MEASURES, _DECISIONS, _QUESTIONS, _WORDS, _WEEKS = 8, 8, 8, 4, 3, 12
_VERDICTS = {
    "meaningful_improvement": "clearly better",
    "probable_improvement": "probably better",
    "better": "better",
    "worse": "worse",
    "unchanged": "about the same",
    "inside_band": "within the error",
    "near_best": "near the best score",
    "more": "more",
    "less": "less",
    "once": "measured once",
    "record_only": "written down only",
}
_ANSWERS, _SHORT = 12, 7
"""Answers of a question that are shown, and lines of the short part."""
_KINDS = {"flare": ("F", "flare-up"), "paused": ("P", "pause"), "deload": ("D", "easy week")}
_HELD = ("hold", "start")


class Block(Noun, frozen=True, kw_only=True):
    """A part of the page: lines, or a table with its head; ``points`` makes the lines a list."""

    title: str
    lines: tuple[str, ...] = ()
    points: bool = False
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def title(packet: Packet) -> str:
    """Label, week and day."""
    week = f", week {packet.plan.week} of {packet.plan.weeks}" if packet.plan else ", no plan"
    return f"{packet.sender.label}{week}, {day(packet.made, year=True)}"


def about(packet: Packet) -> str:
    """Whose plan it is, since when, and what was hidden."""
    said = [f"Packet {packet.number}"]
    if packet.since:
        said.append(f"“new” is since the last one, {day(packet.since)}")
    plan = packet.plan
    if plan:
        file = plan.file
        whose = f"plan by coach itself ({plan.template})"
        if file:
            signed = f"signed by {file.signer}" if file.signer else "not signed"
            whose = f"plan file “{file.title}”{f' by {file.author}' if file.author else ''}, {signed}"
            whose += f", digest {file.digest[:12]}" if file.digest else ""
        said.append(whose)
        start = listed((plan.primary, *plan.secondary)) if plan.primary else ""
        said.append(f"started {day(plan.start, year=True)}{f', starting point {start}' if start else ''}")
    said.append(f"dates {packet.sender.dates}")
    said.append(f"own words {packet.sender.words.replace('_', ' ')}")
    return f"{'; '.join(said)}. coach {packet.coach}."


def blocks(packet: Packet) -> tuple[Block, ...]:
    """The parts of the page that hold something, in their order."""
    found = [
        _flags(packet),
        _short(packet),
        _weeks(packet),
        _measured(packet),
        _decided(packet),
        *_said(packet),
    ]
    return tuple(each for each in found if each.lines or each.rows)


def _flags(packet: Packet) -> Block:
    shown = [f"{'NEW: ' if each.new else ''}{_cut(each.text, 105)}" for each in packet.flags[:_FLAGS]]
    rest = len(packet.flags) - len(shown)
    lines = (*shown, *((f"and {rest} more in the file",) if rest > 0 else ()))
    return Block(title="Look at first", lines=lines or ("No flags.",), points=bool(shown))


def _short(packet: Packet) -> Block:
    kept, pain = packet.adherence, packet.response
    lines = []
    if kept.score is not None:
        left = f", {kept.left_out} left out (pause or skip budget)" if kept.left_out else ""
        lines.append(
            f"Adherence: {_percent(kept.score)} = how often {_percent(kept.frequency)} x how much "
            f"{_percent(kept.dose)} x how well {_percent(kept.quality)} "
            f"({kept.done} of {kept.planned} sessions in {kept.days} days{left})."
        )
    if pain.now is not None and pain.baseline is not None:
        band = f", error band {number(pain.band)}" if pain.band is not None else ""
        lines.append(
            f"Pain, mean of a week: {number(pain.baseline)} at the start, {number(pain.now)} now "
            f"(change {_signed(pain.change)}{band}): {_verdict(pain.verdict, inside=pain.inside)}."
        )
    elif pain.now is not None:
        lines.append(f"Pain, mean of a week: {number(pain.now)} now; there is no value from the start.")
    elif packet.plan:
        lines.append(f"Pain: only {pain.mornings} mornings of the last seven were noted, too few to compare.")
    flares = [
        f"{'NEW ' if each.new else ''}{day(each.start)}, {each.days} days{'' if each.end else ' so far'}"
        for each in packet.flares[-3:]
    ]
    if flares:
        lines.append(f"Flare-ups: {len(packet.flares)}, the last: {'; '.join(flares)}.")
    for each in {answer.id: answer for answer in packet.answers}.values():
        told = [number(answer.value) for answer in packet.answers if answer.id == each.id][-_ANSWERS:]
        good = f", {each.better} is good" if each.better else ""
        scale = f"{number(each.low)}-{number(each.high)}{good}"
        lines.append(f"{_cut(each.text or each.id, 70)} {', '.join(told)} ({scale}).")
    return Block(title="In short", lines=tuple(lines[:_SHORT]), points=True)


def _weeks(packet: Packet) -> Block:
    weeks = packet.weeks[-_WEEKS:]
    rows: tuple[tuple[str, ...], ...] = (
        ("sessions", *(f"{each.done}/{each.planned}" for each in weeks)),
        ("median pain", *(number(each.median) for each in weeks)),
        ("worst pain", *(number(each.worst) for each in weeks)),
        ("", *(_KINDS.get(each.kind, ("", ""))[0] for each in weeks)),
    )
    if not any(rows[-1][1:]):
        rows = rows[:-1]
    met = [each for each in _KINDS if any(week.kind == each for week in weeks)]
    legend = ", ".join(" ".join(_KINDS[each]) for each in met)
    columns = ("week", *(str(each.number) for each in weeks))
    return Block(
        title="Week by week",
        columns=columns,
        rows=rows if weeks else (),
        lines=(f"{legend}.",) if legend else (),
    )


def _measured(packet: Packet) -> Block:
    """What changed or can be judged comes first; what was only written down is left to the file."""
    order = sorted(packet.measures, key=_weight)
    rows = tuple(
        (
            _cut(each.name, 28),
            number(each.baseline),
            number(each.now),
            _signed(each.change),
            f"±{number(each.band)}" if each.band is not None else "-",
            _verdict(each.verdict, inside=each.band is not None and abs(each.change or 0) < each.band),
        )
        for each in order[:_MEASURES]
    )
    rest = len(order) - len(rows)
    lines = (f"{rest} more in the file.",) if rest > 0 else ()
    return Block(
        title="Measures",
        columns=("measure", "start", "now", "change", "error", "verdict"),
        rows=rows,
        lines=lines,
    )


def _weight(each: MeasureOf) -> tuple[int, bool, bool]:
    own = 0 if each.id.startswith("psfs") else 2 if each.id.startswith("mt_") else 1
    return (each.verdict in ("record_only", "once"), own > 1, each.verdict not in ("worse",))


def _decided(packet: Packet) -> Block:
    last = max((each.date for each in packet.decisions), default=None)
    recent = [each for each in packet.decisions if each.new or each.date == last]
    moved = [each for each in recent if each.action not in _HELD]
    moved.sort(key=lambda each: (not each.safety, -each.date.toordinal()))
    rows = tuple(
        (
            _cut(each.name or each.exercise, 24),
            _cut(_from_to(each), 34),
            f"{each.rule} {each.action}{' (vetoed)' if each.vetoed else ''}",
        )
        for each in moved[:_DECISIONS]
    )
    held = len(recent) - len(moved)
    rest = len(moved) - len(rows)
    said = [f"Held: {held}."] if held else []
    said += [f"{rest} more in the file, each with its reason."] if rest > 0 else []
    return Block(
        title=f"Decisions of the review of {day(last)}" if last else "Decisions",
        columns=("exercise", "from -> to", "rule"),
        rows=rows,
        lines=(" ".join(said),) if said else (),
    )


def _from_to(each: DecisionOf) -> str:
    """Both doses; what stays the same at their ends is said once."""
    if each.action in ("remove", "stop", "stop_all"):
        return f"{each.before.partition(',')[0]} -> taken out".removeprefix(" -> ")
    if each.to and each.to != each.exercise:
        return f"{each.to}, {each.after}" if each.after else each.to
    if not each.before or each.before == each.after:
        return each.after
    before, after = each.before.split(maxsplit=3), each.after.split(maxsplit=3)
    if before[3:] == after[3:]:
        return " ".join([*before[:3], "->", *after])
    return f"{each.before} -> {each.after}"


def _cut(words: str, most: int) -> str:
    short = one_line(words, most + 1)
    return short if len(short) <= most else f"{short[: most - 1].rstrip()}…"


def _said(packet: Packet) -> Iterable[Block]:
    asked = [each for each in packet.words if each.about == "question"]
    other = [each for each in packet.words if each.about != "question"]
    for title, found, most in (
        ("Questions for you", asked, _QUESTIONS),
        ("In their own words", other, _WORDS),
    ):
        lines = [
            f"{'NEW: ' if each.new else ''}{_cut(each.text, 105)} ({day(each.date)}"
            f"{'' if each.about == 'question' else f', {each.about}'})"
            for each in found[-most:]
        ]
        rest = len(found) - len(lines)
        yield Block(title=title, lines=(*lines, *((f"and {rest} more",) if rest > 0 else ())), points=True)


def _verdict(name: str, *, inside: bool) -> str:
    text = _VERDICTS.get(name, name.replace("_", " ") or "not compared")
    return f"{text}, within the error" if inside and name == "probable_improvement" else text


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{int(100 * value + 0.5)} %"


def _signed(value: float | None) -> str:
    return "-" if value is None else f"{'+' if value > 0 else ''}{number(value)}"
