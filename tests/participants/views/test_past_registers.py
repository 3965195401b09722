"""The pages of past registers, from the browser's side of the wire."""

from datetime import date, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from inharmony.access.scope import scoped
from participants.actions import at_risk
from participants.imports.registers import preview
from participants.models import Attendance, PastRegister
from programmes.actions import closing
from programmes.models import Session
from tests.factories import participants
from tests.participants.actions.test_past_registers import DAYS, ROWS, TIMES, YEAR, marks, staged
from tests.participants.sheets import accept, as_csv, as_xlsx
from tests.trail import entries, entry

SEND = "participants:past-register-send"
ALL = "participants:past-registers"


@pytest.fixture
def ruth(client, cast):
    client.force_login(cast.ruth)
    return client


def post(client, cast, data, *, name="register.csv", ensemble=None, year=YEAR, **more):
    sent = {"ensemble": (ensemble or cast.strings).pk, "year": year, "file": SimpleUploadedFile(name, data)} | more
    return client.post(reverse(SEND), sent)


def only(cast):
    with scoped(cast.liverpool_scope):
        return PastRegister.objects.select_related("ensemble", "programme").get()


def page_of(kept, act=""):
    return reverse(f"participants:past-register{act}", args=[kept.pk])


def letters(kept, by, **said):
    plan = preview.plan_of(kept, by)
    return {letter.key: said.get(letter.letter, letter.means) for letter in plan.letters}


@pytest.fixture
def waiting(cast):
    with scoped(cast.liverpool_scope):
        return staged(cast)


def test_from_the_file_to_registers_that_stand_and_back(ruth, cast):
    answer = post(ruth, cast, as_csv([*ROWS, ("Amara Adeyimi", "?", "/", "/")]))
    kept = only(cast)
    assert answer["Location"] == page_of(kept)
    html = ruth.get(page_of(kept)).content.decode()
    assert "What do the letters mean?" in html
    assert page_of(kept, "-accept") not in html
    assert '<option value="" selected>Choose' in html
    with scoped(cast.liverpool_scope):
        said = letters(kept, cast.ruth)
    # a letter nobody knows stops it, and is named
    answer = ruth.post(page_of(kept, "-letters"), said | {"starts_at": "10:15", "ends_at": "11:00"})
    assert (answer.status_code, "Say what “?” means." in answer.content.decode()) == (422, True)
    said |= {key: "a" for key, means in said.items() if not means}
    ruth.post(page_of(kept, "-letters"), said | {"starts_at": "10:15", "ends_at": "11:00"})
    html = ruth.get(page_of(kept)).content.decode()
    assert "Check before anything changes" in html
    assert "Whom do these rows mean?" in html
    assert "row 2 is Amara" not in html
    ruth.post(page_of(kept, "-rows"), {"row-5": "out"})
    html = ruth.get(page_of(kept)).content.decode()
    assert "1 row left out; can be undone for 30 days" in html
    token = html.partition('name="token" value="')[2].partition('"')[0]
    html = ruth.post(page_of(kept, "-accept"), {"token": token}, follow=True).content.decode()
    assert "3 registers are in" in html
    assert "8 marks of 3 children, 3 sessions made" in html
    with scoped(cast.liverpool_scope):
        assert len(marks(cast)) == 8
    assert "Sessions removed</dt><dd>3" in ruth.get(page_of(kept, "-undo")).content.decode()
    html = ruth.post(page_of(kept, "-undo"), follow=True).content.decode()
    assert "Undone: 3 registers taken back, 3 of them with their sessions." in html
    with scoped(cast.liverpool_scope):
        assert not Session.objects.filter(day__in=DAYS).exists()
    assert ruth.get(page_of(kept, "-undo")).status_code == 409


def test_of_several_sheets_the_one_is_asked_for(ruth, cast):
    other = [("Name", "5/10", "12/10", "19/10"), ("Yusuf Ali", "/", "/", "/")]
    post(ruth, cast, as_xlsx(("Notes", [("Nothing",)]), ("Autumn 1", ROWS), ("Autumn 2", other)), name="r.xlsx")
    kept = only(cast)
    html = ruth.get(page_of(kept)).content.decode()
    assert "Which sheet is meant?" in html
    assert "Autumn 1" in html
    assert ruth.post(page_of(kept, "-sheet"), {"place": "0"}).status_code == 422
    ruth.post(page_of(kept, "-sheet"), {"place": "2"})
    assert "sheet “Autumn 2”: 1 row, 3 dates" in ruth.get(page_of(kept)).content.decode()


