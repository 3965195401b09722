"""Sessions put into the timetable."""

from datetime import date, time, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from inharmony.access.scope import scoped
from programmes.actions import closing
from programmes.actions import timetable as acts
from programmes.models import Joining, Session
from programmes.queries.timetable import Planned
from tests.factories import programmes
from tests.trail import entries, entry

FIRST = date(2027, 1, 11)
# savepoint; ensembles, sessions standing, sessions, who joins them, trail; savepoint
JOINT_STATEMENTS = 7


def planned(ensemble, day=FIRST, starts_at=time(9, 0), ends_at=time(9, 45), **fields):
    return Planned(ensemble=ensemble, day=day, starts_at=starts_at, ends_at=ends_at, **fields)


def weeks(ensemble, many, **fields):
    return [planned(ensemble, FIRST + timedelta(weeks=week), **fields) for week in range(many)]


def add(cast, *sessions):
    return acts.add_sessions(programme=cast.liverpool, planned=sessions, by=cast.ruth)


def refused(cast, error, words, *sessions):
    before = Session.objects.count()
    with pytest.raises(error, match=words):
        add(cast, *sessions)
    assert (Session.objects.count(), entries(act="timetable.added")) == (before, [])


def test_add_sessions_writes_each_with_where_and_who_and_one_entry(cast):
    hall = programmes.venue(cast.liverpool, cast.saltwharf)
    cover = programmes.tutor(cast.liverpool, "Lena Hart")
    made = add(cast, *weeks(cast.strings, 3, venue=hall, tutor=cover, kind="extra"))
    found = Session.objects.filter(ensemble=cast.strings, day__gte=FIRST)
    assert list(found.values_list("day", "starts_at", "ends_at", "venue", "tutor", "kind", "programme")) == [
        (FIRST + timedelta(weeks=week), time(9, 0), time(9, 45), hall.pk, cover.pk, "extra", cast.liverpool.pk)
        for week in range(3)
    ]
    event = entry(act="timetable.added")
    assert (len(made), event.subject_id, event.programme_id) == (3, cast.strings.pk, cast.liverpool.pk)
    assert event.details == {
        "sessions": 3,
        "ensembles": [cast.strings.pk],
        "first": "2027-01-11",
        "last": "2027-01-25",
    }


def test_sent_twice_it_has_one_effect_and_one_entry(cast):
    add(cast, *weeks(cast.strings, 3))
    assert add(cast, *weeks(cast.strings, 3)) == []
    assert Session.objects.filter(ensemble=cast.strings, day__gte=FIRST).count() == 3
    assert entry(act="timetable.added").details["sessions"] == 3


def test_what_stands_stays_as_it_is_and_the_rest_is_added(cast):
    add(cast, *weeks(cast.strings, 2, kind="extra"))
    made = add(cast, *weeks(cast.strings, 3))
    assert [session.day for session in made] == [FIRST + timedelta(weeks=2)]
    kinds = Session.objects.filter(ensemble=cast.strings, day__gte=FIRST).values_list("kind", flat=True)
    assert list(kinds) == ["extra", "extra", "curricular"]


@pytest.mark.parametrize("many", [1, 40])
def test_it_takes_the_same_statements_however_many(cast, many):
    # of two ensembles, so that no statement hides in one of them
    sessions = [*weeks(cast.strings, many), *weeks(cast.brass, many)]
    with CaptureQueriesContext(connection) as captured:
        add(cast, *sessions)
    # the savepoint, lock, what stands, insert, audit, and its release
    assert len(captured.captured_queries) == 6


def test_a_session_of_another_hub_is_refused(cast):
    words = "not of Liverpool. Choose again; nothing was added."
    refused(cast, acts.ForeignSessionError, words, planned(cast.strings), planned(cast.leeds_strings))
    hall, lena = programmes.venue(cast.leeds, cast.kirkfold), programmes.tutor(cast.leeds, "Lena Hart")
    refused(cast, acts.ForeignSessionError, words, planned(cast.strings, venue=hall))
    refused(cast, acts.ForeignSessionError, words, planned(cast.strings, tutor=lena))


