import json

import pytest
from django.core.management import CommandError, call_command

from schools.models import School

ROW = "110001,Saltwharf Primary School,L5 3LW"


@pytest.fixture
def file(tmp_path):
    def write(*rows, headings="URN,EstablishmentName,Postcode,Head"):
        path = tmp_path / "extract.csv"
        path.write_text("\n".join([headings, *rows]) + "\n")
        return path

    return write


def run(capsys, path, *options, command="import_schools"):
    call_command(command, path, *options)
    return capsys.readouterr().out


def test_import_schools_says_what_became_of_the_rows(db, capsys, file):
    said = run(capsys, file(ROW, "12,Kite Hill,L5 3LW"))
    assert "2 schools read: 1 new, 0 changed, 0 unchanged, 1 refused." in said
    assert "Row 3, URN, “12”: not a URN" in said
    assert "1 columns are not used" in said


def test_json_is_one_object_on_the_last_line(db, capsys, file):
    said = json.loads(run(capsys, file(ROW), "--json").splitlines()[-1])
    assert said == {
        "rows": 1,
        "new": 1,
        "changed": 0,
        "unchanged": 0,
        "refused": 0,
        "problems": [],
        "ignored_columns": ["Head"],
    }


@pytest.mark.parametrize("command", ["import_schools", "import_postcodes", "import_deprivation"])
def test_a_file_that_is_not_there_is_wrong_usage(db, tmp_path, command):
    with pytest.raises(CommandError) as refusal:
        call_command(command, tmp_path / "nothing.csv")
    assert refusal.value.returncode == 2


@pytest.mark.parametrize("command", ["import_schools", "import_postcodes", "import_deprivation"])
def test_a_file_of_something_else_is_refused(db, capsys, file, command):
    with pytest.raises(CommandError) as refusal:
        run(capsys, file("Priya,Shah", headings="Forename,Surname"), "--json", command=command)
    assert refusal.value.returncode == 1
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["refused_file"] == str(refusal.value)


def test_a_file_without_one_good_row_is_refused_after_saying_why(db, capsys, file):
    with pytest.raises(CommandError, match="all 1 were refused") as refusal:
        run(capsys, file("12,Kite Hill,L5 3LW"), "--json")
    assert refusal.value.returncode == 1
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["refused"] == 1
    assert not School.objects.exists()


def test_a_conflict_that_only_the_database_sees_changes_nothing(db, capsys, file):
    full = "URN,EstablishmentName,LA (code),EstablishmentNumber,CloseDate"
    run(capsys, file("110001,Saltwharf,341,2001,31-08-2020", headings=full))
    run(capsys, file("140001,Saltwharf Academy,341,2001,", headings=full))
    with pytest.raises(CommandError, match="do not fit those already there"):
        run(capsys, file("110001,Saltwharf,", headings="URN,EstablishmentName,CloseDate"))
    assert School.objects.get(urn=110001).status == "closed"


CONTEXT = {"command": "import_school_context"}


def test_import_school_context_says_what_became_of_the_rows(db, capsys, file):
    run(capsys, file(ROW))
    path = file("110001,231,46.2", "110009,1,1", "110001,2,2", headings="URN,NOR,PNUMFSMEVER")
    said = run(capsys, path, "--year", "2018-19", "--source", "DfE, census 2019", **CONTEXT)
    assert "3 schools read: 1 new, 0 changed, 0 unchanged, 1 refused." in said
    assert "1 rows are of no school of the portal, or of another year." in said
    told = json.loads(run(capsys, path, "--year", "2018-19", "--source", "DfE", "--json", **CONTEXT).splitlines()[-1])
    assert (told["changed"], told["set_aside"], told["by_hand"]) == (1, 1, 0)


@pytest.mark.parametrize(
    "options",
    [
        ("--year", "2018", "--source", "DfE"),
        ("--year", "2098-99", "--source", "DfE"),
        ("--year", "2018-19", "--source", " "),
        ("--year", "2018-19", "--source", "DfE; ONS"),
    ],
)
def test_import_school_context_needs_a_year_and_a_source(db, capsys, file, options):
    with pytest.raises(CommandError) as refusal:
        run(capsys, file("110001,231", headings="URN,NOR"), *options, **CONTEXT)
    assert refusal.value.returncode == 2
