from datetime import date
from decimal import Decimal

import pytest

from schools.imports import cells
from schools.imports.cells import BadCell


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("31-08-2017", date(2017, 8, 31)),
        ("1/9/2026", date(2026, 9, 1)),
        ("2026-09-01", date(2026, 9, 1)),
        ("2026-09-01T00:00:00Z", date(2026, 9, 1)),
        ("", None),
        ("NA", None),
    ],
)
def test_day_reads_the_days_registers_write(written, meant):
    assert cells.day(written) == meant


@pytest.mark.parametrize("written", ["32-01-2020", "31-02-2020", "2020", "next week", "08-31-2017"])
def test_day_refuses_what_is_no_day(written):
    with pytest.raises(BadCell, match="write it like 31-08-2026"):
        cells.day(written)


def test_postcode_is_squeezed_and_in_capitals():
    assert cells.postcode(" l5  3lw ") == "L53LW"
    assert cells.postcode("EC3A 5DE") == "EC3A5DE"
    assert cells.postcode("") == ""


@pytest.mark.parametrize("written", ["Bangkok 10900", "L5", "123", "L5 3L"])
def test_postcode_refuses_what_is_none(written):
    with pytest.raises(BadCell, match="L5 3LW"):
        cells.postcode(written)


def test_whole_counts_within_bounds_and_keeps_not_published_apart_from_nought():
    assert cells.whole("1,234", most=20_000) == 1234
    assert cells.whole("0", most=20_000) == 0
    assert cells.whole("NA", most=20_000) is None
    for written in ("-1", "20001", "12.5", "many", "²"):
        with pytest.raises(BadCell, match="from 0 to 20,000"):
            cells.whole(written, most=20_000)


def test_percent_has_one_decimal_place():
    assert cells.percent("18.14%") == Decimal("18.1")
    assert cells.percent("NA") is None
    for written in ("101", "-1", "NaN", "half"):
        with pytest.raises(BadCell):
            cells.percent(written)


def test_degrees_outside_the_country_are_refused_and_the_registers_nowhere_is_none():
    assert cells.latitude("53.41842") == 53.41842
    assert cells.longitude("0.0001") == 0.0001
    assert cells.latitude("99.999999") is None
    assert cells.latitude("100.") is None
    with pytest.raises(BadCell, match="another column or grid"):
        cells.latitude("390512")
    with pytest.raises(BadCell, match="another column or grid"):
        cells.longitude("53.41842")


def test_decile_is_one_to_ten():
    assert cells.decile("10") == 10
    assert cells.decile("") is None
    for written in ("0", "11", "1.5"):
        with pytest.raises(BadCell):
            cells.decile(written)


def test_small_area_knows_pseudo_codes():
    assert cells.small_area("e01006558") == "E01006558"
    assert cells.small_area("E99999999") == ""
    assert cells.small_area("999999999") == ""
    with pytest.raises(BadCell):
        cells.small_area("Everton")


def test_text_stands_on_one_line_and_fits():
    assert cells.text(" St  Stephen’s\n School ", longest=160) == "St Stephen’s School"
    with pytest.raises(BadCell, match="3 characters"):
        cells.text("long", longest=3)


def test_authority_code_has_three_digits():
    assert cells.authority_code("383") == "383"
    assert cells.authority_code("") == ""
    with pytest.raises(BadCell):
        cells.authority_code("38")
