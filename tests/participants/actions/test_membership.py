"""Joining an ensemble."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from inharmony.access.scope import scoped
from participants.actions import membership
from participants.models import Membership
from tests.trail import entries


def test_join_takes_in_who_is_not_in_it_and_writes_one_entry(cast):
    with scoped(cast.liverpool_scope):
        made = membership.join(
            ensemble=cast.brass, children=[*cast.children, *cast.others], starts_on=date(2026, 9, 1), by=cast.ruth
        )
    assert [m.child_id for m in made] == [c.pk for c in cast.children]
    event = entries(act="ensemble.joined")[-1]
    assert event.children == [c.pk for c in cast.children]
    assert event.details == {"starts_on": "2026-09-01"}


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


def test_join_leaves_alone_who_joins_later_anyway(cast):
    late = cast.children[0]
    with scoped(cast.liverpool_scope):
        membership.join(ensemble=cast.brass, children=[late], starts_on=date(2026, 11, 30), by=cast.ruth)
        made = membership.join(ensemble=cast.brass, children=cast.children, starts_on=date(2026, 11, 2), by=cast.ruth)
    assert [m.child_id for m in made] == [c.pk for c in cast.children[1:]]


def test_join_refuses_an_ensemble_that_has_ended(cast):
    cast.brass.ends_on = date(2026, 10, 30)
    cast.brass.save()
    with scoped(cast.liverpool_scope):
        joined = membership.join(
            ensemble=cast.brass, children=cast.children[:1], starts_on=date(2026, 10, 30), by=cast.ruth
        )
        with pytest.raises(membership.EnsembleEndedError, match="ended on 30 October 2026"):
            membership.join(ensemble=cast.brass, children=cast.children, starts_on=date(2026, 10, 31), by=cast.ruth)
    assert len(joined) == 1


def test_two_who_press_at_once_take_the_class_in_once(committed_cast):
    cast, started, wrong = committed_cast, threading.Barrier(4), []

    def press():
        try:
            started.wait(5)
            with scoped(cast.liverpool_scope):
                membership.join(ensemble=cast.brass, children=cast.children, starts_on=date(2026, 9, 1), by=cast.ruth)
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with scoped(cast.liverpool_scope):
        assert (wrong, Membership.objects.filter(ensemble=cast.brass, child__in=cast.children).count()) == ([], 3)
