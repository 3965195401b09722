from decimal import Decimal

import pytest

from inharmony.pages.money import pounds


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("575000.00", "£575,000"),
        ("1350000.50", "£1,350,000.50"),
        ("12500.05", "£12,500.05"),
        ("0.00", "£0"),
        ("0.40", "£0.40"),
        ("999", "£999"),
        ("1E+6", "£1,000,000"),
    ],
)
def test_a_sum_has_its_sign_commas_and_pence_only_where_there_are_any(amount, words):
    assert pounds(Decimal(amount)) == words


def test_no_sum_is_nothing_and_not_nought():
    assert pounds(None) == ""
