"""The trail on its page: of one's own hub, by number, filtered in the address."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inharmony.access.scope import scoped
from inharmony.audit.models import AuditEvent
from inharmony.audit.record import audit
from tests.trail import entries, entry, lines_of


@pytest.fixture
def told(cast):
    """Acts of two people in Liverpool, one of Leeds, one of last year."""
    with scoped(cast.both):
        audit(act="register.taken", by=cast.priya, programme_id=cast.liverpool.pk, subject=cast.session)
        audit(act="report.requested", by=cast.ruth, programme_id=cast.liverpool.pk)
        audit(act="release.cut", by=cast.omar, programme_id=cast.leeds.pk)
        audit(act="person.signed_in", by=cast.priya, subject=cast.priya)
    return cast


def rows(client, query=""):
    return lines_of(client.get(f"/trail/{query}").content.decode())


MADE = {("Joanne Carter", "Enrolled children"), ("Joanne Carter", "Took children into an ensemble")}


def test_a_manager_sees_what_was_done_in_their_hub_newest_first(client, told):
    client.force_login(told.joanne)
    shown = rows(client)
    # signing in is the newest: the test's client has just done it
    assert shown[:4] == [
        ("Joanne Carter", "Signed in"),
        ("Priya Shah", "Signed in"),
        ("Ruth Bell", "Asked for a report"),
        ("Priya Shah", "Took a register"),
    ]
    assert set(shown[4:]) == MADE


def test_the_operator_sees_accounts_and_the_portal(client, told):
    client.force_login(told.olu)
    assert rows(client) == [("Olu Grant", "Signed in"), ("Priya Shah", "Signed in")]


def test_no_name_of_a_child_is_on_the_page(client, told):
    client.force_login(told.joanne)
    client.get("/children/")
    html = client.get("/trail/").content.decode()
    assert "Saw children in the list" in html
    assert [c.name for c in [*told.children, *told.others] if c.forename in html or c.surname in html] == []


def test_it_is_filtered_by_person_and_kind(client, told):
    client.force_login(told.joanne)
    assert rows(client, f"?person={told.priya.pk}&kind=register") == [("Priya Shah", "Took a register")]
    assert {who for who, _ in rows(client, f"?person={told.ruth.pk}")} == {"Ruth Bell"}
    assert {words for _, words in rows(client, "?kind=sign-in")} == {"Signed in"}


def test_the_people_offered_are_those_of_the_hub(client, told):
    client.force_login(told.joanne)
    html = client.get("/trail/").content.decode()
    offered = {
        user.name for user in (told.priya, told.ruth, told.sam, told.omar, told.nia) if f">{user.name}</option>" in html
    }
    assert offered == {"Priya Shah", "Ruth Bell", "Sam Okoro"}
    assert client.get(f"/trail/?person={told.omar.pk}").status_code == 422


def test_days_are_in_the_address_and_both_count(client, told):
    with scoped(told.liverpool_scope):
        old = AuditEvent.objects.get(act="register.taken")
    day = timezone.localdate()
    client.force_login(told.joanne)
    assert ("Priya Shah", "Took a register") in rows(client, f"?since={day}&until={day}")
    before = day - timedelta(days=1)
    assert rows(client, f"?since={before}&until={before}") == []
    assert old.at.date() <= day


def test_a_period_that_ends_before_it_begins_is_refused_with_the_remedy(client, told):
    client.force_login(told.joanne)
    response = client.get("/trail/?since=2026-02-01&until=2026-01-01")
    assert response.status_code == 422
    assert "is before “From”, 1 February 2026. Choose that day or a later one." in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        *("?since=x", "?since=9999-12-31", "?until=9999-12-31", "?since=0001-01-01", "?kind=x", "?page=x", "?page=0"),
        *("?person=x", "?person=%00", "?person=99999999999999999999"),
    ],
)
def test_odd_addresses_are_answered(client, told, query):
    client.force_login(told.joanne)
    assert client.get(f"/trail/{query}").status_code in (200, 422)


def test_the_page_is_itself_in_the_trail_of_the_hub(client, told):
    client.force_login(told.joanne)
    client.get("/trail/")
    looked = entry(act="trail.viewed")
    assert (looked.actor_id, looked.programme_id, looked.children) == (told.joanne.pk, told.liverpool.pk, [])
    client.force_login(told.olu)
    client.get("/trail/")
    assert entries(act="trail.viewed")[-1].programme_id is None


@pytest.mark.parametrize("who", ["priya", "ruth", "sam", "nia", "stranger"])
def test_others_are_refused(client, told, who):
    client.force_login(getattr(told, who))
    assert client.get("/trail/").status_code == 403
    assert entries(act="trail.viewed") == []


def test_it_only_reads(client, told):
    client.force_login(told.joanne)
    assert client.post("/trail/").status_code == 405


@pytest.mark.parametrize("size", [1, 60])
def test_it_needs_the_same_statements_whatever_its_length(client, told, size, django_assert_num_queries):
    with scoped(told.liverpool_scope):
        for _ in range(size):
            audit(act="report.requested", by=told.ruth, programme_id=told.liverpool.pk)
    client.force_login(told.joanne)
    with django_assert_num_queries(14):
        client.get("/trail/")
