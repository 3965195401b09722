"""Releases that are cut by the clock."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from django.db import connection

from evaluation.actions import release_due
from evaluation.actions.release import NothingNewError, ReleasedAlreadyError, ReleaseRefusedError, cut_release
from evaluation.actions.release_due import cut_due, due_on
from evaluation.models import Release
from evaluation.tasks import cut_due_releases
from inharmony.celery import app
from inharmony.schedule import CELERY_BEAT_SCHEDULE
from programmes.models import ProgrammeStatus
from schools.models import AcademicYear
from tests.databases import connected_as
from tests.factories import evaluation, schools
from tests.factories.schools import this_year
from tests.trail import entries


@pytest.fixture
def years(committed_cast):
    """The years about the turn of 2026, and hubs that run in both."""
    for year in (2025, 2026):
        AcademicYear.objects.get_or_create(year=year)
    return committed_cast


@pytest.fixture
def worker(years, fresh_database):
    """The connection is the worker's."""
    with connected_as("worker", fresh_database):
        yield years


def titles(periods):
    return [period.title for period in periods]


def test_the_clock_is_told_to_at_five_in_london():
    beat = CELERY_BEAT_SCHEDULE["cut-due-releases"]
    assert (beat["task"], beat["schedule"].hour, beat["schedule"].minute) == (cut_due_releases.name, {5}, {0})
    assert app.conf.timezone == "Europe/London"


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        # in British Summer Time midnight is an hour before that of Greenwich
        (datetime(2026, 8, 31, 22, 59, 59, tzinfo=UTC), []),
        (datetime(2026, 8, 31, 23, 0, tzinfo=UTC), ["summer term 2025-26", "2025-26"]),
        # the clocks went back on 25 October: sixty days are over at midnight in London, not an hour before
        (datetime(2026, 10, 30, 23, 59, 59, tzinfo=UTC), ["summer term 2025-26", "2025-26"]),
        (datetime(2026, 10, 31, 0, 0, tzinfo=UTC), []),
        # in winter London keeps the time of Greenwich
        (datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), []),
        (datetime(2027, 1, 1, 0, 0, tzinfo=UTC), ["autumn term 2026-27"]),
    ],
)
def test_a_period_is_due_from_the_first_midnight_after_it(worker, time_machine, moment, due):
    time_machine.move_to(moment, tick=False)
    cut = [(release.period_title, release.number) for release in cut_due()]
    assert cut == [(title, 1) for title in due]


def test_a_term_is_over_when_the_next_begins_anywhere(years, fresh_database):
    schools.term("spring", date(2027, 1, 5), date(2027, 3, 25), local_authority_id="341")
    schools.term("spring", date(2027, 1, 7), date(2027, 3, 25), local_authority_id="383")
    with connected_as("worker", fresh_database):
        assert titles(due_on(date(2027, 1, 4))) == []
        assert titles(due_on(date(2027, 1, 5))) == ["autumn term 2026-27"]


def test_twice_or_a_day_later_nothing_more_is_cut(worker, time_machine):
    time_machine.move_to(datetime(2026, 9, 1, 4, 0, tzinfo=UTC), tick=False)
    cut_due_releases()
    cut_due_releases()
    time_machine.move_to(datetime(2026, 9, 2, 4, 0, tzinfo=UTC), tick=False)
    cut_due_releases()
    assert sorted(Release.objects.values_list("academic_year", "term", "number", "cut_by")) == [
        (2025, "", 1, None),
        (2025, "summer", 1, None),
    ]
    assert [each.actor_id for each in entries(act="release.cut")] == [None, None]


def test_a_release_that_an_operator_cut_is_not_cut_again(worker):
    cut_release(academic_year=AcademicYear(year=2025), by=worker.olu)
    assert titles(due_on(date(2026, 9, 1))) == ["summer term 2025-26"]


def test_two_workers_at_once_cut_one(worker):
    both = Barrier(2)

    def work(_):
        try:
            both.wait(10)
            return len(cut_due(today=date(2026, 9, 1)))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(work, range(2))) == 2
    assert sorted(Release.objects.values_list("term", "number")) == [("", 1), ("summer", 1)]


def test_one_that_fails_is_logged_keeps_no_other_back_and_is_tried_again(worker, monkeypatch, caplog):
    def refuse_summer(*, term="", **rest):
        if term == "summer":
            raise ReleaseRefusedError("the gate could not finish")
        return cut_release(term=term, **rest)

    with monkeypatch.context() as broken:
        broken.setattr(release_due, "cut_release", refuse_summer)
        assert [str(one) for one in cut_due(today=date(2026, 9, 1))] == ["Release 2025-26.1"]
    (told,) = (record for record in caplog.records if record.levelno == logging.ERROR)
    assert "summer term 2025-26 could not be cut" in told.getMessage()
    assert "the gate could not finish" in caplog.text
    assert [str(one) for one in cut_due(today=date(2026, 9, 2))] == ["Release 2025-26 summer.1"]


def test_where_no_programme_ran_nothing_is_due(years, fresh_database):
    ProgrammeStatus.objects.all().update(starts_on=date(2026, 9, 1))
    with connected_as("worker", fresh_database):
        assert due_on(date(2026, 9, 1)) == []


def test_a_year_of_which_nothing_is_recorded_is_not_due(worker):
    assert titles(due_on(date(2030, 9, 1))) == []


@pytest.fixture
def nation(committed_cast, fresh_database):
    """Three hubs of known sizes; the connection is the worker's."""
    evaluation.country(committed_cast)
    with connected_as("worker", fresh_database):
        yield committed_cast


def test_only_the_first_is_cut_where_that_is_wanted(nation):
    cut_release(academic_year=this_year(), by=None, only_first=True)
    with pytest.raises(ReleasedAlreadyError):
        cut_release(academic_year=this_year(), by=None, only_first=True)
    assert Release.objects.count() == 1


def test_a_release_that_says_nothing_new_is_not_cut_where_that_is_wanted(nation):
    cut_release(academic_year=this_year(), by=None, only_new=True)
    with pytest.raises(NothingNewError, match=r"exactly what Release 2026-27\.1 says"):
        cut_release(academic_year=this_year(), by=None, only_new=True)
    cut_release(academic_year=this_year(), term="autumn", by=None, only_new=True)
    assert Release.objects.count() == 2
    assert len(entries(act="release.cut")) == 2