def test_a_sheet_named_is_read_and_one_that_is_not_there_is_refused(ruth, cast):
    book = as_xlsx(("Autumn 1", ROWS), ("Autumn 2", ROWS))
    answer = post(ruth, cast, book, name="r.xlsx", sheet="Spring")
    assert "There is no visible sheet “Spring”. The file has “Autumn 1”, “Autumn 2”." in answer.content.decode()
    post(ruth, cast, book, name="r.xlsx", sheet="autumn 2")
    assert only(cast).sheet == "Autumn 2"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7", "is a PDF, not a spreadsheet"),
        (as_csv([("Name", "DOB"), ("Amara", "1/9/2017")]), "No row with the days of sessions was found"),
        (b"", "empty"),
    ],
)
def test_a_file_that_is_no_register_is_refused_and_nothing_is_kept(ruth, cast, data, words):
    answer = post(ruth, cast, data)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    with scoped(cast.liverpool_scope):
        assert not PastRegister.objects.exists()


def test_a_row_means_a_child_who_was_offered_and_no_other(ruth, cast):
    post(ruth, cast, as_csv([*ROWS[:3], ("Elli Barow", "/", "/", "/")]))
    kept, ellie = only(cast), cast.children[2]
    html = ruth.get(page_of(kept)).content.decode()
    assert f'<option value="{ellie.pk}">Ellie Barrow, born 3 September 2017' in html
    for said in (str(cast.leeds_children[0].pk), "999999999", "-1", "x", "9" * 30, "²"):
        ruth.post(page_of(kept, "-rows"), {"row-4": said})
        assert only(cast).choices.get("rows", {}) == {}
    ruth.post(page_of(kept, "-rows"), {"row-4": str(ellie.pk), "row-2": "out", "row-99": "out"})
    assert only(cast).choices["rows"] == {"4": ellie.pk}
    ruth.post(page_of(kept, "-rows"), {"row-4": ""})
    assert only(cast).choices["rows"] == {}


def test_of_many_rows_to_decide_on_some_are_shown_at_a_time(ruth, cast):
    rows = [(f"Nobody{letter} Known", "/", "/", "/") for letter in "abcdefghijklmnopqrstuvwxyz"]
    post(ruth, cast, as_csv([ROWS[0], *rows]))
    kept = only(cast)
    html = ruth.get(page_of(kept)).content.decode()
    assert (html.count("<select"), "And 1 more, once these are decided." in html) == (26, True)
    ruth.post(page_of(kept, "-rows"), {"row-2": "out"})
    assert 'name="row-27"' in ruth.get(page_of(kept)).content.decode()


def test_the_very_same_sheet_leads_to_the_one_that_is_in(ruth, cast, waiting):
    with scoped(cast.liverpool_scope):
        accept(cast.ruth, waiting)
    answer = post(ruth, cast, as_csv(ROWS))
    assert answer["Location"] == page_of(waiting)


def test_the_ensembles_page_leads_here_and_chooses_it(ruth, cast):
    address = f"{reverse(SEND)}?ensemble={cast.strings.pk}"
    assert address in ruth.get(reverse("participants:ensemble", args=[cast.strings.pk])).content.decode()
    assert f'<option value="{cast.strings.pk}" selected>' in ruth.get(address).content.decode()
    assert reverse(ALL) in ruth.get(reverse("participants:roster-list")).content.decode()
    for nonsense in ("x", "9" * 40, str(cast.leeds_strings.pk)):
        assert ruth.get(f"{reverse(SEND)}?ensemble={nonsense}").status_code == 200


def test_a_coordinator_is_not_led_here(client, cast):
    client.force_login(cast.priya)
    assert reverse(SEND) not in client.get(reverse("participants:ensemble", args=[cast.strings.pk])).content.decode()


@pytest.mark.parametrize("act", ["", "-undo"])
def test_one_of_another_hub_is_not_found_whether_it_is_there_or_not(client, cast, waiting, act):
    client.force_login(cast.omar)
    for pk in (waiting.pk, 999_999_999):
        assert client.get(reverse(f"participants:past-register{act}", args=[pk])).status_code == 404


@pytest.mark.parametrize("act", ["-sheet", "-letters", "-rows", "-accept", "-discard", "-undo"])
def test_nothing_can_be_done_to_one_of_another_hub(client, cast, waiting, act):
    client.force_login(cast.omar)
    assert client.post(page_of(waiting, act), {"token": "x"}).status_code == 404


@pytest.mark.parametrize("act", ["-letters", "-rows", "-accept", "-discard"])
def test_who_did_not_send_it_sees_it_and_decides_nothing(client, cast, waiting, act):
    client.force_login(cast.joanne)
    html = client.get(page_of(waiting)).content.decode()
    assert "Sent by somebody else." in html
    assert page_of(waiting, "-accept") not in html
    assert client.post(page_of(waiting, act), {"token": "x"}).status_code == 403


