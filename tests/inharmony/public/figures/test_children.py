from datetime import date

import pytest

from inharmony.public.figures.children import day_of, is_at_a_time, year_of
from programmes.models import PublishedFigure


def figure(label="weekly reach", unit="children", when="2024", note="", as_at=None):
    return PublishedFigure(label=label, unit=unit, when=when, note=note, as_at=as_at)


@pytest.mark.parametrize(
    ("label", "unit", "counts"),
    [
        ("weekly reach", "children", True),
        ("first cohort", "string players", True),
        ("children since the start", "children", False),
        ("children taught in ten years", "children", False),
        ("children on the tenth birthday tour", "children", False),
        ("after-school attendance", "children a week at each school", False),
    ],
)
def test_what_is_counted_over_years_or_at_one_school_is_no_number_of_a_hubs_children(label, unit, counts):
    assert is_at_a_time(figure(label, unit)) == counts


@pytest.mark.parametrize(
    ("when", "note", "as_at", "day", "year"),
    [
        ("2015", "", date(2015, 9, 1), date(2015, 9, 1), "2015"),
        ("after 2022", "six schools", None, date(2022, 12, 31), "after 2022"),
        ("later", "Printed after 2022; the year is not given.", None, date(2022, 12, 31), "after 2022"),
        ("undated", "aged 6 to 18", None, None, "undated"),
    ],
)
def test_a_number_whose_year_is_not_given_comes_after_the_last_that_is(when, note, as_at, day, year):
    one = figure(when=when, note=note, as_at=as_at)
    assert (day_of(one), year_of(one)) == (day, year)
