"""What is changed or deleted leaves who, which row and which fields; never what stood there."""

import json

import pytest
from django.db import ProgrammingError, connection, transaction

from inharmony.access.privacy import Rights, Wall
from inharmony.access.scope import Scope, scope_of, scoped
from inharmony.access.walls import own_models, privacy_of
from inharmony.accounts.models import RoleAssignment, RoleAssignmentChange, User, UserChange
from inharmony.audit.history import histories
from participants.models import Child, ChildChange
from tests.architecture.test_privacy import LOGINS, granted

SECRETS = {"forename": "Wilhelmina", "surname": "Featherstonehaugh", "ethnicity": "WIRT", "upn_hash": "a1" * 32}


def test_an_update_leaves_who_which_row_and_the_names_of_what_changed(cast):
    child = cast.children[0]
    with scoped(scope_of(cast.joanne)):
        Child.objects.filter(pk=child.pk).update(known_as="Mina", sen="K", revision=2)
        (left,) = ChildChange.objects.all()
    assert (left.pgh_label, left.row_id, left.child_id, left.programme_id) == (
        "update",
        child.pk,
        child.pk,
        cast.liverpool.pk,
    )
    assert (left.changed, left.pgh_context) == (["known_as", "sen"], {"person": cast.joanne.pk})


def test_an_update_that_changes_nothing_followed_leaves_nothing(cast):
    with scoped(scope_of(cast.joanne)):
        Child.objects.filter(pk=cast.children[0].pk).update(revision=9, forename=cast.children[0].forename)
        assert not ChildChange.objects.exists()


def test_a_row_made_leaves_no_history_of_its_own(cast):
    with scoped(cast.both):
        assert Child.objects.count() == 7
        assert not any(model.objects.exists() for model in histories() if privacy_of(model).wall is Wall.PROGRAMME)


def test_raw_sql_and_a_bulk_update_leave_one_history_row_each_row(cast):
    ids = [child.pk for child in cast.children]
    with scoped(scope_of(cast.joanne)):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE participants_child SET sex = 'F' WHERE id = ANY(%s)", [ids])
        assert sorted(ChildChange.objects.values_list("row_id", flat=True)) == ids
        Child.objects.filter(pk__in=ids).update(known_as="Kit")
        assert ChildChange.objects.filter(changed=["known_as"]).count() == 3


def test_a_deleted_row_is_remembered_by_its_key(cast):
    with scoped(scope_of(cast.omar)):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM participants_membership WHERE child_id = %s", [cast.leeds_children[0].pk])
        left = [
            (h.pgh_label, h.child_id, h.changed)
            for m in histories()
            if "Membership" in m.__name__
            for h in m.objects.all()
        ]
    assert left == [("delete", cast.leeds_children[0].pk, [])]


def test_no_value_that_stood_or_stands_there_is_kept(cast):
    child = cast.children[0]
    with scoped(scope_of(cast.joanne)):
        Child.objects.filter(pk=child.pk).update(**SECRETS)
        Child.objects.filter(pk=child.pk).update(**dict.fromkeys(SECRETS, "x"), sort_key="x")
        kept = json.dumps([list(model.objects.values()) for model in histories()], default=str)
    assert "forename" in kept
    assert [value for value in (*SECRETS.values(), child.forename, child.surname) if value in kept] == []


def test_history_of_a_child_is_read_in_its_own_hub_only(cast):
    with scoped(scope_of(cast.joanne)):
        Child.objects.filter(pk=cast.children[0].pk).update(known_as="Mina")
    for person, seen in ((cast.joanne, 1), (cast.omar, 0), (cast.sam, 0), (cast.olu, 0)):
        with scoped(scope_of(person)):
            assert ChildChange.objects.count() == seen
    with pytest.raises(ProgrammingError, match="permission denied"), scoped(Scope(role="national")):
        ChildChange.objects.count()


@pytest.mark.parametrize("model", histories(), ids=lambda m: m.__name__)
def test_history_can_be_added_to_and_read_and_nothing_else(db, model):
    table = model._meta.db_table
    assert privacy_of(model).rights is Rights.APPEND
    assert [granted(login)[table] for login in LOGINS] == [{"INSERT", "SELECT"}] * 3
    assert granted("figures").get(table, set()) <= {"SELECT"}
    assert table not in granted("national")


def test_nobody_of_the_portal_can_change_or_forget_history(cast):
    with scoped(scope_of(cast.joanne)):
        Child.objects.filter(pk=cast.children[0].pk).update(known_as="Mina")
        for forget in (ChildChange.objects.all().delete, lambda: ChildChange.objects.update(changed=[])):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                forget()


def test_an_account_shut_and_a_role_ended_leave_history_whoever_did_it(cast):
    with scoped(scope_of(cast.olu)):
        User.objects.filter(pk=cast.sam.pk).update(is_active=False)
    RoleAssignment.objects.filter(user=cast.sam).update(ends_on="2030-01-01")
    shut, ended = UserChange.objects.get(), RoleAssignmentChange.objects.get()
    assert (shut.row_id, shut.changed, shut.pgh_context) == (cast.sam.pk, ["is_active"], {"person": cast.olu.pk})
    # nobody's scope was open: the row says so by saying nothing
    assert (ended.user_id, ended.changed, ended.pgh_context) == (cast.sam.pk, ["ends_on"], None)


def test_signing_in_leaves_no_history(client, cast):
    client.force_login(cast.joanne)
    assert not UserChange.objects.exists()


# columns the database carries over from the child's own row, where their change is told
CARRIED = {"participants.Enrolment": {"is_at_risk"}}
# tables it counts from marks, whose change is told
COUNTED = {"participants.ChildMonth"}


@pytest.mark.parametrize(
    "model",
    [m for m in own_models() if privacy_of(m).wall is Wall.CHILD and m._meta.label not in COUNTED],
    ids=lambda m: m._meta.label,
)
def test_everything_personal_of_a_table_about_a_child_is_followed(model):
    (history,) = [each for each in histories() if each.pgh_tracked_model is model]
    declared = privacy_of(model)
    carried = CARRIED.get(model._meta.label, set())
    assert {*declared.personal.split(), *declared.special.split()} - carried <= set(history.followed)
    assert not carried & set(history.followed)
