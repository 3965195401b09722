"""Postcodes looked up in what is loaded, in as few statements as are said."""

import pytest

from schools.models import Postcode, SmallArea
from schools.queries.deprivation import idaci_deciles


@pytest.fixture
def postcodes(db):
    Postcode.objects.create(code="ZZ97QX", small_area="E01000001")
    Postcode.objects.create(code="ZZ97QY", small_area="E01000002")
    Postcode.objects.create(code="ZZ97QZ", small_area="")


@pytest.fixture
def deciles(db):
    SmallArea.objects.create(code="E01000001", idaci_decile=2, imd_decile=9)
    SmallArea.objects.create(code="E01000002", idaci_decile=None, imd_decile=9)


def test_the_decile_is_of_children_and_of_the_postcodes_asked_for(postcodes, deciles):
    Postcode.objects.create(code="ZZ97QW", small_area="E01000001")
    assert idaci_deciles({"ZZ97QX", "ZZ97QY", "ZZ97QZ", "AA11AA"}) == {"ZZ97QX": 2}


def test_where_both_tables_are_loaded_an_unknown_postcode_is_not_known(postcodes, deciles):
    assert idaci_deciles({"AA11AA"}) == {}
    assert idaci_deciles(()) == {}


def test_without_deciles_there_is_nothing_to_look_up_in(postcodes):
    assert idaci_deciles({"ZZ97QX"}) is None
    SmallArea.objects.create(code="E01000001", imd_decile=9)  # a table of the other index
    assert idaci_deciles({"ZZ97QX"}) is None


def test_without_postcodes_there_is_nothing_to_look_up_in(deciles):
    assert idaci_deciles({"ZZ97QX"}) is None


def test_postcodes_without_small_areas_are_nothing_to_look_up_in(deciles):
    Postcode.objects.create(code="ZZ97QX", latitude=53.4, longitude=-2.9)
    assert idaci_deciles({"ZZ97QX"}) is None


@pytest.mark.parametrize(("known", "statements"), [(1, 1), (200, 1), (0, 2)])
def test_one_statement_however_many_and_two_where_none_is_known(
    postcodes, deciles, known, statements, django_assert_num_queries
):
    codes = [f"AB{at}" for at in range(known)]
    Postcode.objects.bulk_create(Postcode(code=code, small_area="E01000001") for code in codes)
    with django_assert_num_queries(statements):
        assert idaci_deciles([*codes, "AA11AA"]) == dict.fromkeys(codes, 2)
