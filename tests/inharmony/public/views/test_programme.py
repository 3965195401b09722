"""The page of one hub: what the record says of it, each with where it is said."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from inharmony.access.scope import scoped
from programmes.models import (
    Account,
    Film,
    Finding,
    FundingAgreement,
    Milestone,
    Office,
    Organisation,
    OrganisationName,
    OrganisationRole,
    Partnership,
    PublishedFigure,
    Study,
)
from schools.models import AcademicYear, SchoolContext
from tests.factories import photos, programmes, schools

# the hub with its states, places, roles, bodies and their names; ten kinds of entries with what hangs on two of them; its
# photos
STATEMENTS = 19
SOURCE = "A page, example.org/page"


def words_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def page(client, slug="leeds"):
    answer = client.get(reverse("public:programme", args=[slug]))
    assert answer.status_code == 200
    return words_of(answer)


@pytest.fixture
def leeds(db):
    return programmes.programme("Leeds")


def test_each_hub_of_the_record_has_its_page_and_one_that_is_not_there_has_none(client, record):
    for slug in ("lambeth", "liverpool", "leeds", "newcastle-gateshead", "nottingham", "telford-stoke", "norwich"):
        assert page(client, slug)
    assert client.get("/where/york/").status_code == 404


def test_a_disputed_state_shows_both_sources_side_by_side(client, record):
    html = client.get("/where/nottingham/").content.decode()
    disputed = html.split('class="note note-warn disputed"')[1].split("</ul>")[0]
    assert disputed.count("<li>") == 2
    assert "artscouncil.org.uk" in disputed
    assert "nottinghammusichub.org.uk" in disputed


def test_a_hub_that_left_says_so_first(client, record):
    assert "Left In Harmony (since July 2012)." in page(client, "norwich")


def test_a_lead_has_its_dates_and_its_former_names(client, leeds):
    body = Organisation.objects.create(slug="the-hall", name="The Hall")
    OrganisationName.objects.create(organisation=body, name="The Old Hall", until=date(2023, 1, 1), source=SOURCE)
    OrganisationRole.objects.create(
        organisation=body, programme=leeds, kind="lead", starts_on=date(2012, 9, 1), source=SOURCE
    )
    OrganisationRole.objects.create(
        organisation=Organisation.objects.create(slug="council", name="The Council"),
        programme=leeds, kind="lead", starts_on=date(2009, 2, 1), ends_on=date(2012, 8, 31), source=SOURCE,
    )  # fmt: skip
    words = page(client)
    assert "Leads, since 2012 The Hall formerly The Old Hall, until 2023" in words
    assert "Led, 2009 to 2012 The Council" in words


def test_numbers_in_print_stand_with_their_sources_and_two_of_one_year_both(client, leeds):
    for value, label in ((586, "children taking part"), (600, "weekly reach")):
        PublishedFigure.objects.create(
            programme=leeds, measure="children", label=label, value=value, unit="children", when="2015",
            as_at=date(2015, 1, 1), source=SOURCE,
        )  # fmt: skip
    html = client.get("/where/leeds/").content.decode()
    assert html.count("<rect") == 2
    assert "From 586 (2015) to 600 (2015)." in html
    assert html.count('href="https://example.org/page"') == 2


def test_what_is_withdrawn_or_not_public_is_on_no_page(client, leeds):
    funder = Organisation.objects.create(slug="fund", name="The Fund")
    shared = {"funder": funder, "programme": leeds, "starts_on": date(2022, 8, 1), "source": SOURCE}
    FundingAgreement.objects.create(
        **shared, title="Kept quiet", amount=1234, conditions="Terms nobody may read", is_public=False
    )
    FundingAgreement.objects.create(
        **shared, title="In the open", amount=575000, conditions="Terms nobody may read", is_public=True
    )
    gone = {"withdrawn_on": date(2026, 1, 1), "source": SOURCE}
    Milestone.objects.create(programme=leeds, happened_on=date(2013, 1, 1), title="Withdrawn milestone", **gone)
    Office.objects.create(programme=leeds, kind="chair", holder="Withdrawn holder", **gone)
    Study.objects.create(programme=leeds, kind="review", title="Withdrawn study", authors="A", published_on=date(2015, 1, 1), **gone)  # fmt: skip
    Film.objects.create(programme=leeds, theme="team", title="Withdrawn film", summary="x", address="https://example.org", **gone)  # fmt: skip
    PublishedFigure.objects.create(programme=leeds, measure="children", label="Withdrawn number", value=7, unit="x", when="x", **gone)  # fmt: skip
    words = page(client)
    assert "The Fund , £575,000 : In the open." in words
    assert "Kept quiet" not in words
    assert "Terms nobody may read" not in words
    assert "Withdrawn" not in words


def test_a_milestone_shows_what_another_source_says_of_it(client, leeds):
    one = Milestone.objects.create(
        programme=leeds, happened_on=date(2012, 12, 1), precision="month", title="Launched", source=SOURCE
    )
    Account.objects.create(milestone=one, says="Launched in January.", source="Another page")
    Account.objects.create(milestone=one, says="Withdrawn words.", source="x", withdrawn_on=date(2026, 1, 1))
    words = page(client)
    assert "December 2012 Launched" in words
    assert "Launched in January. Another page" in words
    assert "Withdrawn words." not in words


def test_partner_schools_stand_now_and_before_and_an_invented_one_is_marked(client, leeds):
    today, before = schools.school("Kirkfold Primary"), schools.school("Oldfold Primary")
    programmes.partner(leeds, today)
    Partnership.objects.create(
        programme=leeds, school=before, starts_on=date(2013, 1, 1), ends_on=date(2019, 7, 31), source=SOURCE
    )
    words = page(client)
    assert "Schools marked “demonstration” are invented." in words
    assert "Kirkfold Primary Demonstration since 2020" in words
    assert "Oldfold Primary Demonstration 2013 to 2019" in words


def test_only_published_context_is_shown_the_newest_of_each_school(client, leeds):
    school = schools.school("Kirkfold Primary")
    programmes.partner(leeds, school)
    for year, roll, is_published in ((2023, 401, True), (2024, 402, True), (2025, 403, False)):
        SchoolContext.objects.create(
            school=school, academic_year=AcademicYear.objects.get_or_create(year=year)[0], roll=roll, eal_percent="38.5",
            source=SOURCE, origin="table", is_published=is_published,
            by_hand=[] if is_published else ["roll", "eal_percent"],
        )  # fmt: skip
    words = page(client)
    assert "402 – 38.5 % – – 2024-25" in words
    assert "401" not in words
    assert "403" not in words


def test_beside_a_number_of_the_hub_s_own_the_published_ones_of_a_year_are_shown_with_their_source(client, leeds):
    own, told = schools.school("Kirkfold Primary"), schools.school("Oldfold Primary")
    year, _ = AcademicYear.objects.get_or_create(year=2024)
    numbers = {"academic_year": year, "roll": 402, "eal_percent": "38.5", "source_by_hand": "Told us in May"}
    SchoolContext.objects.create(school=own, by_hand=["eal_percent"], source=SOURCE, origin="hand", **numbers)
    by_hand = ["roll", "eal_percent"]
    SchoolContext.objects.create(school=told, by_hand=by_hand, origin="hand", is_published=True, **numbers)
    for school in (own, told):
        programmes.partner(leeds, school)
    words = page(client)
    assert "402 – – – – 2024-25" in words
    assert "402 – 38.5 % – – 2024-25 Told us in May" in words


@pytest.mark.usefixtures("in_autumn")
def test_the_protected_number_of_the_newest_release_is_shown_and_said_to_be_invented(client, released):
    words = page(client)
    assert "40 children came in 2026-27. Rounded to the nearest 5." in words
    assert "Release 2026-27.1 , cut on" in words
    assert "Demonstration: invented." in words


@pytest.mark.parametrize("many", [1, 3])
def test_a_page_costs_a_fixed_number_of_statements(client, leeds, django_assert_num_queries, many):
    for number in range(many):
        school = schools.school(f"School {number}")
        programmes.partner(leeds, school)
        one = Milestone.objects.create(programme=leeds, happened_on=date(2013, 1, 1), title="x", source=SOURCE)
        Account.objects.create(milestone=one, says="y", source=SOURCE)
        study = Study.objects.create(
            programme=leeds, kind="review", title="z", authors="A", published_on=date(2015, 1, 1), source=SOURCE
        )
        Finding.objects.create(study=study, indicator="music", strength="some", words="w", source=SOURCE)
        body = Organisation.objects.create(slug=f"o{number}", name=f"O{number}")
        OrganisationRole.objects.create(organisation=body, programme=leeds, kind="lead", starts_on=date(2012, 9, 1))
    with django_assert_num_queries(STATEMENTS):
        page(client)


def test_a_public_photo_is_off_the_page_at_the_request_after_a_family_withdraws(committed_cast, client):
    cast = committed_cast
    with scoped(cast.liverpool_scope):
        photos.consent(cast.children, by=cast.ruth)
        one, other = (
            photos.photo(cast.liverpool, by=cast.ruth, on=on, is_public=True)
            for on in (cast.children, cast.children[1:])
        )
    for _ in range(2):
        html = client.get(f"/where/{cast.liverpool.slug}/").content.decode()
        assert f"/pictures/{one.key}/960.jpg" in html
        assert one.alternative in html
        assert one.credit in html
    client.force_login(cast.ruth)
    client.post(f"/children/{cast.children[0].pk}/consent/photo_public/withdraw/", {"given_by": "Their mother"})
    html = Client().get(f"/where/{cast.liverpool.slug}/").content.decode()
    assert one.key not in html
    assert other.key in html
    assert one.key not in Client().get(f"/where/{cast.leeds.slug}/").content.decode()
