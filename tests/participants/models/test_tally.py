"""Whatever is done to marks and sessions, what they add up to is what a recount says."""

from datetime import date, time, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluation.queries.drift import drift_of_kept_counts
from inharmony.access.scope import scoped
from participants.models import ChildMonth, RegisterTally
from tests.factories import evaluation, programmes

DAYS = [date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 25), date(2027, 2, 28), date(2027, 3, 28)]
WRITE = """
INSERT INTO participants_attendance (session_id, child_id, programme_id, mark)
SELECT s.id, c.id, c.programme_id, substr('plrae', 1 + (c.id + s.id + %(salt)s)::int %% 5, 1)
FROM programmes_session s JOIN participants_child c USING (programme_id)
WHERE s.id = ANY(%(sessions)s) AND hashint8(c.id + %(salt)s) %% 3 <> 0
ON CONFLICT (session_id, child_id) DO UPDATE SET mark = excluded.mark
"""
SOME = "session_id = ANY(%(sessions)s) AND hashint8(child_id + %(salt)s) %% 2 = 0"
STATEMENTS = {
    "write": WRITE,
    "change": f"UPDATE participants_attendance SET mark = substr('plrae', 1 + %(salt)s %% 5, 1) WHERE {SOME}",
    "delete": f"DELETE FROM participants_attendance WHERE {SOME}",
    "to another session": "UPDATE participants_attendance a SET session_id = %(to)s WHERE session_id = %(from)s"
    " AND NOT EXISTS (SELECT FROM participants_attendance b WHERE b.session_id = %(to)s AND b.child_id = a.child_id)",
    "move": "UPDATE programmes_session SET day = %(day)s, starts_at = %(starts)s, ends_at = %(ends)s WHERE id = %(from)s",
    "lengthen": "UPDATE programmes_session SET ends_at = %(ends)s WHERE id = ANY(%(sessions)s)",
    "to another ensemble": "UPDATE programmes_session SET ensemble_id = %(ensemble)s, starts_at = %(starts)s,"
    " ends_at = %(ends)s WHERE id = %(from)s",
}


@pytest.fixture
def sessions(cast):
    """Four sessions of two ensembles in two months, in the scope of their hub; times leave room to be moved."""
    with scoped(cast.liverpool_scope):
        yield [
            programmes.session(ensemble, day=day, starts_at=time(6, minute), ends_at=time(7, 0)).pk
            for minute, ensemble in enumerate((cast.strings, cast.brass), 1)
            for day in DAYS[:2]
        ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(sorted(STATEMENTS)), min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_after_any_statements_nothing_drifts(cast, sessions, names, rng):
    with transaction.atomic():
        for number, name in enumerate(names):
            _do(name, cast, sessions, rng, number)
        found = drift_of_kept_counts()
        # the next example begins as this one did
        transaction.set_rollback(True)
    assert (found.drift, found.kinds) == (0, ())


def _do(name, cast, sessions, rng, number):
    # a start of its own for each move: an ensemble has one session at a time
    starts = (timedelta(hours=8, minutes=number * 7 + rng.randrange(7))).seconds
    given_ = {
        "sessions": rng.sample(sessions, rng.randint(1, 4)),
        "from": rng.choice(sessions),
        "to": rng.choice(sessions),
        "salt": rng.randrange(1000),
        "day": rng.choice(DAYS),
        "ensemble": rng.choice([cast.strings.pk, cast.brass.pk]),
        "starts": time(starts // 3600, starts // 60 % 60),
        "ends": time(rng.randrange(11, 20), rng.randrange(60)),
    }
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS[name], given_)


def test_a_register_counts_its_marks_and_each_child_their_month(cast):
    with scoped(cast.liverpool_scope):
        for day, letters in ((date(2026, 10, 31), "pla"), (date(2026, 11, 1), "per"), (date(2026, 11, 8), "ppp")):
            evaluation.register(programmes.session(cast.strings, day=day), letters, by=cast.joanne)
        tally = RegisterTally.objects.get(session__day=date(2026, 10, 31))
        assert (tally.present, tally.late, tally.no_reason, tally.reason_known, tally.excused) == (1, 1, 1, 0, 0)
        months = ChildMonth.objects.filter(child=cast.children[1]).order_by("month")
        assert [
            (row.month, row.came, row.absent, row.excused, row.minutes_offered, row.minutes_received) for row in months
        ] == [(date(2026, 10, 1), 1, 0, 0, 45, 45), (date(2026, 11, 1), 1, 0, 1, 90, 45)]


def test_what_counts_nothing_any_more_has_no_row(cast, sessions):
    with connection.cursor() as cursor:
        cursor.execute(WRITE, {"sessions": sessions, "salt": 1})
        assert (RegisterTally.objects.count(), ChildMonth.objects.count() > 0) == (4, True)
        cursor.execute("DELETE FROM participants_attendance")
    assert (RegisterTally.objects.count(), ChildMonth.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE participants_childmonth SET came = came + 1",
        "DELETE FROM participants_registertally",
        "INSERT INTO participants_registertally VALUES (1, 1, 1, 1, 1, 1, 1)",
    ],
)
def test_nobody_writes_a_tally_by_hand(cast, sessions, statement):
    with pytest.raises(DatabaseError, match="kept by triggers on the marks"), transaction.atomic():
        connection.cursor().execute(statement)


def test_who_sees_a_tally_sees_its_marks(cast):
    with scoped(cast.both):
        evaluation.register(cast.session, "pla", by=cast.joanne)
        evaluation.register(cast.leeds_session, "pp", by=cast.omar)
        assert RegisterTally.objects.visible_to(cast.priya).get().session_id == cast.session.pk
        assert RegisterTally.objects.visible_to(cast.omar).get().session_id == cast.leeds_session.pk
        assert RegisterTally.objects.visible_to(cast.sam).count() == 0
        assert ChildMonth.objects.visible_to(cast.omar).count() == 2
    # and the wall alone
    with scoped(cast.leeds_scope):
        assert (RegisterTally.objects.count(), ChildMonth.objects.count()) == (1, 2)


def test_a_mark_of_a_joint_session_counts_once_under_the_ensemble_it_was_planned_for(cast):
    with scoped(cast.liverpool_scope):
        joint = programmes.session(cast.strings, day=DAYS[0], joined_by=[cast.brass])
        evaluation.register(joint, "ppppp", by=cast.joanne)
        months = ChildMonth.objects.filter(month=DAYS[0].replace(day=1))
        assert list(months.values_list("ensemble", "came").distinct()) == [(cast.strings.pk, 1)]
        assert (months.count(), RegisterTally.objects.get(session=joint).present) == (5, 5)
        assert drift_of_kept_counts().drift == 0
