"""What names children in the trail is read by their hub, and by who did it; what names none needs no scope."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from inharmony.access.scope import Scope, scope_of, scoped
from inharmony.audit.models import AuditEvent
from inharmony.audit.record import audit


@pytest.fixture
def seen(cast):
    with scoped(cast.liverpool_scope):
        return audit(
            act="children.listed", by=cast.sam, programme_id=cast.liverpool.pk, children=[c.pk for c in cast.children]
        )


def test_an_entry_that_names_children_is_read_by_their_own_hub_only(cast, seen):
    with scoped(scope_of(cast.joanne)):
        assert AuditEvent.objects.filter(pk=seen.pk).count() == 1
    with scoped(scope_of(cast.omar)):
        assert AuditEvent.objects.filter(pk=seen.pk).count() == 0


def test_who_did_it_reads_it_without_the_programme_in_reach(cast, seen):
    assert cast.sam.reach.programmes == frozenset()
    with scoped(scope_of(cast.sam)):
        assert AuditEvent.objects.filter(pk=seen.pk).count() == 1


def test_a_school_lead_adds_an_entry_that_names_children_of_a_hub(cast):
    with scoped(scope_of(cast.sam)):
        added = audit(act="x", by=cast.sam, programme_id=cast.liverpool.pk, children=[cast.children[0].pk])
    assert added.pk


def test_without_a_scope_entries_with_children_raise_rather_than_vanish(cast, seen):
    with pytest.raises(ProgrammingError, match="without a scope"), transaction.atomic():
        AuditEvent.objects.get(pk=seen.pk)


def test_a_sign_in_is_added_and_read_without_a_scope(cast):
    added = audit(act="person.signed_in", by=cast.omar, subject=cast.omar)
    assert AuditEvent.objects.filter(children=[]).get(pk=added.pk).actor_id == cast.omar.pk


def test_children_of_no_programme_are_refused(cast):
    with (
        scoped(scope_of(cast.joanne)),
        pytest.raises(IntegrityError, match="audit_children_of_a_programme"),
        transaction.atomic(),
    ):
        audit(act="x", by=cast.joanne, children=[cast.children[0].pk])


def test_national_staff_add_entries_and_read_none(cast):
    with scoped(Scope(role="national", person=cast.nia.pk)):
        audit(act="figures.viewed", by=cast.nia)
    with pytest.raises(ProgrammingError, match="permission denied"), scoped(scope_of(cast.nia)):
        list(AuditEvent.objects.values_list("act", flat=True))
