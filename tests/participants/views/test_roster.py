"""The pages of class lists, from the browser's side of the wire."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from inharmony.access.scope import scoped
from participants.actions import at_risk
from participants.actions.roster_accepting import token_for
from participants.models import Child, Consent, RosterImport, RosterRow
from participants.queries.roster import importable_partnerships
from programmes.models import SharingAgreement
from tests.factories import participants
from tests.factories.schools import this_year
from tests.participants.lists import class_list, stage
from tests.trail import entries, entry

UPLOAD = "participants:roster-upload"


def send(client, cast, data, *, name="list.csv", school=None, **more):
    with scoped(cast.liverpool_scope):
        partnership = importable_partnerships(cast.ruth, this_year().starts_on).get(school=school or cast.saltwharf)
    sent = {"partnership": partnership.pk, "year": this_year().year, "file": SimpleUploadedFile(name, data)} | more
    return client.post(reverse(UPLOAD), sent)


def only_import(cast):
    with scoped(cast.liverpool_scope):
        return RosterImport.objects.get()


@pytest.fixture
def ruth(client, cast):
    client.force_login(cast.ruth)
    return client


@pytest.fixture
def waiting(cast):
    """A list with something of everything, sent by Ruth."""
    moved = cast.others[0]
    data = class_list(
        "Bo,Wren,14/03/2018,,4,4 Heron,Y",
        "Amara,Adeyemi,01/09/2017,,5,5 Kestrel,N",
        "Yusuf,Ali,02/09/2017",
        "Elli,Barrow,03/09/2017,,4,4B",
        f"{moved.forename},{moved.surname},{moved.date_of_birth:%d/%m/%Y},,4,4B",
        "Cy,Finch,31/02/2017",
        "Di,Swift,14/03/2018,,Kestrel",
        headings="Forename,Surname,DOB,UPN,Yr,Reg,PP",
    )
    with scoped(cast.liverpool_scope):
        return stage(cast.ruth, data, school=cast.saltwharf)


def page_of(roster_import, act=""):
    return reverse(f"participants:roster{act}", args=[roster_import.pk])


def test_upload_reads_the_list_and_shows_what_it_would_do(ruth, cast):
    response = send(ruth, cast, class_list("Bo,Wren,14/03/2018"))
    staged = only_import(cast)
    assert (response.status_code, response["Location"]) == (302, page_of(staged))
    html = ruth.get(page_of(staged)).content.decode()
    assert "Check before anything changes" in html
    assert "1 of 1</b> row ready" in html
    assert "Bo Wren" in html


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"%PDF-1.7", "list.pdf", "“list.pdf” is a PDF, not a spreadsheet"),
        (b"", "list.csv", "The submitted file is empty"),
        (b"this,that\n1,2\n", "list.csv", "No row of headings was found in rows 1 to 2"),
        (b"Forename,Surname,DOB\n", "list.csv", "There are no children under the headings in row 1"),
    ],
)
def test_upload_refuses_a_wrong_file_with_what_to_do_and_changes_nothing(ruth, cast, data, name, words):
    with scoped(cast.liverpool_scope):
        children = Child.objects.count()
    response = send(ruth, cast, data, name=name)
    assert response.status_code == 422
    assert words in response.content.decode()
    with scoped(cast.liverpool_scope):
        assert (Child.objects.count(), RosterRow.objects.count()) == (children, 0)


def test_upload_refuses_a_file_over_20_megabytes(ruth, cast):
    response = send(ruth, cast, b"a" * (20 * 1024 * 1024 + 1))
    assert response.status_code == 422
    assert "at most 20 MB can be read" in response.content.decode()


def test_upload_offers_the_partner_schools_of_the_own_hub_and_takes_no_other(ruth, cast):
    html = ruth.get(reverse(UPLOAD)).content.decode()
    assert "Saltwharf Primary" in html
    assert "Kirkfold Primary" not in html
    foreign = importable_partnerships(cast.omar, this_year().starts_on).get(school=cast.kirkfold)
    response = send(ruth, cast, class_list("Bo,Wren,14/03/2018"), partnership=foreign.pk)
    assert response.status_code == 422
    with scoped(cast.both):
        assert RosterImport.objects.count() == 0


def test_upload_refuses_a_hub_without_an_agreement_and_says_who_can_mend_it(ruth, cast):
    SharingAgreement.objects.filter(programme=cast.liverpool).delete()
    response = send(ruth, cast, class_list("Bo,Wren,14/03/2018"))
    assert response.status_code == 422
    assert (
        "no sharing agreement has been recorded. Once it is signed, the operator records it: Olu"
        in response.content.decode()
    )
    with scoped(cast.liverpool_scope):
        assert (RosterImport.objects.count(), RosterRow.objects.count()) == (0, 0)


def test_upload_refuses_a_school_that_has_closed(ruth, cast):
    cast.saltwharf.closed_on = this_year().starts_on
    cast.saltwharf.save()
    response = send(ruth, cast, class_list("Bo,Wren,14/03/2018"))
    assert "closed on 01/09/" in response.content.decode()


def test_the_same_file_again_leads_to_the_import_in_force(ruth, cast):
    data = class_list("Bo,Wren,14/03/2018")
    send(ruth, cast, data)
    staged = only_import(cast)
    ruth.post(page_of(staged, "-accept"), {"token": token_for(staged, cast.ruth)})
    response = ruth.get(send(ruth, cast, data)["Location"])
    assert "already imported on" in response.content.decode()
    assert only_import(cast) == staged


def test_the_page_shows_every_kind_of_row_with_its_faults_and_changes(ruth, waiting):
    html = ruth.get(page_of(waiting)).content.decode()
    for words in (
        "Not readable",
        "“31/02/2017” is not a date: February 2017 has 28 days.",
        "Close matches",
        "Elli Barrow",
        "Ellie Barrow",
        "School moves",
        "Marigold Street Primary",
        "Read with a question",
        "“Kestrel” is not a year group",
        "5 of 7</b> rows ready",
    ):
        assert words in html, words
    assert '<span class="was">4B</span>' in html
    assert '<span class="becomes">5 Kestrel</span>' in html


def test_deciding_a_close_match_and_accepting_writes_what_was_shown(ruth, cast, waiting):
    ruth.post(page_of(waiting, "-decide"), {"row5": "same"})
    html = ruth.get(page_of(waiting)).content.decode()
    assert 'name="row5" value="same" checked' in html
    response = ruth.post(page_of(waiting, "-accept"), {"token": token_for(waiting, cast.ruth)}, follow=True)
    assert "The list is in: 6 of 7 rows" in response.content.decode()
    with scoped(cast.liverpool_scope):
        assert Child.objects.get(pk=cast.children[2].pk).forename == "Elli"
        assert Child.objects.filter(forename__in=["Bo", "Di"]).count() == 2


def test_accept_without_the_pages_token_writes_nothing(ruth, cast, waiting):
    response = ruth.post(page_of(waiting, "-accept"), {"token": "x"})
    assert response.status_code == 409
    assert "The page was not complete when it was sent" in response.content.decode()
    with scoped(cast.liverpool_scope):
        assert not Child.objects.filter(forename="Bo").exists()


def test_what_changed_meanwhile_is_shown_again_instead_of_written(ruth, cast, waiting):
    with scoped(cast.liverpool_scope):
        Child.objects.filter(pk=cast.children[0].pk).update(is_pupil_premium=True)
    response = ruth.post(page_of(waiting, "-accept"), {"token": token_for(waiting, cast.ruth)})
    html = response.content.decode()
    assert response.status_code == 409
    assert "1 row would now do something else than the page showed" in html
    assert '<span class="was">Yes</span>' in html


def test_a_colleague_may_look_and_not_accept(client, cast, waiting):
    client.force_login(cast.joanne)
    html = client.get(page_of(waiting)).content.decode()
    assert "Sent by somebody else." in html
    assert "Accept" not in html.split("Check before anything changes")[1]
    for act in ("-accept", "-decide", "-discard"):
        assert client.post(page_of(waiting, act), {"token": token_for(waiting, cast.joanne)}).status_code == 403
    with scoped(cast.liverpool_scope):
        assert not Child.objects.filter(forename="Bo").exists()


def test_discard_deletes_the_list(ruth, cast, waiting):
    response = ruth.post(page_of(waiting, "-discard"), follow=True)
    assert "are deleted. No child was changed." in response.content.decode()
    with scoped(cast.liverpool_scope):
        assert (RosterImport.objects.count(), RosterRow.objects.count()) == (0, 0)


def test_undo_asks_first_and_then_takes_the_list_back(ruth, cast, waiting):
    ruth.post(page_of(waiting, "-accept"), {"token": token_for(waiting, cast.ruth)})
    assert "2, who came in with this list" in ruth.get(page_of(waiting, "-undo")).content.decode()
    response = ruth.post(page_of(waiting, "-undo"), follow=True)
    assert "Undone: 2 children removed, 2 put back as they were." in response.content.decode()
    assert ruth.get(page_of(waiting, "-undo")).status_code == 409
    with scoped(cast.liverpool_scope):
        assert not Child.objects.filter(forename="Bo").exists()


def test_a_refused_file_stands_in_the_list_with_its_reason(ruth, cast):
    send(ruth, cast, b"%PDF-1.7", name="list.pdf")
    refused = only_import(cast)
    assert "list.pdf" in ruth.get(reverse("participants:roster-list")).content.decode()
    assert "is a PDF, not a spreadsheet" in ruth.get(page_of(refused)).content.decode()


@pytest.mark.parametrize("act", ["", "-undo"])
def test_an_import_of_another_hub_is_not_found_whether_it_is_there_or_not(client, cast, waiting, act):
    client.force_login(cast.omar)
    for pk in (waiting.pk, 999_999_999):
        assert client.get(reverse(f"participants:roster{act}", args=[pk])).status_code == 404


@pytest.mark.parametrize("act", ["-accept", "-decide", "-discard", "-undo"])
def test_nothing_can_be_done_to_an_import_of_another_hub(client, cast, waiting, act):
    client.force_login(cast.omar)
    assert client.post(page_of(waiting, act), {"token": token_for(waiting, cast.omar)}).status_code == 404


@pytest.mark.parametrize("who", ["priya", "sam", "nia", "olu", "stranger"])
def test_roles_without_class_lists_are_refused(client, cast, waiting, who):
    client.force_login(getattr(cast, who))
    for address in (reverse("participants:roster-list"), reverse(UPLOAD), page_of(waiting)):
        assert client.get(address).status_code == 403


def test_no_page_shows_a_upn(ruth, cast):
    send(ruth, cast, class_list("Bo,Wren,14/03/2018,F999999925001", "Amara,Adeyemi,01/09/2017,V999999925002"))
    staged = only_import(cast)
    html = ruth.get(page_of(staged)).content.decode()
    assert '<span class="becomes">A UPN</span>' in html
    assert "F999999925001" not in html
    assert "V999999925002" not in html


@pytest.mark.parametrize(
    "row",
    [
        "Bo,Wren,14/03/2018,F999999925002",  # the wrong letter
        "Bo,Wren,14/03/2018,F99999992500",  # one figure short
        "Bo,Wren,14/03/2018,R662332011222",  # an authority on no list: kept, with a question
        "Bo,Wren,F999999925001,",  # in the column beside
    ],
)
def test_what_is_wrong_with_a_upn_is_said_with_its_last_four_characters(ruth, cast, row):
    written = max(row.split(","), key=len)
    send(ruth, cast, class_list(row))
    staged = only_import(cast)
    html = ruth.get(page_of(staged)).content.decode()
    with scoped(cast.liverpool_scope):
        (kept,) = RosterRow.objects.filter(roster_import=staged, row=2).values()
        told = [str(event.details) for event in entries()]
    mask = "•" * (len(written) - 4) + written[-4:]
    assert (mask in html, written in html) == (True, False)
    assert mask in str(kept["problems"])
    assert [written in str(kept["problems"]), written in str(told)] == [False, False]


def test_names_that_hold_markup_are_shown_as_text(ruth, cast):
    send(ruth, cast, class_list("<script>x</script>,Wren,14/03/2018"))
    html = ruth.get(page_of(only_import(cast))).content.decode()
    assert "&lt;script&gt;x&lt;/script&gt; Wren" in html
    assert "<script>x" not in html


def test_looking_at_a_list_is_in_the_trail(ruth, cast, waiting):
    ruth.get(page_of(waiting))
    event = entry(act="roster.viewed")
    assert (event.actor_id, event.subject_id) == (cast.ruth.pk, waiting.pk)


@pytest.mark.parametrize("size", [3, 60])
def test_the_page_needs_the_same_statements_whatever_its_size(ruth, cast, size, django_assert_max_num_queries):
    rows = [f"Bo{'abcdefgh'[n % 8]},Wren{'abcdefgh'[n // 8]},{13 + n % 16}/03/2018" for n in range(size)]
    with scoped(cast.liverpool_scope):
        staged = stage(cast.ruth, class_list(*rows), school=cast.saltwharf)
    with django_assert_max_num_queries(19):
        ruth.get(page_of(staged))


def test_a_long_kind_is_shown_page_by_page(ruth, cast):
    rows = [f"Bo{'abcdefgh'[n % 8]},Wren{'abcdefgh'[n // 8]},{1 + n % 28}/03/2018" for n in range(60)]
    with scoped(cast.liverpool_scope):
        staged = stage(cast.ruth, class_list(*rows), school=cast.saltwharf)
    assert "All 60 rows of this kind" in ruth.get(page_of(staged)).content.decode()
    html = ruth.get(f"{page_of(staged)}?kind=new&page=2").content.decode()
    assert "Rows 51 to 60 of 60" in html


def rows_on(html, name):
    """Returns the rows of tables and the asked-about matches that show a name."""
    return [row for row in html.replace("<fieldset", "<tr").split("<tr") if name in row]


def test_a_refusal_of_photos_stands_beside_every_child_who_is_here(ruth, cast, waiting):
    """Amara changes, Yusuf stays as he is, Ellie may be meant by row 5; Bo is new and was asked nothing yet."""
    with scoped(cast.liverpool_scope):
        for child in cast.children:
            participants.answer(child, Consent.Purpose.PHOTO_INSIDE, by=cast.ruth)
    html = ruth.get(page_of(waiting)).content.decode()
    assert all(
        "No photos" in row for name in ("Amara Adeyemi", "Yusuf Ali", "Ellie Barrow") for row in rows_on(html, name)
    )
    assert not any("photo" in row for row in rows_on(html, "Bo Wren"))


def test_once_accepted_a_new_child_has_its_badge_too(ruth, cast, waiting):
    ruth.post(page_of(waiting, "-accept"), {"token": token_for(waiting, cast.ruth)})
    (row,) = rows_on(ruth.get(page_of(waiting)).content.decode(), "Bo Wren")
    assert "No photo consent yet" in row


def test_the_rows_of_a_child_at_risk_are_on_no_paper(ruth, cast, waiting):
    with scoped(cast.liverpool_scope):
        for child in (cast.children[0], cast.children[2]):
            at_risk.flag_at_risk(child=child, by=cast.joanne)
    html = ruth.get(page_of(waiting)).content.decode()
    assert all("off-paper" in row for name in ("Amara Adeyemi",) for row in rows_on(html, name))
    assert html.count('class="match off-paper"') == 1
    assert html.count("<b>1 child is not printed</b>; look at the list on screen.") == 2
    assert not any("off-paper" in row for row in rows_on(html, "Yusuf Ali"))
