"""The exercise texts are whole, plain, and say nothing that they must not (``clinical.md`` 5.2, 9).

One case a ladder, so that ``-k bre`` checks the file of one ladder alone.
"""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from statistics import mean

import pytest

from coach.model.exercise import Exercise, Ladder
from coach.model.noun import from_doc
from coach.programs.readability import GRADE_PART, grade, sentences, syllables, words

LADDERS = (
    "bre", "pel", "dis", "bal", "neu", "dir", "mob", "hng", "sqt",
    "lun", "glu", "ant", "lat", "ext", "car", "rot", "aer",
)  # fmt: skip
PROSE = ("setup", "breath", "feel", "not_feel", "stop")
NOISE = {"quiet", "some"}

LONGEST_STRING = 200
LONGEST_SENTENCE = 24
MEAN_SENTENCE = 14
GRADE_WHOLE = 7.0
"""About the reading age of 12 that every text of coach keeps to."""

BANNED = re.compile(
    r"\b(cures?|cured|fix|fixes|realign\w*|unstable|slipped|out of place|weak cores?|degenerat\w+|proven"
    r"|studies show|guarantees?d?)\b",
    re.IGNORECASE,
)
RECOVERY_SHARE = re.compile(
    r"(%|per ?cent)[^.]*\b(recover|heal|faster|better)|\b(recover|heal|faster|better)[^.]*(%|per ?cent)",
    re.IGNORECASE,
)


def ladder(name: str) -> Ladder:
    source = files("coach") / "programs" / "exercises" / f"{name}.toml"
    return from_doc(tomllib.loads(source.read_text(encoding="utf-8")), Ladder)


def prose(exercise: Exercise) -> list[str]:
    """Everything written in whole sentences, in the order in which it is read."""
    texts = [exercise.setup, *exercise.steps]
    texts += [getattr(exercise, field) for field in PROSE[1:]]
    return [*texts, *exercise.instead.values()]


def shown(exercise: Exercise) -> list[str]:
    """Everything that a person gets to see, with the names and the short phrases."""
    short = [exercise.name, exercise.space, exercise.noise, *exercise.cues, *exercise.errors]
    return [*short, *prose(exercise)]


def keys(exercises: list[Exercise], field: str) -> list[tuple[str, ...]]:
    """One comparable value an exercise: small differences of case and stops do not count."""
    found = []
    for exercise in exercises:
        value = getattr(exercise, field)
        lines = (value,) if isinstance(value, str) else value
        found.append(tuple(" ".join(words(line)).lower() for line in lines))
    return found


@pytest.mark.parametrize(
    ("word", "count"),
    [("knee", 1), ("side", 1), ("slowly", 2), ("raised", 1), ("lifted", 2), ("breathes", 1), ("little", 2),
     ("muscles", 2), ("exercise", 3), ("shoulder", 2), ("pelvis", 2), ("the", 1), ("12", 1)],
)  # fmt: skip
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_grade_tells_plain_from_hard() -> None:
    plain = ["Lie on your back. Bend your knees. Breathe out as your back sinks down."]
    hard = [
        "Maintain lumbopelvic co-contraction throughout the progressively increasing amplitude of movement."
    ]
    assert grade(plain) < 2
    assert grade(hard) > 16


@pytest.mark.parametrize(
    "text", ["This will cure you.", "A weak core", "Fix your back", "out of place", "proven"]
)
def test_banned_words_are_found(text: str) -> None:
    assert BANNED.search(text)


def test_words_that_only_look_banned_pass() -> None:
    assert not BANNED.search("A secure, fixture-like hold with a steady core, in place.")


@pytest.mark.parametrize("name", LADDERS)
def test_every_text_is_there(name: str) -> None:
    missing = [
        f"{exercise.id}.{field}"
        for exercise in ladder(name).exercises
        for field in (*PROSE, "name", "steps", "cues", "errors", "space", "noise")
        if not getattr(exercise, field)
    ]
    assert missing == []


