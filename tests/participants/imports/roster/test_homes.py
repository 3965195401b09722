"""Postcodes of homes: looked up while a list is read, and kept nowhere."""

import json
from datetime import date

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from inharmony.access.scope import scoped
from inharmony.servers import ensure
from inharmony.spreadsheets import Row, Sheet
from participants.actions import merge as merging
from participants.actions import roster_undo
from participants.imports.roster import preview, rereading
from participants.imports.roster.homes import UNKNOWN, home_decile, homes_in
from participants.imports.roster.rows import parse
from participants.imports.roster.source import rows_in
from participants.models import Child, RosterSheet
from schools.models import Postcode, SmallArea
from tests.participants.lists import accept, class_list, row_of, stage
from tests.trail import history

HEADINGS = "Forename,Surname,DOB,Postcode,Mother's postcode"
KNOWN, WRONG, MOTHERS = "ZZ9 7QX", "ZZ9 7QJ", "ZZ8 6HH"
PLANTED = (KNOWN, WRONG, MOTHERS)
BO, CY = f"Bo,Wren,14/03/2018,{KNOWN},{MOTHERS}", f"Cy,Finch,15/04/2018,{WRONG},"


@pytest.fixture
def inside(cast):
    with scoped(cast.liverpool_scope):
        yield cast


@pytest.fixture
def committed(committed_cast):
    """What is written is there for everybody, the superuser too."""
    with scoped(committed_cast.liverpool_scope):
        yield committed_cast


@pytest.fixture
def tables(request):
    request.getfixturevalue("committed" if "committed" in request.fixturenames else "cast")
    SmallArea.objects.create(code="E01000001", idaci_decile=2, imd_decile=9)
    Postcode.objects.create(code="ZZ97QX", small_area="E01000001")


def list_of(*rows: str, headings: str = HEADINGS) -> bytes:
    return class_list(*rows, headings=headings)


def everything_stored() -> str:
    """All that the database holds, in every table but that of postcodes, and what the kept sheets say unsealed."""
    texts = []
    # as the superuser: what no login of the portal may read is looked through too
    database = connection.settings_dict["NAME"]
    with psycopg.connect(ensure().admin_url(), dbname=database) as admin:
        tables = admin.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for table in {name for (name,) in tables} - {Postcode._meta.db_table}:
            texts += [
                row for (row,) in admin.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(table)))
            ]
    texts += [repr(row) for row in rows_in(RosterSheet.objects.values_list("content", flat=True))]
    return "\n".join(texts).upper()


def is_anywhere(postcode: str, text: str) -> bool:
    return postcode in text or postcode.replace(" ", "") in text


def test_a_postcode_is_kept_nowhere_and_its_decile_with_the_child(committed, tables, caplog):
    staged = stage(committed.ruth, list_of(BO, CY), school=committed.saltwharf)
    preview.mend(staged, row_of(staged, 3), {"home_decile": "zz9  7qx"}, by=committed.ruth)
    accept(committed.ruth, staged)
    assert dict(Child.objects.filter(surname__in=("Wren", "Finch")).values_list("surname", "home_decile")) == {
        "Wren": 2,
        "Finch": 2,
    }
    stored = everything_stored()
    assert "WREN" in stored
    assert "FINCH" in stored
    for postcode in PLANTED:
        assert not is_anywhere(postcode, stored)
        assert not is_anywhere(postcode, caplog.text.upper())


def test_the_search_finds_what_is_kept(committed, tables):
    stage(
        committed.ruth, list_of(BO, headings="Forename,Surname,DOB,Class,Mother's postcode"), school=committed.saltwharf
    )
    assert is_anywhere(KNOWN, everything_stored())


def test_a_postcode_that_is_not_known_is_a_warning_at_its_cell(inside, tables):
    staged = stage(inside.ruth, list_of(CY, "Di,Reed,01/05/2018,,", "Ed,Pike,02/05/2018,-,"), school=inside.saltwharf)
    (problem,) = row_of(staged, 2).problems
    assert (problem["column"], problem["field"], problem["value"], problem["refused"]) == (
        "Postcode",
        "home_decile",
        UNKNOWN,
        False,
    )
    assert "postcode that is known in England" in problem["message"]
    assert row_of(staged, 3).problems == row_of(staged, 4).problems == []
    accept(inside.ruth, staged)
    assert Child.objects.get(surname="Finch").home_decile is None


