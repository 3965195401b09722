"""How long somebody stays signed in, where, and how it ends."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from inharmony.accounts.sessions import device, end_sessions
from tests.clients import SignedInClient
from tests.trail import entries

NINE = timezone.make_aware(timezone.datetime(2026, 11, 25, 9))


@pytest.fixture
def at_nine(cast):
    """Priya's browser, signed in at nine."""
    with time_machine.travel(NINE, tick=False):
        browser = SignedInClient()
        browser.force_login(cast.priya)
        assert browser.get("/today/").status_code == 200
    return browser


def status_at(browser, minutes, path="/today/", **headers):
    with time_machine.travel(NINE + timedelta(minutes=minutes), tick=False):
        return browser.get(path, **headers).status_code


def test_thirty_minutes_without_a_press_end_a_session_with_a_word(at_nine):
    assert status_at(at_nine, 29) == 200
    with time_machine.travel(NINE + timedelta(minutes=59), tick=False):
        answer = at_nine.get("/today/?x=1")
        assert answer["Location"] == "/sign-in/?next=/today/%3Fx%3D1"
        assert "signed out. Sign in again" in at_nine.get(answer["Location"]).content.decode()
    assert [each.act for each in entries(act="person.timed_out")] == ["person.timed_out"]


def test_twelve_hours_end_a_session_however_busy(at_nine):
    answers = [status_at(at_nine, minutes) for minutes in range(20, 12 * 60 + 20, 20)]
    assert answers == [200] * 35 + [302]


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(at_nine):
    assert [status_at(at_nine, minutes, HTTP_X_BY_ITSELF="1") for minutes in (10, 20, 29, 30)] == [200, 200, 200, 302]


def test_a_clock_set_back_ends_the_session_rather_than_lengthen_it(at_nine):
    assert status_at(at_nine, -5) == 302


def test_ending_a_persons_sessions_ends_all_of_them_at_the_next_page_and_no_one_elses(client, cast):
    browsers = [SignedInClient(), SignedInClient()]
    for browser in browsers:
        browser.force_login(cast.priya)
    client.force_login(cast.omar)
    end_sessions(cast.priya)
    assert [browser.get("/today/").status_code for browser in browsers] == [302, 302]
    assert client.get("/today/").status_code == 200


def test_a_copied_cookie_is_worth_nothing_once_the_sessions_ended(cast):
    browser, thief = SignedInClient(), SignedInClient()
    browser.force_login(cast.priya)
    thief.cookies = browser.cookies.copy()
    assert thief.get("/today/").status_code == 200
    end_sessions(cast.priya)
    assert thief.get("/today/").status_code == 302


def test_a_new_password_ends_the_other_sessions(cast):
    here, elsewhere = SignedInClient(), SignedInClient()
    for browser in (here, elsewhere):
        browser.force_login(cast.priya)
    new = "four other words here"
    here.post("/account/password/", {"oldpassword": "three words apart", "password1": new, "password2": new})
    assert elsewhere.get("/today/").status_code == 302


def test_one_sees_where_one_is_signed_in_and_ends_one_or_all_others(client, cast):
    phone = SignedInClient(HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36")
    tablet = SignedInClient(HTTP_USER_AGENT="Mozilla/5.0 (iPad; CPU OS 18) AppleWebKit/605 Safari/604.1")
    for browser in (phone, tablet, client):
        browser.force_login(cast.priya)
    page = client.get("/account/sessions/").content.decode()
    assert ["Chrome on Android" in page, "Safari on an iPad" in page, "This one" in page] == [True, True, True]
    row = next(each for each in client.get("/account/sessions/").context["rows"] if "Android" in each["device"])
    assert client.post(f"/account/sessions/{row['session'].pk}/end/").status_code == 302
    assert [browser.get("/today/").status_code for browser in (phone, tablet, client)] == [302, 200, 200]
    client.post("/account/sessions/end-others/")
    assert [browser.get("/today/").status_code for browser in (tablet, client)] == [302, 200]
    assert len(entries(act="session.ended")) == 2


def test_somebody_elses_session_is_not_there(client, cast):
    foreign = SignedInClient()
    foreign.force_login(cast.omar)
    pk = foreign.get("/account/sessions/").context["rows"][0]["session"].pk
    client.force_login(cast.priya)
    assert client.post(f"/account/sessions/{pk}/end/").status_code == 404
    assert foreign.get("/today/").status_code == 200


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14.6; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on a Mac"),
        ("curl/8.0", "A browser on an unknown device"),
        ("", "A browser on an unknown device"),
    ],
)
def test_a_device_is_called_what_a_person_would_call_it(line, words):
    assert device(line) == words
