"""Ensembles, sessions and schools brought in as spreadsheets: shown first, then written by the acts of their pages."""

import re
from datetime import date, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from inharmony.accounts.models import RoleAssignment
from inharmony.spreadsheets.sheet import SheetOut
from inharmony.spreadsheets.writing import KINDS, write
from programmes.actions import closing
from programmes.models import Ensemble, Session
from schools.models import School
from tests.factories import programmes
from tests.factories.schools import LONG_AGO
from tests.trail import entries, entry

ENSEMBLES, SESSIONS = reverse("programmes:ensembles-bring"), reverse("programmes:timetable-bring")
SCHOOLS = reverse("programmes:schools-bring")
HEADINGS = ["Hub", "Ensemble", "Date", "Starts", "Ends", "Kind", "Venue", "Cover"]
SOON = timezone.localdate() + timedelta(days=7)


def sheet(headings, *rows, kind="xlsx"):
    data = write(kind, [SheetOut("List", headings, rows)])
    return SimpleUploadedFile(f"list.{kind}", data)


def sent(client, page, headings, *rows, kind="xlsx"):
    return client.post(page, {"file": sheet(headings, *rows, kind=kind)})


def token_in(answer):
    found = re.search(r'name="token" value="([^"]+)"', answer.content.decode())
    return found and found[1]


def counts(answer):
    html = answer.content.decode()
    return {
        key: int(size.replace(",", ""))
        for key, size in re.findall(r'id="(\w+)"[^>]*>.*?<span class="kind-count">([\d,]+)<', html)
    }


def problems(answer):
    return re.findall(r'class="field-error[^"]*">.*?<span>(.*?)</span></span>', answer.content.decode())


@pytest.fixture
def ruth(client, cast):
    client.force_login(cast.ruth)
    return client


def test_a_timetable_is_shown_and_then_written_in_one_act(ruth, cast):
    hall = programmes.venue(cast.liverpool, cast.saltwharf)
    rows = [
        ["Liverpool", "Year 4 Strings", SOON + timedelta(weeks=week), "10:15", "11:00", "In school time", str(hall), ""]
        for week in range(3)
    ]
    shown = sent(ruth, SESSIONS, HEADINGS, *rows)
    assert counts(shown) == {"new": 3}
    # the preview did it all, and took it back
    assert Session.objects.filter(day__gte=SOON).count() == 0
    assert not entries(act="timetable.added")
    done = ruth.post(SESSIONS, {"token": token_in(shown)})
    assert done["Location"] == reverse("programmes:timetable")
    made = Session.objects.filter(ensemble=cast.strings, day__gte=SOON)
    assert [(each.starts_at, each.ends_at, each.venue) for each in made] == [(time(10, 15), time(11), hall)] * 3
    assert entry(act="timetable.added").details["sessions"] == 3
    assert entry(act="sessions.brought_in").details["new"] == 3
    # the same file again is no change
    assert counts(sent(ruth, SESSIONS, HEADINGS, *rows)) == {"unchanged": 3}
    # and the same press again writes nothing
    again = ruth.post(SESSIONS, {"token": token_in(shown)})
    assert again.status_code == 409
    assert Session.objects.filter(day__gte=SOON).count() == 3


