"""Enrolling: a child comes in with enrolment, placement and identity, by one act."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from inharmony.access.scope import scoped
from participants.actions import enrolment
from participants.actions.enrolment import NewChild
from participants.models import Child, Enrolment, Placement
from participants.validators.identity import unseal, upn_hash
from schools.models import AcademicYear
from tests.factories import participants
from tests.factories.schools import LONG_AGO, this_year
from tests.trail import entries

ONE = NewChild(
    forename="Zoë",
    surname="Ó Brien",
    date_of_birth=date(2018, 2, 28),
    school_id=None,
    year_group="3",
    upn="F999999925001",
)


def enrol(cast, *new, by=None):
    return enrolment.enrol_many(
        programme=cast.liverpool, children=new, academic_year=this_year(), starts_on=LONG_AGO, by=by or cast.ruth
    )


def test_enrol_makes_child_enrolment_placement_and_one_entry_in_the_trail(cast):
    with scoped(cast.liverpool_scope):
        (child,) = enrol(cast, ONE)
        placed = Placement.objects.get(child=child)
        assert (placed.year_group, placed.enrolment.school_id, placed.enrolment.ends_on) == ("3", None, None)
        assert child.sort_key == "o brien zoe"
        assert unseal(child.upn_sealed) == "F999999925001"
    event = entries(act="children.enrolled")[-1]
    assert (event.children, event.details) == ([child.pk], {"academic_year": this_year().pk})


def test_a_upn_is_kept_as_hash_and_seal_and_never_as_it_is(cast):
    with scoped(cast.liverpool_scope):
        (child,) = enrol(cast, ONE)
        row = str(Child.objects.filter(pk=child.pk).values_list())
        assert ("F999999925001" in row, upn_hash("f999999925001 ") in row) == (False, True)


def test_the_same_upn_twice_in_a_programme_is_refused_and_leaves_nothing(cast):
    with scoped(cast.liverpool_scope):
        before = Child.objects.count(), Enrolment.objects.count(), len(entries())
        with pytest.raises(IntegrityError, match="participants_child_one_per_upn"), transaction.atomic():
            enrol(cast, ONE, ONE)
        assert (Child.objects.count(), Enrolment.objects.count(), len(entries())) == before


def test_the_same_upn_in_another_programme_is_no_business_of_this_one(cast):
    with scoped(cast.both):
        enrol(cast, ONE)
        enrolment.enrol_many(
            programme=cast.leeds, children=[ONE], academic_year=this_year(), starts_on=LONG_AGO, by=cast.omar
        )
        assert Child.objects.filter(upn_hash=upn_hash(ONE.upn)).count() == 2


def test_a_child_cannot_be_enrolled_twice_at_a_time(cast):
    child = cast.children[0]
    with scoped(cast.liverpool_scope), pytest.raises(IntegrityError, match="no_overlap"), transaction.atomic():
        Enrolment.objects.create(programme=cast.liverpool, child=child, starts_on=date(2024, 1, 1))


def test_a_placement_cannot_point_into_another_programme(cast):
    with scoped(cast.both), pytest.raises(IntegrityError, match="fk"), transaction.atomic():
        Placement.objects.create(
            programme=cast.leeds,
            child=cast.leeds_children[0],
            enrolment=cast.children[0].enrolments.get(),
            academic_year=AcademicYear.objects.create(year=2001),
        )


@pytest.mark.parametrize("size", [1, 3])
def test_enrol_needs_the_same_statements_whatever_the_number(cast, size, django_assert_num_queries):
    names = [(f"Child{n}", "Test") for n in range(size)]
    this_year()
    # the scope and back, the act's savepoint, children, identities, enrolments, placements, trail
    with scoped(cast.liverpool_scope), django_assert_num_queries(8):
        participants.children(cast.liverpool, cast.saltwharf, by=cast.ruth, names=names)
