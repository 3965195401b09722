"""Absences in a row."""

import pytest

from participants.models.attendance import Mark
from participants.queries.runs import Run, runs


def marks(written):
    return [None if letter == "." else Mark(letter) for letter in written]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("", []),
        ("aa", []),
        ("aapa", []),
        ("aaa", [((0, 1, 2), True)]),
        ("paraa", [((1, 2, 3, 4), True)]),
        ("aaap", [((0, 1, 2), False)]),
        ("aaal", [((0, 1, 2), False)]),
        ("aeaera", [((0, 2, 4, 5), True)]),
        ("a.a.r", [((0, 2, 4), True)]),
        ("eee", []),
        ("aaapprrre", [((0, 1, 2), False), ((5, 6, 7), True)]),
    ],
)
def test_runs_are_three_and_more_absences_with_excused_and_unmarked_passed_over(written, found):
    assert runs(marks(written)) == [Run(*each) for each in found]