@pytest.mark.parametrize("kind", KINDS)
def test_what_goes_out_comes_in_unchanged(ruth, cast, kind):
    programmes.session(
        cast.brass,
        day=SOON,
        venue=programmes.venue(cast.liverpool, cast.saltwharf),
        tutor=programmes.tutor(cast.liverpool, "=Bo Wren"),
        joined_by=[cast.strings],
    )
    Ensemble.objects.filter(pk=cast.strings.pk).update(name="=1+1 @Strings", capacity=12)
    for page, export in ((SESSIONS, "programmes:year-export"), (ENSEMBLES, "participants:ensembles-export")):
        out = ruth.post(reverse(export), {"kind": kind})
        shown = ruth.post(page, {"file": SimpleUploadedFile(f"list.{kind}", out.content)})
        assert set(counts(shown)) == {"unchanged"}, problems(shown)
        assert token_in(shown) is None
        assert "Nothing to do" in shown.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_schools_that_go_out_come_in_unchanged_and_a_change_is_written(client, cast, kind):
    client.force_login(cast.olu)
    out = client.post(reverse("programmes:schools-export"), {"kind": kind})
    shown = client.post(SCHOOLS, {"file": SimpleUploadedFile(f"list.{kind}", out.content)})
    assert counts(shown) == {"unchanged": School.objects.count()}
    shown = sent(
        client,
        SCHOOLS,
        ["URN", "Name", "Town"],
        [cast.saltwharf.pk, "", "=Leeds"],
        [100_123, "New Primary", ""],
        kind=kind,
    )
    assert counts(shown) == {"new": 1, "changed": 1}
    client.post(SCHOOLS, {"token": token_in(shown)})
    cast.saltwharf.refresh_from_db()
    assert (cast.saltwharf.name, cast.saltwharf.town) == ("Saltwharf Primary", "=Leeds")
    assert School.objects.get(pk=100_123).name == "New Primary"
    assert entry(act="schools.imported").details["changed"] == 1


def test_a_sheet_that_crosses_hubs_is_refused_in_the_words_of_what_is_nowhere(ruth, cast):
    there = sent(ruth, SESSIONS, HEADINGS, ["Leeds", "Kirkfold Strings", SOON, "10:00", "11:00", "", "", ""])
    nowhere = sent(ruth, SESSIONS, HEADINGS, ["Atlantis", "Kirkfold Strings", SOON, "10:00", "11:00", "", "", ""])
    assert counts(there) == counts(nowhere) == {"refused": 1}
    assert [text.replace("Leeds", "Atlantis") for text in problems(there)] == problems(nowhere)
    assert token_in(there) is None
    hall = programmes.venue(cast.leeds, cast.kirkfold)
    rows = (
        ["Liverpool", "Kirkfold Strings", SOON, "10:00", "11:00", "", "", ""],
        ["Liverpool", "Year 4 Strings", SOON, "10:00", "11:00", "", str(hall), ""],
        ["Liverpool", "Year 4 Strings", SOON, "12:00", "13:00", "", "", "Nobody Known"],
    )
    assert counts(sent(ruth, SESSIONS, HEADINGS, *rows)) == {"refused": 3}
    of_next_door = sent(
        ruth,
        ENSEMBLES,
        ["Hub", "Ensemble", "Kind", "Starts", "School URN"],
        ["Liverpool", "New Band", "Jazz band", SOON, cast.kirkfold.pk],
    )
    assert counts(of_next_door) == {"refused": 1}
    assert Ensemble.objects.filter(name="New Band").count() == 0


def test_what_is_shown_to_one_is_accepted_by_no_other_and_on_no_other_page(client, cast):
    client.force_login(cast.ruth)
    token = token_in(sent(client, ENSEMBLES, ["Ensemble", "Kind", "Starts"], ["New Band", "Jazz band", SOON]))
    assert client.post(SESSIONS, {"token": token}).status_code == 422
    assert client.post(ENSEMBLES, {"token": token + "x"}).status_code == 422
    client.force_login(cast.joanne)
    assert client.post(ENSEMBLES, {"token": token}).status_code == 422
    assert Ensemble.objects.filter(name="New Band").count() == 0
    client.force_login(cast.ruth)
    assert client.post(ENSEMBLES, {"token": token}).status_code == 302
    assert Ensemble.objects.get(name="New Band").programme == cast.liverpool


def test_what_changed_since_is_shown_again(ruth, cast):
    rows = ["Ensemble", "Places"], ["Year 4 Strings", 20]
    token = token_in(sent(ruth, ENSEMBLES, *rows))
    Ensemble.objects.filter(pk=cast.strings.pk).update(capacity=15)
    again = ruth.post(ENSEMBLES, {"token": token})
    assert again.status_code == 409
    cast.strings.refresh_from_db()
    assert cast.strings.capacity == 15
    assert ruth.post(ENSEMBLES, {"token": token_in(again)}).status_code == 302
    cast.strings.refresh_from_db()
    assert cast.strings.capacity == 20
    assert entry(act="ensemble.changed").details["fields"] == ["capacity"]


