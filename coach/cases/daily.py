"""The everyday: the check-in, flares, pauses and skipped sessions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec

from coach.cases import rescreen
from coach.desk import Desk
from coach.model.log import SCREEN_ITEMS, CheckIn, Flare, Pause, Skip
from coach.model.noun import Noun
from coach.problems import BadValue, NothingToDo
from coach.tables import Writing

NOTE_LENGTH = 2000
RANGES: dict[str, tuple[float, float]] = {
    "pain": (0, 10),
    "pain_worst": (0, 10),
    "pain_average": (0, 10),
    "sleep_hours": (0, 24),
    "in_bed_hours": (0, 24),
    "sleep_quality": (0, 10),
    "stress": (0, 10),
    "steps": (0, 200_000),
    "active_minutes": (0, 1440),
    "sitting_hours": (0, 24),
    "activity_rating": (0, 10),
}


class Change(Noun, frozen=True, kw_only=True):
    """One field of a check-in, before and after."""

    field: str
    before: Any
    after: Any


class CheckedIn(Noun, frozen=True, kw_only=True):
    """What a check-in did."""

    checkin: CheckIn
    changes: tuple[Change, ...]
    notices: tuple[str, ...] = ()
    """Safety notices and what follows from the entry, in words."""
    pending: tuple[str, ...] = ()
    """Questions that a warning sign opened."""
    flare: dict[str, Any] | None = None
    """Day and trigger of the flare-up that runs."""


def check_in(desk: Desk, day: date | None = None, **given: Any) -> CheckedIn:
    """Merge values into the check-in of a date and keep it.

    Fields are those of `CheckIn`; the ones that are null are left as they are. Raises
    `BadValue` for a value out of range, a day to come, or a day before the plan.
    """
    day = day or desk.today
    if day > desk.today:
        raise BadValue(
            f"{day} is still to come; a check-in is about a morning that was.", "leave the date out"
        )
    fields = _valid({name: value for name, value in given.items() if value is not None})
    told = fields.get("flags", ()) if day == desk.today else ()
    with desk.write(f"check-in of {day}", desk.file_for(day)) as writing:
        before = writing.one("checkins", day.isoformat(), CheckIn) or CheckIn(date=day)
        if "relief" in fields:
            fields["relief"] = _ladders(writing, before.relief, fields["relief"])
        if "flags" in fields:
            fields["flags"] = tuple(dict.fromkeys((*before.flags, *fields["flags"])))
        if "habits" in fields:
            from coach.cases.habits import checked

            names = checked(writing, fields["habits"], day)
            fields["habits"] = tuple(dict.fromkeys((*before.habits, *names)))
        changed = {name: value for name, value in fields.items() if getattr(before, name) != value}
        after = msgspec.structs.replace(before, **changed, at=desk.at if changed else before.at)
        if changed:
            _put(desk, writing, "checkins", after, day)
        pending = open_screen(writing, told)
        raised = rescreen.note_alarms(desk, writing, told) if changed or told else ()
    changes = tuple(
        Change(field=name, before=getattr(before, name), after=value) for name, value in changed.items()
    )
    notices = (*_notices(writing.facts, day, desk.today, pending), *rescreen.notices(raised, desk.today))
    flare = writing.facts["flare"] if writing.facts else None
    return CheckedIn(checkin=after, changes=changes, notices=notices, pending=pending, flare=flare)


def _put(desk: Desk, writing: Writing, table: str, noun: Any, day: date, key: str = "") -> None:
    """Write an entry; behind a review, what it had read is kept first."""
    if writing.late(table, day):
        from coach.cases.corrections import keep

        keep(desk, writing, table, key or day.isoformat(), noun)
    writing.put(table, noun)


def _ladders(writing: Writing, before: tuple[str, ...], given: tuple[str, ...]) -> tuple[str, ...]:
    """The ladders that eased: named by themselves or by an exercise, each of them in the plan.

    Raises `BadValue` for another.
    """
    plan = writing.plan
    known = {each.exercise: each.ladder for each in plan.standing}
    found = [known.get(name, name) for name in (each.lower().replace("-", "_") for each in given)]
    unknown = [each for each in found if each not in known.values()]
    if unknown:
        raise BadValue(
            f"“{unknown[0]}” is not in your plan.", f"there is: {', '.join(dict.fromkeys(known.values()))}"
        )
    return tuple(dict.fromkeys((*before, *found)))


def _clean(text: str, limit: int) -> str:
    from coach.model.text import clean

    return clean(text, limit)


def _valid(given: dict[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in given.items():
        if name in RANGES:
            low, high = RANGES[name]
            number = float(value)
            if not low <= number <= high:
                raise BadValue(
                    f"{name.replace('_', ' ')} {value} is not in {low:g} to {high:g}.", "nothing was saved"
                )
            fields[name] = int(number) if name == "steps" else number
        elif name == "note":
            fields[name] = _clean(str(value), NOTE_LENGTH)
        elif name == "flags":
            unknown = [each for each in value if each not in (*SCREEN_ITEMS, *rescreen.EVENTS)]
            if unknown:
                raise BadValue(
                    f"“{unknown[0]}” is not a warning sign.",
                    f"there is: {', '.join((*SCREEN_ITEMS, *rescreen.EVENTS))}",
                )
            fields[name] = tuple(value)
        elif name == "rose":
            fields[name] = _clock(str(value))
        else:
            fields[name] = value
    return fields


def open_screen(writing: Writing, flags: tuple[str, ...]) -> tuple[str, ...]:
    """Open the full questions behind the warning signs reported today."""
    flags = tuple(each for each in flags if each in SCREEN_ITEMS)
    if not flags:
        return ()
    from coach.questionnaires.safety import mini_screen

    opened = mini_screen(dict.fromkeys(flags, "yes"))
    episode = writing.episode
    pending = tuple(dict.fromkeys((*episode.pending, *opened)))
    asked = tuple(dict.fromkeys((*episode.asked, *flags)))
    writing.put("meta", msgspec.structs.replace(episode, pending=pending, asked=asked))
    return pending


def _notices(
    facts: dict[str, Any] | None, day: date, today: date, pending: tuple[str, ...]
) -> tuple[str, ...]:
    """What follows from an entry: questions that must come first, or a flare met by its numbers."""
    notices: list[str] = []
    if pending:
        notices.append(
            "You reported a warning sign. Until a few questions about it are answered, no session is "
            "shown: coach assess --rescreen"
        )
    flare = facts.get("flare") if facts else None
    if flare and flare["trigger"] == "pain" and flare["day"] == 0 and day == today:
        notices.append(
            "Two mornings in a row were clearly worse than your week before: that is a flare-up. Today's "
            "plan is the flare kit. If that is wrong: coach flare end"
        )
    return tuple(notices)


def _clock(text: str) -> str:
    """A time of day as ``HH:MM``. Raises `BadValue`."""
    hours, colon, minutes = text.strip().partition(":")
    digits = colon and f"{hours}{minutes}".isascii() and hours.isdigit() and minutes.isdigit()
    if digits and int(hours) < 24 and int(minutes) < 60 and len(minutes) == 2:
        return f"{int(hours):02d}:{minutes}"
    raise BadValue(f"“{text}” is not a time of day.", "write it as 06:50; nothing was saved")


def declare_flare(desk: Desk, note: str = "") -> Flare:
    """Start a flare-up today; one that runs already goes on. A new one within three days continues it."""
    from coach.facts import flare_of
    from coach.programs.flares import CONTINUES_DAYS

    with desk.write("flare start") as writing:
        found = flare_of(writing, desk.today)
        if found is not None and found.active:
            return found.flare
        if found is not None and found.flare.end and (desk.today - found.flare.end).days <= CONTINUES_DAYS:
            flare = msgspec.structs.replace(found.flare, end=None, trigger="declared")
        else:
            count = len(writing.docs("flares")) + 1
            flare = Flare(id=f"f{count:02d}", start=desk.today, note=_clean(note, NOTE_LENGTH))
        _put(desk, writing, "flares", flare, flare.start, flare.id)
        return flare


def end_flare(desk: Desk) -> Flare:
    """End the flare-up that runs. Raises `NothingToDo` when none does."""
    from coach.facts import flare_of

    with desk.write("flare end") as writing:
        found = flare_of(writing, desk.today)
        if found is None or not found.active:
            raise NothingToDo("No flare-up is running.", "to declare one: coach flare start")
        ended = msgspec.structs.replace(found.flare, end=desk.today)
        _put(desk, writing, "flares", ended, ended.start, ended.id)
        return ended


def pause(desk: Desk, start: date, end: date, reason: str = "") -> Pause:
    """Declare days that do not count. Raises `BadValue` for an end before its start."""
    if end < start:
        raise BadValue(f"The pause ends on {end}, before it starts on {start}.", "turn the two dates round")
    with desk.write("pause", desk.file_for(min(start, desk.today))) as writing:
        count = len(writing.docs("pauses")) + 1
        made = Pause(id=f"b{count:02d}", start=start, end=end, reason=_clean(reason, 200))
        _put(desk, writing, "pauses", made, start, made.id)
        return made


def end_pause(desk: Desk) -> Pause:
    """Come back before a pause is over. Raises `NothingToDo` when none runs."""
    with desk.write("pause end") as writing:
        running = [each for each in writing.all("pauses", Pause) if each.start <= desk.today <= each.end]
        if not running:
            raise NothingToDo("No pause is running.", "to declare one: coach pause --from today --to +7d")
        last = running[-1]
        if last.start == desk.today:
            if writing.late("pauses", last.start):
                from coach.cases.corrections import keep

                keep(desk, writing, "pauses", last.id, None)
            writing.drop("pauses", last.id)
            return last
        ended = msgspec.structs.replace(last, end=desk.today - timedelta(days=1))
        _put(desk, writing, "pauses", ended, ended.start, ended.id)
        return ended


def skip(desk: Desk, session: str, reason: str, cue: str = "") -> Skip:
    """Let a session go with a reason; not done is not failed. ``cue`` is a new moment for sessions."""
    with desk.write("skip") as writing:
        made = Skip(
            id=f"{desk.today}/{session}", session=session, date=desk.today, reason=_clean(reason, 200)
        )
        _put(desk, writing, "skips", made, made.date, made.id)
        if cue:
            from coach.cases.habits import IF_THEN
            from coach.model.log import Note

            writing.put("notes", Note(id=IF_THEN, date=desk.today, text=_clean(cue, 200), at=desk.at))
        return made
