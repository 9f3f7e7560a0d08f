"""What the reader holds against the library and against the rest of the file, and what `extends` gives."""

from __future__ import annotations

import pytest
from planfile_cases import LIBRARY

from coach.programs.planfile import PlanFileError, load_template, read_plan_file, template_of

HEAD = "schema: 1\nid: mine\ntitle: Mine\nextends: balanced\n"


def problems(text: str) -> list[tuple[int, int, str]]:
    with pytest.raises(PlanFileError) as caught:
        read_plan_file(HEAD + text, "mine.yaml", LIBRARY)
    return [(each.line, each.column, each.message) for each in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("exercises:\n  - {id: hng_4, dose: 3 x 20 s}\n", 6, 23, "hng_4 is counted in repetitions"),
        ("exercises:\n  - {id: bal_1, dose: 3 x 8}\n", 6, 23, "bal_1 is counted in seconds held"),
        ("exercises:\n  - {id: bre_1, dose: 3 x 8}\n", 6, 23, "bre_1 is counted in minutes"),
        ("exercises:\n  - {id: hng_2, dose: 3 x 8 /side}\n", 6, 23, "hng_2 has no sides"),
        ("exercises:\n  - {id: bre_1, dose: load cap 5 kg}\n", 6, 23, "done without a load"),
        ("exercises:\n  - {id: hng_4, dose: 60 %}\n", 6, 23, "a percent stands in by_week only"),
        ("exercises:\n  - {id: bre_1, progression: linear}\n", 6, 30, "no load that could grow"),
        ("exercises:\n  - {id: hng_2, progression: time}\n", 6, 30, "grows in reps"),
        ("exercises:\n  - {id: hng_2, like: hng_4}\n", 6, 10, "give an id of your own"),
        ("exercises:\n  - {id: mine_1}\n", 6, 10, "there is no 'mine_1'"),
        ("exercises:\n  - {id: hng_2, swaps: [hng_2]}\n", 6, 25, "is the exercise itself"),
        ("exercises:\n  - {id: hng_2, swaps: [sqt_99]}\n", 6, 25, "there is no 'sqt_99'"),
        ("exercises:\n  - {id: hng_2}\n  - {id: hng_2}\n", 7, 5, "stands in exercises twice"),
        ("exercises:\n  - {id: hng_2}\n  - {id: x, like: hng_2}\n", 7, 5, "hng_2 stands in exercises twice"),
        ("exercises:\n  - id: hng_2\n    by_week:\n      weeks 1-3: 2 x 6\n      week 3: 2 x 8\n", 9, 7,
         "week 3 stands in two lines"),
        ("ladders: [{ladder: hng, rungs: sqt_1 > hng_2}]\n", 5, 32, "there is no 'sqt_1'"),
        ("ladders: [{ladder: hng, rungs: hng_4 > hng_2}]\n", 5, 32, "each once: hng_2 > hng_4"),
        ("ladders: [{ladder: hng, rungs: hng_2, start: hng_4}]\n", 5, 46, "none of the rungs"),
        ("ladders: [{ladder: hng}, {ladder: hng}]\n", 5, 26, "stands in ladders twice"),
        ("rules: [{id: a, scope: c9, when: pain > 3, then: [hold], say: x}]\n", 5, 24, "there is no 'c9'"),
        ("rules: [{id: a, when: pain < 3, then: [hold], say: x}]\n", 5, 23, "only a worse pain"),
        ("rules: [{id: a, when: pain > 3, then: [hold, hold], say: x}]\n", 5, 39, "each thing once"),
        ("rules: [{id: a, when: pain > 3, then: [lesson none], say: x}]\n", 5, 40, "there is no 'none'"),
        ("asks: [{id: a, text: x, better: high, scale: 5-5}]\n", 5, 46, "two ends"),
        ("flare: {back: '75 %, 50 %'}\n", 5, 16, "the smaller first"),
        ("gap: [{days: 7-13, resume: 80 %}, {days: 10+, resume: 50 %}]\n", 5, 35, "in the entry before"),
        ("habits: [{id: walking, level: 3, most: 2}]\n", 5, 40, "below the level"),
        ("habits: [{id: sleeping}]\n", 5, 15, "there is no 'sleeping'"),
        ("cleared: {by: x, on: 2026-02-30, tags: [flex]}\n", 5, 22, "must be a date"),
        ("cleared: {by: x, on: 2026-02-20, tags: [ost]}\n", 5, 41, "is a medical tag"),
        ("cleared: {by: x, on: 2026-02-20}\n", 5, 10, "cleared says nothing"),
        ("choose: listed\n", 5, 9, "needs exercises"),
        ("tests: [{name: x, week: 3, given: {week: [3]}, expect: [hng rises]}]\n", 5, 36, "measure 'week'"),
        ("tests: [{name: x, week: 3, given: {pain: [11]}, expect: [hng rises]}]\n", 5, 43, "from 0 to 10"),
        ("tests: [{name: x, week: 3, expect: [hgn rises]}]\n", 5, 37, "did you mean 'hng'"),
        ("phases: []\n", 5, 9, "put what differs under replace: phases"),
        ("replace: {phases: [{id: lode, rpe: 2-3}]}\n", 5, 10, "balanced has no lode in phases"),
        ("replace: {phases: [{id: load, weeks: 6-8}]}\n", 5, 10, "begins in week 6, expected 5"),
        ("replace: {weeks: 7}\n", 5, 10, "no phase ends with week 7"),
        ("replace: {deload: [20]}\n", 5, 10, "deload week 20 is after week 12"),
        ("replace: {slots: [{slot: 8, name: x}]}\nremove: {slots: [8]}\n", 6, 9, "replaced and removed"),
        ("remove: {lessons: [nothing]}\n", 5, 9, "balanced has no nothing in lessons"),
        ("remove: {phases: [load]}\n", 5, 9, "begins in week 9, expected 5"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_at_its_place(text: str, line: int, column: int, words: str) -> None:
    found = problems(text)
    assert any(words in message for _, _, message in found), found
    place = next((at[:2] for at in found if words in at[2]), (0, 0))
    assert place == (line, column)


def test_a_file_of_its_own_needs_its_shape_and_has_nothing_to_replace() -> None:
    with pytest.raises(PlanFileError) as caught:
        read_plan_file("schema: 1\nid: a\ntitle: b\nreplace: {weeks: 3}\n", "mine.yaml", LIBRARY)
    told = " ".join(each.message for each in caught.value.problems)
    assert "no 'phases'" in told
    assert "replace needs extends: balanced" in told


def test_extends_gives_the_built_in_plan_with_what_was_said() -> None:
    base = load_template("balanced")
    same = template_of(read_plan_file(HEAD, "mine.yaml", LIBRARY))
    assert (same.phases, same.slots, same.lessons, same.deload, same.milestones, same.weeks) == (
        base.phases, base.slots, base.lessons, base.deload, base.milestones, base.weeks,
    )  # fmt: skip
    assert (same.id, same.title) == ("mine", "Mine")
    text = (
        "replace:\n  weeks: 8\n  deload: [3, 6]\n  phases: [{id: load, sessions: 2-3, aim: Carry on.}]\n"
        "  slots: [{slot: 4, ladders: [glu]}]\nremove: {slots: [8], lessons: [scans], milestones: [2]}\n"
    )
    made = template_of(read_plan_file(HEAD + text, "mine.yaml", LIBRARY))
    assert (made.weeks, made.deload) == (8, (3, 6))
    load = next(each for each in made.phases if each.id == "load")
    assert (load.sessions, load.aim, load.minutes) == ((2, 3), "Carry on.", (20, 35))
    assert made.slot(4).ladders == ("glu",)
    assert made.slot(4).name == base.slot(4).name
    assert [each.slot for each in made.slots] == [1, 2, 3, 4, 5, 6, 7]
    assert "scans" not in made.lessons
    assert sorted(made.milestones) == [4, 8, 12]


def test_a_place_inside_a_quoted_or_folded_text_is_told_as_well_as_it_can_be() -> None:
    exact = problems('rules: [{id: a, when: "pain > 3 and strss > 3", then: [hold], say: x}]\n')
    assert exact[0][:2] == (5, 23 + len('"pain > 3 and '))
    folded = problems(
        "rules:\n  - id: a\n    when: >\n      pain > 3\n      and strss > 3\n    then: [hold]\n    say: x\n"
    )
    assert folded[0][:2] == (7, 11)
    assert "'strss'" in folded[0][2]
