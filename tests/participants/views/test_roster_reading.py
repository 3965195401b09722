"""How a class list is to be read is asked, said, remembered for the school, and said otherwise."""

import pytest
from django.urls import reverse

from inharmony.access.scope import scoped
from participants.actions.roster_accepting import token_for
from participants.models import Child, RosterImport, RosterRow, RosterSheet
from tests.inharmony.spreadsheets.workbooks import packed, parts, sheet
from tests.participants.lists import class_list, outcomes, row_of, stage


@pytest.fixture
def ruth(client, cast):
    client.force_login(cast.ruth)
    return client


def at(name, *args):
    return reverse(f"participants:roster{name}", args=args)


def send(client, cast, *files):
    form = client.get(at("-upload")).context["form"]
    partnership = form.fields["partnership"].queryset.get(school=cast.saltwharf)
    year = form.fields["year"].initial
    return client.post(at("-upload"), {"partnership": partnership.pk, "year": year, "file": list(files)})


def upload(name, data):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, data)


def the_list(cast, **which):
    with scoped(cast.liverpool_scope):
        return RosterImport.objects.get(**which)


def cells(*rows):
    return "".join(
        f'<row r="{n}">' + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in row) + "</row>"
        for n, row in enumerate(rows, 1)
    )


def workbook(**lists):
    return packed(parts({name: sheet(cells(*rows)) for name, rows in lists.items()}))


TWO = {
    "Y3": (["Forename", "Surname", "DOB", "Address"], ["Bo", "Wren", "14/03/2018", "1 Salt Lane"]),
    "Y4": (["Forename", "Surname", "DOB"], ["Cy", "Finch", "15/03/2018"]),
}


def test_of_several_lists_it_is_asked_which_is_meant(ruth, cast):
    answer = send(ruth, cast, upload("list.xlsx", workbook(**TWO)))
    found = the_list(cast)
    assert (answer.url, found.state) == (at("", found.pk), "asking")
    html = ruth.get(at("", found.pk)).content.decode()
    assert all(words in html for words in ("Which sheet is meant?", "Y3", "Y4", "1 row"))
    assert "Wren" not in html
    assert ruth.post(at("-accept", found.pk), {"token": token_for(found, cast.ruth)}).status_code == 409
    place = found.asks["sheets"][1]["place"]
    assert ruth.post(at("-sheet", found.pk), {"place": place}).status_code == 302
    found = the_list(cast)
    with scoped(cast.liverpool_scope):
        assert (found.state, found.sheet, outcomes(found)) == ("preview", "Y4", {2: "new"})


def test_a_sheet_that_was_not_offered_cannot_be_chosen(ruth, cast):
    send(ruth, cast, upload("list.xlsx", workbook(**TWO)))
    found = the_list(cast)
    for place in ("", "99", "x", "-1"):
        answer = ruth.post(at("-sheet", found.pk), {"place": place})
        assert (answer.status_code, "Choose the sheet that is meant." in answer.content.decode()) == (422, True)


def test_what_must_not_be_held_is_not_kept_of_any_sheet(ruth, cast):
    from participants.imports.roster.rereading import kept_sheet

    send(ruth, cast, upload("list.xlsx", workbook(**TWO)))
    with scoped(cast.liverpool_scope):
        found = RosterImport.objects.get()
        assert "Salt Lane" not in repr([kept_sheet(found, each["place"]) for each in found.asks["sheets"]])


def test_columns_that_nobody_knows_are_asked_for_and_remembered_for_the_school(ruth, cast):
    data = b"Vorname,Surname,Geboren\nBo,Wren,14/03/2018\nCy,Finch,kein\n"
    send(ruth, cast, upload("list.csv", data))
    found = the_list(cast)
    html = ruth.get(at("", found.pk)).content.decode()
    assert (found.state, "What are the columns?" in html) == ("asking", True)
    said = {"c0": "forename", "c1": "surname", "c2": "date_of_birth", "heading_row": "1"}
    assert ruth.post(at("-columns", found.pk), said).status_code == 302
    found = the_list(cast)
    with scoped(cast.liverpool_scope):
        assert (found.state, outcomes(found)) == ("preview", {2: "new", 3: "refused"})
    ruth.post(at("-accept", found.pk), {"token": token_for(found, cast.ruth)})
    send(ruth, cast, upload("next.csv", data.replace(b"kein", b"15/03/2018")))
    again = the_list(cast, file_name="next.csv")
    with scoped(cast.liverpool_scope):
        assert (again.state, outcomes(again)) == ("preview", {2: "unchanged", 3: "new"})
    assert "As in the school’s last list" in ruth.get(at("-columns", again.pk)).content.decode()


