"""Likely doubles, two records side by side, one record and two again: what the pages show, and to whom."""

import pytest
from django.urls import reverse

from inharmony.access.scope import scoped
from participants.actions import merge as acts
from participants.models import Child, Merge
from participants.views.merge import PAGE
from tests.factories import participants, photos
from tests.participants.merging import furnish, record, twice
from tests.trail import entries, entry


@pytest.fixture
def hub(cast):
    with scoped(cast.liverpool_scope):
        cast.one, cast.other = twice(cast)
        furnish(cast, cast.one, cast.other)
    return cast


def side_by_side(one, other):
    return reverse("participants:child-merge", args=[one.pk, other.pk])


def doubles(programme):
    return reverse("participants:doubles", args=[programme.slug])


def send(client, cast, **chosen):
    version = chosen.pop("version", f"{cast.one.revision}-{cast.other.revision}")
    return client.post(side_by_side(cast.one, cast.other), {"version": version, **chosen}, follow=True)


def test_the_hubs_likely_doubles(client, hub):
    client.force_login(hub.ruth)
    page = client.get(doubles(hub.liverpool)).content.decode()
    assert "Wren Lark" in page
    assert "Wrenna Lark" in page
    assert "The names are alike and the date of birth is the same" in page
    assert side_by_side(hub.one, hub.other) in page
    assert entry(act="doubles.viewed").children == [hub.one.pk, hub.other.pk]


def test_a_child_who_is_here_twice(client, hub):
    client.force_login(hub.ruth)
    shown = client.get(reverse("participants:child", args=[hub.one.pk])).content.decode()
    address = reverse("participants:child-twice", args=[hub.one.pk])
    assert address in shown
    page = client.get(address).content.decode()
    assert side_by_side(hub.one, hub.other) in page
    # somebody whom nothing makes alike is found by name
    assert "Nadia" not in page
    found = client.get(address, {"find": "nadia"}).content.decode()
    assert side_by_side(hub.one, hub.others[0]) in found
    assert hub.others[0].pk in entries(act="doubles.viewed")[-1].children
    assert "Zoë" not in client.get(address, {"find": "zoe"}).content.decode()


def test_side_by_side_shows_each_field_and_never_a_number(client, hub):
    client.force_login(hub.ruth)
    page = client.get(side_by_side(hub.one, hub.other)).content.decode()
    for words in (
        "SEN support",
        "A UPN",
        "Saltwharf Primary, 4B, from 1 September 2020",
        "Violin, from",
        "Cello, from",
    ):
        assert words in page
    assert "F999999925001" not in page
    # what only one of them says is chosen
    assert 'name="upn" value="theirs" aria-describedby="r-upn" checked' in page
    assert 'name="sen" value="ours" aria-describedby="r-sen" checked' in page
    assert "1 mark" in page


def test_made_one_and_two_again(client, hub):
    client.force_login(hub.ruth)
    answer = send(client, hub, forename="theirs", upn="theirs", whereabouts="ours")
    assert "The two records are one." in answer.content.decode()
    assert "Wrenna Lark" in answer.content.decode()
    assert client.get(reverse("participants:child", args=[hub.other.pk])).status_code == 404
    page = client.get(doubles(hub.liverpool)).content.decode()
    assert "Can be undone until" in page
    with scoped(hub.liverpool_scope):
        act = Merge.objects.get()
    address = reverse("participants:merge-undo", args=[hub.liverpool.slug, act.pk])
    assert client.get(address).status_code == 405
    page = client.post(address, follow=True).content.decode()
    assert "Undone: there are two records again." in page
    assert client.get(reverse("participants:child", args=[hub.other.pk])).status_code == 200
    assert "This was undone already" in client.post(address, follow=True).content.decode()


def test_undone_it_says_what_stays_because_it_was_changed(client, hub):
    client.force_login(hub.ruth)
    send(client, hub, forename="theirs")
    with scoped(hub.liverpool_scope):
        act = Merge.objects.get()
        Child.objects.filter(pk=hub.one.pk).update(forename="Wrenn", revision=9)
    page = client.post(reverse("participants:merge-undo", args=[hub.liverpool.slug, act.pk]), follow=True)
    assert "because it was changed since: forename." in page.content.decode()


