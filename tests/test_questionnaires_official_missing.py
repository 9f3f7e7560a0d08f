"""Official forms with gaps: the missing-data rule of each, and the components of the PSQI edge by edge."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.questionnaires.official import overrides, score
from tests.official_case import FORMS, PSQI_S24, n, value, yes


class TestMissing:
    @pytest.mark.parametrize(("blank", "valid"), [(0, True), (4, True), (5, False), (24, False)])
    def test_roland_morris_blanks(self, blank, valid):
        assert (score("rmdq", n(*yes(0, 24, blank))).value is not None) is valid

    @pytest.mark.parametrize(
        ("name", "count", "band"),
        [
            ("rmdq23", 3, "minimal"),
            ("rmdq23", 4, "mild"),
            ("rmdq18", 10, "moderate"),
            ("rmdq18", 11, "high"),
            ("rmdq11", 4, "mild"),
            ("rmdq11", 5, "moderate"),
            ("rmdq11", 7, "high"),
        ],
    )
    def test_short_forms_are_read_on_the_long_bands(self, name, count, band):
        of = len(FORMS[name].items)
        assert score(name, n(*yes(count, of))).band == band
        assert score(name, {"total": count}).band == band

    def test_a_short_form_band_is_of_the_count_not_the_prorated_value(self):
        found = score("rmdq23", n(*yes(8, 23, 4)))  # 8 x 24 / 23 = 8.3, prorated 9.7
        assert found.band == "mild"
        assert found.parts["prorated"] > 9

    @pytest.mark.parametrize(("count", "said"), [(2, "yes"), (3, "no")])
    def test_recovered(self, count, said):
        assert score("rmdq", n(*yes(count, 24))).parts["recovered"] == said
        assert score("rmdq", {"total": count}).parts["recovered"] == said

    @pytest.mark.parametrize(
        ("name", "one", "two"),
        [
            ("ompsq_sf", True, False),
            ("pseq", True, False),
            ("tsk11", True, False),
            ("odi", True, True),
            ("peg", False, False),
            ("pcs4", False, False),
            ("pss4", False, False),
            ("isi", False, False),
            ("who5", False, False),
            ("phq4", False, False),
            ("promis_pi4a", False, False),
            ("pseq2", False, False),
            ("psqi", False, False),
        ],
    )
    def test_one_and_two_missing(self, name, one, two):
        entries = [each for each in FORMS[name].items if each.kind not in ("time", "text")]
        full = {each.id: each.minimum for each in entries}
        extra = {"hours_in_bed": 8, "item_4": 7} if name == "psqi" else {}
        assert score(name, full | extra).value is not None
        assert (score(name, full | extra | {entries[-1].id: None}).value is not None) is one
        less = {entries[-1].id: None, entries[-2].id: None}
        found = score(name, full | extra | less)
        assert (found.value is not None) is two
        assert found.missing if not two else not found.missing

    def test_ompsq_with_one_missing_is_made_up_after_turning(self):
        assert value("ompsq_sf", 8, 6, None, 5, 7, 6, 8, 4, 7, 6) == pytest.approx((65 - 6) * 10 / 9)

    def test_phq4_pairs_by_themselves(self):
        found = score("phq4", n(2, 2, None, 1))
        assert (found.value, found.parts) == (None, {"gad2": 4})
        assert overrides({"phq4": n(2, 2, None, 1)}) == {"gad2": 4}
        typed = score("phq4", {"gad2": 3, "phq2": 1})
        assert typed.value == 4

    @pytest.mark.parametrize(
        ("answers", "group"),
        [
            ((0, 0, 0, 0, 0, 0, 0, None, 0), "low"),  # one more is still 3 or less
            ((1, 1, 1, 0, 0, 0, 0, None, 0), ""),  # 3 or 4
            ((1, 1, 1, 1, 0, 0, 0, None, 0), "medium"),
            ((1, 1, 1, 1, 1, 1, 1, None, 0), ""),  # distress 3 or 4
            ((1, None, 1, None, 1, 1, 1, 1, None), "high"),
            ((0, 0, 0, 0, 1, 1, 1, None, 0), ""),  # low with 3, high with distress 4
            ((None,) * 8 + (0,), ""),
        ],
    )
    def test_start_with_gaps(self, answers, group):
        found = score("start", n(*answers))
        assert (found.value, found.band) == (None, group)
        assert found.missing
        assert overrides({"start": n(*answers)}) == ({"start_group": group} if group else {})

    @given(st.lists(st.sampled_from([0, 1, None]), min_size=9, max_size=9))
    def test_start_groups_hold_for_every_completion(self, raw):
        answers = [*raw[:8], None if raw[8] is None else raw[8] * 3]
        found = score("start", n(*answers))
        gaps = [k for k, each in enumerate(answers) if each is None]
        groups = set()
        for mix in product((0, 1), repeat=len(gaps)):
            whole = list(answers)
            for k, bit in zip(gaps, mix, strict=True):
                whole[k] = bit * 4 if k == 8 else bit
            groups.add(score("start", n(*whole)).band)
        if found.band:
            assert groups == {found.band}
        elif gaps and len(gaps) < 9:
            assert len(groups) > 1

    def test_start_by_total_and_distress(self):
        for total, distress, group in (
            (3, 0, "low"),
            (3, 3, "low"),
            (4, 3, "medium"),
            (5, 4, "high"),
            (9, 5, "high"),
        ):
            assert score("start", {"total": total, "distress": distress}).band == group
        assert score("start", {"total": 3}).band == "low"
        assert score("start", {"total": 5}).band == ""
        assert score("start", {"group": "medium"}).band == "medium"

    def test_eq5d_keeps_the_profile(self):
        found = score("eq5d5l", n(2, 1, 2, 3, 2, 70))
        assert (found.value, found.parts) == (None, {"vas": 70, "profile": "21232"})
        assert "value set" in found.missing
        assert score("eq5d5l", n(2, 1, 2, 3, 2) | {"total": 0.72}).value == 0.72
        assert score("eq5d5l", n(2, 1, None, 3, 2)).parts == {}

    @pytest.mark.parametrize(
        ("hours", "minutes", "share", "low"),
        [(6.8, 480, 85, "no"), (6.7, 480, 83.75, "yes"), (9, 480, None, None)],
    )
    def test_sleep_efficiency(self, hours, minutes, share, low):
        found = score("sleeph", n(hours, minutes))
        assert (found.value, found.parts.get("efficiency"), found.parts.get("low_efficiency")) == (
            hours,
            share,
            low,
        )


class TestPsqi:
    """The components of the paragraph below the table, edge by edge."""

    def part(self, name: str, **change: object) -> object:
        base = {f"item_{k}": 0 for k in (2, *range(5, 14), *range(15, 20))} | {"item_4": 8, "hours_in_bed": 8}
        return score("psqi", base | change).parts[name]

    @pytest.mark.parametrize(
        ("minutes", "slow", "c2"),
        [
            (15, 0, 0),
            (16, 0, 1),
            (30, 1, 1),
            (31, 0, 1),
            (60, 1, 2),
            (61, 0, 2),
            (60.5, 0, 2),
            (61, 1, 2),
            (61, 2, 3),
            (15, 3, 2),
        ],
    )
    def test_latency(self, minutes, slow, c2):
        assert self.part("c2", item_2=minutes, item_5=slow) == c2

    @pytest.mark.parametrize(("hours", "c3"), [(7.1, 0), (7, 1), (6, 1), (5.9, 2), (5, 2), (4.9, 3)])
    def test_hours(self, hours, c3):
        assert self.part("c3", item_4=hours) == c3

    @pytest.mark.parametrize(("hours", "c4"), [(8.5, 0), (8.4, 1), (7.5, 1), (7.4, 2), (6.5, 2), (6.4, 3)])
    def test_efficiency(self, hours, c4):
        assert self.part("c4", item_4=hours, hours_in_bed=10) == c4

    @pytest.mark.parametrize(("total", "c5"), [(0, 0), (1, 1), (9, 1), (10, 2), (18, 2), (19, 3), (27, 3)])
    def test_disturbances(self, total, c5):
        each = [min(3, max(0, total - 3 * k)) for k in range(9)]
        names = [f"item_{k}" for k in (*range(6, 14), 15)]
        assert self.part("c5", **dict(zip(names, each, strict=True))) == c5

    @pytest.mark.parametrize(
        ("one", "two", "c7"), [(0, 0, 0), (1, 0, 1), (1, 1, 1), (2, 1, 2), (2, 2, 2), (2, 3, 3), (3, 3, 3)]
    )
    def test_daytime(self, one, two, c7):
        assert self.part("c7", item_18=one, item_19=two) == c7

    def test_more_sleep_than_bed_is_asked_again(self):
        found = score("psqi", PSQI_S24 | {"item_4": 9})
        assert found.value is None
        assert "check" in found.missing
