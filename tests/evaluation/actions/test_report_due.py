"""Drafts are asked for by the clock, once a term, and by an operator for a whole year."""

from datetime import date

import pytest
from django.utils import timezone

from evaluation.actions import report_due
from evaluation.actions.issue import withdraw_report
from evaluation.actions.release import cut_release
from evaluation.actions.report import request_report
from evaluation.actions.report_due import draft_all, draft_due
from evaluation.models import ReportJob
from evaluation.reports.declaration import Of
from evaluation.reports.registry import REPORTS
from inharmony.access.scope import scope_of, scoped
from programmes.models import Place
from schools.models import AcademicYear, Term
from tests.databases import connected_as
from tests.evaluation.actions.test_report import ask
from tests.evaluation.conftest import ask_of_2026, finished, issue
from tests.factories import evaluation, schools
from tests.factories.schools import this_year
from tests.trail import entries

# of each programme
MANY = sum(one.of is Of.PROGRAMME for one in REPORTS)
# schools of each programme where ten children came: two of `evaluation.country`
LARGE = 2
OF_SCHOOLS = sum(one.of is Of.SCHOOL for one in REPORTS)


@pytest.fixture
def running(cast, queue):
    """Both programmes run; the autumn ends on 18 December."""
    evaluation.country(cast)
    return cast


@pytest.fixture
def running_for_good(committed_cast, queue):
    """The same, written for good."""
    evaluation.country(committed_cast)
    return committed_cast


def placed(programme, authority):
    """Writes down that a programme is in a local authority."""
    Place.objects.create(programme=programme, local_authority_id=authority, name="Saltwharf")


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
    of_hubs = [job for job in jobs if job.school is None]
    assert asked(of_hubs) == {(one.id, slug) for one in REPORTS if one.of is Of.PROGRAMME for slug in slugs}
    # and each partner school's, where ten children came
    schools_of = {(job.report, job.school.name) for job in jobs if job.school and job.programme.slug == "leeds"}
    assert schools_of == {
        (report.id, f"Leeds School {n}") for report in REPORTS if report.of is Of.SCHOOL for n in (4, 5)
    }
    assert {"liverpool", "leeds"} <= slugs
    assert all(job.requested_by is None and job.academic_year_id == 2026 for job in jobs)
    assert len(entries(act="report.drafted")) == len(jobs)


def test_the_day_after_nothing_more_is_drafted(running, time_machine):
    time_machine.move_to("2027-09-01 05:40+01:00", tick=False)
    assert draft_due()
    time_machine.move_to("2027-09-02 05:40+01:00", tick=False)
    assert draft_due() == []


@pytest.mark.parametrize(
    ("day", "is_due"), [(date(2026, 12, 18), False), (date(2026, 12, 19), True), (date(2027, 2, 17), False)]
)
def test_a_term_with_dates_is_over_the_day_after_its_last(running, day, is_due):
    placed(running.liverpool, "341")
    schools.term("autumn", date(2026, 9, 2), date(2026, 12, 18), local_authority_id="341")
    schools.term("spring", date(2027, 1, 4), date(2027, 3, 25), local_authority_id="341")
    assert (("participation", "liverpool") in asked(draft_due(today=day))) is is_due


def test_what_a_person_asked_for_before_is_the_draft_and_is_counted_once(running, time_machine):
    time_machine.move_to("2027-08-31 10:00+01:00", tick=False)
    mine = ask(running)
    time_machine.move_to("2027-09-01 05:40+01:00", tick=False)
    assert mine.pk in {job.pk for job in draft_due()}
    assert ReportJob.objects.get(pk=mine.pk).requested_by == running.joanne
    time_machine.move_to("2027-09-02 05:40+01:00", tick=False)
    assert draft_due() == []


def test_a_draft_of_july_is_asked_for_again_in_september_and_is_the_same_where_nothing_moved(running, time_machine):
    placed(running.liverpool, "341")
    schools.term("summer", date(2027, 4, 12), date(2027, 7, 22), local_authority_id="341")
    time_machine.move_to("2027-07-23 05:40+01:00", tick=False)
    july = {job.pk for job in draft_due() if job.programme == running.liverpool}
    assert len(july) == MANY
    time_machine.move_to("2027-09-01 05:40+01:00", tick=False)
    september = [job for job in draft_due() if job.programme == running.liverpool]
    assert {job.pk for job in september if job.school is None} == july
    # those of its schools come with the year
    assert len(september) == MANY + LARGE * OF_SCHOOLS