@pytest.mark.parametrize("name", LADDERS)
def test_counts_and_marks(name: str) -> None:
    wrong = []
    for exercise in ladder(name).exercises:
        wrong += [
            f"{exercise.id}: {what}"
            for what, good in {
                "2 to 5 steps": 2 <= len(exercise.steps) <= 5,
                "one sentence a step": all(len(sentences(step)) == 1 for step in exercise.steps),
                "at most 3 cues": 1 <= len(exercise.cues) <= 3,
                "setup of 1 or 2 sentences": 1 <= len(sentences(exercise.setup)) <= 2,
                "breath of one sentence": len(sentences(exercise.breath)) == 1,
                "noise": exercise.noise in NOISE,
                "sentences end": all(text.endswith((".", "!", "?")) for text in prose(exercise)),
                "a cue is a phrase": not any(cue.endswith(".") for cue in exercise.cues),
                "a string fits": all(len(text) <= LONGEST_STRING for text in shown(exercise)),
                "printable, single spaces": all(
                    text.isprintable() and "  " not in text and text == text.strip()
                    for text in shown(exercise)
                ),
            }.items()
            if not good
        ]
    assert wrong == []


@pytest.mark.parametrize("name", LADDERS)
def test_substitutes_are_for_equipment_of_the_exercise(name: str) -> None:
    """``floor`` is the way without getting down to the floor."""
    wrong = [
        f"{exercise.id}: {key}"
        for exercise in ladder(name).exercises
        for key in exercise.instead
        if key not in {*exercise.equipment, "floor"}
    ]
    assert wrong == []


@pytest.mark.parametrize("name", LADDERS)
def test_sentences_are_short(name: str) -> None:
    wrong = []
    for exercise in ladder(name).exercises:
        lengths = {part: len(words(part)) for text in prose(exercise) for part in sentences(text)}
        wrong += [f"{exercise.id}: {part}" for part, count in lengths.items() if count > LONGEST_SENTENCE]
        if not lengths or mean(lengths.values()) > MEAN_SENTENCE:
            wrong.append(f"{exercise.id}: sentences too long on average")
    assert wrong == []


@pytest.mark.parametrize("name", LADDERS)
def test_reading_ease(name: str) -> None:
    """Holds for an exercise as a whole, and more loosely for each of its texts."""
    too_hard = {}
    for exercise in ladder(name).exercises:
        parts = {field: [getattr(exercise, field)] for field in PROSE} | {"steps": list(exercise.steps)}
        parts |= {f"instead.{key}": [text] for key, text in exercise.instead.items()}
        grades = {f"{exercise.id}.{part}": grade(texts) for part, texts in parts.items() if any(texts)}
        too_hard |= {part: round(value, 1) for part, value in grades.items() if value > GRADE_PART}
        if grades and (whole := grade(prose(exercise))) > GRADE_WHOLE:
            too_hard[exercise.id] = round(whole, 1)
    assert too_hard == {}


@pytest.mark.parametrize("name", LADDERS)
def test_nothing_that_must_not_be_said(name: str) -> None:
    found = ladder(name)
    texts = [(found.id, found.name), (found.id, found.purpose)]
    texts += [(exercise.id, text) for exercise in found.exercises for text in shown(exercise)]
    assert [(id_, text) for id_, text in texts if BANNED.search(text) or RECOVERY_SHARE.search(text)] == []


@pytest.mark.parametrize("field", ["name", "setup", "steps", "cues"])
@pytest.mark.parametrize("name", LADDERS)
def test_no_two_exercises_read_the_same(name: str, field: str) -> None:
    """Compares a ladder with all ladders, itself included."""
    own = keys(list(ladder(name).exercises), field)
    everything = keys([exercise for each in LADDERS for exercise in ladder(each).exercises], field)
    assert [value for value in own if any(value) and everything.count(value) > 1] == []


def test_all_ladders_are_there() -> None:
    folder = files("coach") / "programs" / "exercises"
    assert {path.name for path in folder.iterdir() if path.name.endswith(".toml")} == {
        f"{n}.toml" for n in LADDERS
    }