def test_two_columns_cannot_be_one_field(ruth, cast):
    with scoped(cast.liverpool_scope):
        staged = stage(cast.ruth, class_list("Bo,Wren,14/03/2018"), school=cast.saltwharf)
    said = {"c0": "forename", "c1": "forename", "c2": "date_of_birth", "heading_row": "1"}
    answer = ruth.post(at("-columns", staged.pk), said)
    assert (answer.status_code, "would both be read as" in answer.content.decode()) == (422, True)
    with scoped(cast.liverpool_scope):
        assert row_of(staged, 2).fields["child"]["surname"] == "Wren"


def test_without_names_it_is_no_list_and_stays_as_it_was(ruth, cast):
    with scoped(cast.liverpool_scope):
        staged = stage(cast.ruth, class_list("Bo,Wren,14/03/2018"), school=cast.saltwharf)
    said = {"c0": "", "c1": "", "c2": "date_of_birth", "heading_row": "1"}
    answer = ruth.post(at("-columns", staged.pk), said)
    assert (answer.status_code, "no column of it holds the forename" in answer.content.decode()) == (422, True)
    with scoped(cast.liverpool_scope):
        assert outcomes(staged) == {2: "new"}


def test_a_column_that_must_not_be_held_has_no_choice(ruth, cast):
    headings = "Forename,Surname,DOB,Address"
    with scoped(cast.liverpool_scope):
        staged = stage(
            cast.ruth, class_list("Bo,Wren,14/03/2018,1 Salt Lane", headings=headings), school=cast.saltwharf
        )
    html = ruth.get(at("-columns", staged.pk)).content.decode()
    assert ("Must not be held" in html, 'name="c3"' in html, "Salt Lane" in html) == (True, False, False)


def test_what_a_blank_means_is_asked_once_and_remembered(ruth, cast):
    rows = ("Bo,Wren,14/03/2018,,4,4B,Y", "Cy,Finch,15/03/2018,,4,4B,")
    with scoped(cast.liverpool_scope):
        staged = stage(cast.ruth, class_list(*rows), school=cast.saltwharf)
        assert row_of(staged, 3).fields["child"].get("is_pupil_premium") is None
    assert "What does a blank in “PP” mean?" in ruth.get(at("", staged.pk)).content.decode()
    ruth.post(at("-blanks", staged.pk), {"blank-pupil_premium": "no"})
    with scoped(cast.liverpool_scope):
        assert row_of(staged, 3).fields["child"]["is_pupil_premium"] is False
        staged.refresh_from_db()
    ruth.post(at("-accept", staged.pk), {"token": token_for(staged, cast.ruth)})
    with scoped(cast.liverpool_scope):
        assert Child.objects.get(forename="Cy").is_pupil_premium is False
        again = stage(cast.ruth, class_list(*rows, "Di,Swift,16/03/2018"), school=cast.saltwharf)
        assert row_of(again, 4).fields["child"]["is_pupil_premium"] is False
        assert again.asks == {}


def test_reading_again_keeps_what_was_mended_and_decided(ruth, cast):
    rows = ("Grace,Molloy,31/02/2018,,4,4B,Y", "Yusuff,Ali,02/09/2017,,4,4B,")
    with scoped(cast.liverpool_scope):
        staged = stage(cast.ruth, class_list(*rows), school=cast.saltwharf)
    ruth.post(at("-row", staged.pk, 2), {"cell-date_of_birth": "28/02/2018"})
    ruth.post(at("-decide", staged.pk), {"row3": "same"})
    ruth.post(at("-blanks", staged.pk), {"blank-pupil_premium": "unknown"})
    with scoped(cast.liverpool_scope):
        assert (row_of(staged, 2).outcome, row_of(staged, 3).decision) == ("new", "same")


def test_several_files_at_once_are_a_list_each(ruth, cast):
    answer = send(
        ruth,
        cast,
        upload("Y3.csv", class_list("Bo,Wren,14/03/2018")),
        upload("Y4.csv", class_list("Cy,Finch,15/03/2018")),
        upload("photo.png", b"\x89PNG\r\n\x1a\n"),
    )
    assert answer.url == at("-list")
    html = ruth.get(answer.url).content.decode()
    assert "2 lists read. Open each to check it before anything changes." in html
    assert "Not read: “photo.png” is a picture" in html
    with scoped(cast.liverpool_scope):
        assert set(RosterImport.objects.values_list("file_name", "state")) == {
            ("Y3.csv", "preview"),
            ("Y4.csv", "preview"),
            ("photo.png", "refused"),
        }


def test_discarding_while_it_asks_leaves_nothing(ruth, cast):
    send(ruth, cast, upload("list.xlsx", workbook(**TWO)))
    ruth.post(at("-discard", the_list(cast).pk))
    with scoped(cast.liverpool_scope):
        assert not any(model.objects.exists() for model in (RosterImport, RosterSheet, RosterRow))
