"""Venues made, changed, ended and used again."""

import threading
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from inharmony.access.scope import scoped
from programmes.actions import session as sessions
from programmes.actions import timetable
from programmes.actions import venue as acts
from programmes.actions.session import Slot
from programmes.models import Session, Venue
from programmes.queries.timetable import Planned
from tests.factories import programmes
from tests.locks import until_somebody_waits
from tests.participants.actions.test_roll_forward import at_once
from tests.trail import entries, entry

DAY = date(2027, 10, 12)
LATER = DAY + timedelta(days=1)


@pytest.fixture
def hall(cast):
    return programmes.venue(cast.liverpool, cast.saltwharf)


def venue_of(session):
    return Session.objects.get(pk=session.pk).venue


def test_make_adds_a_venue_and_writes_one_entry(cast):
    made = acts.make(venue=Venue(programme=cast.liverpool, name="Town Hall", postcode="L2 3SW"), by=cast.ruth)
    assert Venue.objects.get(name="Town Hall") == made
    told = entry(act="venue.made")
    assert (told.subject_id, told.actor_id, told.programme_id) == (made.pk, cast.ruth.pk, cast.liverpool.pk)


def test_four_who_press_at_once_make_it_once(committed_cast):
    cast = committed_cast

    def press():
        return acts.make(venue=Venue(programme=cast.liverpool, name="Town Hall"), by=cast.ruth).pk

    made, wrong = at_once(cast, *[press] * 4)
    assert (wrong, len(made), made) == ([], 4, [Venue.objects.get(name="Town Hall").pk] * 4)
    assert len(entries(act="venue.made")) == 1


@pytest.mark.parametrize("how", ["moved into it", "added in it"])
def test_no_session_after_its_last_day_is_put_into_a_venue_that_ends_meanwhile(committed_cast, how):
    cast, said = committed_cast, []
    hall = programmes.venue(cast.liverpool, cast.saltwharf)
    session = programmes.session(cast.strings, day=DAY, starts_at=time(10, 15), ends_at=time(11, 0))
    slot = Slot(DAY, time(10, 15), time(11, 0), venue=hall)
    planned = Planned(cast.strings, LATER, time(10, 15), time(11, 0), venue=hall)

    def press():
        try:
            with scoped(cast.liverpool_scope):
                if how == "moved into it":
                    sessions.change(session=session, slot=slot, by=cast.ruth)
                else:
                    timetable.add_sessions(programme=cast.liverpool, planned=[planned], by=cast.ruth)
        except timetable.TimetableRefusedError as refusal:
            said.append(type(refusal))
        finally:
            connection.close()

    pressing = threading.Thread(target=press)
    with scoped(cast.liverpool_scope):
        acts.end(venue=hall, on=DAY - timedelta(days=1), by=cast.ruth)
        pressing.start()
        until_somebody_waits()
    pressing.join()
    assert (said, Session.objects.filter(venue=hall).count()) == ([timetable.VenueEndedError], 0)


def test_change_writes_what_changed_and_nothing_leaves_no_entry(cast, hall):
    hall.name, hall.school = "Gym", cast.marigold
    assert acts.change(venue=hall, by=cast.ruth) == ["name", "school"]
    assert acts.change(venue=hall, by=cast.ruth) == []
    assert entry(act="venue.changed").details == {"fields": ["name", "school"]}
    assert str(Venue.objects.select_related("school").get(pk=hall.pk)) == "Marigold Street Primary, Gym"


def test_a_failure_leaves_nothing_behind(cast, hall, monkeypatch):
    monkeypatch.setattr(acts, "audit", lambda **_: 1 / 0)
    hall.name = "Gym"
    for act in (
        lambda: acts.make(venue=Venue(programme=cast.liverpool, name="Town Hall"), by=cast.ruth),
        lambda: acts.change(venue=hall, by=cast.ruth),
        lambda: acts.end(venue=hall, on=DAY, by=cast.ruth),
    ):
        with pytest.raises(ZeroDivisionError):
            act()
    assert list(Venue.objects.values_list("name", "ends_on")) == [("hall", None)]


