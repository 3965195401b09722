"""What changed in a hub: exact and its own, with how sure it is, for whom, and what it does not show."""

import pytest

from inharmony.access.scope import scoped
from outcomes.actions.analyse import analyse
from outcomes.actions.comparison import end
from outcomes.actions.difference import reckon_due
from outcomes.models import ComparisonSchool
from tests.clients import SignedInClient
from tests.databases import connected_as
from tests.factories import evaluation
from tests.factories.schools import school, this_year
from tests.outcomes import planting
from tests.outcomes.changed import compare


@pytest.fixture
def analysed(committed_cast, fresh_database):
    """Liverpool, whose children answered twice and whose families once, worked out; returns the cast."""
    with connected_as("worker", fresh_database):
        schools = [school(f"School {at}") for at in range(4)]
        planting.asked_twice(committed_cast.liverpool, committed_cast.joanne, schools, 41)
        planting.asked_twice(committed_cast.liverpool, committed_cast.joanne, schools, 12, measure="family")
        analyse(programme_id=committed_cast.liverpool.pk, year=this_year().year)
    return committed_cast


def test_the_hub_sees_its_change_exactly_with_how_sure_it_is(analysed, open_as):
    page = open_as(analysed.joanne, "/hub/liverpool/impact/")
    text = page.content.decode()
    assert "Enjoying music went up, from a mean of 6.0 to 8.0, among the 41 children in 4 schools" in text
    # said once for all parts
    granted = text[text.index('id="granted"') :]
    assert granted.count("Nobody outside the programme was asked") == 1
    assert text.count("Nobody outside the programme was asked") == 1
    rows = evaluation.rows_on(page, "Change of children who answered both times")
    assert rows["Enjoying music"][:4] == ("41", "6.0", "8.0", "2.0")
    assert "Not for publication" in text


def test_what_families_said_stands_under_the_indicator_it_feeds(analysed, open_as):
    text = open_as(analysed.joanne, "/hub/liverpool/impact/").content.decode()
    section = text[text.index('<section class="section" id="aspiration"') : text.index('id="engagement"')]
    assert "What we hope for our child: a mean of 10.7" in section


def test_every_indicator_says_what_does_not_show(analysed, open_as):
    text = open_as(analysed.joanne, "/hub/liverpool/impact/").content.decode()
    # a heading, and the label of each indicator's cell on a phone
    assert text.count("What this does not show") == 9
    assert text.count("Published evaluations") == 8
    assert "No number here shows what brought a change about" in text


def test_of_a_year_in_which_nobody_answered_it_says_so(cast, open_as):
    text = open_as(cast.joanne, "/hub/liverpool/impact/").content.decode()
    assert text.count("Nothing that can be told") == 8
    assert "went up" not in text


def test_the_table_goes_out_as_a_file_not_for_publication(analysed, open_as):
    answer = open_as(analysed.joanne, "/hub/liverpool/tables/said_change.csv", year="2026-27", term="")
    assert answer["Content-Disposition"].startswith('attachment; filename="not-for-publication-')
    assert '"Enjoying music",41,6,8,2,' in answer.content.decode()


@pytest.mark.parametrize("who", ["nia", "olu"])
def test_nobody_outside_the_hub_sees_it(cast, who):
    client = SignedInClient()
    client.force_login(getattr(cast, who))
    assert client.get("/hub/liverpool/impact/").status_code in {403, 404}


def test_a_hub_sees_nothing_of_the_hub_next_door(analysed, open_as):
    with scoped(analysed.both):
        assert open_as(analysed.joanne, "/hub/leeds/impact/").status_code == 404


def test_it_leads_to_the_schools_that_the_hub_compares_with(cast, open_as):
    assert 'href="/hub/liverpool/comparison/"' in open_as(cast.joanne, "/hub/liverpool/impact/").content.decode()


@pytest.fixture
def compared(committed_cast, fresh_database):
    """Liverpool with five schools beside four that take no part, from 2021-22 to 2023-24, reckoned; returns the cast."""
    compare(committed_cast)
    with connected_as("worker", fresh_database):
        reckon_due()
    return committed_cast


def test_how_whole_schools_changed_stands_under_the_indicator_of_school(compared, open_as):
    text = open_as(compared.joanne, "/hub/liverpool/impact/").content.decode()
    assert "1 published number of whole schools stands beside those of schools that take no part" in text
    assert '<a href="#school">how they changed</a>' in text
    section = text[text.index('<section class="section" id="school"') :]
    assert "2021-22 to 2023-24: School attendance changed by 1.8 on average" in section
    assert "95 % interval 1.0 to 2.5" in section


def test_of_a_year_before_the_last_compared_and_next_door_nothing_of_it_is_shown(compared, open_as):
    for who, address in (
        (compared.joanne, "/hub/liverpool/impact/?year=2022-23"),
        (compared.omar, "/hub/leeds/impact/"),
    ):
        text = open_as(who, address).content.decode()
        assert "Nothing that can be told. What can speak on it: published results of whole schools" in text
        assert "School attendance changed" not in text


def test_of_schools_chosen_otherwise_since_nothing_is_shown_until_it_is_reckoned_anew(compared, open_as):
    one = ComparisonSchool.objects.visible_to(compared.joanne).first()
    end(comparison=one, because="Too far away.", by=compared.joanne)
    assert "School attendance changed" not in open_as(compared.joanne, "/hub/liverpool/impact/").content.decode()
