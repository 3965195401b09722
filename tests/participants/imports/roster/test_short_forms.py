"""Names that stand for one another."""

import pytest

from participants.imports.roster.short_forms import _OTHERS, other_forms
from participants.validators.names import folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sam", "samuel"),
        ("sam", "samantha"),
        ("kate", "catherine"),
        ("muhammad", "mohammed"),
        ("zofia", "sofia"),
        ("bill", "william"),
    ],
)
def test_names_that_stand_for_one_another(one, other):
    assert other in other_forms(one)
    assert one in other_forms(other)


@pytest.mark.parametrize(("one", "other"), [("samuel", "samantha"), ("ada", "amara"), ("oliver", "olivia")])
def test_names_that_do_not(one, other):
    assert other not in other_forms(one)


def test_no_name_stands_for_itself_and_all_are_written_as_names_are_compared():
    for name, others in _OTHERS.items():
        assert name not in others
        assert folded(name) == name
