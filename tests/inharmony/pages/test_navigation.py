import pytest
from django.urls import NoReverseMatch, reverse

from inharmony.access.permissions import Permission
from inharmony.access.roles import ADMINISTRATOR, COORDINATOR, MANAGER, NATIONAL, SCHOOL_LEAD
from inharmony.pages.navigation import ENTRIES, FIT_A_PHONE, links


def labels(role):
    return [link.label for link in links(role.permissions, "")]


def test_every_entry_leads_to_a_page_of_the_portal():
    lost = []
    for entry in ENTRIES:
        try:
            reverse(entry.page)
        except NoReverseMatch:
            lost.append(entry.page)
    # the outbox exists in a demonstration only
    assert lost == ["demonstration:outbox"]


def test_each_role_sees_its_own_work_and_nothing_else():
    assert labels(COORDINATOR) == ["Today", "Children", "Ensembles", "Stories"]
    assert labels(SCHOOL_LEAD) == ["Children"]
    assert labels(NATIONAL) == ["Overview", "Schools", "Reports"]
    assert set(labels(MANAGER)) - set(labels(ADMINISTRATOR)) == {"People", "Trail", "Record", "Messages"}


def test_somebody_without_a_role_sees_no_entry():
    assert links(frozenset(), "pages:account") == []


@pytest.mark.parametrize("role", [COORDINATOR, ADMINISTRATOR, MANAGER, SCHOOL_LEAD, NATIONAL])
def test_a_phone_shows_no_more_entries_than_fit(role):
    assert len([link for link in links(role.permissions, "") if not link.is_rare]) <= FIT_A_PHONE


def test_the_page_we_are_on_is_marked_once_also_from_inside_its_work():
    current = [link.label for link in links(MANAGER.permissions, "participants:register") if link.is_current]
    assert current == ["Today"]
    assert not any(link.is_current for link in links(frozenset(Permission), "pages:account"))


@pytest.mark.parametrize(
    ("page", "label"),
    [
        ("outcomes:waves", "Surveys"),
        ("outcomes:comparison", "Schools"),
        ("outcomes:framework", "Hub"),
        ("evaluation:hub-impact", "Hub"),
        ("participants:child", "Children"),
    ],
)
def test_of_two_entries_that_cover_a_page_the_one_that_says_more_of_it_is_current(page, label):
    assert [link.label for link in links(MANAGER.permissions, page) if link.is_current] == [label]
