"""What is set against each other: which years, which schools, and who is left out."""

from datetime import date
from decimal import Decimal

import pytest

from outcomes.actions import comparison
from outcomes.queries.comparison import comparison_of
from outcomes.queries.difference import NOT_SHOWN, asked_of, beside_tables, differences_of
from programmes.models import Partnership
from schools.actions.context import Entered, enter
from schools.models import AcademicYear
from tests.factories import programmes, schools
from tests.outcomes.analysis.sayings import says_too_much
from tests.outcomes.changed import OWN, compare
from tests.outcomes.compared import chosen, publish


def one_of(cast):
    (asked,) = asked_of(cast.liverpool)
    return asked


def years(asked):
    return str(asked.before), str(asked.after)


def published(*whom, year, field="attendance_percent"):
    publish(year, {school: {field: Decimal(90)} for school in whom})


def test_from_the_year_before_the_first_school_began_to_the_last_year_published(cast):
    partners, choices = compare(cast)
    published(*partners, *(one.school for one in choices), year=2020)
    asked = one_of(cast)
    assert years(asked) == ("2021-22", "2023-24")
    assert [(one.takes_part, one.before, one.after) for one in asked.schools[:2]] == [
        (True, 90.0, 92.0),
        (True, 91.0, 92.5),
    ]
    assert (len(asked.schools), asked.left_out, asked.caution, asked.refusal) == (9, (), "", "")


def test_from_the_first_year_published_where_none_is_of_before_and_it_is_said(cast):
    partners, _ = compare(cast)
    Partnership.objects.filter(school__in=partners[:2]).update(starts_on=date(2020, 9, 1))
    asked = one_of(cast)
    assert years(asked) == ("2021-22", "2023-24")
    assert asked.caution.startswith("At 2 of the 5 schools the programme was at work in 2021-22 already")


def test_years_known_of_few_schools_are_no_end_and_no_beginning(cast):
    partners, choices = compare(cast)
    published(partners[0], choices[0].school, year=2024)
    # of all own schools, and of one to compare with
    published(*partners, choices[0].school, year=2025)
    assert years(one_of(cast)) == ("2021-22", "2023-24")


def test_who_has_no_number_of_a_year_is_left_out_and_it_is_said(cast):
    partners, _ = compare(cast)
    programmes.partner(cast.liverpool, schools.school("Without numbers"))
    Partnership.objects.filter(school__name="Without numbers").update(starts_on=date(2022, 9, 1))
    published(*partners[:1], year=2024)
    asked = one_of(cast)
    assert len(asked.schools) == 9
    assert asked.left_out == ("Left out: 1 school of which no number of both years is published.",)


def test_a_comparison_school_that_worked_with_a_hub_meanwhile_is_left_out(cast):
    _, choices = compare(cast)
    was = Partnership(programme=cast.leeds, school=choices[0].school, starts_on=date(2020, 9, 1))
    was.ends_on = date(2021, 8, 31)
    was.save()
    assert one_of(cast).left_out == ()
    was.ends_on = date(2021, 9, 1)
    was.save()
    asked = one_of(cast)
    assert choices[0].school_id not in {one.urn for one in asked.schools}
    assert asked.left_out == ("Left out: 1 comparison school working with a hub in these years.",)


def test_a_school_compared_from_a_later_year_on_is_left_out_of_an_earlier_start(cast):
    compare(cast)
    late = chosen(cast, "Late", year=AcademicYear(year=2023))
    published(late.school, year=2021)
    published(late.school, year=2023)
    asked = one_of(cast)
    assert late.school_id not in {one.urn for one in asked.schools}
    assert asked.left_out == ("Left out: 1 comparison school compared only from a later year than 2021-22 on.",)


def test_a_school_that_began_after_the_last_year_is_left_out(cast):
    compare(cast)
    new = schools.school("Brand new")
    programmes.partner(cast.liverpool, new)
    Partnership.objects.filter(school=new).update(starts_on=date(2024, 9, 1))
    for year in (2021, 2023):
        published(new, year=year)
    asked = one_of(cast)
    assert new.pk not in {one.urn for one in asked.schools}
    assert asked.left_out == ("Left out: 1 school where the programme began after 2023-24.",)


def test_why_no_two_years_can_be_compared_is_said(cast):
    own, other = cast.saltwharf, chosen(cast).school
    assert asked_of(cast.liverpool) == []
    published(own, year=2023)
    assert one_of(cast).refusal == "It is published of In Harmony schools alone so far."
    published(other, year=2022)
    assert one_of(cast).refusal == "No year is published of both groups yet."
    published(other, year=2023)
    assert one_of(cast).refusal == "Only 2023-24 is published of both groups: a change takes two years."
    Partnership.objects.filter(programme=cast.liverpool).update(starts_on=date(2024, 9, 1))
    assert one_of(cast).refusal == "The last year published is 2023-24, before the programme began at any school."


def test_what_a_school_told_another_hub_is_not_reckoned_with(cast):
    _, choices = compare(cast)
    entered = Entered({"expected_percent": Decimal(12)}, "The school’s return", is_published=False)
    enter(school=choices[0].school, year=AcademicYear(year=2020), entered=entered, seen=None, by=cast.olu)
    assert [one.field for one in asked_of(cast.liverpool)] == ["attendance_percent"]


def test_other_numbers_schools_or_years_have_another_basis_and_the_same_the_same(cast):
    partners, choices = compare(cast)
    bases = [one_of(cast).basis]
    assert one_of(cast).basis == bases[0]
    publish(2023, {partners[0]: {"attendance_percent": Decimal("92.1")}})
    bases.append(one_of(cast).basis)
    comparison.end(comparison=choices[0], because="Too far away.", by=cast.joanne)
    bases.append(one_of(cast).basis)
    published(*partners, *(one.school for one in choices), year=2024)
    bases.append(one_of(cast).basis)
    assert len(set(bases)) == 4


def test_what_is_not_reckoned_yet_waits_and_a_refusal_does_not(cast):
    compare(cast, OWN)
    ((table, shown),) = beside_tables(cast.joanne, cast.liverpool, comparison_of(cast.joanne, cast.liverpool))
    assert (table.measure.field, shown.words, shown.is_out_of_date) == ("attendance_percent", "", False)
    assert differences_of(cast.joanne, cast.liverpool, year=2026) == []


@pytest.mark.parametrize("many", [1, 3])
def test_two_statements_beside_the_tables_however_many_schools(cast, many, django_assert_num_queries):
    compare(cast, OWN[:many], OWN[:many])
    assert cast.joanne.reach is not None
    found = comparison_of(cast.joanne, cast.liverpool)
    with django_assert_num_queries(2):
        beside_tables(cast.joanne, cast.liverpool, found)
    with django_assert_num_queries(5):
        differences_of(cast.joanne, cast.liverpool, year=2026)


def test_what_is_not_shown_says_no_more_than_the_numbers():
    assert not says_too_much(NOT_SHOWN)
