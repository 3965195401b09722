"""The command line of class lists: what it prints, what it returns, what it writes."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.models import Child, RosterImport
from programmes.actions import closing
from programmes.models import SharingAgreement
from schools.models import School
from tests.factories import schools
from tests.factories.schools import this_year
from tests.participants.lists import class_list
from tests.published import published
from tests.trail import entry

SHAPE = {"import_id", "file", "columns", "rows", "problems", "preview_rows", "refused_file"}


@pytest.fixture
def run(cast, tmp_path, capsys):
    """Runs the command on bytes or a path; returns its last line as JSON, and its exit code."""

    def runner(data, *more, school=None, year=None, by="ruth@hub.example", name="list.csv"):
        path = data
        if isinstance(data, bytes):
            path = tmp_path / name
            path.write_bytes(data)
        named = ["--school", str(school or cast.saltwharf.pk), "--year", year or str(this_year()), "--by", by, "--json"]
        code = 0
        try:
            call_command("import_roster", str(path), *named, *more)
        except CommandError as refusal:
            code = refusal.returncode
        lines = capsys.readouterr().out.strip().splitlines()
        return (json.loads(lines[-1]) if lines else None), code

    return runner


def children(cast):
    with scoped(cast.liverpool_scope):
        return Child.objects.count()


def test_import_roster_previews_in_the_agreed_shape(run, cast):
    before = children(cast)
    told, code = run(class_list("Bo,Wren,14/03/2018,F999999925001,4,4 Heron,Y", "Cy,Finch,31/02/2017"))
    assert (code, children(cast)) == (0, before)
    assert set(told) == SHAPE
    assert told["file"] == {"format": "csv", "sheet": "", "heading_row": 1, "encoding": "utf-8"}
    assert told["columns"]["mapped"]["date_of_birth"] == "DOB"
    assert told["rows"] == {
        "total": 2,
        "new": 1,
        "unchanged": 0,
        "changed": 0,
        "close_match": 0,
        "school_move": 0,
        "refused": 1,
    }
    assert told["problems"] == [
        {
            "row": 3,
            "column": "DOB",
            "value": "31/02/2017",
            "message": "“31/02/2017” is not a date: February 2017 has 28 days."
            " Write day/month/year, for example 14/03/2018.",
            "refused": True,
        }
    ]
    assert told["preview_rows"][0] == {
        "row": 2,
        "outcome": "new",
        "forename": "Bo",
        "surname": "Wren",
        "date_of_birth": "2018-03-14",
        "upn": "F999999925001",
        "year_group": "4",
        "school_class": "4 Heron",
        "flags": {"pupil_premium": True},
    }
    assert told["refused_file"] is None


def test_import_roster_accepts_and_then_finds_nothing_to_change(run, cast):
    before = children(cast)
    data = class_list("Bo,Wren,14/03/2018", "Cy,Finch,15/03/2018")
    first, code = run(data, "--accept")
    assert (code, first["rows"]["new"], children(cast)) == (0, 2, before + 2)
    again, code = run(data, "--accept")
    assert (code, again["import_id"], children(cast)) == (0, first["import_id"], before + 2)
    assert (again["rows"]["unchanged"], again["rows"]["new"]) == (2, 0)
    assert "already imported on" in again["message"]
    shown = entry(act="roster.viewed")
    with scoped(cast.liverpool_scope):
        assert shown.children == sorted(Child.objects.filter(forename__in=["Bo", "Cy"]).values_list("pk", flat=True))
    assert (shown.actor_id, shown.subject_id) == (cast.ruth.pk, first["import_id"])


@pytest.mark.parametrize("more", [(), ("--accept",)])
def test_import_roster_refuses_a_hub_without_an_agreement(run, cast, more):
    SharingAgreement.objects.filter(programme=cast.liverpool).delete()
    before = children(cast)
    told, code = run(class_list("Bo,Wren,14/03/2018"), *more)
    assert (code, set(told), children(cast)) == (1, SHAPE, before)
    assert told["refused_file"].startswith("No class list can come into Liverpool: no sharing agreement")


@pytest.mark.parametrize("more", [(), ("--accept",)])
def test_import_roster_refuses_a_closed_hub_in_words(run, cast, more):
    closing.close(programme=cast.liverpool, on=timezone.localdate(), by=cast.olu)
    before = children(cast)
    told, code = run(class_list("Bo,Wren,14/03/2018"), *more)
    assert (code, set(told), children(cast)) == (1, SHAPE, before)
    assert told["refused_file"].startswith("Liverpool is closed since")


def test_import_roster_leaves_close_matches_unwritten(run, cast):
    before = children(cast)
    told, code = run(class_list("Amarah,Adeyemi,01/09/2017"), "--accept")
    assert (code, told["rows"]["close_match"], children(cast)) == (0, 1, before)


def test_import_roster_takes_a_demonstration_school_of_the_persons_hub(run, cast):
    told, code = run(class_list("Bo,Wren,14/03/2018"), "--accept", school="demo")
    assert code == 0
    with scoped(cast.liverpool_scope):
        assert RosterImport.objects.get(pk=told["import_id"]).school.is_demonstration


@pytest.mark.parametrize(
    ("school", "words"),
    [
        ("123456", "No school here has the URN 123456"),
        ("12345", "“12345” is not a URN"),
        ("Saltwharf", "“Saltwharf” is not a URN"),
    ],
)
def test_import_roster_refuses_a_wrong_urn_and_writes_nothing(run, cast, school, words):
    before = children(cast)
    told, code = run(class_list("Bo,Wren,14/03/2018"), "--accept", school=school)
    assert (code, children(cast), words in told["refused_file"]) == (1, before, True)
    assert not School.objects.filter(pk=123456).exists()


def test_import_roster_refuses_a_school_that_closed_or_is_no_partner(run, cast):
    closed = schools.school("Gone Primary", closed_on=this_year().starts_on)
    told, code = run(class_list("Bo,Wren,14/03/2018"), school=closed.pk)
    assert (code, f"Gone Primary ({closed.pk}) closed on 01/09/" in told["refused_file"]) == (1, True)
    told, code = run(class_list("Bo,Wren,14/03/2018"), school=cast.kirkfold.pk)
    assert (code, "is no partner school of your hub today" in told["refused_file"]) == (1, True)


def test_import_roster_refuses_people_who_may_not(run, cast):
    for by, words in (("priya@hub.example", "may not import class lists"), ("no@hub.example", "There is no account")):
        told, code = run(class_list("Bo,Wren,14/03/2018"), "--accept", by=by)
        assert (code, words in told["refused_file"]) == (1, True)


def test_import_roster_refuses_a_wrong_file_and_writes_it_down(run, cast):
    told, code = run(b"%PDF-1.7", "--accept", name="list.pdf")
    assert (code, "is a PDF" in told["refused_file"], told["rows"]["total"]) == (1, True, 0)
    with scoped(cast.liverpool_scope):
        assert RosterImport.objects.get(pk=told["import_id"]).state == "refused"


@pytest.mark.parametrize(("year", "name"), [("2026", None), ("2026-28", None), (None, "gone.csv")])
def test_import_roster_tells_wrong_usage(run, tmp_path, year, name):
    told, code = run(tmp_path / name if name else class_list("Bo,Wren,14/03/2018"), year=year)
    assert (told, code) == (None, 2)


# file: rows by outcome, on an empty programme
PUBLISHED = {
    "nhs_class_valid.csv": {"total": 4, "new": 4},
    "nhs_class_valid_extra_fields.csv": {"total": 3, "new": 3},
    "nhs_class_valid_instruction_row.csv": {"total": 1, "new": 1},
    "nhs_class_valid_minimal.csv": {"total": 1, "new": 1},
    "nhs_class_valid_with_bom.csv": {"total": 1, "new": 1},
    "nhs_class_duplicates.csv": {"total": 3, "new": 3},
    "nhs_class_invalid_fields.csv": {"total": 16, "new": 1, "unchanged": 11, "refused": 4},
    "nhs_class_invalid_minimal.csv": {"total": 1, "refused": 1},
    "nhs_cohort_valid.csv": {"total": 3, "new": 1, "refused": 2},
    "nhs_cohort_valid_iso_8859_1_encoding.csv": {"total": 16, "refused": 16},
    "nhs_cohort_valid_unknown_school.csv": {"total": 2, "new": 2},
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_import_roster_does_with_a_published_list_what_the_index_says(run, cast, name):
    before = children(cast)
    told, code = run(published(f"rosters/{name}"), "--accept")
    assert code == 0
    assert {kind: count for kind, count in told["rows"].items() if count} == PUBLISHED[name]
    assert children(cast) == before + PUBLISHED[name].get("new", 0)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("rosters/nhs_class_malformed.csv", "Row 3 opens a quotation mark"),
        ("rosters/dfe_trainee_file_with_headers_and_blank_entries.csv", "There are no children under the headings"),
        ("spreadsheets/calamine_pass_protected.xlsx", "has a password"),
        ("csv/phpspreadsheet_empty.csv", "is empty"),
    ],
)
def test_import_roster_refuses_a_published_file_as_a_whole(run, cast, name, words):
    before = children(cast)
    told, code = run(published(name), "--accept")
    assert (code, children(cast), words in told["refused_file"]) == (1, before, True)
