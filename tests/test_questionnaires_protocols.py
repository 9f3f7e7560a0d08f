"""The guided movement tests: complete as clinical.md 3.2 prints them, in order, skipped where 3.1 says so."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

import msgspec
import pytest

from coach.model.assessment import Triage
from coach.model.testing import Measurement, Output, Protocol, Skip, Sourced, Step
from coach.questionnaires.catalogue import items, load_instruments
from coach.questionnaires.protocols import (
    due,
    load_general,
    load_protocols,
    protocol,
    skips,
    too_early,
    two_days,
)
from coach.questionnaires.rulebook import load_rulebook
from coach.questionnaires.stopping import must_stop
from tests.protocol_rows import REFERENCE

CLEAR = Triage(level="T3_CLEAR")
TESTS = {each.id: each for each in load_protocols()}
CONTROL = {f"mt_0{k}" for k in range(1, 7)}
EQUIPMENT = {"wall", "chair", "mat", "pillow", "table", "step", "band", "strap", "stick", "weight", "shoes"}
DAILY = {"mt_22", "mt_23", "mt_26"}


def tagged(*tags: str, qualifiers: tuple[str, ...] = ()) -> Triage:
    return Triage(level="T2_CAUTION", filters=tags, qualifiers=qualifiers)


def status(triage: Triage = CLEAR, done: tuple[str, ...] = (), **answers: object) -> dict[str, str]:
    return {each.test: each.status for each in due(answers, triage, done)}  # type: ignore[arg-type]


def row(test: str, triage: Triage = CLEAR, **answers: object):
    return next(each for each in due(answers, triage) if each.test == test)  # type: ignore[arg-type]


class TestFiles:
    def test_all_26_are_there(self):
        assert set(TESTS) == {f"mt_{k:02d}" for k in range(1, 27)}

    def test_no_field_that_the_nouns_do_not_know(self):
        folder = resources.files("coach.questionnaires") / "protocols"
        nested = {"steps": Step, "measures": Measurement, "outputs": Output, "skip": Skip}
        for name in TESTS:
            data = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
            assert set(data) <= set(Protocol.__struct_fields__), name
            for key, noun in nested.items():
                for each in data.get(key, []):
                    assert set(each) <= set(noun.__struct_fields__), (name, key)
            limits = [*data.get("limits", {}).values(), *(data[k] for k in ("mdc", "cap") if k in data)]
            assert all(set(each) <= set(Sourced.__struct_fields__) for each in limits), name

    @pytest.mark.parametrize("test", TESTS.values(), ids=list(TESTS))
    def test_each_can_be_followed(self, test: Protocol):
        assert test.title
        assert test.purpose
        assert test.set_up
        assert len(test.steps) >= 2
        assert test.trials_text
        assert test.evidence
        assert test.source
        assert test.minutes > 0
        assert len(test.parts) == len(test.part_names)
        assert set(test.equipment) <= EQUIPMENT
        assert (
            not test.practice
            or "practise" in test.trials_text
            or test.trials > 1
            or test.sides
            or test.camera != "none"
        )
        if test.timer in ("stopwatch", "countdown"):
            assert test.cap or any(step.seconds for step in test.steps) or test.id == "mt_07"
        for measure in test.measures:
            if measure.kind in ("number", "scale"):
                assert measure.minimum is not None
                assert measure.maximum is not None
            assert measure.text.endswith(("?", "."))

    @pytest.mark.parametrize("test", TESTS.values(), ids=list(TESTS))
    def test_it_gives_answers_that_can_be_stored(self, test: Protocol):
        known = items(load_instruments())
        given = set()
        for output in test.outputs:
            for part in test.parts or ("",):
                for side in ("l", "r"):
                    given.add(output.item.format(part=part, side=side))
        assert given <= set(known)
        reads = {each.reads for each in test.outputs if each.reads}
        assert reads <= {each.id for each in test.measures}

    def test_every_answer_of_a_test_comes_from_a_protocol(self):
        given = {
            output.item.format(part=part, side=side)
            for test in TESTS.values()
            for output in test.outputs
            for part in test.parts or ("",)
            for side in ("l", "r")
        }
        movement = next(each for each in load_instruments() if each.id == "movement")
        assert {each.id for each in movement.items} - given == {"has_tests"}

    def test_every_limit_says_where_it_comes_from(self):
        for test in TESTS.values():
            limits = [*test.limits.values(), *(each for each in (test.mdc, test.cap) if each)]
            limits += [test.gate.at_least] if test.gate else []
            assert all(each.source and each.unit for each in limits), test.id
        assert all(each.source and each.unit for each in load_general().limits.values())

    def test_plain_words_and_no_banned_ones(self):
        folder = resources.files("coach.questionnaires") / "protocols"
        banned = (
            r"\b(cure|realign|unstable|slipped|out of place|weak core|degenerat\w*|proven|studies show|fix)\b"
        )
        for name in (*TESTS, "general"):
            text = (folder / f"{name}.toml").read_text(encoding="utf-8")
            assert re.findall(banned, text.lower()) == [], name
        for test in TESTS.values():
            said = [
                test.purpose,
                test.set_up,
                *(step.text for step in test.steps),
                *(m.text for m in test.measures),
            ]
            sentences = [each for text in said for each in re.split(r"[.?;:]", text)]
            assert max(len(each.split()) for each in sentences) <= 26, test.id

    def test_titles_are_those_of_the_findings(self):
        names = {each.id: each.name for each in load_rulebook().tests}
        assert all(TESTS[test].title == name for test, name in names.items())


@pytest.mark.parametrize("test", REFERENCE)
def test_every_row_of_3_2_is_there_with_its_numbers(test):
    text = msgspec.json.encode(TESTS[test]).decode()
    assert [each for each in REFERENCE[test] if not re.search(each.replace("(", r"\("), text)] == []


@pytest.mark.parametrize(
    ("test", "cap"),
    [
        ("mt_09", 45),
        ("mt_10", 90),
        ("mt_11", 120),
        ("mt_12", 120),
        ("mt_13", 90),
        ("mt_22", 60),
        ("mt_26", 30),
        ("mt_08", 30),
    ],
)
def test_caps(test, cap):
    found = TESTS[test]
    assert found.cap is not None
    assert found.cap.value == cap
    assert all(each.maximum == cap for each in found.measures if each.timed)


@pytest.mark.parametrize(
    ("test", "mdc"), [("mt_07", 4.2), ("mt_16", 1.9), ("mt_17", 8), ("mt_18", 9)]
)  # fmt: skip
def test_error_bands_claim_the_least(test, mdc):
    assert TESTS[test].mdc is not None
    assert TESTS[test].mdc.strict == mdc
    assert {each.id for each in TESTS.values() if each.mdc} == {"mt_07", "mt_16", "mt_17", "mt_18"}


def test_the_words_hold_every_limit_of_the_rules():
    """The cut-offs live in rules/profiles.toml; the texts must not drift away from them."""
    for each in load_rulebook().tests:
        text = " ".join((*TESTS[each.id].thresholds, TESTS[each.id].finding))
        for name, limit in each.limits.items():
            if limit.unit in ("value", "of 1") or each.id in ("mt_19",):
                continue
            printed = [limit.value, limit.male, limit.female]
            printed += [value for place in limit.by_age for value in place[1:]]
            missing = [v for v in printed if v is not None and not re.search(rf"(?<![\d.]){v:g}(0|\b)", text)]
            assert missing == [], (each.id, name)


class TestOrder:
    def test_groups_follow_one_another(self):
        groups = list(load_general().groups)
        order = [groups.index(each.group) for each in load_protocols()]
        assert order == sorted(order)
        assert load_protocols()[0].id == "mt_25"
        assert len({each.order for each in load_protocols()}) == 26

    def test_control_before_direction_before_endurance(self):
        place = {each.id: k for k, each in enumerate(load_protocols())}
        endurance = {"mt_07", "mt_08", "mt_09", "mt_10", "mt_11", "mt_12", "mt_13"}
        assert max(place[each] for each in CONTROL) < place["mt_19"] < min(place[each] for each in endurance)
        assert max(place[each] for each in endurance) < min(place[each] for each in DAILY)

    def test_due_keeps_the_order_and_knows_what_is_done(self):
        listed = due({}, CLEAR, ("mt_25", "mt_01"))
        assert [each.test for each in listed] == [each.id for each in load_protocols()]
        assert {each.test for each in listed if each.status == "done"} == {"mt_25", "mt_01"}
        assert all(each.minutes > 0 for each in listed if each.status == "due")

    def test_the_order_of_the_answers_plays_no_part(self):
        answers = {"pain_now": 7, "leg_pain": "yes", "leg_irritable": "yes", "age": 80}
        turned = dict(reversed(answers.items()))
        assert due(answers, tagged("preg")) == due(turned, tagged("preg"))

    def test_one_of_the_two_chair_tests(self):
        assert status()["mt_08"] == "instead"
        assert status()["mt_07"] == "due"
        assert status(done=("mt_08",))["mt_07"] == "instead"
        assert status(done=("mt_07",))["mt_08"] == "instead"
        assert status(pain_now=8)["mt_08"] == "skipped"


class TestSkips:
    @pytest.mark.parametrize(
        ("tag", "out"),
        [
            ("ost", {"mt_18", "mt_20"}),
            ("preg", {"mt_06", "mt_10", "mt_11", "mt_12", "mt_13"}),
            ("htn", {"mt_10", "mt_11", "mt_12", "mt_13"}),
            ("bal", set()),
            ("neur", set()),
        ],
    )
    def test_tags(self, tag, out):
        found = status(tagged(tag))
        assert {test for test, what in found.items() if what == "skipped"} == out

    def test_thin_bones_leave_out_only_the_bending_set(self):
        found = row("mt_19", tagged("ost"))
        assert (found.parts, found.left_out) == (("b",), ("a",))
        assert found.reason
        assert found.minutes < row("mt_19").minutes

    @pytest.mark.parametrize(
        ("pain", "kept"), [(6, False), (6.9, False), (7, True), (10, True), (None, False)]
    )
    def test_strong_pain_keeps_four(self, pain, kept):
        left = {test for test, what in status(pain_now=pain).items() if what in ("due", "instead")}
        assert (left == {"mt_19", "mt_22", "mt_23", "mt_25"}) is kept

    def test_an_irritable_leg_leaves_out_the_nerve_tests(self):
        found = status(leg_pain="yes", leg_irritable="yes")
        assert {test for test, what in found.items() if what == "skipped"} == {"mt_20", "mt_21"}
        assert status(leg_pain="no", leg_irritable="yes")["mt_20"] == "due"

    @pytest.mark.parametrize("level", ["T0_EMERGENCY", "T1_CLINICIAN", "NOT_ELIGIBLE"])
    def test_no_test_before_a_clinician(self, level):
        found = due({}, Triage(level=level))
        assert {each.status for each in found} == {"skipped"}
        assert two_days(found) == ()

    def test_no_test_with_an_open_screen(self):
        assert set(status(Triage(level="T3_CLEAR", complete=False)).values()) == {"skipped"}
        assert "due" in status(Triage(level="T2_CAUTION")).values()

    @pytest.mark.parametrize(
        ("triage", "answers", "support"),
        [
            (CLEAR, {"age": 75}, True), (CLEAR, {"age": 74}, False), (tagged("bal"), {}, True),
            (CLEAR, {"mt_09_l": 4.9}, True), (CLEAR, {"mt_09_r": 5}, False),
        ],
    )  # fmt: skip
    def test_support_in_reach(self, triage, answers, support):
        for test in ("mt_09", "mt_07", "mt_25"):
            notes = row(test, triage, **answers).notes
            assert any("wall or a heavy table" in each for each in notes) is support
        assert not any("heavy table" in each for each in row("mt_16", CLEAR).notes)
        assert not any("heavy table" in each for each in row("mt_05", tagged("bal")).notes)

    def test_pregnancy_changes_the_way(self):
        assert any("lean back" in each for each in row("mt_19", tagged("preg")).notes)
        late = tagged("preg", qualifiers=("flat_supine",))
        for test in ("mt_14", "mt_19", "mt_21"):
            assert any("2 minutes flat" in each for each in row(test, late).notes)
            assert not any("2 minutes flat" in each for each in row(test, tagged("preg")).notes)

    def test_the_suggestions_of_the_profile_agree(self):
        """What is never asked for because of a tag is never due either, and the reverse."""
        for rule in load_rulebook().skip:
            kind, _, tag = rule.reason.partition(":")
            triage = tagged(tag) if kind == "tag" else CLEAR
            said = {"pain_now": 7} if kind == "pain_now" else {}
            said |= {"leg_pain": "yes", "leg_irritable": "yes"} if kind == "leg_irritable" else {}
            listed = due(said, triage)
            out = {each.test for each in listed if each.status == "skipped"}
            out |= {f"{each.test}{part}" for each in listed for part in each.left_out}
            named = {test for name in rule.inputs for test in (CONTROL if name == "mc_count" else {name})}
            assert named <= out, rule.reason
            assert out - named <= {"mt_18", "mt_26"}, rule.reason

    def test_skips_are_data(self):
        assert any("pain_now" in each.when[0] for each in skips(protocol("mt_10")))
        assert skips(protocol("mt_25")) == ()


class TestSittings:
    def test_two_days_of_at_most_35_minutes(self):
        listed = due({}, CLEAR)
        days = two_days(listed)
        assert len(days) == 2
        assert all(each.minutes <= 35 for each in days)
        assert sum(each.minutes for each in days) > 35
        done = [test for day in days for test in day.tests]
        assert sorted(done) == sorted(e.test for e in listed if e.status == "due" and e.group != "daily")
        place = {each.id: k for k, each in enumerate(load_protocols())}
        for day in days:
            assert list(day.tests) == sorted(day.tests, key=place.__getitem__)
        assert days[0].tests[0] == "mt_25"
        assert not DAILY & set(done)

    def test_a_short_list_is_one_day_with_its_warm_up(self):
        rest = tuple(TESTS.keys() - {"mt_25", "mt_07"})
        (day,) = two_days(due({}, CLEAR, tuple(each for each in rest if each != "mt_08")))
        assert day.tests == ("mt_25", "mt_07")
        assert day.minutes == 3 + TESTS["mt_25"].minutes + TESTS["mt_07"].minutes

    @pytest.mark.parametrize(
        ("awake", "wait"), [(0, True), (59.9, True), (60, False), (600, False), (None, False)]
    )
    def test_not_within_an_hour_of_waking(self, awake, wait):
        assert bool(too_early(awake)) is wait


class TestStopping:
    @pytest.mark.parametrize(
        ("start", "now", "stop"),
        [
            (2, 4, False), (2, 5, True), (0, 2, False), (0, 3, True), (5, 6, False), (5, 7, True),
            (6, 7, True),
            (7, 7, False), (7, 8, True), (9, 10, True), (8, 8, False), (None, 9, False), (3, None, False),
        ],
    )  # fmt: skip
    def test_pain(self, start, now, stop):
        assert bool(must_stop(start, now)) is stop

    def test_other_signs(self):
        assert must_stop(2, 2) == ()
        for sign in ("leg", "weak", "unwell", "own"):
            assert len(must_stop(2, 2, signs=(sign,))) == 1
        assert must_stop(2, 2, form_losses=1) == ()
        assert len(must_stop(2, 5, signs=("unwell",), form_losses=2)) == 3

    def test_general_numbers_of_3_1(self):
        printed = {
            "warm_up": 3, "awake": 60, "day": 35, "pain_rise": 3, "pain_high": 7, "pain_rise_high": 1,
            "leg_minutes": 1, "form_losses": 2, "support_age": 75,
        }  # fmt: skip
        assert {name: each.value for name, each in load_general().limits.items()} == printed
        assert load_general().retest_weeks == (4, 8, 12)
        assert {each.sign for each in load_general().stop} == {"pain", "leg", "weak", "unwell", "form", "own"}