def test_a_token_is_good_for_an_hour(ruth, cast, time_machine):
    token = token_in(sent(ruth, ENSEMBLES, ["Ensemble", "Places"], ["Year 4 Strings", 20]))
    time_machine.move_to(timezone.now() + timedelta(minutes=61))
    ruth.force_login(cast.ruth)
    assert ruth.post(ENSEMBLES, {"token": token}).status_code == 422


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["", "Year 4 Strings", "31/02/2027", "10:00", "11:00", "", "", ""], "is not a date"),
        (["", "Year 4 Strings", SOON, "25:00", "11:00", "", "", ""], "is not a time"),
        (["", "Year 4 Strings", SOON, "10:00", "09:00", "", "", ""], "ends after it starts"),
        (["", "Year 4 Strings", SOON, "10:00", "", "", "", ""], "Ends"),
        (["", "Year 4 Strings", SOON, "10:00", "11:00", "Concert", "", ""], "is not one of"),
        (["", "Year 4 Strings", date(1999, 1, 4), "10:00", "11:00", "", "", ""], "begins on"),
        (["", "=cmd|' /C calc'!A0", SOON, "10:00", "11:00", "", "", ""], "is no ensemble of Liverpool"),
    ],
)
def test_a_row_that_cannot_be_is_told_in_words_and_nothing_is_written(ruth, cast, row, words):
    good = ["", "Year 4 Strings", SOON + timedelta(days=1), "10:00", "11:00", "", "", ""]
    shown = sent(ruth, SESSIONS, HEADINGS, good, row)
    assert counts(shown) == {"new": 1, "refused": 1}
    assert words in " ".join(problems(shown))
    assert "Traceback" not in shown.content.decode()
    assert token_in(shown) is None
    assert Session.objects.filter(day__gte=SOON).count() == 0


def test_a_clash_in_the_file_and_a_row_twice_are_refused(ruth, cast):
    one = ["", "Year 4 Strings", SOON, "10:00", "11:00", "", "", ""]
    twice = sent(ruth, SESSIONS, HEADINGS, one, one)
    assert "twice" in " ".join(problems(twice))
    clash = sent(ruth, SESSIONS, HEADINGS, one, ["", "Year 4 Strings", SOON, "10:30", "11:30", "", "", ""])
    assert "has a session on" in clash.content.decode()
    assert token_in(clash) is None


def test_a_register_that_was_taken_is_not_moved_by_a_sheet(ruth, cast):
    Session.objects.filter(pk=cast.session.pk).update(
        register_taken_at=timezone.now(), register_taken_by=cast.priya, register_version=1
    )
    shown = sent(ruth, SESSIONS, HEADINGS, ["", "Year 4 Strings", cast.session.day, "10:15", "12:00", "", "", ""])
    assert "has a register" in " ".join(problems(shown))


