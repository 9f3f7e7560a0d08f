"""The library against the reference table, and what is allowed to whom."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from msgspec.structs import replace
from programs_case import EQUIPMENT, LIBRARY, SURGERY, TABLE, TEMPLATE, person, wishes

from coach.model.exercise import Exercise, Reason
from coach.model.plan import Plan
from coach.programs.allowed import Context, notes, why_not
from coach.programs.library import LADDERS
from coach.programs.prescribe import prescribe
from coach.programs.prescription import standing, start_dose, target_rpe
from coach.programs.rungs import next_rung, previous_rung, swap_target

ALL = Context(equipment=frozenset({*EQUIPMENT, "wall", "chair", "pillow", "table", "shoes"}))
OPEN = replace(
    ALL,
    gates=("dis_5_a6", "heavy_hinge", "sqt_3_a6", "car_2_a3", "neu_5_slump", "ext_4_a1", "bal_2_a2",
           "rot_2_a1", "aer_4_a5"),
    wishes=("aer_7",),
    eased=("flexion", "extension", "side"),
)  # fmt: skip
BANNED = re.compile(
    r"\bcure|\bfix|realign|unstable|slipped|out of place|weak core|degenerat|proven|studies show",
    re.IGNORECASE,
)


def amount(exercise: Exercise) -> str:
    """Write the amount of one set as the table has it."""
    dose = exercise.dose
    if dose.reps is not None:
        return f"{dose.reps}x{dose.hold_s}s" if dose.hold_s else str(dose.reps)
    units = ("hold_s", "s"), ("metres", "m"), ("minutes", "min"), ("rounds", "rounds")
    return next(f"{getattr(dose, name):g}{unit}" for name, unit in units if getattr(dose, name) is not None)


def row(exercise: Exercise) -> dict[str, str]:
    """Write an exercise as its row of the table."""
    avoid = " ".join(
        f"{each.tag}:{each.qualifier}" if each.qualifier else each.tag for each in exercise.avoid
    )
    heavy = any(
        exercise.ladder == each.ladder and exercise.rung >= each.first and "heavy_hinge" in each.any
        for each in LIBRARY.building.gates
    )
    return {
        "id": exercise.id,
        "equipment": " ".join(exercise.equipment),
        "avoid": avoid,
        "sets": str(exercise.dose.sets),
        "amount": amount(exercise),
        "sides": str(exercise.dose.sides),
        "directions": str(exercise.dose.directions),
        "tempo": "-".join(map(str, exercise.dose.tempo)),
        "vary": exercise.vary or "",
        "top": f"{exercise.top:g}" if exercise.top is not None else "",
        "f_least": str(exercise.frequency[0]),
        "f_most": str(exercise.frequency[1]),
        "rpe_low": f"{exercise.dose.rpe[0]:g}",
        "rpe_high": f"{exercise.dose.rpe[1]:g}",
        "advance": exercise.advance,
        "regress": exercise.regress,
        "gate_bw": f"{exercise.gate_bw:g}" if exercise.gate_bw is not None else "",
        "heavy": "yes" if heavy else "",
    }


@pytest.mark.parametrize("name", TABLE)
def test_each_row_of_the_table_is_the_data(name: str) -> None:
    assert row(LIBRARY.exercises[name]) == TABLE[name]


def test_there_are_119_exercises_in_17_ladders() -> None:
    assert len(LIBRARY.exercises) == len(TABLE) == 119
    assert tuple(LIBRARY.ladders) == LADDERS
    assert len(LADDERS) == 17
    for ladder in LIBRARY.ladders.values():
        assert [each.rung for each in ladder.exercises] == list(range(1, len(ladder.exercises) + 1))
        assert {each.ladder for each in ladder.exercises} == {ladder.id}
        assert {each.component for each in ladder.exercises} == {ladder.component}
    assert re.fullmatch(r"[0-9a-f]{16}", LIBRARY.version)


def test_direction_labels_are_those_of_5_1() -> None:
    labelled = {way: {e.id for e in LIBRARY.exercises.values() if e.direction == way} for way in
                ("flexion", "extension", "side")}  # fmt: skip
    assert labelled["flexion"] == {"dir_4", "dir_5", "dir_6", "mob_6", "mob_9", "ant_3"}
    assert labelled["extension"] == {"dir_1", "dir_2", "dir_3", "ext_1", "ext_6", "ext_7", "ext_8", "dis_6"}
    assert labelled["side"] == {"dir_7", "mob_2", *(f"rot_{n}" for n in range(1, 7))}


def test_all_that_the_rules_name_exists() -> None:
    building = LIBRARY.building
    named = {e for group in building.swap["directions"] for e in group} | set(building.surgery)
    named |= {e for ids in building.choose.values() for e in ids} | set(building.floor_variants.values())
    assert named <= set(LIBRARY.exercises)
    ladders = {e for group in building.swap["groups"] for e in group} | {g.ladder for g in building.gates}
    ladders |= {e for ids in (*building.priority.values(), *building.tests.values()) for e in ids}
    assert ladders <= set(LADDERS)
    tags = {avoid.tag for each in LIBRARY.exercises.values() for avoid in each.avoid} | {"surg"}
    assert tags <= set(building.tags)
    assert set(building.surgery) == SURGERY
    for constant in building.constants.values():
        assert constant.evidence in ("V", "K", "D")
        assert constant.unit
        assert constant.source


def test_twelve_lessons_are_short_and_careful() -> None:
    lessons = LIBRARY.lessons
    assert [lessons[each].week for each in TEMPLATE.lessons] == list(range(1, 13))
    assert len(lessons) == 12
    for lesson in lessons.values():
        assert 120 <= len(lesson.text.split()) <= 250, lesson.id
        assert lesson.question.endswith("?")
        assert len(lesson.answer) > 20
        assert re.search(r"\b[VKD]: ", lesson.sources), lesson.id
        assert not BANNED.search(" ".join((lesson.title, lesson.text, lesson.question, lesson.answer))), (
            lesson.id
        )
        sentences = [len(each.split()) for each in re.split(r"[.!?:]\s", lesson.text) if each.strip()]
        assert sum(sentences) / len(sentences) < 14, lesson.id


def test_habits_have_four_levels_that_do_not_get_easier() -> None:
    assert len(LIBRARY.goals) == 8
    for goal in LIBRARY.goals.values():
        assert len(goal.levels) == 4
        assert not BANNED.search(" ".join((goal.name, goal.why, *(each.text for each in goal.levels))))
        assert goal.source
    days = {name: [each.per_week for each in goal.levels] for name, goal in LIBRARY.goals.items()}
    assert days["rise_time"] == [4, 5, 6, 7]
    assert days["wind_down"] == [3, 4, 5, 6]
    assert days["breathing"] == [3, 5, 5, 7]
    assert days["sit_breaks"][:3] == [3, 4, 5]


def test_no_text_of_the_builder_or_the_template_promises_anything() -> None:
    root = files("coach.programs")
    for name in ("builder.toml", "templates/balanced.yaml"):
        assert not BANNED.search(root.joinpath(name).read_text(encoding="utf-8")), name


@pytest.mark.parametrize(
    ("exercise", "context", "allowed"),
    [
        ("hng_4", {"tags": ("ost",)}, True),  # only if neutral: the gate of DIS-5 is open
        ("hng_4", {"tags": ("ost",), "gates": ("mt_01_pass",)}, False),
        ("hng_9", {"tags": ("ost",)}, False),  # without supervision
        ("hng_9", {"tags": ("ost",), "lifted": ("without_supervision",)}, True),
        ("glu_2", {"tags": ("preg",)}, True),
        ("glu_2", {"tags": ("preg",), "qualifiers": ("late",)}, False),
        ("pel_1", {"tags": ("preg",), "qualifiers": ("flat_supine",)}, True),
        ("dir_8", {"tags": ("preg",), "qualifiers": ("flat_supine",)}, False),  # five minutes flat
        ("dir_8", {"tags": ("preg",)}, True),
        ("bal_1", {"tags": ("bal",)}, True),
        ("bal_3", {"tags": ("bal",)}, False),
        ("rot_5", {"tags": ("flex",), "week": 4}, False),
        ("rot_5", {"tags": ("flex",), "week": 5}, True),
        ("rot_1", {"tags": ("ost",)}, True),
        ("rot_4", {"tags": ("ost",)}, True),
        ("rot_5", {"tags": ("ost",), "week": 9}, False),
        ("ext_8", {"tags": ("ost",)}, True),
        ("ext_8", {"tags": ("ost",), "qualifiers": ("fracture",)}, False),
        ("aer_7", {"tags": ("htn",)}, False),
        ("aer_7", {"tags": ("htn",), "lifted": ("aer_7",)}, True),
        ("aer_7", {"wishes": ()}, False),
        ("aer_6", {"tags": ("flex",)}, True),
        ("bre_5", {"tags": ("htn",)}, True),
        ("ant_2", {"tags": ("pp",)}, True),
        ("ant_3", {"tags": ("pp",)}, False),
        ("ext_8", {"tags": ("surg",)}, False),
        ("ext_8", {"tags": ("surg",), "lifted": ("ext_8",)}, True),
        ("ext_6", {"tags": ("surg",)}, True),
        ("mob_1", {"since_waking": 30}, False),
        ("mob_1", {"since_waking": 60}, True),
        ("mob_1", {"tags": ("flex_am",)}, True),  # no time known: it says when
        ("mob_1", {"tags": ("flex_am",), "since_waking": 59}, False),
        ("mob_1", {"tags": ("flex_am",), "since_waking": 240}, True),
        ("hng_3", {"tags": ("acute",)}, False),
        ("dir_1", {"eased": ("flexion",)}, False),
        ("dir_4", {"eased": ("flexion",)}, True),
        ("dir_4", {"eased": ("flexion",), "qualifiers": ("direction_mixed",), "week": 9}, False),
        ("ext_6", {"qualifiers": ("direction_mixed",), "week": 2}, False),
        ("ext_6", {"qualifiers": ("direction_mixed",), "week": 3}, True),
        ("dis_2", {"floor": False}, False),
        ("dis_4", {"floor": False}, True),
        ("mob_5", {"floor": False}, True),
        ("ext_4", {"floor": False}, True),
        ("aer_6", {"equipment": frozenset({"shoes"})}, False),
        ("hng_6", {"equipment": frozenset()}, True),  # a backpack will do
        ("ext_8", {"equipment": frozenset()}, False),
    ],
)
def test_tags_qualifiers_floor_and_equipment(
    exercise: str, context: dict[str, object], allowed: bool
) -> None:
    why = why_not(LIBRARY.exercises[exercise], replace(OPEN, **context))
    assert (why is None) is allowed, why


@pytest.mark.parametrize(
    ("exercise", "gate"),
    [("hng_4", "dis_5_a6"), ("hng_7", "heavy_hinge"), ("hng_8", "heavy_hinge"), ("sqt_6", "sqt_3_a6"),
     ("car_4", "car_2_a3"), ("neu_5", "neu_5_slump"), ("ext_7", "ext_4_a1"), ("lun_4", "bal_2_a2"),
     ("rot_4", "rot_2_a1"), ("aer_7", "aer_4_a5")],
)  # fmt: skip
def test_gates_of_5_3_open_their_rungs(exercise: str, gate: str) -> None:
    shut = replace(OPEN, gates=tuple(each for each in OPEN.gates if each != gate))
    assert "opens with" in (why_not(LIBRARY.exercises[exercise], shut) or "")
    assert why_not(LIBRARY.exercises[exercise], OPEN) is None


def test_conditions_are_said_in_words() -> None:
    def said(name: str, **context: object) -> str:
        return notes(LIBRARY.exercises[name], replace(OPEN, **context))

    assert said("glu_2") == ""
    assert "hand on a wall" in said("bal_1", tags=("bal",))
    assert "on your side" in said("pel_1", tags=("preg",), qualifiers=("flat_supine",))
    assert said("pel_1", tags=("preg",)) == ""
    assert "hour after getting up" in said("mob_1")
    assert "Breathe out" in said("bre_5", tags=("htn",))
    assert "backpack" in said("hng_4", equipment=frozenset())


def test_ladders_are_climbed_in_their_order_and_end_below_a_barred_rung() -> None:
    def above(name: str, **context: object) -> str:
        found = next_rung(name, LIBRARY, replace(OPEN, **context))
        return found.id if found else ""

    assert above("neu_2") == "neu_4"  # 1, 2, 4, 5
    assert above("aer_5") == "aer_7"
    assert above("aer_5", wishes=()) == ""
    assert above("hng_9") == ""
    assert above("mob_1") == ""  # chosen by response
    assert above("lat_1", tags=("sho",)) == ""
    assert above("lun_1", equipment=frozenset()) == "lun_2"
    assert above("ext_5", tags=("ext",)) == ""  # two barred rungs follow
    assert above("dis_3", tags=("neur",)) == "dis_5"  # one unladen rung may be skipped
    assert above("sqt_2", tags=("kne",)) == ""
    assert above("sqt_6", tags=("bal",)) == ""  # never over a barred rung into load
    assert above("hng_3", gates=()) == ""  # never past a gate into load
    assert above("ant_2", tags=("pp",)) == "ant_4"
    assert above("sqt_3", tags=("acute",)) == ""  # the barred rung is a loaded one


def test_steps_back_go_to_the_nearest_allowed_rung() -> None:
    def below(name: str, **context: object) -> str:
        found = previous_rung(name, LIBRARY, replace(OPEN, **context))
        return found.id if found else ""

    assert below("hng_4") == "hng_3"
    assert below("hng_4", tags=("acute",)) == "hng_2"
    assert below("neu_4") == "neu_2"
    assert below("hng_1") == ""
    assert below("ext_2", tags=("ext",)) == ""
    for each in LIBRARY.exercises.values():
        easier = standing(each, each.dose, 2, Reason(rule="x", text=""), LIBRARY, OPEN, 1).easier
        assert len(easier) <= 2
        assert all(item.rung < each.rung and item.ladder == each.ladder for item in easier)


def level(name: str) -> Plan:
    each = LIBRARY.exercises[name]
    return standing(each, each.dose, 2, Reason(rule="x", text=""), LIBRARY, OPEN, 1)


@pytest.mark.parametrize(
    ("exercise", "in_use", "context", "expected"),
    [
        ("hng_1", (), {}, "sqt_1"),
        ("hng_1", ("sqt_2",), {}, ""),
        ("dis_3", (), {}, "pel_1"),
        ("dis_3", ("pel",), {}, "bal_1"),
        ("dis_3", ("pel", "bal"), {}, ""),
        ("dis_3", ("pel", "bal"), {"tags": ("neur",)}, "neu_1"),
        ("ant_5", ("lat_2",), {}, "ext_1"),
        ("ant_5", ("lat_2",), {"tags": ("ext",)}, ""),
        ("glu_2", (), {}, "lun_1"),
        ("car_2", (), {}, "rot_1"),
        ("bre_2", (), {}, "mob_2"),
        ("mob_2", ("bre",), {"eased": ()}, ""),
        ("mob_2", ("bre",), {"eased": ("extension",)}, "dir_1"),
        ("dir_4", (), {}, "dir_5"),
        ("dir_7", (), {}, ""),
        ("dir_1", (), {"tags": ("preg",)}, "dir_3"),
        ("aer_3", (), {}, "aer_6"),
        ("aer_3", (), {"equipment": frozenset({"shoes"})}, ""),
        ("aer_6", (), {}, "aer_1"),
    ],
)
def test_swaps_stay_in_their_group(
    exercise: str, in_use: tuple[str, ...], context: dict[str, object], expected: str
) -> None:
    found = swap_target(level(exercise), LIBRARY, replace(OPEN, **context), in_use)
    assert (found.id if found else "") == expected


def test_effort_and_sets_stay_within_the_phase() -> None:
    first, fourth = TEMPLATE.phase(1), TEMPLATE.phase(9)
    glute = LIBRARY.exercises["glu_5"]
    assert target_rpe(glute, first) == (4, 4)
    assert target_rpe(glute, fourth) == (4, 5)
    assert start_dose(glute, "e2", OPEN, first).sets == 2
    assert start_dose(glute, "e2", OPEN, fourth).sets == 3
    assert start_dose(LIBRARY.exercises["dis_1"], "e2", OPEN, fourth).sets == 2  # a phase raises nothing


def test_tags_of_a_direction_end_after_week_four() -> None:
    plan = prescribe(
        person(tags=("flex_am", "flex", "ost")), wishes(), TEMPLATE, LIBRARY, start=person().date
    )
    assert Context.of(plan, 4).tags == ("flex_am", "flex", "ost")
    assert Context.of(plan, 5).tags == ("ost",)
    stiff = replace(plan, tags=("flex_am",))
    assert Context.of(stiff, 9).tags == ("flex_am",)
