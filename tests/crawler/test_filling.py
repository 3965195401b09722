"""Routes with their parameters filled in."""

import pytest

from tests.crawler.filling import ABSENT, FOREIGN, OWN, PLAIN, address_of, fill, template_of
from tests.crawler.plan import Address, Plan, Value
from tests.crawler.plans import plan, thing

TWO = Address(
    "mark",
    "sessions/<int:session>/marks/<slug:child>/",
    {"session": (Value("1", ("ann",)), Value("2", ("bob",))), "child": (Value("a", ("ann",)), Value("b", ("bob",)))},
    {"session": ("9",), "child": ("z",)},
)


@pytest.mark.parametrize(
    ("route", "template"),
    [
        ("today/", "today/"),
        ("children/<int:pk>/", "children/{pk}/"),
        ("hub/<slug:slug>/<year>/", "hub/{slug}/{year}/"),
        (r"^account/(?P<key>[-:\w]+)/$", "account/{key}/"),
        (r"password/^reset/(?P<uid>[0-9A-Za-z]+)-(?P<key>(a|b(c))+)/$", "password/^reset/{uid}-{key}/"),
        (r"^file\.csv/(?P<pk>\d+)\Z", "file.csv/{pk}"),
    ],
)
def test_a_route_becomes_a_template(route, template):
    assert template_of(route) == template


def test_an_address_without_parameters_is_nobodys():
    assert [(one.path, one.kind) for one in fill(Address("today", "today/"), "ann")] == [("/today/", PLAIN)]


def test_what_is_own_to_one_is_foreign_to_another():
    things = thing("things")
    assert {(one.path, one.kind) for one in fill(things, "ann")} == {
        ("/things/1/", OWN),
        ("/things/2/", FOREIGN),
        ("/things/999/", ABSENT),
    }
    assert [one.path for one in fill(things, "bob") if one.kind == OWN] == ["/things/2/"]
    assert [one.path for one in fill(things, "nobody") if one.kind == FOREIGN] == ["/things/1/", "/things/2/"]


def test_of_two_parameters_one_alone_may_be_foreign():
    filled = fill(TWO, "ann")
    assert [one.path for one in filled if one.kind == OWN] == ["/sessions/1/marks/a/"]
    assert {one.path for one in filled if one.kind == FOREIGN} == {
        "/sessions/2/marks/b/",
        "/sessions/2/marks/a/",
        "/sessions/1/marks/b/",
    }
    assert {one.path for one in filled if one.kind == ABSENT} == {
        "/sessions/9/marks/z/",
        "/sessions/9/marks/a/",
        "/sessions/1/marks/z/",
    }


def test_a_path_leads_back_to_its_address():
    known = plan(1, thing("things"), TWO)
    assert address_of(known, "/sessions/77/marks/q/?page=2").name == "mark"
    assert address_of(known, "/things/77/").name == "things"
    assert address_of(known, "/things/").name == "/things/"


def test_a_plan_is_plain_data_and_comes_back_the_same():
    known = plan(8000, thing("things", shows=("staff",), by_link=True), TWO)
    assert Plan.from_json(known.to_json()) == known
