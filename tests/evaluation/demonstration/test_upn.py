import pytest

from evaluation.demonstration.upn import upn


@pytest.mark.parametrize(
    ("made", "number"),
    [
        (upn(2999, 2025, 1), "F999999925001"),
        (upn(2999, 2025, 2), "V999999925002"),
        (upn(2999, 2025, 1, temporary=True), "E99999992501A"),
    ],
)
def test_upn_has_the_check_letter_worked_out_by_hand(made, number):
    assert made == number


def test_upn_stands_under_an_authority_that_issues_none():
    assert {upn(school, 2024, 7)[1:4] for school in range(55)} == {"999"}
