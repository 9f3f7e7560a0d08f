"""The report as one page that stands alone: for the person, or for whoever looks after them."""

from __future__ import annotations

from coach.draw import sentences, words
from coach.exchange import reportparts as parts
from coach.exchange.html import Html, join, page, tag
from coach.model.report import HELP, Report

_STYLE = """
header p { margin: .2rem 0; } .lead { font-size: 1.05rem; }
section { margin-top: 1.6rem; } section > h2 { border-bottom: 2px solid var(--ink); padding-bottom: .15rem; }
figure { margin: .3rem 0; } figure svg { width: 100%; max-width: 30rem; } .said { margin: .3rem 0; }
.beside { display: flex; flex-wrap: wrap; column-gap: 1.5rem; align-items: flex-start; }
.beside figure { flex: 1 1 20rem; min-width: 0; } .beside .scroll { flex: 0 1 auto; }
.beside table { font-size: .85rem; margin: .2rem 0; } .told { white-space: pre-line; }
.decided table { width: 100%; } .decided td:nth-child(2) { width: 30%; }
.decided td p { max-width: none; } .plain { list-style: none; padding: 0; margin: 0; }
.flags li { margin: .3rem 0; }
.parts { display: flex; flex-wrap: wrap; gap: .6rem; padding: 0; }
.parts li { list-style: none; border: 1px solid var(--line); padding: .4rem .8rem; min-width: 9rem; }
.parts b { display: block; font-size: 1.5rem; line-height: 1.2; }
@media print { section { margin-top: 1rem; } figure svg { max-width: 95mm; } h2 { font-size: 1.1rem; } }
"""
_FOOT = (
    "Made by coach from what was noted on this person's own machine. It says what was noted and what the "
    "plan did with it; it is no diagnosis and does not replace one."
)


def html(found: Report) -> str:
    """The whole page."""
    patient = found.audience == "patient"
    title = "How your back is doing" if patient else "Self-guided back care: report"
    sections = (
        (_flags, _course, _adherence, _done, _decisions, _measures, _ahead, _help)
        if patient
        else (_flags, _measures, _course, _adherence, _done, _decisions, _ahead)
    )
    made = [each(found) for each in sections]
    return page(title, _head(found, title), *made, tag("p", _FOOT, class_="soft"), style=_STYLE)


def _head(found: Report, title: str) -> Html:
    when = f"{words.day(found.since, year=True)} to {words.day(found.made, year=True)}"
    plan, lines = found.plan, []
    if plan:
        lines.append(f"Week {plan.week.number} of {plan.weeks}, {plan.week.phase_name}.")
        if found.audience == "clinician":
            lines.append(
                f"Person {found.label}. Starting profile: {plan.primary}. Tier {plan.tier}, "
                f"safety screen {plan.level}, plan {plan.id} from {words.day(plan.start, year=True)}."
            )
    return tag("header", tag("h1", title), tag("p", when, class_="lead"), *(tag("p", each) for each in lines))


def _section(title: str, *children: object) -> Html:
    return tag("section", tag("h2", title), *children)


def _flags(found: Report) -> Html | None:
    """What stands in the way, before anything else."""
    note = tag("p", found.withheld, class_="note told") if found.withheld else None
    rows = [tag("li", parts.flag(each)) for each in found.flags]
    if note is None and not rows:
        return _section("Flags", tag("p", "Nothing stands out.")) if found.audience == "clinician" else None
    title = "What to look at first" if found.audience == "patient" else "Flags"
    return _section(title, note, tag("ul", *rows, class_="flags") if rows else None)


def _course(found: Report) -> Html | None:
    seen = found.insight
    if seen is None:
        return None
    goals = [parts.series_figure(each) for each in seen.goals]
    rest = [parts.series_figure(each) for each in seen.series]
    title = "How it went" if found.audience == "patient" else "Course of pain and function"
    every = (*goals, *rest) if found.audience == "patient" else (*rest[:2], *goals, *rest[2:])
    checks = parts.checks(seen)
    marked = next((sentences.spans(each.spans) for each in seen.series if each.spans), None)
    how = tag("p", parts.HOW_TO_READ, class_="soft")
    return _section(title, how, tag("p", marked) if marked else None, join(every), checks)


def _adherence(found: Report) -> Html | None:
    if found.insight is None:
        return None
    three = parts.adherence(found.consistency) if found.consistency else None
    title = "How regularly" if found.audience == "patient" else "Adherence"
    return _section(title, three, parts.weeks_figure(found.insight), parts.days_figure(found.insight))


def _done(found: Report) -> Html | None:
    if not found.weeks:
        return None
    title = "What you did" if found.audience == "patient" else "What was done"
    return _section(title, parts.weeks_table(found.weeks), parts.climbs(found.insight))


def _decisions(found: Report) -> Html | None:
    if found.plan is None:
        return None
    title = "What was decided, and why" if found.audience == "patient" else "Decisions and reasons"
    if not found.reviews:
        return _section(title, tag("p", "No week has been looked back on yet."))
    units = found.plan.preferences.units
    clinician = found.audience == "clinician"
    shown = [parts.review(each, units, clinician=clinician) for each in reversed(found.reviews)]
    return _section(title, *shown)


def _measures(found: Report) -> Html:
    return _section("Measures", parts.courses(found.courses))


def _ahead(found: Report) -> Html | None:
    """The week that binds; nothing of it where exercises are withheld."""
    if found.plan is None or found.withheld:
        return None
    week = found.plan.week
    title = f"Week {week.number}" if found.audience == "patient" else "The plan as it stands"
    return _section(title, parts.week_table(week, found.plan.preferences.units))


def _help(found: Report) -> Html | None:
    if not found.help:
        return None
    return _section("When to get help", tag("p", HELP), tag("ul", *(tag("li", each) for each in found.help)))
