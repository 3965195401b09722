"""The list of children as a file: what is in it for whom, and that it comes in again without a change."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inharmony.access.scope import scoped
from inharmony.spreadsheets import read
from inharmony.spreadsheets.writing import KINDS
from participants.models import Child, Placement
from participants.models.enrolment import YearGroup
from tests.factories import participants
from tests.participants.lists import outcomes, stage

EXPORT = reverse("participants:children-export")


def taken(client, who, kind="xlsx", query=""):
    client.force_login(who)
    answer = client.post(EXPORT + query, {"kind": kind})
    assert answer.status_code == 200
    return answer.content


def rows(data, kind="xlsx"):
    heading, *below = (row.cells for row in read(data, f"x.{kind}").sheets[0].rows)
    return [dict(zip(heading, cells, strict=False)) for cells in below]


@pytest.mark.parametrize("kind", KINDS)
def test_a_schools_children_come_in_again_without_a_change(client, cast, kind):
    with scoped(cast.liverpool_scope):
        first, second, third = cast.children
        Child.objects.filter(pk=first.pk).update(surname="'t Hooft", known_as="Jo")
        Child.objects.filter(pk=second.pk).update(surname="")
        Child.objects.filter(pk=third.pk).update(surname="O’Neill-Évans", date_of_birth=date(2016, 2, 29))
        Placement.objects.filter(child=first).update(year_group="N2", school_class="3/4")
        Placement.objects.filter(child=second).update(year_group="R", school_class="007")
        Placement.objects.filter(child=third).update(year_group="X", school_class="=3B")
    data = taken(client, cast.ruth, kind, f"?school={cast.saltwharf.pk}")
    with scoped(cast.liverpool_scope):
        staged = stage(cast.ruth, data, school=cast.saltwharf, file_name=f"children.{kind}")
        assert set(outcomes(staged).values()) == {"unchanged"}
        assert len(outcomes(staged)) == 3
        assert staged.counts["total"] == 3


@pytest.mark.parametrize("group", YearGroup.values)
def test_every_year_group_comes_in_again(client, cast, group):
    with scoped(cast.liverpool_scope):
        Placement.objects.filter(child__in=cast.children).update(year_group=group)
    data = taken(client, cast.ruth, "csv", f"?school={cast.saltwharf.pk}")
    with scoped(cast.liverpool_scope):
        staged = stage(cast.ruth, data, school=cast.saltwharf)
        assert set(outcomes(staged).values()) == {"unchanged"}


def test_the_children_of_another_school_in_the_file_move_nowhere(client, cast):
    data = taken(client, cast.ruth)
    with scoped(cast.liverpool_scope):
        staged = stage(cast.ruth, data, school=cast.saltwharf, file_name="all.xlsx")
        assert sorted(outcomes(staged).values()) == ["refused", "refused", "unchanged", "unchanged", "unchanged"]


def test_what_is_in_the_file_follows_the_page(client, cast):
    for who, whom in (("ruth", [*cast.children, *cast.others]), ("sam", cast.children), ("omar", cast.leeds_children)):
        found = rows(taken(client, getattr(cast, who)))
        assert {row["Forename"] for row in found} == {child.forename for child in whom}
        # birth is for staff of the whole hub; a number that follows a child everywhere, and what is special, for nobody
        assert all(("Date of birth" in row) == (who != "sam") for row in found)
        assert not [row for row in found if {"UPN", "Ethnicity", "SEN", "Pupil Premium", "Sex"} & set(row)]
        assert all(row["Photos"] == "No photo consent yet" for row in found)
    (one,) = rows(taken(client, cast.ruth, query="?find=amara"))
    assert isinstance(one["Date of birth"], date)
    assert one["School URN"] == cast.saltwharf.pk
    assert not rows(taken(client, cast.ruth, query="?find=nobody"))


def test_a_school_outside_the_scope_cannot_be_taken(client, cast):
    assert len(rows(taken(client, cast.joanne, query=f"?school={cast.kirkfold.pk}"))) == 5


def test_as_many_statements_for_many_children_as_for_few(client, cast):
    client.force_login(cast.ruth)
    client.post(EXPORT)
    with CaptureQueriesContext(connection) as few:
        client.post(EXPORT)
    with scoped(cast.liverpool_scope):
        participants.children(
            cast.liverpool, cast.marigold, by=cast.joanne, names=[(f"Bo{n}", "Wren") for n in range(30)]
        )
    with CaptureQueriesContext(connection) as many:
        assert len(rows(client.post(EXPORT).content)) == 35
    assert len(many) == len(few)