def test_a_session_that_ends_before_it_starts_is_refused(cast):
    wrong = planned(cast.strings, ends_at=time(9, 0))
    refused(cast, acts.TimesOutOfOrderError, "start at 09:00 and end at 09:00", planned(cast.brass), wrong)


def test_a_day_outside_the_ensemble_is_refused(cast):
    cast.strings.starts_on, cast.strings.ends_on = FIRST, FIRST + timedelta(weeks=1)
    cast.strings.save()
    add(cast, *weeks(cast.strings, 2))
    programmes.forget(Session.objects.filter(day__gte=FIRST))
    for late, words in ((2, "plays until 18 January 2027, and 25 January 2027"), (-1, "begins on 11 January 2027")):
        wrong = planned(cast.strings, FIRST + timedelta(weeks=late))
        with pytest.raises(acts.OutsideEnsembleError, match=words):
            add(cast, *weeks(cast.strings, 2), wrong)
    assert Session.objects.filter(ensemble=cast.strings, day__gte=FIRST).count() == 0


def test_an_ensemble_does_not_play_twice_at_once(cast):
    words = "a session on 11 January 2027 from 09:00 to 09:45. Choose another time"
    overlapping = planned(cast.strings, starts_at=time(9, 30), ends_at=time(10, 0))
    refused(cast, acts.EnsembleBusyError, words, planned(cast.strings), overlapping)
    programmes.session(cast.strings, day=FIRST, starts_at=time(9, 0), ends_at=time(9, 45))
    refused(cast, acts.EnsembleBusyError, words, overlapping)
    # one that follows at once does not overlap
    assert len(add(cast, planned(cast.strings, starts_at=time(9, 45), ends_at=time(10, 0)))) == 1


def test_a_cancelled_session_leaves_its_time_free(cast):
    programmes.session(
        cast.strings, day=FIRST, starts_at=time(9, 0), cancelled_at=timezone.now(), cancel_reason="no_room"
    )
    assert len(add(cast, planned(cast.strings, starts_at=time(9, 30), ends_at=time(10, 0)))) == 1


def test_a_closed_hub_gets_no_session(cast):
    closing.close(programme=cast.liverpool, on=timezone.localdate(), by=cast.olu)
    before = Session.objects.count()
    with pytest.raises(DatabaseError, match="Liverpool is closed since"), transaction.atomic():
        add(cast, planned(cast.strings))
    assert Session.objects.count() == before


def test_the_clock_changes_move_no_session(cast):
    # 28 March and 31 October 2027 have 23 and 25 hours; the hour that is not there and the one that is there twice
    days = [date(2027, 3, 27), date(2027, 3, 28), date(2027, 3, 29), date(2027, 10, 31), date(2027, 11, 1)]
    early = [planned(cast.strings, day, time(0, 15), time(0, 45)) for day in days]
    late = [planned(cast.strings, day, time(23, 15), time(23, 45)) for day in days]
    twice = [planned(cast.strings, day, time(1, 15), time(2, 0)) for day in days]
    add(cast, *early, *late, *twice)
    found = Session.objects.filter(ensemble=cast.strings, day__in=days).values_list("day", "starts_at", "ends_at")
    assert list(found) == sorted((one.day, one.starts_at, one.ends_at) for one in (*early, *late, *twice))


def test_a_session_of_several_ensembles_is_one_session_that_the_others_join(cast):
    (made,) = add(cast, planned(cast.strings, joined_by=(cast.brass,)))
    found = Session.objects.get(day=FIRST)
    assert (found.pk, found.ensemble, found.title) == (made.pk, cast.strings, "Year 4 Strings with Year 5 Brass")
    assert list(found.joinings.values_list("ensemble", "programme")) == [(cast.brass.pk, cast.liverpool.pk)]
    assert entry(act="timetable.added").details["joined_by"] == [cast.brass.pk]
    # sent twice, one effect
    assert add(cast, planned(cast.strings, joined_by=(cast.brass,))) == []
    assert Joining.objects.count() == 1


