import pytest

from inharmony.spreadsheets.sheet import Unreadable
from schools.imports.gias.extract import import_schools
from schools.models import LocalAuthority, Postcode, School, SmallArea
from tests.published import published
from tests.trail import entries

HEADINGS = (
    "URN,LA (code),LA (name),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (name),"
    "EstablishmentStatus (name),PhaseOfEducation (name),OpenDate,CloseDate,Postcode,NumberOfPupils,GOR (name)"
)
SALTWHARF = "110001,341,Liverpool,2001,Saltwharf Primary School,Community school,Open,Primary,,,L5 3LW,210,North West"


@pytest.fixture
def register(tmp_path, db):
    """Imports rows under the register's headings."""

    def load(*rows, headings=HEADINGS):
        path = tmp_path / "extract.csv"
        path.write_text("\n".join([headings, *rows]) + "\n")
        return import_schools(path, by=None)

    return load


def counts(outcome):
    return outcome.new, outcome.changed, outcome.unchanged, outcome.refused


def test_import_schools_twice_changes_nothing(register):
    assert counts(register(SALTWHARF)) == (1, 0, 0, 0)
    before = School.objects.values().get()
    assert counts(register(SALTWHARF)) == (0, 0, 1, 0)
    assert School.objects.values().get() == before


def test_import_schools_takes_each_field(register):
    register(
        '110002,341,Liverpool,2002,St Mary’s Nursery,Local authority nursery school,"Open, but proposed to close",'
        "Nursery,01-09-1999,31-08-2030,l53lw,NA,North West"
    )
    school = School.objects.get()
    assert (school.name, school.laestab, school.phase, school.status, school.postcode, school.pupils) == (
        "St Mary’s Nursery",
        "3412002",
        "nursery",
        "closing",
        "L5 3LW",
        None,
    )
    assert (str(school.opened_on), str(school.closed_on)) == ("1999-09-01", "2030-08-31")
    assert LocalAuthority.objects.values_list().get() == ("341", "Liverpool", "North West")


def test_import_schools_corrects_only_the_columns_a_file_has(register):
    register(SALTWHARF)
    assert counts(register("110001,Saltwharf Academy", headings="urn,name")) == (0, 1, 0, 0)
    school = School.objects.get()
    assert (school.name, school.pupils, school.laestab) == ("Saltwharf Academy", 210, "3412001")


def test_import_schools_never_deletes_a_school_that_the_file_leaves_out(register):
    register(SALTWHARF)
    register("110009,341,Liverpool,2009,Kite Hill,Community school,Open,Primary,,,,,")
    assert School.objects.count() == 2


@pytest.mark.parametrize(
    ("status", "close_date", "held"),
    [
        ("Open", "", "open"),
        ("", "", "open"),
        ("", "31-08-2017", "closed"),
        ("Open", "31-08-2017", "closed"),
        ("", "31-08-2099", "closing"),
        ("Closed", "", "closed"),
        ("Proposed to open", "", "proposed"),
    ],
)
def test_a_close_date_means_closed_from_that_day(register, status, close_date, held):
    register(f"110001,341,Liverpool,2001,Saltwharf,Community school,{status},Primary,,{close_date},,,")
    assert School.objects.get().status == held


