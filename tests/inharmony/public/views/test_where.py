"""The map, the list and the search, as pages that anybody reads."""

import re

import pytest
from django.urls import reverse

from programmes.models import Programme
from tests.factories import evaluation

WHERE = "/where/"


def page(client, **asked):
    answer = client.get(WHERE, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def words_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_page_shows_the_map_and_every_hub_with_what_the_record_says(client, record):
    html = page(client)
    assert html.count('<circle class="hub"') == 6
    assert html.count('class="hub-past"') == 1
    assert '<title id="map-title">Map of England with the hubs of In Harmony</title>' in html
    words = words_of(html)
    assert "Led by Opera North. Since 2013, in Leeds, Halifax (Calderdale), Kirklees, Pontefract (Wakefield)." in words
    assert "Sources disagree" in words
    assert "Left In Harmony, July 2012" in words


def test_the_first_answer_says_all_five_things(client, record):
    words = words_of(page(client, place="York").split('id="answer"')[1].split("The other hubs")[0])
    assert "In Harmony Opera North" in words
    assert "How far About 21 miles, to Pontefract (Wakefield)" in words
    assert "Who leads it Opera North since 2013" in words
    assert "How many children" in words
    assert "Since when 2013" in words
    assert "Who pays Arts Council England since 2013" in words


def test_others_of_one_name_are_links_to_their_own_answers(client, record):
    html = page(client, place="Newport")
    assert 'href="?place=Newport&amp;at=t8"' in html
    assert "Nearest to Newport, about 7 miles from Telford" in words_of(page(client, place="Newport", at="t8"))


def test_a_place_outside_england_is_told_so(client, record):
    assert "Cardiff is in Wales. In Harmony is in England only" in words_of(page(client, place="Cardiff"))


@pytest.mark.parametrize(
    "hostile",
    ["", "%", "%00", "\x00", "'; DROP TABLE schools_town; --", "<script>alert(1)</script>", "a" * 9_000, "🎻" * 50, "L" * 7, "\u202eLeeds", "{{ 7*7 }}", "..\\..\\"],
)  # fmt: skip
def test_nothing_typed_breaks_the_page_or_comes_back_as_code(client, record, hostile):
    html = page(client, place=hostile, at=hostile)
    assert "<script>alert" not in html
    assert 'id="answer"' in html


def test_a_search_costs_the_same_statements_however_many_hubs_and_towns_answer(
    client, record, django_assert_num_queries
):
    with django_assert_num_queries(10):
        page(client, place="York")
    with django_assert_num_queries(10):
        page(client, place="Newport")


def test_the_page_from_the_cache_asks_the_database_nothing(client, record, django_assert_num_queries):
    page(client)
    with django_assert_num_queries(0):
        page(client)


def test_the_page_is_light(client, record):
    assert len(client.get(WHERE).content) < 30_000


def test_with_an_empty_record_the_page_says_so(client, db):
    assert "No hub has begun yet." in page(client)
    assert 'id="answer"' in page(client, place="York")


def test_each_hub_of_the_list_has_its_page(client, record):
    for slug in re.findall(r'href="/where/([a-z-]+)/"', page(client)):
        assert client.get(reverse("public:programme", args=[slug])).status_code == 200
    assert Programme.objects.count() == 7


def test_a_child_is_on_no_public_page(client, committed_cast):
    evaluation.country(committed_cast)
    for path in (WHERE, *(f"/where/{slug}/" for slug in Programme.objects.values_list("slug", flat=True)), "/figures/"):
        html = client.get(path).content.decode()
        assert [child.surname for child in committed_cast.children if child.surname in html] == []
