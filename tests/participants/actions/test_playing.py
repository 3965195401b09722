"""What children play: one instrument at a time, from a day on, for many at once."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions import destination, playing
from participants.actions.destination import Going
from participants.models import Child, Destination, Placement, Playing
from programmes.instruments import Instrument
from tests.factories import participants
from tests.participants.actions.test_roll_forward import at_once
from tests.participants.turn import london, next_year
from tests.trail import entries, entry, history

VIOLIN, VIOLA, HORN = Instrument.VIOLIN, Instrument.VIOLA, Instrument.HORN
SEPTEMBER, FEBRUARY = date(2025, 9, 1), date(2026, 2, 1)


@pytest.fixture(autouse=True)
def inside(request):
    """Inside Liverpool, but where threads open scopes of their own."""
    if "committed_cast" in request.fixturenames:
        yield
        return
    with scoped(request.getfixturevalue("cast").liverpool_scope):
        yield


def set_all(cast, instrument, day, *, children=None, ensemble=None):
    chosen = dict.fromkeys(children or cast.children, instrument)
    return playing.set_instruments(chosen=chosen, starts_on=day, ensemble=ensemble, by=cast.priya)


def rows(child):
    found = Playing.objects.filter(child=child).order_by("starts_on")
    return list(found.values_list("instrument", "starts_on", "ends_on"))


def test_many_begin_in_one_act_and_the_trail_names_them(cast):
    changed = set_all(cast, VIOLIN, SEPTEMBER, ensemble=cast.strings)
    assert changed == sorted(child.pk for child in cast.children)
    assert {child.pk: rows(child) for child in cast.children} == {key: [("violin", SEPTEMBER, None)] for key in changed}
    assert set(Playing.objects.values_list("ensemble", flat=True)) == {cast.strings.pk}
    told = entry(act="instruments.set")
    assert (told.actor_id, told.subject_id, told.children) == (cast.priya.pk, cast.strings.pk, changed)
    assert told.details == {"starts_on": "2025-09-01", "ended": 0}


def test_a_change_ends_the_one_before_on_the_day_before(cast):
    set_all(cast, VIOLIN, SEPTEMBER)
    set_all(cast, VIOLA, FEBRUARY, children=cast.children[:1])
    assert rows(cast.children[0]) == [
        ("violin", SEPTEMBER, FEBRUARY - timedelta(days=1)),
        ("viola", FEBRUARY, None),
    ]
    assert rows(cast.children[1]) == [("violin", SEPTEMBER, None)]
    assert history() == [("Playing", "update", cast.children[0].pk, ["ends_on"])]


def test_who_plays_it_already_goes_on_with_it_from_when_it_began(cast):
    set_all(cast, VIOLIN, SEPTEMBER, children=cast.children[:1])
    assert set_all(cast, VIOLIN, FEBRUARY) == sorted(child.pk for child in cast.children[1:])
    assert rows(cast.children[0]) == [("violin", SEPTEMBER, None)]
    assert (set_all(cast, VIOLIN, FEBRUARY), len(entries(act="instruments.set"))) == ([], 2)


def test_a_mistake_of_the_same_day_is_replaced(cast):
    set_all(cast, VIOLIN, SEPTEMBER)
    set_all(cast, HORN, SEPTEMBER, children=cast.children[:1])
    assert rows(cast.children[0]) == [("horn", SEPTEMBER, None)]


def test_it_ends_and_what_began_that_day_never_was(cast):
    set_all(cast, VIOLIN, SEPTEMBER)
    set_all(cast, None, FEBRUARY, children=cast.children[:1])
    set_all(cast, None, SEPTEMBER, children=cast.children[1:2])
    assert [rows(child) for child in cast.children] == [
        [("violin", SEPTEMBER, FEBRUARY - timedelta(days=1))],
        [],
        [("violin", SEPTEMBER, None)],
    ]
    # ended, one can begin again
    set_all(cast, VIOLIN, FEBRUARY + timedelta(days=40), children=cast.children[:1])
    assert len(rows(cast.children[0])) == 2


def test_nobody_plays_nothing_twice(cast):
    assert (set_all(cast, None, SEPTEMBER), entries(act="instruments.set")) == ([], [])


def test_a_day_before_a_later_change_is_refused_and_says_of_whom_and_nothing_changes(cast):
    set_all(cast, VIOLIN, SEPTEMBER)
    set_all(cast, VIOLA, FEBRUARY, children=cast.children[:1])
    with pytest.raises(playing.ChangesLaterError, match="the last on 1 February 2026") as refused:
        set_all(cast, HORN, date(2025, 12, 1))
    assert refused.value.children == {cast.children[0].pk}
    assert [len(rows(child)) for child in cast.children] == [2, 1, 1]


def test_two_instruments_at_a_time_are_refused_by_the_database(cast):
    set_all(cast, VIOLIN, SEPTEMBER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Playing.objects.create(
            programme=cast.liverpool, child=cast.children[0], instrument=HORN, starts_on=FEBRUARY, ensemble=cast.brass
        )


@pytest.mark.parametrize("wrong", [{"instrument": "kazoo"}, {"ends_on": date(2020, 1, 1)}])
def test_what_cannot_be_is_refused_by_the_database(cast, wrong):
    set_all(cast, VIOLIN, SEPTEMBER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Playing.objects.update(**wrong)


def test_who_leaves_the_programme_plays_until_the_last_day_and_comes_back_with_it(cast, time_machine):
    year = next_year()
    last_day = year.starts_on - timedelta(days=1)
    Placement.objects.filter(child__in=cast.children).update(year_group="6")
    set_all(cast, VIOLIN, SEPTEMBER)
    time_machine.move_to(london(year.starts_on), tick=False)
    gone, stays, _ = cast.children
    ways = {
        gone: Going(Destination.GoesTo.AWAY, Destination.Plays.STOPS),
        stays: Going(Destination.GoesTo.OTHER, Destination.Plays.HERE),
    }
    going = {child.enrolments.get().pk: way for child, way in ways.items()}
    act = destination.leave_school(
        programme=cast.liverpool, academic_year=year, going=going, last_day=last_day, by=cast.ruth
    )
    assert (rows(gone), rows(stays)) == ([("violin", SEPTEMBER, last_day)], [("violin", SEPTEMBER, None)])
    destination.undo(act=act, by=cast.ruth)
    assert rows(gone) == [("violin", SEPTEMBER, None)]


def test_an_instrument_changed_before_the_last_day_ends_with_it_too(cast, time_machine):
    year, (gone, *_) = next_year(), cast.children
    last_day, july = year.starts_on - timedelta(days=1), date(year.pk, 7, 1)
    Placement.objects.filter(child=gone).update(year_group="6")
    set_all(cast, VIOLIN, SEPTEMBER)
    time_machine.move_to(london(july), tick=False)
    going = {gone.enrolments.get().pk: Going(Destination.GoesTo.AWAY, Destination.Plays.STOPS)}
    destination.leave_school(programme=cast.liverpool, academic_year=year, going=going, last_day=last_day, by=cast.ruth)
    set_all(cast, HORN, july, children=[gone])
    assert rows(gone) == [("violin", SEPTEMBER, july - timedelta(days=1)), ("horn", july, last_day)]


def test_who_begins_an_instrument_after_the_last_day_cannot_leave_on_it(cast, time_machine):
    year = next_year()
    Placement.objects.filter(child__in=cast.children).update(year_group="6")
    time_machine.move_to(london(year.starts_on), tick=False)
    set_all(cast, VIOLIN, year.starts_on, children=cast.children[:1])
    going = {cast.children[0].enrolments.get().pk: Going(Destination.GoesTo.AWAY, Destination.Plays.STOPS)}
    with pytest.raises(destination.StaysLongerError, match="1 child began an instrument after that day"):
        destination.leave_school(
            programme=cast.liverpool,
            academic_year=year,
            going=going,
            last_day=year.starts_on - timedelta(days=1),
            by=cast.ruth,
        )


def test_four_who_press_at_once_begin_it_once(committed_cast):
    cast = committed_cast
    day = timezone.localdate()
    answers, wrong = at_once(cast, *[lambda: set_all(cast, VIOLIN, day)] * 4)
    with scoped(cast.liverpool_scope):
        assert (wrong, sum(bool(answer) for answer in answers), Playing.objects.count()) == ([], 1, 3)


@pytest.mark.parametrize("size", [2, 7])
def test_the_statements_are_the_same_whatever_the_number_of_children(cast, size, django_assert_num_queries):
    made = participants.children(cast.liverpool, cast.marigold, by=cast.ruth, names=participants.NAMES[:size])
    set_all(cast, VIOLIN, SEPTEMBER, children=made[:-1])
    set_all(cast, HORN, FEBRUARY, children=made[-1:])
    # savepoint, lock; now, later; taken off, ended, begun; trail; savepoint
    with django_assert_num_queries(9):
        assert set_all(cast, VIOLA, FEBRUARY, children=made) == sorted(child.pk for child in made)
    assert Child.objects.filter(playings__instrument="viola", playings__ends_on=None).count() == size
