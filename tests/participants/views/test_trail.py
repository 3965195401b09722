"""Who saw one child: every sight and act that names it, every changed field, for those who answer for its hub."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inharmony.access.scope import scope_of, scoped
from inharmony.accounts.models import RoleAssignment
from participants.actions.at_risk import flag_at_risk
from participants.models import Child, Membership
from tests.trail import entries, entry, lines_of


def page_of(child, query=""):
    return f"/trail/child/{child.pk}/{query}"


@pytest.fixture
def seen(client, cast):
    """Sam and Priya look at the strings' children; Joanne changes the first and ends its membership."""
    for person, path in ((cast.sam, "/children/"), (cast.priya, f"/sessions/{cast.session.pk}/register/")):
        client.force_login(person)
        client.get(path)
    first = cast.children[0]
    with scoped(scope_of(cast.joanne)):
        Child.objects.filter(pk=first.pk).update(known_as="Mara", sort_key="adeyemi mara")
        Membership.objects.filter(child=first).update(ends_on=timezone.localdate())
    client.force_login(cast.joanne)
    return cast


def rows(client, path):
    return lines_of(client.get(path).content.decode())


BEFORE = [("Joanne Carter", "Took children into an ensemble"), ("Joanne Carter", "Enrolled children")]


def test_it_shows_who_saw_the_child_and_who_changed_which_fields(client, seen):
    shown = rows(client, page_of(seen.children[0]))
    # looking it up is itself a sight, and the newest
    assert shown[0] == ("Joanne Carter", "Looked up who saw a child")
    assert set(shown[1:3]) == {
        ("Joanne Carter", "Changed the child’s record: known as"),
        ("Joanne Carter", "Changed a membership of an ensemble: end"),
    }
    assert shown[3:5] == [("Priya Shah", "Saw a register"), ("Sam Okoro", "Saw children in the list")]
    assert shown[5:] == BEFORE


def test_another_child_of_the_hub_is_not_mixed_in(client, seen):
    assert rows(client, page_of(seen.others[0])) == [("Joanne Carter", "Looked up who saw a child"), *BEFORE]


def test_days_in_the_address_narrow_it(client, seen):
    day = timezone.localdate()
    assert len(rows(client, page_of(seen.children[0], f"?since={day}&until={day}"))) == 7
    before = day - timedelta(days=1)
    assert rows(client, page_of(seen.children[0], f"?since={before}&until={before}")) == []
    assert client.get(page_of(seen.children[0], f"?since={day}&until={before}")).status_code == 422


def test_a_child_at_risk_is_named_on_screen_and_not_on_paper(client, seen):
    child = seen.children[1]
    assert f"<h1>Who saw {child.name}</h1>" in client.get(page_of(child)).content.decode()
    with scoped(seen.liverpool_scope):
        flag_at_risk(child=child, by=seen.joanne)
    html = client.get(page_of(child)).content.decode()
    assert html.count(child.name) == html.count(f'<span class="off-paper">{child.name}</span>') == 1


def test_looking_is_in_the_trail_and_names_the_child(client, seen):
    client.get(page_of(seen.children[0]))
    looked = entry(act="trail.child_viewed")
    assert (looked.actor_id, looked.programme_id, looked.children) == (
        seen.joanne.pk,
        seen.liverpool.pk,
        [seen.children[0].pk],
    )


def test_a_child_of_another_hub_and_one_that_never_was_look_alike(client, seen):
    foreign = client.get(page_of(seen.leeds_children[0]))
    absent = client.get("/trail/child/999999/")
    assert (foreign.status_code, foreign.content) == (404, absent.content)
    assert entries(act="trail.child_viewed") == []


@pytest.mark.parametrize(("who", "status"), [("priya", 403), ("ruth", 403), ("sam", 403), ("nia", 403), ("olu", 404)])
def test_others_are_refused(client, seen, who, status):
    client.force_login(getattr(seen, who))
    assert client.get(page_of(seen.children[0])).status_code == status


def test_answering_for_one_hub_does_not_open_the_trail_of_another_one_works_in(client, seen):
    RoleAssignment.objects.create(user=seen.joanne, role="administrator", programme=seen.leeds)
    client.force_login(type(seen.joanne).objects.get(pk=seen.joanne.pk))
    assert client.get(page_of(seen.leeds_children[0])).status_code == 403


@pytest.mark.parametrize("size", [1, 40])
def test_it_needs_the_same_statements_however_often_the_child_was_seen(client, seen, size, django_assert_num_queries):
    for _ in range(size):
        client.get(f"/ensembles/{seen.strings.pk}/")
    with django_assert_num_queries(18):
        client.get(page_of(seen.children[0]))
