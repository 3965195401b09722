"""One comparison school on its pages: what is published of it, seen by hubs, entered by managers."""

from decimal import Decimal

import pytest

from outcomes.actions import comparison
from schools.actions.context import Entered, enter
from schools.models import AcademicYear, SchoolContext
from tests.outcomes.compared import chosen, publish

SENT = {"source": "Compare school performance, 2024", "expected_percent": "61.5"}


def page_of(one):
    return f"/hub/liverpool/comparison/{one.pk}/"


def test_a_manager_enters_what_is_published_and_sees_it(cast, client):
    one = chosen(cast)
    client.force_login(cast.joanne)
    assert "No numbers yet" in client.get(page_of(one)).content.decode()
    assert "is_published" not in client.get(f"{page_of(one)}2023/").content.decode()
    page = client.post(f"{page_of(one)}2023/", SENT, follow=True).content.decode()
    assert "The numbers of 2023-24 are kept." in page
    assert "61.5" in page
    assert "Compare school performance, 2024" in page
    assert SchoolContext.objects.get().is_published
    assert 'value="61.5"' in client.get(f"{page_of(one)}2023/").content.decode()
    assert "61.5" in client.get("/hub/liverpool/comparison/").content.decode()


@pytest.mark.parametrize(
    ("who", "see", "keep"),
    [
        ("joanne", 200, 200),
        ("ruth", 200, 403),
        ("nia", 200, 403),
        ("olu", 200, 403),
        ("omar", 404, 404),
        ("priya", 403, 403),
        ("sam", 403, 403),
    ],
)
def test_each_sees_and_enters_what_is_theirs(cast, client, who, see, keep):
    one = chosen(cast)
    client.force_login(getattr(cast, who))
    assert client.get(page_of(one)).status_code == see
    assert client.get(f"{page_of(one)}2023/").status_code == keep
    assert client.post(f"{page_of(one)}2023/", SENT).status_code == (302 if keep == 200 else keep)
    assert SchoolContext.objects.exists() == (keep == 200)


def test_what_is_not_published_is_not_shown_here(cast, client):
    one = chosen(cast)
    told = Entered({"roll": 4321}, "The school’s return", is_published=False)
    enter(school=one.school, year=AcademicYear(year=2023), entered=told, seen=None, by=cast.olu)
    client.force_login(cast.joanne)
    for path in (page_of(one), f"{page_of(one)}2023/"):
        page = client.get(path).content.decode()
        assert "4321" not in page
        assert "school’s return" not in page
    answer = client.post(f"{page_of(one)}2023/", SENT)
    assert (answer.status_code, "must not be mixed" in answer.content.decode()) == (422, True)


def test_a_number_of_a_table_asks_before_it_gives_way(cast, client):
    one = chosen(cast)
    publish(2023, {one.school: {"expected_percent": Decimal("58.0")}})
    client.force_login(cast.joanne)
    sent = SENT | {"seen": SchoolContext.objects.get().kept_at.isoformat()}
    answer = client.post(f"{page_of(one)}2023/", sent)
    assert (answer.status_code, "A published table gives another number" in answer.content.decode()) == (422, True)
    assert client.post(f"{page_of(one)}2023/", sent | {"replaces_published": "on"}).status_code == 302


@pytest.mark.parametrize("year", [2007, 2099])
def test_other_years_and_ended_choices_are_not_there(cast, client, year):
    one = chosen(cast)
    client.force_login(cast.joanne)
    assert client.get(f"{page_of(one)}{year}/").status_code == 404
    comparison.end(comparison=one, because="It joined a trust.", by=cast.joanne)
    assert client.get(page_of(one)).status_code == 404
    assert client.post(f"{page_of(one)}2023/", SENT).status_code == 404
