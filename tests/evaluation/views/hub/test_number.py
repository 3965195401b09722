"""A number that opens: what it means, how it comes about, and what the country has released beside it."""

import re

import pytest
from django.urls import reverse

from evaluation.actions.release import cut_release
from evaluation.figures import definitions
from evaluation.figures.own import OPENED_BY
from inharmony.accounts.models import User
from tests.databases import connected_as
from tests.evaluation.views.hub.test_subjects import taken, text
from tests.factories import evaluation
from tests.factories.schools import this_year

__all__ = ["taken"]


@pytest.mark.parametrize("key", OPENED_BY)
def test_every_figure_of_a_hub_opens_to_its_definition_and_to_its_sum(taken, open_as, key):
    page = open_as(taken.joanne, f"/hub/liverpool/figures/{key}/")
    assert page.status_code == 200
    said, meant = text(page), definitions.ALL[key]
    for words in (meant.name, meant.counts, meant.population, meant.denominator, "As at 17 November 2026, 10:42, live"):
        assert words in said.replace("&#x27;", "'")
    assert len(re.findall(r"<caption>|No session of this period|Nothing is counted", page.content.decode())) == len(
        OPENED_BY[key]
    )


def test_every_number_of_the_first_page_opens(taken, open_as):
    html = open_as(taken.joanne, "/hub/").content.decode()
    opened = re.findall(r'class="figure-link" href="([^"]+)"', html)
    assert len(opened) == len(evaluation.values_on(open_as(taken.joanne, "/hub/"))) == 12
    for address in opened:
        assert open_as(taken.joanne, address.replace("&amp;", "&")).status_code == 200


def test_the_rows_behind_it_are_linked_for_who_may_see_them(taken, open_as):
    html = open_as(taken.joanne, "/hub/liverpool/figures/children_reached/").content.decode()
    assert f'<a href="{reverse("participants:children")}">The list of children of today</a>' in html
    grid = reverse("participants:grid", args=[taken.strings.pk])
    assert f'href="{grid}"' in open_as(taken.joanne, "/hub/liverpool/figures/attendance/").content.decode()


def test_what_registers_make_says_so_while_none_is_due(taken, open_as):
    for key, words in (("attendance", "No register is due yet."), ("schools", "It does not rest on registers.")):
        page = open_as(taken.joanne, f"/hub/liverpool/figures/{key}/", year="2026-27", term="summer")
        assert f"Complete {words}" in text(page)


@pytest.mark.parametrize("key", ["children_twice", "secrets", "children_enrolled"])
def test_what_is_no_figure_of_a_hub_is_not_found(cast, open_as, key):
    assert open_as(cast.joanne, f"/hub/liverpool/figures/{key}/").status_code == 404


def test_beside_it_stands_what_was_released_of_the_country_and_nothing_live(committed_cast, open_as, fresh_database):
    evaluation.country(committed_cast)
    address = "/hub/liverpool/figures/children_reached/"
    assert "The country" not in text(open_as(committed_cast.joanne, address, year="2026-27", term=""))
    with connected_as("worker", fresh_database):
        cut_release(academic_year=this_year(), by=User.objects.get(pk=committed_cast.olu.pk))
    said = text(open_as(committed_cast.joanne, address, year="2026-27", term=""))
    assert "The country Release 2026-27.1: 120. Released and protected, of 2026-27; all hubs together." in said
    assert re.search(r"Children taking part 40\b", said)
