"""Reports and handouts: pages that stand alone, say what was noted, and can be read without the charts."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from export_case import HOSTILE, TODAY, hostile
from node_case import modules

from coach.coach import Coach
from coach.draw import sentences
from coach.exchange.handout import html as handout
from coach.exchange.html import POLICY
from coach.exchange.report import html
from coach.model.text import clean
from coach.problems import BadValue, NothingToDo, Withheld

ALLOWED = {
    "b", "body", "br", "caption", "circle", "defs", "desc", "div", "figcaption", "figure", "g", "h1", "h2",
    "h3", "head", "header", "html", "li", "line", "main", "meta", "ol", "p", "path", "pattern", "polygon",
    "polyline", "rect", "section", "span", "style", "svg", "table", "tbody", "td", "text", "th", "thead",
    "title", "tr", "ul",
}  # fmt: skip
"""Every element that a page of ours may have: no link, no script, no image, no form, no frame."""


@pytest.fixture(scope="module")
def coach(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Coach:
    return hostile(demo_home, tmp_path_factory.mktemp("report") / "home")


@pytest.fixture(scope="module")
def pages(coach: Coach) -> dict[str, str]:
    return {
        "patient": html(coach.report()),
        "clinician": html(coach.report("clinician")),
        "recent": html(coach.report("patient", date(2026, 11, 9))),
        "handout": handout(coach.handout()),
        "forecast": handout(coach.handout(11)),
    }


def parsed(page: str) -> Element:
    """The page, by a parser that takes no fault."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)


def name(each: Element) -> str:
    return str(each.tag).rpartition("}")[2]


def words(each: Element) -> str:
    return " ".join(" ".join(each.itertext()).split())


