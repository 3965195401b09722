import pytest

from inharmony.spreadsheets.sheet import Unreadable
from schools.imports.deprivation.deciles import import_deprivation
from schools.models import Postcode, School, SmallArea
from tests.factories.schools import school
from tests.published import published

LONG = "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)"
LONG_FOR_CHILDREN = "Income Deprivation Affecting Children Index (IDACI) Decile (where 1 is most deprived)"


@pytest.fixture
def table(tmp_path, db):
    def load(*rows, headings=f"LSOA code (2011),{LONG},{LONG_FOR_CHILDREN}"):
        path = tmp_path / "deciles.csv"
        path.write_text("\n".join([headings, *rows]) + "\n")
        return import_deprivation(path, by=None)

    return load


def counts(outcome):
    return outcome.new, outcome.changed, outcome.unchanged, outcome.refused


def test_import_deprivation_changes_nothing_the_second_time(table):
    assert counts(table("E01006558,1,2")) == (1, 0, 0, 0)
    assert SmallArea.objects.values_list().get() == ("E01006558", 1, 2)
    assert counts(table("E01006558,1,2")) == (0, 0, 1, 0)
    assert counts(table("E01006558,2,2")) == (0, 1, 0, 0)


def test_a_table_of_one_index_leaves_the_other_as_it_is(table):
    table("E01006558,1,2")
    table("E01006558,5", headings="LSOA code (2021),IMD Decile")
    assert SmallArea.objects.values_list().get() == ("E01006558", 5, 2)


def test_import_deprivation_refuses_what_is_no_decile(table):
    outcome = table("E01006558,0,2", "Everton,1,1", "E01006559,1,", "E01006559,1,1")
    assert counts(outcome) == (1, 0, 0, 3)
    assert [(p.row, p.value) for p in outcome.problems] == [(2, "0"), (3, "Everton"), (5, "E01006559")]
    assert SmallArea.objects.get().idaci_decile is None


def test_import_deprivation_gives_deciles_to_schools_that_had_none(table):
    Postcode.objects.create(code="L53LW", small_area="E01006558")
    school("Saltwharf", urn=990201, postcode="l5 3lw")
    table("E01006558,1,2")
    assert School.objects.values_list("imd_decile", "idaci_decile").get() == (1, 2)


def test_a_file_without_deciles_is_refused_whole(table):
    with pytest.raises(Unreadable, match="IDACI"):
        table("E01006558", headings="LSOA code (2011)")


def test_published_deciles_are_taken_twice_without_a_change(db):
    path = published("deprivation/imd2019_idaci2019_deciles_by_lsoa11.csv")
    assert counts(import_deprivation(path, by=None)) == (32_844, 0, 0, 0)
    assert counts(import_deprivation(path, by=None)) == (0, 0, 32_844, 0)
