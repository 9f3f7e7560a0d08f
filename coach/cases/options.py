"""What a person can set, declared once for both faces: how the app is, and what the plan asks."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from coach.cases import settings
from coach.desk import Desk
from coach.model.assessment import Choice, Item, Value
from coach.model.noun import Noun
from coach.model.text import one_line
from coach.problems import BadValue

ON_OFF = (("on", "on"), ("off", "off"))
REMIND = "remind_at"


def _item(name: str, text: str, values: tuple[tuple[str, str], ...] = (), help: str = "") -> Item:  # noqa: A002
    choices = tuple(Choice(value=value, text=each) for value, each in values)
    return Item(id=name, text=text, kind="choice" if values else "text", choices=choices, help=help)


FACE = (
    _item("theme", "Colours", (("dark", "dark"), ("light", "light"), ("contrast", "black and white"))),
    _item("motion", "Motion", ON_OFF),
    _item("bell", "Bell at the end of a hold or rest", ON_OFF),
    _item("hands_free", "Session goes on by itself", ON_OFF),
    _item("countdown", "Seconds to get ready", (("5", "5"), ("10", "10"), ("20", "20"), ("0", "none (0)"))),
    _item(REMIND, "Remind me at", help="A time such as 07:30, or off."),
)
"""Settings of the face; a choice is gone through in this order."""
WISHES = {
    "days_per_week": "Days a week",
    "days": "Which days",
    "session_minutes": "Minutes of a session",
    "walk_minutes": "Minutes of walking a week",
    "equipment": "What you have at hand",
    "floor": "Down to the floor and up",
    "units": "Weights in",
    "session_time": "Time of the session",
    "cue": "The session comes after",
}
"""Answers that are wishes, with their names here; changing one writes the plan anew."""


class Option(Noun, frozen=True, kw_only=True):
    """One thing that can be set."""

    item: Item
    """How it is asked."""
    label: str
    group: Literal["app", "plan"]
    value: Value
    """As the item takes it."""
    shown: str


class Changed(Noun, frozen=True, kw_only=True):
    """What setting one thing did."""

    option: Option
    text: str
    withheld: bool = False
    """The plan is closed for safety; the text says why."""


def options(desk: Desk) -> tuple[Option, ...]:
    """Everything that can be set, with how it is now; wishes only where there is an assessment."""
    now = settings.settings(desk)
    found = [_option(item, item.text, "app", _value(getattr(now, item.id))) for item in FACE]
    if desk.names():
        from coach.questionnaires.catalogue import items, load_instruments

        known, answers = items(load_instruments()), desk.read().answers
        found += [_option(known[name], text, "plan", answers.get(name)) for name, text in WISHES.items()]
    return tuple(found)


def change(desk: Desk, name: str, value: Value) -> Changed:
    """Set one thing, by a value as its item takes it. Raises `BadValue` for a name or time that is none."""
    option = find(options(desk), name)
    text, withheld = "Kept.", False
    if option.group == "plan":
        from coach.cases import asking

        done = asking.prefer(desk, {option.item.id: value})
        withheld = done.plan is None
        text = f"Your plan follows from now on (version {done.plan.id})." if done.plan else done.text
    else:
        settings.keep(desk, **{option.item.id: _stored(option.item, value)})
        if option.item.id == REMIND:
            text = told(str(value or ""))
    return Changed(option=find(options(desk), option.item.id), text=text, withheld=withheld)


def told(at: str) -> str:
    """What is still to be done for a reminder: coach installs nothing by itself."""
    if at in ("", "off"):
        return "No reminder from now on. One that was set up outside coach is yours to take out."
    return "Kept. To be reminded, let your calendar or scheduler know: coach remind ics, systemd or cron."


def find(found: tuple[Option, ...], name: str) -> Option:
    """The option of this name; raises `BadValue` with a did-you-mean."""
    for each in found:
        if each.item.id == name:
            return each
    from difflib import get_close_matches

    near = get_close_matches(name[:40], [each.item.id for each in found], n=1)
    hint = f"did you mean: {near[0]}" if near else "coach settings lists them"
    raise BadValue(f"There is no setting “{one_line(name, 40)}”.", hint)


def _option(item: Item, label: str, group: Literal["app", "plan"], value: Any) -> Option:
    texts = {each.value: each.text for each in item.choices}
    if value in (None, "", (), []):
        shown = {"days": "any", "equipment": "nothing", REMIND: "off"}.get(item.id, "-")
    elif isinstance(value, list | tuple):
        shown = ", ".join(texts.get(str(each), str(each)) for each in value)
    else:
        text = f"{value:g}" if isinstance(value, int | float) else value
        shown = texts.get(text, text)
    return Option(item=item, label=label, group=group, value=value, shown=shown)


def _value(kept: Any) -> str:
    return ("on" if kept else "off") if isinstance(kept, bool) else str(kept)


def _stored(item: Item, value: Value) -> Any:
    kind = next(each.type for each in msgspec.structs.fields(settings.Settings) if each.name == item.id)
    if kind is bool:
        return value == "on"
    if kind is int:
        return int(str(value))
    return _time(str(value or "")) if item.id == REMIND else value


def _time(text: str) -> str:
    if text.lower() in ("", "off", "none", "-"):
        return ""
    hour, _, minute = text.partition(":")
    numbers = text.isascii() and hour.isdecimal() and minute.isdecimal() and len(minute) == 2
    if numbers and int(hour) < 24 and int(minute) < 60:
        return f"{int(hour):02d}:{minute}"
    raise BadValue(f"“{one_line(text, 20)}” is no time of day.", "write it as 07:30, or off")
