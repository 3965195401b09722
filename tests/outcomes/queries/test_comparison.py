"""Both groups of a hub: whose numbers, of which year, and nothing that is not published."""

from decimal import Decimal

import pytest

from outcomes.actions import comparison as acts
from outcomes.analysis.balance import Match
from outcomes.queries.comparison import beside, comparison_of, exported, hubs_seen
from schools.actions.context import Entered, enter
from schools.models import AcademicYear, School
from tests.factories import schools
from tests.outcomes.compared import chosen, publish


def alike(cast, *others):
    numbers = [(school, {"roll": roll, "eal_percent": Decimal(eal)}) for school, roll, eal in others]
    publish(2023, dict(numbers))
    return comparison_of(cast.joanne, cast.liverpool)


def test_groups_are_partners_of_today_and_choices_that_go_on(cast):
    kept, gone = chosen(cast), chosen(cast, "Gone Primary")
    acts.end(comparison=gone, because="It joined a trust.", by=cast.joanne)
    found = comparison_of(cast.joanne, cast.liverpool)
    assert [school.name for school in found.partners] == ["Marigold Street Primary", "Saltwharf Primary"]
    assert [one.made.pk for one in found.chosen] == [kept.pk]
    assert [one.made.pk for one in found.ended] == [gone.pk]
    assert [one.chosen_by for one in found.chosen] == ["Joanne Carter"]
    assert [one.ended_by for one in found.ended] == ["Joanne Carter"]
    assert [one.chosen_by for one in comparison_of(cast.nia, cast.liverpool).chosen] == ["The hub’s office"]
    assert comparison_of(cast.omar, cast.liverpool).chosen == ()


def test_the_match_is_of_the_last_year_there_is_a_table_of(cast):
    other = chosen(cast).school
    publish(2022, {cast.saltwharf: {"roll": 100}, other: {"roll": 900}})
    # of one school alone there is a later one: it does not set the year of all
    publish(2024, {cast.saltwharf: {"roll": 1}})
    found = alike(cast, (cast.saltwharf, 200, 10), (cast.marigold, 220, 30), (other, 210, 20))
    assert str(found.year) == "2023-24"
    roll, _, eal, *_ = found.balance.variables
    assert (roll.mean_in_harmony, roll.mean_comparison, roll.difference) == (210, 210, 0)
    assert (eal.mean_in_harmony, eal.in_harmony, eal.comparison, eal.match) == (20, 2, 1, Match.ALIKE)


def test_roll_and_free_meals_are_the_registers_where_no_table_is_loaded(cast):
    chosen(cast, pupils=300, fsm_percent=Decimal("40.5"))
    School.objects.filter(pk=cast.saltwharf.pk).update(pupils=200, fsm_percent=Decimal("20.5"))
    roll, meals, eal, *_ = comparison_of(cast.joanne, cast.liverpool).balance.variables
    assert (roll.mean_in_harmony, roll.mean_comparison) == (200, 300)
    assert (meals.mean_in_harmony, meals.mean_comparison) == (20.5, 40.5)
    assert (eal.in_harmony, eal.comparison) == (0, 0)


def test_what_a_school_told_one_hub_no_other_learns_by_choosing_it(cast):
    one = chosen(cast)
    entered = Entered({"roll": 33, "expected_percent": Decimal(12)}, "The school’s return", is_published=False)
    enter(school=one.school, year=AcademicYear(year=2023), entered=entered, seen=None, by=cast.olu)
    found = comparison_of(cast.joanne, cast.liverpool)
    assert found.results == ()
    assert found.balance.variables[0].comparison == 0
    assert [context for _, choice, context in exported(cast.joanne, cast.liverpool) if choice] == [None]


def test_results_stand_side_by_side_by_year_with_how_many_schools_they_are_of(cast):
    other = chosen(cast).school
    publish(2022, {cast.saltwharf: {"attendance_percent": Decimal("94.0")}, other: {"expected_percent": Decimal(60)}})
    publish(
        2023,
        {
            cast.saltwharf: {"attendance_percent": Decimal("95.0"), "roll": 200},
            cast.marigold: {"attendance_percent": Decimal("93.0")},
            other: {"attendance_percent": Decimal("92.5")},
        },
    )
    attendance, expected = comparison_of(cast.joanne, cast.liverpool).results
    assert [
        (str(line.year), line.in_harmony.mean, line.in_harmony.schools, line.difference) for line in attendance.lines
    ] == [
        ("2023-24", 94.0, 2, 1.5),
        ("2022-23", 94.0, 1, None),
    ]
    assert comparison_of(cast.joanne, cast.liverpool).has_attainment
    assert [line.apart for line in attendance.lines] == ["1.5", ""]
    assert [(line.in_harmony.mean, line.comparison.mean) for line in expected.lines] == [(None, 60.0)]


def test_schools_of_other_phases_are_said(cast):
    chosen(cast)
    assert not comparison_of(cast.joanne, cast.liverpool).has_other_phases
    chosen(cast, "Farfield High", phase="secondary")
    found = comparison_of(cast.joanne, cast.liverpool)
    assert found.has_other_phases
    assert found.phases == (("Primary", 2, 1), ("Secondary", 0, 1))


@pytest.mark.parametrize(
    ("who", "hubs"),
    [("joanne", ["Liverpool"]), ("omar", ["Leeds"]), ("nia", ["Leeds", "Liverpool"]), ("olu", ["Leeds", "Liverpool"])],
)
def test_each_sees_the_hubs_of_their_reach_with_what_goes_on(cast, who, hubs, django_assert_num_queries):
    acts.end(comparison=chosen(cast, "Gone Primary"), because="Closed.", by=cast.joanne)
    chosen(cast)
    user = getattr(cast, who)
    assert user.reach is not None
    with django_assert_num_queries(1):
        found = hubs_seen(user)
    assert [line.programme.short_name for line in found] == hubs
    assert {line.programme.short_name: line.compared for line in found}.get("Liverpool", 1) == 1


@pytest.mark.parametrize("many", [1, 3])
def test_four_statements_however_many_schools(cast, many, django_assert_num_queries):
    for number in range(many):
        publish(2023, {chosen(cast, f"Farfield {number}").school: {"roll": 200}})
    assert cast.joanne.reach is not None
    with django_assert_num_queries(4):
        comparison_of(cast.joanne, cast.liverpool)


def test_one_school_stands_beside_the_means_of_the_hubs_own_in_its_last_year(cast):
    other = schools.school("Farfield Primary", pupils=300)
    assert beside(cast.liverpool, other)[0] is None
    publish(2023, {cast.saltwharf: {"roll": 200}, cast.marigold: {"roll": 220}, other: {"roll": 310}})
    publish(2024, {cast.saltwharf: {"roll": 900}})
    year, (roll, *others) = beside(cast.liverpool, other)
    assert (str(year), roll.here, roll.own.mean, roll.own.schools) == ("2023-24", 310, 210, 2)
    assert {row.here for row in others} == {None}