KINDS = ("patient", "clinician", "recent", "handout", "forecast")


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_has_no_fault_and_nothing_that_acts_or_fetches(pages: dict[str, str], kind: str) -> None:
    page = pages[kind]
    tree = parsed(page)
    every = list(tree.iter())
    assert {name(each) for each in every} <= ALLOWED
    for each in every:
        for attribute, value in each.attrib.items():
            assert not attribute.lower().startswith("on")
            assert attribute.rpartition("}")[2] not in ("href", "src", "action", "srcdoc", "style")
            assert "url(" not in value or re.fullmatch(r"url\(#[a-z0-9_-]+\)", value)
    policy = [each.get("content") for each in every if each.get("http-equiv") == "Content-Security-Policy"]
    assert policy == [POLICY]
    assert "url(" not in page.partition("<style>")[2].partition("</style>")[0]
    ids = [each.get("id") for each in every if each.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("kind", ["patient", "clinician", "recent"])
def test_each_chart_has_its_title_its_sentence_and_its_table(pages: dict[str, str], kind: str) -> None:
    tree = parsed(pages[kind])
    beside = [each for each in tree.iter("div") if each.get("class") == "beside"]
    charts = [each for each in tree.iter() if name(each) == "svg"]
    assert len(charts) == len(beside) >= 6
    for each in beside:
        (chart,) = [one for one in each.iter() if name(one) == "svg"]
        assert chart.get("role") == "img"
        title, about = (next(one for one in chart if name(one) == wanted) for wanted in ("title", "desc"))
        assert chart.get("aria-labelledby") == f"{title.get('id')} {about.get('id')}"
        assert words(title)
        assert words(about)
        (numbers,) = each.iter("table")
        assert len(list(numbers.iter("tr"))) > 1
        assert words(about).split(" Marked:")[0] in words(tree)


def test_a_chart_draws_a_dot_for_each_value_and_the_band_where_there_is_one(coach: Coach) -> None:
    seen = coach.insight()
    tree = parsed(html(coach.report()))
    for series in (*seen.goals, *seen.series):
        chart = next(
            (one for one in tree.iter() if one.get("aria-labelledby", "").startswith(f"{series.id}-title")),
            None,
        )
        if len(series.points) < (2 if series.daily else 3):  # two readings are a sentence, not a course
            assert chart is None
            continue
        assert chart is not None
        assert sum(name(one) == "circle" for one in chart.iter()) == len(series.points)
        grey = [one for one in chart.iter() if name(one) == "rect" and one.get("fill") == "#e6e6e6"]
        assert len(grey) == bool(series.band and series.baseline is not None)
        if grey and series.id == "pain":
            plot = float(grey[0].get("height") or 0)
            assert plot == pytest.approx(2 * series.band * (210 - 10 - 38) / 10, abs=0.2)  # type: ignore[operator]


def test_a_report_says_what_was_noted_and_decided(coach: Coach, pages: dict[str, str]) -> None:
    told = words(parsed(pages["patient"]))
    seen, done = coach.insight(), coach.progress()
    for series in (*seen.goals, *seen.series):
        assert clean(" ".join(sentences.series(series).split())) in told
    assert done.consistency.text in told
    for share in (done.consistency.frequency, done.consistency.dose, done.consistency.quality):
        assert f"{round(100 * share)} %" in told
    last = coach.reviews()[-1]
    for each in last.decisions:
        assert each.name in told
        if each.action != "hold":
            assert each.text in told
            assert each.rule not in re.findall(r"\br\d\d\b", told)
    rules = words(parsed(pages["clinician"]))
    assert {each.rule for each in last.decisions} <= set(re.findall(r"\br\d\d\b", rules))
    for each in coach.courses():
        assert each.name in rules


def test_the_first_section_says_it_all_and_the_rest_begins_on_a_sheet_of_its_own(
    coach: Coach, pages: dict[str, str]
) -> None:
    report = coach.report()
    assert report.flags
    for kind in ("patient", "clinician"):
        sections = list(parsed(pages[kind]).iter("section"))
        first = words(sections[0])
        heads = [words(next(each.iter("h2"))) for each in sections]
        assert heads[0] == "In one minute"
        assert heads[1] == ("When to get help" if kind == "patient" else "Measures")
        assert [each.get("class") for each in sections[:3]] == [None, None, "rest"]
        seen = coach.insight()
        pain = next(each for each in seen.series if each.id == "pain")
        for said in (sentences.series(pain), sentences.adherence(seen.weeks), report.flags[0].text):
            assert clean(said) in first
        assert ("Flag: " in first) == (kind == "clinician")
        assert "There was a flare-up from " in first
        assert ("Planned next: " in first) == (report.next is not None)
        told = words(parsed(pages[kind]))
        assert told.count(clean(sentences.series(seen.goals[0]))) == 1
    decided = words(parsed(pages["clinician"])).partition("Decisions and reasons")[2]
    last, earlier = decided.split("After week 5")
    assert "the rule says" in last
    assert "the rule says" not in earlier.partition("The plan as it stands")[0]
    assert set(re.findall(r"\br\d\d\b", earlier)) >= {"r02", "r15"}


def test_only_the_days_asked_for_are_drawn(coach: Coach, pages: dict[str, str]) -> None:
    tree = parsed(pages["recent"])
    chart = next(one for one in tree.iter() if one.get("aria-labelledby", "").startswith("pain-title"))
    since = [each for each in coach.insight().series[0].points if each.date >= date(2026, 11, 9)]
    assert sum(name(one) == "circle" for one in chart.iter()) == len(since)
    assert "Sun 25 Oct" not in words(tree)  # the flare-up of the month before
    assert "After week 2" not in words(tree)
    assert "After week 7" in words(tree)
    with pytest.raises(BadValue):
        coach.report("patient", date(2026, 12, 1))


def test_a_handout_has_every_exercise_of_the_week_whole(coach: Coach, pages: dict[str, str]) -> None:
    found = coach.handout()
    told = words(parsed(pages["handout"]))
    for session in found.week.sessions:
        for one in session.prescriptions:
            known = found.exercises[one.exercise]
            for text in (one.name, *known.steps, known.breath, known.stop):
                assert " ".join(text.split()) in told
    figures = list(parsed(pages["handout"]).iter("figure"))
    assert len(figures) >= len({one.exercise for one in found.week.sessions[0].prescriptions})
    assert told.count("☐") == sum(
        min(10, one.dose.sets) for session in found.week.sessions for one in session.prescriptions
    )
    assert "forecast" not in told
    assert "forecast" in words(parsed(pages["forecast"]))
    with pytest.raises(BadValue):
        coach.handout(99)


def test_hostile_words_are_shown_as_words(tmp_path: Path, answers: dict[str, Any]) -> None:
    home = tmp_path / "home"
    coach = Coach.open(home, today=TODAY)
    coach.assess({**answers, "psfs_1_name": HOSTILE[5], "psfs_2_name": HOSTILE[9]})
    coach.check_in(pain=4, activity_rating=5)
    for page in (html(coach.report()), html(coach.report("clinician")), handout(coach.handout())):
        assert {name(each) for each in parsed(page).iter()} <= ALLOWED
        assert "<script" not in page
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)
    assert "<script>alert(1)</script>" in words(parsed(html(coach.report())))


