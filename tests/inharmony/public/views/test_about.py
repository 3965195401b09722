from datetime import date

import pytest
from django.utils.html import escape

from programmes.models import Collaboration, OrganisationRole
from programmes.models.office import Office
from programmes.models.study import Finding, Indicator
from tests.factories import printed
from tests.factories.programmes import programme


def read(client, path):
    return client.get(path).content.decode()


def test_the_first_page_says_what_in_harmony_is_and_leads_to_the_sign_in(client, db):
    page = read(client, "/")
    assert "Whole schools, learning to play as one orchestra" in page
    assert 'href="/sign-in/"' in page


def test_who_is_signed_in_is_sent_to_their_work(cast, client):
    client.force_login(cast.priya)
    assert client.get("/")["Location"] == "/today/"


@pytest.mark.parametrize("path", ["/", "/about/"])
def test_a_figure_stands_with_who_printed_it(client, db, path):
    printed.published_figure(source="Arts Council England, averaged over fifteen years")
    page = read(client, path)
    assert "<dt>8,000+</dt>" in page
    assert "Arts Council England, averaged over fifteen years" in page


def test_the_first_page_lists_the_hubs_with_since_when_and_who_leads(client, db):
    hub = programme("Invented Hub", delivery_started_on=date(2009, 2, 1))
    lead = printed.organisation("Invented Philharmonic")
    OrganisationRole.objects.create(programme=hub, organisation=lead, kind="lead", starts_on=date(2009, 2, 1))
    page = read(client, "/")
    assert all(words in page for words in ("Invented Hub", "Invented Philharmonic", "2009"))


def test_the_first_page_shows_what_happened_last(client, db):
    for year in range(2010, 2015):
        printed.milestone(f"Festival of {year}", happened_on=date(year, 5, 1))
    page = read(client, "/")
    assert [year for year in range(2010, 2015) if f"Festival of {year}" in page] == [2012, 2013, 2014]


def test_the_first_page_says_in_short_what_is_known_and_claims_no_effect_that_none_found(client, db):
    study = printed.study()
    printed.finding(study, Indicator.WELLBEING, Finding.Strength.STRONG)
    printed.finding(study, Indicator.SCHOOL, Finding.Strength.SOME, "Enjoyed it.")
    printed.finding(
        study, Indicator.SCHOOL, Finding.Strength.NONE, "Nothing clear on attainment.", source="Attaining Times"
    )
    page = " ".join(read(client, "/").split())
    known = page[page.index('class="known"') :]
    assert known.index("Strongest evidence") < known.index("Wellbeing")
    assert known.index("some nothing clear") < known.index("Achievement and attendance")
    assert known.count("Achievement and attendance") == 1
    assert known.index("Nothing clear on attainment.") < known.index("Attaining Times")


def test_a_week_is_told_in_what_was_printed(client, db):
    printed.published_figure(
        measure="intensity", label="curriculum hours", qualifier="up to", value="4.50", unit="hours a week", when="2012"
    )
    page = read(client, "/about/")
    assert "up to 4.5</b> hours a week" in page
    assert "Invented Gazette" in page


def test_offices_and_work_with_others_stand_with_their_sources(client, db):
    printed.office("Invented Founder", kind=Office.Kind.FOUNDER, starts_on=date(2009, 1, 1), source="Founding Times")
    printed.collaboration(children=120, audience=1500, kind=Collaboration.Kind.PROJECT, source="Concert Times")
    page = read(client, "/about/")
    for words in ("Invented Founder", "2009", "Founding Times", "120 children", "1,500 in the audience"):
        assert words in page
    assert "Concert Times" in page


def test_what_was_withdrawn_is_not_shown(client, db):
    printed.office("Withdrawn Chair", withdrawn_on=printed.DAY)
    printed.collaboration("Withdrawn concert", withdrawn_on=printed.DAY)
    printed.milestone("Withdrawn festival", withdrawn_on=printed.DAY)
    assert not [path for path in ("/", "/about/", "/history/") if "Withdrawn" in read(client, path)]


def test_words_of_the_record_are_text(client, db):
    hostile = "<b onclick=x>Joint</b>"
    printed.collaboration(hostile, words=hostile, partner=hostile)
    page = read(client, "/about/")
    assert hostile not in page
    assert page.count(escape(hostile)) == 3


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize(("path", "statements"), [("/", 9), ("/about/", 9)])
def test_a_page_asks_the_same_however_much_there_is(client, db, path, statements, many, django_assert_num_queries):
    for number in range(many):
        hub = programme(f"Hub {number}")
        OrganisationRole.objects.create(
            programme=hub, organisation=printed.organisation(f"Lead {number}"), kind="lead", starts_on=printed.DAY
        )
        printed.account(printed.milestone(programme=hub), "Otherwise")
        printed.collaboration().programmes.add(hub)
        printed.office(programme=hub)
        printed.finding(printed.study(), Indicator.MUSIC, Finding.Strength.SOME)
        printed.published_figure(programme=hub, measure="intensity")
    with django_assert_num_queries(statements):
        client.get(path)


@pytest.mark.parametrize("path", ["/", "/about/"])
def test_pages_carry_no_inline_script_and_no_inline_style(client, db, path):
    page = client.get(path)
    assert "style=" not in page.content.decode()
    assert "<script>" not in page.content.decode()
    assert "unsafe" not in page["Content-Security-Policy"]
