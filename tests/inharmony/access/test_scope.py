"""The scope is told to the database for one transaction and forgotten with it."""

import threading

import pytest
from django.db import ProgrammingError, connection, transaction

from inharmony.access.scope import Scope, child_trail, scope_of, scoped
from inharmony.accounts.models import RoleAssignment
from inharmony.audit.models import AuditEvent
from inharmony.audit.record import audit
from participants.models import Attendance, Child, Enrolment, Identity, Membership


def names():
    return sorted(child.name for child in Child.objects.all())


def test_scope_shows_its_programmes_and_no_other(cast):
    with scoped(cast.leeds_scope):
        assert names() == sorted(c.name for c in cast.leeds_children)


def test_an_empty_scope_is_a_scope_and_shows_nobody(cast):
    with scoped(Scope()):
        assert names() == []


def test_an_inner_scope_gives_the_outer_one_back(cast):
    with scoped(cast.liverpool_scope):
        with scoped(cast.leeds_scope):
            pass
        assert names() == sorted(c.name for c in [*cast.children, *cast.others])


@pytest.mark.parametrize("model", [Child, Membership, Attendance])
def test_no_scope_raises_where_rows_are(cast, model):
    if model is Attendance:
        with scoped(cast.liverpool_scope):
            Attendance.objects.create(session=cast.session, child=cast.children[0], programme=cast.liverpool, mark="p")
    with pytest.raises(ProgrammingError, match="without a scope"), transaction.atomic():
        list(model.objects.all())


def test_scope_lets_no_row_be_written_into_another_programme(cast):
    with (
        scoped(cast.liverpool_scope),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        Membership.objects.create(
            programme=cast.leeds, ensemble=cast.leeds_strings, child=cast.leeds_children[0], starts_on="2030-01-01"
        )


def test_scope_lets_no_foreign_row_be_changed(cast):
    with scoped(cast.liverpool_scope):
        assert Child.objects.filter(pk=cast.leeds_children[0].pk).update(forename="Changed") == 0


def test_the_link_across_programmes_can_be_read_by_the_figures_role_alone(cast):
    with scoped(cast.both), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        list(Identity.objects.values_list("person_hash"))


def test_scope_of_each_role(cast):
    liverpool = frozenset({cast.liverpool.pk})
    assert scope_of(cast.priya) == Scope(programmes=liverpool, person=cast.priya.pk)
    assert scope_of(cast.sam) == Scope(schools=frozenset({cast.saltwharf.pk}), person=cast.sam.pk)
    assert scope_of(cast.nia) == Scope(role="national", person=cast.nia.pk)
    assert scope_of(cast.olu) == Scope(person=cast.olu.pk, portal=True)
    assert scope_of(cast.stranger) == Scope(person=cast.stranger.pk)


def test_nothing_of_a_scope_survives_on_a_shared_connection(committed_cast):
    """Two hubs take turns on one connection, 200 times: each sees its own, and between them nothing is readable."""
    own = {
        committed_cast.liverpool_scope: sorted(c.name for c in [*committed_cast.children, *committed_cast.others]),
        committed_cast.leeds_scope: sorted(c.name for c in committed_cast.leeds_children),
    }
    for turn in range(200):
        for scope, expected in own.items():
            with scoped(scope):
                assert names() == expected
            if turn % 20 == 0:
                with pytest.raises(ProgrammingError, match="without a scope"):
                    names()


def test_scopes_of_different_threads_do_not_meet(committed_cast):
    seen, started = {}, threading.Barrier(2)

    def look(label, scope):
        try:
            with scoped(scope):
                started.wait(5)
                seen[label] = names()
        finally:
            connection.close()

    threads = [
        threading.Thread(target=look, args=("liverpool", committed_cast.liverpool_scope)),
        threading.Thread(target=look, args=("leeds", committed_cast.leeds_scope)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen["leeds"] == sorted(c.name for c in committed_cast.leeds_children)
    assert set(seen["leeds"]).isdisjoint(seen["liverpool"])


def test_a_child_who_left_the_school_is_out_of_its_leads_reach(cast):
    left, stays = cast.children[0], cast.children[1:]
    with scoped(cast.liverpool_scope):
        # the wall goes by the clock of the database
        Enrolment.objects.filter(child=left).update(ends_on="2021-07-21")
    with scoped(scope_of(cast.sam)):
        assert names() == sorted(child.name for child in stays)
        assert not Membership.objects.filter(child=left).exists()


def test_national_staff_who_also_operate_the_portal_still_reach_no_child(cast):
    RoleAssignment.objects.create(user=cast.nia, role="operator")
    assert scope_of(cast.nia) == Scope(person=cast.nia.pk, portal=True)
    with scoped(scope_of(cast.nia)):
        assert names() == []


@pytest.fixture
def entries_of_both_hubs(cast):
    """Ids of the entries that name the first child of Liverpool, one that names others, and one of Leeds."""
    first, second, _ = cast.children
    with scoped(cast.both):
        audit(act="a", by=cast.joanne, programme_id=cast.liverpool.pk, children=[first.pk, second.pk])
        audit(act="b", by=cast.joanne, programme_id=cast.liverpool.pk, children=[second.pk])
        # as if a number had been mixed up: the child's own, but in the other hub's trail
        audit(act="c", by=cast.omar, programme_id=cast.leeds.pk, children=[first.pk])
    return first


def test_the_trail_of_a_child_is_that_childs_in_its_own_programme(cast, entries_of_both_hubs):
    with scoped(scope_of(cast.joanne)):
        with scoped(child_trail(entries_of_both_hubs.pk, cast.liverpool.pk)):
            assert list(AuditEvent.objects.exclude(act__contains=".").values_list("act", flat=True)) == ["a"]
        assert names() == sorted(c.name for c in [*cast.children, *cast.others])


def test_in_the_trail_of_a_child_nothing_else_is_read_and_nothing_written(cast, entries_of_both_hubs):
    scope = child_trail(entries_of_both_hubs.pk, cast.liverpool.pk)
    for act in (names, lambda: audit(act="d", by=cast.joanne), AuditEvent.objects.all().delete):
        with pytest.raises(ProgrammingError, match="permission denied"), scoped(scope):
            act()


def test_the_trail_of_no_child_raises_rather_than_being_empty(cast, entries_of_both_hubs):
    with (
        pytest.raises(ProgrammingError, match="without naming the child"),
        scoped(Scope(frozenset({cast.liverpool.pk}), role="child_trail")),
    ):
        list(AuditEvent.objects.all())
