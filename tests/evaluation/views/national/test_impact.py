"""What changed, indicator by indicator: said as far as the released numbers go, and of whom a number may be."""

import pytest

from evaluation.models import ReleaseChart
from evaluation.reports.declaration import Subject
from evaluation.reports.impact import COUNTRY_IMPACT
from inharmony.access.scope import scope_of, scoped
from outcomes.actions.analyse import analyse_due
from programmes.models import Programme
from tests.clients import SignedInClient
from tests.databases import connected_as
from tests.factories import evaluation
from tests.factories.schools import school, this_year
from tests.outcomes import planting


@pytest.fixture
def asked(committed_cast, fresh_database, cut):
    """A release of three hubs in which children were asked twice, and families once; returns the cast."""
    evaluation.country(committed_cast)
    with connected_as("worker", fresh_database):
        for programme, many in zip(Programme.objects.order_by("slug"), (41, 30, 33), strict=True):
            schools = [school(f"{programme.slug} {at}") for at in range(5)]
            planting.asked_twice(programme, committed_cast.joanne, schools, many)
            planting.asked_twice(programme, committed_cast.joanne, schools, 12, measure="family")
        analyse_due()
    cut()
    return committed_cast


def test_a_change_is_told_with_how_sure_it_is(asked, open_as):
    page = open_as(asked.nia, "/national/impact/")
    text = page.content.decode()
    # two thirds went from 2 to 3 on three items
    assert "Enjoying music went up by 2.0 (95 % interval" in text
    assert "among about 100 children who answered both times" in text
    rows = evaluation.rows_on(page, "Enjoying music: change between two times of asking")
    assert rows["Lambeth"][:4] == ("40", "6.0", "8.0", "2.0")
    assert rows["All"][:4] == ("100", "6.0", "8.0", "2.0")


def test_what_families_said_is_a_mean_and_no_change(asked, open_as):
    page = open_as(asked.nia, "/national/impact/")
    assert evaluation.rows_on(page, "What we hope for our child: what families answered")["All"] == ("40", "10.7")
    assert "What we hope for our child: a mean of 10.7 from about 40 who answered." in page.content.decode()


def test_each_indicator_says_what_does_not_show_and_where_studies_stand(asked, open_as):
    text = open_as(asked.nia, "/national/impact/").content.decode()
    assert text.count("What this does not show") == 8
    assert "No questionnaire speaks on it" in text
    assert "no number here shows what brought a change about" in text
    for word in ("caused", "thanks to", "because of In Harmony", "effect of In Harmony"):
        assert word not in text


def test_the_picture_shows_the_interval_of_each_programme_and_no_change(asked, open_as):
    drawn = ReleaseChart.objects.get(key="change_music_enjoyment")
    assert drawn.svg in open_as(asked.nia, "/national/impact/").content.decode()
    assert drawn.words.startswith("Enjoying music went up by 2.0")


def test_a_hub_with_nine_answers_is_in_no_number(committed_cast, fresh_database, cut, open_as):
    evaluation.country(committed_cast)
    with connected_as("worker", fresh_database):
        for programme, many in zip(Programme.objects.order_by("slug"), (41, 9, 33), strict=True):
            schools = [school(f"{programme.slug} {at}") for at in range(5)]
            planting.asked_twice(programme, committed_cast.joanne, schools, many)
        analyse_due()
    cut()
    page = open_as(committed_cast.nia, "/national/impact/")
    rows = evaluation.rows_on(page, "Enjoying music: change between two times of asking")
    # two hubs are left, too few for a number of the country
    assert rows["Leeds"] == ("c",) * 6
    assert rows["All"] == ("c",) * 6
    assert "too few answered both times for a number that leaves a programme" in page.content.decode()


def test_before_anybody_was_asked_the_page_says_so(released, open_as):
    text = open_as(released.nia, "/national/impact/").content.decode()
    assert "Nobody was asked, or too few answered" in text
    assert "change between two times" not in text


@pytest.mark.parametrize("who", ["joanne", "priya", "olu"])
def test_nobody_but_national_staff_sees_it(cast, who):
    client = SignedInClient()
    client.force_login(getattr(cast, who))
    assert client.get("/national/impact/").status_code == 403


def test_the_report_of_the_country_says_what_the_page_says(asked, open_as):
    page = open_as(asked.nia, "/national/impact/")
    with scoped(scope_of(asked.nia)):
        contents = COUNTRY_IMPACT.contents(Subject(), this_year().year, asked.nia)
    (table,) = [one for one in contents.tables if one.key == "change_music_enjoyment"]
    on_page = evaluation.rows_on(page, table.caption)
    for row in (*table.rows, table.total):
        assert tuple(cell.written for cell in row.cells) == on_page[row.heading]
    told = [words for line in contents.sections[0].lines for words in line.words]
    assert [words for words in told if "interval" in words and words not in page.content.decode()] == []
    assert any("interval" in words for words in told)
