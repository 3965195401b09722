"""A child who came and is not in the ensemble: found from the register, marked, taken off again."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions import at_risk, attendance
from participants.models import AttendanceChange
from participants.models.attendance import Mark
from participants.validators.walk_in import token_for
from tests.factories import participants, programmes
from tests.participants.views.test_attendance import marks, row_on, standing
from tests.trail import entries, entry

NAME = "Zoë O’Connell"


@pytest.fixture
def zoe(cast):
    """A child of the session's school who is in no ensemble."""
    with scoped(cast.liverpool_scope):
        (zoe,) = participants.children(cast.liverpool, cast.saltwharf, by=cast.joanne, names=[("Zoë", "O’Connell")])
    return zoe


@pytest.fixture
def page(cast):
    return reverse("participants:register", args=[cast.session.pk])


@pytest.fixture
def search(cast):
    return reverse("participants:walk-in", args=[cast.session.pk])


def token(html):
    return re.search(r'name="add" value="([^"]+)"', html)[1]


def shown(html):
    return dict(re.findall(r'name="m(\d+)" value="(\w)" checked', html))


def test_the_marks_made_so_far_survive_the_search_and_the_child_stands_there_as_present(
    client, cast, page, search, zoe
):
    client.force_login(cast.priya)
    sent = marks(cast, "p", "a", "l")
    asked = client.post(search, sent).content.decode()
    assert "Your marks are kept" in asked
    hidden = dict(re.findall(r'type="hidden" name="([mv][^"]*)" value="([^"]*)"', asked))
    assert hidden == sent
    found = client.post(search, sent | {"find": "zoe oconnell"}).content.decode()
    assert (NAME in found, "Year 4" in found, "Saltwharf" in found, "2017" in found) == (True, True, False, False)
    register = client.post(page, sent | {"add": token(found)}).content.decode()
    wanted = [(child.pk, letter) for child, letter in zip((*cast.children, zoe), "palp", strict=True)]
    assert shown(register) == {str(child): letter for child, letter in wanted}
    assert "Not in this ensemble" in row_on(register, zoe)
    assert "3 of 4" in register
    assert standing(cast) == {}


def test_it_is_saved_with_the_register_and_stands_there_for_whoever_takes_it(client, cast, page, zoe):
    client.force_login(cast.priya)
    added = {f"m{zoe.pk}": "l", f"w{zoe.pk}": token_for(cast.session.pk, zoe.pk, cast.priya.pk)}
    done = client.post(page, marks(cast, "p", "p", "p") | added, follow=True).content.decode()
    assert "4 of 4 here" in done
    assert standing(cast)[zoe.pk] == "l"
    event = entry(act="register.taken")
    assert (event.details["walk_ins"], zoe.pk in event.children) == ([zoe.pk], True)
    for who in (cast.priya, cast.ruth):
        client.force_login(who)
        row = row_on(client.get(page).content.decode(), zoe)
        assert (NAME in row, 'value="l" checked' in row, "Not in this ensemble" in row) == (True, True, True)


def test_only_who_keeps_ensembles_is_led_to_take_the_child_in(client, cast, page, zoe):
    take(cast, zoe)
    here = reverse("participants:child", args=[zoe.pk])
    for who, is_led in ((cast.priya, False), (cast.ruth, True)):
        client.force_login(who)
        assert (here in client.get(page).content.decode()) is is_led


def test_elsewhere_a_coordinator_sees_no_more_of_the_child_than_before(client, cast, zoe):
    take(cast, zoe)
    client.force_login(cast.priya)
    assert client.get(reverse("participants:child", args=[zoe.pk])).status_code == 404
    for name in ("children", "ensemble"):
        args = [cast.strings.pk] if name == "ensemble" else []
        assert NAME not in client.get(reverse(f"participants:{name}", args=args)).content.decode()


def test_the_grid_of_the_term_shows_the_child_in_that_column(client, cast, zoe):
    take(cast, zoe)
    client.force_login(cast.priya)
    html = client.get(reverse("participants:grid", args=[cast.strings.pk])).content.decode()
    assert (NAME in html, "4 child" in html) == (True, True)


