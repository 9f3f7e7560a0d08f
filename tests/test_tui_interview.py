"""The interview page: digits and arrows, back, why, the chart, the end, and an emergency."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from tui_harness import SIZES, answers, coach_of, fresh, keys, opened, text_of  # noqa: F401 (fixture)

from coach.draw import body
from coach.tui.app import CoachApp
from coach.tui.screens.found import FoundPage
from coach.tui.screens.interview import InterviewPage

SITES = tuple(sorted(body.SITES.values()))


def page(app: CoachApp) -> InterviewPage:
    found = app.screen
    assert isinstance(found, InterviewPage)
    return found


def pressed(item: Any, value: Any, *, arrows: bool) -> tuple[str, ...]:
    """The keys that give an answer to an item."""
    if value is None:
        return ("enter",) if item.kind in ("choices", "number", "text") else ("minus",)
    if item.kind in ("yes_no", "yes_no_unsure"):
        place = ("yes", "no", "unsure").index(value)
        return ("down",) * (place + 1) + ("enter",) if arrows else (str(value)[0],)
    if item.kind == "scale" and item.minimum < 0:
        place = int(value - item.minimum)
        return ("down",) * (place + 1) + ("enter",) if arrows else (str(place + 1),)
    if item.kind == "choice":
        return (str(1 + [each.value for each in item.choices].index(value)),)
    if item.kind == "choices" and not value:
        return ("0",)
    if item.kind == "choices":
        chosen = [place for place, each in enumerate(item.choices) if each.value in value]
        found: list[str] = []
        at = 0
        for place in chosen:
            found += ["down"] * (place - at) + ["space"]
            at = place
        return (*found, "enter")
    if item.kind == "scale" and item.maximum <= 10:
        if not arrows:
            return ("x" if value == 10 else str(int(value)),)
        middle = (int(item.minimum) + int(item.maximum)) // 2
        way = "right" if value >= middle else "left"
        return (*((way,) * (abs(int(value) - middle) + 1)), "enter")
    text = f"{value:g}" if isinstance(value, int | float) else str(value)
    return (*(NAMED.get(each, each) for each in text), "enter")


def together(group: Any, given: dict[str, Any]) -> tuple[str, ...]:
    """The keys that answer several signs as one question."""
    found: list[str] = []
    for place, item in enumerate(group.items, 1):
        found += {"yes": [str(place)], "unsure": [str(place), "u"]}.get(given.get(item, "no"), [])
    return (*found, "enter") if found else ("0",)


NAMED = {".": "full_stop", " ": "space", ":": "colon", ",": "comma", "-": "minus", "'": "apostrophe"}


def answered(home: Path, given: dict[str, Any], until: str) -> None:
    """Answer without the app, up to a question."""
    interview = coach_of(home).interview()
    assert interview is not None
    while (step := interview.step()).item is not None and step.item.id != until:
        value = given.get(step.item.id, "no" if step.item.required else None)
        if value is None:
            interview.skip(step.item.id)
        else:
            interview.answer(step.item.id, value)


async def through(app: CoachApp, pilot: Pilot[None], given: dict[str, Any], limit: int = 200) -> list[str]:
    """Answer until nothing is asked any more; what is not given is left out."""
    asked: list[str] = []
    for number in range(limit):
        found = page(app)
        if found.stage != "question":
            return asked
        step = found._step
        if step.group is not None:
            await pilot.press(*together(step.group, given))
            await pilot.pause()
            asked += step.group.items
            if found._ending:
                return asked
            continue
        key = f"{step.item.id}_again" if step.re_ask else step.item.id
        value = given.get(key, "no" if step.item.required else None)
        await pilot.press(*pressed(step.item, value, arrows=number % 2 == 1))
        assert found._wrong == "", (key, value, found._wrong)
        await pilot.pause()
        asked.append(key)
        if found._ending:
            return asked
    raise AssertionError("it never ended")


@pytest.mark.asyncio
async def test_from_the_first_launch_to_a_plan_and_a_first_session(tmp_path: Path) -> None:
    given = answers()
    answered(tmp_path / "home", given, "pain_now")
    async with opened(tmp_path / "home") as (app, pilot):
        await keys(app, pilot, "a")
        asked = await through(app, pilot, given)
        assert asked[0] == "pain_now"
        interview = page(app).interview
        assert interview is not None
        for item in asked:
            if given.get(item) is not None:
                expected = given[item]
                kept = interview.answers[item]
                assert (set(kept) if isinstance(kept, tuple) else kept) == (
                    set(expected) if isinstance(expected, list) else expected
                ), item
        assert "That is all" in text_of(app)
        assert "Why we ask" not in text_of(app)
        await keys(app, pilot, "enter")
        assert "Your plan is written: 12 weeks" in text_of(app)
        assert coach_of(tmp_path / "home").plan().id == "v1"
        await keys(app, pilot, "s")
        assert "Pain now, before you begin?" in text_of(app)
        assert app.screen.running.state.kind == "short"  # type: ignore[attr-defined]


@pytest.mark.asyncio
async def test_stopped_and_taken_up_again_at_the_same_question(tmp_path: Path) -> None:
    home = tmp_path / "home"
    async with opened(home) as (app, pilot):
        await keys(app, pilot, "a", "4", "2", "enter", "2", "escape")
        assert coach_of(home).interview(resume=True).order == ["age", "sex"]  # type: ignore[union-attr]
        await keys(app, pilot, "a")
        assert page(app)._step.item.id not in ("age", "sex")
        await keys(app, pilot, "b")
        assert page(app)._step.item.id == "sex"
        await keys(app, pilot, "backspace", "backspace")
        assert page(app)._step.item.id == "age"


@pytest.mark.asyncio
async def test_signs_that_go_together_are_one_question(tmp_path: Path) -> None:
    home = tmp_path / "home"
    answered(home, answers(), "rf01")
    async with opened(home) as (app, pilot):
        await keys(app, pilot, "a")
        first = page(app)._step.group
        assert first is not None
        assert len(first.items) >= 3
        await keys(app, pilot, "enter")
        assert "press 0: none of these" in text_of(app)
        assert page(app)._step.group == first
        await keys(app, pilot, "0")
        second = page(app)._step.group
        kept = page(app).interview.answers  # type: ignore[union-attr]
        assert {kept[item] for item in first.items} == {"no"}
        await keys(app, pilot, "2", "u", "enter")
        kept = page(app).interview.answers  # type: ignore[union-attr]
        assert [kept[item] for item in second.items] == ["no", "unsure", *["no"] * (len(second.items) - 2)]
        await keys(app, pilot, "b")
        assert page(app)._step.group == second


@pytest.mark.asyncio
async def test_why_and_what_does_not_fit(tmp_path: Path) -> None:
    async with opened(tmp_path / "home") as (app, pilot):
        await keys(app, pilot, "a", *"4000", "enter")
        assert "from 0 to 120" in text_of(app)
        assert page(app).interview.order == []  # type: ignore[union-attr]
        await keys(app, pilot, "f1")
        assert "Why we ask:" in text_of(app)
        await keys(app, pilot, *"42", "enter")  # in the place of what did not fit
        assert page(app).interview.answers["age"] == 42  # type: ignore[union-attr]
        assert page(app)._step.item.id == "sex"
        await keys(app, pilot, "w")
        assert "Why we ask:" not in text_of(app)


@pytest.mark.asyncio
async def test_an_activity_is_asked_about_by_its_own_name(tmp_path: Path) -> None:
    answered(tmp_path / "home", {**answers(), "psfs_1_name": "tie my [b]shoes"}, "psfs_1")
    async with opened(tmp_path / "home") as (app, pilot):
        await keys(app, pilot, "a")
        assert page(app)._step.item.id == "psfs_1"
        assert "“tie my [b]shoes”" in text_of(app)


@pytest.mark.asyncio
async def test_a_scale_to_both_sides_is_in_words(tmp_path: Path) -> None:
    answered(tmp_path / "home", answers(), "ag_sit")
    async with opened(tmp_path / "home") as (app, pilot):
        await keys(app, pilot, "a")
        rows = [line.strip() for line in text_of(app).splitlines()]
        said = ("much better", "a little better", "no difference", "a little worse", "much worse")
        expected = [*(f"{place}  {text}" for place, text in enumerate(said, 1)), "-  leave it out"]
        assert [row for row in rows if row[1:3] == "  "] == expected


@pytest.mark.asyncio
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_an_emergency_stands_alone_and_keeps_nothing(tmp_path: Path, size: tuple[int, int]) -> None:
    answered(tmp_path / "home", answers(), "rf01")
    async with opened(tmp_path / "home", size) as (app, pilot):
        await keys(app, pilot, "a")
        await through(app, pilot, {"rf01": "yes"})
        await keys(app, pilot)
        shown = text_of(app)
        assert "Please get help now" in shown
        assert "Your plan is written" not in shown
        await keys(app, pilot, "s")
        assert isinstance(app.screen, FoundPage)
        await keys(app, pilot, "enter", "enter")  # meant for the question before
        assert "Please get help now" in text_of(app)
        assert not coach_of(tmp_path / "home").has_episode()


@pytest.mark.asyncio
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_body_chart_shows_what_is_chosen(tmp_path: Path, size: tuple[int, int]) -> None:
    home = tmp_path / "home"
    coach_of(home).assess({item: value for item, value in answers().items() if item != "pain_sites"})
    async with opened(home, size) as (app, pilot):
        await keys(app, pilot, "a", "4")
        while page(app)._step.item.id != "pain_sites":
            await keys(app, pilot, "minus" if page(app)._step.item.kind != "number" else "enter")
        await keys(app, pilot, "1", "5")
        shown = text_of(app)
        assert "[x] low back, in the middle" in shown
        assert ("[1]" in shown) == (size[0] >= 76)
        if size[0] >= 76:
            assert "[5]" in shown
            assert " 9 " in shown
        await keys(app, pilot, "1", "enter")
        assert page(app).interview.answers["pain_sites"] == ("buttock",)  # type: ignore[union-attr]


def test_every_site_of_the_instrument_has_its_place_on_the_body() -> None:
    from coach.questionnaires.catalogue import items, load_instruments

    values = tuple(each.value for each in items(load_instruments())["pain_sites"].choices)
    assert body.known(values)
    assert tuple(sorted(values)) == SITES
    drawn = body.body(values, frozenset({"foot"}))
    assert len({len(line) for line in drawn}) == 1
    whole = "\n".join(drawn)
    assert whole.count("[9]") == 2
    assert all(f" {number} " in whole for number in range(1, 9))


@pytest.mark.asyncio
async def test_in_a_running_episode_it_asks_what_is_wanted(fresh: Path) -> None:  # noqa: F811
    async with opened(fresh) as (app, pilot):
        await keys(app, pilot, "a")
        assert "Measure again" in text_of(app)
        await keys(app, pilot, "1")
        assert page(app).interview.occasion == "rescreen"  # type: ignore[union-attr]
        await keys(app, pilot, "escape")


@pytest.mark.asyncio
async def test_enter_alone_says_nothing_to_a_question_of_yes_and_no(tmp_path: Path) -> None:
    item = "floor"
    answered(tmp_path / "home", answers(), item)
    async with opened(tmp_path / "home") as (app, pilot):
        await keys(app, pilot, "a", "enter", "enter")
        assert page(app)._step.item.id == item
        await keys(app, pilot, "down", "down", "enter")
        assert page(app).interview.answers[item] == "no"  # type: ignore[union-attr]


@pytest.mark.asyncio
async def test_what_was_answered_stands_there_when_one_comes_back(tmp_path: Path) -> None:
    home = tmp_path / "home"
    answered(home, answers(), "rf01")
    async with opened(home) as (app, pilot):
        await keys(app, pilot, "a", "2", "3", "u", "b")  # b: the question before, whose answer is known
        assert page(app)._step.item.id == "sex"
        await keys(app, pilot, "1")
        group = page(app)._step.group
        await keys(app, pilot, "0", "2", "3", "u", "enter", "b")
        assert page(app)._step.group != group
        assert "2  [x]" in text_of(app)
        assert "3  [?]" in text_of(app)
        await keys(app, pilot, "2", "3", "0", "b", "b")
        assert page(app)._step.group == group
        await keys(app, pilot, "b", "b")
        assert page(app)._step.item.id == "age"
        await keys(app, pilot, "enter")  # the age stands there: Enter takes it again
        assert page(app).interview.answers["age"] == answers()["age"]  # type: ignore[union-attr]
        await keys(app, pilot, "enter")  # and so does the sex
        assert page(app)._step.group == group


@pytest.mark.asyncio
async def test_where_a_number_is_typed_the_page_keeps_its_keys(tmp_path: Path) -> None:
    home = tmp_path / "home"
    item = "rf37"
    answered(home, answers(), item)
    async with opened(home) as (app, pilot):
        await keys(app, pilot, "a", "1", "w", "q", "t")
        assert page(app)._step.item.id == item
        assert "Why we ask:" in text_of(app)
        assert page(app).query_one("#typed").value == "1"  # type: ignore[attr-defined]
        await keys(app, pilot, "b")
        assert page(app)._step.item.id != item


@pytest.mark.asyncio
async def test_clicks_choose_several_and_the_last_row_none(tmp_path: Path) -> None:
    home = tmp_path / "home"
    answered(home, answers(), "rf01")
    async with opened(home) as (app, pilot):
        await keys(app, pilot, "a", "enter")
        assert "Choose what applies" in text_of(app)
        await pilot.click("#choices", offset=(10, 0))
        await pilot.pause()
        assert "1  [x]" in text_of(app)
        assert "Choose what applies" not in text_of(app)
        await pilot.click("#choices", offset=(10, 0))
        await pilot.pause()
        assert "1  [x]" not in text_of(app)
        first = page(app)._step.group
        row = next(at for at, line in enumerate(text_of(app).splitlines()) if "0  none of these" in line)
        await pilot.click("#choices", offset=(5, row - app.screen.query_one("#choices").region.y))
        await pilot.pause()
        kept = page(app).interview.answers  # type: ignore[union-attr]
        assert {kept[each] for each in first.items} == {"no"}
        await pilot.click("#choices", offset=(10, 0))
        await pilot.click("Bottom", offset=(3, 0))  # Enter, in the bottom line
        await pilot.pause()
        assert page(app).interview.answers[page(app).interview.together[-1][0]] == "yes"  # type: ignore[union-attr]


@pytest.mark.asyncio
async def test_an_activity_that_was_left_out_is_not_rated(tmp_path: Path) -> None:
    home = tmp_path / "home"
    answered(home, {**answers(), "psfs_count": 3}, "psfs_2_name")
    async with opened(home) as (app, pilot):
        await keys(app, pilot, "a")
        assert page(app)._step.item.id == "psfs_2_name"
        await keys(app, pilot, "enter")
        assert page(app)._step.item.id == "psfs_3_name"


@pytest.mark.asyncio
async def test_a_clinicians_word_opens_the_plan(tmp_path: Path) -> None:
    home = tmp_path / "home"
    coach_of(home).assess({**answers(), "rf13": "yes"})
    assert coach_of(home).today().withheld
    async with opened(home) as (app, pilot):
        await keys(app, pilot, "a", "k")
        assert isinstance(app.screen, FoundPage)
        assert "Please see a clinician first" in text_of(app)
        await keys(app, pilot, "k", "n")
        assert coach_of(home).today().withheld
        await keys(app, pilot, "k", "1", "1", *"Ada", "enter", "0", "enter")
        assert "Your plan is written" in text_of(app)
    coach = coach_of(home)
    assert not coach.today().withheld
    assert coach.plan().id == "v1"
