"""The pages of a hub's figures: exact, its own, for its own people; the tables of the page are those of the file."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluation.figures.own import INDICATORS
from evaluation.menu.dimensions import DIMENSIONS
from inharmony.access.scope import scoped
from participants.models import Enrolment
from programmes.models import Income
from tests.clients import SignedInClient
from tests.factories import evaluation, programmes
from tests.factories.schools import school, this_year

PAGES = (
    "children",
    "hours",
    "trends",
    "provision",
    "progression",
    "funding",
    "schools",
    "sign-off",
    "figures/attendance",
)


@pytest.fixture
def taken(cast):
    """Two registers of Liverpool and one of Leeds; one of Liverpool is missing, and one session was cancelled."""
    with scoped(cast.both):
        evaluation.register(cast.session, "pla", by=cast.priya)
        evaluation.register(programmes.session(cast.strings, day=date(2026, 11, 10)), "ppp", by=cast.priya)
        programmes.session(cast.brass, day=date(2026, 11, 12))
        evaluation.cancel(programmes.session(cast.brass, day=date(2026, 11, 5)))
        evaluation.register(cast.leeds_session, "pp", by=cast.omar)
        for programme, amount in ((cast.liverpool, 3000), (cast.leeds, 7777)):
            Income.objects.create(
                programme=programme, academic_year=this_year(), source=Income.Source.SCHOOLS, amount=Decimal(amount)
            )
    return cast


def text(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


@pytest.mark.parametrize("page", PAGES)
def test_each_page_says_whose_it_is_how_complete_and_that_it_is_not_for_publication(taken, open_as, page):
    found = open_as(taken.joanne, f"/hub/liverpool/{page}/")
    assert found.status_code == 200
    assert found["Cache-Control"] == "no-store"
    # of trends each year says it
    assert ("Not for publication" if page == "trends" else "Not for publication 2 of 3 registers taken") in text(found)
    assert "Exact figures of your own hub, as at 17 November 2026, 10:42." in text(found)
    assert len(re.findall(r'<a href="[^"]+" aria-current="page">', found.content.decode())) >= (
        page != "figures/attendance"
    )


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("name", "status"),
    [("ruth", 200), ("priya", 403), ("sam", 403), ("nia", 403), ("olu", 403), ("stranger", 403), ("omar", 404)],
)
def test_a_page_opens_to_who_may_see_the_hubs_figures(taken, open_as, page, name, status):
    assert open_as(getattr(taken, name), f"/hub/liverpool/{page}/").status_code == status


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_who_takes_part_is_told_by_each_characteristic_of_the_menu(taken, open_as, dimension):
    page = open_as(taken.joanne, "/hub/liverpool/children/", by=dimension)
    rows = evaluation.rows_on(page, f"Children taking part, by {DIMENSIONS[dimension].title}")
    assert rows["All"] == ("3", "100 %", "83 %", "0.6")
    assert "5 children are on the class lists of the period." in text(page)


def test_one_child_is_one_child(taken, open_as):
    with scoped(taken.both):
        others = Enrolment.objects.filter(programme=taken.liverpool).exclude(child=taken.children[0])
        others.update(starts_on=date(2027, 6, 1))
    page = open_as(taken.joanne, "/hub/liverpool/children/", year="2026-27", term="autumn")
    assert "1 child is on the class lists of the period." in text(page)


def test_children_stand_beside_their_schools_roll_where_that_is_published(taken, open_as):
    assert "beside the schools’ own roll" in text(open_as(taken.joanne, "/hub/liverpool/children/", by="sen"))
    assert "beside the schools’ own roll" not in text(open_as(taken.joanne, "/hub/liverpool/children/", by="sex"))


@pytest.mark.parametrize(("page", "query"), [("children", {"by": "name"}), ("trends", {"indicator": "secrets"})])
def test_what_is_not_on_the_menu_is_not_found(cast, open_as, page, query):
    assert open_as(cast.joanne, f"/hub/liverpool/{page}/", **query).status_code == 404


def test_hours_are_told_in_school_time_and_outside_it(taken, open_as):
    rows = evaluation.rows_on(open_as(taken.joanne, "/hub/liverpool/hours/"), "Hours for each child in each week")
    assert list(rows) == [
        *("Offered, in school time", "Offered, outside it", "Received, in school time", "Received, outside it"),
        *("Offered, in all", "Received, in all"),
    ]
    assert rows["Received, in all"] == ("0.6",)


@pytest.mark.parametrize("indicator", INDICATORS)
def test_a_number_is_followed_over_the_years_of_the_hub(taken, open_as, indicator):
    with scoped(taken.both):
        evaluation.register(programmes.session(taken.strings, day=date(2024, 11, 12)), "ppp", by=taken.joanne)
    page = open_as(taken.joanne, "/hub/liverpool/trends/", indicator=indicator)
    (caption,) = re.findall(r"<caption>([^<]+), year by year", page.content.decode())
    rows = evaluation.rows_on(page, f"{caption}, year by year")
    assert list(rows) == ["2024-25", "2025-26", "2026-27"]
    assert [row[1:] for row in rows.values()] == [("1", "1"), ("0", "0"), ("2", "3")]


def test_provision_counts_ensembles_by_kind_and_sessions_cancelled_by_reason(taken, open_as):
    page = open_as(taken.joanne, "/hub/liverpool/provision/")
    assert evaluation.rows_on(page, "Sessions cancelled, by reason") == {"Tutor away": ("1", "100 %")}
    assert evaluation.rows_on(page, "Ensembles, by kind and level")["All"][-1] == "2"
    assert evaluation.rows_on(page, "Sessions")["Planned"] == ("4",)


def test_money_is_of_the_whole_year_and_of_the_own_hub(taken, open_as):
    page = open_as(taken.joanne, "/hub/liverpool/funding/", year="2026-27", term="autumn")
    assert evaluation.rows_on(page, "Income, by source") == {"Schools": ("£3,000", "100 %"), "All": ("£3,000", "100 %")}
    assert evaluation.values_on(page)["Income for each child"] == "£1,000"
    assert "Liverpool, 2026-27" in text(page)
    assert f'href="{reverse("programmes:income", args=["liverpool"])}?year=2026-27"' in page.content.decode()
    assert "7,777" not in page.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_no_page_says_anything_of_the_hub_next_door(taken, open_as, page):
    html = open_as(taken.joanne, f"/hub/liverpool/{page}/").content.decode()
    assert "Leeds" not in html
    assert "Kirkfold" not in html


def test_the_period_of_the_address_goes_along_to_the_other_pages(taken, open_as):
    html = open_as(taken.joanne, "/hub/liverpool/hours/", year="2026-27", term="spring").content.decode()
    for name in ("hub", "hub-children", "hub-provision"):
        assert f"{reverse(f'evaluation:{name}', args=['liverpool'])}?year=2026-27&amp;term=spring" in html


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_the_same_however_many_schools_and_ensembles(taken, page):
    client = SignedInClient()
    client.force_login(taken.joanne)

    def statements():
        """Of the first visit since something changed, which counts and keeps, and of the next."""
        found = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(f"/hub/liverpool/{page}/").status_code == 200
            found.append(len(asked))
        return found

    def add(*numbers):
        for number in numbers:
            place = school(f"School {number}")
            programmes.partner(taken.liverpool, place)
            band = programmes.ensemble(taken.liverpool, f"Band {number}", school=place)
            programmes.session(band, day=date(2026, 11, 10))

    add(1)
    made, again = statements()
    add(2, 3, 4)
    assert statements() == [made, again]
    assert made > again