def test_an_ensemble_of_another_hub_is_no_choice(ruth, cast):
    answer = post(ruth, cast, as_csv(ROWS), ensemble=cast.leeds_strings)
    assert (answer.status_code, "Select a valid choice" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("year", ["1066", "2199", "x", ""])
def test_a_year_that_is_not_offered_is_refused(ruth, cast, year):
    assert post(ruth, cast, as_csv(ROWS), year=year).status_code == 422


@pytest.mark.parametrize("who", ["priya", "sam", "nia", "olu", "stranger"])
def test_roles_without_class_lists_are_refused(client, cast, waiting, who):
    client.force_login(getattr(cast, who))
    for address in (reverse(ALL), reverse(SEND), page_of(waiting)):
        assert client.get(address).status_code == 403


def test_a_closed_hub_takes_none(ruth, cast, waiting):
    from django.utils import timezone

    closing.close(programme=cast.liverpool, on=timezone.localdate(), by=cast.olu)
    assert post(ruth, cast, as_csv([*ROWS, ("Bo Wren", "/")])).status_code == 403
    for act in ("-letters", "-accept", "-discard"):
        assert ruth.post(page_of(waiting, act), {"token": "x"}).status_code in {403, 409, 422}
    with scoped(cast.liverpool_scope):
        assert marks(cast) == {}
        assert PastRegister.objects.get().state == "preview"


def test_a_forged_or_old_press_writes_nothing(ruth, cast, waiting):
    answer = ruth.post(page_of(waiting, "-accept"), {"token": "forged"})
    assert (answer.status_code, "was not complete" in answer.content.decode()) == (409, True)
    assert ruth.get(page_of(waiting, "-accept")).status_code == 405
    with scoped(cast.liverpool_scope):
        assert not Attendance.objects.exists()


def test_discarding_deletes_it(ruth, cast, waiting):
    html = ruth.post(page_of(waiting, "-discard"), follow=True).content.decode()
    assert "what was read of it are deleted" in html
    assert ruth.get(page_of(waiting)).status_code == 404


def test_looking_at_it_is_in_the_trail_with_whoever_was_named(ruth, cast, waiting):
    ruth.get(page_of(waiting))
    seen = entry(act="past_register.viewed")
    assert (seen.actor_id, seen.subject_id) == (cast.ruth.pk, waiting.pk)
    assert seen.children == sorted(child.pk for child in cast.children)
    assert len(entries(act="past_register.sent")) == 1


def test_a_refusal_of_photos_stands_beside_every_child_and_a_protected_one_is_on_no_paper(ruth, cast, waiting):
    with scoped(cast.liverpool_scope):
        participants.answer(cast.children[0], "photo_inside", by=cast.ruth)
        at_risk.flag_at_risk(child=cast.children[1], by=cast.joanne)
    html = ruth.get(page_of(waiting)).content.decode()
    rows = {row.partition("</tr>")[0] for row in html.partition('id="children"')[2].split("<tr")}
    assert any("Amara Adeyemi" in row and "No photos" in row for row in rows)
    assert any("Yusuf Ali" in row and "off-paper" in row for row in rows)
    assert "<b>1 child is not printed</b>" in html


def test_names_that_hold_markup_are_shown_as_text(ruth, cast):
    post(ruth, cast, as_csv([*ROWS, ("<script>x</script> Bo", "<b>", "/", "/")]))
    html = ruth.get(page_of(only(cast))).content.decode()
    assert "&lt;script&gt;x&lt;/script&gt; Bo" in html
    assert "<script>x" not in html


@pytest.mark.parametrize("size", [3, 18])
def test_the_page_needs_the_same_statements_whatever_its_size(ruth, cast, size, django_assert_max_num_queries):
    rows = [("Name", *(date(2023, 10, 1 + at) for at in range(size)))]
    with scoped(cast.liverpool_scope):
        names = [(f"Bo{letter}", "Wren") for letter in "abcdefghijklmnopqrstuvw"[:size]]
        children = participants.children(cast.liverpool, cast.saltwharf, by=cast.joanne, names=names)
        kept = staged(cast, [*rows, *((child.name, *("/" * size)) for child in children)])
    with django_assert_max_num_queries(22):
        ruth.get(page_of(kept))


def test_times_the_wrong_way_round_are_said_at_the_field(ruth, cast, waiting):
    with scoped(cast.liverpool_scope):
        said = letters(waiting, cast.ruth)
    answer = ruth.post(page_of(waiting, "-letters"), said | {"starts_at": "11:00", "ends_at": "10:00"})
    assert (answer.status_code, "A session ends after it starts" in answer.content.decode()) == (422, True)
    assert (time(10, 15), time(11)) == TIMES