def test_who_joins_is_busy_then_in_either_order(cast):
    choir = programmes.ensemble(cast.liverpool, "Choir")
    add(cast, planned(cast.strings, joined_by=(cast.brass,)))
    later = {"starts_at": time(9, 30), "ends_at": time(10, 0)}
    for busy, one in (
        ("Year 5 Brass", planned(cast.brass, **later)),
        ("Year 5 Brass", planned(choir, joined_by=(cast.brass,), **later)),
        ("Year 4 Strings", planned(choir, joined_by=(cast.strings,), **later)),
    ):
        with pytest.raises(acts.EnsembleBusyError, match=f"{busy} has a session on 11 January 2027 from 09:00"):
            add(cast, one)
    with pytest.raises(acts.EnsembleBusyError, match="Year 5 Brass"):
        week = FIRST + timedelta(weeks=1)
        add(cast, planned(cast.brass, week), planned(cast.strings, week, joined_by=(cast.brass,)))
    add(cast, planned(cast.brass, starts_at=time(9, 45), ends_at=time(10, 0)))
    assert (Session.objects.filter(day__gte=FIRST).count(), Joining.objects.count()) == (2, 1)


def test_who_joins_is_of_the_hub_and_plays_on_that_day(cast):
    refused(
        cast,
        acts.ForeignSessionError,
        "not of Liverpool",
        planned(cast.strings, joined_by=(cast.brass, cast.leeds_strings)),
    )
    ended = programmes.ensemble(cast.liverpool, "Choir")
    type(ended).objects.filter(pk=ended.pk).update(ends_on=FIRST - timedelta(days=1))
    refused(cast, acts.OutsideEnsembleError, "Choir plays until", planned(cast.strings, joined_by=(ended,)))


def test_the_database_lets_nobody_join_a_session_of_another_hub(cast):
    for hub in (cast.liverpool, cast.leeds):
        with pytest.raises(DatabaseError), transaction.atomic():
            Joining.objects.create(programme=hub, session=cast.session, ensemble=cast.leeds_strings)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("many", [1, 30])
def test_a_joint_year_takes_as_many_statements_as_one_session(cast, many):
    with CaptureQueriesContext(connection) as asked:
        assert len(add(cast, *weeks(cast.strings, many, joined_by=(cast.brass,)))) == many
    assert len(asked) == JOINT_STATEMENTS


def test_only_family_and_taster_sessions_are_counted_by_heads(cast):
    wanted = [
        planned(cast.strings, FIRST + timedelta(days=day), kind=kind, is_headcount=True)
        for day, kind in enumerate(("family", "taster"))
    ]
    assert [made.is_headcount for made in add(cast, *wanted)] == [True, True]
    for kind in ("curricular", "extra", "holiday"):
        one = planned(cast.strings, FIRST + timedelta(weeks=1), kind=kind, is_headcount=True)
        with pytest.raises(acts.HeadsNotCountedError, match="Only family and taster sessions"):
            add(cast, one)
    assert Session.objects.filter(is_headcount=True).count() == 2


def test_sessions_are_taken_out_together_but_those_that_were_held_and_those_of_another_hub(cast):
    made = add(
        cast,
        *weeks(cast.strings, 3),
        planned(cast.brass, joined_by=(cast.strings,), starts_at=time(14), ends_at=time(15)),
    )
    held, *rest = made
    held.register_taken_at, held.register_taken_by, held.register_version = timezone.now(), cast.ruth, 1
    held.save()
    with scoped(cast.both):
        wanted = [*(session.pk for session in made), cast.leeds_session.pk]
        out = acts.take_out(programme=cast.liverpool, sessions=wanted, by=cast.ruth)
        assert sorted(out) == sorted(session.pk for session in rest)
        assert acts.take_out(programme=cast.liverpool, sessions=wanted, by=cast.ruth) == []
    assert set(Session.objects.filter(pk__in=wanted)) == {held, cast.leeds_session}
    told = entry(act="timetable.taken_out")
    assert (told.details["sessions"], told.programme_id) == (3, cast.liverpool.pk)
