"""Published tables about schools: any mix of their headings, one year, only schools that are known."""

import time
from decimal import Decimal

import pytest

from inharmony.spreadsheets.sheet import Unreadable
from schools.actions.context import Entered, enter
from schools.imports.context.tables import import_school_context
from schools.models import AcademicYear, LocalAuthority, School, SchoolContext
from tests.people import person
from tests.published import published
from tests.trail import entries

YEAR = AcademicYear(year=2018)
SOURCE = "DfE, Schools, pupils and their characteristics, January 2019"


@pytest.fixture
def known(db):
    """Three schools of the portal: two open, and one that had the number of the second before it became an academy."""
    for code in ("341", "383"):
        LocalAuthority.objects.create(code=code, name=f"Authority {code}")
    School.objects.create(urn=110001, name="Saltwharf", local_authority_id="341", establishment_number=2001)
    School.objects.create(urn=110002, name="Marigold", local_authority_id="341", establishment_number=2002)
    School.objects.create(
        urn=110003, name="Old Marigold", local_authority_id="341", establishment_number=2002, status="closed"
    )


@pytest.fixture
def table(tmp_path, known):
    """Imports rows under headings."""

    def load(headings, *rows, year=YEAR, source=SOURCE, encoding="utf-8"):
        path = tmp_path / "table.csv"
        path.write_text("\n".join([headings, *rows]) + "\n", encoding=encoding)
        return import_school_context(path, year=year, source=source, by=None)

    return load


def counts(outcome):
    told = (outcome.new, outcome.changed, outcome.unchanged, outcome.refused, outcome.set_aside)
    assert sum(told) == outcome.rows
    return told


def kept(urn=110001):
    return SchoolContext.objects.get(school=urn)


JOINED = (
    "URN,LA (code),EstablishmentNumber,NumberOfPupils (Jan 2019),PercentageFSMEver6 (Jan 2019),"
    "PercentageEAL (Jan 2019),IMD2019 decile,IDACI2019 decile"
)


def test_the_joined_file_is_taken_and_taken_twice_changes_nothing(table):
    rows = ("110001,341,2001,231,46.2,50.7,1,2", "110002,341,2002,418,NA,NA,3,3", "199999,341,2999,1,1,1,1,1")
    assert counts(table(JOINED, *rows)) == (2, 0, 0, 0, 1)
    row = kept()
    assert (row.roll, row.pupil_premium_percent, row.eal_percent) == (231, Decimal("46.2"), Decimal("50.7"))
    assert (row.imd_decile, row.idaci_decile, row.fsm_percent) == (1, 2, None)
    assert (row.source, row.origin, row.is_published, row.by_hand) == (SOURCE, "table", True, [])
    before = list(SchoolContext.objects.values())
    assert counts(table(JOINED, *rows)) == (0, 0, 2, 0, 1)
    assert list(SchoolContext.objects.values()) == before
    assert [e.details for e in entries(act="school_context.imported")] == [
        {"year": "2018-19", "new": 2, "changed": 0, "by_hand": 0},
        {"year": "2018-19", "new": 0, "changed": 0, "by_hand": 0},
    ]


def test_the_census_the_absence_table_and_key_stage_two_add_up_on_one_row(table):
    table(
        "URN,LA,ESTAB,NOR,PNUMFSM,PNUMFSMEVER,PNUMEAL,PSENELSE,PSENELK", "110001,341,2001,231,30.1,46.2,50.7,2.5,14.6"
    )
    assert counts(table("LA,ESTAB,URN,PERCTOT,PPERSABS10", "341,2001,110001,4.6,11.8", source="DfE, Absence")) == (
        *(0, 1, 0, 0, 0),
    )
    ks2 = "RECTYPE,LEA,ESTAB,URN,PTFSM6CLA1A,PTRWM_EXP,PTRWM_HIGH"
    rows = ("1,341,2001,110001,51%,64%,7%", "4,341,,,30%,60%,9%", "5,,,,30%,61%,9%")
    assert counts(table(ks2, *rows, source="DfE, Key stage 2")) == (0, 1, 0, 0, 2)
    row = kept()
    assert (row.sen_percent, row.attendance_percent) == (Decimal("17.1"), Decimal("95.4"))
    assert (row.persistent_absence_percent, row.expected_percent) == (Decimal("11.8"), Decimal("64.0"))
    # the share of the roll stands against that of one cohort
    assert (row.fsm_percent, row.pupil_premium_percent) == (Decimal("30.1"), Decimal("46.2"))
    assert row.source == f"{SOURCE}; DfE, Absence; DfE, Key stage 2"


def test_disadvantaged_pupils_of_key_stage_two_stand_in_where_nothing_better_is_known(table):
    table("URN,PTFSM6CLA1A", "110001,51%")
    assert kept().pupil_premium_percent == Decimal("51.0")


@pytest.mark.parametrize("word", ["", "NA", "SUPP", "x", "c", "z", "LOWCOV", "NE", "low", ":", "SP"])
def test_what_is_not_published_is_no_number_and_takes_none_off(table, word):
    table("URN,NOR,PTRWM_EXP", "110001,231,64%")
    assert counts(table("URN,NOR,PTRWM_EXP", f"110001,{word},{word}", f"110002,{word},{word}")) == (0, 0, 2, 0, 0)
    assert (kept().roll, kept().expected_percent) == (231, Decimal("64.0"))
    assert not SchoolContext.objects.filter(school=110002).exists()


