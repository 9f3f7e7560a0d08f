"""Checking, previewing and comparing plan files before they are handed out."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from planfile_texts import DESK, WIDER, file

from coach import Coach
from coach.draw.handed import checked
from coach.problems import NothingToDo, Withheld
from coach.programs.doseadvice import Advice
from coach.programs.filetests import Tried, run
from coach.programs.library import load_library
from coach.programs.planfile import load_template, read_plan_file, template_of
from coach.programs.steering import steered, tailored

START = date(2026, 11, 23)


@pytest.fixture
def nobody(tmp_path: Path) -> Coach:
    """A therapist's home, in which no plan runs."""
    return Coach.open(tmp_path / "home", today=START, at=f"{START}T08:00:00+00:00")


def advice(coach: Coach, text: str) -> dict[str, list[Advice]]:
    found: dict[str, list[Advice]] = {}
    for each in coach.check_plan_file(text.encode(), "plan.yaml").advice:
        assert isinstance(each, Advice)
        found.setdefault(each.kind, []).append(each)
    return found


def with_tests(text: str) -> str:
    return DESK + "tests:\n" + text


def tried(text: str) -> tuple[Tried, ...]:
    library = load_library()
    read = read_plan_file(text, "plan.yaml", library)
    shape = steered(template_of(read), load_template("balanced"), read)
    assert shape.orders is not None
    return run(shape.orders.file.tests, shape, tailored(library, shape.orders))


# ---- tests inside the file ------------------------------------------------------------------------


def test_a_good_week_rises_and_sore_mornings_do_not() -> None:
    done = tried(
        with_tests(
            """  - name: A good week goes on
    week: 2
    expect: [hng rises, plan does not fall]
  - name: Two sore mornings never progress
    week: 2
    given: {morning_after: [2, 2]}
    expect: [hng does not rise, hng falls]
  - name: Over the pain ceiling it is cut
    week: 2
    given: {worst_pain: [5]}
    expect: [hng falls]
  - name: Three short nights hold the hinge
    week: 2
    given: {sleep_hours: [5, 5, 5]}
    expect: [hng holds]
  - name: Unsure weeks hold everything
    week: 2
    given: {ask.sure: 2}
    expect: [plan does not rise]
"""
        )
    )
    assert [(each.name, each.lines) for each in done if not each.passed] == []
    assert len(done) == 5


def test_a_test_that_the_file_does_not_keep_fails_and_says_why() -> None:
    wrong = with_tests("  - {name: It always grows, week: 2, given: {rpe: [9, 9]}, expect: [hng rises]}\n")
    (done,) = tried(wrong)
    assert not done.passed
    assert "hng_2 falls" in done.lines[0]
    assert "[r08]" in done.lines[0]


def test_the_safety_floor_holds_where_the_file_says_nothing() -> None:
    bare = "schema: 1\nid: bare\ntitle: Bare\nextends: balanced\ntests:\n"
    done = tried(
        bare
        + "  - {name: Red mornings cut, week: 2, given: {morning_after: [3, 3]}, expect: [hng falls]}\n"
        + "  - {name: Poor form, week: 2, given: {form: [2, 2, 2]}, expect: [hng does not rise]}\n"
        + "  - {name: Half the sets, week: 2, given: {done: [50, 50, 50]}, expect: [hng holds]}\n"
    )
    assert [each.lines for each in done if not each.passed] == []


# ---- advice ---------------------------------------------------------------------------------------


def test_caps_beyond_the_floor_are_shown_with_what_is_used(nobody: Coach) -> None:
    text = DESK.replace("2-3 x 8-12", "2-9 x 8-40").replace("rungs: 1\n", "rungs: 9\n  rise: 50 %\n")
    text += "flare: {back: '90 %, 95 %'}\ngap:\n  - {days: 8-14, resume: 100 %}\n"
    found = {each.written: each for each in advice(nobody, text)["cap"] if each.written}
    assert found["9 sets"].used == "4"
    assert found["40 reps"].used.startswith("15")
    assert found["40 reps"].origin == "clinical.md 5.2"
    assert found["rise 50 %"].used.startswith("15 %")
    assert found["back 90 %"].used == "70 %"
    assert found["100 % after 8 days"].used == "80 %"
    assert found["rungs 9"].used == "2, later 3"