def take(cast, zoe, *, session=None, by=None, letters=(Mark.PRESENT,) * 3):
    session, by = session or cast.session, by or cast.priya
    given = {child.pk: mark for child, mark in zip(cast.children, letters, strict=True)} | {zoe.pk: Mark.PRESENT}
    tokens = {zoe.pk: token_for(session.pk, zoe.pk, by.pk)}
    with scoped(cast.liverpool_scope):
        attendance.take_register(
            session=session, marks=given, version=0, by=by, walk_ins=attendance.WalkIns(tokens=tokens)
        )


@pytest.mark.parametrize("forged", ["none", "of another session", "of somebody else", "of another child", "made up"])
def test_without_a_token_of_their_own_nobody_marks_or_sees_a_child(client, cast, page, zoe, forged):
    tokens = {
        "none": "",
        "of another session": token_for(cast.leeds_session.pk, zoe.pk, cast.priya.pk),
        "of somebody else": token_for(cast.session.pk, zoe.pk, cast.ruth.pk),
        "of another child": token_for(cast.session.pk, cast.others[0].pk, cast.priya.pk),
        "made up": "a:b:c",
    }
    client.force_login(cast.priya)
    sent = marks(cast, "p", "p", "p") | {f"m{zoe.pk}": "p", f"w{zoe.pk}": tokens[forged]}
    refused = client.post(page, sent)
    assert (refused.status_code, standing(cast)) == (422, {})
    assert NAME not in refused.content.decode()
    rows = client.post(reverse("participants:walk-in-rows", args=[cast.session.pk]), sent)
    assert (rows.status_code, rows.content) == (200, b"")


def test_a_token_for_a_child_of_another_school_or_hub_opens_nothing(client, cast, page):
    client.force_login(cast.priya)
    for stranger in (cast.others[0], cast.leeds_children[0]):
        sent = marks(cast, "p", "p", "p") | {"add": token_for(cast.session.pk, stranger.pk, cast.priya.pk)}
        assert stranger.name not in client.post(page, sent).content.decode()
        signed = {f"m{stranger.pk}": "p", f"w{stranger.pk}": sent.pop("add")}
        assert client.post(page, sent | signed).status_code == 422
    assert standing(cast) == {}


def test_who_became_at_risk_meanwhile_is_not_added_and_who_stood_there_already_stays(client, cast, page, zoe):
    client.force_login(cast.priya)
    added = {f"m{zoe.pk}": "p", f"w{zoe.pk}": token_for(cast.session.pk, zoe.pk, cast.priya.pk)}
    with scoped(cast.liverpool_scope):
        at_risk.flag_at_risk(child=zoe, by=cast.ruth)
    assert client.post(page, marks(cast, "p", "p", "p") | added).status_code == 422
    with scoped(cast.liverpool_scope):
        at_risk.clear_at_risk(child=zoe, by=cast.ruth)
    assert client.post(page, marks(cast, "p", "p", "p") | added).status_code == 302
    with scoped(cast.liverpool_scope):
        at_risk.flag_at_risk(child=zoe, by=cast.ruth)
    assert "off-paper" in row_on(client.get(page).content.decode(), zoe)
    again = marks(cast, "p", "p", "a", version=1) | {f"m{zoe.pk}": "l"}
    assert client.post(page, again).status_code == 302
    assert standing(cast)[zoe.pk] == "l"


def test_the_search_is_in_the_trail_with_who_was_found_and_without_the_words(client, cast, search, zoe):
    client.force_login(cast.priya)
    for words, found in ((NAME, [zoe.pk]), ("Nobody Known", [])):
        client.post(search, {"version": "0", "find": words})
        event = entries(act="register.searched")[-1]
        assert (event.actor_id, event.subject_id, event.children) == (cast.priya.pk, cast.session.pk, found)
        assert event.details == {"found": len(found)}


@pytest.mark.parametrize(
    ("who", "words"),
    [("priya", "ask your hub administrator"), ("ruth", "list of children")],
)
def test_a_search_that_found_nobody_says_what_to_do(client, cast, search, who, words):
    client.force_login(getattr(cast, who))
    html = client.post(search, {"version": "0", "find": "Qwertz Uiop"}).content.decode()
    assert ("Nobody found" in html, words in html) == (True, True)


