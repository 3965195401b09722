from outcomes.indicators import INDICATORS
from outcomes.measures.shipped import MEASURES
from outcomes.measures.shipped.music import MUSIC
from outcomes.measures.shipped.sdq import SDQ_STAFF
from outcomes.measures.shipped.stirling import STIRLING
from outcomes.queries.framework import bands_of, evaluated, line_of, parts_of, scoring_of, span, who_answers

TOTAL_OF_SDQ = (
    "The total, 0 to 40, is the sum of emotional problems, conduct problems, hyperactivity and problems with peers. "
    "More is worse."
)


def test_every_indicator_stands_once_with_the_measures_that_feed_it():
    found = evaluated(MEASURES)
    assert [one.described for one in found] == list(INDICATORS)
    fed = {one.described.key: [measure.key for measure in one.measures] for one in found}
    assert fed["wellbeing"] == ["stirling", "sdq_staff", "sdq_family", "sdq_child"]
    assert fed["music"] == ["music", "staff", "tutor"]
    # opinions of attainment are not attainment
    assert fed["school"] == []


def test_the_list_says_of_each_measure_whether_it_can_be_asked():
    assert {line_of(measure).measure.key: line_of(measure).state for measure in MEASURES} == {
        "music": "Can be asked",
        "stirling": "Words not loaded",
        "sdq_staff": "Scores only",
        "sdq_family": "Scores only",
        "sdq_child": "Scores only",
        "family": "Can be asked",
        "staff": "Can be asked",
        "tutor": "Can be asked",
    }
    assert who_answers(SDQ_STAFF) == "school staff"
    assert who_answers(MUSIC) == line_of(MUSIC).informants == "child"


def test_scoring_is_said_in_sentences():
    assert scoring_of(SDQ_STAFF) == [
        "A person scores the publisher’s form by its own manual and keys the score of each part.",
        TOTAL_OF_SDQ,
        "A part without a score is left empty; a form that lacks one the total counts is in no number.",
    ]
    ours = scoring_of(MUSIC)
    assert "An item whose words say the contrary counts the other way round." in ours
    assert "There is no total: the parts are about different things." in ours
    assert ours[-1] == "What is missing beyond that leaves the part without a score."
    assert not any("contrary" in words for words in scoring_of(STIRLING))


def test_what_must_be_known_of_a_part_stands_beside_it():
    *_, check = parts_of(STIRLING)
    assert (check.items, check.feeds) == (3, "Nothing: it is a check on the answers")
    assert check.notes[0].startswith("3: Perhaps answered to please")
    assert check.notes[1].startswith("14 to 15: ")
    assert parts_of(STIRLING)[0].notes == (STIRLING.parts[0].unconfirmed,)
    assert parts_of(SDQ_STAFF)[0].notes[0].startswith("More is worse.")
    assert [part.items for part in parts_of(SDQ_STAFF)] == [0] * 5
    assert parts_of(SDQ_STAFF)[4].notes == ()


def test_bands_stand_by_form_and_informant_with_their_ranges():
    (table,) = bands_of(SDQ_STAFF)
    assert table.lines[0].title == "Total"
    assert table.lines[0].ranges == (
        ("Close to average", "0 to 11"),
        ("Slightly raised", "12 to 15"),
        ("High", "16 to 18"),
        ("Very high", "19 to 40"),
    )
    assert table.lines[2].ranges[2] == ("High", "4")
    assert bands_of(MUSIC) == []
    assert span(4, 4) == "4"
