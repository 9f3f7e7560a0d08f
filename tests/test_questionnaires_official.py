"""The official forms: every row of clinical.md 2.2 with its numbers, S1-S25 as printed, no sentence."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.questionnaires.catalogue import BadAnswers, items, load_instruments, parse_answers
from coach.questionnaires.measures import load_measures
from coach.questionnaires.official import Entry, Official, as_instrument, form, overrides, score
from coach.questionnaires.rulebook import load_rulebook
from coach.questionnaires.scoring import psfs_change, shown, week_mean
from coach.questionnaires.scoring import score as score_own
from tests.official_case import BANDS, FORMS, PSQI_S24, ROWS, n, value, yes

BUILT_IN = {each.id: each for each in load_instruments()}


class TestExamples:
    """S1 to S25 of 2.3, each as printed."""

    def test_s1_s2_psfs(self):
        before = {"psfs_1": 3, "psfs_2": 4, "psfs_3": 2}
        after = {"psfs_1": 6, "psfs_2": 7, "psfs_3": 5}
        assert score_own(BUILT_IN["psfs"], before).value == 3.0
        assert score_own(BUILT_IN["psfs"], after).value == 6.0
        assert (psfs_change(before, after).change, psfs_change(before, after).size) == (3.0, "large")
        assert score_own(BUILT_IN["psfs"], {"psfs_1": 3, "psfs_2": None, "psfs_3": 4}).value == 3.5

    def test_s3_s4_s5_roland_morris(self):
        s3 = score("rmdq", n(*yes(13, 24)))
        assert (s3.value, s3.band, s3.parts.get("prorated")) == (13, "moderate", None)
        s4 = score("rmdq", n(*yes(9, 24, 2)))
        assert s4.value == 9
        assert shown(s4.parts["prorated"]) == "9.8"
        s5 = score("rmdq23", n(*yes(11, 23, 1)))
        assert s5.value == 11
        assert shown(s5.parts["prorated"]) == "11.5"

    def test_s6_s7_s8_odi(self):
        assert value("odi", 2, 1, 3, 1, 3, 2, 1, None, 2, 2) == pytest.approx(100 * 17 / 45)
        assert shown(value("odi", 2, 1, 3, 1, 3, 2, 1, None, 2, 2)) == "37.8"
        assert value("odi", 2, 1, 3, 1, 3, 2, 1, 1, 2, 2) == 36.0
        found = score("odi", n(2, None, 3, None, 3, 2, None, 1, 2, 2))
        assert (found.value, found.missing) == (None, "7 of 10 answered, 8 needed")

    def test_s9_peg(self):
        found = score("peg", n(6, 5, 4))
        assert (found.value, found.band) == (5.0, "moderate")

    @pytest.mark.parametrize(
        ("answers", "bother", "total", "distress", "group"),
        [
            ((1, 1, 0, 1, 0, 0, 0, 0), 2, 3, 0, "low"),  # S10
            ((1, 0, 1, 1, 0, 1, 0, 0), 1, 4, 1, "medium"),  # S11
            ((0, 0, 1, 0, 1, 1, 1, 0), 3, 5, 4, "high"),  # S12
            ((1, 1, 1, 1, 1, 1, 0, 1), 4, 8, 4, "high"),  # S13
        ],
    )
    def test_s10_to_s13_start(self, answers, bother, total, distress, group):
        found = score("start", n(*answers, bother))
        assert (found.value, found.parts["distress"], found.band) == (total, distress, group)

    def test_s14_s15_ompsq(self):
        s14 = score("ompsq_sf", n(8, 6, 4, 5, 7, 6, 8, 4, 7, 6))
        assert (s14.value, s14.band) == (65, "elevated")
        s15 = score("ompsq_sf", n(5, 3, 8, 8, 2, 1, 3, 9, 3, 2))
        assert (s15.value, s15.band) == (24, "not elevated")

    def test_s16_s17_pseq(self):
        assert value("pseq", 4, 3, 5, 4, 2, 3, 4, 3, 4, 5) == 37
        assert shown(value("pseq", 4, 3, 5, 4, 2, 3, 4, 3, 4, None)) == "35.6"
        found = score("pseq2", n(2, 3))
        assert (found.value, found.band) == (5, "low")

    def test_s18_tsk(self):
        found = score("tsk11", n(3, 3, 3, 3, 3, 3, 3, 2, 2, 2, None))
        assert (shown(found.value), found.band) == ("29.7", "moderate")

    def test_s19_promis(self):
        assert value("promis_pi4a", 3, 3, 3, 3) == 61.2
        assert value("promis_pf4a", 3, 4, 4, 3) == 39.2
        assert score("promis_pi4a", {"raw": 12}).value == 61.2

    def test_s20_pss(self):
        found = score("pss4", n(3, 1, 1, 3))
        assert (found.value, found.band) == (12, "high")
        assert value("pss4", 1, 3, 3, 1) == 4

    def test_s21_phq4(self):
        found = score("phq4", n(1, 2, 1, 1))
        assert (found.value, found.band, found.parts) == (5, "mild", {"gad2": 3, "phq2": 2})
        given = overrides({"phq4": n(1, 2, 1, 1)})
        assert given == {"phq4": 5, "gad2": 3, "phq2": 2}
        assert score("phq2", n(1, 1)).band == "negative"

    def test_s22_who5(self):
        found = score("who5", n(2, 3, 2, 1, 2))
        assert (found.value, found.band) == (40, "poor")
        assert score("who5", {"raw": 10}).value == 40

    def test_s23_isi(self):
        found = score("isi", n(2, 3, 2, 3, 2, 2, 2))
        assert (found.value, found.band) == (16, "moderate")

    def test_s24_psqi(self):
        found = score("psqi", PSQI_S24)
        assert [found.parts[f"c{k}"] for k in range(1, 8)] == [2, 2, 2, 2, 1, 0, 2]
        assert (found.value, found.band) == (11, "poor sleeper")
        assert shown(found.parts["efficiency"]) == "68.8"
        clocks = {key: each for key, each in PSQI_S24.items() if key != "hours_in_bed"}
        timed = score("psqi", clocks | {"item_1": "23:00", "item_3": "7:00"})
        assert (timed.value, timed.parts) == (found.value, found.parts)

    def test_s25_week(self):
        assert shown(week_mean([5, 6, None, 4, 5, 7, 5])) == "5.3"


@pytest.mark.parametrize("name", BANDS)
def test_every_band_edge_by_the_total_alone(name):
    edges = BANDS[name]
    for place, (edge, band) in enumerate(edges):
        entered = {"item_1": edge} if name in ("groc11", "sleeph") else {"total": edge}
        assert score(name, entered).band == band
        if place:
            before = score(name, {"total": edge - 0.01})
            assert before.band == edges[place - 1][1]
    assert [tuple(each) for each in FORMS[name].bands] == edges
    assert FORMS[name].bands_source


@pytest.mark.parametrize("name", ROWS)
def test_every_row_of_2_2_is_there_with_its_numbers(name):
    count, ends, needed, way, mic, mdc, turned, weeks, loinc, words = ROWS[name]
    found = FORMS[name]
    assert len(found.items) == count
    assert (found.minimum, found.maximum) == ends
    assert found.minimum_answered == needed
    assert found.direction == f"high_is_{way}"
    assert (found.mic.value if found.mic else None) == mic
    assert (found.mdc.value if found.mdc else None) == mdc
    assert found.reversed == tuple(f"item_{k}" for k in turned)
    assert found.weeks == weeks
    assert found.loinc == loinc
    assert bool(found.loinc_evidence) is bool(loinc)
    text = (resources.files("coach.questionnaires") / "instruments/official" / f"{name}.toml").read_text()
    assert [each for each in words if each not in text] == []
    assert found.recall
    assert found.licence
    assert found.missing
    assert found.evidence


def test_no_row_is_missing():
    assert set(FORMS) == set(ROWS)
    assert {"nprs", "psfs", "sleep", "stress", "eac10", "yfc6"} <= set(BUILT_IN)
    assert "72514-3" in BUILT_IN["nprs"].loinc


def test_change_thresholds_agree_with_the_measures():
    for each in FORMS.values():
        measure = load_measures().find(each.id)
        for mine, theirs in ((each.mic, measure and measure.mic), (each.mdc, measure and measure.mdc)):
            assert (mine.value if mine else None) == (theirs.value if theirs else None), each.id
        if measure and measure.bands:
            assert measure.bands == each.bands, each.id
            assert measure.direction == each.direction, each.id


def test_start_limits_agree_with_the_rulebook():
    rules = load_rulebook()
    assert FORMS["start"].limits["total"].value == rules.limit("start_total")
    assert FORMS["start"].limits["distress"].value == rules.limit("start_distress")


def test_promis_tables_as_printed():
    pi = [
        41.6,
        49.6,
        52.0,
        53.9,
        55.6,
        57.1,
        58.5,
        59.9,
        61.2,
        62.5,
        63.8,
        65.2,
        66.6,
        68.0,
        69.7,
        71.6,
        75.6,
    ]
    pf = [
        22.5,
        26.6,
        28.9,
        30.5,
        31.9,
        33.2,
        34.4,
        35.6,
        36.7,
        37.9,
        39.2,
        40.5,
        41.9,
        43.5,
        45.5,
        48.3,
        57.0,
    ]
    assert [t for _, t in FORMS["promis_pi4a"].table] == pi
    assert [t for _, t in FORMS["promis_pf4a"].table] == pf
    for name in ("promis_pi4a", "promis_pf4a"):
        assert [raw for raw, _ in FORMS[name].table] == list(range(4, 21))
        assert FORMS[name].table_source.startswith("K")


class TestLabels:
    """A label names what an item is about, in a few words of ours."""

    @pytest.mark.parametrize("each", FORMS.values(), ids=list(FORMS))
    def test_no_sentence(self, each: Official):
        labels = [entry.label for entry in (*each.items, *each.parts)]
        assert len(set(labels)) == len(labels)
        for label in labels:
            assert len(label.split()) <= 6, label
            assert not re.search(r"\b(i|my|me|i'm|you|your|we)\b|[.!?]", label.lower()), label
            assert label == label.strip()

    def test_only_our_own_forms_ask_in_full(self):
        assert {each.id for each in FORMS.values() if each.own} == {"groc11", "sleeph"}
        for each in FORMS.values():
            for item in as_instrument(each).items:
                asked = each.own and item.id == "item_1"
                assert item.text.endswith("?") is asked

    def test_the_files_hold_no_other_words_of_items(self):
        folder = resources.files("coach.questionnaires") / "instruments" / "official"
        for each in FORMS.values():
            data = tomllib.loads((folder / f"{each.id}.toml").read_text(encoding="utf-8"))
            assert set(data) <= set(Official.__struct_fields__), each.id
            for entry in data["items"]:
                assert set(entry) <= set(Entry.__struct_fields__)

    def test_banned_words(self):
        folder = resources.files("coach.questionnaires") / "instruments" / "official"
        for each in FORMS.values():
            text = (folder / f"{each.id}.toml").read_text(encoding="utf-8").lower()
            assert not re.search(r"\b(cure|crippled|unstable|degenerat|proven|studies show)", text)


class TestEntry:
    @pytest.mark.parametrize("each", FORMS.values(), ids=list(FORMS))
    def test_the_total_alone_is_enough(self, each: Official):
        for total in (each.minimum, each.maximum):
            found = score(each.id, {"total": total})
            assert found.value == total
            assert not found.missing

    @pytest.mark.parametrize("each", FORMS.values(), ids=list(FORMS))
    def test_extremes_of_the_items_are_the_range(self, each: Official):
        if each.rule in ("eq5d", "sleep", "psqi"):
            return
        best = {
            e.id: "no" if e.kind == "yes_no" else e.maximum if e.id in each.reversed else e.minimum
            for e in each.items
        }
        worst = {
            e.id: "yes" if e.kind == "yes_no" else e.minimum if e.id in each.reversed else e.maximum
            for e in each.items
        }
        found = sorted((score(each.id, best).value, score(each.id, worst).value))
        assert found == [each.minimum, each.maximum]

    def test_a_form_is_an_instrument_of_the_interview(self):
        for each in FORMS.values():
            instrument = as_instrument(each)
            assert [e.id for e in instrument.items][: len(each.items)] == [e.id for e in each.items]
            assert not any(item.required for item in instrument.items)
            assert instrument.licence == each.licence
        typed = parse_answers((as_instrument(form("start")),), {"item_1": True, "group": "high", "item_9": 3})
        assert typed == {"item_1": "yes", "group": "high", "item_9": 3}
        with pytest.raises(BadAnswers):
            parse_answers((as_instrument(form("odi")),), {"item_1": 6})

    @pytest.mark.parametrize(
        ("name", "raw"),
        [
            ("odi", {"item_1": 6}),
            ("odi", {"item_11": 1}),
            ("odi", {"total": 101}),
            ("start", {"item_1": 2}),
            ("peg", {"item_1": 2.5}),
            ("psqi", {"item_1": "late"}),
            ("rmdq", {"item_1": "maybe"}),
            ("tsk11", {"item_1": 0}),
        ],
    )
    def test_what_does_not_fit_is_refused(self, name, raw):
        with pytest.raises(BadAnswers):
            score(name, raw)

    def test_nothing_entered(self):
        for each in FORMS.values():
            found = score(each.id, {})
            assert (found.value, found.band, found.answered) == (None, "", 0)
            assert found.missing

    def test_unknown_form(self):
        with pytest.raises(KeyError):
            score("odl", {})

    def test_items_win_over_a_total(self):
        assert score("peg", n(6, 5, 4) | {"total": 9}).value == 5
        assert score("peg", n(6, 5) | {"total": 9}).value == 9


class TestOverrides:
    def test_what_4_2_reads(self):
        given = {item for each in FORMS.values() for item in each.gives.values()}
        assert given == {
            "rmdq", "phq4", "gad2", "phq2", "isi", "pss4", "pseq2", "tsk11", "ompsq_sf", "start_total",
            "start_distress", "start_group",
        }  # fmt: skip
        assert given <= set(items(load_instruments()))

    @given(st.data())
    def test_they_are_answers_of_the_interview(self, data):
        entered = {}
        for each in FORMS.values():
            if each.gives:
                total = data.draw(st.none() | st.integers(int(each.minimum), int(each.maximum)))
                entered[each.id] = {"total": total}
        found = overrides(entered)
        assert parse_answers(load_instruments(), found) == found
        for name, each in entered.items():
            item = FORMS[name].gives["total"]
            assert found.get(item) == each["total"]

    def test_the_form_itself_goes_before_a_part_of_another(self):
        both = {"phq4": n(1, 2, 1, 1), "phq2": n(3, 3)}
        assert overrides(both) == overrides(dict(reversed(both.items())))
        assert overrides(both)["phq2"] == 6

    def test_other_forms_give_nothing(self):
        assert overrides({"odi": {"total": 36}, "rmdq23": {"total": 9}, "pseq": {"total": 30}}) == {}
        assert overrides({"rmdq": n(*yes(3, 24, 9))}) == {}