def test_who_is_on_the_register_anyway_cannot_be_added(client, cast, search):
    client.force_login(cast.priya)
    html = client.post(search, {"version": "0", "find": cast.children[0].name}).content.decode()
    assert ("On the register" in html, re.findall(r'name="add" value="[^"]+"', html)) == (True, [])


def test_a_walk_in_is_taken_off_again_and_that_is_a_correction_with_history(client, cast, page, zoe):
    session = programmes.session(cast.strings, day=timezone.localdate() - timedelta(days=2))
    take(cast, zoe, session=session)
    past = reverse("participants:register", args=[session.pk])
    client.force_login(cast.priya)
    assert "Take off the register" in row_on(client.get(past).content.decode(), zoe)
    sent = marks(cast, "p", "p", "p", version=1) | {f"m{zoe.pk}": "x"}
    refused = client.post(past, sent)
    assert (refused.status_code, "why its register changes" in refused.content.decode()) == (422, True)
    assert 'value="x" checked' in row_on(refused.content.decode(), zoe)
    done = client.post(past, sent | {"reason": "mistake"}, follow=True).content.decode()
    assert (NAME in done, "3 of 3 here" in done, "Corrected 1 time" in done) == (False, True, True)
    event = entry(act="register.corrected")
    assert (event.children, event.details["taken_off"]) == ([zoe.pk], [zoe.pk])
    with scoped(cast.liverpool_scope):
        change = AttendanceChange.objects.get(child_id=zoe.pk)
    assert (change.pgh_label, change.row_id) == ("delete", session.pk)
    # sent twice, one effect
    assert client.post(past, sent | {"reason": "mistake"}).status_code == 302
    session.refresh_from_db()
    assert session.register_version == 2


def test_a_child_of_the_ensemble_is_not_taken_off_its_register(client, cast, page):
    client.force_login(cast.priya)
    refused = client.post(page, marks(cast, "p", "p", "x"))
    assert (refused.status_code, standing(cast)) == (422, {})
    client.post(page, marks(cast, "p", "p", "p"))
    refused = client.post(page, marks(cast, "p", "p", "x", version=1))
    assert (refused.status_code, "stay on its register" in refused.content.decode()) == (422, True)
    assert len(standing(cast)) == 3


def test_taken_off_before_it_was_saved_it_leaves_nothing(client, cast, page, zoe):
    client.force_login(cast.priya)
    added = {f"m{zoe.pk}": "x", f"w{zoe.pk}": token_for(cast.session.pk, zoe.pk, cast.priya.pk)}
    assert client.post(page, marks(cast, "p", "p", "p") | added).status_code == 302
    assert zoe.pk not in standing(cast)


def test_where_somebody_else_saved_meanwhile_who_was_added_stands_there_to_be_saved(client, cast, page, zoe):
    client.force_login(cast.ruth)
    client.post(page, marks(cast, "p", "p", "l"))
    client.force_login(cast.priya)
    added = {f"m{zoe.pk}": "a", f"w{zoe.pk}": token_for(cast.session.pk, zoe.pk, cast.priya.pk)}
    both = client.post(page, marks(cast, "p", "p", "a") | added)
    html = both.content.decode()
    assert (both.status_code, html.count('class="decision"')) == (409, 1)
    assert 'value="a" checked' in row_on(html, zoe)
    assert client.post(page, marks(cast, "p", "p", "a", version=1) | added).status_code == 302
    assert standing(cast)[zoe.pk] == "a"


def test_taken_off_a_register_that_somebody_else_saved_the_child_stands_on_it_still(client, cast, page, zoe):
    take(cast, zoe)
    client.force_login(cast.ruth)
    client.post(page, marks(cast, "p", "p", "l", version=1) | {f"m{zoe.pk}": "l"})
    client.force_login(cast.priya)
    both = client.post(page, marks(cast, "p", "p", "l", version=1) | {f"m{zoe.pk}": "x"})
    assert both.status_code == 409
    assert 'value="l" checked' in row_on(both.content.decode(), zoe)
    assert standing(cast)[zoe.pk] == "l"


