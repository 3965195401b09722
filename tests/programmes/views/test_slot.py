"""The page of one session, and the list it is reached from."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programmes.models import Session
from tests.factories import programmes, schools

DAY = date(2027, 10, 12)
SLOT = {"day": "2027-10-12", "starts_at": "10:15", "ends_at": "11:00", "venue": "", "tutor": ""}
ACTS = ("change", "cancel", "bring-back", "drop")


def address(session, act="change"):
    return reverse(f"programmes:session-{act}", args=[session.pk])


def page_of(client, ensemble):
    return client.get(reverse("participants:ensemble", args=[ensemble.pk])).content.decode()


def as_it_is(session):
    return Session.objects.filter(pk=session.pk).values().get()


@pytest.fixture
def session(cast):
    """A session of Liverpool's strings that is planned."""
    return programmes.session(cast.strings, day=DAY)


@pytest.fixture
def ruth(client, cast):
    """Who keeps the ensembles of Liverpool, signed in."""
    client.force_login(cast.ruth)
    return client


def test_a_session_is_moved_and_covered(ruth, cast, session):
    lena, hall = programmes.tutor(cast.liverpool, "Lena Hart"), programmes.venue(cast.liverpool, cast.saltwharf)
    sent = SLOT | {"day": "2027-10-14", "starts_at": "13:00", "ends_at": "13:45", "venue": hall.pk, "tutor": lena.pk}
    page = ruth.post(address(session), sent, follow=True).content.decode()
    session.refresh_from_db()
    assert (session.day, session.starts_at, session.ends_at, session.venue, session.tutor) == (
        date(2027, 10, 14),
        time(13, 0),
        time(13, 45),
        hall,
        lena,
    )
    for words in ("The session is changed.", "Thursday 14 October", "13:00 to 13:45", "Cover: Lena Hart"):
        assert words in page


def test_what_speaks_against_the_new_day_is_said_and_keeps_nobody_from_it(ruth, cast, session):
    schools.closure("INSET day", date(2027, 10, 14), school=cast.saltwharf)
    page = ruth.post(address(session), SLOT | {"day": "2027-10-14"}, follow=True).content.decode()
    assert "It is saved, but look again: INSET day." in page
    # its own old time is no clash
    again = ruth.post(address(session), SLOT | {"day": "2027-10-14", "ends_at": "11:15"}, follow=True).content.decode()
    assert "It has a session then" not in again


def test_a_refusal_is_said_on_the_page(ruth, cast, session):
    programmes.session(cast.strings, day=date(2027, 10, 14))
    before = as_it_is(session)
    answer = ruth.post(address(session), SLOT | {"day": "2027-10-14"})
    assert (answer.status_code, "has a session on 14 October 2027" in answer.content.decode()) == (422, True)
    assert as_it_is(session) == before


def test_a_session_is_cancelled_with_a_reason_and_brought_back(ruth, cast, session):
    page = ruth.post(address(session, "cancel"), {"reason": "tutor_away"}, follow=True).content.decode()
    assert ("Cancelled: the session on Tuesday 12 October, tutor away." in page, "Tutor away" in page) == (True, True)
    own = ruth.get(address(session)).content.decode()
    assert ("Bring it back" in own, "Save the change" in own) == (True, False)
    page = ruth.post(address(session, "bring-back"), follow=True).content.decode()
    assert "The session on Tuesday 12 October takes place." in page
    assert as_it_is(session)["cancelled_at"] is None


def test_without_a_reason_it_is_not_cancelled(ruth, session):
    page = ruth.post(address(session, "cancel"), {"reason": "rain"}, follow=True).content.decode()
    assert "No reason was chosen. Say why the session is cancelled." in page
    assert as_it_is(session)["cancelled_at"] is None


def test_a_session_is_dropped(ruth, session):
    page = ruth.post(address(session, "drop"), follow=True).content.decode()
    assert "The session on Tuesday 12 October is out of the timetable." in page
    assert not Session.objects.filter(pk=session.pk).exists()


