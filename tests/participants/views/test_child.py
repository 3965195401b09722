"""The list of children: who sees whom, and finding one."""

import pytest

from tests.trail import entry


def names_on(client, query=""):
    html = client.get(f"/children/{query}").content.decode()
    return [line.split("</th>")[0] for line in html.split('<th scope="row">')[1:]]


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
    "query", ["?school=x", "?school=²", "?page=0", "?page=x", "?find=%00", "?school=99999999999999"]
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


@pytest.mark.parametrize("who", ["joanne", "ruth", "sam"])
def test_who_answers_for_the_hub_finds_who_saw_each_child(client, cast, who):
    client.force_login(getattr(cast, who))
    html = client.get("/children/").content.decode()
    shown = cast.children if who == "sam" else [*cast.children, *cast.others]
    linked = [child for child in shown if f'href="/trail/child/{child.pk}/"' in html]
    assert linked == (shown if who == "joanne" else [])
