"""The register page, from the browser's side of the wire."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions import at_risk, attendance
from participants.models import Attendance, Consent
from participants.models.attendance import Mark
from programmes.models import Session
from tests.factories import participants, programmes
from tests.trail import entry


@pytest.fixture
def page(cast):
    return reverse("participants:register", args=[cast.session.pk])


def marks(cast, *letters, version=0):
    return {f"m{child.pk}": letter for child, letter in zip(cast.children, letters, strict=True)} | {
        "version": str(version)
    }


def standing(cast):
    with scoped(cast.both):
        return dict(
            Attendance.objects.filter(session=cast.session).order_by("child_id").values_list("child_id", "mark")
        )


def test_register_lists_the_children_expected_all_present_and_nothing_saved(client, cast, page):
    client.force_login(cast.priya)
    html = client.get(page).content.decode()
    assert [html.count(child.name) for child in cast.children] == [1, 1, 1]
    assert html.count("checked") == 3
    assert "Not saved yet" in html
    assert standing(cast) == {}


def test_save_writes_the_marks_and_says_so(client, cast, page):
    client.force_login(cast.priya)
    response = client.post(page, marks(cast, "p", "a", "l"), follow=True)
    assert response.redirect_chain == [(page, 302)]
    assert "Year 4 Strings, 2 of 3 here" in response.content.decode()
    assert list(standing(cast).values()) == ["p", "a", "l"]


def test_a_register_saved_twice_is_saved_once(client, cast, page):
    client.force_login(cast.priya)
    for _ in range(2):
        assert client.post(page, marks(cast, "p", "a", "l")).status_code == 302
    cast.session.refresh_from_db()
    assert cast.session.register_version == 1


@pytest.mark.parametrize(
    "sent", [{}, {"version": "x"}, {"version": "0", "m1": "q"}, {"version": "0", "m99999999999999999999": "p"}]
)
def test_what_no_page_sends_is_refused_with_words_and_writes_nothing(client, cast, page, sent):
    client.force_login(cast.priya)
    response = client.post(page, sent)
    assert response.status_code == 422
    assert "This register is not saved" in response.content.decode()
    assert standing(cast) == {}


@pytest.mark.parametrize("who", ["omar", "priya", "joanne"])
def test_a_session_outside_the_scope_is_not_found_whether_it_is_there_or_not(client, cast, who):
    foreign = cast.session if who == "omar" else cast.leeds_session
    client.force_login(getattr(cast, who))
    for pk in (foreign.pk, 999_999_999):
        url = reverse("participants:register", args=[pk])
        assert (client.get(url).status_code, client.post(url, {}).status_code) == (404, 404)


def test_a_coordinator_sees_their_own_ensembles_and_not_the_next_room(client, cast):
    next_room = programmes.session(cast.brass)
    client.force_login(cast.priya)
    assert client.get(reverse("participants:register", args=[next_room.pk])).status_code == 404


@pytest.mark.parametrize("who", ["sam", "nia", "olu", "stranger"])
def test_roles_without_registers_are_refused(client, cast, page, who):
    client.force_login(getattr(cast, who))
    assert client.get(page).status_code == 403


@pytest.fixture
def taken(cast):
    """Returns a function that makes a session of some days ago with a register Priya took, and its page."""

    def take(days):
        session = programmes.session(cast.strings, day=timezone.localdate() - timedelta(days=days))
        with scoped(cast.liverpool_scope):
            present = {child.pk: Mark.PRESENT for child in cast.children}
            attendance.take_register(session=session, marks=present, version=0, by=cast.priya)
        return reverse("participants:register", args=[session.pk])

    return take


def test_a_register_of_an_earlier_day_asks_why_it_changes(client, cast, page, taken):
    client.force_login(cast.priya)
    assert 'name="reason"' not in client.get(page).content.decode()
    yesterday = taken(1)
    assert 'name="reason"' in client.get(yesterday).content.decode()
    refusal = client.post(yesterday, marks(cast, "l", "p", "p", version=1))
    html = refusal.content.decode()
    assert (refusal.status_code, "choose above Save why its register changes" in html) == (422, True)
    # what was pressed is still there
    assert 'value="l" checked' in row_on(html, cast.children[0])
    done = client.post(yesterday, marks(cast, "l", "p", "p", version=1) | {"reason": "came"}, follow=True)
    words = " ".join(done.content.decode().split())
    assert "Corrected 1 time" in words
    assert f"{cast.priya.name}: came later than the register" in words


def test_who_saved_it_when_is_said_with_the_day_where_it_was_not_today(client, cast, page, taken):
    client.force_login(cast.priya)
    yesterday = taken(1)
    saved = timezone.make_aware(datetime(2026, 9, 3, 14, 5))  # noqa: DTZ001 - made aware in London
    Session.objects.held().update(register_taken_at=saved)
    assert f"Saved 3 Sep, 14:05, {cast.priya.name}" in client.get(yesterday).content.decode()
    client.post(page, marks(cast, "p", "p", "p"))
    now = timezone.localtime()
    assert f"Saved {now:%H:%M}, {cast.priya.name}" in client.get(page).content.decode()


def test_a_reason_no_page_offers_is_refused(client, cast, taken):
    client.force_login(cast.priya)
    yesterday = taken(1)
    assert client.post(yesterday, marks(cast, "l", "p", "p", version=1) | {"reason": "x"}).status_code == 422


@pytest.mark.parametrize(("who", "locked"), [("priya", True), ("ruth", False)])
def test_a_register_of_three_weeks_ago_is_locked_for_coordinators_and_says_who_can(client, cast, taken, who, locked):
    client.force_login(getattr(cast, who))
    path = taken(21)
    html = client.get(path).content.decode()
    assert ("<fieldset disabled>" in html, "Your hub administrator" in html, "data-count" in html) == (
        locked,
        locked,
        not locked,
    )
    sent = marks(cast, "l", "p", "p", version=1) | {"reason": "mistake"}
    assert client.post(path, sent).status_code == (422 if locked else 302)


def test_a_refusal_of_photos_cannot_be_missed(client, cast, page):
    with scoped(cast.liverpool_scope):
        participants.answer(cast.children[1], Consent.Purpose.PHOTO_PUBLIC, by=cast.ruth)
    client.force_login(cast.priya)
    assert client.get(page).content.decode().count("No photos") == 1


def test_a_child_nobody_was_asked_about_is_not_taken_for_a_consent(client, cast, page):
    client.force_login(cast.priya)
    assert client.get(page).content.decode().count("No photo consent yet") == 3


@pytest.fixture
def hidden(cast):
    """The first child of the session's ensemble, whose family agreed to every picture, at risk."""
    child = cast.children[0]
    with scoped(cast.liverpool_scope):
        for purpose in (Consent.Purpose.PHOTO_INSIDE, Consent.Purpose.PHOTO_PUBLIC):
            participants.answer(child, purpose, Consent.Answer.GIVEN, by=cast.ruth)
        at_risk.flag_at_risk(child=child, by=cast.ruth)
    return child