def test_the_warning_stays_when_the_list_is_read_again(inside, tables):
    staged = stage(inside.ruth, list_of(BO, CY), school=inside.saltwharf)
    Postcode.objects.all().delete()
    preview.choose(staged, rereading.choices_of(staged), by=inside.ruth)
    assert row_of(staged, 2).fields["file"]["home_decile"] == 2
    assert [problem["field"] for problem in row_of(staged, 3).problems] == ["home_decile"]


@pytest.mark.parametrize(("typed", "kept"), [("7", 7), ("ZZ97QX", 2), ("", None), ("11", None), ("ZZ1 1ZZ", None)])
def test_a_cell_is_mended_by_decile_or_postcode(inside, tables, typed, kept):
    staged = stage(inside.ruth, list_of(CY), school=inside.saltwharf)
    now = preview.mend(staged, row_of(staged, 2), {"home_decile": typed}, by=inside.ruth)
    assert now.fields["file"].get("home_decile") == kept
    assert bool(now.problems) == (typed in ("11", "ZZ1 1ZZ"))
    assert "ZZ1" not in json.dumps([now.mended, now.cells, now.problems])


@pytest.mark.parametrize("loaded", [(), ("postcodes",), ("deciles",)])
def test_without_both_tables_the_column_is_dropped(committed, loaded):
    if "postcodes" in loaded:
        Postcode.objects.create(code="ZZ97QX", small_area="E01000001")
    if "deciles" in loaded:
        SmallArea.objects.create(code="E01000001", idaci_decile=2)
    staged = stage(committed.ruth, list_of(BO), school=committed.saltwharf)
    assert staged.dropped == ["Postcode", "Mother's postcode"]
    assert "home_decile" not in staged.mapped
    assert not is_anywhere(KNOWN, everything_stored())


def test_with_tables_only_the_column_of_the_home_is_read(inside, tables):
    staged = stage(inside.ruth, list_of(BO), school=inside.saltwharf)
    assert (staged.dropped, staged.mapped["home_decile"]) == (["Mother's postcode"], "Postcode")


@pytest.mark.parametrize("heading", ["School postcode", "Postcode (Contact 1)", "Parent postcode", "Address", "Home"])
def test_nobody_elses_postcode_is_looked_up(committed, tables, heading):
    rows = list_of("Bo,Wren,14/03/2018,ZZ9 7QX", headings=f"Forename,Surname,DOB,{heading}")
    staged = stage(committed.ruth, rows, school=committed.saltwharf)
    assert "home_decile" not in staged.mapped
    assert not is_anywhere(KNOWN, everything_stored())


def test_a_postcode_under_the_heading_of_a_decile_is_looked_up_too(committed, tables):
    rows = list_of("Bo,Wren,14/03/2018,ZZ9 7QX", "Cy,Finch,15/04/2018,9", headings="Forename,Surname,DOB,IDACI decile")
    accept(committed.ruth, stage(committed.ruth, rows, school=committed.saltwharf))
    found = Child.objects.filter(surname__in=("Wren", "Finch")).order_by("surname")
    assert list(found.values_list("home_decile", flat=True)) == [9, 2]
    assert not is_anywhere(KNOWN, everything_stored())


def test_of_a_decile_and_a_postcode_the_decile_is_read_and_neither_kept_as_sent(committed, tables):
    rows = list_of("Bo,Wren,14/03/2018,ZZ9 7QX,6", headings="Forename,Surname,DOB,Postcode,IDACI decile")
    staged = stage(committed.ruth, rows, school=committed.saltwharf)
    assert row_of(staged, 2).fields["file"]["home_decile"] == 6
    assert not is_anywhere(KNOWN, everything_stored())


def test_what_a_list_says_of_a_home_is_shown_written_and_undone(inside, tables):
    amara = Child.objects.get(forename="Amara", programme=inside.liverpool)
    Child.objects.filter(pk=amara.pk).update(home_decile=5)
    rows = list_of(f"Amara,{amara.surname},{amara.date_of_birth:%d/%m/%Y},{KNOWN},")
    staged = stage(inside.ruth, rows, school=inside.saltwharf)
    row = row_of(staged, 2)
    assert (row.before["child"]["home_decile"], row.fields["child"]["home_decile"]) == (5, 2)
    accept(inside.ruth, staged)
    amara.refresh_from_db()
    assert amara.home_decile == 2
    assert ("Child", "update", amara.pk, ["home_decile"]) in history()
    staged.refresh_from_db()
    roster_undo.undo(roster_import=staged, by=inside.ruth)
    amara.refresh_from_db()
    assert amara.home_decile == 5