def test_end_is_refused_while_sessions_after_it_are_to_be_held_there(cast, hall):
    programmes.session(cast.strings, day=DAY, venue=hall)
    later = programmes.session(cast.strings, day=LATER, venue=hall)
    programmes.session(cast.brass, day=LATER + timedelta(days=7), venue=hall)
    with pytest.raises(acts.VenueNeededError, match="2 sessions after that day, the first on 13 October 2027"):
        acts.end(venue=hall, on=DAY, by=cast.ruth)
    assert (Venue.objects.get().ends_on, venue_of(later), entries(act="venue.ended")) == (None, hall, [])


def test_end_lets_another_venue_take_over_and_leaves_what_was_held(cast, hall):
    gym = programmes.venue(cast.liverpool, cast.saltwharf, "gym")
    held = {"register_taken_at": timezone.now(), "register_taken_by": cast.joanne, "register_version": 1}
    gone = {"cancelled_at": timezone.now(), "cancel_reason": "no_room"}
    before, after = programmes.session(cast.strings, day=DAY, venue=hall), []
    for number, state in enumerate(({}, gone, held)):
        after.append(
            programmes.session(
                cast.strings, day=LATER, starts_at=time(12 + number), ends_at=time(13 + number), venue=hall, **state
            )
        )
    assert acts.end(venue=hall, on=DAY, instead=gym, by=cast.ruth) == 2
    assert [venue_of(each) for each in (before, *after)] == [hall, gym, gym, hall]
    assert entry(act="venue.ended").details == {"ends_on": "2027-10-12", "sessions": 2, "instead": gym.pk}


def test_end_leaves_cancelled_sessions_without_a_venue_so_that_they_can_be_brought_back(cast, hall):
    gone = {"cancelled_at": timezone.now(), "cancel_reason": "no_room"}
    session = programmes.session(cast.strings, day=LATER, venue=hall, **gone)
    assert acts.end(venue=hall, on=DAY, by=cast.ruth) == 0
    assert venue_of(session) is None
    assert not sessions.bring_back(session=session, by=cast.ruth).is_cancelled


def test_end_refuses_a_venue_next_door_itself_and_one_that_ends(cast, hall):
    ending = programmes.venue(cast.liverpool, cast.saltwharf, "gym")
    acts.end(venue=ending, on=LATER, by=cast.ruth)
    session = programmes.session(cast.strings, day=LATER, venue=hall)
    for instead in (programmes.venue(cast.leeds, cast.kirkfold), hall, Venue.objects.get(pk=ending.pk)):
        with pytest.raises(acts.ForeignVenueError, match="Choose another venue of the hub"):
            acts.end(venue=hall, on=DAY, instead=instead, by=cast.ruth)
    assert (venue_of(session), Venue.objects.get(pk=hall.pk).ends_on) == (hall, None)


def test_reopen_takes_the_last_day_away_and_pressed_twice_has_one_effect(cast, hall):
    acts.end(venue=hall, on=DAY, by=cast.ruth)
    for _ in range(2):
        assert acts.reopen(venue=hall, by=cast.ruth).ends_on is None
    assert len(entries(act="venue.reopened")) == 1


def test_no_session_is_put_or_moved_into_a_venue_after_its_last_day(cast, hall):
    acts.end(venue=hall, on=DAY, by=cast.ruth)
    hall.refresh_from_db()
    session = programmes.session(cast.strings, day=LATER)
    times = (session.starts_at, session.ends_at)
    for act in (
        lambda: sessions.change(session=session, slot=Slot(LATER, *times, hall), by=cast.ruth),
        lambda: timetable.add_sessions(
            programme=cast.liverpool, planned=[Planned(cast.brass, LATER, *times, hall)], by=cast.ruth
        ),
    ):
        with pytest.raises(timetable.VenueEndedError, match="is used until 12 October 2027, and 13 October"):
            act()
    assert sessions.change(session=session, slot=Slot(DAY, *times, hall), by=cast.ruth) == ["day", "venue"]