def test_a_session_with_a_register_offers_nothing_and_refuses_all(ruth, cast, session):
    taken = {"register_taken_at": timezone.now(), "register_taken_by": cast.priya, "register_version": 1}
    Session.objects.filter(pk=session.pk).update(**taken)
    before = as_it_is(session)
    own = ruth.get(address(session)).content.decode()
    assert ("it was held" in own, "<form" in own.split("<h1>")[1].split("</main>")[0]) == (True, False)
    assert ruth.post(address(session), SLOT | {"ends_at": "12:00"}).status_code == 422
    for act, sent in (("cancel", {"reason": "other"}), ("drop", {})):
        assert "has a register: it was held" in ruth.post(address(session, act), sent, follow=True).content.decode()
    assert as_it_is(session) == before


def test_the_ensembles_page_lists_what_is_to_come_and_what_has_no_register(ruth, cast):
    today = timezone.localdate()
    for days in (-1, 1, 400):
        programmes.session(cast.strings, day=today + timedelta(days=days), starts_at=time(8, 0), ends_at=time(8, 30))
    past = programmes.session(
        cast.strings, day=today - timedelta(days=2), cancelled_at=timezone.now(), cancel_reason="other"
    )
    ours = Session.objects.filter(ensemble=cast.strings).exclude(pk=past.pk)
    page = page_of(ruth, cast.strings)
    assert [address(each) in page for each in ours] == [True] * 4
    assert (address(past) in page, page.count("No register")) == (False, 1)


def test_whoever_only_sees_an_ensemble_sees_its_sessions_and_changes_none(client, cast, session):
    client.force_login(cast.priya)
    page = page_of(client, cast.strings)
    assert ("Tuesday 12 October" in page, address(session) in page, "Add sessions" in page) == (True, False, False)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(("who", "status"), [("priya", 403), ("omar", 404), ("nia", 403), ("sam", 403)])
def test_only_who_keeps_the_ensembles_changes_a_session(client, cast, session, act, who, status):
    client.force_login(getattr(cast, who))
    before = as_it_is(session)
    answer = client.post(address(session, act), SLOT | {"ends_at": "12:00", "reason": "other"})
    assert (answer.status_code, as_it_is(session)) == (status, before)


@pytest.mark.parametrize("act", ACTS[1:])
def test_an_act_is_posted(ruth, session, act):
    assert ruth.get(address(session, act)).status_code == 405


def test_who_joins_a_session_is_changed_on_its_page(ruth, cast, session):
    page = address(session)
    ruth.post(page, SLOT | {"joined_by": [str(cast.brass.pk)]})
    html = ruth.get(page).content.decode()
    assert "Year 4 Strings with Year 5 Brass" in html
    assert f'name="joined_by" value="{cast.brass.pk}" id="id_joined_by_0" checked' in html
    answer = ruth.post(page, SLOT, follow=True)
    assert "The session is changed." in answer.content.decode()
    assert not session.joinings.exists()


def test_who_joined_and_has_ended_since_is_not_lost_by_another_change(ruth, cast):
    past = programmes.session(cast.strings, day=timezone.localdate() - timedelta(days=9), joined_by=[cast.brass])
    type(cast.brass).objects.filter(pk=cast.brass.pk).update(ends_on=timezone.localdate() - timedelta(days=5))
    html = ruth.get(address(past)).content.decode()
    assert f'name="joined_by" value="{cast.brass.pk}" id="id_joined_by_0" checked' in html
    sent = SLOT | {"day": str(past.day), "starts_at": "10:00", "joined_by": [str(cast.brass.pk)]}
    ruth.post(address(past), sent)
    past.refresh_from_db()
    assert (past.starts_at, past.joinings.count()) == (time(10, 0), 1)


def test_a_session_moved_to_a_mistyped_year_stays_where_it_is_and_the_grid_opens(ruth, cast, session):
    answer = ruth.post(address(session), SLOT | {"day": "9999-12-31"})
    assert (answer.status_code, as_it_is(session)["day"]) == (422, DAY)
    assert ruth.get(reverse("participants:grid", args=[cast.strings.pk])).status_code == 200