def test_a_blank_postcode_leaves_the_decile_that_is_known(inside, tables):
    amara = Child.objects.get(forename="Amara", programme=inside.liverpool)
    Child.objects.filter(pk=amara.pk).update(home_decile=5)
    rows = list_of(f"Amara,{amara.surname},{amara.date_of_birth:%d/%m/%Y},{WRONG},")
    accept(inside.ruth, stage(inside.ruth, rows, school=inside.saltwharf))
    amara.refresh_from_db()
    assert amara.home_decile == 5


def test_of_two_records_somebody_says_whose_decile_stands(inside):
    assert merging.FIELDS["home_decile"] == ("home_decile",)
    one, other = Child.objects.filter(programme=inside.liverpool).order_by("pk")[:2]
    Child.objects.filter(pk=other.pk).update(home_decile=3)
    merging.merge(kept=one, gone=other, theirs={"home_decile"}, by=inside.ruth)
    one.refresh_from_db()
    assert one.home_decile == 3


def test_the_pages_say_what_is_done_with_a_postcode(client, cast, tables):
    with scoped(cast.liverpool_scope):
        staged = stage(cast.ruth, list_of(BO), school=cast.saltwharf)
    client.force_login(cast.ruth)
    shown = client.get(f"/imports/{staged.pk}/").content.decode()
    assert "used to look up how deprived the area of the home is, then forgotten" in shown
    asked = client.get(f"/imports/{staged.pk}/columns/").content.decode()
    assert "Used to look up how deprived the area is, then forgotten" in asked
    assert not is_anywhere(KNOWN, (shown + asked).upper())


def test_the_pages_say_why_a_postcode_is_dropped(client, cast):
    with scoped(cast.liverpool_scope):
        staged = stage(cast.ruth, list_of(BO), school=cast.saltwharf)
    client.force_login(cast.ruth)
    for address in (f"/imports/{staged.pk}/", f"/imports/{staged.pk}/columns/"):
        assert "no table is loaded here to look it up in" in client.get(address).content.decode()


def test_a_childs_page_says_how_deprived_the_area_is_to_staff_of_the_whole_programme(client, cast):
    with scoped(cast.liverpool_scope):
        child = Child.objects.get(forename="Amara", programme=cast.liverpool)
        Child.objects.filter(pk=child.pk).update(home_decile=3)
    client.force_login(cast.ruth)
    assert "Decile 3 of 10 for deprivation" in client.get(f"/children/{child.pk}/").content.decode()
    client.force_login(cast.sam)
    assert "Decile 3" not in client.get(f"/children/{child.pk}/").content.decode()


def test_headings_that_stand_again_are_passed_over():
    headings = ("Forename", "Surname", "DOB", "Postcode")
    rows = (headings, ("Bo", "Wren", "14/03/2018", "AB1 2CD"), headings, ("Cy", "Finch", "15/04/2018", 4))
    sheet = Sheet("", False, tuple(Row(number, cells) for number, cells in enumerate(rows, 1)))
    parsed = parse(sheet, today=date(2026, 11, 29), look_up=lambda codes: dict.fromkeys(codes, 8))
    assert [row.fields["home_decile"] for row in parsed.rows] == [8, 4]
    assert [row.cells[3] for row in parsed.kept.rows] == ["Postcode", 8, "Postcode", 4]


@pytest.mark.parametrize("cell", [True, 0, 11, 2.5, "L" * 30_000, "4 High Street", 7_700_900_123])
def test_what_is_no_decile_and_no_postcode_leaves_a_mark(cell):
    homes = homes_in([cell], (), lambda codes: {})
    assert homes(cell) == UNKNOWN


def test_a_hundred_thousand_postcodes_are_one_look_up():
    asked = []

    def look_up(codes):
        asked.append(len(codes))
        return dict.fromkeys(codes, 1)

    cells = [f"AB{n // 1000} {n % 10}{chr(65 + n // 10 % 26)}{chr(65 + n % 26)}" for n in range(100_000)]
    homes = homes_in(cells, (), look_up)
    assert len(asked) == 1
    assert set(map(homes, cells)) == {1}


def test_home_decile_keeps_a_postcode_that_is_not_known_to_itself():
    assert home_decile("ZZ1 1ZZ", lambda codes: {}) == UNKNOWN
    assert home_decile("ZZ1 1ZZ", lambda codes: None) == UNKNOWN
