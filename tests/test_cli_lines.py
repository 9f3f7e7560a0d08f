"""``coach --plain`` on a terminal: everything by lines, from today on."""

from __future__ import annotations

from pathlib import Path

import pytest
from pty_case import Terminal
from tui_harness import coach_of, demo, fresh, lived  # noqa: F401 (fixtures)

REVIEW_DAY = "2026-11-30"


def test_a_day_by_lines(fresh: Path) -> None:  # noqa: F811
    with_lines = Terminal(fresh, "--plain")
    with_lines.until("A session is due today.")
    with_lines.until("(Enter: Check in: three numbers, twenty seconds):")
    with_lines.type("")
    for asked, typed in (
        ("Pain now: 0 none, 10 the worst", "4"),
        ("Last night's sleep", "12"),
        ("Last night's sleep", "6"),
        ("Stress", ""),
        ("Hours slept", "7,5"),
        ("Hours sat", ""),
        ("Note", "slept [b]in[/b]"),
        ("Anything new and worrying", "n"),
    ):
        with_lines.until(asked)
        with_lines.type(typed)
    with_lines.until("Saved for Mon 23 Nov")
    with_lines.until("(Enter: Start the session")
    with_lines.type("f")
    with_lines.until("n No")
    with_lines.type("y")
    with_lines.until("The flare kit is today's plan.")
    with_lines.until("quit")
    with_lines.type("coach flare end", "p", "plan why hng_1", "plan why nonsense", "settings bell off", "?")
    with_lines.until("q or quit: Leave.")
    with_lines.type("pause")
    with_lines.until("not at all")
    with_lines.type("x")
    with_lines.until("Type 1, 3, 7, 2 or n.")
    with_lines.type("n")
    with_lines.until("Nothing was changed.")
    with_lines.type("'", "q")
    with_lines.until("A quotation mark is not closed.")
    assert with_lines.ended() == 0
    assert "\x1b" not in with_lines.text
    assert "no exercise or ladder" in with_lines.text or "nonsense" in with_lines.text
    coach = coach_of(fresh)
    (checkin,) = coach.history().checkins
    assert (checkin.pain, checkin.sleep_quality, checkin.sleep_hours, checkin.stress) == (4, 6, 7.5, None)
    assert checkin.note == "slept [b]in[/b]"
    assert coach.history().flares[0].end is not None
    assert not coach.history().pauses
    assert coach.settings().bell is False


def _no_signs(lines: Terminal, then: str, prompt: str = "\n>") -> None:
    """Answer the safety questions of the week with no, until these words stand there."""
    lines.until("a few safety questions")
    while lines.first_of(prompt, then) != then:
        lines.type("no" if "none of these" not in lines.text[-400:].lower() else "0")


@pytest.mark.parametrize("flags", [("--plain",), ()])
def test_a_review_asks_card_by_card(fresh: Path, flags: tuple[str, ...]) -> None:  # noqa: F811
    coach = coach_of(fresh)
    coach.check_in(pain=3)
    coach.log_session(rpe=2, before=3, pain=3, form=0)
    lines = Terminal(fresh, *flags, "review", today=REVIEW_DAY)
    _no_signs(lines, "Card 1 of", "pause):" if flags else "\n>")
    lines.type("h", "<", "h")
    count = int(lines.text.rpartition("Card ")[2].partition("of ")[2].split()[0])
    lines.type(*[""] * (count - 1))
    lines.until("The coming week, as you chose it:")
    lines.until("Make this the plan of the coming week?")
    lines.type("y")
    assert lines.ended() == 0
    after = coach_of(fresh, REVIEW_DAY)
    assert len(after.reviews()) == 1
    assert after.plan().week.number == 2


def test_a_review_takes_every_card_without_asking(fresh: Path) -> None:  # noqa: F811
    lines = Terminal(fresh, "review", "--accept", today=REVIEW_DAY)
    _no_signs(lines, "Saved. (coach review --veto ID")
    assert lines.ended() == 0
    assert "Card 1 of" not in lines.text
    assert coach_of(fresh, REVIEW_DAY).plan().week.number == 2


def test_a_review_that_is_not_wanted_changes_nothing(demo: Path) -> None:  # noqa: F811
    before = coach_of(demo).plan().id
    lines = Terminal(demo, "--plain", "review", today="2026-11-24")
    lines.until("Answer them now")
    lines.type("2")
    lines.until("a few safety questions")
    lines.until("pause):")
    lines.type("q")
    lines.until("Left. Nothing was changed.")
    assert lines.ended() == 0
    assert coach_of(demo).plan().id == before
