"""Musical progression counted from rows: each award once, each child at the right year group, one hub's alone."""

from datetime import date, timedelta

import pytest

from evaluation.figures.period import Period, whole_year
from evaluation.queries.progression import progression
from inharmony.access.scope import scope_of, scoped
from outcomes.actions.award import Taken, record_awards, withdraw_award
from outcomes.awards.boards import BY_KEY
from participants.actions import enrolment, merge
from participants.actions.destination import Going, leave_school
from participants.actions.playing import set_instruments
from participants.models import Destination
from programmes.instruments import Instrument
from schools.models import AcademicYear
from tests.factories import participants
from tests.participants import merging

TODAY = date(2026, 11, 17)
YEAR = whole_year(2026)
GRADE_1, GRADE_4 = BY_KEY["abrsm.practical.1"], BY_KEY["abrsm.practical.4"]


def record(cast, taken, *, kind=GRADE_1, on=TODAY, by=None):
    return record_awards(kind=kind, taken_on=on, taken=taken, today=TODAY, by=by or cast.ruth)


def found(cast, who="joanne", *, period=YEAR, hub=None):
    user = getattr(cast, who)
    with scoped(scope_of(user)):
        return progression(hub or cast.liverpool, period, user, TODAY)


def awards(cast, **asked):
    return sorted((one.child, one.kind.key, one.result, one.year_group) for one in found(cast, **asked).awards)


def test_the_awards_of_the_period_stand_with_the_year_group_of_the_child(cast):
    amara, yusuf, _ = cast.children
    with scoped(cast.both):
        record(cast, {amara: Taken(mark=120), yusuf: Taken(mark=90)})
        record(cast, {amara: Taken(mark=100)}, on=date(2026, 8, 31), kind=GRADE_4)
        (gone,) = record(cast, {yusuf: Taken(mark=130)}, kind=GRADE_4)
        withdraw_award(award=gone, by=cast.ruth)
        record(cast, {cast.leeds_children[0]: Taken(mark=130)}, by=cast.omar)
    assert awards(cast) == sorted(
        [(amara.pk, "abrsm.practical.1", "merit", "4"), (yusuf.pk, "abrsm.practical.1", "below", "4")]
    )
    # in a year without a place the year group is not known
    assert awards(cast, period=whole_year(2025)) == [(amara.pk, "abrsm.practical.4", "pass", "")]
    assert awards(cast, period=Period(2026, date(2026, 9, 1), date(2026, 11, 16), "autumn")) == []
    assert awards(cast, who="omar") == []
    assert [one[0] for one in awards(cast, who="omar", hub=cast.leeds)] == [cast.leeds_children[0].pk]


def test_an_award_that_stood_in_two_records_of_one_child_counts_once(cast):
    with scoped(cast.liverpool_scope):
        made, other = merging.twice(cast)
        record(cast, {made: Taken(mark=120, instrument="viola"), other: Taken(mark=120, instrument="viola")})
        merge.merge(kept=made, gone=other, theirs=(), by=cast.ruth)
    assert [one[0] for one in awards(cast)] == [made.pk]


def test_ensembles_are_counted_by_level_with_the_children_in_them(cast):
    with scoped(cast.both):
        participants.join(cast.brass, cast.children[:1], by=cast.ruth)
    (tally,) = found(cast).levels.values()
    # a child in two ensembles of one level is one child
    assert (tally.ensembles, tally.children) == (2, 5)
    assert found(cast, period=whole_year(2000)).levels == {}


def test_a_child_who_changed_instrument_stands_at_each_it_played_in_the_period(cast):
    amara, yusuf, _ = cast.children
    with scoped(cast.both):
        for instrument, day in ((Instrument.VIOLIN, date(2026, 9, 7)), (Instrument.CELLO, date(2026, 10, 5))):
            set_instruments(chosen=dict.fromkeys([amara, yusuf], instrument), starts_on=day, by=cast.ruth)
        set_instruments(chosen={yusuf: Instrument.VIOLA}, starts_on=TODAY + timedelta(days=1), by=cast.ruth)
        set_instruments(chosen={cast.leeds_children[0]: Instrument.HARP}, starts_on=TODAY, by=cast.omar)
    # what begins tomorrow is not learned yet
    assert found(cast).instruments == {"violin": 2, "cello": 2}
    assert found(cast, period=whole_year(2025)).instruments == {}


@pytest.mark.parametrize(("last_day", "period"), [(date(2026, 8, 31), whole_year(2025)), (date(2026, 9, 1), YEAR)])
def test_how_those_play_on_who_left_year_6_whenever_they_left(cast, last_day, period):
    before, year = AcademicYear.objects.get_or_create(year=2025)[0], AcademicYear(year=2026)
    stops = Going(Destination.GoesTo.AWAY, Destination.Plays.STOPS)
    wider = Going(Destination.GoesTo.UNKNOWN, Destination.Plays.WIDER)
    with scoped(cast.liverpool_scope):
        six, five = (
            enrolled(cast, name, group, before) for name, group in ((("Sol", "Six"), "6"), (("Flo", "Five"), "5"))
        )
        leave_school(
            programme=cast.liverpool,
            academic_year=year,
            going={six.enrolments.get().pk: wider, five.enrolments.get().pk: stops},
            last_day=last_day,
            by=cast.ruth,
        )
    assert found(cast, period=period).plays == ("wider",)
    assert found(cast, period=whole_year(2024)).plays == ()
    assert found(cast, who="omar", period=period).plays == ()


def enrolled(cast, name, group, year):
    """Somebody who was at the school in a year, and has no place in the next."""
    new = enrolment.NewChild(
        forename=name[0],
        surname=name[1],
        date_of_birth=date(2015, 3, 4),
        school_id=cast.saltwharf.pk,
        year_group=group,
        school_class="",
    )
    (child,) = enrolment.enrol_many(
        programme=cast.liverpool,
        children=[new],
        academic_year=year,
        starts_on=year.starts_on + timedelta(days=1),
        by=cast.ruth,
    )
    return child


def test_it_is_read_in_a_fixed_number_of_statements(cast, django_assert_num_queries):
    with scoped(cast.liverpool_scope):
        for size in (1, 3):
            record(cast, dict.fromkeys(cast.children[:size], Taken(mark=120)), on=TODAY - timedelta(days=size))
            assert cast.joanne.reach.whole_programmes
            # awards and year groups, instruments, members and ensembles by level, leavers: none, so no year group of theirs
            with django_assert_num_queries(6):
                progression(cast.liverpool, YEAR, cast.joanne, TODAY)
