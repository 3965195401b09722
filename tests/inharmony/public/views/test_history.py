from datetime import date

import pytest

from programmes.models import ProgrammeStatus
from programmes.models.entry import Precision
from tests.factories import printed
from tests.factories.programmes import programme


def read(client, **asked):
    return client.get("/history/", asked).content.decode()


def test_what_happened_stands_under_its_year_with_its_source(client, db):
    printed.milestone("The later one", happened_on=date(2013, 1, 1), precision=Precision.MONTH)
    printed.milestone("The earlier one", happened_on=date(2009, 2, 1), precision=Precision.YEAR, source="Early Times")
    page = read(client)
    places = [page.index(words) for words in ('id="y2009"', "The earlier one", 'id="y2013"', "The later one")]
    assert places == sorted(places)
    assert "Early Times" in page
    assert "January 2013" in page
    assert "1 January 2013" not in page


def test_where_sources_disagree_all_are_told_alike_and_none_is_chosen(client, db):
    beginning = printed.milestone("It begins", words="Set up in 2008.", source="One Gazette")
    printed.account(beginning, "Begun in 2009.", source="Another Herald")
    printed.account(beginning, "No longer believed.", withdrawn_on=printed.DAY)
    page = read(client)
    differing = page[page.index('class="differ"') :]
    places = [
        differing.index(words) for words in ("Set up in 2008.", "One Gazette", "Begun in 2009.", "Another Herald")
    ]
    assert places == sorted(places)
    assert "none is chosen" in differing
    assert "No longer believed" not in page


@pytest.fixture
def two_hubs(db):
    here, gone = programme("Leeds Invented"), programme("Norwich Invented")
    gone.statuses.update(starts_on=date(2009, 2, 1), ends_on=date(2012, 7, 31))
    ProgrammeStatus.objects.create(programme=gone, status=ProgrammeStatus.Status.LEFT, starts_on=date(2012, 8, 1))
    printed.milestone("Of the country")
    printed.milestone("Of Leeds", programme=here)
    printed.milestone("Of Norwich", programme=gone)


def test_one_hubs_history_is_asked_for_in_the_address(client, two_hubs):
    page = read(client, hub="leeds-invented")
    assert "Of Leeds" in page
    assert "Of the country" not in page
    assert "Of Norwich" not in page
    assert 'href="/history/?hub=leeds-invented" aria-current="true"' in page


def test_a_hub_that_left_has_its_history_too(client, two_hubs):
    assert "Norwich Invented <small>until 2012</small>" in read(client)
    assert "Of Norwich" in read(client, hub="norwich-invented")


def test_a_hub_that_is_not_there_is_said_so_and_everything_is_shown(client, two_hubs):
    page = read(client, hub="<b>nowhere")
    assert "There is no hub of that name" in page
    assert "<b>nowhere" not in page
    assert "Of Leeds" in page


@pytest.mark.parametrize("many", [1, 3])
def test_the_timeline_asks_the_same_however_long_it_is(client, db, many, django_assert_num_queries):
    for number in range(many):
        printed.account(printed.milestone(programme=programme(f"Hub {number}")), "Otherwise")
    with django_assert_num_queries(5):
        client.get("/history/")
