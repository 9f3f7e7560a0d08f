"""The handout of a week, made to be printed: sessions and when to stop, then a card an exercise."""

from __future__ import annotations

from coach.draw import words
from coach.draw.figures import strip_svg
from coach.exchange.html import Html, join, page, tag
from coach.model.exercise import Exercise
from coach.model.plan import Prescription, Session
from coach.model.report import HELP, Handout

_STYLE = """
.session { border: 1px solid var(--ink); padding: .3rem .9rem .6rem; margin: .8rem 0; break-inside: avoid; }
.session h2 { font-size: 1.05rem; margin: .3rem 0; }
.session ol { margin: .3rem 0; padding-left: 1.4rem; } .boxes { letter-spacing: .25em; white-space: nowrap; }
.card { border-top: 2px solid var(--ink); padding-top: .3rem; margin-top: 1.2rem; break-inside: avoid; }
.card figure svg { width: auto; max-width: 100%; max-height: 9rem; }
.card h3 { margin: .2rem 0; } .card p { margin: .25rem 0; } .card ol { margin: .3rem 0; }
.stop { border: 2px solid var(--ink); padding: .25rem .6rem; }
@media print { body { font-size: 10pt; }
  .apart { break-before: page; margin-top: 0; } .session { margin-right: 1px; }
  .cards { display: grid; grid-template-columns: 1fr 1fr; column-gap: 8mm; font-size: 8.5pt;
    line-height: 1.3; }
  .card { margin-top: .5rem; } .card h3 { font-size: 10.5pt; } .card figure svg { max-height: 26mm; } }
"""


def html(found: Handout) -> str:
    """The whole page."""
    week, units = found.week, found.plan.preferences.units
    title = f"Week {week.number}: your sessions"
    head = [
        tag("h1", title),
        tag("p", f"From {words.day(week.starts, year=True)}. {week.phase_name}. {week.aim}".strip()),
    ]
    head.append(tag("p", "Effort goes from 0, at rest, to 10, all you have.", class_="soft"))
    if week.forecast:
        note = "This week is a forecast: the review before it may change doses and exercises."
        head.append(tag("p", note, class_="note"))
    sessions = [_session(each, units) for each in week.sessions]
    walk = week.walk
    walking = (
        f"Walk {walk.times} times this week, {words.number(walk.minutes)} minutes each." if walk else None
    )
    habits = [tag("li", each.text) for each in week.habits]
    once = {one.exercise: one for each in week.sessions for one in each.prescriptions}
    cards = [_card(one, found.exercises.get(one.exercise), units) for one in once.values()]
    return page(
        title,
        *head,
        *sessions,
        tag("p", walking) if walking else None,
        tag("ul", *habits) if habits else None,
        tag("h2", "When to stop and get help"),
        tag("p", HELP),
        tag("ul", *(tag("li", each) for each in found.help)),
        tag("h2", "The exercises", class_="apart"),
        tag("div", *cards, class_="cards"),
        style=_STYLE,
    )


def _session(each: Session, units: str) -> Html:
    rows = [
        tag(
            "li",
            tag("b", one.name),
            f": {words.dose(one.dose, units)}, {words.effort(one.dose)} ",
            _boxes(one),
        )
        for one in each.prescriptions
    ]
    title = f"{words.day(each.date)}: about {round(each.minutes)} minutes"
    return tag("div", tag("h2", title), tag("ol", *rows), class_="session")


def _boxes(one: Prescription) -> Html:
    """A box to tick for each set."""
    sets = min(10, one.dose.sets)
    return tag("span", "☐" * sets, class_="boxes", aria_label=f"{sets} boxes to tick", role="img")


def _card(one: Prescription, known: Exercise | None, units: str) -> Html:
    """How an exercise is done. Of one that the library does not have, what the plan says of it."""
    drawn = strip_svg(one.exercise)
    parts: list[object] = [
        tag("h3", one.name),
        tag("figure", drawn) if drawn else None,
        tag("p", f"{words.dose(one.dose, units)}, {words.effort(one.dose)}. {one.note}".strip()),
    ]
    if known is not None:
        parts += [
            tag("p", known.setup) if known.setup else None,
            tag("ol", *(tag("li", each) for each in known.steps)) if known.steps else None,
            *(tag("p", each) for each in (known.breath, known.feel, known.not_feel) if each),
        ]
    cues = known.cues if known else one.cues
    if cues:
        parts.append(tag("p", tag("b", "Think of: "), "; ".join(cues)))
    stop = (known.stop if known else "") or "Stop if the pain climbs above its ceiling or goes down a leg."
    parts.append(tag("p", stop, class_="stop"))
    return tag("div", join(parts), class_="card")
