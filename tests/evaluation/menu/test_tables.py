"""Every table of what is answered says what its numbers are, and which way is the better."""

import pytest

from evaluation.menu.tables import CHANGES, OF_ANSWERS, TABLES, answers_to, change_of, feeding
from outcomes.measures.shipped import NEWEST
from outcomes.measures.shipped.sdq import SDQ, SDQ_CHILD, SDQ_FAMILY, SDQ_STAFF
from programmes.models import Indicator


@pytest.mark.parametrize("key", OF_ANSWERS)
def test_no_two_tables_of_answers_are_called_the_same_and_each_key_can_be_kept(key):
    captions = [spec.caption for spec in TABLES.values()]
    assert captions.count(TABLES[key].caption) == 1
    # as long as a cell of a release keeps it
    assert len(key) <= 40


def test_of_a_difficulty_less_is_the_better_and_of_anything_else_more():
    assert TABLES[change_of("sdq_child", "peer")].note.startswith("Scores run from 0 to 10, the less the better. ")
    assert TABLES[change_of("sdq_child", "total")].note.startswith("Scores run from 0 to 40, the less the better. ")
    for key in (change_of("sdq_child", "prosocial"), answers_to("sdq_staff", "prosocial")):
        assert TABLES[key].note.startswith("Scores run from 0 to 10, the more the better. ")
    assert "the more the better" in TABLES[change_of("music", "enjoyment")].note


def test_each_form_has_a_table_of_each_part_and_of_its_total():
    made = {
        of(measure.key, part)
        for measure, of in ((SDQ_CHILD, change_of), (SDQ_FAMILY, answers_to), (SDQ_STAFF, answers_to))
        for part in [*(part.key for part in measure.parts), "total"]
    }
    assert {key for key in TABLES if "sdq" in key} == made
    assert {key for key in feeding(Indicator.WELLBEING) if "sdq" in key} == made
    assert TABLES[answers_to("sdq_staff", "total")].caption == (
        "Total of difficulties (teacher form): what school staff answered"
    )
    assert all(NEWEST[measure.key] is measure for measure in SDQ)


def test_only_what_children_answer_is_told_as_a_change():
    assert {key for key in CHANGES if "sdq" in key} == {
        change_of("sdq_child", part) for part in [*(part.key for part in SDQ_CHILD.parts), "total"]
    }
