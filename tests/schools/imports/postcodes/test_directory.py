import pytest

from inharmony.spreadsheets.sheet import Unreadable
from schools.imports.postcodes.directory import import_postcodes
from schools.models import Postcode, School, SmallArea
from tests.factories.schools import school
from tests.published import published


@pytest.fixture
def directory(tmp_path, db):
    def load(*rows, headings="postcode,latitude,longitude,LSOA11CD"):
        path = tmp_path / "directory.csv"
        path.write_text("\n".join([headings, *rows]) + "\n")
        return import_postcodes(path, by=None)

    return load


def counts(outcome):
    return outcome.new, outcome.changed, outcome.unchanged, outcome.refused


def test_import_postcodes_squeezes_them_and_changes_nothing_the_second_time(directory):
    assert counts(directory("l5  3lw,53.41842,-2.97265,E01006558")) == (1, 0, 0, 0)
    assert Postcode.objects.values_list().get() == ("L53LW", 53.41842, -2.97265, "E01006558")
    assert counts(directory("L5 3LW,53.41842,-2.97265,E01006558")) == (0, 0, 1, 0)
    assert counts(directory("L53LW,53.41842,-2.97265,E01006559")) == (0, 1, 0, 0)


def test_import_postcodes_knows_the_short_headings_of_the_statistics_office(directory):
    directory("L5 3LW,53.4,-2.9,E01006558", headings="pcds,lat,long,lsoa21")
    assert Postcode.objects.get().small_area == "E01006558"


def test_a_postcode_without_a_place_has_none_rather_than_nought(directory):
    directory("LS10 9ZZ,99.999999,0.000000,")
    assert Postcode.objects.values_list().get() == ("LS109ZZ", None, None, "")


def test_import_postcodes_refuses_rows_with_place_value_and_remedy(directory):
    outcome = directory(
        "L5 3LW,53.4,-2.9,", "Everton,53.4,-2.9,", "L5 3LW,53.4,-2.9,", "L5 3LX,-2.9,53.4,", ",53.4,-2.9,"
    )
    assert counts(outcome) == (1, 0, 0, 4)
    assert [(p.row, p.column, p.value) for p in outcome.problems] == [
        (3, "postcode", "Everton"),
        (4, "postcode", "L5 3LW"),
        (5, "latitude", "-2.9"),
        (6, "postcode", ""),
    ]


def test_import_postcodes_places_schools_that_had_no_place_and_no_other(directory):
    SmallArea.objects.create(code="E01006558", imd_decile=1, idaci_decile=2)
    school("Saltwharf", urn=990201, postcode="L5 3LW")
    school("Marigold", urn=990202, postcode="L5 3LW", latitude=53.0, longitude=-3.0, imd_decile=9)
    directory("L5 3LW,53.4,-2.9,E01006558")
    placed = School.objects.order_by("urn").values_list("latitude", "longitude", "imd_decile", "idaci_decile")
    assert list(placed) == [(53.4, -2.9, 1, 2), (53.0, -3.0, 9, 2)]


def test_a_file_without_places_is_refused_whole(directory):
    with pytest.raises(Unreadable, match="latitude"):
        directory("L5 3LW", headings="postcode")
    assert not Postcode.objects.exists()


def test_published_postcodes_are_taken_twice_without_a_change(db):
    path = published("deprivation/postcodes_hub_neighbourhoods.csv")
    assert counts(import_postcodes(path, by=None)) == (12_632, 0, 0, 0)
    assert counts(import_postcodes(path, by=None)) == (0, 0, 12_632, 0)
    assert Postcode.objects.get(code="L40RA").small_area == "E01006558"
