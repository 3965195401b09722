from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.measures.consistency import faults
from outcomes.measures.scoring import score
from outcomes.measures.shipped import MEASURES
from outcomes.measures.shipped.stirling import STIRLING
from outcomes.measures.wording import MOST, WordingRefusedError, worded
from tests.outcomes.wordings import read, told


def refusals(file):
    with pytest.raises(WordingRefusedError) as refused:
        read(file)
    return [str(problem) for problem in refused.value.problems]


def changed_row(name, number, **changed):
    """The file with one row of a list changed, or without it."""
    rows = told()[name]
    rows[number : number + 1] = [rows[number] | changed] if changed else []
    return told(**{name: rows})


def test_a_whole_file_gives_each_item_its_words_and_says_who_read_the_licence():
    wording = read(told())
    assert (wording.measure, wording.version, wording.source) == ("stirling", "1", "Invented")
    assert (wording.read_by, wording.agreed_on) == ("Olu Operator", date(2026, 11, 2))
    assert wording.instructions == "Invented instructions."
    assert wording.answers == tuple((value, f"Answer {value}") for value in range(1, 6))
    assert wording.items == tuple((f"printed_{place}", f"Words of printed_{place}.") for place in range(1, 16))


def test_rows_may_stand_in_any_order_and_come_in_that_of_the_measure():
    file = told()
    assert read(file | {"items": file["items"][::-1], "answers": file["answers"][::-1]}) == read(file)


def test_a_measure_with_its_words_is_ready_to_be_asked_and_scores_as_before():
    ready = worded(STIRLING, read(told()))
    assert not ready.awaits_wording
    assert ready.items[6].words == "Words of printed_7."
    assert ready.scale.answers[4].words == "Answer 5"
    assert list(faults(ready)) == []
    answers = {item.key: 4 for item in STIRLING.items}
    assert score(ready, answers) == score(STIRLING, answers)


REFUSED = [
    (changed_row("items", 3), ["items: “printed_4 is missing”. Every one is needed: add its words."]),
    (changed_row("items", 3, words=" "), ["item printed_4, words: “ ”. Write its words."]),
    (changed_row("items", 3, words=7), ["item printed_4, words: “7”. Write its words."]),
    (changed_row("items", 3, words="x" * 201), ["item printed_4, words: “201 characters”. It has at most 200."]),
    (
        changed_row("items", 3, words="I am\nglad."),
        ["item printed_4, words: “I am�glad.”. Write it in one line, without tabs or signs that cannot be seen."],
    ),
    (
        changed_row("items", 3, words="words of  PRINTED_1."),
        ["items, printed_4: “words of  PRINTED_1.”. It says the same as printed_1. Write the words of each."],
    ),
    (
        changed_row("items", 3, reversed=True),
        [
            (
                "item printed_4, reversed: “true”. In the structure it is not reversed. Look whether these are the words "
                "of printed_4; if they are, this is another print, and needs a version of its own."
            )
        ],
    ),
    (
        changed_row("items", 3, reversed="false"),
        ["item printed_4, reversed: “false”. Say true where its words are the contrary of its part, else false."],
    ),
    (
        changed_row("items", 3, part="outlook"),
        ["items, row 4, “part”: “outlook”. Take it out: a wording has key, reversed, words."],
    ),
    (changed_row("answers", 0), ["answers: “1 is missing”. Every one is needed: add its words."]),
    (changed_row("answers", 0, words="x" * 61), ["answer 1, words: “61 characters”. It has at most 60."]),
    (
        changed_row("answers", 0, value=True),
        [
            "answers, row 1: “true”. Its value is to be one of 1, 2, 3, 4, 5.",
            "answers: “1 is missing”. Every one is needed: add its words.",
        ],
    ),
    (
        changed_row("answers", 0, value=2),
        [
            "answers, row 2: “2”. It is there already. Take one of them out.",
            "answers: “1 is missing”. Every one is needed: add its words.",
        ],
    ),
    (told(answers=None), ["answers: nothing. It is to be a list with 1, 2, 3, 4, 5."]),
    (told(source=""), ["source: “”. Write its words."]),
    (told(instructions=None), ["instructions: nothing. Write its words."]),
    (
        told(norms="39 to 48"),
        [
            (
                "the file, “norms”: “39 to 48”. Take it out: a wording has answers, instructions, items, "
                "licence, measure, source, version."
            )
        ],
    ),
    (
        told(licence="free"),
        [
            "licence: “free”. It is to be an object with agreed_on and read_by.",
            "licence, read_by: nothing. Write its words.",
            "licence, agreed_on: nothing. Write the day on which it was agreed, like 2026-11-30; it is not in the future.",
        ],
    ),
    (
        told(licence={"read_by": "Olu", "agreed_on": "2026-12-01"}),
        [
            "licence, agreed_on: “2026-12-01”. Write the day on which it was agreed, like 2026-11-30; it is not in the future.",
        ],
    ),
    (
        told(licence={"read_by": "Olu", "agreed_on": "last week"}),
        [
            "licence, agreed_on: “last week”. Write the day on which it was agreed, like 2026-11-30; it is not in the future.",
        ],
    ),
]


