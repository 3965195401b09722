"""The pages of what is evaluated, for whoever signs in."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from outcomes.actions.wording import load_wording
from outcomes.indicators import INDICATORS
from outcomes.measures.shipped import MEASURES
from outcomes.measures.shipped.music import MUSIC
from tests.outcomes.wordings import read, told

PAGE = reverse("outcomes:framework")
SIGNED_IN = ("priya", "ruth", "joanne", "sam", "omar", "nia", "olu", "stranger")


def page_of(client, measure, version="1"):
    return client.get(reverse("outcomes:measure", args=[measure, version]))


@pytest.mark.parametrize("who", SIGNED_IN)
def test_whoever_signs_in_reads_what_is_evaluated(client, cast, who):
    client.force_login(getattr(cast, who))
    page = client.get(PAGE).content.decode()
    for one in INDICATORS:
        assert escape(one.title) in page
        assert escape(one.silent) in page
    for measure in MEASURES:
        assert reverse("outcomes:measure", args=[measure.key, measure.version]) in page
        assert page_of(client, measure.key).status_code == 200
    assert "and not what was found" in page


def test_who_is_not_signed_in_reads_nothing(client, db):
    for address in (PAGE, reverse("outcomes:measure", args=["music", "1"])):
        assert client.get(address)["Location"].startswith("/sign-in/")


def test_the_page_costs_the_same_with_more_hubs_and_words(client, cast, django_assert_max_num_queries):
    client.force_login(cast.nia)
    with django_assert_max_num_queries(12):
        client.get(PAGE)
    load_wording(wording=read(told()), by=None)
    with django_assert_max_num_queries(12):
        client.get(PAGE)


def test_targets_of_hubs_stand_for_who_works_in_them_and_for_the_country(client, cast):
    liverpool, leeds = (reverse("outcomes:targets", args=[slug]) for slug in ("liverpool", "leeds"))
    shown = {}
    for who in SIGNED_IN:
        client.force_login(getattr(cast, who))
        page = client.get(PAGE).content.decode()
        shown[who] = (liverpool in page, leeds in page)
    both = {"nia"}
    own = {"priya", "ruth", "joanne"}
    assert {who for who, seen in shown.items() if seen == (True, True)} == both
    assert {who for who, seen in shown.items() if seen == (True, False)} == own
    assert {who for who, seen in shown.items() if seen == (False, True)} == {"omar"}
    assert {who for who, seen in shown.items() if seen == (False, False)} == {"sam", "olu", "stranger"}


def test_a_measure_of_our_own_shows_its_items_and_which_count_the_other_way_round(client, cast):
    client.force_login(cast.nia)
    page = page_of(client, "music").content.decode()
    for item in MUSIC.items:
        assert escape(item.words) in page
    assert page.count("The other way round") == sum(item.is_reversed for item in MUSIC.items)
    assert "4: Very true" in page
    assert "They come with the portal." in page


def test_words_that_an_operator_loads_stand_on_the_page_from_then_on(client, cast):
    client.force_login(cast.joanne)
    before = page_of(client, "stirling").content.decode()
    assert "Words not loaded" in before
    assert "15 items with 5 answers each, 1 to 5." in before
    load_wording(wording=read(told()), by=None)
    after = page_of(client, "stirling").content.decode()
    assert "Can be asked" in after
    assert "Words of printed_7." in after
    assert "agreed to on 2 November 2026" in after
    # who agreed is kept, and is nobody else's business
    assert "Olu Operator" not in after
    assert "Words of printed_7." not in before


def test_no_item_is_shown_of_what_the_licence_forbids(client, cast):
    client.force_login(cast.joanne)
    page = page_of(client, "sdq_staff").content.decode()
    assert "Its licence lets no item be shown here." in page
    assert "Form 4-17, answered by school staff" in page
    assert "19 to 40" in page
    assert "<blockquote>" not in page


def test_there_is_no_page_of_what_is_no_measure(client, cast):
    client.force_login(cast.joanne)
    assert page_of(client, "stirling", "2").status_code == 404
    assert page_of(client, "nothing").status_code == 404