def test_each_release_of_the_country_is_drafted_two_of_one_day_too(running_for_good, fresh_database, time_machine):
    with connected_as("worker", fresh_database):
        cut_release(academic_year=this_year(), by=None)
        of_country = [job for job in draft_due() if job.programme is None]
        assert {job.report for job in of_country} == {one.id for one in REPORTS if one.of is Of.COUNTRY}
        assert draft_due() == []
        time_machine.move_to("2026-11-17 18:00+00:00", tick=False)
        cut_release(academic_year=this_year(), notes="The rule is explained anew.", by=None)
        again = draft_due()
        assert len(again) == len(of_country)
        assert {job.pk for job in again}.isdisjoint(job.pk for job in of_country)
        assert draft_due() == []


def test_who_asks_for_a_draft_that_is_not_made_yet_is_told_when_it_is(running):
    (draft,) = [
        job
        for job in draft_due(today=date(2027, 9, 1))
        if (job.report, job.programme.slug, job.school) == ("participation", "liverpool", None)
    ]
    mine = ask(running)
    assert (mine.pk, mine.requested_by) == (draft.pk, running.joanne)
    assert ReportJob.objects.get(pk=draft.pk).requested_by == running.joanne


def test_an_operator_asks_for_a_whole_year_and_again_for_nothing_new(running):
    first = draft_all(year=this_year()).jobs
    again = draft_all(year=this_year()).jobs
    assert [job.pk for job in again] == [job.pk for job in first]
    programmes = len({job.programme_id for job in first})
    assert len(first) == (MANY + LARGE * OF_SCHOOLS) * programmes == ReportJob.objects.count()


def test_of_a_year_in_which_nothing_ran_nothing_is_asked_for(running):
    drafts = draft_all(year=AcademicYear(year=2005))
    assert (drafts.jobs, drafts.failed) == ((), ())
    assert all("No release of 2005-06" in why for why in drafts.nothing)


def test_what_fails_is_named_and_keeps_no_other_back(running, monkeypatch):
    def ask_of(*, about, **rest):
        if about.of is Of.PROGRAMME and about.programme.slug == "leeds":
            raise ZeroDivisionError
        return request_report(about=about, **rest)

    monkeypatch.setattr(report_due, "request_report", ask_of)
    drafts = draft_all(year=this_year())
    assert set(drafts.failed) == {
        f"{one.title} of Leeds, 2026-27: ZeroDivisionError" for one in REPORTS if one.of is Of.PROGRAMME
    }
    assert "liverpool" in {job.programme.slug for job in drafts.jobs}


def test_what_a_person_cancelled_the_clock_leaves_so(running):
    first = draft_all(year=this_year()).jobs
    ReportJob.objects.update(state=ReportJob.State.STOPPED)
    assert {job.state for job in draft_all(year=this_year()).jobs} == {ReportJob.State.STOPPED}
    ReportJob.objects.update(state=ReportJob.State.FAILED, requested_by=running.joanne)
    assert {job.state for job in draft_all(year=this_year()).jobs} == {ReportJob.State.FAILED}
    ReportJob.objects.update(requested_by=None)
    assert {job.state for job in draft_all(year=this_year()).jobs} == {ReportJob.State.WAITING}
    assert ReportJob.objects.count() == len(first)


def test_a_draft_of_which_nothing_came_is_asked_for_again_the_next_morning(running, time_machine):
    time_machine.move_to("2027-09-01 05:40+01:00", tick=False)
    first = draft_due()
    lost, cancelled = first[0], first[1]
    ReportJob.objects.filter(pk=lost.pk).update(state=ReportJob.State.FAILED, finished_at=timezone.now())
    ReportJob.objects.filter(pk=cancelled.pk).update(state=ReportJob.State.STOPPED)
    time_machine.move_to("2027-09-02 05:40+01:00", tick=False)
    assert [(job.pk, job.state) for job in draft_due()] == [(lost.pk, ReportJob.State.WAITING)]


def test_what_a_person_withdrew_the_clock_does_not_bring_back(signed, time_machine):
    draft = finished(ask_of_2026(signed))
    number = issue(signed, draft)
    finished(number.job)
    with scoped(scope_of(signed.joanne)):
        withdraw_report(issued=number, because="A child is named.", by=signed.joanne)
    ReportJob.objects.filter(pk=draft.pk).update(requested_by=None)
    time_machine.move_to("2027-09-02 05:40+01:00", tick=False)
    again = {(job.report, job.school) for job in draft_due() if job.programme == signed.liverpool}
    assert again == {("impact", None)}