def test_what_never_happens_is_said(nobody: Coach) -> None:
    text = DESK.replace("hng_1 > hng_2 > hng_3", "hng_1 > hng_2 > hng_5").replace("8-12, rest", "8-10, rest")
    said = " ".join(each.text for each in advice(nobody, text)["never"])
    assert "hng_2 ends at 10 reps, short of the 15" in said
    held = " ".join(each.text for each in advice(nobody, DESK.replace("rungs: 1\n", "rungs: 0\n"))["never"])
    assert "lat stays on its first rung" in held
    between = " ".join(each.text for each in advice(nobody, text)["cap"])
    assert "hng_3 and hng_4 are used on the way" in between


def test_a_steep_week_and_a_hard_text_are_said(nobody: Coach) -> None:
    text = DESK.replace(
        "dose: 1-2 x 6-8\n", "dose: 1-2 x 6-15\n    by_week:\n      weeks 1-2: 1 x 6\n      week 3: 3 x 15\n"
    ).replace(
        "Move a little every hour.",
        "Subsequently neuromuscular reconditioning unquestionably necessitates "
        "progressively individualised biopsychosocial interventions.",
    )
    found = advice(nobody, text)
    assert any("week 3 begins at 45" in each.text for each in found["steep"])
    assert any(each.about == "patient" for each in found["text"])
    assert "steep" not in advice(nobody, DESK)
    assert "text" not in advice(nobody, DESK)


def test_what_a_person_cannot_do_is_said_in_their_home(nobody: Coach, answers: dict[str, Any]) -> None:
    text = DESK.replace("  - id: lat_2\n", "  - id: lat_2\n  - id: aer_6\n")
    assert "person" not in advice(nobody, text)
    nobody.assess({**answers, "equipment": ["mat"]})
    assert any("aer_6" in each.text and "bike" in each.text for each in advice(nobody, text)["person"])


# ---- preview --------------------------------------------------------------------------------------


def test_a_preview_is_what_is_then_prescribed(nobody: Coach, answers: dict[str, Any]) -> None:
    made_up = nobody.preview_plan_file(file(), "desk.yaml")
    assert made_up.made_up
    assert [each.number for each in made_up.weeks] == list(range(1, 13))
    nobody.assess(answers)
    seen = nobody.preview_plan_file(file(), "desk.yaml")
    assert not seen.made_up
    nobody.apply_plan_file(file(), "desk.yaml")
    _, weeks = nobody.weeks()
    assert seen.weeks == weeks
    assert seen.ceilings["5"]["glu_2"] == "2 x 8"


def test_the_page_escapes_what_a_file_says(assessed: Any, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(DESK.replace("Push through the heels.", "'a < b & c > d *[x](y)* ok'"))
    page = assessed("planfile", "preview", str(path), "--format", "html")
    assert page.returncode == 0, page.stderr
    assert "a &lt; b &amp; c &gt; d" in page.stdout
    assert "<script" not in page.stdout
    assert "Content-Security-Policy" in page.stdout
    assert "Hip bridge on the rug" in page.stdout
    plain = assessed("planfile", "preview", str(path), "--format", "md", "--week", "1").stdout
    assert plain.startswith("# Strong enough")
    assert r"\*\[x\](y)\*" in plain
    assert len(re.findall(r"^## ", plain, re.MULTILINE)) == 1
    assert assessed("planfile", "preview", str(path), "--week", "40").returncode == 2
    assert assessed("planfile", "preview", str(path), "--format", "pdf").returncode == 2


# ---- differences ----------------------------------------------------------------------------------


def test_differences_are_told_in_clinical_words(nobody: Coach) -> None:
    new = WIDER.replace("until_week: 10", "until_week: 12").replace(
        "reduce 30 % for 7 days", "reduce 50 % for 7 days"
    )
    new = new.replace("  - id: lat_2\n", "").replace("pain: 4", "pain: 3")
    lines = nobody.compare_plan_files((file(), "a.yaml"), (new.encode(), "b.yaml"))
    said = "\n".join(lines)
    assert "Hip bridge on the rug, dose: 1-2 x 6-8 -> 2 x 10-15" in said
    assert "Side-lying hip lift is no longer there" in said
    assert "pain ceiling: 4 -> 3" in said
    assert "The patient may: shorten, skip, hold -> swap, shorten, skip, hold" in said
    assert "Rule sore_mornings, then: reduce 30 % for 7 days" in said
    assert "up to week: 10 -> 12" in said
    assert len(lines) == 6
    assert nobody.compare_plan_files((file(), "a"), (file(), "b")) == (
        "Nothing is different for the patient.",
    )


def test_one_file_is_held_against_the_plan_that_runs(nobody: Coach, answers: dict[str, Any]) -> None:
    with pytest.raises(NothingToDo):
        nobody.compare_plan_files(None, (file(), "a.yaml"))
    nobody.assess(answers)
    nobody.apply_plan_file(file(), "desk.yaml")
    lines = nobody.compare_plan_files(None, (file(WIDER), "b.yaml"))
    assert any("Hip bridge" in each for each in lines)


# ---- signatures -----------------------------------------------------------------------------------


def signed(data: bytes, key: bytes) -> bytes:
    from coach.cases.planfiles import read
    from coach.cases.signing import sign

    return sign(data, read(data, "desk.yaml"), key)[0].encode()


def new_key() -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())


