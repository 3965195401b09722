"""The list of children: who sees whom, and finding one."""

import re

import pytest

from inharmony.access.scope import scoped
from participants.actions import at_risk
from participants.models import Consent
from tests.factories import participants
from tests.trail import entry


def names_on(client, query=""):
    html = client.get(f"/children/{query}").content.decode()
    return [re.sub("<[^>]*>", "", line.split("</th>")[0]) for line in html.split('<th scope="row">')[1:]]


def named(children):
    return [child.name.replace("'", "&#x27;") for child in sorted(children, key=lambda c: c.sort_key)]


@pytest.mark.parametrize(
    ("who", "whom"),
    [
        ("joanne", ("children", "others")),
        ("ruth", ("children", "others")),
        ("priya", ("children",)),
        ("sam", ("children",)),
        ("omar", ("leeds_children",)),
    ],
)
def test_each_role_sees_its_own_children_and_no_others(client, cast, who, whom):
    client.force_login(getattr(cast, who))
    assert names_on(client) == named([child for group in whom for child in getattr(cast, group)])


def test_a_name_is_found_without_its_accents(client, cast):
    client.force_login(cast.omar)
    assert names_on(client, "?find=evans sian") == ["Siân Price-Évans"]


def test_a_school_outside_the_scope_cannot_be_filtered_by(client, cast):
    client.force_login(cast.joanne)
    assert len(names_on(client, f"?school={cast.kirkfold.pk}")) == 5


@pytest.mark.parametrize(
    "query",
    ["?school=x", "?school=²", "?page=0", "?page=x", "?find=%00", "?school=99999999999999", f"?school={'9' * 5000}"],
)
def test_odd_addresses_answer_with_a_page(client, cast, query):
    client.force_login(cast.joanne)
    assert client.get(f"/children/{query}").status_code == 200


def test_listing_children_is_in_the_trail_by_key(client, cast):
    client.force_login(cast.sam)
    client.get("/children/")
    event = entry(act="children.listed")
    assert event.programme_id == cast.liverpool.pk
    assert sorted(event.children) == sorted(child.pk for child in cast.children)


@pytest.fixture
def hidden(cast):
    """A child of the first school, at risk."""
    with scoped(cast.liverpool_scope):
        return at_risk.flag_at_risk(child=cast.children[0], by=cast.ruth)


@pytest.mark.parametrize("who", ["ruth", "joanne", "priya", "sam"])
def test_a_refusal_of_photos_stands_beside_the_name(client, cast, who):
    with scoped(cast.liverpool_scope):
        participants.answer(cast.children[1], Consent.Purpose.PHOTO_INSIDE, by=cast.ruth)
    client.force_login(getattr(cast, who))
    rows = client.get("/children/").content.decode().split("<tr")
    assert ["No photos" in row for row in rows if cast.children[1].name in row] == [True]
    assert sum("No photos" in row for row in rows) == 1


@pytest.mark.parametrize("who", ["priya", "sam"])
def test_a_child_at_risk_is_in_no_list_of_a_coordinator_or_a_school(client, cast, hidden, who):
    client.force_login(getattr(cast, who))
    html = client.get(f"/children/?find={hidden.surname}").content.decode()
    assert names_on(client) == named(cast.children[1:])
    assert ("2 taking part today" in client.get("/children/").content.decode(), hidden.surname in names_on(client)) == (
        True,
        False,
    )
    assert "No child matches" in html


@pytest.mark.parametrize("who", ["ruth", "joanne"])
def test_staff_of_the_whole_hub_see_a_child_at_risk_and_no_paper_does(client, cast, hidden, who):
    client.force_login(getattr(cast, who))
    html = client.get("/children/").content.decode()
    (row,) = [row for row in html.split("<tr") if hidden.name in row]
    assert ("off-paper" in row, "Protected" in row, html.count("off-paper")) == (True, True, 1)
    assert "<b>1 child is not printed</b>; look at the list on screen." in html


@pytest.mark.parametrize("who", ["priya", "sam"])
def test_who_does_not_see_children_at_risk_is_told_so_whether_there_is_one_or_not(client, cast, who):
    client.force_login(getattr(cast, who))
    without = client.get("/children/").content.decode()
    assert "Protected children are not listed here" in without


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_needs_the_same_statements_whatever_its_size(client, cast, size, django_assert_num_queries):
    with scoped(cast.liverpool_scope):
        names = [(f"Child{n}", "Wren") for n in range(size)]
        participants.children(cast.liverpool, cast.saltwharf, by=cast.ruth, names=names)
    client.force_login(cast.ruth)
    # session, user, roles; savepoint, scope; schools, names, count, children, trail, care, hubs of lists; scope back
    with django_assert_num_queries(14):
        client.get("/children/?find=wren")
