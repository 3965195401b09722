"""Joining an ensemble."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from inharmony.access.scope import scoped
from inharmony.audit.models import AuditEvent
from participants.actions import membership
from participants.models import Membership


def test_join_takes_in_who_is_not_in_it_and_writes_one_entry(cast):
    with scoped(cast.liverpool_scope):
        made = membership.join(
            ensemble=cast.brass, children=[*cast.children, *cast.others], starts_on=date(2026, 9, 1), by=cast.ruth
        )
    assert [m.child_id for m in made] == [c.pk for c in cast.children]
    event = AuditEvent.objects.filter(act="ensemble.joined").latest("id")
    assert event.details == {"children": [c.pk for c in cast.children], "starts_on": "2026-09-01"}


def test_a_child_of_another_hub_cannot_join_even_past_the_first_wall(cast):
    with scoped(cast.both), pytest.raises(IntegrityError, match="fk"), transaction.atomic():
        membership.join(
            ensemble=cast.brass, children=[cast.leeds_children[0]], starts_on=date(2026, 9, 1), by=cast.ruth
        )


def test_a_child_is_in_an_ensemble_once_at_a_time(cast):
    with scoped(cast.liverpool_scope), pytest.raises(IntegrityError, match="no_overlap"), transaction.atomic():
        Membership.objects.create(
            programme=cast.liverpool, ensemble=cast.strings, child=cast.children[0], starts_on=date(2026, 9, 1)
        )
