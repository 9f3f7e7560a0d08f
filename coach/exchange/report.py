"""The report as one page that stands alone: for the person, or for whoever looks after them."""

from __future__ import annotations

from coach.draw import words
from coach.exchange import reportparts as parts
from coach.exchange import reportshort
from coach.exchange.html import Html, page, tag
from coach.model.report import HELP, Report

_STYLE = """
header p { margin: .2rem 0; } .lead { font-size: 1.05rem; }
section { margin-top: 1.6rem; } section > h2 { border-bottom: 2px solid var(--ink); padding-bottom: .15rem; }
figure { margin: .3rem 0; } figure svg { width: 100%; max-width: 30rem; } .said { margin: .3rem 0; }
.beside { display: flex; flex-wrap: wrap; column-gap: 1.5rem; align-items: flex-start; }
.beside figure { flex: 1 1 20rem; min-width: 0; } .beside .scroll { flex: 0 1 auto; }
.beside table { font-size: .85rem; margin: .2rem 0; } .told { white-space: pre-line; }
.decided table { width: 100%; } .decided td:nth-child(2) { width: 40%; }
.decided td p { max-width: none; } .plain { list-style: none; padding: 0; margin: 0; }
.flags li { margin: .3rem 0; }
.parts { display: flex; flex-wrap: wrap; gap: .6rem; padding: 0; }
.parts li { list-style: none; border: 1px solid var(--line); padding: .4rem .8rem; min-width: 9rem; }
.parts b { display: block; font-size: 1.5rem; line-height: 1.2; }
@media print { html { font-size: 9.5pt; } body { font-size: 1rem; line-height: 1.35; }
  h2 { font-size: 1.15rem; margin: 0 0 .3rem; }
  h1 { margin: 0; } h3 { margin: .5rem 0 .1rem; } p, ul { margin: .2rem 0; } section { margin-top: .7rem; }
  .rest { break-before: page; } th, td { padding-top: .07rem; padding-bottom: .07rem; }
  .flags li { margin: .1rem 0; } figure svg { max-width: 88mm; } .parts b { font-size: 1.2rem; } }
"""
LATEST = 2
"""Reviews that are told whole; of those before them, what changed and by which rule."""
_FOOT = (
    "Made by coach from what was noted on this person's own machine. It says what was noted and what the "
    "plan did with it; it is no diagnosis and does not replace one."
)


def html(found: Report) -> str:
    """The whole page."""
    patient = found.audience == "patient"
    title = "How your back is doing" if patient else "Self-guided back care: report"
    sections = (
        (_brief, _help, _course, _adherence, _done, _decisions, _measures, _ahead)
        if patient
        else (_brief, _measures, _course, _adherence, _done, _decisions, _ahead)
    )
    made = [each(found) for each in sections]
    return page(title, _head(found, title), *made, tag("p", _FOOT, class_="soft"), style=_STYLE)


def _head(found: Report, title: str) -> Html:
    when = f"{words.day(found.since, year=True)} to {words.day(found.made, year=True)}"
    plan, lines = found.plan, []
    if plan:
        lines.append(f"Week {plan.week.number} of {plan.weeks}, {plan.week.phase_name}.")
        if found.audience == "clinician":
            now = " when the plan was made, closed now" if found.withheld else ""
            lines.append(
                f"Person {found.label}. Starting profile: {plan.primary}. Tier {plan.tier}, "
                f"safety screen {plan.level}{now}, plan {plan.id} from {words.day(plan.start, year=True)}."
            )
    return tag("header", tag("h1", title), tag("p", when, class_="lead"), *(tag("p", each) for each in lines))


def _section(title: str, *children: object, name: str | None = None) -> Html:
    return tag("section", tag("h2", title), *children, class_=name)


def _brief(found: Report) -> Html:
    """The report in one minute, with the course of pain as its one chart."""
    note = tag("p", found.withheld, class_="note told") if found.withheld else None
    told = reportshort.lines(found)
    series = (
        next((each for each in found.insight.series if each.id == "pain"), None) if found.insight else None
    )
    pain = parts.series_figure(series) if series and reportshort.charted(series) else None
    how = tag("p", f"{parts.SCALES} {parts.HOW_TO_READ}", class_="soft") if pain else None
    return _section("In one minute", note, tag("ul", *told, class_="flags") if told else None, pain, how)


def _course(found: Report) -> Html | None:
    """The other charts; what has too few values for one stands in the first section."""
    seen = found.insight
    if seen is None:
        return None
    rest = [each for each in reportshort.shown(seen) if reportshort.charted(each) and each.id != "pain"]
    checks = parts.checks(seen)
    if not rest and checks is None:
        return None
    title = "How it went" if found.audience == "patient" else "Course"
    return _section(title, *(parts.series_figure(each) for each in rest), checks, name="rest")


def _adherence(found: Report) -> Html | None:
    if found.insight is None:
        return None
    three = parts.adherence(found.consistency) if found.consistency else None
    title = "How regularly" if found.audience == "patient" else "Adherence"
    weeks = parts.weeks_figure(found.insight, found.weeks)
    return _section(title, three, weeks, parts.days_figure(found.insight))


def _done(found: Report) -> Html | None:
    climbs = parts.climbs(found.insight)
    title = "What you did" if found.audience == "patient" else "What was done"
    return _section(title, climbs) if climbs else None


def _decisions(found: Report) -> Html | None:
    if found.plan is None:
        return None
    title = "What was decided, and why" if found.audience == "patient" else "Decisions and reasons"
    if not found.reviews:
        return _section(title, tag("p", "No week has been looked back on yet."))
    units = found.plan.preferences.units
    clinician = found.audience == "clinician"
    shown = [
        parts.review(each, units, clinician=clinician, short=place >= LATEST)
        for place, each in enumerate(reversed(found.reviews))
    ]
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
