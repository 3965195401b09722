"""Term dates and closures: entered, corrected, taken off."""

from datetime import date

import pytest

from programmes.actions import calendar as acts
from programmes.actions.calendar import TermDates
from programmes.queries.calendar import CalendarPlace
from schools.models import Closure, Term
from tests.factories import schools
from tests.trail import entries, entry

AUTUMN = TermDates(date(2026, 9, 3), date(2026, 12, 18), date(2026, 10, 26), date(2026, 10, 30))
Season = Term.Season


@pytest.fixture
def authority(cast):
    """The authority of Liverpool's schools."""
    return CalendarPlace(cast.liverpool, authority=cast.saltwharf.local_authority)


@pytest.fixture
def saltwharf(cast):
    """A school that differs."""
    return CalendarPlace(cast.liverpool, school=cast.saltwharf)


def keep(place, by, term_dates=AUTUMN, season=Season.AUTUMN, year=2026):
    return acts.keep_term(place=place, year=year, season=season, term_dates=term_dates, by=by)


def test_keep_term_writes_the_dates_and_who_did_so(cast, authority):
    kept = keep(authority, cast.ruth)
    assert (kept.local_authority, kept.school, kept.half_term_ends_on) == (
        cast.saltwharf.local_authority,
        None,
        date(2026, 10, 30),
    )
    told = entry(act="calendar.term_kept")
    assert (told.actor_id, told.programme_id, told.subject_id) == (cast.ruth.pk, cast.liverpool.pk, kept.pk)
    assert told.details == {
        "school": None,
        "local_authority": "341",
        "starts_on": "2026-09-03",
        "ends_on": "2026-12-18",
    }


def test_keep_term_corrects_what_stands_and_the_same_twice_is_once(cast, authority):
    first = keep(authority, cast.ruth)
    corrected = keep(authority, cast.joanne, TermDates(date(2026, 9, 7), date(2026, 12, 18)))
    keep(authority, cast.joanne, TermDates(date(2026, 9, 7), date(2026, 12, 18)))
    assert (corrected.pk, Term.objects.get().starts_on, Term.objects.get().half_term_starts_on) == (
        first.pk,
        date(2026, 9, 7),
        None,
    )
    assert len(entries(act="calendar.term_kept")) == 2


def test_keep_term_of_a_school_leaves_that_of_its_authority(cast, authority, saltwharf):
    keep(authority, cast.ruth)
    keep(saltwharf, cast.ruth, TermDates(date(2026, 9, 8), date(2026, 12, 11)))
    assert sorted(Term.objects.values_list("school", "starts_on"), key=lambda row: row[1]) == [
        (None, date(2026, 9, 3)),
        (cast.saltwharf.pk, date(2026, 9, 8)),
    ]


@pytest.mark.parametrize(
    ("given", "refusal", "words"),
    [
        (TermDates(date(2026, 12, 18), date(2026, 9, 3)), acts.DatesOutOfOrderError, "end before it starts"),
        # the year turns at midnight of 31 August
        (TermDates(date(2026, 8, 31), date(2026, 12, 18)), acts.OutsideYearError, "from 1 September 2026"),
        (TermDates(date(2026, 9, 3), date(2027, 9, 1)), acts.OutsideYearError, "to 31 August 2027"),
        (TermDates(date(2026, 9, 3), date(2026, 12, 18), date(2026, 10, 26)), acts.DatesOutOfOrderError, "missing"),
        (
            TermDates(date(2026, 9, 3), date(2026, 12, 18), date(2026, 12, 14), date(2026, 12, 18)),
            acts.DatesOutOfOrderError,
            "inside its term",
        ),
    ],
)
def test_keep_term_refuses_dates_that_are_no_term_and_leaves_nothing(cast, authority, given, refusal, words):
    with pytest.raises(refusal, match=words):
        keep(authority, cast.ruth, given)
    assert (Term.objects.count(), entries(act="calendar.term_kept")) == (0, [])


def test_two_terms_of_one_place_have_no_day_in_common(cast, authority, saltwharf):
    keep(authority, cast.ruth)
    spring = TermDates(date(2026, 12, 18), date(2027, 3, 26))
    with pytest.raises(
        acts.TermsOverlapError, match="The autumn term of All schools of Authority 341 lasts from 3 Sep"
    ):
        keep(authority, cast.ruth, spring, Season.SPRING)
    assert Term.objects.count() == 1
    # another place has a calendar of its own
    assert keep(saltwharf, cast.ruth, spring, Season.SPRING).school == cast.saltwharf


def test_remove_term_takes_it_off_once(cast, authority):
    kept = keep(authority, cast.ruth)
    for _ in range(2):
        acts.remove_term(term=kept, programme=cast.liverpool, by=cast.ruth)
    assert (Term.objects.count(), entry(act="calendar.term_removed").subject_id) == (0, kept.pk)


def test_keep_closure_writes_days_once(cast, saltwharf):
    days = {"starts_on": date(2026, 11, 5), "ends_on": date(2026, 11, 6), "reason": "INSET day"}
    made = acts.keep_closure(place=saltwharf, by=cast.ruth, **days)
    assert acts.keep_closure(place=saltwharf, by=cast.joanne, **days) == made
    assert (Closure.objects.get().school, entry(act="calendar.closure_kept").actor_id) == (cast.saltwharf, cast.ruth.pk)


def test_keep_closure_refuses_days_out_of_order_and_leaves_nothing(cast, saltwharf):
    with pytest.raises(acts.DatesOutOfOrderError, match="4 November 2026 comes before 5 November 2026"):
        acts.keep_closure(
            place=saltwharf, starts_on=date(2026, 11, 5), ends_on=date(2026, 11, 4), reason="Snow", by=cast.ruth
        )
    assert (Closure.objects.count(), entries(act="calendar.closure_kept")) == (0, [])


def test_remove_closure_takes_it_off_once(cast):
    closure = schools.closure("Snow", date(2026, 11, 5), school=cast.saltwharf)
    for _ in range(2):
        acts.remove_closure(closure=closure, programme=cast.liverpool, by=cast.ruth)
    assert (Closure.objects.count(), entry(act="calendar.closure_removed").subject_id) == (0, closure.pk)
