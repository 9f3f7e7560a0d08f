"""Plan files: what is read, and the sentence for each thing that is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.model.noun import from_json
from coach.packaged import packaged
from coach.programs.planfile import PlanFileError, load_template, read_template
from coach.programs.planlang import builtin
from coach.programs.planlang.builtin import Ready, built_in, built_in_text, digest, read_shape
from coach.programs.planyaml import MAX_DEPTH, MAX_NODES, Fields, Items, Text, read_tree

BALANCED = built_in_text("balanced")


def problems(text: str) -> list[tuple[int, int, str]]:
    with pytest.raises(PlanFileError) as caught:
        read_template(text, "mine.yaml")
    assert str(caught.value).startswith("mine.yaml: line ")
    return [(each.line, each.column, each.message) for each in caught.value.problems]


def changed(old: str, new: str) -> str:
    assert BALANCED.count(old) >= 1, old
    return BALANCED.replace(old, new, 1)


def test_the_balanced_shape_has_the_phases_of_6_1() -> None:
    template = load_template("balanced")
    assert [(p.weeks, p.sessions, p.minutes, p.rpe, p.sets, p.control) for p in template.phases] == [
        ((1, 2), (3, 5), (10, 20), (2, 4), (1, 2), 65),
        ((3, 4), (3, 4), (15, 25), (3, 5), (2, 3), 55),
        ((5, 8), (3, 3), (20, 35), (4, 6), (3, 3), 35),
        ((9, 11), (2, 3), (25, 40), (5, 7), (3, 4), 25),
        ((12, 12), (2, 3), (20, 30), (4, 6), (2, 3), 25),
        ((13, 52), (2, 2), (20, 30), (5, 7), (2, 3), 25),
    ]
    assert [template.phase(week).id for week in (0, 1, 2, 3, 12, 13)] == [
        "settle", "settle", "settle", "control", "consolidate", "maintain",
    ]  # fmt: skip
    assert template.deload == (4, 8)
    assert len(template.lessons) == template.weeks == 12
    with pytest.raises(KeyError, match="balanced"):
        load_template("../balanced")


def test_nothing_is_typed_by_guess() -> None:
    tree = read_tree("a: no\nb: 1:30\nc: 010\nd: 2026-11-23\ne: ~\nf: [1e3, .inf]", "x")
    assert isinstance(tree, Fields)
    assert [each.text for each in tree.fields.values() if isinstance(each, Text)] == [
        "no", "1:30", "010", "2026-11-23", "~",
    ]  # fmt: skip
    assert isinstance(tree.fields["f"], Items)
    assert (tree.fields["b"].line, tree.fields["b"].column) == (2, 4)


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("", 1, 1, "empty"),
        ("a: &x [1]\nb: *x", 1, 4, "anchors"),
        ("a: *x", 1, 4, "aliases"),
        ("a: 1\n<<: *base", 2, 5, "aliases"),
        ("a: !!python/object:os.system [x]", 1, 4, "tags"),
        ("!!map {a: 1}", 1, 1, "tags"),
        ("a: 1\nb: 2\na: 3", 3, 1, "twice"),
        ("? [a, b]\n: 1", 1, 3, "one plain word"),
        ("a: 1\n---\nb: 2", 2, 1, "second document"),
        ("a: [1, 2", 1, 9, "not valid YAML"),
        ("a: b: c", 1, 5, "not valid YAML"),
        ("a:\n\t- b", 2, 1, "not valid YAML"),
        ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), 1, MAX_DEPTH, "deeper"),
        ("[" * 50_000, 1, MAX_DEPTH, "deeper"),
        ("[" + "a," * (MAX_NODES + 1) + "]", 1, 2 * MAX_NODES, "more than"),
        ("a: " + "x" * 5000, 1, 4, "longer than"),
        ("a: x\n" * 60_000, 1, 1, "larger than"),
        ("a: \x00", 1, 4, "control character"),
        ('a: "\\e[31mred"', 1, 4, "control characters"),
        ('a: "\\u202eabc"', 1, 4, "control characters"),
    ],
)
def test_hostile_or_broken_files_are_refused_with_their_place(
    text: str, line: int, column: int, words: str
) -> None:
    found = problems(text)
    assert len(found) == 1
    assert words in found[0][2]
    assert found[0][:2] == (line, column)


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert problems(bomb) == [(1, 4, "anchors (&name) are not allowed; write the value out where it is used")]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("schema: 1", "schema: 2", "newer coach"),
        ("schema: 1", "schema: 1.0", "schema must be 1"),
        ("schema: 1\n", "", "does not begin with schema"),
        ("deload: [4, 8]", "deloads: [4, 8]", "did you mean 'deload'"),
        ("weeks: 12\n", "weeks: twelve\n", "whole number from 1 to 52, not 'twelve'"),
        ("rpe: 2-4", "rpe: 2-11", "range within 0-8"),
        ("rpe: 2-4", "rpe: 4-2", "range within 0-8"),
        ("sets: 1-2", "sets: 1-9", "range within 1-4"),
        ("name: Prepare", "name: ''", "text of 1 to 60"),
        ("ladders: [mob, bre]", "ladders: []", "at least one entry"),
        ("ladders: [mob, bre]", "ladders: mob", "must be a list"),
        ("id: settle", "id: Settle down", "lower-case"),
        (
            "    aim: Understand your pain, find movements that feel safe, start the habit.\n",
            "",
            "has no 'aim'",
        ),
        ("weeks: 3-4", "weeks: 4-4", "begins in week 4, expected 3"),
        ("weeks: 12-12", "weeks: 12-13", "begins in week 13, expected 14"),
        ("weeks: 12\n", "weeks: 10\n", "no phase ends with week 10"),
        ("{slot: 2,", "{slot: 1,", "each stand once"),
    ],
)
def test_what_is_wrong_is_said_with_what_was_expected(old: str, new: str, words: str) -> None:
    found = problems(changed(old, new))
    assert any(words in message for _, _, message in found), found


def test_several_errors_come_at_once_in_order_with_the_exact_place() -> None:
    text = changed("deload: [4, 8]", "deload: [4, x]").replace("minutes: 10-20", "minuets: 10-20")
    lines = text.splitlines()
    found = problems(text)
    assert len(found) == 3
    assert found[0][:2] == (5, lines[4].index("x") + 1)
    place = next(i for i, line in enumerate(lines, 1) if "minuets" in line)
    assert (place, lines[place - 1].index("minuets") + 1) in [each[:2] for each in found]
    assert any("did you mean 'minutes'" in each[2] for each in found)
    assert found == sorted(found, key=lambda each: each[:2])


def test_keys_for_others_are_left_alone() -> None:
    text = changed("title: A balanced start", "title: A red start\nx-mine: [anything, {a: b}]")
    assert read_template(text, "mine.yaml").title == "A red start"


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab:-[]{},&*!?|>'\"#% \n\t1\x07é"), max_size=60))
def test_any_text_is_a_plan_or_a_plan_file_error(text: str) -> None:
    with pytest.raises(PlanFileError) as caught:
        read_template(text, "mine.yaml")
    assert all(each.line >= 1 and each.column >= 1 and each.message for each in caught.value.problems)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(BALANCED) - 1), st.sampled_from("&*!:{[\n\t\x1b"))
def test_a_changed_character_never_crashes_the_reader(place: int, character: str) -> None:
    text = BALANCED[:place] + character + BALANCED[place + 1 :]
    try:
        assert read_template(text, "mine.yaml").weeks == 12
    except PlanFileError as error:
        assert error.problems  # noqa: PT017


@pytest.mark.parametrize("name", built_in())
def test_what_is_kept_beside_a_built_in_plan_is_what_it_says(name: str) -> None:
    text = built_in_text(name)
    kept = from_json(packaged("programs", "templates", f"{name}.json").read_bytes(), Ready)
    assert kept.of == digest(text), "run: python tools/shapes.py"
    assert load_template(name) == kept.shape == read_shape(name, text), "run: python tools/shapes.py"


def test_a_built_in_plan_that_was_changed_is_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    text = changed("title: A balanced start", "title: Another start")
    monkeypatch.setattr(builtin, "built_in_text", lambda _: text)
    assert load_template.__wrapped__("balanced").title == "Another start"
