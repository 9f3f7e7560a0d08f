"""The sentence of each chart: every verdict, no cheer inside normal variation, no blame anywhere."""

from __future__ import annotations

import pytest
from charts_case import START, climb, day, goal, marks, series, whole
from msgspec.structs import replace

from coach.draw import insight, sentences
from coach.model.charts import Climb, Load, Pairing, WeekShare, WeekVerdict


def pain(
    now: float | None, start: float | None, verdict: str = "", *, inside: bool = False, **more: object
) -> str:
    return sentences.series(series(now=now, baseline=start, verdict=verdict, inside=inside, **more))


@pytest.mark.parametrize(
    ("verdict", "inside", "end"),
    [
        ("unchanged", True, "; the change is within normal variation."),
        ("probable_improvement", True, "; perhaps better, but the change is within normal variation."),
        ("near_best", True, "; the change is within normal variation."),
        ("near_best", False, "; too near the best score at the start to show a change."),
        ("probable_improvement", False, "; probably better."),
        ("meaningful_improvement", False, "; clearly better."),
        ("worse", False, "; worse than at the start, by more than normal variation."),
        ("unchanged", False, "; about the same."),
        ("trend", False, "."),
        ("none", False, "."),
        ("", False, "."),
    ],
)
def test_each_verdict_has_its_words(verdict: str, inside: bool, end: str) -> None:
    assert pain(4.14, 5, verdict, inside=inside) == f"Pain: 4.1 this week, 5 at the start{end}"


def test_the_same_value_is_no_change() -> None:
    assert pain(5.0, 5, "unchanged", inside=True) == "Pain: 5 this week, 5 at the start; no change."


def test_too_little_is_said_with_what_is_needed() -> None:
    assert sentences.series(series(())) == "Pain: nothing has been noted yet."
    assert sentences.series(series((4,))) == "Pain: 4 on Mon 28 Sep, noted once so far."
    few = pain(None, 5, now_days=3)
    assert few == (
        "Pain: noted on 3 days of the last seven, and a mean needs 4, so there is nothing to compare yet."
    )
    assert pain(4, None) == "Pain: 4 this week; there is no value from the start to compare it with."


def test_readings_that_stand_for_themselves() -> None:
    assert sentences.series(goal({})) == "Goal: tie my shoes: not measured yet."
    assert sentences.series(goal({0: 3})) == "Goal: tie my shoes: 3 on Mon 28 Sep, measured once so far."
    better = sentences.series(goal({0: 3, 28: 7}))
    assert better == (
        "Goal: tie my shoes: 7 on Mon 26 Oct, 3 at the start; "
        "better than at the start, by more than normal variation."
    )
    inside = sentences.series(goal({0: 3, 28: 5}, inside=True, verdict="unchanged"))
    assert inside.endswith("; the change is within normal variation.")


CHEER = ("better", "great", "well done", "improve", "progress")
BLAME = ("should have", "failed", "fail", "only ", "you did not", "not enough", "lazy", "poor")
BANNED = (
    "cure",
    "realign",
    "unstable",
    "slipped",
    "out of place",
    "weak core",
    "degenerate",
    "proven",
    "studies show",
)


@pytest.mark.parametrize("verdict", [*sentences.JUDGED, "", "trend"])
@pytest.mark.parametrize("daily", [True, False])
def test_inside_the_band_nothing_cheers(verdict: str, daily: bool) -> None:
    found = series(now=4.5, baseline=5.0, verdict=verdict, inside=True, daily=daily)
    text = sentences.series(found).lower().replace("perhaps better, but the change is within", "within")
    assert not any(word in text for word in (*CHEER, "worse")), text


def all_sentences() -> list[str]:
    pages = [whole(), replace(whole(), goals=(), series=(), weeks=(), days=(), doses=(), load=None)]
    told = [text for page in pages for text in insight.everything(page)]
    told += [sentences.series(series(verdict=verdict)) for verdict in sentences.JUDGED]
    told += [sentences.pairing(each) for each in PAIRS]
    return told


PAIRS = (
    Pairing(id="stress", name="Stress", pairs=3, needed=28),
    Pairing(id="stress", name="Stress", pairs=40, needed=28, r=0.1),
    Pairing(id="stress", name="Stress", pairs=40, needed=28, pattern="more", r=0.6, chance=0.01),
    Pairing(id="sleep", name="Hours slept", pairs=40, needed=28, pattern="less", r=-0.6, chance=0.01),
)


def test_nobody_is_blamed_and_nothing_is_promised() -> None:
    for text in all_sentences():
        low = text.lower()
        assert not any(word in low for word in (*BLAME, *BANNED)), text
        assert text[0].isupper(), text
        assert text.endswith("."), text


def test_a_pattern_comes_with_its_caveat_and_no_pattern_is_said() -> None:
    few, none, more, less = (sentences.pairing(each) for each in PAIRS)
    assert few.endswith("3 pairs of days so far, 28 are needed to look for a pattern.")
    assert none == "Stress and the pain of the next morning: no pattern in 40 pairs of days."
    assert "followed by more of the other" in more
    assert "does not say that one makes the other" in more
    assert "followed by less of the other" in less
    assert "chance" in less


def test_the_load_is_told_and_changes_nothing() -> None:
    calm = sentences.load(Load(week=110, before=100, ratio=1.1, limit=1.5))
    assert calm.endswith("so it is 1.1 times as much.")
    high = sentences.load(Load(week=180, before=100, ratio=1.8, limit=1.5, above=True))
    assert "more than 1.5 times" in high
    assert "the plan does not change because of it" in high
    after = sentences.load(Load(week=180, before=100, ratio=1.8, limit=1.5, above=True, eased=True))
    assert "A flare-up or a pause lies in those four weeks" in after
    assert sentences.load(Load(week=110, before=None)).startswith("Load: compared once four weeks")


def test_sessions_days_and_doses() -> None:
    weeks = (
        WeekShare(number=1, starts=START, planned=3, done=3),
        WeekShare(number=2, starts=day(7), planned=3, done=1),
    )
    assert sentences.adherence(weeks) == "Sessions: 4 of 6 planned were done; 1 of 3 in week 2."
    found = sentences.days(marks("#.+o", flare=(1,)))
    assert found == (
        "Days: 2 of 4 days had a session; 1 of them short; 1 day had one that did not happen; "
        "1 day lay in a flare-up."
    )
    assert sentences.climb(climb()) == "Stick hinge: 2 x 10; it began with Wall tap, 2 x 8."
    first = climb().levels[0]
    same = Climb(ladder="hng", start=START, end=day(9), levels=(first,))
    assert sentences.climb(same) == "Wall tap: 2 x 8, as at the start."


def test_a_check_says_when_it_comes_and_then_what_it_found() -> None:
    assert sentences.verdict(WeekVerdict(week=8, date=day(56))) == "Week 8: looked at on Mon 23 Nov."
    said = WeekVerdict(
        week=8, date=day(56), said=True, title="The plan is helping", next=("Go on.",), reasons=("A.",)
    )
    assert sentences.verdict(said) == "Week 8: The plan is helping. A. Go on."


def test_own_goals_come_first_and_nothing_is_said_twice() -> None:
    told = insight.everything(whole())
    assert told[0].startswith("Goal: tie my shoes")
    assert told[1].startswith("Goal: carry the shopping")
    assert len(told) == len(set(told))
    assert insight.names()[0] == "goals"