def test_where_exercises_are_withheld_no_page_shows_any(tmp_path: Path, answers: dict[str, Any]) -> None:
    home = tmp_path / "home"
    coach = Coach.open(home, today=TODAY)
    with pytest.raises(NothingToDo):
        coach.report()
    coach.assess(answers)
    names = {one.name for session in coach.plan().week.sessions for one in session.prescriptions}
    coach.check_in(flags=("ms_saddle",))
    with pytest.raises(Withheld):
        coach.handout()
    for audience in ("patient", "clinician"):
        told = words(parsed(html(coach.report(audience))))  # type: ignore[arg-type]
        assert "warning sign" in told
        assert ("closed now" in told) == (audience == "clinician")
        week = told.partition("Week 1")[2] if audience == "patient" else told.partition("The plan as it")[2]
        assert not any(f"{each} " in week.partition("What you did")[0] for each in names)


def test_a_person_who_is_stopped_at_the_start_has_a_page_too(tmp_path: Path, answers: dict[str, Any]) -> None:
    coach = Coach.open(tmp_path / "home", today=TODAY)
    coach.assess({**answers, "rf22": "yes"})
    told = words(parsed(html(coach.report("clinician"))))
    assert "Burning or blood when passing water" in told
    assert "Nothing has been measured yet" not in told


def test_the_command(assessed: Any, tmp_path: Path) -> None:
    file = tmp_path / "me.html"
    done = assessed("report", "-o", str(file))
    assert (done.returncode, done.stdout) == (0, "")
    assert file.stat().st_mode & 0o077 == 0
    assert assessed("report").stdout == file.read_text(encoding="utf-8")
    assert assessed("report", "--handout").stdout.startswith("<!doctype html>")
    for words_ in (
        ("--for", "me"),
        ("--week", "2"),
        ("--json",),
        ("--since", "2027-01-01"),
        ("--handout", "--week", "99"),
    ):
        assert assessed("report", *words_).returncode == 2
    assert assessed("report", home=tmp_path / "none").returncode == 3


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_two_checkers_that_are_not_ours_find_nothing(
    pages: dict[str, str], kind: str, tmp_path: Path
) -> None:
    file = tmp_path / f"{kind}.html"
    file.write_text(pages[kind], encoding="utf-8")
    found = modules()
    jar = found / "vnu-jar" / "build" / "dist" / "vnu.jar"
    checked = subprocess.run(
        ["java", "-jar", str(jar), "--format", "json", str(file)], capture_output=True, text=True, check=False
    )
    assert json.loads(checked.stderr)["messages"] == []
    (tmp_path / ".htmlvalidate.json").write_text(
        json.dumps(
            {"root": True, "extends": ["html-validate:recommended"], "rules": {"doctype-style": "off"}}
        )
    )
    checked = subprocess.run(
        ["node", str(found / "html-validate" / "bin" / "html-validate.mjs"), "-f", "json", str(file)],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert json.loads(checked.stdout) == []


@pytest.mark.long
@pytest.mark.parametrize("width", [390, 794])
@pytest.mark.parametrize("kind", KINDS)
def test_no_page_is_wider_than_a_phone_or_a_sheet(
    pages: dict[str, str], kind: str, width: int, tmp_path: Path
) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no chromium")
    file = tmp_path / "page.html"
    file.write_text(pages[kind], encoding="utf-8")
    frame = tmp_path / "frame.html"
    frame.write_text(
        f"<iframe id=f src=page.html style='width:{width}px;height:900px;border:0'></iframe><script>"
        "f.onload = () => { const root = f.contentDocument.documentElement;"
        "document.title = root.scrollWidth + ' ' + root.clientWidth; }</script>"
    )
    done = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--allow-file-access-from-files", f"--user-data-dir={tmp_path / 'profile'}",
         "--virtual-time-budget=3000", "--dump-dom", frame.as_uri()],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    wide, room = map(int, re.findall(r"<title>(\d+) (\d+)</title>", done.stdout)[0])
    assert wide <= room
