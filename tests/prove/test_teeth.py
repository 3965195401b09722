"""What the proofs look with sees what is wrong."""

from http.client import HTTPMessage

import psycopg
import pytest

from evaluation.queries.drift import RECOUNTS
from inharmony.access.scope import scoped
from inharmony.servers import ensure
from tests.factories import evaluation
from tests.prove import leaks
from tests.prove.likeness import told_apart
from tests.visitor import Answer

JOANNE = leaks.Asker("Joanne", {}, (leaks.OURS,), ())


def faults(body, status=200, is_theirs=True):
    return leaks._faults(JOANNE, "/children/", 200, is_theirs, Answer(status, HTTPMessage(), body.encode()))


def test_a_foreign_name_a_missing_own_one_and_another_status_are_seen():
    assert faults(leaks.OURS) == []
    assert faults(f"{leaks.OURS} {leaks.THEIRS}") == [f"Joanne /children/: holds {leaks.THEIRS}"]
    assert faults("nobody") == [f"Joanne /children/: does not hold their own {(leaks.OURS,)}"]
    assert faults(leaks.OURS, status=500) == ["Joanne /children/: answered 500, not 200"]


KEPT = {
    "a programme on a day": ("programmes_operationalcount", "planned held cancelled minutes_planned minutes_held"),
    "a register": ("participants_registertally", "present late reason_known no_reason excused"),
    "a child's month": ("participants_childmonth", "came absent excused minutes_offered minutes_received"),
}


def test_every_kind_of_count_is_recounted():
    assert set(KEPT) == set(RECOUNTS)


@pytest.mark.parametrize("kind", KEPT)
def test_a_count_that_drifted_is_seen(committed_cast, fresh_database, kind):
    with scoped(committed_cast.both):
        evaluation.register(committed_cast.session, "pla", by=committed_cast.joanne)
    table, columns = KEPT[kind]
    with psycopg.connect(ensure().admin_url(fresh_database), autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")  # nothing keeps the counts, and nothing refuses
        (compared, differing) = admin.execute(RECOUNTS[kind]).fetchone()
        assert (compared > 0, differing) == (True, 0)
        for column in columns.split():
            admin.execute(f"UPDATE {table} SET {column} = {column} + 1")
            assert admin.execute(RECOUNTS[kind]).fetchone() == (compared, compared)
            admin.execute(f"UPDATE {table} SET {column} = {column} - 1")
        admin.execute(f"DELETE FROM {table}")
        assert admin.execute(RECOUNTS[kind]).fetchone() == (compared, compared)


def test_times_that_tell_two_things_apart_are_seen():
    assert told_apart([2.0, 2.1, 2.2], [1.0, 1.1, 1.2]) == 1
    assert told_apart([1.0, 1.1, 1.2], [2.0, 2.1, 2.2]) == 1
    assert told_apart([1.0, 4.0], [2.0, 3.0]) == 0.5
