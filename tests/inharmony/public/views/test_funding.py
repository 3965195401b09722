from datetime import date

import pytest

from programmes.models import FundingMilestone, OrganisationRole
from tests.factories import printed
from tests.factories.programmes import programme


def read(client):
    return " ".join(client.get("/funding/").content.decode().split())


def part(page, name):
    return page[page.index(f'id="{name}"') :].partition("</section>")[0]


def test_an_agreement_stands_with_amount_period_and_source(client, db):
    printed.funding_agreement(
        "Strategic grant", amount=1_350_000, starts_on=date(2015, 4, 1), ends_on=date(2018, 3, 31), precision="year"
    )
    own = part(read(client), "own")
    for words in ("Strategic grant", "£1,350,000", "2015 to 2018", "Invented Gazette"):
        assert words in own


def test_of_an_agreement_whose_end_is_not_in_print_nobody_is_told_that_it_goes_on(client, db):
    printed.funding_agreement(precision="month")
    assert "from July 2012" in part(read(client), "own")


def test_an_agreement_without_an_amount_in_print_says_so(client, db):
    printed.funding_agreement()
    assert "not in print" in part(read(client), "own")


def test_a_grant_to_a_whole_organisation_stands_apart_and_is_never_added_up(client, db):
    printed.funding_agreement("Own grant", amount=500_000)
    printed.funding_agreement("Whole grant", amount=2_000_000, is_a_year=True, is_in_harmony_only=False)
    page = read(client)
    assert "Whole grant" not in part(page, "own")
    assert "£2,000,000 a year" in part(page, "whole")
    assert "2,500,000" not in page


def test_what_is_not_in_print_and_what_was_promised_for_it_is_on_no_page(client, db):
    printed.funding_agreement("Secret agreement", is_public=False, amount=111_111)
    shown = printed.funding_agreement("Open agreement", conditions="Secret condition")
    FundingMilestone.objects.create(agreement=shown, due_on=printed.DAY, words="Secret milestone", note="Secret note")
    printed.funding_agreement("Withdrawn agreement", withdrawn_on=printed.DAY)
    for path in ("/", "/about/", "/history/", "/impact/", "/in-action/", "/funding/"):
        page = client.get(path).content.decode()
        assert not [words for words in ("Secret", "111,111", "Withdrawn") if words in page]
    assert "Open agreement" in page


def test_who_paid_is_drawn_and_stands_in_a_table(client, db):
    department = printed.organisation("Invented Department")
    OrganisationRole.objects.create(
        organisation=department,
        programme=programme("Leeds Invented"),
        kind=OrganisationRole.Kind.FUNDER,
        starts_on=date(2012, 4, 1),
        ends_on=date(2022, 7, 31),
        source="Paying Times",
    )
    page = read(client)
    assert 'aria-label="Who paid, and when: Invented Department 2012 to 2022."' in page
    for words in ("April 2012 to July 2022", "Leeds Invented", "Paying Times"):
        assert words in page


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_the_same_however_many_paid(client, db, many, django_assert_num_queries):
    for number in range(many):
        funder = printed.organisation(f"Funder {number}")
        printed.funding_agreement(f"Grant {number}", funder=funder)
        hub = programme(f"Hub {number}")
        OrganisationRole.objects.create(organisation=funder, programme=hub, kind="funder", starts_on=printed.DAY)
    with django_assert_num_queries(3):
        client.get("/funding/")
