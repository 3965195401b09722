"""What the proofs look with sees what is wrong."""

from http.client import HTTPMessage

import psycopg

from inharmony.servers import ensure
from tests.prove import leaks
from tests.prove.counts import DIFFERING
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


def test_a_count_that_drifted_is_seen(committed_cast, fresh_database):
    with psycopg.connect(ensure().admin_url(fresh_database), autocommit=True) as admin:
        assert admin.execute(DIFFERING).fetchall() == []
        for column in ("planned", "held", "cancelled", "minutes_planned", "minutes_held"):
            where = f"WHERE programme_id = {committed_cast.leeds.pk}"
            admin.execute(f"UPDATE programmes_operationalcount SET {column} = {column} + 1 {where}")
            assert admin.execute(DIFFERING).fetchall() == [(committed_cast.leeds.pk, committed_cast.leeds_session.day)]
            admin.execute(f"UPDATE programmes_operationalcount SET {column} = {column} - 1 {where}")
        admin.execute("DELETE FROM programmes_operationalcount")
        assert len(admin.execute(DIFFERING).fetchall()) == 2


def test_times_that_tell_two_things_apart_are_seen():
    assert told_apart([2.0, 2.1, 2.2], [1.0, 1.1, 1.2]) == 1
    assert told_apart([1.0, 1.1, 1.2], [2.0, 2.1, 2.2]) == 1
    assert told_apart([1.0, 4.0], [2.0, 3.0]) == 0.5
