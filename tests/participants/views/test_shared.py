"""The children two ensembles share, by name."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions.at_risk import flag_at_risk
from tests.factories import participants
from tests.trail import entries, entry


def page_of(client, first, second, **asked):
    return client.get(reverse("participants:ensemble-shared", args=[first.pk, second.pk]), asked)


def names_in(page, children):
    return [child.name for child in children if child.name in page.content.decode()]


@pytest.fixture
def both(cast):
    """The first two children of the strings play in the brass group as well, the second from next year on."""
    with scoped(cast.liverpool_scope):
        participants.join(cast.brass, cast.children[:1], by=cast.joanne)
        participants.join(cast.brass, cast.children[1:2], by=cast.joanne, starts_on=date(2027, 1, 11))
    return cast


def test_who_is_in_both_on_a_day_stands_there_and_whoever_looked_in_the_trail(client, both):
    client.force_login(both.ruth)
    page = page_of(client, both.strings, both.brass, day="2027-01-12")
    assert names_in(page, [*both.children, *both.others]) == [child.name for child in both.children[:2]]
    assert "2 children on Tuesday 12 January 2027." in page.content.decode()
    told = entry(act="ensemble.shared_viewed")
    assert (told.actor_id, told.programme_id) == (both.ruth.pk, both.liverpool.pk)
    assert sorted(told.children) == sorted(child.pk for child in both.children[:2])


@pytest.mark.parametrize("asked", [{}, {"day": "soon"}, {"day": "9999-12-31"}, {"day": "0001-01-01"}])
def test_without_a_day_that_can_be_read_it_is_today(client, both, asked):
    client.force_login(both.ruth)
    page = page_of(client, both.strings, both.brass, **asked)
    today = timezone.localdate()
    expected = both.children[: 1 if today < date(2027, 1, 11) else 2]
    assert names_in(page, both.children) == [child.name for child in expected]


def test_nobody_in_both_says_so(client, cast):
    client.force_login(cast.ruth)
    assert "Nobody is in both" in page_of(client, cast.strings, cast.brass).content.decode()


@pytest.mark.parametrize(("who", "status"), [("priya", 404), ("omar", 404), ("sam", 404), ("nia", 403), ("olu", 403)])
def test_who_does_not_see_both_ensembles_finds_no_page_and_no_entry(client, both, who, status):
    client.force_login(getattr(both, who))
    assert page_of(client, both.strings, both.brass).status_code == status
    assert entries(act="ensemble.shared_viewed") == []


def test_a_coordinator_sees_it_of_two_ensembles_of_their_own(client, both):
    both.brass.tutors.add(both.strings.tutors.get())
    client.force_login(both.priya)
    page = page_of(client, both.strings, both.brass, day="2027-01-12")
    assert names_in(page, both.children) == [child.name for child in both.children[:2]]


def test_a_protected_child_is_not_for_paper_and_has_no_page_for_a_coordinator(client, both):
    both.brass.tutors.add(both.strings.tutors.get())
    with scoped(both.liverpool_scope):
        flag_at_risk(child=both.children[0], by=both.joanne)
    client.force_login(both.priya)
    page = page_of(client, both.strings, both.brass).content.decode()
    assert reverse("participants:child", args=[both.children[0].pk]) not in page
    assert '<tr class="off-paper">' in page


@pytest.mark.parametrize("size", [1, 3])
def test_it_needs_the_same_statements_whatever_its_size(client, cast, size, django_assert_num_queries):
    with scoped(cast.liverpool_scope):
        participants.join(cast.brass, cast.children[:size], by=cast.joanne)
    client.force_login(cast.ruth)
    with django_assert_num_queries(14):
        page_of(client, cast.strings, cast.brass)
