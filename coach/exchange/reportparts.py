"""The parts of the report: each chart with its sentence and its table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from coach.draw import cards, numbers, sentences, svg, words
from coach.exchange.html import Html, join, table, tag
from coach.model.charts import Insight, Pairing, Series
from coach.model.packet import FlagOf
from coach.model.plan import Week
from coach.model.review import Decision, Review

KINDS = {"flare": "flare-up", "paused": "pause", "deload": "lighter week"}
LATEST = 26
"""Weeks of a daily series that its table has."""


def flag(found: FlagOf) -> str:
    """A flag in a sentence, with its day."""
    return f"{found.text} ({words.day(found.since, year=True)})" if found.since else found.text


def figure(picture: Html, said: str, legend: str, rows: Html) -> Html:
    """A sentence, its picture with the legend as caption, and its numbers as a table beside it."""
    drawn = tag("figure", picture, tag("figcaption", legend))
    return tag("div", tag("p", said), tag("div", drawn, rows, class_="beside"), class_="card")


SCALES = "Pain goes from 0 to 10, the worst; a goal from 0, cannot, to 10, as before."
HOW_TO_READ = (
    "In the charts a dot is a day or a reading, and the line is the mean of seven days. The dashed line is "
    "where it began; inside the grey field round it a change is normal variation. Under the days, f and "
    "hatching mark a flare-up, p and a box a pause."
)


def series_figure(found: Series) -> Html:
    """A series as chart, sentence and table; with fewer than two values it is only the sentence."""
    head = tag("h3", found.name)
    said = tag("p", sentences.series(found))
    shown = [each for each in found.points if found.start <= each.date <= found.end]
    if len(shown) < 2:
        return tag("div", head, said)
    picture = tag("figure", svg.time_series(found, found.id))
    beside = tag("div", picture, _numbers(found), class_="beside")
    return tag("div", head, said, beside, class_="card")


def _numbers(found: Series) -> Html:
    if not found.daily:
        shown = [each for each in found.points if found.start <= each.date <= found.end]
        rows = [(words.day(each.date), words.number(each.value)) for each in shown]
        return table(("Day", "Value"), rows, numbers=(1,))
    weeks = [
        (words.day(first), days, *(words.number(each) for each in (mean, least, most)))
        for first, days, mean, least, most in numbers.by_week(found)[-LATEST:]
    ]
    return table(("Week from", "Days", "Mean", "Least", "Most"), weeks, numbers=(1, 2, 3, 4))


def checks(seen: Insight) -> Html | None:
    """What the checks of weeks 4, 8 and 12 said, the load, and what goes along with what."""
    said = [sentences.verdict(each) for each in seen.verdicts if each.said]
    said += [sentences.load(seen.load)] if seen.load and seen.load.ratio is not None else []
    said += pairings([each for each in seen.pairings if each.pairs >= each.needed])
    return tag("ul", *(tag("li", each) for each in said)) if said else None


def pairings(found: Sequence[Pairing]) -> list[str]:
    """What goes along with what: each pattern in a sentence, all that show none in one."""
    none = tuple(each.name for each in found if not each.pattern)
    said = [sentences.pairing(each) for each in found if each.pattern]
    return said + ([f"No pattern with the pain of the next morning: {words.listed(none)}."] if none else [])


def adherence(found: Any) -> Html:
    """Consistency in its three parts."""
    three = (("How often", found.frequency), ("How much of it", found.dose), ("How well", found.quality))
    boxes = [
        tag("li", tag("b", "-" if share is None else f"{round(100 * share)} %"), name)
        for name, share in three
    ]
    return join((tag("p", found.text), tag("ul", *boxes, class_="parts")))


def weeks_figure(seen: Insight, lived: Sequence[Any]) -> Html:
    """Sessions of each week; ``lived`` are the rows of its table."""
    legend = "Filled: done; open: planned; the numbers say both."
    kinds = {each.kind for each in seen.weeks} & set(KINDS)
    if kinds:
        legend += f" {', '.join(f'{each[0]} {KINDS[each]}' for each in sorted(kinds))}."
    shown = weeks_table(lived)
    return figure(svg.weeks(seen.weeks, "weeks"), sentences.adherence(seen.weeks), legend, shown)


def days_figure(seen: Insight) -> Html | None:
    """The days as a field of squares."""
    if not seen.days:
        return None
    rows = [(words.day(monday), *counts) for monday, counts in numbers.counted(seen.days)]
    head = ("Week from", *(each.capitalize() for each in numbers.KINDS))
    shown = table(head, rows, numbers=range(1, len(head)))
    return figure(svg.days(seen.days, "days"), sentences.days(seen.days), svg.days_legend(seen.days), shown)


def weeks_table(rows: Iterable[Any]) -> Html:
    """The lived weeks beside each other."""
    shown = [
        (
            each.number, words.day(each.starts), f"{each.done} of {each.planned}",
            f"{round(each.walking_minutes)} min", each.hard_sets,
            *(words.number(value) for value in (each.pain, each.sleep_hours, each.stress)),
            KINDS.get(each.kind, ""),
        )
        for each in rows
    ]  # fmt: skip
    head = ("Week", "From", "Sessions", "Walking", "Hard sets", "Pain", "Sleep h", "Stress", "")
    return table(head, shown, caption="Weeks; means of at least four days", numbers=(0, 3, 4, 5, 6, 7))


def climbs(seen: Insight | None) -> Html | None:
    """Each exercise from its first dose to now."""
    if seen is None or not seen.doses:
        return None
    rows = []
    for each in seen.doses:
        first, last = each.levels[0], each.levels[-1]
        began = first.text if first.exercise == last.exercise else f"{first.name}, {first.text}"
        rows.append((last.name, began, last.text))
    return table(("Exercise", "At the start", "Now"), rows, caption="Doses from the start to now")


def review(found: Review, units: str, *, clinician: bool, short: bool = False) -> Html:
    """One review: what changed with its reason, and what stayed in one line; rules for clinicians.

    A ``short`` one tells together what one rule did, without the numbers, and only counts what stayed.
    """
    overall = found.overall
    when = words.day(found.date, year=True)
    title = f"After week {found.week}, {when}: {overall.done} of {overall.planned} sessions"
    every = (*found.decisions, *found.habits)
    moved = [each for each in every if cards.sign(each) != "same"]
    same = tuple(
        f"{each.name} ({each.rule})" if clinician else each.name
        for each in every
        if cards.sign(each) == "same"
    )
    rows = []
    for group in cards.groups(tuple(moved)):
        if cards.are_alike(group) or (short and len(group) > 1):
            rows.append(_alike(group, units, clinician=clinician, short=short))
        elif short:
            rows.append(_decided(group[0], units, clinician=clinician, short=True))
        else:
            rows += [_decided(each, units, clinician=clinician) for each in group]
    head = ("", "What", "Why", "Rule") if clinician else ("", "What", "Why")
    notes = [tag("p", each.text) for each in found.notes]
    listed = str(len(same)) if short else words.listed(same)
    stayed = tag("p", f"As it was: {listed}.", class_="soft") if same else None
    return tag("div", tag("h3", title), *notes, table(head, rows) if rows else None, stayed, class_="decided")


def _decided(each: Decision, units: str, *, clinician: bool, short: bool = False) -> tuple[object, ...]:
    taken_back = " (taken back)" if each.vetoed else ""
    if not clinician:
        return cards.sign(each) + taken_back, each.name, each.text
    dose = words.change(each.before, each.after, units).replace("->", "→")
    what = f"{each.name}: {dose}" if dose else each.name
    return cards.sign(each) + taken_back, what, each.text if short else _why(each), each.rule


def _why(each: Decision) -> Html:
    """The reason, and the numbers it rests on in one small paragraph."""
    told = "; ".join(cards.numbers(each.numbers))
    return join((tag("p", each.text, class_="said"), tag("p", told, class_="soft said") if told else None))


def _alike(group: list[Decision], units: str, *, clinician: bool, short: bool = False) -> tuple[object, ...]:
    """Many cards by one rule in one row: each with its dose, and the reason of the first."""
    changes = ((each.name, words.change(each.before, each.after, units)) for each in group)
    doses = (f"{name}: {change}" if change else name for name, change in changes)
    names = tag("ul", *(tag("li", each.replace("->", "→")) for each in doses), class_="plain")
    count = f"{len(group)} for the same reason. The first of them:"
    if not clinician:
        return cards.sign(group[0]), names, f"{count} {group[0].text}"
    if short:
        return cards.sign(group[0]), names, f"{count} {group[0].text}", group[0].rule
    why = join((tag("p", count, class_="said"), _why(group[0])))
    return cards.sign(group[0]), names, why, group[0].rule


def courses(found: Iterable[Any]) -> Html:
    """Every measure: start, now, change, error band, and the verdict in words."""
    rows = [
        (
            each.name, words.number(each.baseline), words.number(each.now),
            "" if each.change is None else f"{each.change:+g}",
            "" if each.mdc is None else f"±{words.number(each.mdc)}",
            each.unit, words.day(each.now_date), each.verdict.replace("_", " "),
        )
        for each in found
    ]  # fmt: skip
    if not rows:
        return tag("p", "Nothing has been measured yet.")
    head = ("Measure", "Start", "Now", "Change", "Error", "Unit", "Last", "Verdict")
    caption = "Questionnaires and tests, each last done on its day. A change below its error means nothing."
    return table(head, rows, caption=caption, numbers=(1, 2, 3, 4))


def week_table(week: Week, units: str) -> Html:
    """The sessions of a week, an exercise a row."""
    rows = [
        (
            f"{each.id}, {words.day(each.date)}, {round(each.minutes)} min" if number == 0 else "",
            one.name,
            f"{words.dose(one.dose, units)}, {words.effort(one.dose)}",
        )
        for each in week.sessions
        for number, one in enumerate(each.prescriptions)
    ]
    walk = f"Walking: {week.walk.times} times {words.number(week.walk.minutes)} min." if week.walk else ""
    habits = [tag("li", each.text) for each in week.habits]
    return join(
        (
            table(("Session", "Exercise", "Dose"), rows),
            tag("p", walk) if walk else None,
            tag("ul", *habits) if habits else None,
        )
    )
