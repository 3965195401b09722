"""What is for everybody, and what is the hub's."""

from decimal import Decimal

from schools.actions.context import ContextFacts, Entered, enter, keep_contexts
from schools.models import AcademicYear
from schools.queries.context import (
    changes_of,
    published_context,
    published_contexts,
    schools_with_years,
    seen_context,
)


def table(cast, year, **numbers):
    facts = ContextFacts(cast.saltwharf.pk, numbers, {})
    keep_contexts(facts=[facts], year=AcademicYear(year=year), source=f"DfE, {year}", by=None)


def hand(cast, year, *, is_published, **numbers):
    standing = next((one for one in seen_context(cast.joanne, cast.saltwharf) if one.year.pk == year), None)
    if standing:
        numbers = {name: value for name, value in standing.numbers().items() if value is not None} | numbers
    entered = Entered(numbers, "The school’s return", is_published)
    seen = standing.kept_at if standing else None
    enter(school=cast.saltwharf, year=AcademicYear(year=year), entered=entered, seen=seen, by=cast.joanne)


def test_what_nobody_published_is_shown_to_nobody_but_the_hub(cast, django_assert_num_queries):
    table(cast, 2023, roll=231)
    hand(cast, 2023, is_published=False, sen_percent=Decimal("17.0"))
    hand(cast, 2022, is_published=False, roll=225)
    hand(cast, 2021, is_published=True, roll=220)
    with django_assert_num_queries(1):
        shown = published_context(cast.saltwharf.pk)
    assert [(one.year.pk, one.roll, one.sen_percent, one.source) for one in shown] == [
        (2023, 231, None, "DfE, 2023"),
        (2021, 220, None, "The school’s return"),
    ]
    assert "school’s return" not in shown[0].source
    own = seen_context(cast.joanne, cast.saltwharf)
    assert [(one.year.pk, one.roll, one.sen_percent) for one in own] == [
        (2023, 231, Decimal("17.0")),
        (2022, 225, None),
        (2021, 220, None),
    ]
    assert own[0].source == "DfE, 2023; The school’s return"
    assert seen_context(cast.nia, cast.saltwharf) == own
    assert seen_context(cast.omar, cast.saltwharf) == []


def test_many_schools_are_read_at_once_by_year(cast, django_assert_num_queries):
    table(cast, 2023, roll=231)
    table(cast, 2022, roll=230)
    with django_assert_num_queries(1):
        found = published_contexts([cast.saltwharf.pk, cast.marigold.pk], year=2023)
    assert {urn: [one.roll for one in years] for urn, years in found.items()} == {cast.saltwharf.pk: [231]}
    assert published_contexts()[cast.saltwharf.pk][0].year.pk == 2023


def test_each_sees_the_schools_of_their_own_hubs(cast):
    table(cast, 2023, roll=231)

    def names(user):
        return {line.school.name: line.years for line in schools_with_years(user)}

    assert names(cast.joanne) == {"Marigold Street Primary": (), "Saltwharf Primary": ("2023-24",)}
    assert names(cast.omar) == {"Kirkfold Primary": ()}
    assert len(names(cast.olu)) == len(names(cast.nia)) == 3
    assert names(cast.priya) == names(cast.sam) == {}


def test_who_entered_what_is_told(cast):
    hand(cast, 2022, is_published=False, roll=225)
    hand(cast, 2022, is_published=False, roll=226)
    changes = changes_of(cast.saltwharf)
    assert [(one.who, one.year, one.fields) for one in changes] == [
        ("Joanne Carter", "2022-23", ("Pupils on roll",))
    ] * 2