def test_an_ensemble_is_not_ended_and_its_tutors_stay(ruth, cast):
    shown = sent(ruth, ENSEMBLES, ["Ensemble", "Ends"], ["Year 4 Strings", SOON])
    assert "ended on its page" in " ".join(problems(shown))
    shown = sent(ruth, ENSEMBLES, ["Ensemble", "Level"], ["year 4 strings", "Advanced"])
    ruth.post(ENSEMBLES, {"token": token_in(shown)})
    cast.strings.refresh_from_db()
    assert cast.strings.level == "advanced"
    assert [tutor.name for tutor in cast.strings.tutors.all()] == ["Priya Shah"]


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (SimpleUploadedFile("x.xlsx", b"PK\x03\x04 no"), "damaged"),
        (SimpleUploadedFile("x.csv", b"Ensemble\tPlaces\r\nA\t1\r\n"), "Send an Excel workbook"),
        (SimpleUploadedFile("x.csv", b"Name,Places\r\nA,1\r\n"), "has no heading"),
        (SimpleUploadedFile("x.csv", b"Ensemble,Ensemble\r\nA,1\r\n"), "Two columns"),
        (SimpleUploadedFile("x.csv", b"Ensemble,Places\r\nA,#REF!\r\n"), "holds no value"),
        (SimpleUploadedFile("x.csv", b"Ensemble,Places\r\n" + b"A,1\r\n" * 2_001), "more than 2,000 rows"),
        (
            SimpleUploadedFile("x.xlsx", write("xlsx", [SheetOut(n, ["Ensemble"], [["x"]]) for n in "ab"])),
            "several sheets",
        ),
        (SimpleUploadedFile("x.csv", b""), "empty"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_words(ruth, cast, file, words):
    file.seek(0)
    answer = ruth.post(ENSEMBLES, {"file": file})
    assert answer.status_code == 422
    assert words in answer.content.decode()


@pytest.mark.parametrize(
    ("page", "headings", "row"),
    [
        (ENSEMBLES, ["Ensemble", "Places"], ["Year 4 Strings", 20]),
        (SESSIONS, HEADINGS, ["", "Year 4 Strings", SOON, "10:00", "11:00", "", "", ""]),
    ],
)
def test_nothing_is_brought_into_a_closed_hub(ruth, cast, page, headings, row):
    token = token_in(sent(ruth, page, headings, row))
    closing.close(programme=cast.liverpool, on=timezone.localdate(), by=cast.olu)
    answer = ruth.post(page, {"token": token})
    assert answer.status_code == 409
    assert "closed" in answer.content.decode()
    assert not entries(act="ensemble.changed")
    assert not entries(act="timetable.added")


@pytest.mark.parametrize("page", [ENSEMBLES, SESSIONS, SCHOOLS])
def test_who_may_not_keep_the_list_brings_nothing_in(client, cast, page):
    for who in ("priya", "sam", "nia", "stranger", "ruth" if page == SCHOOLS else "olu"):
        client.force_login(getattr(cast, who))
        assert client.get(page).status_code == 403
        assert sent(client, page, ["Ensemble"], ["x"]).status_code == 403


def test_a_whole_year_is_read_with_few_statements_a_row(ruth, cast):
    def statements(weeks):
        rows = [
            ["", "Year 4 Strings", SOON + timedelta(weeks=week), "10:00", "11:00", "", "", ""] for week in range(weeks)
        ]
        with CaptureQueriesContext(connection) as seen:
            assert counts(sent(ruth, SESSIONS, HEADINGS, *rows)) == {"new": weeks}
        return len(seen)

    few = statements(2)
    assert (statements(12) - few) / 10 <= 12


def test_a_hub_in_which_one_only_takes_registers_is_none_whose_lists_one_keeps(client, cast):
    cast.leeds_strings.tutors.add(programmes.tutor(cast.leeds, "Ruth Bell", cast.ruth))
    RoleAssignment.objects.create(user=cast.ruth, role="coordinator", programme=cast.leeds, starts_on=LONG_AGO)
    client.force_login(cast.ruth)
    row = ["Leeds", "Kirkfold Strings", SOON, "10:00", "11:00", "", "", ""]
    assert "is no hub whose ensembles you keep" in " ".join(problems(sent(client, SESSIONS, HEADINGS, row)))
    changed = sent(client, ENSEMBLES, ["Hub", "Ensemble", "Places"], ["Leeds", "Kirkfold Strings", 9])
    assert counts(changed) == {"refused": 1}


def test_a_session_of_one_of_two_ensembles_of_a_name_is_put_into_neither(ruth, cast):
    for school in (cast.saltwharf, cast.marigold):
        programmes.ensemble(cast.liverpool, "Choir", school=school)
    shown = sent(ruth, SESSIONS, HEADINGS, ["Liverpool", "Choir", SOON, "10:15", "11:00", "In school time", "", ""])
    assert (counts(shown), token_in(shown)) == ({"refused": 1}, None)
    assert "There is more than one “Choir” that day" in problems(shown)[0]