def test_a_corrected_table_corrects(table):
    table("URN,NOR", "110001,231")
    assert counts(table("URN,NOR", "110001,213")) == (0, 1, 0, 0, 0)
    assert kept().roll == 213


def test_a_school_is_found_by_its_number_the_open_one_of_two(table):
    assert counts(table("LA,ESTAB,NOR", "341,2002,418", "341,9999,1", "383,2002,1")) == (1, 0, 0, 0, 2)
    assert kept(110002).roll == 418
    table("LAESTAB,NOR", "341/2001,231")
    assert kept(110001).roll == 231


def test_a_table_of_many_years_and_places_gives_up_its_year_of_schools(table):
    rows = (
        "201819,School,110001,3412001,4.6",
        "201718,School,110001,3412001,5.5",
        "201819,Local authority,,,4.9",
        "201819,National,,,4.0",
    )
    headings = "time_period,geographic_level,school_urn,school_laestab,sess_overall_percent"
    assert counts(table(headings, *rows)) == (1, 0, 0, 0, 3)
    assert kept().attendance_percent == Decimal("95.4")


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        ("110001,231,146.2", "PNUMEAL", "not a percentage from 0 to 100"),
        ("110001,many,46.2", "NOR", "not a whole number from 0 to 20,000"),
        ("11000,231,46.2", "URN", "not a URN: it has six digits"),
    ],
)
def test_a_row_is_refused_at_its_cell_with_what_is_wanted(table, row, column, message):
    outcome = table("URN,NOR,PNUMEAL", "110002,418,10", row)
    assert counts(outcome) == (1, 0, 0, 1, 0)
    (problem,) = outcome.problems
    assert (problem.row, problem.column, problem.refused) == (3, column, True)
    assert message in problem.message
    assert problem.value in row


def test_a_school_twice_in_one_file_is_taken_once(table):
    outcome = table("URN,NOR", "110001,231", "110001,232")
    assert counts(outcome) == (1, 0, 0, 1, 0)
    assert "stands in row 2 already" in outcome.problems[0].message


def test_a_heading_of_another_year_refuses_the_file(table):
    with pytest.raises(Unreadable, match="of 2018-19, and --year says 2019-20"):
        table(JOINED, "110001,341,2001,231,46.2,50.7,1,2", year=AcademicYear(year=2019))
    assert not SchoolContext.objects.exists()


@pytest.mark.parametrize(
    ("headings", "words"),
    [("Name,NOR", "No column of the first row is headed"), ("URN,Town", "No column holds a number")],
)
def test_a_file_without_a_school_or_a_number_is_refused_whole(table, headings, words):
    with pytest.raises(Unreadable, match=words):
        table(headings, "110001,231")


def test_a_number_entered_by_hand_stands_and_the_outcome_says_so(table):
    school, by = School.objects.get(urn=110001), person("Joanne Carter", "operator")
    mine = Entered({"roll": 240, "eal_percent": Decimal("50.7")}, "The school’s return", is_published=False)
    enter(school=school, year=YEAR, entered=mine, seen=None, by=by)
    outcome = table("URN,NOR,PNUMEAL,PNUMFSM", "110001,231,50.7,30.1")
    assert counts(outcome) == (0, 1, 0, 0, 0)
    assert outcome.by_hand == 1
    (problem,) = outcome.problems
    assert (problem.row, problem.column, problem.value, problem.refused) == (2, "NOR", "231", False)
    assert "240 was entered by hand and stands" in problem.message
    row = kept()
    # what the table says as well is the table's from now on
    assert (row.roll, row.by_hand, row.is_published) == (240, ["roll"], False)
    assert (row.fsm_percent, row.source, row.source_by_hand) == (Decimal("30.1"), SOURCE, "The school’s return")


def test_a_whole_countrys_table_is_read_in_seconds(table):
    School.objects.bulk_create(School(urn=urn, name="A school") for urn in range(120_000, 144_000))
    rows = [f"{urn},341,2001,231,46.2,50.7,1,2" for urn in range(120_000, 144_000)]
    started = time.perf_counter()
    assert counts(table(JOINED, *rows)) == (24_000, 0, 0, 0, 0)
    first, started = time.perf_counter() - started, time.perf_counter()
    assert counts(table(JOINED, *rows)) == (0, 0, 24_000, 0, 0)
    print(f"24,000 rows: new {first:.1f} s, again {time.perf_counter() - started:.1f} s")
    assert first < 15


@pytest.mark.parametrize(
    ("name", "urn", "roll"),
    [
        ("schools/schools_lambeth_liverpool_leeds_newcastle_gateshead.csv", 100556, 218),
        ("schools/schools_nottingham_stoke_telford_norfolk.csv", 123456, None),
    ],
)
def test_the_published_file_is_taken_whole(known, name, urn, roll):
    from schools.imports.gias.extract import import_schools

    path = published(name)
    left_out = import_schools(path, by=None).refused
    outcome = import_school_context(path, year=YEAR, source=SOURCE, by=None)
    assert (outcome.refused, outcome.set_aside) == (0, left_out)
    assert outcome.new > 500
    again = import_school_context(path, year=YEAR, source=SOURCE, by=None)
    assert (again.new, again.changed) == (0, 0)
    row = kept(urn)
    assert row.roll == roll if roll else row.roll > 0