@pytest.mark.parametrize(
    ("row", "column", "value", "remedy"),
    [
        (SALTWHARF.replace("110001", "11001"), "URN", "11001", "six digits"),
        (SALTWHARF.replace("110001", "990101"), "URN", "990101", "demonstration"),
        (SALTWHARF.replace("341", "34"), "LA (code)", "34", "three digits"),
        (SALTWHARF.replace("341,Liverpool", "0,Does not apply"), "LA (code)", "0", "overseas"),
        (SALTWHARF.replace("Community school", "British schools overseas"), "TypeOfEstablishment (name)",
         "British schools overseas", "overseas"),
        (SALTWHARF.replace("Open", "Haunted"), "EstablishmentStatus (name)", "Haunted", "Proposed to open"),
        (SALTWHARF.replace("Saltwharf Primary School", ""), "EstablishmentName", "", "fill it in"),
        (SALTWHARF.replace("L5 3LW", "Everton"), "Postcode", "Everton", "L5 3LW"),
        (SALTWHARF.replace(",,,L5", ",01-09-2001,31-08-2001,L5"), "CloseDate", "31-08-2001", "before it opens"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_taken_is_refused_with_place_value_and_remedy(register, row, column, value, remedy):
    outcome = register("110009,341,Liverpool,2009,Kite Hill,Community school,Open,Primary,,,,,", row)
    assert counts(outcome) == (1, 0, 0, 1)
    problem = outcome.problems[0]
    assert (problem.row, problem.column, problem.value, problem.refused) == (3, column, value, True)
    assert remedy in problem.message
    assert School.objects.get().urn == 110009


def test_a_urn_twice_in_a_file_is_taken_once(register):
    outcome = register(SALTWHARF, SALTWHARF.replace("Saltwharf", "Other"))
    assert counts(outcome) == (1, 0, 0, 1)
    assert "row 2" in outcome.problems[0].message


def test_two_open_schools_cannot_hold_one_laestab(register):
    register(SALTWHARF)
    outcome = register(SALTWHARF.replace("110001", "140001"))
    assert counts(outcome) == (0, 0, 0, 1)
    assert outcome.problems[0].value == "3412001"
    assert "URN 110001" in outcome.problems[0].message
    assert counts(register(SALTWHARF.replace("110001", "140002"), SALTWHARF.replace("110001", "140003"))) == (
        0,
        0,
        0,
        2,
    )


def test_an_academy_takes_over_the_laestab_of_the_school_it_was(register):
    register(SALTWHARF)
    became = SALTWHARF.replace("110001", "140001").replace("Community school", "Academy converter")
    closed = SALTWHARF.replace("Open", "Closed").replace(",,,L5", ",,31-08-2020,L5")
    for rows in ((became, closed), (closed, became)):
        School.objects.filter(urn=140001).delete()
        register(SALTWHARF)
        assert counts(register(*rows)) == (1, 1, 0, 0)
        assert School.objects.get(urn=140001).laestab == School.objects.get(urn=110001).laestab == "3412001"


def test_tables_of_places_fill_what_the_register_does_not_say(register):
    SmallArea.objects.create(code="E01006558", imd_decile=1, idaci_decile=2)
    Postcode.objects.create(code="L53LW", latitude=53.4, longitude=-2.9, small_area="E01006558")
    register(SALTWHARF)
    school = School.objects.get()
    assert (school.latitude, school.longitude, school.imd_decile, school.idaci_decile) == (53.4, -2.9, 1, 2)
    assert counts(register(SALTWHARF)) == (0, 0, 1, 0)


def test_the_registers_own_small_area_gives_deciles_without_a_postcode_table(register):
    SmallArea.objects.create(code="E01006558", imd_decile=3, idaci_decile=4)
    register("110001,Saltwharf,E01006558", headings="URN,EstablishmentName,LSOA (code)")
    assert School.objects.values_list("imd_decile", "idaci_decile").get() == (3, 4)


def test_a_file_that_is_no_register_is_refused_whole(register):
    with pytest.raises(Unreadable, match="“URN”"):
        register("Priya,Shah", headings="Forename,Surname")
    assert entries() == []


def test_import_schools_leaves_a_trail_without_names(register):
    register(SALTWHARF)
    register(SALTWHARF)
    assert [(each.act, each.details) for each in entries()] == [
        ("authorities.imported", {"new": 1, "changed": 0}),
        ("schools.imported", {"new": 1, "changed": 0, "schools_placed": 0}),
        ("schools.imported", {"new": 0, "changed": 0, "schools_placed": 0}),
    ]


def test_published_register_in_full_layout(db):
    outcome = import_schools(published("schools/gias_subset_full_columns.csv"), by=None)
    assert counts(outcome) == (7, 0, 0, 1)
    assert outcome.problems[0].value == "British schools overseas"
    assert len(outcome.ignored_columns) == 120
    assert str(School.objects.get(urn=100000).fsm_percent) == "18.1"
    assert School.objects.get(urn=100004).status == "closed"
    assert School.objects.get(urn=101173).phase == "special"
    assert School.objects.get(urn=126370).status == "closing"


def test_published_names_are_right_in_windows_1252(db):
    assert counts(import_schools(published("schools/school_names_windows1252.csv"), by=None)) == (13, 0, 0, 0)
    names = set(School.objects.values_list("name", flat=True))
    assert {
        "Ecole Française de Londres Jacques Prévert",
        "Samarès School",
        "North Star 82°",
        "St Stephen’s International",
    } <= names
    assert School.objects.get(urn=400646).status == "closed"


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("schools_lambeth_liverpool_leeds_newcastle_gateshead.csv", 766),
        ("schools_nottingham_stoke_telford_norfolk.csv", 747),
    ],
)
def test_published_schools_of_the_hubs_are_taken_twice_without_a_change(db, name, rows):
    path = published(f"schools/{name}")
    assert counts(import_schools(path, by=None)) == (rows, 0, 0, 0)
    assert counts(import_schools(path, by=None)) == (0, 0, rows, 0)
    assert not School.objects.filter(pupils=0).exists()
    assert not School.objects.filter(closed_on__isnull=False, status="open").exists()


def test_published_list_of_authorities_is_known_by_its_headings(db):
    path = published("schools/la_and_region_codes.csv")
    assert counts(import_schools(path, by=None)) == (151, 0, 0, 0)
    assert counts(import_schools(path, by=None)) == (0, 0, 151, 0)
    assert LocalAuthority.objects.get(code="383").region == "Yorkshire and the Humber"
    assert not LocalAuthority.objects.filter(region="").exists()


def test_published_dummy_number_is_a_real_school(db):
    import_schools(published("schools/schools_nottingham_stoke_telford_norfolk.csv"), by=None)
    assert School.objects.get(urn=123456).name == "Hollinswood Primary School"