@pytest.mark.parametrize(("file", "said"), REFUSED, ids=[said[0][:60] for _, said in REFUSED])
def test_what_is_wrong_is_refused_with_its_place_value_and_remedy(file, said):
    assert refusals(file) == said


def test_an_item_that_the_measure_does_not_ask_is_refused():
    extra = {"key": "printed_16", "words": "One more.", "reversed": False}
    (said,) = refusals(told(items=[*told()["items"], extra]))
    assert said.startswith("items, row 16: “printed_16”. Its key is to be one of printed_1, ")


def test_all_problems_are_said_at_once():
    rows = told()["items"]
    rows[0]["words"], rows[5]["reversed"] = "", True
    assert [said.partition(":")[0] for said in refusals(told(items=rows, source=None))] == [
        "source",
        "item printed_1, words",
        "item printed_6, reversed",
    ]


def test_a_measure_or_version_that_is_not_there_is_refused_with_those_that_are():
    for changed in ({"version": "2"}, {"measure": "other"}, {"measure": ["stirling"]}, {"version": 1}):
        (said,) = refusals(told(**changed))
        assert said.startswith("measure and version: ")
        assert said.endswith("Measures whose words are loaded: stirling 1.")


def test_words_of_a_measure_whose_licence_forbids_them_are_refused():
    (said,) = refusals(told(measure="sdq_child"))
    assert "Its licence lets no word of it stand here" in said
    assert "Key its scores instead" in said


@pytest.mark.parametrize("measure", [one for one in MEASURES if one.items and not one.awaits_wording])
def test_words_that_come_with_the_portal_are_not_loaded(measure):
    assert refusals(told(measure=measure.key)) == [
        f"measure: “{measure.key}”. Its words come with the portal, and change with a new version."
    ]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@given(st.sampled_from(sorted(told())), values)
def test_whatever_stands_in_a_field_the_file_is_read_or_refused_in_words(field, value):
    try:
        wording = read(told(**{field: value}))
    except WordingRefusedError as refused:
        assert all(problem.place and problem.value and problem.remedy for problem in refused.problems)
        assert all(line.isprintable() for line in str(refused).split("\n"))
    else:
        assert len(wording.items) == 15
        assert 0 < len(wording.source) <= MOST["source"]


@given(st.text(max_size=8).filter(lambda field: field not in told()), values)
def test_a_field_that_no_wording_has_is_refused_and_shown_so_that_it_does_nothing(field, value):
    (said,) = refusals(told(**{field: value}))
    assert said.startswith("the file, “")
    assert said.isprintable()


@given(st.integers(0, 14), st.sampled_from(["key", "words", "reversed"]), values)
def test_whatever_stands_in_an_item_the_file_is_read_or_refused_in_words(number, field, value):
    try:
        wording = read(changed_row("items", number, **{field: value}))
    except WordingRefusedError as refused:
        assert all(line.isprintable() for line in str(refused).split("\n"))
    else:
        assert [key for key, _ in wording.items] == [item.key for item in STIRLING.items]
        assert all(words.strip() for _, words in wording.items)
