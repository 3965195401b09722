"""All roll-ups counted anew: what they say, who may, and that the walls stand afterwards."""

import pytest
from django.db import DatabaseError, connection

from evaluation.actions.rebuild import Rebuilt, rebuild_tallies
from evaluation.figures.period import whole_year
from evaluation.models import HubChange
from evaluation.queries.drift import drift_of_kept_counts
from evaluation.queries.live import live
from inharmony.access.scope import figures, scoped
from participants.models import ChildMonth, RegisterTally
from programmes.models import OperationalCount
from tests.databases import connected_as
from tests.factories import evaluation


@pytest.fixture
def registers(committed_cast, fresh_database):
    """Two registers of two hubs, in a database where commits are real."""
    cast = committed_cast
    with scoped(cast.both):
        evaluation.register(cast.session, "ple", by=cast.priya)
        evaluation.register(cast.leeds_session, "pa", by=cast.omar)
    return cast


def kept():
    return [sorted(model.objects.values_list()) for model in (RegisterTally, ChildMonth)], sorted(
        OperationalCount.objects.values_list("programme", "day", "planned", "held", "minutes_planned", "minutes_held")
    )


def test_a_rebuild_says_what_the_triggers_said(registers, fresh_database):
    with scoped(registers.both):
        before = kept()
    with connected_as("owner", fresh_database), connection.cursor() as cursor:
        # wrong, missing, and of nothing
        for table in ("registertally", "childmonth"):
            cursor.execute(f"ALTER TABLE participants_{table} NO FORCE ROW LEVEL SECURITY")
        cursor.execute("UPDATE participants_childmonth SET came = came + 7")
        cursor.execute("DELETE FROM participants_registertally")
        cursor.execute("UPDATE programmes_operationalcount SET day = day - 1")
        assert rebuild_tallies() == Rebuilt(registers=2, months=5, days=2)
    with scoped(registers.both):
        assert kept() == before
    with connected_as("worker", fresh_database), scoped(figures()):
        assert drift_of_kept_counts().drift == 0


def test_what_was_kept_of_a_hub_is_counted_anew_after_a_rebuild(registers, fresh_database):
    with scoped(registers.liverpool_scope):
        live(registers.liverpool, whole_year(2026), registers.joanne)
    before = HubChange.objects.count()
    with connected_as("owner", fresh_database):
        rebuild_tallies()
    assert HubChange.objects.count() == before + 2


def test_after_a_rebuild_the_walls_stand_as_before(registers, fresh_database):
    with connected_as("owner", fresh_database), connection.cursor() as cursor:
        rebuild_tallies()
        cursor.execute("SELECT count(*) FROM pg_class WHERE relrowsecurity AND NOT relforcerowsecurity")
        assert cursor.fetchone() == (0,)
        # the owner sees no mark
        cursor.execute("SELECT count(*) FROM participants_attendance")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("login", ["web", "worker", "loader"])
def test_nobody_but_the_owner_rebuilds(registers, fresh_database, login):
    with connected_as(login, fresh_database), pytest.raises(DatabaseError, match=r"must be owner|permission denied"):
        rebuild_tallies()
