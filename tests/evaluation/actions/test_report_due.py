"""Drafts are asked for by the clock, once a term, and by an operator for a whole year."""

from datetime import date

import pytest

from evaluation.actions.report_due import draft_all, draft_due
from evaluation.models import ReportJob
from evaluation.reports.declaration import Of
from evaluation.reports.registry import REPORTS
from schools.models import AcademicYear, Term
from tests.factories import evaluation
from tests.factories.schools import this_year
from tests.trail import entries

# of each programme
MANY = sum(one.of is Of.PROGRAMME for one in REPORTS)


@pytest.fixture
def running(cast, queue):
    """Both programmes run; the autumn ends on 18 December."""
    evaluation.country(cast)
    return cast


def asked(jobs):
    return {(job.report, job.programme.slug if job.programme else "") for job in jobs}


@pytest.mark.parametrize(
    ("day", "is_due"),
    [
        (date(2026, 12, 31), False),
        (date(2027, 1, 1), True),
        (date(2027, 8, 31), False),
        (date(2027, 9, 1), True),
        (date(2027, 10, 30), True),
        (date(2027, 11, 1), False),
    ],
)
def test_a_draft_is_due_once_a_term_or_the_year_is_over(running, day, is_due):
    assert Term.objects.count() == 0
    found = draft_due(today=day)
    assert bool(found) is is_due


def test_each_programme_has_each_of_its_reports_drafted_once_a_term(running):
    jobs = draft_due(today=date(2027, 9, 1))
    slugs = {slug for _, slug in asked(jobs)}
    assert asked(jobs) == {(one.id, slug) for one in REPORTS if one.of is Of.PROGRAMME for slug in slugs}
    assert {"liverpool", "leeds"} <= slugs
    assert all(job.requested_by is None and job.academic_year_id == 2026 for job in jobs)
    assert len(entries(act="report.drafted")) == len(jobs)


def test_the_day_after_nothing_more_is_drafted(running, time_machine):
    time_machine.move_to("2027-09-01 05:40+01:00", tick=False)
    assert draft_due()
    time_machine.move_to("2027-09-02 05:40+01:00", tick=False)
    assert draft_due() == []


def test_an_operator_asks_for_a_whole_year_and_again_for_nothing_new(running):
    first = draft_all(year=this_year())
    again = draft_all(year=this_year())
    assert [job.pk for job in again] == [job.pk for job in first]
    assert len(first) == MANY * len({job.programme_id for job in first}) == ReportJob.objects.count()


def test_of_a_year_in_which_nothing_ran_nothing_is_asked_for(running):
    assert draft_all(year=AcademicYear(year=2005)) == []


def test_what_a_person_cancelled_the_clock_leaves_so(running):
    first = draft_all(year=this_year())
    ReportJob.objects.update(state=ReportJob.State.STOPPED)
    assert {job.state for job in draft_all(year=this_year())} == {ReportJob.State.STOPPED}
    ReportJob.objects.update(state=ReportJob.State.FAILED, requested_by=running.joanne)
    assert {job.state for job in draft_all(year=this_year())} == {ReportJob.State.FAILED}
    ReportJob.objects.update(requested_by=None)
    assert {job.state for job in draft_all(year=this_year())} == {ReportJob.State.WAITING}
    assert ReportJob.objects.count() == len(first)
