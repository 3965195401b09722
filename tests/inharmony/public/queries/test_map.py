from datetime import date

from inharmony.public.queries.map import england
from inharmony.public.queries.where import hubs
from schools.charts.england import projected
from schools.figures.distance import Point
from schools.models import School, Town

TODAY = date(2026, 11, 29)


def test_each_hub_has_its_number_once_at_its_first_place(record):
    listed = hubs(TODAY)
    marks = england(listed).marks
    assert sorted(mark.number for mark in marks if mark.number) == [hub.number for hub in listed]
    by_number = {mark.number: mark for mark in marks if mark.number}
    leeds = next(hub for hub in listed if hub.slug == "leeds")
    assert by_number[leeds.number].at == projected(Point(53.7997, -1.5492))
    assert [mark.is_past for number, mark in sorted(by_number.items())] == [not hub.is_running for hub in listed]


def test_further_places_are_small_and_lie_under_the_numbers(record):
    marks = england(hubs(TODAY)).marks
    small = [mark for mark in marks if mark.number is None]
    # three more of Leeds, Gateshead, Stoke-on-Trent
    assert len(small) == 5
    assert list(marks[:5]) == small


def test_towns_outside_england_are_no_dots(record):
    with_wales = england([]).dots
    assert sum(dots.path.count("h0") for dots in with_wales) > 10
    Town.objects.exclude(nation="ENG").delete()
    assert england([]).dots == with_wales


def test_partner_schools_with_a_position_are_marked(record):
    School.objects.filter(urn=134723).update(latitude=53.4255, longitude=-2.9665)
    assert england(hubs(TODAY)).schools == (projected(Point(53.4255, -2.9665)),)


def test_the_map_is_one_statement(record, django_assert_num_queries):
    listed = hubs(TODAY)
    with django_assert_num_queries(1):
        england(listed)
