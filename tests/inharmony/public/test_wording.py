from datetime import date
from decimal import Decimal

import pytest

from inharmony.public import wording
from programmes.models import PublishedFigure


@pytest.mark.parametrize(
    ("value", "words"),
    [("84", "84"), ("1750.00", "1,750"), ("4.50", "4.5"), ("575000", "575,000"), ("0", "0"), ("1000000", "1,000,000")],
)
def test_a_number_has_no_noughts_that_nobody_printed(value, words):
    assert wording.number(Decimal(value)) == words


def test_a_figure_is_said_with_its_qualifier():
    assert wording.said(PublishedFigure(value=Decimal(1750), qualifier="over")) == "Over 1,750"
    assert wording.said(PublishedFigure(value=Decimal(84))) == "84"


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "precision", "words"),
    [
        (date(2012, 9, 1), None, "year", "since 2012"),
        (date(2009, 2, 1), None, "month", "since February 2009"),
        (date(2009, 2, 1), date(2012, 7, 31), "year", "2009 to 2012"),
        (date(2012, 1, 1), date(2012, 7, 31), "year", "2012"),
    ],
)
def test_a_time_is_said_no_more_exactly_than_it_is_in_print(starts_on, ends_on, precision, words):
    assert wording.span(starts_on, ends_on, precision) == words


@pytest.mark.parametrize(
    ("label", "unit", "words"),
    [
        ("weekly reach", "children", "84 children, weekly reach"),
        ("children each week", "children", "84 children each week"),
        ("children", "children", "84 children"),
        ("first cohort", "string players", "84 string players, first cohort"),
    ],
)
def test_what_is_counted_is_said_once(label, unit, words):
    assert wording.counted(PublishedFigure(value=Decimal(84), label=label, unit=unit)) == words
