from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from inharmony.access.reach import Held, PersonalReach
from inharmony.access.roles import COORDINATOR, MANAGER, NATIONAL, OPERATOR, SCHOOL_LEAD
from inharmony.pages import context


def test_the_masthead_names_the_one_hub_or_school():
    assert context.place_of(PersonalReach([Held(COORDINATOR, 1, None, "Liverpool")])) == "Liverpool"
    assert context.place_of(PersonalReach([Held(SCHOOL_LEAD, None, 7, "Saltwharf Primary")])) == "Saltwharf Primary"
    twice = [Held(COORDINATOR, 1, None, "Liverpool"), Held(MANAGER, 1, None, "Liverpool")]
    assert context.place_of(PersonalReach(twice)) == "Liverpool"


def test_the_masthead_counts_several_hubs_and_schools():
    held = [
        Held(MANAGER, 1, None, "Liverpool"),
        Held(MANAGER, 2, None, "Leeds"),
        Held(SCHOOL_LEAD, None, 7, "Saltwharf Primary"),
    ]
    assert context.place_of(PersonalReach(held)) == "2 hubs, 1 school"


def test_the_masthead_names_the_arts_council_for_its_staff_and_nothing_for_an_operator():
    assert context.place_of(PersonalReach([Held(NATIONAL)])) == "Arts Council England"
    assert context.place_of(PersonalReach([Held(OPERATOR)])) == ""
    assert context.place_of(PersonalReach()) == ""


def test_the_account_page_gets_each_role_with_its_place():
    held = PersonalReach([Held(MANAGER, 1, None, "Liverpool"), Held(NATIONAL)])
    assert [row[:2] for row in context.roles_held(held)] == [
        ("Hub manager", "Liverpool"),
        ("Arts Council staff", "Arts Council England"),
    ]


def test_nobody_signed_in_has_an_empty_frame_and_nothing_is_asked_of_the_database():
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    assert context.chrome(request)["chrome"] == context.Chrome()


def test_demonstration_accounts_are_offered_in_a_demonstration_only(settings):
    settings.DEMO_ACCOUNTS = [("priya@hub.example", "Coordinator", "Liverpool")]
    request = RequestFactory().get("/")
    settings.DEMO = False
    assert context.chrome(request)["demo_accounts"] == []
    settings.DEMO = True
    assert context.chrome(request)["demo_accounts"] == [
        context.DemoAccount("priya@hub.example", "Coordinator", "Liverpool")
    ]


def test_the_frame_of_a_page_costs_no_query_beyond_the_roles_the_request_read(cast, client, django_assert_num_queries):
    client.force_login(cast.ruth)
    page = client.get("/account/")
    assert page.context["chrome"].place == "Liverpool"
    assert page.context["chrome"].initials == "RB"
    user = page.context["user"]
    request = RequestFactory().get("/account/")
    request.user, request.resolver_match = user, None
    with django_assert_num_queries(0):
        assert context.chrome(request)["chrome"].name == "Ruth Bell"
