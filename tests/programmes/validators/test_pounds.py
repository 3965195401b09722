from decimal import Decimal

import pytest

from programmes.validators.pounds import read_pounds, written_pounds


@pytest.mark.parametrize(
    ("text", "pounds"),
    [
        ("£12,500", "12500.00"),
        ("12500.00", "12500.00"),
        (" £ 12 500.5 ", "12500.50"),
        ("1,234,567.89", "1234567.89"),
        ("0", "0.00"),
        ("12\u00a0500", "12500.00"),
    ],
)
def test_read_pounds_reads_sums_as_people_write_them(text, pounds):
    assert read_pounds(text) == Decimal(pounds)


@pytest.mark.parametrize("text", ["", "  ", "\u00a0"])
def test_read_pounds_of_nothing_is_nothing(text):
    assert read_pounds(text) is None


@pytest.mark.parametrize(
    "text",
    ["12,50", "12.500,00", "1,2345", "-5", "12.345", "about 5", "£", "5k", "1e5", "NaN", "١٢", "99,999,999,999", "€5"],
)
def test_read_pounds_guesses_nothing(text):
    with pytest.raises(ValueError, match="Write "):
        read_pounds(text)


@pytest.mark.parametrize("text", ["100,000,000", "£9999999999.99"])
def test_read_pounds_names_the_largest_sum(text):
    with pytest.raises(ValueError, match=r"at most £99,999,999\.99"):
        read_pounds(text)


def test_read_pounds_refuses_what_is_longer_and_never_reads_a_part_of_it():
    assert read_pounds(" " * 35 + "12500") == Decimal("12500.00")
    with pytest.raises(ValueError, match="at most 40 characters"):
        read_pounds(" " * 36 + "12500")


def test_what_stands_in_a_box_reads_as_itself():
    for amount in (Decimal("12500.00"), Decimal("0.00"), Decimal("1234567.89")):
        assert read_pounds(written_pounds(amount)) == amount