def test_started_with_nobody_marked_it_stays_so_when_a_child_is_added(client, cast, page, search, zoe):
    client.force_login(cast.priya)
    empty = client.get(page, {"start": "empty"}).content.decode()
    assert 'name="open" value="1"' in empty
    sent = {"version": "0", "open": "1", f"m{cast.children[0].pk}": "l"}
    assert 'name="open" value="1"' in client.post(search, sent).content.decode()
    added = client.post(page, sent | {"add": token_for(cast.session.pk, zoe.pk, cast.priya.pk)}).content.decode()
    assert shown(added) == {str(cast.children[0].pk): "l", str(zoe.pk): "p"}
    assert "Set the rest to" in added


def test_an_ensemble_without_children_can_have_walk_ins(client, cast, zoe):
    taster = programmes.ensemble(cast.liverpool, "Taster", school=cast.saltwharf, led_by=cast.strings.tutors.all())
    session = programmes.session(taster)
    client.force_login(cast.priya)
    page = reverse("participants:register", args=[session.pk])
    search = reverse("participants:walk-in", args=[session.pk])
    assert search in client.get(page).content.decode()
    found = client.post(search, {"version": "0", "find": NAME}).content.decode()
    sent = {"version": "0", "add": token(found)}
    register = client.post(page, sent).content.decode()
    assert shown(register) == {str(zoe.pk): "p"}
    assert client.post(page, {"version": "0", f"m{zoe.pk}": "p", f"w{zoe.pk}": sent["add"]}).status_code == 302


@pytest.mark.parametrize("state", ["to come", "cancelled", "locked"])
def test_where_no_register_can_be_taken_nobody_can_be_looked_for(client, cast, zoe, state):
    today = timezone.localdate()
    day = today + timedelta(days=1) if state == "to come" else today - timedelta(days=20)
    fields = {"cancelled_at": timezone.now(), "cancel_reason": "other"} if state == "cancelled" else {}
    session = programmes.session(cast.strings, day=day, **fields)
    if state == "locked":
        take(cast, zoe, session=session, by=cast.priya)
    client.force_login(cast.priya)
    page = reverse("participants:register", args=[session.pk])
    search = reverse("participants:walk-in", args=[session.pk])
    answer = client.post(search, {"version": "0", "find": NAME})
    assert (answer.status_code, answer.url) == (302, page)
    assert search not in client.get(page).content.decode()


def test_the_rows_of_who_was_added_come_back_for_a_page_opened_anew(client, cast, zoe):
    client.force_login(cast.priya)
    signed = {f"w{zoe.pk}": token_for(cast.session.pk, zoe.pk, cast.priya.pk)}
    answer = client.post(reverse("participants:walk-in-rows", args=[cast.session.pk]), signed)
    html = answer.content.decode()
    assert (html.count("<li"), NAME in html, f'name="w{zoe.pk}"' in html) == (1, True, True)
    event = entry(act="register.viewed")
    assert (event.actor_id, event.children) == (cast.priya.pk, [zoe.pk])


@pytest.mark.parametrize("many", [1, 3])
def test_the_register_needs_the_same_statements_however_many_walk_ins(
    client, cast, page, many, django_assert_num_queries
):
    with scoped(cast.liverpool_scope):
        names = [(f"Child{n}", "Test") for n in range(many)]
        new = participants.children(cast.liverpool, cast.saltwharf, by=cast.ruth, names=names)
        given = {child.pk: Mark.PRESENT for child in (*cast.children, *new)}
        tokens = {child.pk: token_for(cast.session.pk, child.pk, cast.priya.pk) for child in new}
        walked = attendance.WalkIns(tokens=tokens)
        attendance.take_register(session=cast.session, marks=given, version=0, by=cast.priya, walk_ins=walked)
    client.force_login(cast.priya)
    with django_assert_num_queries(12):
        client.get(page)


def test_a_made_up_field_is_refused_and_the_register_opens(client, cast, search, page):
    client.force_login(cast.priya)
    answer = client.post(search, {"version": "0", "m1": "q"})
    assert (answer.status_code, answer.url) == (302, page)


def test_the_name_looked_for_stands_in_no_address(client, cast, search):
    """The search is posted; opened by its address it asks for a name and shows nobody."""
    client.force_login(cast.priya)
    html = client.get(search, {"find": NAME}).content.decode()
    assert ("Nobody found" in html, NAME in html) == (False, False)
