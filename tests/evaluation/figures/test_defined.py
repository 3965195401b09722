"""What a table counts is found by its key, whichever kind of table it is."""

import pytest

from evaluation.figures.defined import defined_by


@pytest.mark.parametrize(
    ("key", "keys"),
    [
        ("by_school", ["children_reached", "registers_taken", "attendance"]),
        ("children_by_year_group", ["children_reached"]),
        ("over_years_attendance", ["attendance", "registers_taken"]),
        ("dots_schools", ["schools"]),
        # a report has several of a kind
        ("said_change_music", ["answered_both", "change"]),
        ("through_the_years", ["children_reached", "attendance", "hours_received", "schools"]),
        # its note says what it counts
        ("published_expected_percent", []),
    ],
)
def test_a_table_says_by_which_definitions_it_counts(key, keys):
    assert [one.key for one in defined_by(key)] == keys