def test_undone_it_says_what_is_of_both_because_it_was_made_since(client, hub):
    client.force_login(hub.ruth)
    send(client, hub, forename="theirs")
    with scoped(hub.liverpool_scope):
        act = Merge.objects.get()
        photos.photo(hub.liverpool, by=hub.ruth, on=[hub.one])
    page = client.post(reverse("participants:merge-undo", args=[hub.liverpool.slug, act.pk]), follow=True)
    assert "Both are named in 1 photo or story made since" in page.content.decode()


def test_records_changed_since_the_page_was_opened_are_looked_at_again(client, hub):
    client.force_login(hub.ruth)
    for version in ("2-1", "", "x"):
        answer = send(client, hub, version=version)
        assert answer.status_code == 409
        assert "changed since this page was opened" in answer.content.decode()
    with scoped(hub.liverpool_scope):
        assert Child.objects.filter(pk=hub.other.pk).exists()


def test_sent_twice_it_is_done_once(client, hub):
    client.force_login(hub.ruth)
    send(client, hub)
    assert send(client, hub).status_code == 404
    with scoped(hub.liverpool_scope):
        assert Merge.objects.count() == 1


# who may


@pytest.mark.parametrize(
    ("who", "hubs", "child"),
    [
        ("joanne", 200, 200),
        ("omar", 404, 404),
        ("priya", 403, 403),
        ("sam", 403, 403),
        ("nia", 403, 403),
        ("olu", 403, 403),
        ("stranger", 403, 403),
    ],
)
def test_only_who_keeps_the_lists_of_the_hub(client, hub, who, hubs, child):
    client.force_login(getattr(hub, who))
    assert client.get(doubles(hub.liverpool)).status_code == hubs
    assert client.get(reverse("participants:child-twice", args=[hub.one.pk])).status_code == child
    assert client.get(side_by_side(hub.one, hub.other)).status_code == child
    if child != 200:
        assert send(client, hub).status_code == child
        with scoped(hub.liverpool_scope):
            act = acts.merge(kept=hub.one, gone=hub.other, theirs=(), by=hub.ruth)
        address = reverse("participants:merge-undo", args=[hub.liverpool.slug, act.pk])
        assert client.post(address).status_code == hubs
        with scoped(hub.liverpool_scope):
            assert Merge.objects.standing().count() == 1


def test_a_child_of_another_hub_the_child_itself_and_nobody_are_not_to_be_compared(client, hub):
    client.force_login(hub.ruth)
    for other in (hub.leeds_children[0].pk, hub.one.pk, 999_999_983):
        address = reverse("participants:child-merge", args=[hub.one.pk, other])
        assert client.get(address).status_code == 404
        assert client.post(address, {"version": "1-1"}).status_code == 404


def test_who_works_in_two_hubs_makes_no_child_of_both(client, hub):
    from inharmony.accounts.models import RoleAssignment
    from tests.factories.schools import LONG_AGO

    RoleAssignment.objects.create(user=hub.ruth, role="administrator", programme=hub.leeds, starts_on=LONG_AGO)
    client.force_login(hub.ruth)
    address = reverse("participants:child-merge", args=[hub.one.pk, hub.leeds_children[0].pk])
    assert client.get(address).status_code == 404
    page = client.get(reverse("participants:child-twice", args=[hub.one.pk]), {"find": "zoe"}).content.decode()
    assert "Zoë" not in page
    # an act of the one hub is none of the other's
    with scoped(hub.liverpool_scope):
        act = acts.merge(kept=hub.one, gone=hub.other, theirs=(), by=hub.ruth)
    assert client.post(reverse("participants:merge-undo", args=[hub.leeds.slug, act.pk])).status_code == 404


def test_many_pairs_are_paged_and_statements_do_not_grow(client, hub, django_assert_max_num_queries):
    with scoped(hub.liverpool_scope):
        names = [(f"Wren{letter * 3}{'ab'[twin] * twin}", "Lark") for letter in "bcdfghjkl" for twin in (0, 1)]
        participants.children(hub.liverpool, hub.marigold, by=hub.ruth, names=names[:9])
        for _ in range(12):
            record(hub)
    client.force_login(hub.ruth)
    client.get(doubles(hub.liverpool))
    with django_assert_max_num_queries(24):
        page = client.get(doubles(hub.liverpool)).content.decode()
    assert page.count(">Compare<span") == PAGE
