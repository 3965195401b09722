"""All roll-ups counted anew: what they say, who may, and that the walls stand afterwards."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import DatabaseError, connection

from evaluation.actions import rebuild
from evaluation.actions.rebuild import BusyError, Rebuilt, rebuild_tallies
from evaluation.figures.period import whole_year
from evaluation.models import HubChange
from evaluation.queries.drift import drift_of_kept_counts
from evaluation.queries.live import live
from inharmony.access.scope import figures, scoped
from inharmony.servers import ensure
from inharmony.servers.waiting import wait_for
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


def waits_for(admin, table):
    """Whether somebody waits until they may have a table to themselves."""
    (found,) = admin.execute(
        "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass", [table]
    ).fetchone()
    return bool(found)


def test_whoever_reads_marks_and_then_sessions_meanwhile_is_not_ended(registers, fresh_database):
    address = ensure().admin_url(fresh_database)

    def counted():
        with connected_as("owner", fresh_database):
            return rebuild_tallies()

    with psycopg.connect(address) as reader, psycopg.connect(address, autocommit=True) as admin:
        reader.execute("SELECT count(*) FROM participants_attendance")
        with ThreadPoolExecutor() as beside:
            rebuilt = beside.submit(counted)
            wait_for(lambda: waits_for(admin, "participants_attendance"), seconds=10)
            # the other way round than it takes them
            assert reader.execute("SELECT count(*) FROM programmes_session").fetchone() == (2,)
            reader.commit()
            assert rebuilt.result() == Rebuilt(registers=2, months=5, days=2)


def test_where_somebody_never_lets_go_nothing_is_counted(registers, fresh_database, monkeypatch):
    monkeypatch.setattr(rebuild, "TRIES", 1)
    with psycopg.connect(ensure().admin_url(fresh_database)) as reader, connected_as("owner", fresh_database):
        reader.execute("SELECT count(*) FROM participants_childmonth")
        with pytest.raises(BusyError, match="Nothing was counted"):
            rebuild_tallies()
        assert not connection.in_atomic_block