CLEARED = DESK + "cleared: {by: A. Example, on: 2026-11-20, tags: [flex]}\n"


def test_only_a_signed_file_lifts_a_direction_tag(nobody: Coach, answers: dict[str, Any]) -> None:
    nobody.assess(answers)
    assert "flex" in nobody.plan().tags
    data = file(CLEARED)
    assert nobody.apply_plan_file(data, "desk.yaml", dry_run=True).plan.lifted == ()
    key = new_key()
    done = nobody.apply_plan_file(data, "desk.yaml", signature=signed(data, key))
    assert done.plan.lifted == ("flex",)
    assert (done.file.seal, done.file.signer) == ("signed", "Example Physio")
    again = nobody.apply_plan_file(data, "desk.yaml", signature=signed(data, key), dry_run=True)
    assert not again.changed
    assert again.file.seal == "trusted"
    other = data.replace(b"dis_2", b"dis_1")
    with pytest.raises(Withheld):
        nobody.apply_plan_file(other, "desk.yaml", signature=signed(data, key))
    with pytest.raises(Withheld):
        nobody.apply_plan_file(other, "desk.yaml", signature=signed(other, new_key()))
    assert nobody.plan().file == "f001"
    assert {each.status for each in nobody.replay().lines} == {"same"}


def test_a_file_changed_after_it_was_signed_is_advised_to_be_signed_again(nobody: Coach) -> None:
    data = file()
    mark = signed(data, new_key())
    fits = nobody.check_plan_file(data, "desk.yaml", signature=mark)
    changed = nobody.check_plan_file(data + b"# a line more\n", "desk.yaml", signature=mark)
    said = [each.text for each in changed.advice if isinstance(each, Advice) and each.about == "signature"]
    assert len(said) == 1
    assert len(changed.advice) == len(fits.advice) + 1


def test_own_ids_are_known_wherever_a_file_names_them() -> None:
    (done,) = tried(
        """schema: 1
id: own
title: Own words
extends: balanced
exercises:
  - {id: box_lift, like: hng_2, title: Lift the box}
  - {id: easy_lie, like: dir_8, title: Lie down easily}
rules:
  - {id: box, scope: box_lift, when: worst_pain >= 3, then: [reduce 20 %], say: Hold the box.}
flare: {kit: [dir_8]}
tests:
  - {name: The box is trimmed, week: 2, given: {worst_pain: "3"}, expect: [box_lift falls]}
"""
    )
    assert done.lines == ()


def test_days_and_minutes_over_the_floor_are_shown_with_what_is_used(nobody: Coach) -> None:
    text = DESK.replace("choose: listed\n", "choose: listed\ndays: 2-6\nminutes: 15-90\n", 1)
    found = {each.about: each for each in advice(nobody, text)["cap"]}
    assert (found["days"].written, found["days"].used) == ("6 a week", "5")
    assert (found["minutes"].written, found["minutes"].used) == ("90 min a session", "40")
    assert {"days", "minutes"}.isdisjoint(each.about for each in advice(nobody, DESK).get("cap", []))


def test_a_check_tells_the_minutes_of_the_weeks(nobody: Coach) -> None:
    found = nobody.check_plan_file(DESK.encode(), "desk.yaml")
    weeks = nobody.preview_plan_file(DESK.encode(), "desk.yaml").weeks
    assert [each.minutes for each in found.minutes] == [
        round(sum(session.minutes for session in each.sessions)) for each in weeks
    ]
    assert [each.week for each in found.minutes if each.easier] == [4, 8]
    said = "\n".join(checked("desk.yaml", found))
    usual = {each.minutes for each in found.minutes if not each.easier}
    assert f"grows: {min(usual)}" in said
    assert "in lighter weeks: 4 and 8), and" in said
    none = nobody.check_plan_file(DESK.replace("minutes: 25", "minutes: 5").encode(), "desk.yaml")
    assert "No week has sessions" in "\n".join(checked("desk.yaml", none))
