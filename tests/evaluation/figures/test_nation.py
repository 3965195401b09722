"""The truth of the country: each child once over hubs, as the programme that they came to last says it is."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from evaluation.figures.nation import Everybody, Marked
from evaluation.menu.categories import categories

SLUGS = {1: "liverpool", 2: "leeds", 3: "lambeth"}
WEEKS = {"liverpool": 10, "leeds": 4, "lambeth": 0}
FIELDS = {
    "year_group": "4",
    "sex": "F",
    "is_pupil_premium": None,
    "sen": "",
    "is_eal": None,
    "ethnicity": "",
    "home_decile": None,
    "instrument": "",
    "came_before": False,
    "has_left": False,
}


def row(child, programme=1, *, upn="", person="", came=True, last=date(2026, 11, 3), school=1, **more):
    """A child's row: four marks of an hour, three of which they came to; by default known by nothing."""
    fields = {key: more.pop(key) for key in list(more) if key in FIELDS}
    return Marked(
        child,
        programme,
        upn,
        person or f"person {child}",
        school,
        categories(FIELDS | fields),
        last if came else None,
        3 if came else 0,
        4,
        {"offered": 240, "offered_in": 60, "received": 180 if came else 0, "received_in": 60 if came else 0},
        **more,
    )


def truth(*rows):
    return Everybody(rows, SLUGS, WEEKS).truth()


def national(found, dimension):
    (spread,) = [each for each in found.spreads if each.dimension == dimension]
    return {category: of.count for category, of in spread.national.items() if of.count}


def inside(found, dimension):
    (spread,) = [each for each in found.spreads if each.dimension == dimension]
    return {place: of.count for place, of in spread.inside.items() if of.count}


def test_a_child_of_three_programmes_is_one_and_twice_too_many():
    found = truth(*(row(number, number, upn="U") for number in (1, 2, 3)), row(4))
    assert (found.total.count, found.twice.count) == (2, 2)
    assert found.total.by_hub == {"liverpool": 2, "leeds": 1, "lambeth": 1}
    assert {slug: of.count for slug, of in found.hubs.items()} == {"liverpool": 2, "leeds": 1, "lambeth": 1}
    # who is in two: every hub of them knows that child, and no other
    assert found.twice.by_hub == {"liverpool": 1, "leeds": 1, "lambeth": 1}


def test_a_chain_of_hashes_is_one_child():
    found = truth(row(1, 1, upn="U", person="A"), row(2, 2, upn="U", person="B"), row(3, 3, person="B"))
    assert (found.total.count, found.twice.count) == (1, 2)


def test_who_never_came_is_in_attendance_and_hours_and_not_among_the_children():
    found = truth(row(1), row(2, came=False))
    assert (found.total.count, found.attendance["liverpool"].of.count) == (1, 2)
    assert (found.attendance["liverpool"].value, found.attendance["liverpool"].base) == (Decimal("37.5"), 8)
    # three hours of two children in ten weeks
    assert found.intensity["liverpool", "received"].value == Decimal("0.15")
    assert national(found, "sex") == {"F": 1}


def test_who_came_to_one_programme_and_stood_on_the_register_of_another_came_to_one():
    found = truth(row(1, 1, upn="U"), row(2, 2, upn="U", came=False, last=None))
    assert (found.total.count, found.twice.count, found.total.by_hub) == (1, 0, {"liverpool": 1})
    assert found.attendance["all"].base == 8


def test_a_child_is_what_the_programme_says_that_they_came_to_last():
    early, late = date(2026, 9, 10), date(2027, 5, 3)
    one = row(1, 1, upn="U", last=early, sex="F", year_group="4", home_decile=1)
    other = row(2, 2, upn="U", last=late, sex="M", year_group="5", home_decile=10)
    for rows in ((one, other), (other, one)):
        found = truth(*rows)
        assert national(found, "sex") == {"M": 1}
        assert national(found, "deprivation_fifth") == {"fifth_5": 1}
        # each hub knows the child as its own
        assert inside(found, "year_group") == {("liverpool", "4"): 1, ("leeds", "5"): 1}
    # a register they never came to says nothing, however late
    assert national(truth(one, replace(other, last=None)), "sex") == {"F": 1}


def test_new_is_who_is_new_everywhere_and_left_who_left_all_they_came_to():
    one = row(1, 1, upn="U", came_before=False, has_left=True)
    other = row(2, 2, upn="U", came_before=True, has_left=False)
    found = truth(one, other)
    assert (national(found, "joining"), national(found, "leaving")) == ({"returning": 1}, {"stays": 1})
    assert inside(found, "joining") == {("liverpool", "new"): 1, ("leeds", "returning"): 1}
    assert national(truth(one, replace(other, categories=one.categories)), "leaving") == {"left": 1}


def test_who_came_to_a_programme_in_an_earlier_year_alone_is_no_new_child_of_the_country():
    found = truth(row(1, 1, came_elsewhere_before=True))
    assert national(found, "joining") == {"returning": 1}
    # but new to the programme, which does not know
    assert inside(found, "joining") == {("liverpool", "new"): 1}


def test_two_records_of_one_child_in_a_programme_are_one_child_as_they_came_last():
    early, late = date(2026, 9, 10), date(2027, 5, 3)
    rows = [row(1, 1, person="A", last=late, sex="F"), row(2, 1, person="A", last=early, sex="M")]
    for order in (rows, rows[::-1]):
        found = truth(*order)
        assert (found.total.count, found.twice.count, found.hubs["liverpool"].count) == (1, 0, 1)
        assert (national(found, "sex"), inside(found, "sex")) == ({"F": 1}, {("liverpool", "F"): 1})
    # no mark is lost
    assert found.attendance["liverpool"].base == 8


def test_schools_behind_a_count_are_those_where_the_children_came():
    found = truth(
        row(1, 1, upn="U", school=7),
        row(2, 2, upn="U", school=8),
        row(3, 1, school=None),
        row(4, 1, came=False, school=9),
    )
    assert (found.total.schools, found.hubs["liverpool"].schools, found.hubs["leeds"].schools) == (2, 1, 1)
    # a mean is of all who were on a register
    assert found.attendance["liverpool"].of.schools == 2


def test_hours_are_of_each_childs_programmes_weeks_in_school_and_outside():
    found = truth(row(1, 1), row(2, 2))
    assert found.intensity["leeds", "offered"].value == 1
    assert found.intensity["leeds", "offered_in"].value == Decimal("0.25")
    assert found.intensity["leeds", "received_out"].value == Decimal("0.5")
    assert round(found.intensity["all", "offered"].value, 4) == round(Decimal(8) / 14, 4)
    # a week in which no register was taken is no week
    assert truth(row(1, 3)).intensity["lambeth", "offered"].value is None
    assert truth().attendance["all"].value is None
