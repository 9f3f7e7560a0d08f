"""What the safety screen says: one screen in an emergency, a page for the clinician, plain words."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from safety_case import DAY, clear, screen

from coach.questionnaires.catalogue import load_instruments
from coach.questionnaires.rules import load_rules
from coach.questionnaires.safety import caution_banner, clinician_text, emergency_text, summary, triage

EMERGENCIES = {
    "rf01": {"rf01": "yes"},
    "rf02": {"rf02": "yes", "rf02_recent": "yes"},
    "rf05a": {"rf05a": "yes", "rf05a_new": "yes", "rf05a_rest": "yes"},
    "rf06c": {"rf06c": "unsure", "rf06c_spread": "unsure"},
    "rf07": {"rf07": "yes", "rf07_hours": 2},
    "rf08": {"rf08": "unsure", "rf08b": "unsure"},
    "rf09": {"rf09": "yes"},
    "rf11": {"rf11": "unsure", "rf11_worse": "unsure"},
    "rf19": {"rf19": "yes", "rf19_emergency": "yes"},
    "ca": {"rf12": "yes", "rf05b": "yes"},
    "inf": {"rf08": "yes", "rf14": "yes", "rf36": "yes"},
}
BANNED = (
    "cure|fix|realign|unstable|slipped|out of place|weak core|degenerat|proven|studies show|research shows"
)


def fits(text: str) -> bool:
    lines = text.splitlines()
    return len(lines) <= 20 and max(map(len, lines)) <= 60


@pytest.mark.parametrize("rule", EMERGENCIES)
def test_each_emergency_fits_one_screen_and_says_where_to_go_and_why(rule):
    result = screen(**EMERGENCIES[rule])
    text = emergency_text(result)
    assert fits(text)
    flat = " ".join(text.split())
    assert "emergency department" in flat
    assert "112 / 911 / 999 or your local number" in flat
    fired = next(each for each in result.fired if each.id == rule)
    assert fired.reason in flat
    assert "No plan was made" in flat


def test_many_emergencies_still_fit_one_screen():
    for some in combinations(EMERGENCIES, 4):
        answers = {key: value for name in some for key, value in EMERGENCIES[name].items()}
        for help_too in ({}, {"rf28": "yes"}):
            assert fits(emergency_text(screen(**answers, **help_too)))


def test_thoughts_of_self_harm_get_words_of_their_own():
    text = emergency_text(screen(rf28="yes"))
    assert fits(text)
    assert "harming yourself" in text
    assert "crisis line" in " ".join(text.split())
    assert "back pain" not in text


def test_both_instructions_are_shown_the_physical_one_first():
    text = " ".join(emergency_text(screen(rf28="yes", rf21="yes")).split())
    assert text.index("Go to the nearest") < text.index("harming yourself")
    assert "crisis line" in text


def test_no_emergency_no_emergency_page():
    assert emergency_text(screen(rf13="yes")) == ""
    assert clinician_text(screen(rf14="yes")) == ""
    assert clinician_text(screen()) == ""
    assert caution_banner(screen(rf13="yes")) == ""


def test_the_clinician_page_has_urgency_reasons_and_kit():
    text = clinician_text(screen(rf13="yes", rf22="yes", rf12="yes"))
    flat = " ".join(text.split())
    assert flat.startswith("Please see or phone a doctor today.")
    assert "Weight loss without trying." in flat
    assert "waves of pain" in flat
    assert "no exercises" in flat
    assert "you can walk" in " ".join(clinician_text(screen(rf13="yes")).split())
    lessons = " ".join(clinician_text(screen(rf20="yes", rf20_weeks=2)).split())
    assert "lessons" in lessons
    assert "walk" not in lessons
    assert "adults" in clinician_text(screen(age=15))


def test_the_banner_has_reasons_and_when_to_seek_care():
    text = " ".join(caution_banner(screen(rf16="yes", sex="male")).split())
    assert "Thin bones" in text
    assert "Seek help at once" in text


def test_the_summary_has_every_answer_that_counts_and_none_that_does_not():
    answers = clear(rf02="yes", rf02_recent="no", rf02_examined="no", rf08="no", rf08c="yes", rf01="unsure")
    answers["rf01_again"] = "no"
    text = summary(triage(answers, today=DAY), answers, load_instruments())
    assert "[rf02_examined]" in text
    assert "[rf08c]" not in text, "the question was not in force"
    assert "Result: To be seen before exercise begins (same day)" in text
    assert "RF02: A change in passing water that has not been examined." in text
    line = text.splitlines()[text.splitlines().index(next(s for s in text.splitlines() if "[rf01]" in s)) + 1]
    assert line.strip() == "no (asked again)"
    assert "FX 1" in text
    assert summary(triage(answers, today=DAY), answers) == text


def test_nothing_we_say_uses_a_banned_word_or_a_path():
    book = load_rules()
    words = [o.reason + o.advice for rule in book.rules for o in rule.outcomes]
    words += [b.reason + b.advice + b.prompt for c in book.combinations for b in c.bands]
    words += [p.text for p in book.prompts] + list(book.advice.values())
    for each in load_instruments():
        if each.id in ("about", "safety", "neuro_safety", "mini_screen", "rescreen", "signals"):
            words += [" ".join([i.text, i.why, i.help, i.re_ask]) for i in each.items]
    words += [emergency_text(screen(**answers)) for answers in EMERGENCIES.values()]
    words += [emergency_text(screen(rf28="yes")), clinician_text(screen(rf13="yes"))]
    for text in words:
        assert not re.search(rf"\b({BANNED})", text.lower()), text
    assert len(words) > 150


def test_every_safety_question_says_why_it_is_asked():
    for each in load_instruments():
        if each.id in ("about", "safety", "neuro_safety", "mini_screen", "rescreen", "signals"):
            assert [i.id for i in each.items if not i.why] == []
            assert [i.id for i in each.items if len(i.text) > 260] == []


def test_reasons_have_their_thresholds_written_out():
    assert "18" in screen(age=12).fired[0].reason
    assert not [r for r in screen(age=80, sex="male", rf33="yes").fired if "{" in r.reason]