def row_on(html, child):
    (row,) = [row for row in html.split("<li ") if f'id="child-{child.pk}"' in row]
    return row


@pytest.mark.parametrize("who", ["priya", "ruth"])
def test_a_child_at_risk_is_on_the_register_and_on_no_paper(client, cast, page, hidden, who):
    client.force_login(getattr(cast, who))
    html = client.get(page).content.decode()
    row = row_on(html, hidden)
    assert (hidden.name in row, "off-paper" in row, "No photos" in row) == (True, True, True)
    assert html.count("off-paper") == 1
    assert "<b>1 child is not printed</b>; take the register on screen." in html
    assert "risk" not in html.lower()


def test_a_register_without_a_child_at_risk_says_nothing_of_paper(client, cast, page):
    client.force_login(cast.priya)
    html = client.get(page).content.decode()
    assert ("off-paper" in html, "not printed" in html) == (False, False)


def test_the_mark_of_a_child_at_risk_is_taken_and_stays(client, cast, page, hidden):
    client.force_login(cast.priya)
    assert client.post(page, marks(cast, "l", "p", "p")).status_code == 302
    assert 'value="l" checked' in row_on(client.get(page).content.decode(), hidden)
    assert list(standing(cast).values()) == ["l", "p", "p"]


def test_looking_at_named_children_is_in_the_trail(client, cast, page):
    client.force_login(cast.priya)
    client.get(page)
    event = entry(act="register.viewed")
    assert (event.actor_id, event.subject_id, len(event.children)) == (cast.priya.pk, cast.session.pk, 3)


@pytest.mark.parametrize("size", [1, 3])
def test_the_page_needs_the_same_statements_whatever_its_size(client, cast, size, django_assert_num_queries):
    ensemble = programmes.ensemble(cast.liverpool, "Orchestra", led_by=cast.strings.tutors.all())
    session = programmes.session(ensemble)
    with scoped(cast.liverpool_scope):
        names = [(f"Child{n}", "Test") for n in range(size)]
        children = participants.children(cast.liverpool, cast.saltwharf, by=cast.ruth, names=names)
        participants.join(ensemble, children, by=cast.ruth)
    client.force_login(cast.priya)
    # session, user, roles; savepoint, scope; own ensembles, session, marks and members, children, trail; scope back
    with django_assert_num_queries(12):
        client.get(reverse("participants:register", args=[session.pk]))


@pytest.mark.parametrize("sent", [{"version": "x"}, {"version": "0"}, {"version": "7"}])
def test_a_refused_save_shows_the_names_again_and_that_is_in_the_trail(client, cast, page, sent):
    client.force_login(cast.priya)
    shown = client.post(page, sent)
    assert shown.status_code in {409, 422}
    assert cast.children[0].name in shown.content.decode()
    event = entry(act="register.viewed")
    assert (event.actor_id, event.subject_id, len(event.children)) == (cast.priya.pk, cast.session.pk, 3)
