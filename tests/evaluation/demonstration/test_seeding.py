from datetime import date

import pytest
from django.db.models import Count, Min

from evaluation.demonstration.seeding import SeedingRefusedError, seed
from evaluation.models import Release
from evaluation.queries.drift import drift_of_kept_counts
from inharmony.access.scope import Scope, scoped
from inharmony.accounts.models import User
from participants.models import Attendance, Child
from programmes.models import Programme, Session
from schools.models import School
from tests import databases
from tests.trail import entry


def everywhere():
    return scoped(Scope(frozenset(Programme.objects.values_list("pk", flat=True))))


def what_was_made():
    with everywhere():
        return (
            list(Child.objects.order_by("pk").values_list("forename", "surname", "date_of_birth", "ethnicity")),
            list(
                Session.objects.order_by("day", "starts_at", "ensemble__name").values_list(
                    "day", "ensemble__name", "cancel_reason", "register_taken_at"
                )
            ),
            list(
                Attendance.objects.values_list("session__day", "mark")
                .annotate(Count("pk"))
                .order_by("session__day", "mark")
            ),
        )


def test_seed_counts_what_it_wrote(filled):
    with everywhere():
        assert Child.objects.count() == filled.children
        assert Attendance.objects.count() == filled.marks
    assert Session.objects.count() == filled.sessions
    assert School.objects.filter(is_demonstration=True, partnerships__isnull=False).count() == filled.schools
    assert entry(act="demonstration.seeded").details["children"] == filled.children


def test_seed_cuts_a_release_of_each_completed_year(filled):
    release = Release.objects.get()
    assert (release.academic_year_id, release.number, release.is_demonstration) == (2025, 1, True)
    assert release.cells.filter(table="children", row="all").exists()


def test_kept_counts_equal_a_recount(filled):
    with everywhere():
        found = drift_of_kept_counts()
    assert found.cells > 1000
    assert found.drift == 0


def test_the_same_seed_makes_the_same_demonstration_and_another_another(invented):
    made = []
    for number in (7, 7, 8):
        with invented(seeded=number):
            made.append(what_was_made())
    assert made[0] == made[1]
    assert all(one != other for one, other in zip(made[0], made[2], strict=True))


def test_seed_refuses_a_database_with_demonstration_data_and_changes_nothing(invented, tiny):
    with invented() as counts:
        with pytest.raises(SeedingRefusedError, match=f"There are {counts.children:,} children"):
            seed(scale=tiny, years=1, seed=1, today=date(2026, 11, 17))
        assert Session.objects.count() == counts.sessions


def test_seed_refuses_a_database_with_children(committed_cast, fresh_database, tiny):
    with databases.connected_as("loader", fresh_database):
        before = User.objects.count(), Programme.objects.count()
        with pytest.raises(SeedingRefusedError, match="children in this database"):
            seed(scale=tiny, years=1, seed=1, today=date(2026, 11, 17))
        assert (User.objects.count(), Programme.objects.count()) == before


def test_seed_refuses_a_database_with_people(fresh_database, tiny):
    User.objects.create_user("olu@portal.gov.uk", "Olu Grant")
    with (
        databases.connected_as("loader", fresh_database),
        pytest.raises(SeedingRefusedError, match="accounts have a published password"),
    ):
        seed(scale=tiny, years=1, seed=1, today=date(2026, 11, 17))


def test_no_programme_has_children_before_it_began(invented):
    with invented(today=date(2014, 5, 6), years=6), everywhere():
        first = Child.objects.values_list("programme__slug").annotate(Min("enrolments__starts_on")).order_by()
        assert dict(first) == {"liverpool": date(2009, 9, 1), "leeds": date(2013, 9, 1)}
